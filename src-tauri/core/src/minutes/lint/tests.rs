//! Each finding is told where it should be, and nowhere else.

use chrono::{TimeZone, Utc};
use uuid::Uuid;

use super::{Act, Code, Finding, lint};
use crate::import::Plan;
use crate::model::*;

const ITEM: u128 = 10;
const OTHER: u128 = 11;

fn key(count: u32) -> OrderKey {
    OrderKey::at(Utc.with_ymd_and_hms(2025, 7, 18, 14, count, 5).unwrap())
}

fn person(id: u128, name: &str, roles: &[&str]) -> Participant {
    let mut person = Participant::new(ParticipantId(Uuid::from_u128(id)), key(0), name);
    person.roles = roles.iter().map(|role| (*role).to_owned()).collect();
    person.state = ParticipantState::Present;
    person
}

fn point(id: u128, text: &str, speakers: &[u128]) -> Point {
    let at = Utc
        .with_ymd_and_hms(2025, 7, 18, 14, u32::try_from(id % 60).unwrap(), 5)
        .unwrap();
    let mut point = Point::new(PointId(Uuid::from_u128(id)), OrderKey::at(at), at, text);
    point.item = Some(ItemId(Uuid::from_u128(ITEM)));
    point.attribution = if speakers.is_empty() {
        Attribution::Nobody
    } else {
        Attribution::Named
    };
    point.speakers = speakers.iter().map(|id| ParticipantId(Uuid::from_u128(*id))).collect();
    point
}

fn passage(id: u128, text: &str, sources: &[u128]) -> Passage {
    let item = Some(ItemId(Uuid::from_u128(ITEM)));
    let order = key(u32::try_from(id % 60).unwrap());
    let mut passage = Passage::new(
        PassageId(Uuid::from_u128(id)),
        item,
        order,
        PassageStyle::Paragraph,
        text,
    );
    passage.sources = sources.iter().map(|id| PointId(Uuid::from_u128(*id))).collect();
    passage
}

/// A meeting that nobody would ask anything about.
fn clean() -> Plan {
    let mut meeting = Meeting::new(MeetingId(Uuid::from_u128(1)));
    meeting.body = "Working Group on Tides".to_owned();
    meeting.short = "WG-Tide".to_owned();
    meeting.starts = Some(Utc.with_ymd_and_hms(2025, 7, 18, 14, 0, 0).unwrap());
    meeting.state = MeetingState::Ended;
    let mut ann = person(20, "Wanjiru Kamau", &["Chair"]);
    ann.duty = Duty::Moderator;
    Plan {
        items: vec![
            Item::new(ItemId(Uuid::from_u128(ITEM)), key(0), "Lights"),
            Item {
                state: ItemState::NoUpdate,
                ..Item::new(ItemId(Uuid::from_u128(OTHER)), key(1), "Buoys")
            },
        ],
        participants: vec![
            ann,
            person(21, "Jun Sato", &["Port of Aomi"]),
            person(22, "Jun Sato", &["Independent Expert"]),
            person(23, "Titus van der Meulen", &[]),
        ],
        points: vec![point(30, "the lamp is out", &[20, 21, 22])],
        passages: vec![passage(40, "Several participants noted that the lamp is out.", &[30])],
        ..Plan::new(meeting)
    }
}

fn found_with(plan: &Plan, settings: &ReportSettings) -> Vec<Finding> {
    lint(&plan.record(), settings)
}

fn found(plan: &Plan) -> Vec<Finding> {
    found_with(plan, &ReportSettings::default())
}

fn codes(plan: &Plan) -> Vec<Code> {
    found(plan).iter().map(|finding| finding.code).collect()
}

/// The codes with this text in the passage.
fn with_text(text: &str) -> Vec<Code> {
    let mut plan = clean();
    text.clone_into(&mut plan.passages[0].text);
    codes(&plan)
}

/// The text of the passage once the one finding is mended.
fn mended(plan: &Plan, settings: &ReportSettings) -> String {
    let found = found_with(plan, settings);
    let [Finding { mend: Some(mend), .. }] = found.as_slice() else {
        panic!("{found:?}")
    };
    let Act::Rewrite { new, old, .. } = &mend.act else {
        panic!("{mend:?}")
    };
    assert!(plan.passages.iter().any(|passage| passage.text == *old));
    new.clone()
}

