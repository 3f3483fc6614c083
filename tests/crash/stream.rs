//! Lines that are told apart, and what must be true of them after a crash.

use std::collections::BTreeMap;

use minuta_tests::cli::{Archive, acknowledged};

/// The lines `name 1`, `name 2`, …: plain text of several scripts with nothing that the grammar would take out of it.
pub(crate) fn lines(name: &str, count: usize) -> Vec<String> {
    let words = [
        "budget ünd plan",
        "議事録 の 確認",
        "сроки и люди",
        "a * b * c, snake_case, 100 % \u{1F600}",
    ];
    (1..=count)
        .map(|number| format!("{name} {number} {}", words[number % words.len()]))
        .collect()
}

/// The lines as they go into standard input.
pub(crate) fn input(lines: &[String]) -> Vec<u8> {
    lines
        .iter()
        .flat_map(|line| [line.as_bytes(), b"\n"].concat())
        .collect()
}

/// Holds what `capture` printed against the record: every acknowledged line is there under its id, word for word; and
/// what is there of these lines is their beginning, in whole lines, each once. Returns the acknowledged ones: text by id.
pub(crate) fn nothing_is_lost(
    archive: &Archive,
    meeting: &str,
    lines: &[String],
    out: &str,
) -> BTreeMap<String, String> {
    let told = acknowledged(out);
    for (at, (number, id)) in told.iter().enumerate() {
        assert_eq!(*number, at + 1, "lines are acknowledged in turn: {out}");
        assert_ne!(id, "-", "line {number} is not blank: {out}");
    }
    let points = archive.points(meeting);
    let told: BTreeMap<String, String> = told
        .into_iter()
        .map(|(number, id)| (id, lines[number - 1].clone()))
        .collect();
    still_there(&points, &told);
    let kept: Vec<usize> = lines
        .iter()
        .map(|line| points.values().filter(|text| *text == line).count())
        .collect();
    let whole = kept.iter().take_while(|count| **count == 1).count();
    assert!(
        kept.iter().skip(whole).all(|count| *count == 0),
        "not the beginning of the lines, each once: {kept:?}"
    );
    assert!(whole >= told.len(), "{} acknowledged, {whole} there", told.len());
    told
}

/// Every one of the `told` points is in the record as it was.
pub(crate) fn still_there(points: &BTreeMap<String, String>, told: &BTreeMap<String, String>) {
    for (id, text) in told {
        assert_eq!(
            points.get(id),
            Some(text),
            "the acknowledged point {id} is lost or changed"
        );
    }
}

/// The archive takes a line again, as if nothing had happened.
pub(crate) fn goes_on(archive: &Archive, meeting: &str, line: &str) -> BTreeMap<String, String> {
    let out = archive.run(&["capture", meeting], &format!("{line}\n")).well();
    let told = acknowledged(&out);
    assert_eq!(told.len(), 1, "{out}");
    let told: BTreeMap<String, String> = told.into_iter().map(|(_, id)| (id, line.to_owned())).collect();
    still_there(&archive.points(meeting), &told);
    told
}
