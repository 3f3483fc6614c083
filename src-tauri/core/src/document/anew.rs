//! Changes made anew in another name: what somebody wrote, sent to nobody, and cannot prove any more to have written.
//!
//! The operations stay what they are. Only who made them is another: the author, the actors that number them, and with
//! these the hashes. So whoever else has one of the changes must not be among those who get the new ones.

use std::collections::{HashMap, HashSet};

use automerge::legacy::{ElementId, Key, ObjectId, OpId};
use automerge::{ActorId, Change, ChangeHash};
use uuid::Uuid;

use super::{Document, message_in};
use crate::error::{Error, Result};
use crate::model::AuthorId;

/// The actor that goes on for another one, from one of its operations on.
struct Successor {
    actor: ActorId,
    from: u64,
    /// How many changes it has made.
    seq: u64,
}

impl Document {
    /// The changes of this document, of which these are an author's from now on. Nobody but they may rest on them.
    ///
    /// # Errors
    /// When one of the others rests on them.
    pub(crate) fn changes_anew(
        &mut self,
        these: &HashSet<ChangeHash>,
        author: AuthorId,
        fresh: impl Fn() -> Uuid,
    ) -> Result<Vec<Change>> {
        let mut successors: HashMap<ActorId, Successor> = HashMap::new();
        let mut anew: HashMap<ChangeHash, ChangeHash> = HashMap::new();
        let mut made = Vec::new();
        // Each comes after those that it rests on.
        for change in self.changes_since(&[]) {
            let own = successors.get(change.actor_id());
            let is_one = these.contains(&change.hash());
            if !is_one && (own.is_some() || change.deps().iter().any(|dep| anew.contains_key(dep))) {
                return Err(Error::Internal(
                    "a change rests on one that was sent to nobody".to_owned(),
                ));
            }
            if !is_one {
                made.push(change);
                continue;
            }
            let own = successors
                .entry(change.actor_id().clone())
                .or_insert_with(|| Successor {
                    actor: ActorId::from(fresh().as_bytes().as_slice()),
                    from: change.start_op().get(),
                    seq: 0,
                });
            own.seq += 1;
            let seq = own.seq;
            let new = written(&change, seq, author, &successors, &anew)?;
            anew.insert(change.hash(), new.hash());
            made.push(new);
        }
        Ok(made)
    }
}

fn written(
    change: &Change,
    seq: u64,
    author: AuthorId,
    successors: &HashMap<ActorId, Successor>,
    anew: &HashMap<ChangeHash, ChangeHash>,
) -> Result<Change> {
    let mut expanded = change.decode();
    if let Some(mut message) = message_in(change.message()) {
        message.author = author;
        expanded.message = Some(serde_json::to_string(&message)?);
    }
    let to = |id: &mut OpId| {
        if let Some(next) = successors.get(&id.1).filter(|next| id.0 >= next.from) {
            id.1 = next.actor.clone();
        }
    };
    for op in &mut expanded.operations {
        if let ObjectId::Id(id) = &mut op.obj {
            to(id);
        }
        if let Key::Seq(ElementId::Id(id)) = &mut op.key {
            to(id);
        }
        let mut before: Vec<OpId> = op.pred.iter().cloned().collect();
        before.iter_mut().for_each(to);
        op.pred = before.into();
    }
    if let Some(own) = successors.get(&expanded.actor_id) {
        expanded.actor_id = own.actor.clone();
    }
    expanded.seq = seq;
    for dep in &mut expanded.deps {
        *dep = anew.get(dep).copied().unwrap_or(*dep);
    }
    expanded.hash = None;
    Ok(Change::from(expanded))
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;
    use crate::document::tried_by;
    use crate::model::{OrderKey, Point, PointId};

    #[test]
    fn what_was_written_says_the_same_in_another_name() {
        let [old, new] = [(); 2].map(|()| AuthorId(Uuid::now_v7()));
        let mut document = Document::genesis(Uuid::now_v7()).unwrap();
        let mut points = Vec::new();
        for number in 0..4 {
            let id = PointId(Uuid::now_v7());
            let point = Point::new(id, OrderKey::default(), Utc::now(), format!("the {number}th word"));
            document.insert(&point).unwrap();
            document.commit(&tried_by(old), 7).unwrap();
            points.push(point);
        }
        let sent = document.heads();
        // Edits of what was sent, of what was not, and a new one; by two actors, one on top of the other.
        let mut other = document.fork(Uuid::now_v7());
        for (document, at) in [(&mut document, 0), (&mut other, 3)] {
            let mut edited = points[at].clone();
            edited.text = format!("{} and more", edited.text);
            edited.speaker_text = "Ann".to_owned();
            document.update(&points[at], &edited, None).unwrap();
            document.commit(&tried_by(old), 8).unwrap();
        }
        document.merge(&mut other).unwrap();
        let point = Point::new(PointId(Uuid::now_v7()), OrderKey::default(), Utc::now(), "a new one");
        document.insert(&point).unwrap();
        document.commit(&tried_by(old), 9).unwrap();
        let mut edited = point.clone();
        edited.text = "a newer one".to_owned();
        document.update(&point, &edited, None).unwrap();
        document.set_deleted::<Point>(points[1].id.0, true).unwrap();
        document.commit(&tried_by(old), 10).unwrap();

        let unsent: HashSet<ChangeHash> = document.changes_since(&sent).iter().map(Change::hash).collect();
        assert_eq!(unsent.len(), 4);
        let changes = document.changes_anew(&unsent, new, Uuid::now_v7).unwrap();
        let mut anew = Document::genesis(Uuid::now_v7()).unwrap();
        let hashes: Vec<ChangeHash> = changes.iter().map(Change::hash).collect();
        anew.apply(changes).unwrap();
        assert!(anew.missing(&hashes).is_empty() && anew.missing(&sent).is_empty());
        for id in document.ids::<Point>() {
            assert_eq!(anew.read::<Point>(id).unwrap(), document.read::<Point>(id).unwrap());
        }
        assert_eq!(anew.ids::<Point>().len(), 5);
        let authors: Vec<AuthorId> = anew
            .changes_since(&sent)
            .iter()
            .map(|change| message_in(change.message()).unwrap().author)
            .collect();
        assert_eq!(authors, [new; 4]);
        // It goes on from there, and read from its bytes it is the same.
        let mut again = Document::load(&anew.save(), Uuid::now_v7()).unwrap();
        assert_eq!(again.heads(), anew.heads());

        // Of changes on which others rest none is made anew.
        let first: HashSet<ChangeHash> = document
            .changes_since(&[])
            .get(1)
            .map(Change::hash)
            .into_iter()
            .collect();
        assert!(document.changes_anew(&first, new, Uuid::now_v7).is_err());
    }
}
