//! The whole contract of `minuta-cli`: what it prints, what it tells, how it ends.

use std::fs;

use minuta_tests::cli::{Archive, acknowledged};
use minuta_tests::process::{Ended, Running};
use serde_json::Value;

const WELL: Option<i32> = Some(0);
const REFUSED: Option<i32> = Some(1);
const WRONG_USAGE: Option<i32> = Some(2);

/// Refused: exit code 1, nothing printed, and a reason of one line that holds these words once.
fn refused(ended: &Ended, words: &str) {
    assert_eq!(ended.code(), REFUSED, "{ended:?}");
    assert_eq!(ended.out, "", "{ended:?}");
    assert!(
        ended.err.starts_with("minuta-cli: ") && ended.err.lines().count() == 1,
        "{ended:?}"
    );
    assert_eq!(ended.err.matches(words).count(), 1, "{words:?} in {ended:?}");
}

fn wrong_usage(ended: &Ended, words: &str) {
    assert_eq!(ended.code(), WRONG_USAGE, "{ended:?}");
    assert_eq!(ended.out, "", "{ended:?}");
    assert!(
        ended.err.starts_with("error: ") && ended.err.contains(words),
        "{ended:?}"
    );
}

/// What is in the archive's folder.
fn files(archive: &Archive) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(archive.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn texts(archive: &Archive, meeting: &str) -> Vec<String> {
    let record = archive.record(meeting);
    let points = record["points"].as_array().unwrap();
    points
        .iter()
        .map(|point| point["text"].as_str().unwrap().to_owned())
        .collect()
}

fn capture(archive: &Archive, meeting: &str, bytes: &[u8]) -> Ended {
    let mut command = archive.command(&["capture", meeting]);
    Running::start(&mut command, bytes.to_vec()).end_within(std::time::Duration::from_secs(60))
}

#[test]
fn help_is_there_for_every_command_with_examples() {
    let archive = Archive::new();
    let help = archive.run(&["--help"], "").well();
    for word in [
        "Examples:",
        "Exit codes:",
        "latest",
        "--archive",
        "minuta-cli capture latest < lines.txt",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    let commands = [
        "new",
        "list",
        "capture",
        "import",
        "export",
        "lint",
        "show",
        "search",
        "undo",
        "redo",
        "check",
        "backup",
        "rebuild",
        "recover",
        "sample",
        "share",
        "join",
        "sync",
        "export-file",
        "merge",
        "members",
        "withdraw",
        "aside",
        "connections",
        "review",
        "settle",
        "next",
        "people",
        "same",
        "apart",
        "actions",
        "decisions",
    ];
    for command in commands {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
        let own = archive.run(&[command, "--help"], "").well();
        assert!(own.contains("Usage: minuta-cli"), "{command}: {own}");
    }
    assert!(archive.run(&["capture", "--help"], "").well().contains("q+ A: reason"));
    assert!(archive.run(&["--version"], "").well().starts_with("minuta-cli "));
    assert_eq!(files(&archive), [""; 0], "asking for help makes no archive");
}

#[test]
fn wrong_usage_is_told_from_a_refusal() {
    let archive = Archive::new();
    for (words, told) in [
        (&[][..], "subcommand"),
        (&["minutes"], "minutes"),
        (&["list", "--yes"], "--yes"),
        (&["capture"], "MEETING"),
        (&["search"], "QUERY"),
        (&["import"], "FILES"),
        (&["import", "x.md", "--as", "novel"], "novel"),
        (&["new", "--series", "G", "--short", "G", "--number", "many"], "many"),
        (&["export", "latest"], "--to"),
        (&["export", "latest", "--to", "-"], "--format"),
        (&["export", "latest", "--to", "minutes.docx"], "minutes.docx"),
        (&["export", "latest", "--to", "a.md", "--document", "novel"], "novel"),
    ] {
        wrong_usage(&archive.run(words, ""), told);
    }
    assert_eq!(files(&archive), [""; 0]);
    let new = |starts: &str, zone: &str, series: &str| {
        let words = [
            "new", "--series", series, "--short", "G", "--number", "1", "--starts", starts, "--zone", zone,
        ];
        archive.run(&words, "")
    };
    wrong_usage(&new("tomorrow", "UTC", "G"), "tomorrow");
    refused(
        &new("2026-01-15T13:00:00Z", "Europe/Nowhere", "G"),
        "\"Europe/Nowhere\" is no IANA time zone",
    );
    refused(&new("2026-01-15T13:00:00Z", "UTC", "  "), "needs the name of the body");
    assert_eq!(archive.run(&["list"], "").well(), "", "nothing was made");
}

#[test]
fn a_meeting_is_named_by_its_id_a_beginning_or_latest() {
    let archive = Archive::new();
    refused(&archive.run(&["show", "latest"], ""), "no meeting yet");
    let (first, second) = (archive.meeting(1), archive.meeting(2));
    let number = |meeting: &str| archive.record(meeting)["meeting"]["number"].clone();
    assert_eq!(number(&first), 1);
    assert_eq!(number("latest"), 2);
    let same = first
        .chars()
        .zip(second.chars())
        .take_while(|(one, other)| one == other)
        .count();
    assert_eq!(number(&first[..=same].to_uppercase()), 1);
    assert_eq!(number(&second[..=same]), 2);
    refused(
        &archive.run(&["show", &first[..same]], ""),
        "more than one meeting's id begins with",
    );
    refused(&archive.run(&["show", "zz"], ""), "no meeting's id begins with \"zz\"");
    refused(&archive.run(&["show", ""], ""), "say which meeting");
    refused(&archive.run(&["show", "%"], ""), "no meeting's id");
    // The list: one line a meeting, the newest first.
    let list = archive.run(&["list"], "").well();
    let ids: Vec<&str> = list.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(ids, [second.as_str(), first.as_str()]);
    assert_eq!(
        list.lines().next().unwrap().split('\t').collect::<Vec<_>>()[1..],
        ["CG 2", "2026-01-15 13:00 UTC", "planned", "0 points"]
    );
    let json: Value = serde_json::from_str(&archive.run(&["list", "--json"], "").well()).unwrap();
    assert_eq!(json[1]["id"], first.as_str());
    assert_eq!(json[1]["starts"], "2026-01-15T13:00:00Z");
}

#[test]
fn capture_takes_whatever_bytes_come() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let long = "word ".repeat(200_000);
    let mut bytes = b"\xEF\xBB\xBFfirst\r\n\r\n  \t \nb\xFFd\nnu\x00l\n\xEF\xBB\xBFmark\n".to_vec();
    bytes.extend(long.as_bytes());
    bytes.extend(b"\ncarriage\rreturn\n\nno end");
    let ended = capture(&archive, &meeting, &bytes);
    assert_eq!(ended.code(), WELL, "{}", ended.err);
    let told: Vec<(usize, String)> = acknowledged(&ended.out);
    let blank: Vec<usize> = told.iter().filter(|(_, id)| id == "-").map(|(line, _)| *line).collect();
    assert_eq!(
        told.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        (1..=10).collect::<Vec<_>>()
    );
    assert_eq!(blank, [2, 3, 9]);
    assert_eq!(
        ended.err.lines().collect::<Vec<_>>(),
        [
            "minuta-cli: line 4: bytes that are no UTF-8 were replaced by U+FFFD",
            "minuta-cli: line 5: a control character was replaced by U+FFFD",
        ]
    );
    assert_eq!(
        texts(&archive, &meeting),
        [
            "first",
            "b\u{FFFD}d",
            "nu\u{FFFD}l",
            "\u{FEFF}mark",
            long.trim(),
            "carriage\nreturn",
            "no end"
        ]
    );
    let points = archive.points(&meeting);
    for (line, id) in told.iter().filter(|(_, id)| id != "-") {
        assert!(points.contains_key(id), "line {line}");
    }
    assert_eq!(capture(&archive, &meeting, b"").out, "");
    archive.is_whole();
}

#[test]
fn capture_answers_each_line_with_its_row_and_keeps_what_it_cannot_do() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let lines = [
        "participant: Titti Cassa, Co-Chair",
        "agenda+ Budget",
        "/next",
        "Nemo: who is this",
        "/take 9",
        "ack next",
        "s/nowhere/there/",
        "present+ Titti Cassa",
        "q?",
    ];
    let ended = archive.run(&["capture", &meeting], &lines.join("\n"));
    assert_eq!(ended.code(), WELL);
    let record = archive.record(&meeting);
    let told = acknowledged(&ended.out);
    let row = |line: usize| -> (&str, &Value) {
        let id = &told[line - 1].1;
        ["participants", "items", "points"]
            .into_iter()
            .find_map(|noun| {
                let rows = record[noun].as_array().unwrap();
                rows.iter().find(|row| row["id"] == id.as_str()).map(|row| (noun, row))
            })
            .unwrap_or_else(|| panic!("line {line} has no row: {}", ended.out))
    };
    assert_eq!(row(1).1["name"], "Titti Cassa");
    assert_eq!(row(2).1["title"], "Budget");
    assert_eq!(row(3).1["id"], row(2).1["id"], "the item that it opened");
    assert_eq!(row(4).1["attribution"], "unresolved");
    assert_eq!(row(4).1["text"], "Nemo: who is this");
    for (line, text) in [(5, "/take 9"), (6, "ack next"), (7, "s/nowhere/there/")] {
        assert_eq!((row(line).0, row(line).1["text"].as_str().unwrap()), ("points", text));
        assert!(
            ended
                .err
                .contains(&format!("line {line}: \"{text}\" could not be carried out")),
            "{}",
            ended.err
        );
    }
    assert_eq!(row(8).1["state"], "present");
    assert_eq!(told[8].1, "-", "showing the queue changes nothing");
    assert!(
        ended
            .err
            .contains("line 4: \"Nemo\" is no participant; kept as an unresolved speaker"),
        "{}",
        ended.err
    );
    assert_eq!(ended.err.lines().count(), 4, "and nothing else is told: {}", ended.err);
}

