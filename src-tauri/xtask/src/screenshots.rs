//! `cargo xtask screenshots`: the pictures for the README, taken of the real window.

use std::fs;

use anyhow::{Context, Result};

use crate::packages::{Purpose, ensure};
use crate::programs::{cargo, program, root, succeed};
use crate::test::{of_what_is_built, on_a_display};
use crate::ui;

/// Runs the end-to-end tests that look at the sample meeting, and has them keep their pictures.
pub(crate) fn take() -> Result<()> {
    ensure(Purpose::Pictures)?;
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
    // Of 256 colours each: nobody sees the difference, and a clone is that much smaller.
    let pictures = folder
        .read_dir()
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    let mut smaller = program("pngquant");
    smaller.args(["--force", "--strip", "--speed=1", "--ext=.png", "256"]);
    smaller.args(
        pictures
            .iter()
            .filter(|path| path.extension().is_some_and(|kind| kind == "png")),
    );
    succeed(&mut smaller)?;
    println!("{}", folder.display());
    Ok(())
}