#[test]
fn nothing_is_asked_where_all_is_well() {
    assert_eq!(found(&clean()), []);
}

#[test]
fn missing_facts() {
    let mut plan = clean();
    plan.meeting.starts = None;
    plan.participants[0].duty = Duty::None;
    assert_eq!(codes(&plan), [Code::Fact, Code::Fact]);
    plan.meeting.date_text = "in July".to_owned();
    plan.meeting.preamble = "Ann led it.".to_owned();
    assert_eq!(codes(&plan), []);
}

#[test]
fn one_person_twice_but_not_two_of_one_name() {
    let mut plan = clean();
    plan.participants.push(person(24, "van der Meulen, Titus", &[]));
    assert_eq!(codes(&plan), [Code::Twice]);
    plan.participants.pop();
    plan.participants[2].roles.clear();
    assert_eq!(codes(&plan), [Code::Twice], "nothing tells them apart");
    plan.participants[2].roles = vec!["Port of Aomi".to_owned(), "Chair".to_owned()];
    assert_eq!(codes(&plan), [Code::Twice]);
    plan.participants[2].listed = false;
    assert_eq!(codes(&plan), []);
}

#[test]
fn an_item_with_nothing_under_it() {
    let mut plan = clean();
    plan.items[1].state = ItemState::Done;
    assert_eq!(codes(&plan), [Code::EmptyItem]);
    // While the meeting goes on, it may still come.
    plan.meeting.state = MeetingState::Live;
    assert_eq!(codes(&plan), []);
    plan.meeting.state = MeetingState::Ended;
    plan.items.push(Item {
        parent: Some(plan.items[1].id),
        state: ItemState::NoUpdate,
        ..Item::new(ItemId(Uuid::from_u128(12)), key(2), "A section")
    });
    assert_eq!(codes(&plan), []);
}

#[test]
fn points_that_nothing_rests_on() {
    let mut plan = clean();
    plan.points.push(point(31, "two ships missed it", &[20]));
    let one = found(&plan);
    assert_eq!(
        (one[0].code, one[0].message.as_str()),
        (Code::Uncovered, "1 point in no passage")
    );
    assert!(matches!(&one[0].mend.as_ref().unwrap().act, Act::Aside { points } if points.len() == 1));
    plan.points[1].set_aside = true;
    assert_eq!(codes(&plan), []);
    // Where an item has no passages its points are printed.
    plan.points[1].set_aside = false;
    plan.points[1].item = Some(ItemId(Uuid::from_u128(OTHER)));
    assert_eq!(codes(&plan), []);
    // In a table at the end it is in the report.
    plan.points[1] = point(31, "the lamp is mended", &[]);
    plan.points[1].kind = Kind::Decision;
    assert_eq!(codes(&plan), [Code::Uncovered]);
    let settings = ReportSettings {
        collected: Collected::Tables,
        ..ReportSettings::default()
    };
    assert_eq!(found_with(&plan, &settings), []);
    // A report that was written elsewhere is told of once.
    plan.points = (31..50).map(|id| point(id, "a word", &[20])).collect();
    plan.passages[0].sources.clear();
    assert_eq!(codes(&plan), [Code::Uncovered]);
}

#[test]
fn a_passage_whose_item_is_off_the_agenda() {
    let mut plan = clean();
    plan.passages.push(passage(41, "The buoy drifts.", &[]));
    plan.passages[1].item = Some(ItemId(Uuid::from_u128(99)));
    assert_eq!(codes(&plan), [Code::Lost]);
    plan.passages[1].item = None;
    assert_eq!(codes(&plan), [], "before the agenda is a place");
}

#[test]
fn speakers_that_are_not_settled() {
    for attribution in [Attribution::Untagged, Attribution::Unknown, Attribution::Unresolved] {
        let mut plan = clean();
        plan.points[0].attribution = attribution;
        plan.points[0].speakers.clear();
        assert_eq!(codes(&plan), [Code::Speaker]);
        plan.points[0].set_aside = true;
        assert_eq!(codes(&plan), []);
    }
    let mut plan = clean();
    plan.points[0].attribution = Attribution::Untagged;
    plan.points[0].kind = Kind::Information;
    assert_eq!(codes(&plan), []);
}

