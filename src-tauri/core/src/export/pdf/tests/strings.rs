//! Any text at all.

use proptest::prelude::*;

use super::sample::{block, heading, list, minutes, paragraph, row, shared, text};
use crate::Code;
use crate::export::pdf::laid::{Laid, Mark};
use crate::export::pdf::{Fonts, Missing, layout, pdf};
use crate::minutes::{Block, Content, Entry, Minutes};
use crate::model::inline::Inline;

/// A document with the same text in every kind of block.
fn everywhere(words: &str) -> Minutes {
    let inline = vec![
        Inline::Text(words.to_owned()),
        Inline::Strong(vec![Inline::Emphasis(text(words))]),
        Inline::Break,
        Inline::Code(words.to_owned()),
        Inline::Link {
            label: text(words),
            url: format!("https://example.org/{words}"),
        },
    ];
    let blocks: Vec<Block> = vec![
        block(Content::Title(inline.clone())),
        block(Content::Subtitle(inline.clone())),
        block(Content::Heading {
            level: 2,
            number: words.to_owned(),
            text: inline.clone(),
        }),
        block(Content::Paragraph {
            text: inline.clone(),
            leads_in: true,
        }),
        block(Content::List {
            ordered: true,
            entries: vec![Entry {
                origin: None,
                label: words.to_owned(),
                text: inline.clone(),
            }],
        }),
        block(Content::Table {
            header: vec![inline],
            widths: vec![30, 70],
            rows: vec![row(&["a", "b"])],
        }),
    ];
    let mut minutes = minutes(blocks);
    (minutes.title, minutes.notice, minutes.language) = (words.to_owned(), words.to_owned(), words.to_owned());
    minutes
}

fn seen(laid: &Laid) -> String {
    let marks = laid.pages.iter().flat_map(|page| &page.marks);
    marks
        .filter_map(|placed| match &placed.mark {
            Mark::Run(run) => Some(run.text.as_str()),
            _ => None,
        })
        .collect()
}

/// No glyph 0, the box that fonts draw for what they lack.
fn assert_no_boxes(laid: &Laid) {
    for placed in laid.pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Run(run) = &placed.mark {
            assert!(run.glyphs.iter().all(|glyph| glyph.id != 0), "{:?}", run.text);
        }
    }
}

#[test]
fn what_no_font_has_is_spelt_out_and_told() {
    let minutes = minutes(vec![
        paragraph("A rune \u{16a0}, a private \u{f8ff}, a tail."),
        list(&[("", "\u{10fffd}")]),
    ]);
    let laid = layout(&minutes, &Fonts::bundled());
    let told: Vec<char> = laid.missing.iter().map(|missed| missed.character).collect();
    assert_eq!(told, ['\u{16a0}', '\u{f8ff}', '\u{10fffd}']);
    assert!(laid.missing[0].text.contains("A rune"));
    let seen = seen(&laid);
    for code in ["[U+16A0]", "[U+F8FF]", "[U+10FFFD]"] {
        assert!(seen.contains(code), "{code} in {seen}");
    }
    assert_no_boxes(&laid);
}

#[test]
fn missing_characters_can_be_refused() {
    let minutes = minutes(vec![paragraph("A rune \u{16a0}.")]);
    let error = pdf(
        &minutes,
        &Fonts::bundled(),
        chrono::DateTime::UNIX_EPOCH,
        Missing::Refuse,
    )
    .unwrap_err();
    assert_eq!(error.code(), Code::Invalid);
    assert!(error.to_string().contains("U+16A0"), "{error}");
}

#[test]
fn what_shows_nothing_is_not_missed() {
    let words = "a\u{200d}b\u{fe0f}c\u{ad}d\u{feff}e\u{200e}f\u{2066}g\u{2069}h\u{0}i\u{e0041}j\u{7f}k\tl";
    let laid = layout(&minutes(vec![paragraph(words)]), &Fonts::bundled());
    assert_eq!(laid.missing, []);
    let seen: String = seen(&laid).chars().filter(char::is_ascii_alphabetic).take(12).collect();
    assert_eq!(seen, "abcdefghijkl");
    assert_no_boxes(&laid);
}

/// A Latin letter with a Thai mark: both have fonts, but none has both.
#[test]
fn a_cluster_over_two_fonts_is_no_box() {
    let laid = layout(
        &minutes(vec![paragraph("a\u{e31} и\u{5bc} 9\u{20e3}")]),
        &Fonts::bundled(),
    );
    assert_no_boxes(&laid);
    let seen = seen(&laid);
    assert!(
        seen.contains('a') && seen.contains('и') && seen.contains("9[U+20E3]"),
        "{seen}"
    );
}

