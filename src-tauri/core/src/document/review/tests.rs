//! What is contested, over forks of one document that are joined in memory.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::contest::{BENEATH_IN_ALL, SPEAKERS};
use crate::model::{
    ActionId, Attribution, Item, ItemId, Kind, MeetingId, OrderKey, Participant, ParticipantId, Point, PointId,
};

/// One laptop: its document, who writes there, and what it holds to be contested.
struct Laptop {
    document: Document,
    author: u128,
    actions: u128,
    reviewed: Vec<ChangeHash>,
    kept: BTreeMap<(String, Uuid, String), Contest>,
    done: Vec<(Mode, u128, Vec<ChangeHash>)>,
}

fn at() -> DateTime<chrono::Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

fn point(id: u128, text: &str) -> Point {
    Point::new(PointId(Uuid::from_u128(id)), OrderKey::at(at()), at(), text)
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const TEXTS: &str = "the budget of the year is agreed by all";

fn origin(points: u128) -> Laptop {
    let mut laptop = Laptop::new(Document::genesis(id(100)).unwrap(), 1);
    laptop.document.insert(&Meeting::new(MeetingId(id(7)))).unwrap();
    for number in 0..points {
        laptop.document.insert(&point(number, TEXTS)).unwrap();
    }
    for number in ITEMS {
        let item = Item::new(ItemId(id(number)), OrderKey::at(at()), "Money");
        laptop.document.insert(&item).unwrap();
    }
    for number in PEOPLE {
        let person = Participant::new(ParticipantId(id(number)), OrderKey::at(at()), "Ann");
        laptop.document.insert(&person).unwrap();
    }
    laptop.commit();
    laptop
}

const ITEMS: std::ops::Range<u128> = 200..203;
const PEOPLE: std::ops::Range<u128> = 50..53;

impl Laptop {
    fn new(document: Document, author: u128) -> Self {
        Self {
            document,
            author,
            actions: author * 10_000,
            reviewed: Vec::new(),
            kept: BTreeMap::new(),
            done: Vec::new(),
        }
    }

    /// Another laptop that has the same.
    fn other(&mut self, author: u128) -> Self {
        let mut other = Self::new(self.document.fork(id(1000 + author)), author);
        other.reviewed.clone_from(&self.reviewed);
        other.kept = self.kept.clone();
        other
    }

    fn message(&mut self, mode: Mode, target: Option<u128>) -> Message {
        self.actions += 1;
        Message {
            author: AuthorId(id(self.author)),
            action: ActionId(id(self.actions)),
            mode,
            target: target.map(|target| ActionId(id(target))),
            intent: "edited".to_owned(),
        }
    }

    fn commit(&mut self) {
        let message = self.message(Mode::Do, None);
        let change = self.document.commit(&message, 1).unwrap();
        self.done
            .extend(change.map(|change| (Mode::Do, self.actions, vec![change.hash()])));
        self.review();
    }

    fn change(&mut self, number: u128, edit: impl FnOnce(&mut Point)) {
        let (before, _) = self.document.read::<Point>(id(number)).unwrap().unwrap();
        let mut after = before.clone();
        edit(&mut after);
        self.document.update(&before, &after, None).unwrap();
        self.commit();
    }

    fn write(&mut self, number: u128, text: &str) {
        self.change(number, |point| point.text = text.to_owned());
    }

    fn tag(&mut self, number: u128, who: u128) {
        self.change(number, |point| {
            point.attribution = Attribution::Named;
            point.speakers = vec![ParticipantId(id(who))];
        });
    }

    fn delete(&mut self, number: u128, deleted: bool) {
        self.document.set_deleted::<Point>(id(number), deleted).unwrap();
        self.commit();
    }

    fn delete_item(&mut self, number: u128, deleted: bool) {
        self.document.set_deleted::<Item>(id(number), deleted).unwrap();
        self.commit();
    }

    fn delete_person(&mut self, number: u128, deleted: bool) {
        self.document.set_deleted::<Participant>(id(number), deleted).unwrap();
        self.commit();
    }

    /// Writes a new point under an item.
    fn write_under(&mut self, item: u128, number: u128, text: &str) {
        let mut new = point(number, text);
        new.item = Some(ItemId(id(item)));
        self.document.insert(&new).unwrap();
        self.commit();
    }

    fn put_under(&mut self, number: u128, item: u128) {
        self.change(number, |point| point.item = Some(ItemId(id(item))));
    }

    /// Takes the last action of this laptop back, or does the one again that was just taken back.
    fn take_back(&mut self, mode: Mode) {
        let fits = |(own, _, _): &(Mode, u128, Vec<ChangeHash>)| (*own == Mode::Undo) == (mode == Mode::Redo);
        let Some(place) = self.done.iter().rposition(fits) else {
            return;
        };
        let (_, action, hashes) = self.done.remove(place);
        let message = self.message(mode, Some(action));
        let own = self.actions;
        let mut made = Vec::new();
        for hash in hashes.into_iter().rev() {
            let inverse = self.document.invert(hash, &message, 1).unwrap();
            made.extend(inverse.changes.iter().map(Change::hash));
        }
        self.done.push((mode, own, made));
        self.review();
    }

    fn join(&mut self, other: &mut Self) {
        self.document.merge(&mut other.document).unwrap();
        self.review();
    }

    fn settle(&mut self, contest: &Contest, choice: Choice<'_>) {
        let mark = (self.actions + 1).to_string();
        self.document.settle(contest, choice, &mark).unwrap();
        self.commit();
    }

    /// As the archive does after every action.
    fn review(&mut self) {
        self.document.take_touched();
        let heads = self.document.heads();
        if heads == self.reviewed {
            return;
        }
        if !self.document.is_one_on_top(&self.reviewed) || !self.kept.is_empty() {
            let reviewed = self.document.reviewed_since(&self.reviewed).unwrap();
            let contests = match reviewed {
                Reviewed::Whole(contests) => {
                    self.kept.clear();
                    contests
                }
                Reviewed::Of(aspects, contests) => {
                    for (root, id, aspect) in aspects {
                        self.kept.remove(&(root.to_owned(), id, aspect.to_owned()));
                    }
                    contests
                }
            };
            for contest in contests {
                self.kept
                    .insert((contest.root.clone(), contest.id, contest.aspect.clone()), contest);
            }
        }
        self.reviewed = heads;
    }

    fn contests(&mut self) -> Vec<Contest> {
        let whole = self.document.contested().unwrap();
        let kept: Vec<Contest> = self.kept.values().cloned().collect();
        assert_eq!(kept, sorted(whole.clone()), "kept step by step, and made anew");
        whole
    }

    fn aspects(&mut self) -> Vec<String> {
        self.contests().into_iter().map(|contest| contest.aspect).collect()
    }

    fn text(&self, number: u128) -> String {
        self.document.read::<Point>(id(number)).unwrap().unwrap().0.text
    }
}

fn sorted(mut contests: Vec<Contest>) -> Vec<Contest> {
    contests.sort_by(|one, other| (&one.root, one.id, &one.aspect).cmp(&(&other.root, other.id, &other.aspect)));
    contests
}

fn two() -> (Laptop, Laptop) {
    let mut left = origin(3);
    let right = left.other(2);
    (left, right)
}

/// Joins both ways and answers with what is contested, which is the same on both.
fn joined(left: &mut Laptop, right: &mut Laptop) -> Vec<Contest> {
    left.join(right);
    right.join(left);
    let (one, other) = (left.contests(), right.contests());
    assert_eq!(one, other);
    one
}

#[test]
fn who_writes_alone_is_never_asked() {
    let mut laptop = origin(3);
    for number in 0..50 {
        laptop.change(number % 3, |point| {
            point.kind = if number % 2 == 0 { Kind::Decision } else { Kind::Remark };
        });
    }
    assert!(laptop.document.straight().is_none());
    assert_eq!(laptop.contests(), []);
}

#[test]
fn two_kinds_at_once_are_contested_until_somebody_settles_it() {
    let (mut left, mut right) = two();
    left.change(1, |point| point.kind = Kind::Decision);
    right.change(1, |point| point.kind = Kind::Action);
    right.change(2, |point| point.kind = Kind::Action);
    let contests = joined(&mut left, &mut right);
    assert_eq!(contests.len(), 1);
    let [contest] = contests.as_slice() else { panic!() };
    assert_eq!((contest.aspect.as_str(), contest.versions.len()), ("kind", 2));
    // What is done elsewhere does not settle it.
    left.change(2, |point| point.set_aside = true);
    left.change(1, |point| point.due = "2026-04-15".parse().ok());
    assert_eq!(left.aspects(), ["kind"]);
    let theirs = contest
        .versions
        .iter()
        .find(|stand| stand.author == AuthorId(id(2)))
        .unwrap();
    left.settle(contest, Choice::Version(theirs));
    assert_eq!(left.contests(), []);
    assert_eq!(
        left.document.read::<Point>(id(1)).unwrap().unwrap().0.kind,
        Kind::Action
    );
    assert_eq!(joined(&mut left, &mut right), []);
    // Taking that back brings it back, on both; doing it again settles it again.
    left.take_back(Mode::Undo);
    assert_eq!(left.aspects(), ["kind"]);
    assert_eq!(joined(&mut left, &mut right).len(), 1);
    left.take_back(Mode::Redo);
    assert_eq!(left.contests(), []);
    left.take_back(Mode::Undo);
    assert_eq!(joined(&mut left, &mut right).len(), 1);
}

#[test]
fn the_version_that_stood_anyway_settles_it_too() {
    let (mut left, mut right) = two();
    left.change(1, |point| point.kind = Kind::Decision);
    right.change(1, |point| point.kind = Kind::Action);
    let contests = joined(&mut left, &mut right);
    let before = left.document.read::<Point>(id(1)).unwrap();
    left.settle(&contests[0], Choice::AsShown);
    assert_eq!(left.document.read::<Point>(id(1)).unwrap(), before);
    assert_eq!(joined(&mut left, &mut right), []);
}

#[test]
fn settled_differently_at_once_is_contested_again() {
    let (mut left, mut right) = two();
    left.change(1, |point| point.kind = Kind::Decision);
    right.change(1, |point| point.kind = Kind::Action);
    let contests = joined(&mut left, &mut right);
    let versions = contests[0].versions.clone();
    left.settle(&contests[0], Choice::Version(&versions[0]));
    right.settle(&contests[0], Choice::Version(&versions[1]));
    assert_eq!(joined(&mut left, &mut right).len(), 1);
    // The same choice twice is none.
    let contests = left.contests();
    let chosen = contests[0].versions[0].clone();
    left.settle(&contests[0], Choice::Version(&chosen));
    right.settle(&contests[0], Choice::Version(&chosen));
    assert_eq!(joined(&mut left, &mut right), []);
}

#[test]
fn the_same_at_once_is_nothing_to_decide() {
    let (mut left, mut right) = two();
    for laptop in [&mut left, &mut right] {
        laptop.change(1, |point| point.kind = Kind::Decision);
        laptop.tag(1, 50);
        laptop.write(1, "the budget of the year is agreed by most");
    }
    // The word that both put in stands twice: that is to be seen.
    let contests = joined(&mut left, &mut right);
    let aspects: Vec<&str> = contests.iter().map(|contest| contest.aspect.as_str()).collect();
    assert_eq!(aspects, ["text"], "{}", left.text(1));
}

#[test]
fn speakers_are_one_decision() {
    let (mut left, mut right) = two();
    left.tag(1, 50);
    right.tag(1, 51);
    let contests = joined(&mut left, &mut right);
    let [contest] = contests.as_slice() else {
        panic!("{contests:?}")
    };
    assert_eq!(contest.aspect, SPEAKERS);
    let mine = contest
        .versions
        .iter()
        .find(|stand| stand.author == AuthorId(id(1)))
        .unwrap();
    left.settle(contest, Choice::Version(mine));
    let point = left.document.read::<Point>(id(1)).unwrap().unwrap().0;
    assert_eq!(point.speakers, [ParticipantId(id(50))]);
    assert_eq!(joined(&mut left, &mut right), []);
}

#[test]
fn words_apart_are_joined_and_words_that_meet_are_shown() {
    let (mut left, mut right) = two();
    left.write(1, "the draft budget of the year is agreed by all");
    right.write(1, "the budget of the year is agreed by most");
    assert_eq!(joined(&mut left, &mut right), []);
    assert_eq!(left.text(1), "the draft budget of the year is agreed by most");
    left.write(1, "the draft plan of the year is agreed by most");
    right.write(1, "the draft list of the year is agreed by most");
    let contests = joined(&mut left, &mut right);
    assert_eq!(left.aspects(), ["text"]);
    let words: Vec<&Json> = contests[0].versions.iter().map(|stand| &stand.value["text"]).collect();
    assert!(
        words.contains(&&Json::from("the draft plan of the year is agreed by most")),
        "{words:?}"
    );
    left.settle(
        &contests[0],
        Choice::Words("the draft plan and list of the year is agreed by most"),
    );
    assert_eq!(left.text(1), "the draft plan and list of the year is agreed by most");
    assert_eq!(joined(&mut left, &mut right), []);
    left.take_back(Mode::Undo);
    assert_eq!(joined(&mut left, &mut right).len(), 1);
}

#[test]
fn edits_that_go_on_apart_are_held_against_what_both_knew() {
    let (mut left, mut right) = two();
    left.write(1, "a budget of the year is agreed by all");
    right.write(1, "the budget of the year is agreed by most");
    // Left hears of right and goes on at its end; right goes on without having heard.
    left.join(&mut right);
    left.write(1, "a budget of the year is agreed by very many");
    right.write(1, "this budget of the year is agreed by most");
    let contests = joined(&mut left, &mut right);
    assert_eq!(contests.len(), 1, "both rewrote the first word");
}

#[test]
fn deleted_here_and_edited_there() {
    let (mut left, mut right) = two();
    left.delete(1, true);
    right.change(1, |point| point.kind = Kind::Decision);
    right.write(1, "the budget of the year is agreed by most");
    left.delete(2, true);
    right.delete(2, true);
    left.delete(0, true);
    let contests = joined(&mut left, &mut right);
    let [contest] = contests.as_slice() else {
        panic!("{contests:?}")
    };
    assert_eq!((contest.aspect.as_str(), contest.id), (DELETED, id(1)));
    let edited = contest
        .versions
        .iter()
        .find(|stand| stand.author == AuthorId(id(2)))
        .unwrap();
    assert_eq!(edited.value["kind"], "decision");
    assert_eq!(edited.value["text"], "the budget of the year is agreed by most");
    left.settle(contest, Choice::Version(edited));
    assert!(left.document.alive::<Point>(id(1)).unwrap());
    assert_eq!(joined(&mut left, &mut right), []);
    left.take_back(Mode::Undo);
    assert_eq!(joined(&mut left, &mut right).len(), 1);
    assert!(!right.document.alive::<Point>(id(1)).unwrap());
    right.settle(contest, Choice::AsShown);
    assert_eq!(joined(&mut left, &mut right), []);
}

#[test]
fn who_knew_of_the_edit_deleted_it_on_purpose() {
    let (mut left, mut right) = two();
    right.write(1, "the budget of the year is agreed by most");
    left.join(&mut right);
    left.delete(1, true);
    assert_eq!(joined(&mut left, &mut right), []);
    // Two delete it: one of them having edited it before.
    right.write(2, "the budget of the year is agreed by most");
    right.delete(2, true);
    left.delete(2, true);
    assert_eq!(joined(&mut left, &mut right), []);
}

#[test]
fn one_author_on_two_lines_of_history_is_not_asked() {
    let mut left = origin(2);
    let mut copy = left.other(1);
    copy.actions += 500;
    left.change(1, |point| point.kind = Kind::Decision);
    copy.change(1, |point| point.kind = Kind::Action);
    assert_eq!(joined(&mut left, &mut copy), []);
}

#[test]
fn what_two_make_under_one_id_is_shown_whole() {
    let (mut left, mut right) = two();
    for laptop in [&mut left, &mut right] {
        laptop.document.insert(&point(40, "made by both alike")).unwrap();
        laptop.document.insert(&point(41, "made by both")).unwrap();
        laptop.commit();
    }
    left.write(41, "made by both, and mended here");
    right.change(41, |point| point.kind = Kind::Decision);
    let contests = joined(&mut left, &mut right);
    let [contest] = contests.as_slice() else {
        panic!("{contests:?}")
    };
    assert_eq!((contest.aspect.as_str(), contest.id), ("made", id(41)));
    let of = |author: u128| {
        contest
            .versions
            .iter()
            .find(|stand| stand.author == AuthorId(id(author)))
    };
    let (mine, theirs) = (of(1).unwrap(), of(2).unwrap());
    assert_eq!(
        (&mine.value["text"], &mine.value["kind"]),
        (&"made by both, and mended here".into(), &"remark".into())
    );
    assert_eq!(
        (&theirs.value["text"], &theirs.value["kind"]),
        (&"made by both".into(), &"decision".into())
    );
    right.settle(contest, Choice::Version(mine));
    assert_eq!(joined(&mut left, &mut right), []);
    assert_eq!(left.text(41), "made by both, and mended here");
    right.take_back(Mode::Undo);
    assert_eq!(joined(&mut left, &mut right).len(), 1);
}

/// By the version that has something written beneath it: who wrote it, and what.
fn beneath(contests: &[Contest]) -> Vec<(u128, Vec<u128>)> {
    let [contest] = contests else { panic!("{contests:?}") };
    assert_eq!(contest.aspect, DELETED);
    let stands = contest.versions.iter().filter_map(|stand| {
        let list = stand.value.get(BENEATH)?.as_array()?;
        let ids = list
            .iter()
            .map(|leaf| leaf["id"].as_str().unwrap().parse::<Uuid>().unwrap().as_u128());
        Some((stand.author.0.as_u128(), ids.collect()))
    });
    stands.collect()
}

#[test]
fn what_is_written_under_an_item_deleted_elsewhere_is_to_be_decided() {
    let (mut left, mut right) = two();
    left.delete_item(200, true);
    right.write_under(200, 41, "one");
    right.write_under(200, 42, "two");
    right.write_under(201, 43, "under another item");
    // What is taken away again, or put elsewhere, before it is known is nothing to decide.
    right.write_under(200, 44, "three");
    right.delete(44, true);
    right.write_under(200, 45, "four");
    right.put_under(45, 201);
    let contests = joined(&mut left, &mut right);
    assert_eq!(beneath(&contests), [(2, vec![41, 42])]);
    assert!(!left.document.alive::<Item>(id(200)).unwrap());
    let wrote = contests[0]
        .versions
        .iter()
        .find(|stand| stand.author == AuthorId(id(2)));
    left.settle(&contests[0], Choice::Version(wrote.unwrap()));
    assert_eq!(joined(&mut left, &mut right), []);
    assert!(right.document.alive::<Item>(id(200)).unwrap());
    left.take_back(Mode::Undo);
    assert_eq!(beneath(&joined(&mut left, &mut right)), [(2, vec![41, 42])]);
    right.settle(&contests[0], Choice::AsShown);
    assert_eq!(joined(&mut left, &mut right), []);
    assert!(!left.document.alive::<Item>(id(200)).unwrap());
    assert_eq!((left.text(41), left.text(42)), ("one".to_owned(), "two".to_owned()));
}

#[test]
fn an_edit_under_an_item_is_work_on_it() {
    let (mut left, mut right) = two();
    left.put_under(1, 200);
    left.put_under(2, 200);
    joined(&mut left, &mut right);
    left.delete_item(200, true);
    right.tag(1, 50);
    right.change(2, |point| point.kind = Kind::Decision);
    right.put_under(2, 201);
    right.put_under(0, 200);
    assert_eq!(beneath(&joined(&mut left, &mut right)), [(2, vec![0, 1])]);
    // Who knows of all of it deletes what is under it on purpose.
    let (mut left, mut right) = two();
    right.write_under(200, 41, "one");
    left.join(&mut right);
    left.delete_item(200, true);
    assert_eq!(joined(&mut left, &mut right), []);
    // So does who wrote under it themselves.
    left.write_under(201, 42, "two");
    right.write_under(202, 43, "three");
    left.delete_item(201, true);
    right.delete_item(202, true);
    assert_eq!(joined(&mut left, &mut right), []);
}

#[test]
fn a_section_put_under_a_deleted_item_and_the_items_own_edit_are_one_question() {
    let (mut left, mut right) = two();
    left.delete_item(200, true);
    let (before, _) = right.document.read::<Item>(id(201)).unwrap().unwrap();
    let mut section = before.clone();
    section.parent = Some(ItemId(id(200)));
    right.document.update(&before, &section, None).unwrap();
    right.commit();
    let (before, _) = right.document.read::<Item>(id(200)).unwrap().unwrap();
    let mut renamed = before.clone();
    renamed.title = "Other money".to_owned();
    right.document.update(&before, &renamed, None).unwrap();
    right.commit();
    let contests = joined(&mut left, &mut right);
    assert_eq!(beneath(&contests), [(2, vec![201])]);
    assert_eq!(contests[0].id, id(200));
    let wrote = contests[0]
        .versions
        .iter()
        .find(|stand| stand.author == AuthorId(id(2)));
    assert_eq!(wrote.unwrap().value["title"], "Other money");
}

#[test]
fn who_is_named_while_somebody_takes_them_off_the_list_is_to_be_decided() {
    let (mut left, mut right) = two();
    left.delete_person(50, true);
    left.delete_person(51, true);
    right.tag(1, 50);
    // Named, and then somebody else instead.
    right.tag(2, 51);
    right.tag(2, 52);
    // Words of a point by somebody are no claim on them.
    assert_eq!(beneath(&joined(&mut left, &mut right)), [(2, vec![1])]);
    let (mut left, mut right) = two();
    left.tag(1, 50);
    joined(&mut left, &mut right);
    left.tag(1, 51);
    left.delete_person(50, true);
    right.write(1, "the budget of the year is agreed by most");
    assert_eq!(joined(&mut left, &mut right), []);
}

#[test]
fn of_a_great_many_the_first_are_told_and_all_are_counted() {
    let (mut left, mut right) = two();
    left.delete_item(200, true);
    for number in 0..30 {
        right.write_under(200, 300 + number, "more");
    }
    let contests = joined(&mut left, &mut right);
    assert_eq!(beneath(&contests), [(2, (300..320).collect())]);
    assert!(
        contests[0]
            .versions
            .iter()
            .any(|stand| stand.value.get(BENEATH_IN_ALL) == Some(&Json::from(30)))
    );
}

/// What somebody does on one of the laptops.
#[derive(Clone, Debug)]
enum Act {
    Kind(u128, bool),
    Tag(u128, u128),
    Write(u128, usize),
    Delete(u128, bool),
    DeleteItem(u128, bool),
    DeletePerson(u128, bool),
    New(u128),
    PutUnder(u128, u128),
    Settle(usize, usize),
    Undo,
    Redo,
    Join(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let point = 0..3_u128;
    prop_oneof![
        2 => (point.clone(), any::<bool>()).prop_map(|(point, decision)| Act::Kind(point, decision)),
        2 => (point.clone(), PEOPLE).prop_map(|(point, who)| Act::Tag(point, who)),
        2 => (ITEMS, any::<bool>()).prop_map(|(item, deleted)| Act::DeleteItem(item, deleted)),
        1 => (PEOPLE, any::<bool>()).prop_map(|(who, deleted)| Act::DeletePerson(who, deleted)),
        2 => ITEMS.prop_map(Act::New),
        2 => (point.clone(), ITEMS).prop_map(|(point, item)| Act::PutUnder(point, item)),
        3 => (point.clone(), any::<usize>()).prop_map(|(point, place)| Act::Write(point, place)),
        2 => (point, any::<bool>()).prop_map(|(point, deleted)| Act::Delete(point, deleted)),
        3 => (any::<usize>(), any::<usize>()).prop_map(|(which, how)| Act::Settle(which, how)),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        4 => (0..3_usize).prop_map(Act::Join),
    ]
}

fn carry_out(laptops: &mut [Laptop], who: usize, act: &Act, number: usize) {
    let who = who % laptops.len();
    if let Act::Join(other) = act {
        let other = other % laptops.len();
        if other != who {
            let mut theirs = laptops[other].other(90 + number as u128);
            laptops[who].join(&mut theirs);
        }
        return;
    }
    let laptop = &mut laptops[who];
    match *act {
        Act::Kind(point, decision) => {
            laptop.change(point, |point| {
                point.kind = if decision { Kind::Decision } else { Kind::Question }
            });
        }
        Act::Tag(point, who) => laptop.tag(point, who),
        Act::Write(point, place) => {
            let text = laptop.text(point);
            let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let place = place % words.len();
            words[place] = format!("w{number}");
            laptop.write(point, &words.join(" "));
        }
        Act::Delete(point, deleted) => laptop.delete(point, deleted),
        Act::DeleteItem(item, deleted) => laptop.delete_item(item, deleted),
        Act::DeletePerson(who, deleted) => laptop.delete_person(who, deleted),
        Act::New(item) => laptop.write_under(item, 1000 + number as u128, "a new one"),
        Act::PutUnder(point, item) => laptop.put_under(point, item),
        Act::Settle(which, how) => {
            let contests = laptop.contests();
            if contests.is_empty() {
                return;
            }
            let contest = contests[which % contests.len()].clone();
            let choices = contest.versions.len() + 1;
            let choice = contest
                .versions
                .get(how % choices)
                .map_or(Choice::AsShown, Choice::Version);
            laptop.settle(&contest, choice);
        }
        Act::Undo => laptop.take_back(Mode::Undo),
        Act::Redo => laptop.take_back(Mode::Redo),
        Act::Join(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kept_step_by_step_it_is_what_a_look_through_all_finds(
        acts in proptest::collection::vec((0..3_usize, act()), 1..40),
    ) {
        let mut first = origin(3);
        let (second, third) = (first.other(2), first.other(3));
        let mut laptops = vec![first, second, third];
        for (number, (who, act)) in acts.iter().enumerate() {
            carry_out(&mut laptops, *who, act, number);
            let who = who % laptops.len();
            laptops[who].contests();
        }
        // Everybody hears of everything, in different orders: all hold the same to be contested.
        let mut all: Vec<Laptop> = (0..3).map(|own| laptops[own].other(80 + own as u128)).collect();
        for own in 0..3 {
            for step in 1..3 {
                let mut theirs = laptops[(own + step * (own + 1)) % 3].other(70 + own as u128);
                all[own].join(&mut theirs);
                let mut rest = laptops[(own + step) % 3].other(60 + own as u128);
                all[own].join(&mut rest);
            }
        }
        let found = all[0].contests();
        for laptop in &mut all[1..] {
            prop_assert_eq!(&laptop.contests(), &found);
        }
    }
}
