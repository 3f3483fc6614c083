//! Words for a number of people ("several participants noted"), and whether those behind the passage bear them.

use serde::{Deserialize, Serialize};

use super::cover::Behind;
use crate::model::inline::{parse, plain};
use crate::model::{Nature, ParticipantState, Record, ReportSettings};

/// A word for a number of people, in a passage that rests on points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Quantifier {
    /// The word as it stands.
    pub word: String,
    /// The word with whom it counts ("many participants"); stands so in the text.
    pub words: String,
    /// How many people it asks for.
    pub needs: u32,
    /// Whether it holds; none = nobody can say, since a point behind it has no known speaker, or nothing is behind it.
    pub holds: Option<bool>,
}

/// How many people a word asks for, of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    One,
    AtLeast(u32),
}

/// What speakers are called.
const PEOPLE: [&str; 14] = [
    "attendees",
    "colleagues",
    "commenters",
    "contributors",
    "delegates",
    "delegations",
    "discussants",
    "members",
    "panelists",
    "panellists",
    "participants",
    "people",
    "representatives",
    "speakers",
];

/// Words that may stand between the number and the people.
const BETWEEN: [&str; 8] = [
    "of",
    "the",
    "other",
    "others",
    "further",
    "those",
    "online",
    "different",
];

/// Words behind the people that say something of them, not what they said ("all participants were thanked").
const NOT_SAID: [&str; 22] = [
    "are", "be", "can", "could", "from", "had", "in", "is", "may", "might", "must", "of", "or", "shall", "should",
    "states", "that", "was", "were", "who", "will", "would",
];

/// How many people are here, to hold "all" against.
#[must_use]
pub fn present(record: &Record) -> u32 {
    let here = record
        .participants
        .iter()
        .filter(|person| person.listed && person.nature == Nature::Person && person.state == ParticipantState::Present);
    u32::try_from(here.count()).unwrap_or(u32::MAX)
}

/// The words in a passage that say how many people said something, against those behind it.
#[must_use]
pub fn quantifiers(source: &str, behind: &Behind, settings: &ReportSettings, present: u32) -> Vec<Quantifier> {
    let text = plain(&parse(source));
    let words: Vec<&str> = text.split_whitespace().collect();
    let people = u32::try_from(behind.people.len()).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let Some(asks) = asks(&bare.to_lowercase(), settings, present) else {
            continue;
        };
        let Some(last) = counted_people(words.get(at + 1..).unwrap_or_default(), asks) else {
            continue;
        };
        let holds = match asks {
            _ if behind.points.is_empty() || (people == 0 && behind.unsure > 0) => None,
            Asks::AtLeast(needs) if people >= needs => Some(true),
            _ if behind.unsure > 0 => None,
            Asks::AtLeast(_) => Some(false),
            // Where one said something, others may have said the rest of the passage.
            Asks::One if people == 1 => Some(true),
            Asks::One => None,
        };
        found.push(Quantifier {
            word: bare.to_owned(),
            words: words
                .get(at..=at + 1 + last)
                .unwrap_or_default()
                .join(" ")
                .trim_matches(|letter: char| !letter.is_alphanumeric())
                .to_owned(),
            needs: match asks {
                Asks::One => 1,
                Asks::AtLeast(needs) => needs,
            },
            holds,
        });
    }
    found
}

fn asks(word: &str, settings: &ReportSettings, present: u32) -> Option<Asks> {
    let thresholds = &settings.thresholds;
    Some(match word {
        "one" => Asks::One,
        "some" | "few" => Asks::AtLeast(thresholds.some),
        "several" | "various" => Asks::AtLeast(thresholds.several),
        "many" | "numerous" => Asks::AtLeast(thresholds.many),
        // Where nobody is marked present, nobody knows how many all are.
        "all" if present > 0 => Asks::AtLeast(present),
        "most" if present > 0 => Asks::AtLeast(present / 2 + 1),
        _ => return None,
    })
}

/// How many words further the people are that a number counts; none = it counts something else.
fn counted_people(behind: &[&str], asks: Asks) -> Option<usize> {
    let bare = |word: &&str| {
        word.trim_matches(|letter: char| !letter.is_alphanumeric())
            .to_lowercase()
    };
    let skipped = behind
        .iter()
        .take_while(|word| BETWEEN.contains(&bare(word).as_str()))
        .count();
    let people = behind.get(skipped)?;
    let word = bare(people);
    let is_people = match asks {
        // "One participant", but "one of the participants".
        Asks::One => PEOPLE
            .iter()
            .any(|plural| *plural == word || plural.trim_end_matches('s') == word),
        Asks::AtLeast(_) => PEOPLE.contains(&word.as_str()),
    };
    // A stop or comma behind them ends what is said of them.
    let goes_on = people.ends_with(char::is_alphanumeric);
    let next = behind.get(skipped + 1).map(bare).unwrap_or_default();
    (is_people && goes_on && !next.is_empty() && !NOT_SAID.contains(&next.as_str())).then_some(skipped)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;
    use crate::model::{ParticipantId, PointId};

    fn behind(people: u128, unsure: u32) -> Behind {
        Behind {
            people: (1..=people).map(|id| ParticipantId(Uuid::from_u128(id))).collect(),
            points: BTreeSet::from([PointId(Uuid::from_u128(1))]),
            unsure,
        }
    }

    fn holds(text: &str, behind: &Behind) -> Vec<Option<bool>> {
        quantifiers(text, behind, &ReportSettings::default(), 8)
            .into_iter()
            .map(|one| one.holds)
            .collect()
    }

    #[test]
    fn a_word_holds_from_its_threshold_on() {
        let several = "**Several participants** noted that";
        assert_eq!(holds(several, &behind(2, 0)), [Some(false)]);
        assert_eq!(holds(several, &behind(3, 0)), [Some(true)]);
        assert_eq!(holds("Many speakers agreed", &behind(5, 0)), [Some(false)]);
        assert_eq!(holds("Some of the other members asked", &behind(1, 0)), [Some(false)]);
        assert_eq!(holds("All participants agreed", &behind(7, 0)), [Some(false)]);
        assert_eq!(holds("One participant asked", &behind(1, 0)), [Some(true)]);
        // Nobody can say.
        assert_eq!(holds(several, &behind(2, 1)), [None]);
        assert_eq!(holds(several, &Behind::default()), [None]);
        assert_eq!(holds("One speaker asked; others agreed", &behind(3, 0)), [None]);
    }

    #[test]
    fn what_counts_no_speakers_is_left_alone() {
        for text in [
            "Several months later",
            "some governments, particularly from developing countries, are seeking",
            "All participants were thanked",
            "all members of the public",
            "several member states noted",
            "many stations confirmed",
            "the views of several participants, among others",
            "one of the reasons",
        ] {
            assert_eq!(holds(text, &behind(1, 0)), [], "{text}");
        }
    }
}
