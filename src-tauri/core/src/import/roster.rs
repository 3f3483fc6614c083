//! A list of people, one a line or as a table → participants who are expected.

use super::{Given, Kind, Plan, Problem, attendance, people};
use crate::error::{Error, Result};
use crate::model::inline::literal;
use crate::model::{Meeting, MeetingId, OrderKey, Participant, ParticipantId};

/// Reads a list of people. Two of one name stay two.
///
/// # Errors
/// [`Error::Invalid`] where nobody is named.
pub(super) fn roster(text: &str, given: &Given<'_>) -> Result<(Plan, Vec<Problem>)> {
    if attendance::find(text).is_some() {
        return attendance::attendance(text, Kind::People, given);
    }
    let entries = people::people(text);
    if entries.is_empty() {
        return Err(Error::Invalid("nobody is named in it; nothing was imported".to_owned()));
    }
    let mut plan = Plan::new(Meeting::new(MeetingId(given.ids.fresh_id())));
    let mut problems = Vec::new();
    let mut order: Option<OrderKey> = None;
    for (at, entry) in entries.iter().enumerate() {
        let key = OrderKey::after(order.as_ref(), given.ids.now());
        order = Some(key.clone());
        let mut person = Participant::new(ParticipantId(given.ids.fresh_id()), key, entry.name.clone());
        person.roles = entry.roles.iter().map(|role| literal(role)).collect();
        person.nature = super::names::nature(&entry.name);
        plan.participants.push(person);
        let twin = entries.iter().take(at).find(|other| other.name == entry.name);
        problems.extend(twin.map(|other| Problem {
            line: entry.line,
            message: format!(
                "{} stands on line {} too; kept as two: same person?",
                entry.name, other.line
            ),
        }));
    }
    Ok((plan, problems))
}
