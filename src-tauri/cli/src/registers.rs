//! Printing what goes across meetings: people, what was promised and what was decided.

use std::io::Write;

use anyhow::Context as _;
use minuta_core::Archive;
use minuta_core::model::{PeopleAsked, RegisterAsked, SeriesId, Whence};

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

/// The people: ID, name, meetings, the last of them, points, addresses, others who may be the same.
pub(crate) fn people(archive: &Archive, words: &str, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let people = archive.people(&PeopleAsked {
        words: words.to_owned(),
    })?;
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&people)?)?;
        return Ok(());
    }
    for person in people {
        let name = person.names.first().map_or("-", String::as_str);
        let meetings = match person.meetings.len() {
            1 => "1 meeting".to_owned(),
            count => format!("{count} meetings"),
        };
        let last = person
            .meetings
            .first()
            .map(|there| meeting(&there.whence))
            .unwrap_or_default();
        let points: u64 = person.meetings.iter().map(|there| u64::from(there.points)).sum();
        let points = match points {
            1 => "1 point".to_owned(),
            count => format!("{count} points"),
        };
        let addresses = if person.addresses.is_empty() {
            "-".to_owned()
        } else {
            person.addresses.join(", ")
        };
        let same = match person.same.len() {
            0 => String::new(),
            count => format!("\t{count} more of that name or address: the same person?"),
        };
        writeln!(
            out,
            "{}\t{name}\t{meetings}\t{last}\t{points}\t{addresses}{same}",
            person.id
        )?;
    }
    Ok(())
}
