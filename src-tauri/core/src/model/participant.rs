//! Who takes part, and who speaks when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Duty, Nature, OrderKey, ParticipantId, ParticipantState, PersonId, Span, TurnId, TurnKind, noun};

/// A person in this meeting. Identity is the id: two participants may bear one name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Participant {
    /// Identity.
    pub id: ParticipantId,
    /// Who this is across meetings.
    pub person: Option<PersonId>,
    /// Place in the list.
    pub order: OrderKey,
    /// The name, as the list prints it.
    pub name: String,
    /// Roles as of this meeting, in order.
    pub roles: Vec<String>,
    /// Stakeholder group.
    pub group: String,
    /// Initials to type; empty = taken from the name.
    pub initials: String,
    /// Other names and nicks that resolve to this participant.
    pub aliases: Vec<String>,
    /// E-mail address.
    pub email: String,
    /// Id on the meeting platform.
    pub platform_id: String,
    /// Duty in the meeting.
    pub duty: Duty,
    /// Whether here.
    pub state: ParticipantState,
    /// Whether the printed list has them.
    pub listed: bool,
    /// Person, device, bot or telephone.
    pub nature: Nature,
    /// When here.
    pub presence: Vec<Span>,
    /// When this one moderated, once that passed on while the meeting was live.
    pub moderating: Vec<Span>,
    /// When this one kept the minutes, likewise.
    pub reporting: Vec<Span>,
}

noun!(Participant, "participants", "participant", {
    person: Str, order: Str, name: Str, roles: List, group: Str, initials: Str, aliases: List, email: Str,
    platform_id: Str, duty: Str, state: Str, listed: Bool, nature: Str, presence: Spans,
    moderating: Stretches, reporting: Stretches,
});

impl Participant {
    /// An expected participant with a name.
    #[must_use]
    pub fn new(id: ParticipantId, order: OrderKey, name: impl Into<String>) -> Self {
        Self {
            id,
            person: None,
            order,
            name: name.into(),
            roles: Vec::new(),
            group: String::new(),
            initials: String::new(),
            aliases: Vec::new(),
            email: String::new(),
            platform_id: String::new(),
            duty: Duty::default(),
            state: ParticipantState::default(),
            listed: true,
            nature: Nature::default(),
            presence: Vec::new(),
            moderating: Vec::new(),
            reporting: Vec::new(),
        }
    }

    /// Who this is across meetings: who it was said to be, else a person of their own.
    #[must_use]
    pub fn who(&self) -> PersonId {
        self.person.unwrap_or(PersonId(self.id.0))
    }
}

/// Somebody asked for the floor or held it. The queue is the turns not yet begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Turn {
    /// Identity.
    pub id: TurnId,
    /// Who; none while `speaker_text` is unresolved.
    pub participant: Option<ParticipantId>,
    /// The name as typed.
    pub speaker_text: String,
    /// Why.
    pub kind: TurnKind,
    /// What about.
    pub reason: String,
    /// Place in the queue.
    pub order: OrderKey,
    /// When asked, UTC.
    #[ts(type = "string")]
    pub asked: DateTime<Utc>,
    /// When the floor was given, UTC.
    #[ts(type = "string | null")]
    pub began: Option<DateTime<Utc>>,
    /// When it was given up, UTC.
    #[ts(type = "string | null")]
    pub ended: Option<DateTime<Utc>>,
}

noun!(Turn, "turns", "turn", {
    participant: Str, speaker_text: Str, kind: Str, reason: Str, order: Str, asked: Str, began: Str, ended: Str,
});

impl Turn {
    /// Whether this one waits in the queue.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.began.is_none() && self.ended.is_none()
    }

    /// Whether this one holds the floor.
    #[must_use]
    pub fn holds_floor(&self) -> bool {
        self.began.is_some() && self.ended.is_none()
    }
}
