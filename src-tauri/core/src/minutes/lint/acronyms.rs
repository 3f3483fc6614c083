//! Abbreviations that are never written out.

use std::collections::BTreeSet;

use super::{Code, Desk, Finding, words};
use crate::model::inline::{Inline, parse};

/// What every reader knows, and zones of time.
const KNOWN: [&str; 66] = [
    "AD", "AI", "AM", "AOB", "ASCII", "BC", "BST", "CD", "CEO", "CEST", "CET", "COVID", "CSV", "CTO", "DNA", "DNS",
    "EDT", "EEST", "EET", "EST", "EU", "FAQ", "GDP", "GMT", "GPS", "HIV", "HTML", "HTTP", "HTTPS", "ID", "IP", "ISBN",
    "ISO", "IST", "IT", "JSON", "JST", "NASA", "NATO", "NB", "NGO", "OK", "PC", "PDF", "PDT", "PM", "PR", "PS", "PST",
    "QA", "RSVP", "SDG", "SMS", "SQL", "TV", "UK", "UN", "UNESCO", "URL", "US", "USA", "USB", "UTC", "VAT", "WHO",
    "XML",
];

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let texts = &desk.texts;
    let whole: String = texts.iter().map(|text| format!("{}\n", text.plain)).collect();
    let initials = initials(&whole);
    // What the body and its members are called needs no explanation there.
    let called: BTreeSet<String> = pieces(&desk.vocabulary_of_people());
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut inside: Vec<&super::Text<'_>> = texts.iter().filter(|text| text.passage.is_some()).collect();
    inside.sort_by_key(|text| {
        let items = &desk.record.items;
        items.iter().position(|view| Some(view.item.id) == text.place.item)
    });
    for text in inside {
        let spoken = spoken(&parse(text.source));
        for (_, word) in words(&spoken) {
            let word = word.split('+').next().unwrap_or_default();
            // The plural has a small letter behind it.
            let short = word.strip_suffix('s').unwrap_or(word);
            let is_short = (2..=6).contains(&short.len()) && short.chars().all(|letter| letter.is_ascii_uppercase());
            if !is_short
                || KNOWN.contains(&short)
                || is_numeral(short)
                || called.contains(short)
                || told.contains(short)
                || initials.iter().any(|word| word.contains(&short.to_lowercase()))
                || is_explained(&whole, short)
            {
                continue;
            }
            told.insert(short.to_owned());
            let at = text.source.find(short).map(|from| from..from + short.len());
            let message = format!("“{short}” is never written out");
            found.push(text.finding(Code::Acronym, at.as_ref(), short, message));
        }
    }
}

impl Desk<'_> {
    fn vocabulary_of_people(&self) -> String {
        let meeting = &self.record.meeting.meeting;
        let mut all = vec![meeting.body.clone(), meeting.name.clone(), meeting.short.clone()];
        for person in &self.record.participants {
            all.push(person.name.clone());
            all.push(person.initials.clone());
            all.push(person.group.clone());
            all.extend(person.roles.iter().cloned());
            all.extend(person.aliases.iter().cloned());
        }
        all.join("\n")
    }
}

fn pieces(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_owned)
        .collect()
}

/// The words without code, addresses, and what stands as the label of a link.
fn spoken(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => text
                .split(' ')
                .filter(|word| !word.contains("://"))
                .collect::<Vec<_>>()
                .join(" "),
            Inline::Strong(inner) | Inline::Emphasis(inner) => spoken(inner),
            Inline::Link { label, .. } => spoken(label),
            Inline::Break => "\n".to_owned(),
            _ => " ".to_owned(),
        })
        .collect()
}

fn is_numeral(word: &str) -> bool {
    word.chars().all(|letter| "IVXLCDM".contains(letter))
}

/// Whether it stands in brackets behind words, or words in brackets behind it.
fn is_explained(whole: &str, short: &str) -> bool {
    [format!("({short})"), format!("({short}s)"), format!("{short} (")]
        .iter()
        .any(|explained| whole.contains(explained.as_str()))
}

/// The initials of the words of each line, small ones left out, in small letters.
fn initials(whole: &str) -> Vec<String> {
    whole
        .lines()
        .map(|line| {
            line.split(|letter: char| letter.is_whitespace() || letter == '-')
                .filter_map(|word| {
                    word.trim_start_matches(|letter: char| !letter.is_alphanumeric())
                        .chars()
                        .next()
                })
                .filter(|letter| letter.is_uppercase())
                .flat_map(char::to_lowercase)
                .collect()
        })
        .collect()
}
