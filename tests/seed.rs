//! Chance that can be repeated, and how much of it.

/// Is this `cargo xtask torture`?
pub fn torture() -> bool {
    std::env::var_os("MINUTA_TORTURE").is_some()
}

/// The small share, or the full size under `cargo xtask torture`.
pub fn share(small: usize, full: usize) -> usize {
    if torture() { full } else { small }
}

/// The seed of this run: `MINUTA_SEED`, else always the same.
pub fn seed() -> u64 {
    match std::env::var("MINUTA_SEED") {
        Ok(text) => text.parse().expect("MINUTA_SEED is a number"),
        Err(_) => 107,
    }
}

/// A sequence that looks random and is the same for the same seed (SplitMix64, by Steele, Lea and Flood, 2014).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of this run's seed for one purpose: two tests do not draw the same numbers.
    pub fn of(purpose: &str) -> Self {
        let salted = purpose.bytes().fold(seed(), |mixed, byte| {
            mixed.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        Self(salted)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to just under `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end.max(1)
    }

    /// At most `count` of `items`, each at most once, in a random order.
    pub fn some<T>(&mut self, mut items: Vec<T>, count: usize) -> Vec<T> {
        let mut chosen = Vec::new();
        while !items.is_empty() && chosen.len() < count {
            let at = self.below(items.len() as u64) as usize;
            chosen.push(items.swap_remove(at));
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same_choice_of_distinct_items() {
        let choose = || Chance::of("choice").some((0..100).collect::<Vec<u32>>(), 12);
        let mut chosen = choose();
        assert_eq!(chosen, choose());
        chosen.sort_unstable();
        chosen.dedup();
        assert_eq!(chosen.len(), 12);
        assert_ne!(Chance::of("one").number(), Chance::of("other").number());
    }
}
