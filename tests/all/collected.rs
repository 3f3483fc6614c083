//! Decisions and actions that stand in tables at the end of a report come back from its Markdown, each once.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta, TimeZone as _, Utc};
use minuta_core::env::{Env as _, FixedEnv};
use minuta_core::export::markdown;
use minuta_core::import::{self, Plan};
use minuta_core::minutes::{Options, compose};
use minuta_core::model::{
    Attribution, Collected, Item, ItemId, ItemState, Kind, Meeting, MeetingId, Naming, OrderKey, Participant,
    ParticipantId, Point, PointId, Record,
};

fn env() -> FixedEnv {
    let start = Utc.with_ymd_and_hms(2026, 3, 12, 13, 0, 0).unwrap();
    FixedEnv::new(start, TimeDelta::milliseconds(1), 1)
}

/// A meeting of points alone: remarks, decisions and actions under three items.
fn held() -> Record {
    let env = env();
    let mut meeting = Meeting::new(MeetingId(env.fresh_id()));
    meeting.name = "Tides".to_owned();
    let mut plan = Plan::new(meeting);
    let order = |env: &FixedEnv| OrderKey::at(env.now());
    for name in ["Ann Bell", "Ben Cole", "Ben Cole", "Eva Roth"] {
        let person = Participant::new(ParticipantId(env.fresh_id()), order(&env), name);
        plan.participants.push(person);
    }
    for title in ["Lights", "Buoys", "Charts"] {
        let mut item = Item::new(ItemId(env.fresh_id()), order(&env), title);
        item.state = ItemState::Done;
        plan.items.push(item);
    }
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
    type Said<'a> = (usize, Kind, &'a str, &'a [usize], Option<NaiveDate>, bool);
    let said: [Said<'_>; 8] = [
        (0, Kind::Remark, "the lamp is out", &[], None, false),
        (
            0,
            Kind::Decision,
            "the lamp is **replaced** | at once",
            &[],
            None,
            false,
        ),
        (1, Kind::Decision, "no new buoys", &[], None, false),
        (0, Kind::Action, "order a lamp, by 20 March", &[0], day(20), false),
        (1, Kind::Action, "count the buoys", &[0, 3], day(2), false),
        (1, Kind::Action, "paint them", &[1], None, false),
        (
            2,
            Kind::Action,
            "print [the charts](https://example.org/a|b)",
            &[],
            None,
            true,
        ),
        (2, Kind::Remark, "charts are old", &[], None, false),
    ];
    for (item, kind, text, owners, due, done) in said {
        let mut point = Point::new(PointId(env.fresh_id()), order(&env), env.now(), text);
        point.item = Some(plan.items[item].id);
        point.kind = kind;
        point.attribution = Attribution::Nobody;
        point.owners = owners.iter().map(|at| plan.participants[*at].id).collect();
        (point.due, point.done) = (due, done);
        plan.points.push(point);
    }
    plan.record()
}

fn options(collected: Collected, by_owner: bool) -> Options {
    Options {
        naming: Naming::Name,
        collected,
        by_owner,
        ..Options::default()
    }
}

/// What was decided, and what somebody is to do: words, item, owners, date.
fn taken(record: &Record) -> BTreeSet<String> {
    let named = |point: &Point| {
        let names = point.owners.iter().map(|id| {
            // Of two with one name, the place in the list says who it is.
            let at = record.participants.iter().position(|person| person.id == *id).unwrap();
            format!("{} {}", at + 1, record.participants[at].name)
        });
        let mut names: Vec<String> = names.chain(Some(point.owner_text.clone())).collect();
        names.retain(|name| !name.is_empty());
        names.join(" & ")
    };
    let points = record.points.iter().map(|view| &view.point);
    points
        .filter(|point| matches!(point.kind, Kind::Decision | Kind::Action))
        .map(|point| {
            let item = record.items.iter().find(|view| Some(view.item.id) == point.item);
            // The table of actions does not say under which item each was taken.
            let item = item.filter(|_| point.kind == Kind::Decision);
            format!(
                "{} {} [{}] {} {:?} {}",
                point.kind,
                point.text,
                item.map_or("", |view| &view.label),
                named(point),
                point.due,
                point.done
            )
        })
        .collect()
}

#[test]
fn what_stands_in_tables_at_the_end_comes_back_once() {
    let held = held();
    for collected in [Collected::Tables, Collected::Both] {
        for by_owner in [false, true] {
            let options = options(collected.clone(), by_owner);
            let once = markdown(&compose(&held, &options));
            assert!(
                once.contains("\n## Decisions\n") && once.contains("\n## Actions\n"),
                "{once}"
            );
            let (plan, problems) = import::report(&once, "tides.md", &env());
            assert_eq!(problems, [], "{once}");
            let back = plan.record();
            assert_eq!(taken(&back), taken(&held), "{once}");
            assert_eq!(back.points.len(), 6, "each once: {once}");
            let titles: Vec<&str> = back.items.iter().map(|view| view.item.title.as_str()).collect();
            assert_eq!(titles, ["Lights", "Buoys", "Charts"], "no table is an item");
            let again = markdown(&compose(&back, &options));
            assert_eq!(again, once, "the same report again");
        }
    }
}

