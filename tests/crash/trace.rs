//! `strace`, which stops a program at a chosen system call, or makes the call fail.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use minuta_tests::cli::Archive;
use minuta_tests::process::{Ended, Running, is_there, run};
use minuta_tests::{left_out, seed};

use super::stream::{input, lines};

/// The lines that every traced run sends: few, for each costs dozens of system calls, and each of those a run.
pub(crate) fn sent() -> Vec<String> {
    lines("traced line", 4)
}

/// The calls by which anything is written, made durable, or given up.
pub(crate) const CALLS: [&str; 9] = [
    "write",
    "pwrite64",
    "pwritev",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "rename",
    "unlink",
];

/// An archive with one meeting and a few lines, closed: each traced run begins with a copy of it.
pub(crate) struct Origin {
    archive: Archive,
    /// The meeting's id.
    pub(crate) meeting: String,
}

/// None, and saying so, where strace is missing or may not trace.
pub(crate) fn origin() -> Option<Origin> {
    if !is_there("strace") {
        left_out("strace is not installed");
        return None;
    }
    let may = run(Command::new("strace").args(["-f", "-o", "/dev/null", "true"]), "");
    if !may.status.success() {
        left_out(&format!("strace may not trace here: {}", may.err));
        return None;
    }
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    archive.run(&["capture", &meeting], "a line from before\n").well();
    Some(Origin { archive, meeting })
}

impl Origin {
    /// A copy of the archive, with whatever files lie beside it.
    pub(crate) fn copy(&self) -> Archive {
        let copy = Archive::new();
        for entry in self.archive.folder().read_dir().unwrap() {
            let from = entry.unwrap().path();
            if from.is_file() {
                fs::copy(&from, copy.folder().join(from.file_name().unwrap())).unwrap();
            }
        }
        copy
    }

    /// `capture` of the lines under `strace words`, on this copy.
    pub(crate) fn capture(&self, copy: &Archive, words: &[String]) -> Ended {
        let plain = copy.command(&["capture", &self.meeting]);
        let mut traced = Command::new("strace");
        traced.current_dir(copy.folder()).args(["-f", "-qqq"]).args(words);
        traced.arg("--").arg(plain.get_program()).args(plain.get_args());
        Running::start(&mut traced, input(&sent())).end_within(Duration::from_secs(60))
    }

    /// Every call of `CALLS` that an undisturbed run makes, as call and count within its thread (strace counts so); only
    /// those on `paths`, unless there are none. Under torture all of them, else `small` by the seed.
    pub(crate) fn moments(&self, paths: &[PathBuf], copy: &Archive, small: usize) -> Vec<(String, usize)> {
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut words = only(paths);
        words.extend([
            "-o".to_owned(),
            log.path().display().to_string(),
            format!("--trace={}", CALLS.join(",")),
        ]);
        self.capture(copy, &words).well();
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        let text = String::from_utf8_lossy(&fs::read(log.path()).unwrap()).into_owned();
        for line in text.lines() {
            // `1234  pwrite64(5, …) = 4096`; a call that another thread interrupts is resumed on a later line.
            let Some((thread, rest)) = line.split_once(' ') else {
                continue;
            };
            let Some((call, _)) = rest.trim_start().split_once('(') else {
                continue;
            };
            if CALLS.contains(&call) {
                *counts.entry((call.to_owned(), thread.to_owned())).or_default() += 1;
            }
        }
        let mut most: BTreeMap<String, usize> = BTreeMap::new();
        for ((call, _), count) in counts {
            let kept = most.entry(call).or_default();
            *kept = count.max(*kept);
        }
        let all: Vec<(String, usize)> = most
            .into_iter()
            .flat_map(|(call, count)| (1..=count).map(move |n| (call.clone(), n)))
            .collect();
        assert!(
            all.len() >= sent().len(),
            "too few calls to have written anything: {text}"
        );
        let count = if seed::torture() { all.len() } else { small };
        seed::Chance::of("system calls").some(all, count)
    }
}

/// The files that SQLite writes for an archive.
pub(crate) fn files(archive: &Path) -> Vec<PathBuf> {
    let with = |end: &str| PathBuf::from(format!("{}{end}", archive.display()));
    vec![with(""), with("-wal"), with("-journal")]
}

/// strace's words for "calls on these files only".
pub(crate) fn only(paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .flat_map(|path| ["-P".to_owned(), path.display().to_string()])
        .collect()
}
