//! The sample meeting, from its lines to its documents. What is in `snapshots` was read as a rapporteur reads: each line
//! of `assets/sample/meeting.txt` stands where it belongs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use minuta_core::api::DocumentKind;
use minuta_core::edit::{capture, import as importing, meeting};
use minuta_core::env::{Env, FixedEnv};
use minuta_core::model::{MeetingId, Record};
use minuta_core::{Archive, import, publish, sample};
use serde_json::Value;

/// The sample meeting begins at 14:00 CET.
fn start() -> DateTime<Utc> {
    "2026-03-12T13:00:00Z".parse().unwrap()
}

/// A clock that is put forward by hand: half a minute a line, so that times in the golden files follow from the lines
/// alone.
#[derive(Debug)]
struct HandClock {
    lines: AtomicI64,
    ids: FixedEnv,
}

impl HandClock {
    fn new() -> Self {
        Self {
            lines: AtomicI64::new(0),
            ids: FixedEnv::new(start(), TimeDelta::zero(), 42),
        }
    }
}

impl Env for HandClock {
    fn now(&self) -> DateTime<Utc> {
        start() + TimeDelta::seconds(30 * self.lines.load(Ordering::SeqCst))
    }

    fn fresh_id(&self) -> uuid::Uuid {
        self.ids.fresh_id()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> minuta_core::Result<()> {
        self.ids.fill_random(bytes)
    }
}

/// What one line did: the line, whether it touched a row, what the writer was told.
type Typed = (String, bool, Vec<String>);

/// The sample's lines, typed half a minute apart.
fn typed(folder: &std::path::Path) -> (Archive, MeetingId, Vec<Typed>) {
    let clock = Arc::new(HandClock::new());
    let mut archive = Archive::open(&folder.join("sample.minuta"), clock.clone()).unwrap();
    let id = meeting::create(&mut archive, &sample::new()).unwrap();
    let mut done = Vec::new();
    for line in sample::LINES.lines() {
        if line.trim().is_empty() {
            continue;
        }
        clock.lines.fetch_add(1, Ordering::SeqCst);
        let outcome = capture::enter(&mut archive, id, line, None).unwrap();
        done.push((line.to_owned(), outcome.id.is_some(), outcome.notices));
    }
    (archive, id, done)
}

fn with_passages(archive: &mut Archive, id: MeetingId) {
    let (plan, problems) = import::report(sample::REPORT, "report.md", archive.env());
    assert!(problems.is_empty(), "{problems:?}");
    importing::into_existing(archive, id, &plan, "report.md").unwrap();
}

#[test]
fn each_line_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, id, done) = typed(folder.path());
    let idle: Vec<&str> = done
        .iter()
        .filter(|(_, row, _)| !row)
        .map(|(line, ..)| line.as_str())
        .collect();
    assert_eq!(idle, ["q?"], "every other line makes or changes a row");
    let told: Vec<String> = done
        .iter()
        .flat_map(|(line, _, notices)| notices.iter().map(move |notice| format!("{}: {notice}", &line[..4])))
        .collect();
    assert_eq!(
        told,
        [
            "Jun : \"Jun Sato\" fits 2 participants; kept as an unresolved speaker",
            "Sato: \"Sato\" is no participant; kept as an unresolved speaker",
        ]
    );
    // Each point is one line of the file, word for word, in the file's order.
    let record = archive.record(id).unwrap();
    let mut lines = sample::LINES.lines();
    for view in &record.points {
        let raw = &view.point.raw;
        assert!(
            lines.any(|line| line == raw),
            "not in the file, or not in this place: {raw}"
        );
    }
}

#[test]
fn the_report_and_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let (mut archive, id, _) = typed(folder.path());
    let record = archive.record(id).unwrap();
    insta::assert_snapshot!(
        "report_of_points_alone",
        publish::markdown(&record, DocumentKind::Report)
    );
    with_passages(&mut archive, id);
    let record = archive.record(id).unwrap();
    insta::assert_snapshot!("report", publish::markdown(&record, DocumentKind::Report));
    insta::assert_snapshot!("record", publish::markdown(&record, DocumentKind::Record));
    insta::assert_snapshot!("json_outline", outline(&record));
}

#[test]
fn the_report_is_the_one_that_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let env = Arc::new(FixedEnv::new(start(), TimeDelta::milliseconds(250), 7));
    let mut archive = Archive::open(&folder.path().join("made.minuta"), env).unwrap();
    let id = sample::make(&mut archive).unwrap();
    let made = publish::markdown(&archive.record(id).unwrap(), DocumentKind::Report);
    // The finished report, to the letter; who was excused is known from the attendance alone.
    assert_eq!(made, format!("{}\nApologies: דנה לוי\n", sample::REPORT));

    let (mut typed, own, _) = typed(folder.path());
    with_passages(&mut typed, own);
    let record = typed.record(own).unwrap();
    assert_eq!(made, publish::markdown(&record, DocumentKind::Report));
    assert_eq!(
        outline(&archive.record(id).unwrap()).replace("2026-03-12T13:0", ""),
        outline(&record).replace("2026-03-12T13:0", ""),
        "`sample::make` types the same lines"
    );
}

