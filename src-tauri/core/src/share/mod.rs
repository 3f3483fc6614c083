//! Two laptops, one truth: a meeting shared between archives.
//!
//! What was written goes out in signed *parcels* of changes, and who belongs to the meeting in signed *statements*; both
//! are sealed before they leave. Any archive hands on all that it holds, whoever wrote it, so that neither a hub nor
//! any one laptop is needed for the others to come to the same.

mod again;
mod bytes;
mod exchange;
mod file;
mod incoming;
mod invitation;
mod keys;
mod local;
mod members;
pub mod memory;
mod outgoing;
mod parcel;
mod presence;
mod seal;
mod series;
mod statement;
#[cfg(test)]
mod tests;
pub mod wire;

pub use exchange::{Exchanged, Follower, Step, exchange};
pub use file::{Contents, export_file, merge_file};
pub use incoming::{Taken, receive};
pub use invitation::Invitation;
pub use keys::{Identity, Key, PublicKey, Signed, SigningSecret};
pub use members::{Members, Root};
pub use presence::{Present, Whereabouts};
pub use statement::{Limit, Says, Statement};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::archive::{Archive, Received, Recovered, last_logged};
use crate::document::Part;
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::share::{Invited, LogLine, Member, Role, SetAside, ShareState, Standing};
use crate::model::{AuthorId, MeetingId};
use crate::store::queries;
use crate::store::share::{self as rows, ShareRow, Someone};

use local::Local;
use statement::{fitting_name, grant};
use wire::Address;