#[test]
fn export_writes_a_file_whole_or_not_at_all() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    archive.run(&["capture", &meeting], "one\n[off] two\n").well();
    let folder = archive.folder();
    let export = |words: &[&str]| archive.run(&[&["export", "latest", "--to"], words].concat(), "");
    assert_eq!(export(&["out.md"]).well(), "");
    let report = fs::read_to_string(folder.join("out.md")).unwrap();
    assert!(
        report.starts_with("# Crash Group\n") && report.contains("- one\n") && !report.contains("two"),
        "{report}"
    );
    // An existing file is replaced, by a longer one or a shorter one.
    fs::write(folder.join("out.md"), "x".repeat(100_000)).unwrap();
    export(&["out.md"]).well();
    assert_eq!(fs::read_to_string(folder.join("out.md")).unwrap(), report);
    assert_eq!(export(&["-", "--format", "markdown"]).well(), report);
    assert!(export(&["-", "--format", "pdf"]).well().starts_with("%PDF-1."));
    export(&["OUT.PDF"]).well();
    assert!(fs::read(folder.join("OUT.PDF")).unwrap().starts_with(b"%PDF-1."));
    export(&["plain.txt", "--format", "md"]).well();
    assert_eq!(fs::read_to_string(folder.join("plain.txt")).unwrap(), report);
    let record = export(&["-", "--format", "markdown", "--document", "record"]).well();
    assert!(
        record.contains(" UTC · Remark · untagged: one\n") && !record.contains("two"),
        "{record}"
    );
    assert_eq!(record, archive.run(&["show", "latest"], "").well());

    let before = files(&archive);
    refused(&export(&["nowhere/out.md"]), "nowhere/out.md could not be written");
    fs::create_dir(folder.join("folder.md")).unwrap();
    refused(&export(&["folder.md"]), "folder.md could not be written");
    fs::remove_dir(folder.join("folder.md")).unwrap();
    assert_eq!(files(&archive), before, "nothing is left behind");
}

