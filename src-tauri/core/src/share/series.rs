//! The body of a meeting that came from elsewhere: its series lies in the other's archive, so this one gets its own.

use crate::archive::Archive;
use crate::document::Part;
use crate::error::Result;
use crate::model::{MeetingId, Noun as _, Series};
use crate::store::queries;

/// Makes the series that a meeting names, where there is none here, under the same id: so that the meeting's settings, its
/// next meeting and its registers work here as they do there.
pub(super) fn meet(archive: &mut Archive, meeting: MeetingId) -> Result<()> {
    let Ok(facts) = queries::meeting(archive.conn(), meeting) else {
        // Not enough of it has come yet.
        return Ok(());
    };
    let Some(id) = facts.series else { return Ok(()) };
    if facts.body.is_empty() || queries::series_of(archive.conn(), &facts)?.is_some() {
        return Ok(());
    }
    archive.make(MeetingId::default(), "series met", |edit| {
        let series = Series::new(id, &facts.body, &facts.short);
        if edit.read::<Series>(Part::Archive, series.id())?.is_none() {
            edit.insert(Part::Archive, &series)?;
        }
        Ok(())
    })
}
