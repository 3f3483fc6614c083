//! What the archive knows beside the meetings: bodies that meet repeatedly, and the user's own preferences.

use serde::{Deserialize, Serialize};

use super::{Naming, PersonId, PreferenceId, SeriesId, TimeStyle, noun};

/// A body that meets repeatedly, and how its reports are made. Structured settings are JSON text, so that a later
/// version can add to them without touching this one's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Series {
    /// Identity.
    pub id: SeriesId,
    /// The body's full name.
    pub name: String,
    /// Its abbreviation.
    pub short: String,
    /// Languages of its documents (BCP 47), the first being the default.
    pub languages: Vec<String>,
    /// How hours are written.
    pub time_style: TimeStyle,
    /// How dates are written; empty = by language.
    pub date_style: String,
    /// How people are named.
    pub naming: Naming,
    /// From how many people "some", "several", "many" count; JSON.
    pub thresholds: String,
    /// A number, or a share such as `1/2`; empty = none.
    pub quorum: String,
    /// Seconds a speaker may have; 0 = no limit.
    pub speaking_limit: u32,
    /// Text that every report carries.
    pub boilerplate: String,
    /// Titles of items that every agenda has.
    pub standing_items: Vec<String>,
    /// The phrases that the report view offers.
    pub phrases: Vec<String>,
    /// Page layout; JSON.
    pub layout: String,
}

noun!(Series, "series", "series", {
    name: Str, short: Str, languages: List, time_style: Str, date_style: Str, naming: Str, thresholds: Str, quorum: Str,
    speaking_limit: Int, boilerplate: Str, standing_items: List, phrases: List, layout: Str,
});

impl Series {
    /// A series with its names and everything else as usual.
    #[must_use]
    pub fn new(id: SeriesId, name: impl Into<String>, short: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            short: short.into(),
            languages: Vec::new(),
            time_style: TimeStyle::default(),
            date_style: String::new(),
            naming: Naming::default(),
            thresholds: String::new(),
            quorum: String::new(),
            speaking_limit: 0,
            boilerplate: String::new(),
            standing_items: Vec::new(),
            phrases: Vec::new(),
            layout: String::new(),
        }
    }
}

/// One preference of the user: a key of their own under an id derived from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Preference {
    /// Identity.
    pub id: PreferenceId,
    /// What it is about (`theme`, `keys.next`).
    pub key: String,
    /// Its value; JSON.
    pub value: String,
}

noun!(Preference, "preferences", "preference", { key: Str, value: Str });

/// What the user decided about a person across meetings; the directory itself is derived from the participants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// The person that this one was merged into.
    pub into: Option<PersonId>,
}

noun!(Person, "persons", "person", { into: Str });
