//! The line grammar as its users know it: the README's table is the program's own, and each line does in the record
//! what it says.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use chrono::TimeDelta;
use minuta_core::Archive;
use minuta_core::capture::grammar_table;
use minuta_core::edit::{capture, meeting};
use minuta_core::env::FixedEnv;
use minuta_core::model::MeetingId;
use minuta_tests::root;
use serde_json::{Value, json};

/// The grammar as the README has it: one table, a row of its own for each group.
fn table() -> String {
    let mut out = String::from("| typed | effect |\n| --- | --- |\n");
    let mut group = "";
    for row in grammar_table() {
        if row.group != group {
            group = row.group;
            out.push_str(&format!("| **{group}** | |\n"));
        }
        let cell = |text: &str| text.replace('|', "\\|");
        out.push_str(&format!("| {} | {} |\n", cell(row.typed), cell(row.effect)));
    }
    out
}

#[test]
fn the_readme_has_the_grammar_as_it_is() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let table = table();
    assert!(
        readme.contains(&table),
        "put this into README.md in the place of its table of the grammar:\n\n{table}"
    );
}

/// A meeting that is typed line by line.
struct Meeting {
    _folder: tempfile::TempDir,
    archive: Archive,
    id: MeetingId,
}

impl Meeting {
    /// Of 18 December 2025, 14:00 UTC; the clock stands there and goes on by a second.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let start = "2025-12-18T14:00:00Z".parse().unwrap();
        let env = Arc::new(FixedEnv::new(start, TimeDelta::seconds(1), 1));
        let mut archive = Archive::open(&folder.path().join("typed.minuta"), env).unwrap();
        let new = meeting::New {
            series: "Strategy Group".to_owned(),
            short: "SG".to_owned(),
            number: Some(1),
            starts: Some(start),
            zone: "UTC".to_owned(),
            form: String::new(),
        };
        let id = meeting::create(&mut archive, &new).unwrap();
        let mut meeting = Self {
            _folder: folder,
            archive,
            id,
        };
        for name in [
            "Titti Cassa, Co-Chair",
            "Bruna Santos",
            "Jorge Perez, Spain",
            "Jorge Perez, Member",
            "Ann",
            "Ben",
        ] {
            meeting.types(&format!("participant: {name}"));
        }
        meeting
    }

    /// Types a line that must be understood; returns the row that it made or changed, as it is afterwards.
    fn types(&mut self, line: &str) -> Value {
        let outcome = capture::enter(&mut self.archive, self.id, line, None).unwrap();
        assert!(
            !outcome
                .notices
                .iter()
                .any(|notice| notice.contains("could not be carried out")),
            "{line}: {outcome:?}"
        );
        let json = self.json();
        let Some(id) = outcome.id.map(|id| id.to_string()) else {
            return Value::Null;
        };
        if json["meeting"]["id"] == id.as_str() {
            return json["meeting"].clone();
        }
        if line.starts_with("agenda- ") {
            return Value::Null;
        }
        ["points", "items", "participants", "turns"]
            .into_iter()
            .find_map(|noun| rows(&json, noun).into_iter().find(|row| row["id"] == id.as_str()))
            .unwrap_or_else(|| panic!("{line}: no row {id}"))
    }

    fn json(&self) -> Value {
        serde_json::to_value(self.archive.record(self.id).unwrap()).unwrap()
    }

    fn names(&self, ids: &Value) -> Vec<String> {
        let json = self.json();
        let name = |id: &Value| {
            rows(&json, "participants")
                .into_iter()
                .find(|row| row["id"] == *id)
                .unwrap()
        };
        let ids = ids.as_array().unwrap();
        ids.iter()
            .map(|id| name(id)["name"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Who waits, in order.
    fn queue(&self) -> Vec<String> {
        let waiting = |turn: &Value| turn["began"].is_null() && turn["ended"].is_null();
        let turns: Vec<Value> = rows(&self.json(), "turns").into_iter().filter(waiting).collect();
        self.names(&turns.iter().map(|turn| turn["participant"].clone()).collect())
    }

    /// Types a line and says: kind, attribution, basis, speakers, text.
    fn point(&mut self, line: &str) -> (String, String, String, String, String) {
        let row = self.types(line);
        let text = |key: &str| row[key].as_str().unwrap_or_else(|| panic!("{line}: {row}")).to_owned();
        (
            text("kind"),
            text("attribution"),
            text("basis"),
            self.names(&row["speakers"]).join(", "),
            text("text"),
        )
    }

    fn state(&self, name: &str) -> String {
        let json = self.json();
        let row = rows(&json, "participants")
            .into_iter()
            .find(|row| row["name"] == name)
            .unwrap();
        row["state"].as_str().unwrap().to_owned()
    }

    fn agenda(&self) -> Vec<String> {
        let row = |row: Value| format!("{} {} {}", row["label"], row["title"], row["state"]).replace('"', "");
        rows(&self.json(), "items").into_iter().map(row).collect()
    }
}

fn rows(json: &Value, noun: &str) -> Vec<Value> {
    json[noun].as_array().unwrap().clone()
}

fn said(
    kind: &str,
    attribution: &str,
    basis: &str,
    speakers: &str,
    text: &str,
) -> (String, String, String, String, String) {
    (
        kind.to_owned(),
        attribution.to_owned(),
        basis.to_owned(),
        speakers.to_owned(),
        text.to_owned(),
    )
}

#[test]
fn points_and_their_speakers() {
    let mut meeting = Meeting::new();
    for (line, expected) in [
        ("plain words", said("remark", "untagged", "none", "", "plain words")),
        ("*: a summary", said("remark", "nobody", "typed", "", "a summary")),
        (
            "Titti Cassa: in full",
            said("remark", "named", "typed", "Titti Cassa", "in full"),
        ),
        (
            "TC: initials",
            said("remark", "named", "typed", "Titti Cassa", "initials"),
        ),
        (
            "tc： a wide colon",
            said("remark", "named", "typed", "Titti Cassa", "a wide colon"),
        ),
        (
            "@tit a beginning",
            said("remark", "named", "typed", "Titti Cassa", "a beginning"),
        ),
        (
            "@bs initials",
            said("remark", "named", "typed", "Bruna Santos", "initials"),
        ),
        (
            "Titti: a part of a name",
            said("remark", "unresolved", "typed", "", "Titti: a part of a name"),
        ),
        (
            "B: second option",
            said("remark", "unresolved", "typed", "", "B: second option"),
        ),
        (
            "Jorge Perez: which one",
            said("remark", "unresolved", "typed", "", "Jorge Perez: which one"),
        ),
        (
            "?: not known who",
            said("remark", "unknown", "typed", "", "not known who"),
        ),
        ("???: another", said("remark", "unknown", "typed", "", "another")),
        (
            "Note: no speaker",
            said("remark", "untagged", "none", "", "Note: no speaker"),
        ),
        (
            "https://example.org/a: b",
            said("remark", "untagged", "none", "", "https://example.org/a: b"),
        ),
        (
            "next we heard the budget",
            said("remark", "untagged", "none", "", "next we heard the budget"),
        ),
        (
            "\\topic: not a topic",
            said("remark", "untagged", "none", "", "topic: not a topic"),
        ),
        ("\\\\two", said("remark", "untagged", "none", "", "\\two")),
        (
            "#nonsense word",
            said("remark", "untagged", "none", "", "#nonsense word"),
        ),
    ] {
        assert_eq!(meeting.point(line), expected, "{line}");
    }
    assert_eq!(
        meeting.types("?: a third")["unknown"],
        3,
        "each is another stranger until it is said otherwise"
    );
    assert!(meeting.agenda().is_empty());

    // The floor feeds the minutes, and three dots go on.
    meeting.types("ack Bruna Santos");
    assert_eq!(
        meeting.point("from the floor"),
        said("remark", "named", "floor", "Bruna Santos", "from the floor")
    );
    let proposal = meeting.types("TC: proposal: half of it");
    for dots in ["... and more", "… and more"] {
        let row = meeting.types(dots);
        assert_eq!(
            (row["kind"].as_str(), row["text"].as_str()),
            (Some("proposal"), Some("and more")),
            "{dots}"
        );
        assert_eq!(row["speakers"], proposal["speakers"]);
        assert!(!row["continues"].is_null());
    }
    assert_eq!(meeting.types("[off] between us")["internal"], true);
    assert_eq!(meeting.types("on the record")["internal"], false);
}

#[test]
fn kinds() {
    let mut meeting = Meeting::new();
    for (line, kind, attribution, text) in [
        ("decision: yes", "decision", "nobody", "yes"),
        ("Resolved: yes", "decision", "nobody", "yes"),
        ("RESOLUTION: yes", "decision", "nobody", "yes"),
        ("agreed: yes", "decision", "nobody", "yes"),
        ("decided: yes", "decision", "nobody", "yes"),
        ("TC: decision: yes", "decision", "named", "yes"),
        ("question: why", "question", "untagged", "why"),
        ("question+ why", "question", "untagged", "why"),
        ("proposal: so", "proposal", "untagged", "so"),
        ("proposed: so", "proposal", "untagged", "so"),
        ("info: that", "information", "untagged", "that"),
        ("information: that", "information", "untagged", "that"),
        ("#agreed yes", "decision", "nobody", "yes"),
        ("#accepted yes", "decision", "nobody", "yes"),
        ("#info that", "information", "untagged", "that"),
        ("#idea so", "proposal", "untagged", "so"),
        (
            "#link https://example.org",
            "information",
            "untagged",
            "https://example.org",
        ),
    ] {
        let (found, by, _, _, words) = meeting.point(line);
        assert_eq!(
            (found.as_str(), by.as_str(), words.as_str()),
            (kind, attribution, text),
            "{line}"
        );
    }
    let (kind, _, _, _, words) = meeting.point("#rejected the motion");
    assert_eq!(kind, "decision");
    assert!(words.contains("the motion"));
    for (line, owners, due, text) in [
        (
            "action: Titti to write by 15 January",
            "Titti Cassa",
            json!("2026-01-15"),
            "Titti to write by 15 January",
        ),
        (
            "action Bruna Santos: write",
            "Bruna Santos",
            Value::Null,
            "Bruna Santos: write",
        ),
        (
            "action: Ann, Ben to call by 2026-02-01",
            "Ann, Ben",
            json!("2026-02-01"),
            "Ann, Ben to call by 2026-02-01",
        ),
        ("#action Ann to call", "Ann", Value::Null, "Ann to call"),
        (
            "#help a translator is wanted",
            "",
            Value::Null,
            "a translator is wanted",
        ),
        ("action: somebody should call", "", Value::Null, "somebody should call"),
    ] {
        let row = meeting.types(line);
        assert_eq!(row["kind"], "action", "{line}");
        assert_eq!(meeting.names(&row["owners"]).join(", "), owners, "{line}");
        assert_eq!(row["due"], due, "{line}");
        assert_eq!(row["text"], text, "{line}: the text stays whole");
    }
    // Of two with one name, brackets say which; what stands in them parts no names.
    let row = meeting.types("action: Jorge Perez (Member), Ann and Jorge Perez (Spain) to call");
    assert_eq!(row["owner_text"], "");
    let json = meeting.json();
    let roles: Vec<Value> = row["owners"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|owner| {
            let who = rows(&json, "participants")
                .into_iter()
                .find(|one| one["id"] == *owner)?;
            who["roles"].get(0).cloned()
        })
        .collect();
    assert_eq!(roles, ["Member", "Spain"]);
    let row = meeting.types("action: Jorge Perez (to be asked, and so on) to call");
    assert_eq!(row["owner_text"], "Jorge Perez (to be asked, and so on)");
    let row = meeting.types("action: Jorge to call by Friday");
    assert_eq!(
        (row["owner_text"].as_str(), row["due"].as_str()),
        (Some("Jorge"), Some("2025-12-19"))
    );
}

#[test]
fn notes_typed_up_later_count_from_the_meetings_day() {
    let mut meeting = Meeting::new();
    meeting.types("date: 3 March 2024 at 10:00 UTC");
    assert_eq!(meeting.types("action: Ann to write by 15 January")["due"], "2025-01-15");
    assert_eq!(meeting.types("action: Ann to write by 15 March")["due"], "2024-03-15");
    // What is typed ahead of a meeting counts from today.
    meeting.types("date: 3 March 2031 at 10:00 UTC");
    assert_eq!(meeting.types("action: Ann to write by 15 January")["due"], "2026-01-15");
}

#[test]
fn the_agenda() {
    let mut meeting = Meeting::new();
    for title in ["Opening", "Budget", "Any other business"] {
        meeting.types(&format!("agenda+ {title}"));
    }
    meeting.types("/next");
    assert_eq!(meeting.agenda()[0], "1 Opening open");
    meeting.types("next agendum");
    let item = meeting.json()["meeting"]["item"].clone();
    assert_eq!(meeting.types("under the budget")["item"], item);
    meeting.types("subtopic: Income");
    meeting.types("#subtopic Outlay");
    assert_eq!(
        meeting.agenda(),
        [
            "1 Opening done",
            "2 Budget open",
            "2.1 Income done",
            "2.2 Outlay open",
            "3 Any other business pending"
        ]
    );
    meeting.types("/take 2.1");
    assert_eq!(meeting.agenda()[2], "2.1 Income open");
    meeting.types("take up item 3");
    meeting.types("/noupdate");
    assert_eq!(meeting.agenda()[4], "3 Any other business no_update");
    meeting.types("topic: Venue");
    meeting.types("/skip");
    meeting.types("#topic Dates");
    meeting.types("/defer");
    meeting.types("topic: budget");
    meeting.types("agenda 4 = The venue");
    assert_eq!(
        meeting.agenda()[4..],
        [
            "3 Any other business no_update",
            "4 The venue skipped",
            "5 Dates deferred"
        ]
    );
    assert_eq!(
        meeting.agenda()[1],
        "2 Budget open",
        "an item of this title is opened again, not made anew"
    );
    meeting.types("close this item");
    assert_eq!(meeting.agenda()[1], "2 Budget done");
    assert_eq!(meeting.types("between items")["item"], Value::Null);
    meeting.types("agenda- 4");
    assert_eq!(meeting.agenda().last().unwrap(), "4 Dates deferred");
    meeting.types("#startmeeting");
    assert_eq!(meeting.json()["meeting"]["state"], "live");
    meeting.types("#endmeeting");
    let facts = meeting.json()["meeting"].clone();
    assert_eq!(facts["state"], "ended");
    assert!(!facts["live"][0]["to"].is_null());
}

#[test]
fn facts() {
    let mut meeting = Meeting::new();
    meeting.types("meeting: Group on Strategy");
    meeting.types("date: 19 December 2025 at 15.30 UTC");
    meeting.types("recording: https://example.org/recording");
    meeting.types("next meeting: 15 January 2026 at 13.00 UTC");
    let facts = meeting.json()["meeting"].clone();
    for (key, value) in [
        ("name", "Group on Strategy"),
        ("body", "Strategy Group"),
        ("starts", "2025-12-19T15:30:00Z"),
        ("recording", "https://example.org/recording"),
        ("next_starts", "2026-01-15T13:00:00Z"),
    ] {
        assert_eq!(facts[key], value, "{key}");
    }
    meeting.types("#meetingname Strategy Group");
    assert_eq!(
        meeting.json()["meeting"]["name"],
        "",
        "the body's own name needs no other"
    );
}

#[test]
fn people() {
    let mut meeting = Meeting::new();
    let row = meeting.types("participant: Titti Cassa, Office for Charts\\, Tides, Italy");
    assert_eq!(row["roles"], json!(["Office for Charts, Tides", "Italy"]));
    let names: Vec<Value> = rows(&meeting.json(), "participants")
        .iter()
        .map(|row| row["name"].clone())
        .collect();
    assert_eq!(
        names.iter().filter(|name| *name == "Titti Cassa").count(),
        2,
        "beside a namesake"
    );

    meeting.types("present+ Ann, Bruna Santos, Jorge Perez (Spain)");
    meeting.types("regrets+ Ben");
    assert_eq!(
        (meeting.state("Ann"), meeting.state("Ben")),
        ("present".to_owned(), "apologies".to_owned())
    );
    let jorges: Vec<Value> = rows(&meeting.json(), "participants")
        .into_iter()
        .filter(|row| row["name"] == "Jorge Perez")
        .map(|row| row["state"].clone())
        .collect();
    assert_eq!(jorges, ["present", "expected"], "one of two namesakes");
    let left = meeting.types("present- Ann");
    assert_eq!(left["state"], "present", "was there");
    assert!(!left["presence"][0]["to"].is_null(), "and went");
    meeting.types("present: Ben");
    assert_eq!(
        (meeting.state("Ben"), meeting.state("Bruna Santos")),
        ("present".to_owned(), "expected".to_owned())
    );
    meeting.types("regrets: Ann");
    meeting.types("regrets- Ann");
    assert_eq!(meeting.state("Ann"), "expected");
    meeting.types("present+ Cleo Marsh");
    assert_eq!(
        meeting.state("Cleo Marsh"),
        "present",
        "who was not in the list is added to it"
    );

    let duty = |meeting: &Meeting, key: &str| meeting.names(&meeting.json()["meeting"][key]);
    meeting.types("chair: Bruna Santos");
    meeting.types("chair+ Ann");
    meeting.types("scribe: Ann");
    assert_eq!(duty(&meeting, "moderators"), ["Bruna Santos", "Ann"]);
    assert_eq!(duty(&meeting, "rapporteurs"), ["Ann"]);
    meeting.types("chair- Bruna Santos");
    meeting.types("scribe+ Ben");
    meeting.types("scribe- Ann");
    assert_eq!(
        (duty(&meeting, "moderators"), duty(&meeting, "rapporteurs")),
        (vec!["Ann".to_owned()], vec!["Ben".to_owned()])
    );
    meeting.types("#chair ann ben");
    assert_eq!(duty(&meeting, "moderators"), ["Ann", "Ben"]);
    meeting.types("#unchair ben");
    meeting.types("chair: Ben");
    assert_eq!(duty(&meeting, "moderators"), ["Ben"], "a colon replaces");
}

#[test]
fn the_queue_and_the_floor() {
    let mut meeting = Meeting::new();
    meeting.types("q+ Ann");
    let turn = meeting.types("q+ Bruna Santos to ask about the money");
    assert_eq!(turn["reason"], "ask about the money");
    meeting.types("q+ Ben: a point of order");
    meeting.types("qq+ Titti Cassa to reply");
    assert_eq!(meeting.queue(), ["Titti Cassa", "Ann", "Bruna Santos", "Ben"]);
    meeting.types("q- Ann");
    assert_eq!(meeting.queue(), ["Titti Cassa", "Bruna Santos", "Ben"]);
    assert_eq!(meeting.types("q?"), Value::Null, "asking changes nothing");
    meeting.types("ack next");
    assert_eq!(
        meeting.point("thank you"),
        said("remark", "named", "floor", "Titti Cassa", "thank you")
    );
    meeting.types("ack Ben");
    assert_eq!(
        meeting.point("order!"),
        said("remark", "named", "floor", "Ben", "order!")
    );
    assert_eq!(meeting.queue(), ["Bruna Santos"]);
    meeting.types("q= Ann, Ben");
    assert_eq!(meeting.queue(), ["Ann", "Ben"]);
    let turns = rows(&meeting.json(), "turns");
    let holding = |turn: &&Value| !turn["began"].is_null() && turn["ended"].is_null();
    assert_eq!(turns.iter().filter(holding).count(), 1, "one holds the floor");
}

#[test]
fn mending() {
    let mut meeting = Meeting::new();
    meeting.types("agenda+ Opening");
    meeting.types("/next");
    for line in [
        "teh first",
        "teh second",
        "teh third",
        "we come to money",
        "and spend it",
    ] {
        meeting.types(line);
    }
    let texts = |meeting: &Meeting| -> Vec<String> {
        rows(&meeting.json(), "points")
            .iter()
            .map(|row| row["text"].as_str().unwrap().to_owned())
            .collect()
    };
    meeting.types("s/teh/the/");
    assert_eq!(
        texts(&meeting)[..3],
        ["teh first", "teh second", "the third"],
        "the latest"
    );
    meeting.types("s|teh|the|g");
    assert_eq!(
        texts(&meeting)[..3],
        ["the first", "the second", "the third"],
        "all before"
    );
    meeting.types("s/the /a /G");
    assert_eq!(texts(&meeting)[..3], ["a first", "a second", "a third"]);
    meeting.types("i/come to money/topic: Money/");
    let json = meeting.json();
    let under: BTreeSet<String> = rows(&json, "points")
        .iter()
        .map(|row| {
            let item = rows(&json, "items")
                .into_iter()
                .find(|item| item["id"] == row["item"])
                .unwrap();
            format!("{} < {}", item["title"], row["text"]).replace('"', "")
        })
        .collect();
    let expected = [
        "Money < and spend it",
        "Money < we come to money",
        "Opening < a first",
        "Opening < a second",
        "Opening < a third",
    ];
    assert_eq!(under, expected.map(str::to_owned).into());
    assert_eq!(meeting.agenda(), ["1 Opening done", "2 Money open"]);
    for undo in ["#undo", "/undo"] {
        let count = texts(&meeting).len();
        meeting.types("a slip");
        meeting.types(undo);
        assert_eq!(texts(&meeting).len(), count, "{undo}");
    }
    // Words that are nowhere: the line stays visible.
    let outcome = capture::enter(&mut meeting.archive, meeting.id, "s/nowhere/there/", None).unwrap();
    assert!(
        outcome.notices[0].contains("no earlier point holds these words"),
        "{outcome:?}"
    );
    assert_eq!(texts(&meeting).last().unwrap(), "s/nowhere/there/");
}
