//! Logs of real meetings, against the minutes that their groups published of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono_tz::Tz;
use minuta_core::Archive;
use minuta_core::capture::Command;
use minuta_core::env::SystemEnv;
use minuta_core::import::log::{Aliases, Log, Options, Sort, Step, log, rows};
use minuta_core::import::{Problem, text_of};
use minuta_core::model::{Attribution, Kind, Nature, ParticipantId, ParticipantState, Record};
use minuta_tests::shared_data;

/// A log in the record of an archive.
struct Taken {
    log: Log,
    problems: Vec<Problem>,
    record: Record,
}

fn take(archive: &mut Archive, bytes: &[u8], name: &str, aliases: &Aliases) -> Taken {
    let options = Options {
        name,
        zone: Tz::UTC,
        day: None,
        aliases,
        ids: &SystemEnv,
    };
    let (log, mut problems) = log(&text_of(bytes), &options);
    let (id, more) = minuta_core::edit::replay::as_new(archive, &log, name).unwrap();
    problems.extend(more);
    let record = archive.record(id).unwrap();
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
                1.. => self.misses.push(format!("{place}: theirs alone: {text}")),
                _ => self.misses.push(format!("{place}: ours alone: {text}")),
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
    let mut lines = 0;
    for meeting in &meetings {
        let bytes = std::fs::read(folder.join(meeting).join("irc.log")).unwrap();
        let email = std::fs::read_to_string(folder.join(meeting).join("email.log")).unwrap();
        let taken = take(&mut archive, &bytes, meeting, &aliases);
        lines += taken.log.entries.len();
        let record = &taken.record;
        let titles: Vec<String> = record.items.iter().map(|view| view.item.title.clone()).collect();
        let of_kind = |kind: Kind| -> Vec<String> {
            let points = record.points.iter().filter(|view| view.point.kind == kind);
            points.map(|view| view.point.text.clone()).collect()
        };
        let published = numbered(&email, "Topics:");
        // One published page has no list of topics although its log has topics: it does not count.
        if !(published.is_empty() && meeting == "2021-04-20") {
            topics.compare(meeting, &titles, &published);
        }
        resolutions.compare(meeting, &of_kind(Kind::Decision), &numbered(&email, "Resolutions:"));
        actions.compare(meeting, &of_kind(Kind::Action), &numbered(&email, "Action Items:"));
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
        present.compare(meeting, &ours, &theirs);
    }
    let mut report = format!("{} logs, {lines} lines carried out\n", meetings.len());
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
        let taken = take(&mut archive, &bytes, &name, &none);
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
        let of_kind = |kind: Kind| -> Vec<String> {
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
            actions.compare(&name, &of_kind(Kind::Action), theirs);
        }
        if let Some(theirs) = &page.resolutions {
            resolutions.compare(&name, &of_kind(Kind::Decision), theirs);
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
                misses.push(format!("{name}: {who}: {words}"));
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
