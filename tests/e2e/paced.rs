//! A real group's log, put into the capture bar at a steady pace, and what the page made of it meanwhile.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use minuta_tests::shared_data;

use crate::driver::Session;

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
pub(crate) fn largest_log() -> Option<Vec<String>> {
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

/// Types these lines, and waits until all of them are saved. Gives how long it took, the frames over 50 ms (`slow`), and the
/// most rows in the page (`rows`).
///
/// The driver types some hundred letters a second, talk at this pace has a thousand: the page's own editor inserts each line
/// whole, with the events that typing gives, and Enter follows.
pub(crate) fn type_all(window: &Session, lines: &[String]) -> (Duration, Value) {
    let bar = window.find("[data-testid=bar]");
    window.wait_until("the bar to have the focus", || {
        window.script("return document.activeElement === arguments[0]", &[bar.json()]) == json!(true)
    });
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
    (started.elapsed(), window.script("return replay", &[]))
}
