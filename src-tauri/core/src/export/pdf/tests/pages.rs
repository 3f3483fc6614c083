//! What stands where.

use uuid::Uuid;

use super::sample::{block, heading, list, marked, minutes, paragraph, reference, row, text};
use crate::export::pdf::laid::{Element, Kind, Laid, Mark, Run};
use crate::export::pdf::{Fonts, layout};
use crate::minutes::{Block, Content, Minutes};

/// The text of each line of a page, by baseline; heads and feet left out.
fn lines(laid: &Laid, page: usize) -> Vec<String> {
    let mut lines: Vec<(f32, String)> = Vec::new();
    for run in content(laid, page) {
        match lines.last_mut() {
            Some(line) if (line.0 - run.y).abs() < 0.01 => line.1.push_str(&run.text),
            _ => lines.push((run.y, run.text.clone())),
        }
    }
    lines.into_iter().map(|line| line.1.trim_end().to_owned()).collect()
}

fn content(laid: &Laid, page: usize) -> impl Iterator<Item = &Run> {
    laid.pages[page]
        .marks
        .iter()
        .filter(|placed| placed.element != Element::ARTIFACT)
        .filter_map(|placed| match &placed.mark {
            Mark::Run(run) => Some(run),
            _ => None,
        })
}

fn artifacts(laid: &Laid, page: usize) -> String {
    laid.pages[page]
        .marks
        .iter()
        .filter(|placed| placed.element == Element::ARTIFACT)
        .filter_map(|placed| match &placed.mark {
            Mark::Run(run) => Some(run.text.as_str()),
            _ => None,
        })
        .collect()
}

fn words(count: usize) -> String {
    "tide gauge ".repeat(count)
}

#[test]
fn an_empty_document_is_one_numbered_page() {
    let laid = layout(&minutes(Vec::new()), &Fonts::bundled());
    assert_eq!(laid.pages.len(), 1);
    assert_eq!(artifacts(&laid, 0), "1 / 1");
}

#[test]
fn empty_blocks_neither_fail_nor_show() {
    let blocks = vec![
        block(Content::Title(Vec::new())),
        paragraph(""),
        list(&[]),
        list(&[("", "")]),
        heading(9, "", ""),
        block(Content::Table {
            header: Vec::new(),
            widths: Vec::new(),
            rows: Vec::new(),
        }),
        block(Content::Table {
            header: vec![text("a")],
            widths: vec![0],
            rows: vec![row(&[]), row(&["b", "c", "d"])],
        }),
    ];
    let laid = layout(&minutes(blocks), &Fonts::bundled());
    assert_eq!(lines(&laid, 0), ["•", "a", "bcd"]);
}

