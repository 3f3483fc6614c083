//! How people appear in a document: by name, by role, by group, or not at all.

use super::listed::{here, number};
use super::mentions::{begins_sentence, mention, offers, replaced};
use super::prose::capital;
use crate::model::inline::{Inline, Inlines, literal, merge, parse, plain};
use crate::model::{Attribution, Duty, Naming, Participant, ParticipantId, PointView, Record};

/// Names people as one export asks.
pub(super) struct Names<'a> {
    pub(super) record: &'a Record,
    pub(super) naming: &'a Naming,
    pub(super) keep_officers: bool,
}

impl Names<'_> {
    pub(super) fn participant(&self, id: ParticipantId) -> Option<&Participant> {
        self.record.participants.iter().find(|person| person.id == id)
    }

    /// How somebody is named: who led the meeting or presented in it may keep the name.
    pub(super) fn level(&self, person: &Participant) -> &Naming {
        let presents = || {
            let items = &self.record.items;
            items.iter().any(|view| view.item.presenter == Some(person.id))
        };
        if self.keep_officers && (person.duty != Duty::None || presents()) {
            &Naming::Name
        } else {
            self.naming
        }
    }

    /// The source of what stands for somebody; `None` where nobody is to be named.
    pub(super) fn source(&self, id: ParticipantId) -> Option<String> {
        let person = self.participant(id)?;
        let words = match self.level(person) {
            Naming::Role => person.roles.first().map(|role| role.trim().to_owned()),
            Naming::Group => Some(literal(person.group.trim())),
            Naming::Unnamed => None,
            _ => Some(literal(person.name.trim())),
        };
        words.filter(|words| !words.is_empty())
    }

    /// The same where two of one name have to be told apart: `Name (role)`.
    pub(super) fn apart(&self, id: ParticipantId) -> Option<String> {
        let source = self.source(id)?;
        let person = self.participant(id)?;
        let by_name = matches!(self.level(person), Naming::Name | Naming::Other(_));
        let beside = if by_name {
            beside(person, &self.record.participants)
        } else {
            None
        };
        Some(beside.map_or_else(|| source.clone(), |beside| format!("{source} ({beside})")))
    }

    /// The sources of several people, each once: two with one role stand for it together.
    pub(super) fn sources(&self, ids: &[ParticipantId]) -> Vec<String> {
        self.each(ids, Self::source)
    }

    /// The same where two of one name have to be told apart.
    pub(super) fn all_apart(&self, ids: &[ParticipantId]) -> Vec<String> {
        self.each(ids, Self::apart)
    }

    fn each(&self, ids: &[ParticipantId], of: impl Fn(&Self, ParticipantId) -> Option<String>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for source in ids.iter().filter_map(|id| of(self, *id)) {
            // Two of one name are two; two of one role stand for it together.
            if *self.naming == Naming::Name || !out.contains(&source) {
                out.push(source);
            }
        }
        out
    }

    /// Who spoke, as source; `None` where nobody is to be named.
    pub(super) fn speakers(&self, point: &PointView) -> Option<String> {
        let point = &point.point;
        match point.attribution {
            Attribution::Named => {
                let mut sources = self.all_apart(&point.speakers);
                // What several said is not put into the mouth of those alone who are named here.
                match point.speakers.iter().filter(|id| self.source(**id).is_none()).count() {
                    0 => {}
                    _ if sources.is_empty() => {}
                    1 => sources.push("another participant".to_owned()),
                    _ => sources.push("others".to_owned()),
                }
                Some(crate::minutes::words::join(&sources))
            }
            Attribution::Unresolved if *self.naming == Naming::Name => Some(literal(point.speaker_text.trim())),
            _ => None,
        }
        .filter(|words| !words.is_empty())
    }

    /// Reads a source; those mentioned in it are named as asked.
    pub(super) fn read(&self, source: &str) -> Inlines {
        let named = self.name_all(parse(source), &mut true);
        crate::model::inline::normal(&named)
    }

    /// The same in one line, trimmed.
    pub(super) fn line(&self, source: &str) -> Inlines {
        one_line(self.read(source))
    }

    /// Reads the words of a point. They are as they were typed, so that names stand in them as plain words: where
    /// people are not named, these are taken for mentions. Of namesakes nobody can say who is meant.
    pub(super) fn said(&self, source: &str) -> Inlines {
        if matches!(self.naming, Naming::Name | Naming::Other(_)) {
            return self.read(source);
        }
        let mut text = source.to_owned();
        for offer in offers(source, &self.record.participants).into_iter().rev() {
            // "Young people said" is not about Mr Young.
            if !offer.is_whole && begins_sentence(source, offer.at.start) {
                continue;
            }
            let with = match offer.participants.as_slice() {
                [one] => mention(source.get(offer.at.clone()).unwrap_or_default(), *one),
                _ if begins_sentence(source, offer.at.start) => "A participant".to_owned(),
                _ => "a participant".to_owned(),
            };
            if let Some(named) = replaced(&text, &offer.at, &with) {
                text = named;
            }
        }
        self.read(&text)
    }

    /// `begins` says whether a sentence begins here: what stands for a name then has a capital.
    fn name_all(&self, inlines: Inlines, begins: &mut bool) -> Inlines {
        let mut named = Inlines::new();
        for inline in inlines {
            match inline {
                Inline::Mention { participant, label } => {
                    named.extend(self.mentioned(participant, label, *begins));
                    *begins = false;
                }
                Inline::Strong(inner) => named.push(Inline::Strong(self.name_all(inner, begins))),
                Inline::Emphasis(inner) => named.push(Inline::Emphasis(self.name_all(inner, begins))),
                Inline::Link { label, url } => named.push(Inline::Link {
                    label: self.name_all(label, begins),
                    url,
                }),
                other => {
                    let words = plain(std::slice::from_ref(&other));
                    let words = words.trim_end();
                    if !words.is_empty() {
                        *begins = words.ends_with(['.', '!', '?']);
                    }
                    named.push(other);
                }
            }
        }
        named
    }

    fn mentioned(&self, id: ParticipantId, label: Inlines, begins: bool) -> Inlines {
        let Some(person) = self.participant(id) else {
            return label;
        };
        if matches!(self.level(person), Naming::Name | Naming::Other(_)) {
            return vec![Inline::Text(person.name.trim().to_owned())];
        }
        let source = self.source(id).unwrap_or_else(|| "a participant".to_owned());
        let mut words = parse(&source);
        if begins {
            capital(&mut words);
        }
        words
    }
}

