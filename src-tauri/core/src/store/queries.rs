//! What the readers ask: the library, a record, a page of points, hits.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{rows, search};
use crate::error::{Error, Result};
use crate::model::attribution::in_effect;
use crate::model::outline::outline;
use crate::model::{
    Attribution, Cue, Duty, Hit, Item, ItemId, ItemView, Kind, Meeting, MeetingId, MeetingRow, MeetingState,
    MeetingView, Noun, OrderKey, Participant, ParticipantId, Passage, Point, PointId, PointView, Record, Series, Turn,
    Vote,
};

/// The meetings, newest first.
pub(crate) fn meetings(conn: &Connection) -> Result<Vec<MeetingRow>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, body, name, short, number, starts, zone, state,
                (SELECT count(*) FROM point AS p WHERE p.meeting = m.id AND p.deleted = 0),
                (SELECT count(*) FROM passage AS p WHERE p.meeting = m.id AND p.deleted = 0)
         FROM meeting AS m WHERE deleted = 0 ORDER BY starts DESC, id DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, body, name): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (number, starts, state): (i64, String, String) = (row.get(4)?, row.get(5)?, row.get(7)?);
        found.push(MeetingRow {
            id: id.parse().map_err(|_| Error::Damaged("a meeting's id".to_owned()))?,
            body: if body.is_empty() { name } else { body },
            short: row.get(3)?,
            number: u32::try_from(number).ok().filter(|number| *number > 0),
            starts: starts.parse().ok(),
            zone: row.get(6)?,
            state: MeetingState::of(&state),
            points: row.get(8)?,
            passages: row.get(9)?,
        });
    }
    Ok(found)
}

/// A meeting's facts.
pub(crate) fn meeting(conn: &Connection, id: MeetingId) -> Result<Meeting> {
    rows::by_id(conn, &id.to_string(), id.0)?.ok_or_else(|| Error::NotFound(format!("there is no meeting {id}")))
}

/// The series of this name, if there is one.
pub(crate) fn series_named(conn: &Connection, name: &str, short: &str) -> Result<Option<Series>> {
    Ok(rows::select(
        conn,
        "WHERE t.name = ?1 AND t.short = ?2 AND t.deleted = 0 ORDER BY t.id LIMIT 1",
        params![name, short],
    )?
    .into_iter()
    .next())
}

/// The agenda with its numbers.
pub(crate) fn items(conn: &Connection, meeting: MeetingId) -> Result<Vec<ItemView>> {
    Ok(outline(rows::of_meeting::<Item>(conn, &meeting.to_string(), "t.id")?))
}

/// The participants in list order.
pub(crate) fn participants(conn: &Connection, meeting: MeetingId) -> Result<Vec<Participant>> {
    rows::of_meeting(conn, &meeting.to_string(), "t.\"order\", t.id")
}

/// The turns in order.
pub(crate) fn turns(conn: &Connection, meeting: MeetingId) -> Result<Vec<Turn>> {
    rows::of_meeting(conn, &meeting.to_string(), "t.\"order\", t.id")
}

/// The facts with the duties.
pub(crate) fn meeting_view(meeting: Meeting, participants: &[Participant]) -> MeetingView {
    let with = |duty: Duty| {
        participants
            .iter()
            .filter(|person| person.duty == duty || person.duty == Duty::Both)
            .map(|person| person.id)
            .collect()
    };
    MeetingView {
        moderators: with(Duty::Moderator),
        rapporteurs: with(Duty::Rapporteur),
        meeting,
    }
}

/// The whole record.
pub(crate) fn record(conn: &Connection, id: MeetingId) -> Result<Record> {
    let meeting = meeting(conn, id)?;
    let key = id.to_string();
    let participants = participants(conn, id)?;
    let items = items(conn, id)?;
    let points = rows::of_meeting::<Point>(conn, &key, "t.\"order\", t.id, d.kind")?;
    let points = with_effect(conn, &key, internal_first(points))?;
    let mut passages = rows::of_meeting::<Passage>(conn, &key, "t.\"order\", t.id")?;
    let place = |item: Option<ItemId>| {
        item.map(|item| items.iter().position(|view| view.item.id == item).unwrap_or(usize::MAX))
    };
    passages.sort_by_key(|passage| place(passage.item));
    Ok(Record {
        meeting: meeting_view(meeting, &participants),
        points,
        passages,
        turns: turns(conn, id)?,
        cues: rows::of_meeting::<Cue>(conn, &key, "t.starts, t.id")?,
        votes: rows::of_meeting::<Vote>(conn, &key, "t.id")?,
        items,
        participants,
    })
}

