//! The Automerge document of a meeting (and of its internal companion, and of the archive): its schema and its edits.
//!
//! A document holds root maps, one a noun; each maps an id to a flat map of fields ([`crate::model::Noun::FIELDS`]).
//! All root maps are made by one genesis change that is byte-identical on every laptop, and every child map is made
//! together with its parent: the same map made twice, apart, would hide one side when they meet. Deleting sets
//! `deleted`; nothing is ever removed, since a removal hides what a colleague wrote there meanwhile.

mod anew;
mod before;
mod fields;
mod gathered;
mod many;
mod review;
mod text;
mod touched;
mod touches;
mod undo;

pub(crate) use fields::span;
pub(crate) use gathered::Gathered;
pub(crate) use review::{Choice, Reviewed};

use std::collections::{BTreeMap, HashSet};

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::model::{ActionId, AuthorId, Meeting, MeetingId, Noun, Shape};

/// The root maps, in the order in which the genesis change makes them. Never reordered; a new one needs a new genesis.
const ROOTS: [&str; 14] = [
    "meeting",
    "items",
    "points",
    "participants",
    "turns",
    "passages",
    "cues",
    "votes",
    "corrections",
    "versions",
    "series",
    "persons",
    "preferences",
    "extra",
];

/// So many changes are put in at one go. The library sorts what it is given, and holds all of it unpacked: ten thousand
/// at once take half as long again, or, in a document that was just loaded, several times as long.
const PORTION: usize = 512;

/// The tombstone.
const DELETED: &str = crate::model::contest::DELETED;

/// Begins the key which says that somebody settled a contest about an aspect, and by which action: writing it puts a
/// change behind which all versions lie, also where the version that was chosen is the one that stood.
const SETTLED: &str = "settled:";

/// Which of an archive's documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What everybody who works on a meeting may see.
    Meeting,
    /// Its companion with what is off the record.
    Internal,
    /// Series, persons and preferences of this archive.
    Archive,
}

impl Part {
    /// The word in the `document` table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Internal => "internal",
            Self::Archive => "archive",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Meeting, Self::Internal, Self::Archive]
            .into_iter()
            .find(|part| part.word() == word)
    }
}

/// What was touched: the root map and the id in it (the nil id for the meeting's own facts). With what was made and not
/// written to since, all its fields, so that projecting it need not read it back.
pub type Touched = BTreeMap<(&'static str, Uuid), Option<Map<String, Json>>>;

/// What a change's message says. It is inside the change's hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who.
    pub author: AuthorId,
    /// The action that this change is part of.
    pub action: ActionId,
    /// `do`, `undo` or `redo`.
    #[serde(default, skip_serializing_if = "Mode::is_do")]
    pub mode: Mode,
    /// The action taken back or done again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<ActionId>,
    /// What was done, in words ("point added").
    pub intent: String,
}

/// What a change says that a test makes.
#[cfg(test)]
fn tried_by(author: AuthorId) -> Message {
    Message {
        author,
        action: ActionId(Uuid::now_v7()),
        mode: Mode::Do,
        target: None,
        intent: "tried".to_owned(),
    }
}

/// Whether a change does something new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Something new.
    #[default]
    Do,
    /// Makes a meeting. Not undone step by step: a meeting is deleted, on purpose.
    Make,
    /// Takes an earlier action back.
    Undo,
    /// Does an undone action again.
    Redo,
}

impl Mode {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    fn is_do(&self) -> bool {
        *self == Self::Do
    }

    /// The word in the `action` table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Make => "make",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}

/// Who made a change.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// The actor that it is of.
    pub(crate) actor: String,
    /// Which of its changes it is.
    pub(crate) seq: u64,
    /// Who, if its message says so.
    pub(crate) author: Option<AuthorId>,
}

impl Origin {
    /// As the change says itself.
    pub(crate) fn of(change: &Change) -> Self {
        Self {
            actor: change.actor_id().to_hex_string(),
            seq: change.seq(),
            author: message_in(change.message()).map(|message| message.author),
        }
    }
}

