//! Passages that rest on what is off the record.

use super::{Act, Code, Desk, Finding, Mend, Of, finding};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    for passage in &desk.record.passages {
        let internal = desk
            .record
            .points
            .iter()
            .filter(|view| view.point.internal && passage.sources.contains(&view.point.id));
        for view in internal {
            let place = desk.place(Of::Passage, passage.id.0, passage.item);
            let id = view.point.id;
            let message = "Rests on a point off the record";
            let mut one = finding(Code::InternalCited, place, &id.to_string(), message, &passage.text);
            one.mend = Some(Mend {
                words: "Let it rest on the others alone".to_owned(),
                act: Act::Uncite {
                    passage: passage.id,
                    point: id,
                },
            });
            found.push(one);
        }
    }
}
