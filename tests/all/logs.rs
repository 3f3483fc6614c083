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

// ---------------------------------------------------------------------------------------------------------------------
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

// ---------------------------------------------------------------------------------------------------------------------
// W3C's Credentials Community Group: 60 meetings of five years

/// A list of the published minutes' head: `Topics:`, `Present:` … its lines joined.
fn head(email: &str, title: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in email.lines() {
        if line.trim_end() == title {
            inside = true;
        } else if inside {
            let Some(text) = line.strip_prefix("  ") else { break };
            found.push(text.to_owned());
        }
    }
    found
}

fn numbered(email: &str, title: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in head(email, title) {
        let number = line
            .split_once(". ")
            .filter(|(number, _)| number.parse::<u32>().is_ok());
        match (number, entries.last_mut()) {
            (Some((_, text)), _) if !line.starts_with(' ') => entries.push(text.trim().to_owned()),
            (_, Some(last)) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => entries.push(line.trim().to_owned()),
        }
    }
    entries
}

/// Names between commas. The published list runs names and commas inside names together.
fn names(text: &str) -> Vec<String> {
    text.split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn ccg() -> Option<(PathBuf, Vec<String>)> {
    let folder = shared_data()?.join("w3c-ccg");
    let mut meetings: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    meetings.sort();
    Some((folder, meetings))
}

fn ccg_aliases(folder: &Path) -> Aliases {
    Aliases::read(&std::fs::read_to_string(folder.with_file_name("w3c-ccg-people.json")).unwrap()).unwrap()
}

#[test]
fn a_groups_logs_give_the_minutes_that_it_published() {
    let Some((folder, meetings)) = ccg() else { return };
    let aliases = ccg_aliases(&folder);
    let (_kept, mut archive) = archive();
    let (mut topics, mut resolutions) = (Agreement::default(), Agreement::default());
    let (mut actions, mut present) = (Agreement::default(), Agreement::default());
    let (mut lines, mut time) = (0, Duration::ZERO);
    for meeting in &meetings {
        let bytes = std::fs::read(folder.join(meeting).join("irc.log")).unwrap();
        let email = std::fs::read_to_string(folder.join(meeting).join("email.log")).unwrap();
        let began = Instant::now();
        let taken = take(&mut archive, &bytes, meeting, None, &aliases);
        time += began.elapsed();
        lines += taken.log.entries.len();
        let record = &taken.record;
        let titles: Vec<String> = record.items.iter().map(|view| view.item.title.clone()).collect();
        let of_kind = |kind: model::Kind| -> Vec<String> {
            let points = record.points.iter().filter(|view| view.point.kind == kind);
            points.map(|view| view.point.text.clone()).collect()
        };
        let published = numbered(&email, "Topics:");
        // One published page has no list of topics although its log has topics: it does not count.
        let counts = !(published.is_empty() && meeting == "2021-04-20");
        if counts {
            topics.compare(meeting, &titles, &published);
        }
        resolutions.compare(
            meeting,
            &of_kind(model::Kind::Decision),
            &numbered(&email, "Resolutions:"),
        );
        actions.compare(
            meeting,
            &of_kind(model::Kind::Action),
            &numbered(&email, "Action Items:"),
        );
        let here = record
            .participants
            .iter()
            .filter(|person| person.state == ParticipantState::Present && person.nature != Nature::Bot);
        // Both sides by person, as the group's own list of aliases has them.
        let person = |name: String| aliases.person(&name).map_or(name.clone(), str::to_owned);
        let ours: Vec<String> = here.flat_map(|person| names(&person.name)).map(person).collect();
        let mut theirs: Vec<String> = Vec::new();
        for name in names(
            &head(&email, "Present:")
                .iter()
                .map(|line| line.trim())
                .collect::<Vec<_>>()
                .join(" "),
        ) {
            let name = person(name);
            if !theirs.iter().any(|known| bare(known) == bare(&name)) {
                theirs.push(name);
            }
        }
        if counts {
            let log = text_of(&bytes).replace('_', " ").to_lowercase();
            let why = |is_ours: bool, name: &str| -> &'static str {
                let known = record
                    .participants
                    .iter()
                    .find(|one| bare(&person(one.name.clone())) == bare(name));
                match (is_ours, known) {
                    (true, _) => {
                        "said to be present in the log; the group's tool left them out or took them for another"
                    }
                    (false, Some(_)) => "takes part, but nothing in the log says that they are present",
                    (false, None) if log.contains(&name.to_lowercase()) => "is spoken of only",
                    (false, None) => {
                        "stands nowhere in the log: the group's tool took a part of a name or word for theirs"
                    }
                }
            };
            present.compare_why(meeting, &ours, &theirs, &why);
        }
    }
    let mut report = format!(
        "{} logs, {lines} lines carried out, {} ms a log\n",
        meetings.len(),
        time.as_millis() / 60
    );
    topics.tell("Topics", &mut report);
    resolutions.tell("Resolutions", &mut report);
    actions.tell("Actions", &mut report);
    present.tell("People present", &mut report);
    eprintln!("{report}");
    for (agreement, least) in [
        (&topics, 0.98),
        (&resolutions, 0.98),
        (&actions, 0.98),
        (&present, 0.85),
    ] {
        assert!(
            agreement.recall() >= least && agreement.precision() >= least,
            "{report}"
        );
    }
    assert_eq!(meetings.len(), 60);
}

