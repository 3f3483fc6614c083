//! What each command does: a call or two into the archive. No rules of the record live here.

use super::types::*;
use crate::archive::Archive;
use crate::capture::{Command, Due, grammar_table, initials, parse};
use crate::document::Part;
use crate::edit::{self, floor, meeting, participant, point, said};
use crate::error::{Error, Result};
use crate::model::{Attribution, Basis, Hit, Item, Kind, MeetingId, Participant};
use crate::publish;
use crate::store::queries;

pub(super) fn library(archive: &mut Archive, _: Nothing) -> Result<Library> {
    Ok(Library {
        path: archive.path().display().to_string(),
        read_only: archive.read_only().map(str::to_owned),
        meetings: archive.meetings()?,
    })
}

pub(super) fn meeting_new(archive: &mut Archive, new: NewMeeting) -> Result<MeetingId> {
    meeting::create(
        archive,
        &meeting::New {
            series: new.series,
            short: new.short,
            number: new.number,
            starts: new.starts,
            zone: new.zone,
            form: new.form,
        },
    )
}

pub(super) fn meeting_delete(archive: &mut Archive, request: MeetingRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "meeting deleted", meeting::delete)?;
    Ok(done(Some(id), "Meeting deleted"))
}

pub(super) fn desk(archive: &mut Archive, request: MeetingRequest) -> Result<Desk> {
    let conn = archive.conn();
    let facts = queries::meeting(conn, request.meeting)?;
    let participants = queries::participants(conn, request.meeting)?;
    let turns = queries::turns(conn, request.meeting)?;
    let counts = queries::counts(conn, request.meeting)?;
    let items = queries::items(conn, request.meeting)?;
    let (undo, redo) = archive.undoable(request.meeting)?;
    let (on_floor, moments) = queries::floor_and_moments(conn, request.meeting)?;
    let recent = queries::recent(conn, request.meeting)?;
    let spoken = floor::spoken(&turns);
    let in_item = |id| {
        counts
            .iter()
            .find(|(item, ..)| *item == Some(id))
            .map_or((0, 0), |(_, all, open)| (*all, *open))
    };
    Ok(Desk {
        meeting: queries::meeting_view(facts, &participants),
        items: items
            .into_iter()
            .map(|item| {
                let (points, unsettled) = in_item(item.item.id);
                DeskItem {
                    item,
                    points,
                    unsettled,
                }
            })
            .collect(),
        participants: participants.into_iter().map(on_desk).collect(),
        floor: floor::holder(&turns).and_then(|turn| turn.participant),
        turns: turns
            .into_iter()
            .filter(|turn| turn.waits() || turn.holds_floor())
            .collect(),
        points: counts.iter().map(|(_, all, _)| all).sum(),
        unsettled: counts.iter().map(|(_, _, open)| open).sum(),
        draft: archive.draft(request.meeting)?,
        undo,
        redo,
        on_floor,
        moments,
        speaking_limit: 0,
        quorum: None,
        spoken: spoken
            .into_iter()
            .map(|(participant, seconds, turns)| Spoken {
                participant,
                seconds,
                turns,
            })
            .collect(),
        recent: recent
            .into_iter()
            .map(|(participant, at)| Recent { participant, at })
            .collect(),
    })
}

fn on_desk(participant: Participant) -> DeskParticipant {
    let short = if participant.initials.is_empty() {
        initials(&participant.name)
    } else {
        participant.initials.clone()
    };
    DeskParticipant { participant, short }
}

pub(super) fn points(archive: &mut Archive, request: PointsRequest) -> Result<PointsPage> {
    let (points, more) = queries::page(
        archive.conn(),
        request.meeting,
        request.before,
        request.item,
        request.lens,
        request.limit.clamp(1, 1000),
    )?;
    Ok(PointsPage { points, more })
}

pub(super) fn capture(archive: &mut Archive, request: CaptureRequest) -> Result<Captured> {
    let outcome = edit::capture::enter(archive, request.meeting, &request.line, request.id)?;
    Ok(Captured {
        id: outcome.id,
        done: sentence(&outcome.done),
        notices: outcome.notices,
    })
}

