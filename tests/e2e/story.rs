//! The sample meeting on the day that it is of, with a clock of its own: pictures of it look as if it were just held.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use minuta_core::Archive as Core;
use minuta_core::env::{Env, SystemEnv};
use minuta_core::model::{MeetingId, MeetingState};
use minuta_core::{edit, import, sample};
use uuid::Uuid;

use minuta_tests::cli::Archive;

/// A clock that stands until it is put on.
#[derive(Debug)]
struct Told(AtomicI64);

impl Told {
    fn wait(&self, time: TimeDelta) {
        self.0.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Env for Told {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap()
    }

    fn fresh_id(&self) -> Uuid {
        SystemEnv.fresh_id()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> minuta_core::Result<()> {
        SystemEnv.fill_random(bytes)
    }
}

/// A story so far.
#[derive(Debug)]
pub(crate) struct Story {
    /// The meeting that it is about.
    pub(crate) meeting: MeetingId,
    /// The time at which it stands.
    pub(crate) now: DateTime<Utc>,
}

/// Holds the sample meeting, live, until just after the line that begins so; then the lines of `more`. With the
/// earlier meetings of two bodies, so that the library has something to show.
pub(crate) fn until(archive: &Archive, last: &str, more: &[&str]) -> Story {
    let begin: DateTime<Utc> = "2026-03-12T12:40:00Z".parse().unwrap();
    let clock = Arc::new(Told(AtomicI64::new(begin.timestamp_millis())));
    let mut core = Core::open(&archive.archive(), Arc::clone(&clock) as Arc<dyn Env>).unwrap();
    earlier(&mut core);
    let meeting = edit::meeting::create(&mut core, &sample::new()).unwrap();
    let mut live = false;
    let held = sample::LINES.lines().take_while(|line| !line.starts_with(last));
    let rest = sample::LINES.lines().find(|line| line.starts_with(last));
    for line in held.chain(rest).chain(more.iter().copied()) {
        if line == "/next" && !live {
            live = true;
            let start: DateTime<Utc> = "2026-03-12T13:00:20Z".parse().unwrap();
            clock.0.store(start.timestamp_millis(), Ordering::SeqCst);
            stands(&mut core, meeting, MeetingState::Live);
        }
        edit::capture::enter(&mut core, meeting, line, None).unwrap();
        if live && !line.is_empty() {
            // Who writes a long line takes a while.
            let seconds = 17 + i64::try_from(line.chars().count()).unwrap() * 43 / 100;
            clock.wait(TimeDelta::seconds(seconds));
        }
    }
    Story {
        meeting,
        now: clock.now(),
    }
}

/// The whole of it, with its report.
pub(crate) fn told(archive: &Archive) -> Story {
    let story = until(archive, "*: The meeting closed with thanks", &[]);
    let clock = Arc::new(Told(AtomicI64::new(story.now.timestamp_millis())));
    let mut core = Core::open(&archive.archive(), clock as Arc<dyn Env>).unwrap();
    let (plan, _) = import::report(sample::REPORT, "report.md", core.env());
    edit::import::into_existing(&mut core, story.meeting, &plan, "report.md").unwrap();
    stands(&mut core, story.meeting, MeetingState::Ended);
    story
}

fn stands(core: &mut Core, meeting: MeetingId, state: MeetingState) {
    core.write(meeting, "state of the meeting", |edit| {
        edit::meeting::set_state(edit, state)
    })
    .unwrap();
}

/// What other meetings said of the datum.
fn earlier(core: &mut Core) {
    let tide = "Working Group on Tide Data Exchange";
    let meetings = [
        (
            tide,
            "WG-Tide",
            40,
            "2026-01-15T13:00:00Z",
            vec!["decision: The trial runs for a whole week in February."],
        ),
        (
            tide,
            "WG-Tide",
            41,
            "2026-02-12T13:00:00Z",
            vec![
                "participant: Titus van der Meulen, format editor",
                "participant: Jun Sato, Port of Aomi",
                "topic: Datum and levelling",
                "Jun Sato: question: Which datum does a floating gauge have?",
                "action: Titus van der Meulen to list the datum codes that are in use by 27 February",
            ],
        ),
        (
            "Relay Profile Editors",
            "Ed-Relay",
            18,
            "2026-03-05T09:00:00Z",
            vec![
                "participant: سلمى الحدّاد, Gulf Hydrographic Service",
                "topic: The new edition",
                "سلمى الحدّاد: الطبعة الجديدة تذكر datum مع كل سجل.",
            ],
        ),
        ("Relay Profile Editors", "Ed-Relay", 17, "2026-02-19T09:00:00Z", vec![]),
    ];
    for (series, short, number, starts, lines) in meetings {
        let facts = edit::meeting::New {
            series: series.to_owned(),
            short: short.to_owned(),
            number: Some(number),
            starts: Some(starts.parse().unwrap()),
            zone: "CET".to_owned(),
            form: String::new(),
        };
        let id = edit::meeting::create(core, &facts).unwrap();
        for line in lines {
            edit::capture::enter(core, id, line, None).unwrap();
        }
        stands(core, id, MeetingState::Ended);
    }
}
