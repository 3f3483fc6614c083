//! `minuta-cli` as its users meet it: arguments, standard streams, exit codes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::process::{Ended, run};

/// A program of this workspace, from the folder that this test was built into. Built first, unless `MINUTA_BUILT` says
/// that it is (`cargo xtask` does). The error says why there is none.
pub fn built(package: &str) -> Result<PathBuf, String> {
    static CLI: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    static WINDOW: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let kept = if package == "minuta" { &WINDOW } else { &CLI };
    kept.get_or_init(|| build(package)).clone()
}

fn build(package: &str) -> Result<PathBuf, String> {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap().to_path_buf();
    if std::env::var_os("MINUTA_BUILT").is_none() {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // The whole workspace, as the tests themselves are built: one package alone would select other features, and
        // half of the dependencies would be built once more.
        cargo
            .current_dir(crate::root())
            .args(["build", "--quiet", "--workspace", "--lib", "--bins", "--tests"]);
        if folder.ends_with("release") {
            cargo.arg("--release");
        }
        if !cargo.status().unwrap().success() {
            return Err(format!("{package} does not build"));
        }
    }
    let program = folder.join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        Ok(program)
    } else {
        Err(format!("{} is not there", program.display()))
    }
}

/// An archive in a folder of its own, removed with this.
#[derive(Debug)]
pub struct Archive {
    folder: tempfile::TempDir,
}

impl Default for Archive {
    fn default() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }
}

impl Archive {
    /// A folder with no archive yet: the first command makes it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The folder with the archive in it, and nothing else of the tests' unless they put it there.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The archive's file.
    pub fn archive(&self) -> PathBuf {
        self.folder().join("tried.minuta")
    }

    /// `minuta-cli --archive … words`, not started yet.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(built("minuta-cli").unwrap());
        command
            .current_dir(self.folder())
            .arg("--archive")
            .arg(self.archive())
            .args(words);
        command
    }

    /// Runs `minuta-cli` to its end.
    pub fn run(&self, words: &[&str], input: &str) -> Ended {
        run(&mut self.command(words), input)
    }

    /// Makes a meeting of the series `Crash Group` and returns its id.
    pub fn meeting(&self, number: u32) -> String {
        let number = number.to_string();
        let words = ["new", "--series", "Crash Group", "--short", "CG", "--number", &number];
        let when = ["--starts", "2026-01-15T13:00:00Z", "--zone", "Europe/Rome"];
        self.run(&[words.as_slice(), when.as_slice()].concat(), "")
            .well()
            .trim()
            .to_owned()
    }

    /// The whole record of a meeting.
    pub fn record(&self, meeting: &str) -> Value {
        let shown = self.run(&["show", meeting, "--json"], "").well();
        serde_json::from_str(&shown).unwrap_or_else(|error| panic!("no JSON ({error}): {shown}"))
    }

    /// The points of a meeting: text by id. No id comes twice.
    pub fn points(&self, meeting: &str) -> BTreeMap<String, String> {
        let record = self.record(meeting);
        let rows = record["points"]
            .as_array()
            .unwrap_or_else(|| panic!("no list of points in {record}"));
        let text = |row: &Value, key: &str| {
            row[key]
                .as_str()
                .unwrap_or_else(|| panic!("a point without `{key}`: {row}"))
                .to_owned()
        };
        let points: BTreeMap<_, _> = rows.iter().map(|row| (text(row, "id"), text(row, "text"))).collect();
        assert_eq!(points.len(), rows.len(), "an id stands twice in {record}");
        points
    }

    /// Fails the test unless `check` finds the archive whole.
    pub fn is_whole(&self) {
        self.run(&["check"], "").well();
    }
}

/// What `capture` acknowledged: number of the line (from 1) and id of its row. Only whole lines count: a line without
/// its end was not told to anybody.
pub fn acknowledged(out: &str) -> Vec<(usize, String)> {
    let whole = out.rfind('\n').map_or("", |end| &out[..end]);
    let lines = whole
        .lines()
        .map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no tab in `{line}`")));
    lines
        .map(|(number, id)| (number.parse().unwrap(), id.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::acknowledged;

    #[test]
    fn half_a_line_acknowledges_nothing() {
        assert_eq!(
            acknowledged("1\ta\n2\tb\n3\tc"),
            [(1, "a".to_owned()), (2, "b".to_owned())]
        );
        assert!(acknowledged("1\ta").is_empty());
        assert!(acknowledged("").is_empty());
    }
}
