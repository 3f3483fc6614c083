//! Files made here, of every form that no real sample is at hand for; and hostile ones.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use chrono::{TimeZone as _, Utc};
use minuta_core::import::{Given, Kind, LARGEST, Plan, recognise, take};
use minuta_core::model::Nature;
use minuta_core::{Archive, edit};
use proptest::prelude::*;

use super::{digest, env, files, name_of, taken};

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(unit).collect()
}

const TEAMS: &str = "1. Summary\r\nMeeting title\t\"WG-Strategy\r\nMarch\"\r\nAttended participants\t4\r\nStart time\t9/22/26, 2:48:05 PM\r\nEnd time\t9/22/26, 4:10:00 PM\r\nMeeting duration\t1h 21m 55s\r\nAverage attendance time\t43m 12s\r\n\r\n2. Participants\r\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\nAnn Lee\t9/22/26, 2:48:05 PM\t9/22/26, 4:10:00 PM\t1h 10m\tann@example.org\tann@example.org\tOrganizer\r\nPat Kim (ExampleCorp) (External)\t9/22/26, 2:50:00 PM\t9/22/26, 3:10:00 PM\t20m\t\t\tPresenter\r\nPat Kim (ExampleCorp) (External)\t9/22/26, 3:00:00 PM\t9/22/26, 3:10:00 PM\t10m\t\t\tPresenter\r\n+1 555-010-9999\t9/22/26, 3:00:00 PM\t9/22/26, 3:10:00 PM\t10m\r\n\r\n3. In-Meeting Activities\r\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\r\nAnn Lee\t9/22/26, 2:48:05 PM\t9/22/26, 3:00:00 PM\t11m 55s\tann@example.org\tOrganizer\r\nAnn Lee\t9/22/26, 3:20:00 PM\t9/22/26, 4:10:00 PM\t50m\tann@example.org\tOrganizer\r\n\r\n4. Meeting Engagement\r\nName\tHands raised\tReactions\r\nAnn Lee\t2\t3\r\n";

#[test]
fn teams_in_either_byte_order_and_any_language() {
    let usual = digest("teams.csv", &wide(TEAMS, u16::to_le_bytes));
    assert_eq!(
        usual,
        digest("teams.csv", &wide(&TEAMS.replace("\r\n", "\n"), u16::to_be_bytes))
    );
    assert_eq!(usual, digest("teams.csv", TEAMS.as_bytes()));
    insta::assert_snapshot!("teams_now", usual);

    let german = TEAMS
        .replace("1. Summary", "1. Zusammenfassung")
        .replace("2. Participants", "2. Teilnehmer")
        .replace("3. In-Meeting Activities", "3. Aktivitäten")
        .replace("4. Meeting Engagement", "4. Engagement")
        .replace("Meeting title", "Besprechungstitel")
        .replace(
            "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
            "Name\tErster Beitritt\tLetztes Verlassen\tBesprechungsdauer\tE-Mail\tTeilnehmer-ID (UPN)\tRolle",
        )
        .replace(
            "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
            "Name\tBeitrittszeit\tAustrittszeit\tDauer\tE-Mail\tRolle",
        )
        .replace(" PM", " PM");
    let same = |other: &str| {
        let lines = |text: &str| {
            text.lines()
                .filter(|line| !line.starts_with(['!', 'k']))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(&digest("teams.csv", other.as_bytes())), lines(&usual), "{other}");
    };
    same(&german);
    // A language whose words are in no list.
    let strange = TEAMS
        .replace(
            "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
            "Ainm\tTeacht\tImeacht\tFad\tRphost\tAitheantas\tRól",
        )
        .replace(
            "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
            "Ainm\tAm teachta\tAm imeachta\tFad\tRphost\tRól",
        )
        .replace("Name\tHands raised\tReactions", "Ainm\tLámha\tFreagairtí")
        .replace("Meeting title", "Teideal");
    same(&strange);
}

