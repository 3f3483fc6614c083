use crate::model::text::clean;
use chrono::{TimeZone, Utc};
use uuid::Uuid;

use super::{Document, Options, compose, words};
use crate::export::markdown;
use crate::export::markdown_judge as judge;
use crate::import::Plan;
use crate::model::inline::{Inline, literal, parse, plain};
use crate::model::*;

fn at(minute: u32) -> chrono::DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 7, 18, 14, minute, 5).unwrap()
}

fn empty() -> Plan {
    let meeting = Meeting::new(MeetingId(Uuid::from_u128(1)));
    Plan::new(meeting)
}

fn key(minute: u32) -> OrderKey {
    OrderKey::at(at(minute))
}

fn person(id: u128, name: &str, roles: &[&str]) -> Participant {
    let mut person = Participant::new(ParticipantId(Uuid::from_u128(id)), key(0), name);
    person.roles = roles.iter().map(|role| (*role).to_owned()).collect();
    person
}

fn point(id: u128, item: Option<ItemId>, text: &str) -> Point {
    let minute = u32::try_from(id % 60).unwrap();
    let mut point = Point::new(PointId(Uuid::from_u128(id)), key(minute), at(minute), text);
    point.item = item;
    point
}

/// A meeting with points alone, of every sort.
fn captured() -> Plan {
    let mut plan = empty();
    plan.meeting.number = Some(1);
    plan.meeting.body = "Strategy Group".to_owned();
    plan.meeting.starts = Some(at(0));
    plan.meeting.zone = "Europe/Rome".to_owned();
    plan.meeting.next_starts = Some(at(30));
    let item = ItemId(Uuid::from_u128(10));
    plan.items.push(Item::new(item, key(0), "Funding"));
    let mut ann = person(20, "Ann", &["Chair, ad interim"]);
    ann.duty = Duty::Moderator;
    ann.group = "Academia".to_owned();
    plan.participants = vec![ann, person(21, "Ben", &[])];
    let mut first = point(30, Some(item), "more money");
    first.attribution = Attribution::Named;
    first.speakers = vec![ParticipantId(Uuid::from_u128(20))];
    first.basis = Basis::Floor;
    let mut second = point(31, Some(item), "and soon");
    second.continues = Some(first.id);
    let mut decision = point(32, Some(item), "yes");
    decision.kind = Kind::Decision;
    decision.attribution = Attribution::Nobody;
    let mut unresolved = point(33, Some(item), "second option");
    unresolved.attribution = Attribution::Unresolved;
    unresolved.speaker_text = "B".to_owned();
    let mut secret = point(34, Some(item), "secret");
    secret.internal = true;
    let mut aside = point(35, Some(item), "small talk");
    aside.set_aside = true;
    plan.points = vec![
        point(29, None, "before all"),
        first,
        second,
        decision,
        unresolved,
        secret,
        aside,
    ];
    plan
}

fn export(plan: &Plan, options: &Options) -> String {
    markdown(&compose(&plan.record(), options))
}

#[test]
fn a_summary_exists_the_moment_the_meeting_ends() {
    assert_eq!(
        export(&captured(), &Options::default()),
        "# Strategy Group\n\nOnline Meeting\n\n18 July 2025 at 16.00 CEST\n\nSummary Report\n\n\
         The 1st virtual meeting of the Strategy Group was held on 18 July 2025 at 16:00 CEST. \
         The meeting was moderated by Ann.\n\n- before all\n\n## Agenda\n\n1. Funding\n\n## Discussion\n\n\
         ### 1. Funding\n\n- Ann: more money and soon\n- **Decision:** yes\n- B: second option\n\n\
         The next meeting is scheduled for **18 July 2025 at 16.30 CEST**.\n\n\
         ## List of participants\n\n1. Ann, Chair\\, ad interim\n2. Ben\n"
    );
}

#[test]
fn people_are_named_as_asked() {
    let with = |naming| {
        export(
            &captured(),
            &Options {
                naming,
                ..Options::default()
            },
        )
    };
    let role = with(Naming::Role);
    assert!(role.contains("moderated by Chair, ad interim."), "{role}");
    assert!(role.contains("- Chair, ad interim: more money"), "{role}");
    assert!(with(Naming::Group).contains("- Academia: more money"));
    let unnamed = with(Naming::Unnamed);
    assert!(unnamed.contains("2 participants took part."), "{unnamed}");
    for text in [role, with(Naming::Group), unnamed] {
        assert!(
            !text.contains("Ann") && !text.contains("Ben") && !text.contains("B:"),
            "{text}"
        );
    }
}

