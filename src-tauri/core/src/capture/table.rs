//! The grammar for people to read: the one source of the app's help, the README and `minuta-cli capture --help`.

use serde::Serialize;
use ts_rs::TS;

/// A line of the grammar's short reference. Inside both texts, backquotes mark what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GrammarRow {
    /// What is typed; forms are parted by " · ".
    pub typed: &'static str,
    /// What it does.
    pub effect: &'static str,
    /// The heading that it stands under; rows of one group stand together.
    pub group: &'static str,
}

/// The whole grammar in brief.
#[must_use]
pub fn grammar_table() -> &'static [GrammarRow] {
    ROWS
}

const fn row(group: &'static str, typed: &'static str, effect: &'static str) -> GrammarRow {
    GrammarRow { typed, effect, group }
}

const POINTS: &str = "Points";
const KINDS: &str = "Kinds";
const AGENDA: &str = "Agenda";
const FACTS: &str = "Facts";
const PEOPLE: &str = "People";
const QUEUE: &str = "Queue";
const MENDING: &str = "Mending";

const ROWS: &[GrammarRow] = &[
    row(POINTS, "`text`", "a remark by whoever holds the floor"),
    row(
        POINTS,
        "`Name: text` · `TC: text`",
        "by this participant: full name, initials or alias; where it fits none or several, the speaker stays as typed until you settle it",
    ),
    row(POINTS, "`@tit text`", "the same by a unique beginning of a name"),
    row(POINTS, "`*: text`", "by nobody in particular: the meeting, a summary"),
    row(POINTS, "`?: text`", "by somebody, not known who"),
    row(
        POINTS,
        "`... text`",
        "goes on as the last point: same speaker, same kind",
    ),
    row(POINTS, "`[off] text`", "off the record: in no export unless asked for"),
    row(POINTS, "`\\text`", "the text as it stands, whatever it begins with"),
    row(
        KINDS,
        "`action: Ann to write by 15 January` · `action Ann: write`",
        "an action; owner and due date are taken from the text, which stays whole",
    ),
    row(
        KINDS,
        "`decision: text` · `resolved:` · `resolution:` · `agreed:` · `decided:`",
        "a decision; nobody's, as an action is, unless a speaker stands before it: `Name: decision: text`",
    ),
    row(KINDS, "`question: text` · `question+ text`", "a question"),
    row(KINDS, "`proposal: text` · `proposed:`", "a proposal; not a decision"),
    row(KINDS, "`info: text` · `information:`", "something to know"),
    row(
        KINDS,
        "`#action` · `#agreed` · `#accepted` · `#rejected` · `#info` · `#link` · `#idea` · `#help`",
        "MeetBot's words for the same; `#help` is an action that nobody has taken yet",
    ),
    row(
        AGENDA,
        "`topic: title` · `#topic title`",
        "open an item, a new one if there is none of this title",
    ),
    row(
        AGENDA,
        "`subtopic: title` · `#subtopic title`",
        "open a section of the current item",
    ),
    row(AGENDA, "`agenda+ title`", "add an item to the end of the agenda"),
    row(
        AGENDA,
        "`agenda 3 = title` · `agenda- 3`",
        "give item 3 another title; take it off",
    ),
    row(AGENDA, "`/next` · `next agendum`", "close the item, open the next one"),
    row(AGENDA, "`/take 3` · `take up item 3`", "open item 3; sections as `3.1`"),
    row(
        AGENDA,
        "`/skip` · `/defer` · `/noupdate`",
        "pass the item over; leave it for another meeting; nothing to report",
    ),
    row(AGENDA, "`close this item` · `close item 3`", "close an item, open none"),
    row(
        AGENDA,
        "`#startmeeting` · `#endmeeting`",
        "the meeting begins; it is over",
    ),
    row(
        FACTS,
        "`meeting: name` · `#meetingname name`",
        "the name in the title block",
    ),
    row(FACTS, "`date: 18 December 2025 at 14.00 UTC`", "when the meeting is"),
    row(FACTS, "`recording: link or text`", "where the recording is"),
    row(
        FACTS,
        "`next meeting: 15 January 2026 at 13.00 UTC`",
        "when the next one is",
    ),
    row(
        PEOPLE,
        "`participant: Name, role, role`",
        "a new participant, also beside a namesake; a comma inside a role is written `\\,`",
    ),
    row(
        PEOPLE,
        "`present+ A, B` · `present- A` · `present: A, B`",
        "who is here: add, take off, replace",
    ),
    row(
        PEOPLE,
        "`regrets+ A` · `regrets- A` · `regrets: A, B`",
        "who sent apologies",
    ),
    row(
        PEOPLE,
        "`chair: A` · `chair+ A` · `chair- A` · `#chair a b` · `#unchair a`",
        "who moderates; while the meeting is live, the handover is kept with its time",
    ),
    row(
        PEOPLE,
        "`scribe: A` · `scribe+ A` · `scribe- A`",
        "who is the rapporteur, likewise",
    ),
    row(
        QUEUE,
        "`q+ A` · `q+ A, B to reason` · `q+ A: reason`",
        "ask for the floor",
    ),
    row(QUEUE, "`qq+ A to reply`", "the same, before all who wait"),
    row(QUEUE, "`q- A` · `q- later`", "leave the queue; let the others go first"),
    row(QUEUE, "`q= A, B` · `q?`", "set the queue; show it"),
    row(
        QUEUE,
        "`ack A` · `ack next`",
        "give the floor: what is typed next is theirs",
    ),
    row(
        MENDING,
        "`s/old/new/` · `s/old/new/g` · `s/old/new/G`",
        "mend the latest point that holds *old*; all before; all. `|` may stand for `/`",
    ),
    row(
        MENDING,
        "`i/where/topic: title/`",
        "put a forgotten line before the latest point that holds *where*",
    ),
    row(MENDING, "`#undo` · `/undo`", "take back the last action"),
];