#[test]
fn every_other_platform() {
    let all = [
        (
            "teams-old.csv",
            "Full Name\tUser Action\tTimestamp\nAnn Lee\tJoined before\t14/11/22, 09:29:07\nAnn Lee\tLeft\t14/11/22, 10:00:00\nAnn Lee\tJoined\t14/11/22, 10:05:00\nBo Ek (Guest)\tJoined\t14/11/22, 09:31:00\nBo Ek (Guest)\tJoined\t14/11/22, 09:35:00\nCy Dee\tLeft\t14/11/22, 09:36:00\nCy Dee\tJoined\tsoon\n",
        ),
        (
            "teams-2021.csv",
            "Meeting Summary\nTotal Number of Participants\t2\nMeeting Title\tStandup\nMeeting Start Time\t9/22/2021, 9:00:00 AM\nMeeting End Time\t9/22/2021, 9:30:00 AM\nMeeting Id\t0a1b\n\nFull Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\nAnn Lee\t9/22/2021, 9:00:00 AM\t9/22/2021, 9:10:00 AM\t10m\tann@example.org\tOrganizer\tann@example.org\nAnn Lee\t9/22/2021, 9:12:00 AM\t9/22/2021, 9:30:00 AM\t18m\tann@example.org\tOrganizer\tann@example.org\n",
        ),
        (
            "webex.csv",
            "Event Name\tEvent Start Time\tEvent End Time\tName\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type\nTides\t\"=\"\"2021-06-14 17:00:00\"\"\"\t\"=\"\"2021-06-14 20:15:00\"\"\"\tAnn Lee\tann@example.org\t\"=\"\"2021-06-14 16:58:50\"\"\"\t\"=\"\"2021-06-14 20:22:49\"\"\"\t204 mins\tDesktop\nTides\t\"=\"\"2021-06-14 17:00:00\"\"\"\t\"=\"\"2021-06-14 20:15:00\"\"\"\tCall-in User_1\t\t\"=\"\"2021-06-14 17:00:00\"\"\"\t\"=\"\"2021-06-14 17:10:00\"\"\"\t10 mins\tPhone\n",
        ),
        (
            "Tides 2026-01-15.csv",
            "First name,Last name,Email,Duration,Time joined,Time exited\nAnn,Lee,a***@example.org,1 hr 2 min,10:02 AM,11:04 AM\nAnn,Lee,a***@example.org,3 min,11:10 AM,11:13 AM\nBo,,,5 min,10:02 AM,10:07 AM\n",
        ),
        (
            "bbb.csv",
            "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration,\"Is \"this\" well?\"\nAnn Lee,TRUE,8.2,00:10:00,00:00:00,3,0,1,0,2026-01-30 10:00:00,2026-01-30 11:00:00,01:00:00,\"she said \"yes\" twice\"\nBo Ek,FALSE,1,00:00:00,00:00:00,0,0,1,0,2026-01-30 10:05:00,2026-01-30 11:00:00,00:55:00,no\n",
        ),
        (
            "webinar.csv",
            "Attendee Report\nReport Generated:,09/24/2020 12:00 PM\nTopic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered\nTides for all,123 456,09/23/2020 02:00 PM,60,3\nHost Details,\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\nYes,Ann Lee,ann@example.org,09/23/2020 01:55 PM,09/23/2020 03:00 PM,65,No,Italy\nAttendee Details,\nAttended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest\nYes,Bo Ek,Bo,Ek,bo@example.org,09/20/2020 08:00 AM,approved,09/23/2020 02:01 PM,09/23/2020 02:31 PM,30,Yes\nNo,Cy Dee,Cy,Dee,cy@example.org,09/20/2020 08:00 AM,approved,--,--,--,--\n",
        ),
        (
            "zoom-new.csv",
            "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room\nAnn Lee,ann@example.org,03/12/2026 02:00:00 PM,03/12/2026 02:30:00 PM,30,No,OK,No\nAnn's iPhone,ann@example.org,03/12/2026 02:20:00 PM,03/12/2026 02:40:00 PM,20,No,OK,No\nJun Sato,,03/12/2026 02:00:00 PM,03/12/2026 02:30:00 PM,30,Yes,OK,No\nJun Sato,,03/12/2026 02:00:00 PM,03/12/2026 02:31:00 PM,31,Yes,OK,No\nBo Ek,office@example.org,03/12/2026 02:00:00 PM,03/12/2026 02:30:00 PM,30,Yes,OK,No\nCy Dee,office@example.org,03/12/2026 02:00:00 PM,03/12/2026 02:30:00 PM,30,Yes,OK,No\nDi Fu,di@example.org,03/12/2026 01:55:00 PM,03/12/2026 01:59:00 PM,4,Yes,OK,Yes\nDi Fu,di@example.org,03/12/2026 01:59:00 PM,03/12/2026 02:30:00 PM,31,Yes,OK,No\nAnn's OtterPilot,ann@example.org,03/12/2026 02:00:00 PM,03/12/2026 02:30:00 PM,30,Yes,OK,No\n,,,,,,,\n,,03/12/2026 02:00:00 PM,,,,,\n",
        ),
        (
            "people.csv",
            "nr;name;klasse\n1;Mustermann Max;1A\n2;Müller Hans;1B\n2;Müller Hans;1B\n",
        ),
        (
            "people.txt",
            "Ann Lee, chair, Port of Aomi\nBo Ek\nJun Sato\nJun Sato\n",
        ),
    ];
    let all: Vec<String> = all.iter().map(|(name, text)| digest(name, text.as_bytes())).collect();
    insta::assert_snapshot!("platforms", all.join("\n"));
}

