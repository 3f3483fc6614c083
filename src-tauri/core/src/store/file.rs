//! Opening the file: what it is, whether it can be written, and bringing an older one up to date.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::copy::PrivateCopy;
use crate::error::{Error, Result};

/// "MNTA": marks the file as a Minuta archive.
pub(crate) const APPLICATION_ID: i64 = 0x4D4E_5441;

/// The migrations in order; the number of the last is the file's `user_version`. A shipped one never changes.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_desk.sql"),
    include_str!("migrations/0003_share.sql"),
    include_str!("migrations/0004_review.sql"),
    include_str!("migrations/0005_counts.sql"),
];

/// How long a write waits for another process's.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open file.
#[derive(Debug)]
#[allow(clippy::redundant_pub_crate)]
pub(crate) struct Opened {
    /// The connection.
    pub(crate) conn: Connection,
    /// Why it can only be read: then `conn` is on a private copy.
    pub(crate) read_only: Option<String>,
    /// The folder of the private copy; removed when dropped.
    pub(crate) copy: Option<PrivateCopy>,
}

/// Opens the archive at `path`, making it where there is none.
///
/// A file that cannot be written is opened through a private copy of the file and its write-ahead log, since the log
/// holds acknowledged rows which opening the file as immutable would hide.
pub(crate) fn open(path: &Path) -> Result<Opened> {
    let exists = path.exists();
    if !exists && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(Error::io(format!("the folder {} could not be made", folder.display())))?;
    }
    // SQLite takes a file of one byte for an empty one and would write over it.
    if fs::metadata(path).is_ok_and(|file| file.is_file() && (1..100).contains(&file.len())) {
        return Err(Error::NotAnArchive(path.display().to_string()));
    }
    match open_writable(path) {
        Ok(conn) => Ok(Opened {
            conn,
            read_only: None,
            copy: None,
        }),
        Err(error)
            if exists
                && !matches!(
                    error,
                    Error::Newer { .. } | Error::NotAnArchive(_) | Error::Damaged(_) | Error::Busy
                ) =>
        {
            open_copy(path, &error)
        }
        Err(error) => Err(named(error, path)),
    }
}

/// Says whether closing leaves the log beside the file, or folds it in as usual.
pub(crate) fn keep_log(conn: &Connection, keep: bool) -> Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)?;
    Ok(())
}

/// Errors of `SQLite` do not say which file they are about.
fn named(error: Error, path: &Path) -> Error {
    match error {
        Error::NotAnArchive(_) => Error::NotAnArchive(path.display().to_string()),
        Error::Sqlite(error) => Error::Invalid(format!("{} could not be opened or made: {error}", path.display())),
        other => other,
    }
}

fn open_writable(path: &Path) -> Result<Connection> {
    let had_log = fs::metadata(with_suffix(path, "-wal")).is_ok_and(|log| log.len() > 0);
    let mut conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.busy_timeout(PATIENCE)?;
    // Where the archive turns out not to open, a log beside it stays as it is when this closes.
    keep_log(&conn, had_log)?;
    // Asked, since a transaction for writing begins without a word on a connection that cannot write.
    if conn.is_readonly("main")? {
        return Err(Error::ReadOnly(
            "the file or its folder does not let itself be written".to_owned(),
        ));
    }
    let version = recognise(&conn)?;
    configure(&conn)?;
    // Proves that the file can be written before anybody types into it.
    drop(conn.transaction_with_behavior(TransactionBehavior::Immediate)?);
    migrate(&mut conn, path, version)?;
    Ok(conn)
}

/// Opens a private copy, with the reason why.
fn open_copy(path: &Path, reason: &Error) -> Result<Opened> {
    let copy = PrivateCopy::of(path)?;
    let conn = open_writable(&copy.file()).map_err(|error| named(error, path))?;
    Ok(Opened {
        conn,
        read_only: Some(format!("{} cannot be written ({reason})", path.display())),
        copy: Some(copy),
    })
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Says whether this is an archive and of which version; 0 for an empty file.
fn recognise(conn: &Connection) -> Result<i64> {
    let application: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if application == APPLICATION_ID {
        return match version {
            newer if newer > known => Err(Error::Newer { found: newer, known }),
            // The mark and the version are written together.
            ..=0 => Err(Error::Damaged("the version of its schema is lost".to_owned())),
            older => Ok(older),
        };
    }
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && version == 0 && tables == 0 {
        return Ok(0);
    }
    Err(Error::NotAnArchive(String::new()))
}

/// What every connection is set to.
fn configure(conn: &Connection) -> Result<()> {
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // One plan a statement, whatever is bound to it: else SQLite plans some of them anew at every use.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Brings the file to the newest version, each step in one transaction; an older file is copied aside before.
fn migrate(conn: &mut Connection, path: &Path, from: i64) -> Result<()> {
    let newest = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if from == newest {
        return Ok(());
    }
    if from > 0 {
        let aside = with_suffix(path, &format!(".before-version-{newest}"));
        if !aside.exists() {
            conn.backup("main", &aside, None::<fn(rusqlite::backup::Progress)>)?;
        }
    }
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited.
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    apply_migrations(&transaction, version)?;
    transaction.commit()?;
    Ok(())
}

pub(crate) fn apply_migrations(conn: &Connection, from: i64) -> Result<()> {
    let done = usize::try_from(from).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(done) {
        conn.execute_batch(migration)?;
    }
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(
        None,
        "user_version",
        i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX),
    )?;
    Ok(())
}

/// A fresh schema in a connection of its own: what a rebuild is made in, to be compared.
pub(crate) fn prepare(conn: &Connection) -> Result<()> {
    conn.pragma_update(None, "foreign_keys", true)?;
    apply_migrations(conn, 0)
}
