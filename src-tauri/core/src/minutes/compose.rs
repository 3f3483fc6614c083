//! The record → the finished summary.

use super::name::{Names, one_line, without_edge_breaks, words as plain_words};
use super::{Block, Content, Document, Entry, Minutes, Options, collected, listed, record, words};
use crate::model::inline::{Inline, Inlines, is_blank, literal, parse, plain};
use crate::model::{ItemId, ItemState, ItemView, Kind, Passage, PassageStyle, PointView, Record};

/// Composes one of the two documents. What is not known is left out; where a section has passages they are its
/// content, and where it has none its points are.
#[must_use]
pub fn compose(record: &Record, options: &Options) -> Minutes {
    let names = Names {
        record,
        naming: &options.naming,
        keep_officers: options.keep_officers,
    };
    let meeting = &record.meeting.meeting;
    let kind = match options.document {
        Document::Report => names.line(&meeting.document_kind),
        Document::Record => vec![Inline::Text("Record of Points".to_owned())],
    };
    let mut blocks = title_block(&names, kind.clone());
    let kind = plain(&kind);
    match options.document {
        Document::Report => report(&names, options, &mut blocks),
        Document::Record => record::points(&names, options, &mut blocks),
    }
    blocks.extend(listed::participants(&names));
    lead_in(&mut blocks);
    let internal = options.internal && record.points.iter().any(|point| point.point.internal);
    Minutes {
        title: running_title(&names, &kind),
        author: plain_words(if meeting.body.trim().is_empty() {
            words::title(meeting)
        } else {
            &meeting.body
        }),
        subject: kind,
        language: meeting.language.clone(),
        justified: options.justified,
        notice: if internal {
            "Internal: contains points off the record.".to_owned()
        } else {
            String::new()
        },
        blocks,
    }
}

fn running_title(names: &Names<'_>, kind: &str) -> String {
    let meeting = &names.record.meeting.meeting;
    let name = if meeting.short.trim().is_empty() {
        words::title(meeting)
    } else {
        &meeting.short
    };
    let mut title = plain_words(name);
    if title.is_empty() {
        title = if kind.is_empty() {
            "Minutes".to_owned()
        } else {
            kind.to_owned()
        };
    }
    if let Some(number) = meeting.number {
        title.push_str(&format!(" {number}"));
    }
    if let Some(at) = meeting.starts {
        title.push_str(&format!(", {}", words::date(at, words::zone(&meeting.zone))));
    }
    title
}

fn title_block(names: &Names<'_>, kind: Inlines) -> Vec<Block> {
    let meeting = &names.record.meeting.meeting;
    let title = names.line(words::title(meeting));
    let form = names.line(&meeting.form);
    let date = names.line(&words::date_line(meeting));
    let (title, lines) = if !title.is_empty() {
        (title, vec![form, date, kind])
    } else if !kind.is_empty() {
        (kind, vec![form, date])
    } else {
        (vec![Inline::Text("Minutes".to_owned())], vec![form, date])
    };
    let mut blocks = vec![block(Content::Title(title))];
    blocks.extend(
        lines
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| block(Content::Subtitle(line))),
    );
    blocks
}

fn report(names: &Names<'_>, options: &Options, blocks: &mut Vec<Block>) {
    let record = names.record;
    push_paragraph(blocks, None, names.read(&listed::preamble(names)));
    let closing = closing(names, options);
    let front = content(names, options, None);
    blocks.extend(front);
    let discussed = record.items.iter().any(|view| {
        view.level > 1
            || !matches!(view.item.state, ItemState::Pending)
            || !content(names, options, Some(view)).is_empty()
    });
    if !discussed && let Some(closing) = &closing {
        push_paragraph(blocks, None, closing.clone());
    }
    let agenda: Vec<Entry> = record
        .items
        .iter()
        .filter(|view| view.level <= 1)
        .map(|view| Entry {
            origin: Some(view.item.id.0),
            label: dotted(&view.label),
            text: first_of(names, &view.item.title, &view.item.heading),
        })
        .collect();
    if !agenda.is_empty() {
        blocks.push(heading(None, 1, String::new(), vec![Inline::Text("Agenda".to_owned())]));
        blocks.push(block(Content::List {
            ordered: true,
            entries: agenda,
        }));
    }
    if discussed {
        blocks.push(heading(
            None,
            1,
            String::new(),
            vec![Inline::Text("Discussion".to_owned())],
        ));
        for view in &record.items {
            blocks.push(item_heading(names, view));
            blocks.extend(content(names, options, Some(view)));
        }
        if let Some(closing) = closing {
            push_paragraph(blocks, None, closing);
        }
    }
    collected::tables(names, options, blocks);
}