#[test]
fn transcripts_of_every_form() {
    let all = [
        (
            "teams.vtt",
            "WEBVTT\n\n1f/7-0\n00:00:03.000 --> 00:00:05.500\n<v PEDRO D&#205;AZ>Good morning\neverybody.</v>\n\n1f/8-0\n00:00:04.000 --> 00:00:06.000\n<v.loud Ann Lee>Is 2 < 3 <unclear>?</v>\n",
        ),
        (
            "a.srt",
            "1\r\n00:00:01,000 --> 00:00:02,000\r\nAnn Lee: Hello\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nAnn Lee: The plan: rest\r\n",
        ),
        (
            "broken.vtt",
            "WEBVTT\n\n00:00:01.000 -> 00:00:02.000\nlost?\n\n00:0x:03.000 --> 00:00:04.000\nkept\n\n00:00:05.000 --> 00:00:04.000\nback\n",
        ),
        (
            "meet.txt",
            "WG-Strategy (2026-01-15 10:02 GMT+1) - Transcript\nAttendees\nAnn Lee, Bo Ek\n\nTranscript\n00:00:00\n\nAnn Lee: Good morning.\nBo Ek: Morning! The\nsecond line.\n\n00:05:00\n\nAnn Lee: On we go.\n\nThis editable transcript was computer generated and might contain errors. People can also change the text after it was created.\n",
        ),
        (
            "cart.txt",
            "IGF 2025\nROUGH CAPTIONS\n\n>> CHAIR:  Good morning.\nWelcome all.\n\n>>ANRIETTE ESTERHUYSEN: Thank you.\n>> Thanks too.\n",
        ),
        ("otter.txt", "Ann Lee  0:05\nHello there.\n\nBo Ek  0:12\nHi.\n"),
    ];
    let all: Vec<String> = all.iter().map(|(name, text)| digest(name, text.as_bytes())).collect();
    insta::assert_snapshot!("transcripts", all.join("\n"));
}

