//! `cargo xtask bindings`: the TypeScript side of the table of commands.

use anyhow::Result;

use crate::programs::{cargo, succeed};

/// Writes `ui/src/lib/bindings.ts`. The test that holds the file and the table together also makes it, so that
/// both are made the same way.
pub(crate) fn write() -> Result<()> {
    succeed(
        cargo(&["test", "--quiet", "--package", "minuta-core", "--lib", "bindings"]).env("MINUTA_WRITE_BINDINGS", "1"),
    )?;
    println!("ui/src/lib/bindings.ts is that of the table.");
    Ok(())
}
