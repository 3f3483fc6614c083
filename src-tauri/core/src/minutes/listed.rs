//! The list of participants.

use super::name::{Names, one_line, own_commas};
use super::{Block, Content, Entry, words};
use crate::model::inline::{Inline, Inlines, merge, parse};
use crate::model::{Naming, Participant, ParticipantState};

/// Who is numbered in the list, in order. Once somebody is marked present, only those present are listed; before that,
/// everybody who may come.
pub(crate) fn here(participants: &[Participant]) -> Vec<&Participant> {
    let listed = || participants.iter().filter(|person| person.listed);
    let somebody = listed().any(|person| person.state == ParticipantState::Present);
    listed()
        .filter(|person| match person.state {
            ParticipantState::Present => true,
            ParticipantState::Apologies | ParticipantState::Absent => false,
            _ => !somebody,
        })
        .collect()
}

/// What tells one of them from a namesake who has no other role: the number in the list.
pub(crate) fn number(number: usize) -> String {
    format!("no. {number} in the list")
}

/// The heading, the numbered list, and who sent apologies.
pub(super) fn participants(names: &Names<'_>) -> Vec<Block> {
    let here = here(&names.record.participants);
    let listed = names.record.participants.iter().filter(|person| person.listed);
    let excused: Vec<&Participant> = listed
        .filter(|person| person.state == ParticipantState::Apologies)
        .collect();
    let mut blocks = Vec::new();
    if *names.naming == Naming::Unnamed {
        if !here.is_empty() {
            let people = if here.len() == 1 { "participant" } else { "participants" };
            blocks.push(paragraph(vec![Inline::Text(format!(
                "{} {people} took part.",
                here.len()
            ))]));
        }
    } else {
        let entries: Vec<Entry> = here
            .iter()
            .map(|person| (person.id.0, entry(names, person)))
            .filter(|(_, text)| !text.is_empty())
            .zip(1..)
            .map(|((id, text), count)| Entry {
                origin: Some(id),
                label: format!("{count}."),
                text,
            })
            .collect();
        if !entries.is_empty() {
            blocks.push(Block {
                origin: None,
                content: Content::List { ordered: true, entries },
            });
        }
        let excused: Vec<Inlines> = excused
            .iter()
            .filter_map(|person| names.source(person.id))
            .map(|source| own_commas(one_line(parse(&source))))
            .collect();
        if !excused.is_empty() {
            let mut text = vec![Inline::Text("Apologies: ".to_owned())];
            text.extend(join(excused));
            blocks.push(paragraph(merge(text)));
        }
    }
    if !blocks.is_empty() {
        let text = vec![Inline::Text("List of participants".to_owned())];
        blocks.insert(
            0,
            Block {
                origin: None,
                content: Content::Heading {
                    level: 1,
                    number: String::new(),
                    text,
                },
            },
        );
    }
    blocks
}

fn paragraph(text: Inlines) -> Block {
    Block {
        origin: None,
        content: Content::Paragraph { text, leads_in: false },
    }
}

fn entry(names: &Names<'_>, person: &Participant) -> Inlines {
    let mut parts = Vec::new();
    let level = names.level(person);
    match level {
        Naming::Group => parts.extend(names.source(person.id).map(|source| parse(&source))),
        Naming::Role => {}
        _ => parts.push(vec![Inline::Text(person.name.trim().to_owned())]),
    }
    if *level != Naming::Group {
        parts.extend(person.roles.iter().map(|role| names.line(role)));
    }
    let mut parts: Vec<Inlines> = parts
        .into_iter()
        .map(|part| own_commas(one_line(crate::model::inline::normal(&part))))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() && *level != Naming::Name {
        parts.push(vec![Inline::Text("Participant".to_owned())]);
    }
    merge(join(parts))
}

fn join(parts: Vec<Inlines>) -> Inlines {
    let mut out = Inlines::new();
    for (place, part) in parts.into_iter().enumerate() {
        if place > 0 {
            out.push(Inline::Text(", ".to_owned()));
        }
        out.extend(part);
    }
    merge(out)
}

/// The moderators, as sources; none where people are not named.
pub(super) fn moderators(names: &Names<'_>) -> Vec<String> {
    names.sources(&names.record.meeting.moderators)
}

/// The generated preamble or what replaces it.
pub(super) fn preamble(names: &Names<'_>) -> String {
    let meeting = &names.record.meeting.meeting;
    if meeting.preamble.trim().is_empty() {
        words::preamble(meeting, &moderators(names))
    } else {
        meeting.preamble.clone()
    }
}
