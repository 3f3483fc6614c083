//! What each command does: a call or two into the archive. No rules of the record live here.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::Later;
pub(super) use super::importing::*;
pub(super) use super::people::*;
pub(super) use super::report::*;
pub(super) use super::review::*;
pub(super) use super::series::*;
pub(super) use super::sharing::*;
pub(super) use super::transcript::*;
use super::types::*;
use crate::archive::Archive;
use crate::capture::{Command, Due, Match, grammar_table, initials, parse, parse_among, resolve_typed};
use crate::edit::{self, floor, foretell, meeting, participant, point, said};
use crate::error::{Error, Result};
use crate::import;
use crate::model::{
    self, Attribution, Basis, ClockSpan, Hit, Kind, MeetingId, MeetingState, Nature, Participant, ParticipantState,
    PointId, clock_spans,
};
use crate::publish;
use crate::store::{queries, register};

pub(super) fn library(archive: &mut Archive, _: Nothing) -> Result<Library> {
    let meetings = archive.meetings()?;
    let mut starts = BTreeMap::<&str, Vec<_>>::new();
    for meeting in &meetings {
        starts.entry(&meeting.zone).or_default().extend(meeting.starts);
    }
    let clocks = starts
        .into_iter()
        .map(|(zone, starts)| (zone.to_owned(), clocks(zone, &starts, archive.now())))
        .collect();
    Ok(Library {
        path: archive.path().display().to_string(),
        read_only: archive.read_only().map(str::to_owned),
        meetings,
        clocks,
    })
}

/// How clocks stand in a zone in the time from what starts first to well after now and what starts last.
fn clocks(zone: &str, starts: &[DateTime<Utc>], now: DateTime<Utc>) -> Vec<ClockSpan> {
    let first = starts.iter().copied().fold(now, DateTime::min);
    let last = starts.iter().copied().fold(now, DateTime::max);
    clock_spans(zone, first - Duration::days(7), last + Duration::days(180))
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
    let series = queries::series_of(conn, &facts)?.unwrap_or_default();
    let in_item = |id| {
        counts
            .iter()
            .find(|count| count.item == Some(id))
            .copied()
            .unwrap_or_default()
    };
    let sum = |of: fn(&queries::Count) -> u32| counts.iter().map(of).sum();
    let recent = queries::recent_speakers(conn, request.meeting, 9)?;
    let promised = if facts.state == MeetingState::Ended {
        Vec::new()
    } else {
        register::promised(conn, &facts, archive.now())?
    };
    Ok(Desk {
        promised,
        cues: queries::count_cues(conn, request.meeting)?,
        clocks: clocks(&facts.zone, facts.starts.as_slice(), archive.now()),
        meeting: queries::meeting_view(facts, &participants),
        items: items
            .into_iter()
            .map(|item| {
                let count = in_item(item.item.id);
                DeskItem {
                    item,
                    points: count.points,
                    unsettled: count.unsettled,
                }
            })
            .collect(),
        floor: floor::holder(&turns).and_then(|turn| turn.participant),
        points: sum(|count| count.points),
        unsettled: sum(|count| count.unsettled),
        on_floor: sum(|count| count.on_floor),
        to_settle: u32::try_from(contested(archive, request.meeting)?.len()).unwrap_or(u32::MAX),
        moments: queries::moments(conn, request.meeting)?,
        draft: archive.draft(request.meeting)?,
        undo,
        redo,
        speaking_limit: series.speaking_limit,
        quorum: quorum(&series.quorum, &participants),
        spoken: floor::spoken(&turns)
            .into_iter()
            .map(|(participant, time, turns)| Spoken {
                participant,
                seconds: u32::try_from(time.num_seconds()).unwrap_or(u32::MAX),
                turns,
            })
            .collect(),
        recent: recent
            .into_iter()
            .map(|(participant, at)| Recent { participant, at })
            .collect(),
        participants: participants.into_iter().map(on_desk).collect(),
        turns: turns
            .into_iter()
            .filter(|turn| turn.waits() || turn.holds_floor())
            .collect(),
    })
}

