//! Minutes → files. Each exporter is a pure function of [`crate::minutes::Minutes`].

mod markdown;
pub mod pdf;

pub use markdown::markdown;

#[cfg(test)]
pub(crate) use markdown::tests::blocks as markdown_judge;
