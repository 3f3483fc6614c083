//! What can be done to a record: one function an intent, one file a noun. Each runs inside [`crate::Archive::write`].

pub mod agenda;
pub mod body;
pub mod capture;
pub mod cue;
pub mod floor;
pub mod foretell;
pub mod import;
pub mod meeting;
pub mod mend;
pub mod next;
pub mod participant;
pub mod passage;
pub mod person;
pub mod point;
pub mod reconcile;
mod replay;
pub mod review;
pub mod said;

use crate::model::Span;
use chrono::{DateTime, Utc};

/// Opens a stretch of time, unless one is open. A stretch that would begin at the same instant as one on record
/// continues that one.
fn open_span(spans: &mut Vec<Span>, at: DateTime<Utc>) {
    if spans.iter().any(|span| span.to.is_none()) {
        return;
    }
    match spans.iter_mut().find(|span| span.from == at) {
        Some(span) => span.to = None,
        None => spans.push(Span { from: at, to: None }),
    }
}

/// Closes the open stretch of time, if there is one.
fn close_span(spans: &mut [Span], at: DateTime<Utc>) {
    for span in spans.iter_mut().filter(|span| span.to.is_none()) {
        // A clock that was set back must not end a stretch before it began.
        span.to = Some(at.max(span.from));
    }
}
