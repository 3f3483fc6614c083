//! The marks inside a cue of WebVTT: voices, styles, letters by number.

/// Tags that only style.
const STYLES: [&str; 10] = ["c", "i", "b", "u", "ruby", "rt", "lang", "font", "v", "em"];

/// The voices of a cue with what each says; text outside of any voice has none. What is no tag of WebVTT stays as it
/// stands.
pub(super) fn voices(text: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = vec![(String::new(), String::new())];
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        push(&mut out, before);
        let Some((inner, after)) = from.get(1..).and_then(closed) else {
            push(&mut out, "<");
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        match tag(inner) {
            Some(Tag::Voice(name)) => out.push((decoded(name), String::new())),
            Some(Tag::EndOfVoice) => out.push((String::new(), String::new())),
            Some(Tag::Style) => {}
            None => {
                push(&mut out, "<");
                rest = from.get(1..).unwrap_or_default();
                continue;
            }
        }
        rest = after;
    }
    push(&mut out, rest);
    out.iter_mut()
        .for_each(|(_, text)| *text = decoded(text).trim().to_owned());
    out.retain(|(_, text)| !text.is_empty());
    out
}

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 300;

/// What stands before the end of a tag, and what after it; none where it does not end soon.
fn closed(text: &str) -> Option<(&str, &str)> {
    let at = text
        .bytes()
        .take(LONGEST_TAG)
        .position(|byte| matches!(byte, b'>' | b'<'))?;
    let after = text.get(at..)?.strip_prefix('>')?;
    Some((text.get(..at)?, after))
}

fn push(out: &mut [(String, String)], text: &str) {
    if let Some((_, words)) = out.last_mut() {
        words.push_str(text);
    }
}

enum Tag<'a> {
    Voice(&'a str),
    EndOfVoice,
    Style,
}

fn tag(inner: &str) -> Option<Tag<'_>> {
    let inner = inner.trim();
    if let Some(closed) = inner.strip_prefix('/') {
        return match closed.trim() {
            "v" => Some(Tag::EndOfVoice),
            closed if STYLES.contains(&closed) => Some(Tag::Style),
            _ => None,
        };
    }
    let end = inner
        .find(|c: char| c == '.' || c.is_whitespace())
        .unwrap_or(inner.len());
    let (name, rest) = inner.split_at_checked(end)?;
    if name == "v" {
        // Classes stand between: `<v.loud Ann Lee>`.
        let voice = rest.split_once(char::is_whitespace).map_or("", |(_, voice)| voice);
        return Some(Tag::Voice(voice.trim()));
    }
    let is_time = inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.contains(':')
        && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    // Words inside of a tag that takes none were meant to be read.
    let bare = name == "lang" || !rest.contains(char::is_whitespace);
    (STYLES.contains(&name) && bare || is_time).then_some(Tag::Style)
}

/// Letters written by name or number: `&amp;`, `&#205;`.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let head = from.get(1..).unwrap_or_default();
        let found = head
            .char_indices()
            .take(12)
            .find(|(_, letter)| *letter == ';')
            .and_then(|(end, _)| Some((letter(head.get(..end)?)?, head.get(end + 1..)?)));
        match found {
            Some((letter, after)) => {
                out.push(letter);
                rest = after;
            }
            None => {
                out.push('&');
                rest = head;
            }
        }
    }
    out.push_str(rest);
    out
}

fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => '\u{A0}',
        "lrm" => '\u{200E}',
        "rlm" => '\u{200F}',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::voices;

    #[test]
    fn marks_go_and_words_stay() {
        for (text, expected) in [
            ("<v Ann Lee>Hi</v>", vec![("Ann Lee", "Hi")]),
            (
                "<v.loud Ann><i>Hi</i> &amp; <c.x>bye</c><00:00:01.000>",
                vec![("Ann", "Hi & bye")],
            ),
            (
                "well <v A>x<v B>y</v> z",
                vec![("", "well"), ("A", "x"), ("B", "y"), ("", "z")],
            ),
            ("PEDRO D&#205;AZ &#xCD; &bogus; &", vec![("", "PEDRO DÍAZ Í &bogus; &")]),
            ("2 < 3 > 1 <inaudible>", vec![("", "2 < 3 > 1 <inaudible>")]),
            ("<c.first That's awesome!</c>", vec![("", "<c.first That's awesome!")]),
            ("<i That's awesome!>x", vec![("", "<i That's awesome!>x")]),
            ("<v Ann>", vec![]),
        ] {
            let expected: Vec<(String, String)> = expected
                .into_iter()
                .map(|(who, words)| (who.to_owned(), words.to_owned()))
                .collect();
            assert_eq!(voices(text), expected, "{text}");
        }
    }
}