/// Of a point that stands in both documents (marked internal on one laptop, brought back on another), the internal one.
fn internal_first(mut points: Vec<Point>) -> Vec<Point> {
    let internal: std::collections::HashSet<PointId> = points
        .iter()
        .filter(|point| point.internal)
        .map(|point| point.id)
        .collect();
    points.retain(|point| point.internal || !internal.contains(&point.id));
    points
}

/// The points with the attributions in effect.
fn with_effect(conn: &Connection, meeting: &str, points: Vec<Point>) -> Result<Vec<PointView>> {
    let here: std::collections::HashSet<PointId> = points.iter().map(|point| point.id).collect();
    let mut wanted: Vec<PointId> = points
        .iter()
        .filter_map(|point| point.continues)
        .filter(|id| !here.contains(id))
        .collect();
    let mut earlier: Vec<Point> = Vec::new();
    while let Some(id) = wanted.pop() {
        if earlier.iter().any(|point| point.id == id) {
            continue;
        }
        let found = rows::select::<Point>(
            conn,
            "WHERE t.id = ?1 AND t.meeting = ?2 ORDER BY t.deleted, d.kind LIMIT 1",
            params![id.to_string(), meeting],
        )?;
        for point in found {
            wanted.extend(point.continues);
            earlier.push(point);
        }
    }
    Ok(in_effect(points, &earlier))
}

/// Which points a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Lens {
    /// All.
    #[default]
    All,
    /// Those whose speaker is untagged, unknown or unresolved.
    Open,
    /// Those whose speaker rests on the floor alone.
    Floor,
    /// Moments without words yet.
    Moments,
}

impl Lens {
    /// What the rows must fulfil besides. A point that `before` names need not be seen through the lens any more: it
    /// only says from where on.
    fn condition(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Open => {
                " AND (t.attribution IN ('unresolved', 'unknown') OR (t.attribution = 'untagged' AND t.continues = ''))"
            }
            Self::Floor => " AND t.attribution = 'named' AND t.basis = 'floor'",
            Self::Moments => " AND t.\"text\" = ''",
        }
    }
}