pub(super) fn understand(archive: &mut Archive, request: CaptureRequest) -> Result<Understood> {
    let line = parse(&request.line);
    let nobody = UnderstoodSpeaker {
        attribution: Attribution::Untagged,
        basis: Basis::None,
        participants: Vec::new(),
        text: String::new(),
        matches: 0,
    };
    let mut understood = Understood {
        what: command_word(&line.command),
        words: String::new(),
        kind: Kind::Remark,
        internal: false,
        speaker: nobody,
        owners: Vec::new(),
        owner_text: String::new(),
        due: None,
        prefix: 0,
    };
    let Command::Point(said) = &line.command else {
        return Ok(understood);
    };
    let conn = archive.conn();
    let roster = queries::participants(conn, request.meeting)?;
    let who = said::attribute(said, &roster, &queries::turns(conn, request.meeting)?);
    understood.speaker = UnderstoodSpeaker {
        attribution: who.attribution,
        basis: who.basis,
        participants: who.speakers,
        text: who.text,
        matches: u32::try_from(who.matches).unwrap_or(u32::MAX),
    };
    understood.kind = said.kind.clone();
    understood.internal = said.internal;
    if said.continues {
        let last = queries::last_point(conn, request.meeting)?;
        understood.kind = last.map(|point| point.kind).unwrap_or_default();
        understood.words = "goes on".to_owned();
    }
    if understood.kind == Kind::Action {
        (understood.owners, understood.owner_text) = said::owners(said, &roster);
        let today = meeting::day(&queries::meeting(conn, request.meeting)?, archive.now());
        let day = said
            .due
            .as_ref()
            .and_then(|Due { .. }| crate::capture::due(&said.text, today));
        understood.due = day.map(|(day, _)| day.to_string());
    }
    let prefix = request.line.trim_end().len().saturating_sub(said.text.len());
    understood.prefix = u32::try_from(prefix).unwrap_or(0);
    Ok(understood)
}

/// A command's name as the window knows it: the tag of its JSON.
fn command_word(command: &Command) -> String {
    let tag = serde_json::to_value(command)
        .ok()
        .and_then(|json| json.get("type")?.as_str().map(str::to_owned));
    tag.unwrap_or_default()
}

pub(super) fn draft_set(archive: &mut Archive, request: DraftRequest) -> Result<Nothing> {
    archive.set_draft(request.meeting, &request.text)?;
    Ok(Nothing {})
}

pub(super) fn warm(archive: &mut Archive, request: MeetingRequest) -> Result<Nothing> {
    archive.warm(request.meeting)?;
    Ok(Nothing {})
}

pub(super) fn meeting_state(archive: &mut Archive, request: MeetingStateRequest) -> Result<Captured> {
    let words = format!("Meeting is {}", request.state);
    let id = archive.write(request.meeting, "state of the meeting", |edit| {
        meeting::set_state(edit, request.state)
    })?;
    Ok(done(Some(id), words))
}

pub(super) fn item_take(archive: &mut Archive, request: ItemRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "item opened", |edit| {
        edit::agenda::take(edit, request.item)
    })?;
    Ok(done(Some(id), "Item opened"))
}

pub(super) fn item_add(archive: &mut Archive, request: ItemAddRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "item added", |edit| {
        edit::agenda::add(edit, request.parent, &request.title)
    })?;
    Ok(done(Some(id.0), "Item added"))
}

pub(super) fn item_edit(archive: &mut Archive, request: ItemEditRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "item changed", |edit| {
        let clean = |text: &String| crate::model::text::clean_line(text);
        if request.title.as_ref().is_some_and(|title| clean(title).is_empty()) {
            return Err(Error::Invalid("an item needs a title; the old one was kept".to_owned()));
        }
        edit.update::<Item>(Part::Meeting, request.item.0, |item| {
            if let Some(title) = &request.title {
                item.title = clean(title);
            }
            if let Some(heading) = &request.heading {
                item.heading = clean(heading);
            }
            if let Some(state) = &request.state {
                item.state = state.clone();
            }
        })
    })?;
    Ok(done(Some(id.id.0), "Item changed"))
}

pub(super) fn participant_add(archive: &mut Archive, request: ParticipantAddRequest) -> Result<Captured> {
    let line = format!("participant: {}", request.text);
    let Command::Participant { name, roles } = parse(&line).command else {
        return Err(Error::Invalid("a participant needs a name".to_owned()));
    };
    let id = archive.write(request.meeting, "participant added", |edit| {
        participant::add(edit, &name, &roles)
    })?;
    Ok(done(Some(id.0), format!("{name} added")))
}

pub(super) fn participant_state(archive: &mut Archive, request: ParticipantStateRequest) -> Result<Captured> {
    let words = request.state.to_string();
    let person = archive.write(request.meeting, "attendance", |edit| {
        let person = participant::set_state(edit, request.participant, request.state)?;
        edit.set_intent(format!("{} {words}", person.name));
        Ok(person)
    })?;
    Ok(done(Some(person.id.0), format!("{}: {words}", person.name)))
}