#[test]
fn all_line_breaks_break() {
    let laid = layout(&minutes(vec![paragraph("a\nb\r\nc\u{2028}d")]), &Fonts::bundled());
    let mut heights: Vec<i32> = Vec::new();
    for placed in &laid.pages[0].marks {
        if let Mark::Run(run) = &placed.mark
            && run.text.len() == 1
        {
            heights.push(run.y as i32);
        }
    }
    assert_eq!(
        heights.iter().map(|y| (y - heights[0]) / 15).collect::<Vec<_>>(),
        [0, 1, 2, 3]
    );
}

#[test]
fn only_addresses_of_the_web_and_of_mail_are_links() {
    let urls = [
        "#",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "HTTPS://a.example/é b",
        "mailto:a@example.org",
        "x",
        "",
    ];
    let links: Vec<Inline> = urls
        .iter()
        .map(|url| Inline::Link {
            label: text("here "),
            url: (*url).to_owned(),
        })
        .collect();
    let laid = layout(
        &minutes(vec![block(Content::Paragraph {
            text: links,
            leads_in: false,
        })]),
        &Fonts::bundled(),
    );
    let links: Vec<&str> = laid.pages[0]
        .marks
        .iter()
        .filter_map(|placed| match &placed.mark {
            Mark::Link(link) => Some(link.url.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(links, ["https://a.example/%C3%A9%20b", "mailto:a@example.org"]);
}

#[test]
fn a_long_notice_leaves_room_for_itself() {
    let mut minutes = minutes((0..100).map(|n| heading(3, "", &format!("{n}"))).collect());
    minutes.notice = "Do not pass it on. ".repeat(40);
    let laid = layout(&minutes, &Fonts::bundled());
    let notice = laid.pages[0].marks.iter().filter_map(|placed| match &placed.mark {
        Mark::Run(run) if run.text.contains("pass") => Some(run.y - 8.0),
        _ => None,
    });
    let top = notice.fold(f32::MAX, f32::min);
    for placed in &laid.pages[0].marks {
        if let Mark::Run(run) = &placed.mark {
            assert!(
                run.text.contains("pass") || run.text.contains('/') || run.y < top,
                "{}",
                run.text
            );
        }
    }
}

/// Each line of names and each odd string: nothing fails, and each character is set, spelt out or shows nothing.
#[test]
fn no_character_is_dropped() {
    let Some(naughty) = shared("text/naughty-strings.json") else {
        eprintln!("SKIPPED: naughty-strings.json is not on this machine");
        return;
    };
    let mut strings: Vec<String> = serde_json::from_str(&naughty).unwrap();
    let names = shared("text/participant-names.tsv").unwrap_or_default();
    strings.extend(names.lines().map(str::to_owned));
    let fonts = Fonts::bundled();
    for string in &strings {
        let laid = layout(
            &minutes(vec![block(Content::Paragraph {
                text: text(string),
                leads_in: false,
            })]),
            &fonts,
        );
        assert_no_boxes(&laid);
        let seen = seen(&laid);
        for c in string.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_graphic()) {
            let spelt = format!("[U+{:04X}]", u32::from(c));
            let is_filler = matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
            assert!(
                seen.contains(c) || seen.contains(&spelt) || is_filler,
                "{c:?} of {string:?} in {seen:?}"
            );
        }
        pdf(
            &minutes(vec![paragraph(string)]),
            &fonts,
            chrono::DateTime::UNIX_EPOCH,
            Missing::Show,
        )
        .unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_text_makes_a_file(words in prop_oneof![any::<String>(), "[\\p{Arabic}\\p{Devanagari}\\p{Thai}\\p{Han}\\p{M}\\p{Cf}a \\n]{0,40}"]) {
        thread_local! {
            static FONTS: Fonts = Fonts::bundled();
        }
        FONTS.with(|fonts| {
            let minutes = everywhere(&words);
            assert_no_boxes(&layout(&minutes, fonts));
            let pdf = pdf(&minutes, fonts, chrono::DateTime::UNIX_EPOCH, Missing::Show).unwrap();
            lopdf::Document::load_mem(&pdf.bytes).unwrap();
        });
    }
}
