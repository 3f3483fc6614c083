//! What a search finds. Entries are read from the newest on, and no further than until enough of them fit: nothing is
//! sorted and nothing is counted. What a filter says of a meeting is asked once a meeting, what it says of days is a
//! range of the index.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{queries, rows, search};
use crate::capture::initials;
use crate::error::Result;
use crate::model::sought::{Sort, Sought};
use crate::model::{
    Attribution, Cue, Hit, ItemId, ItemView, Kind, Meeting, MeetingId, Noun, Participant, ParticipantId, Passage,
    Point, PointId, PointView,
};

/// Entries that hold the words, the newest first; and without words, all entries.
const WITH_WORDS: &str =
    "SELECT s.rowid, e.document, e.noun, e.id FROM search AS s CROSS JOIN search_entry AS e ON e.row = s.rowid
     WHERE s.search MATCH ?1 AND s.rowid BETWEEN ?2 AND ?3 ORDER BY s.rowid DESC";
const WITHOUT_WORDS: &str = "SELECT e.row, e.document, e.noun, e.id FROM search_entry AS e
     WHERE ?1 = '' AND e.row BETWEEN ?2 AND ?3 ORDER BY e.row DESC";

/// How many documents are looked up for where their entries begin and end.
const FEW: usize = 16;

/// What a search finds, the newest first.
pub(crate) fn hits(conn: &Connection, typed: &str, limit: u32) -> Result<Vec<Hit>> {
    let sought = Sought::parse(typed);
    let query = search::query(&sought.words);
    if query.is_none() && !sought.has_filters() {
        return Ok(Vec::new());
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut scopes = Scopes::new(conn, &sought)?;
    let (first, last) = scopes.range()?;
    let mut statement = conn.prepare_cached(if query.is_some() { WITH_WORDS } else { WITHOUT_WORDS })?;
    let mut rows = statement.query(params![query.unwrap_or_default(), first, last])?;
    let mut hits = Vec::new();
    while hits.len() < limit
        && let Some(row) = rows.next()?
    {
        let Some(scope) = scopes.of(row.get(1)?)? else {
            continue;
        };
        let noun: String = row.get(2)?;
        if !scope.takes(&noun) {
            continue;
        }
        let id: String = row.get(3)?;
        // What is damaged here is told by `check`.
        let Ok(id) = id.parse::<Uuid>() else { continue };
        if noun == Point::TABLE && !scope.point_may_fit(row.get(1)?, id)? {
            continue;
        }
        hits.extend(scope.hit(&noun, id)?.filter(|hit| in_time(&sought, hit.at)));
    }
    Ok(hits)
}

fn in_time(sought: &Sought, at: DateTime<Utc>) -> bool {
    sought.from.is_none_or(|from| from <= at) && sought.until.is_none_or(|until| at < until)
}

/// What the filters let through, a document at a time.
struct Scopes<'a> {
    conn: &'a Connection,
    sought: &'a Sought,
    /// The meetings that series and number leave; none = all.
    meetings: Option<HashSet<MeetingId>>,
    known: HashMap<i64, Option<Scope<'a>>>,
}

impl<'a> Scopes<'a> {
    fn new(conn: &'a Connection, sought: &'a Sought) -> Result<Self> {
        let meetings = if sought.series.is_empty() && sought.numbers.is_empty() {
            None
        } else {
            Some(meetings(conn, sought)?)
        };
        Ok(Self {
            conn,
            sought,
            meetings,
            known: HashMap::new(),
        })
    }

