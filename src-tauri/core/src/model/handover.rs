//! Who held a duty of the meeting from when to when, and how it passed on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Duty, Participant, ParticipantId, Span};

/// A duty passed on while the meeting went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Handover {
    /// Moderator or rapporteur.
    pub duty: Duty,
    /// When, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Who held it until then; empty where nobody did.
    pub from: Vec<ParticipantId>,
    /// Who holds it from then on; empty where nobody does.
    pub to: Vec<ParticipantId>,
}

impl Participant {
    /// When this one held a duty; empty where it never passed on while the meeting was live.
    #[must_use]
    pub fn held(&self, duty: &Duty) -> &[Span] {
        match duty {
            Duty::Moderator => &self.moderating,
            Duty::Rapporteur => &self.reporting,
            _ => &[],
        }
    }

    /// Whether this one has a duty, or had it for a part of the meeting.
    #[must_use]
    pub fn has_held(&self, duty: &Duty) -> bool {
        self.duty == *duty || self.duty == Duty::Both || !self.held(duty).is_empty()
    }
}

/// Every handover, in order of time.
#[must_use]
pub fn handovers(participants: &[Participant]) -> Vec<Handover> {
    let mut found: Vec<Handover> = Vec::new();
    for duty in [Duty::Moderator, Duty::Rapporteur] {
        let mut times: Vec<DateTime<Utc>> = participants
            .iter()
            .flat_map(|person| person.held(&duty))
            .flat_map(|span| [Some(span.from), span.to])
            .flatten()
            .collect();
        times.sort_unstable();
        times.dedup();
        // What began with the meeting was handed over by nobody.
        for at in times.into_iter().skip(1) {
            let those = |is: &dyn Fn(&Span) -> bool| -> Vec<ParticipantId> {
                participants
                    .iter()
                    .filter(|person| person.held(&duty).iter().any(is))
                    .map(|person| person.id)
                    .collect()
            };
            found.push(Handover {
                duty: duty.clone(),
                at,
                from: those(&|span| span.to == Some(at)),
                to: those(&|span| span.from == at),
            });
        }
    }
    found.sort_by_key(|handover| handover.at);
    found
}
