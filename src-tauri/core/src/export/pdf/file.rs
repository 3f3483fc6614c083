//! What a file has beside its pages: who it is from, its structure, its outline, its colours.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::laid::Laid;
use super::pen::Sequence;
use super::text::leftward_language;
use super::{about, outline, srgb, tags};

/// So few streams are packed sooner than a thread has begun.
const FEW: usize = 16;

/// Text as a PDF text string (ISO 32000-1, 7.9.2.2).
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect()
}

/// The same as an object; plain ASCII needs no two bytes a letter.
pub(super) fn text_string(text: &str) -> Object {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        Object::string_literal(text)
    } else {
        Object::String(utf16(text), StringFormat::Hexadecimal)
    }
}

/// The language of a document as PDF has it: letters, digits and hyphens (BCP 47). Anything else would only mislead.
fn language(laid: &Laid) -> &str {
    let language = laid.about.language.as_str();
    let is_tag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if language.split('-').all(is_tag) {
        language
    } else {
        "und"
    }
}

/// Mends what printpdf writes: the version, prepress keys in a file that is not for a press, boxes that say nothing,
/// a set of empty resources for each page, random ids. Adds what makes it a document for everybody and for long
/// (ISO 14289-1, PDF/UA; ISO 19005-2, PDF/A level A).
pub(super) fn mend(
    document: &mut Document,
    laid: &Laid,
    sequences: &[Vec<Sequence<'_>>],
    created: DateTime<Utc>,
) -> lopdf::Result<()> {
    "1.7".clone_into(&mut document.version);
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let areas = mend_pages(document, laid, &pages)?;
    tags::write(document, laid, sequences, &pages, &areas)?;
    outline::write(document, laid, &pages)?;

    let xmp = about::xmp(&laid.about, language(laid), created);
    // Not compressed: readers that know nothing of PDF look for it in the bytes.
    let xmp = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp).with_compression(false);
    let xmp = document.add_object(xmp);
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, srgb::profile()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if leftward_language(&laid.about.language) {
        preferences.set("Direction", "R2L");
    }
    let catalog = document.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Lang", Object::string_literal(language(laid)));
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("ViewerPreferences", preferences);

    let info = document.trailer.get(b"Info").and_then(Object::as_reference)?;
    let info = document.get_dictionary_mut(info)?;
    for key in [b"Trapped".as_slice(), b"GTS_PDFXVersion", b"Identifier", b"Keywords"] {
        info.remove(key);
    }
    let date = Object::string_literal(created.format("D:%Y%m%d%H%M%SZ").to_string());
    info.set("CreationDate", date.clone());
    info.set("ModDate", date);
    for (key, text) in [("Author", &laid.about.author), ("Subject", &laid.about.subject)] {
        if text.is_empty() {
            info.remove(key.as_bytes());
        }
    }
    let info = info.clone();
    let id = Object::String(fingerprint(document, &info), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    close_gaps(document);
    Ok(())
}

/// Numbers the objects anew, in their order. (The library's own way to do so takes time that grows with the square of their
/// number, and a long report has tens of thousands.)
fn close_gaps(document: &mut Document) {
    let objects = std::mem::take(&mut document.objects);
    let mut numbers: HashMap<ObjectId, ObjectId> = HashMap::with_capacity(objects.len());
    let mut last = 0;
    for id in objects.keys() {
        last += 1;
        numbers.insert(*id, (last, 0));
    }
    let renumbered = objects.into_iter().filter_map(|(id, mut object)| {
        point_anew(&mut object, &numbers);
        Some((*numbers.get(&id)?, object))
    });
    document.objects = renumbered.collect();
    for (_, value) in &mut document.trailer {
        point_anew(value, &numbers);
    }
    document.max_id = last;
}

fn point_anew(object: &mut Object, numbers: &HashMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => *id = *numbers.get(id).unwrap_or(id),
        Object::Array(array) => array.iter_mut().for_each(|one| point_anew(one, numbers)),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, one)| point_anew(one, numbers)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, one)| point_anew(one, numbers)),
        _ => {}
    }
}

/// Packs the streams, side by side where the machine can: they have nothing to do with one another.
pub(super) fn compress(document: &mut Document) {
    let mut streams: Vec<&mut Stream> = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_stream_mut().ok())
        .filter(|stream| stream.allows_compression)
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = streams.len().div_ceil(threads).max(FEW);
    std::thread::scope(|scope| {
        for part in streams.chunks_mut(share) {
            scope.spawn(move || {
                for stream in part {
                    // One that cannot be packed stays as it is.
                    let _ = stream.compress();
                }
            });
        }
    });
}

/// Mends pages; returns the links of each as objects.
fn mend_pages(document: &mut Document, laid: &Laid, pages: &[ObjectId]) -> lopdf::Result<Vec<Vec<ObjectId>>> {
    let mut areas = Vec::with_capacity(pages.len());
    let mut shared: Option<ObjectId> = None;
    for page in pages {
        let dict = document.get_dictionary_mut(*page)?;
        dict.remove(b"TrimBox");
        dict.remove(b"CropBox");
        let media: Vec<Object> = vec![0.into(), 0.into(), laid.width.into(), laid.height.into()];
        dict.set("MediaBox", media);
        dict.set("Tabs", "S");
        let links = match dict.remove(b"Annots") {
            Some(Object::Array(links)) => links,
            _ => Vec::new(),
        };
        let own = dict.get(b"Resources").and_then(Object::as_reference)?;
        let links: Vec<ObjectId> = links.into_iter().map(|link| separate(document, link)).collect();
        if !links.is_empty() {
            let links: Vec<Object> = links.iter().map(|link| Object::Reference(*link)).collect();
            document.get_dictionary_mut(*page)?.set("Annots", links);
        }
        areas.push(links);
        match shared {
            None => {
                shared = Some(own);
                let resources = document.get_dictionary_mut(own)?;
                let empty: Vec<Object> = [b"XObject".as_slice(), b"ExtGState", b"Shading"]
                    .iter()
                    .filter_map(|key| resources.remove(key))
                    .collect();
                for id in empty.iter().filter_map(|object| object.as_reference().ok()) {
                    document.objects.remove(&id);
                }
            }
            Some(first) => {
                document
                    .get_dictionary_mut(*page)?
                    .set("Resources", Object::Reference(first));
                document.objects.remove(&own);
            }
        }
    }
    Ok(areas)
}

/// A link as an object of its own, which structure can point to, and which prints (ISO 32000-1, 12.5.3).
fn separate(document: &mut Document, mut link: Object) -> ObjectId {
    if let Ok(dict) = link.as_dict_mut() {
        dict.set("F", 4);
        dict.remove(b"C");
    }
    document.add_object(link)
}

/// The file's id: a hash (FNV-1a, twice with different beginnings) of what is in it.
fn fingerprint(document: &Document, info: &Dictionary) -> Vec<u8> {
    let mut hashes = [0xcbf2_9ce4_8422_2325_u64, 0x8422_2325_cbf2_9ce4];
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            for hash in &mut hashes {
                *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    };
    for (key, value) in info {
        take(key);
        take(value.as_str().unwrap_or_default());
    }
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            take(&stream.content);
        }
    }
    hashes.iter().flat_map(|hash| hash.to_be_bytes()).collect()
}
