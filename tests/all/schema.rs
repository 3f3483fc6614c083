//! Archives of earlier schemas, kept as they were made, opened by this one.

use std::fs;
use std::path::Path;

use minuta_tests::root;

use crate::opened::{is_whole, open, record, type_lines};

/// Every version that was ever shipped. A new migration adds the file of the version before it, made by the CLI of that
/// time (`minuta-cli --archive tests/fixtures/vN.sqlite sample`, then `VACUUM`), and never changes an older one.
const VERSIONS: [&str; 5] = ["v1", "v2", "v3", "v4", "v5"];

fn schema(path: &Path) -> Vec<(String, String, String)> {
    let conn = rusqlite::Connection::open(path).unwrap();
    let mut statement = conn
        .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
        .unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn every_earlier_archive_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("fresh.minuta");
    drop(open(&fresh, 1));
    let conn = rusqlite::Connection::open(&fresh).unwrap();
    let newest: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    drop(conn);
    assert!(
        i64::try_from(VERSIONS.len()).unwrap() >= newest,
        "keep an archive of the schema before this one in tests/fixtures"
    );
    for version in VERSIONS {
        let kept = root().join(format!("tests/fixtures/{version}.sqlite"));
        let path = folder.path().join(format!("{version}.minuta"));
        fs::copy(&kept, &path).unwrap();
        is_whole(&path);
        let mut archive = open(&path, 2);
        assert_eq!(schema(&path), schema(&fresh), "{version}");
        let id = archive.meeting_by_prefix("latest").unwrap();
        let whole = archive.record(id).unwrap();
        // What it says, without what was made by chance, and without the exporters, whose words may change.
        let items = whole
            .items
            .iter()
            .map(|view| format!("{} {}", view.label, view.item.title));
        let people = whole
            .participants
            .iter()
            .map(|person| format!("{}, {}", person.name, person.roles.join(", ")));
        let points = whole
            .points
            .iter()
            .map(|view| format!("{}: {}", view.point.kind, view.point.text));
        let passages = whole
            .passages
            .iter()
            .map(|passage| format!("{}: {}", passage.style, passage.text));
        let texts: Vec<String> = items.chain(people).chain(points).chain(passages).collect();
        insta::assert_snapshot!(format!("texts_of_{version}"), texts.join("\n"));
        let shown = record(&archive, id);
        archive.rebuild().unwrap();
        assert_eq!(record(&archive, id), shown, "{version}");
        type_lines(&mut archive, id, &["a line of today"]);
        assert!(archive.undo(id).unwrap().label.is_some());
        assert_eq!(record(&archive, id), shown, "{version}");
        drop(archive);
        is_whole(&path);
        // The kept one was not touched.
        assert_ne!(fs::read(&kept).unwrap(), fs::read(&path).unwrap());
    }
}
