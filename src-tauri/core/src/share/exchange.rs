//! An exchange with the hub: what each lacks of what the other holds. And following it, live, from then on.
//!
//! The hub's word that it stored something is a hint only. On every contact made anew the two lists are compared, and
//! whatever the hub lacks is published again, whoever wrote it: so a hub that lost its disk is filled by whoever comes.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::archive::{Archive, Received};
use crate::error::{Error, Result};
use crate::model::MeetingId;
use crate::model::share::{Lane, MessageId, Reason, Standing};
use crate::store::share::{self as rows, MessageRow, ShareRow};

use super::again;
use super::incoming::{Taken, receive, retry};
use super::local::Local;
use super::outgoing;
use super::presence::{Presence, Present, Whereabouts};
use super::series;
use super::wire::{Arrived, Cut, Listed, Outgoing, Wire};

/// So many messages are published at one go.
const PUBLISHED: usize = 128;
/// So many bytes are.
const PUBLISHED_BYTES: usize = 4 * 1024 * 1024;
/// So many messages are fetched at one go.
const FETCHED: usize = 512;
/// A comparison is done again at most so often, should more have come meanwhile.
const ROUNDS: usize = 12;
/// While all is well the lists are compared this often too: a message may have been lost on its way.
const COMPARED_EVERY: TimeDelta = TimeDelta::minutes(5);
/// So soon after the last time they are, where a message is spoiled: no flood of such keeps a laptop from its work.
const HELPED_AFTER: TimeDelta = TimeDelta::seconds(2);
/// What goes on live is written into the log this often.
const LOGGED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// What an exchange came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchanged {
    /// How many messages the hub took.
    pub sent: usize,
    /// What came.
    pub taken: Taken,
}

impl Exchanged {
    fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.taken.add(other.taken);
    }
}

impl From<Cut> for Error {
    fn from(cut: Cut) -> Self {
        Self::NoContact(cut.0)
    }
}

/// One complete exchange: afterwards the hub holds all that this archive holds, and the other way round.
///
/// # Errors
/// [`Error::NoContact`] when contact is lost on the way: what was taken in stays, the rest follows the next time. And
/// whatever writing meets.
pub fn exchange(archive: &mut Archive, meeting: MeetingId, wire: &mut dyn Wire) -> Result<Exchanged> {
    wire.contact()?;
    let exchanged = compare(archive, meeting, wire);
    let words = match &exchanged {
        Ok(exchanged) => told(exchanged),
        Err(error) => format!("the exchange broke off: {error}"),
    };
    note(archive, meeting, &words)?;
    exchanged
}

fn told(exchanged: &Exchanged) -> String {
    let mut words = format!(
        "compared with the hub: sent {}, received {}",
        counted(exchanged.sent, "message"),
        counted(exchanged.taken.changes, "change")
    );
    for (reason, count) in &exchanged.taken.aside {
        words.push_str(&format!(", set aside {count} ({reason})"));
    }
    words
}

fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// Writes a line of the connection log. On an archive that cannot be written there is none.
fn note(archive: &Archive, meeting: MeetingId, words: &str) -> Result<()> {
    rows::log(archive.conn(), meeting, archive.now(), words)
}

/// Puts own changes into parcels.
fn pack(archive: &mut Archive, meeting: MeetingId) -> Result<()> {
    if outgoing::is_anything_new(archive.conn(), meeting)? {
        archive.receive(meeting, |receiving| {
            let local = Local::load(receiving.conn(), meeting)?;
            outgoing::pack(receiving, &local)
        })?;
    }
    Ok(())
}

fn lanes(archive: &Archive, meeting: MeetingId) -> Result<&'static [Lane]> {
    let (_, role) = rows::myself(archive.conn(), meeting)?
        .ok_or_else(|| Error::NotFound(format!("the meeting {meeting} is not shared")))?;
    Ok(role.lanes())
}

