//! Putting an imported plan into the record: as a new meeting, or into one that exists, as one action.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{agenda, meeting, participant, replay};
use crate::archive::{Archive, Edit};
use crate::capture::{Match, resolve_typed};
use crate::document::Part;
use crate::error::Result;
use crate::import::{Plan, Problem};
use crate::model::{
    Cue, Duty, Item, ItemId, Meeting, MeetingId, Nature, OrderKey, Participant, ParticipantId, ParticipantState,
    Passage, Point, Span, Turn,
};

/// What a meeting lends to a file that is imported into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its zone.
    pub zone: Option<Tz>,
    /// When its recording began, or else it itself.
    pub starts: Option<DateTime<Utc>>,
}

/// What a meeting lends to a file that is imported into it.
///
/// # Errors
/// As [`Archive::record`].
pub fn known(archive: &Archive, meeting: MeetingId) -> Result<Known> {
    let facts = archive.record(meeting)?.meeting.meeting;
    let live = facts.live.iter().map(|span| span.from).min();
    Ok(Known {
        zone: facts.zone.parse().ok(),
        starts: facts.recording_starts.or(live).or(facts.starts),
    })
}

/// Puts a plan into a new meeting.
///
/// # Errors
/// As [`Archive::write`].
pub fn as_new(archive: &mut Archive, plan: &Plan) -> Result<MeetingId> {
    as_new_told(archive, plan).map(|(id, _)| id)
}

/// The same, with what could not be carried out of a log's lines.
///
/// # Errors
/// As [`Archive::write`].
pub fn as_new_told(archive: &mut Archive, plan: &Plan) -> Result<(MeetingId, Vec<Problem>)> {
    let id = plan.meeting.id;
    let problems = archive.make(id, "meeting imported", |edit| {
        let mut facts = plan.meeting.clone();
        if !facts.body.is_empty() {
            facts.series = Some(meeting::series(edit, &facts.body, &facts.short)?);
        }
        edit.insert(Part::Meeting, &facts)?;
        for item in &plan.items {
            edit.insert(Part::Meeting, item)?;
        }
        for participant in &plan.participants {
            edit.insert(Part::Meeting, participant)?;
        }
        for point in &plan.points {
            edit.insert(super::point::part_of(point), point)?;
        }
        for passage in &plan.passages {
            edit.insert(Part::Meeting, passage)?;
        }
        for turn in &plan.turns {
            edit.insert(Part::Meeting, turn)?;
        }
        for cue in &plan.cues {
            edit.insert(Part::Meeting, cue)?;
        }
        replay::whole(edit, plan)
    })?;
    Ok((id, problems))
}

/// Puts a plan into a meeting that exists: facts that it lacks, items and participants that it does not have, and all
/// points and passages. Nothing that is there is overwritten.
///
/// # Errors
/// As [`Archive::write`].
pub fn into_existing(archive: &mut Archive, meeting: MeetingId, plan: &Plan, name: &str) -> Result<()> {
    into_existing_told(archive, meeting, plan, name).map(drop)
}

/// The same, with what could not be carried out of a log's lines.
///
/// # Errors
/// As [`Archive::write`].
pub fn into_existing_told(archive: &mut Archive, meeting: MeetingId, plan: &Plan, name: &str) -> Result<Vec<Problem>> {
    archive.write(meeting, &format!("import of {name}"), |edit| {
        fill_facts(edit, &plan.meeting)?;
        let mut people = replay::known(edit, plan)?;
        let new: Vec<Participant> = plan
            .participants
            .iter()
            .filter(|person| !people.contains_key(&person.id))
            .cloned()
            .collect();
        people.extend(participants(edit, &new)?);
        let items = items(edit, &plan.items, &people)?;
        for point in &plan.points {
            let mut point: Point = point.clone();
            point.item = point.item.map(|item| items.get(&item).copied().unwrap_or(item));
            let own = |ids: &[ParticipantId]| ids.iter().map(|id| people.get(id).copied().unwrap_or(*id)).collect();
            point.speakers = own(&point.speakers);
            point.owners = own(&point.owners);
            edit.insert(super::point::part_of(&point), &point)?;
        }
        for passage in &plan.passages {
            let mut passage: Passage = passage.clone();
            passage.item = passage.item.map(|item| items.get(&item).copied().unwrap_or(item));
            edit.insert(Part::Meeting, &passage)?;
        }
        let theirs = |id: Option<ParticipantId>| id.map(|id| people.get(&id).copied().unwrap_or(id));
        for turn in &plan.turns {
            let participant = theirs(turn.participant);
            edit.insert(
                Part::Meeting,
                &Turn {
                    participant,
                    ..turn.clone()
                },
            )?;
        }
        let mut speakers: HashMap<&str, Option<ParticipantId>> = HashMap::new();
        let roster = if plan.cues.is_empty() {
            None
        } else {
            Some(participant::roster(edit)?)
        };
        for cue in &plan.cues {
            let resolved = speakers.entry(&cue.speaker_text).or_insert_with(|| {
                let roster = roster.as_ref().filter(|_| !cue.speaker_text.is_empty())?;
                match resolve_typed(&cue.speaker_text, roster) {
                    Match::One(id) => Some(id),
                    _ => None,
                }
            });
            let participant = theirs(cue.participant).or(*resolved);
            edit.insert(
                Part::Meeting,
                &Cue {
                    participant,
                    ..cue.clone()
                },
            )?;
        }
        match &plan.log {
            Some(log) => replay::replay(edit, log, &people),
            None => Ok(Vec::new()),
        }
    })
}

