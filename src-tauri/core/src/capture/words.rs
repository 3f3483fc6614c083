//! The tables of words that the grammar goes by.

use crate::model::Kind;

/// Words before a colon that give a point its kind.
pub(super) const KINDS: &[(&str, Kind)] = &[
    ("action", Kind::Action),
    ("action item", Kind::Action),
    ("decision", Kind::Decision),
    ("decided", Kind::Decision),
    ("resolved", Kind::Decision),
    ("resolution", Kind::Decision),
    ("agreed", Kind::Decision),
    ("question", Kind::Question),
    ("proposal", Kind::Proposal),
    ("proposed", Kind::Proposal),
    ("info", Kind::Information),
    ("information", Kind::Information),
];

/// Words before a colon that are nobody's name: the line is then text as it stands. In small letters.
#[rustfmt::skip]
pub(super) const LEADS: &[&str] = &[
    // Remarks on the text itself.
    "note", "notes", "nb", "n.b.", "ps", "p.s.", "pps", "fyi", "aside", "remark", "comment", "caveat", "disclaimer",
    "correction", "clarification", "reminder", "warning", "caution", "attention", "important", "hint", "tip", "edit",
    "update", "updates", "status", "summary", "tl;dr", "tldr", "recap", "conclusion", "conclusions", "outcome",
    "result", "results", "consensus", "rationale", "reason", "reasons", "background", "context", "goal", "goals",
    "aim", "scope", "overview", "details", "detail", "sidenote", "side note", "noted", "minutes", "announcement",
    "announcements", "introduction", "introductions",
    // Examples and lists to come.
    "example", "examples", "e.g.", "eg", "i.e.", "ie", "namely", "viz", "option", "options", "first", "second",
    "third", "firstly", "secondly", "thirdly", "finally", "lastly", "also", "so", "but", "however", "and", "or",
    "then", "meanwhile", "specifically", "generally", "basically", "related", "all", "pros", "cons", "pro", "con", "key points", "main points", "next steps", "next step",
    "open questions", "open issues", "action items", "actions", "decisions", "questions", "proposals", "issue",
    "issues", "bug", "bugs", "risk", "risks", "problem", "problems", "fact", "idea", "ideas", "help", "any other business", "aob",
    // Letters, mail and files.
    "re", "fwd", "fw", "subject", "to", "from", "cc", "bcc", "see", "see also", "cf", "source", "sources",
    "reference", "references", "ref", "link", "links", "url", "document", "documents", "slides", "slideset",
    "figure", "table", "attachment", "deadline", "due", "time", "location", "place", "venue", "agenda",
    "previous meeting", "last meeting", "contact", "phone", "email", "e-mail",
    // Work lists.
    "todo", "to do", "to-do", "tbd", "tbc", "done", "wip", "fixme", "pending", "vote", "votes", "poll", "q",
    // Other tools' lines.
    "github", "repo", "scribeoptions", "namedanchorhere",
    // Kinds and commands of this grammar, where what follows them made no command.
    "topic", "subtopic", "sub-topic", "subsubtopic", "meeting", "date", "recording", "next meeting", "participant",
    "participants", "present", "regrets", "regret", "apologies", "scribenick", "scribes", "chairs", "propos",
    // Schemes of addresses.
    "http", "https", "ftp", "ftps", "sftp", "ssh", "git", "file", "mailto", "tel", "sms", "sip", "sips", "xmpp",
    "irc", "ircs", "news", "nntp", "ldap", "urn", "doi", "did", "data", "blob", "about", "javascript", "magnet",
    "geo", "cid", "ws", "wss", "localhost",
];

/// Small words that may stand inside a name.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "af", "al", "ap", "av", "bar", "ben", "bin", "bint", "binti", "da", "dal", "das", "de", "degli", "dei", "del",
    "della", "der", "den", "di", "do", "dos", "du", "e", "el", "ibn", "i", "la", "las", "le", "les", "lo", "los",
    "op", "ten", "ter", "van", "ver", "vom", "von", "y", "zu", "zum", "zur", "'t",
];

/// Short forms before or after names that keep their dot.
pub(super) const TITLES: &[&str] = &[
    "prof", "mrs", "amb", "hon", "gen", "sen", "rep", "rev", "miss", "min", "esq",
];

/// What stands before "to", "will" or a colon in an action and is nobody's name.
#[rustfmt::skip]
pub(super) const NOT_OWNERS: &[&str] = &[
    "it", "this", "that", "these", "those", "there", "he", "she", "they", "you", "which", "who", "what", "how", "when",
    "talk", "speak", "write", "reply", "respond", "send", "go", "get", "reach", "try", "need", "needs", "remember",
    "continue", "agree", "report", "return", "refer", "add", "link", "invite", "forward", "present", "follow", "prepare",
    "want", "plan", "ask", "hope", "aim", "commit", "decide", "listen", "move", "submit", "propose", "offer", "bring",
    "come", "subscribe", "connect", "apply", "relate", "switch", "circulate", "deliver", "explain", "show", "give",
    "item", "items", "point", "points", "plans", "line", "lines", "list", "needed", "required", "taken", "due", "note",
    "todo", "by", "not", "and", "or", "with", "for", "in", "on",
];
