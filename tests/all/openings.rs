//! Files that are not what was expected, and places that cannot be written: what opening them comes to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use minuta_core::api::DocumentKind;
use minuta_core::edit::capture::enter;
use minuta_core::model::MeetingId;
use minuta_core::{Archive, Code, backup, check, publish, recover};
use minuta_tests::cli;
use minuta_tests::left_out;
use minuta_tests::process::{is_there, run};

use crate::opened::{env, is_whole, meeting, open, type_lines};

/// Every file of a folder with its content.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn refused(path: &Path) -> Code {
    Archive::open(path, env(2)).map(|_| "it opened").unwrap_err().code()
}

fn texts(archive: &Archive, meeting: MeetingId) -> Vec<String> {
    let points = archive.record(meeting).unwrap().points;
    points.into_iter().map(|view| view.point.text).collect()
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.minuta");
    let mut archive = open(&path, 1);
    meeting(&mut archive, 1);
    drop(archive);
    let conn = rusqlite::Connection::open(&path).unwrap();
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    conn.pragma_update(None, "user_version", version + 1).unwrap();
    conn.execute_batch("CREATE TABLE of_the_future (row INTEGER PRIMARY KEY)")
        .unwrap();
    drop(conn);
    let before = content(folder.path());
    assert_eq!(refused(&path), Code::Newer);
    assert_eq!(check(&path, &*env(2)).unwrap_err().code(), Code::Newer);
    let target = folder.path().join("recovered.minuta");
    assert_eq!(recover(&path, &target, &env(2)).unwrap_err().code(), Code::Newer);
    assert_eq!(content(folder.path()), before);
}

#[test]
fn something_else_is_no_archive_and_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("foreign.sqlite");
    let conn = rusqlite::Connection::open(&foreign).unwrap();
    conn.execute_batch("CREATE TABLE song (title TEXT); INSERT INTO song VALUES ('x')")
        .unwrap();
    drop(conn);
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Notes of the meeting\n".repeat(500)).unwrap();
    let short = folder.path().join("short.txt");
    fs::write(&short, "x").unwrap();
    let before = content(folder.path());
    for path in [&foreign, &text, &short] {
        assert_eq!(refused(path), Code::NotAnArchive, "{}", path.display());
        assert_eq!(check(path, &*env(2)).unwrap_err().code(), Code::NotAnArchive);
        let target = folder.path().join("recovered.minuta");
        assert_eq!(recover(path, &target, &env(2)).unwrap_err().code(), Code::NotAnArchive);
    }
    assert_eq!(content(folder.path()), before);
}

#[test]
fn an_empty_file_becomes_an_archive_and_a_missing_folder_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.minuta");
    fs::write(&empty, "").unwrap();
    let deep = folder.path().join("a/b/c.minuta");
    for path in [&empty, &deep] {
        let mut archive = open(path, 1);
        let id = meeting(&mut archive, 1);
        type_lines(&mut archive, id, &["here"]);
        drop(archive);
        assert_eq!(texts(&open(path, 2), id), ["here"]);
        is_whole(path);
    }
}

#[test]
fn a_folder_is_no_archive() {
    let folder = tempfile::tempdir().unwrap();
    let error = Archive::open(folder.path(), env(1)).unwrap_err();
    assert!(
        error.to_string().contains(&folder.path().display().to_string()),
        "{error}"
    );
    assert!(content(folder.path()).is_empty());
    assert!(check(folder.path(), &*env(1)).is_err());
}

