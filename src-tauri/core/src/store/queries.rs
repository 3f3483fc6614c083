//! What the readers ask: the library, a record, a page of points.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::rows;
use crate::error::{Error, Result};
use crate::model::attribution::in_effect;
use crate::model::outline::outline;
use crate::model::{
    Cue, Duty, Item, ItemId, ItemView, Kind, Lens, Meeting, MeetingId, MeetingRow, MeetingState, MeetingView, Noun,
    OrderKey, Participant, ParticipantId, Passage, PassageId, Point, PointId, PointView, Preference, Record, Series,
    SeriesId, Turn, Vote, handovers,
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

/// The cues that were spoken between two instants, in order.
pub(crate) fn cues_between(
    conn: &Connection,
    meeting: MeetingId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Cue>> {
    let all = cues(conn, meeting)?;
    let overlaps = |cue: &Cue| cue.starts <= to && cue.ends.unwrap_or(cue.starts) >= from;
    Ok(all.into_iter().filter(overlaps).collect())
}

/// The whole transcript, in order.
pub(crate) fn cues(conn: &Connection, meeting: MeetingId) -> Result<Vec<Cue>> {
    rows::of_meeting(conn, &meeting.to_string(), "t.starts, t.id")
}

/// How many cues the transcript has.
pub(crate) fn count_cues(conn: &Connection, meeting: MeetingId) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM cue WHERE meeting = ?1 AND deleted = 0")?
        .query_row([meeting.to_string()], |row| row.get(0))?)
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
            .filter(|person| person.has_held(&duty))
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
        handovers: handovers(&participants),
        participants,
    })
}

/// Of a point that stands in both documents (marked internal on one laptop, brought back on another), the internal one.
pub(crate) fn internal_first(mut points: Vec<Point>) -> Vec<Point> {
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
            conn.prepare_cached("SELECT p.\"order\", p.id FROM document AS d JOIN point AS p ON p.document = d.row WHERE d.meeting = ?2 AND p.id = ?1 LIMIT 1")?
                .query_row(params![id.to_string(), key], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?
                .ok_or_else(|| Error::NotFound(format!("there is no point {id}")))?,
        ),
        None => None,
    };
    let (order, id) = bound.unwrap_or_else(|| ("~".to_owned(), String::new()));
    let take = i64::from(limit) + 1;
    // The item's own points come from another index than the lens does.
    let of_item = if item.is_some() {
        "AND t.item = ?5"
    } else {
        "AND ?5 = ''"
    };
    let mut points = rows::select::<Point>(
        conn,
        &format!(
            "WHERE t.meeting = ?1 AND t.deleted = 0 AND (t.\"order\", t.id) < (?2, ?3) {of_item} {}
             ORDER BY t.\"order\" DESC, t.id DESC LIMIT ?4",
            through(lens)
        ),
        params![
            key,
            order,
            id,
            take,
            item.map(|item| item.to_string()).unwrap_or_default()
        ],
    )?;
    let more = points.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    points.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    points.reverse();
    Ok((with_effect(conn, &key, internal_first(points))?, more))
}

/// What a lens lets through; the same rule as [`counts`].
fn through(lens: Lens) -> &'static str {
    match lens {
        Lens::All => "",
        Lens::Open => "AND t.unsettled",
        Lens::Floor => "AND t.basis = 'floor'",
        Lens::Moments => "AND t.\"text\" = ''",
    }
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
#[derive(Clone, Debug)]
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

/// How many points an item has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    /// The item; none = before the agenda.
    pub(crate) item: Option<ItemId>,
    /// Points.
    pub(crate) points: u32,
    /// Those with an unsettled speaker.
    pub(crate) unsettled: u32,
    /// Those whose speaker rests on the floor alone.
    pub(crate) on_floor: u32,
}

/// Points by item, as they are kept beside them.
pub(crate) fn counts(conn: &Connection, meeting: MeetingId) -> Result<Vec<Count>> {
    let mut statement = conn.prepare_cached(
        "SELECT item, points, unsettled, on_floor FROM point_count WHERE meeting = ?1 AND points > 0",
    )?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let item: String = row.get(0)?;
        found.push(Count {
            item: item.parse().ok(),
            points: row.get(1)?,
            unsettled: row.get(2)?,
            on_floor: row.get(3)?,
        });
    }
    Ok(found)
}

