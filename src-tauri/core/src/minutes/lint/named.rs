//! Names in a document that names nobody.

use super::{Code, Desk, Finding, begins_sentence};
use crate::minutes::mentions::{mention, offers};
use crate::model::{Duty, Naming, Participant};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    if matches!(desk.settings.naming, Naming::Name | Naming::Other(_)) {
        return;
    }
    let presents = |person: &Participant| {
        desk.record
            .items
            .iter()
            .any(|view| view.item.presenter == Some(person.id))
    };
    let hidden: Vec<Participant> = desk
        .record
        .participants
        .iter()
        .filter(|person| !(desk.settings.keep_officers && (person.duty != Duty::None || presents(person))))
        .cloned()
        .collect();
    for text in &desk.texts {
        for offer in offers(text.source, &hidden) {
            // "Young people said" is not about Mr Young.
            if !offer.is_whole && begins_sentence(text.source, offer.at.start) {
                continue;
            }
            let words = text.source.get(offer.at.clone()).unwrap_or_default();
            let message = "A name where nobody is named".to_owned();
            let mut one = text.finding(Code::Named, Some(&offer.at), words, message);
            if let [participant] = offer.participants.as_slice() {
                // As a mention it is named as every export asks.
                one.mend = text.rewrite(
                    "Name them as the export asks".to_owned(),
                    &offer.at,
                    &mention(words, *participant),
                );
            }
            found.push(one);
        }
    }
}