    /// The first and the last number of entries that can fit.
    fn range(&self) -> Result<(i64, i64)> {
        // An entry's number follows the time that it was first indexed with: a corrected time or a crowded millisecond
        // may have moved it a little, so that a day more is read, and each hit's own time decides.
        let day_before = |at: DateTime<Utc>| at.checked_sub_days(Days::new(1)).unwrap_or(at);
        let day_after = |at: DateTime<Utc>| at.checked_add_days(Days::new(1)).unwrap_or(at);
        let mut first = self
            .sought
            .from
            .map_or(0, |from| search::first_row(day_before(from).timestamp_millis()));
        let mut last = self
            .sought
            .until
            .map_or(i64::MAX, |until| search::first_row(day_after(until).timestamp_millis()));
        let Some(meetings) = self.meetings.as_ref().filter(|meetings| meetings.len() <= FEW) else {
            return Ok((first, last));
        };
        // A meeting of long ago is not looked for through everything since.
        let (mut least, mut most) = (i64::MAX, 0);
        for meeting in meetings {
            let (one, other): (Option<i64>, Option<i64>) = self
                .conn
                .prepare_cached(
                    "SELECT min(e.row), max(e.row) FROM document AS d JOIN search_entry AS e ON e.document = d.row WHERE d.meeting = ?1",
                )?
                .query_row([meeting.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            least = least.min(one.unwrap_or(i64::MAX));
            most = most.max(other.unwrap_or(0));
        }
        first = first.max(least);
        last = last.min(most);
        Ok((first, last))
    }

    fn of(&mut self, document: i64) -> Result<Option<&Scope<'a>>> {
        let (conn, sought) = (self.conn, self.sought);
        let scope = match self.known.entry(document) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(Scope::of(conn, sought, self.meetings.as_ref(), document)?)
            }
        };
        Ok(scope.as_ref())
    }
}

/// The meetings of the asked series and numbers.
fn meetings(conn: &Connection, sought: &Sought) -> Result<HashSet<MeetingId>> {
    let mut statement = conn.prepare_cached(
        "SELECT m.id, m.number, m.short, m.body, m.name, coalesce(s.short, ''), coalesce(s.name, '')
         FROM meeting AS m LEFT JOIN series AS s ON s.id = m.series AND m.series <> '' AND s.deleted = 0 WHERE m.deleted = 0",
    )?;
    let mut rows = statement.query([])?;
    let mut all: Vec<(MeetingId, [String; 5])> = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, number): (String, i64) = (row.get(0)?, row.get(1)?);
        let fits = sought.numbers.is_empty() || sought.numbers.iter().any(|asked| i64::from(*asked) == number);
        if let (true, Ok(id)) = (fits, id.parse()) {
            all.push((id, [row.get(2)?, row.get(5)?, row.get(3)?, row.get(4)?, row.get(6)?]));
        }
    }
    if sought.series.is_empty() {
        return Ok(all.into_iter().map(|(id, _)| id).collect());
    }
    let mut found = HashSet::new();
    for asked in &sought.series {
        let wanted = search::terms(asked);
        let exactly = |names: &[String; 5]| names.iter().any(|name| search::terms(name) == wanted);
        let beginning = |names: &[String; 5]| names.iter().any(|name| search::holds(name, asked));
        // "HG" is not "HG-Sub" where there is an HG.
        let before = found.len();
        found.extend(all.iter().filter(|(_, names)| exactly(names)).map(|(id, _)| *id));
        if found.len() == before {
            found.extend(all.iter().filter(|(_, names)| beginning(names)).map(|(id, _)| *id));
        }
    }
    Ok(found)
}

/// What fits in one document.
struct Scope<'a> {
    conn: &'a Connection,
    sought: &'a Sought,
    meeting: MeetingId,
    agenda: Vec<ItemView>,
    /// Whom a speaker's filter means.
    speakers: HashSet<ParticipantId>,
}

impl<'a> Scope<'a> {
    fn of(
        conn: &'a Connection,
        sought: &'a Sought,
        meetings: Option<&HashSet<MeetingId>>,
        document: i64,
    ) -> Result<Option<Self>> {
        let meeting: Option<String> = conn
            .prepare_cached("SELECT meeting FROM document WHERE row = ?1")?
            .query_row([document], |row| row.get(0))
            .optional()?;
        let Some(meeting) = meeting.and_then(|id| id.parse::<MeetingId>().ok()) else {
            return Ok(None);
        };
        if meetings.is_some_and(|meetings| !meetings.contains(&meeting))
            || rows::by_id::<Meeting>(conn, &meeting.to_string(), meeting.0)?.is_none()
        {
            return Ok(None);
        }
        let people = if sought.speakers.is_empty() {
            Vec::new()
        } else {
            queries::participants(conn, meeting)?
        };
        let meant = |person: &&Participant| sought.speakers.iter().any(|asked| is_meant(person, asked));
        let speakers: HashSet<ParticipantId> = people.iter().filter(meant).map(|person| person.id).collect();
        if !sought.speakers.is_empty() && speakers.is_empty() && !is_typed(conn, sought, meeting)? {
            return Ok(None);
        }
        Ok(Some(Self {
            conn,
            sought,
            meeting,
            agenda: queries::items(conn, meeting)?,
            speakers,
        }))
    }