const INVITATION: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Lee, Ann\":mailto:ann@example.org\r\nATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=Ann Lee:MAILTO:Ann@exam\r\n ple.org\r\nATTENDEE;PARTSTAT=DECLINED;CN=Bo Ek (Port of Aomi):mailto:bo@example.org\r\nATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@example.org\r\nATTENDEE:mailto:cy@example.org\r\nDESCRIPTION:Dear all\\,\\n\\nAgenda:\\n1. Welcome (5 min)\\n2. Budget – Cy Dee (20 min)\\n2.1 Travel\\n3. AOB\\n\\nJoin: https://example.org/j/1\r\nSUMMARY:WG-Strategy\\, 42nd meeting\r\nDTSTART;TZID=W. Europe Standard Time:20260331T140000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\r\nLOCATION:Room 4\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn invitations_and_agendas() {
    let all = [
        ("a.ics", INVITATION.to_owned()),
        ("allday.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Retreat\nDTSTART;VALUE=DATE:20260401\nDESCRIPTION:<p>Agenda</p><ul><li>Past &amp; future<li>Food</ul>\nnot a line\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Other\nDTSTART:20260402T100000Z\nEND:VEVENT\n".to_owned()),
        ("none.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n".to_owned()),
        ("agenda.md", "# WG-Tide 43, 12 March 2026 at 14.00 CET\n\nSee you *soon*.\n\n## Agenda\n\n1. Welcome and apologies (Ann Lee, 5 min)\n2. **Budget** [20 min]\n   - Travel\n   - Food, presenter: Bo Ek\n3. Any other business\n   Bring your own.\n7. Close (Annex A)\n".to_owned()),
        ("agenda.txt", "Agenda\n10:00 – 10:15 Welcome (Ann Lee)\n10:15 Budget - 1h30\n11:45 Break\n12:00 Close\n".to_owned()),
        ("draft agenda.txt", "Agenda\n\nWelcome\nBudget 10 min\nAOB\n".to_owned()),
    ];
    let all: Vec<String> = all.iter().map(|(name, text)| digest(name, text.as_bytes())).collect();
    insta::assert_snapshot!("agendas", all.join("\n"));
}

#[test]
fn what_a_file_is_its_text_tells() {
    for (text, name, kind) in [
        (TEAMS, "x", Kind::Teams),
        ("WEBVTT\n", "x", Kind::Transcript),
        (INVITATION, "x.txt", Kind::Calendar),
        (
            "# Group\n\n## Agenda\n\n1. One\n\n## Discussion\n\n### 1. One\n\nWords.\n",
            "x",
            Kind::Report,
        ),
        ("Agenda\n1. Welcome (5 min)\n2. Close\n", "x", Kind::Agenda),
        ("Ann Lee\nBo Ek\nCy Dee\n", "x", Kind::People),
        (
            "We met and talked. It was good.\n\n- A thing was said.\n",
            "x",
            Kind::Minutes,
        ),
        (
            "14:00:01 <ann> topic: Budget\n14:00:02 <bo> Bo: it grew\n",
            "x",
            Kind::ScribeLog,
        ),
        (
            "14:00:01 <ann> #startmeeting tides\n14:00:02 <bo> #info it grew\n14:00:03 <bo> #endmeeting\n",
            "x",
            Kind::MeetBot,
        ),
        ("14:02:11\tAnn Lee:\thello\n14:02:15\tBo Ek:\thi\n", "x", Kind::Chat),
    ] {
        assert_eq!(recognise(text, name).unwrap(), kind, "{text}");
    }
    for text in [
        "<!DOCTYPE html><p>x",
        "{\"a\": [1]}",
        "[1, 2]",
        "<?xml version='1.0'?><a/>",
        "{\\rtf1 x}",
    ] {
        assert!(recognise(text, "x").unwrap_err().to_string().contains("--as"), "{text}");
    }
}

#[test]
fn what_is_not_what_it_is_said_to_be_is_refused_with_the_reason() {
    let env = env();
    let given = Given::new("x", &env);
    for (text, kind, why) in [
        (TEAMS, Kind::Zoom, "Microsoft Teams"),
        ("We met.\n", Kind::Zoom, "no line names the columns"),
        ("We met.\n", Kind::Transcript, "no transcript"),
        ("We met.\n", Kind::Calendar, "no invitation"),
        ("...\n", Kind::Agenda, "no agenda"),
    ] {
        let told = take(text.as_bytes(), Some(kind), &given).unwrap_err().to_string();
        assert!(told.contains(why) && told.contains("nothing was imported"), "{told}");
    }
}

