//! The directory of people: who they are across meetings, by the real command line and the window's commands.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use minuta_core::api;
use minuta_core::env::SystemEnv;
use minuta_tests::cli::Archive;

fn meeting(archive: &Archive, number: &str, starts: &str, lines: &str, attendance: &str) -> String {
    let args = [
        "new",
        "--series",
        "Harbour Group",
        "--short",
        "HG",
        "--number",
        number,
        "--starts",
        starts,
        "--zone",
        "UTC",
    ];
    let id = archive.run(&args, "").well().trim_end().to_owned();
    if !attendance.is_empty() {
        let head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n";
        std::fs::write(archive.folder().join("people.csv"), format!("{head}{attendance}")).unwrap();
        archive
            .run(&["import", "people.csv", "--into", &id, "--zone", "UTC"], "")
            .well();
    }
    archive.run(&["capture", &id], lines).well();
    id
}

/// Three meetings: Ann's address ties her in two of them, spelt twice; Ben's name alone ties nobody.
fn library() -> (Archive, [String; 3]) {
    let archive = Archive::new();
    let first = meeting(
        &archive,
        "12",
        "2026-03-12T13:00:00Z",
        "Ann Olsen: the lamp is out\nAnn Olsen: mend it\n... soon\nBen Okoro: I see\n",
        "Ann Olsen,Ann@port.example,03/12/2026 01:00:00 PM,03/12/2026 01:30:00 PM,30,No\n\
         Ann Olsen,Ann@port.example,03/12/2026 01:40:00 PM,03/12/2026 02:00:00 PM,20,No\n\
         Ben Okoro,,03/12/2026 01:00:00 PM,03/12/2026 02:00:00 PM,60,No\n",
    );
    let second = meeting(
        &archive,
        "13",
        "2026-04-12T13:00:00Z",
        "participant: Ben Okoro, Port of Aomi\n",
        "Ann Berg Olsen,ann@port.example,04/12/2026 01:00:00 PM,04/12/2026 02:00:00 PM,60,No\n",
    );
    let third = meeting(
        &archive,
        "14",
        "2026-05-12T13:00:00Z",
        "participant: Ben Okoro, Port of Aomi\nparticipant: Ben Okoro, independent\n",
        "",
    );
    (archive, [first, second, third])
}

fn people(archive: &Archive, words: &[&str]) -> Vec<Value> {
    let said = archive.run(&[&["people", "--json"], words].concat(), "").well();
    serde_json::from_str(&said).unwrap()
}

fn window(archive: &Archive) -> Mutex<minuta_core::Archive> {
    let opened = minuta_core::Archive::open(&archive.archive(), Arc::new(SystemEnv)).unwrap();
    Mutex::new(opened)
}

fn numbers(person: &Value) -> Vec<u64> {
    let meetings = person["meetings"].as_array().unwrap().iter();
    meetings.map(|there| there["number"].as_u64().unwrap()).collect()
}

fn call(window: &Mutex<minuta_core::Archive>, command: &str, request: Value) -> Result<Value, String> {
    api::call(window, command, request).map_err(|refusal| refusal.message)
}

#[test]
fn an_address_tells_who_somebody_is_and_a_name_asks() {
    let (archive, _) = library();
    let ann = people(&archive, &["olsen"]);
    assert_eq!(ann.len(), 1, "{ann:#?}");
    let ann = &ann[0];
    assert_eq!(ann["names"], json!(["Ann Berg Olsen", "Ann Olsen"]), "the latest first");
    assert_eq!(numbers(ann), [13, 12]);
    let first = &ann["meetings"][1];
    assert_eq!((&first["seconds"], &first["points"]), (&json!(50 * 60), &json!(2)));
    assert_eq!(first["name"], "Ann Olsen");
    assert_eq!(ann["same"], json!([]));
    // Four Bens in three meetings: none is joined, and the two of one meeting are not asked about.
    let bens = people(&archive, &["ben"]);
    assert_eq!(bens.len(), 4);
    let of_third = |ben: &&Value| numbers(ben) == [14];
    for ben in bens.iter().filter(of_third) {
        assert_eq!(ben["same"].as_array().unwrap().len(), 2);
        assert!(
            bens.iter()
                .filter(of_third)
                .all(|other| !ben["same"].as_array().unwrap().contains(&other["id"]))
        );
    }
    assert_eq!(people(&archive, &["aomi"]).len(), 2);
    assert_eq!(people(&archive, &["ann@port"]).len(), 1);
    assert_eq!(people(&archive, &["nobody"]), [Value::Null; 0]);
    // For people: one line each.
    let line = archive.run(&["people", "olsen"], "").well();
    let columns: Vec<&str> = line.trim_end().split('\t').skip(1).collect();
    assert_eq!(
        columns,
        [
            "Ann Berg Olsen",
            "2 meetings",
            "HG 13",
            "2 points",
            "ann@port.example, Ann@port.example"
        ]
    );
    assert!(archive.run(&["people", "ben"], "").well().contains("the same person?"));
}

