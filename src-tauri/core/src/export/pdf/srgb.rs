//! The colours of a file are sRGB (IEC 61966-2-1): its profile (ICC.1:2004-10), made here since it is so small.

/// The curve of all three colours: parametric, type 3, with g, a, b, c, d.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

/// From the white of sRGB (D65) to that of profiles (D50), after Bradford.
const ADAPTED: [f64; 9] = [
    1.047_88, 0.022_92, -0.050_22, 0.029_59, 0.990_48, -0.017_07, -0.009_25, 0.015_08, 0.751_67,
];

/// White and the three colours, adapted to D50.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
const RED: [f64; 3] = [0.436_07, 0.222_49, 0.013_92];
const GREEN: [f64; 3] = [0.385_15, 0.716_87, 0.097_08];
const BLUE: [f64; 3] = [0.143_07, 0.060_61, 0.714_1];

/// The profile.
pub(super) fn profile() -> Vec<u8> {
    let numbers = |kind: &[u8; 4], values: &[f64]| {
        let mut data = kind.to_vec();
        data.extend([0; 4]);
        data.extend(values.iter().flat_map(|value| fixed(*value)));
        data
    };
    let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
    curve.extend(CURVE.iter().flat_map(|value| fixed(*value)));
    let elements: [(Vec<u8>, &[&[u8; 4]]); 8] = [
        (words("sRGB"), &[b"desc"]),
        (words("No rights reserved"), &[b"cprt"]),
        (numbers(b"XYZ ", &WHITE), &[b"wtpt"]),
        (numbers(b"sf32", &ADAPTED), &[b"chad"]),
        (numbers(b"XYZ ", &RED), &[b"rXYZ"]),
        (numbers(b"XYZ ", &GREEN), &[b"gXYZ"]),
        (numbers(b"XYZ ", &BLUE), &[b"bXYZ"]),
        (curve, &[b"rTRC", b"gTRC", b"bTRC"]),
    ];
    let count = elements.iter().map(|(_, tags)| tags.len()).sum::<usize>();
    let start = 128 + 4 + 12 * count;
    let (mut table, mut data) = (number(count).to_vec(), Vec::new());
    for (element, tags) in elements {
        for tag in tags {
            table.extend(*tag);
            table.extend(number(start + data.len()));
            table.extend(number(element.len()));
        }
        data.extend(element);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = number(start + data.len()).to_vec();
    // No preferred engine, version 4.2, a display's profile from RGB to XYZ, made at no time that matters.
    profile.extend(b"\0\0\0\0\x04\x20\0\0mntrRGB XYZ ");
    profile.extend([7, 0xea, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    profile.extend(b"acsp");
    profile.resize(68, 0);
    profile.extend(WHITE.iter().flat_map(|value| fixed(*value)));
    profile.resize(128, 0);
    profile.extend(table);
    profile.extend(data);
    profile
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

/// A fixed-point number of 16 and 16 bits.
#[allow(clippy::cast_possible_truncation, reason = "all values are constants below 3")]
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

/// Text in one language.
fn words(text: &str) -> Vec<u8> {
    let mut data = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    data.extend(number(2 * text.len()));
    data.extend(number(28));
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    data
}
