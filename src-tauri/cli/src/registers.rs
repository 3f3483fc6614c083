//! Printing what goes across meetings: people, what was promised and what was decided.

use std::io::Write;

use anyhow::{Context as _, bail};
use minuta_core::model::{DirectoryPerson, PeopleAsked, RegisterAsked, SeriesId, Whence};
use minuta_core::{Archive, edit};

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

/// The person whose id begins so.
fn person(archive: &Archive, typed: &str) -> anyhow::Result<DirectoryPerson> {
    let typed = typed.trim().to_lowercase();
    let people = archive.people(&PeopleAsked::default())?;
    let mut found = people
        .into_iter()
        .filter(|person| person.id.to_string().starts_with(&typed));
    match (found.next(), found.next()) {
        (Some(_), _) if typed.is_empty() => bail!("say which person: an id that `minuta-cli people` prints"),
        (Some(person), None) => Ok(person),
        (Some(_), Some(_)) => bail!("more than one person's id begins with \"{typed}\"; type more of it"),
        (None, _) => bail!("no person's id begins with \"{typed}\"; `minuta-cli people` prints them"),
    }
}

fn name(person: &DirectoryPerson) -> &str {
    person.names.first().map_or("-", String::as_str)
}

/// Makes two one; prints the id that both have from now on.
pub(crate) fn merge(archive: &mut Archive, one: &str, other: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let (one, other) = (person(archive, one)?, person(archive, other)?);
    let id = edit::person::merged(archive, one.id, other.id)?;
    writeln!(out, "{id}\t{} and {} are one person", name(&one), name(&other))?;
    Ok(())
}

/// Splits off who was at a meeting; prints the id of the new person.
pub(crate) fn split(archive: &mut Archive, who: &str, at: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let person = person(archive, who)?;
    let at = archive.meeting_by_prefix(at)?;
    let there = person.meetings.iter().find(|there| there.whence.meeting == at);
    let there = there.with_context(|| format!("{} was not at this meeting", name(&person)))?;
    let own = edit::person::parted(archive, at, there.participant)?;
    writeln!(
        out,
        "{}\t{} of {} is a person of their own",
        own.who(),
        own.name,
        meeting(&there.whence)
    )?;
    Ok(())
}
