//! The pages of the window: their packages, and their build into `ui/dist`.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::programs::{npm, root, succeed, target};

/// `npm ci`, when the lock file is another than at the last time.
pub(crate) fn install() -> Result<()> {
    let ui = root().join("ui");
    let fingerprint = fingerprint(&[ui.join("package.json"), ui.join("package-lock.json")])?;
    if ui.join("node_modules").is_dir() && stamp("npm-ci").is(&fingerprint) {
        println!("npm packages: as the lock file has them.");
        return Ok(());
    }
    succeed(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    stamp("npm-ci").set(&fingerprint)
}

/// `npm run build`, when something that goes into it is other than at the last time. A build anew would also make
/// cargo link the window anew.
pub(crate) fn build() -> Result<()> {
    let dist = root().join("ui/dist/index.html");
    let fingerprint = fingerprint(&[root().join("ui"), root().join("assets")])?;
    if dist.is_file() && stamp("ui-dist").is(&fingerprint) {
        println!("ui/dist: up to date.");
        return Ok(());
    }
    succeed(&mut npm(&["run", "build"]))?;
    stamp("ui-dist").set(&fingerprint)
}

/// Does `ui/package.json` have a script of this name?
pub(crate) fn has_script(name: &str) -> Result<bool> {
    let path = root().join("ui/package.json");
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let scripts = text
        .split_once("\"scripts\"")
        .and_then(|(_, rest)| rest.split_once('}'));
    Ok(scripts.is_some_and(|(scripts, _)| {
        scripts
            .split(['{', ','])
            .any(|entry| entry.trim_start().starts_with(&format!("\"{name}\"")))
    }))
}

/// A small file that says what something was last made from.
struct Stamp(PathBuf);

fn stamp(name: &str) -> Stamp {
    Stamp(target().join("xtask").join(name))
}

impl Stamp {
    fn is(&self, fingerprint: &str) -> bool {
        fs::read_to_string(&self.0).is_ok_and(|kept| kept == fingerprint)
    }

    fn set(&self, fingerprint: &str) -> Result<()> {
        let folder = self.0.parent().context("a stamp stands in a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&self.0, fingerprint).with_context(|| format!("{} cannot be written", self.0.display()))
    }
}

/// A hash over the names and contents of files and folders, built and fetched things left out. Contents rather than
/// times, for a checkout gives every file a new time.
fn fingerprint(paths: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(path, &mut hasher).with_context(|| format!("{} cannot be read", path.display()))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.ends_with("node_modules") || path.ends_with("dist") || path.ends_with("screenshots") || !path.exists() {
        return Ok(());
    }
    hasher.write(path.as_os_str().as_encoded_bytes());
    if path.is_dir() {
        let mut entries = path
            .read_dir()?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>>>()?;
        entries.sort();
        for entry in entries {
            add(&entry, hasher)?;
        }
    } else {
        let bytes = fs::read(path)?;
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(())
}
