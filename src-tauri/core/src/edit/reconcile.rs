//! Whom the people of a file are among the participants of a meeting: by themselves, and as somebody chose.

use std::collections::{HashMap, HashSet};

use crate::capture::{Match, folded, resolve};
use crate::import::Plan;
use crate::model::{Attribution, Participant, ParticipantId, Point};

/// What becomes of somebody in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A participant whom the meeting has.
    Known(ParticipantId),
    /// A new participant, also beside a namesake.
    New,
    /// Nobody: what they said stays, its speaker unresolved.
    LeftOut,
}

/// What was chosen, by the plan's own ids; of whom nothing was chosen is reconciled as the import has it.
pub type Chosen = HashMap<ParticipantId, Becomes>;

/// What speaks for somebody in a file being a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// An e-mail address or an id of the platform.
    Address,
    /// The whole name, and nothing against it.
    Name,
    /// An alias, initials, or the name written a little differently.
    Alias,
    /// A name that is like it.
    Likeness,
}

/// Somebody in a file whom a participant fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The participants, likeliest first.
    pub fits: Vec<ParticipantId>,
    /// What speaks for it.
    pub by: By,
}

/// More comparisons of names than this are not made: nobody waits for them.
const MOST_COMPARED: usize = 1_000_000;

/// For everybody in a plan whom of the roster they fit, and by what. An address, the name and an alias fit no two of
/// the plan at once; a likeness is only worth asking about.
#[must_use]
pub fn fits(plan: &Plan, roster: &[Participant]) -> Vec<Option<Fit>> {
    let found = matched(roster, &plan.participants, &Chosen::new());
    let by_id: HashMap<ParticipantId, &Participant> = roster.iter().map(|person| (person.id, person)).collect();
    let mut taken: HashSet<ParticipantId> = found.values().copied().collect();
    let compared = plan.participants.len().saturating_mul(roster.len()) <= MOST_COMPARED;
    let mut answer: Vec<Option<Fit>> = Vec::with_capacity(plan.participants.len());
    for person in &plan.participants {
        let exact = found.get(&person.id).map(|id| Fit {
            fits: vec![*id],
            by: match by_id.get(id) {
                Some(known) if same_address(known, person) => By::Address,
                _ => By::Name,
            },
        });
        let fit = exact.or_else(|| {
            let mut names = std::iter::once(&person.name).chain(&person.aliases);
            names.find_map(|name| match resolve(name, false, roster) {
                Match::One(id) if !taken.contains(&id) => {
                    by_id.get(&id).filter(|known| !differ(known, person)).map(|_| {
                        taken.insert(id);
                        Fit {
                            fits: vec![id],
                            by: By::Alias,
                        }
                    })
                }
                Match::One(id) => Some(Fit {
                    fits: vec![id],
                    by: By::Likeness,
                }),
                Match::Several(ids) => Some(Fit {
                    fits: ids,
                    by: By::Likeness,
                }),
                Match::None => None,
            })
        });
        answer.push(fit);
    }
    if compared {
        let known: Vec<(ParticipantId, String)> = roster.iter().map(|one| (one.id, folded(&one.name))).collect();
        for (person, fit) in plan
            .participants
            .iter()
            .zip(&mut answer)
            .filter(|(_, fit)| fit.is_none())
        {
            let name = folded(&person.name);
            let alike: Vec<ParticipantId> = known
                .iter()
                .filter(|(_, other)| are_alike(&name, other))
                .map(|(id, _)| *id)
                .collect();
            if !alike.is_empty() {
                *fit = Some(Fit {
                    fits: alike,
                    by: By::Likeness,
                });
            }
        }
    }
    answer
}

