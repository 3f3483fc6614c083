//! What the commands do with a shared meeting in the archive. The wire is not among them: who holds it follows the meeting
//! beside these.

use std::path::Path;

use super::types::*;
use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::model::MeetingId;
use crate::model::share::{LogLine, SetAside, ShareState};
use crate::share::{self, Contents, PublicKey, Whom};

fn shared(archive: &Archive, meeting: MeetingId) -> Result<ShareState> {
    share::state(archive, meeting)?.ok_or_else(|| Error::NotFound("this meeting is not shared".to_owned()))
}

pub(in crate::api) fn share_state(archive: &mut Archive, request: MeetingRequest) -> Result<Option<ShareState>> {
    share::state(archive, request.meeting)
}

pub(in crate::api) fn share_meeting(archive: &mut Archive, request: ShareRequest) -> Result<ShareState> {
    share::share(archive, request.meeting, &request.servers, &request.name)?;
    shared(archive, request.meeting)
}

pub(in crate::api) fn share_invite(archive: &mut Archive, request: ShareInviteRequest) -> Result<InvitationText> {
    let text = share::invite(archive, request.meeting, request.role)?;
    Ok(InvitationText { text })
}

pub(in crate::api) fn share_withdraw(archive: &mut Archive, request: ShareWithdrawRequest) -> Result<ShareState> {
    let whom = match request.whom {
        WithdrawWhom::Invitation { key } => PublicKey::read(&key).map(Whom::Invitation),
        WithdrawWhom::Member { author } => Some(Whom::Member(author)),
    };
    let whom = whom.ok_or_else(|| Error::Invalid("this is no key of an invitation".to_owned()))?;
    share::withdraw(archive, request.meeting, whom)?;
    shared(archive, request.meeting)
}

pub(in crate::api) fn share_join(archive: &mut Archive, request: ShareJoinRequest) -> Result<MeetingId> {
    share::join(archive, &request.text, &request.name)
}

pub(in crate::api) fn share_address(archive: &mut Archive, request: ShareAddressRequest) -> Result<ShareState> {
    let (credentials, authority) = (&request.credentials, &request.authority);
    share::set_address(archive, request.meeting, &request.servers, credentials, authority)?;
    shared(archive, request.meeting)
}

pub(in crate::api) fn share_aside(archive: &mut Archive, request: MeetingRequest) -> Result<Vec<SetAside>> {
    share::aside(archive, request.meeting)
}

pub(in crate::api) fn share_log(archive: &mut Archive, request: MeetingRequest) -> Result<Vec<LogLine>> {
    share::log(archive, request.meeting)
}

pub(in crate::api) fn share_to_file(archive: &mut Archive, request: ShareFileRequest) -> Result<SharedFile> {
    let contents = Contents {
        invite: request.invite,
        internal: request.internal,
    };
    let messages = share::export_file(archive, request.meeting, Path::new(&request.path), contents)?;
    Ok(SharedFile {
        messages: u32::try_from(messages).unwrap_or(u32::MAX),
    })
}

pub(in crate::api) fn share_from_file(archive: &mut Archive, request: SharedFileRequest) -> Result<SharedFileTaken> {
    let (meeting, taken) = share::merge_file(archive, Path::new(&request.path), &request.name)?;
    Ok(SharedFileTaken {
        meeting,
        changes: u32::try_from(taken.changes).unwrap_or(u32::MAX),
        aside: u32::try_from(taken.aside.values().sum::<usize>()).unwrap_or(u32::MAX),
    })
}
