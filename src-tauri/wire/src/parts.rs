//! Bodies that are longer than the hub's largest message: they go in parts.
//!
//! A part lies on the hub as a message of its own, named `ID.PART.OF`; a body in one piece is named by its id alone. One
//! that is to lie beside others of its id, which are spoiled, is named `ID.PART.OF.COPY`. The place of a body in parts is
//! that of its last one.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use minuta_core::model::share::{Lane, MessageId};

/// In how many parts a body goes at most: half a gigabyte at the usual size.
const MOST: u32 = 1024;
/// How much of bodies that are not whole yet is kept at most, in bytes. What is dropped is fetched at the next contact.
const KEPT: usize = 64 << 20;

/// What a message on the hub is: a body, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) id: MessageId,
    /// Which part, from 1.
    part: u32,
    /// Of how many.
    of: u32,
    /// Above 0 beside others of the same id.
    copy: u32,
}

impl Name {
    pub(crate) fn whole(id: MessageId, copy: u32) -> Self {
        Self {
            id,
            part: 1,
            of: 1,
            copy,
        }
    }

    /// Reads what the hub says; none where it is nothing of ours.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut words = text.split('.');
        let id = words.next()?.parse().ok()?;
        let Some(part) = words.next() else {
            return Some(Self::whole(id, 0));
        };
        let (part, of) = (part.parse().ok()?, words.next()?.parse().ok()?);
        let copy = match words.next() {
            Some(copy) => copy.parse().ok().filter(|copy| *copy > 0)?,
            None => 0,
        };
        // One in one piece, and beside no other, has the short name.
        let is_part = of > 1 || copy > 0;
        let is_one = words.next().is_none() && is_part && of <= MOST && part >= 1 && part <= of;
        is_one.then_some(Self { id, part, of, copy })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.of, self.copy) {
            (1, 0) => write!(f, "{}", self.id),
            (of, 0) => write!(f, "{}.{}.{of}", self.id, self.part),
            (of, copy) => write!(f, "{}.{}.{of}.{copy}", self.id, self.part),
        }
    }
}

/// Cuts a body so that no part is longer than `limit`. None where that would be too many.
pub(crate) fn split((id, copy): (MessageId, u32), body: &Bytes, limit: usize) -> Option<Vec<(Name, Bytes)>> {
    if body.len() <= limit {
        return Some(vec![(Name::whole(id, copy), body.clone())]);
    }
    let of = u32::try_from(body.len().div_ceil(limit.max(1))).ok()?;
    if of > MOST {
        return None;
    }
    let cut = |part: u32| {
        let from = (part as usize - 1) * limit;
        let piece = body.slice(from..body.len().min(from + limit));
        (Name { id, part, of, copy }, piece)
    };
    Some((1..=of).map(cut).collect())
}

/// The parts of a body that are here, by their number: where each lies, and what is in it.
type Parts = BTreeMap<u32, (u64, Bytes)>;

/// Bodies of which some parts are here.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    waiting: BTreeMap<(Lane, MessageId, u32, u32), Parts>,
    bytes: usize,
}

/// A body that is whole.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Whole {
    /// Where its parts lie, in their order.
    pub(crate) places: Vec<u64>,
    pub(crate) body: Bytes,
}

impl Gathering {
    /// Takes in a part that lies at a place; answers the body when it was the last one missing.
    pub(crate) fn add(&mut self, lane: Lane, name: Name, place: u64, piece: Bytes) -> Option<Whole> {
        if name.of == 1 {
            return Some(Whole {
                places: vec![place],
                body: piece,
            });
        }
        if self.bytes + piece.len() > KEPT {
            *self = Self::default();
        }
        let key = (lane, name.id, name.of, name.copy);
        let parts = self.waiting.entry(key).or_default();
        self.bytes += piece.len();
        if let Some((_, before)) = parts.insert(name.part, (place, piece)) {
            self.bytes -= before.len();
        }
        if parts.len() < name.of as usize {
            return None;
        }
        let parts = self.waiting.remove(&key)?;
        let places = parts.values().map(|(place, _)| *place).collect();
        let pieces: Vec<&[u8]> = parts.values().map(|(_, piece)| piece.as_ref()).collect();
        let body = Bytes::from(pieces.concat());
        self.bytes -= body.len();
        Some(Whole { places, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: MessageId = MessageId([7; 32]);

    #[test]
    fn a_name_is_read_as_it_was_written_and_nothing_else_is() {
        let body = Bytes::from_static(b"abcdefg");
        let parts = split((ID, 0), &body, 3).unwrap();
        let names: Vec<String> = parts.iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(names[2], format!("{ID}.3.3"));
        for (name, (part, _)) in names.iter().zip(&parts) {
            assert_eq!(Name::read(name), Some(*part));
        }
        assert_eq!(Name::read(&ID.to_string()), Some(Name::whole(ID, 0)));
        for (limit, name) in [(3, format!("{ID}.3.3.2")), (9, format!("{ID}.1.1.2"))] {
            let (last, _) = split((ID, 2), &body, limit).unwrap().pop().unwrap();
            assert_eq!((last.to_string(), Name::read(&name)), (name, Some(last)));
        }
        for wrong in ["", "07", "x.1.2"].map(str::to_owned).into_iter().chain(
            [".0.2", ".3.2", ".1.1", ".1", ".1.2.0", ".1.2.3.4", ".3.2.1", ".1.9999"].map(|end| format!("{ID}{end}")),
        ) {
            assert_eq!(Name::read(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn parts_in_any_order_and_twice_make_the_body_once() {
        let body = Bytes::from((0..=255).collect::<Vec<u8>>());
        let mut parts = split((ID, 0), &body, 100).unwrap();
        assert_eq!(parts.len(), 3);
        parts.reverse();
        let mut gathering = Gathering::default();
        for (place, (name, piece)) in parts[..2].iter().enumerate() {
            assert_eq!(gathering.add(Lane::Meeting, *name, place as u64, piece.clone()), None);
            assert_eq!(
                gathering.add(Lane::Meeting, *name, 10 + place as u64, piece.clone()),
                None
            );
        }
        let (name, piece) = parts[2].clone();
        // A part on another lane is of another body.
        assert_eq!(gathering.add(Lane::Internal, name, 2, piece.clone()), None);
        let whole = gathering.add(Lane::Meeting, name, 2, piece).unwrap();
        assert_eq!((whole.places, whole.body), (vec![2, 11, 10], body));
        assert_eq!(gathering.bytes, 100, "only the stray part is left");
    }

    #[test]
    fn what_is_kept_of_unfinished_bodies_is_bounded() {
        let mut gathering = Gathering::default();
        let piece = Bytes::from(vec![0; 1 << 20]);
        for number in 0..200_u8 {
            let name = Name {
                id: MessageId([number; 32]),
                part: 1,
                of: 2,
                copy: 0,
            };
            assert_eq!(gathering.add(Lane::Meeting, name, 1, piece.clone()), None);
            assert!(gathering.bytes <= KEPT);
        }
    }

    #[test]
    fn a_body_of_too_many_parts_is_refused() {
        assert!(split((ID, 0), &Bytes::from(vec![0; 1025]), 1).is_none());
        assert_eq!(split((ID, 0), &Bytes::new(), 1).unwrap().len(), 1);
    }
}