/// The heading of an item or section, with its number.
pub(super) fn item_heading(names: &Names<'_>, view: &ItemView) -> Block {
    let level = u8::try_from(view.level.saturating_add(1).clamp(2, 4)).unwrap_or(4);
    let number = if level == 2 {
        dotted(&view.label)
    } else {
        view.label.trim().to_owned()
    };
    heading(
        Some(view.item.id.0),
        level,
        number,
        first_of(names, &view.item.heading, &view.item.title),
    )
}

/// The first of two texts that says something.
fn first_of(names: &Names<'_>, one: &str, other: &str) -> Inlines {
    [one, other]
        .into_iter()
        .map(|source| names.line(source))
        .find(|line| !is_blank(line))
        .unwrap_or_else(|| vec![Inline::Text("Untitled".to_owned())])
}

fn dotted(label: &str) -> String {
    let label = label.trim();
    if label.is_empty() || label.ends_with(['.', ')']) {
        label.to_owned()
    } else {
        format!("{label}.")
    }
}

pub(super) fn block(content: Content) -> Block {
    Block { origin: None, content }
}

pub(super) fn heading(origin: Option<uuid::Uuid>, level: u8, number: String, text: Inlines) -> Block {
    Block {
        origin,
        content: Content::Heading { level, number, text },
    }
}

pub(super) fn push_paragraph(blocks: &mut Vec<Block>, origin: Option<uuid::Uuid>, text: Inlines) {
    let text = without_edge_breaks(text);
    if !is_blank(&text) {
        blocks.push(Block {
            origin,
            content: Content::Paragraph { text, leads_in: false },
        });
    }
}

/// The sentence on the next meeting, unless a passage, or a point that is printed, says the same.
fn closing(names: &Names<'_>, options: &Options) -> Option<Inlines> {
    let record = names.record;
    let meeting = &record.meeting.meeting;
    let sentence = names.read(&words::next_meeting(meeting)?);
    let words = plain(&sentence);
    let says_it = |source: &str| {
        let text = plain(&parse(source));
        text == words || words::tells_next_meeting(meeting, &text)
    };
    let printed = |view: &&PointView| {
        is_printed(view, options) && !record.passages.iter().any(|passage| passage.item == view.point.item)
    };
    let stands = record.passages.iter().any(|passage| says_it(&passage.text))
        || record
            .points
            .iter()
            .filter(printed)
            .any(|view| says_it(&view.point.text));
    (!stands).then_some(sentence)
}

/// Whether a report that is made of points has this one.
fn is_printed(view: &PointView, options: &Options) -> bool {
    !view.point.set_aside && (options.internal || !view.point.internal) && !collected::only_in_table(view, options)
}

/// What stands under an item (or before the first): its passages, else its points, else a sentence on its state.
fn content(names: &Names<'_>, options: &Options, view: Option<&ItemView>) -> Vec<Block> {
    let item = view.map(|view| view.item.id);
    let mut blocks = Vec::new();
    for passage in names.record.passages.iter().filter(|passage| passage.item == item) {
        push_passage(names, passage, &mut blocks);
    }
    if blocks.is_empty() {
        let entries = points(names, options, item);
        if !entries.is_empty() {
            blocks.push(block(Content::List {
                ordered: false,
                entries,
            }));
        }
    }
    collected::votes(names, options, item, &mut blocks);
    if blocks.is_empty()
        && let Some(view) = view
    {
        let presenter = view.item.presenter.and_then(|id| names.source(id));
        if let Some(sentence) = words::state(&view.item.state, presenter.as_deref()) {
            push_paragraph(&mut blocks, Some(view.item.id.0), names.read(&sentence));
        }
    }
    blocks
}

