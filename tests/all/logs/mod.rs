//! Logs of real meetings, against the minutes that their groups published of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use minuta_core::Archive;
use minuta_core::capture::Command;
use minuta_core::env::SystemEnv;
use minuta_core::import::log::{Aliases, Log, Sort, Step, rows};
use minuta_core::import::{Given, Kind, Problem, text_of};
use minuta_core::model::{self, Attribution, Nature, ParticipantId, ParticipantState, Record};
use minuta_tests::shared_data;

mod ccg;
mod scribe2;

use scribe2::{WHY, lost_words};

/// A log in the record of an archive.
struct Taken {
    log: Log,
    problems: Vec<Problem>,
    record: Record,
}

fn take(archive: &mut Archive, bytes: &[u8], name: &str, kind: Option<Kind>, aliases: &Aliases) -> Taken {
    let given = Given {
        aliases: Some(aliases),
        ..Given::new(name, &SystemEnv)
    };
    let taken = minuta_core::import::take(bytes, kind, &given).unwrap();
    let mut problems = taken.problems;
    let (id, more) = minuta_core::edit::import::as_new_told(archive, &taken.plan).unwrap();
    problems.extend(more);
    let record = archive.record(id).unwrap();
    let log = taken.plan.log.unwrap();
    Taken { log, problems, record }
}

fn archive() -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open(&folder.path().join("logs.minuta"), Arc::new(SystemEnv)).unwrap();
    (folder, archive)
}

/// Letters and digits alone, small: what two texts must have in common.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// How two lists agree: as many times as both have an entry.
#[derive(Default)]
struct Agreement {
    both: usize,
    ours: usize,
    theirs: usize,
    misses: Vec<String>,
}

impl Agreement {
    fn compare(&mut self, place: &str, ours: &[String], theirs: &[String]) {
        self.compare_why(place, ours, theirs, &|_, _| {
            WHY.iter().find(|(name, _)| *name == place).map_or("", |(_, why)| why)
        });
    }

    /// The same; `why` says of an entry that is ours alone (true) or theirs why that is so.
    fn compare_why(
        &mut self,
        place: &str,
        ours: &[String],
        theirs: &[String],
        why: &dyn Fn(bool, &str) -> &'static str,
    ) {
        self.ours += ours.len();
        self.theirs += theirs.len();
        let mut left: BTreeMap<String, (i64, String)> = BTreeMap::new();
        for one in theirs {
            left.entry(bare(one)).or_insert((0, one.clone())).0 += 1;
        }
        for one in ours {
            let known = left.entry(bare(one)).or_insert((0, one.clone()));
            if known.0 > 0 {
                self.both += 1;
            }
            known.0 -= 1;
        }
        for (count, text) in left.into_values() {
            match count {
                0 => {}
                1.. => self
                    .misses
                    .push(format!("{place}: theirs alone: {text}: {}", why(false, &text))),
                _ => self
                    .misses
                    .push(format!("{place}: ours alone: {text}: {}", why(true, &text))),
            }
        }
    }

    fn recall(&self) -> f64 {
        share(self.both, self.theirs)
    }

    fn precision(&self) -> f64 {
        share(self.both, self.ours)
    }

