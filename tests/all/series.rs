//! From one meeting of a series to the next, and what was promised and decided on the way.

use serde_json::{Value, json};

use minuta_core::api;
use minuta_tests::cli::Archive;

const LINES: &str = "\
date: 12 March 2026 at 13:00 UTC
participant: Ann Olsen, Chair, Harbour Office
participant: Ben Okoro, Port of Aomi
participant: Ben Okoro, independent
chair: Ann Olsen
present+ Ann Olsen
regrets+ Titti Cassa
topic: Opening
resolved: The agenda stands.
topic: Lights
action: Ann Olsen to mend the lamp by 20 March 2026
action: Titti Cassa to ask the port
[off] action: Ann Olsen to write to the insurer
agenda+ Dredging
agenda+ Storm plan
/take 3
/defer
next meeting: 9 April 2026 at 15:00 CEST
";

fn meeting(archive: &Archive) -> String {
    let id = said(
        archive,
        &[
            "new",
            "--series",
            "Harbour Group",
            "--short",
            "HG",
            "--number",
            "12",
            "--starts",
            "2026-03-12T13:00:00Z",
            "--zone",
            "Europe/Rome",
        ],
    );
    archive.run(&["capture", &id], LINES).well();
    id
}

/// What a command says, without the end of its last line.
fn said(archive: &Archive, args: &[&str]) -> String {
    archive.run(args, "").well().trim_end().to_owned()
}

fn json_of(archive: &Archive, args: &[&str]) -> Value {
    serde_json::from_str(&said(archive, args)).unwrap()
}