#[test]
fn backup_and_recovery_overwrite_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.minuta");
    let mut archive = open(&path, 1);
    let id = meeting(&mut archive, 1);
    type_lines(&mut archive, id, &["one"]);
    let there = folder.path().join("there");
    fs::write(&there, "mine").unwrap();
    assert_eq!(backup(&archive, &there).unwrap_err().code(), Code::Invalid);
    assert_eq!(recover(&path, &there, &env(2)).unwrap_err().code(), Code::Invalid);
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    // A copy of an archive that is open, its last rows still in the log beside it, holds them too.
    let copy = folder.path().join("copy.minuta");
    assert_eq!(backup(&archive, &copy).unwrap().good, [id]);
    type_lines(&mut archive, id, &["two"]);
    assert_eq!(texts(&open(&copy, 3), id), ["one"]);
    let rescued = folder.path().join("rescued.minuta");
    let recovered = recover(&path, &rescued, &env(4)).unwrap();
    assert_eq!((recovered.whole, recovered.lost), (vec![id], vec![]));
    let mut rescued = open(&rescued, 5);
    assert_eq!(texts(&rescued, id), ["one", "two"]);
    assert_eq!(rescued.undo(id).unwrap().label.as_deref(), Some("point added"));
    assert_eq!(texts(&rescued, id), ["one"]);
}

#[test]
fn a_write_waits_for_another_and_gives_up_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.minuta");
    let mut archive = open(&path, 1);
    let id = meeting(&mut archive, 1);
    let holder = rusqlite::Connection::open(&path).unwrap();
    // Held for a moment: the write comes through.
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let releasing = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        holder.execute_batch("ROLLBACK").unwrap();
        holder
    });
    type_lines(&mut archive, id, &["after a moment"]);
    let holder = releasing.join().unwrap();
    // Held on and on: nothing is written, and reading goes on meanwhile.
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    archive.set_patience(std::time::Duration::from_millis(100)).unwrap();
    let error = enter(&mut archive, id, "too long", None).unwrap_err();
    assert_eq!(error.code(), Code::Busy);
    assert_eq!(texts(&archive, id), ["after a moment"]);
    holder.execute_batch("ROLLBACK").unwrap();
    type_lines(&mut archive, id, &["at last"]);
    assert_eq!(texts(&archive, id), ["after a moment", "at last"]);
    is_whole(&path);
}

#[test]
fn a_damaged_file_and_its_log_are_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.minuta");
    let mut archive = open(&path, 1);
    let id = meeting(&mut archive, 1);
    let author = archive.author().to_string();
    drop(archive);
    let mut archive = open(&path, 2);
    type_lines(&mut archive, id, &["only in the log"]);
    let elsewhere = tempfile::tempdir().unwrap();
    for end in ["", "-wal"] {
        let name = format!("a.minuta{end}");
        fs::copy(folder.path().join(&name), elsewhere.path().join(&name)).unwrap();
    }
    let path = elsewhere.path().join("a.minuta");
    let mut bytes = fs::read(&path).unwrap();
    let places: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(author.as_bytes()))
        .collect();
    for at in places {
        bytes[at] ^= 2;
    }
    fs::write(&path, &bytes).unwrap();
    let files = || {
        content(elsewhere.path())
            .into_iter()
            .filter(|(path, _)| !path.ends_with("a.minuta-shm"))
            .collect::<Vec<_>>()
    };
    let before = files();
    assert_eq!(refused(&path), Code::Damaged);
    assert_eq!(files(), before);
    assert!(!check(&path, &*env(3)).unwrap().findings.is_empty());
    assert_eq!(files(), before);
    let rescued = folder.path().join("rescued.minuta");
    assert_eq!(recover(&path, &rescued, &env(4)).unwrap().whole, [id]);
    assert_eq!(files(), before);
    assert_eq!(texts(&open(&rescued, 5), id), ["only in the log"]);
}

/// A small file system in memory, unmounted when dropped. None, and saying so, where it cannot be mounted.
struct Mounted(tempfile::TempDir);

