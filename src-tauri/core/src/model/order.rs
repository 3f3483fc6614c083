//! Order keys: text that sorts, with room between any two.
//!
//! A key is seeded by time, so that what two laptops wrote apart falls in order of time when it meets. Between any two
//! keys there is another, so that moving a row rewrites that row alone. What comes behind the last key comes close behind
//! it: the next instant is further on, and thousands of rows of one instant have keys of one length. Equal keys (both
//! laptops put something into the same gap) are told apart by the rows' ids.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// Ten base-36 digits hold milliseconds for over a hundred thousand years.
const TIME_DIGITS: usize = 10;
/// Digits behind those of the time that count on: millions of keys within one instant.
const COUNT_DIGITS: usize = 5;

/// A sortable key of digits and small letters; never ends in `0`, so that there is always room before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct OrderKey(String);

impl OrderKey {
    /// The key of something that happened at `at`.
    #[must_use]
    pub fn at(at: DateTime<Utc>) -> Self {
        let mut millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        let mut digits = [b'0'; TIME_DIGITS];
        for slot in digits.iter_mut().rev() {
            *slot = digit(millis % 36);
            millis /= 36;
        }
        let mut key: String = digits.iter().map(|byte| char::from(*byte)).collect();
        key.push('i');
        Self(key)
    }

    /// The key of something that happened at `at` and comes last in a list that ends with `last`. Time decides, unless
    /// the list already runs ahead of it (something was moved, or a clock was set back).
    #[must_use]
    pub fn after(last: Option<&Self>, at: DateTime<Utc>) -> Self {
        let timed = Self::at(at);
        match last {
            Some(last) if *last >= timed => Self::between(Some(last), None),
            _ => timed,
        }
    }

    /// A key between two neighbours; `None` is the open end. If they are out of order or equal, the result still comes
    /// after `low`.
    #[must_use]
    pub fn between(low: Option<&Self>, high: Option<&Self>) -> Self {
        let open = high.is_none_or(|high| low.is_some_and(|low| high <= low));
        if let (Some(low), true) = (low, open) {
            return low.next();
        }
        let low = low.map_or(&b""[..], |key| key.0.as_bytes());
        let high = high.map(|key| key.0.as_bytes());
        let mut out = Vec::with_capacity(low.len() + 1);
        let mut bound = high;
        for place in 0.. {
            let from = low.get(place).map_or(0, |byte| value(*byte));
            let to = bound.map_or(36, |high| high.get(place).map_or(0, |byte| value(*byte)));
            if to > from + 1 {
                out.push(digit(from + (to - from) / 2));
                break;
            }
            out.push(digit(from));
            if to > from {
                // The keys part here: below this place, anything above `low` is below `high`.
                bound = None;
            }
        }
        Self(out.iter().map(|byte| char::from(*byte)).collect())
    }

    /// The key that comes close behind this one: counted on, not halved towards the end, which would soon be far ahead of
    /// every clock, and whose keys would grow with the list.
    fn next(&self) -> Self {
        let mut digits: Vec<u64> = self.0.bytes().map(value).collect();
        digits.resize(digits.len().max(TIME_DIGITS + COUNT_DIGITS), 0);
        if digits.iter().all(|digit| *digit == 35) {
            digits.extend([0; COUNT_DIGITS]);
        }
        for slot in digits.iter_mut().rev() {
            *slot = (*slot + 1) % 36;
            if *slot > 0 {
                break;
            }
        }
        // It ends in 0 where something was carried.
        if let Some(last) = digits.last_mut().filter(|last| **last == 0) {
            *last = 1;
        }
        Self(digits.into_iter().map(|value| char::from(digit(value))).collect())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for OrderKey {
    fn from(text: String) -> Self {
        Self(text)
    }
}

fn digit(value: u64) -> u8 {
    usize::try_from(value)
        .ok()
        .and_then(|value| DIGITS.get(value))
        .copied()
        .unwrap_or(b'0')
}

fn value(byte: u8) -> u64 {
    match byte {
        b'0'..=b'9' => u64::from(byte - b'0'),
        b'a'..=b'z' => u64::from(byte - b'a') + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn there_is_room_between_any_two(cuts in proptest::collection::vec(0_usize..64, 1..200)) {
            let mut keys = vec![OrderKey::at(DateTime::from_timestamp_millis(1_700_000_000_000).unwrap())];
            for cut in cuts {
                let place = cut % (keys.len() + 1);
                let low = place.checked_sub(1).map(|low| keys[low].clone());
                let high = keys.get(place).cloned();
                let key = OrderKey::between(low.as_ref(), high.as_ref());
                if let Some(low) = &low { prop_assert!(*low < key); }
                if let Some(high) = &high { prop_assert!(key < *high); }
                prop_assert!(!key.as_str().ends_with('0'));
                keys.insert(place, key);
            }
        }

        #[test]
        fn keys_of_instants_sort_as_the_instants(a in 0_i64..4_000_000_000_000, b in 0_i64..4_000_000_000_000) {
            let at = |millis| OrderKey::at(DateTime::from_timestamp_millis(millis).unwrap());
            prop_assert_eq!(a.cmp(&b), at(a).cmp(&at(b)));
        }
    }

    #[test]
    fn ten_thousand_of_one_instant_have_short_keys_and_the_next_instant_comes_after_them() {
        let at = |millis: i64| DateTime::from_timestamp_millis(1_773_320_400_000 + millis).unwrap();
        let mut keys = vec![OrderKey::at(at(0))];
        for _ in 0..10_000 {
            keys.push(OrderKey::after(keys.last(), at(0)));
        }
        assert!(keys.is_sorted_by(|a, b| a < b));
        assert!(
            keys.iter()
                .all(|key| key.as_str().len() <= 15 && !key.as_str().ends_with('0'))
        );
        assert_eq!(OrderKey::after(keys.last(), at(1)), OrderKey::at(at(1)));
    }

    /// A clock that is set back, or a laptop's that is an hour behind the other's.
    #[test]
    fn keys_do_not_grow_while_the_clock_is_behind() {
        let at = |millis: i64| DateTime::from_timestamp_millis(1_773_320_400_000 + millis).unwrap();
        let mut last = OrderKey::at(at(3_600_000));
        for millis in 0..10_000 {
            let next = OrderKey::after(Some(&last), at(millis));
            assert!(next > last && next.as_str().len() <= 15, "{last:?} {next:?}");
            last = next;
        }
        assert_eq!(OrderKey::after(Some(&last), at(3_600_001)), OrderKey::at(at(3_600_001)));
        // Keys at the very end of all keys have room behind them as well.
        let end = OrderKey::from("z".repeat(40)).next();
        assert!(end > OrderKey::from("z".repeat(40)) && end.next() > end && end.next().as_str().len() == 45);
    }

    #[test]
    fn a_list_that_runs_ahead_of_the_clock_still_grows_at_its_end() {
        let late = OrderKey::at(DateTime::from_timestamp_millis(2_000_000_000_000).unwrap());
        let next = OrderKey::after(Some(&late), DateTime::from_timestamp_millis(1_000_000_000_000).unwrap());
        assert!(next > late);
    }
}
