//! What two laptops said differently at once, and no rule can decide: shown, to be settled by somebody.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::{
    AuthorId, Correction, Cue, Field, Item, Meeting, Noun, Participant, Passage, Person, Point, Preference, Series,
    Turn, Version, Vote, for_each_noun,
};

/// The aspect of whether a thing is there at all.
pub const DELETED: &str = "deleted";
/// The aspect of a thing as a whole, where two made one under the same id (a point that both took off the record).
pub const MADE: &str = "made";
/// The aspect of words that two can write in at once.
pub const TEXT: &str = "text";
/// The aspect of who spoke.
pub const SPEAKERS: &str = "speakers";
/// The aspect of who is to do it.
pub const OWNERS: &str = "owners";
/// The aspect of where a thing stands.
pub const PLACE: &str = "place";
/// Of a thing deleted here: the key of what was written beneath it, or named it, there. A list of [`Leaf`]s, the
/// earliest made first, of which a great many are not all told: [`BENEATH_IN_ALL`] says how many there are.
pub const BENEATH: &str = "beneath";
/// How many things [`BENEATH`] stands for.
pub const BENEATH_IN_ALL: &str = "beneath_in_all";

/// An aspect of a thing that two or more authors set at once, to different values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// The root map of the thing.
    pub root: String,
    /// The thing; nil for the meeting's own facts.
    pub id: Uuid,
    /// Which of it.
    pub aspect: String,
    /// What each of them made of it, the earliest first.
    pub versions: Vec<Stand>,
}

/// One of the versions in a contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// The change that set it.
    pub change: String,
    /// Who.
    pub author: AuthorId,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// The fields that the aspect is made of, as they were then; what is missing is empty. Of a thing deleted here and
    /// edited there, the one side says `deleted`, the other has the fields that it edited, and what it wrote
    /// [`BENEATH`].
    pub value: Map<String, Json>,
}

/// One of the things written beneath another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Leaf {
    /// Which one.
    pub id: Uuid,
    /// Its root map.
    pub root: String,
}

/// How things of one root map stand beneath those of another, or name them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The root map of the thing that has the field.
    pub(crate) root: &'static str,
    /// The field.
    pub(crate) key: &'static str,
    /// The root map of the other.
    pub(crate) to: &'static str,
    /// Whether whoever edits the one works on the other too; else only who sets the field does.
    pub(crate) is_place: bool,
}

const fn place(root: &'static str, key: &'static str) -> Link {
    Link {
        root,
        key,
        to: Item::ROOT,
        is_place: true,
    }
}

const fn naming(root: &'static str, key: &'static str) -> Link {
    Link {
        root,
        key,
        to: Participant::ROOT,
        is_place: false,
    }
}

/// What stands beneath an item, and what names a participant.
pub(crate) const LINKS: &[Link] = &[
    place("points", "item"),
    place("passages", "item"),
    place("votes", "item"),
    place("items", "parent"),
    naming("points", SPEAKERS),
    naming("points", OWNERS),
    naming("turns", "participant"),
    naming("cues", "participant"),
    naming("items", "presenter"),
];

/// The stored fields of a root map.
#[must_use]
pub fn fields_of(root: &str) -> &'static [Field] {
    macro_rules! one_of {
        ($($noun:ident),*) => {
            match root {
                $(root if root == $noun::ROOT => $noun::FIELDS,)*
                _ => &[],
            }
        };
    }
    for_each_noun!(one_of)
}

/// Fields that are one decision together: root map, aspect, the fields that are written with it. The first of them
/// says that the aspect was touched where the rest only follows it (`PLACE`); else any does.
const TOGETHER: &[(&str, &str, &[&str])] = &[
    (
        "points",
        SPEAKERS,
        &["attribution", "basis", "unknown", "speakers", "speaker_text"],
    ),
    ("points", OWNERS, &["owners", "owner_text"]),
    ("points", PLACE, &["item", "order"]),
    ("passages", PLACE, &["item", "order"]),
    ("items", PLACE, &["parent", "order"]),
    ("meeting", "next meeting", &["next_starts", "next_zone", "next_text"]),
    ("turns", "participant", &["participant", "speaker_text"]),
    ("cues", "participant", &["participant", "speaker_text"]),
];

/// Fields that need nobody to decide: what both set is joined, or follows from how the meeting goes on.
const JOINED: &[(&str, &[&str])] = &[
    ("meeting", &["item", "live"]),
    ("items", &["order", "open"]),
    ("points", &["order", "at", "continues", "raw", "source", "source_line"]),
    ("passages", &["order", "sources"]),
    (
        "participants",
        &["order", "presence", "moderating", "reporting", "platform_id"],
    ),
    ("turns", &["order", "asked", "began", "ended"]),
];

