//! All SQL: the file, the change log, the projected tables, search. No rules of the record live here.

pub(crate) mod compare;
pub(crate) mod contest;
mod copy;
pub(crate) mod directory;
mod file;
pub(crate) mod hits;
pub(crate) mod log;
pub(crate) mod meta;
pub(crate) mod project;
pub(crate) mod queries;
pub(crate) mod register;
pub(crate) mod rows;
pub(crate) mod scan;
pub(crate) mod search;
pub(crate) mod share;

pub(crate) use copy::{Copied, PrivateCopy, open_for_check};
pub(crate) use file::{keep_log, open, prepare, with_suffix};
