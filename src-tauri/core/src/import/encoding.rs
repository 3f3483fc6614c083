//! Bytes → text: by the byte order mark, as UTF-8 where it is that, else by what the bytes look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

/// The largest file that is taken in. A day's transcript has two megabytes, a report of 10,000 rows one.
pub const LARGEST: usize = 16 * 1024 * 1024;
/// The most lines of a file that is taken in.
const MOST_LINES: usize = 200_000;
/// The longest line, in bytes.
const LONGEST_LINE: usize = 1024 * 1024;
/// How many bytes are looked at to tell an encoding.
const LOOKED_AT: usize = 256 * 1024;

/// The text of a file. What cannot be read in its encoding is marked U+FFFD.
#[must_use]
pub fn text_of(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if wide(bytes).is_none() => text.to_owned(),
        _ => {
            let encoding = wide(bytes).unwrap_or_else(|| guess(bytes));
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        }
    }
}

/// UTF-16 without its mark: in text of any script most letters, or at least spaces and line ends, have a zero byte, and
/// always the same one of the two.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    let (mut first, mut second, mut pairs) = (0_usize, 0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        pairs += 1;
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.get(1) == Some(&0));
    }
    let many = |zeros: usize, others: usize| zeros * 10 > pairs && others * 20 < zeros;
    if many(second, first) {
        Some(UTF_16LE)
    } else if many(first, second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // UTF-8 that was cut off, or hurt here and there, is UTF-8 all the same.
    let (mut letters, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xC2).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if broken * 20 < letters || (broken == 1 && letters > 1) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    detector.feed(head, head.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// The text of a file that is to be imported.
///
/// # Errors
/// [`Error::Invalid`] where there is none, where there is more than any meeting has, or where it is no text: then more
/// than one character in twenty is a control (in what packs, draws or sounds it is one in five; in text, however odd,
/// hardly any).
pub fn read(bytes: &[u8]) -> Result<String> {
    if bytes.len() > LARGEST {
        return refuse("it is larger than 16 MB, more than a meeting's file is; nothing was imported. Cut it first");
    }
    let text = text_of(bytes);
    let (mut all, mut controls, mut blank) = (0_usize, 0_usize, true);
    for letter in text.chars() {
        all += 1;
        controls += usize::from(letter.is_control() && !letter.is_whitespace());
        blank &= letter.is_whitespace() || letter == '\u{FEFF}' || letter == '\0';
    }
    if blank {
        return refuse("there is no text in it; nothing was imported");
    }
    if controls > 1 && controls * 20 > all {
        return refuse("it is no text file; nothing was imported. Save it as text or Markdown first");
    }
    if text.split(['\n', '\r']).nth(MOST_LINES).is_some() {
        return refuse("it has more than 200,000 lines, more than a meeting has; nothing was imported. Cut it first");
    }
    if text.split(['\n', '\r']).any(|line| line.len() > LONGEST_LINE) {
        return refuse("it has a line of more than a million letters; nothing was imported. Break it into lines first");
    }
    Ok(text)
}

fn refuse(why: &str) -> Result<String> {
    Err(Error::Invalid(why.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, LONGEST_LINE, read, text_of};

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_gives_its_text() {
        let text = "Name\tGrüße, Δοκιμή\r\n";
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{FEFF}{text}").into_bytes(),
            wide(&format!("\u{FEFF}{text}"), u16::to_le_bytes),
            wide(&format!("\u{FEFF}{text}"), u16::to_be_bytes),
            wide(text, u16::to_le_bytes),
            wide(text, u16::to_be_bytes),
        ] {
            assert_eq!(text_of(&bytes), text, "{bytes:?}");
        }
        let (latin, cyrillic) = (
            "Café à la carte, où êtes-vous déjà allés ?\n",
            "Сегодня мы обсуждаем повестку дня\n",
        );
        assert_eq!(text_of(&encoding_rs::WINDOWS_1252.encode(latin).0), latin);
        assert_eq!(text_of(&encoding_rs::WINDOWS_1251.encode(cyrillic).0), cyrillic);
        let kana = "本日の議題について話し合います。よろしくお願いします。\n";
        assert_eq!(text_of(&encoding_rs::SHIFT_JIS.encode(kana).0), kana);
    }

    #[test]
    fn half_a_letter_costs_itself_alone() {
        let mut bytes = wide("\u{FEFF}Ann Lee\n", u16::to_le_bytes);
        bytes.push(b'x');
        assert_eq!(text_of(&bytes), "Ann Lee\n\u{FFFD}");
        let text = "Ελένη Μαρκάκη και Γιώργος".as_bytes();
        assert_eq!(text_of(&text[..text.len() - 1]), "Ελένη Μαρκάκη και Γιώργο\u{FFFD}");
    }

    #[test]
    fn what_no_meeting_has_is_refused_with_a_word() {
        for (bytes, word) in [
            (vec![b'a'; LARGEST + 1], "larger"),
            (vec![b'a'; LONGEST_LINE + 1], "a line of more"),
            ("a\n".repeat(200_001).into_bytes(), "lines"),
            (vec![0; 1000], "no text"),
            (b"ab\x01c\x02\x03".repeat(30), "no text file"),
            (b" \r\n\t".to_vec(), "no text"),
        ] {
            let told = read(&bytes).unwrap_err().to_string();
            assert!(told.contains(word), "{told}");
        }
        assert_eq!(read("\"".repeat(10_000).as_bytes()).unwrap().len(), 10_000);
    }
}