/// The aspect that a key of a thing belongs to; none where nobody has to decide about it.
#[must_use]
pub fn aspect_of(root: &str, key: &str) -> Option<&'static str> {
    if key == DELETED {
        return Some(DELETED);
    }
    let together = TOGETHER.iter().find(|(of, aspect, keys)| {
        *of == root
            && if *aspect == PLACE {
                keys.first() == Some(&key)
            } else {
                keys.contains(&key)
            }
    });
    if let Some((_, aspect, _)) = together {
        return Some(aspect);
    }
    if JOINED.iter().any(|(of, keys)| *of == root && keys.contains(&key)) {
        return None;
    }
    fields_of(root)
        .iter()
        .find(|field| field.key == key)
        .map(|field| field.key)
}

/// The aspect of this name.
#[must_use]
pub fn aspect_named(root: &str, name: &str) -> Option<&'static str> {
    if let Some(own) = [DELETED, MADE].into_iter().find(|own| *own == name) {
        return Some(own);
    }
    let together = TOGETHER.iter().find(|(of, aspect, _)| *of == root && *aspect == name);
    together
        .map(|(_, aspect, _)| *aspect)
        .or_else(|| aspect_of(root, name).filter(|aspect| *aspect == name))
}

/// The fields that an aspect is made of.
#[must_use]
pub fn fields_in(root: &str, aspect: &str) -> Vec<&'static Field> {
    let together = TOGETHER.iter().find(|(of, named, _)| *of == root && *named == aspect);
    let is_in = |field: &&Field| match together {
        Some((_, _, keys)) => keys.contains(&field.key),
        None if aspect == MADE => aspect_of(root, field.key).is_some(),
        None => field.key == aspect,
    };
    fields_of(root).iter().filter(is_in).collect()
}

/// What two versions are compared by: where a thing stands, and not how far down; who spoke, and not how one knows; the
/// minute, and not the second at which each of two pressed the key.
#[must_use]
pub fn decisive(root: &str, aspect: &str, value: &Map<String, Json>) -> Map<String, Json> {
    let mut value = value.clone();
    if aspect == PLACE {
        let first = TOGETHER.iter().find(|(of, named, _)| *of == root && *named == aspect);
        let key = first.and_then(|(_, _, keys)| keys.first().copied());
        value.retain(|own, _| Some(own.as_str()) == key);
    } else if aspect == SPEAKERS {
        value.remove("basis");
        let is_named = value.get("attribution").and_then(Json::as_str) == Some("named");
        if is_named {
            value.remove("speaker_text");
        }
    }
    for value in value.values_mut() {
        let instant = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        if let Some(at) = instant {
            *value = Json::from(at.to_utc().format("%Y-%m-%dT%H:%MZ").to_string());
        }
    }
    value.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Shape;

    #[test]
    fn every_key_of_a_table_is_a_field() {
        let named = |root: &str, key: &str| fields_of(root).iter().any(|field| field.key == key);
        for (root, aspect, keys) in TOGETHER {
            assert!(keys.iter().all(|key| named(root, key)), "{root} {aspect}");
            assert_eq!(fields_in(root, aspect).len(), keys.len());
            assert_eq!(aspect_named(root, aspect), Some(*aspect));
        }
        for (root, keys) in JOINED {
            for key in *keys {
                assert!(named(root, key), "{root} {key}");
                assert_eq!(aspect_of(root, key), None);
            }
        }
    }

    #[test]
    fn what_links_to_another_is_a_field_and_decided_about() {
        for link in LINKS {
            let field = fields_of(link.root).iter().find(|field| field.key == link.key);
            assert!(field.is_some_and(|field| matches!(field.shape, Shape::Str | Shape::Set)));
            // Of a set only the aspect says which field it is that a key was put in.
            let aspect = aspect_of(link.root, link.key).map(|aspect| fields_in(link.root, aspect));
            let sets = aspect
                .iter()
                .flatten()
                .filter(|field| field.shape == Shape::Set)
                .count();
            assert_eq!(
                sets,
                usize::from(field.is_some_and(|field| field.shape == Shape::Set)),
                "{link:?}"
            );
        }
    }

    #[test]
    fn who_spoke_is_one_decision() {
        assert_eq!(aspect_of("points", "speaker_text"), Some(SPEAKERS));
        assert_eq!(aspect_of("points", "kind"), Some("kind"));
        assert_eq!(aspect_of("points", "item"), Some(PLACE));
        assert_eq!(aspect_of("points", "order"), None);
        assert_eq!(aspect_of("points", "nonsense"), None);
    }
}
