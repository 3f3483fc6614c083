//! The tests of W3C's scribe.perl

use super::ccg::names;
use super::*;

/// Why what scribe.perl makes of some inputs is not what the record has.
pub(super) const WHY: [(&str, &str); 8] = [
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
pub(super) fn lost_words(text: &str, taken: &Taken) -> Vec<String> {
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
