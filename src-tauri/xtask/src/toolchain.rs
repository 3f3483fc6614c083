//! Rust and Node: are they there, and new enough?

use anyhow::{Context, Result, bail};

use crate::programs::{npm, output, program};

/// What vite asks for.
const NODE: [u32; 3] = [20, 19, 0];

/// Fails with what to do where the compiler is missing or too old.
pub(crate) fn rust() -> Result<()> {
    let wanted = version(env!("CARGO_PKG_RUST_VERSION")).unwrap_or_default();
    let said = output(program("rustc").arg("--version")).context("Rust is missing: see https://rustup.rs")?;
    check("Rust", &said, wanted, "`rustup update stable`")
}

/// Fails with what to do where Node or npm is missing or too old.
pub(crate) fn node() -> Result<()> {
    const WHERE: &str = "Node is missing: see https://nodejs.org (or `apt install nodejs npm`)";
    let said = output(program("node").arg("--version")).context(WHERE)?;
    check("Node", &said, NODE, "see https://nodejs.org")?;
    output(&mut npm(&["--version"]))
        .context("npm, which comes with Node, is missing")
        .map(drop)
}

fn check(name: &str, said: &str, wanted: [u32; 3], advice: &str) -> Result<()> {
    let found = version(said).with_context(|| format!("{name} does not say its version but `{said}`"))?;
    if found < wanted {
        let [major, minor, patch] = wanted;
        bail!(
            "{name} {} is too old, {major}.{minor}.{patch} or newer is needed: {advice}",
            said.trim()
        );
    }
    println!("{name}: {}", said.trim());
    Ok(())
}

/// The first version number in a line: `rustc 1.95.0 (…)`, `v20.20.2`, `1.95`.
fn version(said: &str) -> Option<[u32; 3]> {
    let word = said
        .split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut parts = word
        .split(|c: char| !c.is_ascii_digit())
        .map(|part| part.parse().unwrap_or(0));
    Some(std::array::from_fn(|_| parts.next().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_read_and_compared_as_numbers() {
        assert_eq!(version("rustc 1.95.0 (59807616e 2026-04-14)\n"), Some([1, 95, 0]));
        assert_eq!(version("v20.20.2\n"), Some([20, 20, 2]));
        assert_eq!(version("1.95"), Some([1, 95, 0]));
        assert_eq!(version("rustc 1.96.0-nightly"), Some([1, 96, 0]));
        assert_eq!(version("none"), None);
        assert!(version("v20.9.0") < version("v20.19.0"));
    }
}
