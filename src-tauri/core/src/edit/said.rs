//! A point that was typed: who said it, under which item, what follows from it.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{floor, meeting, participant, point};
use crate::archive::Edit;
use crate::capture::{Match, Said, Speaker, due, resolve};
use crate::error::Result;
use crate::model::text::clean;
use crate::model::{Attribution, Basis, Kind, OrderKey, Participant, ParticipantId, Point, PointId, Turn};
use crate::store::queries::{self, Last};

/// Who would be the speaker of a line, and what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributed {
    /// The state.
    pub attribution: Attribution,
    /// What it rests on.
    pub basis: Basis,
    /// The participants.
    pub speakers: Vec<ParticipantId>,
    /// As typed.
    pub text: String,
    /// How many participants the typed name fits.
    pub matches: usize,
}

/// Says who a line is by, without writing anything.
#[must_use]
pub fn attribute(said: &Said, roster: &[Participant], turns: &[Turn]) -> Attributed {
    match &said.speaker {
        Speaker::Nobody => Attributed {
            attribution: Attribution::Nobody,
            basis: Basis::Typed,
            ..Attributed::default()
        },
        Speaker::Unknown => Attributed {
            attribution: Attribution::Unknown,
            basis: Basis::Typed,
            ..Attributed::default()
        },
        Speaker::Continues => Attributed::default(),
        Speaker::Floor => match floor::holder(turns).and_then(|turn| turn.participant) {
            Some(holder) => Attributed {
                attribution: Attribution::Named,
                basis: Basis::Floor,
                speakers: vec![holder],
                ..Attributed::default()
            },
            None => Attributed::default(),
        },
        Speaker::Candidate { text, at } => {
            let (speakers, matches) = match resolve(text, *at, roster) {
                Match::One(id) => (vec![id], 1),
                Match::Several(ids) => (Vec::new(), ids.len()),
                Match::None => (Vec::new(), 0),
            };
            let attribution = if speakers.is_empty() {
                Attribution::Unresolved
            } else {
                Attribution::Named
            };
            Attributed {
                attribution,
                basis: Basis::Typed,
                speakers,
                text: text.clone(),
                matches,
            }
        }
    }
}

/// The owners that an action's words name: those who fit, and the words of those who do not.
#[must_use]
pub fn owners(said: &Said, roster: &[Participant]) -> (Vec<ParticipantId>, String) {
    let (mut ids, mut rest): (Vec<ParticipantId>, Vec<&str>) = (Vec::new(), Vec::new());
    for name in &said.owners {
        match owner(name, roster) {
            Match::One(id) if ids.contains(&id) => {}
            Match::One(id) => ids.push(id),
            _ if said.owners_must_fit => {}
            _ => rest.push(name),
        }
    }
    (ids, rest.join(", "))
}

/// Who is meant by an owner's name: as everywhere, or by one whole word of the name, where it is nobody else's. The
/// text keeps the word as typed, and a chip shows who was understood before anything is saved.
fn owner(name: &str, roster: &[Participant]) -> Match {
    match participant::named(name, roster) {
        Match::None => {}
        found => return found,
    }
    let has_word = |participant: &Participant| {
        participant
            .name
            .split_whitespace()
            .any(|word| word.to_lowercase() == name.to_lowercase())
    };
    match resolve(name, true, roster) {
        Match::One(id)
            if roster
                .iter()
                .any(|participant| participant.id == id && has_word(participant)) =>
        {
            Match::One(id)
        }
        Match::Several(ids) => Match::Several(ids),
        _ => Match::None,
    }
}

/// Where a line comes from: from the keyboard, or from a log.
#[derive(Debug, Default)]
pub(crate) struct Origin<'a> {
    /// The log; none for a line that is typed.
    pub(crate) log: Option<FromLog<'a>>,
}

/// A line of a log.
#[derive(Debug)]
pub(crate) struct FromLog<'a> {
    /// The log's name.
    pub(crate) name: &'a str,
    /// Line in it, from 1.
    pub(crate) line: u32,
    /// Whose the names in it are.
    pub(crate) names: &'a HashMap<String, ParticipantId>,
    /// Names in it whose bearers were left out: they are nobody's, whoever else may bear them.
    pub(crate) strangers: &'a HashSet<String>,
    /// The point that this line goes on from.
    pub(crate) follows: Option<Last>,
    /// The last point of the meeting; afterwards the one that this line made.
    pub(crate) last: Option<Last>,
}

impl Origin<'_> {
    /// Whose a name is, as the log has it.
    pub(crate) fn who(&self, name: &str) -> Option<ParticipantId> {
        let log = self.log.as_ref()?;
        log.names
            .get(&crate::import::log::fold(name.trim().trim_start_matches('@')))
            .copied()
    }

    /// Whether a name's bearer was left out.
    pub(crate) fn is_stranger(&self, name: &str) -> bool {
        let folded = || crate::import::log::fold(name.trim().trim_start_matches('@'));
        let strangers = self.log.as_ref().map(|log| log.strangers);
        strangers.is_some_and(|names| !names.is_empty() && names.contains(&folded()))
    }

    /// The names, but those whose bearers were left out.
    pub(crate) fn without_strangers(&self, names: &[String]) -> Vec<String> {
        names.iter().filter(|name| !self.is_stranger(name)).cloned().collect()
    }
}

