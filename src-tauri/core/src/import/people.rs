//! A pasted list of people → names and roles.
//!
//! One a line: `Name, role, role`, with a number or a bullet before it or without; fields may be parted by tabs, as a
//! table copies them. A meeting platform's panel copies marks of its own (`Ann Lee (Host, me)`, initials of a missing
//! picture, "Muted"): what it says of the software is left out, what it says of the person stays. A line that is not
//! understood is taken for a name, rather than lost.

use crate::model::text::clean_line;

/// Somebody in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name.
    pub name: String,
    /// Roles in order.
    pub roles: Vec<String>,
    /// Line of the text, from 1.
    pub line: u32,
}

/// What a platform's panel writes in brackets behind a name and what is no part of it.
const MARKS: [&str; 10] = [
    "me",
    "host",
    "co-host",
    "cohost",
    "host, me",
    "co-host, me",
    "me, host",
    "me, co-host",
    "you",
    "organizer",
];

/// Lines of a platform's panel that name nobody.
const CHATTER: [&str; 12] = [
    "muted",
    "unmuted",
    "unmute",
    "mute",
    "video off",
    "video on",
    "more",
    "invite",
    "mute all",
    "in the meeting",
    "computer audio muted",
    "participants",
];

/// Reads a pasted list, in its order.
#[must_use]
pub fn people(text: &str) -> Vec<Entry> {
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut found: Vec<Entry> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.is_empty() || is_chatter(line) {
            continue;
        }
        let next = lines.iter().skip(index + 1).find(|next| !next.is_empty());
        if next.is_some_and(|next| is_picture(line, next)) {
            continue;
        }
        let Some((name, roles)) = entry(unnumbered(line)) else {
            continue;
        };
        found.push(Entry {
            name,
            roles,
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
        });
    }
    found
}

/// `Participants (13)`, `Muted`.
fn is_chatter(line: &str) -> bool {
    let lower = line.to_lowercase();
    let word = match lower.split_once('(') {
        Some((word, count))
            if count
                .trim_end_matches(')')
                .trim()
                .bytes()
                .all(|byte| byte.is_ascii_digit()) =>
        {
            word.trim()
        }
        _ => lower.as_str(),
    };
    CHATTER.contains(&word)
}

/// The letters that stand for a missing picture: one or two capitals alone, of the name on the next line.
fn is_picture(line: &str, next: &str) -> bool {
    let letters: Vec<char> = line.chars().collect();
    let short = (1..=2).contains(&letters.len()) && letters.iter().all(|letter| letter.is_uppercase());
    let starts: Vec<char> = next
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    short
        && starts.len() >= letters.len()
        && letters.iter().all(|letter| starts.contains(letter))
        && next.len() > line.len()
}

/// Without a number or bullet before it.
fn unnumbered(line: &str) -> &str {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    if (1..=4).contains(&digits)
        && let Some(after) = rest.strip_prefix(['.', ')', '\t'])
        && (rest.starts_with('\t') || after.starts_with(char::is_whitespace))
    {
        return after.trim_start();
    }
    for bullet in ["- ", "* ", "• ", "– ", "·\u{20}"] {
        if let Some(rest) = line.strip_prefix(bullet) {
            return rest.trim_start();
        }
    }
    line
}

fn entry(line: &str) -> Option<(String, Vec<String>)> {
    let fields = if line.contains('\t') {
        line.split('\t').map(str::to_owned).collect()
    } else {
        at_commas(line)
    };
    let mut fields = fields
        .iter()
        .map(|field| clean_line(field))
        .filter(|field| !field.is_empty());
    let name = fields.next()?;
    Some((without_marks(&name), fields.collect()))
}

/// Parts at commas; `\,` is a comma inside a part.
fn at_commas(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars().peekable();
    let mut depth = 0_u32;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&',') => {
                letters.next();
                if let Some(part) = parts.last_mut() {
                    part.push(',');
                }
                continue;
            }
            // "Ann Lee (Host, me)" is one part.
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// `Ann Lee (Host, me)` is Ann Lee; `Ann Lee (Port of Aomi)` stays.
fn without_marks(name: &str) -> String {
    let mut name = name;
    while let Some((before, mark)) = name.strip_suffix(')').and_then(|name| name.rsplit_once('('))
        && MARKS.contains(&mark.trim().to_lowercase().as_str())
        && !before.trim().is_empty()
    {
        name = before.trim_end();
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{people, unnumbered};

    fn read(text: &str) -> Vec<String> {
        people(text)
            .into_iter()
            .map(|one| [vec![one.name], one.roles].concat().join(" | "))
            .collect()
    }

    #[test]
    fn names_with_roles_numbered_or_not() {
        let text = "1. Ann Lee, chair, Port of Aomi\n2) Bo Ek\n- Cy Dee, editor\\, second\nΕλένη Μαρκάκη\n\n林佳怡\tStrait Observatory\n";
        let list = [
            "Ann Lee | chair | Port of Aomi",
            "Bo Ek",
            "Cy Dee | editor, second",
            "Ελένη Μαρκάκη",
            "林佳怡 | Strait Observatory",
        ];
        assert_eq!(read(text), list);
        assert_eq!(people(text)[4].line, 6);
    }

    #[test]
    fn a_platforms_panel_gives_its_people_and_not_its_marks() {
        let text = "\u{feff}Participants (4)\nAL\nAnn Lee (Host, me)\nMuted\nJS\nJun Sato (Port of Aomi)\nComputer audio muted\nBo Ek (Co-host)\nB\nB\n";
        assert_eq!(read(text), ["Ann Lee", "Jun Sato (Port of Aomi)", "Bo Ek", "B", "B"]);
    }

    #[test]
    fn two_of_one_name_stay_two_and_odd_lines_are_names() {
        assert_eq!(
            read("Jun Sato\nJun Sato\n+1.910.278.aaaa\n3 Body Problem"),
            ["Jun Sato", "Jun Sato", "+1.910.278.aaaa", "3 Body Problem"]
        );
        assert_eq!(unnumbered("12 o'clock"), "12 o'clock");
    }

    proptest! {
        #[test]
        fn anything_can_be_pasted(text in "\\PC{0,60}(\n\\PC{0,40}){0,4}") {
            for one in people(&text) {
                prop_assert!(!one.name.is_empty());
            }
        }
    }
}
