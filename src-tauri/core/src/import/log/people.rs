//! The people of a log: who types, who is named in its lists, who speaks in the scribe's lines.

use std::collections::HashMap;

use super::aliases::{Aliases, fold};
use crate::capture::{Match, resolve};
use crate::env::Env;
use crate::model::text::clean_line;
use crate::model::{Nature, OrderKey, Participant, ParticipantId};

/// Names of programs that take part in channels.
const BOTS: [&str; 34] = [
    "zakim",
    "rrsagent",
    "trackbot",
    "agendabot",
    "ghurlbot",
    "github-bot",
    "githubbot",
    "gb",
    "tidoust-bot",
    "meetbot",
    "zodbot",
    "meetingology",
    "ubottu",
    "ubot",
    "supybot",
    "limnoria",
    "openstack",
    "opendevmeet",
    "hcoop-bot",
    "voip",
    "voipbot",
    "sysbot",
    "slackbot",
    "bridgebot",
    "matrixbot",
    "tracbot",
    "issuebot",
    "mahbot",
    "chanserv",
    "nickserv",
    "nitrobot",
    "fedbot",
    "wgbot",
    "pontoon-bot",
];

/// Programs that write down what is said.
const TRANSCRIBERS: [&str; 6] = [
    "transcriber",
    "our robot overlords",
    "otter.ai",
    "fireflies.ai notetaker",
    "read.ai meeting notes",
    "notetaker",
];

/// Whether a nick is a program's.
pub(super) fn is_bot(nick: &str) -> bool {
    let nick = local(nick).unwrap_or(nick);
    let small = nick.trim().to_lowercase();
    let bare = small.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    BOTS.contains(&small.as_str())
        || BOTS.contains(&bare)
        || ["-bot", "_bot", "bot[m]", "[bot]"]
            .iter()
            .any(|end| bare.ends_with(end))
        || small.starts_with("voip-")
        || nick.trim().ends_with("Bot")
}

pub(super) fn is_transcriber(nick: &str) -> bool {
    TRANSCRIBERS.contains(&fold(nick).as_str())
}

/// People under the names that the log has for them.
#[derive(Debug)]
pub(super) struct People<'a> {
    aliases: &'a Aliases,
    ids: &'a dyn Env,
    pub(super) list: Vec<Participant>,
    keys: HashMap<String, usize>,
}

impl<'a> People<'a> {
    pub(super) fn new(aliases: &'a Aliases, ids: &'a dyn Env) -> Self {
        Self {
            aliases,
            ids,
            list: Vec::new(),
            keys: HashMap::new(),
        }
    }

    /// Who is known under a name.
    pub(super) fn find(&self, name: &str) -> Option<ParticipantId> {
        let place = self.keys.get(&fold(plain(name)))?;
        self.list.get(*place).map(|person| person.id)
    }

    /// Whoever bears a name: known before, or new. None for what is no name.
    pub(super) fn register(&mut self, name: &str) -> Option<ParticipantId> {
        let name = plain(name);
        let key = fold(name);
        if key.is_empty() || name.chars().count() > 120 {
            return None;
        }
        if let Some(place) = self.keys.get(&key) {
            return self.list.get(*place).map(|person| person.id);
        }
        // Somebody who lost the line comes back with a sign behind the old nick.
        let home = name.trim_end_matches(['_', '`', '^']);
        let home = home.split_once("|away").map_or(home, |(home, _)| home);
        let known = self.aliases.person(name).or_else(|| self.aliases.person(home));
        let shown = match known {
            Some(person) => person.to_owned(),
            None if fold(home).is_empty() => clean_line(name),
            None => match local(home).filter(|local| !self.keys.contains_key(&fold(local))) {
                Some(local) => clean_line(local),
                None => clean_line(&home.replace('_', " ")),
            },
        };
        let place = match self.keys.get(&fold(&shown)) {
            Some(place) => *place,
            None => {
                let order = OrderKey::after(self.list.last().map(|person| &person.order), self.ids.now());
                let mut person = Participant::new(ParticipantId(self.ids.fresh_id()), order, shown.clone());
                if is_transcriber(name) || is_bot(name) {
                    person.nature = Nature::Bot;
                    person.listed = false;
                }
                self.list.push(person);
                self.list.len() - 1
            }
        };
        let person = self.list.get_mut(place)?;
        if name != person.name && !person.aliases.iter().any(|alias| alias == name) {
            person.aliases.push(clean_line(name));
        }
        let id = person.id;
        self.keys.entry(fold(&shown)).or_insert(place);
        self.keys.insert(key, place);
        Some(id)
    }

    /// Lets a name that fits somebody as the grammar has it (initials, say) mean them from now on; answers whether it
    /// fits.
    pub(super) fn adopt(&mut self, name: &str) -> bool {
        if self.find(name).is_some() {
            return true;
        }
        if self.aliases.person(name).is_some() {
            return self.register(name).is_some();
        }
        let Match::One(id) = resolve(name, false, &self.list) else {
            return false;
        };
        if let Some(place) = self.list.iter().position(|person| person.id == id) {
            self.keys.insert(fold(name), place);
        }
        true
    }

    /// The longest known name that a text begins with before a colon, and the text behind the colon. Names that the
    /// grammar would not take for names ("Phil_(T3)") are found so.
    pub(super) fn speaker<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let head: String = text.chars().take(120).collect();
        for (at, colon) in head.match_indices([':', '：']) {
            let name = text.get(..at)?;
            if self.find(name).is_some() {
                let rest = text.get(at + colon.len()..)?.trim_start();
                return (!rest.is_empty()).then_some((name.trim(), rest));
            }
        }
        None
    }

    /// Every name that somebody is known by.
    pub(super) fn names(self) -> (Vec<Participant>, HashMap<String, ParticipantId>) {
        let names = self
            .keys
            .iter()
            .filter_map(|(key, place)| Some((key.clone(), self.list.get(*place)?.id)))
            .collect();
        (self.list, names)
    }
}

/// The name without the server, of an address in a Matrix room: `ann:example.org`.
fn local(name: &str) -> Option<&str> {
    let (local, server) = name.split_once(':')?;
    let fits = !local.is_empty() && server.contains('.') && !name.contains(char::is_whitespace);
    fits.then_some(local)
}

/// A name without the sign of a mention, and without a full stop that ends a sentence.
fn plain(name: &str) -> &str {
    let name = name.trim().trim_start_matches('@').trim();
    match name.strip_suffix('.') {
        Some(rest)
            if rest
                .rsplit([' ', '_', '.'])
                .next()
                .is_some_and(|word| word.chars().count() > 2) =>
        {
            rest
        }
        _ => name,
    }
}
