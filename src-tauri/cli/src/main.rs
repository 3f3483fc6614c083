//! Minuta without a window: the same core from the command line.

mod args;
mod capture;
mod importing;
mod registers;
mod review;
mod sharing;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{CommandFactory as _, Parser as _};
use minuta_core::api::{Choices, DocumentKind, Format};
use minuta_core::env::{Env, SystemEnv};
use minuta_core::import::Kind;
use minuta_core::minutes::{self, Options};
use minuta_core::model::{MeetingId, MeetingRow, sought};
use minuta_core::{Archive, Report, edit, publish};

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    if let Command::Export { to, format, .. } = &args.command
        && let Err(why) = format_of(to, *format)
    {
        // A name that says no format is wrong usage, not a refusal: told before anything is opened.
        Args::command()
            .error(clap::error::ErrorKind::ValueValidation, why)
            .exit();
    }
    let mut out = io::stdout().lock();
    match run(args, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    }) {
        Ok(code) => code,
        // Whoever read our output has gone: `minuta-cli list | head -1`.
        Err(error)
            if error
                .downcast_ref::<io::Error>()
                .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            // Nothing is left to tell it to when standard error is gone too.
            let _ = writeln!(io::stderr(), "minuta-cli: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let path = match args.archive {
        Some(path) => path,
        None => default_archive()?,
    };
    let env: Arc<dyn Env> = Arc::new(SystemEnv);
    // These two look at the file as it is, without opening it as an archive.
    match &args.command {
        Command::Check => return tell_check(&path, &minuta_core::check(&path, env.as_ref())?, out),
        Command::Recover { file } => return recover(&path, file, &env, out),
        _ => {}
    }
    let mut archive = Archive::open(&path, env)?;
    if let Some(reason) = archive.read_only() {
        note(&format!("opened for reading only: {reason}"));
    }
    match args.command {
        Command::New {
            series,
            short,
            number,
            starts,
            zone,
            form,
        } => {
            let new = edit::meeting::New {
                series,
                short,
                number: Some(number),
                starts: Some(starts),
                zone,
                form,
            };
            writeln!(out, "{}", edit::meeting::create(&mut archive, &new)?)?;
        }
        Command::List { json } => list(&archive.meetings()?, json, out)?,
        Command::Capture { meeting } => {
            let meeting = archive.meeting_by_prefix(&meeting)?;
            return capture::lines(&mut archive, meeting, io::stdin().lock(), out);
        }
        Command::Import {
            files,
            kind,
            into,
            zone,
            starts,
            aliases,
        } => {
            let aliases = aliases.map(|file| importing::aliases(&file)).transpose()?;
            let asked = importing::Asked {
                kind: kind.as_deref().and_then(Kind::of),
                into: into.map(|typed| archive.meeting_by_prefix(&typed)).transpose()?,
                zone,
                starts,
                aliases,
            };
            return importing::files(&mut archive, &files, &asked, out);
        }
        Command::Export {
            meeting,
            to,
            document,
            format,
            chosen,
        } => {
            let meeting = archive.meeting_by_prefix(&meeting)?;
            let document = match document {
                args::Document::Report => DocumentKind::Report,
                args::Document::Record => DocumentKind::Record,
            };
            let options = Choices::from(chosen).options(document, &archive.report_settings(meeting)?);
            export(&archive, meeting, &to, &options, format_of(&to, format)?, out)?;
        }
        Command::Lint { meeting, json, chosen } => {
            return lint(&archive, &meeting, json, chosen.into(), out);
        }
        Command::Show { meeting, json } => {
            let record = archive.record(archive.meeting_by_prefix(&meeting)?)?;
            if json {
                writeln!(out, "{}", serde_json::to_string_pretty(&record)?)?;
            } else {
                write!(out, "{}", publish::markdown(&record, DocumentKind::Record))?;
            }
        }
        Command::Search { query, json, limit } => {
            let query: Vec<String> = query.iter().map(|word| sought::requoted(word)).collect();
            let hits = archive.search(&query.join(" "), limit)?;
            if json {
                writeln!(out, "{}", serde_json::to_string_pretty(&hits)?)?;
            } else {
                for hit in hits {
                    let who = if hit.speaker.is_empty() {
                        String::new()
                    } else {
                        format!("{}: ", hit.speaker)
                    };
                    writeln!(
                        out,
                        "{}\t{}\t{who}{}",
                        hit.meeting,
                        hit.item,
                        hit.text.replace('\n', " ")
                    )?;
                }
            }
        }
        Command::Next { meeting } => {
            let last = archive.meeting_by_prefix(&meeting)?;
            writeln!(out, "{}", edit::next::after(&mut archive, last)?)?;
        }
        Command::People { words, json } => registers::people(&archive, &words.join(" "), json, out)?,
        Command::Same { undo: true, .. } => taken_back("undone", &edit::person::unmerge(&mut archive)?, out)?,
        Command::Same { redo: true, .. } => taken_back("done again", &edit::person::merge_again(&mut archive)?, out)?,
        Command::Same { one, other, .. } => {
            registers::merge(&mut archive, &one.unwrap_or_default(), &other.unwrap_or_default(), out)?;
        }
        Command::Apart { person, meeting } => registers::split(&mut archive, &person, &meeting, out)?,
        Command::Actions {
            words,
            open,
            series,
            json,
        } => {
            let asked = registers::asked(&archive, series.as_deref(), open, &words)?;
            registers::actions(&archive, &asked, json, out)?;
        }
        Command::Decisions { words, series, json } => {
            let asked = registers::asked(&archive, series.as_deref(), false, &words)?;
            registers::decisions(&archive, &asked, json, out)?;
        }
        Command::Review { meeting, json } => {
            let meeting = archive.meeting_by_prefix(&meeting)?;
            review::list(&archive, meeting, json, out)?;
        }
        Command::Settle {
            meeting,
            key,
            choice,
            words,
        } => {
            let meeting = archive.meeting_by_prefix(&meeting)?;
            review::settle(&mut archive, meeting, &key, choice.as_deref(), words, out)?;
        }
        Command::Sharing(what) => return sharing::run(&mut archive, what, out),
        Command::Undo { meeting } => {
            let meeting = also_deleted(&archive, &meeting)?;
            taken_back("undone", &archive.undo(meeting)?, out)?;
        }
        Command::Redo { meeting } => {
            let meeting = also_deleted(&archive, &meeting)?;
            taken_back("done again", &archive.redo(meeting)?, out)?;
        }
        Command::Backup { file } => {
            let report = minuta_core::backup(&archive, &file)?;
            writeln!(
                out,
                "{}: {}, every change and row verified",
                file.display(),
                match report.good.len() {
                    1 => "1 meeting".to_owned(),
                    count => format!("{count} meetings"),
                }
            )?;
        }
        Command::Rebuild => {
            archive.rebuild()?;
            writeln!(out, "all tables were made anew from the log of changes")?;
        }
        Command::Sample => writeln!(out, "{}", minuta_core::sample::make(&mut archive)?)?,
        Command::Check | Command::Recover { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// The archive in the platform's data folder; the window opens the same.
fn default_archive() -> anyhow::Result<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "Minuta")
        .context("this system names no data folder; say which archive with --archive FILE")?;
    Ok(folders.data_local_dir().join("minuta.sqlite"))
}

/// A word on standard error.
fn note(text: &str) {
    // Nothing depends on it.
    let _ = writeln!(io::stderr(), "minuta-cli: {text}");
}

fn list(meetings: &[MeetingRow], json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(meetings)?)?;
        return Ok(());
    }
    for meeting in meetings {
        let name = if meeting.short.is_empty() {
            &meeting.body
        } else {
            &meeting.short
        };
        let number = meeting.number.map(|number| format!(" {number}")).unwrap_or_default();
        let starts = meeting
            .starts
            .map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string())
            .unwrap_or_default();
        writeln!(
            out,
            "{}\t{name}{number}\t{starts}\t{}\t{} points",
            meeting.id, meeting.state, meeting.points
        )?;
    }
    Ok(())
}

