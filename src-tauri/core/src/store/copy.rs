//! A private copy of a file that may be damaged: what `check` and `recover` look at, so that the file itself is never
//! written to.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::file::{MIGRATIONS, apply_migrations, prepare, with_suffix};
use super::{compare, scan};
use crate::error::{Error, Result};

/// A folder that goes when it is dropped.
#[derive(Debug)]
pub(crate) struct PrivateCopy(PathBuf);

impl Drop for PrivateCopy {
    fn drop(&mut self) {
        // Nothing depends on it; a leftover in the temporary folder is the system's to sweep.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl PrivateCopy {
    /// Copies an archive's file and the log beside it.
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("minuta-{}", uuid::Uuid::now_v7()));
        fs::create_dir_all(&folder).map_err(Error::io("no folder for a private copy could be made"))?;
        let copy = Self(folder);
        for suffix in ["", "-wal"] {
            let from = with_suffix(path, suffix);
            if suffix.is_empty() || from.exists() {
                fs::copy(&from, with_suffix(&copy.file(), suffix))
                    .map_err(Error::io(format!("{} could not be read", from.display())))?;
            }
        }
        Ok(copy)
    }

    /// The copied file.
    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("archive.minuta")
    }
}

/// A copy, opened as far as it goes.
#[derive(Debug)]
#[allow(clippy::redundant_pub_crate)]
pub(crate) struct Copied {
    /// The connection to the copy.
    pub(crate) conn: Connection,
    /// What was wrong with the file's header, in words; mended in the copy.
    pub(crate) header: Vec<String>,
    /// The copy. Last, so that it goes only after the connection is closed.
    pub(crate) copy: PrivateCopy,
}

/// What the header of an archive holds at a place, and what it is.
const HEADER: [(usize, &[u8], &str); 8] = [
    (0, b"SQLite format 3\0", "the mark of its format"),
    (16, &[0x10, 0x00], "the size of its pages"),
    (20, &[0, 64, 32, 32], "how its rows are laid out"),
    (44, &[0, 0, 0, 4], "the format of its schema"),
    (52, &[0, 0, 0, 0], "how it is vacuumed"),
    (56, &[0, 0, 0, 1], "its text encoding"),
    (64, &[0, 0, 0, 0], "how it is vacuumed"),
    (68, b"MNTA", "the mark of an archive"),
];

/// Copies a file and opens the copy, whatever it takes.
///
/// # Errors
/// [`Error::NotAnArchive`] and [`Error::Newer`] for a file that is whole, but something else.
pub(crate) fn open_for_check(path: &Path) -> Result<Copied> {
    let copy = PrivateCopy::of(path)?;
    let header = mend_header(&copy.file(), path)?;
    let conn = Connection::open_with_flags(
        copy.file(),
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.pragma_update(None, "trusted_schema", false)?;
    let mut copied = Copied { conn, header, copy };
    // Where the version itself is damaged, the tables tell.
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if let Ok(version) = version(&copied.conn)
        && version != known
    {
        let fresh = Connection::open_in_memory()?;
        prepare(&fresh)?;
        if compare::schema(&copied.conn, &fresh).is_empty() {
            copied.header.push(format!(
                "the file's header: the version of its schema is said to be {version}, but is {known}"
            ));
            copied.conn.pragma_update(None, "user_version", known)?;
        } else if version > known {
            return Err(Error::Newer { found: version, known });
        } else if version > 0 {
            let transaction = copied.conn.transaction()?;
            apply_migrations(&transaction, version)?;
            transaction.commit()?;
        }
    }
    copied.conn.pragma_update(None, "cell_size_check", true)?;
    Ok(copied)
}

fn version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Puts the header of a copy right; answers with what was wrong.
fn mend_header(copy: &Path, path: &Path) -> Result<Vec<String>> {
    let unread = || Error::io(format!("{} could not be read", path.display()));
    let mut bytes = fs::read(copy).map_err(unread())?;
    let log = fs::read(with_suffix(copy, "-wal")).unwrap_or_default();
    // Where the log holds the first page, with sums of its own, all but the outermost is read from there.
    let pages = scan::logged(&log);
    let newer = pages.get(&1).copied();
    let header = newer.unwrap_or(&bytes);
    let is_marked = header.get(68..72) == Some(b"MNTA");
    // Of a file without the mark, one that has the tables all the same is an archive whose mark is damaged.
    let is_ours = is_marked || (bytes.starts_with(b"SQLite format 3\0") && has_tables(copy));
    if !is_ours {
        return Err(Error::NotAnArchive(path.display().to_string()));
    }
    let is_logged = newer.is_some();
    let is_counted = log.is_empty() && bytes.get(24..28) == bytes.get(92..96);
    let mut told = Vec::new();
    let mut put = |at: usize, right: &[u8], what: &str| {
        if let Some(place) = bytes.get_mut(at..at + right.len())
            && place != right
        {
            told.push(format!("the file's header: {what} is not what it should be"));
            place.copy_from_slice(right);
        }
    };
    for (at, right, what) in HEADER {
        if at < 24 || !is_logged {
            put(at, right, what);
        }
    }
    let length = u32::try_from(fs::metadata(copy).map_or(0, |file| file.len()) / 4096).unwrap_or(u32::MAX);
    if is_counted {
        put(28, &length.to_be_bytes(), "how long the file is");
    }
    // 2: with a log beside it; 1: without, as a backup has it.
    if !matches!(bytes.get(18..20), Some([1, 1] | [2, 2])) {
        told.push("the file's header: how it is written is not what it should be".to_owned());
        if let Some(place) = bytes.get_mut(18..20) {
            place.copy_from_slice(&[2, 2]);
        }
    }
    if !told.is_empty() {
        fs::write(copy, &bytes).map_err(Error::io("the private copy could not be written"))?;
    }
    Ok(told)
}

fn has_tables(copy: &Path) -> bool {
    let count = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(|conn| {
        conn.query_row(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('change', 'document', 'snapshot', 'action')",
            [],
            |row| row.get::<_, i64>(0),
        )
    });
    count.is_ok_and(|count| count == 4)
}
