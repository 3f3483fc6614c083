//! Carries out a line of the grammar. A command that cannot be carried out is kept as a point with the line's words:
//! nothing that was typed is ever dropped.

use uuid::Uuid;

use super::said::Origin;
use super::{agenda, floor, meeting, mend, participant, said};
use crate::archive::{Archive, Edit};
use crate::capture::{Change, Command, Line, Match, Said, parse, parse_among};
use crate::error::Result;
use crate::model::text::clean_line;
use crate::model::{
    Duty, ItemState, Kind, MeetingId, MeetingState, Participant, ParticipantId, ParticipantState, Point, PointId, Turn,
};

/// What became of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The row made or changed; none where nothing was.
    pub id: Option<Uuid>,
    /// What was done, in words.
    pub done: String,
    /// What the writer should know.
    pub notices: Vec<String>,
}

impl Outcome {
    fn of(id: Uuid, done: impl Into<String>) -> Self {
        Self {
            id: Some(id),
            done: done.into(),
            notices: Vec::new(),
        }
    }
}

/// Carries out one line. `id` is the id for the point that it makes, if it makes one: a line sent twice under one id is
/// carried out once.
///
/// # Errors
/// As [`Archive::write`]: then nothing of the line is in the record.
pub fn enter(archive: &mut Archive, meeting: MeetingId, raw: &str, id: Option<Uuid>) -> Result<Outcome> {
    match parse(raw).command {
        Command::Blank => return Ok(Outcome::default()),
        Command::Undo => {
            let back = archive.undo(meeting)?;
            let done = match &back.label {
                Some(label) => format!("undone: {label}"),
                None => "there was nothing to undo".to_owned(),
            };
            let notices = back
                .left
                .iter()
                .map(|left| format!("{left} was changed since and stays"))
                .collect();
            return Ok(Outcome {
                id: None,
                done,
                notices,
            });
        }
        _ => {}
    }
    let point = PointId(id.unwrap_or_else(|| archive.fresh_id()));
    archive.write(meeting, "line", |edit| {
        if id.is_some() && edit.find::<Point>(point.0)?.is_some() {
            return Ok(Outcome::of(point.0, "already saved"));
        }
        let line = parse_among(raw, &participant::roster(edit)?);
        match carry_out(edit, &line, point, &mut Origin::default())? {
            Some(outcome) => {
                if !matches!(line.command, Command::Point(_)) && !outcome.done.is_empty() {
                    edit.set_intent(outcome.done.clone());
                }
                Ok(outcome)
            }
            None => keep(edit, &line, point),
        }
    })
}

/// Keeps a command that could not be carried out as a point.
fn keep(edit: &mut Edit<'_>, line: &Line, point: PointId) -> Result<Outcome> {
    let said = Said::literal(line.raw.trim());
    let (id, mut notices) = said::add(edit, point, &said, &line.raw, &mut Origin::default())?;
    notices.push(format!(
        "\"{}\" could not be carried out ({}); it was kept as a point",
        line.raw.trim(),
        why_not(&line.command)
    ));
    Ok(Outcome {
        id: Some(id),
        done: "kept as a point".to_owned(),
        notices,
    })
}

fn why_not(command: &Command) -> &'static str {
    match command {
        Command::Take { .. } | Command::AgendaRemove { .. } | Command::AgendaRename { .. } => "there is no such item",
        Command::Next => "no item is ahead",
        Command::Skip | Command::Defer | Command::NoUpdate | Command::Close { .. } => "no such item is open",
        Command::Substitute { .. } | Command::InsertBefore { .. } => "no earlier point holds these words",
        Command::Acknowledge { name: None } => "the queue is empty",
        Command::Withdraw { .. } | Command::Later { .. } => "they are not in the queue",
        _ => "it names nobody, or somebody who fits no participant or several",
    }
}

