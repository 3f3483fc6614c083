//! A meeting in the window, worked on by keys: the steps that several tests take.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use minuta_tests::cli::Archive;

use crate::driver::Session;
use crate::keys::{ALT, CONTROL, DOWN, END, ENTER, ESCAPE, HOME, TAB, UP};
use crate::window::{open, open_at};

const BAR: &str = "[data-testid=bar]";
/// The list of points.
pub(crate) const POINTS: &str = "[data-testid=points]";
/// The line that says what was done.
pub(crate) const STATUS: &str = "[data-testid=status]";

/// An archive, the window on it, and the meeting that it shows.
#[derive(Debug)]
pub(crate) struct Room {
    /// The window: closed before the archive goes.
    pub(crate) window: Session,
    /// The archive.
    pub(crate) archive: Archive,
    /// The meeting's id, or `latest`.
    pub(crate) meeting: String,
}

impl Room {
    /// The desk of a new meeting in which these lines were captured. None where no window can be driven.
    pub(crate) fn with(lines: &str) -> Option<Self> {
        let archive = Archive::new();
        let meeting = archive.meeting(7);
        if !lines.is_empty() {
            archive.run(&["capture", &meeting], lines).well();
        }
        let window = open_at(&archive, &meeting)?;
        let room = Self {
            window,
            archive,
            meeting,
        };
        room.at_the_bar();
        Some(room)
    }

    /// The desk of a meeting that is made in the empty library: body, short name, number; day, time, zone.
    pub(crate) fn made([body, short, number]: [&str; 3], when: [&str; 3]) -> Option<Self> {
        let archive = Archive::new();
        let window = open(&archive)?;
        window.wait_for_text("h1", "Begin with the agenda");
        window.chord(&[CONTROL, 'n']);
        window.find("input[name=series]");
        let room = Self {
            window,
            archive,
            meeting: "latest".to_owned(),
        };
        room.window.press(&format!("{body}{TAB}{short}{TAB}{number}{TAB}"));
        for (text, then) in when.into_iter().zip([TAB, TAB, ENTER]) {
            room.instead(&format!("{text}{then}"));
        }
        room.at_the_bar();
        room.window.wait_for_text(".top", &format!("{short} {number}"));
        Some(room)
    }

    /// Waits until the bar has the focus.
    pub(crate) fn at_the_bar(&self) {
        self.window.find(BAR);
        self.focus_in(BAR);
    }

    /// Waits until the focus is in an element of this selector.
    pub(crate) fn focus_in(&self, css: &str) {
        let body = "return document.activeElement.closest(arguments[0]) !== null";
        self.window.wait_until(&format!("the focus in `{css}`"), || {
            self.window.script(body, &[json!(css)]) == json!(true)
        });
    }

    /// Waits until this element itself has the focus, and no field in it.
    pub(crate) fn focus_on(&self, css: &str) {
        let body = "return document.activeElement.matches(arguments[0])";
        self.window.wait_until(&format!("the focus on `{css}`"), || {
            self.window.script(body, &[json!(css)]) == json!(true)
        });
    }

    /// Types a line into the bar, and waits until it is saved.
    pub(crate) fn line(&self, text: &str) {
        self.window.press(&format!("{text}{ENTER}"));
        self.saved();
    }

    /// Waits until nothing is on its way to the disk.
    pub(crate) fn saved(&self) {
        self.window.wait_until_gone("[data-pending]");
    }

    /// Leads back to the bar.
    pub(crate) fn escape(&self) {
        self.window.press(&ESCAPE.to_string());
        self.at_the_bar();
    }

    /// Puts the cursor on the point with this text, from the bar or from the list.
    pub(crate) fn to_point(&self, text: &str) {
        self.window.chord(&[CONTROL, UP]);
        self.focus_on(POINTS);
        self.walk(".pt", END, UP, text);
    }

    /// Puts the cursor on the row with this text, in the list of these rows that has the focus.
    pub(crate) fn to_row(&self, rows: &str, text: &str) {
        self.walk(rows, HOME, DOWN, text);
    }

