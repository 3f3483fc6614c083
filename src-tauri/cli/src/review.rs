//! What two laptops set at once, and settling it.

use std::io::Write;

use anyhow::{Context as _, bail};
use minuta_core::Archive;
use minuta_core::api::{Contested, SettleAs, SettleRequest, contested, settled};
use minuta_core::model::MeetingId;

/// How something contested is named on the command line.
fn key(one: &Contested) -> String {
    format!("{}/{}", one.id, one.aspect.replace(' ', "-"))
}

/// A version's letter; after the twenty-sixth they begin anew with two.
fn letter(place: usize) -> String {
    let letters = ('a'..='z').cycle().nth(place).unwrap_or('a');
    letters.to_string().repeat(place / 26 + 1)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lists what is contested.
pub(crate) fn list(archive: &Archive, meeting: MeetingId, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let found = contested(archive, meeting)?;
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
        return Ok(());
    }
    for one in &found {
        writeln!(
            out,
            "{}\t{}\t{}\t{}",
            key(one),
            one.thing,
            one.label,
            one_line(&one.excerpt)
        )?;
        for (place, version) in one.versions.iter().enumerate() {
            writeln!(
                out,
                "\t{}{}\t{}\t{}\t{}",
                letter(place),
                if version.shown { "*" } else { "" },
                version.author,
                version.at.format("%Y-%m-%d %H:%M:%S UTC"),
                one_line(&version.words)
            )?;
        }
        if !one.shown.is_empty() {
            writeln!(out, "\tshown*\tthe record\t\t{}", one_line(&one.shown))?;
        }
    }
    Ok(())
}

/// Settles one of them.
pub(crate) fn settle(
    archive: &mut Archive,
    meeting: MeetingId,
    typed: &str,
    choice: Option<&str>,
    words: Option<String>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let all = contested(archive, meeting)?;
    let mut fitting = all.iter().filter(|one| key(one).starts_with(typed));
    let one = fitting
        .next()
        .with_context(|| format!("nothing that is contested has the key {typed}; see `review`"))?;
    if fitting.next().is_some() {
        bail!("several that are contested have keys that begin with {typed}; write more of it");
    }
    let choice = match (choice, words) {
        (_, Some(text)) => SettleAs::Words { text },
        (Some("shown"), _) => SettleAs::Shown,
        (Some(word), _) => SettleAs::Version {
            change: version(one, word)?,
        },
        (None, None) => bail!("say which version stands"),
    };
    let request = SettleRequest {
        meeting,
        noun: one.noun.clone(),
        id: one.id,
        aspect: one.aspect.clone(),
        choice,
    };
    writeln!(out, "{}", settled(archive, request)?.done)?;
    Ok(())
}

/// The change of the version that a word means.
fn version(one: &Contested, word: &str) -> anyhow::Result<String> {
    let mut meant = one.versions.iter().enumerate().filter(|(place, version)| match word {
        "mine" => version.mine,
        "theirs" => !version.mine,
        _ => letter(*place) == word,
    });
    let (_, version) = meant
        .next()
        .with_context(|| format!("there is no version {word}; see `review`"))?;
    if meant.next().is_some() {
        bail!("several versions are {word}; name one by its letter");
    }
    Ok(version.change.clone())
}
