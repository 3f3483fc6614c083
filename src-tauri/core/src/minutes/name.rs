//! How people appear in a document: by name, by role, by group, or not at all.

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

    /// The sources of several people, each once: two with one role stand for it together.
    pub(super) fn sources(&self, ids: &[ParticipantId]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for source in ids.iter().filter_map(|id| self.source(*id)) {
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
                let mut sources = self.sources(&point.speakers);
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
        self.name_all(parse(source))
    }

    /// The same in one line, trimmed.
    pub(super) fn line(&self, source: &str) -> Inlines {
        one_line(self.read(source))
    }

    fn name_all(&self, inlines: Inlines) -> Inlines {
        let named = inlines.into_iter().flat_map(|inline| match inline {
            Inline::Mention { participant, label } => match self.participant(participant) {
                None => label,
                Some(person) if matches!(self.level(person), Naming::Name | Naming::Other(_)) => {
                    vec![Inline::Text(person.name.trim().to_owned())]
                }
                Some(_) => self.source(participant).map_or_else(
                    || vec![Inline::Text("a participant".to_owned())],
                    |source| parse(&source),
                ),
            },
            Inline::Strong(inner) => vec![Inline::Strong(self.name_all(inner))],
            Inline::Emphasis(inner) => vec![Inline::Emphasis(self.name_all(inner))],
            Inline::Link { label, url } => vec![Inline::Link {
                label: self.name_all(label),
                url,
            }],
            other => vec![other],
        });
        crate::model::inline::normal(&named.collect::<Vec<_>>())
    }
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
pub(super) fn words(source: &str) -> String {
    plain(&one_line(parse(source)))
}
