//! Licence expressions as packages give them: SPDX's `AND`, `OR`, `WITH` and parentheses, and the old `/` for `OR`.
//! The grammar is that of the SPDX specification's annex on licence expressions.

/// Can the expression be met by licences that are allowed? What is no expression is not met.
pub(crate) fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    matches!(alternatives(&words, allowed), Some((met, [])) if met)
}

type Read<'a, 'w> = Option<(bool, &'a [&'w str])>;

fn alternatives<'a, 'w>(words: &'a [&'w str], allowed: &dyn Fn(&str) -> bool) -> Read<'a, 'w> {
    let (mut met, mut rest) = conjunction(words, allowed)?;
    while let Some((&"OR", after)) = rest.split_first() {
        let (other, left) = conjunction(after, allowed)?;
        met |= other;
        rest = left;
    }
    Some((met, rest))
}

fn conjunction<'a, 'w>(words: &'a [&'w str], allowed: &dyn Fn(&str) -> bool) -> Read<'a, 'w> {
    let (mut met, mut rest) = one(words, allowed)?;
    while let Some((&"AND", after)) = rest.split_first() {
        let (other, left) = one(after, allowed)?;
        met &= other;
        rest = left;
    }
    Some((met, rest))
}

fn one<'a, 'w>(words: &'a [&'w str], allowed: &dyn Fn(&str) -> bool) -> Read<'a, 'w> {
    match words {
        ["(", rest @ ..] => match alternatives(rest, allowed)? {
            (met, [")", rest @ ..]) => Some((met, rest)),
            _ => None,
        },
        ["AND" | "OR" | "WITH" | ")", ..] | [] => None,
        [name, "WITH", exception, rest @ ..] => Some((allowed(&format!("{name} WITH {exception}")), rest)),
        [name, rest @ ..] => Some((allowed(name), rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::satisfied;

    #[test]
    fn expressions_are_met_or_not() {
        let allowed = |name: &str| ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].contains(&name);
        for met in [
            "MIT",
            "MIT/GPL-3.0",
            "(GPL-3.0 OR MIT) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR X",
        ] {
            assert!(satisfied(met, &allowed), "{met}");
        }
        for unmet in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT MIT",
            "Apache-2.0",
            "X OR Y AND MIT",
        ] {
            assert!(!satisfied(unmet, &allowed), "{unmet}");
        }
    }
}
