//! The next meeting of a series, made from the last one.

use std::collections::HashMap;

use crate::archive::{Archive, Edit};
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::{
    Item, ItemId, ItemState, Meeting, MeetingId, Nature, OrderKey, Participant, ParticipantId, ParticipantState,
    Passage, PassageId, PassageStyle, Record, Series,
};
use crate::store::queries;

/// Makes the meeting that comes after another one of its series: its number is one more, its date the one set under
/// "next meeting", its people those of the last list, expected, with their roles, and its agenda the standing items of
/// the series and what was deferred. Actions stay where they were given; the register has them.
///
/// # Errors
/// [`Error::Invalid`] for a meeting of no series, and where that number is taken; [`Error::NotFound`].
pub fn after(archive: &mut Archive, last: MeetingId) -> Result<MeetingId> {
    let record = archive.record(last)?;
    let facts = &record.meeting.meeting;
    let series = queries::series_of(archive.conn(), facts)?.ok_or_else(|| {
        Error::Invalid("this meeting belongs to no series, so nothing comes after it; make a new meeting".to_owned())
    })?;
    let number = facts.number.map(|number| number.saturating_add(1));
    if let Some(number) = number
        && let Some(known) = queries::numbered(archive.conn(), series.id, number)?
    {
        return Err(Error::Invalid(format!(
            "{} {number} is there already ({known}); nothing was made",
            name_of(&series)
        )));
    }
    let id = MeetingId(archive.fresh_id());
    archive.make(id, "meeting made", |edit| {
        edit.insert(Part::Meeting, &facts_after(facts, id, number))?;
        let people = people_after(edit, &record)?;
        agenda_after(edit, &record, &series, &people)?;
        front_matter(edit, &series)
    })?;
    Ok(id)
}

fn name_of(series: &Series) -> &str {
    if series.short.is_empty() {
        &series.name
    } else {
        &series.short
    }
}

fn facts_after(last: &Meeting, id: MeetingId, number: Option<u32>) -> Meeting {
    let mut next = Meeting::new(id);
    next.series = last.series;
    next.number = number;
    next.name.clone_from(&last.name);
    next.body.clone_from(&last.body);
    next.short.clone_from(&last.short);
    next.form.clone_from(&last.form);
    next.document_kind.clone_from(&last.document_kind);
    next.language.clone_from(&last.language);
    next.time_style = last.time_style.clone();
    next.starts = last.next_starts;
    // Words for the date stand in its line until a moment can be read from them.
    if last.next_starts.is_none() {
        next.date_text.clone_from(&last.next_text);
    }
    let zone = if last.next_zone.is_empty() {
        &last.zone
    } else {
        &last.next_zone
    };
    next.zone.clone_from(zone);
    next
}

/// The people of the last list as those of the next: by the same name beside each other, but never one for two.
fn people_after(edit: &mut Edit<'_>, last: &Record) -> Result<HashMap<ParticipantId, ParticipantId>> {
    let mut ids = HashMap::new();
    let mut order: Option<OrderKey> = None;
    for known in last.participants.iter().filter(|known| known.nature == Nature::Person) {
        let key = OrderKey::after(order.as_ref(), edit.now());
        let next = Participant {
            id: ParticipantId(edit.fresh_id()),
            person: Some(known.who()),
            order: key.clone(),
            state: ParticipantState::Expected,
            presence: Vec::new(),
            moderating: Vec::new(),
            reporting: Vec::new(),
            ..known.clone()
        };
        edit.insert(Part::Meeting, &next)?;
        ids.insert(known.id, next.id);
        order = Some(key);
    }
    Ok(ids)
}

/// The standing items, then what was deferred with its sections; a deferred standing item stands once.
fn agenda_after(
    edit: &mut Edit<'_>,
    last: &Record,
    series: &Series,
    people: &HashMap<ParticipantId, ParticipantId>,
) -> Result<()> {
    let deferred: Vec<&Item> = last
        .items
        .iter()
        .map(|view| &view.item)
        .filter(|item| item.state == ItemState::Deferred)
        .collect();
    let mut order: Option<OrderKey> = None;
    for title in &series.standing_items {
        if deferred.iter().any(|item| item.title == *title) {
            continue;
        }
        let key = OrderKey::after(order.as_ref(), edit.now());
        edit.insert(
            Part::Meeting,
            &Item::new(ItemId(edit.fresh_id()), key.clone(), title.clone()),
        )?;
        order = Some(key);
    }
    let mut ids: HashMap<ItemId, ItemId> = HashMap::new();
    // A deferred section goes on under its item where that is deferred too, else by itself.
    for item in deferred {
        let key = OrderKey::after(order.as_ref(), edit.now());
        let next = Item {
            parent: item.parent.and_then(|parent| ids.get(&parent).copied()),
            heading: item.heading.clone(),
            presenter: item.presenter.and_then(|id| people.get(&id).copied()),
            planned: item.planned,
            ..Item::new(ItemId(edit.fresh_id()), key.clone(), item.title.clone())
        };
        edit.insert(Part::Meeting, &next)?;
        ids.insert(item.id, next.id);
        order = Some(key);
    }
    Ok(())
}

/// The text that every report of the series carries.
fn front_matter(edit: &mut Edit<'_>, series: &Series) -> Result<()> {
    let text = series.boilerplate.trim();
    if text.is_empty() {
        return Ok(());
    }
    let order = OrderKey::after(None, edit.now());
    let id = PassageId(edit.fresh_id());
    edit.insert(
        Part::Meeting,
        &Passage::new(id, None, order, PassageStyle::Paragraph, text),
    )
}