pub(super) fn participant_edit(archive: &mut Archive, request: ParticipantEditRequest) -> Result<Captured> {
    let changes = participant::Changes {
        name: request.name,
        roles: request.roles,
        group: request.group,
        initials: request.initials,
        aliases: request.aliases,
        duty: request.duty,
    };
    let person = archive.write(request.meeting, "participant changed", |edit| {
        participant::change(edit, request.participant, changes)
    })?;
    Ok(done(Some(person.id.0), format!("{} changed", person.name)))
}

pub(super) fn point_editor(archive: &mut Archive, request: PointRequest) -> Result<Editor> {
    let text = queries::point(archive.conn(), request.meeting, request.point)?.point;
    let rev = archive.rev(request.meeting, point::part_of(&text))?;
    Ok(Editor { text: text.text, rev })
}

pub(super) fn point_edit(archive: &mut Archive, request: PointEditRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "point changed", |edit| {
        point::change(
            edit,
            request.point,
            request.rev.as_deref(),
            request.text.as_deref(),
            request.kind,
        )
    })?;
    Ok(done(Some(id), "Point changed"))
}

pub(super) fn point_tag(archive: &mut Archive, request: PointTagRequest) -> Result<Captured> {
    let (id, count) = archive.write(request.meeting, "speaker tagged", |edit| {
        point::tag(edit, &request.points, &request.who, request.whole_unknown)
    })?;
    Ok(done(
        id,
        if count == 1 {
            "Speaker tagged".to_owned()
        } else {
            format!("Speaker of {count} points tagged")
        },
    ))
}

pub(super) fn point_delete(archive: &mut Archive, request: PointsOf) -> Result<Captured> {
    let id = archive.write(request.meeting, "point deleted", |edit| {
        point::delete_all(edit, &request.points)
    })?;
    Ok(done(id, "Deleted"))
}

pub(super) fn floor_give(archive: &mut Archive, request: FloorRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "floor given", |edit| match request.participant {
        Some(participant) => floor::give(edit, participant).map(Some),
        None => floor::release(edit),
    })?;
    Ok(done(
        id,
        if request.participant.is_some() {
            "Floor given"
        } else {
            "Nobody holds the floor"
        },
    ))
}

pub(super) fn turn_withdraw(archive: &mut Archive, request: TurnRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "left the queue", |edit| {
        floor::withdraw(edit, request.turn)
    })?;
    Ok(done(Some(id), "Left the queue"))
}

pub(super) fn report(archive: &mut Archive, request: MeetingRequest) -> Result<ReportView> {
    let record = archive.record(request.meeting)?;
    let markdown = publish::markdown(&record, DocumentKind::Report);
    Ok(ReportView {
        passages: record.passages,
        markdown,
    })
}

pub(super) fn undo(archive: &mut Archive, request: MeetingRequest) -> Result<Undone> {
    archive.undo(request.meeting).map(|back| Undone {
        label: back.label,
        left: back.left,
    })
}

pub(super) fn redo(archive: &mut Archive, request: MeetingRequest) -> Result<Undone> {
    archive.redo(request.meeting).map(|back| Undone {
        label: back.label,
        left: back.left,
    })
}

pub(super) fn search(archive: &mut Archive, request: SearchRequest) -> Result<Vec<Hit>> {
    archive.search(&request.query, request.limit.clamp(1, 1000))
}

pub(super) fn export(archive: &mut Archive, request: ExportRequest) -> Result<Exported> {
    let record = archive.record(request.meeting)?;
    let rendered = publish::render(&record, request.document, request.format, archive.now())?;
    publish::to_file(std::path::Path::new(&request.path), &rendered.bytes)?;
    Ok(Exported {
        path: request.path,
        notices: rendered.notices,
    })
}

pub(super) fn grammar(_: &mut Archive, _: Nothing) -> Result<Vec<GrammarLine>> {
    let line = |row: &crate::capture::GrammarRow| GrammarLine {
        typed: row.typed.to_owned(),
        effect: row.effect.to_owned(),
        group: row.group.to_owned(),
    };
    Ok(grammar_table().iter().map(line).collect())
}

pub(super) fn item_move(archive: &mut Archive, request: ItemMoveRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "item moved", |edit| {
        edit::agenda::place(edit, request.item, request.parent, request.before)
    })?;
    Ok(done(Some(id), "Item moved"))
}

pub(super) fn item_remove(archive: &mut Archive, request: ItemRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "item removed", |edit| {
        edit::agenda::remove(edit, request.item)
    })?;
    Ok(done(Some(id), "Item removed"))
}

