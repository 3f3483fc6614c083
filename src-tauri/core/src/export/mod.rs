//! Minutes → files. Each exporter is a pure function of [`crate::minutes::Minutes`].

pub mod pdf;
