//! Who people are across meetings: derived from the participants of all meetings, never stored.
//!
//! Who somebody is was said (`Participant::person`, and what was merged since), or is told by an address that nobody
//! shares. A name alone joins nobody: that two of one name may be the same person is a question.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Duty, MeetingId, Participant, ParticipantId, ParticipantState, PersonId, Whence};

/// A person of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct DirectoryPerson {
    /// Who.
    pub id: PersonId,
    /// The names as spelt, the latest first.
    pub names: Vec<String>,
    /// Initials that were given, the latest first.
    pub initials: Vec<String>,
    /// Other names and nicks.
    pub aliases: Vec<String>,
    /// E-mail addresses, the latest first.
    pub addresses: Vec<String>,
    /// The meetings that they belong to, the latest first.
    pub meetings: Vec<PersonInMeeting>,
    /// Others of the same name or address who were in no meeting together with them: the same person?
    pub same: Vec<PersonId>,
}

/// What a person was in one meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PersonInMeeting {
    /// Which meeting.
    #[serde(flatten)]
    pub whence: Whence,
    /// As whom.
    pub participant: ParticipantId,
    /// The name as spelt there.
    pub name: String,
    /// Roles as of that meeting.
    pub roles: Vec<String>,
    /// Stakeholder group.
    pub group: String,
    /// Duty.
    pub duty: Duty,
    /// Whether they were there.
    pub state: ParticipantState,
    /// For how many seconds they were there, as far as arrivals and departures are on record.
    pub seconds: u32,
    /// How many points are theirs; what only goes on from one is no other.
    pub points: u32,
}

/// Which people are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct PeopleAsked {
    /// Those whose names, aliases, addresses, roles or groups hold all these words, or beginnings; empty = all.
    pub words: String,
}

/// A participant as the directory sees them.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The participant.
    pub participant: Participant,
    /// What they were in the meeting.
    pub there: PersonInMeeting,
}

/// The directory: who the participants of all meetings are, by name. `into` says who was merged into whom.
#[must_use]
pub fn directory(mut sightings: Vec<Sighting>, into: &HashMap<PersonId, PersonId>) -> Vec<DirectoryPerson> {
    // The latest first, so that what is collected from them is in that order; a meeting without a date is yet to come.
    sightings.sort_by_key(|seen| {
        let whence = &seen.there.whence;
        std::cmp::Reverse((
            whence.starts.is_none(),
            whence.starts,
            whence.meeting,
            seen.participant.id,
        ))
    });
    let mut classes = Classes::default();
    for seen in &sightings {
        classes.add(root(seen.participant.who(), into), seen.there.whence.meeting);
    }
    for bearers in addresses(&sightings).into_values() {
        let roots: Vec<PersonId> = bearers.iter().map(|seen| root(seen.participant.who(), into)).collect();
        for (one, other) in roots.iter().zip(roots.iter().skip(1)) {
            classes.join(*one, *other);
        }
    }
    let mut people: BTreeMap<PersonId, DirectoryPerson> = BTreeMap::new();
    for seen in sightings {
        let id = classes.of(root(seen.participant.who(), into));
        let person = people.entry(id).or_default();
        person.id = id;
        let Participant {
            name,
            initials,
            aliases,
            email,
            ..
        } = seen.participant;
        keep(&mut person.names, name);
        keep(&mut person.initials, initials);
        aliases.into_iter().for_each(|alias| keep(&mut person.aliases, alias));
        keep(&mut person.addresses, email);
        person.meetings.push(seen.there);
    }
    let mut people: Vec<DirectoryPerson> = people.into_values().collect();
    ask_whether_same(&mut people);
    people.sort_by_cached_key(|person| (person.names.first().map(|name| folded(name)), person.id));
    people
}

/// Who a person is after all merging. Two that were merged into each other apart are the older of them.
#[must_use]
pub fn root(id: PersonId, into: &HashMap<PersonId, PersonId>) -> PersonId {
    let mut way = vec![id];
    let mut now = id;
    while let Some(next) = into.get(&now) {
        if let Some(place) = way.iter().position(|known| known == next) {
            return way.iter().skip(place).min().copied().unwrap_or(now);
        }
        way.push(*next);
        now = *next;
    }
    now
}

