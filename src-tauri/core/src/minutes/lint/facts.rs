//! Facts that the title block and the preamble are made of.

use super::{Code, Desk, Finding, Of, finding};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let view = &desk.record.meeting;
    let meeting = &view.meeting;
    let blank = |text: &str| text.trim().is_empty();
    let missing = [
        ("name", "which body met", blank(super::super::words::title(meeting))),
        (
            "date",
            "when it was",
            meeting.starts.is_none() && blank(&meeting.date_text),
        ),
        ("form", "in what form it met", blank(&meeting.form)),
        ("kind", "what the document is", blank(&meeting.document_kind)),
        (
            "moderator",
            "who moderated",
            view.moderators.is_empty() && blank(&meeting.preamble),
        ),
        (
            "participants",
            "who took part",
            desk.has_begun() && !desk.record.participants.iter().any(|person| person.listed),
        ),
    ];
    for (key, words, is_missing) in missing {
        if is_missing {
            let place = desk.place(Of::Meeting, meeting.id.0, None);
            found.push(finding(Code::Fact, place, key, format!("Nothing says {words}"), ""));
        }
    }
}