/// Whether two folded names may be one person's: the same words in another order, one's words begin the other's (first
/// name and initial), or a slip of a letter or two.
fn are_alike(left: &str, right: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let parts = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (left_words, right_words) = (words(left), words(right));
    let (few, many) = if left_words.len() <= right_words.len() {
        (&left_words, &right_words)
    } else {
        (&right_words, &left_words)
    };
    let mut rest = many.clone();
    let whole = few.iter().filter(|word| {
        let place = rest.iter().position(|other| other == *word);
        place.map(|place| rest.remove(place)).is_some()
    });
    let whole: Vec<&String> = whole.collect();
    let begun = few.iter().filter(|word| !whole.contains(word)).all(|word| {
        let begins = |other: &String| other.starts_with(word.as_str()) || word.starts_with(other.as_str());
        let place = rest.iter().position(begins);
        place.map(|place| rest.remove(place)).is_some()
    });
    if begun && whole.iter().any(|word| word.chars().count() > 2) {
        return true;
    }
    let longest = left.chars().count().max(right.chars().count());
    let slips = if longest >= 10 { 2 } else { 1 };
    (5..=60).contains(&longest) && within(left, right, slips)
}

/// Whether one text becomes the other by so many letters put in, taken out or changed.
fn within(left: &str, right: &str, slips: usize) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > slips {
        return false;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (place, letter) in left.iter().enumerate() {
        let mut next = vec![place + 1];
        for ((other, diagonal), above) in right.iter().zip(&row).zip(row.iter().skip(1)) {
            let before = next.last().copied().unwrap_or(usize::MAX);
            let changed = diagonal + usize::from(letter != other);
            next.push(changed.min(above + 1).min(before.saturating_add(1)));
        }
        row = next;
    }
    row.last().is_some_and(|distance| *distance <= slips)
}

