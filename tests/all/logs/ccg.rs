//! W3C's Credentials Community Group: 60 meetings of five years

use super::*;

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
pub(super) fn names(text: &str) -> Vec<String> {
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
