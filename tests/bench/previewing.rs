//! From the press of a key in a passage to the first changed pixel on the page beside it, in the middle of a report of some
//! thirty pages.

use std::thread;
use std::time::Duration;

use crate::figures::{Samples, against, heading, rounds};
use crate::frames;
use crate::meetings::{Meetings, sentence};
use crate::screen::{ALT, Area, CONTROL, DOWN, ENTER, PAGE_DOWN, RIGHT, Screen};
use crate::window::Program;

const LETTERS: usize = 300;
/// Width of the points to the left, in a window of the usual size.
const POINTS_PANE: usize = 300;
/// Under the top bar and above the hints.
const TOP: usize = 58;
const FOOT: usize = 40;

pub(crate) fn measure(screen: &Screen, meetings: &Meetings) {
    heading("From the key to the changed page of a report of thirty pages");
    let minuta = Program::minuta(meetings, Some(meetings.report));
    let window = minuta.window(screen);
    screen.to_front(window);
    let place = screen.place(window);
    let mut all = screen.watch(place);
    all.wait_for_content();
    let go = |held: &[u32], key: u32| {
        screen.press(held, key);
        thread::sleep(Duration::from_millis(500));
    };
    // The report, its pages, the twelfth item, the first passage under it, and into its text.
    go(&[CONTROL], u32::from('2'));
    thread::sleep(Duration::from_secs(2));
    go(&[ALT], u32::from('v'));
    for _ in 0..12 {
        go(&[ALT], PAGE_DOWN);
    }
    for key in [RIGHT, DOWN, ENTER] {
        go(&[], key);
    }
    thread::sleep(Duration::from_secs(2));

    // To the left of the middle is the text, to the right of it the page.
    let middle = place.x + POINTS_PANE + (place.width - POINTS_PANE) / 2;
    let of = |from: usize, to: usize| Area {
        x: from,
        y: place.y + TOP,
        width: to - from,
        height: place.height - TOP - FOOT,
    };
    let text = of(place.x + POINTS_PANE, middle);
    let page = of(middle, place.x + place.width);
    for area in [text, page] {
        let mut watch = screen.watch(area);
        let pressed = screen.letter('m');
        let seen = watch.change(pressed + Duration::from_secs(5));
        assert!(
            seen.is_some(),
            "a letter does not show: {}",
            frames::what_is_there(&mut all)
        );
        thread::sleep(Duration::from_millis(500));
    }
    let (mut in_text, mut on_page) = <(Samples, Samples)>::default();
    for (place, letter) in sentence(1).chars().cycle().enumerate().take(rounds(LETTERS)) {
        // At some hundred letters a minute, each at another time of the display's beat.
        thread::sleep(Duration::from_millis(90 + (place as u64 * 47) % 67));
        // A blank at the end of a line is not seen.
        if letter == ' ' {
            screen.letter(letter);
            continue;
        }
        // Every other letter is looked at where it is typed.
        let (area, samples) = if place % 2 == 0 {
            (page, &mut on_page)
        } else {
            (text, &mut in_text)
        };
        let mut watch = screen.watch(area);
        let pressed = screen.letter(letter);
        match watch.change(pressed + Duration::from_secs(2)) {
            Some((when, _)) => samples.add(when.duration_since(pressed)),
            None => println!("  `{letter}` changed nothing within 2 s"),
        }
    }
    in_text.tell("the text, where it is typed");
    on_page.tell("the page beside it");
    against("median, on the page", on_page.median(), " ms", 50.0);
    against("99 %, on the page", on_page.at(0.99), " ms", 50.0);
}
