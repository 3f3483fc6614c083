//! Minuta's core: everything but the window.
//!
//! Arrows go down only: `api` → `minutes`, `import`, `export`, `capture`, `document`, `store` → `model`.

#![warn(missing_docs)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod api;
pub mod capture;
pub mod env;
pub mod error;
pub mod export;
pub mod import;
pub mod minutes;
pub mod model;

pub use error::{Code, Error, Result};
