//! Carrying out a log's lines, one after the other, as typed lines are: with their own times and nicks.

use std::collections::HashMap;

use super::capture::carry_out;
use super::said::{self, FromLog, Origin};
use super::{close_span, meeting};
use crate::archive::{Archive, Edit};
use crate::capture::{Command, Line, Said, Speaker};
use crate::document::Part;
use crate::error::Result;
use crate::import::Problem;
use crate::import::log::{Entry, Log, Step};
use crate::model::{Meeting, MeetingId, MeetingState, ParticipantId, PointId, Span, Vote, VoteId};
use crate::store::queries::{self, Last};

/// Makes a meeting of a log. `name` is the file's.
///
/// # Errors
/// As [`Archive::write`].
pub fn as_new(archive: &mut Archive, log: &Log, name: &str) -> Result<(MeetingId, Vec<Problem>)> {
    let id = MeetingId(archive.fresh_id());
    let mut facts = Meeting::new(id);
    facts.state = MeetingState::Ended;
    complete(&mut facts, log);
    if facts.body.is_empty() {
        name.clone_into(&mut facts.body);
    }
    let problems = archive.make(id, "meeting imported", |edit| {
        facts.series = Some(meeting::series(edit, &facts.body, &facts.short)?);
        edit.insert(Part::Meeting, &facts)?;
        for person in &log.people {
            edit.insert(Part::Meeting, person)?;
        }
        let problems = replay(edit, log, &HashMap::new(), name)?;
        end(edit, log)?;
        Ok(problems)
    })?;
    Ok((id, problems))
}

/// What the log tells of the meeting as a whole, where the facts lack it.
pub(crate) fn complete(facts: &mut Meeting, log: &Log) {
    if facts.body.is_empty() {
        facts.body = crate::model::text::clean_line(&log.title);
    }
    facts.starts = facts.starts.or(log.starts);
    facts.recording_starts = facts.recording_starts.or(log.recording_starts);
}

/// A meeting whose log is whole is over.
pub(crate) fn end(edit: &mut Edit<'_>, log: &Log) -> Result<()> {
    edit.as_of(log.ends);
    let ended = meeting::set_state(edit, MeetingState::Ended);
    edit.as_of(None);
    ended?;
    meeting::change(edit, |meeting| {
        if let Some(from) = log.starts
            && meeting.live.is_empty()
        {
            meeting.live.push(Span { from, to: None });
            close_span(&mut meeting.live, log.ends.unwrap_or(from));
        }
    })?;
    Ok(())
}

/// Carries out a log's lines. Its people are in the record already: under the ids that the log has for them, or under
/// those that `people` has in their stead. A line that cannot be carried out is kept as a point, and told.
pub(crate) fn replay(
    edit: &mut Edit<'_>,
    log: &Log,
    people: &HashMap<ParticipantId, ParticipantId>,
    name: &str,
) -> Result<Vec<Problem>> {
    let own = |id: &ParticipantId| people.get(id).copied().unwrap_or(*id);
    let names: HashMap<String, ParticipantId> = log.names.iter().map(|(name, id)| (name.clone(), own(id))).collect();
    let key = edit.meeting();
    let mut last = queries::last_point(edit.query()?, key)?;
    let mut made: Vec<Option<Last>> = Vec::with_capacity(log.entries.len());
    let mut problems = Vec::new();
    for entry in &log.entries {
        edit.as_of(entry.at);
        let mut origin = Origin {
            log: Some(FromLog {
                name,
                line: entry.line,
                names: &names,
                follows: entry.follows.and_then(|place| made.get(place).cloned().flatten()),
                last: last.clone(),
            }),
        };
        let before = last.as_ref().map(|last| last.id);
        let notices = step(edit, entry, &mut origin)?;
        last = origin.log.and_then(|log| log.last);
        made.push(last.clone().filter(|last| Some(last.id) != before));
        problems.extend(notices.into_iter().map(|message| Problem {
            line: entry.line,
            message,
        }));
    }
    edit.as_of(None);
    edit.set_intent(format!("import of {name}"));
    Ok(problems)
}

fn step(edit: &mut Edit<'_>, entry: &Entry, origin: &mut Origin<'_>) -> Result<Vec<String>> {
    let command = match &entry.step {
        Step::Line(command) => command,
        Step::Vote {
            question,
            options,
            counts,
            outcome,
        } => {
            let vote = Vote {
                id: VoteId(edit.fresh_id()),
                item: meeting::facts(edit)?.item,
                question: question.clone(),
                options: options.clone(),
                counts: counts.iter().map(usize::to_string).collect(),
                outcome: outcome.clone(),
            };
            edit.insert(Part::Meeting, &vote)?;
            return Ok(Vec::new());
        }
    };
    let line = Line {
        raw: entry.raw.clone(),
        command: command.clone(),
    };
    let point = PointId(edit.fresh_id());
    if let Some(outcome) = carry_out(edit, &line, point, origin)? {
        return Ok(outcome.notices);
    }
    if matches!(
        command,
        Command::Withdraw { .. } | Command::Later { .. } | Command::Acknowledge { .. } | Command::SetQueue { .. }
    ) {
        // Of the queue nothing is left to do; its lines are no points.
        return Ok(vec![format!(
            "\"{}\" could not be carried out: they are not in the queue",
            line.raw.trim()
        )]);
    }
    let kept = Said {
        speaker: Speaker::Nobody,
        ..Said::literal(line.raw.trim())
    };
    let (_, mut notices) = said::add(edit, point, &kept, &line.raw, origin)?;
    notices.push(format!(
        "\"{}\" could not be carried out; it was kept as a point",
        line.raw.trim()
    ));
    Ok(notices)
}
