//! A real group's log, typed into the capture bar as fast as nobody talks: ten lines a second.

use minuta_tests::cli::Archive;

use crate::paced::{largest_log, type_all};
use crate::records::{comparable, pretty_equal};
use crate::window::open_at;

#[test]
fn a_log_typed_at_ten_lines_a_second_is_all_there_and_in_its_order() {
    let Some(lines) = largest_log() else { return };
    let typed = Archive::new();
    let meeting = typed.meeting(1);
    let Some(window) = open_at(&typed, &meeting) else {
        return;
    };
    let (took, told) = type_all(&window, &lines);
    println!(
        "{} lines in {:.1} s; frames over 50 ms: {}; at most {} rows in the page",
        lines.len(),
        took.as_secs_f64(),
        told["slow"],
        told["rows"]
    );
    assert!(
        told["rows"].as_u64().unwrap() < 150,
        "too many rows in the page: {told}"
    );

    let given = Archive::new();
    let other = given.meeting(1);
    given.run(&["capture", &other], &(lines.join("\n") + "\n")).well();
    let (typed_record, given_record) = (typed.record(&meeting), given.record(&other));
    let raw = |record: &serde_json::Value| -> Vec<String> {
        let points = record["points"].as_array().unwrap().iter();
        points.map(|point| point["raw"].as_str().unwrap().to_owned()).collect()
    };
    assert!(raw(&typed_record).len() > lines.len() / 2);
    assert_eq!(raw(&typed_record), raw(&given_record));
    pretty_equal(&comparable(&typed_record), &comparable(&given_record));
    drop(window);
    typed.is_whole();
}
