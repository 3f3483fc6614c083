//! One takes an item or a participant away while another goes on writing there.

use minuta_core::Archive;
use minuta_core::api::{Contested, SettleAs, SettleRequest, contested, settled};
use minuta_core::model::share::Role;
use minuta_core::share::memory::MemoryHub;
use serde_json::Value;
use tempfile::TempDir;

use super::{Laptop, agree, settle};

/// Two who hear of each other, with an agenda of two items and some people.
fn two(folder: &TempDir) -> [Laptop; 2] {
    let hub = MemoryHub::new(1);
    let mut owner = Laptop::owner(folder, &hub);
    for line in [
        "participant: Ann Olsen, Chair",
        "participant: Ben Okoro, Member",
        "agenda+ Opening",
        "agenda+ Money",
        "/take 2",
        "Ann Olsen: the budget is short",
    ] {
        owner.says(line);
    }
    let other = Laptop::joins(folder, &hub, &mut owner, 1, Role::Scribe);
    let mut both = [owner, other];
    settle(&mut both);
    both
}

fn only(laptop: &Laptop) -> Contested {
    let mut found = contested(&laptop.archive, laptop.meeting).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn choose(archive: &mut Archive, meeting: minuta_core::model::MeetingId, one: &Contested, words: &str) -> String {
    let version = one
        .versions
        .iter()
        .find(|version| version.words.starts_with(words))
        .unwrap();
    let request = SettleRequest {
        meeting,
        noun: one.noun.clone(),
        id: one.id,
        aspect: one.aspect.clone(),
        choice: SettleAs::Version {
            change: version.change.clone(),
        },
    };
    settled(archive, request).unwrap().done
}

/// What stands under each item, by its title; "" = under none that is there.
fn under(laptop: &Laptop, title: &str) -> Vec<String> {
    let record = laptop.record().unwrap();
    let items = record["items"].as_array().unwrap();
    let titled = |id: &Value| {
        items
            .iter()
            .find(|item| item["id"] == *id)
            .map_or("", |item| item["title"].as_str().unwrap())
    };
    let points = record["points"].as_array().unwrap().iter();
    points
        .filter(|point| titled(&point["item"]) == title)
        .map(|point| point["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn points_under_an_item_that_another_took_off_the_agenda_are_asked_about() {
    for back in [true, false] {
        // One at a time, as they come live; and more than are taken in one by one.
        for count in [2, 60] {
            let folder = tempfile::tempdir().unwrap();
            let mut both = two(&folder);
            both[0].says("agenda- 2");
            for number in 0..count {
                both[1].says(&format!("Ben Okoro: remark {number}"));
            }
            settle(&mut both);
            agree(&both);
            let one = only(&both[0]);
            assert_eq!(
                (one.label.as_str(), one.thing.as_str()),
                ("Deleted or kept", "agenda item")
            );
            assert_eq!(one.excerpt, "Money");
            let versions =
                |one: &Contested| -> Vec<String> { one.versions.iter().map(|version| version.words.clone()).collect() };
            let mut words = versions(&one);
            words.sort();
            assert!(words[0].starts_with("deleted; what was written under it"), "{words:?}");
            let told = match count {
                2 => "wrote under it: “remark 0”, “remark 1”".to_owned(),
                _ => format!(
                    "wrote under it: “remark 0”, “remark 1”, “remark 2” and {} more",
                    count - 3
                ),
            };
            assert_eq!(words[1], told);
            assert_eq!(versions(&only(&both[1])), versions(&one), "both are told the same");
            // Until it is settled all that was said is in the record, under no item.
            assert_eq!(under(&both[0], "").len(), count + 1);
            // Who goes on writes under none either.
            both[1].says("Ben Okoro: one more");
            let meeting = both[0].meeting;
            let done = choose(
                &mut both[0].archive,
                meeting,
                &one,
                if back { "wrote" } else { "deleted" },
            );
            assert_eq!(
                done,
                match back {
                    true => format!("The item is back, with the {count} things written under it"),
                    false => format!(
                        "The item stays off the agenda; the {count} things written under it are in the record, under no item"
                    ),
                }
            );
            settle(&mut both);
            agree(&both);
            for laptop in &both {
                assert_eq!(contested(&laptop.archive, laptop.meeting).unwrap(), []);
                let (money, none) = (under(laptop, "Money"), under(laptop, ""));
                let expected = if back { (count + 1, 1) } else { (0, count + 2) };
                assert_eq!((money.len(), none.len()), expected, "{money:?} {none:?}");
                assert!(none.contains(&"one more".to_owned()));
            }
        }
    }
}

#[test]
fn an_item_that_one_opened_while_another_took_it_off_is_not_under_discussion() {
    for back in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut both = two(&folder);
        both[0].says("agenda- 2");
        for line in ["/take 1", "/take 2", "Ann Olsen: said under it"] {
            both[1].says(line);
        }
        settle(&mut both);
        agree(&both);
        // Both are one question: it was opened, and written under.
        let one = only(&both[1]);
        for laptop in &mut both {
            laptop.says("on it goes");
        }
        let meeting = both[1].meeting;
        choose(
            &mut both[1].archive,
            meeting,
            &one,
            if back { "edited" } else { "deleted" },
        );
        both[1].says("after it");
        settle(&mut both);
        agree(&both);
        let none = under(&both[0], "");
        assert_eq!(none.iter().filter(|text| *text == "on it goes").count(), 2);
        if back {
            assert!(under(&both[0], "Money").contains(&"said under it".to_owned()));
        } else {
            assert!(none.contains(&"said under it".to_owned()) && none.contains(&"after it".to_owned()));
            assert_eq!(both[0].record().unwrap()["meeting"]["item"], Value::Null);
        }
        // Whatever was chosen, the agenda goes on.
        both[0].says("/take 1");
        both[0].says("Ann Olsen: at the opening");
        assert_eq!(under(&both[0], "Opening"), ["at the opening"]);
    }
}

#[test]
fn who_is_named_by_one_and_taken_off_the_list_by_another_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let mut both = two(&folder);
    let record = both[0].record().unwrap();
    let ben = record["participants"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "Ben Okoro")
        .unwrap();
    let id = ben["id"].as_str().unwrap().parse().unwrap();
    let meeting = both[0].meeting;
    both[0]
        .archive
        .write(meeting, "participant removed", |edit| {
            minuta_core::edit::participant::remove(edit, minuta_core::model::ParticipantId(id))
        })
        .unwrap();
    both[1].says("Ben Okoro: I was here");
    settle(&mut both);
    agree(&both);
    let one = only(&both[1]);
    assert_eq!((one.thing.as_str(), one.excerpt.as_str()), ("participant", "Ben Okoro"));
    assert!(
        one.versions
            .iter()
            .any(|version| version.words == "named them in: “I was here”"),
        "{one:?}"
    );
    let done = choose(&mut both[1].archive, meeting, &one, "named");
    assert_eq!(done, "The participant is back, with the 1 thing that names them");
    settle(&mut both);
    agree(&both);
    let people = both[0].record().unwrap()["participants"].as_array().unwrap().len();
    assert_eq!(people, 2);
}

/// The owner, a scribe and an editor, who is not given what is off the record; with an agenda of two items.
fn with_an_editor(folder: &TempDir) -> [Laptop; 3] {
    let hub = MemoryHub::new(1);
    let mut owner = Laptop::owner(folder, &hub);
    for line in ["agenda+ Opening", "agenda+ Money", "/take 2"] {
        owner.says(line);
    }
    let scribe = Laptop::joins(folder, &hub, &mut owner, 1, Role::Scribe);
    let editor = Laptop::joins(folder, &hub, &mut owner, 2, Role::Editor);
    let mut all = [owner, scribe, editor];
    settle(&mut all);
    all
}

#[test]
fn points_off_the_record_under_an_item_that_another_took_off_are_asked_about_where_they_are_held() {
    for (by, back) in [(0, true), (0, false), (2, true), (2, false)] {
        let folder = tempfile::tempdir().unwrap();
        let mut all = with_an_editor(&folder);
        all[by].says("agenda- 2");
        all[1].says("[off] they cannot pay");
        all[1].says("[off] nor will they");
        settle(&mut all);
        agree(&all);
        let one = only(&all[0]);
        assert_eq!(
            (one.thing.as_str(), one.excerpt.as_str(), one.internal),
            ("agenda item", "Money", true)
        );
        let words: Vec<&str> = one.versions.iter().map(|version| version.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "deleted; what was written under it is off the record, under no item",
                "wrote under it: “they cannot pay”, “nor will they”"
            ]
        );
        assert_eq!(one.versions[0].author, ["this laptop", "", "Laptop 2"][by]);
        assert_eq!(one.versions[1].author, "Laptop 1");
        let theirs = only(&all[1]);
        assert_eq!(
            theirs.versions.iter().map(|version| &version.words).collect::<Vec<_>>(),
            words
        );
        // Who does not hold them is not asked, and cannot answer.
        assert_eq!(contested(&all[2].archive, all[2].meeting).unwrap(), []);
        let request = |archive: &Laptop| SettleRequest {
            meeting: archive.meeting,
            noun: one.noun.clone(),
            id: one.id,
            aspect: one.aspect.clone(),
            choice: SettleAs::Shown,
        };
        let request = request(&all[2]);
        let refused = settled(&mut all[2].archive, request).unwrap_err();
        assert_eq!(refused.to_string(), "this is settled already");
        let before = all[2].changes("meeting");
        let meeting = all[1].meeting;
        let done = choose(
            &mut all[1].archive,
            meeting,
            &theirs,
            if back { "wrote" } else { "deleted" },
        );
        assert_eq!(
            done,
            match back {
                true => "The item is back, with the 2 things written under it",
                false =>
                    "The item stays off the agenda; the 2 things written under it are off the record, under no item",
            }
        );
        settle(&mut all);
        agree(&all);
        for laptop in &all {
            assert_eq!(contested(&laptop.archive, laptop.meeting).unwrap(), []);
        }
        let beneath = ["they cannot pay", "nor will they"];
        assert_eq!(under(&all[0], if back { "Money" } else { "" }), beneath);
        // What the editor came to hear is that the item is back; else nothing at all.
        assert_eq!(all[2].changes("meeting").len() - before.len(), usize::from(back));
        assert_eq!(under(&all[2], "Money"), Vec::<String>::new());
        // It can be taken back, and is asked about again.
        all[1].archive.undo(meeting).unwrap();
        settle(&mut all);
        agree(&all);
        assert!(only(&all[0]).internal);
    }
}

#[test]
fn who_knows_of_points_off_the_record_and_takes_their_item_off_is_not_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = with_an_editor(&folder);
    all[1].says("[off] they cannot pay");
    all[1].says("in the record");
    all[1].says("agenda- 2");
    settle(&mut all);
    agree(&all);
    // One of the others is taken off the record afterwards.
    let record = all[0].archive.record(all[0].meeting).unwrap();
    let said = record
        .points
        .iter()
        .find(|view| view.point.text == "in the record")
        .unwrap();
    let (meeting, id) = (all[0].meeting, said.point.id);
    all[0]
        .archive
        .write(meeting, "point off the record", |edit| {
            minuta_core::edit::point::set_internal(edit, &[id], true)
        })
        .unwrap();
    settle(&mut all);
    agree(&all);
    for laptop in &all {
        assert_eq!(contested(&laptop.archive, laptop.meeting).unwrap(), []);
    }
    assert_eq!(under(&all[0], ""), ["they cannot pay", "in the record"]);
    // Undone, everything stands where it stood.
    all[1].archive.undo(meeting).unwrap();
    settle(&mut all);
    agree(&all);
    assert!(under(&all[0], "Money").contains(&"they cannot pay".to_owned()));
}
