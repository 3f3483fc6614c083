//! What changes from elsewhere touched and made, read off their own operations: nothing has to be looked for in the
//! document, which another thread may be putting them into meanwhile.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, AutoCommit, Change, ObjType, Prop, ReadDoc, ScalarValue, Value};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::fields::{self, Inside};
use super::{DELETED, Document, Touched, object_of, root_named};
use crate::model::{
    Correction, Cue, Item, Meeting, Noun, Participant, Passage, Person, Point, Preference, Series, Shape, Turn,
    Version, Vote, for_each_noun,
};

/// A thing: its root map and id; nil for the meeting's own facts.
type Thing = (&'static str, Uuid);

/// What some changes touched. A thing that one of them made, and no other wrote to, comes with its fields.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    touched: Touched,
    /// Objects that earlier changes made, and the keys that were written to in them.
    open: HashMap<OpId, BTreeSet<Option<String>>>,
    /// Whether something was put in the place of a root map.
    is_root_touched: bool,
    /// Whether what is made is read with its fields.
    takes_fields: bool,
}

/// What an object is.
#[derive(Clone, Debug)]
enum Place {
    /// The map of the root maps.
    Roots,
    /// A root map.
    Root(&'static str),
    /// A thing.
    Thing(Thing),
    /// The text, or the map of a set, in a thing.
    Field(Thing, String),
    /// An object in nothing that is looked at.
    Nowhere,
    /// An object that another change made.
    Open(OpId),
}

/// What a change has written into a thing that it makes.
#[derive(Debug, Default)]
struct Draft {
    held: BTreeMap<String, (Value<'static>, Inside<'static>)>,
    /// The last letter of each text.
    last: HashMap<String, u64>,
}

impl Gathered {
    /// Nothing yet. What is made is to be read with its fields, or only that it is touched.
    pub(crate) fn new(takes_fields: bool) -> Self {
        Self {
            takes_fields,
            ..Self::default()
        }
    }

    /// Reads the next change.
    pub(crate) fn take(&mut self, change: &Change) {
        let expanded = change.decode();
        let mut reader = Reader {
            gathered: self,
            actor: &expanded.actor_id,
            own: HashMap::new(),
            drafts: HashMap::new(),
        };
        let mut last: Option<(&ObjectId, Place)> = None;
        for (number, op) in (expanded.start_op.get()..).zip(&expanded.operations) {
            // A word is as many operations as it has letters: where they go is looked up once.
            let place = match &last {
                Some((object, place)) if *object == &op.obj => place.clone(),
                _ => reader.place(&op.obj),
            };
            reader.take(number, op, &place);
            last = Some((&op.obj, place));
        }
        let drafts = reader.drafts;
        for (thing, draft) in drafts {
            if let Some(made) = self.touched.get_mut(&thing) {
                *made = draft.fields(thing);
            }
        }
    }

    /// Leaves what was made as it is written here only where the document had nothing of that id before: `there` is all
    /// that it had; none where that is not known.
    pub(crate) fn weigh(&mut self, there: Option<&HashSet<Thing>>) {
        let there = there.filter(|_| !self.is_root_touched);
        for (thing, made) in &mut self.touched {
            if there.is_none_or(|there| there.contains(thing)) {
                *made = None;
            }
        }
    }

    /// What was made, with its fields.
    pub(crate) fn made(&self) -> impl Iterator<Item = (Thing, &Map<String, Json>)> {
        self.touched
            .iter()
            .filter_map(|(thing, made)| Some((*thing, made.as_ref()?)))
    }

    /// All that was touched, in a document that has the changes. What was made comes with its fields, unless another
    /// change wrote to it.
    pub(super) fn touched(mut self, doc: &AutoCommit) -> Touched {
        for (object, written) in &self.open {
            let path = path(doc, object);
            for key in written {
                let mut keys = path.iter().map(String::as_str).chain(key.as_deref());
                if let Some(thing) = thing(keys.next(), keys.next()) {
                    self.touched.insert(thing, None);
                }
            }
        }
        self.touched
    }
}

struct Reader<'a> {
    gathered: &'a mut Gathered,
    actor: &'a ActorId,
    /// The objects that this change makes, by their number.
    own: HashMap<u64, Place>,
    drafts: HashMap<Thing, Draft>,
}

