//! The display, as somebody sits before it: keys are pressed (XTEST), and what is shown is looked at (XDamage says
//! where something was drawn, MIT-SHM gives the pixels). The measured programs are told nothing of it.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::shm::ConnectionExt as _;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ConfigureWindowAux, ConnectionExt as _, EventMask, ImageFormat, InputFocus,
    MapState, StackMode, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Bytes of a pixel at depth 24.
const PIXEL: usize = 4;

pub(crate) const CONTROL: u32 = 0xffe3;
pub(crate) const ALT: u32 = 0xffe9;
pub(crate) const ENTER: u32 = 0xff0d;
pub(crate) const BACKSPACE: u32 = 0xff08;
pub(crate) const ESCAPE: u32 = 0xff1b;
pub(crate) const HOME: u32 = 0xff50;
pub(crate) const UP: u32 = 0xff52;
pub(crate) const RIGHT: u32 = 0xff53;
pub(crate) const DOWN: u32 = 0xff54;
pub(crate) const PAGE_UP: u32 = 0xff55;
pub(crate) const PAGE_DOWN: u32 = 0xff56;

/// A rectangle of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Area {
    fn meets(self, other: Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let right = (self.x + self.width).min(other.x + other.width);
        let bottom = (self.y + self.height).min(other.y + other.height);
        (right > x && bottom > y).then(|| Self {
            x,
            y,
            width: right - x,
            height: bottom - y,
        })
    }

    fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: (self.x + self.width).max(other.x + other.width) - x,
            height: (self.y + self.height).max(other.y + other.height) - y,
        }
    }
}

/// A connection to the display.
pub(crate) struct Screen {
    connection: Arc<RustConnection>,
    root: Window,
    all: Area,
    segment: u32,
    memory: File,
    drawn: Receiver<(Instant, Area)>,
    /// By keysym: the key, and whether Shift goes with it.
    keys: HashMap<u32, (u8, bool)>,
}

impl Screen {
    pub(crate) fn open() -> Self {
        let (connection, number) = RustConnection::connect(None).expect("a display");
        let connection = Arc::new(connection);
        let setup = connection.setup();
        let screen = &setup.roots[number];
        assert_eq!(screen.root_depth, 24, "the measurements know screens of depth 24");
        let (root, all) = (
            screen.root,
            Area {
                x: 0,
                y: 0,
                width: screen.width_in_pixels.into(),
                height: screen.height_in_pixels.into(),
            },
        );
        connection.damage_query_version(1, 1).unwrap().reply().unwrap();
        connection.shm_query_version().unwrap().reply().unwrap();
        connection.xtest_get_version(2, 2).unwrap().reply().unwrap();

        let segment = connection.generate_id().unwrap();
        let bytes = u32::try_from(all.width * all.height * PIXEL).unwrap();
        let shared = connection.shm_create_segment(segment, bytes, false).unwrap();
        let memory = File::from(shared.reply().unwrap().shm_fd);

        let watch = connection.generate_id().unwrap();
        let made = connection.damage_create(watch, root, ReportLevel::RAW_RECTANGLES);
        made.unwrap().check().unwrap();
        let substructure = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        connection.change_window_attributes(root, &substructure).unwrap();

        let (first, count) = (setup.min_keycode, setup.max_keycode - setup.min_keycode + 1);
        let map = connection.get_keyboard_mapping(first, count).unwrap().reply().unwrap();
        let mut keys = HashMap::new();
        for (index, symbols) in map.keysyms.chunks(map.keysyms_per_keycode.into()).enumerate() {
            for (level, symbol) in symbols.iter().take(2).enumerate() {
                keys.entry(*symbol)
                    .or_insert((first + u8::try_from(index).unwrap(), level == 1));
            }
        }
        let drawn = listen(&connection);
        Self {
            connection,
            root,
            all,
            segment,
            memory,
            drawn,
            keys,
        }
    }

