//! `cargo xtask screenshots`: the pictures for the README, taken of the real window.

use std::fs;

use anyhow::{Context, Result};

use crate::packages::{Purpose, ensure};
use crate::programs::{cargo, root, succeed};
use crate::test::{of_what_is_built, on_a_display};
use crate::ui;

/// Runs the end-to-end tests that look at the sample meeting, and has them keep their pictures.
pub(crate) fn take() -> Result<()> {
    ensure(Purpose::Tests)?;
    ui::install()?;
    ui::build()?;
    succeed(&mut cargo(&["build", "--workspace", "--lib", "--bins", "--tests"]))?;
    let folder = root().join("assets/screenshots");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut command = of_what_is_built(on_a_display(&cargo(&[
        "test",
        "--workspace",
        "--test",
        "e2e",
        "--",
        "--test-threads=1",
        "pictures::pictures",
    ])));
    succeed(command.env("MINUTA_E2E", "required").env("MINUTA_SCREENSHOTS", &folder))?;
    println!("{}", folder.display());
    Ok(())
}
