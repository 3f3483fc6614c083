//! What was set at once by two authors, to different values: a pure function of the document's changes, the same on
//! every laptop in whatever order they came.
//!
//! Of the changes that touched an aspect of a thing, those count behind which no other lies. One, or several of one
//! author: nothing to decide. Several of different authors are a contest where they came to different values; in words,
//! where they rewrote the same or touching ones. A thing deleted by one while another edited it is one too, or wrote
//! beneath it. A contest ends as soon as a change lies on top of all versions.
//!
//! Changes on top of which everything else was done, one after the other, are never in a contest: they are not even
//! looked at, so that a meeting of one author costs nothing.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

use automerge::transaction::Transactable;
use automerge::{AutoCommit, Change, ChangeHash, ObjId, ROOT, ReadDoc};
use chrono::DateTime;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::before::Before;
use super::touches::{AspectsOf, Read, Thing, Touch};
use super::{DELETED, Document, Message, Mode, SETTLED, fields, root_named, text};
use crate::error::{Error, Result};
use crate::model::contest::{BENEATH, MADE, TEXT, aspect_named, decisive, fields_in};
use crate::model::{ActionId, AuthorId, Contest, Field, Meeting, Noun, Stand};

/// How far back it is looked for a change behind which all others lie, where what lies farther back is remembered.
const FEW: usize = if cfg!(test) { 3 } else { 1000 };

/// An aspect of a thing.
pub(crate) type Aspect = (&'static str, Uuid, &'static str);

/// What looking through changes came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reviewed {
    /// All contests of the document.
    Whole(Vec<Contest>),
    /// The contests about these aspects; all others are as they were.
    Of(BTreeSet<Aspect>, Vec<Contest>),
}

