//! From Enter to the line shown among the points, and to its change on the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use minuta_core::{Archive, edit};
use serde_json::json;

use crate::driver::Session;
use crate::figures::{Samples, against, heading, rounds};
use crate::meetings::{Meetings, sentence, system};
use crate::screen::{Area, ENTER, Screen};
use crate::typing::Field;
use crate::window::Program;

const ROUNDS: usize = 120;
/// From one frame to the next, in milliseconds.
const FRAME: f64 = 16.7;

pub(crate) fn measure(screen: &Screen, meetings: &Meetings, folder: &Path) {
    heading("From Enter to the line shown and durable, 10,000 points in the meeting");
    // The core writes into its own copy, on the same disk, turn about with the window.
    let copy = folder.join("core.minuta");
    std::fs::copy(&meetings.archive, &copy).unwrap();
    let mut core = Archive::open(&copy, system()).unwrap();
    core.warm(meetings.long).unwrap();
    let mut empty_call = Samples::default();
    call_nothing(&meetings.archive, &meetings.long.to_string(), &mut empty_call);

    let minuta = Program::minuta(meetings, Some(meetings.long));
    let bar = Field::of(screen, &minuta);
    let list = Area {
        x: bar.line.x,
        y: 160,
        width: bar.line.width,
        height: bar.line.y - 8 - 160,
    };
    let (mut write, mut shown, mut durable, mut both) = <(Samples, Samples, Samples, Samples)>::default();
    for number in 0..rounds(ROUNDS) {
        let line = format!("Person {}: {}", number % 20, &sentence(number)[..24]);
        let begun = Instant::now();
        edit::capture::enter(&mut core, meetings.long, &line, None).unwrap();
        write.add(begun.elapsed());

        screen.text(&line);
        // The unfinished line is stored as well, and answers come: what is measured is what Enter does.
        thread::sleep(Duration::from_millis(400 + (number * 37 % 50) as u64));
        let disk = Disk::watch(meetings.archive.clone());
        let mut points = screen.watch(list);
        let pressed = screen.press(&[], ENTER);
        let seen = points.change(pressed + Duration::from_secs(5));
        let (seen, saved) = (seen.expect("the line is shown").0, disk.changed());
        shown.add(seen.duration_since(pressed));
        durable.add(saved.duration_since(pressed));
        both.add(seen.max(saved).duration_since(pressed));
        points.rest(Duration::from_millis(200));
    }
    drop(minuta);
    call_nothing(&meetings.archive, &meetings.long.to_string(), &mut empty_call);
    write.tell("the core's own write");
    empty_call.tell("a call to the core and back that does nothing, mean of 50");
    shown.tell("Enter to the line's first pixels among the points");
    durable.tell("Enter to the change on the disk");
    both.tell("Enter to both");
    let aim = write.median() + empty_call.median() + FRAME;
    against(
        "median, against the write, the call and a frame",
        both.median(),
        " ms",
        (aim * 100.0).round() / 100.0,
    );
}

/// Waits for the next change in an archive's log, as any other program would see it: SQLite shows a change to others
/// only when it is on the disk.
struct Disk {
    stop: Arc<AtomicBool>,
    thread: thread::JoinHandle<Option<Instant>>,
}

impl Disk {
    fn watch(archive: PathBuf) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let conn = rusqlite::Connection::open(archive).unwrap();
        let length = |conn: &rusqlite::Connection| -> i64 {
            conn.query_row("SELECT max(seq) FROM change", [], |row| row.get(0))
                .unwrap()
        };
        let before = length(&conn);
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                if length(&conn) > before {
                    return Some(Instant::now());
                }
                thread::sleep(Duration::from_micros(100));
            }
            None
        });
        Self { stop, thread }
    }

    fn changed(self) -> Instant {
        let begun = Instant::now();
        while !self.thread.is_finished() && begun.elapsed() < Duration::from_secs(10) {
            thread::sleep(Duration::from_millis(1));
        }
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap().expect("the line reaches the disk")
    }
}

/// Calls a command that reads nothing but the (unset) preferences, from the page. The page's clock has steps of 1 ms, so
/// that many calls make a sample.
fn call_nothing(archive: &Path, meeting: &str, into: &mut Samples) {
    const CALLS: u32 = 50;
    let environment = [("MINUTA_ARCHIVE", archive), ("MINUTA_MEETING", Path::new(meeting))];
    let program = minuta_tests::cli::built("minuta").unwrap();
    let session = Session::start("wry", &program, &[], &environment);
    session.find("[data-testid=bar]");
    thread::sleep(Duration::from_secs(2));
    let body = "const from = performance.now();\
        for (let i = 0; i < arguments[0]; i += 1) await window.__TAURI_INTERNALS__.invoke('call', { name: 'preferences', request: {} });\
        return performance.now() - from";
    for _ in 0..20 {
        let took = session.script_later(body, &[json!(CALLS)]).as_f64().unwrap();
        into.add(Duration::from_secs_f64(took / 1000.0) / CALLS);
    }
}