/// Carries out a command; `None` where it cannot be.
pub(super) fn carry_out(
    edit: &mut Edit<'_>,
    line: &Line,
    point: PointId,
    origin: &mut Origin<'_>,
) -> Result<Option<Outcome>> {
    Ok(match &line.command {
        Command::Blank | Command::Undo => Some(Outcome::default()),
        Command::Point(said) => {
            let (id, notices) = said::add(edit, point, said, &line.raw, origin)?;
            let done = match &said.kind {
                Kind::Remark => "point added".to_owned(),
                kind => format!("{kind} added"),
            };
            Some(Outcome {
                id: Some(id),
                done,
                notices,
            })
        }
        Command::Topic { .. }
        | Command::Subtopic { .. }
        | Command::AgendaAdd { .. }
        | Command::AgendaRemove { .. }
        | Command::AgendaRename { .. }
        | Command::Next
        | Command::Skip
        | Command::Defer
        | Command::NoUpdate
        | Command::Take { .. }
        | Command::Close { .. } => on_agenda(edit, &line.command)?,
        Command::MeetingName { name } => Some(Outcome::of(
            meeting::change(edit, |meeting| {
                if meeting.body.is_empty() {
                    meeting.body = name.clone();
                } else if meeting.body == *name {
                    meeting.name = String::new();
                } else {
                    meeting.name = name.clone();
                }
            })?,
            "name of the meeting set",
        )),
        Command::Date { text, when } => {
            let (id, notice) = meeting::set_date(edit, text, when.as_ref())?;
            Some(Outcome {
                id: Some(id),
                done: "date set".to_owned(),
                notices: notice.into_iter().collect(),
            })
        }
        Command::NextMeeting { text, when } => {
            let (id, notice) = meeting::set_next(edit, text, when.as_ref())?;
            Some(Outcome {
                id: Some(id),
                done: "next meeting set".to_owned(),
                notices: notice.into_iter().collect(),
            })
        }
        Command::Recording { text } => Some(Outcome::of(
            meeting::change(edit, |meeting| meeting.recording.clone_from(text))?,
            "recording set",
        )),
        Command::Participant { name, roles } => {
            let id = participant::add(edit, name, roles)?;
            Some(Outcome::of(id.0, format!("{name} added")))
        }
        Command::Present { change, names } => attendance(edit, *change, names, &ParticipantState::Present, origin)?,
        Command::Regrets { change, names } => attendance(edit, *change, names, &ParticipantState::Apologies, origin)?,
        Command::Chair { change, names } => duties(edit, *change, names, &Duty::Moderator, origin)?,
        Command::Scribe { change, names } => duties(edit, *change, names, &Duty::Rapporteur, origin)?,
        Command::Ask { .. }
        | Command::Later { .. }
        | Command::Withdraw { .. }
        | Command::SetQueue { .. }
        | Command::ShowQueue
        | Command::Acknowledge { .. } => on_queue(edit, &line.command, origin)?,
        Command::Substitute { old, new, scope } => mend::substitute(edit, old, new, *scope)?.map(|(id, count)| {
            Outcome::of(
                id,
                if count == 1 {
                    "point mended".to_owned()
                } else {
                    format!("{count} points mended")
                },
            )
        }),
        Command::InsertBefore { before, line: inner } => match &inner.command {
            Command::Topic { title } => mend::insert_heading(edit, before, title, false)?
                .map(|id| Outcome::of(id, format!("item \"{title}\" put in"))),
            Command::Subtopic { title } => mend::insert_heading(edit, before, title, true)?
                .map(|id| Outcome::of(id, format!("section \"{title}\" put in"))),
            Command::Point(said) => {
                mend::insert_point(edit, before, said, &line.raw, point)?.map(|(id, notices)| Outcome {
                    id: Some(id),
                    done: "point put in".to_owned(),
                    notices,
                })
            }
            _ => None,
        },
        Command::Start { name } => {
            if let Some(name) = name.as_ref().filter(|name| !name.is_empty()) {
                meeting::change(edit, |meeting| {
                    if meeting.body.is_empty() {
                        meeting.body.clone_from(name);
                    }
                })?;
            }
            Some(Outcome::of(
                meeting::set_state(edit, MeetingState::Live)?,
                "meeting started",
            ))
        }
        Command::End => Some(Outcome::of(
            meeting::set_state(edit, MeetingState::Ended)?,
            "meeting ended",
        )),
    })
}