/// Participants of whom nobody said who they are, by address: those that tell who somebody is.
fn addresses(sightings: &[Sighting]) -> BTreeMap<String, Vec<&Sighting>> {
    let mut found: BTreeMap<String, Vec<&Sighting>> = BTreeMap::new();
    let mut shared: BTreeSet<String> = BTreeSet::new();
    let mut meetings: BTreeSet<(String, MeetingId)> = BTreeSet::new();
    for seen in sightings {
        for key in keys(&seen.participant) {
            // What two of one meeting bear is an office's, and tells of nobody who they are.
            if !meetings.insert((key.clone(), seen.there.whence.meeting)) {
                shared.insert(key.clone());
            }
            if seen.participant.person.is_none() {
                found.entry(key).or_default().push(seen);
            }
        }
    }
    found.retain(|key, _| !shared.contains(key));
    found
}

fn keys(participant: &Participant) -> Vec<String> {
    let mut keys = Vec::new();
    let address = participant.email.trim();
    // A masked one may be anybody's.
    if address.contains('@') && !address.contains('*') {
        keys.push(format!("address {}", address.to_lowercase()));
    }
    // Digits alone may be the number that a platform gave somebody for one meeting.
    let id = participant.platform_id.trim();
    if id.contains(char::is_alphabetic) && !id.contains('*') {
        keys.push(format!("id {id}"));
    }
    keys
}

/// Persons that are one, each under the oldest of their ids, and the meetings that they were in.
#[derive(Default)]
struct Classes {
    parents: HashMap<PersonId, PersonId>,
    meetings: HashMap<PersonId, BTreeSet<MeetingId>>,
}

impl Classes {
    fn add(&mut self, id: PersonId, meeting: MeetingId) {
        self.meetings.entry(id).or_default().insert(meeting);
    }

    fn of(&self, id: PersonId) -> PersonId {
        let mut now = id;
        // Each step goes to an older id, so that this ends.
        while let Some(parent) = self.parents.get(&now) {
            now = *parent;
        }
        now
    }

    /// Makes two one, unless both were in one meeting: then they are two.
    fn join(&mut self, one: PersonId, other: PersonId) {
        let (one, other) = (self.of(one), self.of(other));
        let (older, younger) = (one.min(other), one.max(other));
        let of_both = |id| self.meetings.get(&id);
        let are_two = match (of_both(older), of_both(younger)) {
            (Some(left), Some(right)) => !left.is_disjoint(right),
            _ => false,
        };
        if older == younger || are_two {
            return;
        }
        let moved = self.meetings.remove(&younger).unwrap_or_default();
        self.meetings.entry(older).or_default().extend(moved);
        self.parents.insert(younger, older);
    }
}

fn keep(list: &mut Vec<String>, value: String) {
    if !value.trim().is_empty() && !list.contains(&value) {
        list.push(value);
    }
}