impl Reader<'_> {
    fn place(&self, object: &ObjectId) -> Place {
        let ObjectId::Id(id) = object else { return Place::Roots };
        if id.1 == *self.actor
            && let Some(own) = self.own.get(&id.0)
        {
            return own.clone();
        }
        match genesis_root(id) {
            Some(root) => Place::Root(root),
            None => Place::Open(id.clone()),
        }
    }

    fn take(&mut self, number: u64, op: &Op, place: &Place) {
        let key = match &op.key {
            Key::Map(key) => Some(key.as_str()),
            Key::Seq(_) => None,
        };
        let makes = matches!(op.action, OpType::Make(_));
        let child = match (place, key) {
            (Place::Roots, _) => {
                self.gathered.is_root_touched = true;
                if let Some(thing) = thing(key, None) {
                    self.spoil(thing);
                }
                // What it is can be told when the document has it.
                None
            }
            (Place::Root(root), _) => match thing(Some(*root), key) {
                Some(thing) => {
                    self.begin(thing, op);
                    Some(Place::Thing(thing))
                }
                None => Some(Place::Nowhere),
            },
            (Place::Thing(thing), _) => {
                self.write(*thing, op, key);
                Some(Place::Field(*thing, key.unwrap_or_default().to_owned()))
            }
            (Place::Field(thing, field), _) => {
                self.fill(*thing, field, number, op, key);
                Some(Place::Field(*thing, String::new()))
            }
            (Place::Nowhere, _) => Some(Place::Nowhere),
            (Place::Open(object), key) => {
                let written = self.gathered.open.entry(object.clone()).or_default();
                written.insert(key.map(str::to_owned));
                None
            }
        };
        if makes && let Some(child) = child {
            self.own.insert(number, child);
        }
    }

    /// Something is put under a thing's id.
    fn begin(&mut self, thing: Thing, op: &Op) {
        let is_plain = matches!(op.action, OpType::Make(ObjType::Map)) && is_new(op) && thing.0 != Meeting::ROOT;
        if is_plain && self.gathered.takes_fields && !self.gathered.touched.contains_key(&thing) {
            self.gathered.touched.insert(thing, None);
            self.drafts.insert(thing, Draft::default());
        } else {
            self.spoil(thing);
        }
    }

    /// Something is written to a key of a thing.
    fn write(&mut self, thing: Thing, op: &Op, key: Option<&str>) {
        let Some(draft) = self.drafts.get_mut(&thing) else {
            return self.spoil(thing);
        };
        let held = match &op.action {
            OpType::Put(scalar) => Some((Value::from(scalar.clone()), Inside::Nothing)),
            OpType::Make(ObjType::Text) => Some((Value::Object(ObjType::Text), Inside::Text(String::new()))),
            OpType::Make(ObjType::Map) => Some((Value::Object(ObjType::Map), Inside::Map(Vec::new()))),
            _ => None,
        };
        match (key, held) {
            (Some(key), Some(held)) if is_new(op) && !draft.held.contains_key(key) => {
                draft.held.insert(key.to_owned(), held);
            }
            _ => self.spoil(thing),
        }
    }

    /// Something is written into the text or the map of a thing's field.
    fn fill(&mut self, thing: Thing, field: &str, number: u64, op: &Op, key: Option<&str>) {
        let Some(draft) = self.drafts.get_mut(&thing) else {
            return self.spoil(thing);
        };
        let OpType::Put(scalar) = &op.action else {
            return self.spoil(thing);
        };
        let inside = draft.held.get_mut(field).map(|(_, inside)| inside);
        match (inside, &op.key, scalar) {
            (Some(Inside::Text(text)), Key::Seq(before), ScalarValue::Str(letter))
                if op.insert && op.pred.is_empty() =>
            {
                // Letter after letter, as one who makes it writes it.
                let last = draft.last.insert(field.to_owned(), number);
                let goes_on = match (before, last) {
                    (ElementId::Head, None) => true,
                    (ElementId::Id(id), Some(last)) => id.0 == last && id.1 == *self.actor,
                    _ => false,
                };
                text.push_str(letter);
                if !goes_on {
                    self.spoil(thing);
                }
            }
            (Some(Inside::Map(members)), _, scalar)
                if is_new(op) && key.is_some_and(|key| members.iter().all(|(known, _)| known != key)) =>
            {
                members.push((key.unwrap_or_default().to_owned(), Value::from(scalar.clone())));
            }
            _ => self.spoil(thing),
        }
    }

    /// A thing was touched, and must be asked of the document.
    fn spoil(&mut self, thing: Thing) {
        self.drafts.remove(&thing);
        self.gathered.touched.insert(thing, None);
    }
}

