//! Identity: one newtype per noun, so that a point's id is never taken for a participant's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A body that meets repeatedly.
    SeriesId,
    /// One sitting.
    MeetingId,
    /// An agenda item or section.
    ItemId,
    /// A line captured live.
    PointId,
    /// A person in one meeting.
    ParticipantId,
    /// A participant across meetings.
    PersonId,
    /// A wish to speak, or the floor held.
    TurnId,
    /// A block of the report.
    PassageId,
    /// A cue of a transcript.
    CueId,
    /// A vote.
    VoteId,
    /// A preference.
    PreferenceId,
    /// A correction.
    CorrectionId,
    /// A published version.
    VersionId,
    /// One action of a user: everything that one key press wrote, and what undo takes back in one go.
    ActionId,
    /// Who writes: one id per archive.
    AuthorId,
}