#[test]
fn a_passage_on_what_is_off_the_record() {
    let mut plan = clean();
    plan.points.push(point(31, "the owner is late", &[20]));
    plan.points[1].internal = true;
    assert_eq!(codes(&plan), []);
    plan.passages[0].sources.push(plan.points[1].id);
    assert_eq!(codes(&plan), [Code::InternalCited]);
}

#[test]
fn a_number_that_few_bear() {
    let mut plan = clean();
    plan.passages[0].text = "**Many** of the other speakers held that the lamp is out.".to_owned();
    let one = found(&plan);
    assert_eq!(one[0].message, "“Many” rests on 3 people");
    assert_eq!(one[0].mend, None, "its words are parted by marks");
    plan.passages[0].text = "Many speakers held that the lamp is out.".to_owned();
    let usual = ReportSettings::default();
    assert_eq!(mended(&plan, &usual), "Several speakers held that the lamp is out.");
    plan.points[0].speakers.truncate(1);
    assert_eq!(mended(&plan, &usual), "One speaker held that the lamp is out.");
    let text = found(&plan)[0].place.clone();
    assert_eq!((text.from, text.to), (Some(0), Some(13)));
    // Nobody can say how many stand behind what somebody unknown said.
    plan.points.push(point(31, "so it is", &[]));
    plan.passages[0].sources.push(plan.points[1].id);
    assert_eq!(codes(&plan), []);
}

#[test]
fn agreed_without_a_decision() {
    for text in [
        "It was agreed that the lamp is mended.",
        "The Group **decided** to mend it.",
        "The Group resolved to mend it.",
    ] {
        assert_eq!(with_text(text), [Code::Undecided], "{text}");
        let mut plan = clean();
        text.clone_into(&mut plan.passages[0].text);
        let mut decision = point(31, "mend it", &[]);
        decision.kind = Kind::Decision;
        plan.points.push(decision);
        plan.passages[0].sources.push(plan.points[1].id);
        assert_eq!(codes(&plan), [], "{text}");
    }
    for text in [
        "Nothing was agreed.",
        "It was not yet decided whether the lamp is mended.",
        "Participants agreed with the chair.",
        "The problem was resolved by mending the lamp.",
        "The agreed text is in annex B.",
        "As agreed in May, the lamp is mended.",
    ] {
        let wanted: &[Code] = if text.starts_with("the") {
            &[Code::Undecided]
        } else {
            &[]
        };
        let got = with_text(text);
        assert!(got == wanted || got.is_empty(), "{text}: {got:?}");
    }
    let mut plan = clean();
    plan.points.clear();
    plan.passages[0].text = "It was agreed to mend it.".to_owned();
    assert_eq!(codes(&plan), [], "a report that came without points");
}

#[test]
fn a_name_where_nobody_is_named() {
    let mut plan = clean();
    plan.passages[0].text = "The lamp is out, said Wanjiru Kamau.".to_owned();
    assert_eq!(codes(&plan), [], "they are named");
    let mut settings = ReportSettings {
        naming: Naming::Unnamed,
        ..ReportSettings::default()
    };
    let made = mended(&plan, &settings);
    assert!(
        made.starts_with("The lamp is out, said [Wanjiru Kamau](minuta:participant/"),
        "{made}"
    );
    plan.passages[0].text = made;
    assert_eq!(found_with(&plan, &settings), [], "a mention is named as asked");
    plan.passages[0].text = "The lamp is out, said Kamau.".to_owned();
    settings.keep_officers = true;
    assert_eq!(found_with(&plan, &settings), [], "who moderates stays named");
    plan.passages[0].text = "The lamp is out, said Jun Sato.".to_owned();
    let two = found_with(&plan, &settings);
    assert_eq!((two.len(), two[0].mend.clone()), (1, None), "two bear this name");
    plan.passages[0].text = "The lamp is out.".to_owned();
    plan.meeting.preamble = "Titus van der Meulen led the meeting.".to_owned();
    let one = found_with(&plan, &settings);
    assert_eq!((one.len(), one[0].place.of), (1, super::Of::Meeting));
}

