//! What this archive holds of a shared meeting: who it is there, the keys, and the members as it knows them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::document::Part;
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::MeetingId;
use crate::model::share::{Lane, MessageId, Reason, Role, Standing};
use crate::store::share::{self as rows, MessageRow, ShareRow};

use super::keys::{Identity, Key, Opaque, PublicKey};
use super::members::{Members, Root};
use super::seal;
use super::statement::{self, Says, Statement};

/// What an earlier key is sealed for.
const EARLIER: &[u8] = b"minuta earlier keys 1";

/// A shared meeting as this archive holds it.
#[derive(Debug)]
pub(super) struct Local {
    /// The row.
    pub(super) row: ShareRow,
    /// Who this archive is.
    pub(super) identity: Identity,
    /// What ids are hashed with.
    pub(super) ids: Key,
    /// The meeting without its name.
    pub(super) tag: [u8; 32],
    /// Where trust begins.
    pub(super) root: Root,
    /// Who belongs to it.
    pub(super) members: Members,
    keys: BTreeMap<(bool, u32), Vec<Key>>,
    statements: Vec<Statement>,
}

/// The document whose changes go on a lane.
pub(super) fn part_of(lane: Lane) -> Option<Part> {
    match lane {
        Lane::Members => None,
        Lane::Meeting => Some(Part::Meeting),
        Lane::Internal => Some(Part::Internal),
    }
}

/// Who this archive is to others; made where it is nobody yet.
pub(super) fn identity(conn: &Connection, env: &dyn Env) -> Result<Identity> {
    if let Some((signing, boxed)) = rows::identity(conn)? {
        return Identity::of(&signing, &boxed).ok_or_else(|| Error::Damaged("the identity of this archive".to_owned()));
    }
    let fresh = Identity::fresh(env)?;
    let (signing, boxed) = fresh.halves();
    rows::set_identity(conn, signing.bytes(), boxed.bytes())?;
    Ok(fresh)
}

impl Local {
    /// Reads it; none where the meeting is not shared.
    pub(super) fn find(conn: &Connection, meeting: MeetingId) -> Result<Option<Self>> {
        let Some(row) = rows::share(conn, meeting)? else {
            return Ok(None);
        };
        let bad = || Error::Damaged("a key of a shared meeting".to_owned());
        let (signing, boxed) = rows::identity(conn)?.ok_or_else(bad)?;
        let first = Key::of(&row.first_key).ok_or_else(bad)?;
        let root = Root {
            owner: row.owner,
            key: PublicKey(row.owner_key.as_slice().try_into().map_err(|_| bad())?),
        };
        let mut keys: BTreeMap<(bool, u32), Vec<Key>> = BTreeMap::new();
        for (internal, epoch, key) in rows::keys(conn, meeting)? {
            keys.entry((internal, epoch))
                .or_default()
                .push(Key::of(&key).ok_or_else(bad)?);
        }
        let statements: Vec<Statement> = rows::statements(conn, meeting)?
            .iter()
            .filter_map(|bytes| Statement::stored(bytes))
            .collect();
        Ok(Some(Self {
            identity: Identity::of(&signing, &boxed).ok_or_else(bad)?,
            ids: Key::of(&first.hash("minuta ids", [])).ok_or_else(bad)?,
            tag: first.hash("minuta tag", [meeting.0.as_bytes().as_slice()]),
            members: Members::fold(root, &statements),
            root,
            row,
            keys,
            statements,
        }))
    }

    /// Reads it.
    pub(super) fn load(conn: &Connection, meeting: MeetingId) -> Result<Self> {
        Self::find(conn, meeting)?.ok_or_else(|| {
            Error::NotFound(format!(
                "the meeting {meeting} is not shared, or there is no such meeting"
            ))
        })
    }

    /// Which meeting.
    pub(super) fn meeting(&self) -> MeetingId {
        self.row.meeting
    }

    /// Whether this archive is the owner's.
    pub(super) fn is_owner(&self) -> bool {
        self.row.me == self.root.owner
    }

    /// What this archive may do now.
    pub(super) fn role(&self) -> Option<Role> {
        (self.row.standing == Standing::Good).then_some(self.row.role)
    }

    /// The newest key of a lane, with its epoch: what is made now is sealed with it.
    pub(super) fn newest(&self, internal: bool) -> Option<(u32, &Key)> {
        let mut known = self.keys.range((internal, 0)..=(internal, u32::MAX));
        let ((_, epoch), keys) = known.next_back()?;
        keys.first().map(|key| (*epoch, key))
    }

    /// The newest epoch of a lane's keys.
    pub(super) fn epoch(&self, lane: Lane) -> Option<u32> {
        self.newest(lane == Lane::Internal).map(|(epoch, _)| epoch)
    }