/// The format as said, or as the file's ending says.
fn format_of(to: &Path, format: Option<args::Format>) -> anyhow::Result<Format> {
    let ending = to.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match (format, ending.to_lowercase().as_str()) {
        (Some(args::Format::Markdown), _) | (None, "md" | "markdown") => Ok(Format::Markdown),
        (Some(args::Format::Pdf), _) | (None, "pdf") => Ok(Format::Pdf),
        (None, _) if to.as_os_str() == "-" => {
            bail!("say which format goes to standard output: --format markdown or --format pdf")
        }
        (None, _) => bail!(
            "{} ends neither in .md nor in .pdf; say which with --format",
            to.display()
        ),
    }
}

fn export(
    archive: &Archive,
    meeting: MeetingId,
    to: &Path,
    options: &Options,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let record = archive.record(meeting)?;
    let rendered = publish::render_with(&record, options, format, archive.now())?;
    for notice in &rendered.notices {
        note(notice);
    }
    if to.as_os_str() == "-" {
        out.write_all(&rendered.bytes)?;
    } else {
        publish::to_file(to, &rendered.bytes)?;
    }
    Ok(())
}

/// Looks through a report.
fn lint(
    archive: &Archive,
    meeting: &str,
    json: bool,
    choices: Choices,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let meeting = archive.meeting_by_prefix(meeting)?;
    let settings = choices.over(&archive.report_settings(meeting)?);
    let findings = minutes::lint::lint(&archive.record(meeting)?, &settings);
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&findings)?)?;
    } else {
        for finding in &findings {
            let place = if finding.place.label.is_empty() {
                "-"
            } else {
                &finding.place.label
            };
            let excerpt = if finding.excerpt.is_empty() {
                String::new()
            } else {
                format!(": {}", finding.excerpt)
            };
            writeln!(out, "{place}\t{}\t{}{excerpt}", finding.code.word(), finding.message)?;
        }
    }
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// A meeting, also one that is deleted where its whole id is given: undo and redo bring it back.
fn also_deleted(archive: &Archive, typed: &str) -> minuta_core::Result<MeetingId> {
    archive
        .meeting_by_prefix(typed)
        .or_else(|error| typed.trim().parse().map_err(|_| error))
}