fn push_passage(names: &Names<'_>, passage: &Passage, blocks: &mut Vec<Block>) {
    let origin = Some(passage.id.0);
    let text = without_edge_breaks(names.read(&passage.text));
    if is_blank(&text) {
        return;
    }
    let ordered = match passage.style {
        PassageStyle::Bullet => false,
        PassageStyle::Number => true,
        PassageStyle::Heading => {
            blocks.push(heading(origin, 5, String::new(), one_line(text)));
            return;
        }
        _ => {
            push_paragraph(blocks, origin, text);
            return;
        }
    };
    let label = |count: usize| if ordered { format!("{count}.") } else { String::new() };
    if let Some(Block {
        content: Content::List { ordered: same, entries },
        ..
    }) = blocks.last_mut()
        && *same == ordered
    {
        let label = label(entries.len() + 1);
        entries.push(Entry { origin, label, text });
    } else {
        blocks.push(block(Content::List {
            ordered,
            entries: vec![Entry {
                origin,
                label: label(1),
                text,
            }],
        }));
    }
}

/// The points of an item as bullets; what was set aside is left out, what is off the record unless asked for, and what
/// a passage elsewhere rests on.
fn points(names: &Names<'_>, options: &Options, item: Option<ItemId>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut last = None;
    let points = names
        .record
        .points
        .iter()
        .filter(|view| view.point.item == item && is_printed(view, options))
        .filter(|view| {
            let passages = &names.record.passages;
            !passages.iter().any(|passage| passage.sources.contains(&view.point.id))
        });
    for view in points {
        let text = without_edge_breaks(names.said(view.point.words()));
        if is_blank(&text) {
            continue;
        }
        if view.point.continues.is_some()
            && view.point.continues == last
            && let Some(entry) = entries.last_mut()
        {
            entry.text.push(Inline::Text(" ".to_owned()));
            entry.text.extend(text);
            entry.text = crate::model::inline::normal(&entry.text);
        } else {
            let mut words = parse(&run_in(names, view));
            words.extend(text);
            let text = crate::model::inline::normal(&words);
            entries.push(Entry {
                origin: Some(view.point.id.0),
                label: String::new(),
                text,
            });
        }
        last = Some(view.point.id);
    }
    entries
}

/// What stands before a point's words: who said it, and what sort it is.
fn run_in(names: &Names<'_>, view: &PointView) -> String {
    let speakers = names.speakers(view);
    match (kind_word(&view.point.kind), speakers) {
        (Some(kind), Some(speakers)) => format!("**{kind}** ({speakers}): "),
        (Some(kind), None) => format!("**{kind}:** "),
        (None, Some(speakers)) => format!("{speakers}: "),
        (None, None) => String::new(),
    }
}

/// The word for a kind; a plain remark has none.
pub(super) fn kind_word(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Remark => return None,
        Kind::Decision => "Decision".to_owned(),
        Kind::Action => "Action".to_owned(),
        Kind::Question => "Question".to_owned(),
        Kind::Proposal => "Proposal".to_owned(),
        Kind::Information => "Information".to_owned(),
        Kind::Other(word) => literal(word),
    })
}

/// A paragraph right before a list leads into it.
fn lead_in(blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        let list = matches!(
            blocks.get(at),
            Some(Block {
                content: Content::List { .. },
                ..
            })
        );
        if let Some(Block {
            content: Content::Paragraph { leads_in, .. },
            ..
        }) = blocks.get_mut(at - 1)
        {
            *leads_in = list;
        }
    }
}
