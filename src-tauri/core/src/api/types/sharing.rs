//! Requests and responses about sharing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::share::{Role, Standing};
use crate::model::{AuthorId, MeetingId};
use crate::share::Present;

/// Shares a meeting, or changes where a shared one meets.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShareRequest {
    /// The meeting.
    pub meeting: MeetingId,
    /// The hub's servers; none = by file only.
    pub servers: Vec<String>,
    /// The name under which others see this archive's user.
    pub name: String,
}

/// Makes an invitation.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShareInviteRequest {
    /// The meeting.
    pub meeting: MeetingId,
    /// As what one joins by it.
    pub role: Role,
}

/// An invitation's text.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct InvitationText {
    /// The text; whoever has it can join.
    pub text: String,
}

/// Whom a withdrawal is about.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WithdrawWhom {
    /// An invitation, and whoever came by it.
    Invitation {
        /// Its key.
        key: String,
    },
    /// One member.
    Member {
        /// Who.
        author: AuthorId,
    },
}

/// Withdraws an invitation or a member.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShareWithdrawRequest {
    /// The meeting.
    pub meeting: MeetingId,
    /// Whom.
    pub whom: WithdrawWhom,
}

/// Joins a meeting.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShareJoinRequest {
    /// The invitation's text, as pasted.
    pub text: String,
    /// The name under which others see this archive's user.
    pub name: String,
}

/// Says where the laptops of a meeting meet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShareAddressRequest {
    /// The meeting.
    pub meeting: MeetingId,
    /// The hub's servers.
    pub servers: Vec<String>,
    /// A file of credentials; empty = none.
    pub credentials: String,
    /// A file with the certificate of the hub's authority; empty = the system's.
    pub authority: String,
}

/// Writes a shared meeting into a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShareFileRequest {
    /// The meeting.
    pub meeting: MeetingId,
    /// The new file.
    pub path: String,
    /// Whoever has the file can join in this role; none = for members only.
    pub invite: Option<Role>,
    /// Whether what is off the record goes with it.
    pub internal: bool,
}

/// A file that was written.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SharedFile {
    /// How many messages it holds.
    pub messages: u32,
}

/// Takes in a file with a shared meeting.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SharedFileRequest {
    /// The file.
    pub path: String,
    /// The name under which others see this archive's user, where the file lets join.
    pub name: String,
}

/// What came of a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SharedFileTaken {
    /// Which meeting.
    pub meeting: MeetingId,
    /// How many changes were new.
    pub changes: u32,
    /// How many messages were set aside.
    pub aside: u32,
}

/// How a shared meeting stands that is followed: what the page is told whenever it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Followed {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Whether it has a hub; otherwise it is shared by file only.
    pub hub: bool,
    /// Whether there is contact with the hub.
    pub connected: bool,
    /// Why there is none, in words; empty where that is not known yet.
    pub reason: String,
    /// What this archive may do in it.
    pub role: Role,
    /// Whether that still stands.
    pub standing: Standing,
    /// Who else is here.
    pub present: Vec<Present>,
    /// How many changes of this archive nobody has acknowledged yet.
    pub waiting: u32,
    /// When the hub was last reached, UTC.
    #[ts(type = "string | null")]
    pub contact: Option<DateTime<Utc>>,
    /// How many messages are set aside.
    pub aside: u32,
}
