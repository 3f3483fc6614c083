//! The columns of an attendance report, by their titles in many languages, or by what stands in them.

mod titles;

use self::titles::{ACTIONS, DURATIONS, EMAILS, GROUPS, IDS, JOINS, KNOWN, LEAVES, NAMES, STAMPS};
use super::kind::Kind;
use super::table::Row;
use super::when::{is_duration, stamp};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    FirstName,
    LastName,
    Email,
    /// The platform's own id.
    Id,
    Join,
    Leave,
    Duration,
    /// Joined or left (the old form of Teams).
    Action,
    /// When that was.
    Stamp,
    /// Whether the row tells of the waiting room.
    Waiting,
    /// Whether somebody who registered came.
    Attended,
    Group,
    /// What the platform says of the account or the software.
    Known,
    /// Anything else.
    Other,
}

/// The columns of a table, in their order.
pub(super) type Columns = Vec<Column>;

/// Where a column stands.
pub(super) fn place(columns: &[Column], wanted: Column) -> Option<usize> {
    columns.iter().position(|column| *column == wanted)
}

/// A title as it is compared: in small letters, without what stands in brackets.
fn title(text: &str) -> String {
    let text = text.replace('’', "'").to_lowercase();
    let text = text.split(['(', '（', '[']).next().unwrap_or_default();
    text.trim().trim_end_matches(':').trim().to_owned()
}

/// What a title says.
fn column(text: &str) -> Column {
    let title = title(text);
    let is = |titles: &[&str]| titles.contains(&title.as_str());
    match title.as_str() {
        "first name" | "given name" | "vorname" | "prénom" => return Column::FirstName,
        "last name" | "surname" | "family name" | "nachname" | "apellidos" | "cognome" | "achternaam" => {
            return Column::LastName;
        }
        "in waiting room" | "waiting room" => return Column::Waiting,
        "attended" => return Column::Attended,
        _ => {}
    }
    for (titles, column) in [
        (NAMES, Column::Name),
        (EMAILS, Column::Email),
        (IDS, Column::Id),
        (JOINS, Column::Join),
        (LEAVES, Column::Leave),
        (DURATIONS, Column::Duration),
        (ACTIONS, Column::Action),
        (STAMPS, Column::Stamp),
        (GROUPS, Column::Group),
        (KNOWN, Column::Known),
    ] {
        if is(titles) {
            return column;
        }
    }
    Column::Other
}

/// The columns that a row names, if it is the head of a table of people: somebody's name, and one thing more of them.
pub(super) fn head(row: &Row) -> Option<Columns> {
    // Rows of people have times, lengths or addresses; a head has none.
    let is_data =
        |cell: &String| cell.contains('@') || cell.len() > 3 && cell.starts_with(|c: char| c.is_ascii_digit());
    if row.cells.iter().any(is_data) {
        return None;
    }
    let columns: Columns = row.cells.iter().map(|cell| column(cell)).collect();
    let has = |wanted: Column| columns.contains(&wanted);
    let named = has(Column::Name)
        || has(Column::FirstName) && has(Column::LastName)
        || has(Column::FirstName) && has(Column::Email);
    let more = [
        Column::Email,
        Column::Id,
        Column::Join,
        Column::Leave,
        Column::Duration,
        Column::Action,
        Column::Group,
        Column::Known,
    ];
    // The head of Zoom's preamble ("Meeting ID, Topic, …, User Email, Duration") names nobody.
    (named && more.iter().any(|wanted| has(*wanted))).then_some(columns)
}

/// The columns of a table whose titles are in a language that is not known: told from the rows below, among which are
/// times, addresses and lengths. None where they hold no times.
pub(super) fn shape(title: &Row, below: &[Row]) -> Option<Columns> {
    let width = title.cells.len();
    let is_plain =
        |cell: &String| stamp(cell).is_none() && !is_duration(cell) && !cell.contains('@') && !cell.is_empty();
    if width < 4 || below.is_empty() || !title.cells.iter().all(is_plain) {
        return None;
    }
    let most = |is: &dyn Fn(&str) -> bool, at: usize| {
        let filled: Vec<&str> = below
            .iter()
            .map(|row| row.cell(at))
            .filter(|cell| !cell.is_empty())
            .collect();
        !filled.is_empty() && filled.iter().filter(|cell| is(cell)).count() * 5 >= filled.len() * 4
    };
    let mut columns: Columns = title.cells.iter().map(|cell| column(cell)).collect();
    for at in 0..width {
        let seen = |wanted: Column, columns: &[Column]| columns.contains(&wanted);
        let told = if most(&|cell| stamp(cell).is_some_and(|stamp| stamp.is_dated()), at) {
            if seen(Column::Join, &columns) {
                Column::Leave
            } else {
                Column::Join
            }
        } else if most(&is_duration, at) {
            Column::Duration
        } else if most(&|cell| cell.contains('@'), at) {
            if seen(Column::Email, &columns) {
                Column::Id
            } else {
                Column::Email
            }
        } else if at == 0 {
            Column::Name
        } else {
            Column::Known
        };
        if let Some(column) = columns.get_mut(at)
            && *column == Column::Other
        {
            *column = told;
        }
    }
    let has = |wanted: Column| columns.contains(&wanted);
    (has(Column::Join) && has(Column::Name)).then_some(columns)
}