fn on_agenda(edit: &mut Edit<'_>, command: &Command) -> Result<Option<Outcome>> {
    let items = agenda::outline(edit)?;
    let mark = |edit: &mut Edit<'_>, state: ItemState, words: &str| -> Result<Option<Outcome>> {
        Ok(agenda::mark_current(edit, state)?.map(|id| Outcome::of(id, words)))
    };
    Ok(match command {
        Command::Topic { title } => {
            let id = match agenda::titled(&items, None, title) {
                Some(known) => known.id,
                None => agenda::add(edit, None, title)?,
            };
            Some(Outcome::of(agenda::take(edit, id)?, format!("item \"{title}\" opened")))
        }
        Command::Subtopic { title } => {
            let current = meeting::current(edit)?;
            // Below the item of the top level, from wherever in it one is.
            let mut top = current.and_then(|id| items.iter().find(|view| view.item.id == id));
            while let Some(parent) = top
                .and_then(|view| view.item.parent)
                .and_then(|id| items.iter().find(|view| view.item.id == id))
            {
                top = Some(parent);
            }
            let parent = top.map(|view| view.item.id);
            let id = match agenda::titled(&items, parent, title) {
                Some(known) => known.id,
                None => agenda::add(edit, parent, title)?,
            };
            Some(Outcome::of(
                agenda::take(edit, id)?,
                format!("section \"{title}\" opened"),
            ))
        }
        Command::AgendaAdd { title } => Some(Outcome::of(
            agenda::add(edit, None, title)?.0,
            format!("item \"{title}\" added"),
        )),
        Command::AgendaRemove { item } => match agenda::numbered(&items, item) {
            Some(found) => Some(Outcome::of(
                agenda::remove(edit, found.id)?,
                format!("item {item} removed"),
            )),
            None => None,
        },
        Command::AgendaRename { item, title } => match agenda::numbered(&items, item) {
            Some(found) => {
                let title = clean_line(title);
                edit.update::<crate::model::Item>(crate::document::Part::Meeting, found.id.0, |item| {
                    item.title.clone_from(&title);
                })?;
                Some(Outcome::of(found.id.0, format!("item {item} renamed")))
            }
            None => None,
        },
        Command::Next => agenda::next(edit)?.map(|id| Outcome::of(id, "next item opened")),
        Command::Skip => mark(edit, ItemState::Skipped, "item skipped")?,
        Command::Defer => mark(edit, ItemState::Deferred, "item deferred")?,
        Command::NoUpdate => mark(edit, ItemState::NoUpdate, "item marked: no update")?,
        Command::Take { item } => match agenda::numbered(&items, item) {
            Some(found) => Some(Outcome::of(
                agenda::take(edit, found.id)?,
                format!("item {item} opened"),
            )),
            None => None,
        },
        Command::Close { item } => {
            let current = meeting::current(edit)?;
            let wanted = match item {
                Some(item) => agenda::numbered(&items, item).map(|item| item.id),
                None => current,
            };
            match wanted {
                Some(id) if current == Some(id) => {
                    agenda::close_current(edit)?.map(|id| Outcome::of(id, "item closed"))
                }
                _ => None,
            }
        }
        _ => None,
    })
}

