//! From Enter in the library to the last changed pixel of the opened meeting.

use std::thread;
use std::time::Duration;

use crate::figures::{Samples, against, heading, rounds};
use crate::meetings::Meetings;
use crate::screen::{CONTROL, DOWN, ENTER, HOME, Screen};
use crate::window::Program;

const ROUNDS: usize = 40;

pub(crate) fn measure(screen: &Screen, meetings: &Meetings) {
    heading("From Enter in the library to the last changed pixel of the open meeting");
    let minuta = Program::minuta(meetings, None);
    let window = minuta.window(screen);
    screen.to_front(window);
    let place = screen.place(window);
    let mut all = screen.watch(place);
    all.wait_for_content();
    // The newest meeting stands first; both begin in the same minute, so that either may. Where the long one is, the
    // window says by its title's own order: it is found by its number of points, on the disk.
    let order = order_in_library(meetings);
    let places = [HOME, DOWN];
    let open = |which: usize| {
        screen.press(&[], HOME);
        if places[which] == DOWN {
            screen.press(&[], DOWN);
        }
    };
    // Once each, for what is loaded on first use, and for the clocks of the desk.
    for which in [0, 1] {
        open(which);
        thread::sleep(Duration::from_millis(300));
        screen.press(&[], ENTER);
        thread::sleep(Duration::from_millis(1500));
        all.learn_what_moves(Duration::from_millis(3200));
        screen.press(&[CONTROL], u32::from('l'));
        thread::sleep(Duration::from_millis(700));
    }
    let mut took = [Samples::default(), Samples::default()];
    for round in 0..rounds(ROUNDS) * 2 {
        let which = round % 2;
        open(which);
        thread::sleep(Duration::from_millis(500 + (round * 37 % 60) as u64));
        all.look_anew();
        let pressed = screen.press(&[], ENTER);
        let last = all.rest(Duration::from_millis(450)).expect("the meeting opens");
        took[which].add(last.duration_since(pressed));
        screen.press(&[CONTROL], u32::from('l'));
        thread::sleep(Duration::from_millis(500));
    }
    let [long, empty] = if order[0] == meetings.long {
        took
    } else {
        let [empty, long] = took;
        [long, empty]
    };
    empty.tell("an empty meeting");
    long.tell("a meeting of 10,000 points");
    against("ratio of the medians", long.median() / empty.median(), "", 1.15);
}

/// The meetings as the library lists them.
fn order_in_library(meetings: &Meetings) -> Vec<minuta_core::model::MeetingId> {
    let archive = minuta_core::Archive::open(&meetings.archive, crate::meetings::system()).unwrap();
    archive.meetings().unwrap().iter().map(|row| row.id).collect()
}
