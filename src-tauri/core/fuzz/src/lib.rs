//! What holds of any bytes, one function for each target. `cargo xtask fuzz` runs them.
//!
//! A panic, an overflow, a wrong index or a hang ends the fuzzer by itself; what is asserted here is what must hold
//! besides.

use std::cell::RefCell;
use std::hint::black_box;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use minuta_core::capture::{self, Command, Said};
use minuta_core::env::{Env as _, FixedEnv};
use minuta_core::import::log::Aliases;
use minuta_core::import::{Given, Kind, Taken, take};
use minuta_core::model::{OrderKey, Participant, ParticipantId, Span};
use minuta_core::publish::{DocumentKind, markdown};
use minuta_core::{Archive, edit, import};

/// How often one archive takes files in before it is thrown away.
const FILES_IN_ONE_ARCHIVE: u32 = 100;

/// Whatever it is.
pub fn any(bytes: &[u8]) {
    taken(bytes, None);
}

/// A finished report, and other minutes. What is exported and read back is exported the same again.
pub fn report(bytes: &[u8]) {
    for kind in [Kind::Report, Kind::Minutes] {
        let Some(once) = printed(bytes, kind) else { return };
        if let Some(twice) = printed(once.as_bytes(), kind) {
            assert_eq!(twice, once, "an exported report does not come back as it went out");
        }
    }
}

fn printed(bytes: &[u8], kind: Kind) -> Option<String> {
    let taken = taken(bytes, Some(kind))?;
    Some(markdown(&taken.plan.record(), DocumentKind::Report))
}

/// An agenda.
pub fn agenda(bytes: &[u8]) {
    taken(bytes, Some(Kind::Agenda));
}

/// An invitation.
pub fn calendar(bytes: &[u8]) {
    taken(bytes, Some(Kind::Calendar));
}

/// A list of people.
pub fn people(bytes: &[u8]) {
    taken(bytes, Some(Kind::People));
}

/// Attendance: of the platform that it looks like, else of each.
pub fn attendance(bytes: &[u8]) {
    let recognised = import::recognise(&import::text_of(bytes), "a file").ok();
    match recognised.filter(|kind| kind.is_attendance()) {
        Some(kind) => drop(taken(bytes, Some(kind))),
        None => {
            for kind in Kind::ALL.into_iter().filter(|kind| kind.is_attendance()) {
                taken(bytes, Some(kind));
            }
        }
    }
}

/// Logs of scribes and of `MeetBot`, chats: one importer.
pub fn log(bytes: &[u8]) {
    taken(bytes, Some(Kind::ScribeLog));
}

/// A transcript.
pub fn transcript(bytes: &[u8]) {
    taken(bytes, Some(Kind::Transcript));
}

/// A file of aliases.
pub fn aliases(bytes: &[u8]) {
    let text = import::text_of(bytes);
    if let Ok(aliases) = Aliases::read(&text) {
        for line in text.lines() {
            black_box(aliases.person(line));
        }
    }
}

/// Typed lines: each is kept as typed, and what it says of its words lies inside them.
pub fn grammar(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let roster = roster();
    for typed in text.lines() {
        let line = capture::parse_among(typed, &roster);
        assert_eq!(line.raw, typed);
        assert_eq!(
            line.command == Command::Blank,
            typed.trim().is_empty(),
            "a line is blank that is not, or the other way round: {typed:?}"
        );
        if let Command::Point(Said { text, owners, due, .. }) = &line.command {
            assert!(
                !text.is_empty() && typed.contains(text.as_str()),
                "{typed:?} became {text:?}"
            );
            // In a name, white space of any kind is one space.
            let spaced = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            for owner in owners {
                assert!(spaced.contains(owner.as_str()), "{owner:?} owns {typed:?}");
            }
            if let Some(due) = due {
                assert!(typed.contains(due.phrase.as_str()), "{:?} is in {typed:?}", due.phrase);
            }
        }
        black_box(capture::resolve(typed, false, &roster));
        black_box(capture::resolve_typed(typed, &roster));
        black_box(capture::initials(typed));
        if let Some(when) = capture::dates::when(typed) {
            black_box(when.instant(Tz::Europe__Rome));
        }
        if let Some((_, place)) = capture::due(typed, NaiveDate::from_ymd_opt(2026, 3, 12).unwrap_or_default()) {
            assert!(typed.get(place).is_some(), "a due date cuts a letter of {typed:?}");
        }
    }
}

/// Any file, put into an archive to the end; there it is whole.
pub fn replay(bytes: &[u8]) {
    let Some(taken) = taken(bytes, None) else { return };
    ARCHIVE.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|kept| kept.files >= FILES_IN_ONE_ARCHIVE) {
            *kept = Some(Kept::new());
        }
        let kept = kept.as_mut().expect("just made");
        kept.files += 1;
        let meeting = edit::import::as_new(&mut kept.archive, &taken.plan).expect("what is taken can be put in");
        let record = kept.archive.record(meeting).expect("what is put in can be read");
        black_box(markdown(&record, DocumentKind::Report));
        black_box(markdown(&record, DocumentKind::Record));
        // Into one that is there, as one action, and out of it again.
        edit::import::into_existing(&mut kept.archive, meeting, &taken.plan, "a file").expect("and once more");
        kept.archive.undo(meeting).expect("an action can be taken back");
        if kept.files == FILES_IN_ONE_ARCHIVE {
            let checked =
                minuta_core::check(kept.archive.path(), kept.archive.env()).expect("an archive can be checked");
            assert!(checked.findings.is_empty(), "{:?}", checked.findings);
        }
    });
}

thread_local! {
    static ARCHIVE: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// An archive in a folder of its own.
struct Kept {
    archive: Archive,
    files: u32,
    _folder: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
        // In memory where the system has such a folder: every action waits for the disk.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let folder = folder.expect("a folder for an archive");
        let archive = Archive::open(&folder.path().join("a.minuta"), Arc::new(env())).expect("a new archive");
        Self {
            archive,
            files: 0,
            _folder: folder,
        }
    }
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_320_400, 0).unwrap_or_default()
}

fn env() -> FixedEnv {
    FixedEnv::new(start(), TimeDelta::milliseconds(1), 1)
}

fn roster() -> Vec<Participant> {
    let env = env();
    let one = |name: &str| Participant::new(ParticipantId(env.fresh_id()), OrderKey::after(None, start()), name);
    ["Ann Olsen", "Ben Okoro", "Ben Okoro", "王小明"].map(one).to_vec()
}

/// What every file must hold to that is taken in at all.
fn taken(bytes: &[u8], kind: Option<Kind>) -> Option<Taken> {
    let env = env();
    let given = Given {
        zone: Some(Tz::Europe__Rome),
        starts: Some(start()),
        ..Given::new("a file", &env)
    };
    let taken = take(bytes, kind, &given).ok()?;
    let in_order = |span: &Span| span.to.is_none_or(|to| to >= span.from);
    for person in &taken.plan.participants {
        assert!(!person.name.trim().is_empty(), "a participant without a name");
        assert!(
            person.presence.iter().all(in_order),
            "{} left before coming",
            person.name
        );
    }
    for cue in &taken.plan.cues {
        assert!(
            cue.ends.is_none_or(|ends| ends >= cue.starts),
            "a cue ends before it starts"
        );
    }
    let lines = import::text_of(bytes).split(['\n', '\r']).count();
    for problem in &taken.problems {
        assert!(
            !problem.message.is_empty() && problem.line as usize <= lines,
            "{problem:?} of {lines} lines"
        );
    }
    black_box(taken.plan.record());
    Some(taken)
}