/// What the message of a change says; none for the genesis and for messages of a form that this version does not know.
pub(crate) fn message_in(text: Option<&str>) -> Option<Message> {
    serde_json::from_str(text?).ok()
}

/// A document in memory.
#[derive(Clone, Debug)]
pub struct Document {
    doc: AutoCommit,
    touched: Touched,
    /// What was read of the changes that were last looked through, for those that come next.
    region: Option<Box<review::Region>>,
}

impl Document {
    /// A document with the genesis change and nothing else.
    ///
    /// # Errors
    /// Only if Automerge refuses, which would be a defect.
    pub fn genesis(actor: Uuid) -> Result<Self> {
        let mut doc = AutoCommit::new().with_actor(ActorId::from([0_u8; 16]));
        for root in ROOTS {
            let map = doc.put_object(ROOT, root, ObjType::Map)?;
            if root == Meeting::ROOT {
                // The meeting's facts lie in a root map, so its child maps are part of the genesis too.
                for field in Meeting::FIELDS
                    .iter()
                    .filter(|field| matches!(field.shape, Shape::Set | Shape::Spans))
                {
                    doc.put_object(&map, field.key, ObjType::Map)?;
                }
            }
        }
        doc.commit_with(CommitOptions::default().with_message("minuta 1").with_time(0));
        doc.set_actor(ActorId::from(actor.as_bytes().as_slice()));
        Ok(Self {
            doc,
            touched: Touched::new(),
            region: None,
        })
    }

    /// Writes into the document which one it is, so that its changes can be told apart even without their table.
    ///
    /// # Errors
    /// Only if Automerge refuses.
    pub fn identify(&mut self, meeting: MeetingId, part: Part) -> Result<()> {
        if let Some((_, extra)) = self.doc.get(ROOT, "extra")? {
            self.doc.put(&extra, "meeting", meeting.to_string())?;
            self.doc.put(&extra, "part", part.word())?;
        }
        Ok(())
    }

    /// Whether a change says of its document that it is another one than this.
    ///
    /// # Errors
    /// Only if Automerge refuses, which would be a defect.
    pub fn is_misnamed_by(change: &Change, meeting: MeetingId, part: Part) -> Result<bool> {
        touched::is_misnamed_by(change, &[("meeting", &meeting.to_string()), ("part", part.word())])
    }

    /// Which document this is, if it says so.
    #[must_use]
    pub fn identity(&self) -> Option<(MeetingId, Part)> {
        let (_, extra) = self.doc.get(ROOT, "extra").ok()??;
        let text = |key: &str| {
            self.doc
                .get(&extra, key)
                .ok()
                .flatten()
                .and_then(|(value, _)| value.as_str().map(str::to_owned))
        };
        Some((text("meeting")?.parse().ok()?, Part::of(&text("part")?)?))
    }

    /// Loads a saved document and verifies its hashes. `actor` must be fresh: a copied archive that reused one could
    /// never be merged.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the bytes are not what was saved.
    pub fn load(bytes: &[u8], actor: Uuid) -> Result<Self> {
        let mut doc = AutoCommit::load(bytes).map_err(|error| Error::Damaged(format!("a saved document: {error}")))?;
        doc.set_actor(ActorId::from(actor.as_bytes().as_slice()));
        Ok(Self {
            doc,
            touched: Touched::new(),
            region: None,
        })
    }

    /// The whole document with its history.
    pub fn save(&mut self) -> Vec<u8> {
        self.doc.save()
    }

    /// The heads: the hashes of the last changes.
    pub fn heads(&mut self) -> Vec<ChangeHash> {
        self.doc.get_heads()
    }

    /// The heads as text, for an editor to hand back.
    pub fn rev(&mut self) -> String {
        self.heads()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(",")
    }

    /// The changes that are not behind `heads`.
    pub fn changes_since(&mut self, heads: &[ChangeHash]) -> Vec<Change> {
        self.doc.get_changes(heads)
    }

