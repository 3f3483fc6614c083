//! Cues between times: WebVTT and SubRip.

use chrono::TimeDelta;

use super::markup::voices;
use super::{Read, Said};

/// Reads the cues. What is broken keeps its text, at the time of the cue before it.
pub(super) fn read(lines: &[&str]) -> Read {
    let mut read = Read::default();
    let head = lines.first().copied().unwrap_or_default();
    let is_vtt = head
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let commas = lines
        .iter()
        .find(|line| line.contains("-->"))
        .is_some_and(|line| line.contains(','));
    if !is_vtt && !commas {
        read.tell(1, "it does not begin with WEBVTT; read all the same");
    }
    let strict = !commas;
    let mut number = 0_usize;
    // The header goes on to the first blank line.
    if is_vtt {
        number = 1;
        while lines
            .get(number)
            .is_some_and(|line| !line.trim().is_empty() && !line.contains("-->"))
        {
            number += 1;
        }
    }
    while let Some(line) = lines.get(number) {
        if line.trim().is_empty() {
            number += 1;
            continue;
        }
        let end = block_end(lines, number);
        let block = lines.get(number..end).unwrap_or_default();
        read.block(block, number, is_vtt, strict);
        number = end;
    }
    read
}

/// Where the block that begins here ends: at a blank line, or before the times of the next cue.
fn block_end(lines: &[&str], from: usize) -> usize {
    let mut timed = lines.get(from).is_some_and(|line| line.contains("-->"));
    let mut at = from + 1;
    while let Some(line) = lines.get(at).filter(|line| !line.trim().is_empty()) {
        if line.contains("-->") {
            if timed || at > from + 1 {
                return at;
            }
            timed = true;
        }
        at += 1;
    }
    at
}

impl Read {
    fn block(&mut self, block: &[&str], first: usize, is_vtt: bool, strict: bool) {
        let line_at = |at: usize| u32::try_from(first + at + 1).unwrap_or(u32::MAX);
        let Some(times_at) = block.iter().position(|line| line.contains("-->")) else {
            let head = block.first().copied().unwrap_or_default();
            let is_note = ["NOTE", "STYLE", "REGION", "Region:"].iter().any(|word| {
                head.strip_prefix(word)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
                    || head.starts_with("Region:")
            });
            let is_number = block.len() == 1 && head.trim().bytes().all(|byte| byte.is_ascii_digit());
            if !(is_number || is_vtt && is_note) {
                self.tell(line_at(0), "stands outside of any cue; kept as said without a time");
                self.say(&block.join("\n"), line_at(0), None, None);
            }
            return;
        };
        let line = block.get(times_at).copied().unwrap_or_default();
        let times = line.split_once("-->").map(|(from, to)| {
            let to = to.trim_start();
            let end = to.find(char::is_whitespace).unwrap_or(to.len());
            (clock(from.trim()), clock(to.get(..end).unwrap_or_default()))
        });
        let text = block.get(times_at + 1..).unwrap_or_default().join("\n");
        let (from, to) = match times {
            Some((Some((from, good)), Some((to, also_good)))) => {
                if strict && is_vtt && !(good && also_good) {
                    self.tell(
                        line_at(times_at),
                        "its times are not written as WebVTT asks; read all the same",
                    );
                }
                if to < from {
                    self.tell(line_at(times_at), "it ends before it begins; its end was left out");
                }
                (Some(from), Some(to).filter(|to| *to >= from))
            }
            _ => {
                self.tell(
                    line_at(times_at),
                    format!("\"{}\" are no times; the text was kept", line.trim()),
                );
                (None, None)
            }
        };
        self.say(&text, line_at(times_at), from, to);
    }

    fn say(&mut self, text: &str, line: u32, from: Option<TimeDelta>, to: Option<TimeDelta>) {
        for (speaker, text) in voices(text) {
            self.said.push(Said {
                line,
                from,
                to,
                speaker,
                text,
            });
        }
    }
}

/// A time since the beginning, and whether it is written as WebVTT asks.
fn clock(text: &str) -> Option<(TimeDelta, bool)> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let parts: Vec<&str> = whole.split(':').collect();
    let numbers: Option<Vec<i64>> = parts
        .iter()
        .map(|part| {
            let is_number = (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse().ok() } else { None }
        })
        .collect();
    let numbers = numbers?;
    let (hours, minutes, seconds) = match numbers.as_slice() {
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        [minutes, seconds] => (0, *minutes, *seconds),
        _ => return None,
    };
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let good = fraction.len() == 3
        && minutes < 60
        && seconds < 60
        && parts.iter().rev().take(2).all(|part| part.len() == 2)
        && parts.iter().all(|part| part.len() >= 2);
    let all = hours
        .checked_mul(3600)?
        .checked_add(minutes.checked_mul(60)?)?
        .checked_add(seconds)?;
    TimeDelta::try_milliseconds(all.checked_mul(1000)?.checked_add(millis)?).map(|time| (time, good))
}
