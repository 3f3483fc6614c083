//! The one door for writes.
//!
//! An action is one immediate transaction: take in what other processes appended, edit the documents, append the
//! changes, project what they touched, commit to the disk, and only then answer. If anything fails the documents in
//! memory are dropped and read again from the log, which nothing of the action reached.

use std::collections::HashMap;
use std::sync::Arc;

use automerge::Change;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use super::{Archive, KEPT_DOCUMENTS};
use crate::document::{Document, Message, Mode, Part};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::share::Role;
use crate::model::{ActionId, AuthorId, Meeting, MeetingId, Noun, Record};
use crate::store::log::{self, Key, Loaded, Seen};
use crate::store::{contest, project, queries, rows, share};

/// From so many on, new entities are put in at one go, which is a change of its own.
const MANY: usize = 32;

/// So many at one go: the library holds what it takes in unpacked, every letter of a text by itself.
const PORTION: usize = 1024;

/// An action under way.
#[derive(Debug)]
pub struct Edit<'a> {
    conn: &'a Connection,
    documents: &'a mut HashMap<Key, Loaded>,
    /// Documents this action has looked at: they are up to date with the log.
    fresh: Vec<Key>,
    env: &'a dyn Env,
    meeting: MeetingId,
    message: Message,
    now: DateTime<Utc>,
    /// When what is being entered happened, if not now.
    moment: Option<DateTime<Utc>>,
}

