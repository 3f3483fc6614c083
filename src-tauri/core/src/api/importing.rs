//! What the commands of the import do: look at a file, and bring it in.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::types::*;
use crate::archive::Archive;
use crate::capture::folded;
use crate::edit::import::{as_new_chosen, into_existing_chosen, known};
use crate::edit::reconcile::{Becomes, By, Chosen, fits};
use crate::error::{Error, Result};
use crate::files::bytes_of;
use crate::import::{Given, Kind, LARGEST, Problem, Taken, take};
use crate::model::{MeetingId, Participant, Record};

/// The most problems that are told one by one.
const MOST_PROBLEMS: usize = 500;

/// What is to be known of files that were let go over the window; of several, the first is taken.
///
/// # Errors
/// [`Error::Invalid`] for a folder, for what is no file, and for one that is too large; [`Error::Io`] where it cannot be
/// read.
pub fn dropped(paths: &[PathBuf]) -> Result<DroppedFile> {
    let nothing = || Error::Invalid("there was no file in what was dropped".to_owned());
    let (path, left) = paths.split_first().ok_or_else(nothing)?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy().into_owned();
    let unreadable = |error| Error::io(format!("{name} could not be read"))(error);
    let file = path.metadata().map_err(unreadable)?;
    if !file.is_file() {
        let what = if file.is_dir() { "a folder" } else { "no file" };
        return Err(Error::Invalid(format!("{name} is {what}; drop the file itself")));
    }
    let is_shared = is_shared(path);
    let bytes = if is_shared {
        Vec::new()
    } else {
        bytes_of(path).map_err(unreadable)?
    };
    if bytes.len() > LARGEST {
        return Err(too_large(&name));
    }
    Ok(DroppedFile {
        bytes: STANDARD.encode(bytes),
        shared: is_shared.then(|| path.to_string_lossy().into_owned()),
        more: u32::try_from(left.len()).unwrap_or(u32::MAX),
        name,
    })
}

/// Whether a file is called as shared meetings are.
fn is_shared(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("minuta"))
}

fn too_large(name: &str) -> Error {
    Error::Invalid(format!(
        "{name} is larger than 16 MiB, more than a meeting's file is; nothing was imported. Cut it first"
    ))
}

pub(in crate::api) fn import_kinds(_: &mut Archive, _: Nothing) -> Result<Vec<ImportKind>> {
    Ok(Kind::ALL.into_iter().map(in_words).collect())
}

pub(in crate::api) fn import_preview(archive: &mut Archive, file: ImportFile) -> Result<ImportPreview> {
    let taken = taken(archive, &file)?;
    let before = match file.meeting {
        Some(meeting) => Some(archive.record(meeting)?),
        None => None,
    };
    let people = people(&taken, before.as_ref());
    let choices: Vec<ImportChoice> = people.iter().map(proposed).collect();
    let chosen = chosen(&taken, &choices)?;
    // The lines of a log are carried out, as any: only so is known what comes of them.
    let ((_, more), after) = archive.rehearse(|archive| put(archive, &file, &taken, &chosen))?;
    let (problems, more_problems) = told(taken.problems.iter().chain(&more));
    let added = |of: fn(&Record) -> usize| {
        let count = of(&after).saturating_sub(before.as_ref().map_or(0, of));
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Ok(ImportPreview {
        kind: in_words(taken.kind),
        people,
        items: added(|record| record.items.len()),
        points: added(|record| record.points.len()),
        passages: added(|record| record.passages.len()),
        cues: added(|record| record.cues.len()),
        problems,
        more_problems,
    })
}

pub(in crate::api) fn import_apply(archive: &mut Archive, request: ImportApply) -> Result<Imported> {
    let taken = taken(archive, &request.file)?;
    let before = match request.file.meeting {
        Some(meeting) => Some(archive.record(meeting)?),
        None => None,
    };
    let mut choices: Vec<ImportChoice> = people(&taken, before.as_ref()).iter().map(proposed).collect();
    for choice in request.people {
        let place = usize::try_from(choice.of).unwrap_or(usize::MAX);
        match choices.get_mut(place).filter(|one| one.name == choice.name) {
            Some(one) => *one = choice,
            None => return Err(another(&choice.name)),
        }
    }
    let known = choices
        .iter()
        .find(|one| matches!(one.becomes, ImportAs::Participant(_)));
    if let Some(one) = known.filter(|_| request.file.meeting.is_none()) {
        return Err(Error::Invalid(format!(
            "a new meeting has no participant yet who {} could be",
            one.name
        )));
    }
    let chosen = chosen(&taken, &choices)?;
    let (meeting, more) = put(archive, &request.file, &taken, &chosen)?;
    let name = &request.file.name;
    Ok(Imported {
        meeting,
        done: match request.file.meeting {
            Some(_) => format!("{name} imported"),
            None => format!("{name} imported as a new meeting; to delete it takes that back"),
        },
        problems: told(taken.problems.iter().chain(&more)).0,
    })
}

/// Puts it where it is to go, as one action.
fn put(archive: &mut Archive, file: &ImportFile, taken: &Taken, chosen: &Chosen) -> Result<(MeetingId, Vec<Problem>)> {
    match file.meeting {
        Some(meeting) => {
            into_existing_chosen(archive, meeting, &taken.plan, &file.name, chosen).map(|problems| (meeting, problems))
        }
        None => as_new_chosen(archive, &taken.plan, chosen),
    }
}

fn taken(archive: &Archive, file: &ImportFile) -> Result<Taken> {
    // Four letters for three bytes: what is too long is not even unpacked.
    if file.bytes.len() / 4 > LARGEST / 3 + 1 {
        return Err(too_large(&file.name));
    }
    let bytes = STANDARD.decode(&file.bytes);
    let bytes = bytes.map_err(|error| Error::Invalid(format!("the file did not come through whole: {error}")))?;
    if bytes.len() > LARGEST {
        return Err(too_large(&file.name));
    }
    let kind = match file.kind.as_deref().filter(|word| !word.is_empty()) {
        Some(word) => {
            let kind = Kind::of(word);
            Some(kind.ok_or_else(|| Error::Invalid(format!("\"{word}\" is no kind of file that can be imported")))?)
        }
        None => None,
    };
    let zone = match file.zone.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => {
            let zone = name.parse();
            Some(zone.map_err(|_| Error::Invalid(format!("\"{name}\" is no time zone; write Europe/Paris or UTC")))?)
        }
        None => None,
    };
    let lent = match file.meeting {
        Some(meeting) => Some(known(archive, meeting)?),
        None => None,
    };
    let given = Given {
        zone: zone.or(lent.as_ref().and_then(|lent| lent.zone)),
        starts: lent.as_ref().and_then(|lent| lent.starts),
        ..Given::new(&file.name, archive.env())
    };
    take(&bytes, kind, &given)
}