impl Mounted {
    fn new(size: &str) -> Option<Self> {
        if !is_there("mount") {
            left_out("there is no mount");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let option = format!("size={size}");
        let mounted = run(
            Command::new("mount")
                .args(["-t", "tmpfs", "-o", &option, "tmpfs"])
                .arg(folder.path()),
            "",
        );
        if mounted.status.success() {
            return Some(Self(folder));
        }
        left_out(&format!("mounting is not allowed here: {}", mounted.err.trim()));
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn set(&self, option: &str) {
        run(
            Command::new("mount")
                .args(["-o", &format!("remount,{option}")])
                .arg(self.path()),
            "",
        )
        .well();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        run(Command::new("umount").arg("-l").arg(self.path()), "");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_read_with_all_that_was_acknowledged() {
    let Some(mounted) = Mounted::new("16m") else { return };
    // Written by a process that is killed, so that the last rows lie in the log beside the file.
    let archive = cli::Archive::new();
    let id = archive.meeting(1);
    let mut capture = archive.command(&["capture", &id]);
    let mut child = capture
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = String::new();
    {
        use std::io::{BufRead, BufReader, Write};
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut input = child.stdin.take().unwrap();
        for line in ["topic: Opening", "first", "second"] {
            writeln!(input, "{line}").unwrap();
            lines.read_line(&mut told).unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(told.lines().count(), 3);
    for (from, content) in content(archive.folder()) {
        fs::write(mounted.path().join(from.file_name().unwrap()), content).unwrap();
    }
    let path = mounted.path().join("tried.minuta");
    assert!(
        path.with_extension("minuta-wal").metadata().unwrap().len() > 0,
        "nothing is in the log: nothing is tried"
    );
    mounted.set("ro");
    let before = content(mounted.path());

    let mut archive = open(&path, 2);
    assert!(archive.read_only().is_some());
    let id: MeetingId = id.parse().unwrap();
    assert_eq!(texts(&archive, id), ["first", "second"]);
    let record = archive.record(id).unwrap();
    let report = publish::markdown(&record, DocumentKind::Report);
    assert!(report.contains("second"), "{report}");
    assert_eq!(archive.search("second", 9).unwrap().len(), 1);
    let refusals = [
        enter(&mut archive, id, "more", None).unwrap_err(),
        archive.undo(id).unwrap_err(),
        archive.set_draft(id, "mor").unwrap_err(),
        archive.rebuild().unwrap_err(),
    ];
    for error in refusals {
        assert_eq!(error.code(), Code::ReadOnly, "{error}");
    }
    archive.warm(id).unwrap();
    assert_eq!(texts(&archive, id), ["first", "second"]);
    let elsewhere = tempfile::tempdir().unwrap();
    backup(&archive, &elsewhere.path().join("copy.minuta")).unwrap();
    is_whole(&path);
    drop(archive);
    assert_eq!(content(mounted.path()), before);
    // Nothing there yet, and nothing can be made.
    let error = Archive::open(&mounted.path().join("new.minuta"), env(3)).unwrap_err();
    assert!(
        matches!(error.code(), Code::ReadOnly | Code::Io | Code::Invalid),
        "{error}"
    );
}

#[test]
fn a_disk_that_is_really_full_is_told_and_forgotten_once_there_is_room() {
    let Some(mounted) = Mounted::new("3m") else { return };
    let path = mounted.path().join("a.minuta");
    let mut archive = open(&path, 1);
    let id = meeting(&mut archive, 1);
    let filler = mounted.path().join("filler");
    // Left to the archive: some pages, so that some lines still fit.
    let mut told = Vec::new();
    let room = {
        let mut size = 2_400_000_usize;
        while fs::write(&filler, vec![0_u8; size]).is_err() {
            size -= 100_000;
        }
        size
    };
    let refusal = loop {
        let line = format!("line {} {}", told.len() + 1, "words ".repeat(50));
        match enter(&mut archive, id, &line, None) {
            Ok(_) => told.push(line.trim().to_owned()),
            Err(error) => break error,
        }
        assert!(
            told.len() < 5000,
            "with {room} bytes of filler the disk never filled up"
        );
    };
    assert_eq!(refusal.code(), Code::DiskFull, "{refusal}");
    assert!(!told.is_empty());
    assert_eq!(texts(&archive, id), told);
    // As a new process finds it, while the disk is full.
    if let Ok(other) = Archive::open(&path, env(2)) {
        assert_eq!(texts(&other, id), told);
    }
    fs::remove_file(&filler).unwrap();
    enter(&mut archive, id, "there is room", None).unwrap();
    told.push("there is room".to_owned());
    assert_eq!(texts(&archive, id), told);
    drop(archive);
    assert_eq!(texts(&open(&path, 3), id), told);
    is_whole(&path);
}
