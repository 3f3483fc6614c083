//! Undo and redo of the author's own actions, over restarts: both read the change log.

use rusqlite::Connection;

use super::Archive;
use crate::document::{Mode, Part};
use crate::error::{Error, Result};
use crate::model::{ActionId, Meeting, MeetingId};
use crate::store::log::{self, Step};
use crate::store::queries;

/// What undo or redo came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// The action, in words; none = there was nothing.
    pub label: Option<String>,
    /// What was left as it is, because it was changed since.
    pub left: Vec<String>,
    /// Whether the meeting itself is gone by it; redo brings it back.
    pub gone: bool,
}

impl Archive {
    /// Takes the author's last action in a meeting back. Where that took a file in as this meeting, the meeting is
    /// deleted.
    ///
    /// # Errors
    /// As [`Archive::write`].
    pub fn undo(&mut self, meeting: MeetingId) -> Result<TakenBack> {
        self.take_back(meeting, Mode::Undo, None)
    }

    /// Does the author's last undone action again.
    ///
    /// # Errors
    /// As [`Archive::write`].
    pub fn redo(&mut self, meeting: MeetingId) -> Result<TakenBack> {
        self.take_back(meeting, Mode::Redo, None)
    }

    /// Takes the author's last action of this name on the archive's own document back. Others there, such as
    /// preferences, are left alone.
    ///
    /// # Errors
    /// As [`Archive::write`].
    pub(crate) fn undo_own(&mut self, intent: &str) -> Result<TakenBack> {
        self.take_back(MeetingId::default(), Mode::Undo, Some(intent))
    }

    /// Does the author's last undone action of this name on the archive's own document again.
    ///
    /// # Errors
    /// As [`Archive::write`].
    pub(crate) fn redo_own(&mut self, intent: &str) -> Result<TakenBack> {
        self.take_back(MeetingId::default(), Mode::Redo, Some(intent))
    }

    /// What undo and redo would do now, in words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn undoable(&self, meeting: MeetingId) -> Result<(Option<String>, Option<String>)> {
        let (undo, redo) = log::history(self.conn(), meeting, &self.author_in(meeting)?.to_string(), None)?;
        Ok((undo.map(|step| step.intent), redo.map(|step| step.intent)))
    }

    fn take_back(&mut self, meeting: MeetingId, mode: Mode, only: Option<&str>) -> Result<TakenBack> {
        let author = self.author_in(meeting)?.to_string();
        let next = |conn: &Connection| -> Result<Option<Step>> {
            let (undo, redo) = log::history(conn, meeting, &author, only)?;
            Ok(if mode == Mode::Redo { redo } else { undo })
        };
        let Some(step) = next(self.conn())? else {
            return Ok(TakenBack::default());
        };
        let target: Option<ActionId> = step.action.parse().ok();
        let changes = log::changes_of(self.conn(), meeting, &author, &step.action)?;
        let left = self.act(meeting, &step.intent, mode, target, |edit| {
            // Another process may have taken the same step back meanwhile: text put back twice would stand twice.
            if next(edit.query()?)?.is_none_or(|now| now.action != step.action) {
                return Err(Error::Busy);
            }
            let mut left = Vec::new();
            if step.makes {
                edit.set_deleted::<Meeting>(Part::Meeting, meeting.0, true)?;
                return Ok(left);
            }
            for (part, hash) in changes {
                left.extend(edit.invert(part, hash)?);
            }
            Ok(left)
        })?;
        let left = left
            .into_iter()
            .map(|(noun, key)| format!("{key} of {}", noun.trim_end_matches('s')))
            .collect();
        Ok(TakenBack {
            gone: meeting != MeetingId::default() && queries::is_deleted(self.conn(), meeting)?,
            label: Some(step.intent),
            left,
        })
    }
}
