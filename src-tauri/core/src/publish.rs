//! From a record to a file: compose, set, write. The one place where the steps meet.

use std::path::Path;
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::export::{self, pdf};
use crate::minutes::{Document, Minutes, Options, compose};
use crate::model::{Collected, Naming, PassageId, Record, ReportSettings};

/// A format of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// `CommonMark`.
    Markdown,
    /// PDF 1.7.
    Pdf,
}

/// Which document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// The summary report.
    #[default]
    Report,
    /// The full record.
    Record,
}

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
pub fn markdown(record: &Record, document: DocumentKind) -> String {
    export::markdown(&composed(record, document))
}

fn composed(record: &Record, document: DocumentKind) -> Minutes {
    compose(record, &usual(document))
}

/// A document with everything else as usual.
fn usual(document: DocumentKind) -> Options {
    Options {
        document: document.into(),
        ..Options::default()
    }
}

impl From<DocumentKind> for Document {
    fn from(document: DocumentKind) -> Self {
        match document {
            DocumentKind::Report => Self::Report,
            DocumentKind::Record => Self::Record,
        }
    }
}

/// What one export chooses otherwise than the body has settled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Choices {
    /// How people are named.
    pub naming: Option<Naming>,
    /// Whether moderators, rapporteurs and presenters are named in any case.
    pub keep_officers: Option<bool>,
    /// Where decisions and actions stand.
    pub collected: Option<Collected>,
    /// Whether the table of actions is parted by owner.
    pub by_owner: Option<bool>,
    /// Whether the lines of a page fill the measure.
    pub justified: Option<bool>,
    /// Whether what is off the record is taken in: only ever when asked for, and the document says so on every page.
    pub internal: Option<bool>,
}

impl Choices {
    /// The settings of a body with these choices in their place.
    #[must_use]
    pub fn over(&self, settings: &ReportSettings) -> ReportSettings {
        ReportSettings {
            naming: self.naming.clone().unwrap_or_else(|| settings.naming.clone()),
            keep_officers: self.keep_officers.unwrap_or(settings.keep_officers),
            collected: self.collected.clone().unwrap_or_else(|| settings.collected.clone()),
            by_owner: self.by_owner.unwrap_or(settings.by_owner),
            justified: self.justified.unwrap_or(settings.justified),
            ..settings.clone()
        }
    }

    /// The options of an export.
    #[must_use]
    pub fn options(&self, document: DocumentKind, settings: &ReportSettings) -> Options {
        Options {
            internal: self.internal.unwrap_or(false),
            ..Options::of(document.into(), &self.over(settings))
        }
    }
}

/// Renders a document with everything as usual. `created` is when, for the file's metadata.
///
/// # Errors
/// When a format cannot hold it.
pub fn render(record: &Record, document: DocumentKind, format: Format, created: DateTime<Utc>) -> Result<Rendered> {
    render_with(record, &usual(document), format, created)
}

/// Renders a document as chosen.
///
/// # Errors
/// When a format cannot hold it.
pub fn render_with(record: &Record, options: &Options, format: Format, created: DateTime<Utc>) -> Result<Rendered> {
    let minutes = compose(record, options);
    match format {
        Format::Markdown => Ok(Rendered {
            bytes: export::markdown(&minutes).into_bytes(),
            notices: Vec::new(),
        }),
        Format::Pdf => {
            let pdf = pdf::pdf(&minutes, fonts(), created, pdf::Missing::Show)?;
            let notices = pdf.missing.iter().map(|missed| {
                let code = u32::from(missed.character);
                format!(
                    "no font has U+{code:04X}; it is shown as [U+{code:04X}] in \"{}\"",
                    missed.text
                )
            });
            Ok(Rendered {
                notices: notices.collect(),
                bytes: pdf.bytes,
            })
        }
    }
}

/// Pages as pictures, as the PDF has them: of those that are looked at, what they do not show already.
#[must_use]
pub fn pages(
    record: &Record,
    options: &Options,
    shown: &[export::PageShown],
    find: Option<PassageId>,
) -> export::Pages {
    let laid = pdf::layout_again(&compose(record, options), fonts());
    export::pages(&laid, shown, find.map(|id| id.0))
}

/// The fonts, read once for the whole process.
fn fonts() -> &'static pdf::Fonts {
    static FONTS: OnceLock<pdf::Fonts> = OnceLock::new();
    FONTS.get_or_init(pdf::Fonts::new)
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
    if let Err(error) = written.and_then(|()| crate::files::put_in_place(&part, path)) {
        // Half a document is worth nothing.
        let _ = std::fs::remove_file(&part);
        return Err(Error::io(format!(
            "{} could not be written; what was there is as it was",
            path.display()
        ))(error));
    }
    Ok(())
}