impl Archive {
    /// Runs one action on a meeting. `intent` says in words what it does ("point added"), for undo and history.
    ///
    /// # Errors
    /// What `act` refuses with, or why it could not be saved; in either case nothing of it is in the record.
    pub fn write<R>(
        &mut self,
        meeting: MeetingId,
        intent: &str,
        act: impl FnOnce(&mut Edit<'_>) -> Result<R>,
    ) -> Result<R> {
        self.act(meeting, intent, Mode::Do, None, act)
    }

    /// Runs the action that makes a meeting.
    pub(crate) fn make<R>(
        &mut self,
        meeting: MeetingId,
        intent: &str,
        act: impl FnOnce(&mut Edit<'_>) -> Result<R>,
    ) -> Result<R> {
        self.act(meeting, intent, Mode::Make, None, act)
    }

    pub(super) fn act<R>(
        &mut self,
        meeting: MeetingId,
        intent: &str,
        mode: Mode,
        target: Option<ActionId>,
        act: impl FnOnce(&mut Edit<'_>) -> Result<R>,
    ) -> Result<R> {
        self.require_writable()?;
        self.make_room(meeting);
        let author = match share::myself(&self.conn, meeting)? {
            Some((_, Role::Observer)) => {
                return Err(Error::ReadOnly(
                    "this meeting is shared with you for reading. Nothing was written".to_owned(),
                ));
            }
            Some((me, _)) => me,
            None => self.author,
        };
        let message = Message {
            author,
            action: ActionId(self.env.fresh_id()),
            mode,
            target,
            intent: intent.to_owned(),
        };
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut edit = Edit {
            conn: &transaction,
            documents: &mut self.documents,
            fresh: Vec::new(),
            env: self.env.as_ref(),
            meeting,
            message,
            now: self.env.now(),
            moment: None,
        };
        let outcome = act(&mut edit).and_then(|answer| edit.save().map(|()| answer));
        let fresh = std::mem::take(&mut edit.fresh);
        let rehearsing = self.rehearsal.is_some();
        let outcome = match outcome {
            // It was only tried out: what came of it is kept aside, and the transaction rolls back.
            Ok(answer) if rehearsing => queries::record(&transaction, meeting).map(|record| {
                self.rehearsal = Some(Some(Box::new(record)));
                drop(transaction);
                answer
            }),
            Ok(answer) => transaction.commit().map_err(Error::from).map(|()| answer),
            Err(error) => {
                // The transaction rolls back when it is dropped.
                drop(transaction);
                Err(error)
            }
        };
        if outcome.is_err() || rehearsing {
            for key in fresh {
                self.documents.remove(&key);
            }
        }
        outcome
    }

    /// Tries one action out: what it would answer, and the meeting's record as it would be. Nothing of it stays.
    ///
    /// # Errors
    /// What the action refuses with.
    pub fn rehearse<R>(&mut self, act: impl FnOnce(&mut Self) -> Result<R>) -> Result<(R, Record)> {
        self.rehearsal = Some(None);
        let outcome = act(self);
        let record = self.rehearsal.take().flatten();
        match (outcome?, record) {
            (answer, Some(record)) => Ok((answer, *record)),
            (_, None) => Err(Error::Internal("what was tried out was no action".to_owned())),
        }
    }

    /// Lets go of documents of other meetings when many have gathered.
    pub(super) fn make_room(&mut self, meeting: MeetingId) {
        if self.documents.len() > KEPT_DOCUMENTS {
            self.documents
                .retain(|key, _| key.0 == meeting || key.1 == Part::Archive);
        }
    }
}

impl<'a> Edit<'a> {
    /// When the action happens, UTC; while a log is imported, when its line was said.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.moment.unwrap_or(self.now)
    }

    /// From here on what is entered happened at this moment (a line of a log); none = now.
    pub(crate) fn as_of(&mut self, moment: Option<DateTime<Utc>>) {
        self.moment = moment;
    }

    /// The documents in memory.
    pub(super) fn documents(&self) -> &HashMap<Key, Loaded> {
        self.documents
    }

    /// The clock and the source of ids.
    pub(super) fn env(&self) -> &dyn Env {
        self.env
    }

    /// A fresh id.
    #[must_use]
    pub fn fresh_id(&self) -> Uuid {
        self.env.fresh_id()
    }

    /// The meeting that the action is on.
    #[must_use]
    pub fn meeting(&self) -> MeetingId {
        self.meeting
    }

    /// Who acts.
    #[must_use]
    pub fn author(&self) -> AuthorId {
        self.message.author
    }

    /// Says in words what the action turned out to be.
    pub fn set_intent(&mut self, intent: impl Into<String>) {
        self.message.intent = intent.into();
    }

    fn key(&self, part: Part) -> Key {
        (
            if part == Part::Archive {
                MeetingId::default()
            } else {
                self.meeting
            },
            part,
        )
    }

    /// The document, up to date; made where there is none.
    pub(crate) fn document(&mut self, part: Part) -> Result<&mut Document> {
        Ok(&mut self.loaded(part)?.document)
    }

    fn loaded(&mut self, part: Part) -> Result<&mut Loaded> {
        let key = self.key(part);
        if !self.fresh.contains(&key) {
            self.fresh.push(key);
            if !self.documents.contains_key(&key) {
                let actor = self.env.fresh_id();
                let loaded = match log::document_row(self.conn, key)? {
                    Some(row) => log::load(self.conn, row, actor)?,
                    None => log::create(self.conn, key, actor)?,
                };
                self.documents.insert(key, loaded);
            } else if let Some(loaded) = self.documents.get_mut(&key) {
                log::catch_up(self.conn, loaded)?;
            }
        }
        self.documents
            .get_mut(&key)
            .ok_or_else(|| Error::Internal("a document vanished".to_owned()))
    }

    /// Reads an entity of a part, unless it is deleted. The meeting's facts are read under the meeting's id.
    pub(crate) fn read<T: Noun>(&mut self, part: Part, id: Uuid) -> Result<Option<T>> {
        Ok(self
            .document(part)?
            .read::<T>(id)?
            .filter(|(_, deleted)| !deleted)
            .map(|(value, _)| value))
    }

    /// Puts a new entity in.
    pub(crate) fn insert<T: Noun>(&mut self, part: Part, value: &T) -> Result<()> {
        self.document(part)?.insert(value)
    }

    /// Puts new entities in.
    pub(crate) fn insert_all<'v, T: Noun + 'v>(
        &mut self,
        part: Part,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Result<()> {
        let values: Vec<&T> = values.into_iter().collect();
        if values.len() < MANY || !self.document(part)?.are_new(&values) {
            return values.into_iter().try_for_each(|value| self.insert(part, value));
        }
        // What is pending comes before.
        self.save()?;
        let (message, at) = (self.message.clone(), self.now.timestamp());
        for portion in values.chunks(PORTION) {
            let actor = self.env.fresh_id();
            let change = self.document(part)?.insert_all(portion, actor, &message, at)?;
            self.append(part, Some(change))?;
        }
        Ok(())
    }

    /// Changes an entity: only the fields that `change` changes are written.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or deleted.
    pub(crate) fn update<T: Noun>(&mut self, part: Part, id: Uuid, change: impl FnOnce(&mut T)) -> Result<T> {
        let before: T = self
            .read(part, id)?
            .ok_or_else(|| Error::NotFound(format!("there is no {} {id}", T::TABLE)))?;
        let mut after = before.clone();
        change(&mut after);
        self.document(part)?.update(&before, &after, None)?;
        Ok(after)
    }

    /// Sets or lifts an entity's tombstone.
    pub(crate) fn set_deleted<T: Noun>(&mut self, part: Part, id: Uuid, deleted: bool) -> Result<()> {
        self.document(part)?.set_deleted::<T>(id, deleted)
    }

    /// Rewrites a text as it stood at `rev`, so that what a colleague wrote since stays.
    pub(crate) fn write_text<T: Noun>(&mut self, part: Part, id: Uuid, text: &str, rev: &str) -> Result<()> {
        // What is pending belongs to today's state, not to the one the editor was opened at.
        self.save()?;
        let (message, at) = (self.message.clone(), self.now.timestamp());
        let change = self.document(part)?.write_text::<T>(id, text, rev, &message, at)?;
        self.append(part, change)
    }

    /// Takes a change of a document back; answers with what was left because it was changed since.
    pub(super) fn invert(&mut self, part: Part, hash: automerge::ChangeHash) -> Result<Vec<(&'static str, String)>> {
        let (message, at) = (self.message.clone(), self.now.timestamp());
        let inverse = self.document(part)?.invert(hash, &message, at)?;
        for change in inverse.changes {
            self.append(part, Some(change))?;
        }
        Ok(inverse.left)
    }

    fn append(&mut self, part: Part, change: Option<Change>) -> Result<()> {
        let key = self.key(part);
        if let (Some(change), Some(loaded)) = (change, self.documents.get_mut(&key)) {
            let message = log::message_of(&change);
            loaded.seq = log::append(self.conn, key, loaded.row, &change, message.as_ref())?;
        }
        Ok(())
    }

    /// Joins another document of the meeting into this archive's, as if it had come over a wire.
    #[cfg(test)]
    pub(super) fn take_in(&mut self, part: Part, changes: &[Change]) -> Result<()> {
        self.loaded(part)?;
        self.save()?;
        let mut theirs = Document::genesis(self.env.fresh_id())?;
        theirs.apply(changes.to_vec())?;
        let document = self.document(part)?;
        let heads = document.heads();
        document.merge(&mut theirs)?;
        for change in document.changes_since(&heads) {
            self.append(part, Some(change))?;
        }
        self.save()
    }

    /// Appends what was edited so far and projects it, so that queries of this action see it.
    pub(crate) fn save(&mut self) -> Result<()> {
        let at = self.now.timestamp();
        for key in self.fresh.clone() {
            let Some(loaded) = self.documents.get_mut(&key) else {
                continue;
            };
            if let Some(change) = loaded.document.commit(&self.message, at)? {
                loaded.seq = log::append(self.conn, key, loaded.row, &change, Some(&self.message))?;
            }
            let touched = loaded.document.take_touched();
            loaded.seen.forget(&touched);
            project::touched(self.conn, &loaded.document, loaded.row, key, &touched)?;
            contest::review(self.conn, loaded, key)?;
        }
        Ok(())
    }

    /// The connection, for queries; what was edited before is in the tables.
    pub(crate) fn query(&mut self) -> Result<&'a Connection> {
        self.save()?;
        Ok(self.conn)
    }

    /// The meeting's facts, as they are with what is pending; none where there is no such meeting.
    pub(crate) fn facts(&mut self) -> Result<Option<Arc<Meeting>>> {
        let id = self.meeting;
        let loaded = self.loaded(Part::Meeting)?;
        let is_pending = loaded.document.has_touched(Meeting::ROOT);
        if !is_pending && let Some(known) = &loaded.seen.facts {
            return Ok(Some(Arc::clone(known)));
        }
        let found = loaded.document.read::<Meeting>(id.0)?;
        let found = found.and_then(|(facts, deleted)| (!deleted).then(|| Arc::new(facts)));
        if !is_pending {
            loaded.seen.facts.clone_from(&found);
        }
        Ok(found)
    }

    /// What was read of the meeting before and still holds, else read now.
    pub(crate) fn remembered<T>(
        &mut self,
        slot: fn(&mut Seen) -> &mut Option<Arc<T>>,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<Arc<T>> {
        // What is pending may touch it.
        self.save()?;
        if let Some(known) = slot(&mut self.loaded(Part::Meeting)?.seen) {
            return Ok(Arc::clone(known));
        }
        let fresh = Arc::new(read(self)?);
        *slot(&mut self.loaded(Part::Meeting)?.seen) = Some(Arc::clone(&fresh));
        Ok(fresh)
    }

    /// An entity by its row, in whichever part it lies.
    pub(crate) fn find<T: Noun>(&mut self, id: Uuid) -> Result<Option<T>> {
        let meeting = self.meeting.to_string();
        rows::by_id(self.query()?, &meeting, id)
    }
}
