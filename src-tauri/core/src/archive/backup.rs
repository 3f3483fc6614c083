//! Copying an archive while it is in use.

use std::path::Path;

use rusqlite::Connection;

use super::check::{Report, check};
use super::{Archive, discard};
use crate::error::{Error, Result};
use crate::store;

/// Copies an open archive into a new file, while others may write, and verifies the copy.
///
/// # Errors
/// [`Error::Invalid`] when the file exists already, [`Error::Damaged`] when the copy does not verify (it is kept, under
/// its name with `.unverified`), and whatever writing meets.
pub fn backup(archive: &Archive, target: &Path) -> Result<Report> {
    if target.exists() {
        return Err(Error::Invalid(format!(
            "{} exists already; nothing was written",
            target.display()
        )));
    }
    let unverified = store::with_suffix(target, ".unverified");
    if unverified.exists() {
        return Err(Error::Invalid(format!(
            "{} exists already; nothing was written",
            unverified.display()
        )));
    }
    let copied = archive
        .conn()
        .backup("main", &unverified, None::<fn(rusqlite::backup::Progress)>)
        .map_err(Error::from)
        .and_then(|()| {
            // The copy is one file, whole in itself, without a log beside it.
            let conn = Connection::open(&unverified)?;
            conn.pragma_update(None, "journal_mode", "DELETE")?;
            drop(conn);
            std::fs::File::open(&unverified)
                .and_then(|file| file.sync_all())
                .map_err(Error::io("the backup could not be made durable"))
        });
    if let Err(error) = copied {
        // What was written is no backup.
        discard(&unverified);
        return Err(error);
    }
    let report = check(&unverified, archive.env.as_ref())?;
    if let Some(first) = report.findings.first() {
        return Err(Error::Damaged(format!(
            "the backup does not verify and stays as {}: {}",
            unverified.display(),
            first.what
        )));
    }
    std::fs::rename(&unverified, target).map_err(Error::io(format!("{} could not be named", target.display())))?;
    Ok(report)
}
