//! The lines of iCalendar: unfolded, and put into the components that hold them.

use super::super::Problem;
use super::super::kind::lines;

/// An event, a time zone, or a part of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Component {
    /// In capitals.
    pub(super) name: String,
    /// Line on which it begins.
    pub(super) line: u32,
    /// The component around it, by its place in the list.
    pub(super) parent: Option<usize>,
    pub(super) properties: Vec<Property>,
}

/// A line with its name, parameters and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// In capitals.
    pub(super) name: String,
    pub(super) line: u32,
    parameters: Vec<(String, String)>,
    /// As it stands, escapes and all.
    pub(super) value: String,
}

impl Component {
    /// The first property of a name.
    pub(super) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// A property's text on one line; empty where there is none.
    pub(super) fn line(&self, name: &str) -> String {
        self.property(name)
            .map(|property| crate::model::text::clean_line(&property.text()))
            .unwrap_or_default()
    }
}

impl Property {
    /// A parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        parameters.find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, without escapes.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(escaped @ (',' | ';' | '\\' | ':' | '"')) => out.push(escaped),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => out.push('\\'),
        }
    }
    out
}

/// The deepest that components lie in each other.
const DEEPEST: usize = 16;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// All components in their order.
    pub(super) components: Vec<Component>,
    /// Lines that are in none of them, with what is wrong with each.
    pub(super) strange: Vec<(u32, String, &'static str)>,
    pub(super) problems: Vec<Problem>,
}

/// Reads a file.
pub(super) fn read(text: &str) -> Read {
    let mut read = Read::default();
    let mut open: Vec<usize> = Vec::new();
    for (line, unfolded) in unfolded(text) {
        let Some(property) = property(&unfolded, line) else {
            // A line end that should have been escaped: it goes on with the text before it.
            let last = open
                .last()
                .and_then(|at| read.components.get_mut(*at)?.properties.last_mut());
            match last.filter(|last| ["DESCRIPTION", "SUMMARY", "COMMENT", "LOCATION"].contains(&last.name.as_str())) {
                Some(last) => {
                    last.value.push_str("\\n");
                    last.value.push_str(&unfolded);
                    let message = format!(
                        "is no line of iCalendar; taken as more of {} (line {})",
                        last.name, last.line
                    );
                    read.problems.push(Problem { line, message });
                }
                None => read.strange.push((line, unfolded, "is no line of iCalendar")),
            }
            continue;
        };
        match property.name.as_str() {
            "BEGIN" if open.len() < DEEPEST => {
                read.components.push(Component {
                    name: property.value.trim().to_uppercase(),
                    line,
                    parent: open.last().copied(),
                    properties: Vec::new(),
                });
                open.push(read.components.len() - 1);
            }
            "END" => {
                let name = property.value.trim().to_uppercase();
                let begun = |at: &usize| read.components.get(*at).is_some_and(|part| part.name == name);
                match open.iter().rposition(begun) {
                    Some(at) => open.truncate(at),
                    None => read.strange.push((line, unfolded, "ends nothing that was begun")),
                }
            }
            _ => match open.last().and_then(|at| read.components.get_mut(*at)) {
                Some(part) => part.properties.push(property),
                None => read.strange.push((line, unfolded, "stands in no event")),
            },
        }
    }
    read
}

/// The lines with those joined that were folded, each with the number of its first.
fn unfolded(text: &str) -> Vec<(u32, String)> {
    let mut out: Vec<(u32, String)> = Vec::new();
    for (line, number) in lines(text.trim_start_matches('\u{FEFF}')).zip(1_u32..) {
        match (line.strip_prefix([' ', '\t']), out.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            _ if line.trim().is_empty() => {}
            _ => out.push((number, line.to_owned())),
        }
    }
    out
}

/// `NAME;KEY=value;KEY="quoted: value":the value`
fn property(line: &str, number: u32) -> Option<Property> {
    let end = line.find([';', ':'])?;
    let (name, mut rest) = line.split_at_checked(end)?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    if !is_name {
        return None;
    }
    let mut parameters = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let (parameter, next) = parameter(after)?;
        parameters.push(parameter);
        rest = next;
    }
    let value = rest.strip_prefix(':')?;
    // `item1.ATTENDEE`: a group before the name.
    let name = name.rsplit('.').next().unwrap_or(name);
    Some(Property {
        name: name.to_uppercase(),
        line: number,
        parameters,
        value: value.to_owned(),
    })
}

/// A parameter and what follows it. Inside quotes nothing parts; a backslash keeps what follows it from parting.
fn parameter(text: &str) -> Option<((String, String), &str)> {
    let (key, rest) = match text.find(['=', ':', ';']) {
        Some(at) if text.get(at..)?.starts_with('=') => (text.get(..at)?, text.get(at + 1..)?),
        Some(at) => return Some(((text.get(..at)?.to_uppercase(), String::new()), text.get(at..)?)),
        None => return None,
    };
    let mut value = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if escaped => {
                value.push(letter);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ':' | ';' if !quoted => return Some(((key.to_uppercase(), value), rest.get(at..)?)),
            letter => value.push(letter),
        }
    }
    None
}
