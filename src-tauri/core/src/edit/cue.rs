//! Cues of a transcript, made into points.

use super::agenda;
use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::inline::literal;
use crate::model::{Attribution, Basis, Cue, CueId, OrderKey, Point, PointId};

/// Makes points of cues, at their own time, under the item that was open then and by who spoke: cues of one speaker
/// right behind each other become one point. The cues stay. Answers with the points, the earliest first.
///
/// # Errors
/// [`Error::NotFound`] for a cue that is not in the transcript, [`Error::Invalid`] for none.
pub fn to_points(edit: &mut Edit<'_>, ids: &[CueId]) -> Result<Vec<PointId>> {
    let mut cues = Vec::new();
    for id in ids {
        let cue = edit.read::<Cue>(Part::Meeting, id.0)?;
        cues.push(cue.ok_or_else(|| Error::NotFound("this cue is not in the transcript any more".to_owned()))?);
    }
    cues.sort_by_key(|cue| (cue.starts, cue.id));
    cues.dedup_by_key(|cue| cue.id);
    let mut said: Vec<(Cue, String)> = Vec::new();
    for cue in cues {
        let words = cue.text.trim().to_owned();
        match said.last_mut() {
            Some((first, text)) if same_speaker(first, &cue) => {
                text.push(' ');
                text.push_str(&words);
            }
            _ => said.push((cue, words)),
        }
    }
    let mut made = Vec::new();
    for (cue, words) in said {
        if words.is_empty() {
            continue;
        }
        let mut point = Point::new(
            PointId(edit.fresh_id()),
            OrderKey::at(cue.starts),
            cue.starts,
            literal(&words),
        );
        point.item = agenda::open_at(edit, cue.starts)?;
        "transcript".clone_into(&mut point.source);
        point.raw = words;
        match (cue.participant, cue.speaker_text.trim()) {
            (Some(speaker), _) => {
                point.attribution = Attribution::Named;
                point.basis = Basis::Imported;
                point.speakers = vec![speaker];
            }
            (None, "") => {}
            // As a line that is typed with a speaker whom nobody is called like: to be settled, never guessed.
            (None, name) => {
                point.attribution = Attribution::Unresolved;
                point.basis = Basis::Imported;
                name.clone_into(&mut point.speaker_text);
                point.text = format!("{}: {}", literal(name), point.text);
            }
        }
        edit.insert(Part::Meeting, &point)?;
        made.push(point.id);
    }
    if made.is_empty() {
        return Err(Error::Invalid(
            "there are no words in these cues; no point was made".to_owned(),
        ));
    }
    Ok(made)
}

/// Whether two cues right behind each other are one contribution.
fn same_speaker(one: &Cue, other: &Cue) -> bool {
    one.participant == other.participant && one.speaker_text.trim() == other.speaker_text.trim()
}