    /// Leads the cursor to a row from one end of its list. A key is done with once the cursor has moved and rests: a
    /// question that a test asks the page may reach it before a key that was pressed earlier.
    fn walk(&self, rows: &str, start: char, step: char, text: &str) {
        let body = "const rows = [...document.querySelectorAll(arguments[0])];
            const at = rows.findIndex((row) => row.classList.contains('cursor'));
            return [at, rows[at]?.innerText ?? '']";
        let look = || self.window.script(body, &[json!(rows)]);
        self.window.press(&start.to_string());
        let mut before = Value::Null;
        self.window.wait_until("the cursor to rest at the list's end", || {
            thread::sleep(Duration::from_millis(150));
            let first = look();
            thread::sleep(Duration::from_millis(150));
            first[0] != json!(-1) && first == look()
        });
        for _ in 0..60 {
            let now = look();
            if now[1].as_str().unwrap().contains(text) {
                return;
            }
            if now == before {
                break;
            }
            before = now;
            self.window.press(&step.to_string());
            // At the other end of the list it stays where it is.
            let waited = Instant::now();
            while (look() == before || look()[0] == json!(-1)) && waited.elapsed() < Duration::from_secs(3) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        panic!("no row `{rows}` with `{text}`:\n{}", self.window.text_of_page());
    }

    /// Puts the cursor on an item of the agenda.
    pub(crate) fn to_item(&self, title: &str) {
        self.window.chord(&[ALT, 'a']);
        self.focus_in("[data-pane=agenda]");
        self.to_row(".ag", title);
    }

    /// Puts the cursor on somebody in the list of participants.
    pub(crate) fn to_person(&self, name: &str) {
        self.window.chord(&[ALT, 'p']);
        self.focus_in("[data-testid=people]");
        self.to_row(".pp", name);
    }

    /// Puts the cursor on somebody in the queue.
    pub(crate) fn to_turn(&self, name: &str) {
        self.window.chord(&[ALT, 'q']);
        self.focus_in("[data-testid=queue]");
        self.to_row(".q", name);
    }

    /// Selects what stands in the field that has the focus, so that typing takes its place.
    pub(crate) fn instead(&self, text: &str) {
        self.window.chord(&[CONTROL, 'a']);
        self.window.press(text);
    }

    /// Puts a text on the clipboard, by way of the bar.
    pub(crate) fn clip(&self, text: &str) {
        self.at_the_bar();
        for (place, line) in text.lines().enumerate() {
            if place > 0 {
                self.window.chord(&[crate::keys::SHIFT, ENTER]);
            }
            self.window.press(line);
        }
        self.window.chord(&[CONTROL, 'a']);
        self.window.chord(&[CONTROL, 'x']);
        self.window.wait_until("the bar to be empty", || {
            self.window.property(&self.window.find(BAR), "value") == ""
        });
    }

    /// The record as `minuta-cli show --json` has it.
    pub(crate) fn record(&self) -> Value {
        self.archive.record(&self.meeting)
    }

    /// Waits until the record is so.
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&Record) -> bool) {
        self.window.wait_until(what, || holds(&Record(self.record())));
    }

    /// The record, to be asked.
    pub(crate) fn now(&self) -> Record {
        Record(self.record())
    }
}

/// A record as JSON, read in the words of the tests.
#[derive(Debug)]
pub(crate) struct Record(pub(crate) Value);

impl Record {
    fn all(&self, noun: &str) -> &[Value] {
        self.0[noun].as_array().unwrap()
    }

    /// A participant's name; with the first role where others bear it too.
    pub(crate) fn name(&self, id: &Value) -> String {
        let people = self.all("participants");
        let Some(one) = people.iter().find(|one| one["id"] == *id) else {
            return format!("nobody known ({id})");
        };
        let name = one["name"].as_str().unwrap();
        let alone = people.iter().filter(|other| other["name"] == name).count() == 1;
        let role = one["roles"][0].as_str().unwrap_or_default();
        if alone {
            name.to_owned()
        } else {
            format!("{name} ({role})")
        }
    }

