//! Words parted at the end of a line, by the rules of the document's language, only where the line would end early.

use hypher::Lang;

use super::families::Tongue;
use super::fonts::Home;
use super::laid::Run;
use super::set::{Cut, Line, Press};
use super::text::{Flat, begins_leftward};

/// What is drawn; what is said is a soft hyphen (ISO 32000-1, 14.8.2.2.3).
const HYPHEN: char = '\u{2010}';
const SOFT: char = '\u{ad}';

/// Share of the measure that a line may leave free before the next word is parted: ragged, and filled.
const RAGGED: f32 = 0.14;
const FILLED: f32 = 0.03;

/// Parting shorter words gains nothing.
const SHORTEST: usize = 6;

/// Most lines one after the other that end in a parted word.
const MOST: usize = 2;

impl Press<'_> {
    /// Parts words, line by line from the first.
    pub(super) fn hyphenated(&mut self, flat: &mut Flat, lines: Vec<Line>, cut: Cut, tongue: Tongue) -> Vec<Line> {
        let Some(language) = language(&self.language) else {
            return lines;
        };
        let mut lines = lines;
        let mut parted: Vec<usize> = Vec::new();
        let (mut at, mut streak) = (0, 0);
        while at + 1 < lines.len() {
            let place = if streak < MOST {
                self.place(flat, &lines, at, cut, tongue, language)
            } else {
                None
            };
            at += 1;
            streak += 1;
            let Some(place) = place else {
                streak = 0;
                continue;
            };
            let before = flat.clone();
            flat.insert(place, HYPHEN);
            let text = flat.text();
            let layout = self.shape(&text, flat, cut, tongue);
            let (again, holes) = self.lines(layout, &text, cut);
            let is_there = again
                .get(at - 1)
                .is_some_and(|line| line.range.end == place + HYPHEN.len_utf8());
            if holes.is_empty() && is_there {
                lines = again;
                parted.push(at - 1);
            } else {
                *flat = before;
                streak = 0;
            }
        }
        for line in parted {
            if let Some(run) = lines.get_mut(line).and_then(|line| line.runs.last_mut()) {
                soften(&mut run.1);
            }
        }
        lines
    }

    /// Where the first word of the next line is best parted, if it should be.
    fn place(
        &mut self,
        flat: &Flat,
        lines: &[Line],
        at: usize,
        cut: Cut,
        tongue: Tongue,
        language: Lang,
    ) -> Option<usize> {
        let (line, next) = (lines.get(at)?, lines.get(at + 1)?);
        let free = cut.width - line.right;
        let share = if cut.filled { FILLED } else { RAGGED };
        if line.ends || cut.leftward || free < cut.width * share {
            return None;
        }
        let text = flat.text();
        let rest = text.get(next.range.start..)?;
        // A part of a word alone is no line.
        if next.ends && text.get(next.range.clone())?.split_whitespace().nth(1).is_none() {
            return None;
        }
        let token = rest.split(char::is_whitespace).next()?;
        let word = token.trim_matches(|c: char| !c.is_alphabetic());
        let start = next.range.start + token.find(word)?;
        // Names and abbreviations stay whole; in German every noun has a capital.
        let is_name = word.contains(char::is_uppercase)
            && !(language == Lang::German && word.chars().skip(1).all(char::is_lowercase));
        if word.chars().count() < SHORTEST
            || !word.chars().all(char::is_alphabetic)
            || is_name
            || begins_leftward(word)
            || flat.is_code(start)
            || self.cabinet.home(HYPHEN, tongue) != Home::Own
        {
            return None;
        }
        // A space and a hyphen beside the part of the word.
        let room = free - 0.62 * cut.size;
        let origin = x(next, next.range.start)?;
        let mut place = start;
        let mut best = None;
        for syllable in hypher::hyphenate(word, language) {
            place += syllable.len();
            if place < start + word.len() && x(next, place).is_some_and(|x| x - origin <= room) {
                best = Some(place);
            }
        }
        best
    }
}

/// Where a character of a line stands.
fn x(line: &Line, place: usize) -> Option<f32> {
    line.starts.iter().zip(&line.runs).find_map(|(start, (_, run, _))| {
        let at = place.checked_sub(*start)?;
        let cluster = run.clusters.iter().find(|cluster| cluster.text.start == at)?;
        Some(run.x + run.glyphs.get(cluster.glyphs.start)?.x)
    })
}

/// The hyphen at the end of a run is no part of the word.
fn soften(run: &mut Run) {
    if run.text.pop() == Some(HYPHEN) {
        let start = run.text.len();
        run.text.push(SOFT);
        if let Some(cluster) = run.clusters.iter_mut().find(|cluster| cluster.text.start == start) {
            cluster.text.end = run.text.len();
        }
    }
}

/// The rules for a language (BCP 47), if there are any.
fn language(tag: &str) -> Option<Lang> {
    let main: [u8; 2] = tag.split('-').next()?.to_ascii_lowercase().as_bytes().try_into().ok()?;
    // Those who write "no" mean Bokmål.
    Lang::from_iso(if main == *b"no" { *b"nb" } else { main })
}