/// Takes over the facts that the meeting does not have.
fn fill_facts(edit: &mut Edit<'_>, new: &Meeting) -> Result<()> {
    meeting::change(edit, |known| {
        let fill = |known: &mut String, new: &String| {
            if known.is_empty() {
                known.clone_from(new);
            }
        };
        if new.body != known.body && new.name.is_empty() {
            fill(&mut known.name, &new.body);
        }
        fill(&mut known.name, &new.name);
        if known.name == known.body {
            known.name.clear();
        }
        fill(&mut known.body, &new.body);
        fill(&mut known.short, &new.short);
        fill(&mut known.form, &new.form);
        fill(&mut known.document_kind, &new.document_kind);
        fill(&mut known.recording, &new.recording);
        fill(&mut known.preamble, &new.preamble);
        known.number = known.number.or(new.number);
        if known.starts.is_none() {
            known.starts = new.starts;
            known.zone.clone_from(&new.zone);
            known.time_style = new.time_style.clone();
            fill(&mut known.date_text, &new.date_text);
        }
        known.recording_starts = known.recording_starts.or(new.recording_starts);
        if known.live.is_empty() && known.state == new.state {
            known.live.clone_from(&new.live);
        }
        if known.next_starts.is_none() && known.next_text.is_empty() {
            known.next_starts = new.next_starts;
            known.next_zone.clone_from(&new.next_zone);
            known.next_text.clone_from(&new.next_text);
        }
    })?;
    Ok(())
}

/// The plan's items as the meeting's: by title under the same parent, else new.
fn items(
    edit: &mut Edit<'_>,
    new: &[Item],
    people: &HashMap<ParticipantId, ParticipantId>,
) -> Result<HashMap<ItemId, ItemId>> {
    let mut ids: HashMap<ItemId, ItemId> = HashMap::new();
    for view in crate::model::outline::outline(new.to_vec()) {
        let mut item = view.item;
        item.presenter = item.presenter.map(|id| people.get(&id).copied().unwrap_or(id));
        let parent = item.parent.and_then(|parent| ids.get(&parent).copied());
        let known = agenda::outline(edit)?;
        let found = agenda::titled(&known, parent, &item.title)
            .or_else(|| agenda::titled(&known, parent, item.printed_heading()));
        let id = match found {
            Some(found) => {
                let id = found.id;
                edit.update::<Item>(Part::Meeting, id.0, |known| {
                    if known.heading.is_empty() && item.printed_heading() != known.title {
                        item.printed_heading().clone_into(&mut known.heading);
                    }
                    known.presenter = known.presenter.or(item.presenter);
                    if known.planned == 0 {
                        known.planned = item.planned;
                    }
                })?;
                id
            }
            None => {
                let last = known
                    .iter()
                    .filter(|view| view.item.parent == parent)
                    .map(|view| view.item.order.clone())
                    .max();
                let order = OrderKey::after(last.as_ref(), edit.now());
                let added = Item {
                    parent,
                    order,
                    ..item.clone()
                };
                edit.insert(Part::Meeting, &added)?;
                added.id
            }
        };
        ids.insert(item.id, id);
    }
    Ok(ids)
}