/// The rows of `point_count`, counted from the points.
const COUNTED: &str = "SELECT meeting, item, count(*), sum(unsettled), sum(basis = 'floor') FROM point
     WHERE deleted = 0 GROUP BY meeting, item";

/// Counts the points anew.
pub(crate) fn count_anew(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch(&format!("DELETE FROM point_count; INSERT INTO point_count {COUNTED};"))?)
}

/// Whether the numbers of points that are kept are those of the points.
pub(crate) fn is_counted(conn: &Connection) -> Result<bool> {
    let differ = format!(
        "WITH counted AS ({COUNTED}),
         kept AS (SELECT * FROM point_count WHERE (points, unsettled, on_floor) IS NOT (0, 0, 0))
         SELECT EXISTS (SELECT * FROM counted EXCEPT SELECT * FROM kept)
             OR EXISTS (SELECT * FROM kept EXCEPT SELECT * FROM counted)"
    );
    Ok(!conn.query_row(&differ, [], |row| row.get(0))?)
}

/// How many points have no words yet.
pub(crate) fn moments(conn: &Connection, meeting: MeetingId) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM point WHERE meeting = ?1 AND deleted = 0 AND \"text\" = ''")?
        .query_row([meeting.to_string()], |row| row.get(0))?)
}

/// Who spoke in the last points, the latest first, each once, with when.
pub(crate) fn recent_speakers(
    conn: &Connection,
    meeting: MeetingId,
    most: usize,
) -> Result<Vec<(ParticipantId, DateTime<Utc>)>> {
    // Bounded: who has not spoken for so long is no recent speaker.
    let mut statement = conn.prepare_cached(
        "SELECT s.value, p.at FROM (SELECT row, at, \"order\", id FROM point WHERE meeting = ?1 AND deleted = 0
            ORDER BY \"order\" DESC, id DESC LIMIT 200) AS p
         JOIN point_speakers AS s ON s.owner = p.row ORDER BY p.\"order\" DESC, p.id DESC, s.place",
    )?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found: Vec<(ParticipantId, DateTime<Utc>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (who, at): (String, String) = (row.get(0)?, row.get(1)?);
        let (Ok(who), Ok(at)) = (who.parse(), at.parse()) else {
            continue;
        };
        if !found.iter().any(|(known, _)| *known == who) {
            found.push((who, at));
        }
        if found.len() == most {
            break;
        }
    }
    Ok(found)
}

/// The series of a meeting, if it has one.
pub(crate) fn series_of(conn: &Connection, meeting: &Meeting) -> Result<Option<Series>> {
    match meeting.series {
        Some(id) => rows::by_id(conn, &MeetingId::default().to_string(), id.0),
        None => Ok(None),
    }
}

/// The bodies that meet, by name.
pub(crate) fn series(conn: &Connection) -> Result<Vec<Series>> {
    rows::of_meeting(conn, &MeetingId::default().to_string(), "t.\"name\", t.id")
}

/// The meeting of this number in a series, if there is one.
pub(crate) fn numbered(conn: &Connection, series: SeriesId, number: u32) -> Result<Option<MeetingId>> {
    let id: Option<String> = conn
        .prepare_cached("SELECT id FROM meeting WHERE series = ?1 AND number = ?2 AND deleted = 0 LIMIT 1")?
        .query_row(params![series.to_string(), number], |row| row.get(0))
        .optional()?;
    Ok(id.and_then(|id| id.parse().ok()))
}

/// The user's preferences.
pub(crate) fn preferences(conn: &Connection) -> Result<Vec<Preference>> {
    rows::of_meeting(conn, &MeetingId::default().to_string(), "t.\"key\"")
}

/// The points of a stranger.
pub(crate) fn of_stranger(conn: &Connection, meeting: MeetingId, number: u32) -> Result<Vec<PointId>> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM point INDEXED BY point_of_stranger WHERE meeting = ?1 AND \"unknown\" = ?2 AND \"unknown\" > 0
         AND deleted = 0 ORDER BY \"order\", id",
    )?;
    let ids = statement
        .query_map(params![meeting.to_string(), number], |row| row.get::<_, String>(0))?
        .collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

