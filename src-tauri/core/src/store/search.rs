//! Full-text search. The application folds the text and cuts it into terms; the index holds only terms, under numbers
//! that grow with time, so that the newest hits are read from the end without sorting.
//!
//! A text does not go into the index with the line that brings it, which would cost a third of the line's time, but
//! waits in a table of the same transaction until something is looked for or enough have gathered.
//!
//! Han, kana and hangul have no spaces between words: a run of them is indexed as its overlapping pairs (and its last
//! letter), so that a word of one or more letters is found wherever it stands.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use crate::error::Result;

/// Entries of one millisecond that can be told apart.
const PER_MILLI: i64 = 1024;

/// How many texts wait for the index at the most.
pub(crate) const PENDING_MOST: usize = 64;

/// Lets an entity wait for the index; answers whether enough have gathered to be taken in.
pub(crate) fn queue(conn: &Connection, document: i64, noun: &str, id: Uuid) -> Result<bool> {
    conn.prepare_cached("INSERT INTO search_pending (document, noun, id) VALUES (?1, ?2, ?3)")?
        .execute(params![document, noun, id.to_string()])?;
    Ok(usize::try_from(conn.last_insert_rowid()).is_ok_and(|last| last >= PENDING_MOST))
}

/// What waits for the index, each once: document, noun and id.
pub(crate) fn pending(conn: &Connection) -> Result<BTreeSet<(i64, String, String)>> {
    let mut statement = conn.prepare_cached("SELECT document, noun, id FROM search_pending")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Nothing waits any more.
pub(crate) fn none_pending(conn: &Connection) -> Result<()> {
    conn.prepare_cached("DELETE FROM search_pending")?.execute([])?;
    Ok(())
}

/// Puts an entity's text into the index, or takes it out (`None`).
pub(crate) fn index(
    conn: &Connection,
    document: i64,
    noun: &str,
    id: Uuid,
    at_millis: i64,
    text: Option<&str>,
) -> Result<()> {
    let known: Option<i64> = conn
        .prepare_cached("SELECT row FROM search_entry WHERE document = ?1 AND noun = ?2 AND id = ?3")?
        .query_row(params![document, noun, id.to_string()], |row| row.get(0))
        .optional()?;
    if let Some(row) = known {
        conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?
            .execute([row])?;
    }
    match (known, text) {
        (Some(row), Some(text)) => write(conn, row, text),
        (None, Some(text)) => add(conn, document, noun, id, at_millis, text),
        (Some(row), None) => {
            conn.prepare_cached("DELETE FROM search_entry WHERE row = ?1")?
                .execute([row])?;
            Ok(())
        }
        (None, None) => Ok(()),
    }
}

/// Puts an entity's text into the index, where it is not yet.
pub(crate) fn add(conn: &Connection, document: i64, noun: &str, id: Uuid, at_millis: i64, text: &str) -> Result<()> {
    write(conn, new_row(conn, document, noun, id, at_millis)?, text)
}

fn write(conn: &Connection, row: i64, text: &str) -> Result<()> {
    conn.prepare_cached("INSERT INTO search (rowid, terms) VALUES (?1, ?2)")?
        .execute(params![row, terms(text)])?;
    Ok(())
}

/// The first number that an entry of this moment can have.
pub(crate) fn first_row(at_millis: i64) -> i64 {
    at_millis.clamp(0, i64::MAX / PER_MILLI - 1) * PER_MILLI
}

fn new_row(conn: &Connection, document: i64, noun: &str, id: Uuid, at_millis: i64) -> Result<i64> {
    let first = first_row(at_millis);
    let row: i64 = conn
        .prepare_cached("SELECT coalesce(max(row) + 1, ?1) FROM search_entry WHERE row >= ?1 AND row < ?2")?
        .query_row(params![first, first + PER_MILLI], |row| row.get(0))?;
    // More than a thousand in one millisecond (an import) run over into the next one's numbers.
    let row: i64 = if row < first + PER_MILLI {
        row
    } else {
        conn.query_row(
            "SELECT e.row + 1 FROM search_entry AS e WHERE e.row >= ?1 AND NOT EXISTS (SELECT 1 FROM search_entry AS n WHERE n.row = e.row + 1) ORDER BY e.row LIMIT 1",
            [first],
            |row| row.get(0),
        )?
    };
    conn.prepare_cached("INSERT INTO search_entry (row, document, noun, id) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row, document, noun, id.to_string()])?;
    Ok(row)
}

/// Takes everything of a document out of the index.
pub(crate) fn clear(conn: &Connection, document: i64) -> Result<()> {
    conn.execute(
        "DELETE FROM search WHERE rowid IN (SELECT row FROM search_entry WHERE document = ?1)",
        [document],
    )?;
    conn.execute("DELETE FROM search_entry WHERE document = ?1", [document])?;
    conn.execute("DELETE FROM search_pending WHERE document = ?1", [document])?;
    Ok(())
}

/// A character as the index sees it: compatibility forms, case and accents folded away.
fn fold(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .flat_map(char::to_lowercase)
}

/// Whether words of this script are written without spaces.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// A stretch of folded text that is searched as one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Run {
    Word(String),
    Cjk(Vec<char>),
}

/// Cuts text into words and runs of CJK.
fn runs(text: &str) -> Vec<Run> {
    // There is nothing to fold in ASCII but capitals.
    if text.is_ascii() {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        return words.map(|word| Run::Word(word.to_ascii_lowercase())).collect();
    }
    let mut runs = Vec::new();
    for c in fold(text) {
        if is_cjk(c) {
            match runs.last_mut() {
                Some(Some(Run::Cjk(run))) => run.push(c),
                _ => runs.push(Some(Run::Cjk(vec![c]))),
            }
        } else if c.is_alphanumeric() || is_combining_mark(c) {
            match runs.last_mut() {
                Some(Some(Run::Word(word))) => word.push(c),
                _ => runs.push(Some(Run::Word(c.to_string()))),
            }
        } else {
            runs.push(None);
        }
    }
    runs.into_iter().flatten().collect()
}

/// The text as the index holds it: terms parted by spaces.
pub(crate) fn terms(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut push = |term: &str| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(term);
    };
    for run in runs(text) {
        match run {
            Run::Word(word) => push(&word),
            Run::Cjk(run) => {
                for place in 0..run.len() {
                    push(&run.iter().skip(place).take(2).collect::<String>());
                }
            }
        }
    }
    out
}

