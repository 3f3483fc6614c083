//! What the fuzzer's targets hold to, with any compiler: on what is kept of its inputs, and on changed samples, the same
//! ones on every run. `cargo xtask fuzz` looks further.

use std::fs;
use std::path::{Path, PathBuf};

use minuta_tests::seed::{Chance, share};
use minuta_tests::{root, shared_data};

#[path = "../../src-tauri/core/fuzz/src/lib.rs"]
#[allow(unreachable_pub)]
mod targets;

type Target = fn(&[u8]);

/// Each target, and where samples of its kind lie in the data beside the checkout.
const TARGETS: [(&str, Target, &str); 11] = [
    ("any", targets::any, "text"),
    ("report", targets::report, "w3ctag"),
    ("agenda", targets::agenda, "w3ctag"),
    ("calendar", targets::calendar, "ics"),
    ("people", targets::people, "csv"),
    ("attendance", targets::attendance, "zoom"),
    ("log", targets::log, "scribe2"),
    ("transcript", targets::transcript, "vtt/file-layout"),
    ("aliases", targets::aliases, "none"),
    ("grammar", targets::grammar, "none"),
    ("replay", targets::replay, "scribe2"),
];

/// Pieces that mean something to one importer or another.
const PIECES: [&[u8]; 34] = [
    b"\n",
    b"\r\n",
    b"\t",
    b",",
    b";",
    b"\"",
    b":",
    b"(",
    b")",
    b"<",
    b">",
    b"-->",
    b"&#",
    b"\\",
    b"\0",
    b"\xFF\xFE",
    b"\xC3",
    b"\xEF\xBB\xBF",
    b"\xEF\xBC\x9A",
    b"\xE2\x80\xAF",
    b"BEGIN:VEVENT\n",
    b"END:VEVENT\n",
    b"WEBVTT\n",
    b"<ann> ",
    b"topic: ",
    b"s/a/b/",
    b"i/a/b/",
    b"#endmeeting",
    b"99999999999999999999",
    b"-1",
    b"24:60:61",
    b"0000-00-00",
    b"12/31/9999 11:59:59 PM",
    b"DTSTART:20260229T250000\n",
];

/// The largest input, in bytes: what is found in a large one is found in a small one.
const LARGEST: usize = 4096;

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths
}

/// What is kept of a target's inputs.
fn kept(name: &str) -> Vec<Vec<u8>> {
    let found = files(&root().join("src-tauri/core/fuzz/corpus").join(name));
    assert!(!found.is_empty(), "{name} has inputs");
    found.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Bytes with a few odd changes.
fn changed(chance: &mut Chance, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = bytes.get(..bytes.len().min(LARGEST)).unwrap().to_vec();
    for _ in 0..=chance.below(4) {
        let length = out.len() as u64;
        let at = chance.below(length + 1) as usize;
        let end = at + chance.below((length + 1 - at as u64).min(64)) as usize;
        match chance.below(6) {
            0 if at < out.len() => out[at] ^= 1 << chance.below(8),
            1 => drop(out.drain(at..end)),
            2 => {
                let piece = out[at..end].repeat(1 + chance.below(20) as usize);
                out.splice(at..at, piece);
            }
            3 => {
                let from = chance.below(other.len() as u64 + 1) as usize;
                let to = (from + 256).min(other.len());
                out.splice(at..end, other[from..to].iter().copied());
            }
            _ => {
                let piece = PIECES[chance.below(PIECES.len() as u64) as usize];
                out.splice(at..at, piece.iter().copied());
            }
        }
    }
    out
}

/// Runs a target, and says on what it failed.
fn holds(name: &str, target: Target, bytes: &[u8]) {
    if let Err(panic) = std::panic::catch_unwind(|| target(bytes)) {
        let folder = root().join("target/fuzz/found").join(name);
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("changed-{}", bytes.len()));
        fs::write(&file, bytes).unwrap();
        eprintln!("{name} fails on {}", file.display());
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn what_the_fuzzer_found_once_stays_mended() {
    for (name, target, _) in TARGETS {
        for bytes in kept(name) {
            holds(name, target, &bytes);
        }
    }
}

#[test]
fn changed_samples_end_well_in_every_importer() {
    for (name, target, place) in TARGETS {
        let mut samples = kept(name);
        if let Some(data) = shared_data() {
            samples.extend(
                files(&data.join(place))
                    .iter()
                    .take(60)
                    .map(|path| fs::read(path).unwrap()),
            );
        }
        let mut chance = Chance::of(name);
        // Each of these is put into an archive twice.
        let count = if name == "replay" {
            share(20, 2_000)
        } else {
            share(300, 30_000)
        };
        for _ in 0..count {
            let [one, other] = [(); 2].map(|()| &samples[chance.below(samples.len() as u64) as usize]);
            holds(name, target, &changed(&mut chance, one, other));
        }
    }
}
