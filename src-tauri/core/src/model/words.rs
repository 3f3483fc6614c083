//! Lists of words that a newer Minuta may extend.
//!
//! Each is written as its word. A word that this version does not know is kept as it stands (`Other`) and written back
//! unchanged: an older laptop must not spoil what a newer one wrote.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $default:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A word of a newer version: shown and kept as it stands.
            Other(String),
        }

        impl $name {
            /// The words of this version, in the order in which a list offers them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as it is stored and sent.
            #[must_use]
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }

            /// Reads a word; an unknown one is kept.
            #[must_use]
            pub fn of(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::of(&String::deserialize(deserializer)?))
            }
        }

        impl ts_rs::TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                stringify!($name).to_owned()
            }
            fn inline(_: &ts_rs::Config) -> String {
                [$(concat!("\"", $word, "\"")),*].join(" | ")
            }
            fn inline_flattened(cfg: &ts_rs::Config) -> String {
                Self::inline(cfg)
            }
            fn decl(cfg: &ts_rs::Config) -> String {
                format!("type {} = {};", stringify!($name), Self::inline(cfg))
            }
            fn decl_concrete(cfg: &ts_rs::Config) -> String {
                Self::decl(cfg)
            }
            fn output_path() -> Option<std::path::PathBuf> {
                Some(concat!(stringify!($name), ".ts").into())
            }
        }
    )*};
}

words! {
    /// What sort of contribution a point is.
    Kind: Remark {
        /// Somebody said something.
        Remark = "remark",
        /// The meeting decided.
        Decision = "decision",
        /// Somebody is to do something.
        Action = "action",
        /// Somebody asked.
        Question = "question",
        /// Somebody proposed; not a decision.
        Proposal = "proposal",
        /// Something to know.
        Information = "information",
    }

    /// Whose words a point holds: a state, never a guess.
    Attribution: Untagged {
        /// Nobody has said yet.
        Untagged = "untagged",
        /// Nobody on purpose: the meeting, a summary.
        Nobody = "nobody",
        /// Somebody, not known who; `unknown` numbers the stranger.
        Unknown = "unknown",
        /// As typed, in `speaker_text`; it fits none or several participants.
        Unresolved = "unresolved",
        /// One or more participants, in `speakers`.
        Named = "named",
    }

    /// What an attribution rests on.
    Basis: None {
        /// On nothing: untagged.
        None = "none",
        /// Typed with the point.
        Typed = "typed",
        /// Whoever held the floor; can be reviewed as such.
        Floor = "floor",
        /// Tagged afterwards.
        Tagged = "tagged",
        /// As an imported file said.
        Imported = "imported",
    }

    /// Where a meeting stands.
    MeetingState: Planned {
        /// Not begun.
        Planned = "planned",
        /// Going on.
        Live = "live",
        /// Interrupted.
        Paused = "paused",
        /// Over.
        Ended = "ended",
    }

    /// Where an agenda item stands.
    ItemState: Pending {
        /// Not begun.
        Pending = "pending",
        /// Being discussed.
        Open = "open",
        /// Dealt with.
        Done = "done",
        /// Left for another meeting.
        Deferred = "deferred",
        /// Passed over in this meeting.
        Skipped = "skipped",
        /// There was nothing to report.
        NoUpdate = "no_update",
    }

    /// Whether somebody is here.
    ParticipantState: Expected {
        /// Invited, not seen yet.
        Expected = "expected",
        /// Here, or was.
        Present = "present",
        /// Sent apologies.
        Apologies = "apologies",
        /// Not here, without apologies.
        Absent = "absent",
    }

    /// A duty in the meeting.
    Duty: None {
        /// None.
        None = "none",
        /// Runs the agenda.
        Moderator = "moderator",
        /// Writes the minutes.
        Rapporteur = "rapporteur",
        /// Both at once.
        Both = "both",
    }

    /// What a row of an attendance list is.
    Nature: Person {
        /// A human being.
        Person = "person",
        /// A room system, a second telephone.
        Device = "device",
        /// A note-taker or recorder.
        Bot = "bot",
        /// A telephone number.
        Telephone = "telephone",
    }

    /// Why somebody asks for the floor.
    TurnKind: NewTopic {
        /// Something new.
        NewTopic = "new_topic",
        /// A reply to what is being said.
        Reply = "reply",
        /// A question about what was said.
        Clarifying = "clarifying",
        /// A matter of procedure.
        PointOfOrder = "point_of_order",
    }

    /// How a passage is set.
    PassageStyle: Paragraph {
        /// A paragraph.
        Paragraph = "paragraph",
        /// An entry of an unordered list.
        Bullet = "bullet",
        /// An entry of an ordered list.
        Number = "number",
        /// A heading below the sections.
        Heading = "heading",
    }

    /// How hours are parted from minutes in the title block and in the next meeting.
    TimeStyle: Dot {
        /// `14.00`.
        Dot = "dot",
        /// `14:00`.
        Colon = "colon",
    }

    /// How people are named in an export.
    Naming: Name {
        /// By name.
        Name = "name",
        /// By role.
        Role = "role",
        /// By stakeholder group.
        Group = "group",
        /// Not at all.
        Unnamed = "unnamed",
    }

    /// Where a report has the decisions and actions.
    Collected: InPlace {
        /// Where they were taken.
        InPlace = "in_place",
        /// In tables at its end.
        Tables = "tables",
        /// In both places.
        Both = "both",
    }
}