fn compare(archive: &mut Archive, meeting: MeetingId, wire: &mut dyn Wire) -> Result<Exchanged> {
    let mut exchanged = Exchanged::default();
    exchanged.taken.add(retry(archive, meeting)?);
    let mut asked: HashSet<u64> = HashSet::new();
    for _ in 0..ROUNDS {
        let lanes = lanes(archive, meeting)?;
        let listed = wire.list(lanes)?;
        let on_hub: HashSet<_> = listed.iter().map(|listed| (listed.lane, listed.id)).collect();
        let held = rows::messages(archive.conn(), meeting, false)?;
        note_sent(archive, meeting, &held, &on_hub)?;
        let known: HashSet<_> = held.iter().map(|held| held.id).collect();
        let calls = again::calls(archive, meeting, &listed, &known)?;
        let repeated = again::answer(archive, meeting, wire, (&listed, &calls, &held))?;
        if repeated > 0 {
            let words = format!("{} sent once more: spoiled on the hub", counted(repeated, "message"));
            note(archive, meeting, &words)?;
            exchanged.sent += repeated;
        }
        // Who belongs to the meeting comes first, and what was written here goes out last: so it is sealed with the newest
        // key, which nobody has who was withdrawn meanwhile.
        let (mut members, mut others) = (Vec::new(), Vec::new());
        let is_new = |one: &&Listed| !known.contains(&one.id) && !calls.contains_key(&one.id);
        for one in listed.iter().filter(is_new) {
            // Several of one id may lie there, all spoiled: each is looked at once.
            if asked.insert(one.place) && !rows::is_refused(archive.conn(), meeting, &one.id, one.place)? {
                let places = if one.lane == Lane::Members {
                    &mut members
                } else {
                    &mut others
                };
                places.push(one.place);
            }
        }
        let is_all = members.is_empty() && others.is_empty();
        for mut places in [members, others] {
            places.sort_unstable();
            for places in places.chunks(FETCHED) {
                let messages = wire.fetch(lanes, places)?;
                exchanged.taken.add(receive(archive, meeting, &messages)?);
            }
        }
        pack(archive, meeting)?;
        exchanged.sent += publish(archive, meeting, wire)?;
        if is_all {
            let called = again::call(archive, meeting, wire, &listed)?;
            if called > 0 {
                let words = format!(
                    "{} spoiled on the hub: called for once more",
                    counted(called, "message")
                );
                note(archive, meeting, &words)?;
            }
            break;
        }
        exchanged.taken.add(retry(archive, meeting)?);
    }
    rows::set_contact(archive.conn(), meeting, archive.now())?;
    if exchanged.taken.changes > 0 {
        series::meet(archive, meeting)?;
    }
    Ok(exchanged)
}

/// Brings what is noted of the hub in line with what it says that it holds.
fn note_sent(
    archive: &mut Archive,
    meeting: MeetingId,
    held: &[MessageRow],
    on_hub: &HashSet<(Lane, MessageId)>,
) -> Result<()> {
    let differing: Vec<_> = held
        .iter()
        .filter(|held| held.sent != on_hub.contains(&(held.lane, held.id)))
        .map(|held| (&held.id, !held.sent))
        .collect();
    set_sent(archive, meeting, &differing)
}

/// Notes of messages whether the hub holds them.
fn set_sent(archive: &mut Archive, meeting: MeetingId, messages: &[(&MessageId, bool)]) -> Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    let noted = archive.receive(meeting, |receiving| {
        messages
            .iter()
            .try_for_each(|(id, sent)| rows::set_sent(receiving.conn(), meeting, id, *sent))
    })?;
    match noted {
        Received::Done(()) => Ok(()),
        Received::Refused => Err(Error::Internal("a note was refused".to_owned())),
    }
}

