//! The rules of the house that a program can hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use minuta_tests::{left_out, root};

/// The only entries that the top level may have besides dotfiles.
const TOP: [&str; 12] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "clippy.toml",
    "deny.toml",
    "rustfmt.toml",
    "src-tauri",
    "tests",
    "ui",
    // Built, never committed.
    "target",
];

/// Every file that is committed or about to be, from the root. None where this is no checkout (an unpacked archive).
fn files() -> Option<Vec<PathBuf>> {
    let mut git = Command::new("git");
    git.current_dir(root())
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = match git.output() {
        Ok(output) if output.status.success() => output.stdout,
        _ => {
            left_out("git does not list the files here");
            return None;
        }
    };
    let names = String::from_utf8(listed).expect("names of files are UTF-8");
    let files = names
        .split_terminator('\0')
        .map(PathBuf::from)
        .filter(|path| root().join(path).is_file());
    let files: Vec<PathBuf> = files.collect();
    assert!(files.iter().any(|path| path.ends_with("Cargo.toml")), "{files:?}");
    Some(files)
}

fn has_extension(path: &Path, any: &[&str]) -> bool {
    path.extension()
        .and_then(|found| found.to_str())
        .is_some_and(|found| any.contains(&found))
}

/// Is this ours to keep tidy as text? Not pictures and fonts; not what other programs write or tests compare byte by
/// byte.
fn is_our_text(path: &Path) -> bool {
    !has_extension(
        path,
        &["png", "ico", "icns", "ttf", "otf", "woff2", "pdf", "minuta", "snap"],
    ) && !path.components().any(|part| {
        ["fixtures", "golden", "corpus"]
            .iter()
            .any(|name| part.as_os_str() == *name)
    })
}

#[test]
fn the_top_level_is_the_agreed_one() {
    let Some(files) = files() else { return };
    let top: BTreeSet<String> = files
        .iter()
        .filter_map(|path| path.components().next())
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str()))
        .collect();
    assert!(top.is_empty(), "not part of the agreed top level: {top:?}");
    assert!(
        !files
            .iter()
            .any(|path| path.starts_with("target") || path.starts_with("ui/dist")),
        "built files committed"
    );
}

#[test]
fn integration_tests_live_in_one_place() {
    // `cargo xtask test` names its targets, so one elsewhere would never run.
    let Some(files) = files() else { return };
    let stray: Vec<_> = files
        .iter()
        .filter(|path| path.starts_with("src-tauri") && has_extension(path, &["rs"]))
        .filter(|path| path.components().any(|part| part.as_os_str() == "tests"))
        .filter(|path| !path.components().any(|part| part.as_os_str() == "src"))
        .collect();
    assert!(stray.is_empty(), "move these into tests/: {stray:?}");
}

#[test]
fn text_is_utf8_with_plain_line_ends() {
    let mut wrong = Vec::new();
    for path in files().unwrap_or_default().into_iter().filter(|path| is_our_text(path)) {
        let bytes = fs::read(root().join(&path)).unwrap();
        if bytes.is_empty() {
            continue;
        }
        match std::str::from_utf8(&bytes) {
            Err(_) => wrong.push(format!("{}: is not UTF-8", path.display())),
            Ok(text) => {
                if text.contains('\r') {
                    wrong.push(format!("{}: has carriage returns", path.display()));
                }
                if !text.ends_with('\n') {
                    wrong.push(format!("{}: does not end with a newline", path.display()));
                }
                if text.starts_with('\u{feff}') {
                    wrong.push(format!("{}: begins with a byte order mark", path.display()));
                }
                if text
                    .lines()
                    .any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
                {
                    wrong.push(format!("{}: holds a merge that was not finished", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_huge() {
    let huge = |path: &PathBuf| fs::metadata(root().join(path)).unwrap().len() > 1024 * 1024;
    let huge: Vec<_> = files().unwrap_or_default().into_iter().filter(huge).collect();
    let huge: Vec<_> = huge
        .iter()
        .filter(|path| !has_extension(path, &["ttf", "otf", "woff2"]))
        .collect();
    assert!(huge.is_empty(), "over 1 MiB: {huge:?}");
}

#[test]
fn sources_stay_short_enough_to_hold_in_the_head() {
    let mut long = Vec::new();
    for path in files().unwrap_or_default() {
        let generated = path.ends_with("bindings.ts");
        if has_extension(&path, &["rs", "ts", "svelte"]) && !generated {
            let lines = fs::read_to_string(root().join(&path)).unwrap().lines().count();
            if lines > 800 {
                long.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "split these: {}", long.join(", "));
}

#[test]
fn types_are_named_by_what_they_are() {
    let vague = ["Manager", "Service", "Helper", "Helpers", "Util", "Utils"];
    let keywords = ["struct ", "enum ", "trait ", "type ", "class ", "interface "];
    let mut wrong = Vec::new();
    for path in files()
        .unwrap_or_default()
        .into_iter()
        .filter(|path| has_extension(path, &["rs", "ts", "svelte"]))
    {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        for line in text.lines() {
            let declared = line
                .trim_start()
                .trim_start_matches("export ")
                .trim_start_matches("pub ");
            let declared = declared.trim_start_matches("pub(crate) ");
            let Some(after) = keywords.iter().find_map(|keyword| declared.strip_prefix(keyword)) else {
                continue;
            };
            let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if vague.iter().any(|word| name.ends_with(word)) {
                wrong.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "name these by what they are: {}", wrong.join(", "));
}

#[test]
fn arrows_go_down_only() {
    // The layers of the core, lowest first; `env` and `error` belong to everybody.
    let layers: [&[&str]; 7] = [
        &["model"],
        &["capture", "document", "minutes"],
        &["export", "import", "store"],
        &["archive"],
        &["edit", "share"],
        &["publish", "sample"],
        &["api"],
    ];
    let level = |module: &str| layers.iter().position(|names| names.contains(&module));
    let core = Path::new("src-tauri/core/src");
    let mut wrong = Vec::new();
    for path in files().unwrap_or_default() {
        let Ok(inside) = path.strip_prefix(core) else { continue };
        // Tests look at a layer from wherever it is seen best.
        if inside
            .components()
            .any(|part| part.as_os_str().to_string_lossy().starts_with("tests"))
        {
            continue;
        }
        let first = inside
            .components()
            .next()
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        let Some(own) = first
            .as_deref()
            .map(|name| name.trim_end_matches(".rs"))
            .and_then(level)
        else {
            continue;
        };
        let text = fs::read_to_string(root().join(&path)).unwrap();
        for used in text.split("crate::").skip(1) {
            let module: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if level(&module).is_some_and(|used| used > own) {
                wrong.push(format!("{} uses {module}", path.display()));
            }
        }
        let window = text.lines().any(|line| line.trim_start().starts_with("use tauri"));
        if window {
            wrong.push(format!("{} uses the window's library", path.display()));
        }
    }
    assert!(wrong.is_empty(), "arrows that go up: {}", wrong.join(", "));
}