/// Every name as a participant; `None` where one fits none or several. With `make`, a name that nobody has becomes a
/// new participant.
fn everybody(
    edit: &mut Edit<'_>,
    names: &[String],
    make: bool,
    origin: &Origin<'_>,
    notices: &mut Vec<String>,
) -> Result<Option<Vec<ParticipantId>>> {
    let mut found = Vec::new();
    let names = &origin.without_strangers(names);
    for name in names {
        // "present+" in a log, on a line that nobody said.
        if clean_line(name).is_empty() {
            return Ok(None);
        }
        if let Some(id) = origin.who(name) {
            found.push(Some(id));
            continue;
        }
        match participant::named(name, &participant::roster(edit)?) {
            Match::One(id) => found.push(Some(id)),
            Match::None if make && !name.starts_with('@') => found.push(None),
            _ => return Ok(None),
        }
    }
    let mut ids = Vec::new();
    for (name, id) in names.iter().zip(found) {
        ids.push(match id {
            Some(id) => id,
            None => {
                notices.push(format!("{name} was not in the list and was added to it"));
                participant::add(edit, name, &[])?
            }
        });
    }
    Ok(if ids.is_empty() { None } else { Some(ids) })
}

fn attendance(
    edit: &mut Edit<'_>,
    change: Change,
    names: &[String],
    state: &ParticipantState,
    origin: &Origin<'_>,
) -> Result<Option<Outcome>> {
    let mut notices = Vec::new();
    let found = everybody(edit, names, change != Change::Remove, origin, &mut notices)?;
    // A program in the channel says that nobody is here; nobody types that.
    let nobody = origin.log.is_some() && change == Change::Set && names.is_empty();
    let Some(ids) = found.or_else(|| nobody.then(Vec::new)) else {
        return Ok(None);
    };
    if change == Change::Set {
        for other in participant::roster(edit)?.iter() {
            if other.state == *state && !ids.contains(&other.id) {
                participant::set_state(edit, other.id, ParticipantState::Expected)?;
            }
        }
    }
    for id in &ids {
        match (change, state) {
            (Change::Remove, ParticipantState::Present) => participant::leave(edit, *id)?,
            (Change::Remove, _) => participant::set_state(edit, *id, ParticipantState::Expected)?,
            _ => participant::set_state(edit, *id, state.clone())?,
        };
    }
    let words = match (change, state) {
        (Change::Remove, ParticipantState::Present) => "left",
        (Change::Remove, _) => "expected after all",
        (_, ParticipantState::Present) => "present",
        _ => "sent apologies",
    };
    let id = ids.last().map(|id| id.0);
    Ok(Some(Outcome {
        id,
        done: format!("{} {words}", names.join(", ")),
        notices,
    }))
}

fn duties(
    edit: &mut Edit<'_>,
    change: Change,
    names: &[String],
    duty: &Duty,
    origin: &Origin<'_>,
) -> Result<Option<Outcome>> {
    let mut notices = Vec::new();
    let Some(ids) = everybody(edit, names, change != Change::Remove, origin, &mut notices)? else {
        return Ok(None);
    };
    let before = participant::roster(edit)?;
    let has = |person: &Participant| person.duty == *duty || person.duty == Duty::Both;
    if change == Change::Set {
        for other in before.iter().filter(|other| !ids.contains(&other.id)) {
            participant::set_duty(edit, other.id, duty, false)?;
        }
    }
    for id in &ids {
        let has_not = before.iter().any(|person| person.id == *id && !has(person));
        if change == Change::Remove && has_not {
            participant::forget_duty(edit, *id, duty)?;
        } else {
            participant::set_duty(edit, *id, duty, change != Change::Remove)?;
        }
    }
    let from: Vec<&str> = before
        .iter()
        .filter(|person| change == Change::Set && has(person) && !ids.contains(&person.id))
        .map(|person| person.name.as_str())
        .collect();
    let done = if from.is_empty() {
        format!("{duty}: {}", names.join(", "))
    } else {
        format!("{duty}: {}, after {}", names.join(", "), from.join(", "))
    };
    let id = ids.last().map(|id| id.0);
    Ok(Some(Outcome { id, done, notices }))
}

