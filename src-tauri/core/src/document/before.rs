//! What happened before what among the changes of a document.
//!
//! Changes lie in lanes: a lane is a run of changes each of which has the one before it behind it. A laptop that writes on
//! makes one lane, however long; two that write at once make two. What lies behind a change is then how far it has each
//! lane, and along a lane that is the same for all until something else is joined, so that they share it.

use std::collections::HashMap;
use std::sync::Arc;

use automerge::ChangeHash;

/// Some changes of a document, in an order in which each comes after what it rests on.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    places: Vec<Place>,
    numbers: HashMap<ChangeHash, usize>,
    lanes: Vec<Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Place {
    hash: ChangeHash,
    lane: usize,
    step: usize,
    /// How many steps of each lane lie behind; of its own lane, `step` says it.
    behind: Arc<Vec<usize>>,
}

impl Before {
    /// Takes the next change; what of `deps` was not taken lies behind all that was.
    pub(super) fn push(&mut self, hash: ChangeHash, deps: &[ChangeHash]) {
        let deps: Vec<usize> = deps.iter().filter_map(|dep| self.numbers.get(dep).copied()).collect();
        let number = self.places.len();
        let goes_on = deps
            .iter()
            .copied()
            .find(|dep| self.lane_of(*dep).and_then(<[usize]>::last) == Some(dep));
        let (lane, behind) = match (goes_on, deps.as_slice()) {
            (Some(last), [_]) => (self.lane(last), self.shared(last)),
            _ => {
                let mut behind: Vec<usize> = Vec::new();
                for lane in 0..self.lanes.len() {
                    behind.push(deps.iter().map(|dep| self.steps(*dep, lane)).max().unwrap_or(0));
                }
                // A lane whose last change lies behind goes on too: else each stray change would open one of its own.
                let whole = |lane: &usize| {
                    let steps = behind.get(*lane).copied().unwrap_or(0);
                    steps > 0 && self.lanes.get(*lane).is_some_and(|taken| taken.len() == steps)
                };
                let lane = goes_on
                    .map(|last| self.lane(last))
                    .or_else(|| (0..self.lanes.len()).find(whole))
                    .unwrap_or(self.lanes.len());
                (lane, Arc::new(behind))
            }
        };
        if lane == self.lanes.len() {
            self.lanes.push(Vec::new());
        }
        let step = self.lanes.get_mut(lane).map_or(0, |taken| {
            taken.push(number);
            taken.len() - 1
        });
        self.places.push(Place {
            hash,
            lane,
            step,
            behind,
        });
        self.numbers.insert(hash, number);
    }

    /// Whether it took this change.
    pub(super) fn has(&self, hash: &ChangeHash) -> bool {
        self.numbers.contains_key(hash)
    }

    fn lane(&self, number: usize) -> usize {
        self.places.get(number).map_or(0, |place| place.lane)
    }

    fn lane_of(&self, number: usize) -> Option<&[usize]> {
        self.lanes.get(self.lane(number)).map(Vec::as_slice)
    }

    fn shared(&self, number: usize) -> Arc<Vec<usize>> {
        self.places
            .get(number)
            .map(|place| Arc::clone(&place.behind))
            .unwrap_or_default()
    }

    /// How many steps of a lane a change has, itself counted.
    fn steps(&self, number: usize, lane: usize) -> usize {
        self.places.get(number).map_or(0, |place| {
            if place.lane == lane {
                place.step + 1
            } else {
                place.behind.get(lane).copied().unwrap_or(0)
            }
        })
    }

    /// Whether the one change lies behind the other. By their places in the order in which they were taken.
    pub(super) fn is_behind(&self, one: usize, other: usize) -> bool {
        let Some(place) = self.places.get(one) else {
            return false;
        };
        one != other && self.steps(other, place.lane) > place.step
    }

    /// Whether neither knows of the other.
    pub(super) fn are_apart(&self, one: usize, other: usize) -> bool {
        one != other && !self.is_behind(one, other) && !self.is_behind(other, one)
    }

    /// Changes behind which lies all that lies behind both.
    pub(super) fn common(&self, one: usize, other: usize) -> Vec<ChangeHash> {
        let mut found = Vec::new();
        for (lane, taken) in self.lanes.iter().enumerate() {
            let steps = self.steps(one, lane).min(self.steps(other, lane));
            let last = steps.checked_sub(1).and_then(|last| taken.get(last));
            found.extend(last.and_then(|number| self.places.get(*number)).map(|place| place.hash));
        }
        found
    }

    /// How many lanes there are.
    #[cfg(test)]
    pub(super) fn lanes(&self) -> usize {
        self.lanes.len()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn hash(number: usize) -> ChangeHash {
        let mut bytes = [0_u8; 32];
        bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
        ChangeHash(bytes)
    }

    #[test]
    fn one_who_writes_alone_stays_in_one_lane() {
        let mut before = Before::default();
        for number in 0..1000 {
            let deps: Vec<ChangeHash> = (number > 0).then(|| hash(number - 1)).into_iter().collect();
            before.push(hash(number), &deps);
        }
        assert_eq!(before.lanes(), 1);
        assert!(before.is_behind(3, 900) && !before.is_behind(900, 3));
        assert!(Arc::ptr_eq(&before.places[1].behind, &before.places[999].behind));
    }

    proptest! {
        #[test]
        fn what_lies_behind_is_what_can_be_reached(graph in proptest::collection::vec(proptest::collection::vec(any::<usize>(), 0..3), 1..40)) {
            let mut before = Before::default();
            let mut reach: Vec<BTreeSet<usize>> = Vec::new();
            for (number, deps) in graph.iter().enumerate() {
                let deps: BTreeSet<usize> = deps.iter().filter(|_| number > 0).map(|dep| dep % number.max(1)).collect();
                let mut own = deps.clone();
                for dep in &deps {
                    own.extend(&reach[*dep]);
                }
                reach.push(own);
                let hashes: Vec<ChangeHash> = deps.into_iter().map(hash).collect();
                before.push(hash(number), &hashes);
            }
            for one in 0..reach.len() {
                for other in 0..reach.len() {
                    prop_assert_eq!(before.is_behind(one, other), reach[other].contains(&one), "{} {}", one, other);
                    let with = |number: usize| { let mut all = reach[number].clone(); all.insert(number); all };
                    let shared: BTreeSet<usize> = with(one).intersection(&with(other)).copied().collect();
                    let mut covered = BTreeSet::new();
                    for common in before.common(one, other) {
                        covered.extend(with(usize::try_from(u64::from_be_bytes(common.0[..8].try_into().unwrap())).unwrap()));
                    }
                    prop_assert_eq!(covered, shared);
                }
            }
        }
    }
}