/// One transaction on what is kept of a shared meeting. None of these touches a document, so that none is refused.
fn transact<R>(
    archive: &mut Archive,
    meeting: MeetingId,
    act: impl FnOnce(&mut crate::archive::Receiving<'_>) -> Result<R>,
) -> Result<R> {
    match archive.receive(meeting, act)? {
        Received::Done(answer) => Ok(answer),
        Received::Refused => Err(Error::Internal("a statement was refused".to_owned())),
    }
}

/// Saves what can be read of a damaged file into a new archive, which is checked before it gets its name. Where that file
/// cannot say any more who it is in shared meetings, the new archive keeps them, with what was not sent yet, and is a new
/// member as soon as it joins them by a new invitation.
///
/// # Errors
/// [`Error::Invalid`] when `target` exists, [`Error::Damaged`] when nothing at all can be read, [`Error::Newer`] and
/// [`Error::NotAnArchive`] for another kind of file, and whatever writing meets. Then there is no new file.
pub fn recover(path: &Path, target: &Path, env: &Arc<dyn Env>) -> Result<Recovered> {
    crate::archive::recover(path, target, env, || {
        let fresh = Identity::fresh(env.as_ref())?;
        let (signing, boxed) = fresh.halves();
        Ok(Someone {
            signing: signing.bytes().to_vec(),
            boxed: boxed.bytes().to_vec(),
            author: fresh.signing.public().author(),
        })
    })
}

/// Shares a meeting: this archive is its owner from now on, under this name. `servers` is where the laptops meet; none =
/// by file only. One that is shared already stays as it is, and only meets elsewhere.
///
/// # Errors
/// [`Error::NotFound`] for no such meeting, and whatever writing meets.
pub fn share(archive: &mut Archive, meeting: MeetingId, servers: &[String], name: &str) -> Result<()> {
    queries::meeting(archive.conn(), meeting)?;
    let (me, name) = (archive.author(), fitting_name(name));
    transact(archive, meeting, |receiving| {
        let conn = receiving.conn();
        if let Some(mut row) = rows::share(conn, meeting)? {
            servers.clone_into(&mut row.servers);
            return rows::set_share(conn, &row);
        }
        let identity = local::identity(conn, receiving.env())?;
        let first = Key::fresh(receiving.env())?;
        let internal = Key::fresh(receiving.env())?;
        let row = ShareRow {
            meeting,
            me,
            role: Role::Owner,
            standing: Standing::Good,
            owner: me,
            owner_key: identity.signing.public().0.to_vec(),
            first_key: first.bytes().to_vec(),
            servers: servers.to_vec(),
            credentials: String::new(),
            authority: String::new(),
        };
        rows::set_share(conn, &row)?;
        let mut local = Local::load(conn, meeting)?;
        local.add_key(conn, false, 0, &first)?;
        local.add_key(conn, true, 0, &internal)?;
        let also = rows::authors(conn, meeting)?;
        let says = Says::Founded {
            box_key: identity.box_key(),
            name,
            also: also.into_iter().filter(|author| *author != me).collect(),
        };
        local.say(conn, says)?;
        Ok(())
    })
}

fn require_owner(local: &Local) -> Result<()> {
    if local.is_owner() {
        Ok(())
    } else {
        Err(Error::Invalid(
            "only the owner of a shared meeting invites and withdraws. Nothing was changed".to_owned(),
        ))
    }
}

fn text_of(local: &Local, secret: SigningSecret, role: Role) -> Result<String> {
    let lost = || Error::Internal("the owner of a meeting has lost its keys".to_owned());
    let (epoch, current) = local.newest(false).ok_or_else(lost)?;
    let (_, internal) = local.newest(true).ok_or_else(lost)?;
    let invitation = Invitation {
        meeting: local.meeting(),
        servers: local.row.servers.clone(),
        role,
        root: local.root,
        first: Key::of(&local.row.first_key).ok_or_else(lost)?,
        epoch,
        current: current.clone(),
        internal: role
            .reads(crate::model::share::Lane::Internal)
            .then(|| internal.clone()),
        secret,
    };
    Ok(invitation.text())
}

/// Makes an invitation; whoever has its text can join in this role. Only for the owner of a shared meeting.
///
/// # Errors
/// [`Error::NotFound`] where it is not shared, [`Error::Invalid`] for who is not the owner and for the owner's own role.
pub fn invite(archive: &mut Archive, meeting: MeetingId, role: Role) -> Result<String> {
    if role == Role::Owner {
        return Err(Error::Invalid(
            "a meeting has one owner; invite a scribe, an editor or an observer".to_owned(),
        ));
    }
    transact(archive, meeting, |receiving| {
        let conn = receiving.conn();
        let mut local = Local::load(conn, meeting)?;
        require_owner(&local)?;
        let secret = SigningSecret::fresh(receiving.env())?;
        rows::add_invitation(conn, meeting, secret.bytes())?;
        let invitation = secret.public();
        local.say(conn, Says::Invited { invitation, role })?;
        text_of(&local, secret, role)
    })
}

/// Joins a meeting by an invitation's text, under this name; answers which it is. The meeting comes with the first exchange.
///
/// # Errors
/// [`Error::Invalid`] for a damaged text, and for a meeting that is in this archive by itself.
pub fn join(archive: &mut Archive, text: &str, name: &str) -> Result<MeetingId> {
    let invitation = Invitation::read(text)?;
    let (meeting, name) = (invitation.meeting, fitting_name(name));
    transact(archive, meeting, |receiving| {
        let conn = receiving.conn();
        let identity = local::identity(conn, receiving.env())?;
        if rows::share(conn, meeting)?.is_none() {
            if last_logged(conn, (meeting, Part::Meeting))? > 0 {
                return Err(Error::Invalid(
                    "this meeting is in the archive already, as a copy of its own that is not shared. Delete or export that one first; nothing was changed"
                        .to_owned(),
                ));
            }
            let row = ShareRow {
                meeting,
                me: identity.signing.public().author(),
                role: invitation.role,
                standing: Standing::Good,
                owner: invitation.root.owner,
                owner_key: invitation.root.key.0.to_vec(),
                first_key: invitation.first.bytes().to_vec(),
                servers: invitation.servers.clone(),
                credentials: String::new(),
                authority: String::new(),
            };
            rows::set_share(conn, &row)?;
        }
        let mut local = Local::load(conn, meeting)?;
        if local.root != invitation.root {
            return Err(Error::Invalid(
                "this invitation is of somebody else than the owner of this meeting. Nothing was changed".to_owned(),
            ));
        }
        if local.is_owner() {
            return Err(Error::Invalid(
                "this meeting is your own; the invitation is for others. Nothing was changed".to_owned(),
            ));
        }
        // A second invitation may let do more, or may let come back.
        let is_more = invitation.role > local.row.role || local.row.standing != Standing::Good;
        if is_more {
            local.row.role = invitation.role.max(local.row.role);
            local.row.standing = Standing::Good;
            invitation.servers.clone_into(&mut local.row.servers);
            rows::set_share(conn, &local.row)?;
        }
        local.add_key(conn, false, 0, &invitation.first)?;
        local.add_key(conn, false, invitation.epoch, &invitation.current)?;
        if let Some(internal) = &invitation.internal {
            local.add_key(conn, true, invitation.epoch, internal)?;
        }
        let (key, box_key) = (local.identity.signing.public(), local.identity.box_key());
        let says = Says::Joined {
            invitation: invitation.secret.public(),
            grant: grant(&invitation.secret, meeting, local.row.me, &key, &box_key),
            box_key,
            name,
        };
        local.say(conn, says)?;
        local.take_keys(conn)?;
        Ok(meeting)
    })
}

/// Whom a withdrawal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// An invitation, and whoever came by it.
    Invitation(PublicKey),
    /// One member, however they came.
    Member(AuthorId),
}