/// How a contest is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice<'a> {
    /// As this version has it.
    Version(&'a Stand),
    /// As the record shows it.
    AsShown,
    /// With these words.
    Words(&'a str),
}

impl Document {
    /// Everything that is contested, from the changes alone; by thing and aspect.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn contested(&mut self) -> Result<Vec<Contest>> {
        let Some(base) = self.straight() else {
            return Ok(Vec::new());
        };
        let (region, touched) = self.region_after(base, &[]);
        let scales = Scales {
            document: self,
            region: &region,
        };
        Ok(scales.weigh(&touched)?.1)
    }

    /// What is contested about all that was touched since `heads`, where everything was looked through up to these.
    pub(crate) fn reviewed_since(&mut self, heads: &[ChangeHash]) -> Result<Reviewed> {
        let known = self.region.take();
        let limit = if known.is_some() { FEW } else { usize::MAX };
        let (region, touched) = match (self.last_common(heads, limit), known) {
            (None, Some(mut region)) => match region.go_on(&mut self.doc) {
                Some(touched) => (region, touched),
                None => self.region_from(heads),
            },
            (None, None) => self.region_from(heads),
            (Some(base), _) => self.region_after(base, heads),
        };
        let scales = Scales {
            document: self,
            region: &region,
        };
        let outcome = if scales.take_back_a_settlement(&touched) {
            // What stood before it stands again, however long ago that was.
            None
        } else {
            Some(scales.weigh(&touched)?)
        };
        self.region = Some(region);
        Ok(match outcome {
            Some((aspects, contests)) => Reviewed::Of(aspects, contests),
            None => Reviewed::Whole(self.contested()?),
        })
    }

    fn region_from(&mut self, heads: &[ChangeHash]) -> (Box<Region>, AspectsOf) {
        let base = self.last_common(heads, usize::MAX).unwrap_or_default();
        self.region_after(base, heads)
    }

    /// The changes since `base`, and what those of them touched that came since `heads`.
    fn region_after(&mut self, base: Vec<ChangeHash>, heads: &[ChangeHash]) -> (Box<Region>, AspectsOf) {
        let new: HashSet<ChangeHash> = self.doc.get_changes_meta(heads).iter().map(|meta| meta.hash).collect();
        let changes = self.doc.get_changes(&base);
        let mut region = Box::new(Region {
            base,
            heads: self.doc.get_heads(),
            ..Region::default()
        });
        let mut touched = BTreeSet::new();
        for change in &changes {
            let its = region.take(&self.doc, change);
            if new.contains(&change.hash()) {
                touched.extend(its);
            }
        }
        (region, touched)
    }

    /// Whether nothing but one change on top of everything came since `heads`, and it took nothing back: it makes no
    /// contest, since nobody else can know of it.
    pub(crate) fn is_one_on_top(&mut self, heads: &[ChangeHash]) -> bool {
        let now = self.doc.get_heads();
        let [head] = now.as_slice() else { return false };
        let Some(last) = self.doc.get_change_meta_by_hash(head) else {
            return false;
        };
        let (own, known): (BTreeSet<_>, BTreeSet<_>) = (last.deps.iter().collect(), heads.iter().collect());
        let message = last.message.as_deref().map(serde_json::from_str::<Message>);
        let took_back = matches!(message, Some(Ok(Message { mode: Mode::Undo, .. })));
        own == known && !took_back
    }

    /// The last change up to which each lies on top of the one before; none where that is so to the end.
    fn straight(&mut self) -> Option<Vec<ChangeHash>> {
        let all = self.doc.get_changes_meta(&[]);
        let chain = all
            .windows(2)
            .take_while(|pair| matches!(pair, [one, next] if next.deps == [one.hash]))
            .count();
        if chain + 1 >= all.len() {
            return None;
        }
        let places: HashMap<ChangeHash, usize> = all
            .iter()
            .take(chain + 1)
            .enumerate()
            .map(|(place, change)| (change.hash, place))
            .collect();
        let mut last = chain;
        for change in all.iter().skip(chain + 1) {
            // Two that begin from nothing have nothing in common.
            if change.deps.is_empty() {
                return Some(Vec::new());
            }
            for place in change.deps.iter().filter_map(|dep| places.get(dep)) {
                last = last.min(*place);
            }
        }
        Some(all.get(last).map(|change| change.hash).into_iter().collect())
    }

    /// The last change that lies behind everything that came since `heads`, and behind or on top of all else; empty
    /// where there is none, none where it is farther back than `limit` changes.
    fn last_common(&mut self, heads: &[ChangeHash], limit: usize) -> Option<Vec<ChangeHash>> {
        let mut new: HashSet<ChangeHash> = self.doc.get_changes_meta(heads).iter().map(|meta| meta.hash).collect();
        // The greatest first: no change begins before those behind it.
        let mut open: BinaryHeap<(u64, u64, ChangeHash)> = BinaryHeap::new();
        let mut seen: HashSet<ChangeHash> = HashSet::new();
        let mut next = self.doc.get_heads();
        for _ in 0..limit {
            for hash in std::mem::take(&mut next) {
                if seen.insert(hash)
                    && let Some(meta) = self.doc.get_change_meta_by_hash(&hash)
                {
                    open.push((meta.start_op, meta.max_op, hash));
                }
            }
            let Some((_, _, hash)) = open.pop() else {
                return Some(Vec::new());
            };
            if open.is_empty() && new.is_empty() {
                return Some(vec![hash]);
            }
            new.remove(&hash);
            if let Some(meta) = self.doc.get_change_meta_by_hash(&hash) {
                next = meta.deps;
            }
        }
        None
    }

    /// The fields of a thing as they stood at `heads`; none = now. What is missing is empty.
    fn values(&self, thing: Thing, fields: &[&Field], heads: Option<&[ChangeHash]>) -> Result<Map<String, Json>> {
        let mut map = Map::new();
        let Some(object) = self.entity_at(thing, heads)? else {
            return Ok(map);
        };
        let held = fields::held_at(&self.doc, &object, heads);
        for field in fields {
            if let Some(value) = fields::read_at(&self.doc, &held, field, heads)? {
                map.insert(field.key.to_owned(), value);
            }
        }
        Ok(map)
    }

    /// A thing as it was there at `heads`: one that two made is another object to each of them.
    fn entity_at(&self, thing: Thing, heads: Option<&[ChangeHash]>) -> Result<Option<ObjId>> {
        let (Some(heads), Some((_, root))) = (heads, self.doc.get(ROOT, thing.0)?) else {
            return self.entity(thing.0, thing.1);
        };
        if thing.0 == Meeting::ROOT {
            return Ok(Some(root));
        }
        let found = self.doc.get_at(&root, thing.1.to_string(), heads)?;
        Ok(found.and_then(|(value, object)| value.is_object().then_some(object)))
    }

    fn is_gone(&self, thing: Thing, heads: Option<&[ChangeHash]>) -> Result<bool> {
        let Some(object) = self.entity_at(thing, heads)? else {
            return Ok(false);
        };
        let held = fields::held_at(&self.doc, &object, heads);
        Ok(held
            .get(DELETED)
            .is_some_and(|(value, _)| value.as_bool() == Some(true)))
    }

    /// Whether what is contested is there and not deleted.
    pub(crate) fn is_there(&self, contest: &Contest) -> Result<bool> {
        let found = self.entity(&contest.root, contest.id)?;
        Ok(found.is_some_and(|object| !self.is_deleted(&object)))
    }

    /// Settles a contest: the choice stands, with a change on top of all versions.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no such thing or aspect, or words are chosen for what is none.
    pub(crate) fn settle(&mut self, contest: &Contest, choice: Choice<'_>, mark: &str) -> Result<()> {
        let unknown = || Error::Invalid("what is to be settled is not there any more".to_owned());
        let root = root_named(&contest.root).ok_or_else(unknown)?;
        let aspect = aspect_named(root, &contest.aspect).ok_or_else(unknown)?;
        let object = self.entity(root, contest.id)?.ok_or_else(unknown)?;
        let thing = (root, contest.id);
        match choice {
            Choice::Version(stand) if aspect == DELETED => {
                // The side that edited it wants it to be there.
                let deleted = stand.value.get(DELETED).and_then(Json::as_bool).unwrap_or(false);
                self.doc.put(&object, DELETED, deleted)?;
            }
            Choice::Version(stand) => {
                let fields = fields_in(root, aspect);
                let now = self.values(thing, &fields, None)?;
                for field in fields {
                    let of = |map: &Map<String, Json>| map.get(field.key).cloned().unwrap_or_default();
                    fields::write(&mut self.doc, &object, field, &of(&now), &of(&stand.value))?;
                }
            }
            Choice::Words(words) if aspect == TEXT => {
                for field in fields_in(root, aspect) {
                    fields::write(&mut self.doc, &object, field, &Json::Null, &Json::from(words))?;
                }
            }
            Choice::Words(_) => {
                return Err(Error::Invalid("only words can be settled by other words".to_owned()));
            }
            Choice::AsShown => {}
        }
        self.doc.put(&object, format!("{SETTLED}{aspect}"), mark)?;
        self.touch([(root, if root == Meeting::ROOT { Uuid::nil() } else { contest.id })]);
        Ok(())
    }
}

