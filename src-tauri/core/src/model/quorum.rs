//! How many have to be here.

/// A body's rule for when enough are here to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quorum {
    /// So many.
    Count(u32),
    /// At least this share of those on the list.
    Share {
        /// Numerator.
        of: u32,
        /// Denominator, not 0.
        parts: u32,
    },
    /// More than this share of those on the list.
    MoreThan {
        /// Numerator.
        of: u32,
        /// Denominator, not 0.
        parts: u32,
    },
}

impl Quorum {
    /// Reads a rule: `9`, `1/2` (at least half), `>1/2`, `50%`, `>50%`, `majority` (more than half). None for anything
    /// else, and for a share of more than the whole.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("majority") {
            return Some(Self::MoreThan { of: 1, parts: 2 });
        }
        let (more, share) = match text.strip_prefix('>') {
            Some(rest) => (true, rest.trim()),
            None => (false, text),
        };
        let number = |text: &str| {
            let text = text.trim();
            let plain = !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<u32>().ok()).flatten()
        };
        let (of, parts) = if let Some(percent) = share.strip_suffix('%') {
            (number(percent)?, 100)
        } else if let Some((of, parts)) = share.split_once('/') {
            (number(of)?, number(parts)?)
        } else {
            let count = number(share)?;
            return (count > 0 || more).then_some(Self::Count(if more { count + 1 } else { count }));
        };
        // "More than all" could never be met, and "at least none" says nothing.
        let sensible = parts > 0 && of <= parts && (of > 0 || more) && !(more && of == parts);
        sensible.then_some(if more {
            Self::MoreThan { of, parts }
        } else {
            Self::Share { of, parts }
        })
    }

    /// How many of `listed` have to be here. Never none: a meeting of nobody decides nothing.
    #[must_use]
    pub fn needed(self, listed: u32) -> u32 {
        let share = |of: u32| u64::from(listed) * u64::from(of);
        let needed = match self {
            Self::Count(count) => u64::from(count),
            Self::Share { of, parts } => share(of).div_ceil(u64::from(parts).max(1)),
            Self::MoreThan { of, parts } => share(of) / u64::from(parts).max(1) + 1,
        };
        u32::try_from(needed.max(1)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::Quorum;

    fn needed(rule: &str, listed: u32) -> Option<u32> {
        Quorum::parse(rule).map(|rule| rule.needed(listed))
    }

    #[test]
    fn a_number_a_share_and_more_than_a_share_are_rules() {
        assert_eq!(needed("9", 40), Some(9));
        assert_eq!(needed(" 1/2 ", 16), Some(8));
        assert_eq!(needed("1/2", 17), Some(9));
        assert_eq!(needed(">1/2", 16), Some(9));
        assert_eq!(needed("majority", 17), Some(9));
        assert_eq!(needed("2/3", 10), Some(7));
        assert_eq!(needed("50%", 3), Some(2));
        assert_eq!(needed("> 50 %", 4), Some(3));
        assert_eq!(needed("100%", 4), Some(4));
        assert_eq!(needed("1/2", 0), Some(1));
    }

    #[test]
    fn what_is_no_rule_or_can_never_be_met_is_none() {
        for text in [
            "", "half", "0", "1/0", "3/2", ">100%", "0%", "-1", "1.5", "1/2/3", "9999999", "101%",
        ] {
            assert_eq!(Quorum::parse(text), None, "{text}");
        }
    }
}
