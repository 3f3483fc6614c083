//! Minutes → files. Each exporter is a pure function of [`crate::minutes::Minutes`].

mod markdown;
pub mod pdf;
mod svg;

pub use markdown::markdown;
pub use svg::{PageFound, PageLine, PagePicture, PageShown, Pages, pages};

#[cfg(test)]
pub(crate) use markdown::tests::blocks as markdown_judge;
