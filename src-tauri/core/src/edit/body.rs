//! The settings of the body that meets, and the user's own preferences: both lie in the archive's own document, beside
//! the meetings, so that no meeting's undo takes them back.

use uuid::Uuid;

use super::meeting;
use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean_line;
use crate::model::{Preference, PreferenceId, Quorum, Series};

/// Changes the settings of a meeting's body; `None` leaves one as it is.
///
/// # Errors
/// [`Error::Invalid`] for a rule that cannot be read, and for a meeting of no body.
pub fn change(edit: &mut Edit<'_>, quorum: Option<&str>, speaking_limit: Option<u32>) -> Result<Uuid> {
    let series = meeting::facts(edit)?.series.ok_or_else(|| {
        Error::Invalid("this meeting belongs to no body yet, so there is nothing to keep the rule for".to_owned())
    })?;
    let rule = quorum.map(clean_line);
    if let Some(rule) = rule.as_deref().filter(|rule| !rule.is_empty())
        && Quorum::parse(rule).is_none()
    {
        return Err(Error::Invalid(format!(
            "\"{rule}\" is no rule; write a number (9), a share (1/2, 50%) or more than a share (>1/2). The old rule was kept"
        )));
    }
    edit.update::<Series>(Part::Archive, series.0, |series| {
        if let Some(rule) = rule {
            series.quorum = rule;
        }
        if let Some(limit) = speaking_limit {
            series.speaking_limit = limit;
        }
    })?;
    Ok(series.0)
}

/// Keeps a preference under the id that its key has on every laptop; an empty value lets it go.
///
/// # Errors
/// [`Error::Invalid`] for an empty key.
pub fn prefer(edit: &mut Edit<'_>, key: &str, value: &str) -> Result<Uuid> {
    if key.trim().is_empty() {
        return Err(Error::Invalid("a preference needs a key".to_owned()));
    }
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, key.as_bytes());
    let preference = Preference {
        id: PreferenceId(id),
        key: key.to_owned(),
        value: value.to_owned(),
    };
    edit.insert(Part::Archive, &preference)?;
    Ok(id)
}