/// What stands in the discussion as well is a passage there that rests on the point: the point is covered, and a report
/// that has everything in its place says it once.
#[test]
fn what_is_said_in_the_discussion_too_is_covered_by_it() {
    let held = held();
    let once = markdown(&compose(&held, &options(Collected::Both, false)));
    let (plan, _) = import::report(&once, "tides.md", &env());
    let back = plan.record();
    for view in &back.points {
        let resting: Vec<_> = back
            .passages
            .iter()
            .filter(|one| one.sources.contains(&view.point.id))
            .collect();
        assert_eq!(resting.len(), 1, "{}", view.point.text);
        assert_eq!(resting[0].item, view.point.item);
    }
    let in_place = markdown(&compose(&back, &options(Collected::InPlace, false)));
    for words in ["no new buoys", "count the buoys", "paint them"] {
        assert_eq!(in_place.matches(words).count(), 1, "{in_place}");
    }
}

/// A table that only looks like one of these is somebody's own, and stays as it stands.
#[test]
fn a_table_of_somebody_else_loses_no_word() {
    let own = "# Tides\n\n## Decisions\n\n| No. | Decision | Who |\n|---|---|---|\n| 1. | paint it | Ann |\n";
    let (plan, _) = import::report(own, "tides.md", &env());
    assert_eq!(plan.points, []);
    let kept: String = plan.passages.iter().map(|passage| passage.text.as_str()).collect();
    for word in ["paint it", "Who", "Ann"] {
        assert!(kept.contains(word), "{kept}");
    }
}

/// What stands in the column of owners, row by row.
fn printed_owners(report: &str) -> Vec<&str> {
    let (_, actions) = report.split_once("\n## Actions\n").unwrap();
    let rows = actions.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| row.split('|').nth_back(2).unwrap().trim()).collect()
}

/// A meeting with these people, and an action for each of these owners of them.
fn owned(people: &[&str], owners: &[&[usize]]) -> Record {
    let env = env();
    let mut plan = Plan::new(Meeting::new(MeetingId(env.fresh_id())));
    plan.meeting.name = "Tides".to_owned();
    let order = || OrderKey::at(env.now());
    for person in people {
        let mut parts = person.split("; ").map(str::to_owned);
        let mut one = Participant::new(ParticipantId(env.fresh_id()), order(), parts.next().unwrap());
        one.roles = parts.collect();
        plan.participants.push(one);
    }
    plan.items.push(Item::new(ItemId(env.fresh_id()), order(), "Lights"));
    for (at, owners) in owners.iter().enumerate() {
        let mut point = Point::new(PointId(env.fresh_id()), order(), env.now(), format!("deed {at}"));
        point.item = Some(plan.items[0].id);
        point.kind = Kind::Action;
        point.attribution = Attribution::Nobody;
        point.owners = owners.iter().map(|at| plan.participants[*at].id).collect();
        plan.points.push(point);
    }
    plan.record()
}

/// Two people of one name are told apart in a table by what one of them alone is, and come back as who they are.
#[test]
fn owners_of_one_name_are_told_apart_and_come_back() {
    let held = owned(
        &[
            "Jorge Perez; Member",
            "Jorge Perez; member; Office for Charts, Tides and Currents",
            "Ben Cole",
            "Ben Cole",
            "Ann Bell; Member",
        ],
        &[&[0], &[1, 4], &[2, 3], &[4]],
    );
    let once = markdown(&compose(&held, &options(Collected::Tables, false)));
    assert_eq!(
        printed_owners(&once),
        [
            "Jorge Perez (no. 1 in the list)",
            "Jorge Perez (Office for Charts, Tides and Currents) and Ann Bell",
            "Ben Cole (no. 3 in the list) and Ben Cole (no. 4 in the list)",
            "Ann Bell"
        ],
        "{once}"
    );
    for by_owner in [false, true] {
        let once = markdown(&compose(&held, &options(Collected::Tables, by_owner)));
        let (plan, problems) = import::report(&once, "tides.md", &env());
        assert_eq!(problems, [], "{once}");
        assert_eq!(taken(&plan.record()), taken(&held), "{once}");
    }
}

/// Where a printed owner fits several, or nobody, it is kept as it stands, and told.
#[test]
fn an_owner_who_cannot_be_told_is_kept_as_printed() {
    let held = owned(
        &["Ann Bell; Chair", "Ben Cole; Pilot", "Ben Cole; Diver"],
        &[&[0], &[1]],
    );
    let once = markdown(&compose(&held, &options(Collected::Tables, false)));
    for (printed, owners, kept, told) in [
        ("Ann Bell", "1 Ann Bell", "", None),
        ("Chair", "1 Ann Bell", "", None),
        ("Ann Bell and Diver", "1 Ann Bell & 3 Ben Cole", "", None),
        ("Ben Cole", "Ben Cole", "Ben Cole", Some("several participants")),
        (
            "Ben Cole (Cook)",
            "Ben Cole (Cook)",
            "Ben Cole (Cook)",
            Some("no participant"),
        ),
        (
            "the harbour and the Chair",
            "the harbour, the Chair",
            "the harbour, the Chair",
            Some("no participant"),
        ),
        (
            "Chair, the harbour",
            "1 Ann Bell & the harbour",
            "the harbour",
            Some("“the harbour”"),
        ),
    ] {
        let given = once.replace("| Ann Bell |", &format!("| {printed} |"));
        let (plan, problems) = import::report(&given, "tides.md", &env());
        let back = plan.record();
        let deed = back.points.iter().find(|view| view.point.text == "deed 0").unwrap();
        assert_eq!(deed.point.owner_text, kept, "{printed}");
        assert!(
            taken(&back)
                .iter()
                .any(|row| row.contains(&format!("deed 0 [] {owners} "))),
            "{:?}",
            taken(&back)
        );
        match told {
            None => assert_eq!(problems, [], "{printed}"),
            Some(words) => assert!(
                problems[0].message.contains(words) && problems[0].line > 1,
                "{problems:?}"
            ),
        }
    }
}