/// Publishes what the hub is not known to hold; answers how many messages it took.
fn publish(archive: &mut Archive, meeting: MeetingId, wire: &mut dyn Wire) -> Result<usize> {
    if !rows::is_anything_unsent(archive.conn(), meeting)? {
        return Ok(0);
    }
    let unsent = rows::messages(archive.conn(), meeting, true)?;
    let local = Local::load(archive.conn(), meeting)?;
    let mut sent = 0;
    let mut rest = unsent.iter().peekable();
    while rest.peek().is_some() {
        let (mut batch, mut bytes): (Vec<Outgoing>, usize) = (Vec::new(), 0);
        while batch.len() < PUBLISHED && bytes < PUBLISHED_BYTES {
            let Some(held) = rest.next() else { break };
            if let Some(message) = outgoing::message(archive.conn(), archive.env(), &local, held)? {
                bytes += message.bytes.len();
                batch.push(message);
            }
        }
        let stored = wire.publish(&batch)?;
        let noted: Vec<_> = batch.iter().take(stored).map(|message| (&message.id, true)).collect();
        set_sent(archive, meeting, &noted)?;
        sent += stored.min(batch.len());
        if stored < batch.len() {
            // Not all was acknowledged: the rest goes out once more, at the next step.
            break;
        }
    }
    Ok(sent)
}

/// What a step came to.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Whether there is contact now. Without it the step did not wait: who calls it does.
    pub connected: bool,
    /// How many messages the hub took.
    pub sent: usize,
    /// What came.
    pub taken: Taken,
    /// Who is here, if that changed.
    pub present: Option<Vec<Present>>,
}

/// Follows a shared meeting, step by step, on one thread.
#[derive(Debug)]
pub struct Follower {
    meeting: MeetingId,
    /// The contact that the lists were last compared in.
    contact: u64,
    is_connected: bool,
    compared: Option<DateTime<Utc>>,
    logged: Option<DateTime<Utc>>,
    since_logged: Exchanged,
    /// Whether a message came spoiled, or is called for: the lists are compared soon.
    is_help_wanted: bool,
    presence: Presence,
}

impl Follower {
    /// Follows a meeting from now on.
    #[must_use]
    pub fn new(meeting: MeetingId) -> Self {
        Self {
            meeting,
            contact: 0,
            is_connected: false,
            compared: None,
            logged: None,
            since_logged: Exchanged::default(),
            is_help_wanted: false,
            presence: Presence::default(),
        }
    }

    /// Says where the user of this archive is; told to others with the next step.
    pub fn stand(&mut self, whereabouts: Whereabouts) {
        self.presence.stand(whereabouts);
    }

    /// Tells the others that the user goes.
    pub fn goodbye(&mut self, archive: &Archive, wire: &mut dyn Wire) {
        // Without contact they will notice by themselves.
        if let Ok(local) = Local::load(archive.conn(), self.meeting)
            && let Ok(Some(bytes)) = self.presence.goodbye(archive, &local)
        {
            let _ = wire.whisper(&bytes);
        }
    }

    /// Who is here now.
    #[must_use]
    pub fn present(&self) -> Vec<Present> {
        self.presence.present()
    }

    /// One step: compares the lists where contact was made anew, publishes what is new here, and takes in what arrives,
    /// for which it waits up to `wait`. Contact that is lost is no error: it is told, and the next step tries again.
    ///
    /// # Errors
    /// Why the archive could not be read or written.
    pub fn step(&mut self, archive: &mut Archive, wire: &mut dyn Wire, wait: Duration) -> Result<Step> {
        match self.connected_step(archive, wire, wait) {
            Ok(step) => Ok(step),
            Err(Error::NoContact(reason)) => {
                if std::mem::take(&mut self.is_connected) || self.compared.is_none() && self.logged.is_none() {
                    self.log_live(archive)?;
                    note(archive, self.meeting, &format!("no contact: {reason}"))?;
                    self.logged = Some(archive.now());
                }
                Ok(Step {
                    present: self.presence.forget_all(),
                    ..Step::default()
                })
            }
            Err(error) => Err(error),
        }
    }