    /// The newest epoch that the owner told of.
    pub(super) fn told_epoch(&self) -> u32 {
        let told = self
            .statements
            .iter()
            .filter(|statement| statement.key == self.root.key);
        let epochs = told.filter_map(|statement| match &statement.says {
            Says::Rekeyed { epoch, .. } => Some(*epoch),
            _ => None,
        });
        epochs.max().unwrap_or(0)
    }

    fn keys_of(&self, lane: Lane, epoch: u32) -> &[Key] {
        let found = self.keys.get(&(lane == Lane::Internal, epoch));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// Seals a message; none where its key is not here.
    pub(super) fn seal(
        &self,
        env: &dyn Env,
        lane: Lane,
        epoch: u32,
        id: &MessageId,
        plain: &[u8],
    ) -> Result<Option<Vec<u8>>> {
        let key = self.keys_of(lane, epoch).first();
        key.map(|key| seal::seal(key, env, &self.tag, (lane, epoch, id), plain))
            .transpose()
    }

    /// Opens a message that came on a lane: the epoch of its key, and what is in it.
    pub(super) fn open(&self, lane: Lane, id: &MessageId, bytes: &[u8]) -> Result<(u32, Vec<u8>), Reason> {
        let (shown, epoch) = seal::shown(bytes).ok_or(Reason::Malformed)?;
        if shown != lane {
            return Err(Reason::Tampered);
        }
        let keys = self.keys_of(lane, epoch);
        if keys.is_empty() {
            return Err(Reason::UnknownKey);
        }
        let opened = keys.iter().find_map(|key| seal::open(key, &self.tag, id, bytes));
        opened.map(|plain| (epoch, plain)).ok_or(Reason::Tampered)
    }

    /// Keeps a statement that counts, and knows the members by it from now on; answers whether it is new.
    pub(super) fn keep(&mut self, conn: &Connection, epoch: u32, signed: &[u8], sent: bool) -> Result<bool> {
        let meeting = self.meeting();
        let id = statement::id_of(&self.ids, signed);
        if rows::is_held(conn, meeting, &id)?.is_some() {
            return Ok(false);
        }
        let Some(statement) = Statement::stored(signed) else {
            return Ok(false);
        };
        let row = rows::add_statement(conn, meeting, epoch, signed)?;
        let message = MessageRow {
            id,
            lane: Lane::Members,
            source: row,
            piece: 0,
            pieces: 1,
            sent,
        };
        rows::add_message(conn, meeting, &message)?;
        self.statements.push(statement);
        self.members = Members::fold(self.root, &self.statements);
        Ok(true)
    }

    /// Says something as this archive's author.
    pub(super) fn say(&mut self, conn: &Connection, says: Says) -> Result<bool> {
        // New keys are told under the first one, which everybody has who ever joined; the rest under the newest.
        let epoch = match says {
            Says::Rekeyed { .. } => 0,
            _ => self.epoch(Lane::Members).unwrap_or(0),
        };
        let statement = Statement {
            author: self.row.me,
            key: self.identity.signing.public(),
            says,
        };
        let signed = statement.signed(self.meeting(), &self.identity.signing)?;
        self.keep(conn, epoch, &signed, false)
    }

    /// Keeps a key; answers whether it is new.
    pub(super) fn add_key(&mut self, conn: &Connection, internal: bool, epoch: u32, key: &Key) -> Result<bool> {
        let is_new = rows::add_key(conn, self.meeting(), internal, epoch, key.bytes())?;
        if is_new {
            let known = self.keys.entry((internal, epoch)).or_default();
            known.push(key.clone());
            // Where an owner's two laptops made two, all take the same one for what they make.
            known.sort();
        }
        Ok(is_new)
    }

    /// Takes the keys that were handed to this archive out of the statements; answers whether any is new.
    pub(super) fn take_keys(&mut self, conn: &Connection) -> Result<bool> {
        let Some(owner) = self.members.known.get(&self.root.owner).map(|owner| owner.box_key) else {
            return Ok(false);
        };
        let mut told: Vec<(u32, Vec<Opaque>, [Opaque; 2])> = self
            .statements
            .iter()
            .filter(|statement| statement.author == self.root.owner && statement.key == self.root.key)
            .filter_map(|statement| match &statement.says {
                Says::Rekeyed {
                    epoch,
                    boxes,
                    earlier,
                    earlier_internal,
                } => Some((*epoch, boxes.clone(), [earlier.clone(), earlier_internal.clone()])),
                _ => None,
            })
            .collect();
        // The newest first: each key opens the one before it.
        told.sort_by_key(|(epoch, _, _)| std::cmp::Reverse(*epoch));
        let may_have_internal = self.row.role >= Role::Scribe;
        let mut is_any_new = false;
        for (epoch, boxes, earlier) in told {
            let opened = boxes.iter().filter_map(|sealed| self.identity.handed(&owner, sealed));
            for handed in opened.collect::<Vec<_>>() {
                for (internal, key) in [false, true].into_iter().zip(handed.chunks_exact(32)) {
                    if let Some(key) = Key::of(key)
                        && (!internal || may_have_internal)
                    {
                        is_any_new |= self.add_key(conn, internal, epoch, &key)?;
                    }
                }
            }
            let Some(before) = epoch.checked_sub(1) else { continue };
            for (internal, sealed) in [false, true].into_iter().zip(earlier) {
                let known = self.keys.get(&(internal, epoch)).cloned().unwrap_or_default();
                let opened = known.iter().find_map(|key| key.open(EARLIER, &sealed.0));
                for key in opened.unwrap_or_default().chunks_exact(32).filter_map(Key::of) {
                    is_any_new |= self.add_key(conn, internal, before, &key)?;
                }
            }
        }
        Ok(is_any_new)
    }

    /// Makes new keys and hands them to those who stay.
    pub(super) fn rekey(&mut self, conn: &Connection, env: &dyn Env) -> Result<()> {
        let epoch = self.epoch(Lane::Meeting).unwrap_or(0).saturating_add(1);
        for internal in [false, true] {
            let fresh = Key::fresh(env)?;
            self.add_key(conn, internal, epoch, &fresh)?;
        }
        let all = self.readers();
        self.hand(conn, env, &all).map(|_| ())
    }

    /// Hands the newest keys to members who have not got them yet: they joined by an older invitation. The owner's to do;
    /// answers whether anything was handed.
    pub(super) fn hand_over(&mut self, conn: &Connection, env: &dyn Env) -> Result<bool> {
        let Some(epoch) = self.epoch(Lane::Meeting).filter(|epoch| *epoch > 0 && self.is_owner()) else {
            return Ok(false);
        };
        let boxes: Vec<Opaque> = self
            .statements
            .iter()
            .filter_map(|statement| match &statement.says {
                Says::Rekeyed { epoch: of, boxes, .. } if *of == epoch => Some(boxes.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let lacking: BTreeSet<(PublicKey, bool)> = self
            .readers()
            .into_iter()
            .filter(|(box_key, internal)| {
                // A box is opened by either side of it.
                let wanted = if *internal { 64 } else { 32 };
                let mut handed = boxes.iter().filter_map(|sealed| self.identity.handed(box_key, sealed));
                !handed.any(|handed| handed.len() >= wanted)
            })
            .collect();
        if lacking.is_empty() {
            return Ok(false);
        }
        self.hand(conn, env, &lacking)
    }

    /// The members in good standing, and whether they read the internal companion. This archive is one of them: put back
    /// from an older copy of itself, it needs the keys that it made since.
    fn readers(&self) -> BTreeSet<(PublicKey, bool)> {
        let all = self.members.known.values();
        all.filter_map(|known| known.role().map(|role| (known.box_key, role.reads(Lane::Internal))))
            .collect()
    }

    fn hand(&mut self, conn: &Connection, env: &dyn Env, to: &BTreeSet<(PublicKey, bool)>) -> Result<bool> {
        let keys = (self.newest(false), self.newest(true));
        let (Some((epoch, key)), Some((_, internal))) = keys else {
            return Err(Error::Internal("the owner of a meeting has lost its keys".to_owned()));
        };
        let mut boxes = Vec::new();
        for (box_key, reads_internal) in to {
            let secret = if *reads_internal {
                [key.bytes().as_slice(), internal.bytes()].concat()
            } else {
                key.bytes().to_vec()
            };
            boxes.push(self.identity.hand(env, box_key, &secret)?);
        }
        let earlier = |internal: bool, key: &Key| -> Result<Opaque> {
            let before = epoch.saturating_sub(1);
            let known = self.keys.get(&(internal, before)).cloned().unwrap_or_default();
            let bytes: Vec<u8> = known.iter().flat_map(|key| *key.bytes()).collect();
            key.seal(env, EARLIER, &bytes).map(Opaque)
        };
        let says = Says::Rekeyed {
            epoch,
            earlier: earlier(false, key)?,
            earlier_internal: earlier(true, internal)?,
            boxes,
        };
        self.say(conn, says)
    }

    /// What this archive may do, as the members have it now, goes into its row.
    pub(super) fn note_role(&mut self, conn: &Connection) -> Result<()> {
        let Some(known) = self.members.known.get(&self.row.me) else {
            return Ok(());
        };
        let (role, standing) = match known.role() {
            Some(role) => (role, Standing::Good),
            None => (self.row.role, Standing::Withdrawn),
        };
        if (role, standing) != (self.row.role, self.row.standing) {
            (self.row.role, self.row.standing) = (role, standing);
            rows::set_share(conn, &self.row)?;
        }
        Ok(())
    }
}