#[test]
fn almost_a_name() {
    let mut plan = clean();
    plan.passages[0].text = "It was held by Kamao that the lamp is out.".to_owned();
    let one = found(&plan);
    assert_eq!(one[0].message, "“Kamao”, perhaps Wanjiru Kamau");
    assert_eq!(
        mended(&plan, &ReportSettings::default()),
        "It was held by Kamau that the lamp is out."
    );
    assert_eq!(with_text("Wanjiru Kamua said so."), [Code::AlmostNamed]);
    for text in [
        "The Kamaus were thanked.",
        "Tutus, tutus.",
        "It was held by Miss Tamau.",
    ] {
        assert_eq!(with_text(text), [], "{text}");
    }
}

#[test]
fn somebody_who_is_not_here() {
    assert_eq!(with_text("Olga Petrova presented the lamp."), [Code::Stranger]);
    assert_eq!(with_text("It was noted that Dr Petrova said no."), [Code::Stranger]);
    for text in [
        "Wanjiru Kamau presented the lamp.",
        "The Working Group presented the lamp.",
        "Tide Office presented the lamp.",
        "United Nations presented the lamp.",
        "Participants offered help.",
        "In July it was said so.",
        "Titus van der Meulen offered help.",
    ] {
        assert_eq!(with_text(text), [], "{text}");
    }
    let mut plan = clean();
    plan.participants.truncate(1);
    plan.participants[0].name = "Ann".to_owned();
    plan.passages[0].text = "Ann Olsen presented the lamp.".to_owned();
    assert_eq!(codes(&plan), [], "known by the first name");
}

#[test]
fn links_to_nowhere() {
    for link in [
        "#",
        "http://",
        "https://example",
        "www.example.org",
        "mailto:ann",
        "minutes.pdf",
        "https://.",
    ] {
        assert_eq!(with_text(&format!("See the [lamp]({link}).")), [Code::Link], "{link}");
    }
    for link in [
        "https://example.org/a",
        "mailto:ann@example.org",
        "http://localhost:8000",
        "tel:+4412",
    ] {
        assert_eq!(with_text(&format!("See the [lamp]({link}).")), [], "{link}");
    }
    let mut plan = clean();
    plan.passages[0].text = "See the [lamp](www.example.org).".to_owned();
    assert_eq!(
        mended(&plan, &ReportSettings::default()),
        "See the [lamp](https://www.example.org)."
    );
    plan.passages[0].text = "See.".to_owned();
    plan.items[0].heading = "The [lamp](#)".to_owned();
    assert_eq!(codes(&plan), [Code::Link]);
}

#[test]
fn actions_that_are_nobodys_or_undated() {
    let mut plan = clean();
    plan.points[0].kind = Kind::Action;
    assert_eq!(codes(&plan), [Code::ActionOwner, Code::ActionDue]);
    plan.points[0].owners = vec![plan.participants[0].id];
    plan.points[0].due = chrono::NaiveDate::from_ymd_opt(2025, 8, 1);
    assert_eq!(codes(&plan), []);
    plan.points[0].due = None;
    plan.points[0].done = true;
    assert_eq!(codes(&plan), []);
}

#[test]
fn abbreviations_that_are_never_written_out() {
    assert_eq!(with_text("The MSL is no datum. MSL moves."), [Code::Acronym]);
    for text in [
        "Mean sea level (MSL) is no datum. MSL moves.",
        "MSL (mean sea level) is no datum.",
        "The Mean Sea Level is no datum; MSL moves.",
        "The WG met at 14:00 UTC.",
        "Phase II of `MSL` and [it](https://example.org/MSL)",
        "https://example.org/MSL",
    ] {
        assert_eq!(with_text(text), [], "{text}");
    }
    let mut plan = clean();
    plan.participants[3].roles = vec!["UNJSPF".to_owned()];
    plan.passages[0].text = "The UNJSPF sent a lamp.".to_owned();
    assert_eq!(codes(&plan), []);
}
