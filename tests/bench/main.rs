//! The real window, measured from outside against the same window with a static page, turn about in one run: other
//! work on the machine then slows both. `cargo xtask bench window
//! [typing|entering|previewing|opening|memory|replaying|starting]`.
//!
//! Nothing here passes or fails by time. Frames of the starting window are kept as pictures in the folder that
//! `MINUTA_FRAMES` names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "measurements tell by printing, and end by panicking where they cannot go on"
)]

#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "the tests' driver can do more than is needed here")]
#[path = "../e2e/driver.rs"]
mod driver;
#[cfg(target_os = "linux")]
mod entering;
#[cfg(target_os = "linux")]
mod figures;
#[cfg(target_os = "linux")]
mod frames;
#[cfg(target_os = "linux")]
mod meetings;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod opening;
#[cfg(target_os = "linux")]
#[path = "../e2e/paced.rs"]
mod paced;
#[cfg(target_os = "linux")]
mod previewing;
#[cfg(target_os = "linux")]
mod replaying;
#[cfg(target_os = "linux")]
mod screen;
#[cfg(target_os = "linux")]
mod starting;
#[cfg(target_os = "linux")]
mod typing;
#[cfg(target_os = "linux")]
mod window;

/// How many points the long meeting has.
#[cfg(target_os = "linux")]
const POINTS: usize = 10_000;

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The real window is measured on Linux only.");
}

#[cfg(target_os = "linux")]
fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    if let Some(why) = window::missing() {
        minuta_tests::left_out(&format!("{why}; `cargo xtask bench window` brings it along"));
        return;
    }
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    // Not in the folder for temporary things, which may be memory: what is durable has to reach a disk.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    // Ten thousand points take a while to type, and not all measurements look at them.
    let points = if words.iter().all(|word| word == "previewing") && !words.is_empty() {
        100
    } else {
        POINTS
    };
    let meetings = meetings::Meetings::make(folder.path(), points);
    let screen = screen::Screen::open();
    println!("Load of the machine before: {}", load());
    if wanted("typing") {
        typing::measure(&screen, &meetings);
    }
    if wanted("entering") {
        entering::measure(&screen, &meetings, folder.path());
    }
    if wanted("previewing") {
        previewing::measure(&screen, &meetings);
    }
    if wanted("opening") {
        opening::measure(&screen, &meetings);
    }
    if wanted("memory") {
        memory::measure(&screen, &meetings);
    }
    if wanted("replaying") {
        replaying::measure();
    }
    if wanted("starting") {
        starting::measure(&screen, &meetings);
    }
    println!("\nLoad of the machine after: {}", load());
}

/// How many processes wanted to run in the last 1, 5 and 15 minutes, this one among them.
#[cfg(target_os = "linux")]
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
