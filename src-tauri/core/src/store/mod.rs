//! All SQL: the file, the change log, the projected tables, search. No rules of the record live here.

pub(crate) mod compare;
mod file;
pub(crate) mod log;
pub(crate) mod meta;
pub(crate) mod project;
pub(crate) mod queries;
pub(crate) mod rows;
pub(crate) mod search;

pub(crate) use file::{PrivateCopy, open, open_for_check, prepare, with_suffix};