#[test]
fn the_record_loses_nothing_but_what_is_off_it() {
    let options = Options {
        document: Document::Record,
        ..Options::default()
    };
    let text = export(&captured(), &options);
    for line in [
        "- 14:29:05 UTC · Remark · untagged: before all",
        "- 14:30:05 UTC · Remark · Ann (held the floor): more money",
        "- 14:33:05 UTC · Remark · “B” (unresolved): second option",
        "- 14:35:05 UTC · Remark · untagged · set aside: small talk",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("secret"));
    let text = export(
        &captured(),
        &Options {
            internal: true,
            ..options
        },
    );
    assert!(text.starts_with("> Internal"));
    assert!(text.contains("off the record: secret"));
}

#[test]
fn nothing_known_looks_right() {
    assert_eq!(
        export(&empty(), &Options::default()),
        "# Summary Report\n\nOnline Meeting\n"
    );
    let mut planned = empty();
    planned.meeting.body = "The Strategy Group".to_owned();
    planned
        .items
        .push(Item::new(ItemId(Uuid::from_u128(10)), key(0), "Funding"));
    let text = export(&planned, &Options::default());
    assert!(text.ends_with("was held.\n\n## Agenda\n\n1. Funding\n"), "{text}");
    assert!(
        text.contains("A virtual meeting of The Strategy Group was held."),
        "{text}"
    );
}

#[test]
fn items_say_what_became_of_them() {
    let mut plan = captured();
    plan.points.clear();
    let with = |state: ItemState, presenter: Option<u128>| {
        let mut plan = plan.clone();
        plan.items[0].state = state;
        plan.items[0].presenter = presenter.map(|id| ParticipantId(Uuid::from_u128(id)));
        export(&plan, &Options::default())
    };
    assert!(with(ItemState::NoUpdate, None).contains("### 1. Funding\n\nNo update was provided.\n"));
    assert!(with(ItemState::NoUpdate, Some(21)).contains("No update was provided by Ben.\n"));
    assert!(with(ItemState::Deferred, None).contains(words::DEFERRED));
    assert!(with(ItemState::Skipped, None).contains(words::SKIPPED));
}

#[test]
fn only_those_here_are_listed_once_somebody_is() {
    let mut plan = captured();
    plan.participants[0].state = ParticipantState::Present;
    plan.participants.push(person(22, "Titti Cassa", &[]));
    plan.participants[2].state = ParticipantState::Apologies;
    let text = export(&plan, &Options::default());
    assert!(
        text.ends_with("1. Ann, Chair\\, ad interim\n\nApologies: Titti Cassa\n"),
        "{text}"
    );
}

#[test]
fn a_passage_on_the_next_meeting_stands_in_for_the_sentence() {
    let mut plan = captured();
    let item = Some(plan.items[0].id);
    let text = "The next meeting is in March.";
    plan.passages.push(Passage::new(
        PassageId(Uuid::from_u128(40)),
        item,
        key(0),
        PassageStyle::Paragraph,
        text,
    ));
    let text = export(&plan, &Options::default());
    assert!(
        !text.contains("is scheduled for") && !text.contains("more money"),
        "{text}"
    );
}

#[test]
fn a_mention_of_the_next_meeting_is_not_the_sentence_on_it() {
    let shown = |text: &str| {
        let mut plan = captured();
        let item = Some(plan.items[0].id);
        let id = PassageId(Uuid::from_u128(40));
        plan.passages
            .push(Passage::new(id, item, key(0), PassageStyle::Paragraph, text));
        export(&plan, &Options::default()).contains("is scheduled for **18 July 2025")
    };
    for mention in [
        "The draft comes back at the next meeting.",
        "The item was deferred to the next meeting; 18 comments came in.",
    ] {
        assert!(shown(mention), "{mention}");
    }
    for told in [
        "The next meeting was confirmed for **18 July 2025 at 16.30 CEST**.",
        "It was agreed to hold the next meeting on July 18th.",
        "Nothing else. Next meeting: to be announced.",
    ] {
        assert!(!shown(told), "{told}");
    }
    let with = |words: &str| {
        let mut plan = captured();
        words.clone_into(&mut plan.meeting.next_text);
        export(&plan, &Options::default())
    };
    assert!(with("to be announced").contains("\n\nNext meeting: to be announced.\n"));
    assert!(with("We hold no next meeting.").contains("\n\nWe hold no next meeting.\n"));
    // Where points stand for prose, one of them may say it.
    let mut plan = captured();
    let last = plan.points.len() - 1;
    plan.points[last].text = "The next meeting was confirmed for 18 July.".to_owned();
    plan.points[last].set_aside = false;
    plan.points[last].internal = false;
    assert!(!export(&plan, &Options::default()).contains("is scheduled for"));
}

