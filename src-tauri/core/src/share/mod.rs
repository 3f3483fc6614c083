//! Two laptops, one truth: a meeting shared between archives.

pub mod wire;