    /// The change of this hash.
    pub fn change(&mut self, hash: &ChangeHash) -> Option<Change> {
        self.doc.get_change_by_hash(hash)
    }

    /// Who made a change, if it is here.
    pub(crate) fn origin(&mut self, hash: &ChangeHash) -> Option<Origin> {
        let meta = self.doc.get_change_meta_by_hash(hash)?;
        Some(Origin {
            actor: meta.actor.to_hex_string(),
            seq: meta.seq,
            author: message_in(meta.message.as_deref()).map(|message| message.author),
        })
    }

    /// Hashes that `heads` name and this document lacks.
    pub fn missing(&mut self, heads: &[ChangeHash]) -> Vec<ChangeHash> {
        self.doc.get_missing_deps(heads)
    }

    /// Takes in changes, portion by portion. Changes whose predecessors are missing wait in the document until these come.
    ///
    /// # Errors
    /// When a change contradicts what is there (a reused actor).
    pub fn apply(&mut self, changes: Vec<Change>) -> Result<()> {
        let mut rest = changes.into_iter().peekable();
        while rest.peek().is_some() {
            let portion: Vec<Change> = rest.by_ref().take(PORTION).collect();
            let applied = self.doc.apply_changes(portion);
            // The library notes what each change did for whoever may ask, and would keep it for as long as the document.
            self.doc.reset_diff_cursor();
            applied.map_err(|error| Error::Damaged(format!("a change: {error}")))?;
        }
        Ok(())
    }

    /// Everything that a key of a root map stands for now, whether deleted or not; none where a root map is not the one
    /// that the genesis made, so that what changes write to it says nothing of what is shown.
    pub(crate) fn things(&self) -> Option<HashSet<(&'static str, Uuid)>> {
        let mut things = HashSet::new();
        for (root, own) in gathered::roots() {
            let (_, map) = self.doc.get(ROOT, *root).ok()??;
            if map.to_string() != *own {
                return None;
            }
            let ids = self.doc.keys(&map).filter_map(|key| Uuid::parse_str(&key).ok());
            things.extend(ids.map(|id| (*root, id)));
        }
        Some(things)
    }

    /// What changes touched that this document has now.
    pub(crate) fn touched_by(&self, gathered: Gathered) -> Touched {
        gathered.touched(&self.doc)
    }

    /// Joins another document into this one; what that touched is added to [`Document::take_touched`].
    ///
    /// # Errors
    /// As [`Document::apply`].
    pub fn merge(&mut self, other: &mut Self) -> Result<()> {
        let before = self.doc.get_heads();
        self.doc.merge(&mut other.doc)?;
        self.touch_since(&before);
        Ok(())
    }

    /// A copy that goes its own way, under its own actor.
    #[must_use]
    pub fn fork(&mut self, actor: Uuid) -> Self {
        let mut doc = self.doc.fork();
        doc.set_actor(ActorId::from(actor.as_bytes().as_slice()));
        Self {
            doc,
            touched: Touched::new(),
            region: None,
        }
    }

    /// Ends the pending edit as one change; none where nothing was edited.
    pub fn commit(&mut self, message: &Message, at_seconds: i64) -> Result<Option<Change>> {
        if self.doc.pending_ops() == 0 {
            return Ok(None);
        }
        let text = serde_json::to_string(message)?;
        let hash = self
            .doc
            .commit_with(CommitOptions::default().with_message(text).with_time(at_seconds));
        Ok(hash.and_then(|hash| self.doc.get_change_by_hash(&hash)))
    }

