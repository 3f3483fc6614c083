//! A real group's log, typed into the capture bar as fast as nobody talks: ten lines a second.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use minuta_tests::cli::Archive;
use minuta_tests::shared_data;

use crate::records::{comparable, pretty_equal};
use crate::window::open_at;

/// From one line to the next, in milliseconds.
const PACE_MS: u32 = 100;

/// Types lines, one after the other, and keeps `replay` up to date: lines left, frames over 50 ms, most rows in the page.
const TYPE_ALL: &str = "
    const [lines, pace] = arguments;
    const bar = document.querySelector('[data-testid=bar]');
    window.replay = { left: lines.length, slow: [], rows: 0 };
    let last = performance.now();
    requestAnimationFrame(function frame(now) {
        if (now - last > 50) replay.slow.push(Math.round(now - last));
        last = now;
        replay.rows = Math.max(replay.rows, document.querySelectorAll('[data-testid=points] [data-key]').length);
        if (replay.left > 0) requestAnimationFrame(frame);
    });
    const timer = setInterval(() => {
        const line = lines.shift();
        bar.focus();
        document.execCommand('insertText', false, line);
        bar.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
        replay.left = lines.length;
        if (lines.length === 0) clearInterval(timer);
    }, pace);";

/// What the largest of the logs says, line by line, without its times and nicks.
fn largest_log() -> Option<Vec<String>> {
    let logs = fs::read_dir(shared_data()?.join("w3c-ccg")).unwrap();
    let largest = logs
        .filter_map(|entry| fs::read_to_string(entry.ok()?.path().join("irc.log")).ok())
        .max_by_key(String::len)
        .expect("a log");
    let said = |line: &str| {
        let text = line.split_once('>').map_or(line, |(_, text)| text);
        text.trim().to_owned()
    };
    Some(largest.lines().map(said).filter(|line| !line.is_empty()).collect())
}

#[test]
fn a_log_typed_at_ten_lines_a_second_is_all_there_and_in_its_order() {
    let Some(lines) = largest_log() else { return };
    let typed = Archive::new();
    let meeting = typed.meeting(1);
    let Some(window) = open_at(&typed, &meeting) else {
        return;
    };
    let bar = window.find("[data-testid=bar]");
    window.wait_until("the bar to have the focus", || {
        window.script("return document.activeElement === arguments[0]", &[bar.json()]) == json!(true)
    });
    // The driver types some hundred letters a second, talk at this pace has a thousand: the page's own editor inserts
    // each line whole, with the events that typing gives, and Enter follows. (Key by key is another test.) With it, how
    // long each frame took and how many rows stand in the page.
    window.script(TYPE_ALL, &[json!(lines), json!(PACE_MS)]);
    let started = Instant::now();
    while window.script("return replay.left", &[]) != json!(0) {
        assert!(
            started.elapsed() < Duration::from_secs(180),
            "the lines were not taken in time"
        );
        thread::sleep(Duration::from_millis(500));
    }
    window.wait_until_gone("[data-pending]");
    let told = window.script("return replay", &[]);
    println!(
        "{} lines in {:.1} s; frames over 50 ms: {}; at most {} rows in the page",
        lines.len(),
        started.elapsed().as_secs_f64(),
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