// ---------------------------------------------------------------------------------------------------------------------
// The tests of W3C's scribe.perl

/// Why what scribe.perl makes of some inputs is not what the record has.
const WHY: [(&str, &str); 8] = [
    (
        "agenda-01",
        "an item of the agenda that nobody took up; the expected page has no agenda",
    ),
    (
        "keeplines-01",
        "run with --nokeeplines: lines that go on are joined; the record keeps each with its time",
    ),
    ("noscribe-02", "run with --scribenick=*: the log itself names no scribe"),
    (
        "substcont-06",
        "run with -implicit: what goes on has no dots; the record does not guess",
    ),
    ("trackbot-01", "a question to a program, left out and told"),
    (
        "present-02",
        "who left was there: the record keeps them with the time of leaving",
    ),
    (
        "present-03",
        "who left was there: the record keeps them with the time of leaving",
    ),
    (
        "present-04",
        "who left was there: the record keeps them with the time of leaving",
    ),
];

/// Text of a piece of HTML.
fn text_in(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        rest = match after.split_once('>') {
            Some((tag, after)) => {
                if tag.starts_with("br") {
                    out.push('\n');
                }
                after
            }
            None => "",
        };
    }
    out.push_str(rest);
    for (name, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&hellip;", "…"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        out = out.replace(name, letter);
    }
    out
}

/// What the HTML says.
#[derive(Default)]
struct Page {
    topics: Option<Vec<String>>,
    /// Speaker and first words of each paragraph that has a speaker.
    spoken: Option<Vec<(String, String)>>,
    actions: Option<Vec<String>>,
    resolutions: Option<Vec<String>>,
    present: Option<Vec<String>>,
}