fn taken_back(word: &str, back: &minuta_core::TakenBack, out: &mut dyn Write) -> anyhow::Result<()> {
    match &back.label {
        Some(label) => writeln!(out, "{word}: {label}")?,
        None => bail!("there is nothing that could be {word}"),
    }
    for left in &back.left {
        note(&format!("{left} was changed since and was left as it is"));
    }
    if back.gone {
        note("the meeting is gone by that; `redo` with its whole id brings it back");
    }
    Ok(())
}

fn tell_check(path: &Path, report: &Report, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    for finding in &report.findings {
        match finding.meeting {
            Some(meeting) => writeln!(out, "damaged\t{meeting}\t{}", finding.what)?,
            None => writeln!(out, "damaged\t-\t{}", finding.what)?,
        }
    }
    for meeting in &report.good {
        writeln!(out, "good\t{meeting}")?;
    }
    if report.findings.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    note(&format!(
        "{} is damaged in {} places and was left as it is; `recover FILE` saves what is whole into a new archive",
        path.display(),
        report.findings.len()
    ));
    Ok(ExitCode::from(1))
}

fn recover(path: &Path, target: &Path, env: &Arc<dyn Env>, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let recovered = minuta_core::recover(path, target, env)?;
    for meeting in &recovered.whole {
        writeln!(out, "whole\t{meeting}")?;
    }
    for meeting in &recovered.mended {
        writeln!(
            out,
            "mended\t{meeting}\tsome changes were lost; what the tables still held was taken from there"
        )?;
    }
    for lost in &recovered.lost {
        note(lost);
    }
    Ok(if recovered.mended.is_empty() && recovered.lost.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}