    fn connected_step(&mut self, archive: &mut Archive, wire: &mut dyn Wire, wait: Duration) -> Result<Step> {
        let meeting = self.meeting;
        let mut step = Step {
            connected: true,
            ..Step::default()
        };
        let contact = wire.contact()?;
        let now = archive.now();
        let every = if self.is_help_wanted {
            HELPED_AFTER
        } else {
            COMPARED_EVERY
        };
        let is_due = self.compared.is_none_or(|at| now - at >= every);
        let is_compared = contact != self.contact || is_due;
        if is_compared {
            if contact != self.contact {
                note(archive, meeting, "connected")?;
                self.presence.speak_again();
            }
            self.is_connected = true;
            self.is_help_wanted = false;
            let exchanged = compare(archive, meeting, wire)?;
            self.contact = contact;
            self.compared = Some(now);
            note(archive, meeting, &told(&exchanged))?;
            step.sent += exchanged.sent;
            step.taken.add(exchanged.taken);
        } else {
            pack(archive, meeting)?;
            step.sent += publish(archive, meeting, wire)?;
        }
        self.whisper(archive, wire)?;
        let (mut taken, before) = (Taken::default(), step.sent);
        // What came while the lists were compared is there at once.
        let wait = if step.taken.is_any() { Duration::ZERO } else { wait };
        let messages = wire.arrived(lanes(archive, meeting)?, wait)?;
        if !messages.is_empty() {
            taken = self.take_in(archive, &messages)?;
            self.is_help_wanted |= taken.is_help_wanted();
            step.sent += publish(archive, meeting, wire)?;
        }
        step.taken.add(taken.clone());
        self.since_logged.add(Exchanged {
            sent: if is_compared { step.sent - before } else { step.sent },
            taken,
        });
        if self.logged.is_none_or(|at| archive.now() - at >= LOGGED_EVERY) {
            self.log_live(archive)?;
        }
        step.present = self.hear(archive, wire)?;
        Ok(step)
    }

    fn take_in(&self, archive: &mut Archive, messages: &[Arrived]) -> Result<Taken> {
        let taken = receive(archive, self.meeting, messages)?;
        if taken.changes > 0 {
            series::meet(archive, self.meeting)?;
        }
        for (reason, count) in taken.aside.iter().filter(|(reason, _)| **reason != Reason::Waiting) {
            note(archive, self.meeting, &format!("set aside {count} ({reason})"))?;
        }
        Ok(taken)
    }

    fn log_live(&mut self, archive: &Archive) -> Result<()> {
        let now = archive.now();
        self.logged = Some(now);
        let live = std::mem::take(&mut self.since_logged);
        if live.sent + live.taken.changes > 0 {
            rows::set_contact(archive.conn(), self.meeting, now)?;
            let words = format!(
                "live: sent {}, received {}",
                counted(live.sent, "message"),
                counted(live.taken.changes, "change")
            );
            note(archive, self.meeting, &words)?;
        }
        Ok(())
    }

    fn whisper(&mut self, archive: &Archive, wire: &mut dyn Wire) -> Result<()> {
        if self.presence.is_due(archive.now()) {
            let local = Local::load(archive.conn(), self.meeting)?;
            if let Some(bytes) = self.presence.say(archive, &local)? {
                wire.whisper(&bytes)?;
            }
        }
        Ok(())
    }

    fn hear(&mut self, archive: &Archive, wire: &mut dyn Wire) -> Result<Option<Vec<Present>>> {
        let heard = wire.heard();
        let mut changed = self.presence.let_go(archive.now());
        if !heard.is_empty() {
            let local = Local::load(archive.conn(), self.meeting)?;
            for bytes in heard {
                changed |= self.presence.hear(archive.now(), &local, &bytes);
            }
        }
        Ok(changed.then(|| self.presence.present()))
    }
}

/// How many of this archive's own changes wait for the hub: in parcels and not yet in any.
pub(super) fn waiting(archive: &Archive, share: &ShareRow) -> Result<u32> {
    let (conn, meeting) = (archive.conn(), share.meeting);
    if share.standing == Standing::Unproved {
        // Nobody has a parcel of somebody who has yet to be let in.
        return rows::changes_by(conn, meeting, share.me);
    }
    let mut waiting = rows::unsent_changes(conn, meeting, share.me)?;
    for lane in [Lane::Meeting, Lane::Internal] {
        if share.role.writes(lane) {
            waiting = waiting.saturating_add(rows::unpacked(conn, meeting, lane)?);
        }
    }
    Ok(waiting)
}
