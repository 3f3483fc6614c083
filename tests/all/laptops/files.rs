//! By file, without any hub: as one carries it on a stick, in any order and more than once.

use minuta_tests::cli::Archive;
use minuta_tests::process::Ended;

fn said(archive: &Archive, meeting: &str, lines: &[&str]) {
    archive.run(&["capture", meeting], &(lines.join("\n") + "\n")).well();
}

fn texts(archive: &Archive, meeting: &str) -> Vec<String> {
    let mut texts: Vec<String> = archive.points(meeting).into_values().collect();
    texts.sort();
    texts
}

#[test]
fn two_start_with_a_file_and_go_on_with_files() {
    let (ann, ben) = (Archive::new(), Archive::new());
    let meeting = ann.meeting(1);
    said(&ann, &meeting, &["first"]);
    let file = |name: &str| ann.folder().join(name).to_str().unwrap().to_owned();
    let export = |archive: &Archive, name: &str, more: &[&str]| {
        let file = file(name);
        let words = ["export-file", "latest", "--to", &file];
        archive.run(&[&words, more].concat(), "").well();
    };
    let merge = |archive: &Archive, name: &str| -> Ended { archive.run(&["merge", &file(name)], "") };

    ann.run(&["share", "latest", "--name", "Ann"], "").well();
    export(&ann, "one", &["--invite", "scribe", "--internal"]);
    assert_eq!(merge(&ben, "one").well().trim(), meeting);
    assert_eq!(texts(&ben, &meeting), ["first"]);

    // Apart, on both sides; and the files cross.
    said(&ann, &meeting, &["second", "[off] hushed"]);
    said(&ben, &meeting, &["third"]);
    export(&ann, "two", &["--internal"]);
    export(&ben, "three", &["--internal"]);
    let all = ["first", "hushed", "second", "third"];
    merge(&ben, "two").well();
    merge(&ann, "three").well();
    for archive in [&ann, &ben] {
        assert_eq!(texts(archive, &meeting), all);
        // Twice, and an older one after a newer one: nothing changes.
        for name in ["one", "two", "three", "two"] {
            merge(archive, name).well();
            assert_eq!(texts(archive, &meeting), all, "{name}");
        }
        archive.is_whole();
    }
    assert_eq!(ann.record(&meeting), ben.record(&meeting));
}

#[test]
fn a_file_that_is_damaged_or_for_others_changes_nothing() {
    let (ann, ben) = (Archive::new(), Archive::new());
    let meeting = ann.meeting(1);
    said(&ann, &meeting, &["first"]);
    ann.run(&["share", "latest"], "").well();
    let path = ann.folder().join("one.minuta");
    let file = path.to_str().unwrap();
    ann.run(&["export-file", "latest", "--to", file], "").well();
    let refused = |archive: &Archive, file: &str| {
        let ended = archive.run(&["merge", file], "");
        assert_eq!(ended.code(), Some(1), "{ended:?}");
        assert_eq!(ended.out, "", "{ended:?}");
        assert!(
            ended.err.starts_with("minuta-cli: ") && ended.err.lines().count() == 1,
            "{ended:?}"
        );
    };
    // Without an invitation in it, it is for who belongs to the meeting.
    refused(&ben, file);
    assert_eq!(ben.run(&["list"], "").well(), "");
    // What exists is not written over.
    assert_eq!(ann.run(&["export-file", "latest", "--to", file], "").code(), Some(1));
    let whole = std::fs::read(&path).unwrap();
    for length in [0, 1, 10, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        refused(&ann, file);
    }
    for at in (0..whole.len()).step_by(7) {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 0x10;
        std::fs::write(&path, spoilt).unwrap();
        refused(&ann, file);
    }
    assert_eq!(texts(&ann, &meeting), ["first"]);
    ann.is_whole();
}