/// The last points before one (or of all), the newest last, and whether there are earlier ones.
pub(crate) fn page(
    conn: &Connection,
    meeting: MeetingId,
    before: Option<PointId>,
    item: Option<ItemId>,
    lens: Lens,
    limit: u32,
) -> Result<(Vec<PointView>, bool)> {
    let key = meeting.to_string();
    let bound: Option<(String, String)> = match before {
        Some(id) => Some(
            conn.prepare_cached("SELECT \"order\", id FROM point WHERE id = ?1 AND meeting = ?2 LIMIT 1")?
                .query_row(params![id.to_string(), key], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?
                .ok_or_else(|| Error::NotFound(format!("there is no point {id}")))?,
        ),
        None => None,
    };
    let (order, id) = bound.unwrap_or_else(|| ("~".to_owned(), String::new()));
    let take = i64::from(limit) + 1;
    let which = lens.condition();
    let mut points = match item {
        Some(item) => rows::select::<Point>(
            conn,
            &format!(
                "WHERE t.meeting = ?1 AND t.deleted = 0 AND (t.\"order\", t.id) < (?2, ?3) AND t.item = ?5{which} ORDER BY t.\"order\" DESC, t.id DESC LIMIT ?4"
            ),
            params![key, order, id, take, item.to_string()],
        )?,
        None => rows::select::<Point>(
            conn,
            &format!(
                "WHERE t.meeting = ?1 AND t.deleted = 0 AND (t.\"order\", t.id) < (?2, ?3){which} ORDER BY t.\"order\" DESC, t.id DESC LIMIT ?4"
            ),
            params![key, order, id, take],
        )?,
    };
    let more = points.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    points.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    points.reverse();
    Ok((with_effect(conn, &key, internal_first(points))?, more))
}

/// One point with its attribution in effect.
pub(crate) fn point(conn: &Connection, meeting: MeetingId, id: PointId) -> Result<PointView> {
    let key = meeting.to_string();
    let found: Option<Point> = rows::by_id(conn, &key, id.0)?;
    let point = found.ok_or_else(|| Error::NotFound(format!("there is no point {id}")))?;
    with_effect(conn, &key, vec![point])?
        .pop()
        .ok_or_else(|| Error::Internal("a point vanished".to_owned()))
}

/// What a line asks of the point before it.
#[derive(Debug)]
pub(crate) struct Last {
    /// Identity.
    pub(crate) id: PointId,
    /// Its place.
    pub(crate) order: OrderKey,
    /// Its item.
    pub(crate) item: Option<ItemId>,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Whether it is off the record.
    pub(crate) internal: bool,
}

/// The last point that is not deleted.
pub(crate) fn last_point(conn: &Connection, meeting: MeetingId) -> Result<Option<Last>> {
    let row: Option<(String, String, String, String, bool)> = conn
        .prepare_cached(
            "SELECT t.id, t.\"order\", t.item, t.kind, d.kind = 'internal' FROM point AS t
             JOIN document AS d ON d.row = t.document
             WHERE t.meeting = ?1 AND t.deleted = 0 ORDER BY t.\"order\" DESC, t.id DESC LIMIT 1",
        )?
        .query_row([meeting.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    row.map(|(id, order, item, kind, internal)| {
        Ok(Last {
            id: id
                .parse()
                .map_err(|_| Error::Damaged(format!("a point has the id {id}")))?,
            order: OrderKey::from(order),
            item: item.parse().ok(),
            kind: Kind::of(&kind),
            internal,
        })
    })
    .transpose()
}

/// The greatest order key of a noun in a meeting, tombstones included.
pub(crate) fn last_order<T: Noun>(conn: &Connection, meeting: MeetingId) -> Result<Option<OrderKey>> {
    let key: Option<String> = conn
        .prepare_cached(&format!(
            "SELECT max(\"order\") FROM {} WHERE meeting = ?1 AND deleted = 0",
            T::TABLE
        ))?
        .query_row([meeting.to_string()], |row| row.get(0))?;
    Ok(key.map(OrderKey::from))
}

/// Points by item: item, how many, how many with an unsettled speaker.
pub(crate) fn counts(conn: &Connection, meeting: MeetingId) -> Result<Vec<(Option<ItemId>, u32, u32)>> {
    let mut statement = conn.prepare_cached(
        "SELECT item, count(*), sum(attribution IN ('unresolved', 'unknown') OR (attribution = 'untagged' AND continues = ''))
         FROM point WHERE meeting = ?1 AND deleted = 0 GROUP BY item",
    )?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let item: String = row.get(0)?;
        found.push((item.parse().ok(), row.get(1)?, row.get(2)?));
    }
    Ok(found)
}

/// Ids that begin with a prefix, of meetings that are not deleted; `latest` is the one made last.
pub(crate) fn meeting_by_prefix(conn: &Connection, typed: &str) -> Result<MeetingId> {
    let typed = typed.trim();
    if typed.is_empty() {
        // Every id begins with nothing: that names no meeting, not even the only one.
        return Err(Error::Invalid(
            "say which meeting: an id, the beginning of one, or latest".to_owned(),
        ));
    }
    let ids: Vec<String> = if typed == "latest" {
        conn.prepare_cached("SELECT id FROM meeting WHERE deleted = 0 ORDER BY document DESC LIMIT 1")?
            .query_map([], |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?
    } else {
        let typed = typed.to_lowercase();
        conn.prepare_cached(
            "SELECT id FROM meeting WHERE deleted = 0 AND substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 2",
        )?
        .query_map([typed], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?
    };
    match ids.as_slice() {
        [] if typed == "latest" => Err(Error::NotFound("the archive has no meeting yet".to_owned())),
        [] => Err(Error::NotFound(format!("no meeting's id begins with \"{typed}\""))),
        [id] => id
            .parse()
            .map_err(|_| Error::Damaged(format!("a meeting has the id {id}"))),
        _ => Err(Error::Invalid(format!(
            "more than one meeting's id begins with \"{typed}\"; type more of it"
        ))),
    }
}

/// What a search finds, the newest first.
pub(crate) fn hits(conn: &Connection, typed: &str, limit: u32) -> Result<Vec<Hit>> {
    let Some(query) = search::query(typed) else {
        return Ok(Vec::new());
    };
    let mut statement = conn.prepare_cached(
        "SELECT e.noun, e.id, d.meeting FROM (SELECT rowid AS number FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2) AS s
         JOIN search_entry AS e ON e.row = s.number JOIN document AS d ON d.row = e.document
         ORDER BY s.number DESC",
    )?;
    let mut rows = statement.query(params![query, limit])?;
    let mut entries: Vec<(String, Uuid, MeetingId)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (noun, id, meeting): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let (Ok(id), Ok(meeting)) = (id.parse(), meeting.parse()) {
            entries.push((noun, id, meeting));
        }
    }
    drop(rows);
    let mut agendas: std::collections::HashMap<MeetingId, Option<Vec<ItemView>>> = std::collections::HashMap::new();
    let mut hits = Vec::with_capacity(entries.len());
    for (noun, id, meeting_id) in entries {
        let agenda = match agendas.entry(meeting_id) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let alive = rows::by_id::<Meeting>(conn, &meeting_id.to_string(), meeting_id.0)?.is_some();
                new.insert(if alive { Some(items(conn, meeting_id)?) } else { None })
            }
        };
        let Some(agenda) = agenda else { continue };
        hits.extend(hit(conn, &noun, id, meeting_id, agenda, typed)?);
    }
    Ok(hits)
}

fn hit(
    conn: &Connection,
    noun: &str,
    id: Uuid,
    meeting: MeetingId,
    agenda: &[ItemView],
    typed: &str,
) -> Result<Option<Hit>> {
    let label = |item: Option<ItemId>| {
        agenda
            .iter()
            .find(|view| Some(view.item.id) == item)
            .map(|view| view.label.clone())
            .unwrap_or_default()
    };
    if noun == Point::TABLE {
        let Ok(PointView { point }) = point(conn, meeting, PointId(id)) else {
            return Ok(None);
        };
        return Ok(Some(Hit {
            meeting,
            noun: noun.to_owned(),
            id,
            item: label(point.item),
            at: point.at,
            kind: Some(point.kind.clone()),
            speaker: speaker_words(conn, &point)?,
            marks: search::marks(&point.text, typed),
            text: point.text,
        }));
    }
    let Some(passage) = rows::by_id::<Passage>(conn, &meeting.to_string(), id)? else {
        return Ok(None);
    };
    let at = passage.id.0.get_timestamp().and_then(|stamp| {
        let (seconds, nanos) = stamp.to_unix();
        chrono::DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
    });
    Ok(Some(Hit {
        meeting,
        noun: noun.to_owned(),
        id,
        item: label(passage.item),
        at: at.unwrap_or_default(),
        kind: None::<Kind>,
        speaker: String::new(),
        marks: search::marks(&passage.text, typed),
        text: passage.text,
    }))
}

/// A point's speakers in words; empty where nobody is named.
fn speaker_words(conn: &Connection, point: &Point) -> Result<String> {
    if point.attribution == Attribution::Unresolved {
        return Ok(point.speaker_text.clone());
    }
    let mut names: Vec<String> = Vec::new();
    for id in &point.speakers {
        names.extend(
            conn.prepare_cached("SELECT name FROM participant WHERE id = ?1 LIMIT 1")?
                .query_row([id.to_string()], |row| row.get::<_, String>(0))
                .optional()?,
        );
    }
    Ok(names.join(", "))
}

/// The highest number that a stranger has.
pub(crate) fn last_unknown(conn: &Connection, meeting: MeetingId) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT coalesce(max(\"unknown\"), 0) FROM point INDEXED BY point_of_stranger WHERE meeting = ?1 AND \"unknown\" > 0")?
        .query_row([meeting.to_string()], |row| row.get(0))?)
}