    /// The window of a process, as soon as it is mapped.
    pub(crate) fn window_of(&self, process: u32) -> Window {
        let started = Instant::now();
        let name = self.connection.intern_atom(false, b"_NET_WM_PID").unwrap();
        let owner = name.reply().unwrap().atom;
        loop {
            let windows = self.connection.query_tree(self.root).unwrap().reply().unwrap().children;
            let found = windows.into_iter().find(|window| {
                let property = self
                    .connection
                    .get_property(false, *window, owner, AtomEnum::CARDINAL, 0, 1);
                let is_its = property
                    .unwrap()
                    .reply()
                    .is_ok_and(|value| value.value32().is_some_and(|mut all| all.next() == Some(process)));
                let attributes = self.connection.get_window_attributes(*window).unwrap();
                is_its && attributes.reply().is_ok_and(|one| one.map_state == MapState::VIEWABLE)
            });
            if let Some(window) = found {
                return window;
            }
            assert!(started.elapsed() < Duration::from_secs(30), "the window does not come");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Where a window is. No window manager decorates it or moves it here.
    pub(crate) fn place(&self, window: Window) -> Area {
        let one = self.connection.get_geometry(window).unwrap().reply().unwrap();
        let whole = Area {
            x: usize::try_from(one.x).unwrap(),
            y: usize::try_from(one.y).unwrap(),
            width: one.width.into(),
            height: one.height.into(),
        };
        whole.meets(self.all).expect("the window is on the screen")
    }

    /// Brings a window to the front and gives it the keyboard.
    pub(crate) fn to_front(&self, window: Window) {
        let raised = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
        self.connection.configure_window(window, &raised).unwrap();
        let focus = self
            .connection
            .set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME);
        focus.unwrap().check().unwrap();
    }

    /// Presses and releases a key, others held: when that was asked of the display.
    pub(crate) fn press(&self, held: &[u32], symbol: u32) -> Instant {
        let (key, shift) = self.key(symbol);
        let mut around: Vec<u8> = held.iter().map(|one| self.key(*one).0).collect();
        if shift {
            around.push(self.key(0xffe1).0);
        }
        for one in &around {
            self.fake(true, *one);
        }
        let pressed = Instant::now();
        self.fake(true, key);
        self.connection.flush().unwrap();
        self.fake(false, key);
        for one in around.iter().rev() {
            self.fake(false, *one);
        }
        self.connection.flush().unwrap();
        pressed
    }

    /// Types one character.
    pub(crate) fn letter(&self, letter: char) -> Instant {
        // The keysym of a character of Latin-1 is its number.
        self.press(&[], u32::from(letter))
    }

    /// Types a text in no haste.
    pub(crate) fn text(&self, text: &str) {
        for letter in text.chars() {
            self.letter(letter);
            thread::sleep(Duration::from_millis(25));
        }
    }

    fn key(&self, symbol: u32) -> (u8, bool) {
        *self.keys.get(&symbol).expect("a key of the keyboard")
    }

    fn fake(&self, down: bool, key: u8) {
        // 2 is KeyPress, 3 KeyRelease.
        let kind = if down { 2 } else { 3 };
        let sent = self.connection.xtest_fake_input(kind, key, 0, self.root, 0, 0, 0);
        sent.unwrap();
    }

    /// What an area shows.
    fn pixels(&self, area: Area, into: &mut Vec<u8>) {
        into.resize(area.width * area.height * PIXEL, 0);
        let asked = self.connection.shm_get_image(
            self.root,
            i16::try_from(area.x).unwrap(),
            i16::try_from(area.y).unwrap(),
            u16::try_from(area.width).unwrap(),
            u16::try_from(area.height).unwrap(),
            u32::MAX,
            ImageFormat::Z_PIXMAP.into(),
            self.segment,
            0,
        );
        asked.unwrap().reply().unwrap();
        self.memory.read_exact_at(into, 0).unwrap();
    }

    /// Begins to watch an area, as it is now.
    pub(crate) fn watch(&self, area: Area) -> Watch<'_> {
        let mut watch = Watch {
            screen: self,
            area,
            seen: Vec::new(),
            still: vec![true; area.width * area.height],
            moving: None,
            changed: 0,
            part: Vec::new(),
        };
        watch.look_anew();
        watch
    }
}

/// Hands on where something was drawn, and when that was heard of.
fn listen(connection: &Arc<RustConnection>) -> Receiver<(Instant, Area)> {
    let (tell, drawn) = channel();
    let connection = Arc::clone(connection);
    thread::spawn(move || {
        while let Ok(event) = connection.wait_for_event() {
            let Event::DamageNotify(damage) = event else { continue };
            let (x, y) = (damage.area.x.max(0), damage.area.y.max(0));
            let area = Area {
                x: usize::try_from(x).unwrap(),
                y: usize::try_from(y).unwrap(),
                width: damage.area.width.into(),
                height: damage.area.height.into(),
            };
            if tell.send((Instant::now(), area)).is_err() {
                return;
            }
        }
    });
    drawn
}