/// Changes that are looked through together, on top of one behind which all others lie. What was read of them is kept
/// while more of the same come in: a laptop that was away for long hands in its changes piece by piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Region {
    /// What lies behind all of them; empty = nothing.
    base: Vec<ChangeHash>,
    /// The state up to which they go.
    heads: Vec<ChangeHash>,
    before: Before,
    notes: Vec<Note>,
    read: Read,
    homes: beneath::Homes,
}

/// What is remembered of a change.
#[derive(Clone, Debug)]
struct Note {
    hash: ChangeHash,
    author: AuthorId,
    at: i64,
    action: Option<ActionId>,
    /// Whether it takes another action back, and which.
    is_undo: bool,
    target: Option<ActionId>,
}

impl Region {
    /// Takes in the next change, and answers with what it touched.
    fn take(&mut self, doc: &AutoCommit, change: &Change) -> AspectsOf {
        let message: Option<Message> = change.message().and_then(|text| serde_json::from_str(text).ok());
        // Where a change does not say who made it, its actor stands for somebody.
        let actor = || Uuid::from_slice(change.actor_id().to_bytes()).unwrap_or_default();
        let author = message
            .as_ref()
            .map_or_else(|| AuthorId(actor()), |message| message.author);
        self.before.push(change.hash(), change.deps());
        self.notes.push(Note {
            hash: change.hash(),
            author,
            at: change.timestamp(),
            is_undo: message.as_ref().is_some_and(|message| message.mode == Mode::Undo),
            target: message.as_ref().and_then(|message| message.target),
            action: message.map(|message| message.action),
        });
        self.read.take(doc, self.notes.len() - 1, change)
    }