#[test]
fn one_bad_file_does_not_keep_the_others_out() {
    let archive = Archive::new();
    let folder = archive.folder();
    fs::write(
        folder.join("good.md"),
        "# Group\n\n## Agenda\n\n1. Budget\n\n## Discussion\n\n### 1. Budget\n\nIt grew.\n",
    )
    .unwrap();
    let utf16: Vec<u8> = "\u{FEFF}# Zweite Gruppe\n\nGrüße\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(folder.join("wide.md"), utf16).unwrap();
    fs::write(folder.join("latin.txt"), b"# Caf\xE9\n\nna\xEFve\n").unwrap();
    fs::write(folder.join("empty.md"), "\n  \n").unwrap();
    let noise: Vec<u8> = (0..5000_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    fs::write(folder.join("noise.md"), noise).unwrap();
    fs::create_dir(folder.join("folder.md")).unwrap();
    let ended = archive.run(
        &[
            "import",
            "missing.md",
            "good.md",
            "empty.md",
            "noise.md",
            "wide.md",
            "folder.md",
            "latin.txt",
        ],
        "",
    );
    assert_eq!(ended.code(), REFUSED, "{ended:?}");
    let ids: Vec<&str> = ended.out.lines().collect();
    assert_eq!(ids.len(), 3, "{ended:?}");
    for (file, why) in [
        ("missing.md", "could not be read"),
        ("empty.md", "there is no text in it"),
        ("noise.md", "it is no text file"),
        ("folder.md", "could not be read"),
    ] {
        let told = ended.err.lines().find(|line| line.contains(file)).unwrap();
        assert!(told.contains(why), "{told}");
    }
    assert_eq!(archive.record(ids[0])["passages"][0]["text"], "It grew.");
    let title = |id: &str| archive.record(id)["meeting"]["name"].as_str().unwrap().to_owned();
    assert_eq!(
        (title(ids[1]), title(ids[2])),
        ("Zweite Gruppe".to_owned(), "Café".to_owned())
    );
    let all = |id: &str| archive.run(&["show", id, "--json"], "").well();
    assert!(all(ids[1]).contains("Grüße") && all(ids[2]).contains("naïve"));
    assert_eq!(
        archive.run(&["list"], "").well().lines().count(),
        3,
        "nothing half imported"
    );

    // Into a meeting that exists: its own facts stay, and nothing comes twice.
    let meeting = archive.meeting(9);
    let into = archive.run(&["import", "good.md", "--into", &meeting], "").well();
    assert_eq!(into.trim(), meeting);
    let record = archive.record(&meeting);
    assert_eq!(record["meeting"]["body"], "Crash Group");
    assert_eq!(record["items"].as_array().unwrap().len(), 1);
    assert_eq!(record["passages"][0]["item"], record["items"][0]["id"]);
    refused(
        &archive.run(&["import", "good.md", "--into", "zz"], ""),
        "no meeting's id",
    );
    archive.is_whole();
}

#[test]
fn search_finds_words_beginnings_and_phrases() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let lines =
        "participant: Titti Cassa\nagenda+ Money\n/next\nTC: The budget grew twice\nbudgets shrink\n預算已通過\n";
    archive.run(&["capture", &meeting], lines).well();
    let found = |words: &[&str]| archive.run(&[&["search"], words].concat(), "").well();
    assert_eq!(found(&["budget"]).lines().count(), 2);
    assert_eq!(
        found(&["budget", "grew"]),
        format!("{meeting}\t1\tTitti Cassa: The budget grew twice\n")
    );
    assert_eq!(found(&["\"grew twice\""]).lines().count(), 1);
    assert_eq!(found(&["\"twice grew\""]), "");
    assert_eq!(found(&["通過"]).lines().count(), 1);
    assert_eq!(found(&["nothing"]), "", "finding nothing is no failure");
    for odd in ["\"", "*", "a AND", "NEAR(", "-", "' OR 1=1"] {
        assert_eq!(archive.run(&["search", "--", odd], "").code(), WELL, "{odd}");
    }
    assert_eq!(found(&["budget", "--limit", "1"]).lines().count(), 1);
    let json: Value = serde_json::from_str(&found(&["grew", "--json"])).unwrap();
    assert_eq!(json[0]["meeting"], meeting.as_str());
    assert_eq!(json[0]["noun"], "point");
    assert_eq!(json[0]["speaker"], "Titti Cassa");
    assert_eq!(json[0]["marks"], serde_json::json!([[11, 15]]));
    archive.run(&["undo", &meeting], "").well();
    assert_eq!(found(&["通過"]), "", "what is undone is not found");
}