#[test]
fn without_a_zone_people_come_and_their_times_do_not() {
    let env = env();
    let taken = take(TEAMS.as_bytes(), None, &Given::new("x", &env)).unwrap();
    assert_eq!(taken.plan.participants.len(), 4);
    assert!(taken.plan.participants.iter().all(|person| person.presence.is_empty()));
    assert!(taken.problems.iter().any(|problem| problem.message.contains("--zone")));
}

/// An archive in memory with a planned meeting of Ann (two of them) and Bo.
fn planned() -> (Archive, minuta_core::model::MeetingId, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.minuta"), std::sync::Arc::new(env())).unwrap();
    let new = edit::meeting::New {
        series: "Group".to_owned(),
        short: "G".to_owned(),
        number: Some(1),
        starts: Some(Utc.with_ymd_and_hms(2026, 9, 22, 12, 48, 0).unwrap()),
        zone: "Europe/Rome".to_owned(),
        form: "Online Meeting".to_owned(),
    };
    let meeting = edit::meeting::create(&mut archive, &new).unwrap();
    archive
        .write(meeting, "people", |edit| {
            edit::participant::add(edit, "Ann Lee", &["Chair".to_owned()])?;
            edit::participant::add(edit, "Jun Sato", &["Port".to_owned()])?;
            edit::participant::add(edit, "Jun Sato", &["Bank".to_owned()])
        })
        .unwrap();
    (archive, meeting, folder)
}

#[test]
fn into_a_meeting_as_one_action_that_is_taken_back_whole() {
    let (mut archive, meeting, _folder) = planned();
    let before = archive.record(meeting).unwrap();
    let known = edit::import::known(&archive, meeting).unwrap();
    let report = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\nAnn Lee\t9/10/26, 14:48:05\t9/10/26, 15:48:05\t1h\tann@example.org\tann@example.org\tOrganizer\nJun Sato\t9/10/26, 14:48:05\t9/10/26, 15:48:05\t1h\tjun@example.org\t\t\n";
    let env = env();
    let given = Given {
        zone: known.zone,
        starts: known.starts,
        ..Given::new("teams.csv", &env)
    };
    let taken = take(report.as_bytes(), None, &given).unwrap();
    edit::import::into_existing(&mut archive, meeting, &taken.plan, "teams.csv").unwrap();
    let record = archive.record(meeting).unwrap();
    let names: Vec<(&str, &str, usize)> = record
        .participants
        .iter()
        .map(|person| (person.name.as_str(), person.email.as_str(), person.presence.len()))
        .collect();
    // Which Jun Sato it was is not known: a third, never a guess.
    assert_eq!(
        names,
        [
            ("Ann Lee", "ann@example.org", 1),
            ("Jun Sato", "", 0),
            ("Jun Sato", "", 0),
            ("Jun Sato", "jun@example.org", 1)
        ]
    );
    assert_eq!(record.participants[0].roles, ["Chair"]);
    // The same file again changes nobody: by the address each is known.
    edit::import::into_existing(
        &mut archive,
        meeting,
        &take(report.as_bytes(), None, &given).unwrap().plan,
        "x",
    )
    .unwrap();
    assert_eq!(archive.record(meeting).unwrap().participants, record.participants);

    let vtt = "WEBVTT\n\n00:00:03.000 --> 00:00:05.500\n<v Ann Lee>Good morning</v>\n\n00:00:06.000 --> 00:00:07.000\n<v Jun Sato>Morning</v>\n";
    let taken = take(vtt.as_bytes(), None, &given).unwrap();
    edit::import::into_existing(&mut archive, meeting, &taken.plan, "a.vtt").unwrap();
    let record = archive.record(meeting).unwrap();
    let cues: Vec<_> = record.cues.iter().map(|cue| (cue.participant, cue.starts)).collect();
    let at = |second| Utc.with_ymd_and_hms(2026, 9, 22, 12, 48, second).unwrap();
    assert_eq!(cues, [(Some(record.participants[0].id), at(3)), (None, at(6))]);
    assert!(!minuta_core::publish::markdown(&record, minuta_core::api::DocumentKind::Report).contains("morning"));
    for _ in 0..2 {
        archive.undo(meeting).unwrap();
    }
    let after = archive.record(meeting).unwrap();
    assert_eq!(
        (after.participants, after.cues, after.points),
        (before.participants, before.cues, before.points)
    );
}