/// The plan's participants as the meeting's: by e-mail address or platform id; else one of the same name where it is the
/// only one on both sides or has the same roles, and nothing else of them differs; else new. No two of the plan's ever
/// become one.
fn participants(edit: &mut Edit<'_>, new: &[Participant]) -> Result<HashMap<ParticipantId, ParticipantId>> {
    let mut ids: HashMap<ParticipantId, ParticipantId> = HashMap::new();
    let mut taken: HashSet<ParticipantId> = HashSet::new();
    let known = participant::roster(edit)?;
    let mut by_key: HashMap<String, Vec<&Participant>> = HashMap::new();
    for person in known.iter() {
        for key in keys(person) {
            by_key.entry(key).or_default().push(person);
        }
    }
    let mut named: HashMap<&str, usize> = HashMap::new();
    for person in new {
        *named.entry(&person.name).or_default() += 1;
    }
    // Those of an address come first, lest one of the same name takes their place.
    for person in new {
        let found = keys(person).iter().find_map(|key| {
            let people = by_key
                .get(key)?
                .iter()
                .filter(|other| !key.starts_with("name ") && !taken.contains(&other.id));
            let found: Vec<ParticipantId> = people.map(|other| other.id).collect();
            if let [only] = found.as_slice() {
                Some(*only)
            } else {
                None
            }
        });
        if let Some(found) = found {
            taken.insert(found);
            ids.insert(person.id, found);
        }
    }
    let mut last = known.iter().map(|person| person.order.clone()).max();
    for person in new {
        let found = ids.get(&person.id).copied().or_else(|| {
            let same = by_key
                .get(&format!("name {}", person.name))
                .map_or(&[][..], Vec::as_slice);
            let only = named.get(person.name.as_str()) == Some(&1) && same.len() == 1;
            let free = |other: &&&Participant| !taken.contains(&other.id) && !differ(other, person);
            let found = same
                .iter()
                .filter(free)
                .find(|other| only || other.roles == person.roles);
            found.map(|found| found.id)
        });
        if let Some(id) = found {
            taken.insert(id);
            ids.insert(person.id, id);
            edit.update::<Participant>(Part::Meeting, id.0, |known| fill_person(known, person))?;
            continue;
        }
        let order = OrderKey::after(last.as_ref(), edit.now());
        last = Some(order.clone());
        edit.insert(
            Part::Meeting,
            &Participant {
                order,
                ..person.clone()
            },
        )?;
        ids.insert(person.id, person.id);
    }
    Ok(ids)
}

/// What a participant is looked up by.
fn keys(person: &Participant) -> Vec<String> {
    let mut keys = Vec::new();
    if person.email.contains('@') && !person.email.contains('*') {
        keys.push(format!("mail {}", person.email.to_lowercase()));
    }
    if !person.platform_id.is_empty() {
        keys.push(format!("id {}", person.platform_id));
    }
    keys.push(format!("name {}", person.name));
    keys
}

/// Whether two of one name are known to be two: each has an address or id, and not the same.
fn differ(left: &Participant, right: &Participant) -> bool {
    let apart = |left: &str, right: &str| !left.is_empty() && !right.is_empty() && !left.eq_ignore_ascii_case(right);
    apart(&left.email, &right.email) || apart(&left.platform_id, &right.platform_id)
}

/// Takes over what the file knows of somebody and the meeting does not.
fn fill_person(known: &mut Participant, new: &Participant) {
    let fill = |known: &mut String, new: &String| {
        if known.is_empty() {
            known.clone_from(new);
        }
    };
    fill(&mut known.group, &new.group);
    fill(&mut known.email, &new.email);
    fill(&mut known.platform_id, &new.platform_id);
    if known.roles.is_empty() {
        known.roles.clone_from(&new.roles);
    }
    let other = std::iter::once(&new.name).chain(&new.aliases);
    for alias in other.filter(|alias| !alias.is_empty()) {
        if *alias != known.name && !known.aliases.contains(alias) {
            known.aliases.push(alias.clone());
        }
    }
    if known.duty == Duty::None {
        known.duty.clone_from(&new.duty);
    }
    if known.nature == Nature::Person {
        known.nature.clone_from(&new.nature);
    }
    let comes = new.state == ParticipantState::Present;
    let excused = new.state == ParticipantState::Apologies && known.state == ParticipantState::Expected;
    let missed = new.state == ParticipantState::Absent && known.state == ParticipantState::Expected;
    if comes || excused || missed {
        known.state.clone_from(&new.state);
    }
    let all = known.presence.iter().chain(&new.presence).copied().collect();
    known.presence = Span::joined(all);
}
