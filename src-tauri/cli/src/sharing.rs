//! Sharing a meeting with other laptops: over a hub, or by file.

mod following;

use std::io::{self, Read as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use minuta_core::model::MeetingId;
use minuta_core::model::share::{self as model, ShareState, Standing};
use minuta_core::share::wire::Address;
use minuta_core::share::{self, Contents, Exchanged, PublicKey, Taken, Whom};
use minuta_core::{Archive, Error};
use minuta_wire::NatsWire;

use crate::note;

/// What to do with a shared meeting.
#[derive(Debug, Subcommand)]
pub(crate) enum Sharing {
    /// Shares a meeting and prints an invitation to it: a secret, which lets in whoever has it.
    Share {
        /// The meeting.
        meeting: String,
        /// A server of the hub where the laptops meet, as `nats://hub.example.org:4222`; several for a cluster. Without
        /// one, the meeting goes by file alone, or over the hub that it is shared over already.
        #[arg(long, value_name = "URL")]
        hub: Vec<String>,
        /// What the invitation lets do.
        #[arg(long, value_enum, default_value_t = Role::Scribe)]
        role: Role,
        #[command(flatten)]
        entry: Entry,
        #[command(flatten)]
        own: Own,
    },
    /// Joins a shared meeting by an invitation, fetches it, and prints its id.
    Join {
        /// The invitation, `minuta:join/…`; `-` reads it from standard input, so that no list of processes shows it.
        invitation: String,
        #[command(flatten)]
        entry: Entry,
        #[command(flatten)]
        own: Own,
    },
    /// Brings a shared meeting together with what the hub holds; prints how much was sent, received, and set aside.
    Sync {
        /// The meeting.
        meeting: String,
        /// Goes on until it is ended: what is done here is sent, and what arrives is taken in, at once.
        #[arg(long)]
        follow: bool,
        #[command(flatten)]
        entry: Entry,
    },
    /// Writes a shared meeting into one file, sealed, for a stick or an e-mail.
    ExportFile {
        /// The meeting.
        meeting: String,
        /// The new file; by custom it ends in .minuta.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Puts an invitation in: whoever has the file can then read it, and joins in this role. Without it, only those
        /// who have joined already can.
        #[arg(long, value_enum, value_name = "ROLE")]
        invite: Option<Role>,
        /// Takes in what is off the record too.
        #[arg(long)]
        internal: bool,
    },
    /// Takes in what a file of a shared meeting holds and is not here yet; prints the meeting's id.
    Merge {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        own: Own,
    },
    /// Who belongs to a shared meeting: ID, role, standing, name; then the invitations.
    Members {
        /// The meeting.
        meeting: String,
        /// As JSON, with what waits to be sent and when the hub was last reached.
        #[arg(long)]
        json: bool,
    },
    /// Ends a member's or an invitation's right; what follows is sealed with a new key, given to those who stay.
    Withdraw {
        /// The meeting.
        meeting: String,
        /// The member or the invitation: the id that `members` prints, or its beginning.
        whom: String,
    },
    /// What arrived and was not applied: time, lane, reason, from whom.
    Aside {
        /// The meeting.
        meeting: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// When there was contact with the hub, why it was lost, how much went either way; the newest first.
    Connections {
        /// The meeting.
        meeting: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// How one gets in to the hub. It is remembered for the meeting.
#[derive(Debug, ClapArgs)]
pub(crate) struct Entry {
    /// What the hub knows you by: a file with a line USER:PASSWORD, with the seed of a key, or a .creds of NATS.
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
    /// The certificate of the authority that vouches for the hub, where the system does not know it.
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
}

/// Who one is to the others.
#[derive(Debug, ClapArgs)]
pub(crate) struct Own {
    /// The name under which the others see you.
    #[arg(long, env = "MINUTA_NAME", default_value = "")]
    name: String,
}

/// What an invitation lets do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Reads and writes everything, off the record too.
    Scribe,
    /// Reads and writes all but what is off the record.
    Editor,
    /// Reads all but what is off the record.
    Observer,
}

impl From<Role> for model::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Scribe => Self::Scribe,
            Role::Editor => Self::Editor,
            Role::Observer => Self::Observer,
        }
    }
}