#[test]
fn a_speaker_who_is_not_settled_is_named_once_or_not_at_all() {
    let mut plan = captured();
    let point = plan
        .points
        .iter_mut()
        .find(|point| point.attribution == crate::model::Attribution::Unresolved)
        .unwrap();
    // As it is kept: the words with what was typed before them.
    point.text = "B: second option".to_owned();
    let with = |document, naming| {
        let options = Options {
            document,
            naming,
            ..Options::default()
        };
        export(&plan, &options)
    };
    assert!(with(Document::Report, Naming::Name).contains("- B: second option\n"));
    assert!(with(Document::Record, Naming::Name).contains("“B” (unresolved): second option\n"));
    for document in [Document::Report, Document::Record] {
        for naming in [Naming::Role, Naming::Group, Naming::Unnamed] {
            let text = with(document, naming);
            assert!(text.contains("second option") && !text.contains("B: second"), "{text}");
        }
    }
}

#[test]
fn the_record_says_what_became_of_an_item() {
    let mut plan = captured();
    plan.items[0].state = ItemState::Deferred;
    let options = Options {
        document: Document::Record,
        ..Options::default()
    };
    let text = export(&plan, &options);
    assert!(
        text.contains("Funding\n\nThis item was deferred to a later meeting.\n\n- "),
        "{text}"
    );
}

#[test]
fn ordinals_are_english() {
    let got: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 107, 111, 122].map(words::ordinal).into();
    assert_eq!(
        got,
        [
            "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "107th", "111th", "122nd"
        ]
    );
}

/// The words of every field, as one line of the file has them.
fn every_field(text: &str) -> Plan {
    let source = literal(text);
    let mut plan = captured();
    plan.meeting.name.clone_from(&source);
    plan.meeting.body.clone_from(&source);
    plan.meeting.short.clone_from(&source);
    plan.items[0].title.clone_from(&source);
    plan.items[0].heading.clone_from(&source);
    plan.participants = vec![person(20, &clean(text).0, &[&source, &source])];
    for (id, style) in (40_u128..).zip(PassageStyle::ALL) {
        let id = PassageId(Uuid::from_u128(id));
        plan.passages
            .push(Passage::new(id, None, key(0), style.clone(), source.clone()));
    }
    let bullet = plan.points[1].clone();
    plan.points = vec![Point { text: source, ..bullet }];
    plan
}

fn line_of(text: &str) -> String {
    clean(text).0.replace('\n', " ").trim().to_owned()
}

fn same_text_comes_out(text: &str) {
    let minutes = compose(&every_field(text).record(), &Options::default());
    let source = markdown(&minutes);
    let got: Vec<String> = judge(&source).into_iter().map(|(_, inlines)| plain(&inlines)).collect();
    let line = line_of(text);
    if line.is_empty() {
        return;
    }
    let whole = clean(text).0;
    let edges: &[char] = &['\n'];
    let passage = whole.trim_matches(edges).to_owned();
    for want in [line.clone(), format!("1. {line}"), format!("{line}, {line}, {line}")] {
        assert!(got.contains(&want), "{want:?} is missing in\n{source}\n{got:?}");
    }
    assert!(
        got.iter().filter(|have| **have == passage).count() >= 3,
        "{passage:?} is missing in\n{source}\n{got:?}"
    );
    assert!(
        got.iter().any(|have| have.ends_with(&passage) && have.contains(": ")),
        "{passage:?}\n{source}\n{got:?}"
    );
}

#[test]
fn what_was_typed_comes_out_whatever_it_is() {
    let Some(path) = crate::import::tests::data("text/naughty-strings.json") else {
        return;
    };
    let strings: Vec<String> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(strings.len() > 500);
    strings.iter().for_each(|text| same_text_comes_out(text));
    let Some(path) = crate::import::tests::data("text/participant-names.tsv") else {
        return;
    };
    let names = std::fs::read_to_string(path).unwrap();
    names
        .lines()
        .filter_map(|line| line.split('\t').next())
        .for_each(same_text_comes_out);
}

