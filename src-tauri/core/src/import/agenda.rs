//! An agenda as text or Markdown → items with their planned minutes and presenters.

mod entries;

use std::collections::HashMap;

use super::{Given, Plan, Problem, dates, kept};
use crate::error::{Error, Result};
use crate::model::inline::{literal, parse_markdown, write};
use crate::model::text::{clean, clean_line};
use crate::model::{Item, ItemId, Meeting, MeetingId, OrderKey, Participant, ParticipantId};

use self::entries::{Entry, Sort, entries};

/// Reads an agenda. A line that is no item of it is kept beside the item above it.
///
/// # Errors
/// [`Error::Invalid`] where there is not one item.
pub(super) fn agenda(text: &str, given: &Given<'_>) -> Result<(Plan, Vec<Problem>)> {
    let (text, _) = clean(text.trim_start_matches('\u{FEFF}'));
    let mut meeting = Meeting::new(MeetingId(given.ids.fresh_id()));
    if let Some(zone) = given.zone {
        zone.name().clone_into(&mut meeting.zone);
    }
    if let Some(found) = dates::find(&text) {
        meeting.starts = Some(found.at);
        meeting.zone = found.zone;
        meeting.time_style = found.style;
    }
    let mut plan = Plan::new(meeting);
    let problems = put(&mut plan, &entries(&text), None, given);
    if plan.items.is_empty() {
        return Err(Error::Invalid(
            "it is no agenda: no line is an item of one; nothing was imported".to_owned(),
        ));
    }
    Ok((plan, problems))
}

/// Puts the agenda of a description into a plan that has the meeting's facts already. Without numbers or bullets below
/// the word Agenda, nothing in it is taken for an item.
pub(super) fn into(plan: &mut Plan, text: &str, line: u32, given: &Given<'_>) {
    let (text, _) = clean(text);
    let entries = described(entries(&text));
    put(plan, &entries, Some(line), given);
}

/// Of a description, items are the numbered lines, and others only below "Agenda" and until the next paragraph.
fn described(mut entries: Vec<Entry>) -> Vec<Entry> {
    let titled = entries.iter().any(|entry| entry.sort == Sort::Mark);
    let numbers = entries.iter().filter(|entry| entry.numbered).count();
    let mut below = false;
    for entry in &mut entries {
        match entry.sort {
            Sort::Mark => below = true,
            Sort::Title => entry.sort = Sort::Text,
            Sort::Text => below = false,
            Sort::Item if titled && !below || !titled && numbers < 2 => entry.sort = Sort::Text,
            Sort::Item => {}
        }
    }
    entries
}

/// Puts entries into a plan; `line` is where all of them stand, for a text that is one line of the file.
fn put(plan: &mut Plan, entries: &[Entry], line: Option<u32>, given: &Given<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut stack: Vec<(usize, ItemId)> = Vec::new();
    let mut presenters: HashMap<String, ParticipantId> = HashMap::new();
    // The numbers as they will be counted: what the file has otherwise is an override.
    let mut labels: HashMap<ItemId, String> = HashMap::new();
    let mut counts: HashMap<Option<ItemId>, usize> = HashMap::new();
    let mut last: Option<OrderKey> = None;
    let at = plan.meeting.starts.unwrap_or_else(|| given.ids.now());
    for entry in entries {
        let number = line.unwrap_or(entry.line);
        match entry.sort {
            Sort::Mark => {
                // The word "Agenda" over it says only that it is one.
            }
            Sort::Title if plan.meeting.name.is_empty() => plan.meeting.name = source(&entry.title, entry.markdown),
            Sort::Item => {
                while stack.last().is_some_and(|(level, _)| *level >= entry.level) {
                    stack.pop();
                }
                let order = OrderKey::after(last.as_ref(), given.ids.now());
                last = Some(order.clone());
                let mut item = Item::new(
                    ItemId(given.ids.fresh_id()),
                    order,
                    source(&entry.title, entry.markdown),
                );
                item.parent = stack.last().map(|(_, id)| *id);
                item.planned = entry.minutes;
                let parent = item.parent.and_then(|parent| labels.get(&parent).cloned());
                let prefix = parent.map(|label| format!("{label}.")).unwrap_or_default();
                let count = counts.entry(item.parent).or_default();
                let counted = format!("{prefix}{}", *count + 1);
                if entry.label.is_empty() || entry.label == counted {
                    *count += 1;
                    labels.insert(item.id, counted);
                } else {
                    item.number.clone_from(&entry.label);
                    labels.insert(item.id, entry.label.clone());
                }
                item.presenter = entry
                    .presenter
                    .as_ref()
                    .map(|name| presenter(plan, &mut presenters, name, given));
                stack.push((entry.level, item.id));
                let under = Some(item.id);
                plan.items.push(item);
                if !entry.times.is_empty() {
                    kept(plan, &entry.times, number, at, given, "");
                    if let Some(point) = plan.points.last_mut() {
                        point.item = under;
                    }
                }
            }
            Sort::Title | Sort::Text => {
                let under = stack.last().map(|(_, id)| *id);
                let problem = kept(plan, &entry.title, number, at, given, "no item of the agenda");
                if let Some(point) = plan.points.last_mut() {
                    point.item = under;
                }
                if under.is_none() {
                    problems.push(problem);
                }
            }
        }
    }
    problems
}

