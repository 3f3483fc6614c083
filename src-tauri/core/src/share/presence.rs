//! Who is here, and where: said again and again, stored nowhere.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::archive::Archive;
use crate::error::Result;
use crate::model::share::{Lane, MessageId, Role};
use crate::model::{AuthorId, ItemId, PointId};

use super::keys::Signed;
use super::local::Local;

/// Said anew this often.
const EVERY: TimeDelta = TimeDelta::seconds(5);
/// Who was not heard for so long is gone.
const GONE_AFTER: TimeDelta = TimeDelta::seconds(15);
/// What the signature is for.
const PURPOSE: &str = "minuta presence 1";

/// Where somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Whereabouts {
    /// The agenda item that is open before them.
    pub item: Option<ItemId>,
    /// The point that they are editing.
    pub point: Option<PointId>,
}

/// Somebody who is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Present {
    /// Who.
    pub author: AuthorId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they are.
    pub whereabouts: Whereabouts,
}

/// What is said.
#[derive(Serialize, Deserialize)]
struct Said {
    author: AuthorId,
    /// When, in milliseconds: an older word does not undo a newer.
    at: i64,
    gone: bool,
    whereabouts: Whereabouts,
}

/// Who is here, as one archive hears and says it.
#[derive(Debug, Default)]
pub(super) struct Presence {
    own: Whereabouts,
    said: Option<DateTime<Utc>>,
    heard: BTreeMap<AuthorId, (DateTime<Utc>, i64, Present)>,
}

impl Presence {
    pub(super) fn stand(&mut self, whereabouts: Whereabouts) {
        if whereabouts != self.own {
            self.own = whereabouts;
            self.said = None;
        }
    }

    pub(super) fn speak_again(&mut self) {
        self.said = None;
    }

    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.said.is_none_or(|at| now - at >= EVERY)
    }

    pub(super) fn say(&mut self, archive: &Archive, local: &Local) -> Result<Option<Vec<u8>>> {
        self.said = Some(archive.now());
        self.sealed(archive, local, false)
    }

    pub(super) fn goodbye(&mut self, archive: &Archive, local: &Local) -> Result<Option<Vec<u8>>> {
        self.sealed(archive, local, true)
    }

    fn sealed(&self, archive: &Archive, local: &Local, gone: bool) -> Result<Option<Vec<u8>>> {
        let said = Said {
            author: local.row.me,
            at: archive.now().timestamp_millis(),
            gone,
            whereabouts: self.own.clone(),
        };
        let text = serde_json::to_vec(&said)?;
        let signature = local.identity.signing.sign(PURPOSE, &text);
        let plain = [signature.0.as_slice(), &text].concat();
        let Some(epoch) = local.epoch(Lane::Meeting) else {
            return Ok(None);
        };
        local.seal(archive.env(), Lane::Meeting, epoch, &MessageId::default(), &plain)
    }

    /// Hears a word; answers whether it changes anything. What cannot be opened or is not signed is as good as not heard.
    pub(super) fn hear(&mut self, now: DateTime<Utc>, local: &Local, bytes: &[u8]) -> bool {
        let Ok((_, plain)) = local.open(Lane::Meeting, &MessageId::default(), bytes) else {
            return false;
        };
        let Some((signature, text)) = plain.split_first_chunk::<64>() else {
            return false;
        };
        let Ok(said) = serde_json::from_slice::<Said>(text) else {
            return false;
        };
        let Some(known) = local
            .members
            .known
            .get(&said.author)
            .filter(|_| said.author != local.row.me)
        else {
            return false;
        };
        let Some(role) = known.role() else { return false };
        let is_older = self.heard.get(&said.author).is_some_and(|(_, at, _)| *at >= said.at);
        if is_older || !known.key.has_signed(PURPOSE, text, &Signed(*signature)) {
            return false;
        }
        if said.gone {
            return self.heard.remove(&said.author).is_some();
        }
        let present = Present {
            author: said.author,
            name: known.name.clone(),
            role,
            whereabouts: said.whereabouts,
        };
        let before = self.heard.insert(said.author, (now, said.at, present.clone()));
        before.is_none_or(|(_, _, before)| before != present)
    }

    /// Lets those go who were not heard for long; answers whether there were any.
    pub(super) fn let_go(&mut self, now: DateTime<Utc>) -> bool {
        let before = self.heard.len();
        self.heard.retain(|_, (heard, _, _)| now - *heard < GONE_AFTER);
        self.heard.len() != before
    }

    /// Without contact nobody is here; answers with nobody, if somebody was.
    pub(super) fn forget_all(&mut self) -> Option<Vec<Present>> {
        (!std::mem::take(&mut self.heard).is_empty()).then(Vec::new)
    }

    pub(super) fn present(&self) -> Vec<Present> {
        self.heard.values().map(|(_, _, present)| present.clone()).collect()
    }
}