fn texts(rows: &Value, key: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row[key].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_next_meeting_begins_with_what_the_last_one_left() {
    let archive = Archive::new();
    let last = meeting(&archive);
    let next = said(&archive, &["next", &last]);
    let record = json_of(&archive, &["show", &next, "--json"]);
    let facts = &record["meeting"];
    assert_eq!(facts["number"], 13);
    assert_eq!(facts["starts"], "2026-04-09T13:00:00Z");
    assert_eq!(
        (&facts["body"], &facts["short"]),
        (&json!("Harbour Group"), &json!("HG"))
    );
    assert_eq!(facts["state"], "planned");
    // Everybody of the last list, the two of one name as two, expected, with their roles and duties; and the same people.
    let people = record["participants"].as_array().unwrap();
    let names = texts(&record["participants"], "name");
    assert_eq!(names, ["Ann Olsen", "Ben Okoro", "Ben Okoro", "Titti Cassa"]);
    assert_eq!(people[1]["roles"], json!(["Port of Aomi"]));
    assert_eq!(people[2]["roles"], json!(["independent"]));
    assert!(
        people
            .iter()
            .all(|person| person["state"] == "expected" && person["presence"] == json!([]))
    );
    assert_eq!(people[0]["duty"], "moderator");
    let before = json_of(&archive, &["show", &last, "--json"]);
    assert_eq!(people[0]["person"], before["participants"][0]["id"]);
    assert_ne!(people[1]["person"], people[2]["person"]);
    // What was deferred is on the agenda, what was done is not; nothing was captured yet.
    assert_eq!(texts(&record["items"], "title"), ["Dredging"]);
    assert_eq!(record["points"], json!([]));
    // A second one of that number is refused, and says which is there.
    let again = archive.run(&["next", &last], "");
    assert_eq!(again.code(), Some(1));
    assert!(
        again.err.contains("HG 13 is there already") && again.err.contains(&next),
        "{}",
        again.err
    );
    // The one after it knows the same people.
    let third = said(&archive, &["next", &next]);
    let third = json_of(&archive, &["show", &third, "--json"]);
    assert_eq!(third["participants"][0]["person"], people[0]["person"]);
    assert_eq!(third["meeting"]["number"], 14);
    assert_eq!(third["meeting"]["starts"], Value::Null);
    archive.is_whole();
}

#[test]
fn what_was_promised_and_decided_is_found_across_meetings() {
    let archive = Archive::new();
    let last = meeting(&archive);
    let next = said(&archive, &["next", &last]);
    let lines = "resolved: The lamp is mended.\naction: Ben to dredge\n";
    archive.run(&["capture", &next], lines).well();
    let actions = json_of(&archive, &["actions", "--json"]);
    assert_eq!(
        texts(&actions, "text"),
        [
            "Ann Olsen to mend the lamp by 20 March 2026",
            "Titti Cassa to ask the port",
            "Ann Olsen to write to the insurer",
            "Ben to dredge",
        ]
    );
    let first = &actions[0];
    assert_eq!(
        (&first["due"], &first["owners"]),
        (&json!("2026-03-20"), &json!(["Ann Olsen"]))
    );
    assert_eq!((&first["number"], &first["body"]), (&json!(12), &json!("HG")));
    assert_eq!(first["overdue"], true);
    assert_eq!(actions[2]["internal"], true);
    // Two of one name: whose it is was not said, so it is told as typed.
    assert_eq!(actions[3]["owners"], json!(["Ben"]));
    let decisions = json_of(&archive, &["decisions", "--json"]);
    assert_eq!(texts(&decisions, "text"), ["The lamp is mended.", "The agenda stands."]);
    assert_eq!(
        (&decisions[1]["item"], &decisions[1]["title"]),
        (&json!("1"), &json!("Opening"))
    );
    // Found by words, in all series and in one.
    assert_eq!(
        texts(&json_of(&archive, &["decisions", "lamp", "--json"]), "text"),
        ["The lamp is mended."]
    );
    assert_eq!(json_of(&archive, &["decisions", "amp", "--json"]), json!([]));
    assert_eq!(json_of(&archive, &["actions", "--series", "hg", "--json"]), actions);
    let nobody = archive.run(&["actions", "--series", "nobody"], "");
    assert_eq!(nobody.code(), Some(1));
    assert!(nobody.err.contains("no series"), "{}", nobody.err);
    // For people: one line each.
    let lines = said(&archive, &["actions", "lamp"]);
    let columns: Vec<&str> = lines.split('\t').skip(1).collect();
    assert_eq!(
        columns,
        [
            "HG 12",
            "overdue since 2026-03-20",
            "Ann Olsen",
            "Ann Olsen to mend the lamp by 20 March 2026"
        ]
    );
}

/// Two of one name are two in the list of what was promised.
#[test]
fn owners_of_one_name_are_told_apart_in_the_register() {
    let desk = crate::desk::Desk::with(&[
        "participant: Ben Okoro, Member, Port of Aomi",
        "participant: Ben Okoro, member",
        "participant: Cy Dee, Member",
    ]);
    let first = desk.record()["participants"][0]["id"].clone();
    desk.call("participant_edit", json!({ "participant": first, "initials": "PA" }));
    for line in ["action: PA to mend the lamp", "action: Cy Dee to thank everybody"] {
        desk.call("capture", json!({ "line": line }));
    }
    let actions = api::call(&desk.archive, "actions", json!({})).unwrap();
    let owners: Vec<&Value> = actions.as_array().unwrap().iter().map(|row| &row["owners"]).collect();
    assert_eq!(owners, [&json!(["Ben Okoro (Port of Aomi)"]), &json!(["Cy Dee"])]);
}

#[test]
fn an_action_that_is_done_is_open_no_more_and_that_is_taken_back() {
    let desk = crate::desk::Desk::with(&["action: Ann to mend the lamp", "a remark"]);
    let points = desk.record()["points"].clone();
    let call = |name: &str, request: Value| api::call(&desk.archive, name, request);
    let open = || {
        call("actions", json!({ "open": true }))
            .unwrap()
            .as_array()
            .unwrap()
            .len()
    };
    let done = |point: &Value, done: bool| {
        call(
            "action_done",
            json!({ "meeting": desk.meeting, "point": point["id"], "done": done }),
        )
    };
    assert_eq!(open(), 1);
    done(&points[0], true).unwrap();
    assert_eq!(open(), 0);
    assert_eq!(call("actions", json!({})).unwrap()[0]["done"], true);
    assert_eq!(
        call("undo", json!({ "meeting": desk.meeting })).unwrap()["label"],
        "action done"
    );
    assert_eq!(open(), 1);
    assert!(done(&points[1], true).unwrap_err().message.contains("only an action"));
    // A deleted meeting promises nothing, until it is brought back.
    call("meeting_delete", json!({ "meeting": desk.meeting })).unwrap();
    assert_eq!(open(), 0);
    call("undo", json!({ "meeting": desk.meeting })).unwrap();
    assert_eq!(open(), 1);
}

#[test]
fn the_next_desk_begins_with_what_was_promised_at_the_last() {
    let archive = Archive::new();
    let last = meeting(&archive);
    let next = said(&archive, &["next", &last]);
    let window = minuta_core::Archive::open(&archive.archive(), std::sync::Arc::new(minuta_core::env::SystemEnv));
    let window = std::sync::Mutex::new(window.unwrap());
    let call = |name: &str, request: Value| api::call(&window, name, request).unwrap();
    let promised = |meeting: &str| call("desk", json!({ "meeting": meeting }))["promised"].clone();
    assert_eq!(promised(&last), json!([]), "nothing was before it");
    let all = promised(&next);
    // What is due first comes first; decisions are no promises.
    assert_eq!(
        texts(&all, "text"),
        [
            "Ann Olsen to mend the lamp by 20 March 2026",
            "Titti Cassa to ask the port",
            "Ann Olsen to write to the insurer",
        ]
    );
    assert_eq!(
        (&all[0]["owners"], &all[0]["number"]),
        (&json!(["Ann Olsen"]), &json!(12))
    );
    // It is the register's row, with its age, and goes from the desk when it is done.
    assert_eq!(all, json_of(&archive, &["actions", "--open", "--json"]));
    let done = json!({ "meeting": last, "point": all[0]["id"], "done": true });
    call("action_done", done);
    assert_eq!(texts(&promised(&next), "text").len(), 2);
    // Of the last meeting alone; and of no other body's, whatever its number.
    let third = said(&archive, &["next", &next]);
    assert_eq!(promised(&third), json!([]));
    let other = said(
        &archive,
        &[
            "new",
            "--series",
            "Other Group",
            "--short",
            "OG",
            "--number",
            "99",
            "--starts",
            "2026-06-12T13:00:00Z",
            "--zone",
            "UTC",
        ],
    );
    assert_eq!(promised(&other), json!([]));
    // Not any more once the meeting has ended.
    for state in ["live", "ended"] {
        call("meeting_state", json!({ "meeting": next, "state": state }));
    }
    assert_eq!(
        (
            &json_of(&archive, &["show", &next, "--json"])["meeting"]["state"],
            promised(&next)
        ),
        (&json!("ended"), json!([]))
    );
}