#[test]
fn mentions_follow_the_record() {
    let mut plan = captured();
    let id = Uuid::from_u128(20);
    let text = format!(
        "**[An old name](minuta:participant/{id})** and [Gone](minuta:participant/{})",
        Uuid::from_u128(99)
    );
    plan.passages
        .push(Passage::new(PassageId(id), None, key(0), PassageStyle::Paragraph, text));
    let shown = |naming| {
        let minutes = compose(
            &plan.record(),
            &Options {
                naming,
                ..Options::default()
            },
        );
        judge(&markdown(&minutes))
            .into_iter()
            .map(|(_, text)| plain(&text))
            .find(|text| text.ends_with("and Gone"))
    };
    assert_eq!(shown(Naming::Name).as_deref(), Some("Ann and Gone"));
    assert_eq!(shown(Naming::Role).as_deref(), Some("Chair, ad interim and Gone"));
    assert_eq!(shown(Naming::Unnamed).as_deref(), Some("A participant and Gone"));
    assert_eq!(parse("a"), vec![Inline::Text("a".to_owned())]);
}

/// Two actions of Ann, one of them Ben's too, one of nobody's; a vote.
fn taken() -> Plan {
    let mut plan = captured();
    let item = plan.points[1].item;
    let mut action = |id: u128, text: &str, owners: &[u128], due: Option<u32>| {
        let mut action = point(id, item, text);
        action.kind = Kind::Action;
        action.attribution = Attribution::Nobody;
        action.owners = owners.iter().map(|id| ParticipantId(Uuid::from_u128(*id))).collect();
        action.due = due.and_then(|day| chrono::NaiveDate::from_ymd_opt(2025, 8, day));
        plan.points.push(action);
    };
    action(50, "write | draw", &[20], Some(3));
    action(51, "read", &[20, 21], None);
    action(52, "sing", &[], Some(4));
    plan
}

fn voted(plan: &Plan) -> Record {
    let mut record = plan.record();
    record.votes.push(Vote {
        id: VoteId(Uuid::from_u128(60)),
        item: Some(plan.items[0].id),
        question: "More money".to_owned(),
        options: vec!["For".to_owned(), "against".to_owned()],
        counts: vec!["5".to_owned(), "2".to_owned()],
        outcome: "carried".to_owned(),
    });
    record
}

#[test]
fn decisions_actions_and_votes_stand_where_they_are_asked_for() {
    let with = |collected: Collected, by_owner: bool| {
        let options = Options {
            collected,
            by_owner,
            ..Options::default()
        };
        markdown(&compose(&voted(&taken()), &options))
    };
    let vote = "**Vote:** More money. For: 5, against: 2. Carried.";
    let in_place = with(Collected::InPlace, false);
    assert!(
        in_place.contains("- **Decision:** yes\n") && in_place.contains(vote),
        "{in_place}"
    );
    assert!(
        !in_place.contains("## Decisions") && !in_place.contains("| No."),
        "{in_place}"
    );
    let tables = "## Decisions\n\n| No. | Decision | Item |\n|---|---|---|\n| 1. | yes | 1 |\n\n\
         ## Actions\n\n| No. | Action | Owner | Due |\n|---|---|---|---|\n\
         | 1. | write \\| draw | Ann | 3 August 2025 |\n| 2. | read | Ann and Ben |  |\n| 3. | sing |  | 4 August 2025 |\n\n\
         ## Votes\n\n| No. | Question | Votes | Outcome |\n|---|---|---|---|\n\
         | 1. | More money | For: 5, against: 2 | carried |\n\n## List of participants";
    let (at_end, both) = (with(Collected::Tables, false), with(Collected::Both, false));
    assert!(at_end.contains(tables), "{at_end}");
    assert!(!at_end.contains("**Decision:**") && !at_end.contains(vote), "{at_end}");
    assert!(at_end.contains("- Ann: more money"), "remarks stay: {at_end}");
    assert!(
        both.contains(tables) && both.contains("**Decision:**") && both.contains(vote),
        "{both}"
    );
    let by_owner = with(Collected::Tables, true);
    let wanted = "## Actions\n\n### Ann\n\n| No. | Action | Due |\n|---|---|---|\n\
         | 1. | write \\| draw | 3 August 2025 |\n| 2. | read |  |\n\n\
         ### Ben\n\n| No. | Action | Due |\n|---|---|---|\n| 1. | read |  |\n\n\
         ### Others\n\n| No. | Action | Due |\n|---|---|---|\n| 1. | sing | 4 August 2025 |\n";
    assert!(by_owner.contains(wanted), "{by_owner}");
    // Where nobody is named there is no column of owners.
    let options = Options {
        collected: Collected::Tables,
        by_owner: true,
        naming: Naming::Unnamed,
        ..Options::default()
    };
    let unnamed = markdown(&compose(&taken().record(), &options));
    assert!(unnamed.contains("| 2. | read |  |\n| 3. | sing"), "{unnamed}");
    assert!(!unnamed.contains("Ann") && !unnamed.contains("Ben"), "{unnamed}");
    // The record has everything where it was said, votes too.
    let options = Options {
        document: Document::Record,
        collected: Collected::Tables,
        ..Options::default()
    };
    let record = markdown(&compose(&voted(&taken()), &options));
    assert!(record.contains("**Decision**") && record.contains(vote), "{record}");
}

