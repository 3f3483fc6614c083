//! Files of meeting platforms, real and made, through `import::take`: what they put into the record.

mod made;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use minuta_core::env::FixedEnv;
use minuta_core::import::{Given, Kind, Plan, Taken, take};
use minuta_core::model::Span;
use minuta_tests::shared_data;

fn env() -> FixedEnv {
    let start = Utc.with_ymd_and_hms(2026, 3, 12, 13, 0, 0).unwrap();
    FixedEnv::new(start, TimeDelta::milliseconds(1), 1)
}

/// A file taken for what it looks like, its times in Rome's.
fn taken(bytes: &[u8], name: &str) -> minuta_core::Result<Taken> {
    let env = env();
    let given = Given {
        zone: Some(Tz::Europe__Rome),
        ..Given::new(name, &env)
    };
    take(bytes, None, &given)
}

fn spans(spans: &[Span]) -> String {
    let at = |span: &Span| {
        let to = span.to.map(|to| to.format("%H:%M:%S").to_string());
        format!("{}–{}", span.from.format("%Y-%m-%d %H:%M:%S"), to.unwrap_or_default())
    };
    spans.iter().map(at).collect::<Vec<_>>().join(" ")
}

/// What a plan holds, line by line.
fn told(plan: &Plan) -> String {
    let mut out = String::new();
    let meeting = &plan.meeting;
    if !meeting.name.is_empty() {
        writeln!(out, "meeting {}", meeting.name).unwrap();
    }
    if let Some(starts) = meeting.starts {
        writeln!(
            out,
            "starts {} {} {}",
            starts.to_rfc3339(),
            meeting.zone,
            meeting.date_text
        )
        .unwrap();
    } else if !meeting.date_text.is_empty() {
        writeln!(out, "date {}", meeting.date_text).unwrap();
    }
    if let Some(next) = meeting.next_starts {
        writeln!(out, "next {}", next.to_rfc3339()).unwrap();
    }
    for item in plan.record().items {
        let who = plan
            .participants
            .iter()
            .find(|person| Some(person.id) == item.item.presenter);
        let who = who.map(|person| format!(" by {}", person.name)).unwrap_or_default();
        writeln!(
            out,
            "item {} {} [{}]{who}",
            item.label, item.item.title, item.item.planned
        )
        .unwrap();
    }
    for person in &plan.participants {
        let mut line = format!("{} {} {}", person.nature, person.state, person.name);
        for (key, value) in [
            ("<", person.email.clone()),
            ("#", person.platform_id.clone()),
            ("of ", person.group.clone()),
            ("also ", person.aliases.join(" / ")),
            ("roles ", person.roles.join(" / ")),
            (
                "",
                if person.duty.word() == "none" {
                    String::new()
                } else {
                    person.duty.to_string()
                },
            ),
            ("", spans(&person.presence)),
        ] {
            if !value.is_empty() {
                write!(line, " · {key}{value}").unwrap();
            }
        }
        writeln!(out, "{line}").unwrap();
    }
    for point in &plan.points {
        writeln!(out, "kept {}: {}", point.source_line, point.raw.replace('\n', "⏎")).unwrap();
    }
    if !plan.cues.is_empty() {
        writeln!(out, "cues {}", plan.cues.len()).unwrap();
        let mut speakers: BTreeMap<&str, usize> = BTreeMap::new();
        for cue in &plan.cues {
            *speakers.entry(&cue.speaker_text).or_default() += 1;
        }
        writeln!(out, "speakers {speakers:?}").unwrap();
        for cue in plan.cues.iter().take(3).chain(plan.cues.last()) {
            let to = cue
                .ends
                .map(|ends| ends.format("%H:%M:%S%.3f").to_string())
                .unwrap_or_default();
            let text = cue.text.replace('\n', "⏎");
            writeln!(
                out,
                "  {}–{to} {}: {text}",
                cue.starts.format("%H:%M:%S%.3f"),
                cue.speaker_text
            )
            .unwrap();
        }
    }
    out
}