/// Withdraws an invitation or a member. What they wrote before stands; what follows is sealed with a new key, which those
/// who stay are handed.
///
/// # Errors
/// As [`invite`], and [`Error::NotFound`] for whom there is not.
pub fn withdraw(archive: &mut Archive, meeting: MeetingId, whom: Whom) -> Result<()> {
    transact(archive, meeting, |receiving| {
        let conn = receiving.conn();
        let mut local = Local::load(conn, meeting)?;
        require_owner(&local)?;
        // What this archive holds of theirs by now stands.
        outgoing::pack(receiving, &local)?;
        let unknown = || Error::NotFound("there is no such invitation or member. Nothing was changed".to_owned());
        let known = &local.members.known;
        let (invitation, members, authors) = match whom {
            Whom::Invitation(key) => {
                if !local.members.invitations.contains_key(&key) {
                    return Err(unknown());
                }
                let by_it = known.iter().filter(|(_, known)| known.grants.contains_key(&key));
                (Some(key), Vec::new(), by_it.map(|(author, _)| *author).collect())
            }
            Whom::Member(author) => {
                let found = known.get(&author).filter(|_| author != local.root.owner);
                let grants = found.ok_or_else(unknown)?.grants.keys();
                (None, grants.map(|by| (author, *by)).collect(), vec![author])
            }
        };
        let mut limits = Vec::new();
        for author in authors {
            for (lane, actor, seq) in rows::actors_of(conn, meeting, author)? {
                limits.push(Limit { lane, actor, seq });
            }
        }
        let says = Says::Withdrawn {
            invitation,
            members,
            limits,
        };
        local.say(conn, says)?;
        local.rekey(conn, receiving.env())
    })
}

/// Where the laptops of a meeting meet; none where it is shared by file only.
///
/// # Errors
/// [`Error::NotFound`] where it is not shared.
pub fn address(archive: &Archive, meeting: MeetingId) -> Result<Option<Address>> {
    let local = Local::load(archive.conn(), meeting)?;
    let path = |text: &String| (!text.is_empty()).then(|| PathBuf::from(text));
    let tag = crate::model::share::MessageId(local.tag).to_string();
    Ok((!local.row.servers.is_empty()).then(|| Address {
        servers: local.row.servers.clone(),
        credentials: path(&local.row.credentials),
        authority: path(&local.row.authority),
        tag,
    }))
}

