//! What comes in: each message is opened, verified and applied, or kept aside with the reason; nothing that is wrong with
//! one holds another up.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use automerge::{Change, ChangeHash};

use crate::archive::{Archive, Received, Receiving, guarded};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::model::share::{Lane, MessageId, Reason};
use crate::model::{AuthorId, MeetingId};
use crate::store::log;
use crate::store::share::{self as rows, Aside, Kept, ParcelRow};

use super::again;
use super::bytes::Reader;
use super::local::{Local, part_of};
use super::outgoing::{self, CALL, LONGEST_PIECE, PARCEL, PIECE, STATEMENT, may_sign, piece_id};
use super::parcel::{Parcel, RawChange};
use super::statement::{self, Says, Statement};
use super::wire::Arrived;

/// So many messages are taken in at one go.
const BATCH: usize = 512;
/// So many bytes are.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// From so many parcels on they are verified on two threads.
const MANY_PARCELS: usize = 8;
/// A parcel in pieces is no longer than this.
const MOST_PIECES: u32 = 128;
/// So many parcels are vouched for in one statement.
const MOST_VOUCHED: usize = 500;

/// What came of messages that were received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many changes are new in the record.
    pub changes: usize,
    /// How many statements are new.
    pub statements: usize,
    /// How many messages were kept aside, by reason. Those that only wait are among them.
    pub aside: BTreeMap<Reason, usize>,
    /// How many calls came for messages that lie spoiled on the hub.
    pub calls: usize,
}

impl Taken {
    /// Adds what came of others.
    pub(super) fn add(&mut self, other: Self) {
        self.changes += other.changes;
        self.statements += other.statements;
        self.calls += other.calls;
        for (reason, count) in other.aside {
            *self.aside.entry(reason).or_default() += count;
        }
    }

    /// Whether anything is new.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.changes + self.statements > 0
    }

    /// Whether another laptop can help: it calls for a message, or one came here spoiled.
    pub(super) fn is_help_wanted(&self) -> bool {
        self.calls > 0 || self.aside.keys().any(|reason| !reason.may_pass())
    }
}

/// Takes messages of a meeting in, in any order and however often.
///
/// # Errors
/// Why the archive could not be written; what was committed before that stays.
pub fn receive(archive: &mut Archive, meeting: MeetingId, messages: &[Arrived]) -> Result<Taken> {
    let mut taken = Taken::default();
    // What one published oneself comes back: it is known without a transaction.
    let mut new = Vec::new();
    for message in messages {
        if rows::is_held(archive.conn(), meeting, &message.id)? != Some(true) {
            new.push(message.clone());
        }
    }
    let mut queue: VecDeque<Vec<Arrived>> = batches(new).collect();
    while let Some(batch) = queue.pop_front() {
        match archive.receive(meeting, |receiving| take_in(receiving, meeting, &batch))? {
            Received::Done((part, woken)) => {
                taken.add(part);
                queue.extend(batches(woken.into_iter().map(arrived).collect()));
            }
            // One of them spoils the document: each by itself, so that it hits no other.
            Received::Refused if batch.len() > 1 => {
                for message in batch.into_iter().rev() {
                    queue.push_front(vec![message]);
                }
            }
            Received::Refused => taken.add(refuse(archive, meeting, &batch)?),
        }
    }
    Ok(taken)
}

/// Tries once more what is aside and may yet be applied.
pub(super) fn retry(archive: &mut Archive, meeting: MeetingId) -> Result<Taken> {
    let mut kept = Vec::new();
    for reason in Reason::ALL.into_iter().filter(|reason| reason.may_pass()) {
        kept.extend(rows::aside_for(archive.conn(), meeting, reason)?);
    }
    let messages: Vec<Arrived> = kept.into_iter().map(arrived).collect();
    receive(archive, meeting, &messages)
}

fn arrived(kept: Kept) -> Arrived {
    Arrived {
        place: kept.place,
        lane: kept.lane,
        id: kept.id,
        bytes: kept.bytes,
    }
}

fn batches(messages: Vec<Arrived>) -> impl Iterator<Item = Vec<Arrived>> {
    let mut rest = messages.into_iter().peekable();
    std::iter::from_fn(move || {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while let Some(next) =
            rest.next_if(|next| batch.is_empty() || (batch.len() < BATCH && bytes + next.bytes.len() <= BATCH_BYTES))
        {
            bytes += next.bytes.len();
            batch.push(next);
        }
        (!batch.is_empty()).then_some(batch)
    })
}

