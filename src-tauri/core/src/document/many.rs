//! Many new things put in at one go.
//!
//! Made one by one, each thing has the library move all columns of the document; taken in as a change that is complete,
//! a thousand move them once. So what would be done one by one is written down as a change, and that is taken in.

use std::collections::HashSet;
use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ActorId, Change, ExpandedChange, ObjId, ObjType, ROOT, ReadDoc, hydrate};
use uuid::Uuid;

use super::{Document, Message, fields, object_of};
use crate::error::{Error, Result};
use crate::model::Noun;

impl Document {
    /// Whether none of these is there, deleted or not.
    pub(crate) fn are_new<T: Noun>(&self, values: &[&T]) -> bool {
        let mut there: HashSet<Uuid> = self.ids::<T>().into_iter().collect();
        values.iter().all(|value| there.insert(value.id()))
    }

    /// Puts entities in that are [new](Document::are_new), as a change of its own by a fresh actor. Pending edits must be
    /// committed before.
    pub(crate) fn insert_all<T: Noun>(
        &mut self,
        values: &[&T],
        actor: Uuid,
        message: &Message,
        at_seconds: i64,
    ) -> Result<Change> {
        if self.is_edited() {
            return Err(Error::Internal("edits are pending".to_owned()));
        }
        let Some((_, ObjId::Id(counter, maker, _))) = self.doc.get(ROOT, T::ROOT)? else {
            return Err(Error::Internal(format!("no root map {}", T::ROOT)));
        };
        let root = ObjectId::Id(OpId(counter, maker));
        let deps = self.heads();
        let last = deps
            .iter()
            .filter_map(|hash| Some(self.doc.get_change_meta_by_hash(hash)?.max_op))
            .max()
            .unwrap_or(0);
        let mut operations = Operations {
            actor: ActorId::from(actor.as_bytes().as_slice()),
            start: last + 1,
            made: Vec::new(),
        };
        for value in values {
            let made = object_of(*value)?;
            let entity = fields::new_entity(T::FIELDS, &made, self.doc.text_encoding());
            operations.put(&root, value.id().to_string(), &entity);
            self.touched.insert((T::ROOT, value.id()), Some(made));
        }
        let change = Change::from(ExpandedChange {
            seq: 1,
            start_op: NonZeroU64::MIN.saturating_add(last),
            actor_id: operations.actor,
            operations: operations.made,
            time: at_seconds,
            message: Some(serde_json::to_string(message)?),
            deps,
            hash: None,
            extra_bytes: Vec::new(),
            author: None,
        });
        self.apply(vec![change.clone()])?;
        Ok(change)
    }
}

/// The operations of a change, which number themselves.
struct Operations {
    actor: ActorId,
    start: u64,
    made: Vec<Op>,
}

impl Operations {
    /// Puts a value under a key, and all that lies in it.
    fn put(&mut self, object: &ObjectId, key: String, value: &hydrate::Value) {
        let id = self.push(object, Key::Map(key.into()), kind(value), false);
        self.fill(&ObjectId::Id(id), value);
    }

    /// Puts in what lies in a value: first all keys, and then what lies in these, as the library does.
    fn fill(&mut self, object: &ObjectId, value: &hydrate::Value) {
        match value {
            hydrate::Value::Map(map) => {
                let mut fields: Vec<_> = map.iter().collect();
                fields.sort_by_key(|(key, _)| *key);
                let made: Vec<(OpId, &hydrate::Value)> = fields
                    .into_iter()
                    .map(|(key, held)| {
                        let id = self.push(object, Key::Map(key.as_str().into()), kind(&held.value), false);
                        (id, &held.value)
                    })
                    .collect();
                for (id, inner) in made {
                    self.fill(&ObjectId::Id(id), inner);
                }
            }
            hydrate::Value::Text(text) => {
                let mut before = ElementId::Head;
                for letter in text.to_string().chars() {
                    let id = self.push(object, Key::Seq(before), OpType::Put(letter.into()), true);
                    before = ElementId::Id(id);
                }
            }
            // No noun has a list, and in a plain value lies nothing.
            hydrate::Value::List(_) | hydrate::Value::Scalar(_) => {}
        }
    }

    fn push(&mut self, object: &ObjectId, key: Key, action: OpType, insert: bool) -> OpId {
        let id = OpId(self.start + self.made.len() as u64, self.actor.clone());
        self.made.push(Op {
            action,
            obj: object.clone(),
            key,
            pred: SortedVec::new(),
            insert,
        });
        id
    }
}