fn page(html: &str) -> Page {
    let mut page = Page::default();
    let main = html
        .split_once("<main")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</main>"))
        .map(|(main, _)| main);
    if let Some(main) = main {
        let (mut topics, mut spoken, mut actions, mut resolutions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for piece in main.split("<h3").skip(1).chain(main.split("<h4").skip(1)) {
            let (_, rest) = piece.split_once('>').unwrap();
            topics.push(text_in(rest.split_once("</h").unwrap().0));
        }
        for piece in main.split("<p id").skip(1) {
            let (tag, rest) = piece.split_once('>').unwrap();
            let inside = rest.split_once("</p>").map_or(rest, |(inside, _)| inside);
            let label = |inside: &str| -> String {
                let rest = inside.split_once("</strong>").map_or(inside, |(_, rest)| rest);
                text_in(rest).trim().to_owned()
            };
            if tag.contains("class=action") {
                actions.push(label(inside));
            } else if tag.contains("class=resolution") {
                resolutions.push(label(inside));
            } else if let Some((who, words)) = inside
                .split_once("<cite>")
                .and_then(|(_, rest)| rest.split_once("</cite>"))
            {
                let who = text_in(who);
                let who = who
                    .trim_matches(|c: char| matches!(c, '<' | '>' | ':' | ' '))
                    .to_owned();
                let first = text_in(words.split("<br").next().unwrap());
                spoken.push((who, first.trim().to_owned()));
            }
        }
        page.topics = Some(topics);
        page.spoken = Some(spoken);
        page.actions = Some(actions);
        page.resolutions = Some(resolutions);
    }
    if let Some((_, rest)) = html.split_once("<dt>Present</dt><dd>") {
        let list = text_in(rest.split_once("</dd>").unwrap().0);
        page.present = Some(names(list.trim()).into_iter().filter(|name| name != "-").collect());
    }
    page
}

/// The speakers of each point, by every name that they have, and its words.
fn spoken(record: &Record) -> Vec<(Vec<String>, String)> {
    let by = |id: &ParticipantId| -> Vec<String> {
        let person = record.participants.iter().find(|person| person.id == *id).unwrap();
        std::iter::once(&person.name)
            .chain(&person.aliases)
            .map(|name| bare(name))
            .collect()
    };
    record
        .points
        .iter()
        .map(|view| {
            let point = &view.point;
            let mut who: Vec<String> = point.speakers.iter().flat_map(by).collect();
            if point.attribution == Attribution::Unresolved {
                who.push(bare(&point.speaker_text));
            }
            (who, bare(point.words()))
        })
        .collect()
}

#[test]
fn what_scribes_type_gives_what_they_expect() {
    let Some(data) = shared_data() else { return };
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(data.join("scribe2"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".input.txt"))
        .collect();
    inputs.sort();
    let (_kept, mut archive) = archive();
    let none = Aliases::default();
    let (mut topics, mut resolutions) = (Agreement::default(), Agreement::default());
    let (mut actions, mut present) = (Agreement::default(), Agreement::default());
    let (mut agreed, mut all, mut programs, mut misses) = (0, 0, 0, Vec::new());
    let mut lost = Vec::new();
    for path in &inputs {
        let name = path.file_name().unwrap().to_string_lossy().replace(".input.txt", "");
        let bytes = std::fs::read(path).unwrap();
        let taken = take(&mut archive, &bytes, &name, Some(Kind::ScribeLog), &none);
        lost.extend(
            lost_words(&text_of(&bytes), &taken)
                .into_iter()
                .map(|word| format!("{name}: {word}")),
        );
        let expected = path.with_file_name(format!("{name}.expected1.txt"));
        let Ok(html) = std::fs::read_to_string(expected) else {
            continue;
        };
        let page = page(&html);
        let record = &taken.record;
        let of_kind = |kind: model::Kind| -> Vec<String> {
            let mut texts: Vec<String> = Vec::new();
            for view in record.points.iter().filter(|view| view.point.kind == kind) {
                match texts.last_mut().filter(|_| view.point.continues.is_some()) {
                    Some(last) => *last = format!("{last} {}", view.point.text),
                    None => texts.push(view.point.text.clone()),
                }
            }
            texts
        };
        if let Some(theirs) = &page.topics {
            let opened = record
                .items
                .iter()
                .filter(|view| !view.item.open.is_empty() || view.item.state.to_string() == "done");
            let ours: Vec<String> = opened.map(|view| view.item.title.clone()).collect();
            topics.compare(&name, &ours, theirs);
        }
        if let Some(theirs) = &page.actions {
            actions.compare(&name, &of_kind(model::Kind::Action), theirs);
        }
        if let Some(theirs) = &page.resolutions {
            resolutions.compare(&name, &of_kind(model::Kind::Decision), theirs);
        }
        if let Some(theirs) = &page.present {
            let here = record
                .participants
                .iter()
                .filter(|person| person.state == ParticipantState::Present);
            // A person is there under any of their names.
            let ours: Vec<String> = here
                .map(|person| {
                    let mut names = std::iter::once(&person.name).chain(&person.aliases);
                    let known = |name: &&String| theirs.iter().any(|other| bare(other) == bare(name));
                    names.clone().find(known).or_else(|| names.next()).unwrap().clone()
                })
                .collect();
            present.compare(&name, &ours, theirs);
        }
        let ours = spoken(record);
        for (who, words) in page.spoken.iter().flatten() {
            // What programs say is left out on purpose.
            if ["zakim", "trackbot", "gb", "sysbot", "agendabot", "rrsagent"].contains(&bare(who).as_str()) {
                programs += 1;
                continue;
            }
            all += 1;
            // A link prints as its label, the record has the address too.
            let wanted: Vec<String> = words.split(|c: char| !c.is_alphanumeric()).map(bare).collect();
            let fits = |(speakers, text): &(Vec<String>, String)| {
                speakers.contains(&bare(who))
                    && (*text == bare(words) || text.contains("http") && wanted.iter().all(|word| text.contains(word)))
            };
            if ours.iter().any(fits) {
                agreed += 1;
            } else {
                let why = WHY.iter().find(|(test, _)| *test == name).map_or("", |(_, why)| why);
                misses.push(format!("{name}: {who}: {words}: {why}"));
            }
        }
    }
    let mut report = format!("{} inputs\n", inputs.len());
    topics.tell("Topics", &mut report);
    resolutions.tell("Resolutions", &mut report);
    actions.tell("Actions", &mut report);
    present.tell("People present", &mut report);
    writeln!(
        report,
        "Remarks with their speaker: {agreed} of {all} ({:.1} %)",
        100.0 * share(agreed, all)
    )
    .unwrap();
    for miss in &misses {
        writeln!(report, "    {miss}").unwrap();
    }
    writeln!(report, "Remarks of programs, left out: {programs}").unwrap();
    writeln!(report, "Words lost: {}", lost.len()).unwrap();
    for word in &lost {
        writeln!(report, "    {word}").unwrap();
    }
    eprintln!("{report}");
    assert!(lost.is_empty(), "{report}");
    for agreement in [&topics, &resolutions, &actions, &present] {
        assert!(agreement.recall() >= 0.95 && agreement.precision() >= 0.95, "{report}");
    }
    assert!(share(agreed, all) >= 0.95, "{report}");
}

/// Lines of a log of which neither the record has the words nor anything was told.
fn lost_words(text: &str, taken: &Taken) -> Vec<String> {
    let record = serde_json::to_string(&taken.record).unwrap();
    let log = &taken.log;
    let carried_out: Vec<u32> = log.entries.iter().map(|entry| entry.line).collect();
    let mut lost = Vec::new();
    for row in rows(text).rows {
        let is_said = matches!(row.sort, Sort::Said | Sort::Bare) && !row.text.trim().is_empty();
        if is_said
            && !carried_out.contains(&row.line)
            && !log.left_out.contains(&row.line)
            && !log.spent.contains(&row.line)
        {
            lost.push(format!("line {} was dropped: {}", row.line, row.text));
        }
    }
    if !log.left_out.is_empty()
        && !taken
            .problems
            .iter()
            .any(|problem| problem.message.contains("left out"))
    {
        lost.push("what was left out was not told".to_owned());
    }
    for entry in &log.entries {
        if !matches!(entry.step, Step::Line(Command::Point(_))) {
            continue;
        }
        let words = entry
            .raw
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        for word in words.filter(|word| !record.contains(*word)) {
            lost.push(format!("line {}: {word}: {}", entry.line, entry.raw));
        }
    }
    lost
}
