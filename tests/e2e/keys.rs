//! Keys that have no character, as WebDriver writes them (W3C WebDriver, "Keyboard actions": U+E000 and on).

pub(crate) const BACKSPACE: char = '\u{E003}';
pub(crate) const TAB: char = '\u{E004}';
pub(crate) const ENTER: char = '\u{E007}';
pub(crate) const SHIFT: char = '\u{E008}';
pub(crate) const CONTROL: char = '\u{E009}';
pub(crate) const ALT: char = '\u{E00A}';
pub(crate) const ESCAPE: char = '\u{E00C}';
pub(crate) const PAGE_UP: char = '\u{E00E}';
pub(crate) const PAGE_DOWN: char = '\u{E00F}';
pub(crate) const END: char = '\u{E010}';
pub(crate) const HOME: char = '\u{E011}';
pub(crate) const LEFT: char = '\u{E012}';
pub(crate) const RIGHT: char = '\u{E014}';
pub(crate) const UP: char = '\u{E013}';
pub(crate) const DOWN: char = '\u{E015}';
pub(crate) const DELETE: char = '\u{E017}';
pub(crate) const F1: char = '\u{E031}';
pub(crate) const F2: char = '\u{E032}';
pub(crate) const F7: char = '\u{E037}';