#[test]
fn undo_and_redo_go_through_the_actions_one_by_one() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    archive
        .run(&["capture", &meeting], "one\ndecision: two\nagenda+ Three\n")
        .well();
    let undo = || archive.run(&["undo", &meeting], "");
    assert_eq!(undo().well(), "undone: item \"Three\" added\n");
    assert_eq!(undo().well(), "undone: decision added\n");
    assert_eq!(texts(&archive, &meeting), ["one"]);
    assert_eq!(
        archive.run(&["redo", &meeting], "").well(),
        "done again: decision added\n"
    );
    assert_eq!(texts(&archive, &meeting), ["one", "two"]);
    undo().well();
    undo().well();
    assert!(texts(&archive, &meeting).is_empty());
    refused(&undo(), "nothing that could be undone");
    archive.run(&["capture", &meeting], "four\n").well();
    refused(
        &archive.run(&["redo", &meeting], ""),
        "nothing that could be done again",
    );
    let json = archive.record(&meeting);
    assert!(
        json["items"].as_array().unwrap().is_empty(),
        "deleted rows are left out"
    );
    archive.is_whole();
}

#[test]
fn the_archive_is_checked_copied_rebuilt_and_recovered() {
    let archive = Archive::new();
    refused(&archive.run(&["check"], ""), "tried.minuta could not be read");
    assert_eq!(files(&archive), [""; 0], "checking makes no archive");
    let meeting = archive.meeting(1);
    archive.run(&["capture", &meeting], "one\n[off] two\n").well();
    assert_eq!(archive.run(&["check"], "").well(), format!("good\t{meeting}\n"));
    let whole = archive.record(&meeting);
    assert_eq!(archive.run(&["rebuild"], "").code(), WELL);
    assert_eq!(archive.record(&meeting), whole);
    // What is kept beside the log is held against it, too, and made anew from it.
    let conn = rusqlite::Connection::open(archive.archive()).unwrap();
    conn.execute("UPDATE point_count SET points = points + 1", []).unwrap();
    drop(conn);
    let checked = archive.run(&["check"], "");
    assert_eq!(checked.code(), REFUSED, "{checked:?}");
    assert!(
        checked.out.contains("point_count has other numbers than the points"),
        "{checked:?}"
    );
    assert_eq!(archive.run(&["rebuild"], "").code(), WELL);
    assert_eq!(archive.run(&["check"], "").well(), format!("good\t{meeting}\n"));

    let copied = archive.run(&["backup", "copy.minuta"], "").well();
    assert_eq!(copied, "copy.minuta: 1 meeting, every change and row verified\n");
    let recovered = archive.run(&["recover", "saved.minuta"], "").well();
    assert_eq!(recovered, format!("whole\t{meeting}\n"));
    for copy in ["copy.minuta", "saved.minuta"] {
        let file = archive.folder().join(copy);
        let show = ["--archive", file.to_str().unwrap(), "show", &meeting, "--json"];
        let mut command = std::process::Command::new(minuta_tests::cli::built("minuta-cli").unwrap());
        let shown = minuta_tests::process::run(command.args(show), "").well();
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), whole, "{copy}");
        let bytes = fs::read(&file).unwrap();
        for word in ["backup", "recover"] {
            refused(&archive.run(&[word, copy], ""), "exists already");
        }
        assert_eq!(fs::read(&file).unwrap(), bytes, "{copy} is as it was");
    }
    refused(&archive.run(&["backup", "nowhere/copy.minuta"], ""), "nowhere");
    assert!(!archive.folder().join("nowhere").exists());
}

