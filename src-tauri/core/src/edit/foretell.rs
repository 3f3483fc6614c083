//! What a command would do, in words, before it is entered. Pure: it reads the record as it is and changes nothing.

use crate::capture::{Change, Command, Match, Scope};
use crate::model::{Item, ItemId, ItemState, ItemView, Participant, Turn};

use super::{agenda, participant};

/// What a command is foretold from.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The agenda with its numbers.
    pub items: &'a [ItemView],
    /// The item under discussion.
    pub current: Option<ItemId>,
    /// The participants.
    pub roster: &'a [Participant],
    /// The turns in order.
    pub turns: &'a [Turn],
    /// What undo would take back, in words.
    pub undo: Option<&'a str>,
}

/// What the command would do, as one says it ("Opens item 3, Licence notice"); what it cannot do is said too. Empty for
/// a point and for a blank line.
#[must_use]
pub fn foretell(command: &Command, known: Known<'_>) -> String {
    match command {
        Command::Blank | Command::Point(_) => String::new(),
        Command::Topic { title } => match agenda::titled(known.items, None, title) {
            Some(item) => known.opens(item),
            None => format!("Opens a new item, {title}"),
        },
        Command::Subtopic { title } => format!("Opens the section {title}"),
        Command::AgendaAdd { title } => format!("Adds {title} to the agenda"),
        Command::AgendaRemove { item } => {
            known.numbered(item, |item| format!("Takes {} off the agenda", known.item(item)))
        }
        Command::AgendaRename { item, title } => {
            known.numbered(item, |item| format!("Renames {} to {title}", known.item(item)))
        }
        Command::Next => known.next(),
        Command::Skip => known.under_discussion("Skips"),
        Command::Defer => known.under_discussion("Defers"),
        Command::NoUpdate => known.under_discussion("No update on"),
        Command::Take { item } => known.numbered(item, |item| known.opens(item)),
        Command::Close { item: None } => known.under_discussion("Closes"),
        Command::Close { item: Some(item) } => known.numbered(item, |item| {
            if known.current == Some(item.id) {
                format!("Closes {}", known.item(item))
            } else {
                format!("{} is not open: it would be kept as a point", known.item(item))
            }
        }),
        Command::MeetingName { name } => format!("Names the meeting {name}"),
        Command::Date { text, when } => moment("The meeting is on", text, when.is_some()),
        Command::Recording { text } => format!("The recording is {text}"),
        Command::NextMeeting { text, when } => moment("The next meeting is on", text, when.is_some()),
        Command::Participant { name, roles } => match roles.as_slice() {
            [] => format!("Adds {name}"),
            roles => format!("Adds {name}, {}", roles.join(", ")),
        },
        Command::Present { change, names } => known.people(*change, names, ["Present", "Leave", "Present are just"]),
        Command::Regrets { change, names } => known.people(
            *change,
            names,
            ["Apologies of", "Expected after all", "Apologies are just of"],
        ),
        Command::Chair { change, names } => {
            known.people(*change, names, ["Moderates", "Moderates no more", "Moderates alone"])
        }
        Command::Scribe { change, names } => {
            known.people(*change, names, ["Rapporteur", "Rapporteur no more", "Rapporteur alone"])
        }
        Command::Ask {
            names, reason, front, ..
        } => {
            let before = if *front { ", before all who wait" } else { "" };
            let about = if reason.is_empty() {
                String::new()
            } else {
                format!(": {reason}")
            };
            known.named("Into the queue", names, &format!("{before}{about}"))
        }
        Command::Later { names } => known.named("Later in the queue", names, ""),
        Command::Withdraw { names } => known.named("Out of the queue", names, ""),
        Command::SetQueue { names } if names.is_empty() => "Empties the queue".to_owned(),
        Command::SetQueue { names } => known.named("The queue is", names, ""),
        Command::ShowQueue => "Shows the queue".to_owned(),
        Command::Acknowledge { name: Some(name) } => known.named("The floor to", std::slice::from_ref(name), ""),
        Command::Acknowledge { name: None } => match known.turns.iter().find(|turn| turn.waits()) {
            Some(turn) => format!("The floor to {}", known.of_turn(turn)),
            None => "The queue is empty: it would be kept as a point".to_owned(),
        },
        Command::Substitute { old, new, scope } => {
            let which = match scope {
                Scope::Latest => "the latest point that holds it",
                Scope::Before => "all points before",
                Scope::All => "all points",
            };
            format!("\u{201c}{old}\u{201d} becomes \u{201c}{new}\u{201d} in {which}")
        }
        Command::InsertBefore { before, line } => {
            let what = match &line.command {
                Command::Topic { title } => format!("the item {title}"),
                Command::Subtopic { title } => format!("the section {title}"),
                Command::Point(said) => format!("\u{201c}{}\u{201d}", said.text),
                _ => return "Only a point or a heading can be put in: it would be kept as a point".to_owned(),
            };
            format!("Puts {what} before the latest point that holds \u{201c}{before}\u{201d}")
        }
        Command::Undo => known.undo.map_or_else(
            || "There is nothing to take back".to_owned(),
            |undo| format!("Takes back: {undo}"),
        ),
        Command::Start { .. } => "The meeting begins".to_owned(),
        Command::End => "The meeting is over".to_owned(),
    }
}

fn moment(lead: &str, text: &str, understood: bool) -> String {
    if understood {
        format!("{lead} {text}")
    } else {
        format!("{lead} \u{201c}{text}\u{201d}, printed as typed: no moment can be read from it")
    }
}