    /// Takes in what came since, and answers with what that touched; none where it does not lie on top of the same base.
    fn go_on(&mut self, doc: &mut AutoCommit) -> Option<AspectsOf> {
        let mut touched = BTreeSet::new();
        for change in doc.get_changes(&self.heads) {
            let is_known = |dep: &ChangeHash| self.before.has(dep) || self.base.contains(dep);
            if change.deps().is_empty() || !change.deps().iter().all(is_known) {
                return None;
            }
            let its = self.take(doc, &change);
            if its.iter().any(|(_, aspect)| *aspect == MADE) {
                // That the other one made it too was not seen while there was but one.
                return None;
            }
            touched.extend(its);
        }
        self.heads = doc.get_heads();
        Some(touched)
    }
}

/// Changes being held against each other.
struct Scales<'a> {
    document: &'a Document,
    region: &'a Region,
}

impl Scales<'_> {
    fn note(&self, number: usize) -> Option<&Note> {
        self.region.notes.get(number)
    }

    fn author(&self, number: usize) -> AuthorId {
        self.note(number).map(|note| note.author).unwrap_or_default()
    }

    fn hash(&self, number: usize) -> Vec<ChangeHash> {
        self.note(number).map(|note| note.hash).into_iter().collect()
    }

    fn touches(&self, thing: &Thing) -> Option<&BTreeMap<&'static str, Vec<Touch>>> {
        self.region.read.touches.get(thing)
    }

    fn takes_back(&self, touch: Touch) -> Option<&Note> {
        self.note(touch.change).filter(|note| touch.settles && note.is_undo)
    }

    fn take_back_a_settlement(&self, touched: &AspectsOf) -> bool {
        touched.iter().any(|(thing, aspect)| {
            let last = self.touches(thing).and_then(|aspects| aspects.get(aspect));
            last.into_iter()
                .flatten()
                .any(|touch| self.takes_back(*touch).is_some())
        })
    }

    /// The touches that count: a settlement that was taken back counts as if it had never been, and so does its undo.
    fn counting(&self, touched: &[Touch]) -> Vec<usize> {
        let gone: Vec<&Note> = touched.iter().filter_map(|touch| self.takes_back(*touch)).collect();
        let is_gone = |number: usize| {
            let own = self.note(number).and_then(|note| note.action);
            own.is_some() && gone.iter().any(|undo| own == undo.action || own == undo.target)
        };
        touched
            .iter()
            .map(|touch| touch.change)
            .filter(|number| !is_gone(*number))
            .collect()
    }

    /// Those on top of which none of the others lies.
    fn topmost(&self, numbers: &[usize]) -> Vec<usize> {
        let mut top: Vec<usize> = Vec::new();
        for number in numbers {
            top.retain(|known| !self.region.before.is_behind(*known, *number));
            top.push(*number);
        }
        top
    }

    /// The one on top of the other; the same on every laptop also where neither is.
    fn later(&self, one: usize, other: usize) -> usize {
        if self.region.before.is_behind(one, other)
            || (self.region.before.are_apart(one, other) && self.hash(one) < self.hash(other))
        {
            other
        } else {
            one
        }
    }

    fn are_of_several(&self, numbers: &[usize]) -> bool {
        let authors: BTreeSet<AuthorId> = numbers.iter().map(|number| self.author(*number)).collect();
        authors.len() > 1
    }

    /// What is contested about what was touched; whether a thing is there, also where something else of it was.
    fn weigh(&self, touched: &AspectsOf) -> Result<(BTreeSet<Aspect>, Vec<Contest>)> {
        let is_aspect = |(_, aspect): &&(Thing, &str)| *aspect != BENEATH;
        let mut asked: AspectsOf = touched.iter().filter(is_aspect).copied().collect();
        let leaned_on = self.deletions_leaned_on(touched);
        for thing in touched.iter().map(|(thing, _)| thing).chain(&leaned_on) {
            for aspect in [DELETED, MADE] {
                let is_known = self.touches(thing).and_then(|aspects| aspects.get(aspect));
                if is_known.is_some_and(|touches| !self.counting(touches).is_empty()) {
                    asked.insert((*thing, aspect));
                }
            }
        }
        let mut aspects = BTreeSet::new();
        let mut contests = Vec::new();
        for (thing, aspect) in asked {
            let touched_by = self.touches(&thing).and_then(|aspects| aspects.get(aspect));
            let touched_by = touched_by.map(Vec::as_slice).unwrap_or_default();
            aspects.insert((thing.0, thing.1, aspect));
            let top = self.topmost(&self.counting(touched_by));
            let versions = if aspect == DELETED {
                self.about_being_there(thing, &top)?
            } else if top.len() < 2 || !self.are_of_several(&top) {
                Vec::new()
            } else if aspect == MADE {
                self.about_being_made(thing, &top)?
            } else {
                self.about_fields(thing, aspect, top)?
            };
            if !versions.is_empty() {
                contests.push(Contest {
                    root: thing.0.to_owned(),
                    id: thing.1,
                    aspect: aspect.to_owned(),
                    versions: in_order(versions),
                });
            }
        }
        Ok((aspects, contests))
    }

    fn stand(&self, number: usize, value: Map<String, Json>) -> Stand {
        let note = self.note(number);
        Stand {
            change: note.map(|note| note.hash.to_string()).unwrap_or_default(),
            author: self.author(number),
            at: note
                .and_then(|note| DateTime::from_timestamp(note.at, 0))
                .unwrap_or_default(),
            value,
        }
    }

    fn about_fields(&self, thing: Thing, aspect: &'static str, mut top: Vec<usize>) -> Result<Vec<Stand>> {
        let fields = fields_in(thing.0, aspect);
        let at = |number: usize| self.document.values(thing, &fields, Some(&self.hash(number)));
        if aspect == TEXT {
            top = self.where_words_meet(thing, &top)?;
        }
        let now = decisive(thing.0, aspect, &self.document.values(thing, &fields, None)?);
        let mut versions = Vec::new();
        let mut differ = false;
        for number in top {
            let value = at(number)?;
            differ |= decisive(thing.0, aspect, &value) != now;
            versions.push(self.stand(number, value));
        }
        Ok(if differ { versions } else { Vec::new() })
    }

    /// Two made the same thing: as each of them had it before hearing of the other.
    fn about_being_made(&self, thing: Thing, made: &[usize]) -> Result<Vec<Stand>> {
        let fields = fields_in(thing.0, MADE);
        let now = decisive(thing.0, MADE, &self.document.values(thing, &fields, None)?);
        let aspects = self.touches(&thing).into_iter().flatten();
        let edits: Vec<usize> = aspects.flat_map(|(_, touched)| self.counting(touched)).collect();
        let mut versions = Vec::new();
        let mut differ = false;
        for own in made {
            let mut last = *own;
            for edit in &edits {
                let others = made.iter().filter(|other| *other != own);
                let is_own = self.region.before.is_behind(*own, *edit)
                    && others
                        .clone()
                        .all(|other| !self.region.before.is_behind(*other, *edit) && other != edit);
                if is_own {
                    last = self.later(last, *edit);
                }
            }
            let value = self.document.values(thing, &fields, Some(&self.hash(last)))?;
            differ |= decisive(thing.0, MADE, &value) != now;
            versions.push(self.stand(last, value));
        }
        Ok(if differ { versions } else { Vec::new() })
    }

    /// Those whose rewrites meet another author's.
    fn where_words_meet(&self, thing: Thing, top: &[usize]) -> Result<Vec<usize>> {
        let fields = fields_in(thing.0, TEXT);
        let words = |heads: &[ChangeHash]| -> Result<String> {
            let value = self.document.values(thing, &fields, Some(heads))?;
            Ok(value.get(TEXT).and_then(Json::as_str).unwrap_or_default().to_owned())
        };
        let mut meeting = BTreeSet::new();
        for (place, one) in top.iter().enumerate() {
            for other in top.iter().skip(place + 1) {
                if self.author(*one) == self.author(*other) {
                    continue;
                }
                let mut heads = self.region.before.common(*one, *other);
                heads.extend(&self.region.base);
                if text::meet(&words(&heads)?, &words(&self.hash(*one))?, &words(&self.hash(*other))?) {
                    meeting.extend([*one, *other]);
                }
            }
        }
        Ok(meeting.into_iter().collect())
    }

    /// One deleted it, another brought it back; or one deleted it while another edited it.
    fn about_being_there(&self, thing: Thing, top: &[usize]) -> Result<Vec<Stand>> {
        let deletes = |number: usize| self.document.is_gone(thing, Some(&self.hash(number)));
        let said = |number: usize, deleted: bool| {
            let mut value = Map::new();
            value.insert(DELETED.to_owned(), Json::Bool(deleted));
            self.stand(number, value)
        };
        let mut versions = Vec::new();
        for number in top {
            versions.push((*number, deletes(*number)?));
        }
        let gone = self.document.is_gone(thing, None)?;
        if self.are_of_several(top) && versions.iter().any(|(_, deleted)| *deleted != gone) {
            return Ok(versions
                .into_iter()
                .map(|(number, deleted)| said(number, deleted))
                .collect());
        }
        if !gone || top.is_empty() {
            return Ok(Vec::new());
        }
        let edits = self.edited_apart(thing, top);
        if edits.is_empty() {
            return Ok(Vec::new());
        }
        let mut stands: Vec<Stand> = versions
            .into_iter()
            .map(|(number, deleted)| said(number, deleted))
            .collect();
        for edited in edits.into_values() {
            let mut value = self
                .document
                .values(thing, &edited.fields, Some(&self.hash(edited.last)))?;
            // What was emptied is said too.
            for field in &edited.fields {
                value.entry(field.key.to_owned()).or_insert(Json::Null);
            }
            edited.tell_beneath(&mut value)?;
            stands.push(self.stand(edited.last, value));
        }
        Ok(stands)
    }

    /// Whether a change was made without knowing of any of these, by somebody else.
    fn is_apart(&self, number: usize, top: &[usize]) -> bool {
        let author = self.author(number);
        top.iter()
            .all(|other| self.region.before.are_apart(*other, number) && self.author(*other) != author)
    }
}

/// The earliest first; by their hashes where they are of one second, so that all laptops say the same.
fn in_order(mut versions: Vec<Stand>) -> Vec<Stand> {
    versions.sort_by(|one, other| (one.at, &one.change).cmp(&(other.at, &other.change)));
    versions
}

mod beneath;
#[cfg(test)]
mod tests;
