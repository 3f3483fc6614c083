//! Imports measured, and the search beside tantivy and ripgrep on the same text: `cargo xtask bench beside
//! [imports | POINTS]`.
//!
//! Each measurement says what it aims at and whether that is reached. Everything lies on the disk that the build folder
//! is on: what is durable has to reach it.

mod figures;
mod imports;
#[allow(dead_code, reason = "shared with the other measurements")]
#[path = "../../benches/made/mod.rs"]
mod made;
mod search;

use anyhow::Result;

/// How many points are searched.
const POINTS: usize = 1_000_000;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        // What a process of its own is started with: the most memory that it needed is the system's to say.
        ["import", file] => imports::alone(file),
        [] => imports::measure().and_then(|()| search::measure(POINTS)),
        ["imports"] => imports::measure(),
        ["prepare", points] => search::prepare(points.parse()?).map(drop),
        [points] => search::measure(points.parse()?),
        _ => anyhow::bail!("as: beside [imports | POINTS | prepare POINTS]"),
    }
}