impl Known<'_> {
    /// `item 3, Licence notice`.
    fn item(&self, item: &Item) -> String {
        let label = self.items.iter().find(|view| view.item.id == item.id);
        format!(
            "item {}, {}",
            label.map(|view| view.label.as_str()).unwrap_or_default(),
            item.title
        )
    }

    fn opens(&self, item: &Item) -> String {
        let again = if item.state == ItemState::Done { " again" } else { "" };
        format!("Opens {}{again}", self.item(item))
    }

    fn numbered(&self, typed: &str, then: impl FnOnce(&Item) -> String) -> String {
        match agenda::numbered(self.items, typed) {
            Some(item) => then(item),
            None => format!("There is no item {}: it would be kept as a point", typed.trim()),
        }
    }

    fn under_discussion(&self, verb: &str) -> String {
        let open = self.items.iter().find(|view| Some(view.item.id) == self.current);
        match open {
            Some(view) => format!("{verb} {}", self.item(&view.item)),
            None => "No item is open: it would be kept as a point".to_owned(),
        }
    }

    fn next(&self) -> String {
        match agenda::ahead(self.items, self.current) {
            Some(view) => self.opens(&view.item),
            None => "No item is ahead: it would be kept as a point".to_owned(),
        }
    }

    fn of_turn(&self, turn: &Turn) -> String {
        let known = self.roster.iter().find(|person| Some(person.id) == turn.participant);
        known.map_or_else(|| turn.speaker_text.clone(), |person| person.name.clone())
    }

    fn people(&self, change: Change, names: &[String], words: [&str; 3]) -> String {
        let [add, remove, set] = words;
        match change {
            Change::Remove => self.named(remove, names, ""),
            Change::Add => self.listed(add, names),
            Change::Set => self.listed(set, names),
        }
    }

    /// Names of a list that takes new ones in: who fits nobody becomes a new participant.
    fn listed(&self, lead: &str, names: &[String]) -> String {
        self.each(lead, names, "", |name| {
            (!name.starts_with('@')).then(|| format!("{name} (new)"))
        })
    }

    /// Names that must be in the list already.
    fn named(&self, lead: &str, names: &[String], tail: &str) -> String {
        self.each(lead, names, tail, |_| None)
    }

    fn each(&self, lead: &str, names: &[String], tail: &str, unknown: impl Fn(&str) -> Option<String>) -> String {
        if names.is_empty() {
            return "It names nobody: it would be kept as a point".to_owned();
        }
        let mut found = Vec::new();
        for name in names {
            match participant::named(name, self.roster) {
                Match::One(id) => {
                    let person = self.roster.iter().find(|person| person.id == id);
                    found.push(person.map_or_else(|| name.clone(), |person| person.name.clone()));
                }
                Match::None => match unknown(name) {
                    Some(words) => found.push(words),
                    None => return format!("No participant fits \u{201c}{name}\u{201d}: it would be kept as a point"),
                },
                Match::Several(_) => {
                    return format!("\u{201c}{name}\u{201d} fits several: it would be kept as a point");
                }
            }
        }
        format!("{lead} {}{tail}", found.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::parse;
    use crate::model::{OrderKey, ParticipantId, outline::outline};
    use uuid::Uuid;

    fn record() -> (Vec<ItemView>, Vec<Participant>) {
        let key = |n: u128| OrderKey::from(format!("{n:04}"));
        let mut items: Vec<Item> = (1..=3)
            .map(|n| Item::new(ItemId(Uuid::from_u128(n)), key(n), format!("Title {n}")))
            .collect();
        items[0].state = ItemState::Open;
        let mut people: Vec<Participant> = ["Ann Lee", "Jun Sato", "Jun Sato", "Bo Ek"]
            .iter()
            .zip(10..)
            .map(|(name, n)| Participant::new(ParticipantId(Uuid::from_u128(n)), key(n), *name))
            .collect();
        people[1].roles = vec!["Port of Aomi".to_owned()];
        (outline(items), people)
    }

    fn told(line: &str) -> String {
        let (items, roster) = record();
        let known = Known {
            items: &items,
            current: Some(items[0].item.id),
            roster: &roster,
            turns: &[],
            undo: Some("point added"),
        };
        foretell(&parse(line).command, known)
    }

    #[test]
    fn what_a_command_would_do_is_told_with_whom_and_what_it_fits() {
        assert_eq!(told("/take 3"), "Opens item 3, Title 3");
        assert_eq!(told("topic: title 2"), "Opens item 2, Title 2");
        assert_eq!(told("topic: Lights"), "Opens a new item, Lights");
        assert_eq!(told("/next"), "Opens item 2, Title 2");
        assert_eq!(told("/defer"), "Defers item 1, Title 1");
        assert_eq!(told("present+ AL, Cy Dee"), "Present Ann Lee, Cy Dee (new)");
        assert_eq!(told("q+ Bo Ek to ask why"), "Into the queue Bo Ek: ask why");
        assert_eq!(told("ack Jun Sato (Port of Aomi)"), "The floor to Jun Sato");
        assert_eq!(told("/undo"), "Takes back: point added");
        assert_eq!(told("A plain point"), "");
    }

    #[test]
    fn what_a_command_cannot_do_is_told_before_it_is_entered() {
        assert_eq!(told("/take 9"), "There is no item 9: it would be kept as a point");
        assert_eq!(
            told("ack Jun Sato"),
            "\u{201c}Jun Sato\u{201d} fits several: it would be kept as a point"
        );
        assert_eq!(
            told("q+ Zed"),
            "No participant fits \u{201c}Zed\u{201d}: it would be kept as a point"
        );
        assert_eq!(told("ack next"), "The queue is empty: it would be kept as a point");
    }
}
