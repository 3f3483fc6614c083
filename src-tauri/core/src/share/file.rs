//! A shared meeting as one file, for a stick or a letter: the very messages that a hub would hold, sealed as they are
//! there, one after the other. Where the file is to let somebody join, an invitation stands before them.
//!
//! Read again, or after a newer one, it changes nothing; damaged or cut short, it is refused before anything is taken in.

use std::fs::File;
use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::archive::{Archive, Received};
use crate::error::{Error, Result};
use crate::model::MeetingId;
use crate::model::share::{Lane, MessageId, Role};
use crate::store;
use crate::store::share as rows;

use super::bytes::{Reader, put_stretch};
use super::incoming::{Taken, receive};
use super::local::Local;
use super::wire::Arrived;
use super::{join, outgoing, series};

/// How a file begins. The last is its form.
const MARK: &[u8; 16] = b"minuta meeting\x00\x01";
/// A file is no longer than this.
const LONGEST: u64 = 4 << 30;

/// What goes into a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Whoever has the file can join in this role; none = only who belongs to the meeting already can read it.
    pub invite: Option<Role>,
    /// Whether the internal companion goes with it.
    pub internal: bool,
}

/// Writes a shared meeting into a new file; answers how many messages it holds. Where it is to let somebody join, an
/// invitation is made for that.
///
/// # Errors
/// [`Error::Invalid`] when the file exists, or is to hold what its reader may not read; [`Error::NotFound`] where the
/// meeting is not shared; and whatever writing meets. Then there is no new file.
pub fn export_file(archive: &mut Archive, meeting: MeetingId, path: &Path, contents: Contents) -> Result<usize> {
    if path.exists() {
        return Err(Error::Invalid(format!(
            "{} exists already; nothing was written",
            path.display()
        )));
    }
    if contents.internal && contents.invite.is_some_and(|role| !role.reads(Lane::Internal)) {
        return Err(Error::Invalid(
            "what is off the record goes to scribes only; nothing was written".to_owned(),
        ));
    }
    let invitation = match contents.invite {
        Some(role) => super::invite(archive, meeting, role)?,
        None => String::new(),
    };
    super::transact(archive, meeting, |receiving| {
        let local = Local::load(receiving.conn(), meeting)?;
        outgoing::pack(receiving, &local)
    })?;
    let local = Local::load(archive.conn(), meeting)?;
    let unfinished = store::with_suffix(path, ".unfinished");
    let mut sum = Sha256::new();
    let mut count = 0;
    let written = (|| -> Result<()> {
        let failed = || Error::io(format!("{} could not be written", path.display()));
        let mut file = File::create_new(&unfinished).map_err(failed())?;
        let mut put = |bytes: &[u8]| {
            sum.update(bytes);
            file.write_all(bytes).map_err(failed())
        };
        let mut head = MARK.to_vec();
        head.extend_from_slice(meeting.0.as_bytes());
        put_stretch(&mut head, invitation.as_bytes());
        put(&head)?;
        let held = rows::messages(archive.conn(), meeting, false)?;
        for held in held
            .iter()
            .filter(|held| contents.internal || held.lane != Lane::Internal)
        {
            if let Some(message) = outgoing::message(archive.conn(), archive.env(), &local, held)? {
                let mut bytes = vec![message.lane.number()];
                bytes.extend_from_slice(&message.id.0);
                put_stretch(&mut bytes, &message.bytes);
                put(&bytes)?;
                count += 1;
            }
        }
        let sum = std::mem::take(&mut sum).finalize();
        file.write_all(&sum).map_err(failed())?;
        file.sync_all().map_err(failed())
    })();
    let placed = written.and_then(|()| {
        crate::files::put_in_place(&unfinished, path)
            .map_err(Error::io(format!("{} could not be named", path.display())))
    });
    if placed.is_err() {
        // What was written is worth nothing.
        let _ = std::fs::remove_file(&unfinished);
    }
    placed.map(|()| count)
}

