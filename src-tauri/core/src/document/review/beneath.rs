//! What others did to a thing, or beneath it, while somebody deleted it: who edited it, wrote a point under the item, tagged
//! the participant who was taken off the list.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::{AspectsOf, Scales, Thing};
use crate::document::DELETED;
use crate::error::Result;
use crate::model::contest::{BENEATH, BENEATH_IN_ALL, LINKS, Leaf, Link, fields_in, fields_of};
use crate::model::{AuthorId, Field, Item, Noun as _, Participant};

/// So many of the things beneath another are told; of the rest, how many they are.
const TOLD: usize = 20;

/// What one author did to a thing that another deleted meanwhile.
#[derive(Default)]
pub(super) struct Edited {
    /// The last of the changes.
    pub(super) last: usize,
    /// The fields that were edited.
    pub(super) fields: Vec<&'static Field>,
    beneath: BTreeSet<Leaf>,
}

impl Edited {
    /// Puts what was written beneath the thing into what is said of this version.
    pub(super) fn tell_beneath(&self, value: &mut Map<String, Json>) -> Result<()> {
        if !self.beneath.is_empty() {
            let told: Vec<&Leaf> = self.beneath.iter().take(TOLD).collect();
            value.insert(BENEATH.to_owned(), serde_json::to_value(told)?);
            value.insert(BENEATH_IN_ALL.to_owned(), Json::from(self.beneath.len()));
        }
        Ok(())
    }
}

/// What things stood beneath after a change, where that was asked: a laptop that was away hands in its changes piece by
/// piece, and to look the same up for each piece would take long.
pub(super) type Homes = RefCell<HashMap<(Thing, usize, &'static str), Vec<Uuid>>>;

/// The last change that each author made of each thing.
type Last = BTreeMap<(AuthorId, Thing), usize>;

fn links_to(to: &'static str) -> impl Iterator<Item = &'static Link> {
    LINKS.iter().filter(move |link| link.to == to)
}

impl Scales<'_> {
    /// The things deleted in this region that something of what was touched may stand beneath, or name.
    pub(super) fn deletions_leaned_on(&self, touched: &AspectsOf) -> Vec<Thing> {
        let mut found = Vec::new();
        for to in [Item::ROOT, Participant::ROOT] {
            let is_beneath = |root: &str| links_to(to).any(|link| link.root == root);
            let any = touched.iter().any(|((root, _), _)| is_beneath(root));
            for (thing, aspects) in self.region.read.touches.range((to, Uuid::nil())..=(to, Uuid::max())) {
                if aspects.contains_key(DELETED) && (any || touched.contains(&(*thing, BENEATH))) {
                    found.push(*thing);
                }
            }
        }
        found
    }

    /// By author, what they edited of a thing, or wrote beneath it, without knowing of these changes that deleted it.
    pub(super) fn edited_apart(&self, thing: Thing, top: &[usize]) -> BTreeMap<AuthorId, Edited> {
        let mut edits: BTreeMap<AuthorId, Edited> = BTreeMap::new();
        for (aspect, touched) in self.touches(&thing).into_iter().flatten() {
            let counting = self.counting(touched).into_iter();
            for number in counting.filter(|number| *aspect != DELETED && self.is_apart(*number, top)) {
                let edited = self.of_author(&mut edits, number);
                for field in fields_in(thing.0, aspect) {
                    if !edited.fields.iter().any(|own| own.key == field.key) {
                        edited.fields.push(field);
                    }
                }
            }
        }
        for (leaf, number) in self.written_beneath(thing, top) {
            self.of_author(&mut edits, number).beneath.insert(leaf);
        }
        edits
    }

    /// What the author of a change did, of which it is one more.
    fn of_author<'b>(&self, edits: &'b mut BTreeMap<AuthorId, Edited>, number: usize) -> &'b mut Edited {
        let edited = edits.entry(self.author(number)).or_insert_with(|| Edited {
            last: number,
            ..Edited::default()
        });
        edited.last = self.later(edited.last, number);
        edited
    }

    /// What others wrote beneath a thing without knowing that it was deleted, and the last change of each. What they took
    /// away again themselves is not among it.
    fn written_beneath(&self, thing: Thing, top: &[usize]) -> Vec<(Leaf, usize)> {
        let read = &self.region.read;
        let mut last = Last::new();
        for (number, leaf) in read.beneath.get(&thing).into_iter().flatten() {
            self.note_last(&mut last, *leaf, *number, top);
        }
        // Who named somebody may have named another since, or deleted what names them.
        for (author, leaf) in last.keys().copied().collect::<Vec<_>>() {
            for touch in self.touches(&leaf).into_iter().flat_map(BTreeMap::values).flatten() {
                if self.author(touch.change) == author {
                    self.note_last(&mut last, leaf, touch.change, top);
                }
            }
        }
        // Of what stands beneath an item, any edit is work on that item.
        for link in links_to(thing.0).filter(|link| link.is_place) {
            for (leaf, aspects) in read.touches.range((link.root, Uuid::nil())..=(link.root, Uuid::max())) {
                for touch in aspects.values().flatten() {
                    self.note_last(&mut last, *leaf, touch.change, top);
                }
            }
        }
        last.into_iter()
            .filter(|((_, leaf), number)| {
                *leaf != thing && self.stood_beneath(*leaf, *number, thing.0).contains(&thing.1)
            })
            .map(|((_, (root, id)), number)| {
                let root = root.to_owned();
                (Leaf { id, root }, number)
            })
            .collect()
    }

    fn note_last(&self, last: &mut Last, leaf: Thing, number: usize, top: &[usize]) {
        if self.is_apart(number, top) {
            let known = last.entry((self.author(number), leaf)).or_insert(number);
            *known = self.later(*known, number);
        }
    }

    /// The things of a root map that one stood beneath, or named, right after a change; none where it was deleted then.
    fn stood_beneath(&self, leaf: Thing, number: usize, to: &'static str) -> Vec<Uuid> {
        let mut homes = self.region.homes.borrow_mut();
        let found = homes.entry((leaf, number, to)).or_insert_with(|| {
            // What cannot be read stands beneath nothing.
            self.look_up(leaf, number, to).unwrap_or_default()
        });
        found.clone()
    }

    fn look_up(&self, leaf: Thing, number: usize, to: &'static str) -> Result<Vec<Uuid>> {
        let heads = self.hash(number);
        if self.document.is_gone(leaf, Some(&heads))? {
            return Ok(Vec::new());
        }
        let is_link = |field: &&Field| links_to(to).any(|link| link.root == leaf.0 && link.key == field.key);
        let fields: Vec<&Field> = fields_of(leaf.0).iter().filter(is_link).collect();
        let mut found = Vec::new();
        for value in self.document.values(leaf, &fields, Some(&heads))?.values() {
            let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            found.extend(ids.iter().filter_map(|id| id.as_str()?.parse::<Uuid>().ok()));
        }
        Ok(found)
    }
}