/// A name as it is compared: without case, accents and points.
fn folded(name: &str) -> String {
    let letters: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whom of one name or address to ask about.
fn ask_whether_same(people: &mut [DirectoryPerson]) {
    let mut bearers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (place, person) in people.iter().enumerate() {
        let names = person.names.iter().map(|name| folded(name));
        // A nick of one word is too many people's.
        let aliases = person.aliases.iter().map(|alias| folded(alias));
        let aliases = aliases.filter(|alias| alias.contains(' '));
        let addresses = person.addresses.iter().map(|address| address.trim().to_lowercase());
        let addresses = addresses.filter(|address| address.contains('@') && !address.contains('*'));
        for key in names.chain(aliases).chain(addresses).filter(|key| !key.is_empty()) {
            bearers.entry(key).or_default().insert(place);
        }
    }
    let known: Vec<(PersonId, BTreeSet<MeetingId>)> = people
        .iter()
        .map(|person| {
            (
                person.id,
                person.meetings.iter().map(|there| there.whence.meeting).collect(),
            )
        })
        .collect();
    for bearers in bearers.into_values().filter(|bearers| bearers.len() > 1) {
        for one in &bearers {
            for other in bearers.iter().filter(|other| *other != one) {
                if let (Some((_, here)), Some((id, there))) = (known.get(*one), known.get(*other))
                    && here.is_disjoint(there)
                    && let Some(person) = people.get_mut(*one)
                    && !person.same.contains(id)
                {
                    person.same.push(*id);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OrderKey;
    use uuid::Uuid;

    fn seen(meeting: u128, id: u128, name: &str, email: &str) -> Sighting {
        let mut participant = Participant::new(ParticipantId(Uuid::from_u128(id)), OrderKey::default(), name);
        participant.email = email.to_owned();
        let there = PersonInMeeting {
            whence: Whence {
                meeting: MeetingId(Uuid::from_u128(meeting)),
                ..Whence::default()
            },
            participant: participant.id,
            ..PersonInMeeting::default()
        };
        Sighting { participant, there }
    }

    fn groups(sightings: Vec<Sighting>) -> Vec<Vec<u128>> {
        let mut groups: Vec<Vec<u128>> = directory(sightings, &HashMap::new())
            .iter()
            .map(|person| {
                let mut ids: Vec<u128> = person
                    .meetings
                    .iter()
                    .map(|there| there.participant.0.as_u128())
                    .collect();
                ids.sort_unstable();
                ids
            })
            .collect();
        groups.sort();
        groups
    }

    #[test]
    fn an_address_joins_and_a_name_asks() {
        let all = vec![
            seen(1, 11, "Ann Olsen", "Ann@Port.example"),
            seen(2, 21, "A. Olsen", "ann@port.EXAMPLE "),
            seen(3, 31, "ann  ÓLSEN", ""),
        ];
        assert_eq!(groups(all.clone()), [vec![11, 21], vec![31]]);
        let people = directory(all, &HashMap::new());
        assert_eq!(people[0].same, [people[1].id]);
        assert_eq!(people[1].same, [people[0].id]);
    }

    #[test]
    fn two_of_one_meeting_are_two_whatever_they_share() {
        // An office's address tells of nobody who they are, also in other meetings.
        let office = vec![
            seen(1, 11, "Ann", "office@port.example"),
            seen(1, 12, "Ben", "office@port.example"),
            seen(2, 21, "Ann", "office@port.example"),
        ];
        assert_eq!(groups(office), [vec![11], vec![12], vec![21]]);
        // Nor by a way round: 11 and 12 are of one meeting, 21 has one's address and the other's id.
        let mut bridge = vec![
            seen(1, 11, "Ann", "ann@port.example"),
            seen(1, 12, "Ben", ""),
            seen(2, 21, "Ann", "ann@port.example"),
        ];
        bridge[1].participant.platform_id = "user-b".to_owned();
        bridge[2].participant.platform_id = "user-b".to_owned();
        assert_eq!(groups(bridge), [vec![11, 21], vec![12]]);
        // Two of one name in one meeting are two: nothing is asked.
        let namesakes = directory(vec![seen(1, 11, "Ann", ""), seen(1, 12, "Ann", "")], &HashMap::new());
        assert!(namesakes.iter().all(|person| person.same.is_empty()));
    }

    #[test]
    fn masked_addresses_and_numbers_of_a_sitting_join_nobody() {
        let mut all = vec![
            seen(1, 11, "Ann", "a***@x.example"),
            seen(2, 21, "Amy", "a***@x.example"),
        ];
        for seen in &mut all {
            seen.participant.platform_id = "16778240".to_owned();
        }
        assert_eq!(groups(all), [vec![11], vec![21]]);
    }

    #[test]
    fn merging_in_a_circle_ends() {
        let id = |number| PersonId(Uuid::from_u128(number));
        let into = HashMap::from([(id(1), id(2)), (id(2), id(1)), (id(3), id(1))]);
        for number in [1, 2, 3] {
            assert_eq!(root(id(number), &into), id(1));
        }
        assert_eq!(root(id(4), &into), id(4));
    }
}
