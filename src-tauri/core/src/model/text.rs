//! What any text goes through before it is kept.

/// The text with its line ends as `\n` and other controls but the tab as U+FFFD; and whether any was replaced.
#[must_use]
pub fn clean(text: &str) -> (String, bool) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t';
    let told = text.contains(is_bad);
    (if told { text.replace(is_bad, "\u{FFFD}") } else { text }, told)
}

/// The same for a field of one line: line ends become spaces, and it is trimmed.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let (text, _) = clean(text);
    text.trim().replace('\n', " ")
}