/// Whether an operation puts something where nothing was.
fn is_new(op: &Op) -> bool {
    op.pred.is_empty() && !op.insert
}

impl Draft {
    /// The fields of what was made; none where it must be asked of the document.
    fn fields(self, thing: Thing) -> Option<Map<String, Json>> {
        if self.held.contains_key(DELETED) {
            return None;
        }
        macro_rules! one {
            ($($noun:ident),*) => {
                match thing.0 {
                    $(root if root == $noun::ROOT => self.fields_of::<$noun>(thing.1),)*
                    _ => None,
                }
            };
        }
        for_each_noun!(one)
    }

    fn fields_of<T: Noun>(mut self, id: Uuid) -> Option<Map<String, Json>> {
        let mut json = Map::new();
        json.insert("id".to_owned(), Json::String(id.to_string()));
        for field in T::FIELDS {
            let value = if field.shape == Shape::Stretches {
                let held = self.held.iter().map(|(key, (value, _))| (key.as_str(), value));
                fields::stretches(field, held)
            } else {
                let held = self.held.remove(field.key);
                held.and_then(|(value, inside)| fields::json_of(field.shape, &value, inside))
            };
            if let Some(value) = value {
                json.insert(field.key.to_owned(), value);
            }
        }
        object_of(&fields::value::<T>(json).ok()?).ok()
    }
}

/// The root maps that the genesis makes, and the ids of these objects.
static ROOT_MAPS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let Ok(mut genesis) = Document::genesis(Uuid::nil()) else {
        return Vec::new();
    };
    let Some(change) = genesis.changes_since(&[]).first().map(Change::decode) else {
        return Vec::new();
    };
    let made = (change.start_op.get()..).zip(&change.operations);
    let roots = made.filter_map(|(number, op)| match (&op.obj, &op.key) {
        (ObjectId::Root, Key::Map(key)) => Some((root_named(key)?, OpId(number, change.actor_id.clone()).to_string())),
        _ => None,
    });
    roots.collect()
});

/// The root maps, and the ids of these objects.
pub(super) fn roots() -> &'static [(&'static str, String)] {
    &ROOT_MAPS
}

fn genesis_root(object: &OpId) -> Option<&'static str> {
    // Only a few numbers are those of the genesis: whose an object is, is looked at for these alone.
    static NUMBERED: LazyLock<HashMap<u64, (&'static str, &'static str)>> = LazyLock::new(|| {
        let roots = ROOT_MAPS.iter();
        let numbered = roots.filter_map(|(root, id)| Some((id.split_once('@')?.0.parse().ok()?, (*root, id.as_str()))));
        numbered.collect()
    });
    let (root, id) = NUMBERED.get(&object.0)?;
    (object.to_string() == *id).then_some(*root)
}

/// The keys that lead to an object, the outermost first.
fn path(doc: &AutoCommit, id: &OpId) -> Vec<String> {
    let parents = doc.import_obj(&id.to_string()).and_then(|object| doc.parents(object));
    let Ok(parents) = parents else { return Vec::new() };
    let mut keys: Vec<String> = parents
        .filter_map(|parent| match parent.prop {
            Prop::Map(key) => Some(key),
            Prop::Seq(_) => None,
        })
        .collect();
    keys.reverse();
    keys
}