#[test]
fn hostile_files_end_soon_with_a_word() {
    let most = Duration::from_secs(20);
    let line = "x".repeat(900_000);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("large", vec![b'a'; LARGEST + 1]),
        ("one line", vec![b'a'; 4 * 1024 * 1024]),
        (
            "quotes.csv",
            format!("Name,Email\n{}", "\"a,b@c,\n".repeat(100_000)).into_bytes(),
        ),
        (
            "open quote.csv",
            format!("Name,Email\n\"{}", "Ann,a@b\n".repeat(40_000)).into_bytes(),
        ),
        (
            "brackets",
            format!("Name,Email\n{}\n", "(".repeat(500_000)).into_bytes(),
        ),
        (
            "closing",
            format!("Name,Email\nx{}\n", "()".repeat(250_000)).into_bytes(),
        ),
        (
            "tags.vtt",
            format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n", "<".repeat(900_000)).into_bytes(),
        ),
        (
            "letters.vtt",
            format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n", "&".repeat(900_000)).into_bytes(),
        ),
        (
            "arrows.vtt",
            format!("WEBVTT\n\n{}", "-->\n".repeat(100_000)).into_bytes(),
        ),
        (
            "folded.ics",
            format!("BEGIN:VEVENT\nSUMMARY:x\n{}", " y\n".repeat(190_000)).into_bytes(),
        ),
        ("begins.ics", "BEGIN:VEVENT\n".repeat(100_000).into_bytes()),
        (
            "parameters.ics",
            format!("BEGIN:VEVENT\nATTENDEE{}:x\nEND:VEVENT\n", ";A=\"".repeat(200_000)).into_bytes(),
        ),
        ("colons", format!("{line}:\n{line}:\n").into_bytes()),
        ("captions", format!(">> {line}\n>>{line}\n").into_bytes()),
        (
            "agenda",
            format!("Agenda\n{}", "1. x (((((((\n".repeat(20_000)).into_bytes(),
        ),
        ("nulls", vec![0; 100_000]),
        ("half", vec![0xFF, 0xFE, b'a', 0, b'b']),
        (
            "utf-16 of halves",
            [vec![0xFF, 0xFE], [0x00_u8, 0xD8].repeat(10_000)].concat(),
        ),
        ("deep", "[".repeat(500_000).into_bytes()),
    ];
    for (name, bytes) in files {
        let start = Instant::now();
        let told = taken(&bytes, name);
        let took = start.elapsed();
        assert!(took < most, "{name} took {took:?}");
        if let Err(why) = told {
            assert!(why.to_string().contains("nothing was"), "{name}: {why}");
        }
    }
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *out.entry(word.to_lowercase()).or_default() += 1;
    }
    out
}

/// Every word that a plan holds, wherever.
fn words_of(plan: &Plan) -> BTreeMap<String, usize> {
    let json = serde_json::to_value(plan.record()).unwrap();
    let mut text = String::new();
    fn collect(value: &serde_json::Value, out: &mut String) {
        match value {
            serde_json::Value::String(words) => {
                out.push_str(words);
                out.push('\n');
            }
            serde_json::Value::Number(number) => {
                out.push_str(&number.to_string());
                out.push('\n');
            }
            serde_json::Value::Array(all) => all.iter().for_each(|value| collect(value, out)),
            serde_json::Value::Object(all) => all.values().for_each(|value| collect(value, out)),
            _ => {}
        }
    }
    collect(&json, &mut text);
    words(&text)
}

/// What an agenda says by its form: the word itself, and how long.
const BY_FORM: [&str; 4] = ["agenda", "min", "minutes", "h"];