/// What `show --json` says, in lines that can be read, with names for ids and without times: those are in the record.
fn outline(record: &Record) -> String {
    let json = serde_json::to_value(record).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let named = |noun: &str, id: &Value, key: &str| -> String {
        let rows = json[noun].as_array().unwrap();
        let row = rows.iter().find(|row| row["id"] == *id);
        row.map_or_else(|| "-".to_owned(), |row| text(row, key))
    };
    let people = |ids: &Value| -> String {
        let ids = ids.as_array().unwrap();
        ids.iter()
            .map(|id| named("participants", id, "name"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut out = String::new();
    let mut line = |parts: &[String]| {
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        out.push_str(parts.join(" | ").trim_end());
        out.push('\n');
    };
    for (key, value) in json["meeting"].as_object().unwrap() {
        let shown = match key.as_str() {
            "id" | "series" => continue,
            "item" => named("items", value, "title"),
            "moderators" | "rapporteurs" => people(value),
            _ => value.to_string(),
        };
        line(&[format!("meeting {key} = {shown}")]);
    }
    for row in json["items"].as_array().unwrap() {
        line(&[
            format!("item {}", text(row, "label")),
            text(row, "state"),
            text(row, "title"),
            if row["heading"] == "" {
                String::new()
            } else {
                format!("as \"{}\"", text(row, "heading"))
            },
        ]);
    }
    for row in json["points"].as_array().unwrap() {
        let flag = |key: &str| {
            if row[key] == true {
                key.to_owned()
            } else {
                String::new()
            }
        };
        let continues = if row["continues"].is_null() {
            String::new()
        } else {
            "goes on".to_owned()
        };
        let unknown = if row["unknown"] == 0 {
            String::new()
        } else {
            format!("#{}", row["unknown"])
        };
        let given = |key: &str, words: &str| {
            if row[key] == "" || row[key].is_null() {
                String::new()
            } else {
                format!("{words} {}", text(row, key))
            }
        };
        let owners = people(&row["owners"]);
        line(&[
            format!("point {}", named("items", &row["item"], "label")),
            text(row, "kind"),
            format!("{} ({})", text(row, "attribution"), text(row, "basis")),
            people(&row["speakers"]),
            unknown,
            given("speaker_text", "typed"),
            continues,
            flag("internal"),
            flag("set_aside"),
            if owners.is_empty() {
                owners
            } else {
                format!("for {owners}")
            },
            given("owner_text", "for"),
            given("due", "due"),
            text(row, "text"),
        ]);
    }
    for row in json["participants"].as_array().unwrap() {
        let spans = row["presence"].as_array().unwrap();
        let left = spans.last().is_some_and(|span| !span["to"].is_null());
        line(&[
            format!("participant {}", text(row, "name")),
            row["roles"]
                .as_array()
                .unwrap()
                .iter()
                .map(|role| role.as_str().unwrap())
                .collect::<Vec<_>>()
                .join("; "),
            text(row, "state"),
            if left { "left".to_owned() } else { String::new() },
            if row["duty"] == "none" {
                String::new()
            } else {
                text(row, "duty")
            },
        ]);
    }
    for row in json["turns"].as_array().unwrap() {
        let when = |key: &str| {
            if row[key].is_null() {
                String::new()
            } else {
                key.to_owned()
            }
        };
        line(&[
            format!("turn {}", named("participants", &row["participant"], "name")),
            text(row, "kind"),
            text(row, "reason"),
            when("began"),
            when("ended"),
        ]);
    }
    for row in json["passages"].as_array().unwrap() {
        line(&[
            format!("passage {}", named("items", &row["item"], "label")),
            text(row, "style"),
            text(row, "text"),
        ]);
    }
    out
}

/// The README's table of `show --json` has each row's keys, and no others.
#[test]
fn the_readme_tells_what_the_json_holds() {
    let readme = std::fs::read_to_string(minuta_tests::root().join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut archive, id, _) = typed(folder.path());
    with_passages(&mut archive, id);
    let json = serde_json::to_value(archive.record(id).unwrap()).unwrap();
    let said = |noun: &str| -> std::collections::BTreeSet<String> {
        let start = format!("| `{noun}` | ");
        let row = readme.lines().find_map(|line| line.strip_prefix(start.as_str()));
        let row = row.unwrap_or_else(|| panic!("README.md says nothing of `{noun}`"));
        // Keys stand before what explains them in brackets.
        let mut depth = 0;
        let keys: String = row
            .chars()
            .filter(|letter| {
                depth += i32::from(*letter == '(');
                let outside = depth == 0;
                depth -= i32::from(*letter == ')');
                outside
            })
            .collect();
        keys.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    for (noun, rows) in json.as_object().unwrap() {
        let row = if rows.is_array() { rows.get(0) } else { Some(rows) };
        let told = said(noun);
        if let Some(row) = row {
            let keys = row.as_object().unwrap().keys().cloned().collect();
            assert_eq!(told, keys, "{noun}");
        }
    }
}