/// Whether enough are here: of the persons on the list, those who are here now.
fn quorum(rule: &str, participants: &[Participant]) -> Option<Quorum> {
    let read = model::Quorum::parse(rule)?;
    let counted = participants
        .iter()
        .filter(|person| person.listed && person.nature == Nature::Person);
    let (mut listed, mut present) = (0, 0);
    for person in counted {
        listed += 1;
        let has_left = !person.presence.is_empty() && person.presence.iter().all(|span| span.to.is_some());
        if person.state == ParticipantState::Present && !has_left {
            present += 1;
        }
    }
    Some(Quorum {
        rule: rule.trim().to_owned(),
        needed: read.needed(listed),
        present,
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
    let (points, more) = archive.page(
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
    let conn = archive.conn();
    let roster = queries::participants(conn, request.meeting)?;
    let line = parse_among(&request.line, &roster);
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
        understood.words = foretold(archive, request.meeting, &line.command, &roster)?;
        return Ok(understood);
    };
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

/// What a command would do to the record as it is.
fn foretold(archive: &Archive, id: MeetingId, command: &Command, roster: &[Participant]) -> Result<String> {
    if *command == Command::Blank {
        return Ok(String::new());
    }
    let conn = archive.conn();
    let (undo, _) = archive.undoable(id)?;
    let known = foretell::Known {
        items: &queries::items(conn, id)?,
        current: queries::meeting(conn, id)?.item,
        roster,
        turns: &queries::turns(conn, id)?,
        undo: undo.as_deref(),
    };
    Ok(foretell::foretell(command, known))
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
    let changes = edit::agenda::Changes {
        title: request.title,
        heading: request.heading,
        state: request.state,
        planned: request.planned,
        presenter: if request.presenter_none {
            Some(None)
        } else {
            request.presenter.map(Some)
        },
    };
    let id = archive.write(request.meeting, "item changed", |edit| {
        edit::agenda::change(edit, request.item, changes)
    })?;
    Ok(done(Some(id), "Item changed"))
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
        listed: request.listed,
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
    let (tagged, words) = archive.write(request.meeting, "speaker tagged", |edit| {
        let tagged = point::tag(edit, &request.points, &request.who, request.whole_unknown)?;
        let roster = participant::roster(edit)?;
        let name = |id: &crate::model::ParticipantId| {
            let known = roster.iter().find(|person| person.id == *id);
            known.map(|person| person.name.clone()).unwrap_or_default()
        };
        let whose = match &request.who {
            Who::Named { speakers } => speakers.iter().map(name).collect::<Vec<_>>().join(", "),
            Who::Nobody => "nobody in particular".to_owned(),
            Who::Unknown { .. } => "speaker unknown".to_owned(),
            Who::Untagged => "no speaker".to_owned(),
        };
        let words = format!("{} tagged: {whose}", points_named(tagged.len()));
        edit.set_intent(words.clone());
        Ok((tagged, words))
    })?;
    Ok(done(first_of(&tagged), sentence(&words)))
}

pub(super) fn point_delete(archive: &mut Archive, request: PointsOf) -> Result<Captured> {
    let words = format!("{} deleted", points_named(request.points.len()));
    archive.write(request.meeting, &words, |edit| {
        for id in &request.points {
            point::delete(edit, *id)?;
        }
        Ok(())
    })?;
    Ok(done(first_of(&request.points), sentence(&words)))
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

pub(super) fn undo(archive: &mut Archive, request: MeetingRequest) -> Result<Undone> {
    archive.undo(request.meeting).map(Undone::from)
}

pub(super) fn redo(archive: &mut Archive, request: MeetingRequest) -> Result<Undone> {
    archive.redo(request.meeting).map(Undone::from)
}

pub(super) fn search(archive: &mut Archive, request: SearchRequest) -> Result<Vec<Hit>> {
    archive.search(&request.query, request.limit.clamp(1, 1000))
}

pub(super) fn export(archive: &mut Archive, request: ExportRequest) -> Result<Later<Exported>> {
    let read = archive.snapshot(request.meeting)?;
    let now = archive.now();
    Ok(Later::of(move || {
        let choices = request.choices.unwrap_or_default();
        let options = choices.options(request.document, &read.settings);
        let rendered = publish::render_with(&read.record, &options, request.format, now)?;
        publish::to_file(std::path::Path::new(&request.path), &rendered.bytes)?;
        Ok(Exported {
            path: request.path,
            notices: rendered.notices,
        })
    }))
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
    let id = archive.write(request.meeting, "item taken off the agenda", |edit| {
        edit::agenda::remove(edit, request.item)
    })?;
    Ok(done(Some(id), "Item taken off the agenda"))
}

pub(super) fn heading_insert(archive: &mut Archive, request: HeadingRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "heading put in", |edit| {
        let first = point::existing(edit, request.point)?;
        edit::mend::heading_before(edit, &first, &request.title, request.section)
    })?;
    Ok(done(Some(id), "Heading put in"))
}

pub(super) fn participant_remove(archive: &mut Archive, request: ParticipantRequest) -> Result<Captured> {
    let person = archive.write(request.meeting, "participant removed", |edit| {
        let person = participant::remove(edit, request.participant)?;
        edit.set_intent(format!("{} removed", person.name));
        Ok(person)
    })?;
    Ok(done(Some(person.id.0), format!("{} removed", person.name)))
}

pub(super) fn participant_presence(archive: &mut Archive, request: PresenceRequest) -> Result<Captured> {
    let person = archive.write(request.meeting, "presence", |edit| {
        let person = participant::set_presence(edit, request.participant, request.presence)?;
        edit.set_intent(format!("presence of {}", person.name));
        Ok(person)
    })?;
    Ok(done(Some(person.id.0), format!("Presence of {} changed", person.name)))
}

pub(super) fn roster_read(archive: &mut Archive, request: RosterRequest) -> Result<Vec<Pasted>> {
    let roster = queries::participants(archive.conn(), request.meeting)?;
    let entries = import::people(&request.text);
    let again = |place: usize, name: &str| -> Vec<u32> {
        let earlier = entries.iter().take(place).enumerate();
        earlier
            .filter(|(_, entry)| entry.name.to_lowercase() == name.to_lowercase())
            .filter_map(|(place, _)| u32::try_from(place).ok())
            .collect()
    };
    let pasted = entries.iter().enumerate().map(|(place, entry)| Pasted {
        name: entry.name.clone(),
        roles: entry.roles.clone(),
        line: entry.line,
        same: match resolve_typed(&entry.name, &roster) {
            Match::One(id) => vec![id],
            Match::Several(ids) => ids,
            Match::None => Vec::new(),
        },
        again: again(place, &entry.name),
    });
    Ok(pasted.collect())
}

pub(super) fn participants_add(archive: &mut Archive, request: ParticipantsAddRequest) -> Result<Captured> {
    let words = match request.people.as_slice() {
        [one] => format!("{} added", one.name),
        many => format!("{} participants added", many.len()),
    };
    let id = archive.write(request.meeting, &words, |edit| {
        let mut last = None;
        for person in &request.people {
            last = Some(participant::add(edit, &person.name, &person.roles)?.0);
        }
        Ok(last)
    })?;
    Ok(done(id, words))
}

pub(super) fn point_kind(archive: &mut Archive, request: PointKindRequest) -> Result<Captured> {
    let words = format!("{} marked {}", points_named(request.points.len()), request.kind);
    archive.write(request.meeting, &words, |edit| {
        point::set_kind(edit, &request.points, &request.kind)
    })?;
    Ok(done(first_of(&request.points), sentence(&words)))
}

pub(super) fn point_item(archive: &mut Archive, request: PointItemRequest) -> Result<Captured> {
    let words = format!("{} moved to another item", points_named(request.points.len()));
    archive.write(request.meeting, &words, |edit| {
        point::to_item(edit, &request.points, request.item)
    })?;
    Ok(done(first_of(&request.points), sentence(&words)))
}

pub(super) fn point_place(archive: &mut Archive, request: PointPlaceRequest) -> Result<Captured> {
    let words = format!("{} moved", points_named(request.points.len()));
    archive.write(request.meeting, &words, |edit| {
        point::place(edit, &request.points, request.beside, request.before)
    })?;
    Ok(done(first_of(&request.points), sentence(&words)))
}

pub(super) fn point_split(archive: &mut Archive, request: PointSplitRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "point split", |edit| {
        point::split(edit, request.point, &request.rev, &request.first, &request.second)
    })?;
    Ok(done(Some(id.0), "Point split"))
}

pub(super) fn point_merge(archive: &mut Archive, request: PointsOf) -> Result<Captured> {
    let words = format!("{} joined", points_named(request.points.len()));
    let id = archive.write(request.meeting, &words, |edit| point::merge(edit, &request.points))?;
    Ok(done(Some(id.0), sentence(&words)))
}

pub(super) fn point_internal(archive: &mut Archive, request: PointInternalRequest) -> Result<Captured> {
    let (way, told) = if request.internal {
        (
            "taken off the record",
            "The history of the meeting still holds the words: who works on it can look them up",
        )
    } else {
        (
            "brought back on the record",
            "Who works on the meeting sees them from now on",
        )
    };
    let words = format!("{} {way}", points_named(request.points.len()));
    let count = archive.write(request.meeting, &words, |edit| {
        point::set_internal(edit, &request.points, request.internal)
    })?;
    let mut answer = done(first_of(&request.points), sentence(&words));
    if count > 0 {
        answer.notices.push(told.to_owned());
    }
    Ok(answer)
}

pub(super) fn moment(archive: &mut Archive, request: MomentRequest) -> Result<Captured> {
    let ago = chrono::TimeDelta::seconds(i64::from(request.seconds));
    let id = archive.write(request.meeting, "moment kept", |edit| {
        let at = edit.now() - ago;
        point::moment(edit, request.id, at)
    })?;
    Ok(done(
        Some(id),
        format!("The moment {} seconds ago is kept", request.seconds),
    ))
}

pub(super) fn turn_add(archive: &mut Archive, request: TurnAddRequest) -> Result<Captured> {
    let ((id, waited), name) = archive.write(request.meeting, "asked for the floor", |edit| {
        let raised = floor::raise(edit, request.participant, &request.kind, &request.reason, request.front)?;
        let roster = participant::roster(edit)?;
        let known = roster.iter().find(|person| person.id == request.participant);
        let name = known.map(|person| person.name.clone()).unwrap_or_default();
        edit.set_intent(format!("{name} asked for the floor"));
        Ok((raised, name))
    })?;
    let mut answer = done(Some(id), format!("{name} asks for the floor"));
    if waited {
        answer
            .notices
            .push(format!("{name} was in the queue already and keeps the place"));
    }
    Ok(answer)
}

pub(super) fn turn_edit(archive: &mut Archive, request: TurnEditRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "wish to speak changed", |edit| {
        floor::change(edit, request.turn, request.kind.as_ref(), request.reason.as_deref())
    })?;
    Ok(done(Some(id), "Wish to speak changed"))
}

pub(super) fn turn_move(archive: &mut Archive, request: TurnMoveRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "queue put in another order", |edit| {
        floor::place(edit, request.turn, request.before)
    })?;
    Ok(done(Some(id), "The queue is in another order"))
}