#[test]
fn another_file_is_no_archive_and_stays_as_it_is() {
    let archive = Archive::new();
    for bytes in [
        &b"not an archive, but a letter to somebody\n".repeat(40)[..],
        &[0x5A; 8192][..],
    ] {
        fs::write(archive.archive(), bytes).unwrap();
        refused(&archive.run(&["list"], ""), "is not a Minuta archive");
        refused(&archive.run(&["rebuild"], ""), "is not a Minuta archive");
        assert_eq!(fs::read(archive.archive()).unwrap(), bytes);
        assert_eq!(files(&archive), ["tried.minuta"]);
    }
    fs::remove_file(archive.archive()).unwrap();
    fs::create_dir(archive.archive()).unwrap();
    assert_eq!(archive.run(&["list"], "").code(), REFUSED);
}

#[test]
fn the_sample_is_made_and_shown() {
    let archive = Archive::new();
    let id = archive.run(&["sample"], "").well();
    let record = archive.record(id.trim());
    assert_eq!(record["meeting"]["number"], 42);
    for noun in ["items", "points", "participants", "turns", "passages"] {
        assert!(!record[noun].as_array().unwrap().is_empty(), "{noun}");
    }
    let keys: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "meeting",
            "items",
            "points",
            "participants",
            "handovers",
            "turns",
            "passages",
            "cues",
            "votes"
        ]
    );
    archive.is_whole();
}
