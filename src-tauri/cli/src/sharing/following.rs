//! Following a shared meeting until this program is asked to end.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use minuta_core::Archive;
use minuta_core::model::MeetingId;
use minuta_core::share::wire::Wire as _;
use minuta_core::share::{self, Follower};
use minuta_wire::NatsWire;
#[cfg(unix)]
use signal_hook::consts::SIGHUP;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::{NO_HUB, told, wire};
use crate::note;

/// How long one who follows waits for others before looking for what was done here meanwhile.
const LOOK: Duration = Duration::from_millis(40);
/// How long what waits may take to be sent, once the program is asked to end.
const LAST_WORDS: Duration = Duration::from_millis(1500);
/// So long after it is asked, it ends whatever it is at: nothing that is saved can be lost by that.
const AT_THE_LATEST: Duration = Duration::from_secs(2);

const DEAF: &str = "this program cannot be asked to end";

/// Whether this program was asked to end: by SIGTERM or SIGINT, of which a second one ends it at once; by SIGHUP, where
/// the terminal or the line to it was closed.
#[derive(Clone, Debug, Default)]
struct Asked(Arc<AtomicBool>);

impl Asked {
    /// Listens from now on.
    fn listen() -> anyhow::Result<Self> {
        let asked = Self::default();
        for signal in [SIGTERM, SIGINT] {
            // In this order: the first time it is not set yet.
            flag::register_conditional_shutdown(signal, 0, Arc::clone(&asked.0))
                .and_then(|_| flag::register(signal, Arc::clone(&asked.0)))
                .context(DEAF)?;
        }
        // The shell and the system both send this one: the second is no haste.
        #[cfg(unix)]
        if !is_to_outlive_its_terminal() {
            flag::register(SIGHUP, Arc::clone(&asked.0)).context(DEAF)?;
        }
        let told = asked.clone();
        thread::spawn(move || {
            while !told.is_so() {
                thread::sleep(LOOK);
            }
            thread::sleep(AT_THE_LATEST);
            // From beside whatever it is at: a transaction that is not through is as if it had never begun.
            note("ended: there was no time to say so to the hub; what was not sent goes out the next time");
            std::process::exit(0);
        });
        Ok(asked)
    }

    fn is_so(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Whether it was started to run on without a terminal (`nohup`): then SIGHUP was ignored from the start, and stays so.
/// Told on Linux only.
#[cfg(unix)]
fn is_to_outlive_its_terminal() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & (1 << (SIGHUP - 1)) != 0)
}

/// Follows a meeting until this program is asked to end; tells contact, and what goes either way.
pub(super) fn follow_on(archive: &mut Archive, meeting: MeetingId, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let mut wire = wire(share::address(archive, meeting)?.context(NO_HUB)?)?;
    let asked = Asked::listen()?;
    let mut follower = Follower::new(meeting);
    let mut was_connected = None;
    while !asked.is_so() {
        let step = follower.step(archive, &mut wire, LOOK)?;
        if was_connected != Some(step.connected) {
            was_connected = Some(step.connected);
            match (step.connected, wire.contact()) {
                (false, Err(cut)) => writeln!(out, "no contact: {cut}")?,
                (false, Ok(_)) => was_connected = None,
                (true, _) => writeln!(out, "contact")?,
            }
        }
        if step.sent > 0 || step.taken.is_any() || !step.taken.aside.is_empty() {
            writeln!(out, "{}", told(step.sent, &step.taken))?;
        }
        out.flush()?;
        if !step.connected {
            thread::sleep(LOOK);
        }
    }
    let waiting = leave(archive, (meeting, &mut follower), wire, was_connected == Some(true))?;
    match waiting {
        0 => writeln!(out, "ended; all is sent")?,
        1 => writeln!(out, "ended; 1 change waits to be sent")?,
        waiting => writeln!(out, "ended; {waiting} changes wait to be sent")?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Sends what waits, where there is contact and time for it, and says goodbye; answers how many changes still wait.
fn leave(
    archive: &mut Archive,
    (meeting, follower): (MeetingId, &mut Follower),
    mut wire: NatsWire,
    is_connected: bool,
) -> anyhow::Result<u32> {
    let waiting = |archive: &Archive| -> anyhow::Result<u32> {
        Ok(share::state(archive, meeting)?.map_or(0, |state| state.waiting))
    };
    let began = Instant::now();
    let mut goes_on = is_connected;
    while goes_on && waiting(archive)? > 0 && began.elapsed() < LAST_WORDS {
        goes_on = follower.step(archive, &mut wire, Duration::ZERO)?.connected;
    }
    if goes_on {
        follower.goodbye(archive, &mut wire);
    }
    // What was said leaves with this.
    drop(wire);
    waiting(archive)
}