/// A part of the screen that is looked at.
pub(crate) struct Watch<'a> {
    screen: &'a Screen,
    pub(crate) area: Area,
    seen: Vec<u8>,
    /// By pixel: whether it moves only when something is done. A clock's pixels are not still.
    still: Vec<bool>,
    /// While that is learned: the pixels that have moved.
    moving: Option<Vec<usize>>,
    /// How many still pixels the last change was made of.
    pub(crate) changed: usize,
    part: Vec<u8>,
}

impl Watch<'_> {
    /// Takes what is there as seen.
    pub(crate) fn look_anew(&mut self) {
        while self.screen.drawn.try_recv().is_ok() {}
        self.screen.pixels(self.area, &mut self.seen);
    }

    /// The next change of pixels: when and where. None = there was none until then.
    pub(crate) fn change(&mut self, until: Instant) -> Option<(Instant, Area)> {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let (mut when, first) = self.screen.drawn.recv_timeout(left).ok()?;
            // What was drawn since is seen by the same look, so that it counts as of the last drawing.
            let mut drawn = vec![first];
            while let Ok((later, another)) = self.screen.drawn.try_recv() {
                when = later;
                drawn.push(another);
            }
            self.changed = 0;
            let area = self.area;
            let parts = drawn.into_iter().filter_map(|one| one.meets(area));
            let changed: Vec<_> = parts.filter_map(|part| self.compare(part)).collect();
            if let Some(changed) = changed.into_iter().reduce(Area::with) {
                return Some((when, changed));
            }
        }
    }

    /// Looks at a part; the box around its still pixels that have changed.
    fn compare(&mut self, part: Area) -> Option<Area> {
        self.screen.pixels(part, &mut self.part);
        let mut found: Option<Area> = None;
        for row in 0..part.height {
            let now = &self.part[row * part.width * PIXEL..][..part.width * PIXEL];
            let at = (part.y - self.area.y + row) * self.area.width + part.x - self.area.x;
            let before = &mut self.seen[at * PIXEL..][..part.width * PIXEL];
            if now == before {
                continue;
            }
            for column in 0..part.width {
                let of = column * PIXEL;
                // The fourth byte is padding.
                if now[of..of + 3] != before[of..of + 3] && self.still[at + column] {
                    self.changed += 1;
                    if let Some(moving) = &mut self.moving {
                        moving.push(at + column);
                    }
                    let pixel = Area {
                        x: part.x + column,
                        y: part.y + row,
                        width: 1,
                        height: 1,
                    };
                    found = Some(found.map_or(pixel, |known| known.with(pixel)));
                }
            }
            before.copy_from_slice(now);
        }
        found
    }

    /// Watches for a while during which nothing is done: what changes nevertheless, a clock, counts no more.
    pub(crate) fn learn_what_moves(&mut self, during: Duration) {
        // A figure that follows may be wider than those seen.
        const AROUND: usize = 6;
        self.look_anew();
        self.moving = Some(Vec::new());
        let until = Instant::now() + during;
        while self.change(until).is_some() {}
        let Area { width, height, .. } = self.area;
        for pixel in self.moving.take().unwrap_or_default() {
            let (x, y) = (pixel % width, pixel / width);
            for row in y.saturating_sub(AROUND)..(y + AROUND + 1).min(height) {
                let row = &mut self.still[row * width..][..width];
                row[x.saturating_sub(AROUND)..(x + AROUND + 1).min(width)].fill(false);
            }
        }
        self.look_anew();
    }

    /// Waits until nothing has changed for so long; when the last change was. None = there was none.
    pub(crate) fn rest(&mut self, quiet: Duration) -> Option<Instant> {
        let (started, mut last) = (Instant::now(), None);
        while let Some((when, _)) = self.change(Instant::now() + quiet) {
            last = Some(when);
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "the screen comes to no rest"
            );
        }
        last
    }

    /// Waits until there is more than a ground of one colour, and for what comes with it.
    pub(crate) fn wait_for_content(&mut self) {
        let started = Instant::now();
        loop {
            self.look_anew();
            let first = self.seen.get(..3).map(<[u8]>::to_vec);
            let other = self
                .seen
                .chunks(PIXEL)
                .filter(|pixel| first.as_deref() != pixel.get(..3));
            if other.count() > self.area.width {
                break;
            }
            assert!(started.elapsed() < Duration::from_secs(60), "the window stays empty");
            thread::sleep(Duration::from_millis(100));
        }
        thread::sleep(Duration::from_millis(2500));
        self.look_anew();
    }

    /// The last look, as rows of RGB.
    pub(crate) fn picture(&self) -> Vec<u8> {
        let pixels = self.seen.chunks(PIXEL);
        pixels.flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect()
    }
}
