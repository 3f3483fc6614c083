//! How long files take to be in the archive, on the disk, and what memory that needs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use chrono_tz::Tz;
use minuta_core::import::{Given, take};
use minuta_core::{Archive, edit};

use crate::figures::{Samples, against};
use crate::made::{sentence, system};

/// Reads a file and puts it into an archive, durably.
fn import(archive: &mut Archive, name: &str, bytes: &[u8]) -> Result<()> {
    let given = Given {
        zone: Some(Tz::Europe__Rome),
        ..Given::new(name, archive.env())
    };
    let taken = take(bytes, None, &given)?;
    edit::import::as_new(archive, &taken.plan)?;
    Ok(())
}

fn archive(folder: &Path) -> Result<Archive> {
    Ok(Archive::open(&folder.join("a.minuta"), system())?)
}

/// A folder on the disk that the program lies on.
pub(crate) fn folder() -> Result<tempfile::TempDir> {
    let own = std::env::current_exe()?;
    Ok(tempfile::tempdir_in(own.parent().context("the program lies nowhere")?)?)
}

/// The logs of real meetings beside the checkout.
fn logs() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = here
        .ancestors()
        .map(|above| above.join("shared/data/w3c-ccg"))
        .find(|path| path.is_dir());
    let entries = data.and_then(|data| fs::read_dir(data).ok());
    let folders = entries.into_iter().flatten().flatten();
    let mut logs: Vec<_> = folders
        .map(|entry| entry.path().join("irc.log"))
        .filter(|log| log.is_file())
        .collect();
    logs.sort();
    logs
}

fn transcript() -> String {
    let cue = |at: usize| {
        let (minute, second) = (at / 60, at % 60);
        let words = sentence(at);
        format!("{at}\n00:{minute:02}:{second:02}.000 --> 00:{minute:02}:{second:02}.900\nAnn Lee: {words}\n\n")
    };
    format!("WEBVTT\n\n{}", (0..1000).map(cue).collect::<String>())
}

/// 400 people who left and came back 25 times.
fn attendance() -> String {
    let row = |at: usize| {
        let (person, minute) = (at % 400, at / 400 * 2);
        format!(
            "P{person} Lee,p{person}@example.org,03/12/2026 01:{minute:02}:00 PM,03/12/2026 01:{minute:02}:59 PM,1,No\n"
        )
    };
    let head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n";
    format!("{head}{}", (0..10_000).map(row).collect::<String>())
}

/// Measures all of it.
pub(crate) fn measure() -> Result<()> {
    println!("\nImports, durable");
    let place = folder()?;
    let logs = logs();
    if logs.is_empty() {
        println!("  there are no logs in ../shared/data/w3c-ccg");
    } else {
        let mut into = archive(place.path())?;
        let texts: Vec<Vec<u8>> = logs.iter().map(fs::read).collect::<std::io::Result<_>>()?;
        let mut failed = None;
        let took = Samples::of(texts.len(), |at| {
            failed = import(&mut into, "irc.log", &texts[at]).err().or(failed.take())
        });
        failed.map_or(Ok(()), Err)?;
        against(
            &format!("{} logs of real meetings, the mean", texts.len()),
            took.mean(),
            "ms",
            160.0,
        );
        against("the slowest of them", took.at(1.0), "ms", 160.0);
    }
    for (what, name, text, aim) in [
        (
            "a transcript of 1,000 cues, the median of 20",
            "a.vtt",
            transcript(),
            50.0,
        ),
        (
            "attendance of 10,000 rows, the median of 20",
            "zoom.csv",
            attendance(),
            200.0,
        ),
    ] {
        let place = folder()?;
        let mut into = archive(place.path())?;
        let mut failed = None;
        let took = Samples::of(20, |_| {
            failed = import(&mut into, name, text.as_bytes()).err().or(failed.take())
        });
        failed.map_or(Ok(()), Err)?;
        against(what, took.at(0.5), "ms", aim);
    }

    println!("\nMemory of an import, over the size of its file");
    let place = folder()?;
    let mut files = vec![
        (
            "a transcript of 1,000 cues",
            write(place.path(), "a.vtt", transcript().as_bytes())?,
        ),
        (
            "attendance of 10,000 rows",
            write(place.path(), "zoom.csv", attendance().as_bytes())?,
        ),
    ];
    if let Some(largest) = logs.iter().max_by_key(|log| fs::metadata(log).map_or(0, |of| of.len())) {
        files.push(("the largest log", largest.clone()));
    }
    for (what, file) in files {
        let own = std::env::current_exe()?;
        let said = Command::new(own).arg("import").arg(&file).output()?;
        let peak: f64 = String::from_utf8_lossy(&said.stdout)
            .trim()
            .parse()
            .with_context(|| String::from_utf8_lossy(&said.stderr).into_owned())?;
        let size = fs::metadata(&file)?.len() as f64 / 1_048_576.0;
        against(what, peak - size, "MB", 64.0);
    }
    Ok(())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let file = folder.join(name);
    fs::write(&file, bytes)?;
    Ok(file)
}

/// Imports one file into an archive of its own, and prints the most memory that this process had, in MB.
pub(crate) fn alone(file: &str) -> Result<()> {
    let place = folder()?;
    let name = Path::new(file)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    import(&mut archive(place.path())?, &name, &fs::read(file)?)?;
    let status = fs::read_to_string("/proc/self/status").context("this system does not say what memory was used")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    println!("{}", peak.context("there is no peak")? / 1024.0);
    Ok(())
}