fn keeps_every_word(text: &str, plan: &Plan, by_form: &[&str]) {
    let kept = words_of(plan);
    for (word, count) in words(text) {
        if !by_form.contains(&word.as_str()) {
            let found = kept.get(&word).copied().unwrap_or(0);
            assert!(
                found >= count,
                "{word:?} stands {count} times in the file and {found} times in the record:\n{text}"
            );
        }
    }
}

#[test]
fn no_word_of_real_minutes_is_lost() {
    for path in files("w3ctag", &[".md"]) {
        let bytes = fs::read(&path).unwrap();
        let taken = taken(&bytes, &name_of(&path)).unwrap();
        assert!(
            matches!(taken.kind, Kind::Minutes | Kind::Report | Kind::Agenda),
            "{}: {}",
            path.display(),
            taken.kind
        );
        // A number that begins an entry of a list is counted anew.
        let text = String::from_utf8(bytes).unwrap();
        let unnumbered = |line: &str| {
            let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.starts_with(['.', ')']) {
                rest.to_owned()
            } else {
                line.to_owned()
            }
        };
        let text: Vec<String> = text.lines().map(unnumbered).collect();
        // Two headings are those that a report is printed with.
        keeps_every_word(&text.join("\n"), &taken.plan, &["agenda", "discussion"]);
    }
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-zé]{1,8}( [a-zA-Z0-9:(),.–-]{1,6}){0,5}",
        2 => "( {0,6}|\t)(1|2|3|2.1|a)[.)] [A-Za-z]{1,8}( [a-z]{1,6}){0,3}( \\([A-Z][a-z]{2,5} [A-Z][a-z]{2,5}, 10 min\\))?",
        2 => " {0,4}[-*] [A-Za-z]{1,8}( [a-z]{1,6}){0,3}( - 15 min)?",
        1 => "1[0-4]:[0-5]0 (– 1[0-4]:[0-5]5 )?[A-Za-z]{1,8}( [a-z]{1,6}){0,2}",
        1 => proptest::sample::select(vec!["Agenda", "# Agenda", "## 1. Welcome", "### Notes", "", "---", "Presenter: Ann Lee"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_any_agenda_is_lost(lines in proptest::collection::vec(any_line(), 1..14)) {
        let text = lines.join("\n");
        let env = env();
        if let Ok(taken) = take(text.as_bytes(), Some(Kind::Agenda), &Given::new("x", &env)) {
            let count = taken.plan.items.iter().filter(|item| item.planned > 0).count();
            prop_assert!(count <= taken.plan.items.len());
            keeps_every_word(&text.replace('\0', " "), &taken.plan, &BY_FORM);
        }
    }

    #[test]
    fn any_text_as_any_kind_ends_well(text in "(\\PC|\n|\t|,|\"|<|>|:|-){0,300}", kind in proptest::sample::select(Kind::ALL.to_vec())) {
        let env = env();
        for kind in [Some(kind), None] {
            if let Ok(taken) = take(text.as_bytes(), kind, &Given::new("x.csv", &env)) {
                for person in &taken.plan.participants {
                    prop_assert!(!person.name.trim().is_empty());
                    prop_assert!(person.listed || person.nature != Nature::Person);
                }
            }
        }
    }

    #[test]
    fn rows_of_one_address_are_one_person(mails in proptest::collection::vec(0_u8..5, 1..12)) {
        let row = |(at, mail): (usize, &u8)| {
            format!("P{mail} Lee,p{mail}@example.org,03/12/2026 {:02}:00:00 PM,03/12/2026 {:02}:30:00 PM,30,No\n", at % 11 + 1, at % 11 + 1)
        };
        let text: String = mails.iter().enumerate().map(row).collect();
        let text = format!("Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n{text}");
        let people = taken(text.as_bytes(), "zoom.csv").unwrap().plan.participants;
        let apart: std::collections::BTreeSet<&u8> = mails.iter().collect();
        prop_assert_eq!(people.len(), apart.len());
        let spans: usize = people.iter().map(|person| person.presence.len()).sum();
        prop_assert_eq!(spans, mails.len());
    }
}