/// The latest point whose text holds these words, literally.
pub(crate) fn last_holding(conn: &Connection, meeting: MeetingId, words: &str) -> Result<Option<Point>> {
    Ok(rows::select::<Point>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND instr(t.\"text\", ?2) > 0 ORDER BY t.\"order\" DESC, t.id DESC LIMIT 1",
        params![meeting.to_string(), words],
    )?
    .into_iter()
    .next())
}

/// All points whose text holds these words, literally, in order.
pub(crate) fn all_holding(conn: &Connection, meeting: MeetingId, words: &str) -> Result<Vec<Point>> {
    rows::select::<Point>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND instr(t.\"text\", ?2) > 0 ORDER BY t.\"order\", t.id",
        params![meeting.to_string(), words],
    )
}

/// The points of an item from one on, in order.
pub(crate) fn from_point(conn: &Connection, meeting: MeetingId, point: &Point) -> Result<Vec<Point>> {
    rows::select::<Point>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND t.item = ?2 AND (t.\"order\", t.id) >= (?3, ?4) ORDER BY t.\"order\", t.id",
        params![
            meeting.to_string(),
            point.item.map(|item| item.to_string()).unwrap_or_default(),
            point.order.as_str(),
            point.id.to_string()
        ],
    )
}

/// The points of a stranger; 0 is none.
pub(crate) fn of_stranger(conn: &Connection, meeting: MeetingId, number: u32) -> Result<Vec<PointId>> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM point WHERE meeting = ?1 AND \"unknown\" = ?2 AND \"unknown\" > 0 AND deleted = 0 ORDER BY \"order\", id",
    )?;
    let ids = statement.query_map(params![meeting.to_string(), number], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for id in ids {
        found.extend(id?.parse::<PointId>());
    }
    Ok(found)
}

