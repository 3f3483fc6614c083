//! What is contested, in words, and what settles it.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::commands::done;
use super::types::*;
use crate::archive::Archive;
use crate::document::Part;
use crate::edit::review::{Settled, settle as settle_it};
use crate::error::Result;
use crate::model::contest::{BENEATH, BENEATH_IN_ALL, DELETED, Leaf, MADE, OWNERS, PLACE, SPEAKERS, TEXT, decisive};
use crate::model::{
    AuthorId, Contest, Cue, Item, ItemView, Meeting, MeetingId, Noun, Participant, Passage, Point, Stand, Turn, Vote,
};
use crate::share;
use crate::store::{contest, log, queries, rows};

pub(in crate::api) fn review(archive: &mut Archive, request: MeetingRequest) -> Result<Vec<Contested>> {
    contested(archive, request.meeting)
}

pub(in crate::api) fn settle(archive: &mut Archive, request: SettleRequest) -> Result<Captured> {
    settled(archive, request)
}

/// Settles something contested.
///
/// # Errors
/// As [`crate::edit::review::settle`].
pub fn settled(archive: &mut Archive, request: SettleRequest) -> Result<Captured> {
    let settled = match request.choice {
        SettleAs::Version { change } => Settled::Version(change),
        SettleAs::Shown => Settled::AsShown,
        SettleAs::Words { text } => Settled::Words(text),
    };
    let words = format!("{} settled", label(&request.aspect).to_lowercase());
    let (contest, part, is_there) = archive.write(request.meeting, &words, |edit| {
        settle_it(edit, &request.noun, request.id, &request.aspect, &settled)
    })?;
    let mut told = super::commands::sentence(&words);
    let beneath: u64 = contest.versions.iter().map(in_all).sum();
    if beneath > 0 {
        told = became_of(&contest.root, part, is_there, beneath);
    }
    Ok(done(Some(request.id), told))
}

/// How many things one wrote beneath what another deleted.
fn in_all(stand: &Stand) -> u64 {
    stand.value.get(BENEATH_IN_ALL).and_then(Json::as_u64).unwrap_or(0)
}

/// Where what was written beneath a thing is, now that it is settled whether that is there.
fn became_of(root: &str, part: Part, is_there: bool, beneath: u64) -> String {
    let (things, are, names) = match beneath {
        1 => ("thing", "is", "that names"),
        _ => ("things", "are", "that name"),
    };
    match (root == Item::ROOT, is_there) {
        (true, true) => format!("The item is back, with the {beneath} {things} written under it"),
        (true, false) => format!(
            "The item stays off the agenda; the {beneath} {things} written under it {are} {}, under no item",
            where_it_lies(part)
        ),
        (false, true) => format!("The participant is back, with the {beneath} {things} {names} them"),
        (false, false) => {
            format!("The participant stays off the list; the {beneath} {things} {names} them {are} in the record")
        }
    }
}

fn where_it_lies(part: Part) -> &'static str {
    if part == Part::Internal {
        "off the record"
    } else {
        "in the record"
    }
}