/// Keeps aside what the document itself refuses.
fn refuse(archive: &mut Archive, meeting: MeetingId, batch: &[Arrived]) -> Result<Taken> {
    let mut taken = Taken::default();
    archive.receive(meeting, |receiving| {
        for message in batch {
            let aside = Aside {
                id: message.id,
                lane: message.lane,
                place: message.place,
                reason: Reason::Malformed,
                sender: None,
                needs: &[],
                bytes: &[],
            };
            rows::set_aside(receiving.conn(), meeting, &aside, receiving.now())?;
            *taken.aside.entry(Reason::Malformed).or_default() += 1;
        }
        rows::bound_aside(receiving.conn(), meeting)
    })?;
    Ok(taken)
}

/// A message that is refused, and what is known of it.
struct Refusal {
    reason: Reason,
    sender: Option<AuthorId>,
    needs: Vec<u8>,
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            sender: None,
            needs: Vec::new(),
        }
    }
}

/// A parcel that is verified but for what it rests on.
struct Candidate<'a> {
    message: &'a Arrived,
    /// The id of the parcel: the message's own unless it came in pieces.
    id: MessageId,
    epoch: u32,
    parcel: Parcel,
    changes: Vec<Change>,
}

/// A batch under way.
struct Batch<'a, 'b> {
    receiving: &'a mut Receiving<'b>,
    meeting: MeetingId,
    local: Local,
    taken: Taken,
    /// Changes that came in this batch.
    new: HashSet<ChangeHash>,
    /// Whose the actors of this batch are, and the number of the last change of each that is there.
    actors: HashMap<(Lane, String), (AuthorId, u64)>,
}

fn take_in(receiving: &mut Receiving<'_>, meeting: MeetingId, messages: &[Arrived]) -> Result<(Taken, Vec<Kept>)> {
    let local = Local::load(receiving.conn(), meeting)?;
    let mut batch = Batch {
        receiving,
        meeting,
        local,
        taken: Taken::default(),
        new: HashSet::new(),
        actors: HashMap::new(),
    };
    let mut opened = Vec::new();
    for message in messages {
        match rows::is_held(batch.receiving.conn(), meeting, &message.id)? {
            Some(false) => rows::set_sent(batch.receiving.conn(), meeting, &message.id, true)?,
            Some(true) => {}
            None => match batch.local.open(message.lane, &message.id, &message.bytes) {
                Ok((epoch, plain)) => opened.push((message, epoch, plain)),
                Err(reason) => batch.aside(message, reason.into())?,
            },
        }
    }
    let mut woken = batch.statements(&opened)?;
    // Own changes before others': whatever is in the log after this is in a parcel. And after the statements: they may
    // have brought a newer key.
    outgoing::pack(batch.receiving, &batch.local)?;
    batch.parcels(&opened)?;
    let conn = batch.receiving.conn();
    if rows::is_any_waiting(conn, meeting)? {
        for hash in &batch.new {
            woken.extend(rows::waiting_for(conn, meeting, &hash.0)?);
        }
    }
    if !batch.taken.aside.is_empty() {
        rows::bound_aside(conn, meeting)?;
    }
    // What came in this very batch needs no second look.
    woken.retain(|kept| matches!(rows::is_held(conn, meeting, &kept.id), Ok(None)));
    Ok((batch.taken, woken))
}

