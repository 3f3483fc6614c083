use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::*;
use crate::minutes::Block;
use crate::model::inline::tests::any_inlines;
use crate::model::inline::{self, Inline, normal, parse_markdown};

/// Inline content as the judge sees it.
fn judged(events: &mut dyn Iterator<Item = Event<'_>>) -> Inlines {
    let mut out = Inlines::new();
    while let Some(event) = events.next() {
        match event {
            Event::Text(text) => out.push(Inline::Text(text.to_string())),
            Event::Code(code) => out.push(Inline::Code(code.to_string())),
            Event::HardBreak => out.push(Inline::Break),
            Event::Start(Tag::Strong) => out.push(Inline::Strong(judged(events))),
            Event::Start(Tag::Emphasis) => out.push(Inline::Emphasis(judged(events))),
            Event::Start(Tag::Link { dest_url, .. }) => {
                out.push(Inline::Link {
                    label: judged(events),
                    url: dest_url.to_string(),
                });
            }
            Event::End(_) => break,
            other => out.push(Inline::Text(format!("<<{other:?}>>"))),
        }
    }
    out
}

/// All blocks of a file as the judge sees them: its kind and its text.
pub(crate) fn blocks(source: &str) -> Vec<(String, Inlines)> {
    let mut events = Parser::new(source);
    let mut out = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Paragraph) => out.push(("p".to_owned(), judged(&mut events))),
            Event::Start(Tag::Heading { level, .. }) => out.push((level.to_string(), judged(&mut events))),
            Event::Start(Tag::List(first)) => {
                let kind = if first.is_some() { "ol" } else { "ul" };
                while let Some(Event::Start(Tag::Item)) = events.next() {
                    out.push((kind.to_owned(), judged(&mut events)));
                }
            }
            other => out.push((format!("{other:?}"), Inlines::new())),
        }
    }
    let _ = (HeadingLevel::H1, TagEnd::Paragraph);
    out.into_iter().map(|(kind, text)| (kind, normal(&text))).collect()
}

/// What a reader of the file would take the text for: mentions are words.
fn shown(inlines: &[Inline]) -> Inlines {
    let words = inlines
        .iter()
        .map(|inline| match inline {
            Inline::Mention { label, .. } => Inline::Text(inline::plain(label)),
            Inline::Strong(inner) => Inline::Strong(shown(inner)),
            Inline::Emphasis(inner) => Inline::Emphasis(shown(inner)),
            Inline::Link { label, url } => Inline::Link {
                label: shown(label),
                url: url.clone(),
            },
            other => other.clone(),
        })
        .collect::<Vec<_>>();
    normal(&words)
}

fn trimmed(mut text: Inlines) -> Inlines {
    while text.first() == Some(&Inline::Break) {
        text.remove(0);
    }
    while text.last() == Some(&Inline::Break) {
        text.pop();
    }
    text
}

fn holds(text: &[Inline]) -> Result<(), TestCaseError> {
    let text = trimmed(shown(text));
    if inline::is_blank(&text) {
        return Ok(());
    }
    for indent in [0, 2] {
        let source = set(&text, Place::Block { indent });
        prop_assert_eq!(&normal(&parse_markdown(&source)), &text, "our own reader, {}", source);
        let (source, kind) = if indent == 0 {
            (source, "p")
        } else {
            (format!("- {source}"), "ul")
        };
        prop_assert_eq!(blocks(&source), vec![(kind.to_owned(), text.clone())], "{}", source);
    }
    let line: Inlines = normal(
        &text
            .iter()
            .map(|i| {
                if *i == Inline::Break {
                    Inline::Text(" ".to_owned())
                } else {
                    i.clone()
                }
            })
            .collect::<Vec<_>>(),
    );
    if !inline::write(&line).contains('\n') {
        let source = format!("## {}\n", set(&line, Place::Line));
        prop_assert_eq!(blocks(&source), vec![("h2".to_owned(), line)], "{}", source);
    }
    Ok(())
}

#[test]
fn no_more_is_escaped_than_it_takes() {
    for text in [
        "1.5 million (2026), 50% & more: a_b, 2 * 3, <5, x > y, 3 < 4; “quoted” – it’s #1 at https://example.org/a_b?c=d&e=f",
        "[off] [1] a] b",
        "-1 or +2",
        "AT&T, R&D",
        "C:\\dir",
        "a!",
        "snake_case_name",
        "100) not",
        "10.5",
    ] {
        let typed = vec![Inline::Text(format!("x {text}"))];
        assert_eq!(set(&typed, Place::Block { indent: 0 }), format!("x {text}"));
    }
}

