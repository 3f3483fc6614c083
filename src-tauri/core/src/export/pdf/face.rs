//! What a PDF must know of a font file beside its outlines (OpenType: `head`, `hhea`, `hmtx`, `OS/2`, `post`, `name`).

use parley::fontique::Blob;

/// One face of a font file.
#[derive(Clone, Debug)]
pub struct Face {
    /// The file.
    pub(crate) data: Blob<u8>,
    /// Which face of a collection; 0 in a single font.
    pub(crate) index: u32,
    /// Its PostScript name, made safe for a PDF name.
    pub name: String,
    /// Highest extent of the font's lines, in thousandths of an em.
    pub ascent: i16,
    /// Lowest, as a negative number.
    pub descent: i16,
    /// Bounding box of all glyphs: left, bottom, right, top; thousandths of an em.
    pub bounds: [i16; 4],
    /// Rise and run of the slope of an italic's stems.
    pub slope: (i16, i16),
    /// Weight, 100 to 900.
    pub weight: u16,
    units: u16,
    metrics: usize,
    hmtx: (usize, usize),
}

impl Face {
    /// Reads a face; none where the file is none that can be embedded as it stands: broken, without outlines of the
    /// usual kinds, variable, or barred from embedding by its maker.
    pub(crate) fn read(data: Blob<u8>, index: u32) -> Option<Self> {
        let bytes = data.as_ref();
        let tables = Tables::of(bytes, index)?;
        if tables.find(*b"fvar").is_some() || (tables.find(*b"glyf").is_none() && tables.find(*b"CFF ").is_none()) {
            return None;
        }
        let (head, hhea) = (tables.find(*b"head")?.0, tables.find(*b"hhea")?.0);
        let units = read_u16(bytes, head.checked_add(18)?)?;
        if units == 0 {
            return None;
        }
        let scaled = |at: usize| Some(scale(read_i16(bytes, at)?, units));
        let os2 = tables.find(*b"OS/2").map(|(at, _)| at);
        // fsType, bit 1: "restricted licence embedding" (OpenType, OS/2).
        if os2
            .and_then(|at| read_u16(bytes, at.checked_add(8)?))
            .is_some_and(|kind| kind & 0x000e == 0x0002)
        {
            return None;
        }
        Some(Self {
            name: tables.postscript_name(bytes).unwrap_or_else(|| "Font".to_owned()),
            ascent: scaled(hhea.checked_add(4)?)?,
            descent: scaled(hhea.checked_add(6)?)?,
            bounds: [
                scaled(head.checked_add(36)?)?,
                scaled(head.checked_add(38)?)?,
                scaled(head.checked_add(40)?)?,
                scaled(head.checked_add(42)?)?,
            ],
            slope: (
                read_i16(bytes, hhea.checked_add(18)?)?,
                read_i16(bytes, hhea.checked_add(20)?)?,
            ),
            weight: os2.and_then(|at| read_u16(bytes, at.checked_add(4)?)).unwrap_or(400),
            units,
            metrics: usize::from(read_u16(bytes, hhea.checked_add(34)?)?),
            hmtx: tables.find(*b"hmtx")?,
            data,
            index,
        })
    }

    /// How far a glyph moves the pen, in thousandths of an em, rounded.
    #[must_use]
    pub fn advance(&self, glyph: u16) -> u16 {
        let entry = usize::from(glyph).min(self.metrics.saturating_sub(1)).saturating_mul(4);
        if entry >= self.hmtx.1 {
            return 0;
        }
        let width = read_u16(self.data.as_ref(), self.hmtx.0.saturating_add(entry)).unwrap_or(0);
        let units = u32::from(self.units);
        u16::try_from((u32::from(width) * 1000 + units / 2) / units).unwrap_or(u16::MAX)
    }
}

/// The table directory of one face.
struct Tables<'a> {
    records: &'a [u8],
    size: usize,
}

impl<'a> Tables<'a> {
    fn of(bytes: &'a [u8], index: u32) -> Option<Self> {
        let start = if bytes.get(..4)? == b"ttcf" {
            if index >= read_u32(bytes, 8)? {
                return None;
            }
            let at = usize::try_from(index).ok()?.checked_mul(4)?.checked_add(12)?;
            usize::try_from(read_u32(bytes, at)?).ok()?
        } else {
            0
        };
        let count = usize::from(read_u16(bytes, start.checked_add(4)?)?);
        let first = start.checked_add(12)?;
        Some(Self {
            records: bytes.get(first..first.checked_add(count.checked_mul(16)?)?)?,
            size: bytes.len(),
        })
    }

    /// Offset and length of a table that lies within the file.
    fn find(&self, tag: [u8; 4]) -> Option<(usize, usize)> {
        let record = self
            .records
            .chunks_exact(16)
            .find(|record| record.get(..4) == Some(tag.as_slice()))?;
        let offset = usize::try_from(read_u32(record, 8)?).ok()?;
        let length = usize::try_from(read_u32(record, 12)?).ok()?;
        (offset.checked_add(length)? <= self.size).then_some((offset, length))
    }

    /// Name 6, kept to the characters that a PDF name and a PostScript name can hold.
    fn postscript_name(&self, bytes: &[u8]) -> Option<String> {
        let (at, _) = self.find(*b"name")?;
        let count = usize::from(read_u16(bytes, at.checked_add(2)?)?);
        let strings = at.checked_add(usize::from(read_u16(bytes, at.checked_add(4)?)?))?;
        let record = (0..count)
            .filter_map(|n| at.checked_add(6)?.checked_add(n.checked_mul(12)?))
            .find(|record| read_u16(bytes, record.saturating_add(6)) == Some(6))?;
        let length = usize::from(read_u16(bytes, record.checked_add(8)?)?);
        let from = strings.checked_add(usize::from(read_u16(bytes, record.checked_add(10)?)?))?;
        let name: String = bytes
            .get(from..from.checked_add(length)?)?
            .iter()
            .filter(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
            .map(|byte| char::from(*byte))
            .take(60)
            .collect();
        (!name.is_empty()).then_some(name)
    }
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn read_i16(bytes: &[u8], at: usize) -> Option<i16> {
    Some(i16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn scale(value: i16, units: u16) -> i16 {
    let scaled = i32::from(value) * 1000 / i32::from(units);
    i16::try_from(scaled).unwrap_or(if scaled < 0 { i16::MIN } else { i16::MAX })
}
