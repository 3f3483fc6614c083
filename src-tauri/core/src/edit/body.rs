//! The settings of the body that meets, and the user's own preferences: both lie in the archive's own document, beside
//! the meetings, so that no meeting's undo takes them back.

use uuid::Uuid;

use super::meeting;
use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::{clean, clean_line};
use crate::model::{Collected, Naming, Preference, PreferenceId, Quorum, ReportSettings, Series, Thresholds};

/// What of a body's settings is changed; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// How many have to be here.
    pub quorum: Option<String>,
    /// Seconds that a speaker may have; 0 = no limit.
    pub speaking_limit: Option<u32>,
    /// Titles of items that every agenda has.
    pub standing_items: Option<Vec<String>>,
    /// Text that every report begins with; paragraphs are parted by an empty line.
    pub boilerplate: Option<String>,
}

/// Changes the settings of a meeting's body.
///
/// # Errors
/// [`Error::Invalid`] for a rule that cannot be read, and for a meeting of no body.
pub fn change(edit: &mut Edit<'_>, changes: Changes) -> Result<Uuid> {
    let series = meeting::facts(edit)?.series.ok_or_else(|| {
        Error::Invalid("this meeting belongs to no body yet, so there is nothing to keep the rule for".to_owned())
    })?;
    let rule = changes.quorum.as_deref().map(clean_line);
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
        if let Some(limit) = changes.speaking_limit {
            series.speaking_limit = limit;
        }
        if let Some(titles) = changes.standing_items {
            series.standing_items = lines_of(&titles);
        }
        if let Some(text) = changes.boilerplate {
            series.boilerplate = clean(text.trim()).0;
        }
    })?;
    Ok(series.0)
}

/// Each on one line, without those that are empty.
fn lines_of(list: &[String]) -> Vec<String> {
    let cleaned = list.iter().map(|line| clean_line(line));
    cleaned.filter(|line| !line.is_empty()).collect()
}

/// What of a body's report settings is changed; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct ReportChanges {
    /// How people are named.
    pub naming: Option<Naming>,
    /// Whether moderators, rapporteurs and presenters are named in any case.
    pub keep_officers: Option<bool>,
    /// Where decisions and actions stand.
    pub collected: Option<Collected>,
    /// Whether the table of actions is parted by owner.
    pub by_owner: Option<bool>,
    /// Whether the lines of a page fill the measure.
    pub justified: Option<bool>,
    /// When "several" is several.
    pub thresholds: Option<Thresholds>,
    /// The phrases; none at all = the usual ones.
    pub phrases: Option<Vec<String>>,
}

/// Changes how the reports of a meeting's body are made.
///
/// # Errors
/// [`Error::Invalid`] for thresholds that do not rise, and for a meeting of no body.
pub fn change_report(edit: &mut Edit<'_>, changes: ReportChanges) -> Result<Uuid> {
    let series = meeting::facts(edit)?.series.ok_or_else(|| {
        Error::Invalid("this meeting belongs to no body yet, so there is nothing to keep the settings for".to_owned())
    })?;
    if let Some(one) = changes.thresholds
        && !(1 <= one.some && one.some <= one.several && one.several <= one.many)
    {
        return Err(Error::Invalid(
            "\"some\" may not ask for more people than \"several\", nor \"several\" for more than \"many\"; the old numbers were kept"
                .to_owned(),
        ));
    }
    edit.update::<Series>(Part::Archive, series.0, |series| {
        let mut settings = ReportSettings::of(series);
        if let Some(naming) = changes.naming {
            settings.naming = naming;
        }
        if let Some(keep_officers) = changes.keep_officers {
            settings.keep_officers = keep_officers;
        }
        if let Some(collected) = changes.collected {
            settings.collected = collected;
        }
        if let Some(by_owner) = changes.by_owner {
            settings.by_owner = by_owner;
        }
        if let Some(justified) = changes.justified {
            settings.justified = justified;
        }
        if let Some(thresholds) = changes.thresholds {
            settings.thresholds = thresholds;
        }
        if let Some(phrases) = changes.phrases {
            settings.phrases = lines_of(&phrases);
        }
        settings.write(series);
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