pub(super) fn heading_insert(_: &mut Archive, _: HeadingRequest) -> Result<Captured> {
    Err(Error::Internal("heading_insert is on its way".to_owned()))
}

pub(super) fn participant_remove(_: &mut Archive, _: ParticipantRequest) -> Result<Captured> {
    Err(Error::Internal("participant_remove is on its way".to_owned()))
}

pub(super) fn participant_presence(_: &mut Archive, _: PresenceRequest) -> Result<Captured> {
    Err(Error::Internal("participant_presence is on its way".to_owned()))
}

pub(super) fn roster_read(_: &mut Archive, _: RosterRequest) -> Result<Vec<Pasted>> {
    Err(Error::Internal("roster_read is on its way".to_owned()))
}

pub(super) fn participants_add(archive: &mut Archive, request: ParticipantsAddRequest) -> Result<Captured> {
    let count = request.people.len();
    let id = archive.write(request.meeting, "participants added", |edit| {
        let mut last = None;
        for person in &request.people {
            last = Some(participant::add(edit, &person.name, &person.roles)?.0);
        }
        edit.set_intent(format!("{count} participants added"));
        Ok(last)
    })?;
    Ok(done(id, format!("{count} participants added")))
}

pub(super) fn point_kind(archive: &mut Archive, request: PointKindRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "kind changed", |edit| {
        point::set_kind(edit, &request.points, &request.kind)
    })?;
    Ok(done(id, format!("Marked {}", request.kind)))
}

pub(super) fn point_item(archive: &mut Archive, request: PointItemRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "put under another item", |edit| {
        point::set_item(edit, &request.points, request.item)
    })?;
    Ok(done(id, "Put under another item"))
}

pub(super) fn point_place(archive: &mut Archive, request: PointPlaceRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "point moved", |edit| {
        point::place(edit, &request.points, request.beside, request.before)
    })?;
    Ok(done(id, "Moved"))
}

pub(super) fn point_split(_: &mut Archive, _: PointSplitRequest) -> Result<Captured> {
    Err(Error::Internal("point_split is on its way".to_owned()))
}

pub(super) fn point_merge(_: &mut Archive, _: PointsOf) -> Result<Captured> {
    Err(Error::Internal("point_merge is on its way".to_owned()))
}

pub(super) fn point_internal(_: &mut Archive, _: PointInternalRequest) -> Result<Captured> {
    Err(Error::Internal("point_internal is on its way".to_owned()))
}

pub(super) fn moment(_: &mut Archive, _: MomentRequest) -> Result<Captured> {
    Err(Error::Internal("moment is on its way".to_owned()))
}

pub(super) fn turn_add(archive: &mut Archive, request: TurnAddRequest) -> Result<Captured> {
    let (id, waited) = archive.write(request.meeting, "asked for the floor", |edit| {
        floor::add(edit, request.participant, &request.kind, &request.reason, request.front)
    })?;
    let mut answer = done(Some(id), "In the queue");
    if waited {
        answer.notices.push("they wait in the queue already".to_owned());
    }
    Ok(answer)
}

pub(super) fn turn_edit(archive: &mut Archive, request: TurnEditRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "wish to speak changed", |edit| {
        floor::change(edit, request.turn, request.kind, request.reason.as_deref())
    })?;
    Ok(done(Some(id), "Changed"))
}

pub(super) fn turn_move(archive: &mut Archive, request: TurnMoveRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "queue changed", |edit| {
        floor::place(edit, request.turn, request.before)
    })?;
    Ok(done(Some(id), "Queue changed"))
}

pub(super) fn turn_begin(archive: &mut Archive, request: TurnRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "floor given", |edit| floor::start(edit, request.turn))?;
    Ok(done(Some(id), "Floor given"))
}

pub(super) fn body(_: &mut Archive, _: MeetingRequest) -> Result<Body> {
    Err(Error::Internal("body is on its way".to_owned()))
}

pub(super) fn body_edit(_: &mut Archive, _: BodyEditRequest) -> Result<Captured> {
    Err(Error::Internal("body_edit is on its way".to_owned()))
}

pub(super) fn preferences(_: &mut Archive, _: Nothing) -> Result<Vec<PreferenceValue>> {
    Err(Error::Internal("preferences is on its way".to_owned()))
}

pub(super) fn preference_set(_: &mut Archive, _: PreferenceValue) -> Result<Nothing> {
    Err(Error::Internal("preference_set is on its way".to_owned()))
}

fn done(id: Option<uuid::Uuid>, words: impl Into<String>) -> Captured {
    Captured {
        id,
        done: words.into(),
        notices: Vec::new(),
    }
}

/// With a capital at its beginning.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
