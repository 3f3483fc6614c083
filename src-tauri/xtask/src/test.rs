//! `cargo xtask test`: everything that has to hold, the quick and likely to fail first.

use std::env;
use std::process::Command;

use anyhow::Result;

use crate::packages::{Purpose, ensure};
use crate::programs::{cargo, npm, program, succeed};
use crate::steps::Steps;
use crate::{licences, toolchain, ui};

/// Runs all of it; stops at the first step that fails.
pub(crate) fn test() -> Result<()> {
    let mut steps = Steps::new();
    steps.step("Rust and Node", || toolchain::rust().and_then(|()| toolchain::node()))?;
    steps.step("format", || succeed(&mut cargo(&["fmt", "--all", "--check"])))?;
    steps.step("system packages", || ensure(Purpose::Tests))?;
    steps.step("licences, bans, sources", licences::check)?;

    steps.step("npm packages", ui::install)?;
    for (script, name) in [
        ("check", "types of the pages"),
        ("lint", "lints of the pages"),
        ("format:check", "format of the pages"),
        ("test", "tests of the pages"),
    ] {
        if ui::has_script(script)? {
            steps.step(name, || succeed(&mut npm(&["run", script])))?;
        }
    }
    // The window's crate does not compile without `ui/dist`, so even clippy comes after it.
    steps.step("build of the pages", ui::build)?;

    steps.step("clippy", || {
        succeed(&mut cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ]))
    })?;
    // Every command from here on selects the whole workspace with its tests: so each crate gets the same features every
    // time, and nothing is compiled twice.
    steps.step("build", || {
        succeed(&mut cargo(&["build", "--workspace", "--lib", "--bins", "--tests"]))
    })?;
    steps.step("tests (with the bindings and a small share of the crash tests)", || {
        succeed(&mut of_what_is_built(cargo(&[
            "test",
            "--workspace",
            "--lib",
            "--bins",
            "--test",
            "all",
        ])))
    })?;
    steps.step("examples in the documentation", || {
        succeed(&mut cargo(&["test", "--workspace", "--doc"]))
    })?;
    steps.step("the real window, end to end", end_to_end)?;
    steps.table();
    println!("\nAll of it holds.");
    Ok(())
}

/// Tells the tests that the programs which they start are built already, and are these.
pub(crate) fn of_what_is_built(mut command: Command) -> Command {
    command.env("MINUTA_BUILT", "1");
    command
}

/// Puts a command on a display in memory, where this is Linux.
pub(crate) fn on_a_display(command: &Command) -> Command {
    if env::consts::OS != "linux" {
        let mut plain = program(command.get_program());
        plain.args(command.get_args());
        return plain;
    }
    let mut wrapped = program("xvfb-run");
    wrapped.args(["--auto-servernum", "--server-args=-screen 0 1600x1000x24 -nolisten tcp"]);
    // A window on the person's own Wayland display would not be in memory.
    wrapped.env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
    wrapped.arg(command.get_program()).args(command.get_args());
    wrapped
}

fn end_to_end() -> Result<()> {
    let mut command = of_what_is_built(on_a_display(&cargo(&[
        "test",
        "--workspace",
        "--test",
        "e2e",
        "--",
        "--test-threads=1",
    ])));
    if env::consts::OS == "linux" {
        command.env("MINUTA_E2E", "required");
    } else {
        println!("The driver of the real window is there on Linux only: these tests say that they are left out.");
    }
    succeed(&mut command)
}
