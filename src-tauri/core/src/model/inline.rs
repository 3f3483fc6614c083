//! Inline text: `**strong**`, `*emphasis*`, `` `code` ``, `[label](url)`, a hard break, backslash escapes and mentions.

use super::ParticipantId;

/// A run of inline text.
pub type Inlines = Vec<Inline>;

/// A piece of inline text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Literal characters.
    Text(String),
    /// Bold.
    Strong(Inlines),
    /// Italic.
    Emphasis(Inlines),
    /// Code, literal.
    Code(String),
    /// A link; `#` leads nowhere.
    Link {
        /// What is shown.
        label: Inlines,
        /// Where it leads.
        url: String,
    },
    /// A participant mentioned in prose.
    Mention {
        /// Who.
        participant: ParticipantId,
        /// The name as written.
        label: Inlines,
    },
    /// A hard line break.
    Break,
}
