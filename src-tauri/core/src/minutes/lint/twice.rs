//! The same person twice. Two people may bear one name: only what cannot be two people is told.

use super::{Code, Desk, Finding, Of, finding};
use crate::model::{Nature, Participant};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let people: Vec<&Participant> = desk
        .record
        .participants
        .iter()
        .filter(|person| person.listed && person.nature == Nature::Person)
        .collect();
    for (at, person) in people.iter().enumerate() {
        let earlier = people.iter().take(at).find(|other| are_one(person, other));
        if earlier.is_some() {
            let place = desk.place(Of::Participant, person.id.0, None);
            let message = format!("{} is listed twice", person.name);
            found.push(finding(Code::Twice, place, "", message, &person.roles.join(", ")));
        }
    }
}

fn are_one(one: &Participant, other: &Participant) -> bool {
    let same =
        |one: &str, other: &str| !one.trim().is_empty() && one.trim().to_lowercase() == other.trim().to_lowercase();
    if same(&one.email, &other.email) || same(&one.platform_id, &other.platform_id) {
        return true;
    }
    if one.person.is_some() && one.person == other.person {
        return true;
    }
    // Namesakes have different roles; where one has none of his own, nothing tells them apart.
    let within = |one: &Participant, other: &Participant| {
        one.roles
            .iter()
            .all(|role| other.roles.iter().any(|own| same(role, own)))
    };
    folded(&one.name) == folded(&other.name) && (within(one, other) || within(other, one))
}

/// The words of a name in no order: "Perez, Jorge" is Jorge Perez.
fn folded(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name
        .split(|letter: char| letter.is_whitespace() || letter == ',')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort();
    words
}
