//! Printing the registers: what was promised and what was decided, across meetings.

use std::io::Write;

use anyhow::Context as _;
use minuta_core::Archive;
use minuta_core::model::{RegisterAsked, SeriesId, Whence};

/// The rows that are asked for; a series by its abbreviation or its name.
pub(crate) fn asked(
    archive: &Archive,
    series: Option<&str>,
    open: bool,
    words: &[String],
) -> anyhow::Result<RegisterAsked> {
    Ok(RegisterAsked {
        series: series.map(|typed| series_of(archive, typed)).transpose()?,
        open,
        words: words.join(" "),
    })
}

fn series_of(archive: &Archive, typed: &str) -> anyhow::Result<SeriesId> {
    let same = |name: &str| name.trim().to_lowercase() == typed.trim().to_lowercase();
    let all = archive.series()?;
    let found = all.iter().find(|series| same(&series.short) || same(&series.name));
    found
        .map(|series| series.id)
        .with_context(|| format!("there is no series \"{typed}\"; `minuta-cli list` names them"))
}

/// WG-Tide 42
fn meeting(whence: &Whence) -> String {
    let number = whence.number.map(|number| format!(" {number}")).unwrap_or_default();
    format!("{}{number}", whence.body)
}

/// A row's words in one line.
fn words(text: &str, internal: bool) -> String {
    let mark = if internal { "[off] " } else { "" };
    format!("{mark}{}", text.replace('\n', " "))
}

/// The actions: ID, where given, state, owners, words.
pub(crate) fn actions(archive: &Archive, asked: &RegisterAsked, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let rows = archive.actions(asked)?;
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(());
    }
    for row in rows {
        let state = match (row.done, row.due) {
            (true, _) => "done".to_owned(),
            (false, Some(due)) if row.overdue => format!("overdue since {due}"),
            (false, Some(due)) => format!("due {due}"),
            (false, None) => format!("open for {}", days(row.age)),
        };
        let owners = if row.owners.is_empty() {
            "-".to_owned()
        } else {
            row.owners.join(", ")
        };
        writeln!(
            out,
            "{}\t{}\t{state}\t{owners}\t{}",
            row.id,
            meeting(&row.whence),
            words(&row.text, row.internal)
        )?;
    }
    Ok(())
}

fn days(count: u32) -> String {
    match count {
        1 => "1 day".to_owned(),
        count => format!("{count} days"),
    }
}

/// The decisions: ID, where taken, item, words.
pub(crate) fn decisions(
    archive: &Archive,
    asked: &RegisterAsked,
    json: bool,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let rows = archive.decisions(asked)?;
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(());
    }
    for row in rows {
        let item = if row.item.is_empty() { "-" } else { &row.item };
        writeln!(
            out,
            "{}\t{}\t{item}\t{}",
            row.id,
            meeting(&row.whence),
            words(&row.text, row.internal)
        )?;
    }
    Ok(())
}
