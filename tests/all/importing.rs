//! A file as the window brings it in: looked at, reconciled with the people of the meeting, one action.

use std::fs;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use minuta_core::{Archive as Opened, api};
use minuta_tests::cli::Archive;

const ZOOM: &str = "\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ann Berg (Lights),ann@example.org,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,No
Tiago Menezes,tm@example.org,01/15/2026 02:05:00 PM,01/15/2026 02:30:00 PM,25,Yes
Tiago Menezes,tm@example.org,01/15/2026 02:31:00 PM,01/15/2026 03:00:00 PM,29,Yes
Cy Dee,,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,Yes
Bo Ek,,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,Yes
";

const LOG: &str = "\
[14:00:00] <ann> topic: Lights on the pier
[14:01:00] <ann> scribe: ann
[14:02:00] <ann> Ben: the lamp is out
[14:03:00] <ben> present+
[14:04:00] <ann> ACTION: ben to mend the lamp
[14:05:00] <ann> RESOLUTION: the lamp is mended by Friday
";

/// A meeting with two participants, opened as the window opens it.
fn held(archive: &Archive, lines: &str) -> (String, Mutex<Opened>) {
    let id = archive.meeting(1);
    archive.run(&["capture", &id], lines).well();
    (id, Mutex::new(crate::opened::open(&archive.archive(), 9)))
}

fn file(meeting: Option<&str>, name: &str, text: &str) -> Value {
    json!({ "meeting": meeting, "name": name, "bytes": STANDARD.encode(text) })
}

fn call(opened: &Mutex<Opened>, name: &str, request: Value) -> Value {
    api::call(opened, name, request).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
}

fn names(record: &Value) -> Vec<&str> {
    let all = record["participants"].as_array().unwrap().iter();
    all.map(|one| one["name"].as_str().unwrap()).collect()
}

#[test]
fn a_report_is_reconciled_applied_and_taken_back() {
    let archive = Archive::new();
    let (id, opened) = held(&archive, "participant: Ann Berg, editor\nparticipant: Tiago Meneses\n");
    let before = archive.record(&id);
    let report = file(Some(&id), "zoom.csv", ZOOM);
    let seen = call(&opened, "import_preview", report.clone());
    assert_eq!(archive.record(&id), before, "to look changes nothing");
    assert_eq!(seen["kind"]["word"], "zoom");
    let people = seen["people"].as_array().unwrap();
    let row = |name: &str| people.iter().find(|one| one["name"] == name).unwrap();
    assert_eq!(people.len(), 4, "{people:#?}");
    let ann = &before["participants"][0]["id"];
    assert_eq!(row("Ann Berg")["by"], "name");
    assert_eq!(row("Ann Berg")["proposed"], json!({ "participant": ann }));
    // What is only like a name is asked about, not taken.
    let tiago = &before["participants"][1]["id"];
    assert_eq!(row("Tiago Menezes")["by"], "likeness");
    assert_eq!(row("Tiago Menezes")["fits"][0]["participant"], *tiago);
    assert_eq!(row("Tiago Menezes")["proposed"], "new");
    assert_eq!(row("Tiago Menezes")["stretches"], 2);
    assert_eq!(row("Cy Dee")["by"], Value::Null);

    let choice = |name: &str, becomes: Value| json!({ "of": row(name)["of"], "name": name, "as": becomes });
    let people = [
        choice("Tiago Menezes", json!({ "participant": tiago })),
        choice("Bo Ek", json!("left_out")),
    ];
    call(&opened, "import_apply", json!({ "file": report, "people": people }));
    let after = archive.record(&id);
    assert_eq!(names(&after), ["Ann Berg", "Tiago Meneses", "Cy Dee"]);
    let one = &after["participants"][1];
    assert_eq!(one["aliases"], json!(["Tiago Menezes"]));
    assert_eq!(one["state"], "present");
    assert_eq!(one["presence"].as_array().unwrap().len(), 2);
    assert_eq!(after["participants"][0]["roles"], json!(["editor"]));
    // One step.
    call(&opened, "undo", json!({ "meeting": id }));
    assert_eq!(archive.record(&id), before);
    archive.is_whole();
}

