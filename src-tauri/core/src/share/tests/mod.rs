//! The parts of sharing, each by itself.

mod folded;
mod mutated;
mod private;
mod received;
mod sealed;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};

use super::local::Local;
use super::wire::Arrived;
use super::{Taken, join, outgoing, receive, share};
use crate::archive::{Archive, Received};
use crate::edit::capture::enter;
use crate::edit::meeting::{New, create};
use crate::env::{Env, FixedEnv};
use crate::model::MeetingId;
use crate::model::share::Role;
use crate::store::share as rows;

pub(super) fn env(seed: u16) -> Arc<dyn Env> {
    let start = DateTime::parse_from_rfc3339("2026-03-12T13:00:00Z").unwrap().to_utc();
    Arc::new(FixedEnv::new(start, TimeDelta::seconds(1), seed))
}

/// An archive in a folder of its own.
pub(super) struct Laptop {
    pub(super) archive: Archive,
    folder: tempfile::TempDir,
}

impl Laptop {
    pub(super) fn new(seed: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::open(&folder.path().join("a.minuta"), env(seed)).unwrap();
        Self { archive, folder }
    }

    /// A laptop with a shared meeting of which it is the owner.
    pub(super) fn owner() -> (Self, MeetingId) {
        let mut laptop = Self::new(1);
        let new = New {
            series: "Tide Group".to_owned(),
            ..New::default()
        };
        let meeting = create(&mut laptop.archive, &new).unwrap();
        share(&mut laptop.archive, meeting, &[], "Owner").unwrap();
        (laptop, meeting)
    }

    /// Joins by a fresh invitation of the owner's, and each hears of the other.
    pub(super) fn joins(seed: u16, owner: &mut Self, meeting: MeetingId, role: Role) -> Self {
        let mut laptop = Self::new(seed);
        let text = super::invite(&mut owner.archive, meeting, role).unwrap();
        join(&mut laptop.archive, &text, &format!("Laptop {seed}")).unwrap();
        laptop.hears(owner, meeting);
        owner.hears(&mut laptop, meeting);
        laptop
    }

    pub(super) fn says(&mut self, meeting: MeetingId, line: &str) {
        enter(&mut self.archive, meeting, line, None).unwrap();
    }

    pub(super) fn local(&self, meeting: MeetingId) -> Local {
        Local::load(self.archive.conn(), meeting).unwrap()
    }

    /// All that it would publish on an empty hub.
    pub(super) fn messages(&mut self, meeting: MeetingId) -> Vec<Arrived> {
        let packed = self.archive.receive(meeting, |receiving| {
            let local = Local::load(receiving.conn(), meeting)?;
            outgoing::pack(receiving, &local)
        });
        assert!(matches!(packed, Ok(Received::Done(_))));
        let local = self.local(meeting);
        let held = rows::messages(self.archive.conn(), meeting, false).unwrap();
        let sealed = held.iter().enumerate().map(|(place, held)| {
            let message = outgoing::message(self.archive.conn(), self.archive.env(), &local, held)
                .unwrap()
                .unwrap();
            Arrived {
                place: place as u64 + 1,
                lane: message.lane,
                id: message.id,
                bytes: message.bytes,
            }
        });
        sealed.collect()
    }

    /// Takes in all that another holds, on the lanes that it reads.
    pub(super) fn hears(&mut self, other: &mut Self, meeting: MeetingId) -> Taken {
        let lanes = self.local(meeting).row.role.lanes();
        let mut messages = other.messages(meeting);
        messages.retain(|message| lanes.contains(&message.lane));
        receive(&mut self.archive, meeting, &messages).unwrap()
    }

    pub(super) fn texts(&self, meeting: MeetingId) -> Vec<String> {
        let record = self.archive.record(meeting).unwrap();
        record.points.into_iter().map(|view| view.point.text).collect()
    }

    /// Whether nothing at all is wrong with the file.
    pub(super) fn is_whole(&self) -> bool {
        let report = crate::check(&self.folder.path().join("a.minuta"), &*env(99)).unwrap();
        report.findings.is_empty()
    }
}
