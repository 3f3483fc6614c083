//! The command line: words, options, help.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use minuta_core::api::Choices;
use minuta_core::import::Kind;
use minuta_core::model;

use crate::sharing::Sharing;

/// Minutes of meetings, without a window.
#[derive(Debug, Parser)]
#[command(
    name = "minuta-cli",
    version,
    about = "Minutes of meetings, without a window",
    after_help = "Exit codes: 0 well, 1 refused with a reason on standard error, 2 wrong usage.\n\
                  MEETING is an id, the beginning of one, or `latest`.\n\n\
                  Examples:\n  \
                  minuta-cli new --series \"Working Group on Tides\" --short WG-Tide --number 42 --starts 2026-03-12T13:00:00Z --zone Europe/Rome\n  \
                  minuta-cli capture latest < lines.txt\n  \
                  minuta-cli export latest --to report.pdf\n  \
                  minuta-cli import last-report.md"
)]
pub(crate) struct Args {
    /// The archive; without it, the one in the platform's data folder. It is made where there is none.
    #[arg(long, global = true, value_name = "FILE", env = "MINUTA_ARCHIVE")]
    pub(crate) archive: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes a meeting and prints its id.
    New {
        /// The body's full name.
        #[arg(long)]
        series: String,
        /// Its abbreviation.
        #[arg(long)]
        short: String,
        /// Number of the meeting in the series.
        #[arg(long)]
        number: u32,
        /// When it starts, as 2026-03-12T14:00:00+01:00.
        #[arg(long, value_name = "RFC3339")]
        starts: DateTime<Utc>,
        /// The zone in which times are shown, as Europe/Rome.
        #[arg(long, value_name = "IANA")]
        zone: String,
        /// The form of the meeting.
        #[arg(long, default_value = "Online Meeting")]
        form: String,
    },
    /// Lists the meetings, newest first.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Reads lines of the grammar from standard input, and keeps each before it answers.
    ///
    /// Prints LINE-NUMBER, a tab, and the id of the row that the line made or changed, once it is on the disk; `-` for
    /// a line that changed no row.
    #[command(after_long_help = grammar())]
    Capture {
        /// The meeting.
        meeting: String,
    },
    /// Reads files, each as a new meeting, and prints the meetings' ids.
    ///
    /// What a file is, its content tells; what it was taken for is said on standard error.
    Import {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What the files are, where their content shall not tell.
        #[arg(long = "as", value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::word)))]
        kind: Option<String>,
        /// Into this meeting instead of a new one.
        #[arg(long, value_name = "MEETING")]
        into: Option<String>,
        /// The zone of times that name none, as Europe/Rome; without it, that of the meeting imported into.
        #[arg(long, value_name = "IANA")]
        zone: Option<Tz>,
        /// When the recording began, for a transcript, as 2026-03-12T14:00:00+01:00; without it, as the meeting says.
        #[arg(long, value_name = "RFC3339")]
        starts: Option<DateTime<Utc>>,
        /// Who is behind the nicks of a log: JSON, {"Ann Lee": {"alias": ["ann"]}}, or lines, ann = Ann Lee.
        #[arg(long, value_name = "FILE")]
        aliases: Option<PathBuf>,
    },
    /// Writes a document of a meeting.
    Export {
        /// The meeting.
        meeting: String,
        /// The file, ending in .md or .pdf; `-` for standard output, with --format.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Which document.
        #[arg(long, value_enum, default_value_t = Document::Report)]
        document: Document,
        /// Which format; without it, as the file's ending says.
        #[arg(long, value_enum)]
        format: Option<Format>,
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Looks through the report for what a careful editor would ask; prints PLACE, a tab, CODE, a tab, what was found,
    /// and exits 1 when something is.
    Lint {
        /// The meeting.
        meeting: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Prints a meeting's record.
    Show {
        /// The meeting.
        meeting: String,
        /// As JSON: meeting, items, points, participants, turns, passages, cues, votes.
        #[arg(long)]
        json: bool,
    },
    /// Finds points, passages and cues, the newest first.
    ///
    /// Filters narrow what is found; alone they list the newest points that fit. Different ones all hold, of one that
    /// stands several times any does.
    #[command(after_help = filters())]
    Search {
        /// Words, the last one as a beginning; "a phrase" in quotes; filters such as speaker:ann.
        #[arg(required = true)]
        query: Vec<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Makes the meeting after this one and prints its id: number + 1, the date set under "next meeting", the people
    /// with their roles, the standing items, what was deferred.
    Next {
        /// The meeting.
        meeting: String,
    },
    /// Who people are across meetings: ID, name, how many meetings, the last of them, points, addresses, and how many
    /// others may be the same person.
    People {
        /// Words of a name, an alias, an address, a role or a group.
        words: Vec<String>,
        /// As JSON, with everything that is known of each meeting.
        #[arg(long)]
        json: bool,
    },
    /// Makes two people of `people` one: who comes second goes into the first. Who were both in one meeting are two.
    Same {
        /// The one: an id that `people` printed, or the beginning of one.
        #[arg(required_unless_present_any = ["undo", "redo"])]
        one: Option<String>,
        /// The other.
        #[arg(required_unless_present_any = ["undo", "redo"])]
        other: Option<String>,
        /// Takes the last merging back.
        #[arg(long, conflicts_with_all = ["one", "redo"])]
        undo: bool,
        /// Merges again what was taken back last.
        #[arg(long, conflicts_with = "one")]
        redo: bool,
    },
    /// Says that it was somebody else at a meeting; `undo MEETING` takes it back.
    Apart {
        /// The person: an id that `people` printed, or the beginning of one.
        person: String,
        /// The meeting.
        meeting: String,
    },
    /// What was promised in all meetings: ID, meeting, state, owners, words; what is due first comes first.
    Actions {
        /// Words that the action holds.
        words: Vec<String>,
        /// Those that are not done.
        #[arg(long)]
        open: bool,
        /// Of this series, by its abbreviation or name.
        #[arg(long, value_name = "NAME")]
        series: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// What was decided in all meetings: ID, meeting, item, words; the newest first.
    Decisions {
        /// Words that the decision holds.
        words: Vec<String>,
        /// Of this series, by its abbreviation or name.
        #[arg(long, value_name = "NAME")]
        series: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// What two laptops set at once, to different values: KEY, thing, aspect and words, then a line for each version:
    /// its letter (`*` where the record shows it), who, when, what.
    Review {
        /// The meeting.
        meeting: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Settles what `review` lists; `undo` takes it back.
    Settle {
        /// The meeting.
        meeting: String,
        /// The key that `review` prints, or its beginning.
        key: String,
        /// A version's letter, `mine`, `theirs`, or `shown` for what the record shows.
        #[arg(required_unless_present = "words", conflicts_with = "words")]
        choice: Option<String>,
        /// Other words, where words are contested.
        #[arg(long, value_name = "TEXT")]
        words: Option<String>,
    },
    /// With other laptops.
    #[command(flatten)]
    Sharing(Sharing),
    /// Takes back the last action on a meeting.
    Undo {
        /// The meeting.
        meeting: String,
    },
    /// Does the last undone action again.
    Redo {
        /// The meeting.
        meeting: String,
    },
    /// Verifies the whole archive; names what is damaged and what is good.
    Check,
    /// Copies the archive, also while it is being written, and verifies the copy.
    Backup {
        /// The new file.
        file: PathBuf,
    },
    /// Makes all tables anew from the log of changes.
    Rebuild,
    /// Saves what can be read of a damaged archive into a new one.
    Recover {
        /// The new file.
        file: PathBuf,
    },
    /// Makes the sample meeting and prints its id.
    Sample,
}

/// How a document is made, where it is to be otherwise than the body has settled.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct Chosen {
    /// How people are named.
    #[arg(long, value_enum)]
    naming: Option<Naming>,
    /// Names moderators, rapporteurs and presenters in any case; or `=false`: as the others.
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    keep_officers: Option<bool>,
    /// Where decisions and actions stand.
    #[arg(long, value_enum)]
    collected: Option<Collected>,
    /// Parts the table of actions by owner; or `=false`: keeps them in their order.
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    by_owner: Option<bool>,
    /// Sets lines that fill the measure, in a PDF; or `=false`: lines that end where their words do.
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    justified: Option<bool>,
    /// Takes in what is off the record; the document says so on every page.
    #[arg(long)]
    internal: bool,
}

impl From<Chosen> for Choices {
    fn from(chosen: Chosen) -> Self {
        Self {
            naming: chosen.naming.map(|naming| match naming {
                Naming::Name => model::Naming::Name,
                Naming::Role => model::Naming::Role,
                Naming::Group => model::Naming::Group,
                Naming::Unnamed => model::Naming::Unnamed,
            }),
            keep_officers: chosen.keep_officers,
            collected: chosen.collected.map(|collected| match collected {
                Collected::InPlace => model::Collected::InPlace,
                Collected::Tables => model::Collected::Tables,
                Collected::Both => model::Collected::Both,
            }),
            by_owner: chosen.by_owner,
            justified: chosen.justified,
            internal: chosen.internal.then_some(true),
        }
    }
}

/// How people are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Naming {
    /// By name.
    Name,
    /// By role.
    Role,
    /// By stakeholder group.
    Group,
    /// Not at all.
    Unnamed,
}

/// Where decisions and actions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Collected {
    /// Where they were taken.
    InPlace,
    /// In tables at the end.
    Tables,
    /// In both places.
    Both,
}

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Document {
    /// The summary report.
    Report,
    /// Every point, with its time and speakers.
    Record,
}

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// `CommonMark`.
    #[value(alias = "md")]
    Markdown,
    /// PDF 1.7.
    Pdf,
}

/// The filters, for `search --help`.
fn filters() -> String {
    let mut text = String::from("The filters:\n");
    for (_, typed, effect) in minuta_core::model::sought::FILTERS {
        text.push_str(&format!(
            "  {}\n      {}\n",
            typed.replace('`', ""),
            effect.replace('`', "")
        ));
    }
    text
}

/// The grammar, for `capture --help`.
fn grammar() -> String {
    let mut text = String::from("The lines:\n");
    let mut group = "";
    for row in minuta_core::capture::grammar_table() {
        if row.group != group {
            group = row.group;
            text.push_str(&format!("\n{group}\n"));
        }
        text.push_str(&format!(
            "  {}\n      {}\n",
            row.typed.replace('`', ""),
            row.effect.replace('`', "")
        ));
    }
    text
}