/// A file's name, what it was taken for, and what came of it; or why it was refused.
fn digest(name: &str, bytes: &[u8]) -> String {
    let mut out = format!("== {name}\n");
    match taken(bytes, name) {
        Ok(taken) => {
            writeln!(out, "{}", taken.kind).unwrap();
            out.push_str(&told(&taken.plan));
            for problem in &taken.problems {
                writeln!(out, "! {}: {}", problem.line, problem.message).unwrap();
            }
        }
        Err(why) => writeln!(out, "refused: {why}").unwrap(),
    }
    out
}

/// The files below a folder of the shared data, in order.
fn files(folder: &str, ends: &[&str]) -> Vec<PathBuf> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let Some(data) = shared_data() else { return Vec::new() };
    let mut found = Vec::new();
    collect(&data.join(folder), &mut found);
    found.retain(|path| ends.iter().any(|end| path.to_string_lossy().ends_with(end)));
    found.sort();
    assert!(!found.is_empty(), "{folder} has no {ends:?}");
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn digests(folder: &str, ends: &[&str]) -> Option<String> {
    let files = files(folder, ends);
    if files.is_empty() {
        return None;
    }
    let all = files
        .iter()
        .map(|path| digest(&name_of(path), &fs::read(path).unwrap()));
    Some(all.collect::<Vec<_>>().join("\n"))
}

#[test]
fn reports_of_zoom() {
    if let Some(all) = digests("zoom", &[".csv"]) {
        insta::assert_snapshot!("zoom", all);
    }
}

#[test]
fn transcripts_of_zoom() {
    if let Some(all) = digests("zoom", &[".vtt"]) {
        insta::assert_snapshot!("zoom_transcripts", all);
    }
}

#[test]
fn reports_of_teams() {
    if let Some(all) = digests("teams", &[".csv"]) {
        insta::assert_snapshot!("teams", all);
    }
}

#[test]
fn invitations() {
    if let Some(all) = digests("ics", &[".ics"]) {
        insta::assert_snapshot!("invitations", all);
    }
}

#[test]
fn tables_without_people_are_refused() {
    for path in files("csv", &[".csv"]) {
        let told = taken(&fs::read(&path).unwrap(), &name_of(&path));
        let why = told.expect_err(&name_of(&path)).to_string();
        assert!(
            why.contains("nothing was") && why.contains("names"),
            "{}: {why}",
            path.display()
        );
    }
}

/// A cue for each that the format's own tests expect, where a file is well formed; elsewhere a problem.
#[test]
fn every_file_of_the_formats_own_tests() {
    let mut lines = Vec::new();
    for path in files("vtt", &[".vtt"]) {
        let bytes = fs::read(&path).unwrap();
        let name = path
            .strip_prefix(shared_data().unwrap().join("vtt"))
            .unwrap()
            .display()
            .to_string();
        let (cues, problems) = match taken(&bytes, &name) {
            Ok(taken) => {
                assert_eq!(taken.kind, Kind::Transcript, "{name}");
                (taken.plan.cues.len(), taken.problems)
            }
            Err(why) => {
                lines.push(format!("{name}: {why}"));
                continue;
            }
        };
        // Times that count from an unknown beginning are told of every file.
        let problems: Vec<_> = problems
            .iter()
            .filter(|problem| !problem.message.contains("--starts"))
            .collect();
        let expected = fs::read_to_string(path.with_extension("json")).ok().map(|json| {
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            let cues = json["cues"].as_array().unwrap();
            cues.iter()
                .filter(|cue| !cue["text"].as_str().unwrap_or_default().trim().is_empty())
                .count()
        });
        match expected {
            Some(expected) if problems.is_empty() => assert!(cues >= expected, "{name}: {cues} of {expected}"),
            Some(expected) => assert!(cues >= expected, "{name}: {cues} of {expected}"),
            None => {}
        }
        let told = problems
            .iter()
            .map(|problem| format!("\n    {}: {}", problem.line, problem.message));
        lines.push(format!("{name}: {cues}{}", told.collect::<String>()));
    }
    if !lines.is_empty() {
        insta::assert_snapshot!("webvtt", lines.join("\n"));
    }
}
