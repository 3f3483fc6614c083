//! Who is behind a nick: a file that says so.

use std::collections::HashMap;

use serde_json::Value;

use crate::error::{Error, Result};

/// Nicks and other names, and the names of the people behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Folded alias → the person's name; none = several people bear it.
    names: HashMap<String, Option<String>>,
}

/// A name made comparable: small letters, underscores as blanks, single blanks.
#[must_use]
pub(crate) fn fold(name: &str) -> String {
    let spaced = name.replace('_', " ").to_lowercase();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Aliases {
    /// Reads a file of aliases: JSON, as `{"Ann Lee": {"alias": ["ann", "alee"]}}`, `{"Ann Lee": ["ann"]}` or
    /// `{"ann": "Ann Lee"}`; or text, `nick = Name` a line (also parted by a tab, or by commas behind the name:
    /// `Ann Lee: ann, alee`).
    ///
    /// # Errors
    /// [`Error::Invalid`] for a file that names nobody.
    pub fn read(text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut aliases = Self::default();
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(people)) => {
                for (name, value) in &people {
                    aliases.entry(name, value);
                }
            }
            Ok(_) => {}
            Err(_) => aliases.lines(text),
        }
        if aliases.names.is_empty() {
            return Err(Error::Invalid(
                "it names nobody; write a line for each, as: nick = Name".to_owned(),
            ));
        }
        Ok(aliases)
    }

    fn entry(&mut self, name: &str, value: &Value) {
        let list = match value {
            // The other way round: the nick first.
            Value::String(person) => {
                self.add(person, person);
                return self.add(name, person);
            }
            Value::Object(fields) => fields.get("alias").or_else(|| fields.get("aliases")),
            other => Some(other),
        };
        self.add(name, name);
        match list {
            Some(Value::Array(list)) => {
                for alias in list.iter().filter_map(Value::as_str) {
                    self.add(alias, name);
                }
            }
            Some(Value::String(alias)) => self.add(alias, name),
            _ => {}
        }
    }

    fn lines(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some((nick, name)) = line.split_once(['=', '\t']) {
                self.add(name, name);
                self.add(nick, name);
            } else if let Some((name, nicks)) = line.split_once(':') {
                self.add(name, name);
                for nick in nicks.split(',') {
                    self.add(nick, name);
                }
            }
        }
    }

    /// Adds one alias. One that two people bear is nobody's.
    fn add(&mut self, alias: &str, name: &str) {
        let (key, name) = (fold(alias.trim().trim_start_matches('@')), name.trim());
        if key.is_empty() || name.is_empty() {
            return;
        }
        let short = without_initials(&key);
        for key in [Some(short).filter(|short| *short != key), Some(key)]
            .into_iter()
            .flatten()
        {
            self.names
                .entry(key)
                .and_modify(|known| {
                    if known.as_deref() != Some(name) {
                        *known = None;
                    }
                })
                .or_insert_with(|| Some(name.to_owned()));
        }
    }

    /// The person behind a name: by the whole name, else by one of its parts ("ann // Ann Lee (she/her)") where all
    /// parts that are known mean one person.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<&str> {
        if let Some(found) = self.names.get(&fold(name)) {
            return found.as_deref();
        }
        let mut found: Option<&str> = None;
        let spaced = name.replace('_', " ");
        let bare = outside_brackets(&spaced);
        for part in bare
            .split(['|', '/', ','])
            .chain(bare.split(" - "))
            .chain([bare.as_str()])
        {
            match (self.names.get(&fold(part)), found) {
                (Some(Some(name)), None) => found = Some(name),
                (Some(Some(name)), Some(known)) if known != name => return None,
                _ => {}
            }
        }
        // Ann B. Lee is Ann Lee, where only one person is called so.
        found.or_else(|| self.names.get(&without_initials(&fold(&bare)))?.as_deref())
    }
}

/// A folded name without the initials in its middle.
fn without_initials(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    let kept = words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at == 0 || at + 1 == words.len() || !is_initial(word));
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// A name without what stands in brackets.
fn outside_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_in_every_form() {
        for text in [
            r#"{"Ann Lee": {"alias": ["ann", "alee"], "homepage": "x"}, "Bo": {}}"#,
            r#"{"Ann Lee": ["ann", "alee"]}"#,
            r#"{"ann": "Ann Lee", "alee": "Ann Lee"}"#,
            "# people\nann = Ann Lee\nalee\tAnn Lee",
            "Ann Lee: ann, alee",
        ] {
            let aliases = Aliases::read(text).expect(text);
            for name in [
                "ann",
                "ALee",
                "ann lee",
                "Ann_Lee",
                "ann // Someone (she/her)",
                "Ann Lee (Host)",
            ] {
                assert_eq!(aliases.person(name), Some("Ann Lee"), "{name} in {text}");
            }
            assert_eq!(aliases.person("lee"), None);
        }
        assert!(Aliases::read("").is_err());
        assert!(Aliases::read("[1]").is_err());
    }

    #[test]
    fn an_alias_of_two_people_is_nobodys() {
        let aliases = Aliases::read(r#"{"Ann Lee": ["al"], "Al Bo": ["al"]}"#).expect("two people");
        assert_eq!(aliases.person("al"), None);
        assert_eq!(aliases.person("Ann Lee / Al Bo"), None);
        assert_eq!(aliases.person("Al Bo"), Some("Al Bo"));
    }
}
