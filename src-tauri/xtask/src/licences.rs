//! Licences, bans and sources of everything that Minuta is built from.
//!
//! `cargo deny` does this best and is used where it is installed. It takes minutes to build, so where it is missing, the
//! same lists of `deny.toml` are held against the lock file and `cargo tree` here.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::programs::{cargo, is_there, output, root, succeed};
use crate::spdx;

/// Fails with every dependency that the lists of `deny.toml` do not allow.
pub(crate) fn check() -> Result<()> {
    if is_there("cargo-deny") {
        return succeed(&mut cargo(&["deny", "check", "bans", "licenses", "sources"]));
    }
    println!("cargo-deny is not installed: the lists of deny.toml are checked without it.");
    let read = |name| fs::read_to_string(root().join(name)).with_context(|| format!("{name} cannot be read"));
    let rules = read("deny.toml")?;
    let lock = read("Cargo.lock")?;
    let tree = output(&mut cargo(&[
        "tree",
        "--workspace",
        "--all-features",
        "--target=all",
        "--edges=normal,build,dev",
        "--prefix=none",
        "--no-dedupe",
        "--format={p}\t{l}",
    ]))?;
    let mut wrong = wrong_licences(&tree, &list(&rules, "licenses", "allow")?);
    wrong.extend(wrong_packages(
        &lock,
        &list(&rules, "bans", "deny")?,
        &list(&rules, "sources", "allow-registry")?,
    ));
    if wrong.is_empty() {
        println!("{} packages, all allowed.", lock.matches("[[package]]").count());
        return Ok(());
    }
    bail!("{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Lines of `name version<TAB>licence` whose licence the allowed ones do not satisfy.
fn wrong_licences(tree: &str, allowed: &[String]) -> BTreeSet<String> {
    let lines = tree.lines().filter_map(|line| line.split_once('\t'));
    let wrong = lines.filter(|(_, licence)| !spdx::satisfied(licence, &|name| allowed.iter().any(|one| one == name)));
    wrong
        .map(|(package, licence)| format!("{package}: the licence `{licence}` is not allowed"))
        .collect()
}

/// What in the lock file is banned, or comes from elsewhere than the allowed registries.
fn wrong_packages(lock: &str, banned: &[String], registries: &[String]) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    let mut name = "";
    for line in lock.lines() {
        let value = |key: &str| line.strip_prefix(key).map(|rest| rest.trim_matches('"'));
        if let Some(found) = value("name = ") {
            name = found;
            if banned.iter().any(|one| one == name) {
                wrong.insert(format!("{name}: is banned"));
            }
        }
        if let Some(source) = value("source = ")
            && !registries
                .iter()
                .any(|one| source.strip_prefix("registry+") == Some(one))
        {
            wrong.insert(format!("{name}: comes from {source}"));
        }
    }
    wrong
}

/// The strings of the list `key` in the section `[section]` of a TOML file.
fn list(toml: &str, section: &str, key: &str) -> Result<Vec<String>> {
    let found = toml
        .split_once(&format!("\n[{section}]\n"))
        .map(|(_, rest)| rest.split_once("\n[").map_or(rest, |(own, _)| own))
        .and_then(|own| {
            format!("\n{own}")
                .split_once(&format!("\n{key} = ["))
                .map(|(_, rest)| rest.to_owned())
        })
        .and_then(|rest| rest.split_once(']').map(|(items, _)| items.to_owned()));
    let items = found.with_context(|| format!("deny.toml has no list {section}.{key}"))?;
    Ok(items.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_in_their_section() {
        let toml = "a = 1\n\n[licenses]\n# not [this]\nallow = [\n    \"MIT\",\n    \"ISC\",\n]\n\n[bans]\ndeny = []\n";
        assert_eq!(list(toml, "licenses", "allow").unwrap(), ["MIT", "ISC"]);
        assert!(list(toml, "bans", "deny").unwrap().is_empty());
        assert!(list(toml, "bans", "allow").is_err());
    }

    #[test]
    fn a_banned_package_and_a_strange_source_are_named() {
        let lock = "[[package]]\nname = \"a\"\nsource = \"registry+https://r\"\n\n\
                    [[package]]\nname = \"b\"\nsource = \"git+https://r\"\n\n[[package]]\nname = \"openssl\"\n";
        let wrong = wrong_packages(lock, &["openssl".into()], &["https://r".into()]);
        assert_eq!(
            wrong.into_iter().collect::<Vec<_>>(),
            ["b: comes from git+https://r", "openssl: is banned"]
        );
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_named_once() {
        let tree = "a v1\tMIT OR GPL-3.0\nb v1\tGPL-3.0\nb v1\tGPL-3.0\n\nc v1\t\n";
        let wrong = wrong_licences(tree, &["MIT".into()]);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }
}
