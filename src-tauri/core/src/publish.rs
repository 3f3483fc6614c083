//! From a record to a file: compose, set, write. The one place where the steps meet.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::api::{DocumentKind, Format};
use crate::error::{Error, Result};
use crate::model::Record;

/// A rendered document.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The file's content.
    pub bytes: Vec<u8>,
    /// What its reader should know.
    pub notices: Vec<String>,
}

/// A record as Markdown.
#[must_use]
pub fn markdown(_record: &Record, _document: DocumentKind) -> String {
    String::new()
}

/// Renders a document.
///
/// # Errors
/// When a format cannot hold it.
pub fn render(_record: &Record, _document: DocumentKind, _format: Format, _created: DateTime<Utc>) -> Result<Rendered> {
    Err(Error::Internal("export".to_owned()))
}

/// Writes a file whole or not at all: into a new file beside it, made durable, then put in its place.
///
/// # Errors
/// What writing meets; an existing file is then as it was.
pub fn to_file(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = std::path::PathBuf::from(name);
    let written = std::fs::File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| std::fs::rename(&part, path)) {
        // Half a document is worth nothing.
        let _ = std::fs::remove_file(&part);
        return Err(Error::io(format!(
            "{} could not be written; what was there is as it was",
            path.display()
        ))(error));
    }
    Ok(())
}