impl<'a> Batch<'_, '_> {
    fn aside(&mut self, message: &Arrived, refusal: Refusal) -> Result<()> {
        let aside = Aside {
            id: message.id,
            lane: message.lane,
            place: message.place,
            reason: refusal.reason,
            sender: refusal.sender,
            needs: &refusal.needs,
            bytes: if refusal.reason.may_pass() { &message.bytes } else { &[] },
        };
        rows::set_aside(self.receiving.conn(), self.meeting, &aside, self.receiving.now())?;
        *self.taken.aside.entry(refusal.reason).or_default() += 1;
        Ok(())
    }

    /// Takes the statements in; answers with what may be applied now that these are known.
    fn statements(&mut self, opened: &[(&Arrived, u32, Vec<u8>)]) -> Result<Vec<Kept>> {
        let conn = self.receiving.conn();
        let mut later: Vec<(&Arrived, u32, &[u8], Statement)> = Vec::new();
        for (message, epoch, plain) in opened {
            let Some((&STATEMENT, signed)) = plain.split_first() else {
                continue;
            };
            match self.statement(message, signed) {
                Ok(statement) => later.push((message, *epoch, signed, statement)),
                Err(reason) => self.aside(message, reason.into())?,
            }
        }
        // One may be what another counts by: those of the owner first, then who joined, then the rest.
        later.sort_by_key(|(.., statement)| match statement.says {
            Says::Joined { .. } => 1,
            Says::Vouched { .. } => 2,
            _ => 0,
        });
        let before = self.taken.statements;
        for (message, epoch, signed, statement) in later {
            if self.local.members.admits(self.local.root, &statement) {
                self.taken.statements += usize::from(self.local.keep(conn, epoch, signed, true)?);
                rows::take_from_aside(conn, self.meeting, &message.id)?;
            } else {
                let refusal = Refusal {
                    sender: Some(statement.author),
                    ..Reason::NoRight.into()
                };
                self.aside(message, refusal)?;
            }
        }
        if self.taken.statements == before {
            return Ok(Vec::new());
        }
        let mut woken = rows::aside_for(conn, self.meeting, Reason::NoRight)?;
        self.local.note_role(conn)?;
        if self.local.take_keys(conn)? {
            woken.extend(rows::aside_for(conn, self.meeting, Reason::UnknownKey)?);
        }
        self.local.hand_over(conn, self.receiving.env())?;
        self.vouch()?;
        Ok(woken)
    }

    fn statement(&self, message: &Arrived, signed: &[u8]) -> Result<Statement, Reason> {
        if message.lane != Lane::Members {
            return Err(Reason::Malformed);
        }
        if statement::id_of(&self.local.ids, signed) != message.id {
            return Err(Reason::Tampered);
        }
        Statement::read(self.meeting, signed)
    }

    /// Says of what this archive holds of withdrawn authors, beyond what the owner knew, that it held it before: so that
    /// everybody comes to hold it.
    fn vouch(&mut self) -> Result<()> {
        let (conn, meeting) = (self.receiving.conn(), self.meeting);
        let Some(role) = self.local.role() else { return Ok(()) };
        let mut vouched: Vec<MessageId> = Vec::new();
        for author in self.local.members.withdrawn().collect::<Vec<_>>() {
            for (_, row) in rows::parcels_of(conn, meeting, Some(author))? {
                if !role.writes(row.lane) {
                    continue;
                }
                let parcel = outgoing::parcel(conn, &row)?;
                let id = parcel.id(&self.local.ids, meeting, row.lane);
                let changes = read_changes(&parcel.changes).unwrap_or_default();
                if !self.stands(author, row.lane, &id, &changes) {
                    vouched.push(id);
                }
            }
        }
        for parcels in vouched.chunks(MOST_VOUCHED) {
            let parcels = parcels.to_vec();
            self.local.say(conn, Says::Vouched { parcels })?;
        }
        Ok(())
    }

    fn stands(&self, author: AuthorId, lane: Lane, id: &MessageId, changes: &[Change]) -> bool {
        let actors: Vec<(String, u64)> = changes
            .iter()
            .map(|change| (change.actor_id().to_hex_string(), change.seq()))
            .collect();
        let actors = actors.iter().map(|(actor, seq)| (actor.as_str(), *seq));
        self.local.members.stands(author, lane, id, actors)
    }

    /// Takes the parcels in.
    fn parcels(&mut self, opened: &[(&'a Arrived, u32, Vec<u8>)]) -> Result<()> {
        let mut sealed = Vec::new();
        for (message, epoch, plain) in opened {
            let read = match plain.split_first() {
                Some((&PARCEL, bytes)) => Some((message.id, Cow::Borrowed(bytes))),
                Some((&PIECE, piece)) => self.piece(message, piece)?.map(|(id, bytes)| (id, Cow::Owned(bytes))),
                Some((&STATEMENT, _)) => None,
                // Who holds what it calls for sees it on the hub.
                Some((&CALL, call))
                    if message.lane == Lane::Members && again::is_call(&self.local.ids, &message.id, call) =>
                {
                    self.taken.calls += 1;
                    None
                }
                _ => {
                    self.aside(message, Reason::Malformed.into())?;
                    None
                }
            };
            if let Some((id, bytes)) = read {
                sealed.push((*message, id, *epoch, bytes));
            }
        }
        let mut candidates = Vec::new();
        for (message, verified) in verify_all(&self.local, &sealed) {
            match verified.and_then(|candidate| self.admit(candidate)) {
                Ok(candidate) => candidates.push(candidate),
                Err(Unfit::Refused(refusal)) => self.aside(message, refusal)?,
                Err(Unfit::Failed(error)) => return Err(error),
            }
        }
        for lane in [Lane::Meeting, Lane::Internal] {
            let (own, others) = candidates.into_iter().partition(|one| one.message.lane == lane);
            candidates = others;
            self.lane(lane, own)?;
        }
        Ok(())
    }

    /// A piece waits until all are there; then the whole is answered.
    fn piece(&mut self, message: &Arrived, piece: &[u8]) -> Result<Option<(MessageId, Vec<u8>)>> {
        let read = |piece: &[u8]| {
            let mut reader = Reader(piece);
            Some((
                MessageId(reader.array()?),
                reader.number()?,
                reader.number()?,
                reader.0.to_vec(),
            ))
        };
        let fits = |id: &MessageId, whole: &MessageId, at: u32, of: u32| {
            at < of && (2..=MOST_PIECES).contains(&of) && *id == piece_id(&self.local.ids, whole, at, of)
        };
        let Some((whole, at, of, slice)) = read(piece) else {
            self.aside(message, Reason::Malformed.into())?;
            return Ok(None);
        };
        if !fits(&message.id, &whole, at, of) || slice.len() > LONGEST_PIECE {
            self.aside(message, Reason::Tampered.into())?;
            return Ok(None);
        }
        // The same piece may wait already, or may have been woken.
        let refusal = Refusal {
            needs: whole.0.to_vec(),
            ..Reason::Waiting.into()
        };
        self.aside(message, refusal)?;
        let kept = rows::waiting_for(self.receiving.conn(), self.meeting, &whole.0)?;
        let mut slices: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        for kept in &kept {
            if let Ok((_, plain)) = self.local.open(kept.lane, &kept.id, &kept.bytes)
                && let Some((&PIECE, piece)) = plain.split_first()
                && let Some((same, at, same_count, slice)) = read(piece)
                && (same, same_count) == (whole, of)
            {
                slices.insert(at, slice);
            }
        }
        let is_all = u32::try_from(slices.len()).is_ok_and(|count| count == of);
        Ok(is_all.then(|| (whole, slices.into_values().flatten().collect())))
    }

    /// Holds a verified parcel against who is known here.
    fn admit(&self, candidate: Candidate<'a>) -> Result<Candidate<'a>, Unfit> {
        let (lane, author) = (candidate.message.lane, candidate.parcel.author);
        let by = |reason: Reason| Unfit::by(author, reason);
        for change in &candidate.changes {
            let actor = self.actor(lane, &change.actor_id().to_hex_string())?;
            if actor.is_some_and(|(known, _)| known != author) {
                return Err(by(Reason::Forged));
            }
        }
        if self.stands(author, lane, &candidate.id, &candidate.changes) {
            Ok(candidate)
        } else {
            Err(by(Reason::NoRight))
        }
    }

    /// Whose an actor is, and the number of the last of its changes that is there; none for a new one.
    fn actor(&self, lane: Lane, actor: &str) -> Result<Option<(AuthorId, u64)>> {
        match self.actors.get(&(lane, actor.to_owned())) {
            Some(known) => Ok(Some(*known)),
            None => rows::actor(self.receiving.conn(), self.meeting, lane, actor),
        }
    }

    /// Whether changes of an author go on where their actors are; if so, the actors are there from now on. Whose an actor
    /// was first, it stays.
    fn goes_on(&mut self, lane: Lane, author: AuthorId, changes: &[&Change]) -> Result<bool> {
        let mut last: HashMap<String, u64> = HashMap::new();
        for change in changes {
            let actor = change.actor_id().to_hex_string();
            let seq = match last.get(&actor) {
                Some(seq) => *seq,
                None => match self.actor(lane, &actor)? {
                    Some((known, _)) if known != author => return Ok(false),
                    known => known.map_or(0, |(_, seq)| seq),
                },
            };
            if seq.checked_add(1) != Some(change.seq()) {
                return Ok(false);
            }
            last.insert(actor, change.seq());
        }
        let there = last.into_iter().map(|(actor, seq)| ((lane, actor), (author, seq)));
        self.actors.extend(there);
        Ok(true)
    }

    /// Applies those parcels of a lane whose predecessors are there or among them; the others wait.
    fn lane(&mut self, lane: Lane, candidates: Vec<Candidate<'a>>) -> Result<()> {
        let Some(part) = part_of(lane).filter(|_| !candidates.is_empty()) else {
            return Ok(());
        };
        let changes = || candidates.iter().flat_map(|candidate| &candidate.changes);
        let asked: BTreeSet<ChangeHash> = changes().flat_map(|change| change.deps().iter().copied()).collect();
        let named: Vec<ChangeHash> = changes().map(Change::hash).collect();
        let asked: Vec<ChangeHash> = asked.into_iter().chain(named).collect();
        let absent: HashSet<ChangeHash> = self.receiving.missing(part, &asked)?.into_iter().collect();
        let mut ready: HashSet<ChangeHash> = HashSet::new();
        let mut waiting: HashMap<ChangeHash, Vec<Candidate<'a>>> = HashMap::new();
        let mut queue: VecDeque<Candidate<'a>> = candidates.into();
        let (mut accepted, mut fresh) = (Vec::new(), Vec::new());
        while let Some(mut candidate) = queue.pop_front() {
            let own: HashSet<ChangeHash> = candidate.parcel.changes.iter().map(|change| change.hash).collect();
            let is_there = |hash: &ChangeHash| !absent.contains(hash) || ready.contains(hash) || own.contains(hash);
            let mut deps = candidate.changes.iter().flat_map(Change::deps);
            if let Some(needed) = deps.find(|hash| !is_there(hash)).copied() {
                waiting.entry(needed).or_default().push(candidate);
                continue;
            }
            let is_new = |change: &&Change| absent.contains(&change.hash()) && !ready.contains(&change.hash());
            let new: Vec<&Change> = candidate.changes.iter().filter(is_new).collect();
            if !self.goes_on(lane, candidate.parcel.author, &new)? {
                let refusal = Refusal {
                    sender: Some(candidate.parcel.author),
                    ..Reason::Malformed.into()
                };
                self.aside(candidate.message, refusal)?;
                continue;
            }
            for change in std::mem::take(&mut candidate.changes) {
                let hash = change.hash();
                if absent.contains(&hash) && ready.insert(hash) {
                    fresh.push(change);
                    queue.extend(waiting.remove(&hash).unwrap_or_default());
                }
            }
            accepted.push(candidate);
        }
        for (needed, candidates) in waiting {
            for candidate in candidates {
                let refusal = Refusal {
                    reason: Reason::Waiting,
                    sender: Some(candidate.parcel.author),
                    // Pieces stay under the parcel that they are of.
                    needs: if candidate.id == candidate.message.id {
                        needed.0.to_vec()
                    } else {
                        candidate.id.0.to_vec()
                    },
                };
                self.aside(candidate.message, refusal)?;
            }
        }
        if !accepted.is_empty() {
            self.keep(lane, accepted, fresh)?;
        }
        self.new.extend(ready);
        Ok(())
    }

    /// Puts accepted parcels into the archive: their changes, and what proves them.
    fn keep(&mut self, lane: Lane, accepted: Vec<Candidate<'a>>, fresh: Vec<Change>) -> Result<()> {
        let Some(part) = part_of(lane) else { return Ok(()) };
        let (conn, meeting) = (self.receiving.conn(), self.meeting);
        let hashes: Vec<ChangeHash> = fresh.iter().map(Change::hash).collect();
        let mut last: BTreeMap<String, u64> = BTreeMap::new();
        for change in &fresh {
            let seq = last.entry(change.actor_id().to_hex_string()).or_default();
            *seq = change.seq().max(*seq);
        }
        self.taken.changes += fresh.len();
        let mut numbers: HashMap<ChangeHash, i64> = HashMap::new();
        if !fresh.is_empty() {
            let seqs = self.receiving.apply(part, fresh)?;
            numbers.extend(hashes.into_iter().zip(seqs));
        }
        // Changes that came in another parcel before.
        let elsewhere: Vec<ChangeHash> = accepted
            .iter()
            .flat_map(|candidate| candidate.parcel.hashes())
            .filter(|hash| !numbers.contains_key(hash))
            .collect();
        if !elsewhere.is_empty() {
            numbers.extend(self.receiving.numbers_of(part, &elsewhere)?);
        }
        for (actor, seq) in last {
            if let Some((author, _)) = self.actors.get(&(lane, actor.clone())) {
                rows::set_actor(conn, meeting, lane, &actor, *author, seq)?;
            }
        }
        for candidate in accepted {
            // It came twice in this batch.
            if rows::is_held(conn, meeting, &candidate.message.id)?.is_some() {
                continue;
            }
            let hashes = candidate.parcel.hashes();
            let row = ParcelRow {
                author: candidate.parcel.author,
                lane,
                epoch: candidate.epoch,
                signature: candidate.parcel.signature.0.to_vec(),
                seqs: hashes.iter().filter_map(|hash| numbers.get(hash).copied()).collect(),
            };
            let length = candidate.parcel.length();
            let source = rows::add_parcel(conn, meeting, &row)?;
            outgoing::add_messages(conn, &self.local, candidate.id, (lane, source, length), true)?;
            if candidate.id == candidate.message.id {
                rows::take_from_aside(conn, meeting, &candidate.id)?;
            } else {
                rows::take_pieces_from_aside(conn, meeting, &candidate.id)?;
            }
        }
        if self.local.role().is_some_and(|role| role.writes(lane)) {
            let packed = self.receiving.last_logged(part)?;
            rows::note_packed(conn, meeting, lane, packed)
        } else {
            // Own changes that may not be sent now lie among these: should they ever be, they must be looked for.
            rows::set_packed(conn, meeting, lane, -1)
        }
    }
}

/// Why a parcel is not taken in.
enum Unfit {
    /// For what it is.
    Refused(Refusal),
    /// The archive could not be read.
    Failed(Error),
}

impl Unfit {
    fn by(author: AuthorId, reason: Reason) -> Self {
        Self::Refused(Refusal {
            sender: Some(author),
            ..reason.into()
        })
    }
}

impl From<Reason> for Unfit {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason.into())
    }
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// A parcel as it came: its message, its id, the epoch of its key, its bytes.
type Unverified<'a, 'b> = (&'a Arrived, MessageId, u32, Cow<'b, [u8]>);

type Verified<'a> = (&'a Arrived, Result<Candidate<'a>, Unfit>);

/// Verifies parcels; where there are many, on two threads.
fn verify_all<'a>(local: &Local, parcels: &[Unverified<'a, '_>]) -> Vec<Verified<'a>> {
    let verify = |parcels: &[Unverified<'a, '_>]| -> Vec<Verified<'a>> {
        let each = parcels.iter();
        each.map(|(message, id, epoch, bytes)| (*message, verified(local, message, *id, *epoch, bytes)))
            .collect()
    };
    if parcels.len() < MANY_PARCELS {
        return verify(parcels);
    }
    let (one, other) = parcels.split_at(parcels.len() / 2);
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| verify(other));
        let mut all = verify(one);
        match beside.join() {
            Ok(other) => all.extend(other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        all
    })
}