    /// The number and the state of each item: `2 Lights done`.
    pub(crate) fn items(&self) -> Vec<String> {
        let items = self.all("items").iter();
        items
            .map(|one| {
                let part = |key: &str| one[key].as_str().unwrap();
                format!("{} {} {}", part("label"), part("title"), part("state"))
            })
            .collect()
    }

    /// An item by its title.
    pub(crate) fn item(&self, title: &str) -> &Value {
        let found = self.all("items").iter().find(|one| one["title"] == title);
        found.unwrap_or_else(|| panic!("no item {title}: {:?}", self.items()))
    }

    /// The name and the state of each participant, with `left` for who went.
    pub(crate) fn people(&self) -> Vec<String> {
        let people = self.all("participants").iter();
        people
            .map(|one| {
                let spans = one["presence"].as_array().unwrap();
                let left = if spans.last().is_some_and(|last| !last["to"].is_null()) {
                    " left"
                } else {
                    ""
                };
                format!("{} {}{left}", self.name(&one["id"]), one["state"].as_str().unwrap())
            })
            .collect()
    }

    /// A participant by the name.
    pub(crate) fn person(&self, name: &str) -> &Value {
        let found = self
            .all("participants")
            .iter()
            .find(|one| self.name(&one["id"]) == name);
        found.unwrap_or_else(|| panic!("nobody called {name}: {:?}", self.people()))
    }

    /// Who waits, why, in order.
    pub(crate) fn queue(&self) -> Vec<String> {
        let waits = self
            .all("turns")
            .iter()
            .filter(|one| one["began"].is_null() && one["ended"].is_null());
        waits
            .map(|one| {
                let part = |key: &str| one[key].as_str().unwrap();
                let words = [&self.name(&one["participant"]), part("kind"), part("reason")].join(" ");
                words.trim().to_owned()
            })
            .collect()
    }

    /// Who holds the floor.
    pub(crate) fn floor(&self) -> String {
        let holds = self
            .all("turns")
            .iter()
            .filter(|one| !one["began"].is_null() && one["ended"].is_null());
        holds
            .map(|one| self.name(&one["participant"]))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The texts of the points in order.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.all("points")
            .iter()
            .map(|one| one["text"].as_str().unwrap())
            .collect()
    }

    /// A point by a part of its text.
    pub(crate) fn point(&self, text: &str) -> &Value {
        let found = self
            .all("points")
            .iter()
            .find(|one| one["text"].as_str().unwrap().contains(text));
        found.unwrap_or_else(|| panic!("no point with `{text}`: {:#?}", self.texts()))
    }

    /// Who spoke in a point, as one would say it.
    pub(crate) fn speaker(&self, point: &Value) -> String {
        let names = point["speakers"].as_array().unwrap().iter().map(|id| self.name(id));
        match point["attribution"].as_str().unwrap() {
            "named" => names.collect::<Vec<_>>().join(" and "),
            "unresolved" => format!("{}?", point["speaker_text"].as_str().unwrap()),
            "unknown" => format!("unknown {}", point["unknown"]),
            other => other.to_owned(),
        }
    }

    /// Each point as `item | kind | speaker | text`; what is off the record is of the kind `off`.
    pub(crate) fn points(&self) -> Vec<String> {
        let label = |id: &Value| {
            let item = self.all("items").iter().find(|one| one["id"] == *id);
            item.map_or("-", |one| one["label"].as_str().unwrap()).to_owned()
        };
        let points = self.all("points").iter();
        points
            .map(|one| {
                let kind = if one["internal"] == json!(true) {
                    "off"
                } else if one["continues"].is_null() {
                    one["kind"].as_str().unwrap()
                } else {
                    "…"
                };
                let text = one["text"].as_str().unwrap();
                format!("{} | {kind} | {} | {text}", label(&one["item"]), self.speaker(one))
            })
            .collect()
    }
}