fn on_queue(edit: &mut Edit<'_>, command: &Command, origin: &Origin<'_>) -> Result<Option<Outcome>> {
    let turns = floor::turns(edit)?;
    let waiting = |id: ParticipantId| turns.iter().find(|turn| turn.waits() && turn.participant == Some(id));
    let mut notices = Vec::new();
    Ok(match command {
        Command::ShowQueue => {
            let roster = participant::roster(edit)?;
            let name = |turn: &Turn| {
                let known = roster.iter().find(|person| Some(person.id) == turn.participant);
                known.map_or(turn.speaker_text.clone(), |person| person.name.clone())
            };
            let names: Vec<String> = turns.iter().filter(|turn| turn.waits()).map(name).collect();
            let done = if names.is_empty() {
                "the queue is empty".to_owned()
            } else {
                format!("queue: {}", names.join(", "))
            };
            Some(Outcome {
                id: None,
                done,
                notices,
            })
        }
        Command::Ask {
            names,
            kind,
            reason,
            front,
        } => {
            let names = &origin.without_strangers(names);
            let Some(ids) = everybody(edit, names, false, origin, &mut notices)? else {
                return Ok(None);
            };
            let mut last = None;
            for (id, name) in ids.into_iter().zip(names) {
                last = Some(match waiting(id) {
                    // Asking again says why, it does not ask twice.
                    Some(turn) => {
                        if !reason.is_empty() {
                            edit.update::<Turn>(crate::document::Part::Meeting, turn.id.0, |turn| {
                                turn.reason.clone_from(reason);
                            })?;
                        }
                        turn.id.0
                    }
                    None => floor::ask(edit, id, name, kind, reason, *front)?,
                });
            }
            last.map(|id| Outcome::of(id, format!("{} asked for the floor", names.join(", "))))
        }
        Command::Later { names } | Command::Withdraw { names } => {
            let Some(ids) = everybody(edit, names, false, origin, &mut notices)? else {
                return Ok(None);
            };
            let found: Vec<_> = ids.iter().filter_map(|id| waiting(*id)).map(|turn| turn.id).collect();
            let is_later = matches!(command, Command::Later { .. });
            let mut last = None;
            for id in found {
                last = Some(if is_later {
                    floor::later(edit, id)?
                } else {
                    floor::withdraw(edit, id)?
                });
            }
            let words = if is_later { "speaks later" } else { "left the queue" };
            last.map(|id| Outcome::of(id, format!("{} {words}", names.join(", "))))
        }
        Command::SetQueue { names } => {
            let ids = if names.is_empty() {
                Some(Vec::new())
            } else {
                everybody(edit, names, false, origin, &mut notices)?
            };
            let Some(ids) = ids else { return Ok(None) };
            let names = &origin.without_strangers(names);
            let mut last = None;
            for turn in turns.iter().filter(|turn| turn.waits()) {
                last = Some(floor::withdraw(edit, turn.id)?);
            }
            for (id, name) in ids.into_iter().zip(names) {
                last = Some(floor::ask(
                    edit,
                    id,
                    name,
                    &crate::model::TurnKind::default(),
                    "",
                    false,
                )?);
            }
            Some(Outcome {
                id: last,
                done: "queue set".to_owned(),
                notices,
            })
        }
        Command::Acknowledge { name: None } => match turns.iter().find(|turn| turn.waits()) {
            Some(turn) => Some(Outcome::of(floor::begin(edit, turn.id)?, "floor given to the next")),
            None => None,
        },
        Command::Acknowledge { name: Some(name) } if origin.is_stranger(name) => {
            // What is said without a name from here on is not said by who had the floor before.
            floor::release(edit)?;
            None
        }
        Command::Acknowledge { name: Some(name) } => {
            match everybody(edit, std::slice::from_ref(name), false, origin, &mut notices)?.as_deref() {
                Some([id, ..]) => Some(Outcome::of(floor::give(edit, *id)?, format!("floor given to {name}"))),
                _ => None,
            }
        }
        _ => None,
    })
}