#[test]
fn names_in_the_words_of_points_are_named_as_asked() {
    let mut plan = captured();
    plan.participants[1].name = "Ben Okoro".to_owned();
    plan.participants.push(person(22, "Cy Dee", &["format editor"]));
    plan.participants.push(person(23, "Cy Dee", &["captain"]));
    plan.points.truncate(2);
    plan.points[1].attribution = Attribution::Nobody;
    plan.points[1].text = "Ben Okoro to write. He and Okoro's friend thank Ann Lee, Cy Dee and Ann.".to_owned();
    let with = |document, naming| {
        let options = Options {
            document,
            naming,
            collected: Collected::Both,
            ..Options::default()
        };
        export(&plan, &options)
    };
    for document in [Document::Report, Document::Record] {
        let named = with(document, Naming::Name);
        assert!(named.contains("Ben Okoro to write. He and Okoro's friend thank Ann Lee, Cy Dee and Ann."));
        let unnamed = with(document, Naming::Unnamed);
        let wanted = "A participant to write. He and a participant's friend thank a participant Lee, a participant and \
             a participant.";
        assert!(unnamed.contains(wanted), "{unnamed}");
        let role = with(document, Naming::Role);
        assert!(role.contains("and Chair, ad interim."), "{role}");
    }
}

#[test]
fn who_led_the_meeting_may_stay_named() {
    let mut plan = captured();
    plan.points[1].speakers.push(ParticipantId(Uuid::from_u128(21)));
    let (ann, ben) = (Uuid::from_u128(20), Uuid::from_u128(21));
    let text = format!("[A](minuta:participant/{ann}) and [B](minuta:participant/{ben}) spoke");
    plan.passages.push(Passage::new(
        PassageId(ann),
        None,
        key(0),
        PassageStyle::Paragraph,
        text,
    ));
    let with = |plan: &Plan, keep_officers: bool| {
        let options = Options {
            naming: Naming::Unnamed,
            keep_officers,
            ..Options::default()
        };
        export(plan, &options)
    };
    let kept = with(&plan, true);
    for words in [
        "moderated by Ann.",
        "Ann and a participant spoke",
        // What both said is not put into Ann's mouth alone.
        "- Ann and another participant: more money",
        "2 participants took part.",
    ] {
        assert!(kept.contains(words), "{words}: {kept}");
    }
    assert!(!with(&plan, false).contains("Ann"));
    plan.items[0].presenter = Some(ParticipantId(ben));
    assert!(with(&plan, true).contains("Ann and Ben spoke"));
}

#[test]
fn points_that_a_passage_elsewhere_rests_on_are_not_printed_again() {
    let mut plan = captured();
    let other = Item::new(ItemId(Uuid::from_u128(11)), key(1), "Money");
    let mut passage = Passage::new(
        PassageId(Uuid::from_u128(40)),
        Some(other.id),
        key(0),
        PassageStyle::Paragraph,
        "More money was asked for.",
    );
    passage.sources = vec![plan.points[1].id, plan.points[2].id];
    plan.items.push(other);
    plan.passages.push(passage);
    let text = export(&plan, &Options::default());
    assert!(!text.contains("more money"), "{text}");
    assert!(text.contains("### 1. Funding\n\n- **Decision:** yes\n"), "{text}");
}