/// Verifies all of a parcel but what it rests on, and whose its actors are.
fn verified<'a>(
    local: &Local,
    message: &'a Arrived,
    id: MessageId,
    epoch: u32,
    bytes: &[u8],
) -> Result<Candidate<'a>, Unfit> {
    let (meeting, lane) = (local.meeting(), message.lane);
    let Some(part) = part_of(lane) else {
        return Err(Reason::Malformed.into());
    };
    let parcel = Parcel::read(bytes)?;
    let by = |reason: Reason| Unfit::by(parcel.author, reason);
    if parcel.id(&local.ids, meeting, lane) != id {
        return Err(Reason::Tampered.into());
    }
    if parcel.signature.0.iter().all(|byte| *byte == 0) {
        return Err(by(Reason::Unsigned));
    }
    let Some(known) = local.members.known.get(&parcel.author) else {
        return Err(by(Reason::NoRight));
    };
    if !parcel.is_signed_by(&known.key, meeting, lane) {
        return Err(by(Reason::Forged));
    }
    // Only now, for nobody but a member can make these do any work.
    let Some(changes) = read_changes(&parcel.changes) else {
        return Err(by(Reason::Malformed));
    };
    for change in &changes {
        let author = log::message_of(change).map(|message| message.author);
        let is_theirs = author.is_some_and(|author| may_sign(local, parcel.author, author));
        // It would spoil the document for whoever takes it in first.
        if !is_theirs || Document::is_misnamed_by(change, meeting, part)? {
            return Err(by(Reason::Forged));
        }
    }
    Ok(Candidate {
        message,
        id,
        epoch,
        parcel,
        changes,
    })
}

fn read_changes(raw: &[RawChange]) -> Option<Vec<Change>> {
    raw.iter()
        .map(|raw| {
            let change = guarded(|| Change::from_bytes(raw.bytes.clone()))?.ok()?;
            (change.hash() == raw.hash).then_some(change)
        })
        .collect()
}