    fn tell(&self, what: &str, out: &mut String) {
        writeln!(
            out,
            "{what}: {} of {} published found (recall {:.1} %), {} of {} ours published (precision {:.1} %)",
            self.both,
            self.theirs,
            100.0 * self.recall(),
            self.both,
            self.ours,
            100.0 * self.precision()
        )
        .unwrap();
        for miss in &self.misses {
            writeln!(out, "    {miss}").unwrap();
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

// Small logs, line by line

/// Speaker, kind and words of each point.
fn points(record: &Record) -> Vec<(String, String, String)> {
    let name = |id: &ParticipantId| {
        record
            .participants
            .iter()
            .find(|person| person.id == *id)
            .unwrap()
            .name
            .clone()
    };
    let points = record.points.iter().map(|view| {
        let point = &view.point;
        let who = match point.attribution {
            Attribution::Named => point.speakers.iter().map(name).collect::<Vec<_>>().join(", "),
            Attribution::Unresolved => format!("({})", point.speaker_text),
            _ => String::new(),
        };
        (who, point.kind.to_string(), point.text.clone())
    });
    points.collect()
}

fn point(who: &str, kind: &str, text: &str) -> (String, String, String) {
    (who.to_owned(), kind.to_owned(), text.to_owned())
}

fn here(record: &Record) -> Vec<&str> {
    let here = record
        .participants
        .iter()
        .filter(|person| person.state == ParticipantState::Present);
    here.map(|person| person.name.as_str()).collect()
}

#[test]
fn a_scribes_log_is_carried_out_as_if_it_were_typed() {
    let log = "\
13:58:00 <RRSAgent> logging to https://www.w3.org/2024/03/05-tide-irc
13:59:01 <ann> Meeting: Tides
13:59:02 <ann> present+
13:59:10 <bo> present+
13:59:20 <bo> q+ to ask about the moon
13:59:30 <ann> scribe+ cy
14:00:00 <cy> Topic: Buoys
14:00:05 <cy> bo: Two of three are out
14:00:06 <bo> the third is mine
14:00:09 <cy> ... and one is lost
14:00:10 <cy> dee: I saw it
14:00:12 <cy> We look at the chart
14:00:15 <cy> dee: at the pier
14:00:16 <cy> s/pier/quay/
14:00:17 <cy> i/Two of three/Subtopic: State of the buoys
14:00:18 <ann> ack bo
14:00:20 <bo> PROPOSED: fetch the buoy
14:00:21 <ann> +1
14:00:22 <bo> +1
14:00:23 <cy> -1
14:00:30 <ann> RESOLVED: fetch the buoy
14:00:35 <ann> ACTION: bo to fetch the buoy
14:00:36 <Zakim> bo, you wanted to ask about the moon
14:00:40 <eve> eve has joined #tide
14:00:41 <ann> rrsagent, make minutes
14:00:50 <cy> s/nothing of the sort/x/
14:00:55 <ann> present+ Fay_Oh
";
    let aliases = Aliases::read(r#"{"Ann Lee": ["ann"], "Bo Ek": {"alias": ["bo"]}}"#).unwrap();
    let (_kept, mut archive) = archive();
    let taken = take(&mut archive, log.as_bytes(), "irc.txt", None, &aliases);
    let record = &taken.record;
    assert_eq!(record.meeting.meeting.body, "Tides");
    assert_eq!(
        record.meeting.meeting.starts.unwrap().to_rfc3339(),
        "2024-03-05T13:59:01+00:00"
    );
    assert_eq!(
        points(record),
        [
            point("Bo Ek", "remark", "Two of three are out"),
            point("Bo Ek", "remark", "the third is mine"),
            point("Bo Ek", "remark", "and one is lost"),
            point("dee", "remark", "I saw it"),
            point("", "remark", "We look at the chart"),
            point("dee", "remark", "at the quay"),
            point("Bo Ek", "proposal", "fetch the buoy"),
            point("Ann Lee", "remark", "+1"),
            point("Bo Ek", "remark", "+1"),
            point("cy", "remark", "-1"),
            point("", "decision", "fetch the buoy"),
            point("", "action", "bo to fetch the buoy"),
            point("cy", "remark", "s/nothing of the sort/x/"),
        ]
    );
    assert_eq!(record.points[5].point.raw, "dee: at the pier", "as it was typed");
    assert_eq!(record.points[0].point.at.to_rfc3339(), "2024-03-05T14:00:05+00:00");
    assert_eq!(record.points[0].point.source, "irc.txt");
    assert_eq!(record.points[0].point.source_line, 8);
    assert_eq!(record.points[0].point.basis.to_string(), "imported");
    let bo = record
        .participants
        .iter()
        .find(|person| person.name == "Bo Ek")
        .unwrap();
    assert_eq!(record.points[11].point.owners, [bo.id]);
    let titles: Vec<(&str, &str)> = record
        .items
        .iter()
        .map(|view| (view.label.as_str(), view.item.title.as_str()))
        .collect();
    assert_eq!(titles, [("1", "Buoys"), ("1.1", "State of the buoys")]);
    assert_eq!(here(record), ["Ann Lee", "Bo Ek", "Fay Oh"]);
    assert_eq!(record.turns.len(), 1);
    assert_eq!(record.turns[0].participant, Some(bo.id));
    assert!(record.turns[0].began.is_some());
    assert_eq!(record.votes.len(), 1);
    assert_eq!(record.votes[0].counts, ["2", "0", "1"]);
    assert_eq!(record.votes[0].outcome, "fetch the buoy");
    assert!(
        record
            .participants
            .iter()
            .all(|person| person.name != "eve" && person.name != "Zakim")
    );
    assert_eq!(lost_words(log, &taken), Vec::<String>::new());
    assert_eq!(record.meeting.meeting.state.to_string(), "ended");

    // One action: taken back as a whole.
    let id = record.meeting.meeting.id;
    let given = Given::new("irc.txt", &SystemEnv);
    let again = minuta_core::import::take(log.as_bytes(), None, &given).unwrap();
    minuta_core::edit::import::into_existing(&mut archive, id, &again.plan, "irc.txt").unwrap();
    let twice = archive.record(id).unwrap();
    assert_eq!(twice.points.len(), 26);
    assert_eq!(
        twice.participants.len(),
        record.participants.len(),
        "nicks find those who are there"
    );
    archive.undo(id).unwrap();
    let back = archive.record(id).unwrap();
    assert_eq!(points(&back), points(record));
    assert_eq!(back.participants, record.participants);
}

#[test]
fn a_meetbot_log_is_everybodys_own_words() {
    let log = "\
2024-03-05 14:00:00 <@ann:fedora.im> !startmeeting Tides
2024-03-05 14:00:00 <@meetbot:fedora.im> Meeting started at 2024-03-05 14:00:00 UTC
2024-03-05 14:00:10 <@ann:fedora.im> ^topic Buoys
2024-03-05 14:00:20 <@bo:fedora.im> ann: two are out
2024-03-05 14:00:25 <@bo:fedora.im> ^info one is lost
2024-03-05 14:00:30 <@ann:fedora.im> ^agreed fetch it
2024-03-05 14:00:31 <@ann:fedora.im> ^action bo to fetch it
2024-03-05 14:00:32 <@ann:fedora.im> #startvote When? Today, Tomorrow
2024-03-05 14:00:33 <@bo:fedora.im> #vote Today
2024-03-05 14:00:34 <@ann:fedora.im> #vote Tomorrow
2024-03-05 14:00:35 <@bo:fedora.im> #vote Tomorrow
2024-03-05 14:00:36 <@ann:fedora.im> #endvote
2024-03-05 14:00:40 <@ann:fedora.im> !endmeeting
";
    let (_kept, mut archive) = archive();
    let taken = take(&mut archive, log.as_bytes(), "log.txt", None, &Aliases::default());
    let record = &taken.record;
    assert_eq!(record.meeting.meeting.body, "Tides");
    assert_eq!(
        points(record),
        [
            point("bo", "remark", "ann: two are out"),
            point("bo", "information", "one is lost"),
            point("", "decision", "fetch it"),
            point("", "action", "bo to fetch it"),
            point("ann", "question", "When? Today, Tomorrow"),
            point("bo", "remark", "#vote Today"),
            point("ann", "remark", "#vote Tomorrow"),
            point("bo", "remark", "#vote Tomorrow"),
        ]
    );
    assert_eq!(record.votes[0].options, ["Today", "Tomorrow"]);
    assert_eq!(record.votes[0].counts, ["0", "2"]);
    assert_eq!(here(record), ["ann", "bo"]);
    assert_eq!(record.meeting.meeting.live.len(), 1);
    assert_eq!(record.items[0].item.title, "Buoys");
}

#[test]
fn a_chat_is_everybodys_own_words_and_a_private_line_stays_private() {
    let log = "00:01:00\tAnn Lee:\tBo: can you hear me?\r\n00:01:05\tBo Ek:\tyes\nbut badly\r\n\
               00:01:10\t From Ann Lee to Bo Ek(Direct Message):\thush\r\n";
    let (_kept, mut archive) = archive();
    let given = Given {
        starts: Some("2024-03-05T14:00:00Z".parse().unwrap()),
        ..Given::new("chat.txt", &SystemEnv)
    };
    let taken = minuta_core::import::take(log.as_bytes(), None, &given).unwrap();
    // What is tried out leaves nothing.
    let ((tried, _), preview) = archive
        .rehearse(|archive| minuta_core::edit::import::as_new_told(archive, &taken.plan))
        .unwrap();
    assert!(archive.record(tried).is_err());
    assert!(archive.meetings().unwrap().is_empty());
    let id = minuta_core::edit::import::as_new(&mut archive, &taken.plan).unwrap();
    let record = archive.record(id).unwrap();
    assert_eq!(points(&preview), points(&record));
    assert_eq!(
        points(&record),
        [
            point("Ann Lee", "remark", "Bo: can you hear me?"),
            point("Bo Ek", "remark", "yes\nbut badly"),
            point("Ann Lee", "remark", "hush"),
        ]
    );
    assert_eq!(record.points[0].point.at.to_rfc3339(), "2024-03-05T14:01:00+00:00");
    assert_eq!(
        record.points.iter().map(|view| view.point.internal).collect::<Vec<_>>(),
        [false, false, true]
    );
    assert_eq!(here(&record), ["Ann Lee", "Bo Ek"]);
}