/// So many things at once go into the document as changes of their own: still one step to whoever takes it back.
#[test]
fn what_brings_hundreds_of_things_is_taken_back_and_done_again_in_one_step() {
    let archive = Archive::new();
    let (id, opened) = held(&archive, "participant: Ann Berg\nAnn Berg: hello\n");
    let row = |at: usize| format!("P{at} Lee,p{at}@example.org,01/15/2026 02:00:00 PM,01/15/2026 02:30:00 PM,30,No\n");
    let head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n";
    let report = format!("{head}{}", (0..100).map(row).collect::<String>());
    let cue = |at: usize| {
        let (minute, second) = (at / 60, at % 60);
        format!("00:{minute:02}:{second:02}.000 --> 00:{minute:02}:{second:02}.900\n<v Ann Berg>Matter {at}</v>\n\n")
    };
    let talk = format!("WEBVTT\n\n{}", (0..200).map(cue).collect::<String>());
    let paragraph = |at: usize| format!("Paragraph {at} of the minutes.\n\n");
    let minutes = format!("# Harbour Group\n\n{}", (0..80).map(paragraph).collect::<String>());
    for (name, text, noun, count) in [
        ("zoom.csv", report, "participants", 100),
        ("talk.vtt", talk, "cues", 200),
        ("minutes.md", minutes, "passages", 80),
    ] {
        let before = archive.record(&id);
        call(
            &opened,
            "import_apply",
            json!({ "file": file(Some(&id), name, &text), "people": [] }),
        );
        let after = archive.record(&id);
        let new = after[noun].as_array().unwrap().len() - before[noun].as_array().unwrap().len();
        assert_eq!(new, count, "{noun}");
        archive.is_whole();
        call(&opened, "undo", json!({ "meeting": id }));
        assert_eq!(archive.record(&id), before, "{name}");
        call(&opened, "redo", json!({ "meeting": id }));
        assert_eq!(archive.record(&id), after, "{name}");
        archive.is_whole();
    }
}

#[test]
fn two_rows_become_one_only_where_that_was_chosen() {
    let archive = Archive::new();
    let (id, opened) = held(&archive, "participant: Cy Dee\n");
    let text = "\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Cy Dee,cy@one.example,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,Yes
Cy Dee,cy@two.example,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,Yes
";
    let report = file(Some(&id), "zoom.csv", text);
    let seen = call(&opened, "import_preview", report.clone());
    let people = seen["people"].as_array().unwrap();
    assert_eq!(people.len(), 2);
    assert_eq!(people[0]["again"], json!([1]));
    let known: Vec<&Value> = people.iter().filter(|one| one["proposed"] != "new").collect();
    assert!(known.len() < 2, "{people:#?}");
    call(&opened, "import_apply", json!({ "file": report, "people": [] }));
    assert!(archive.record(&id)["participants"].as_array().unwrap().len() >= 2);
    call(&opened, "undo", json!({ "meeting": id }));

    let cy = &archive.record(&id)["participants"][0]["id"];
    let both = json!([
        { "of": 0, "name": "Cy Dee", "as": { "participant": cy } },
        { "of": 1, "name": "Cy Dee", "as": { "participant": cy } },
    ]);
    call(&opened, "import_apply", json!({ "file": report, "people": both }));
    assert_eq!(names(&archive.record(&id)), ["Cy Dee"]);
}

