//! The windows that are measured: started as a person would start them, found on the screen, and weighed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use minuta_core::model::MeetingId;
use x11rb::protocol::xproto::Window;

use crate::meetings::Meetings;
use crate::screen::Screen;

/// A running program with a window; ended with this.
pub(crate) struct Program {
    child: Child,
    pub(crate) started: Instant,
}

impl Program {
    /// Minuta on the archive, at a meeting or in the library.
    pub(crate) fn minuta(meetings: &Meetings, meeting: Option<MeetingId>) -> Self {
        let mut command = Command::new(minuta_tests::cli::built("minuta").unwrap());
        command.env("MINUTA_ARCHIVE", &meetings.archive);
        if let Some(meeting) = meeting {
            command.env("MINUTA_MEETING", meeting.to_string());
        }
        Self::start(command, meetings)
    }

    /// The same window with a static page.
    pub(crate) fn bare(meetings: &Meetings) -> Self {
        Self::start(Command::new(bare()), meetings)
    }

    fn start(mut command: Command, meetings: &Meetings) -> Self {
        // One home for all, so that what a first start makes (caches of fonts) is there for the next one.
        let home = meetings.archive.with_file_name("home");
        let settings = home.join("gtk-3.0");
        fs::create_dir_all(&settings).unwrap();
        // A caret that blinks would be a changed pixel that no key has made.
        fs::write(settings.join("settings.ini"), "[Settings]\ngtk-cursor-blink=false\n").unwrap();
        command
            .env("XDG_CONFIG_HOME", &home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("GDK_BACKEND", "x11")
            .stdin(Stdio::null());
        let started = Instant::now();
        Self {
            child: command.spawn().unwrap(),
            started,
        }
    }

    /// Its window, as soon as it is shown.
    pub(crate) fn window(&self, screen: &Screen) -> Window {
        screen.window_of(self.child.id())
    }

    /// The memory of the program and of all that it has started, in MB: what is shared counts by share (PSS).
    pub(crate) fn memory(&self) -> f64 {
        family(self.child.id()).iter().filter_map(|one| share_of(*one)).sum()
    }

    /// The same, by process.
    pub(crate) fn memory_by_process(&self) -> Vec<(String, f64)> {
        let named = family(self.child.id()).into_iter().filter_map(|one| {
            let name = fs::read_to_string(format!("/proc/{one}/comm")).ok()?;
            Some((name.trim().to_owned(), share_of(one)?))
        });
        named.collect()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let family = family(self.child.id());
        if self.child.kill().is_ok() {
            let _ended = self.child.wait();
        }
        // The web processes end by themselves when the window's program has gone; the next measurement waits for it.
        let begun = Instant::now();
        while family.iter().any(|one| Path::new(&format!("/proc/{one}")).exists()) && begun.elapsed().as_secs() < 5 {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }
}

/// A process and its descendants.
fn family(first: u32) -> Vec<u32> {
    let processes: Vec<(u32, u32)> = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| {
            let process: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            // proc(5): the parent is the second field after the name in parentheses.
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
            let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
            Some((process, parent))
        })
        .collect();
    let mut found = vec![first];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(processes.iter().filter(|(_, of)| *of == parent).map(|(one, _)| *one));
        next += 1;
    }
    found
}

/// The share of memory of one process, in MB.
fn share_of(process: u32) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

/// The example `bare` of the window's crate, beside this program.
fn bare() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    here.ancestors().nth(2).unwrap().join("examples/bare")
}

/// Whether all is there that the measurements need; else, why not.
pub(crate) fn missing() -> Option<String> {
    if std::env::var_os("DISPLAY").is_none_or(|value| value.is_empty()) {
        return Some("there is no display".to_owned());
    }
    if !bare().is_file() {
        return Some(format!("{} is not built", bare().display()));
    }
    minuta_tests::cli::built("minuta").err()
}
