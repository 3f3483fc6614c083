//! Looking for something in the whole library, through the real command line: words, and filters that narrow them.

use serde_json::Value;

use minuta_tests::cli::Archive;

const MARCH: &str = "\
participant: Ann Olsen, Chair
participant: Ben Okoro, Port of Aomi
topic: Lights
Ann Olsen: the lamp is out
... and the other lamp flickers
Ben Okoro: the lamp was mended in spring
Sato: no lamp here
decision: A new lamp is bought.
";

const APRIL: &str = "\
participant: Ann Berg
topic: Lights again
Ann Berg: the lamp shines
question: Who pays?
";

fn meeting(archive: &Archive, series: (&str, &str), number: &str, starts: &str, lines: &str) -> String {
    let args = [
        "new",
        "--series",
        series.0,
        "--short",
        series.1,
        "--number",
        number,
        "--starts",
        starts,
        "--zone",
        "Europe/Rome",
    ];
    let id = archive.run(&args, "").well().trim_end().to_owned();
    archive.run(&["capture", &id], lines).well();
    id
}

fn library() -> (Archive, String, String) {
    let archive = Archive::new();
    let march = meeting(&archive, ("Harbour Group", "HG"), "12", "2026-03-12T13:00:00Z", MARCH);
    let april = meeting(
        &archive,
        ("Working Group on Tides", "WG-Tide"),
        "42",
        "2026-04-09T13:00:00Z",
        APRIL,
    );
    (archive, march, april)
}

fn found(archive: &Archive, words: &[&str]) -> Vec<String> {
    let hits: Value = serde_json::from_str(&archive.run(&[&["search", "--json"], words].concat(), "").well()).unwrap();
    let hits = hits.as_array().unwrap().iter();
    hits.map(|hit| hit["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn filters_narrow_what_is_found_and_combine() {
    let (archive, ..) = library();
    let found = |words: &[&str]| found(&archive, words);
    assert_eq!(found(&["lamp"]).len(), 6, "{:?}", found(&["lamp"]));
    // What goes on from a point is said by whom said that one.
    assert_eq!(
        found(&["lamp", "speaker:ann"]),
        ["the lamp shines", "and the other lamp flickers", "the lamp is out"]
    );
    let olsen = ["and the other lamp flickers", "the lamp is out"];
    assert_eq!(found(&["speaker:Ann Olsen", "lam"]), olsen);
    assert_eq!(found(&["speaker:\"Ann Olsen\" lam"]), olsen);
    assert_eq!(found(&["speaker:AO", "lamp"]), olsen, "by initials");
    // A filter after it leaves the last word a beginning.
    assert_eq!(found(&["lam", "speaker:olsen"]), olsen);
    // Somebody of whom it is not settled who it is.
    assert_eq!(found(&["speaker:sato"]).len(), 1);
    assert_eq!(found(&["speaker:ben", "speaker:berg", "lamp"]).len(), 2);
    assert_eq!(found(&["series:HG", "kind:decision"]), ["A new lamp is bought."]);
    assert_eq!(found(&["series:tides", "lamp"]), ["the lamp shines"]);
    assert_eq!(found(&["series:wg-t", "lamp"]), ["the lamp shines"]);
    assert_eq!(found(&["in:42"]), ["Who pays?", "the lamp shines"]);
    assert_eq!(found(&["in:12", "speaker:berg"]), [""; 0]);
    assert_eq!(found(&["kind:question", "in:42", "speaker:ann"]), [""; 0]);
    assert_eq!(found(&["in:12", "in:42", "lamp"]).len(), 6);
    for nothing in [
        "series:none",
        "in:7",
        "speaker:nobody",
        "after:2126-01-01",
        "before:1999-01-01",
    ] {
        assert_eq!(found(&["lamp", nothing]), [""; 0], "{nothing}");
        assert_eq!(found(&[nothing]), [""; 0], "{nothing}");
    }
    // An unknown word before a colon, or a filter with nothing fit behind it, is text.
    assert_eq!(found(&["kind:tune"]), [""; 0]);
    assert_eq!(found(&["http://lamp"]), [""; 0]);
    assert_eq!(found(&["the:lamp", "shines"]), ["the lamp shines"]);
}

#[test]
fn filters_alone_list_the_newest_points() {
    let (archive, march, april) = library();
    let all = found(&archive, &["after:2000-01-01"]);
    assert_eq!(all.first().map(String::as_str), Some("Who pays?"));
    assert_eq!(all.len(), 7, "{all:?}");
    assert_eq!(found(&archive, &["after:2000-01-01", "--limit", "2"]).len(), 2);
    assert_eq!(found(&archive, &["kind:dec"]), ["A new lamp is bought."]);
    // Who is deleted with a meeting does not take the place of others.
    archive.run(&["undo", &april], "").well();
    assert_eq!(found(&archive, &["kind:question"]), [""; 0]);
    assert_eq!(found(&archive, &["in:12", "--limit", "1"]), ["A new lamp is bought."]);
    // The cues of a transcript are found by words, and listed when they are asked for.
    let talk = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nAnn Olsen: the lamp again\n\n\
                00:00:03.000 --> 00:00:04.000\nBen Okoro: not that lamp\n";
    std::fs::write(archive.folder().join("talk.vtt"), talk).unwrap();
    archive.run(&["import", "talk.vtt", "--into", &march], "").well();
    assert_eq!(
        found(&archive, &["kind:cue", "in:12"]),
        ["not that lamp", "the lamp again"]
    );
    assert_eq!(found(&archive, &["kind:cue", "speaker:ann"]), ["the lamp again"]);
    assert_eq!(found(&archive, &["lamp", "again", "speaker:ben"]), [""; 0]);
    assert_eq!(found(&archive, &["kind:passage", "lamp"]), [""; 0]);
    // Days are read in UTC, the first included and the last not.
    assert_eq!(
        found(&archive, &["kind:cue", "after:2026-03-12", "before:2026-03-13"]).len(),
        2
    );
    assert_eq!(found(&archive, &["lamp", "kind:cue", "before:2026-03-12"]), [""; 0]);
    assert_eq!(found(&archive, &["lamp", "kind:cue", "after:2026-03-13"]), [""; 0]);
    archive.is_whole();
}