/// Does it.
pub(crate) fn run(archive: &mut Archive, what: Sharing, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    match what {
        Sharing::Share {
            meeting,
            hub,
            role,
            entry,
            own,
        } => {
            let meeting = archive.meeting_by_prefix(&meeting)?;
            let known = share::state(archive, meeting)?.map(|state| state.servers);
            let servers = if hub.is_empty() { known.unwrap_or_default() } else { hub };
            share::share(archive, meeting, &servers, &own.name)?;
            entry.remember(archive, meeting)?;
            let invitation = share::invite(archive, meeting, role.into())?;
            writeln!(out, "{invitation}")?;
            out.flush()?;
            if let Err(error) = fetch(archive, meeting) {
                // The invitation holds all the same.
                note(&format!("{error:#}"));
            }
        }
        Sharing::Join { invitation, entry, own } => return join(archive, &invitation, &entry, &own, out),
        Sharing::Sync { meeting, follow, entry } => {
            let meeting = shared(archive, &meeting)?;
            entry.remember(archive, meeting)?;
            note_standing(archive, meeting)?;
            if follow {
                return following::follow_on(archive, meeting, out);
            }
            let exchanged = fetch(archive, meeting)?.context(NO_HUB)?;
            writeln!(out, "{}", told(exchanged.sent, &exchanged.taken))?;
        }
        Sharing::ExportFile {
            meeting,
            to,
            invite,
            internal,
        } => {
            let meeting = shared(archive, &meeting)?;
            let contents = Contents {
                invite: invite.map(Into::into),
                internal,
            };
            share::export_file(archive, meeting, &to, contents)?;
        }
        Sharing::Merge { file, own } => {
            let (meeting, taken) = share::merge_file(archive, &file, &own.name)?;
            writeln!(out, "{meeting}")?;
            note(&received(&taken));
        }
        Sharing::Members { meeting, json } => {
            let state = state(archive, &meeting)?;
            if json {
                writeln!(out, "{}", serde_json::to_string_pretty(&state)?)?;
            } else {
                members(&state, out)?;
            }
        }
        Sharing::Withdraw { meeting, whom } => {
            let state = state(archive, &meeting)?;
            let whom = one_of(&state, &whom)?;
            share::withdraw(archive, state.meeting, whom)?;
            if let Err(error) = fetch(archive, state.meeting) {
                note(&format!("{error:#}"));
            }
        }
        Sharing::Aside { meeting, json } => {
            let meeting = shared(archive, &meeting)?;
            let aside = share::aside(archive, meeting)?;
            if json {
                writeln!(out, "{}", serde_json::to_string_pretty(&aside)?)?;
                return Ok(ExitCode::SUCCESS);
            }
            for one in aside {
                let from = if one.name.is_empty() { "-" } else { &one.name };
                writeln!(out, "{}\t{}\t{}\t{from}", one.at.to_rfc3339(), one.lane, one.reason)?;
            }
        }
        Sharing::Connections { meeting, json } => {
            let meeting = shared(archive, &meeting)?;
            let log = share::log(archive, meeting)?;
            if json {
                writeln!(out, "{}", serde_json::to_string_pretty(&log)?)?;
                return Ok(ExitCode::SUCCESS);
            }
            for line in log {
                writeln!(out, "{}\t{}", line.at.to_rfc3339(), line.event)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

const NO_HUB: &str = "this meeting is shared by file only; `share MEETING --hub URL` names a hub";

impl Entry {
    /// Keeps the files for this meeting, where any was named. Their whole paths: the next call may be from elsewhere.
    fn remember(&self, archive: &mut Archive, meeting: MeetingId) -> anyhow::Result<()> {
        let whole = |file: &Option<PathBuf>| -> anyhow::Result<Option<PathBuf>> {
            let whole = file.as_ref().map(|file| {
                file.canonicalize()
                    .with_context(|| format!("{} cannot be found", file.display()))
            });
            whole.transpose()
        };
        let (credentials, authority) = (whole(&self.credentials)?, whole(&self.authority)?);
        if credentials.is_none() && authority.is_none() {
            return Ok(());
        }
        let known = share::address(archive, meeting)?.context(NO_HUB)?;
        let text = |new: Option<PathBuf>, known: Option<PathBuf>| {
            let file = new.or(known).unwrap_or_default();
            file.to_str()
                .map(str::to_owned)
                .context("the path of a file is no text")
        };
        let (credentials, authority) = (text(credentials, known.credentials)?, text(authority, known.authority)?);
        share::set_address(archive, meeting, &known.servers, &credentials, &authority)?;
        Ok(())
    }
}

fn wire(address: Address) -> anyhow::Result<NatsWire> {
    Ok(NatsWire::new(address).map_err(Error::from)?)
}

/// One complete exchange with the hub; none where the meeting has none.
fn fetch(archive: &mut Archive, meeting: MeetingId) -> anyhow::Result<Option<Exchanged>> {
    let Some(address) = share::address(archive, meeting)? else {
        return Ok(None);
    };
    let mut wire = wire(address)?;
    Ok(Some(share::exchange(archive, meeting, &mut wire)?))
}

fn join(
    archive: &mut Archive,
    invitation: &str,
    entry: &Entry,
    own: &Own,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let mut text = invitation.to_owned();
    if invitation == "-" {
        text.clear();
        io::stdin().read_to_string(&mut text)?;
    }
    let meeting = share::join(archive, &text, &own.name)?;
    entry.remember(archive, meeting)?;
    writeln!(out, "{meeting}")?;
    out.flush()?;
    match fetch(archive, meeting) {
        Ok(Some(exchanged)) => {
            note(&received(&exchanged.taken));
            Ok(ExitCode::SUCCESS)
        }
        Ok(None) => {
            note("this meeting is shared by file only: `merge FILE` takes in what it holds");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            note(&format!(
                "joined, but nothing was fetched yet (`sync` tries again): {error:#}"
            ));
            Ok(ExitCode::from(1))
        }
    }
}

/// Says so where nothing written here goes out.
fn note_standing(archive: &Archive, meeting: MeetingId) -> anyhow::Result<()> {
    let Some(state) = share::state(archive, meeting)? else {
        return Ok(());
    };
    match state.standing {
        Standing::Good => {}
        Standing::Withdrawn => note("your right in this meeting was withdrawn: what is written here stays here"),
        Standing::Unproved => note(&format!(
            "this archive cannot prove any more who it is in this meeting. Ask its owner for a new invitation and `join` \
             again; what was not sent ({} so far) is kept and goes out then",
            state.waiting
        )),
    }
    Ok(())
}

/// sent 2, received 5, set aside 1 (forged)
fn told(sent: usize, taken: &Taken) -> String {
    format!("sent {sent}, {}", received(taken))
}

fn received(taken: &Taken) -> String {
    let mut words = format!("received {}", taken.changes + taken.statements);
    for (reason, count) in &taken.aside {
        words.push_str(&format!(", set aside {count} ({reason})"));
    }
    words
}

/// The meeting that is typed; also one that was joined and of which nothing has come yet.
fn shared(archive: &Archive, typed: &str) -> anyhow::Result<MeetingId> {
    let unknown = match archive.meeting_by_prefix(typed) {
        Ok(meeting) => return Ok(meeting),
        Err(error) => error,
    };
    let mut joined = share::shares(archive)?;
    joined.retain(|meeting| meeting.to_string().starts_with(&typed.to_lowercase()));
    match joined.as_slice() {
        [meeting] if !typed.is_empty() => Ok(*meeting),
        _ => Err(unknown.into()),
    }
}

fn state(archive: &Archive, meeting: &str) -> anyhow::Result<ShareState> {
    let meeting = shared(archive, meeting)?;
    share::state(archive, meeting)?.context("this meeting is not shared")
}

fn members(state: &ShareState, out: &mut dyn Write) -> anyhow::Result<()> {
    for member in &state.members {
        let me = if member.me { " (you)" } else { "" };
        let standing = standing(member.standing);
        writeln!(
            out,
            "{}\t{}\t{standing}\t{}{me}",
            member.author, member.role, member.name
        )?;
    }
    for invited in &state.invitations {
        let members = match invited.members.len() {
            1 => "1 member".to_owned(),
            count => format!("{count} members"),
        };
        let standing = standing(invited.standing);
        writeln!(
            out,
            "{}\t{}\t{standing}\tan invitation, {members}",
            invited.key, invited.role
        )?;
    }
    Ok(())
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Good => "good",
        Standing::Withdrawn => "withdrawn",
        Standing::Unproved => "not known",
    }
}

/// The one member or invitation whose id begins so.
fn one_of(state: &ShareState, typed: &str) -> anyhow::Result<Whom> {
    if typed.is_empty() {
        bail!("say whom: `members` prints the ids");
    }
    let members = state
        .members
        .iter()
        .map(|member| (member.author.to_string(), Whom::Member(member.author)));
    let invitations = state.invitations.iter().filter_map(|invited| {
        let key = PublicKey::read(&invited.key)?;
        Some((invited.key.clone(), Whom::Invitation(key)))
    });
    let found: Vec<Whom> = members
        .chain(invitations)
        .filter(|(id, _)| id.starts_with(typed))
        .map(|(_, whom)| whom)
        .collect();
    match found.as_slice() {
        [whom] => Ok(*whom),
        [] => bail!("no member's or invitation's id begins with \"{typed}\""),
        _ => bail!("more than one id begins with \"{typed}\""),
    }
}
