//! What another program draws onto the window: the drag-and-drop protocol of X (XDND, version 5), as a file manager or a
//! browser speaks it. What a test in the page could only pretend, the system itself does here.

use std::path::Path;
use std::sync::LazyLock;
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

use crate::driver::{PATIENCE, within};

/// The version of the protocol that is spoken.
const VERSION: u32 = 5;
/// How often the hand moves over the window before it lets go.
const MOVES: u32 = 40;

/// The other program, which is there as long as the tests run: one that ends while it draws is another story.
static OTHER: LazyLock<Other> = LazyLock::new(Other::new);

struct Other {
    connection: RustConnection,
    root: Window,
    own: Window,
}

impl Other {
    fn new() -> Self {
        let (connection, screen) = x11rb::connect(None).unwrap();
        let root = connection.setup().roots[screen].root;
        let own = connection.generate_id().unwrap();
        let (class, aux) = (WindowClass::INPUT_OUTPUT, CreateWindowAux::new());
        connection
            .create_window(COPY_DEPTH_FROM_PARENT, own, root, 0, 0, 1, 1, 0, class, 0, &aux)
            .unwrap();
        Self { connection, root, own }
    }
}

/// Its hand, with something in it.
pub(crate) struct Hand {
    connection: &'static RustConnection,
    own: Window,
    over: Window,
    /// By the name of its kind.
    holds: Vec<(&'static str, String)>,
}

impl Hand {
    /// With files, as a file manager gives them.
    pub(crate) fn with_files(files: &[&Path]) -> Self {
        let uris = files.iter().map(|file| {
            let path = file.to_str().unwrap().replace('%', "%25").replace(' ', "%20");
            format!("file://{path}\r\n")
        });
        Self::new(vec![("text/uri-list", uris.collect())])
    }

    /// With a link, as a browser gives it.
    pub(crate) fn with_link(url: &str) -> Self {
        Self::new(vec![
            ("text/uri-list", format!("{url}\r\n")),
            ("UTF8_STRING", url.to_owned()),
            ("text/plain;charset=utf-8", url.to_owned()),
        ])
    }

    fn new(holds: Vec<(&'static str, String)>) -> Self {
        let Other { connection, root, own } = &*OTHER;
        let (root, own) = (*root, *own);
        let mut hand = Self {
            connection,
            own,
            over: root,
            holds,
        };
        // A page is there before its window is shown.
        hand.over = within(PATIENCE, || hand.takes_drops(root)).expect("a window that takes drops");
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

    /// The largest window in sight, below this one, that says that it takes drops; its library has small ones of its own.
    fn takes_drops(&self, below: Window) -> Option<Window> {
        let mut found = Vec::new();
        self.look(below, &mut found);
        found.into_iter().max().map(|(_, window)| window)
    }

    fn look(&self, below: Window, found: &mut Vec<(u32, Window)>) {
        let aware = self.atom("XdndAware");
        let Ok(tree) = self.connection.query_tree(below).unwrap().reply() else {
            return;
        };
        for child in tree.children {
            let looks = self.connection.get_window_attributes(child).unwrap().reply();
            let size = self.connection.get_geometry(child).unwrap().reply();
            let (Ok(looks), Ok(size)) = (looks, size) else { continue };
            if looks.map_state != MapState::VIEWABLE {
                continue;
            }
            let asked = self
                .connection
                .get_property(false, child, aware, AtomEnum::ANY, 0, 1)
                .unwrap();
            if asked.reply().is_ok_and(|aware| aware.value_len > 0) {
                found.push((u32::from(size.width) * u32::from(size.height), child));
            }
            self.look(child, found);
        }
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
        let mut kinds = self.holds.iter();
        let given = match kinds.find(|(kind, _)| self.atom(kind) == request.target) {
            Some((_, text)) => {
                let (mode, text) = (PropMode::REPLACE, text.as_bytes());
                self.connection
                    .change_property8(mode, request.requestor, request.property, request.target, text)
                    .unwrap();
                true
            }
            None => false,
        };
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

    /// A place of the window, on the screen; none = its middle.
    fn place(&self, within: Option<(i16, i16)>) -> u32 {
        let size = self.connection.get_geometry(self.over).unwrap().reply().unwrap();
        let middle = || {
            (
                i16::try_from(size.width / 2).unwrap(),
                i16::try_from(size.height / 2).unwrap(),
            )
        };
        let (x, y) = within.unwrap_or_else(middle);
        let asked = self.connection.translate_coordinates(self.over, size.root, x, y);
        let on = asked.unwrap().reply().unwrap();
        u32::from(on.dst_x.cast_unsigned()) << 16 | u32::from(on.dst_y.cast_unsigned())
    }

    /// Moves about a place of the window (none = its middle), until that says that it takes what is held.
    pub(crate) fn over(self, within: Option<(i16, i16)>) -> Self {
        let (copy, place) = (self.atom("XdndActionCopy"), self.place(within));
        let mut kinds = self.holds.iter().map(|(kind, _)| self.atom(kind));
        let mut kind = || kinds.next().unwrap_or(x11rb::NONE);
        self.say("XdndEnter", [VERSION << 24, kind(), kind(), kind()]);
        // As a hand moves: the first answers come before the page was asked.
        let mut taken = false;
        for step in 0..MOVES {
            self.say("XdndPosition", [0, place + step % 8, CURRENT_TIME, copy]);
            let status = self.hears("XdndStatus", Duration::from_millis(100));
            taken = status.map_or(taken, |[_, flags, ..]| flags & 1 == 1);
        }
        assert!(taken, "the window does not take what is held over it");
        self
    }

    /// Lets go.
    pub(crate) fn lets_go(self) {
        self.say("XdndDrop", [0, CURRENT_TIME, 0, 0]);
        let over = self.hears("XdndFinished", Duration::from_secs(10));
        assert!(over.is_some(), "the window does not say that it has what was held");
    }

    /// Moves away with it.
    pub(crate) fn goes_away(self) {
        self.say("XdndLeave", [0; 4]);
    }
}