    fn takes(&self, noun: &str) -> bool {
        let sorts = &self.sought.sorts;
        if noun == Passage::TABLE && !self.sought.speakers.is_empty() {
            return false;
        }
        if sorts.is_empty() {
            // Filters alone list points: a transcript's cues would drown them.
            return noun == Point::TABLE || search::query(&self.sought.words).is_some();
        }
        sorts.iter().any(|sort| match sort {
            Sort::Point(_) => noun == Point::TABLE,
            Sort::Passage => noun == Passage::TABLE,
            Sort::Cue => noun == Cue::TABLE,
        })
    }

    /// Whether a point is worth being read in full: it is of the asked kind, and not said by somebody else.
    fn point_may_fit(&self, document: i64, id: Uuid) -> Result<bool> {
        if self.sought.sorts.is_empty() && self.sought.speakers.is_empty() {
            return Ok(true);
        }
        let found: Option<(i64, String, String, bool)> = self
            .conn
            .prepare_cached(
                "SELECT row, kind, attribution, continues <> '' FROM point WHERE document = ?1 AND id = ?2 AND deleted = 0",
            )?
            .query_row(params![document, id.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((row, kind, attribution, continues)) = found else {
            return Ok(false);
        };
        let of_sort = |sort: &Sort| matches!(sort, Sort::Point(asked) if asked.word() == kind);
        if !self.sought.sorts.is_empty() && !self.sought.sorts.iter().any(of_sort) {
            return Ok(false);
        }
        if self.sought.speakers.is_empty() {
            return Ok(true);
        }
        // Who speaks in a point that goes on from another one, that one says.
        Ok(match Attribution::of(&attribution) {
            Attribution::Named => self.is_by_asked(row)?,
            Attribution::Unresolved => true,
            Attribution::Untagged => continues,
            _ => false,
        })
    }

    fn is_by_asked(&self, point: i64) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT value FROM point_speakers WHERE owner = ?1")?;
        let mut rows = statement.query([point])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            if id.parse().is_ok_and(|id| self.speakers.contains(&id)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn says(&self, point: &Point) -> bool {
        match point.attribution {
            _ if self.sought.speakers.is_empty() => true,
            Attribution::Named => point.speakers.iter().any(|id| self.speakers.contains(id)),
            Attribution::Unresolved => self.is_asked(&point.speaker_text),
            _ => false,
        }
    }

    fn is_asked(&self, name: &str) -> bool {
        self.sought.speakers.iter().any(|asked| search::holds(name, asked))
    }

    fn label(&self, item: Option<ItemId>) -> String {
        let found = self.agenda.iter().find(|view| Some(view.item.id) == item);
        found.map(|view| view.label.clone()).unwrap_or_default()
    }

    /// Reads no more than the name: fifty hits may be of fifty meetings.
    fn name_of(&self, id: ParticipantId) -> Result<Option<String>> {
        Ok(self
            .conn
            .prepare_cached("SELECT name FROM participant WHERE meeting = ?1 AND id = ?2 AND deleted = 0 LIMIT 1")?
            .query_row([self.meeting.to_string(), id.to_string()], |row| row.get(0))
            .optional()?)
    }

    fn hit(&self, noun: &str, id: Uuid) -> Result<Option<Hit>> {
        match noun {
            Point::TABLE => self.point(id),
            Cue::TABLE => self.cue(id),
            _ => self.passage(id),
        }
    }

    fn point(&self, id: Uuid) -> Result<Option<Hit>> {
        let Ok(PointView { point }) = queries::point(self.conn, self.meeting, PointId(id)) else {
            return Ok(None);
        };
        if !self.says(&point) {
            return Ok(None);
        }
        let speaker = if point.attribution == Attribution::Unresolved {
            point.speaker_text.clone()
        } else {
            let mut names = Vec::new();
            for id in &point.speakers {
                names.extend(self.name_of(*id)?);
            }
            names.join(", ")
        };
        Ok(Some(Hit {
            meeting: self.meeting,
            noun: Point::TABLE.to_owned(),
            id,
            item: self.label(point.item),
            at: point.at,
            kind: Some(point.kind.clone()),
            speaker,
            marks: search::marks(&point.text, &self.sought.words),
            text: point.text,
        }))
    }

    fn cue(&self, id: Uuid) -> Result<Option<Hit>> {
        let Some(cue) = rows::by_id::<Cue>(self.conn, &self.meeting.to_string(), id)? else {
            return Ok(None);
        };
        let said = match cue.participant {
            Some(id) => self.speakers.contains(&id),
            None => self.is_asked(&cue.speaker_text),
        };
        if !self.sought.speakers.is_empty() && !said {
            return Ok(None);
        }
        let named = cue.participant.map(|id| self.name_of(id)).transpose()?.flatten();
        Ok(Some(Hit {
            meeting: self.meeting,
            noun: Cue::TABLE.to_owned(),
            id,
            item: String::new(),
            at: cue.starts,
            kind: None,
            speaker: named.unwrap_or(cue.speaker_text),
            marks: search::marks(&cue.text, &self.sought.words),
            text: cue.text,
        }))
    }

    fn passage(&self, id: Uuid) -> Result<Option<Hit>> {
        let Some(passage) = rows::by_id::<Passage>(self.conn, &self.meeting.to_string(), id)? else {
            return Ok(None);
        };
        let at = passage.id.0.get_timestamp().and_then(|stamp| {
            let (seconds, nanos) = stamp.to_unix();
            DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
        });
        Ok(Some(Hit {
            meeting: self.meeting,
            noun: Passage::TABLE.to_owned(),
            id,
            item: self.label(passage.item),
            at: at.unwrap_or_default(),
            kind: None::<Kind>,
            speaker: String::new(),
            marks: search::marks(&passage.text, &self.sought.words),
            text: passage.text,
        }))
    }
}

/// Whether a speaker's filter means this participant: by words of the name or of an alias, or by initials.
fn is_meant(person: &Participant, asked: &str) -> bool {
    let initials = if person.initials.is_empty() {
        search::terms(&initials(&person.name))
    } else {
        search::terms(&person.initials)
    };
    search::holds(&person.name, asked)
        || person.aliases.iter().any(|alias| search::holds(alias, asked))
        || (!initials.is_empty() && initials == search::terms(asked))
}

/// Whether anybody of that name, of whom it is not settled who it is, was typed in a meeting or a transcript.
fn is_typed(conn: &Connection, sought: &Sought, meeting: MeetingId) -> Result<bool> {
    let mut statement = conn.prepare_cached(
        "SELECT speaker_text FROM point WHERE meeting = ?1 AND deleted = 0 AND attribution = 'unresolved'
         UNION SELECT speaker_text FROM cue WHERE meeting = ?1 AND deleted = 0 AND participant = ''",
    )?;
    let mut rows = statement.query([meeting.to_string()])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        if sought.speakers.iter().any(|asked| search::holds(&name, asked)) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_come_first_without_being_sorted() {
        let conn = Connection::open_in_memory().unwrap();
        crate::store::prepare(&conn).unwrap();
        for (query, words) in [(WITH_WORDS, "\"lamp\""), (WITHOUT_WORDS, "")] {
            let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
            let plan: Vec<String> = statement
                .query_map(params![words, 0, i64::MAX], |row| row.get(3))
                .unwrap()
                .collect::<std::result::Result<_, _>>()
                .unwrap();
            assert!(plan.iter().all(|step| !step.contains("TEMP B-TREE")), "{plan:?}");
            assert!(plan.iter().skip(1).all(|step| step.contains("SEARCH")), "{plan:?}");
        }
    }
}