#[test]
fn who_is_left_out_of_a_log_is_nobody_and_what_they_said_stays() {
    let archive = Archive::new();
    let (id, opened) = held(&archive, "participant: Ann Berg\nparticipant: Ben Roy\n");
    // Somebody else bears the nick: what a stranger said is not theirs.
    let ben = archive.record(&id)["participants"][1]["id"].clone();
    let edit = json!({ "meeting": id, "participant": ben, "aliases": ["ben"] });
    call(&opened, "participant_edit", edit);
    let log = file(Some(&id), "irc.log", LOG);
    let seen = call(&opened, "import_preview", log.clone());
    assert_eq!(seen["kind"]["word"], "scribe-log");
    assert_eq!(seen["items"], 1);
    assert_eq!(seen["points"], 3, "{seen:#}");
    let people = seen["people"].as_array().unwrap();
    let row = people
        .iter()
        .find(|one| one["name"].as_str().unwrap().eq_ignore_ascii_case("ben"))
        .unwrap();
    assert_eq!(row["by"], "alias");
    assert_eq!(row["proposed"], json!({ "participant": ben }));
    let out = json!([{ "of": row["of"], "name": row["name"], "as": "left_out" }]);
    call(&opened, "import_apply", json!({ "file": log, "people": out }));
    let record = archive.record(&id);
    assert!(
        !names(&record).iter().any(|name| name.eq_ignore_ascii_case("ben")),
        "{record:#}"
    );
    let points = record["points"].as_array().unwrap();
    let lamp = points
        .iter()
        .find(|one| one["text"].as_str().unwrap().contains("the lamp is out"));
    assert_eq!(lamp.unwrap()["attribution"], "unresolved", "{lamp:#?}");
    let action = points.iter().find(|one| one["kind"] == "action").unwrap();
    assert_eq!(action["owners"], json!([]));
    assert!(action["owner_text"].as_str().unwrap().eq_ignore_ascii_case("ben"));
    assert_ne!(record["participants"][1]["state"], "present", "Ben Roy was not there");
    archive.is_whole();
}

#[test]
fn a_log_becomes_a_new_meeting() {
    let archive = Archive::new();
    let opened = Mutex::new(crate::opened::open(&archive.archive(), 9));
    let log = file(None, "irc.log", LOG);
    let seen = call(&opened, "import_preview", log.clone());
    assert_eq!(seen["items"], 1);
    let library = call(&opened, "library", json!({}));
    assert_eq!(library["meetings"], json!([]), "to look makes no meeting");
    let made = call(&opened, "import_apply", json!({ "file": log, "people": [] }));
    let record = archive.record(made["meeting"].as_str().unwrap());
    assert_eq!(
        u64::try_from(record["points"].as_array().unwrap().len()).unwrap(),
        seen["points"]
    );
    // There is nobody yet who one of the file could be.
    let somebody = json!([{ "of": 0, "name": seen["people"][0]["name"], "as": { "participant": made["meeting"] } }]);
    let refused = api::call(&opened, "import_apply", json!({ "file": log, "people": somebody }));
    assert!(refused.unwrap_err().message.contains("no participant yet"));
    archive.is_whole();
}

#[test]
fn what_cannot_be_brought_in_is_refused_with_the_reason() {
    let archive = Archive::new();
    let (id, opened) = held(&archive, "participant: Ann Berg\n");
    let before = archive.record(&id);
    let refused = |request: Value, name: &str| api::call(&opened, name, request).unwrap_err().message;
    let with = |key: &str, value: Value| {
        let mut request = file(Some(&id), "zoom.csv", ZOOM);
        request[key] = value;
        request
    };
    for (request, why) in [
        (with("bytes", json!("!")), "did not come through whole"),
        (with("bytes", json!("A".repeat(23 << 20))), "larger than 16 MiB"),
        (with("kind", json!("novel")), "is no kind of file"),
        (with("kind", json!("calendar")), "it is no invitation"),
        (with("zone", json!("Europe/Atlantis")), "is no time zone"),
    ] {
        let said = refused(request, "import_preview");
        assert!(said.contains(why), "{said}");
    }
    let other = json!([{ "of": 0, "name": "Zoe Lund", "as": "new" }]);
    let said = refused(
        json!({ "file": with("name", json!("z.csv")), "people": other }),
        "import_apply",
    );
    assert!(said.contains("Look at it again"), "{said}");
    let nobody = json!([{ "of": 0, "name": "Ann Berg", "as": { "participant": id } }]);
    let said = refused(
        json!({ "file": with("name", json!("z.csv")), "people": nobody }),
        "import_apply",
    );
    assert!(said.contains("no such participant"), "{said}");
    assert_eq!(archive.record(&id), before);
}

