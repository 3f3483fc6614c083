//! Which aspects of which things each change touched, read from its operations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{AutoCommit, Change, ObjType, Prop, ReadDoc};
use uuid::Uuid;

use super::{SETTLED, root_named};
use crate::model::contest::{BENEATH, LINKS, Link, MADE, aspect_named, aspect_of};
use crate::model::{Meeting, Noun};

/// One change that touched an aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Touch {
    /// Its place among the changes.
    pub(super) change: usize,
    /// Whether it settled a contest there.
    pub(super) settles: bool,
}

/// A thing: its root map and id; nil for the meeting's own facts.
pub(super) type Thing = (&'static str, Uuid);

/// By thing and aspect, the changes in their order.
pub(super) type Touches = BTreeMap<Thing, BTreeMap<&'static str, Vec<Touch>>>;

/// Aspects of things; [`BENEATH`] one where something was put beneath it, or named it.
pub(super) type AspectsOf = BTreeSet<(Thing, &'static str)>;

/// What an object of the document is.
#[derive(Clone, Debug)]
enum Place {
    /// A root map of things.
    Root(&'static str),
    /// A thing, and the change that made it, if that is among those being read.
    Thing(Thing, Option<usize>),
    /// The text, or the map of a set, in a thing.
    Field(Thing, Option<&'static str>, Option<usize>),
    /// Nothing that is looked at.
    Other,
}

/// What was read of some changes, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    /// What they touched.
    pub(super) touches: Touches,
    /// What they put beneath a thing, or had name it: the changes, and what that was.
    pub(super) beneath: BTreeMap<Thing, Vec<(usize, Thing)>>,
    places: HashMap<OpId, Place>,
}

impl Read {
    /// Reads what the next change touched, and answers with it. A thing that a change makes is not touched by it: nobody
    /// else can know of it yet.
    pub(super) fn take(&mut self, doc: &AutoCommit, number: usize, change: &Change) -> AspectsOf {
        let mut reader = Reader {
            doc,
            read: self,
            touched: BTreeSet::new(),
        };
        reader.take(number, change);
        let touched = reader.touched;
        // What a change made is asked of the document from now on: to remember all would take as much memory again.
        self.places.retain(|_, place| matches!(place, Place::Root(_)));
        touched
    }
}

fn linked(root: &str, fits: impl Fn(&Link) -> bool) -> Option<&'static Link> {
    LINKS.iter().find(|link| link.root == root && fits(link))
}

struct Reader<'a> {
    doc: &'a AutoCommit,
    read: &'a mut Read,
    touched: AspectsOf,
}

impl Reader<'_> {
    fn take(&mut self, number: usize, change: &Change) {
        let change = change.decode();
        let start = change.start_op.get();
        // A word is as many operations as it has letters: the object is looked up once.
        let mut last: Option<(OpId, Place)> = None;
        for (own, op) in (start..).zip(&change.operations) {
            let ObjectId::Id(object) = &op.obj else { continue };
            let place = match &last {
                Some((known, place)) if known == object => place.clone(),
                _ => {
                    let place = self.place(object);
                    last = Some((object.clone(), place.clone()));
                    place
                }
            };
            let key = match &op.key {
                Key::Map(key) => Some(key.as_str()),
                Key::Seq(_) => None,
            };
            let makes = matches!(op.action, OpType::Make(_));
            if let Some(key) = key {
                self.link(number, &place, key, &op.action);
            }
            match (place, key) {
                (Place::Root(root), Some(key)) if makes => {
                    if let Ok(id) = Uuid::parse_str(key) {
                        if self.is_made_twice(object, key) {
                            self.touch((root, id), MADE, number, false);
                        }
                        let made = OpId(own, change.actor_id.clone());
                        self.read.places.insert(made, Place::Thing((root, id), Some(number)));
                    }
                }
                (Place::Thing(thing, made), Some(key)) if makes => {
                    let child = OpId(own, change.actor_id.clone());
                    self.read
                        .places
                        .insert(child, Place::Field(thing, aspect_of(thing.0, key), made));
                }
                (Place::Thing(thing, made), Some(key)) if made != Some(number) => {
                    if let Some(aspect) = key.strip_prefix(SETTLED) {
                        if let Some(aspect) = aspect_named(thing.0, aspect) {
                            self.touch(thing, aspect, number, true);
                        }
                    } else if let Some(aspect) = aspect_of(thing.0, key) {
                        self.touch(thing, aspect, number, false);
                    }
                }
                (Place::Field(thing, Some(aspect), made), _) if made != Some(number) => {
                    self.touch(thing, aspect, number, false);
                }
                _ => {}
            }
        }
    }

    fn touch(&mut self, thing: Thing, aspect: &'static str, change: usize, settles: bool) {
        self.touched.insert((thing, aspect));
        let list = self.read.touches.entry(thing).or_default().entry(aspect).or_default();
        match list.last_mut() {
            Some(last) if last.change == change => last.settles |= settles,
            _ => list.push(Touch { change, settles }),
        }
    }

    /// Notes where something is put beneath another thing, or comes to name it; also what the change itself makes.
    fn link(&mut self, change: usize, place: &Place, key: &str, action: &OpType) {
        let OpType::Put(value) = action else { return };
        let (thing, to, id) = match place {
            Place::Thing(thing, _) => match (linked(thing.0, |link| link.key == key), value.as_str()) {
                (Some(link), Some(id)) => (thing, link.to, id),
                _ => return,
            },
            Place::Field(thing, Some(aspect), _) => {
                let is_of_it = |link: &Link| aspect_of(link.root, link.key) == Some(aspect);
                match linked(thing.0, is_of_it) {
                    Some(link) => (thing, link.to, key),
                    None => return,
                }
            }
            _ => return,
        };
        if let Ok(id) = Uuid::parse_str(id) {
            self.touched.insert(((to, id), BENEATH));
            self.read.beneath.entry((to, id)).or_default().push((change, *thing));
        }
    }

    fn is_made_twice(&self, root: &OpId, key: &str) -> bool {
        let all = self
            .doc
            .import_obj(&root.to_string())
            .and_then(|root| self.doc.get_all(&root, key));
        all.is_ok_and(|all| all.len() > 1)
    }

    fn place(&mut self, object: &OpId) -> Place {
        if let Some(known) = self.read.places.get(object) {
            return known.clone();
        }
        let place = self.found(object).unwrap_or(Place::Other);
        self.read.places.insert(object.clone(), place.clone());
        place
    }

    /// What an object is that an earlier change made.
    fn found(&self, object: &OpId) -> Option<Place> {
        let (object, kind) = self.doc.import(&object.to_string()).ok()?;
        let mut keys: Vec<String> = Vec::new();
        for parent in self.doc.parents(&object).ok()? {
            match parent.prop {
                Prop::Map(key) => keys.push(key),
                Prop::Seq(_) => return None,
            }
        }
        let mut keys = keys.iter().rev();
        let root = root_named(keys.next()?)?;
        if root == Meeting::ROOT {
            let thing = (root, Uuid::nil());
            return Some(match keys.next() {
                Some(key) => Place::Field(thing, aspect_of(root, key), None),
                None => Place::Thing(thing, None),
            });
        }
        let Some(id) = keys.next() else {
            return (kind == ObjType::Map).then_some(Place::Root(root));
        };
        let thing = (root, Uuid::parse_str(id).ok()?);
        Some(match keys.next() {
            Some(key) => Place::Field(thing, aspect_of(root, key), None),
            None => Place::Thing(thing, None),
        })
    }
}