fn kind(value: &hydrate::Value) -> OpType {
    match value {
        hydrate::Value::Scalar(scalar) => OpType::Put(scalar.clone()),
        hydrate::Value::Map(_) => OpType::Make(ObjType::Map),
        hydrate::Value::List(_) => OpType::Make(ObjType::List),
        hydrate::Value::Text(_) => OpType::Make(ObjType::Text),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;
    use crate::document::tried_by;
    use crate::model::{AuthorId, Cue, CueId, OrderKey, Participant, ParticipantId, Point, PointId, Span};

    /// Puts things into a document at one go, and into another one by one, by the same actor and at the same time.
    fn is_the_same_change<T: Noun>(values: &[T]) {
        let actor = Uuid::now_v7();
        let (mut before, message) = (
            Document::genesis(Uuid::now_v7()).unwrap(),
            tried_by(AuthorId(Uuid::now_v7())),
        );
        let first = Point::new(PointId(Uuid::now_v7()), OrderKey::default(), Utc::now(), "before");
        before.insert(&first).unwrap();
        before.commit(&message, 6).unwrap();
        let mut apart = before.fork(actor);
        for value in values {
            apart.insert(value).unwrap();
        }
        let one_by_one = apart.commit(&message, 7).unwrap().unwrap();
        let at_one_go = before
            .insert_all(&values.iter().collect::<Vec<_>>(), actor, &message, 7)
            .unwrap();
        assert_eq!(at_one_go.decode(), one_by_one.decode());
        assert_eq!(at_one_go.hash(), one_by_one.hash());
        assert_eq!(before.heads(), apart.heads());
        assert_eq!(before.take_touched().len(), values.len() + 1);
        for value in values {
            assert!(before.alive::<T>(value.id()).unwrap());
        }
        // It goes on from there, and read from its bytes it is the same.
        before
            .insert(&Point::new(
                PointId(Uuid::now_v7()),
                OrderKey::default(),
                Utc::now(),
                "after",
            ))
            .unwrap();
        before.commit(&message, 8).unwrap();
        let mut again = Document::load(&before.save(), Uuid::now_v7()).unwrap();
        assert_eq!(again.heads(), before.heads());
        assert_eq!(again.ids::<Point>().len(), before.ids::<Point>().len());
    }

    #[test]
    fn what_is_put_in_at_one_go_is_the_change_that_it_is_one_by_one() {
        let id = || ParticipantId(Uuid::now_v7());
        let points: Vec<Point> = ["one", "", "naïve 👩‍👩‍👧 שלום"]
            .into_iter()
            .map(|text| {
                let mut point = Point::new(PointId(Uuid::now_v7()), OrderKey::default(), Utc::now(), text);
                point.speakers = vec![id(), id()];
                point
            })
            .collect();
        is_the_same_change(&points);
        let cue = |text: &str| Cue {
            id: CueId(Uuid::now_v7()),
            starts: Utc::now(),
            ends: Some(Utc::now()),
            speaker_text: "Ann Lee".to_owned(),
            participant: Some(id()),
            text: text.to_owned(),
        };
        is_the_same_change(&[cue("so"), cue("well")]);
        let mut person = Participant::new(id(), OrderKey::default(), "Ann Lee");
        person.presence = vec![Span {
            from: Utc::now(),
            to: None,
        }];
        is_the_same_change(&[person]);
    }

    #[test]
    fn what_is_there_or_comes_twice_is_not_new() {
        let mut document = Document::genesis(Uuid::now_v7()).unwrap();
        let [one, other] =
            ["one", "other"].map(|text| Point::new(PointId(Uuid::now_v7()), OrderKey::default(), Utc::now(), text));
        document.insert(&one).unwrap();
        assert!(
            document
                .insert_all(&[&other], Uuid::now_v7(), &tried_by(AuthorId(Uuid::now_v7())), 7)
                .is_err()
        );
        document.commit(&tried_by(AuthorId(Uuid::now_v7())), 7).unwrap();
        document.set_deleted::<Point>(one.id.0, true).unwrap();
        assert!(document.are_new(&[&other]));
        assert!(!document.are_new(&[&other, &one]) && !document.are_new(&[&other, &other]));
    }
}
