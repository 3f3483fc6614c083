//! `cargo xtask torture`: the crash, damage and load tests at their full size.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;

use crate::packages::{Purpose, ensure};
use crate::programs::{cargo, succeed};
use crate::steps::Steps;
use crate::test::of_what_is_built;

/// Runs the tests of the core and of the scenarios with `MINUTA_TORTURE` set, optimised, on one seed.
pub(crate) fn torture(seed: Option<u64>) -> Result<()> {
    let seed = seed.unwrap_or_else(|| {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(1, |time| time.as_secs())
    });
    println!("Seed {seed}: `cargo xtask torture {seed}` does the same again.");
    ensure(Purpose::Tests)?;
    let packages = [
        "--release",
        "--package",
        "minuta-core",
        "--package",
        "minuta-cli",
        "--package",
        "minuta-tests",
    ];
    let mut steps = Steps::new();
    steps.step("build", || {
        succeed(
            cargo(&["build"])
                .args(packages)
                .args(["--lib", "--bins", "--test", "all"]),
        )
    })?;
    steps.step("crash, damage and load, in full", || {
        let mut command = of_what_is_built(cargo(&["test"]));
        command
            .args(packages)
            .args(["--lib", "--bins", "--test", "all", "--", "--nocapture"]);
        command
            .env("MINUTA_TORTURE", "1")
            .env("MINUTA_SEED", seed.to_string())
            .env("PROPTEST_CASES", "20000");
        succeed(&mut command)
    })?;
    steps.table();
    Ok(())
}