/// What tells somebody from all others of the name, as source: a role or the group that is theirs alone, else their
/// number in the list of participants. `None` for who is the only one of the name, or is not in the list.
pub(crate) fn beside(person: &Participant, all: &[Participant]) -> Option<String> {
    let is_namesake = |other: &&Participant| other.id != person.id && other.name.trim() == person.name.trim();
    let namesakes: Vec<&Participant> = all.iter().filter(is_namesake).collect();
    if namesakes.is_empty() {
        return None;
    }
    let of = |person: &Participant| -> Vec<String> {
        let roles = person.roles.iter().map(|role| role.trim().to_owned());
        let all = roles.chain(Some(literal(person.group.trim())));
        all.filter(|words| !words.is_empty()).collect()
    };
    let same = |one: &str, other: &str| words(one).to_lowercase() == words(other).to_lowercase();
    let is_theirs = |words: &String| {
        !namesakes
            .iter()
            .any(|other| of(other).iter().any(|also| same(also, words)))
    };
    of(person).into_iter().find(is_theirs).or_else(|| {
        let at = here(all).iter().position(|other| other.id == person.id)?;
        Some(number(at + 1))
    })
}

/// One line: breaks become spaces, edges are trimmed.
pub(super) fn one_line(inlines: Inlines) -> Inlines {
    let spaced = inlines.into_iter().map(|inline| match inline {
        Inline::Break => Inline::Text(" ".to_owned()),
        Inline::Strong(inner) => Inline::Strong(one_line(inner)),
        Inline::Emphasis(inner) => Inline::Emphasis(one_line(inner)),
        Inline::Link { label, url } => Inline::Link {
            label: one_line(label),
            url,
        },
        other => other,
    });
    let mut out = merge(spaced.collect());
    if let Some(Inline::Text(first)) = out.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Inline::Text(last)) = out.last_mut() {
        *last = last.trim_end().to_owned();
    }
    out.retain(|inline| *inline != Inline::Text(String::new()));
    out
}

/// Text of a passage: breaks at its edges set nothing.
pub(super) fn without_edge_breaks(mut inlines: Inlines) -> Inlines {
    while inlines.last() == Some(&Inline::Break) {
        inlines.pop();
    }
    let start = inlines.iter().take_while(|inline| **inline == Inline::Break).count();
    inlines.drain(..start);
    inlines
}

/// Commas that belong to the words, told from those that part a list.
pub(super) fn own_commas(inlines: Inlines) -> Inlines {
    let mut out = Inlines::new();
    for inline in inlines {
        let Inline::Text(text) = inline else {
            out.push(inline);
            continue;
        };
        for (place, piece) in text.split(',').enumerate() {
            if place > 0 {
                out.push(Inline::Comma);
            }
            if !piece.is_empty() {
                out.push(Inline::Text(piece.to_owned()));
            }
        }
    }
    out
}

/// Plain words of a source.
pub(crate) fn words(source: &str) -> String {
    plain(&one_line(parse(source)))
}
