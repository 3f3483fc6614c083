//! From the start of the program to its first useful paint: the last change of more than a few pixels.

use std::thread;
use std::time::{Duration, Instant};

use crate::figures::{Samples, against, heading, rounds};
use crate::frames;
use crate::meetings::Meetings;
use crate::screen::{Area, Screen, Watch};
use crate::window::Program;

const ROUNDS: usize = 20;
/// For so long after a change another one may come.
const QUIET: Duration = Duration::from_millis(700);
/// A change of less than this share of the window is a figure that goes on, a line that appears: no paint to wait for.
const SMALL: f64 = 0.005;

pub(crate) fn measure(screen: &Screen, meetings: &Meetings) {
    heading("From the start of the program to its first useful paint");
    type Start<'a> = Box<dyn Fn() -> Program + 'a>;
    let starts: [(&str, &str, Start<'_>); 3] = [
        (
            "a static page in the same window",
            "static",
            Box::new(|| Program::bare(meetings)),
        ),
        ("the library", "library", Box::new(|| Program::minuta(meetings, None))),
        (
            "the desk of 10,000 points",
            "desk",
            Box::new(|| Program::minuta(meetings, Some(meetings.long))),
        ),
    ];
    // Where the window comes, and which pixels are a clock's: a first start of each tells.
    let mut watches: Vec<_> = starts
        .iter()
        .map(|(_, _, start)| {
            let program = start();
            let place: Area = screen.place(program.window(screen));
            let mut watch = screen.watch(place);
            watch.wait_for_content();
            watch.learn_what_moves(Duration::from_millis(3200));
            watch
        })
        .collect();
    let mut took = [Samples::default(), Samples::default(), Samples::default()];
    for _ in 0..rounds(ROUNDS) {
        for (which, (_, _, start)) in starts.iter().enumerate() {
            thread::sleep(Duration::from_millis(300));
            watches[which].look_anew();
            let program = start();
            let last = useful(&mut watches[which], program.started + Duration::from_secs(20));
            took[which].add(last.duration_since(program.started));
        }
    }
    for (which, (name, _, _)) in starts.iter().enumerate() {
        took[which].tell(name);
    }
    let bare = took[0].median();
    against("the library, ratio of the medians", took[1].median() / bare, "", 1.2);
    against("the desk, ratio of the medians", took[2].median() / bare, "", 1.2);

    let Some(folder) = frames::folder() else { return };
    for (which, (_, name, start)) in starts.iter().enumerate() {
        let mut all = screen.watch(watches[which].area);
        let program = start();
        frames::keep(&mut all, program.started, Duration::from_millis(1500), &folder, name);
    }
    println!("  The frames are in {}", folder.display());
}

/// When the last change of some size came.
fn useful(watch: &mut Watch<'_>, patience: Instant) -> Instant {
    let small = (watch.area.width * watch.area.height) as f64 * SMALL;
    let (mut last, mut until) = (None, patience);
    while let Some((when, _)) = watch.change(until) {
        if watch.changed as f64 >= small {
            last = Some(when);
            until = when + QUIET;
        }
    }
    last.expect("the window shows something")
}