    /// Whether there are edits that are not committed yet.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.doc.pending_ops() > 0
    }

    /// Whether something under a root map was touched since [`Document::take_touched`] was last asked.
    #[must_use]
    pub fn has_touched(&self, root: &str) -> bool {
        self.touched.keys().any(|(touched, _)| *touched == root)
    }

    /// What was touched since this was last asked.
    pub fn take_touched(&mut self) -> Touched {
        std::mem::take(&mut self.touched)
    }

    /// Notes what was written to.
    fn touch(&mut self, touched: impl IntoIterator<Item = (&'static str, Uuid)>) {
        self.touched.extend(touched.into_iter().map(|one| (one, None)));
    }

    fn touch_since(&mut self, before: &[ChangeHash]) {
        let after = self.doc.get_heads();
        if before == after {
            return;
        }
        let patches = self.doc.diff(before, &after);
        self.touch(patches.iter().flat_map(touched::by_patch));
    }

    /// All ids of a noun, deleted ones too.
    #[must_use]
    pub fn ids<T: Noun>(&self) -> Vec<Uuid> {
        if T::ROOT == Meeting::ROOT {
            return vec![Uuid::nil()];
        }
        let Ok(Some((_, root))) = self.doc.get(ROOT, T::ROOT) else {
            return Vec::new();
        };
        self.doc
            .keys(&root)
            .filter_map(|key| Uuid::parse_str(&key).ok())
            .collect()
    }

    fn entity(&self, root: &str, id: Uuid) -> Result<Option<ObjId>> {
        let Some((_, map)) = self.doc.get(ROOT, root)? else {
            return Ok(None);
        };
        if root == Meeting::ROOT {
            return Ok(Some(map));
        }
        Ok(self
            .doc
            .get(&map, id.to_string())?
            .and_then(|(value, object)| value.is_object().then_some(object)))
    }

    /// Whether a noun's entity is there and not deleted.
    pub fn alive<T: Noun>(&self, id: Uuid) -> Result<bool> {
        Ok(self
            .entity(T::ROOT, id)?
            .is_some_and(|object| !self.is_deleted(&object)))
    }

    fn is_deleted(&self, object: &ObjId) -> bool {
        matches!(self.doc.get(object, DELETED), Ok(Some((value, _))) if value.as_bool() == Some(true))
    }

    /// The change that wrote what a field of an entity says now.
    pub(crate) fn written_by(&self, root: &str, id: Uuid, key: &str) -> Option<ChangeHash> {
        let object = self.entity(root, id).ok()??;
        let (_, written) = self.doc.get(&object, key).ok()??;
        self.doc.hash_for_opid(&written)
    }

    /// Reads an entity, and whether it is deleted. For the meeting's own facts `id` is the meeting's.
    pub fn read<T: Noun>(&self, id: Uuid) -> Result<Option<(T, bool)>> {
        let Some(object) = self.entity(T::ROOT, id)? else {
            return Ok(None);
        };
        let held = fields::held(&self.doc, &object);
        let mut json = Map::new();
        json.insert("id".to_owned(), Json::String(id.to_string()));
        for field in T::FIELDS {
            if let Some(value) = fields::read(&self.doc, &held, field)? {
                json.insert(field.key.to_owned(), value);
            }
        }
        let value = fields::value::<T>(json)
            .map_err(|error| Error::Damaged(format!("{} {id} of a document: {error}", T::TABLE)))?;
        let deleted = held
            .get(DELETED)
            .is_some_and(|(value, _)| value.as_bool() == Some(true));
        Ok(Some((value, deleted)))
    }

    /// Puts a new entity in. One that is there already under this id is updated to it.
    pub fn insert<T: Noun>(&mut self, value: &T) -> Result<()> {
        let id = value.id();
        let Some((_, root)) = self.doc.get(ROOT, T::ROOT)? else {
            return Err(Error::Internal(format!("no root map {}", T::ROOT)));
        };
        // Most are new: one look tells, and an import has thousands.
        let is_there = T::ROOT == Meeting::ROOT || self.doc.get(&root, id.to_string())?.is_some();
        if is_there && let Some((before, deleted)) = self.read::<T>(id)? {
            if deleted {
                self.set_deleted::<T>(id, false)?;
            }
            return self.update(&before, value, None);
        }
        let made = object_of(value)?;
        let entity = fields::new_entity(T::FIELDS, &made, self.doc.text_encoding());
        self.doc.batch_create_object(&root, id.to_string(), &entity, false)?;
        self.touched.insert((T::ROOT, touched_id::<T>(id)), Some(made));
        Ok(())
    }

    /// Writes those fields of an entity that differ between `before` and `after`. A text is edited as it stood at
    /// `rev` (see [`Document::rev`]), so that what was written to it since stays.
    pub fn update<T: Noun>(&mut self, before: &T, after: &T, rev: Option<&str>) -> Result<()> {
        let id = after.id();
        let Some(object) = self.entity(T::ROOT, id)? else {
            return Err(Error::NotFound(format!("there is no {} {id}", T::TABLE)));
        };
        let (old, new) = (object_of(before)?, object_of(after)?);
        let mut changed = false;
        for field in T::FIELDS {
            let (old, new) = (
                old.get(field.key).unwrap_or(&Json::Null),
                new.get(field.key).unwrap_or(&Json::Null),
            );
            if old == new {
                continue;
            }
            changed = true;
            if field.shape == Shape::Text && rev.is_some() {
                continue;
            }
            fields::write(&mut self.doc, &object, field, old, new)?;
        }
        if changed {
            self.touch([(T::ROOT, touched_id::<T>(id))]);
        }
        Ok(())
    }

    /// Rewrites an entity's text as it stood at `rev`, as a change of its own; what was written to it since stays.
    /// Pending edits must be committed before.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a `rev` that this document never had.
    pub fn write_text<T: Noun>(
        &mut self,
        id: Uuid,
        text: &str,
        rev: &str,
        message: &Message,
        at: i64,
    ) -> Result<Option<Change>> {
        let heads = parse_rev(rev)?;
        if !self.doc.get_missing_deps(&heads).is_empty() {
            return Err(Error::Invalid(
                "the text was opened at a state that this archive does not know; open it again".to_owned(),
            ));
        }
        let Some(object) = self.entity(T::ROOT, id)? else {
            return Err(Error::NotFound(format!("there is no {} {id}", T::TABLE)));
        };
        let Some((Value::Object(ObjType::Text), field)) = self.doc.get(&object, "text")? else {
            return Err(Error::Invalid(format!("this {} has no text", T::TABLE)));
        };
        self.doc.isolate(&heads);
        let edited = text::rewrite(&mut self.doc, &field, text).and_then(|()| self.commit(message, at));
        self.doc.integrate();
        if edited.as_ref().is_ok_and(Option::is_some) {
            self.touch([(T::ROOT, touched_id::<T>(id))]);
        }
        edited
    }

    /// Sets or lifts the tombstone.
    pub fn set_deleted<T: Noun>(&mut self, id: Uuid, deleted: bool) -> Result<()> {
        let Some(object) = self.entity(T::ROOT, id)? else {
            return Err(Error::NotFound(format!("there is no {} {id}", T::TABLE)));
        };
        if self.is_deleted(&object) != deleted {
            self.doc.put(&object, DELETED, deleted)?;
            self.touch([(T::ROOT, touched_id::<T>(id))]);
        }
        Ok(())
    }
}

fn touched_id<T: Noun>(id: Uuid) -> Uuid {
    if T::ROOT == Meeting::ROOT { Uuid::nil() } else { id }
}

/// All fields of a noun, as JSON.
pub(crate) fn object_of<T: Serialize>(value: &T) -> Result<Map<String, Json>> {
    match serde_json::to_value(value)? {
        Json::Object(map) => Ok(map),
        other => Err(Error::Internal(format!("a noun is no map: {other}"))),
    }
}

/// Reads what [`Document::rev`] gave.
fn parse_rev(rev: &str) -> Result<Vec<ChangeHash>> {
    rev.split(',')
        .map(|hash| {
            hash.parse()
                .map_err(|_| Error::Invalid("this is no state of a document".to_owned()))
        })
        .collect()
}

/// The root map's name as a constant.
fn root_named(name: &str) -> Option<&'static str> {
    ROOTS.into_iter().find(|root| *root == name)
}