#[test]
fn an_import_as_a_new_meeting_is_taken_back_with_the_meeting_and_done_again() {
    let archive = Archive::new();
    let opened = Mutex::new(crate::opened::open(&archive.archive(), 9));
    let made = call(
        &opened,
        "import_apply",
        json!({ "file": file(None, "irc.log", LOG), "people": [] }),
    );
    let id = made["meeting"].as_str().unwrap().to_owned();
    let before = archive.record(&id);
    archive.run(&["capture", &id], "one more line\n").well();
    let turn = |way: &str| call(&opened, way, json!({ "meeting": id }));
    assert_eq!(
        turn("undo"),
        json!({ "label": "point added", "left": [], "gone": false })
    );
    assert_eq!(archive.record(&id), before);
    assert_eq!(
        turn("undo"),
        json!({ "label": "meeting imported", "left": [], "gone": true })
    );
    assert!(archive.run(&["list"], "").well().is_empty());
    assert_eq!(turn("undo")["label"], Value::Null, "there is nothing before it");
    archive.is_whole();

    // On the command line, after a restart: by its whole id.
    archive.run(&["redo", &id], "").well();
    assert_eq!(archive.record(&id), before);
    let said = archive.run(&["undo", &id], "");
    assert!(said.err.contains("the meeting is gone"), "{}", said.err);
    assert_eq!(
        turn("redo"),
        json!({ "label": "meeting imported", "left": [], "gone": false })
    );
    // What was typed since is done again too.
    assert_eq!(turn("redo")["label"], "point added");
    let count = |record: &Value| record["points"].as_array().unwrap().len();
    assert_eq!(count(&archive.record(&id)), count(&before) + 1);
    archive.is_whole();
}

#[test]
fn a_meeting_made_by_hand_is_not_undone() {
    let archive = Archive::new();
    let (id, opened) = held(&archive, "");
    assert_eq!(
        call(&opened, "undo", json!({ "meeting": id })),
        json!({ "label": null, "left": [], "gone": false })
    );
}

#[test]
fn a_dropped_file_is_had_whole_or_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, size: u64| {
        let path = folder.path().join(name);
        fs::write(&path, "ann: hello").unwrap();
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(size)
            .unwrap();
        path
    };
    let (log, shared) = (put("irc.log", 10), put("Pier.MINUTA", 40 << 20));
    let found = api::dropped(&[log, shared.clone()]).unwrap();
    assert_eq!((found.name.as_str(), found.more, found.shared), ("irc.log", 1, None));
    assert_eq!(found.bytes, "YW5uOiBoZWxsbw==");
    // A shared meeting is taken in from where it lies: none of it goes through the page.
    let found = api::dropped(std::slice::from_ref(&shared)).unwrap();
    assert_eq!((found.bytes.as_str(), found.more), ("", 0));
    assert_eq!(found.shared.as_deref(), shared.to_str());
    let just = put("just.txt", 16 << 20);
    assert!(api::dropped(&[just]).is_ok());
    for (path, why) in [
        (put("huge.txt", (16 << 20) + 1), "huge.txt is larger than 16 MiB"),
        (folder.path().to_owned(), "is a folder; drop the file itself"),
        (folder.path().join("gone.csv"), "gone.csv could not be read"),
    ] {
        let refused = api::dropped(&[path]).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
}
