//! A log that was saved as rich text: its words, line by line as the file has them.

use std::borrow::Cow;

/// The words of rich text; other text as it is. Each line of the file stays one line, so that numbers hold.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    let head = text.trim_start_matches('\u{FEFF}').trim_start();
    if head.starts_with("{\\rtf") {
        Cow::Owned(Reader::default().read(text))
    } else {
        Cow::Borrowed(text)
    }
}

#[derive(Default)]
struct Reader {
    out: String,
    /// Groups that are open, and whether each holds no words (fonts, colours).
    groups: Vec<bool>,
    /// Letters to pass over: what stands in for one that older programs do not know.
    pass: usize,
}

/// Destinations that hold no words.
const NO_WORDS: [&str; 7] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "expandedcolortbl",
    "pict",
    "generator",
];

impl Reader {
    fn read(mut self, text: &str) -> String {
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            match letter {
                '{' => self.groups.push(self.groups.last().copied().unwrap_or(false)),
                '}' => {
                    self.groups.pop();
                }
                '\\' => rest = self.control(rest),
                '\n' => self.out.push('\n'),
                '\r' => {}
                other => self.word(other),
            }
        }
        self.out
    }

    fn word(&mut self, letter: char) {
        if self.pass > 0 {
            self.pass -= 1;
        } else if !self.groups.last().copied().unwrap_or(false) {
            self.out.push(letter);
        }
    }

    /// What stands behind a backslash; answers with what follows it.
    fn control<'t>(&mut self, rest: &'t str) -> &'t str {
        let Some(letter) = rest.chars().next() else { return rest };
        let behind = rest.get(letter.len_utf8()..).unwrap_or_default();
        match letter {
            // The line's own end follows.
            '\n' | '\r' => return rest,
            '\'' => {
                let code = behind.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                let Some(code) = code else { return behind };
                let byte = [code];
                let (letters, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
                for letter in letters.chars() {
                    self.word(letter);
                }
                return behind.get(2..).unwrap_or_default();
            }
            '*' => {
                if let Some(group) = self.groups.last_mut() {
                    *group = true;
                }
                return behind;
            }
            '~' => self.word('\u{A0}'),
            _ if !letter.is_ascii_alphabetic() => self.word(letter),
            _ => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (word, tail) = rest.split_at(end);
                let digits = tail
                    .char_indices()
                    .find(|(at, c)| !(c.is_ascii_digit() || *at == 0 && *c == '-'))
                    .map_or(tail.len(), |(at, _)| at);
                let (number, tail) = tail.split_at(digits);
                self.named(word, number, tail);
                return tail.strip_prefix(' ').unwrap_or(tail);
            }
        }
        behind
    }

    fn named(&mut self, word: &str, number: &str, tail: &str) {
        match word {
            "par" | "line" if !tail.starts_with(['\n', '\r']) => self.out.push('\n'),
            "tab" => self.word('\t'),
            "u" => {
                if let Ok(code) = number.parse::<i32>() {
                    // Numbers past 32767 are written as negative ones.
                    let code = if code < 0 { code + 65_536 } else { code };
                    let letter = u32::try_from(code).ok().and_then(char::from_u32);
                    self.pass = 0;
                    self.word(letter.unwrap_or('\u{FFFD}'));
                    // TextEdit writes no stand-in, others one letter.
                    self.pass = usize::from(tail.starts_with('?'));
                }
            }
            word if NO_WORDS.contains(&word) => {
                if let Some(group) = self.groups.last_mut() {
                    *group = true;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn rich_text_is_its_words() {
        let rich = "{\\rtf1\\ansi\n{\\fonttbl\\f0 Helvetica;}\n{\\*\\x y;}\n\n\\f0\\fs24 \\cf0 [12:00] <ann> it\\'92s \\{so\\}\\\n[12:01] <bo> caf\\u233 \\\\ x\\\n}";
        assert_eq!(
            text(rich),
            "\n\n\n\n[12:00] <ann> it\u{2019}s {so}\n[12:01] <bo> caf\u{e9}\\ x\n"
        );
        assert_eq!(text("[12:00] <ann> {\\rtf}"), "[12:00] <ann> {\\rtf}");
    }
}