#[test]
fn two_are_made_one_and_that_is_undone() {
    let (archive, _) = library();
    let bens = people(&archive, &["ben"]);
    let of = |number: u64| {
        bens.iter()
            .filter(move |ben| numbers(ben) == [number])
            .collect::<Vec<_>>()
    };
    let (first, second, third) = (of(12)[0], of(13)[0], of(14));
    let before = people(&archive, &[]);
    {
        let window = window(&archive);
        let merge = |one: &Value, other: &Value| {
            call(
                &window,
                "person_merge",
                json!({ "one": one["id"], "other": other["id"] }),
            )
        };
        assert_eq!(merge(second, first).unwrap()["id"], second["id"]);
        // A preference in between is no part of what is undone.
        call(&window, "preference_set", json!({ "key": "zoom", "value": "1.2" })).unwrap();
        merge(second, third[0]).unwrap();
        let refused = merge(second, third[1]).unwrap_err();
        assert!(refused.contains("both in HG 14"), "{refused}");
        assert!(merge(first, second).unwrap_err().contains("one person already"));
        let nobody = json!({ "id": "01900000-0000-7000-8000-000000000000" });
        assert!(merge(&nobody, second).unwrap_err().contains("no person"));
    }
    // Over a restart, and by another process.
    let ben = people(&archive, &["ben"]);
    assert_eq!(ben.len(), 2);
    let one = ben.iter().find(|ben| ben["id"] == second["id"]).unwrap();
    assert_eq!(numbers(one), [14, 13, 12]);
    assert_eq!(one["names"], json!(["Ben Okoro"]));
    {
        let window = window(&archive);
        let step = |command: &str| call(&window, command, json!({})).unwrap();
        assert_eq!(
            step("person_merge_undo"),
            json!({ "label": "persons merged", "left": [], "gone": false })
        );
        assert_eq!(people(&archive, &["ben"]).len(), 3);
        step("person_merge_undo");
        assert_eq!(people(&archive, &[]), before);
        assert_eq!(step("person_merge_undo")["label"], Value::Null);
        assert_eq!(step("preferences")[0]["value"], "1.2", "the preference stays");
        step("person_merge_redo");
        step("person_merge_redo");
        assert_eq!(people(&archive, &["ben"]), ben);
        assert_eq!(step("person_merge_redo")["label"], Value::Null);
        // What was undone is merged anew.
        step("person_merge_undo");
        call(
            &window,
            "person_merge",
            json!({ "one": third[1]["id"], "other": second["id"] }),
        )
        .unwrap();
        assert_eq!(
            numbers(
                people(&archive, &["ben"])
                    .iter()
                    .find(|ben| ben["id"] == third[1]["id"])
                    .unwrap()
            ),
            [14, 13, 12]
        );
    }
    archive.is_whole();
    let held = people(&archive, &[]);
    archive.run(&["rebuild"], "").well();
    assert_eq!(people(&archive, &[]), held);
}