/// The plan's participants as the meeting's: as was chosen; else by e-mail address or platform id; else one of the same
/// name where it is the only one on both sides or has the same roles, and nothing else of them differs. Unless it was
/// chosen, no two of the plan's ever become one. Who is not in the answer is new.
pub(super) fn matched(
    known: &[Participant],
    new: &[Participant],
    chosen: &Chosen,
) -> HashMap<ParticipantId, ParticipantId> {
    let mut ids: HashMap<ParticipantId, ParticipantId> = HashMap::new();
    for (id, becomes) in chosen {
        if let Becomes::Known(known) = becomes {
            ids.insert(*id, *known);
        }
    }
    let mut taken: HashSet<ParticipantId> = ids.values().copied().collect();
    let mut by_key: HashMap<String, Vec<&Participant>> = HashMap::new();
    for person in known {
        for key in keys(person) {
            by_key.entry(key).or_default().push(person);
        }
    }
    let mut named: HashMap<&str, usize> = HashMap::new();
    for person in new {
        *named.entry(&person.name).or_default() += 1;
    }
    let open: Vec<&Participant> = new.iter().filter(|person| !chosen.contains_key(&person.id)).collect();
    // Those of an address come first, lest one of the same name takes their place.
    for person in &open {
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
    for person in &open {
        if ids.contains_key(&person.id) {
            continue;
        }
        let same = by_key
            .get(&format!("name {}", person.name))
            .map_or(&[][..], Vec::as_slice);
        let only = named.get(person.name.as_str()) == Some(&1) && same.len() == 1;
        let free = |other: &&&Participant| !taken.contains(&other.id) && !differ(other, person);
        let found = same
            .iter()
            .filter(free)
            .find(|other| only || other.roles == person.roles);
        if let Some(found) = found {
            taken.insert(found.id);
            ids.insert(person.id, found.id);
        }
    }
    ids
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

/// Whether an address or an id is the same of both.
pub(super) fn same_address(left: &Participant, right: &Participant) -> bool {
    let theirs = keys(right);
    keys(left)
        .iter()
        .any(|key| !key.starts_with("name ") && theirs.contains(key))
}

/// Whether two of one name are known to be two: each has an address or id, and not the same.
fn differ(left: &Participant, right: &Participant) -> bool {
    let apart = |left: &str, right: &str| !left.is_empty() && !right.is_empty() && !left.eq_ignore_ascii_case(right);
    apart(&left.email, &right.email) || apart(&left.platform_id, &right.platform_id)
}

/// Those who were left out, of a plan.
pub(super) fn left_out(chosen: &Chosen) -> HashSet<ParticipantId> {
    let out = chosen.iter().filter(|(_, becomes)| **becomes == Becomes::LeftOut);
    out.map(|(id, _)| *id).collect()
}

/// The plan without those who were left out. What they said or are to do stays, with their name as it stands in the
/// file, for somebody to settle.
pub(super) fn without(plan: &Plan, out: &HashSet<ParticipantId>) -> Plan {
    let mut plan = plan.clone();
    if out.is_empty() {
        return plan;
    }
    let name = |id: &ParticipantId| -> String {
        let person = plan.participants.iter().find(|person| person.id == *id);
        person.map(|person| person.name.clone()).unwrap_or_default()
    };
    let names: HashMap<ParticipantId, String> = out.iter().map(|id| (*id, name(id))).collect();
    for point in &mut plan.points {
        unresolve(point, &names);
    }
    for item in &mut plan.items {
        item.presenter = item.presenter.filter(|id| !out.contains(id));
    }
    for turn in &mut plan.turns {
        if let Some(name) = turn.participant.and_then(|id| names.get(&id)) {
            turn.participant = None;
            if turn.speaker_text.is_empty() {
                turn.speaker_text.clone_from(name);
            }
        }
    }
    for cue in &mut plan.cues {
        if let Some(name) = cue.participant.and_then(|id| names.get(&id)) {
            cue.participant = None;
            if cue.speaker_text.is_empty() {
                cue.speaker_text.clone_from(name);
            }
        }
    }
    plan.participants.retain(|person| !out.contains(&person.id));
    plan
}

fn unresolve(point: &mut Point, names: &HashMap<ParticipantId, String>) {
    let gone = |ids: &[ParticipantId]| -> Vec<String> { ids.iter().filter_map(|id| names.get(id)).cloned().collect() };
    let (speakers, owners) = (gone(&point.speakers), gone(&point.owners));
    if !speakers.is_empty() {
        point.speakers.retain(|id| !names.contains_key(id));
        if point.speaker_text.is_empty() {
            point.speaker_text = speakers.join(", ");
        }
        if point.speakers.is_empty() {
            point.attribution = Attribution::Unresolved;
        }
    }
    if !owners.is_empty() {
        point.owners.retain(|id| !names.contains_key(id));
        let kept = std::iter::once(point.owner_text.clone()).chain(owners);
        let kept: Vec<String> = kept.filter(|name| !name.is_empty()).collect();
        point.owner_text = kept.join(", ");
    }
}

#[cfg(test)]
mod tests {
    use super::{are_alike, within};

    #[test]
    fn names_are_alike_or_not() {
        for (left, right) in [
            ("jun sato", "sato jun"),
            ("j. sato", "jun sato"),
            ("tiago", "tiago meneses"),
            ("tiago menezes", "tiago meneses"),
            ("marit solheim", "maritt solheim"),
        ] {
            assert!(are_alike(left, right), "{left} {right}");
            assert!(are_alike(right, left), "{right} {left}");
        }
        for (left, right) in [
            ("jun sato", "ken sato"),
            ("ann lee", "bob lee"),
            ("al", "al bo"),
            ("", ""),
            ("ann", "ben"),
            ("iphone 12", "marit solheim"),
        ] {
            assert!(!are_alike(left, right), "{left} {right}");
        }
    }

    #[test]
    fn slips_are_counted() {
        assert!(within("abc", "abc", 0));
        assert!(!within("abc", "abd", 0));
        assert!(within("abcd", "abd", 1));
        assert!(within("kitten", "sitting", 3));
        assert!(!within("kitten", "sitting", 2));
    }
}
