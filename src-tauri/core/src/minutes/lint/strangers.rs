//! People in the text who are not among the participants: told only where the words can hardly mean anything else.

use super::{Code, Desk, Finding, begins_sentence, words};

/// What people do in a report, and hardly anything else does.
const DOES: [&str; 18] = [
    "added",
    "answered",
    "asked",
    "clarified",
    "commented",
    "explained",
    "introduced",
    "mentioned",
    "moderated",
    "offered",
    "presented",
    "recalled",
    "remarked",
    "replied",
    "said",
    "stressed",
    "thanked",
    "volunteered",
];
/// What stands before a person's name.
const TITLES: [&str; 7] = ["Mr", "Mrs", "Ms", "Dr", "Prof", "Professor", "Madam"];
/// Words of which no person's name is made.
const THINGS: [&str; 53] = [
    "The",
    "A",
    "An",
    "Agency",
    "Alliance",
    "Archive",
    "Assembly",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Bureau",
    "Centre",
    "Center",
    "Chair",
    "Co-Chair",
    "Coalition",
    "Collective",
    "College",
    "Commission",
    "Committee",
    "Company",
    "Conference",
    "Consortium",
    "Council",
    "Delegation",
    "Department",
    "Directorate",
    "Editors",
    "Federation",
    "Forum",
    "Foundation",
    "Government",
    "Group",
    "Institute",
    "Members",
    "Ministry",
    "Nations",
    "Network",
    "Observatory",
    "Office",
    "Organisation",
    "Organization",
    "Panel",
    "Participants",
    "Party",
    "Rapporteur",
    "Secretariat",
    "Service",
    "Society",
    "Team",
    "Union",
    "University",
];

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    // Before anybody is listed, everybody is a stranger.
    if desk.record.participants.is_empty() {
        return;
    }
    let vocabulary = desk.vocabulary();
    let names: Vec<String> = desk
        .record
        .participants
        .iter()
        .flat_map(|person| std::iter::once(&person.name).chain(&person.aliases))
        .map(|name| name.to_lowercase())
        .collect();
    let is_name_word = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().any(char::is_lowercase)
            && word
                .chars()
                .all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
            && !THINGS.contains(&word)
    };
    for text in desk.texts.iter().filter(|text| text.passage.is_some()) {
        // In marks of any sort the words are a mention, a link or a title.
        let all = words(text.source);
        for (place, (_, word)) in all.iter().enumerate() {
            if !DOES.contains(word) {
                continue;
            }
            let is_beside = |(one, other): (usize, usize)| text.source.get(one..other).is_some_and(|gap| gap == " ");
            let mut first = place;
            while let Some(before) = first.checked_sub(1)
                && let (Some((one, name)), Some((other, _))) = (all.get(before), all.get(first))
                && is_name_word(name)
                && is_beside((one.end, other.start))
            {
                first = before;
            }
            let (Some((from, head)), Some((to, _))) =
                (all.get(first), place.checked_sub(1).and_then(|last| all.get(last)))
            else {
                continue;
            };
            let titled = TITLES.contains(head);
            let count = place - first;
            let phrase = text.source.get(from.start..to.end).unwrap_or_default();
            let begins = begins_sentence(text.source, from.start);
            let is_known = names
                .iter()
                .any(|name| name.contains(&phrase.to_lowercase()) || phrase.to_lowercase().contains(name.as_str()))
                || vocabulary.contains(phrase);
            if (2..=4).contains(&count) && (begins || titled) && !is_known {
                let at = from.start..to.end;
                let message = format!("{phrase} is not among the participants");
                found.push(text.finding(Code::Stranger, Some(&at), phrase, message));
            }
        }
    }
}
