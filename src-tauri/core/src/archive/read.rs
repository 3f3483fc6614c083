//! What readers ask of the archive. Rows only: nothing here waits for a document.

use std::sync::Arc;

use rusqlite::{Transaction, TransactionBehavior};

use super::Archive;
use crate::error::Result;
use crate::model::{
    ActionRow, DecisionRow, DirectoryPerson, Hit, ItemId, Lens, Meeting, MeetingId, MeetingRow, PeopleAsked, PointId,
    PointView, Record, RegisterAsked, ReportSettings, Series,
};
use crate::store::{directory, hits, meta, project, queries, register, search};

/// What a report is made of, as it was read at one moment: for work that takes longer than the archive should be held.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// The whole record.
    pub(crate) record: Record,
    /// How the body's reports are made.
    pub(crate) settings: ReportSettings,
}

/// The last snapshot, and what it is of: a meeting, and the numbers that change with every write.
#[derive(Debug)]
pub(super) struct Read {
    of: (MeetingId, i64, u64),
    snapshot: Arc<Snapshot>,
}

impl Archive {
    /// The record and the settings of its body. It is read anew only where something was written since.
    pub(crate) fn snapshot(&mut self, meeting: MeetingId) -> Result<Arc<Snapshot>> {
        let of = (meeting, self.data_version()?, self.written());
        if let Some(read) = self.read.as_ref().filter(|read| read.of == of) {
            return Ok(Arc::clone(&read.snapshot));
        }
        // What is out of date goes first: a long record is not held twice.
        self.read = None;
        let snapshot = Arc::new(Snapshot {
            record: self.record(meeting)?,
            settings: self.report_settings(meeting)?,
        });
        self.read = Some(Read {
            of,
            snapshot: Arc::clone(&snapshot),
        });
        Ok(snapshot)
    }

    /// The meetings, newest first.
    ///
    /// # Errors
    /// When the file cannot be read; so for all here.
    pub fn meetings(&self) -> Result<Vec<MeetingRow>> {
        queries::meetings(self.conn())
    }

    /// The meeting whose id begins with `typed`, or the one made last for `latest`.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for none, [`crate::Error::Invalid`] for several.
    pub fn meeting_by_prefix(&self, typed: &str) -> Result<MeetingId> {
        queries::meeting_by_prefix(self.conn(), typed)
    }

    /// A meeting's facts.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn meeting(&self, id: MeetingId) -> Result<Meeting> {
        queries::meeting(self.conn(), id)
    }

    /// The whole record of a meeting.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn record(&self, id: MeetingId) -> Result<Record> {
        queries::record(self.conn(), id)
    }

    /// How the reports of a meeting's body are made.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn report_settings(&self, id: MeetingId) -> Result<ReportSettings> {
        let facts = queries::meeting(self.conn(), id)?;
        let series = queries::series_of(self.conn(), &facts)?;
        Ok(series.as_ref().map(ReportSettings::of).unwrap_or_default())
    }

    /// The last points before one, or of all, through a lens; and whether there are earlier ones.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for an unknown point.
    pub fn page(
        &self,
        meeting: MeetingId,
        before: Option<PointId>,
        item: Option<ItemId>,
        lens: Lens,
        limit: u32,
    ) -> Result<(Vec<PointView>, bool)> {
        queries::page(self.conn(), meeting, before, item, lens, limit)
    }

    /// The newest points, passages and cues that match words and filters ([`crate::model::Sought`]). The index takes in first what waits for it.
    ///
    /// # Errors
    /// When the file cannot be read, or another process writes to it for long.
    pub fn search(&self, typed: &str, limit: u32) -> Result<Vec<Hit>> {
        if search::pending(self.conn())?.is_empty() {
            return hits::hits(self.conn(), typed, limit);
        }
        let transaction = Transaction::new_unchecked(self.conn(), TransactionBehavior::Immediate)?;
        project::index_pending(&transaction)?;
        let hits = hits::hits(&transaction, typed, limit)?;
        // On a full disk it is not kept; what was found is right all the same, and the next search does it again.
        let _ = transaction.commit();
        Ok(hits)
    }

    /// Who people are across meetings, by name: those whom these words mean, or all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(&self, asked: &PeopleAsked) -> Result<Vec<DirectoryPerson>> {
        directory::people_with(self.conn(), &asked.words, self.env().now())
    }

    /// The bodies that meet, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn series(&self) -> Result<Vec<Series>> {
        queries::series(self.conn())
    }

    /// The actions of all meetings: first what is due first, what is done last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn actions(&self, asked: &RegisterAsked) -> Result<Vec<ActionRow>> {
        register::actions(self.conn(), asked, self.env().now())
    }

    /// The decisions of all meetings, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn decisions(&self, asked: &RegisterAsked) -> Result<Vec<DecisionRow>> {
        register::decisions(self.conn(), asked)
    }

    /// The unfinished line of a meeting.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn draft(&self, meeting: MeetingId) -> Result<String> {
        meta::draft(self.conn(), meeting)
    }

    /// Stores the unfinished line of a meeting.
    ///
    /// # Errors
    /// When it could not be saved.
    pub fn set_draft(&self, meeting: MeetingId, text: &str) -> Result<()> {
        self.require_writable()?;
        meta::set_draft(self.conn(), meeting, text)
    }
}
