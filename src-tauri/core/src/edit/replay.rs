//! Carrying out a log's lines, one after the other, as typed lines are: with their own times and nicks.

use std::collections::{HashMap, HashSet};

use super::capture::carry_out;
use super::reconcile::Chosen;
use super::said::{self, FromLog, Origin};
use super::{close_span, meeting, participant};
use crate::archive::Edit;
use crate::capture::{Command, Line, Match, Said, Speaker, resolve};
use crate::document::Part;
use crate::error::Result;
use crate::import::log::{Entry, Log, Step};
use crate::import::{Plan, Problem};
use crate::model::{MeetingState, Participant, ParticipantId, PointId, Span, Vote, VoteId};
use crate::store::log::IMPORTED;
use crate::store::queries::{self, Last};

/// Carries out the log of a new meeting, if the plan has one. What is logged whole is over.
pub(super) fn whole(edit: &mut Edit<'_>, plan: &Plan, out: &HashSet<ParticipantId>) -> Result<Vec<Problem>> {
    let Some(log) = &plan.log else {
        return Ok(Vec::new());
    };
    let problems = replay(edit, log, &HashMap::new(), out)?;
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
    edit.set_intent(IMPORTED);
    Ok(problems)
}

/// The people of a log whom the meeting has already: by one of their names, as the grammar has it. They take their
/// other names along. Of whom something was chosen is not looked for.
pub(super) fn known(
    edit: &mut Edit<'_>,
    plan: &Plan,
    chosen: &Chosen,
) -> Result<HashMap<ParticipantId, ParticipantId>> {
    let mut found = HashMap::new();
    if plan.log.is_none() {
        return Ok(found);
    }
    let roster = participant::roster(edit)?;
    for person in plan
        .participants
        .iter()
        .filter(|person| !chosen.contains_key(&person.id))
    {
        let mut names = std::iter::once(&person.name).chain(&person.aliases);
        let fits = |name: &String| match resolve(name, false, &roster) {
            Match::One(id) => Some(id),
            _ => None,
        };
        let Some(id) = names.find_map(fits) else { continue };
        found.insert(person.id, id);
        let more: Vec<String> = std::iter::once(&person.name).chain(&person.aliases).cloned().collect();
        edit.update::<Participant>(Part::Meeting, id.0, |known| {
            for name in more {
                if name != known.name && !known.aliases.contains(&name) {
                    known.aliases.push(name);
                }
            }
        })?;
    }
    Ok(found)
}

/// Carries out a log's lines. Its people are in the record already: under the ids that the log has for them, or under
/// those that `people` has in their stead; those in `out` are nobody's. A line that cannot be carried out is kept as a point, and told.
pub(super) fn replay(
    edit: &mut Edit<'_>,
    log: &Log,
    people: &HashMap<ParticipantId, ParticipantId>,
    out: &HashSet<ParticipantId>,
) -> Result<Vec<Problem>> {
    let own = |id: &ParticipantId| people.get(id).copied().unwrap_or(*id);
    let (strangers, names): (Vec<_>, Vec<_>) = log.names.iter().partition(|(_, id)| out.contains(id));
    let names: HashMap<String, ParticipantId> = names.into_iter().map(|(name, id)| (name.clone(), own(id))).collect();
    let strangers: HashSet<String> = strangers.into_iter().map(|(name, _)| name.clone()).collect();
    let key = edit.meeting();
    let mut last = queries::last_point(edit.query()?, key)?;
    let mut made: Vec<Option<Last>> = Vec::with_capacity(log.entries.len());
    let mut problems = Vec::new();
    for entry in &log.entries {
        edit.as_of(entry.at);
        let mut origin = Origin {
            log: Some(FromLog {
                name: &log.name,
                line: entry.line,
                names: &names,
                strangers: &strangers,
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
    edit.set_intent(format!("import of {}", log.name));
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
                item: meeting::current(edit)?,
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
