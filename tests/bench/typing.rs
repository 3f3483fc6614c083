//! From the press of a key to the first changed pixel where the letter stands.

use std::thread;
use std::time::{Duration, Instant};

use x11rb::protocol::xproto::Window;

use crate::figures::{Samples, against, heading, rounds};
use crate::frames;
use crate::meetings::{Meetings, sentence};
use crate::screen::{Area, BACKSPACE, CONTROL, Screen};
use crate::window::Program;

const ROUNDS: usize = 16;
const LETTERS: usize = 40;

/// A window with the caret in its field, and where that field's line is.
pub(crate) struct Field<'a> {
    screen: &'a Screen,
    window: Window,
    pub(crate) line: Area,
}

impl<'a> Field<'a> {
    pub(crate) fn of(screen: &'a Screen, program: &Program) -> Self {
        let window = program.window(screen);
        screen.to_front(window);
        let mut all = screen.watch(screen.place(window));
        all.wait_for_content();
        // A letter, and what it changes first: there the line is.
        screen.text("mm");
        thread::sleep(Duration::from_millis(500));
        all.learn_what_moves(Duration::from_millis(2500));
        screen.letter('m');
        let changed = all.change(Instant::now() + Duration::from_secs(5));
        let (_, changed) =
            changed.unwrap_or_else(|| panic!("a typed letter does not show: {}", frames::what_is_there(&mut all)));
        let line = Area {
            // Two letters stand before it, the others come to its right.
            x: changed.x.saturating_sub(40),
            y: changed.y,
            width: (all.area.x + all.area.width - changed.x).min(600),
            height: changed.height.min(24),
        };
        let field = Self { screen, window, line };
        field.clear();
        field
    }

    fn clear(&self) {
        self.screen.press(&[CONTROL], u32::from('a'));
        self.screen.press(&[], BACKSPACE);
        thread::sleep(Duration::from_millis(400));
    }

    /// Types a line at some hundred letters a minute, each at another time of the display's beat.
    fn round(&self, number: usize, into: &mut Samples) {
        self.screen.to_front(self.window);
        thread::sleep(Duration::from_millis(400));
        // The first letter is no sample: with it the empty field's own look goes.
        self.screen.letter('t');
        thread::sleep(Duration::from_millis(300));
        let mut line = self.screen.watch(self.line);
        for (place, letter) in sentence(number * 50 + 1).chars().take(LETTERS).enumerate() {
            let gap = 90 + (number * 31 + place * 47) % 67;
            thread::sleep(Duration::from_millis(u64::try_from(gap).unwrap()));
            line.look_anew();
            let pressed = self.screen.letter(letter);
            let changed = line.change(pressed + Duration::from_secs(2));
            // A blank changes no pixel but the caret's.
            if let Some((when, _)) = changed {
                into.add(when.duration_since(pressed));
            } else {
                println!("  `{letter}` changed nothing within 2 s");
            }
        }
        self.clear();
    }
}

pub(crate) fn measure(screen: &Screen, meetings: &Meetings) {
    heading("From the key to the changed pixel");
    // One after the other: a window that comes later covers the one that is looked at.
    let minuta = Program::minuta(meetings, Some(meetings.long));
    let ours = Field::of(screen, &minuta);
    let bare = Program::bare(meetings);
    let theirs = Field::of(screen, &bare);
    let (mut with_minuta, mut with_bare) = (Samples::default(), Samples::default());
    for number in 0..rounds(ROUNDS) {
        theirs.round(number, &mut with_bare);
        ours.round(number, &mut with_minuta);
    }
    with_bare.tell("a bare <textarea> in the same window");
    with_minuta.tell("the capture bar, 10,000 points in the meeting");
    against(
        "ratio of the medians",
        with_minuta.median() / with_bare.median(),
        "",
        1.2,
    );
    against(
        "99 % over that of the bare one",
        with_minuta.at(0.99) - with_bare.at(0.99),
        " ms",
        17.0,
    );
}
