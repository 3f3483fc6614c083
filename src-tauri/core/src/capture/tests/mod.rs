//! The grammar line by line, as its table says it; then what holds for any line.

mod any_line;
mod commands;
mod listed;
mod points;
mod wire;

use super::*;

fn command(line: &str) -> Command {
    parse(line).command
}

fn said(line: &str) -> Said {
    match command(line) {
        Command::Point(said) => said,
        other => panic!("{line:?} is no point: {other:?}"),
    }
}

/// Kind, speaker and text of a point, in short: `remark|floor|text`.
fn short(line: &str) -> String {
    in_short(&said(line))
}

fn in_short(said: &Said) -> String {
    let speaker = match &said.speaker {
        Speaker::Floor => "floor".to_owned(),
        Speaker::Nobody => "nobody".to_owned(),
        Speaker::Unknown => "unknown".to_owned(),
        Speaker::Continues => "continues".to_owned(),
        Speaker::Candidate { text, at } => format!("{}{text}", if *at { "@" } else { "=" }),
    };
    let off = if said.internal { "off " } else { "" };
    format!("{off}{}|{speaker}|{}", said.kind, said.text)
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
