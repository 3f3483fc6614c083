use proptest::prelude::*;

use super::*;
use crate::model::text::clean;

fn text(text: &str) -> Inlines {
    vec![Inline::Text(text.to_owned())]
}

/// Inline text of every sort, with the characters that trouble grammars.
pub(crate) fn any_inlines() -> impl Strategy<Value = Inlines> {
    let words = prop_oneof![
        "[ab *_`\\\\\\[\\]()<>!&#.;\n-]{0,6}",
        "[a-z]{1,4}",
        "[。「」はé\u{301}\u{a0}א\u{202e}1“”—€\u{3000}]{1,3}",
        any::<String>(),
    ];
    let url = prop_oneof![
        "[a-z:/.#()<> &;,\\\\`*_]{1,10}",
        Just("https://example.org/a_(b)?c=d&copy=1".to_owned())
    ];
    let leaf = prop_oneof![
        6 => words.clone().prop_map(Inline::Text),
        1 => words.prop_map(Inline::Code),
        1 => Just(Inline::Break),
        1 => Just(Inline::Mention {
            participant: ParticipantId(uuid::Uuid::from_u128(7)),
            label: vec![Inline::Text("Ann".to_owned())],
        }),
    ];
    let tree = leaf.prop_recursive(4, 24, 4, move |inner| {
        let many = proptest::collection::vec(inner, 0..4);
        prop_oneof![
            many.clone().prop_map(Inline::Strong),
            many.clone().prop_map(Inline::Emphasis),
            (many, url.clone()).prop_map(|(label, url)| Inline::Link { label, url }),
        ]
    });
    proptest::collection::vec(tree, 0..6)
}

#[test]
fn what_is_no_mark_comes_out_as_typed() {
    for typed in [
        "2 * 3 * 4",
        "snake_case",
        "1. x",
        "# x",
        "__init__",
        "<b>",
        "&amp;",
        "* x",
        "a*",
        "**",
        "`",
        "[a]",
        "[a](",
        "[](x)",
        "a\\b",
        "C:\\dir",
        "[a](b c)",
        "** a **",
        "[a]()",
        "[off] x",
        "~~x~~",
        "_x_",
        "![x",
        "- x",
        "***",
    ] {
        assert_eq!(parse(typed), text(typed), "{typed}");
    }
}

#[test]
fn each_mark_is_read() {
    assert_eq!(parse("**a**"), vec![Inline::Strong(text("a"))]);
    assert_eq!(parse("*a*"), vec![Inline::Emphasis(text("a"))]);
    assert_eq!(parse("`a*b*`"), vec![Inline::Code("a*b*".to_owned())]);
    assert_eq!(
        parse("[a](#)"),
        vec![Inline::Link {
            label: text("a"),
            url: "#".to_owned()
        }]
    );
    assert_eq!(parse("\\*a\\*"), text("*a*"));
    let broken = vec![
        Inline::Text("a".to_owned()),
        Inline::Break,
        Inline::Text("b".to_owned()),
    ];
    for source in ["a\nb", "a\\\nb", "a\r\nb"] {
        assert_eq!(parse(source), broken);
    }
    let id = uuid::Uuid::from_u128(7);
    let mention = Inline::Mention {
        participant: ParticipantId(id),
        label: text("Ann"),
    };
    assert_eq!(parse(&format!("[Ann](minuta:participant/{id})")), vec![mention]);
    assert_eq!(
        parse("**「日本」**は"),
        vec![Inline::Strong(text("「日本」")), Inline::Text("は".to_owned())],
        "punctuation of other scripts does not spoil a mark"
    );
}

#[test]
fn long_and_hostile_text_is_read_in_time() {
    for piece in [
        "[", "](", "*a ", "a* ", "a*b**", "`", "`a``", "_a *b ", "[a](", "\\", "<a:", "***",
    ] {
        let source = piece.repeat(20_000);
        assert!(!parse(&source).is_empty());
        assert!(!parse_markdown(&source).is_empty());
    }
}

proptest! {
    #[test]
    fn literal_means_its_characters(typed in any::<String>()) {
        let want = clean(&typed).0;
        let got = parse(&literal(&typed));
        prop_assert_eq!(plain(&got), want);
        prop_assert!(got.iter().all(|inline| matches!(inline, Inline::Text(_) | Inline::Break)));
    }

    #[test]
    fn literal_means_its_characters_among_marks(typed in "[ab *_`\\\\\\[\\]()\n]{0,12}") {
        let got = parse(&literal(&typed));
        prop_assert_eq!(plain(&got), typed);
        prop_assert!(got.iter().all(|inline| matches!(inline, Inline::Text(_) | Inline::Break)));
    }

    #[test]
    fn what_is_written_is_read_again(inlines in any_inlines()) {
        let normal_form = normal(&inlines);
        prop_assert_eq!(&normal(&normal_form), &normal_form);
        let source = write(&inlines);
        prop_assert_eq!(parse(&source), normal_form, "{}", source);
    }

    #[test]
    fn reading_settles_at_once(source in "[ab *_`\\\\\\[\\]()\n]{0,24}") {
        let once = parse(&source);
        prop_assert_eq!(parse(&write(&once)), once);
    }

    #[test]
    fn nothing_that_is_typed_makes_the_reader_fail(source in any::<String>()) {
        let _ = (parse(&source), parse_markdown(&source), parse_list(&source));
    }
}
