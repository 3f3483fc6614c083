//! A real working group's finished report, beside the checkout: its lines, and what one would type to come to it.

use std::path::PathBuf;

use crate::{left_out, shared_data};

/// Where it is. None, and saying so, where it is not.
pub fn file() -> Option<PathBuf> {
    let file = shared_data()?.join("reference-report/summary-report.md");
    if file.is_file() {
        return Some(file);
    }
    left_out(&format!("there is no {}", file.display()));
    None
}

/// A line without its Markdown marks of headings and lists; none for a blank one.
pub fn words(line: &str) -> Option<String> {
    let line = line.trim_start_matches('\u{FEFF}').trim();
    let line = line.trim_start_matches('#').trim_start();
    let line = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .unwrap_or(line);
    (!line.is_empty()).then(|| line.to_owned())
}

/// What stands under a heading of its discussion.
#[derive(Debug)]
pub enum Part {
    /// The heading of an item.
    Item(String),
    /// The heading of a section.
    Section(String),
    /// A paragraph.
    Paragraph(String),
    /// The entries of a list, behind the paragraph that leads into it.
    List(Option<String>, Vec<String>),
}

/// The report in the parts that one types.
#[derive(Debug)]
pub struct Reference {
    /// The title block and the next meeting, as lines.
    pub facts: Vec<String>,
    /// `Name, role, role`.
    pub people: Vec<String>,
    /// The titles of the agenda.
    pub agenda: Vec<String>,
    /// The discussion.
    pub parts: Vec<Part>,
}

impl Reference {
    /// Takes its text apart.
    pub fn read(given: &str) -> Self {
        let lines: Vec<&str> = given
            .trim_start_matches('\u{feff}')
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let place = |words: &str| lines.iter().position(|line| *line == words).unwrap();
        let (agenda, discussion, people) = (place("Agenda"), place("Discussion"), place("List of participants"));
        let unnumbered = |line: &&str| line.split_once(' ').unwrap().1.to_owned();
        Self {
            facts: vec![
                format!("meeting: {}", lines[0]),
                format!("date: {}", lines[2]),
                "recording: available upon request".to_owned(),
                "next meeting: 15 January 2026 at 13.00 UTC".to_owned(),
            ],
            people: lines[people + 1..].iter().map(unnumbered).collect(),
            agenda: lines[agenda + 1..discussion].iter().map(unnumbered).collect(),
            parts: parts(&lines[discussion + 1..people]),
        }
    }

    /// Names for speakers, over and over: of those of whom there is one only.
    pub fn speakers(&self) -> impl Iterator<Item = &str> {
        let names = self.people.iter().map(|person| person.split(',').next().unwrap());
        names.filter(|name| *name != "Jorge Perez").cycle()
    }
}

/// The sentences of a paragraph as one types them in haste: the stop is left out.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end_matches('.').split(". ")
}

fn parts(lines: &[&str]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in lines {
        let number = line.split(' ').next().unwrap();
        let rest = line[number.len()..].trim().to_owned();
        if let Some(entry) = line.strip_prefix("- ") {
            let entry = entry.to_owned();
            match parts.last_mut() {
                Some(Part::List(_, entries)) => entries.push(entry),
                Some(Part::Paragraph(lead_in)) if lead_in.ends_with(':') => {
                    let lead_in = std::mem::take(lead_in);
                    parts.pop();
                    parts.push(Part::List(Some(lead_in), vec![entry]));
                }
                _ => parts.push(Part::List(None, vec![entry])),
            }
        } else if !number.starts_with(|c: char| c.is_ascii_digit()) {
            parts.push(Part::Paragraph((*line).to_owned()));
        } else if number.ends_with('.') {
            parts.push(Part::Item(rest));
        } else {
            parts.push(Part::Section(rest));
        }
    }
    parts
}
