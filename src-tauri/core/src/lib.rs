//! Minuta's core: everything but the window.
//!
//! Arrows go down only: `api` → `publish`, `sample` → `edit`, `share` → `archive` → `export`, `import`, `store` → `capture`,
//! `document`, `minutes` → `model`.

#![warn(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod api;
mod archive;
pub mod capture;
pub mod document;
pub mod edit;
pub mod env;
pub mod error;
pub mod export;
mod files;
pub mod import;
pub mod minutes;
pub mod model;
pub mod publish;
pub mod sample;
pub mod share;
mod store;

pub use archive::{Archive, Edit, Finding, Recovered, Report, TakenBack, backup, check};
pub use error::{Code, Error, Result};
pub use files::bytes_of;
pub use share::recover;