/// Takes a file's meeting in: joins it by the file's invitation where it is not in this archive, under this name, and
/// merges it where it is. Answers which meeting, and what came.
///
/// # Errors
/// [`Error::Invalid`] for a file that is none, damaged, cut short, or for those only who belong to the meeting. Nothing is
/// changed then.
pub fn merge_file(archive: &mut Archive, path: &Path, name: &str) -> Result<(MeetingId, Taken)> {
    let bytes = read(path)?;
    let mut reader = Reader(&bytes);
    let cut_short = || damaged(path);
    let meeting = MeetingId(uuid::Uuid::from_bytes(reader.array().ok_or_else(cut_short)?));
    let invitation = reader.stretch().ok_or_else(cut_short)?;
    let invitation = std::str::from_utf8(invitation).map_err(|_| damaged(path))?;
    let mut messages = Vec::new();
    while !reader.0.is_empty() {
        let lane = reader.byte().and_then(Lane::numbered).ok_or_else(cut_short)?;
        let id = MessageId(reader.array().ok_or_else(cut_short)?);
        let bytes = reader.stretch().ok_or_else(cut_short)?.to_vec();
        messages.push(Arrived {
            // A file has no places: nothing in it is where something was refused before.
            place: 0,
            lane,
            id,
            bytes,
        });
    }
    match rows::myself(archive.conn(), meeting)? {
        None if invitation.is_empty() => {
            return Err(Error::Invalid(format!(
                "{} is for those who belong to its meeting already; ask its owner for an invitation. Nothing was changed",
                path.display()
            )));
        }
        None => {
            join(archive, invitation, name)?;
        }
        Some(_) => {}
    }
    let (_, role) = rows::myself(archive.conn(), meeting)?
        .ok_or_else(|| Error::Internal("a meeting that was joined is not there".to_owned()))?;
    messages.retain(|message| role.lanes().contains(&message.lane));
    let taken = receive(archive, meeting, &messages)?;
    forget_sent(archive, meeting, &messages)?;
    series::meet(archive, meeting)?;
    Ok((meeting, taken))
}

/// What came by file is not on any hub for all that is known.
fn forget_sent(archive: &mut Archive, meeting: MeetingId, messages: &[Arrived]) -> Result<()> {
    let noted = archive.receive(meeting, |receiving| {
        messages
            .iter()
            .try_for_each(|message| rows::set_sent(receiving.conn(), meeting, &message.id, false))
    })?;
    match noted {
        Received::Done(()) => Ok(()),
        Received::Refused => Err(Error::Internal("a note was refused".to_owned())),
    }
}

fn damaged(path: &Path) -> Error {
    Error::Invalid(format!(
        "{} is damaged or cut short; nothing of it was taken in",
        path.display()
    ))
}

/// What stands between the mark and the sum of a whole file.
fn read(path: &Path) -> Result<Vec<u8>> {
    let failed = || Error::io(format!("{} could not be read", path.display()));
    let file = File::open(path).map_err(failed())?;
    let mut reader = BufReader::new(file).take(LONGEST);
    let mut mark = [0_u8; 16];
    let is_marked = reader.read_exact(&mut mark).is_ok();
    if !is_marked || mark.split_last().map(|(_, mark)| mark) != MARK.split_last().map(|(_, mark)| mark) {
        return Err(Error::Invalid(format!(
            "{} is no meeting of Minuta; it was left as it is",
            path.display()
        )));
    }
    if mark != *MARK {
        return Err(Error::Invalid(format!(
            "{} was written by a newer Minuta; nothing of it was taken in",
            path.display()
        )));
    }
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(failed())?;
    let (body, sum) = bytes.split_last_chunk::<32>().ok_or_else(|| damaged(path))?;
    let found: [u8; 32] = Sha256::new().chain_update(MARK).chain_update(body).finalize().into();
    if found != *sum {
        return Err(damaged(path));
    }
    bytes.truncate(bytes.len() - 32);
    Ok(bytes)
}
