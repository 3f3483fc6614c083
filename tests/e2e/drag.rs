//! A file drawn onto the window by another program: the drag-and-drop protocol of X (XDND, version 5), as a file manager
//! speaks it. What a test in the page can only pretend, the system itself does here.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, MapState, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, CURRENT_TIME};

/// The version of the protocol that is spoken.
const VERSION: u32 = 5;
/// How often the hand moves over the window before it lets go.
const MOVES: u32 = 40;

/// A hand of its own on the display, with a file in it.
struct Hand {
    connection: RustConnection,
    own: Window,
    over: Window,
    text: String,
}

impl Hand {
    fn new(file: &Path) -> Self {
        let (connection, screen) = x11rb::connect(None).unwrap();
        let root = connection.setup().roots[screen].root;
        let own = connection.generate_id().unwrap();
        let class = WindowClass::INPUT_OUTPUT;
        let aux = CreateWindowAux::new();
        connection
            .create_window(COPY_DEPTH_FROM_PARENT, own, root, 0, 0, 1, 1, 0, class, 0, &aux)
            .unwrap();
        let mut hand = Self {
            connection,
            own,
            over: root,
            text: format!("file://{}\r\n", file.display()),
        };
        hand.over = hand.takes_drops(root).expect("a window that takes drops");
        let selection = hand.atom("XdndSelection");
        hand.connection
            .set_selection_owner(own, selection, CURRENT_TIME)
            .unwrap();
        hand
    }

    fn atom(&self, name: &str) -> Atom {
        let asked = self.connection.intern_atom(false, name.as_bytes()).unwrap();
        asked.reply().unwrap().atom
    }

    /// The window in sight, below this one, that says that it takes drops.
    fn takes_drops(&self, below: Window) -> Option<Window> {
        let aware = self.atom("XdndAware");
        let tree = self.connection.query_tree(below).unwrap().reply().ok()?;
        for child in tree.children.into_iter().rev() {
            let Ok(looks) = self.connection.get_window_attributes(child).unwrap().reply() else {
                continue;
            };
            if looks.map_state != MapState::VIEWABLE {
                continue;
            }
            let asked = self
                .connection
                .get_property(false, child, aware, AtomEnum::ANY, 0, 1)
                .unwrap();
            if asked.reply().is_ok_and(|found| found.value_len > 0) {
                return Some(child);
            }
            if let Some(found) = self.takes_drops(child) {
                return Some(found);
            }
        }
        None
    }

    fn say(&self, what: &str, [first, second, third, fourth]: [u32; 4]) {
        let data = [self.own, first, second, third, fourth];
        let message = ClientMessageEvent::new(32, self.over, self.atom(what), data);
        self.connection
            .send_event(false, self.over, EventMask::NO_EVENT, message)
            .unwrap();
        self.connection.flush().unwrap();
    }

    /// Answers who asks for what is in the hand, until one of these is said; none = it was not, in the time.
    fn hears(&self, what: &str, within: Duration) -> Option<[u32; 5]> {
        let wanted = self.atom(what);
        let end = Instant::now() + within;
        while Instant::now() < end {
            match self.connection.poll_for_event().unwrap() {
                Some(Event::SelectionRequest(request)) => self.gives(&request),
                Some(Event::ClientMessage(message)) if message.type_ == wanted => {
                    return Some(message.data.as_data32());
                }
                Some(_) => {}
                None => thread::sleep(Duration::from_millis(5)),
            }
        }
        None
    }

    fn gives(&self, request: &SelectionRequestEvent) {
        let list = self.atom("text/uri-list");
        let given = request.target == list;
        if given {
            let text = self.text.as_bytes();
            self.connection
                .change_property8(PropMode::REPLACE, request.requestor, request.property, list, text)
                .unwrap();
        }
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if given { request.property } else { x11rb::NONE },
        };
        self.connection
            .send_event(false, request.requestor, EventMask::NO_EVENT, answer)
            .unwrap();
        self.connection.flush().unwrap();
    }

    /// The middle of the window, on the screen.
    fn middle(&self) -> u32 {
        let size = self.connection.get_geometry(self.over).unwrap().reply().unwrap();
        let root = size.root;
        let middle = (
            i16::try_from(size.width / 2).unwrap(),
            i16::try_from(size.height / 2).unwrap(),
        );
        let asked = self
            .connection
            .translate_coordinates(self.over, root, middle.0, middle.1)
            .unwrap();
        let on = asked.reply().unwrap();
        u32::from(on.dst_x.cast_unsigned()) << 16 | u32::from(on.dst_y.cast_unsigned())
    }
}

/// Draws a file over the middle of the window, until that says that it takes it, and lets it go.
pub(crate) fn file_onto_the_window(file: &Path) {
    let hand = Hand::new(file);
    let (copy, list, middle) = (hand.atom("XdndActionCopy"), hand.atom("text/uri-list"), hand.middle());
    hand.say("XdndEnter", [VERSION << 24, list, 0, 0]);
    // As a hand moves: the first answers come before the page was asked.
    let mut taken = false;
    for step in 0..MOVES {
        hand.say("XdndPosition", [0, middle + step % 8, CURRENT_TIME, copy]);
        let status = hand.hears("XdndStatus", Duration::from_millis(100));
        taken = status.map_or(taken, |[_, flags, ..]| flags & 1 == 1);
    }
    assert!(taken, "the window does not take the file");
    hand.say("XdndDrop", [0, CURRENT_TIME, 0, 0]);
    let over = hand.hears("XdndFinished", Duration::from_secs(10));
    assert!(over.is_some(), "the window does not say that it has the file");
}
