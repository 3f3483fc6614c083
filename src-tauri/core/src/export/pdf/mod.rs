//! Minutes → PDF, in two steps with a seam between them: [`layout()`] sets pages of positioned glyphs, [`draw()`]
//! writes them to a file. Only the second knows what a PDF is.

mod about;
mod draw;
mod face;
mod families;
mod file;
mod flow;
mod fonts;
mod glyphs;
mod heads;
mod hints;
mod hyphens;
mod kept;
pub mod laid;
mod layout;
mod outline;
mod pen;
mod set;
mod srgb;
mod style;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod text;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::minutes::Minutes;
use crate::{Error, Result};

pub use draw::draw;
pub use face::Face;
pub(super) use flow::MARGIN;
pub use fonts::Fonts;
pub use laid::Laid;
pub use layout::{layout, layout_again};

/// What to do about characters that no font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// Show each as `[U+XXXX]` in its place, and report it.
    #[default]
    Show,
    /// Make no file, and name them.
    Refuse,
}

/// A character that no font has; told once for a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The character.
    pub character: char,
    /// The row of the record that it stands in; none in generated text.
    pub origin: Option<Uuid>,
    /// Some of the text around it.
    pub text: String,
}

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font has; each is shown as `[U+XXXX]` in its place.
    pub missing: Vec<Missed>,
}

/// Writes minutes as a PDF file (ISO 32000-1: 1.7). The same minutes, fonts and `created` give the same bytes.
///
/// # Errors
///
/// [`Error::Invalid`] where characters are missing and that was to be refused; [`Error::Internal`] where a font cannot
/// be embedded.
pub fn pdf(minutes: &Minutes, fonts: &Fonts, created: DateTime<Utc>, missing: Missing) -> Result<Pdf> {
    file(layout(minutes, fonts), created, missing)
}

fn file(laid: Laid, created: DateTime<Utc>, missing: Missing) -> Result<Pdf> {
    if missing == Missing::Refuse && !laid.missing.is_empty() {
        return Err(Error::Invalid(complaint(&laid.missing)));
    }
    let bytes = draw(&laid, created)?;
    Ok(Pdf {
        bytes,
        pages: laid.pages.len(),
        missing: laid.missing,
    })
}

/// Names the first few missing characters and where they stand.
fn complaint(missing: &[Missed]) -> String {
    let places: Vec<String> = missing
        .iter()
        .take(5)
        .map(|missed| {
            format!(
                "{} (U+{:04X}) in “{}”",
                missed.character,
                u32::from(missed.character),
                missed.text
            )
        })
        .collect();
    let more = missing.len().saturating_sub(places.len());
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    format!("no font on this machine has {}{more}", places.join(", "))
}