#[test]
fn one_is_split_off_and_that_is_undone_in_the_meeting() {
    let (archive, [_, second, _]) = library();
    let before = people(&archive, &[]);
    let ann = people(&archive, &["olsen"]).remove(0);
    let there = ann["meetings"][0]["participant"].clone();
    let split = json!({ "meeting": second, "participant": there });
    let window = window(&archive);
    assert_eq!(
        call(&window, "person_split", split.clone()).unwrap()["done"],
        "Ann Berg Olsen is a person of their own"
    );
    let two = people(&archive, &["olsen"]);
    assert_eq!(two.len(), 2);
    // The address is one still: that is asked, and no longer taken as said.
    assert_eq!(two[0]["same"], json!([two[1]["id"]]));
    let again = call(&window, "person_split", split).unwrap_err();
    assert!(again.contains("nothing to split"), "{again}");
    let of_two = json!({ "one": two[0]["id"], "other": two[1]["id"] });
    call(&window, "person_merge", of_two).unwrap();
    assert_eq!(people(&archive, &["olsen"]).len(), 1);
    call(&window, "person_merge_undo", json!({})).unwrap();
    assert_eq!(archive.run(&["undo", &second], "").well(), "undone: person split off\n");
    assert_eq!(people(&archive, &[]), before);
    archive.run(&["redo", &second], "").well();
    assert_eq!(people(&archive, &["olsen"]), two);
    archive.is_whole();
}

#[test]
fn who_goes_from_one_meeting_to_the_next_is_one_person() {
    let (archive, [.., third]) = library();
    let next = archive.run(&["next", &third], "").well().trim_end().to_owned();
    // The two of one name go on as two.
    let bens: Vec<Value> = people(&archive, &["ben"]);
    assert_eq!(bens.iter().filter(|ben| numbers(ben) == [15, 14]).count(), 2);
    assert_eq!(bens.len(), 4);
    // A deleted meeting tells of nobody.
    call(&window(&archive), "meeting_delete", json!({ "meeting": next })).unwrap();
    assert!(people(&archive, &["ben"]).iter().all(|ben| !numbers(ben).contains(&15)));
}

#[test]
fn people_are_merged_and_split_on_the_command_line() {
    let (archive, [_, second, third]) = library();
    let ids = |archive: &Archive, words: &[&str]| -> Vec<String> {
        let found = people(archive, words).into_iter();
        found.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let before = people(&archive, &[]);
    // Ben of the first meeting and Ben of the second: nobody but a person can say so.
    let of = |number: u64| {
        let found = people(&archive, &["ben"]);
        let one = found.iter().find(|one| numbers(one) == [number]).unwrap().clone();
        one["id"].as_str().unwrap().to_owned()
    };
    let (one, other) = (of(12), of(13));
    let said = archive.run(&["same", &one, &other], "").well();
    assert!(
        said.starts_with(&one) && said.contains("Ben Okoro and Ben Okoro are one person"),
        "{said}"
    );
    assert_eq!(people(&archive, &[]).len(), before.len() - 1);
    archive.run(&["same", "--undo"], "").well();
    assert_eq!(people(&archive, &[]), before);
    archive.run(&["same", "--redo"], "").well();
    assert_eq!(people(&archive, &[]).len(), before.len() - 1);

    // The two of the third meeting are two.
    let bens = ids(&archive, &["ben", "okoro"]);
    let of_third: Vec<&String> = bens.iter().filter(|id| **id != one).collect();
    let refused = archive.run(&["same", of_third[0], of_third[1]], "");
    assert_eq!(refused.code(), Some(1));
    assert!(refused.err.contains("both in HG 14"), "{}", refused.err);

    let said = archive.run(&["apart", &one, &second], "").well();
    assert!(said.contains("Ben Okoro of HG 13 is a person of their own"), "{said}");
    assert_eq!(people(&archive, &[]).len(), before.len());
    archive.run(&["undo", &second], "").well();
    assert_eq!(people(&archive, &[]).len(), before.len() - 1);
    let refused = archive.run(&["apart", &one, &third], "");
    assert!(
        refused.code() == Some(1) && refused.err.contains("was not at this meeting"),
        "{}",
        refused.err
    );
    let refused = archive.run(&["same", &one, "no such id"], "");
    assert!(refused.err.contains("no person's id begins with"), "{}", refused.err);
    archive.is_whole();
}