/// Everything that is contested in a meeting and still there; with what stands off the record beneath an item that was
/// taken off the agenda, on a laptop that has it.
///
/// # Errors
/// When the file cannot be read.
pub fn contested(archive: &Archive, meeting: MeetingId) -> Result<Vec<Contested>> {
    let conn = archive.conn();
    let mut rows = contest::of_meeting(conn, meeting)?;
    for asked in archive.beneath_deleted(meeting)? {
        // One question about an item at a time: where it comes back, the other has gone.
        let is_asked = |(_, _, known): &(i64, Part, Contest)| {
            (&known.root, known.id, &known.aspect) == (&asked.root, asked.id, &asked.aspect)
        };
        if !rows.iter().any(is_asked) {
            let row = log::document_row(conn, (meeting, Part::Internal))?;
            rows.extend(row.map(|row| (row, Part::Internal, asked)));
        }
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let known = Known {
        people: queries::participants(conn, meeting)?,
        items: queries::items(conn, meeting)?,
        author: archive.author_in(meeting)?,
        names: names(archive, meeting)?,
        meeting,
    };
    let mut found = Vec::new();
    for (document, part, contest) in rows {
        // An item lies in the meeting's own document, also where what is beneath it does not.
        let own = match contest.root.as_str() {
            Item::ROOT => log::document_row(conn, (meeting, Part::Meeting))?,
            _ => Some(document),
        };
        let Some((now, deleted)) = known.row(conn, own.unwrap_or(document), &contest.root, contest.id)? else {
            continue;
        };
        // Of what is gone there is nothing to decide but whether it is.
        if !deleted || contest.aspect == DELETED {
            let beneath = known.beneath(conn, document, &contest)?;
            found.push(known.told(contest, (&now, &beneath), deleted, part));
        }
    }
    Ok(found)
}

/// Whether a version says what was written beneath the thing.
fn leaves(stand: &Stand) -> Vec<Leaf> {
    let list = stand.value.get(BENEATH).cloned().unwrap_or_default();
    serde_json::from_value(list).unwrap_or_default()
}

/// So many of the things written beneath another are told in its version's words.
const TOLD: usize = 3;

fn names(archive: &Archive, meeting: MeetingId) -> Result<BTreeMap<AuthorId, String>> {
    let members = share::state(archive, meeting)?.map_or(Vec::new(), |state| state.members);
    Ok(members.into_iter().map(|member| (member.author, member.name)).collect())
}

/// What is needed to say things in words.
struct Known {
    people: Vec<Participant>,
    items: Vec<ItemView>,
    author: AuthorId,
    /// What those who share the meeting call themselves.
    names: BTreeMap<AuthorId, String>,
    meeting: MeetingId,
}

impl Known {
    /// What was written beneath a thing, in words, by its id.
    fn beneath(&self, conn: &Connection, document: i64, contest: &Contest) -> Result<BTreeMap<Uuid, String>> {
        let mut found = BTreeMap::new();
        for Leaf { id, root } in contest.versions.iter().flat_map(leaves) {
            if let Some((now, _)) = self.row(conn, document, &root, id)? {
                let words = self.excerpt(&root, &now);
                found.insert(id, or(words, "something without words yet"));
            }
        }
        Ok(found)
    }

    /// The thing as the record has it, and whether it is deleted.
    fn row(&self, conn: &Connection, document: i64, root: &str, id: Uuid) -> Result<Option<(Map<String, Json>, bool)>> {
        macro_rules! one_of {
            ($($noun:ident),*) => {
                match root {
                    $(root if root == $noun::ROOT => {
                        let id = if root == Meeting::ROOT { self.meeting.0 } else { id };
                        match rows::of_document::<$noun>(conn, document, id)? {
                            Some((value, deleted)) => match serde_json::to_value(value)? {
                                Json::Object(map) => Some((map, deleted)),
                                _ => None,
                            },
                            None => None,
                        }
                    })*
                    _ => None,
                }
            };
        }
        Ok(one_of!(Meeting, Item, Participant, Turn, Point, Passage, Cue, Vote))
    }

    fn told(
        &self,
        contest: Contest,
        (now, beneath): (&Map<String, Json>, &BTreeMap<Uuid, String>),
        deleted: bool,
        part: Part,
    ) -> Contested {
        let (root, aspect) = (contest.root.as_str(), contest.aspect.as_str());
        let shown = |stand: &Stand| {
            if aspect == DELETED {
                return stand.value.get(DELETED).and_then(Json::as_bool).unwrap_or(false) == deleted;
            }
            let mut own = now.clone();
            own.retain(|key, value| {
                let is_in = crate::model::contest::fields_in(root, aspect)
                    .iter()
                    .any(|field| field.key == key);
                is_in && !is_empty(value)
            });
            let mut its = stand.value.clone();
            its.retain(|_, value| !is_empty(value));
            decisive(root, aspect, &own) == decisive(root, aspect, &its)
        };
        let authors: std::collections::BTreeSet<AuthorId> = contest.versions.iter().map(|stand| stand.author).collect();
        let others = authors.iter().filter(|author| **author != self.author).count();
        let leans = contest.versions.iter().any(|stand| in_all(stand) > 0);
        let said = |stand: &Stand| match stand.value.get(DELETED).and_then(Json::as_bool) {
            Some(true) if aspect == DELETED && leans => deleted_beneath(root, part),
            None if aspect == DELETED => self.done_to(root, stand, beneath),
            _ => self.words(root, aspect, &stand.value),
        };
        let versions: Vec<ContestedVersion> = contest
            .versions
            .iter()
            .map(|stand| ContestedVersion {
                change: stand.change.clone(),
                mine: stand.author == self.author,
                author: self.author_in_words(stand.author, others),
                at: stand.at,
                words: said(stand),
                shown: shown(stand),
            })
            .collect();
        let is_one = versions.iter().any(|version| version.shown);
        Contested {
            thing: thing(root).to_owned(),
            label: label(aspect),
            excerpt: self.excerpt(root, now),
            internal: part == Part::Internal,
            shown: if is_one {
                String::new()
            } else {
                self.words(root, aspect, now)
            },
            takes_words: aspect == TEXT,
            versions,
            noun: contest.root,
            id: contest.id,
            aspect: contest.aspect,
        }
    }

    fn author_in_words(&self, author: AuthorId, others: usize) -> String {
        if author == self.author {
            return "this laptop".to_owned();
        }
        if let Some(name) = self.names.get(&author).filter(|name| !name.is_empty()) {
            return name.clone();
        }
        if others < 2 {
            return "another laptop".to_owned();
        }
        let id = author.to_string();
        format!("laptop {}", id.get(id.len().saturating_sub(4)..).unwrap_or(&id))
    }

    fn excerpt(&self, root: &str, now: &Map<String, Json>) -> String {
        let text = |key: &str| now.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        match root {
            "points" | "passages" | "cues" => text("text"),
            "items" => text("title"),
            "participants" => text("name"),
            "votes" => text("question"),
            "turns" => {
                let name = self.name(now.get("participant").unwrap_or(&Json::Null));
                name.unwrap_or_else(|| text("speaker_text"))
            }
            _ => text("body"),
        }
    }

    fn name(&self, id: &Json) -> Option<String> {
        let id: Uuid = id.as_str()?.parse().ok()?;
        let person = self.people.iter().find(|person| person.id.0 == id);
        Some(person.map_or_else(|| "a participant who is gone".to_owned(), |person| person.name.clone()))
    }

    fn names(&self, ids: &Json) -> String {
        let ids = ids.as_array().map(Vec::as_slice).unwrap_or_default();
        let names: Vec<String> = ids.iter().filter_map(|id| self.name(id)).collect();
        names.join(", ")
    }

    fn item(&self, id: &Json) -> Option<String> {
        let id: Uuid = id.as_str()?.parse().ok()?;
        let item = self.items.iter().find(|view| view.item.id.0 == id);
        Some(item.map_or_else(
            || "an item that is gone".to_owned(),
            |view| format!("{} {}", view.label, view.item.title).trim().to_owned(),
        ))
    }

    /// What a version says.
    fn words(&self, root: &str, aspect: &str, value: &Map<String, Json>) -> String {
        let get = |key: &str| value.get(key).unwrap_or(&Json::Null);
        let text = |key: &str| get(key).as_str().unwrap_or_default().to_owned();
        match aspect {
            DELETED => match get(DELETED).as_bool() {
                Some(true) => "deleted".to_owned(),
                Some(false) => "kept".to_owned(),
                None => self.edited(root, value).unwrap_or_default(),
            },
            MADE => self.excerpt(root, value),
            SPEAKERS => match get("attribution").as_str().unwrap_or_default() {
                "named" => self.names(get("speakers")),
                "nobody" => "nobody in particular".to_owned(),
                "unknown" => format!("unknown #{}", get("unknown")),
                "unresolved" => format!("“{}”, unresolved", text("speaker_text")),
                _ => "untagged".to_owned(),
            },
            OWNERS => match self.names(get("owners")) {
                names if !names.is_empty() => names,
                _ => or(text("owner_text"), "nobody"),
            },
            PLACE if root == Item::ROOT => self.item(get("parent")).map_or_else(
                || "an item of its own".to_owned(),
                |item| format!("a section of {item}"),
            ),
            PLACE => self
                .item(get("item"))
                .map_or_else(|| "before the agenda".to_owned(), |item| format!("under {item}")),
            "participant" => self
                .name(get("participant"))
                .unwrap_or_else(|| or(text("speaker_text"), "nobody")),
            "presenter" => self.name(get("presenter")).unwrap_or_else(|| "nobody".to_owned()),
            "person" => "is said to be somebody of another meeting".to_owned(),
            "next meeting" => {
                let parts = ["next_text", "next_starts", "next_zone"].map(|key| plain(get(key)));
                or(
                    parts
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(" "),
                    "none",
                )
            }
            "done" | "set_aside" | "listed" => match get(aspect).as_bool().unwrap_or(false) {
                true => label(aspect).to_lowercase(),
                false => format!("not {}", label(aspect).to_lowercase()),
            },
            _ => or(plain(get(aspect)), "empty"),
        }
    }

    /// What one did to a thing, and beneath it, while another deleted it.
    fn done_to(&self, root: &str, stand: &Stand, beneath: &BTreeMap<Uuid, String>) -> String {
        let mut parts: Vec<String> = self.edited(root, &stand.value).into_iter().collect();
        let all = in_all(stand);
        if all > 0 {
            let of_stand = leaves(stand);
            let told = of_stand.iter().filter_map(|leaf| beneath.get(&leaf.id)).take(TOLD);
            let told: Vec<String> = told.map(|words| format!("“{words}”")).collect();
            let rest = all.saturating_sub(told.len() as u64);
            let more = if rest > 0 {
                format!(" and {rest} more")
            } else {
                String::new()
            };
            let how = if root == Item::ROOT {
                "wrote under it"
            } else {
                "named them in"
            };
            parts.push(format!("{how}: {}{more}", told.join(", ")));
        }
        parts.join("; ")
    }

    /// What one edited while another deleted it: the words first; none = nothing.
    fn edited(&self, root: &str, value: &Map<String, Json>) -> Option<String> {
        let mut aspects: Vec<&str> = value
            .keys()
            .filter_map(|key| crate::model::contest::aspect_of(root, key))
            .collect();
        aspects.sort_unstable_by_key(|aspect| (*aspect != TEXT, *aspect));
        aspects.dedup();
        let parts: Vec<String> = aspects
            .into_iter()
            .map(|aspect| {
                let words = self.words(root, aspect, value);
                if aspect == TEXT {
                    words
                } else {
                    format!("{}: {words}", label(aspect).to_lowercase())
                }
            })
            .collect();
        (!parts.is_empty()).then(|| format!("edited: {}", parts.join("; ")))
    }
}

/// What it says of a deletion beneath which others wrote.
fn deleted_beneath(root: &str, part: Part) -> String {
    if root == Item::ROOT {
        format!(
            "deleted; what was written under it is {}, under no item",
            where_it_lies(part)
        )
    } else {
        "deleted; where they are named, the record says “a participant”".to_owned()
    }
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Bool(yes) => !yes,
        Json::Number(number) => number.as_i64() == Some(0),
        Json::String(text) => text.is_empty(),
        Json::Array(list) => list.is_empty(),
        Json::Object(_) => false,
    }
}

fn or(words: String, instead: &str) -> String {
    if words.is_empty() { instead.to_owned() } else { words }
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => match chrono::DateTime::parse_from_rfc3339(text) {
            Ok(at) => at.to_utc().format("%-d %B %Y %H:%M UTC").to_string(),
            Err(_) => text.clone(),
        },
        Json::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

/// A noun in words.
fn thing(root: &str) -> &str {
    match root {
        "items" => "agenda item",
        "turns" => "wish to speak",
        "meeting" => "meeting",
        other => other.strip_suffix('s').unwrap_or(other),
    }
}

/// An aspect in words.
fn label(aspect: &str) -> String {
    match aspect {
        DELETED => "Deleted or kept".to_owned(),
        TEXT => "Words".to_owned(),
        MADE => "Made twice".to_owned(),
        "due" => "Due date".to_owned(),
        "listed" => "In the printed list".to_owned(),
        "planned" => "Minutes planned".to_owned(),
        "duty" => "Duty".to_owned(),
        other => super::commands::sentence(&other.replace('_', " ")),
    }
}