/// The place of the last point directly under an item.
pub(crate) fn last_of_item(
    conn: &Connection,
    meeting: MeetingId,
    item: Option<ItemId>,
) -> Result<Option<(OrderKey, PointId)>> {
    let row: Option<(String, String)> = conn
        .prepare_cached(
            "SELECT \"order\", id FROM point WHERE meeting = ?1 AND item = ?2 AND deleted = 0 ORDER BY \"order\" DESC, id DESC LIMIT 1",
        )?
        .query_row(
            params![meeting.to_string(), item.map(|item| item.to_string()).unwrap_or_default()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    Ok(row.and_then(|(order, id)| Some((OrderKey::from(order), id.parse().ok()?))))
}

/// The order key right behind a place.
pub(crate) fn order_behind(
    conn: &Connection,
    meeting: MeetingId,
    order: &OrderKey,
    id: PointId,
) -> Result<Option<OrderKey>> {
    let key: Option<String> = conn
        .prepare_cached(
            "SELECT \"order\" FROM point WHERE meeting = ?1 AND deleted = 0 AND (\"order\", id) > (?2, ?3) ORDER BY \"order\", id LIMIT 1",
        )?
        .query_row(params![meeting.to_string(), order.as_str(), id.to_string()], |row| row.get(0))
        .optional()?;
    Ok(key.map(OrderKey::from))
}

/// The order key right before a place.
pub(crate) fn order_before(
    conn: &Connection,
    meeting: MeetingId,
    order: &OrderKey,
    id: PointId,
) -> Result<Option<OrderKey>> {
    let key: Option<String> = conn
        .prepare_cached(
            "SELECT \"order\" FROM point WHERE meeting = ?1 AND deleted = 0 AND (\"order\", id) < (?2, ?3) ORDER BY \"order\" DESC, id DESC LIMIT 1",
        )?
        .query_row(params![meeting.to_string(), order.as_str(), id.to_string()], |row| row.get(0))
        .optional()?;
    Ok(key.map(OrderKey::from))
}

/// How many points rest on the floor alone, and how many have no words yet.
pub(crate) fn floor_and_moments(conn: &Connection, meeting: MeetingId) -> Result<(u32, u32)> {
    Ok(conn
        .prepare_cached(
            "SELECT coalesce(sum(attribution = 'named' AND basis = 'floor'), 0), coalesce(sum(\"text\" = ''), 0)
             FROM point WHERE meeting = ?1 AND deleted = 0",
        )?
        .query_row([meeting.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Who spoke in the last points, the latest first, each once, and when.
pub(crate) fn recent(
    conn: &Connection,
    meeting: MeetingId,
) -> Result<Vec<(ParticipantId, chrono::DateTime<chrono::Utc>)>> {
    let mut statement = conn.prepare_cached(
        "SELECT s.value, max(p.at) FROM (SELECT row, at, \"order\", attribution FROM point WHERE meeting = ?1 AND deleted = 0
             ORDER BY \"order\" DESC, id DESC LIMIT 100) AS p
         JOIN point_speakers AS s ON s.owner = p.row WHERE p.attribution = 'named'
         GROUP BY s.value ORDER BY max(p.\"order\") DESC LIMIT 9",
    )?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, at): (String, String) = (row.get(0)?, row.get(1)?);
        if let (Ok(id), Ok(at)) = (id.parse(), at.parse()) {
            found.push((id, at));
        }
    }
    Ok(found)
}
