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
            let person = record.participants.iter().find(|person| person.id == *id);
            person.unwrap().name.clone()
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
            if by_owner {
                // Of two with one name nobody guesses which: what is theirs stands by that name among the others'.
                let (plan, _) = import::report(&again, "tides.md", &env());
                assert_eq!(markdown(&compose(&plan.record(), &options)), again);
            } else {
                assert_eq!(again, once, "the same report again");
            }
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
