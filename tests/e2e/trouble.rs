//! The window when the archive gives trouble: it says so, keeps what was typed, and overwrites nothing.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use minuta_tests::cli::Archive;
use minuta_tests::left_out;

use crate::keys::{ALT, CONTROL, ENTER, ESCAPE};
use crate::window::{open, open_at};

const RIGHT: char = '\u{E014}';

/// A small file system in memory over the archive's folder, taken away with this.
struct Small(PathBuf);

impl Small {
    /// None, and saying so, where this user may not mount.
    fn over(archive: &Archive) -> Option<Self> {
        let folder = archive.folder().to_path_buf();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "minuta-tests"])
            .arg(&folder)
            .output();
        if mounted.is_ok_and(|ended| ended.status.success()) {
            return Some(Self(folder));
        }
        left_out("a small file system cannot be mounted here (root may): the window on a full disk is not tried");
        None
    }

    /// Takes all room that is left.
    fn fill(&self) {
        let mut size = 1 << 20;
        let ballast = self.0.join("ballast");
        let mut all = Vec::new();
        while size > 0 {
            all.resize(all.len() + size, 1_u8);
            if fs::write(&ballast, &all).is_err() {
                all.truncate(all.len() - size);
                size /= 2;
            }
        }
        // What did fit of the last try has taken the rest.
    }

    fn make_room(&self) {
        fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Whoever still has a file open there keeps it until its end.
        let unmounted = Command::new("umount").arg("--lazy").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|ended| ended.success()) || std::thread::panicking());
    }
}

#[test]
fn a_full_disk_is_shown_and_the_lines_are_saved_in_order_when_there_is_room() {
    let archive = Archive::new();
    let Some(small) = Small::over(&archive) else { return };
    let meeting = archive.meeting(1);
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    window.find("[data-testid=bar]");
    window.press(&format!("Before.{ENTER}"));
    window.wait_for_text("[data-point]", "Before.");
    window.wait_until_gone("[data-pending]");
    small.fill();
    // A line long enough not to fit into room that the log already has.
    let long = format!("First {}.", "long ".repeat(40));
    window.press(&format!("{long}{ENTER}"));
    window.press(&format!("Second.{ENTER}"));
    window.press(&format!("Third.{ENTER}"));
    window.wait_for_text("[data-testid=trouble]", "Not saved, the disk is full");
    window.wait_for_text("[data-pending]", "First long");
    window.wait_for_text("[data-pending]", "Third.");
    small.make_room();
    window.wait_until_gone("[data-testid=trouble]");
    window.wait_until_gone("[data-pending]");
    window.wait_for_text("[data-point]", "Third.");
    let record = archive.record(&meeting);
    let texts: Vec<&str> = record["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["Before.", &long, "Second.", "Third."]);
    drop(window);
    archive.is_whole();
}

#[test]
fn a_passage_stays_in_its_editor_on_a_full_disk_and_is_saved_when_there_is_room() {
    let archive = Archive::new();
    let Some(small) = Small::over(&archive) else { return };
    let meeting = archive.meeting(1);
    let lines = "topic: Lights\nthe lamp is out\n";
    archive.run(&["capture", &meeting], lines).well();
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    window.wait_for_text("h1", "Lights");
    window.chord(&[CONTROL, '2']);
    window.wait_for_text(".sources", "the lamp is out");
    window.press("p");
    window.wait_for_text(".page .passage", "The lamp is out.");
    window.press(&format!("{RIGHT}{ENTER}"));
    window.find(".prose");
    small.fill();
    // Words enough not to fit into room that the log already has.
    let long = format!(" It went {}dark.", "slowly ".repeat(60));
    window.press(&long);
    let trouble = ".foot-page [role=alert]";
    window.wait_for_text(trouble, "Not saved: the disk is full");
    window.wait_for_text(".prose", "dark.");
    // One goes on writing, in this passage and in a new one; both wait.
    window.press(" Nobody saw it.");
    window.chord(&[ALT, 'n']);
    window.wait_until("an empty editor", || {
        window.script("return document.querySelector('.prose')?.innerText.trim()", &[]) == ""
    });
    window.press(&format!("A new lamp is bought.{ESCAPE}"));
    window.wait_for_text(".page", "Nobody saw it.");
    window.wait_for_text(".page", "A new lamp is bought.");
    window.wait_for_text(trouble, "Not saved: the disk is full");
    assert_eq!(archive.record(&meeting)["passages"][0]["text"], "The lamp is out.");
    small.make_room();
    window.wait_until_gone(trouble);
    let texts = || -> Vec<String> {
        let record = archive.record(&meeting);
        let passages = record["passages"].as_array().unwrap().iter();
        passages.map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    };
    let written = [
        format!("The lamp is out.{long} Nobody saw it."),
        "A new lamp is bought.".to_owned(),
    ];
    window.wait_until("both in the record", || texts() == written);
    drop(window);
    archive.is_whole();
}

#[test]
fn an_archive_that_cannot_be_opened_is_named_and_left_alone() {
    type Harm = fn(&mut Vec<u8>);
    let harms: [(&str, &str, Harm); 3] = [
        // The user version of SQLite's header (offset 60, big-endian) says which Minuta wrote it.
        ("newer", "newer", |bytes| {
            bytes[60..64].copy_from_slice(&[0, 0, 0x7f, 0]);
        }),
        ("no archive", "is not a Minuta archive", |bytes| {
            *bytes = b"A shopping list.\n".repeat(100);
        }),
        ("damaged", "amaged", |bytes| bytes[100..4096].fill(0xA5)),
    ];
    for (name, words, harm) in harms {
        let archive = Archive::new();
        archive.meeting(1);
        let mut bytes = fs::read(archive.archive()).unwrap();
        harm(&mut bytes);
        fs::write(archive.archive(), &bytes).unwrap();
        let Some(window) = open(&archive) else { return };
        window.wait_for_text("[role=alert]", "The archive could not be opened");
        let said = window.text(&window.find("[role=alert]"));
        assert!(said.contains(words), "{name}: {said}");
        assert!(said.contains("tried.minuta"), "{name}: {said}");
        drop(window);
        assert_eq!(
            fs::read(archive.archive()).unwrap(),
            bytes,
            "{name}: the file was written to"
        );
    }
}