fn source(title: &str, markdown: bool) -> String {
    if markdown {
        write(&parse_markdown(title))
    } else {
        literal(title)
    }
}

/// The participant who presents: one for each name, since an agenda names nobody twice for two people.
fn presenter(
    plan: &mut Plan,
    known: &mut HashMap<String, ParticipantId>,
    name: &str,
    given: &Given<'_>,
) -> ParticipantId {
    let name = clean_line(name);
    if let Some(id) = known.get(&name) {
        return *id;
    }
    let same = |person: &&Participant| person.name == name || person.aliases.contains(&name);
    let mut there = plan.participants.iter().filter(same).map(|person| person.id);
    let id = match (there.next(), there.next()) {
        (Some(id), None) => id,
        _ => {
            let order = OrderKey::after(plan.participants.last().map(|last| &last.order), given.ids.now());
            let person = Participant::new(ParticipantId(given.ids.fresh_id()), order, name.clone());
            plan.participants.push(person);
            plan.participants
                .last()
                .map_or_else(ParticipantId::default, |person| person.id)
        }
    };
    known.insert(name, id);
    id
}

/// What stands before the end of a tag, and what after it; none where it does not end soon.
fn closed(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().take(4000).position(|byte| byte == b'>')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The text of a description that was written as a web page.
pub(super) fn unmarked(text: &str) -> String {
    let lower = text.to_lowercase();
    if !["<br", "<li", "<p>", "<div", "</"]
        .iter()
        .any(|mark| lower.contains(mark))
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, after)) = closed(after) else {
            out.push('<');
            rest = after;
            continue;
        };
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        match name.as_str() {
            "li" if !tag.starts_with('/') => out.push_str("\n- "),
            "br" | "p" | "div" | "tr" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "table" => out.push('\n'),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    for (mark, letter) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(mark, letter);
    }
    out
}

/// Whether a text is an agenda rather than minutes: most of its lines are items, short, and some say how long.
pub(super) fn is_one(text: &str) -> bool {
    let head = text
        .get(..text.char_indices().nth(20_000).map_or(text.len(), |(at, _)| at))
        .unwrap_or(text);
    let entries = entries(head);
    let items: Vec<&Entry> = entries.iter().filter(|entry| entry.sort == Sort::Item).collect();
    let others = entries.iter().filter(|entry| entry.sort == Sort::Text).count();
    let timed = items.iter().filter(|item| item.minutes > 0).count();
    let marked = entries.iter().any(|entry| entry.sort == Sort::Mark);
    let short = items.iter().all(|item| item.title.chars().count() <= 160);
    let numbered = items.iter().any(|item| item.numbered);
    items.len() >= 2 && short && numbered && (timed * 2 > items.len() || marked && others <= items.len())
}