/// Whose a line is: by the log's own names where it comes from one, else as [`attribute`] has it.
fn whose(edit: &mut Edit<'_>, said: &Said, origin: &Origin<'_>) -> Result<Attributed> {
    let known = match &said.speaker {
        Speaker::Candidate { text, .. } if origin.is_stranger(text) => Some(Attributed {
            attribution: Attribution::Unresolved,
            text: text.clone(),
            ..Attributed::default()
        }),
        Speaker::Candidate { text, .. } => origin.who(text).map(|id| Attributed {
            attribution: Attribution::Named,
            speakers: vec![id],
            text: text.clone(),
            matches: 1,
            ..Attributed::default()
        }),
        Speaker::Nobody => Some(attribute(said, &[], &[])),
        _ => None,
    };
    let mut who = match known {
        Some(known) => known,
        None => attribute(said, &participant::roster(edit)?, &floor::turns(edit)?),
    };
    if origin.log.is_some() && who.attribution != Attribution::Untagged {
        who.basis = Basis::Imported;
    }
    Ok(who)
}

/// Adds a point; `raw` is the whole line. Answers with what the writer should know.
pub(crate) fn add(
    edit: &mut Edit<'_>,
    id: PointId,
    said: &Said,
    raw: &str,
    origin: &mut Origin<'_>,
) -> Result<(Uuid, Vec<String>)> {
    let mut notices = Vec::new();
    let who = whose(edit, said, origin)?;
    let (facts, item) = (meeting::facts(edit)?, meeting::current(edit)?);
    let key = edit.meeting();
    let last = match &origin.log {
        Some(log) => log.last.clone(),
        None => queries::last_point(edit.query()?, key)?,
    };
    let order = OrderKey::after(last.as_ref().map(|point| &point.order), edit.now());

    let (text, replaced) = clean(&said.text);
    let mut new = Point::new(id, order, edit.now(), text.trim());
    if replaced {
        notices.push("a control character was replaced by U+FFFD".to_owned());
    }
    new.item = item;
    new.kind = said.kind.clone();
    new.internal = said.internal;
    new.raw = clean(raw).0;
    new.attribution = who.attribution;
    new.basis = who.basis;
    new.speakers = who.speakers;
    new.speaker_text = clean(&who.text).0;
    match &new.attribution {
        Attribution::Unknown => new.unknown = point::next_unknown(edit)?,
        Attribution::Unresolved => {
            // The words stay as typed: this may be no speaker at all.
            new.text = as_typed(&new.text, &new.speaker_text, said);
            notices.push(match who.matches {
                0 => format!("\"{}\" is no participant; kept as an unresolved speaker", who.text),
                count => format!(
                    "\"{}\" fits {count} participants; kept as an unresolved speaker",
                    who.text
                ),
            });
        }
        _ => {}
    }
    if let Some(log) = &origin.log {
        log.name.clone_into(&mut new.source);
        new.source_line = log.line;
    }
    if said.continues {
        match origin.log.as_mut().map_or(last, |log| log.follows.take()) {
            Some(last) => {
                new.continues = Some(last.id);
                new.item = last.item;
                new.kind = last.kind;
                // What goes on off the record does not come back onto it by three dots.
                new.internal |= last.internal;
            }
            None => notices.push("there is no earlier point that this could go on from".to_owned()),
        }
    }
    if new.kind == Kind::Action {
        let (ids, rest) = owned(edit, said, origin)?;
        if !rest.is_empty() {
            notices.push(format!("the owner \"{rest}\" fits no participant; kept as typed"));
        }
        new.owners = ids;
        new.owner_text = rest;
        new.due = due(&new.text, meeting::day(&facts, edit.now())).map(|(day, _)| day);
    }
    edit.insert(point::part_of(&new), &new)?;
    match &mut origin.log {
        Some(log) => {
            log.last = Some(Last {
                id,
                order: new.order,
                item: new.item,
                kind: new.kind,
                internal: new.internal,
            });
        }
        None => edit.set_intent(match &new.kind {
            Kind::Remark => "point added".to_owned(),
            kind => format!("{kind} added"),
        }),
    }
    Ok((id.0, notices))
}

/// The owners of an action: by the log's own names first.
fn owned(edit: &mut Edit<'_>, said: &Said, origin: &Origin<'_>) -> Result<(Vec<ParticipantId>, String)> {
    let known: Vec<Option<ParticipantId>> = said.owners.iter().map(|name| origin.who(name)).collect();
    if said.owners.is_empty() {
        return Ok((Vec::new(), String::new()));
    }
    let rest = Said {
        owners: said
            .owners
            .iter()
            .zip(&known)
            .filter(|(name, known)| known.is_none() && !origin.is_stranger(name))
            .map(|(name, _)| name.clone())
            .collect(),
        ..said.clone()
    };
    let (more, text) = owners(&rest, &participant::roster(edit)?);
    let strangers = said.owners.iter().filter(|name| origin.is_stranger(name)).cloned();
    let text: Vec<String> = std::iter::once(text)
        .chain(strangers)
        .filter(|name| !name.is_empty())
        .collect();
    let text = text.join(", ");
    let mut ids: Vec<ParticipantId> = Vec::new();
    for id in known.into_iter().flatten().chain(more) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok((ids, text))
}

/// The words with the unresolved speaker before them, so that the same line typed again has the same speaker.
fn as_typed(text: &str, speaker: &str, said: &Said) -> String {
    match &said.speaker {
        // Without the colon only the first word would be the name.
        Speaker::Candidate { at: true, .. } if !speaker.contains(char::is_whitespace) => format!("@{speaker} {text}"),
        Speaker::Candidate { at: true, .. } => format!("@{speaker}: {text}"),
        _ => format!("{speaker}: {text}"),
    }
}