/// The people of the file, each beside the participants whom they may be.
fn people(taken: &Taken, before: Option<&Record>) -> Vec<ImportPerson> {
    let nobody = Vec::new();
    let roster = before.map_or(&nobody, |record| &record.participants);
    let mut same: HashMap<String, Vec<u32>> = HashMap::new();
    for (of, person) in (0..).zip(&taken.plan.participants) {
        same.entry(folded(&person.name)).or_default().push(of);
    }
    let by_id: HashMap<_, _> = roster.iter().map(|person| (person.id, person)).collect();
    let rows = (0..).zip(taken.plan.participants.iter().zip(fits(&taken.plan, roster)));
    rows.map(|(of, (person, fit))| {
        let by = fit.as_ref().map(|fit| fit.by);
        let found = fit.map(|fit| fit.fits).unwrap_or_default();
        let fits: Vec<ImportCandidate> = found
            .iter()
            .filter_map(|id| by_id.get(id))
            .map(|known| candidate(known))
            .collect();
        let again = same.get(&folded(&person.name)).into_iter().flatten();
        ImportPerson {
            of,
            name: person.name.clone(),
            roles: person.roles.clone(),
            group: person.group.clone(),
            email: person.email.clone(),
            nature: person.nature.clone(),
            stretches: u32::try_from(person.presence.len()).unwrap_or(u32::MAX),
            proposed: match (by, fits.as_slice()) {
                (Some(By::Address | By::Name | By::Alias), [one, ..]) => ImportAs::Participant(one.participant),
                _ => ImportAs::New,
            },
            fits,
            by: by.map(|by| match by {
                By::Address => ImportFit::Address,
                By::Name => ImportFit::Name,
                By::Alias => ImportFit::Alias,
                By::Likeness => ImportFit::Likeness,
            }),
            again: again.copied().filter(|other| *other != of).collect(),
        }
    })
    .collect()
}

fn candidate(known: &Participant) -> ImportCandidate {
    ImportCandidate {
        participant: known.id,
        name: known.name.clone(),
        beside: known.roles.first().unwrap_or(&known.group).clone(),
    }
}

fn proposed(person: &ImportPerson) -> ImportChoice {
    ImportChoice {
        of: person.of,
        name: person.name.clone(),
        becomes: person.proposed,
    }
}

/// What was chosen, by the ids that the file's people have this time.
fn chosen(taken: &Taken, choices: &[ImportChoice]) -> Result<Chosen> {
    let mut chosen = Chosen::new();
    for choice in choices {
        let place = usize::try_from(choice.of).unwrap_or(usize::MAX);
        let person = taken.plan.participants.get(place);
        let person = person.filter(|person| person.name == choice.name);
        let person = person.ok_or_else(|| another(&choice.name))?;
        let becomes = match choice.becomes {
            ImportAs::New => Becomes::New,
            ImportAs::LeftOut => Becomes::LeftOut,
            ImportAs::Participant(id) => Becomes::Known(id),
        };
        chosen.insert(person.id, becomes);
    }
    Ok(chosen)
}

fn another(name: &str) -> Error {
    Error::Invalid(format!(
        "{name} is not where they were when the file was looked at; nothing was imported. Look at it again"
    ))
}

fn in_words(kind: Kind) -> ImportKind {
    ImportKind {
        word: kind.word().to_owned(),
        label: kind.to_string(),
    }
}

fn told<'a>(problems: impl Iterator<Item = &'a Problem>) -> (Vec<ImportProblem>, u32) {
    let mut all: Vec<ImportProblem> = problems
        .map(|problem| ImportProblem {
            line: problem.line,
            message: problem.message.clone(),
        })
        .collect();
    all.sort_by_key(|problem| problem.line);
    let more = all.len().saturating_sub(MOST_PROBLEMS);
    all.truncate(MOST_PROBLEMS);
    (all, u32::try_from(more).unwrap_or(u32::MAX))
}
