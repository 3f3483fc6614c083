//! Two archives that write the same meeting apart, and hear of each other later.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, params};
use uuid::Uuid;

/// Copies an archive that nobody has open, for another laptop: with the same meetings, and an author of its own.
pub(crate) fn for_another(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
    let conn = Connection::open(to).unwrap();
    let author = Uuid::from_u128(0xA000 + u128::from(rowid_of(&conn))).to_string();
    let changed = conn
        .execute(
            "UPDATE meta SET value = ?1, sum = ?2 WHERE key = 'author'",
            params![author, sum("author", &author)],
        )
        .unwrap();
    assert_eq!(changed, 1);
}

/// The checksum that a setting carries: FNV-1a of its key, a zero and its value.
fn sum(key: &str, value: &str) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in key.bytes().chain([0]).chain(value.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    i64::from_ne_bytes(hash.to_ne_bytes())
}

/// Some number that differs from one archive to the next.
fn rowid_of(conn: &Connection) -> u32 {
    let path: String = conn
        .query_row("SELECT file FROM pragma_database_list WHERE name = 'main'", [], |row| {
            row.get(0)
        })
        .unwrap();
    path.bytes()
        .fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
}

/// Puts into the log of one archive what another has and it has not. The tables do not know of it yet: they are to be
/// made anew.
pub(crate) fn hear_of(own: &Path, other: &Path) -> usize {
    let theirs = Connection::open(other).unwrap();
    let conn = Connection::open(own).unwrap();
    let mut rows: HashMap<i64, i64> = HashMap::new();
    let documents = theirs
        .prepare("SELECT row, meeting, kind FROM document")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<Vec<(i64, String, String)>, _>>()
        .unwrap();
    for (row, meeting, kind) in documents {
        // Settings and people of the other archive stay there.
        if kind == "archive" {
            continue;
        }
        conn.execute(
            "INSERT OR IGNORE INTO document (meeting, kind) VALUES (?1, ?2)",
            params![meeting, kind],
        )
        .unwrap();
        let own: i64 = conn
            .query_row(
                "SELECT row FROM document WHERE meeting = ?1 AND kind = ?2",
                params![meeting, kind],
                |row| row.get(0),
            )
            .unwrap();
        rows.insert(row, own);
    }
    let mut heard = 0;
    let mut statement = theirs
        .prepare("SELECT document, hash, bytes FROM change ORDER BY seq")
        .unwrap();
    let mut changes = statement.query([]).unwrap();
    while let Some(change) = changes.next().unwrap() {
        let Some(row) = rows.get(&change.get::<_, i64>(0).unwrap()) else {
            continue;
        };
        let (hash, bytes): (Vec<u8>, Vec<u8>) = (change.get(1).unwrap(), change.get(2).unwrap());
        heard += conn
            .execute(
                "INSERT INTO change (document, hash, bytes) SELECT ?1, ?2, ?3
                 WHERE NOT EXISTS (SELECT 1 FROM change WHERE document = ?1 AND hash = ?2)",
                params![row, hash, bytes],
            )
            .unwrap();
    }
    heard
}
