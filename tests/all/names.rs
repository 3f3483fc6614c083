//! Speakers whose names do not look like names: what the list of participants has counts, in every way that a line comes
//! in.

use serde_json::{Value, json};

use crate::desk::Desk;

const LIST: [&str; 8] = [
    "participant: Person 4",
    "participant: Anna Schmidt",
    "participant: van der Berg",
    "participant: Maria de Souza",
    "participant: Zoom Room 3",
    "participant: Maria (Treasurer)",
    "participant: Site 7, north",
    "participant: Site 7, south",
];

fn enters(desk: &Desk, line: &str) -> Value {
    desk.does("capture", json!({"line": line, "id": null}))
}

fn understands(desk: &Desk, line: &str) -> Value {
    desk.call("understand", json!({"line": line, "id": null}))
}

/// Types a line; says its kind, its state, who speaks and the text. What was foretold before Enter is what came.
fn types(desk: &Desk, line: &str) -> [String; 4] {
    let told = understands(desk, line);
    let id = enters(desk, line)["id"].clone();
    let point = desk.row("points", "id", id.as_str().unwrap());
    let text = point["text"].as_str().unwrap();
    assert_eq!(told["kind"], point["kind"], "{line}");
    assert_eq!(told["internal"], point["internal"], "{line}");
    assert_eq!(told["speaker"]["attribution"], point["attribution"], "{line}");
    assert_eq!(told["speaker"]["participants"], point["speakers"], "{line}");
    assert_eq!(told["owners"], point["owners"], "{line}");
    assert_eq!(point["raw"], line);
    if point["attribution"] == "named" {
        let prefix = usize::try_from(told["prefix"].as_u64().unwrap()).unwrap();
        assert_eq!(&line[prefix..], text, "{line}");
    }
    let word = |key: &str| point[key].as_str().unwrap().to_owned();
    [
        word("kind"),
        word("attribution"),
        names(desk, &point["speakers"]),
        text.to_owned(),
    ]
}

fn names(desk: &Desk, ids: &Value) -> String {
    let name = |id: &Value| {
        desk.row("participants", "id", id.as_str().unwrap())["name"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    ids.as_array().unwrap().iter().map(name).collect::<Vec<_>>().join(", ")
}

#[test]
fn whoever_is_on_the_list_speaks_under_the_name_it_has_there() {
    let desk = Desk::with(&LIST);
    for (line, expected) in [
        ("Person 4: hello", ["remark", "named", "Person 4", "hello"]),
        ("anna schmidt: fine", ["remark", "named", "Anna Schmidt", "fine"]),
        ("van der Berg: fine", ["remark", "named", "van der Berg", "fine"]),
        (
            "zoom room 3：we hear you",
            ["remark", "named", "Zoom Room 3", "we hear you"],
        ),
        (
            "Maria (Treasurer): in the black",
            ["remark", "named", "Maria (Treasurer)", "in the black"],
        ),
        ("@Person 4: hello again", ["remark", "named", "Person 4", "hello again"]),
        (
            "@de Souza: a surname",
            ["remark", "named", "Maria de Souza", "a surname"],
        ),
        (
            "Person 4: action: anna schmidt to write",
            ["action", "named", "Person 4", "anna schmidt to write"],
        ),
        (
            "anna schmidt: question: why?",
            ["question", "named", "Anna Schmidt", "why?"],
        ),
        (
            "[off] Person 4: between us",
            ["remark", "named", "Person 4", "between us"],
        ),
        (
            "Person 4: [off] between us",
            ["remark", "named", "Person 4", "between us"],
        ),
        // A surname alone settles nothing, with its particle or without; nor does a name that two bear.
        (
            "de Souza: which one",
            ["remark", "unresolved", "", "de Souza: which one"],
        ),
        ("Souza: which one", ["remark", "unresolved", "", "Souza: which one"]),
        (
            "site 7: the pump runs",
            ["remark", "unresolved", "", "site 7: the pump runs"],
        ),
        ("@site 7: we know", ["remark", "unresolved", "", "@site 7: we know"]),
        // Words that are nobody's name are text, every one of them.
        ("Person 5: hello", ["remark", "untagged", "", "Person 5: hello"]),
        (
            "Next steps: write it down",
            ["remark", "untagged", "", "Next steps: write it down"],
        ),
        ("One thing: x", ["remark", "untagged", "", "One thing: x"]),
        ("anna sch: fine", ["remark", "untagged", "", "anna sch: fine"]),
        (
            "Zoom Room 3:30 is late",
            ["remark", "untagged", "", "Zoom Room 3:30 is late"],
        ),
    ] {
        assert_eq!(types(&desk, line), expected, "{line}");
        if expected[1] == "unresolved" {
            assert_eq!(types(&desk, expected[3]), expected, "{line}, written back");
        }
    }
    let owned = desk.row("points", "text", "anna schmidt to write");
    assert_eq!(names(&desk, &owned["owners"]), "Anna Schmidt");
    desk.holds();
}

#[test]
fn a_speech_goes_on_a_forgotten_line_is_put_in_and_the_floor_is_given() {
    let desk = Desk::with(&LIST);
    types(&desk, "Person 4: proposal: we wait");
    enters(&desk, "... until noon");
    let goes_on = desk.row("points", "text", "until noon");
    assert_eq!(
        (&goes_on["kind"], names(&desk, &goes_on["speakers"]).as_str()),
        (&json!("proposal"), "Person 4")
    );
    enters(&desk, "i/until noon/anna schmidt: a word before/");
    let put_in = desk.row("points", "text", "a word before");
    assert_eq!(names(&desk, &put_in["speakers"]), "Anna Schmidt");
    assert_eq!(
        understands(&desk, "ack Zoom Room 3")["words"],
        "The floor to Zoom Room 3"
    );
    enters(&desk, "ack Zoom Room 3");
    let told = understands(&desk, "we hear you");
    assert_eq!(names(&desk, &told["speaker"]["participants"]), "Zoom Room 3");
    desk.holds();
}

#[test]
fn a_name_counts_from_when_it_is_on_the_list_and_settles_as_any_other() {
    let desk = Desk::with(&LIST);
    assert_eq!(
        types(&desk, "Person 9: early"),
        ["remark", "untagged", "", "Person 9: early"]
    );
    enters(&desk, "participant: Person 9");
    assert_eq!(types(&desk, "Person 9: late"), ["remark", "named", "Person 9", "late"]);
    // Which of two it was is said later; the words then lose the name that stood before them, and nothing else.
    types(&desk, "Site 7: the pump runs");
    let point = desk.point("Site 7: the pump runs");
    let south = desk.record()["participants"][7]["id"].clone();
    desk.does(
        "point_tag",
        json!({"points": [point], "who": {"is": "named", "speakers": [south]}}),
    );
    assert_eq!(desk.row("points", "text", "the pump runs")["speakers"], json!([south]));
    desk.holds();
}
