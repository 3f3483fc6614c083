//! Changes read straight from the pages of a file, for when its tables cannot be read.
//!
//! A change begins with four bytes that mark it and carries its length and a checksum, so that it is found and verified
//! wherever it lies, whatever has become of the pages that would lead to it. Only where a change is continued in other
//! pages does this need to know how `SQLite` lays out a row (<https://www.sqlite.org/fileformat2.html>, §1.6 and §2.1).

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use automerge::Change;

use super::file::with_suffix;
use crate::error::{Error, Result};

/// Every archive has pages of this size.
const PAGE: usize = 4096;
/// How each chunk of Automerge begins (automerge.org, binary format).
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Marks a hash of 32 bytes in a row's header.
const HASH_TYPE: u8 = 32 * 2 + 12;
/// No change is longer; a length above it was read from something else.
const LONGEST: usize = 1 << 30;

/// A change as found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The number of its document as its row has it, unverified.
    pub(crate) document: Option<i64>,
    /// The change; its checksum fits.
    pub(crate) change: Change,
}

/// All changes that lie in a file or in the log beside it, in no order. One may come twice.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn changes(path: &Path) -> Result<Vec<Found>> {
    let file = fs::read(path).map_err(Error::io(format!("{} could not be read", path.display())))?;
    let log = fs::read(with_suffix(path, "-wal")).unwrap_or_default();
    let pages = Pages {
        newer: logged(&log),
        file: &file,
    };
    let count = file.len().div_ceil(PAGE);
    let logged: Vec<usize> = pages.newer.keys().copied().filter(|number| *number > count).collect();
    let mut found = Vec::new();
    for number in (1..=count).chain(logged) {
        let Some(page) = pages.get(number) else { continue };
        for (at, window) in page.windows(MAGIC.len()).enumerate() {
            if window == MAGIC {
                found.extend(change_at(&pages, page, at));
            }
        }
    }
    Ok(found)
}

/// The pages of a file as they are by the log beside it.
struct Pages<'a> {
    file: &'a [u8],
    newer: HashMap<usize, &'a [u8]>,
}

impl<'a> Pages<'a> {
    /// A page by its number, from 1; the last one may be cut short.
    fn get(&self, number: usize) -> Option<&'a [u8]> {
        if let Some(page) = self.newer.get(&number) {
            return Some(page);
        }
        let start = number.checked_sub(1)?.checked_mul(PAGE)?;
        let end = start.checked_add(PAGE)?.min(self.file.len());
        self.file.get(start..end).filter(|page| !page.is_empty())
    }
}

/// The pages that a write-ahead log holds up to the last transaction that it holds whole: each frame is a header of 24
/// bytes (page number, size of the file after a commit or 0, two salts, two checksums) and a page.
pub(super) fn logged(log: &[u8]) -> HashMap<usize, &[u8]> {
    let mut pages = HashMap::new();
    let Some(salts) = log.get(16..24) else { return pages };
    let mut pending = Vec::new();
    for frame in log.get(32..).unwrap_or_default().chunks_exact(24 + PAGE) {
        if frame.get(8..16) != Some(salts) {
            break;
        }
        let (Some(number), Some(committed), Some(page)) = (number_at(frame, 0), number_at(frame, 4), frame.get(24..))
        else {
            break;
        };
        pending.push((number, page));
        if committed != 0 {
            pages.extend(pending.drain(..));
        }
    }
    pages
}

fn number_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

/// The change that begins at a place of a page.
fn change_at(pages: &Pages<'_>, page: &[u8], at: usize) -> Option<Found> {
    // Magic, four bytes of checksum, the kind of chunk (a change, plain or compressed), its length.
    if !matches!(page.get(at.checked_add(8)?)?, 1 | 2) {
        return None;
    }
    let (length, digits) = length_at(page, at + 9)?;
    let length = length.checked_add(9)?.checked_add(digits)?;
    let document = document_before(page, at);
    let whole = page.get(at..at.checked_add(length)?).map(<[u8]>::to_vec);
    let candidates = whole
        .into_iter()
        .chain((0..=8).filter_map(|width| continued(pages, page, at, length, width)));
    for bytes in candidates {
        let checksum: Option<[u8; 4]> = bytes.get(4..8).and_then(|sum| sum.try_into().ok());
        if let Ok(change) = Change::from_bytes(bytes)
            && checksum.is_some_and(|sum| change.hash().0.starts_with(&sum))
        {
            return Some(Found { document, change });
        }
    }
    None
}

/// A number in the form of Automerge's lengths, seven bits a byte, the lowest first; and how many bytes it takes.
fn length_at(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for (digit, byte) in bytes.get(at..)?.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * digit);
        if byte & 0x80 == 0 {
            return (value <= LONGEST).then_some((value, digit + 1));
        }
    }
    None
}

/// The bytes of a change that is continued in other pages, if its row's document number takes `width` bytes.
fn continued(pages: &Pages<'_>, page: &[u8], at: usize, length: usize, width: usize) -> Option<Vec<u8>> {
    // The row: a header (its own length, no number, the document's type, the hash's, the change's), then the document's
    // number, the hash and the change.
    let type_width = match length * 2 + 12 {
        0..=0x7f => 1,
        0x80..=0x3fff => 2,
        0x4000..=0x1f_ffff => 3,
        0x20_0000..=0xfff_ffff => 4,
        _ => 5,
    };
    let before = 4 + type_width + width + 32;
    let payload = before + length;
    let most = PAGE - 35;
    if payload <= most {
        return None;
    }
    let least = (PAGE - 12) * 32 / 255 - 23;
    let wanted = least + (payload - least) % (PAGE - 4);
    let here = if wanted <= most { wanted } else { least }.checked_sub(before)?;
    let mut bytes = page.get(at..at.checked_add(here)?)?.to_vec();
    let mut next = number_at(page, at + here)?;
    while bytes.len() < length {
        let page = pages.get(next)?;
        next = number_at(page, 0)?;
        let rest = page.get(4..)?;
        bytes.extend_from_slice(rest.get(..rest.len().min(length - bytes.len()))?);
    }
    Some(bytes)
}

/// The document's number in the row whose change begins here: it stands before the hash, and how wide it is in the
/// row's header.
fn document_before(page: &[u8], at: usize) -> Option<i64> {
    let hash = at.checked_sub(32)?;
    (0..=8_usize).find_map(|width| {
        let number = page.get(hash.checked_sub(width)?..hash)?;
        // The header ends in the change's type, of one to five bytes, after the hash's.
        let header = page.get(..hash - width)?;
        let place = (1..=5).find_map(|type_width| {
            let place = header.len().checked_sub(type_width + 1)?;
            (header.get(place) == Some(&HASH_TYPE)
                && header.get(place.checked_sub(2)?) == Some(&0)
                && header.get(place.checked_sub(3)?).map(|size| usize::from(*size)) == Some(4 + type_width))
            .then_some(place)
        })?;
        let kind = *header.get(place - 1)?;
        match (kind, width) {
            (8, 0) => Some(0),
            (9, 0) => Some(1),
            (1, 1) | (2, 2) | (3, 3) | (4, 4) | (5, 6) | (6, 8) => {
                Some(number.iter().fold(0_i64, |value, byte| (value << 8) | i64::from(*byte)))
            }
            _ => None,
        }
    })
}
