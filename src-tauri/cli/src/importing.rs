//! `import`: files into the archive, each as one action.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use minuta_core::import::log::Aliases;
use minuta_core::import::{self, Given, Kind};
use minuta_core::model::MeetingId;
use minuta_core::{Archive, bytes_of, edit};

use crate::note;

/// What the command line says of the files.
pub(crate) struct Asked {
    pub(crate) kind: Option<Kind>,
    pub(crate) into: Option<MeetingId>,
    pub(crate) zone: Option<Tz>,
    pub(crate) starts: Option<DateTime<Utc>>,
    pub(crate) aliases: Option<Aliases>,
}

/// Reads a file of aliases.
pub(crate) fn aliases(file: &Path) -> anyhow::Result<Aliases> {
    let bytes = bytes_of(file).with_context(|| format!("{} could not be read", file.display()))?;
    Aliases::read(&import::text_of(&bytes)).with_context(|| file.display().to_string())
}

/// Imports the files one after the other.
pub(crate) fn files(
    archive: &mut Archive,
    files: &[PathBuf],
    asked: &Asked,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for file in files {
        let imported = bytes_of(file)
            .with_context(|| format!("{} could not be read", file.display()))
            .and_then(|bytes| one(archive, file, &bytes, asked).with_context(|| file.display().to_string()));
        match imported {
            Ok(id) => {
                writeln!(out, "{id}")?;
                out.flush()?;
            }
            // One bad file does not keep the others out.
            Err(error) => {
                note(&format!("{error:#}"));
                code = ExitCode::from(1);
            }
        }
    }
    Ok(code)
}

fn one(archive: &mut Archive, file: &Path, bytes: &[u8], asked: &Asked) -> minuta_core::Result<MeetingId> {
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let known = match asked.into {
        Some(meeting) => Some(edit::import::known(archive, meeting)?),
        None => None,
    };
    let given = Given {
        zone: asked.zone.or(known.as_ref().and_then(|known| known.zone)),
        starts: asked.starts.or(known.as_ref().and_then(|known| known.starts)),
        aliases: asked.aliases.as_ref(),
        ..Given::new(&name, archive.env())
    };
    let taken = import::take(bytes, asked.kind, &given)?;
    if asked.kind.is_none() {
        note(&format!("{}: taken for {}", file.display(), taken.kind));
    }
    let (id, more) = match asked.into {
        Some(meeting) => {
            let problems = edit::import::into_existing_told(archive, meeting, &taken.plan, &name)?;
            (meeting, problems)
        }
        None => edit::import::as_new_told(archive, &taken.plan)?,
    };
    for problem in taken.problems.iter().chain(&more) {
        note(&format!("{}:{}: {}", file.display(), problem.line, problem.message));
    }
    Ok(id)
}