/// Changes where the laptops of a meeting meet, for this archive: the servers, a file of credentials, a file with the
/// certificate of the hub's authority (empty = none).
///
/// # Errors
/// [`Error::NotFound`] where it is not shared.
pub fn set_address(
    archive: &mut Archive,
    meeting: MeetingId,
    servers: &[String],
    credentials: &str,
    authority: &str,
) -> Result<()> {
    transact(archive, meeting, |receiving| {
        let mut local = Local::load(receiving.conn(), meeting)?;
        servers.clone_into(&mut local.row.servers);
        credentials.clone_into(&mut local.row.credentials);
        authority.clone_into(&mut local.row.authority);
        rows::set_share(receiving.conn(), &local.row)
    })
}

/// How the sharing of a meeting stands; none where it is not shared.
///
/// # Errors
/// When the file cannot be read.
pub fn state(archive: &Archive, meeting: MeetingId) -> Result<Option<ShareState>> {
    let conn = archive.conn();
    let Some(local) = Local::find(conn, meeting)? else {
        return Ok(None);
    };
    let members = local.members.known.iter().map(|(author, known)| Member {
        author: *author,
        name: known.name.clone(),
        role: known.role().or(known.highest()).unwrap_or(Role::Observer),
        standing: if known.role().is_some() {
            Standing::Good
        } else {
            Standing::Withdrawn
        },
        me: *author == local.row.me,
    });
    let mut texts = std::collections::BTreeMap::new();
    for secret in rows::invitations(conn, meeting)? {
        if let Some(secret) = SigningSecret::of(&secret) {
            texts.insert(secret.public(), secret);
        }
    }
    let mut invitations = Vec::new();
    for (key, open) in local.members.invitations.iter().filter(|_| local.is_owner()) {
        let by_it = local
            .members
            .known
            .iter()
            .filter(|(_, known)| known.grants.contains_key(key));
        let text = match texts.remove(key).filter(|_| open.standing == Standing::Good) {
            Some(secret) => Some(text_of(&local, secret, open.role)?),
            None => None,
        };
        invitations.push(Invited {
            key: key.to_string(),
            role: open.role,
            standing: open.standing,
            members: by_it.map(|(author, _)| *author).collect(),
            text,
        });
    }
    Ok(Some(ShareState {
        meeting,
        role: local.row.role,
        standing: local.row.standing,
        servers: local.row.servers.clone(),
        credentials: local.row.credentials.clone(),
        authority: local.row.authority.clone(),
        members: members.collect(),
        invitations,
        waiting: exchange::waiting(archive, &local.row)?,
        contact: rows::contact(conn, meeting)?,
        aside: rows::count_aside(conn, meeting)?,
    }))
}

/// The shared meetings of this archive.
///
/// # Errors
/// When the file cannot be read; so for all here.
pub fn shares(archive: &Archive) -> Result<Vec<MeetingId>> {
    rows::shares(archive.conn())
}

/// What was received of a meeting and not applied, the newest first.
///
/// # Errors
/// As [`shares`].
pub fn aside(archive: &Archive, meeting: MeetingId) -> Result<Vec<SetAside>> {
    let local = Local::load(archive.conn(), meeting)?;
    let mut aside = rows::aside(archive.conn(), meeting)?;
    for one in &mut aside {
        let known = one.sender.and_then(|sender| local.members.known.get(&sender));
        one.name = known.map(|known| known.name.clone()).unwrap_or_default();
    }
    Ok(aside)
}

/// What happened between this archive and the hub, the newest first: times and numbers, no word of a meeting.
///
/// # Errors
/// As [`shares`].
pub fn log(archive: &Archive, meeting: MeetingId) -> Result<Vec<LogLine>> {
    rows::log_lines(archive.conn(), meeting)
}