pub(super) fn turn_begin(archive: &mut Archive, request: TurnRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "floor given", |edit| floor::call(edit, request.turn))?;
    Ok(done(Some(id), "Floor given"))
}

pub(super) fn body(archive: &mut Archive, request: MeetingRequest) -> Result<Body> {
    let conn = archive.conn();
    let facts = queries::meeting(conn, request.meeting)?;
    let series = queries::series_of(conn, &facts)?;
    Ok(match series {
        Some(series) => Body {
            name: series.name,
            short: series.short,
            quorum: series.quorum,
            speaking_limit: series.speaking_limit,
            standing_items: series.standing_items,
            boilerplate: series.boilerplate,
        },
        None => Body {
            name: facts.body,
            short: facts.short,
            quorum: String::new(),
            speaking_limit: 0,
            standing_items: Vec::new(),
            boilerplate: String::new(),
        },
    })
}

pub(super) fn body_edit(archive: &mut Archive, request: BodyEditRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "settings of the body", |edit| {
        let changes = edit::body::Changes {
            quorum: request.quorum,
            speaking_limit: request.speaking_limit,
            standing_items: request.standing_items,
            boilerplate: request.boilerplate,
        };
        edit::body::change(edit, changes)
    })?;
    Ok(done(Some(id), "Settings of the body changed"))
}

pub(super) fn preferences(archive: &mut Archive, _: Nothing) -> Result<Vec<PreferenceValue>> {
    let kept = queries::preferences(archive.conn())?.into_iter();
    Ok(kept
        .map(|one| PreferenceValue {
            key: one.key,
            value: one.value,
        })
        .collect())
}

pub(super) fn preference_set(archive: &mut Archive, request: PreferenceValue) -> Result<Nothing> {
    // Of no meeting: the archive's own document alone is written.
    archive.write(MeetingId::default(), "preference", |edit| {
        edit::body::prefer(edit, &request.key, &request.value)
    })?;
    Ok(Nothing {})
}

/// `point`, `3 points`.
pub(super) fn points_named(count: usize) -> String {
    match count {
        1 => "point".to_owned(),
        count => format!("{count} points"),
    }
}

pub(super) fn first_of(points: &[PointId]) -> Option<uuid::Uuid> {
    points.first().map(|point| point.0)
}

pub(super) fn done(id: Option<uuid::Uuid>, words: impl Into<String>) -> Captured {
    Captured {
        id,
        done: words.into(),
        notices: Vec::new(),
    }
}

/// With a capital at its beginning.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
