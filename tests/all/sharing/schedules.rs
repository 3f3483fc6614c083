//! Whatever befalls the messages, all laptops come to the same.

use minuta_core::model::share::{Lane, Role};
use minuta_core::share::memory::{MemoryHub, Store, Weather};
use minuta_core::share::{self, Whom};
use minuta_tests::seed::torture;
use proptest::prelude::*;

use super::{Laptop, agree, settle};
use crate::opened::open;

/// What happens to one of the laptops, or to the hub.
#[derive(Clone, Debug)]
enum Event {
    Say(usize),
    SayMany(usize),
    OffTheRecord(usize),
    Mend(usize),
    Undo(usize),
    Step(usize),
    Cut(usize, bool),
    Reopen(usize),
    Weather(Weather),
    HubEmptied,
    HubCopied,
    HubRestored,
}

fn weather() -> impl Strategy<Value = Weather> {
    (0..400_u16, 0..400_u16, 0..400_u16, 0..200_u16, 0..200_u16).prop_map(
        |(lost, doubled, overtaking, breaking, unacknowledged)| Weather {
            lost,
            doubled,
            overtaking,
            breaking,
            unacknowledged,
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let who = 0..5_usize;
    prop_oneof![
        5 => who.clone().prop_map(Event::Say),
        1 => who.clone().prop_map(Event::SayMany),
        1 => who.clone().prop_map(Event::OffTheRecord),
        2 => who.clone().prop_map(Event::Mend),
        1 => who.clone().prop_map(Event::Undo),
        8 => who.clone().prop_map(Event::Step),
        2 => (who.clone(), any::<bool>()).prop_map(|(who, cut)| Event::Cut(who, cut)),
        1 => who.prop_map(Event::Reopen),
        1 => weather().prop_map(Event::Weather),
        1 => Just(Event::HubEmptied),
        1 => Just(Event::HubCopied),
        1 => Just(Event::HubRestored),
    ]
}

/// What was typed, and is to be found in the end.
#[derive(Default)]
struct Typed {
    open: Vec<String>,
    internal: Vec<String>,
    count: usize,
    seeds: u16,
    copy: Option<Store>,
}

impl Typed {
    fn line(&mut self) -> String {
        self.count += 1;
        format!("number {} of all", self.count)
    }
}

fn happen(event: &Event, laptops: &mut [Laptop], hub: &MemoryHub, typed: &mut Typed) {
    let count = laptops.len();
    match *event {
        Event::Say(who) | Event::SayMany(who) | Event::OffTheRecord(who) | Event::Mend(who) | Event::Undo(who) => {
            let laptop = &mut laptops[who % count];
            // Nobody writes in a meeting that has not come yet, nor as an observer.
            if laptop.record().is_none() || laptop.role == Role::Observer {
                return;
            }
            match event {
                Event::Say(_) => {
                    let line = typed.line();
                    laptop.says(&format!("line {line}"));
                    typed.open.push(line);
                }
                Event::SayMany(_) => {
                    for _ in 0..20 {
                        let line = typed.line();
                        laptop.says(&format!("line {line}"));
                        typed.open.push(line);
                    }
                }
                Event::OffTheRecord(_) if laptop.role >= Role::Scribe => {
                    let line = typed.line();
                    laptop.says(&format!("[off] {line}"));
                    typed.internal.push(line);
                }
                // Whatever it comes to on the last line of this laptop, all must see the same.
                Event::Mend(_) => laptop.says("s/line/row/"),
                Event::Undo(_) => {
                    laptop.archive.undo(laptop.meeting).unwrap();
                }
                _ => {}
            }
        }
        Event::Step(who) => {
            laptops[who % count].step();
        }
        Event::Cut(who, is_cut) => laptops[who % count].wire.cut(is_cut),
        Event::Reopen(who) => {
            let laptop = &mut laptops[who % count];
            typed.seeds += 1;
            laptop.archive = open(&laptop.path, 100 + typed.seeds);
            laptop.follower = share::Follower::new(laptop.meeting);
        }
        Event::Weather(weather) => hub.set_weather(weather),
        Event::HubEmptied => hub.empty(),
        Event::HubCopied => typed.copy = Some(hub.store()),
        Event::HubRestored => {
            if let Some(copy) = typed.copy.clone() {
                hub.restore(copy);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if torture() { 500 } else { 50 }, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn all_laptops_come_to_the_same(
        count in 2..=5_usize,
        roles in proptest::collection::vec(prop_oneof![2 => Just(Role::Scribe), 2 => Just(Role::Editor), 1 => Just(Role::Observer)], 4),
        events in proptest::collection::vec(event(), 10..60),
        seed in any::<u64>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let hub = MemoryHub::new(seed);
        let mut laptops = vec![Laptop::owner(&folder, &hub)];
        for number in 1..count {
            let joined = Laptop::joins(&folder, &hub, &mut laptops[0], number, roles[number - 1]);
            laptops.push(joined);
        }
        let mut typed = Typed::default();
        for event in &events {
            happen(event, &mut laptops, &hub, &mut typed);
        }
        hub.set_weather(Weather::default());
        settle(&mut laptops);
        agree(&laptops);
        // What was typed and not taken back is there; nothing is there twice; what is off the record is with scribes only.
        let undone = events.iter().any(|event| matches!(event, Event::Undo(_)));
        for laptop in &laptops {
            let texts = laptop.texts();
            // Two may have mended the same line; its number is nobody's to mend.
            let count = |line: &String| texts.iter().filter(|text| text.contains(line.as_str())).count();
            for line in &typed.open {
                prop_assert!(count(line) == 1 || (undone && count(line) == 0), "{} is there {} times", line, count(line));
            }
            for line in &typed.internal {
                let expected = usize::from(laptop.role >= Role::Scribe);
                prop_assert!(count(line) == expected || (undone && count(line) == 0), "{} is there {} times", line, count(line));
            }
        }
    }
}

#[test]
fn a_hub_that_lost_everything_is_filled_by_whoever_comes() {
    let folder = tempfile::tempdir().unwrap();
    let hub = MemoryHub::new(1);
    let mut laptops = vec![Laptop::owner(&folder, &hub)];
    let joined = Laptop::joins(&folder, &hub, &mut laptops[0], 1, Role::Editor);
    laptops.push(joined);
    settle(&mut laptops);
    laptops[0].says("said by the owner");
    laptops[1].says("said by the editor");
    settle(&mut laptops);
    // What is off the record an editor has not.
    let open = |hub: &MemoryHub| {
        hub.held()
            .iter()
            .filter(|message| message.lane != Lane::Internal)
            .count()
    };
    let before = open(&hub);
    hub.empty();
    // The editor alone comes: what the owner wrote and said of the members is there again.
    let mut editor = laptops.remove(1);
    let step = editor.step();
    assert_eq!((step.connected, step.sent), (true, before));
    assert_eq!(open(&hub), before);
    laptops.push(editor);
    settle(&mut laptops);
    agree(&laptops);
}

#[test]
fn a_scribe_who_is_withdrawn_goes_on_alone_and_the_others_together() {
    let folder = tempfile::tempdir().unwrap();
    let hub = MemoryHub::new(1);
    let mut laptops = vec![Laptop::owner(&folder, &hub)];
    for (number, role) in [Role::Scribe, Role::Scribe, Role::Editor].into_iter().enumerate() {
        let joined = Laptop::joins(&folder, &hub, &mut laptops[0], number + 1, role);
        laptops.push(joined);
    }
    settle(&mut laptops);
    for laptop in &mut laptops {
        laptop.says("before");
    }
    settle(&mut laptops);
    agree(&laptops);
    let mut gone = laptops.remove(1);
    gone.wire.cut(true);
    gone.says("said on the train");
    let author = gone.archive.author_in(gone.meeting).unwrap();
    let owner = &mut laptops[0];
    share::withdraw(&mut owner.archive, owner.meeting, Whom::Member(author)).unwrap();
    for laptop in &mut laptops {
        laptop.says("after");
    }
    settle(&mut laptops);
    agree(&laptops);
    gone.wire.cut(false);
    gone.step();
    gone.step();
    assert!(gone.texts().iter().all(|text| text != "after"));
    assert!(gone.texts().contains(&"said on the train".to_owned()));
    for laptop in &mut laptops {
        laptop.step();
        assert!(laptop.texts().iter().all(|text| text != "said on the train"));
        assert_eq!(laptop.texts().iter().filter(|text| *text == "after").count(), 3);
    }
}

#[test]
fn who_is_here_is_told_and_who_goes_is_not_here() {
    use minuta_core::share::Whereabouts;
    let folder = tempfile::tempdir().unwrap();
    let hub = MemoryHub::new(1);
    let mut laptops = vec![Laptop::owner(&folder, &hub)];
    let joined = Laptop::joins(&folder, &hub, &mut laptops[0], 1, Role::Editor);
    laptops.push(joined);
    settle(&mut laptops);
    laptops[0].says("a line");
    settle(&mut laptops);
    let point = laptops[0].archive.record(laptops[0].meeting).unwrap().points[0]
        .point
        .id;
    let there = Whereabouts {
        item: None,
        point: Some(point),
    };
    laptops[0].follower.stand(there.clone());
    laptops[0].step();
    let present = laptops[1].step().present.unwrap();
    assert_eq!(present.len(), 1);
    assert_eq!((present[0].name.as_str(), present[0].role), ("Owner", Role::Owner));
    assert_eq!(present[0].whereabouts, there);
    let Laptop {
        archive,
        wire,
        follower,
        ..
    } = &mut laptops[0];
    follower.goodbye(archive, wire);
    assert_eq!(laptops[1].step().present, Some(Vec::new()));
    // Nothing of it was stored, and the log tells of no words.
    let log = share::log(&laptops[1].archive, laptops[1].meeting).unwrap();
    assert!(log.iter().any(|line| line.event == "connected"), "{log:?}");
    assert!(log.iter().all(|line| !line.event.contains("a line")), "{log:?}");
}
