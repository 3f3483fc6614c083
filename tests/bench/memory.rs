//! The memory of all processes of the window, with a long meeting and with an empty one, both open at once: what they
//! share counts half in each.

use std::thread;
use std::time::Duration;

use minuta_core::{Archive, edit};

use crate::figures::{against, rounds};
use crate::meetings::{Meetings, sentence, system};
use crate::screen::{BACKSPACE, CONTROL, DOWN, ENTER, ESCAPE, PAGE_UP, Screen, UP};
use crate::window::Program;

const ROUNDS: usize = 3;
const LINES: usize = 20;

pub(crate) fn measure(screen: &Screen, meetings: &Meetings) {
    println!("\nMemory of all processes (PSS, MB)");
    // What is read is a meeting that has ended; that it is written to as well shows what a document takes.
    let meetings = ended(meetings);
    let (mut reading, mut editing) = (Vec::new(), Vec::new());
    for _ in 0..rounds(ROUNDS) {
        let empty = Program::minuta(&meetings, Some(meetings.empty));
        let long = Program::minuta(&meetings, Some(meetings.long));
        let both = [(&empty, empty.window(screen)), (&long, long.window(screen))];
        thread::sleep(Duration::from_secs(3));
        // Reading: back through the points, and to the end again.
        for (_, window) in &both {
            screen.to_front(*window);
            thread::sleep(Duration::from_millis(300));
            screen.press(&[CONTROL], UP);
            for _ in 0..20 {
                screen.press(&[], PAGE_UP);
                thread::sleep(Duration::from_millis(60));
            }
            screen.press(&[], ESCAPE);
            thread::sleep(Duration::from_millis(300));
        }
        thread::sleep(Duration::from_secs(2));
        reading.push(long.memory() - empty.memory());
        told("reading", &empty, &long);
        for (_, window) in &both {
            screen.to_front(*window);
            thread::sleep(Duration::from_millis(300));
            for line in 0..LINES {
                screen.text(&format!("Person {line}: {}", &sentence(line)[..20]));
                screen.press(&[], ENTER);
            }
            // The last point is opened for editing, a word is put in, and it is saved.
            thread::sleep(Duration::from_millis(700));
            screen.press(&[], UP);
            thread::sleep(Duration::from_millis(500));
            screen.text("indeed");
            screen.press(&[], BACKSPACE);
            screen.press(&[], DOWN);
            screen.press(&[], ENTER);
            thread::sleep(Duration::from_millis(500));
        }
        thread::sleep(Duration::from_secs(2));
        editing.push(long.memory() - empty.memory());
        told("editing", &empty, &long);
    }
    against(
        "10,000 points over none, reading (median)",
        middle(reading),
        " MB",
        30.0,
    );
    against(
        "the same after typing 20 lines and one edit",
        middle(editing),
        " MB",
        100.0,
    );
}

/// The same meetings, over, in an archive of their own.
fn ended(meetings: &Meetings) -> Meetings {
    let copy = meetings.archive.with_file_name("ended.minuta");
    std::fs::copy(&meetings.archive, &copy).unwrap();
    let mut archive = Archive::open(&copy, system()).unwrap();
    for meeting in [meetings.long, meetings.empty] {
        edit::capture::enter(&mut archive, meeting, "#endmeeting", None).unwrap();
    }
    Meetings {
        archive: copy,
        long: meetings.long,
        empty: meetings.empty,
        report: meetings.report,
    }
}

fn told(when: &str, empty: &Program, long: &Program) {
    let list = |program: &Program| {
        let parts = program.memory_by_process();
        let parts: Vec<String> = parts.iter().map(|(name, share)| format!("{name} {share:.0}")).collect();
        format!("{:.0} ({})", program.memory(), parts.join(", "))
    };
    println!("  {when}: empty {}; long {}", list(empty), list(long));
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures[figures.len() / 2]
}
