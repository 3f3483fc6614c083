//! The columns of an attendance report, by their titles in many languages, or by what stands in them.

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

const NAMES: &[&str] = &[
    "name",
    "full name",
    "user name",
    "username",
    "attendee name",
    "participant name",
    "participant",
    "display name",
    "attendee",
    "vollständiger name",
    "anzeigename",
    "teilnehmer",
    "teilnehmername",
    "nom",
    "nom complet",
    "nom d'utilisateur",
    "nombre",
    "nombre completo",
    "nombre de usuario",
    "nome",
    "nome completo",
    "nome utente",
    "nome do usuário",
    "naam",
    "volledige naam",
    "imię i nazwisko",
    "nazwa",
    "nazwa użytkownika",
    "namn",
    "fullständigt namn",
    "navn",
    "fulde navn",
    "fullt navn",
    "nimi",
    "koko nimi",
    "jméno",
    "celé jméno",
    "név",
    "teljes név",
    "ad",
    "tam ad",
    "ad soyad",
    "имя",
    "полное имя",
    "имя пользователя",
    "имя и фамилия",
    "ім'я",
    "повне ім'я",
    "όνομα",
    "ονοματεπώνυμο",
    "πλήρες όνομα",
    "名前",
    "氏名",
    "フルネーム",
    "ユーザー名",
    "姓名",
    "名称",
    "全名",
    "名稱",
    "完整名稱",
    "用户名",
    "使用者名稱",
    "이름",
    "전체 이름",
    "성명",
    "사용자 이름",
    "الاسم",
    "الاسم الكامل",
    "שם",
    "שם מלא",
    "ชื่อ",
    "ชื่อเต็ม",
    "tên",
    "họ tên",
    "họ và tên",
    "nama",
    "nama lengkap",
    "nume",
    "nume complet",
    "име",
    "пълно име",
    "meno",
    "ime",
    "ime i prezime",
    "vārds",
    "vardas",
    "nimi ja perekonnanimi",
];
const EMAILS: &[&str] = &[
    "email",
    "e-mail",
    "mail",
    "user email",
    "email address",
    "e-mail address",
    "attendee email",
    "participant email",
    "e-mail-adresse",
    "email-adresse",
    "adresse e-mail",
    "adresse email",
    "adresse de messagerie",
    "courriel",
    "courrier électronique",
    "correo",
    "correo electrónico",
    "dirección de correo electrónico",
    "posta elettronica",
    "indirizzo e-mail",
    "indirizzo di posta elettronica",
    "endereço de email",
    "endereço de e-mail",
    "e-mailadres",
    "adres e-mail",
    "e-postadress",
    "e-post",
    "e-mailadresse",
    "e-postadresse",
    "sähköposti",
    "sähköpostiosoite",
    "e-mailová adresa",
    "e-mail-cím",
    "e-posta",
    "e-posta adresi",
    "электронная почта",
    "эл. почта",
    "адрес электронной почты",
    "електронна пошта",
    "ηλεκτρονικό ταχυδρομείο",
    "διεύθυνση email",
    "メール",
    "メール アドレス",
    "メールアドレス",
    "電子メール",
    "电子邮件",
    "电子邮件地址",
    "邮箱",
    "電子郵件",
    "電子郵件地址",
    "이메일",
    "전자 메일",
    "전자 메일 주소",
    "البريد الإلكتروني",
    "דואר אלקטרוני",
    "อีเมล",
    "thư điện tử",
    "surel",
];
const IDS: &[&str] = &[
    "participant id",
    "upn",
    "user id",
    "userid",
    "attendee id",
    "teilnehmer-id",
    "id du participant",
    "id de participant",
    "id de participante",
    "id. de participante",
    "id partecipante",
    "id do participante",
    "id del participante",
    "deelnemer-id",
    "deelnemers-id",
    "id uczestnika",
    "deltagar-id",
    "deltager-id",
    "osallistujan tunnus",
    "id účastníka",
    "résztvevő azonosítója",
    "katılımcı kimliği",
    "ид участника",
    "идентификатор участника",
    "参加者 id",
    "参加者id",
    "参与者 id",
    "參與者 id",
    "참가자 id",
    "معرف المشارك",
];
const JOINS: &[&str] = &[
    "join",
    "join time",
    "joined",
    "joined at",
    "first join",
    "first join time",
    "first joined",
    "time joined",
    "entry time",
    "arrival",
    "login time",
    "erster beitritt",
    "erste teilnahme",
    "beitrittszeit",
    "beitrittszeitpunkt",
    "uhrzeit des beitritts",
    "teilnahmezeit",
    "zeitpunkt des beitritts",
    "première participation",
    "première connexion",
    "première arrivée",
    "heure d'arrivée",
    "heure de participation",
    "heure de connexion",
    "heure d'entrée",
    "primera unión",
    "primera entrada",
    "primer acceso",
    "primera incorporación",
    "hora de unión",
    "hora de incorporación",
    "hora de entrada",
    "hora de ingreso",
    "prima partecipazione",
    "primo accesso",
    "prima aggiunta",
    "ora di partecipazione",
    "ora di ingresso",
    "ora di accesso",
    "primeira entrada",
    "primeiro ingresso",
    "hora em que entrou",
    "hora do ingresso",
    "horário de entrada",
    "horário de ingresso",
    "eerste deelname",
    "eerste keer deelgenomen",
    "tijdstip van deelname",
    "deelnametijd",
    "pierwsze dołączenie",
    "godzina dołączenia",
    "czas dołączenia",
    "första anslutning",
    "anslöt först",
    "anslutningstid",
    "første deltagelse",
    "deltagelsestidspunkt",
    "ensimmäinen liittyminen",
    "liittymisaika",
    "první připojení",
    "čas připojení",
    "első csatlakozás",
    "csatlakozás időpontja",
    "ilk katılım",
    "katılma zamanı",
    "katılım zamanı",
    "первое присоединение",
    "первый вход",
    "первое подключение",
    "время входа",
    "время присоединения",
    "время подключения",
    "перше приєднання",
    "час приєднання",
    "πρώτη συμμετοχή",
    "ώρα συμμετοχής",
    "最初の参加",
    "最初の参加時刻",
    "参加時刻",
    "参加時間",
    "初回参加",
    "首次加入",
    "首次加入时间",
    "加入时间",
    "第一次加入",
    "首次加入時間",
    "加入時間",
    "처음 참가",
    "첫 참가",
    "첫 번째 참가",
    "참가 시간",
    "입장 시간",
    "أول انضمام",
    "وقت الانضمام",
    "הצטרפות ראשונה",
    "שעת הצטרפות",
    "เข้าร่วมครั้งแรก",
    "เวลาเข้าร่วม",
    "tham gia lần đầu",
    "thời gian tham gia",
    "waktu bergabung",
];
const LEAVES: &[&str] = &[
    "leave",
    "leave time",
    "left",
    "left at",
    "last leave",
    "last leave time",
    "last left",
    "time exited",
    "exit time",
    "time left",
    "departure",
    "logout time",
    "letztes verlassen",
    "letzter austritt",
    "austrittszeit",
    "zeitpunkt des verlassens",
    "uhrzeit des verlassens",
    "verlassen um",
    "dernier départ",
    "dernière sortie",
    "dernière déconnexion",
    "heure de départ",
    "heure de sortie",
    "heure de fin",
    "última salida",
    "último abandono",
    "hora de salida",
    "hora de abandono",
    "ultima uscita",
    "ultimo abbandono",
    "ora di uscita",
    "ora di abbandono",
    "última saída",
    "hora de saída",
    "hora em que saiu",
    "hora da saída",
    "horário de saída",
    "laatste vertrek",
    "laatst verlaten",
    "tijdstip van vertrek",
    "vertrektijd",
    "ostatnie opuszczenie",
    "ostatnie wyjście",
    "godzina opuszczenia",
    "czas opuszczenia",
    "senast lämnade",
    "lämnade senast",
    "lämnade",
    "tidspunkt för lämnade",
    "forlod sidst",
    "sist forlatt",
    "viimeinen poistuminen",
    "poistumisaika",
    "poslední odchod",
    "čas odchodu",
    "utolsó kilépés",
    "kilépés időpontja",
    "son ayrılma",
    "ayrılma zamanı",
    "последний выход",
    "последний уход",
    "время выхода",
    "время ухода",
    "останній вихід",
    "час виходу",
    "τελευταία αποχώρηση",
    "ώρα αποχώρησης",
    "最後の退出",
    "最終退出",
    "退出時刻",
    "退出時間",
    "最后离开",
    "上次离开",
    "最后离开时间",
    "离开时间",
    "退出时间",
    "最後離開",
    "上次離開",
    "離開時間",
    "마지막 나가기",
    "마지막 퇴장",
    "나간 시간",
    "퇴장 시간",
    "آخر مغادرة",
    "وقت المغادرة",
    "עזיבה אחרונה",
    "שעת עזיבה",
    "ออกครั้งล่าสุด",
    "เวลาที่ออก",
    "rời đi lần cuối",
    "thời gian rời đi",
    "waktu keluar",
];
const DURATIONS: &[&str] = &[
    "duration",
    "total duration",
    "in-meeting duration",
    "attendance duration",
    "time in session",
    "time in meeting",
    "online time",
    "dauer",
    "besprechungsdauer",
    "teilnahmedauer",
    "dauer der teilnahme",
    "gesamtdauer",
    "durée",
    "durée de la réunion",
    "durée totale",
    "durée en réunion",
    "duración",
    "duración total",
    "duración en la reunión",
    "durata",
    "durata riunione",
    "durata nella riunione",
    "duração",
    "duração total",
    "duração na reunião",
    "duur",
    "duur van vergadering",
    "czas trwania",
    "varaktighet",
    "varighed",
    "varighet",
    "kesto",
    "doba trvání",
    "időtartam",
    "süre",
    "длительность",
    "продолжительность",
    "тривалість",
    "διάρκεια",
    "期間",
    "会議の長さ",
    "所要時間",
    "参加時間の長さ",
    "时长",
    "持续时间",
    "会议时长",
    "期間（分）",
    "持續時間",
    "時長",
    "기간",
    "시간",
    "참가 기간",
    "المدة",
    "משך",
    "ระยะเวลา",
    "thời lượng",
    "durasi",
];
const ACTIONS: &[&str] = &[
    "user action",
    "action",
    "benutzeraktion",
    "aktion",
    "action de l'utilisateur",
    "action utilisateur",
    "acción del usuario",
    "acción de usuario",
    "azione utente",
    "ação do usuário",
    "ação do utilizador",
    "gebruikersactie",
    "akcja użytkownika",
    "användaråtgärd",
    "действие пользователя",
    "ユーザーの操作",
    "用户操作",
    "使用者動作",
    "사용자 작업",
];
const STAMPS: &[&str] = &[
    "timestamp",
    "time stamp",
    "time",
    "zeitstempel",
    "zeit",
    "horodatage",
    "horodateur",
    "heure",
    "marca de tiempo",
    "marca de hora",
    "timestamp ora",
    "data/ora",
    "carimbo de data/hora",
    "data e hora",
    "tijdstempel",
    "sygnatura czasowa",
    "znacznik czasu",
    "tidsstämpel",
    "метка времени",
    "タイムスタンプ",
    "时间戳",
    "時間戳記",
    "타임스탬프",
];
const GROUPS: &[&str] = &[
    "organization",
    "organisation",
    "company",
    "affiliation",
    "institution",
    "employer",
    "firma",
    "unternehmen",
    "entreprise",
    "société",
    "organización",
    "empresa",
    "azienda",
    "organizzazione",
    "organização",
    "organisatie",
    "организация",
    "会社",
    "组织",
    "單位",
    "회사",
];
/// Titles whose cells tell of the platform, the account or the connection.
const KNOWN: &[&str] = &[
    "guest",
    "is guest",
    "recording consent",
    "recording disclaimer response",
    "role",
    "rolle",
    "rôle",
    "rol",
    "ruolo",
    "função",
    "rola",
    "roll",
    "роль",
    "役割",
    "角色",
    "역할",
    "connection type",
    "event name",
    "event start time",
    "event end time",
    "meeting name",
    "meeting start time",
    "meeting end time",
    "meeting number",
    "host",
    "invited",
    "registered",
    "session number",
    "network joined from",
    "internal user",
    "client ip",
    "ip address",
    "country",
    "country/region name",
    "country/region",
    "phone",
    "registration time",
    "approval status",
    "source name",
    "moderator",
    "activity score",
    "talk time",
    "talking",
    "webcam",
    "webcam time",
    "screenshare",
    "messages",
    "reactions",
    "poll votes",
    "raise hands",
    "emojis",
    "hands raised",
    "answers",
    "polls",
    "number",
    "nr",
    "no",
    "#",
];

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