/// What somebody is, in a list of who may come: there it is no word of the software's.
pub(super) fn roles(row: &Row, columns: &mut [Column]) {
    const ROLES: [&str; 9] = [
        "role", "roles", "rolle", "rôle", "rol", "ruolo", "função", "rola", "роль",
    ];
    for (column, cell) in columns.iter_mut().zip(&row.cells) {
        if *column == Column::Known && ROLES.contains(&title(cell).as_str()) {
            *column = Column::Other;
        }
    }
}

/// Whose report a table with this head is.
pub(super) fn platform(row: &Row, columns: &[Column], tabs: bool) -> Kind {
    let titles: Vec<String> = row.cells.iter().map(|cell| title(cell)).collect();
    let has = |wanted: &str| titles.iter().any(|title| title == wanted);
    let whole = |wanted: &str| row.cells.iter().any(|cell| cell.to_lowercase().contains(wanted));
    if has("moderator")
        && (has("talk time") || has("activity score") || has("online time") || has("webcam time") || has("messages"))
    {
        Kind::BigBlueButton
    } else if has("attendance duration") || has("connection type") || has("attendee email") {
        Kind::Webex
    } else if columns.contains(&Column::FirstName) && (has("time joined") || has("time exited") || has("duration")) {
        Kind::Meet
    } else if columns.contains(&Column::Action)
        || tabs && (columns.contains(&Column::Join) || columns.contains(&Column::Id))
    {
        Kind::Teams
    } else if whole("(original name)")
        || whole("(minutes)")
        || has("guest")
        || columns.contains(&Column::Join) && columns.contains(&Column::Leave)
    {
        Kind::Zoom
    } else {
        Kind::People
    }
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::table::rows;
    use super::{Column, head, platform, shape};

    #[test]
    fn heads_of_every_platform_name_their_columns() {
        for (head_line, sign, expected) in [
            (
                "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
                ',',
                Kind::Zoom,
            ),
            (
                "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room",
                ',',
                Kind::Zoom,
            ),
            (
                "Name (Original Name),User Email,Total Duration (Minutes),Guest",
                ',',
                Kind::Zoom,
            ),
            (
                "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name",
                ',',
                Kind::Zoom,
            ),
            (
                "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
                '\t',
                Kind::Teams,
            ),
            ("Full Name\tUser Action\tTimestamp", '\t', Kind::Teams),
            ("Vollständiger Name\tBenutzeraktion\tZeitstempel", '\t', Kind::Teams),
            (
                "名前\t最初の参加\t最後の退出\t会議の長さ\tメール\t参加者 ID (UPN)\t役割",
                '\t',
                Kind::Teams,
            ),
            (
                "Event Name\tEvent Start Time\tEvent End Time\tName\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type",
                '\t',
                Kind::Webex,
            ),
            (
                "First name,Last name,Email,Duration,Time joined,Time exited",
                ',',
                Kind::Meet,
            ),
            (
                "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration",
                ',',
                Kind::BigBlueButton,
            ),
            ("nr;name;klasse", ';', Kind::People),
        ] {
            let rows = rows(head_line, sign as u8);
            let columns = head(&rows[0]).unwrap_or_else(|| panic!("{head_line}"));
            assert_eq!(platform(&rows[0], &columns, sign == '\t'), expected, "{head_line}");
        }
        for line in [
            "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
            "a,b,c",
            "Name",
        ] {
            assert_eq!(head(&rows(line, b',')[0]), None, "{line}");
        }
    }

    #[test]
    fn titles_in_a_language_that_is_not_known_are_told_by_what_is_below() {
        let text = "Ainm\tTeacht\tImeacht\tFad\tRphost\tAitheantas\tRól\nAnn Lee\t9/22/26, 2:48:05 PM\t9/22/26, 3:48:05 PM\t1h\tann@example.org\tann@example.org\tÓstach\n";
        let rows = rows(text, b'\t');
        assert_eq!(head(&rows[0]), None);
        let columns = shape(&rows[0], &rows[1..]).unwrap();
        let expected = [
            Column::Name,
            Column::Join,
            Column::Leave,
            Column::Duration,
            Column::Email,
            Column::Id,
            Column::Known,
        ];
        assert_eq!(columns, expected);
        assert_eq!(shape(&rows[1], &rows[..1]), None);
    }
}
