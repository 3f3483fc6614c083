//! Putting an imported plan into the record: as a new meeting, or into one that exists, as one action.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::reconcile::{self, Chosen};
use super::{agenda, meeting, participant, replay};
use crate::archive::{Archive, Edit};
use crate::capture::{Match, resolve_typed};
use crate::document::Part;
use crate::error::{Error, Result};
use crate::import::{Plan, Problem};
use crate::model::{
    Attribution, Basis, Duty, Item, ItemId, Kind, MeetingId, Nature, OrderKey, Participant, ParticipantId,
    ParticipantState, Point, PointId, Span,
};
use crate::store::log::IMPORTED;

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
    as_new_chosen(archive, plan, &Chosen::new())
}

/// The same, without those who were left out.
///
/// # Errors
/// As [`Archive::write`].
pub fn as_new_chosen(archive: &mut Archive, plan: &Plan, chosen: &Chosen) -> Result<(MeetingId, Vec<Problem>)> {
    let out = reconcile::left_out(chosen);
    let plan = &reconcile::without(plan, &out);
    let id = plan.meeting.id;
    let problems = archive.make(id, IMPORTED, |edit| {
        let mut facts = plan.meeting.clone();
        if !facts.body.is_empty() {
            facts.series = Some(meeting::series(edit, &facts.body, &facts.short)?);
        }
        edit.insert(Part::Meeting, &facts)?;
        edit.insert_all(Part::Meeting, &plan.items)?;
        edit.insert_all(Part::Meeting, &plan.participants)?;
        points(edit, &plan.points)?;
        edit.insert_all(Part::Meeting, &plan.passages)?;
        edit.insert_all(Part::Meeting, &plan.turns)?;
        edit.insert_all(Part::Meeting, &plan.cues)?;
        replay::whole(edit, plan, &out)
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
    into_existing_chosen(archive, meeting, plan, name, &Chosen::new())
}

/// The same, with what was chosen for its people.
///
/// # Errors
/// As [`Archive::write`]; [`Error::NotFound`] where somebody was taken for a participant that is not there.
pub fn into_existing_chosen(
    archive: &mut Archive,
    meeting: MeetingId,
    plan: &Plan,
    name: &str,
    chosen: &Chosen,
) -> Result<Vec<Problem>> {
    let out = reconcile::left_out(chosen);
    let plan = &reconcile::without(plan, &out);
    archive.write(meeting, &format!("import of {name}"), |edit| {
        fill_facts(edit, plan, name)?;
        let mut people = replay::known(edit, plan, chosen)?;
        let new: Vec<Participant> = plan
            .participants
            .iter()
            .filter(|person| !people.contains_key(&person.id))
            .cloned()
            .collect();
        let (found, by_name) = participants(edit, &new, chosen)?;
        people.extend(found);
        let items = items(edit, &plan.items, &people)?;
        let at_home = |item: Option<ItemId>| item.map(|item| items.get(&item).copied().unwrap_or(item));
        let mut new = plan.points.clone();
        for point in &mut new {
            point.item = at_home(point.item);
            let own = |ids: &[ParticipantId]| ids.iter().map(|id| people.get(id).copied().unwrap_or(*id)).collect();
            point.speakers = own(&point.speakers);
            point.owners = own(&point.owners);
        }
        points(edit, &new)?;
        let mut new = plan.passages.clone();
        for passage in &mut new {
            passage.item = at_home(passage.item);
        }
        edit.insert_all(Part::Meeting, &new)?;
        let theirs = |id: Option<ParticipantId>| id.map(|id| people.get(&id).copied().unwrap_or(id));
        let mut new = plan.turns.clone();
        for turn in &mut new {
            turn.participant = theirs(turn.participant);
        }
        edit.insert_all(Part::Meeting, &new)?;
        let mut speakers: HashMap<&str, Option<ParticipantId>> = HashMap::new();
        let roster = if plan.cues.is_empty() {
            None
        } else {
            Some(participant::roster(edit)?)
        };
        let mut new = plan.cues.clone();
        for (cue, known) in new.iter_mut().zip(&plan.cues) {
            let resolved = speakers.entry(&known.speaker_text).or_insert_with(|| {
                let roster = roster.as_ref().filter(|_| !known.speaker_text.is_empty())?;
                match resolve_typed(&known.speaker_text, roster) {
                    Match::One(id) => Some(id),
                    _ => None,
                }
            });
            cue.participant = theirs(known.participant).or(*resolved);
        }
        edit.insert_all(Part::Meeting, &new)?;
        let mut problems = match &plan.log {
            Some(log) => replay::replay(edit, log, &people, &out)?,
            None => Vec::new(),
        };
        if !by_name.is_empty() {
            problems.push(Problem {
                line: 1,
                message: format!(
                    "by their names alone these were taken for the participants who bear them: {}",
                    by_name.join(", ")
                ),
            });
        }
        Ok(problems)
    })
}

/// Puts points in, each into the part that it belongs to.
fn points(edit: &mut Edit<'_>, new: &[Point]) -> Result<()> {
    for part in [Part::Meeting, Part::Internal] {
        let its = new.iter().filter(|point| super::point::part_of(point) == part);
        edit.insert_all(part, its)?;
    }
    Ok(())
}

/// Takes over the facts that the meeting does not have.
fn fill_facts(edit: &mut Edit<'_>, plan: &Plan, name: &str) -> Result<()> {
    let new = &plan.meeting;
    let known = meeting::facts(edit)?;
    // What a platform calls a meeting is no name of the body that meets; only a document's title is.
    let called = plan.passages.is_empty() && new.body.is_empty() && !known.body.is_empty() && !new.name.is_empty();
    let is_known = [&known.name, &known.body, &known.short].contains(&&new.name);
    if called && !is_known {
        let mut point = Point::new(
            PointId(edit.fresh_id()),
            OrderKey::at(edit.now()),
            edit.now(),
            format!("Title: {}", new.name),
        );
        point.kind = Kind::Information;
        point.attribution = Attribution::Nobody;
        point.basis = Basis::Imported;
        point.set_aside = true;
        name.clone_into(&mut point.source);
        edit.insert(super::point::part_of(&point), &point)?;
    }
    meeting::change(edit, |known| {
        let fill = |known: &mut String, new: &String| {
            if known.is_empty() {
                known.clone_from(new);
            }
        };
        if new.body != known.body && new.name.is_empty() {
            fill(&mut known.name, &new.body);
        }
        if !called {
            fill(&mut known.name, &new.name);
        }
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

/// The plan's participants as the meeting's, as [`reconcile`] has it or as was chosen.
///
/// The names are those of an attendance report that nothing but the name speaks for.
fn participants(
    edit: &mut Edit<'_>,
    new: &[Participant],
    chosen: &Chosen,
) -> Result<(HashMap<ParticipantId, ParticipantId>, Vec<String>)> {
    let known = participant::roster(edit)?;
    let mut ids = reconcile::matched(&known, new, chosen);
    let (mut by_name, mut added) = (Vec::new(), Vec::new());
    let mut last = known.iter().map(|person| person.order.clone()).max();
    for person in new {
        if let Some(id) = ids.get(&person.id).copied() {
            let other = known.iter().find(|other| other.id == id);
            let other = other.ok_or_else(|| Error::NotFound("there is no such participant".to_owned()))?;
            let asked = chosen.contains_key(&person.id) || reconcile::same_address(other, person);
            if !asked && !person.presence.is_empty() {
                by_name.push(person.name.clone());
            }
            edit.update::<Participant>(Part::Meeting, id.0, |known| fill_person(known, person))?;
            continue;
        }
        let order = OrderKey::after(last.as_ref(), edit.now());
        last = Some(order.clone());
        added.push(Participant {
            order,
            ..person.clone()
        });
        ids.insert(person.id, person.id);
    }
    edit.insert_all(Part::Meeting, &added)?;
    Ok((ids, by_name))
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