/// The order keys right beside a point, on one side, the nearest first.
pub(crate) fn beside(
    conn: &Connection,
    meeting: MeetingId,
    point: &Point,
    before: bool,
    most: usize,
) -> Result<Vec<(PointId, OrderKey)>> {
    let (sign, turn) = if before { ("<", "DESC") } else { (">", "ASC") };
    let mut statement = conn.prepare_cached(&format!(
        "SELECT id, \"order\" FROM point WHERE meeting = ?1 AND deleted = 0 AND (\"order\", id) {sign} (?2, ?3)
         ORDER BY \"order\" {turn}, id {turn} LIMIT ?4"
    ))?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let found = statement
        .query_map(
            params![meeting.to_string(), point.order.as_str(), point.id.to_string(), most],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
        )?
        .collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(found
        .into_iter()
        .filter_map(|(id, order)| Some((id.parse().ok()?, OrderKey::from(order))))
        .collect())
}

/// The last point of an item.
pub(crate) fn last_of_item(conn: &Connection, meeting: MeetingId, item: Option<ItemId>) -> Result<Option<Point>> {
    Ok(rows::select::<Point>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND t.item = ?2 ORDER BY t.\"order\" DESC, t.id DESC LIMIT 1",
        params![
            meeting.to_string(),
            item.map(|item| item.to_string()).unwrap_or_default()
        ],
    )?
    .into_iter()
    .next())
}

/// The points of an item.
pub(crate) fn points_of(conn: &Connection, meeting: MeetingId, item: Option<ItemId>) -> Result<Vec<Point>> {
    rows::select::<Point>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND t.item = ?2",
        params![
            meeting.to_string(),
            item.map(|item| item.to_string()).unwrap_or_default()
        ],
    )
}

/// The points that go on from this one.
pub(crate) fn continuations(conn: &Connection, meeting: MeetingId, point: PointId) -> Result<Vec<Point>> {
    rows::select::<Point>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND t.continues = ?2 ORDER BY t.\"order\", t.id",
        params![meeting.to_string(), point.to_string()],
    )
}

/// A passage.
pub(crate) fn passage(conn: &Connection, meeting: MeetingId, id: PassageId) -> Result<Passage> {
    rows::by_id(conn, &meeting.to_string(), id.0)?
        .ok_or_else(|| Error::NotFound("this passage is not there any more".to_owned()))
}

/// The passages of an item (none = before the agenda), in order.
pub(crate) fn passages_of(conn: &Connection, meeting: MeetingId, item: Option<ItemId>) -> Result<Vec<Passage>> {
    rows::select::<Passage>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND t.item = ?2 ORDER BY t.\"order\", t.id",
        params![
            meeting.to_string(),
            item.map(|item| item.to_string()).unwrap_or_default()
        ],
    )
}

/// The passages that rest on this point.
pub(crate) fn resting_on(conn: &Connection, meeting: MeetingId, point: PointId) -> Result<Vec<Passage>> {
    rows::select::<Passage>(
        conn,
        "WHERE t.meeting = ?1 AND t.deleted = 0 AND t.row IN (SELECT owner FROM passage_sources WHERE value = ?2)",
        params![meeting.to_string(), point.to_string()],
    )
}

/// What names a participant, in words; none = nothing does.
pub(crate) fn named_by(conn: &Connection, meeting: MeetingId, who: ParticipantId) -> Result<Option<&'static str>> {
    let asks = [
        (
            "a point is by them",
            "SELECT 1 FROM point AS p JOIN point_speakers AS l ON l.owner = p.row WHERE p.meeting = ?1 AND p.deleted = 0 AND l.value = ?2",
        ),
        (
            "an action is theirs",
            "SELECT 1 FROM point AS p JOIN point_owners AS l ON l.owner = p.row WHERE p.meeting = ?1 AND p.deleted = 0 AND l.value = ?2",
        ),
        (
            "they asked for the floor",
            "SELECT 1 FROM turn WHERE meeting = ?1 AND deleted = 0 AND participant = ?2",
        ),
        (
            "they present an item",
            "SELECT 1 FROM agenda_item WHERE meeting = ?1 AND deleted = 0 AND presenter = ?2",
        ),
    ];
    for (words, ask) in asks {
        let found = conn
            .prepare_cached(&format!("{ask} LIMIT 1"))?
            .exists(params![meeting.to_string(), who.to_string()])?;
        if found {
            return Ok(Some(words));
        }
    }
    Ok(None)
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

/// Whether a meeting was deleted.
pub(crate) fn is_deleted(conn: &Connection, meeting: MeetingId) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM meeting WHERE id = ?1 AND deleted = 1)")?
        .query_row([meeting.to_string()], |row| row.get(0))?)
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