fn thing(root: Option<&str>, id: Option<&str>) -> Option<Thing> {
    let root = root_named(root?)?;
    if root == Meeting::ROOT {
        return Some((root, Uuid::nil()));
    }
    Some((root, Uuid::parse_str(id?).ok()?))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use automerge::ReadDoc as _;
    use automerge::transaction::Transactable as _;

    use super::*;
    use crate::document::tried_by;
    use crate::model::{AuthorId, MeetingId, OrderKey, PointId};

    fn point(text: &str) -> Point {
        let mut point = Point::new(PointId(Uuid::now_v7()), OrderKey::default(), chrono::Utc::now(), text);
        point.speakers = vec![crate::model::ParticipantId(Uuid::now_v7())];
        point.raw = format!("> {text}");
        point
    }

    fn committed(document: &mut Document) -> Change {
        document
            .commit(&tried_by(AuthorId(Uuid::now_v7())), 0)
            .unwrap()
            .unwrap()
    }

    fn gathered(changes: &[Change], there: &Document) -> Gathered {
        let mut gathered = Gathered::new(true);
        for change in changes {
            gathered.take(change);
        }
        gathered.weigh(there.things().as_ref());
        gathered
    }

    #[test]
    fn what_a_change_made_is_read_off_it() {
        let before = Document::genesis(Uuid::now_v7()).unwrap();
        let mut document = Document::genesis(Uuid::now_v7()).unwrap();
        let one = point("The datum is höher, 没有基准面");
        document.insert(&one).unwrap();
        let change = committed(&mut document);
        let found = gathered(std::slice::from_ref(&change), &before);
        let made: Vec<_> = found.made().collect();
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].0, (Point::ROOT, one.id.0));
        let (held, deleted) = document.read::<Point>(one.id.0).unwrap().unwrap();
        assert!(!deleted);
        assert_eq!(*made[0].1, object_of(&held).unwrap());
        assert_eq!(held, one);
    }

    #[test]
    fn what_a_later_change_wrote_to_is_asked_of_the_document() {
        let before = Document::genesis(Uuid::now_v7()).unwrap();
        let mut document = Document::genesis(Uuid::now_v7()).unwrap();
        let [kept, edited, deleted] = ["kept", "edited", "deleted"].map(point);
        for one in [&kept, &edited, &deleted] {
            document.insert(one).unwrap();
        }
        let mut changes = vec![committed(&mut document)];
        let mut after = edited.clone();
        after.text = "edited since".to_owned();
        document.update(&edited, &after, None).unwrap();
        changes.push(committed(&mut document));
        document.set_deleted::<Point>(deleted.id.0, true).unwrap();
        changes.push(committed(&mut document));
        let touched = document.touched_by(gathered(&changes, &before));
        let made: HashSet<Uuid> = touched
            .iter()
            .filter(|(_, made)| made.is_some())
            .map(|(thing, _)| thing.1)
            .collect();
        assert_eq!(made, HashSet::from([kept.id.0]));
        assert_eq!(touched.len(), 3);
    }

    #[test]
    fn what_was_there_before_or_is_made_twice_is_asked_of_the_document() {
        let mut one = Document::genesis(Uuid::now_v7()).unwrap();
        let mut other = Document::genesis(Uuid::now_v7()).unwrap();
        let both = point("made on both");
        one.insert(&both).unwrap();
        other.insert(&both).unwrap();
        let changes = [committed(&mut one), committed(&mut other)];
        assert_eq!(gathered(&changes[1..], &one).made().count(), 0);
        let empty = Document::genesis(Uuid::now_v7()).unwrap();
        assert_eq!(gathered(&changes[1..], &empty).made().count(), 1);
        assert_eq!(gathered(&changes, &empty).made().count(), 0);
    }

    #[test]
    fn nothing_is_read_off_changes_where_a_root_map_is_another() {
        let mut document = Document::genesis(Uuid::now_v7()).unwrap();
        let before = document.clone();
        document
            .doc
            .put_object(automerge::ROOT, Point::ROOT, ObjType::Map)
            .unwrap();
        let replaced = committed(&mut document);
        let one = point("in the other map");
        document.insert(&one).unwrap();
        let changes = [replaced, committed(&mut document)];
        assert_eq!(gathered(&changes, &before).made().count(), 0);
        assert!(document.things().is_none());
        assert!(document.doc.get(automerge::ROOT, Point::ROOT).unwrap().is_some());
    }

    #[test]
    fn the_facts_of_the_meeting_are_touched_wherever_they_lie() {
        let mut document = Document::genesis(Uuid::now_v7()).unwrap();
        let before = Meeting::new(MeetingId(Uuid::now_v7()));
        let mut after = before.clone();
        after.body = "Working Group on Tides".to_owned();
        document.update(&before, &after, None).unwrap();
        let change = committed(&mut document);
        let there = document.clone();
        let touched = document.touched_by(gathered(&[change], &there));
        assert_eq!(
            touched.into_iter().collect::<Vec<_>>(),
            vec![((Meeting::ROOT, Uuid::nil()), None)]
        );
    }
}
