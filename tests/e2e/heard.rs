//! What a screen reader hears of the real window, over the bus on which assistive technology listens (AT-SPI).

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use minuta_tests::cli::{Archive, built};
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::zvariant::{Structure, Value};
use zbus::{MatchRule, Message, message};

use crate::keys::{CONTROL, ENTER, ESCAPE, F2, UP};
use crate::window::{can_drive, open_among};

const PATIENCE: Duration = Duration::from_secs(20);

/// A session's bus of its own, so that nobody's desktop hears of the test.
struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon (Debian: dbus-daemon) starts");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_owned();
        Self { daemon, address }
    }

    fn connect(address: &str) -> Connection {
        Builder::address(address).unwrap().build().unwrap()
    }

    /// The bus of assistive technology, which this one starts; a screen reader is said to be there.
    fn accessible(&self) -> Connection {
        let session = Self::connect(&self.address);
        let name = "org.a11y.Bus";
        let status = Proxy::new(&session, name, "/org/a11y/bus", "org.a11y.Status").unwrap();
        status.set_property("IsEnabled", true).unwrap();
        status.set_property("ScreenReaderEnabled", true).unwrap();
        let bus = Proxy::new(&session, name, "/org/a11y/bus", name).unwrap();
        Self::connect(&bus.call::<_, _, String>("GetAddress", &()).unwrap())
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _gone_already = self.daemon.kill();
        let _reaped = self.daemon.wait();
    }
}

/// The text of a notification that has just been shown.
fn notification(reader: &Connection, shown: &Message) -> Option<String> {
    let body = shown.body();
    let fields: Structure<'_> = body.deserialize().ok()?;
    let (Value::Str(state), Value::I32(1)) = (fields.fields().first()?, fields.fields().get(1)?) else {
        return None;
    };
    let header = shown.header();
    let (sender, path) = (header.sender()?.to_owned(), header.path()?.to_owned());
    let of = Proxy::new(reader, sender, path, "org.a11y.atspi.Accessible").ok()?;
    let role: String = of.call("GetRoleName", &()).ok()?;
    (state.as_str() == "showing" && role == "notification").then(|| of.get_property("Name").ok())?
}

/// What is said from now on, in its order. The connection has to stay: with it the bus forgets that somebody listens.
fn listen(reader: &Connection) -> Receiver<String> {
    let registry = Proxy::new(
        reader,
        "org.a11y.atspi.Registry",
        "/org/a11y/atspi/registry",
        "org.a11y.atspi.Registry",
    )
    .unwrap();
    let wanted = ("object:state-changed:showing", Vec::<&str>::new(), "");
    registry.call::<_, _, ()>("RegisterEvent", &wanted).unwrap();
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .interface("org.a11y.atspi.Event.Object")
        .unwrap()
        .member("StateChanged")
        .unwrap()
        .build();
    let signals = MessageIterator::for_match_rule(rule, reader, Some(256)).unwrap();
    let (told, heard) = channel();
    let reader = reader.clone();
    thread::spawn(move || {
        for signal in signals.flatten() {
            if let Some(text) = notification(&reader, &signal)
                && told.send(text).is_err()
            {
                return;
            }
        }
    });
    heard
}

/// Waits until this is heard; everything heard until then.
fn hear(heard: &Receiver<String>, text: &str) -> Vec<String> {
    let until = Instant::now() + PATIENCE;
    let mut all = Vec::new();
    while let Ok(one) = heard.recv_timeout(until.saturating_duration_since(Instant::now())) {
        all.push(one);
        if all.last().is_some_and(|last| last == text) {
            return all;
        }
    }
    panic!("{text:?} was not heard; this was: {all:#?}");
}

#[test]
fn what_is_saved_and_what_one_stands_on_is_heard() {
    if can_drive().is_none() {
        return;
    }
    let bus = Bus::start();
    let reader = bus.accessible();
    let heard = listen(&reader);
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let lines = "participant: Bruna Costa\n#startmeeting\nBruna Costa: The lamp is out.\n";
    archive.run(&["capture", &meeting], lines);
    let session = ("DBUS_SESSION_BUS_ADDRESS", Path::new(&bus.address));
    let window = open_among(
        &built("minuta").unwrap(),
        &archive,
        &[("MINUTA_MEETING", Path::new(&meeting)), session],
    );
    window.wait_for_text("[data-testid=points]", "The lamp is out.");

    window.press(&format!("who brings a new one?{ENTER}"));
    hear(&heard, "Saved: who brings a new one?");
    // What one stands on, though the keys are the list's and the field's.
    window.chord(&[CONTROL, UP]);
    hear(&heard, "Untagged: who brings a new one?");
    window.press(&UP.to_string());
    hear(&heard, "Bruna Costa: The lamp is out.");
    window.press(&ESCAPE.to_string());
    window.press(&F2.to_string());
    hear(&heard, "Untagged: who brings a new one?");
    window.press("bc");
    hear(&heard, "Point tagged: Bruna Costa");
    // What was saved is told once, and not again when the bar is back.
    window.press(&ESCAPE.to_string());
    window.chord(&[CONTROL, 'z']);
    let since = hear(&heard, "Undone: speaker tagged");
    assert!(since.iter().all(|text| !text.starts_with("Saved")), "{since:#?}");
}
