//! TrueType outlines without the programs that fit them to a screen of few dots: a page needs none, and they are a
//! third of a small font (OpenType: `glyf`, `loca`).

/// Tables that a font in a PDF needs (ISO 32000-1, 9.9); the others are programs, their values, and names.
const NEEDED: [&[u8; 4]; 6] = [b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"];

/// Flags of a part of a composite glyph.
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const TWO_SCALES: u16 = 0x0040;
const MATRIX: u16 = 0x0080;
const PROGRAM: u16 = 0x0100;

/// The same font without programs; none where it is no TrueType font or not as it should be.
pub(super) fn without_hints(font: &[u8]) -> Option<Vec<u8>> {
    if font.get(..4)? != b"\0\x01\0\0" {
        return None;
    }
    let table = |tag: &[u8; 4]| {
        let records = font.get(12..12 + 16 * usize::from(read(font, 4)?))?;
        let record = records.chunks_exact(16).find(|record| record.starts_with(tag))?;
        let long = |at: usize| Some((usize::from(read(record, at)?) << 16) | usize::from(read(record, at + 2)?));
        let start = long(8)?;
        font.get(start..start.checked_add(long(12)?)?)
    };
    let (glyf, loca, head) = (table(b"glyf")?, table(b"loca")?, table(b"head")?);
    let is_long = read(head, 50)? != 0;
    let offsets: Vec<usize> = if is_long {
        loca.chunks_exact(4)
            .map(|bytes| bytes.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)))
            .collect()
    } else {
        loca.chunks_exact(2)
            .map(|bytes| bytes.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)) * 2)
            .collect()
    };
    let mut outlines: Vec<u8> = Vec::with_capacity(glyf.len());
    let mut places: Vec<u8> = Vec::with_capacity(loca.len());
    let place = |places: &mut Vec<u8>, at: usize| {
        if is_long {
            places.extend(u32::try_from(at).ok()?.to_be_bytes());
        } else {
            places.extend(u16::try_from(at / 2).ok()?.to_be_bytes());
        }
        Some(())
    };
    place(&mut places, 0)?;
    for pair in offsets.windows(2) {
        let [start, end] = pair else { return None };
        outline(glyf.get(*start..*end)?, &mut outlines)?;
        outlines.resize(outlines.len().next_multiple_of(4), 0);
        place(&mut places, outlines.len())?;
    }
    let mut maxp = table(b"maxp")?.to_vec();
    // Stack, storage, functions and the length of programs: there are none.
    for at in [16, 18, 20, 22, 24, 26] {
        maxp.get_mut(at..at + 2)?.fill(0);
    }
    let tables: Option<Vec<(&[u8; 4], &[u8])>> = NEEDED
        .into_iter()
        .map(|tag| {
            Some((
                tag,
                match tag {
                    b"glyf" => outlines.as_slice(),
                    b"loca" => places.as_slice(),
                    b"maxp" => maxp.as_slice(),
                    _ => table(tag)?,
                },
            ))
        })
        .collect();
    file(&tables?)
}

/// Puts a glyph without its program at the end of `out`.
fn outline(glyph: &[u8], out: &mut Vec<u8>) -> Option<()> {
    if glyph.is_empty() {
        return Some(());
    }
    let contours = read(glyph, 0)?;
    if contours < 0x8000 {
        let at = 10 + 2 * usize::from(contours);
        let length = usize::from(read(glyph, at)?);
        out.extend(glyph.get(..at)?);
        out.extend([0, 0]);
        out.extend(glyph.get(at + 2 + length..)?);
        return Some(());
    }
    out.extend(glyph.get(..10)?);
    let mut at = 10;
    loop {
        let flags = read(glyph, at)?;
        let mut size = if flags & WORDS == 0 { 6 } else { 8 };
        size += match flags & (SCALE | TWO_SCALES | MATRIX) {
            SCALE => 2,
            TWO_SCALES => 4,
            MATRIX => 8,
            _ => 0,
        };
        out.extend((flags & !PROGRAM).to_be_bytes());
        out.extend(glyph.get(at + 2..at + size)?);
        at += size;
        if flags & MORE == 0 {
            return Some(());
        }
    }
}

/// A font file of some tables, which are in the order of their names.
fn file(tables: &[(&[u8; 4], &[u8])]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let power = count.checked_ilog2()?;
    let mut out = vec![0, 1, 0, 0];
    let range = 16_u16 << power;
    for number in [count, range, u16::try_from(power).ok()?, count * 16 - range] {
        out.extend(number.to_be_bytes());
    }
    let mut start = 12 + 16 * tables.len();
    for (tag, data) in tables {
        out.extend(*tag);
        for number in [sum(data), u32::try_from(start).ok()?, u32::try_from(data.len()).ok()?] {
            out.extend(number.to_be_bytes());
        }
        start += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        out.extend(*data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    Some(out)
}

/// A table's check sum.
fn sum(data: &[u8]) -> u32 {
    data.chunks(4)
        .map(|word| (0..4).fold(0, |sum, at| (sum << 8) | u32::from(word.get(at).copied().unwrap_or(0))))
        .fold(0, u32::wrapping_add)
}

fn read(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}
