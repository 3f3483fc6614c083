//! `cargo xtask run`: from a fresh checkout to the sample meeting in the window, or to its files.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::packages::{Purpose, ensure};
use crate::programs::{built, cargo, output, program, succeed, target};
use crate::{toolchain, ui};

/// Is there something to open a window on?
pub(crate) fn display_is_there() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    env::consts::OS != "linux" || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Sets the machine up, builds what is needed, and shows the sample meeting: in the window, or as files.
pub(crate) fn run(in_window: bool) -> Result<()> {
    toolchain::rust()?;
    if !in_window {
        println!("No window is opened (no display is there, or --headless): the sample meeting is exported instead.");
        return headless();
    }
    toolchain::node()?;
    ensure(Purpose::Window)?;
    ui::install()?;
    ui::build()?;
    succeed(&mut cargo(&["build", "--package", "minuta", "--package", "minuta-cli"]))?;
    let archive = folder()?.join("sample.minuta");
    // The sample's id is kept beside it, for the archive may have other meetings by now.
    let kept = folder()?.join("sample.id");
    if archive.exists() {
        println!(
            "The sample meeting is as you left it; remove {} to begin anew.",
            archive.display()
        );
    } else {
        let id = make_sample(&archive)?;
        fs::write(&kept, id).with_context(|| format!("{} cannot be written", kept.display()))?;
    }
    println!("Opening the window on {}.", archive.display());
    let mut window = program(built("minuta"));
    window.env("MINUTA_ARCHIVE", &archive);
    if let Ok(id) = fs::read_to_string(&kept) {
        window.env("MINUTA_MEETING", id.trim());
    }
    succeed(&mut window)
}

fn headless() -> Result<()> {
    ensure(Purpose::Headless)?;
    succeed(&mut cargo(&["build", "--package", "minuta-cli"]))?;
    let folder = folder()?;
    let archive = folder.join("headless.minuta");
    for name in ["headless.minuta", "headless.minuta-wal", "headless.minuta-shm"] {
        let old = folder.join(name);
        if old.exists() {
            fs::remove_file(&old).with_context(|| format!("{} cannot be removed", old.display()))?;
        }
    }
    let meeting = make_sample(&archive)?;
    for name in ["report.md", "report.pdf"] {
        let to = folder.join(name);
        succeed(cli(&archive).args(["export", &meeting, "--to"]).arg(&to))?;
        println!("{}", to.display());
    }
    Ok(())
}

/// Makes the sample meeting in an archive and returns its id.
fn make_sample(archive: &Path) -> Result<String> {
    Ok(output(cli(archive).arg("sample"))?.trim().to_owned())
}

fn cli(archive: &Path) -> std::process::Command {
    let mut command = program(built("minuta-cli"));
    command.arg("--archive").arg(archive);
    command
}

fn folder() -> Result<PathBuf> {
    let folder = target().join("sample");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder)
}