/// However much stands above it, a heading is never the last thing on a page.
#[test]
fn no_heading_at_a_pages_foot() {
    let fonts = Fonts::bundled();
    for above in 30..44 {
        let mut blocks: Vec<Block> = (0..above).map(|n| paragraph(&format!("Line {n}"))).collect();
        blocks.push(heading(1, "", "Discussion"));
        blocks.push(heading(2, "1.", "Reports"));
        blocks.push(paragraph(&words(60)));
        let laid = layout(&minutes(blocks), &fonts);
        for page in 0..laid.pages.len() {
            let last = lines(&laid, page).pop().unwrap();
            assert!(
                last != "Discussion" && last != "1. Reports",
                "{above} above: {last:?} ends page {}",
                page + 1
            );
        }
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone_on_a_page() {
    let fonts = Fonts::bundled();
    for above in 20..44 {
        for length in [25, 45, 70] {
            let mut blocks: Vec<Block> = (0..above).map(|n| paragraph(&format!("{n}"))).collect();
            blocks.push(paragraph(&words(length)));
            let laid = layout(&minutes(blocks), &fonts);
            for page in 0..laid.pages.len() {
                let count = lines(&laid, page).iter().filter(|line| line.contains("e")).count();
                assert_ne!(count, 1, "{above} above, {length} words");
            }
        }
    }
}

#[test]
fn a_lead_in_stays_with_its_list() {
    let fonts = Fonts::bundled();
    for above in 20..44 {
        let mut blocks: Vec<Block> = (0..above).map(|n| paragraph(&format!("{n}"))).collect();
        blocks.push(paragraph("Points raised included:"));
        blocks.push(list(&[("", "one;"), ("", "two;"), ("", "three;"), ("", "four.")]));
        let laid = layout(&minutes(blocks), &fonts);
        for page in 0..laid.pages.len() {
            let lines = lines(&laid, page);
            assert_ne!(lines.last().unwrap(), "Points raised included:");
            assert_ne!(lines.first().unwrap(), "•four.", "the last entry alone");
        }
    }
}

#[test]
fn marks_stay_within_the_page_and_within_the_measure() {
    let long = "Donaudampfschiff".repeat(60);
    let blocks = vec![
        heading(1, &"1.".repeat(80), &long),
        paragraph(&long),
        list(&[
            ("1.", &long),
            ("a label far too long to be a label, but typed by somebody", &long),
        ]),
        block(Content::Table {
            header: vec![text(&long)],
            widths: vec![1, 99],
            rows: vec![row(&[&long, "x"])],
        }),
    ];
    let laid = layout(&minutes(blocks), &Fonts::bundled());
    for page in &laid.pages {
        for placed in &page.marks {
            if let Mark::Run(run) = &placed.mark {
                let right = run.x + run.glyphs.last().map_or(0.0, |glyph| glyph.x);
                assert!(
                    run.x >= 70.0 && right < 595.28 - 70.0,
                    "{} to {right}: {}",
                    run.x,
                    run.text
                );
                assert!(run.y > 0.0 && run.y < laid.height);
            }
        }
    }
    let all: String = (0..laid.pages.len())
        .flat_map(|page| content(&laid, page))
        .map(|run| run.text.as_str())
        .collect();
    assert_eq!(all.matches('D').count(), 60 * 6, "broken anywhere, but all there");
}

#[test]
fn the_structure_says_what_each_mark_is() {
    let origin = Uuid::from_u128(7);
    let mut blocks = vec![
        heading(2, "1.", "Reports"),
        paragraph("See [the log](https://example.org/log) and [nowhere](#)."),
        list(&[("1.", "Ngozi Adeyemi, Chair")]),
    ];
    blocks[0].origin = Some(origin);
    let laid = layout(&minutes(blocks), &Fonts::bundled());
    let element = |words: &str| {
        let placed = laid.pages[0]
            .marks
            .iter()
            .find(|placed| matches!(&placed.mark, Mark::Run(run) if run.text == words));
        laid.structure[placed.unwrap_or_else(|| panic!("no run {words:?}")).element].clone()
    };
    assert_eq!(
        (element("Reports").kind, element("Reports").origin),
        (Kind::Heading(1), Some(origin)),
        "the first heading is of the first level, whatever it looks like"
    );
    let link = element("the log");
    assert_eq!(
        (link.kind, laid.structure[link.parent.unwrap()].kind),
        (Kind::Link, Kind::Paragraph)
    );
    assert_eq!(element("1. ").kind, Kind::Heading(1));
    let body = element("Ngozi Adeyemi, Chair");
    let item = &laid.structure[body.parent.unwrap()];
    assert_eq!(
        (body.kind, item.kind, laid.structure[item.parent.unwrap()].kind),
        (Kind::Body, Kind::Item, Kind::List { ordered: true })
    );
    assert_eq!(laid.headings.len(), 1);
    assert_eq!(
        (laid.headings[0].text.as_str(), laid.headings[0].page),
        ("1. Reports", 0)
    );
    let links: Vec<&str> = laid.pages[0]
        .marks
        .iter()
        .filter_map(|placed| match &placed.mark {
            Mark::Link(link) => Some(link.url.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(links, ["https://example.org/log"], "a link to nowhere gets none");
}

#[test]
fn no_level_of_headings_is_left_out() {
    let blocks = [3, 1, 5, 5, 2, 4, 3, 1, 2].map(|level| heading(level, "", "x"));
    let laid = layout(&minutes(blocks.to_vec()), &Fonts::bundled());
    let levels: Vec<u8> = laid.headings.iter().map(|heading| heading.level).collect();
    assert_eq!(levels, [1, 1, 2, 3, 2, 3, 3, 1, 2]);
}

#[test]
fn heads_and_feet() {
    let mut long = minutes((0..80).map(|n| paragraph(&format!("{n}"))).collect());
    long.notice = "Internal points are in this document.".to_owned();
    let laid = layout(&long, &Fonts::bundled());
    assert_eq!(artifacts(&laid, 0), "Internal points are in this document.1 / 3");
    assert_eq!(
        artifacts(&laid, 1),
        "WG-Tide 42, 12 March 2026Internal points are in this document.2 / 3"
    );
}

#[test]
fn a_table_says_its_header_again_on_each_page() {
    let rows = (0..120).map(|n| row(&[&format!("row {n}"), "words"])).collect();
    let table = Content::Table {
        header: vec![text("Time"), text("Point")],
        widths: vec![20, 80],
        rows,
    };
    let laid = layout(&minutes(vec![block(table)]), &Fonts::bundled());
    assert!(laid.pages.len() > 2);
    assert!(lines(&laid, 0)[0].starts_with("Time"));
    for page in 1..laid.pages.len() {
        assert!(artifacts(&laid, page).contains("TimePoint"), "page {page}");
    }
    let all: Vec<String> = (0..laid.pages.len()).flat_map(|page| lines(&laid, page)).collect();
    assert_eq!(all.len(), 121);
}

/// Names from right to left do not turn the list around; what is all Arabic is set as Arabic.
#[test]
fn leftward_names_do_not_flip_the_list() {
    let blocks = vec![
        list(&[("1.", "Ann"), ("2.", "سلمى الحداد, Chair"), ("3.", "سلمى الحداد")]),
        paragraph("اجتمع الفريق العامل في الثاني عشر من مارس."),
    ];
    let laid = layout(&minutes(blocks), &Fonts::bundled());
    let start = |words: &str| content(&laid, 0).find(|run| run.text.starts_with(words)).unwrap().x;
    for entry in ["2.", "3."] {
        let y = content(&laid, 0).find(|run| run.text == entry).unwrap().y;
        let line: Vec<&Run> = content(&laid, 0)
            .filter(|run| run.y == y && run.text != entry)
            .collect();
        let left = line.iter().map(|run| run.x).fold(f32::MAX, f32::min);
        assert!(
            (left - start("Ann")).abs() < 0.1,
            "the name begins where the others begin"
        );
        assert!(start(entry) < left);
        let place = |words: &str| line.iter().find(|run| run.text.contains(words)).map(|run| run.x);
        assert!(place("سلمى") > place("الحداد"), "the name runs leftward");
        assert!(entry == "3." || place("Chair") > place("سلمى"));
    }
    let paragraph: Vec<&Run> = content(&laid, 0)
        .filter(|run| run.text.contains("الفريق") || run.text.contains("مارس"))
        .collect();
    assert!(paragraph.iter().all(|run| run.x > 200.0), "set from the right edge");
    let backward = &paragraph[0].clusters;
    assert!(backward.first().unwrap().text.start > backward.last().unwrap().text.start);
}

/// The right end of each line's ink.
fn ends(laid: &Laid, page: usize) -> Vec<f32> {
    let mut ends: Vec<(f32, f32)> = Vec::new();
    for run in content(laid, page) {
        for cluster in &run.clusters {
            if run.text[cluster.text.clone()].trim().is_empty() {
                continue;
            }
            let glyph = run.glyphs[cluster.glyphs.end - 1];
            let end = run.x + glyph.x + f32::from(laid.faces[run.face].advance(glyph.id)) * run.size / 1000.0;
            match ends.last_mut() {
                Some(line) if (line.0 - run.y).abs() < 0.01 => line.1 = line.1.max(end),
                _ => ends.push((run.y, end)),
            }
        }
    }
    ends.into_iter().map(|line| line.1).collect()
}

#[test]
fn justified_lines_fill_the_measure_but_for_the_last() {
    let fonts = Fonts::bundled();
    let english = "Participants welcomed **the adoption** of the outcome document by consensus, including the agreement on a permanent mandate, and highlighted the significance of this achievement for [everybody](https://example.org) involved. ".repeat(3);
    let arabic = "اجتمع الفريق العامل في الثاني عشر من مارس لمناقشة تبادل البيانات وقرر اعتماد الإطار الجديد بالإجماع وأشار المشاركون إلى أهمية الأمر";
    let mut all = minutes(vec![
        paragraph(&english),
        paragraph("Short one.\nIn two lines."),
        paragraph(arabic),
    ]);
    let ragged = layout(&all, &fonts);
    all.justified = true;
    let justified = layout(&all, &fonts);
    let right = 595.276 - 70.866;
    let [before, after] = [ends(&ragged, 0), ends(&justified, 0)];
    assert!(
        before.iter().filter(|end| (**end - right).abs() < 0.1).count() < 3,
        "{before:?}"
    );
    let first = after.iter().take_while(|end| (**end - right).abs() < 0.1).count();
    let english_lines = lines(&justified, 0)
        .iter()
        .position(|line| line == "Short one.")
        .unwrap();
    assert_eq!(first, english_lines - 1, "{after:?}");
    assert!(
        after[english_lines..english_lines + 2].iter().all(|end| *end < 200.0),
        "{after:?}"
    );
    let y = content(&justified, 0)
        .find(|run| run.text.contains("الفريق"))
        .unwrap()
        .y;
    let left = content(&justified, 0)
        .filter(|run| run.y == y && !run.text.trim().is_empty())
        .map(|run| run.x)
        .fold(f32::MAX, f32::min);
    assert!(
        (left - 70.866).abs() < 0.5,
        "an Arabic line begins at the left edge too: {left}"
    );
    // Nothing overlaps: the words keep their order and their distance.
    for run in content(&justified, 0) {
        assert!(
            run.glyphs.windows(2).all(|pair| pair[0].x <= pair[1].x + 3.0),
            "{}",
            run.text
        );
    }
}

/// What a text says where words are parted: a soft hyphen, which is no part of them.
#[test]
fn words_are_parted_by_the_rules_of_the_language_where_a_line_would_end_early() {
    let fonts = Fonts::bundled();
    let words = "internationalisation responsibilities multistakeholder characteristically ".repeat(12);
    let mut all = minutes(vec![paragraph(&words)]);
    let parted = |all: &Minutes| -> Vec<String> {
        let laid = layout(all, &fonts);
        let found = lines(&laid, 0);
        assert!(found.iter().all(|line| line.matches('\u{ad}').count() <= 1));
        let whole: String = found
            .iter()
            .map(|line| {
                line.strip_suffix('\u{ad}')
                    .map_or_else(|| format!("{line} "), str::to_owned)
            })
            .collect();
        assert_eq!(whole.trim_end(), words.trim_end(), "not a letter is lost");
        let ends = found.windows(2).filter(|pair| pair[0].ends_with('\u{ad}'));
        let ends = ends.map(|pair| {
            pair[0]
                .rsplit(' ')
                .next()
                .unwrap()
                .trim_end_matches('\u{ad}')
                .to_owned()
        });
        ends.collect()
    };
    let ragged = parted(&all);
    all.justified = true;
    let justified = parted(&all);
    all.justified = false;
    assert!(
        !ragged.is_empty() && justified.len() >= ragged.len(),
        "{ragged:?} {justified:?}"
    );
    let allowed = [
        "inter",
        "interna",
        "internation",
        "internationali",
        "respon",
        "responsibili",
        "responsi",
        "multi",
        "multistake",
        "charac",
        "character",
        "characteris",
        "characteristi",
        "in",
        "re",
        "mul",
        "internationalisa",
    ];
    for part in ragged.iter().chain(&justified) {
        assert!(allowed.contains(&part.as_str()), "{part}");
    }
    all.language = "xx".to_owned();
    assert!(parted(&all).is_empty(), "nothing is parted by guess");
    all.language = "en".to_owned();
    let names = minutes(vec![paragraph(&"Internationalisation Multistakeholder ".repeat(20))]);
    let names = layout(&names, &fonts);
    assert!(
        lines(&names, 0).iter().all(|line| !line.contains('\u{ad}')),
        "names stay whole"
    );
}

#[test]
fn a_list_of_ten_thousand_entries() {
    let entries: Vec<(String, String)> = (1..=10_000).map(|n| (format!("{n}."), format!("Ann {n}"))).collect();
    let entries: Vec<(&str, &str)> = entries
        .iter()
        .map(|(label, words)| (label.as_str(), words.as_str()))
        .collect();
    let laid = layout(&minutes(vec![list(&entries)]), &Fonts::bundled());
    let last = laid.pages.len() - 1;
    assert_eq!(lines(&laid, last).last().unwrap(), "10000.Ann 10000");
}

#[test]
fn bold_italic_and_code_have_fonts_of_their_own() {
    let blocks = vec![block(Content::Paragraph {
        text: marked("a **b** *c* `d`"),
        leads_in: false,
    })];
    let laid = layout(&minutes(blocks), &Fonts::bundled());
    let face = |words: &str| {
        let run = content(&laid, 0).find(|run| run.text == words).unwrap();
        assert!(!run.thicken && run.slant == 0.0);
        laid.faces[run.face].name.clone()
    };
    assert_eq!(
        [face("b"), face("c"), face("d")],
        ["NotoSerif-Bold", "NotoSerif-Italic", "NotoSansMono-Regular"]
    );
}

#[test]
fn the_reference_report_has_four_pages_and_all_participants() {
    let Some(minutes) = reference() else {
        eprintln!("SKIPPED: the reference report is not on this machine");
        return;
    };
    let laid = layout(&minutes, &Fonts::bundled());
    assert_eq!(laid.pages.len(), 4);
    assert!(laid.missing.is_empty());
    assert!(lines(&laid, 3).contains(&"27.Wim Degezelle, IGF Secretariat".to_owned()));
    let levels: Vec<u8> = laid.headings.iter().map(|heading| heading.level).collect();
    assert_eq!(levels, [1, 1, 2, 3, 3, 3, 3, 3, 2, 3, 3, 2, 2, 1]);
}