/// What a user typed, as a query of the index: all words, phrases in quotes, the last word as a prefix. `None` when
/// there is nothing in it to look for.
pub(crate) fn query(typed: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let open_word = !typed.ends_with(|c: char| !c.is_alphanumeric() && !is_cjk(c) && c != '*');
    let pieces: Vec<&str> = typed.split('"').collect();
    let last_piece = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter().enumerate() {
        let quoted = index % 2 == 1;
        let found = runs(piece);
        let count = found.len();
        if quoted {
            let phrase: Vec<String> = found.iter().flat_map(phrase_of).collect();
            if !phrase.is_empty() {
                parts.push(format!("\"{}\"", phrase.join(" ")));
            }
            continue;
        }
        for (place, run) in found.iter().enumerate() {
            let open = open_word && index == last_piece && place + 1 == count;
            let is_single = matches!(run, Run::Cjk(letters) if letters.len() == 1);
            let star = if (open && matches!(run, Run::Word(_))) || is_single {
                "*"
            } else {
                ""
            };
            parts.push(format!("\"{}\"{star}", phrase_of(run).join(" ")));
        }
    }
    if parts.is_empty() {
        None
    } else {
        Some(parts.join(" AND "))
    }
}

/// The terms that stand for a run in a query. A pair stands for its two letters; the last letter alone is no term of
/// the query unless it is all there is.
fn phrase_of(run: &Run) -> Vec<String> {
    match run {
        Run::Word(word) => vec![word.clone()],
        Run::Cjk(letters) if letters.len() == 1 => vec![letters.iter().collect()],
        Run::Cjk(letters) => letters.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

/// The words of a query, folded, with whether each is a prefix: for marking what matched.
pub(crate) fn needles(typed: &str) -> Vec<Vec<char>> {
    runs(typed)
        .into_iter()
        .map(|run| match run {
            Run::Word(word) => word.chars().collect(),
            Run::Cjk(letters) => letters,
        })
        .collect()
}

/// Whether a text holds all the words of a query, each at a word's beginning.
pub(crate) fn holds(text: &str, typed: &str) -> bool {
    let needles: Vec<String> = runs(typed)
        .into_iter()
        .map(|run| match run {
            Run::Word(word) => word,
            Run::Cjk(letters) => letters.into_iter().collect(),
        })
        .collect();
    needles.iter().all(|needle| !marks(text, needle).is_empty())
}

/// Where the words of a query stand in a text, as [start, end) in UTF-16 units.
pub(crate) fn marks(text: &str, typed: &str) -> Vec<(u32, u32)> {
    let needles = needles(typed);
    // Each folded letter with the place of the letter that it came from.
    let mut folded: Vec<(char, u32, u32)> = Vec::new();
    let mut place = 0_u32;
    for c in text.chars() {
        let end = place + u32::try_from(c.len_utf16()).unwrap_or(1);
        let single = c.to_string();
        let mut any = false;
        for f in fold(&single) {
            folded.push((f, place, end));
            any = true;
        }
        if !any && let Some(last) = folded.last_mut() {
            last.2 = end;
        }
        place = end;
    }
    let mut marks: Vec<(u32, u32)> = Vec::new();
    for needle in &needles {
        let starts_in_word = |at: usize| {
            at > 0
                && folded
                    .get(at - 1)
                    .is_some_and(|(c, ..)| c.is_alphanumeric() && !is_cjk(*c))
                && folded.get(at).is_some_and(|(c, ..)| !is_cjk(*c))
        };
        for (at, window) in folded.windows(needle.len().max(1)).enumerate() {
            if window.iter().map(|(c, ..)| c).eq(needle.iter())
                && !starts_in_word(at)
                && let (Some((_, start, _)), Some((_, _, end))) = (window.first(), window.last())
            {
                marks.push((*start, *end));
            }
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_into_folded_words_and_pairs() {
        assert_eq!(terms("Ångström's GAPS"), "angstrom s gaps");
        assert_eq!(terms("東京都 is 京"), "東京 京都 都 is 京");
    }

    #[test]
    fn ascii_is_cut_as_any_text_is() {
        let text = " Tide-gauge's LEVEL_2 3.5m\t(ok)\n-- x ";
        let mut other = runs(&format!("{text} \u{E9}"));
        assert_eq!(other.pop(), Some(Run::Word("e".to_owned())));
        assert_eq!(runs(text), other);
        assert_eq!(terms(text), "tide gauge s level 2 3 5m ok x");
    }

    #[test]
    fn the_last_word_is_a_prefix_unless_it_is_finished() {
        assert_eq!(query("vertical dat").unwrap(), "\"vertical\" AND \"dat\"*");
        assert_eq!(query("vertical ").unwrap(), "\"vertical\"");
        assert_eq!(query("\"two words\" x").unwrap(), "\"two words\" AND \"x\"*");
        assert_eq!(query("京").unwrap(), "\"京\"*");
        assert_eq!(query("東京都").unwrap(), "\"東京 京都\"");
        assert_eq!(query("  -- \" "), None);
    }

    #[test]
    fn marks_are_in_utf16_and_see_through_accents() {
        assert_eq!(marks("𝒳 déjà-vu deja", "deja"), vec![(3, 7), (11, 15)]);
        assert_eq!(marks("the other", "he"), vec![]);
    }
}