#[test]
fn what_could_begin_a_block_is_text() {
    for text in [
        "# x",
        "#",
        "1. x",
        "12) x",
        "- x",
        "+ x",
        "* x",
        "> x",
        "    x",
        "\tx",
        "&copy;",
        "&#32;",
        "<script>",
        "```",
        "~~~",
        "---",
        "===",
        "***",
        "___",
        "x\\",
        "x  ",
        "  ",
        "[a]: b",
        "[ ] x",
        "!",
        "<!-- x",
        "a\n# b",
        "a\n===",
        "a\n1. b",
        "a\n- b",
        "a\n    b",
        "a \nb",
        "a\\\nb",
        "| a | b |",
        "a\n\n\nb",
        "<https://a.b>",
        "1.",
        "a\n-",
        "\u{feff}x",
    ] {
        holds(&normal(&[Inline::Text(text.to_owned())])).unwrap();
    }
}

#[test]
fn a_link_over_code_defines_no_reference() {
    let text = |text: &str| Inline::Text(text.to_owned());
    for (code, url, rest) in [
        ("]:x", ">", ""),
        ("]:x", "a b", ""),
        ("]: a \"", "u", " b\""),
        ("]: a '", "u", " b'"),
        ("]: a (", "u", " b)"),
        ("]:<", "u", " b>"),
        ("]:<", "u>", ""),
        ("]:a)", "u(", ""),
        ("]:", "u", ""),
        ("x]: y", "(u)", " (b)"),
    ] {
        let link = Inline::Link {
            label: vec![Inline::Code(code.to_owned())],
            url: url.to_owned(),
        };
        holds(&normal(&[link, text(rest)])).unwrap();
    }
}

#[test]
fn letters_in_a_frame_are_symbols_beside_marks() {
    holds(&normal(&[
        Inline::Emphasis(vec![Inline::Text("!🄰_Σ".to_owned())]),
        Inline::Strong(vec![Inline::Text("!".to_owned())]),
    ]))
    .unwrap();
    for framed in ["Ⓐ", "🄰", "🅐", "🅰"] {
        let text = vec![
            Inline::Text("!".to_owned()),
            Inline::Emphasis(vec![Inline::Text(framed.to_owned())]),
            Inline::Text("Ann".to_owned()),
        ];
        holds(&[Inline::Strong(text.clone())]).unwrap();
        holds(&text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]
    #[test]
    fn a_link_over_any_code_is_a_link(
        code in "[\\]:<>()\"' ab\\\\]{1,8}",
        url in "[<>()\"' ab\\\\]{1,6}",
        rest in "[\\]:<>()\"' ab\n\\\\]{0,8}",
    ) {
        let link = Inline::Link { label: vec![Inline::Code(code)], url };
        holds(&normal(&[link, Inline::Text(rest)]))?;
    }
}

#[test]
fn lists_side_by_side_stay_two() {
    let list = |ordered: bool| Block {
        origin: None,
        content: Content::List {
            ordered,
            entries: vec![Entry {
                origin: None,
                label: if ordered { "1.".to_owned() } else { String::new() },
                text: vec![Inline::Text("a".to_owned())],
            }],
        },
    };
    let minutes = Minutes {
        title: String::new(),
        author: String::new(),
        subject: String::new(),
        language: String::new(),
        justified: false,
        notice: String::new(),
        blocks: vec![list(true), list(true), list(false), list(false), list(false)],
    };
    assert_eq!(markdown(&minutes), "1. a\n\n1) a\n\n- a\n\n* a\n\n- a\n");
    let lists = Parser::new(&markdown(&minutes))
        .filter(|event| matches!(event, Event::Start(Tag::List(_))))
        .count();
    assert_eq!(lists, 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]
    #[test]
    fn any_text_comes_out_literally(text in any::<String>()) {
        holds(&normal(&[Inline::Text(text)]))?;
    }

    #[test]
    fn any_marks_come_out_as_they_are(text in any_inlines()) {
        holds(&normal(&text))?;
    }

    #[test]
    fn text_of_markdown_comes_out_literally(text in "[ab1 *_`\\\\\\[\\]()<>!&#;:.~=+|\n\t-]{0,12}") {
        holds(&normal(&[Inline::Text(text)]))?;
    }
}
