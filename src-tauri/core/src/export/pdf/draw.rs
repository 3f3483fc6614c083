//! Pages → a PDF file. With the glyphs the only place that knows printpdf.
//!
//! printpdf makes pages, links and fonts, the pen writes what is on the pages; what printpdf leaves wrong or out is mended
//! in the tree of objects before it is saved: see [`mend`].

use chrono::{DateTime, Utc};
use lopdf::{Document, ObjectId, SaveOptions};
use printpdf::{
    Actions, BorderArray, Codepoint, ColorArray, FontId, HighlightingMode, LinkAnnotation, Mm, Op, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem,
};

use crate::{Error, Result};

use super::about::PRODUCER;
use super::file::{compress, mend};
use super::glyphs::Used;
use super::laid::{Laid, Link, Mark, Page};
use super::pen::{Pen, round};

/// Writes a laid document as a PDF 1.7 file that says it was made at `created`.
///
/// # Errors
///
/// [`Error::Internal`] where a font cannot be cut down or the file cannot be written.
pub fn draw(laid: &Laid, created: DateTime<Utc>) -> Result<Vec<u8>> {
    let used = Used::by_face(laid);
    let mut pdf = PdfDocument::new(&laid.about.title);
    let info = &mut pdf.metadata.info;
    info.author.clone_from(&laid.about.author);
    info.subject.clone_from(&laid.about.subject);
    "Minuta".clone_into(&mut info.creator);
    PRODUCER.clone_into(&mut info.producer);
    for (index, face) in used.iter().enumerate() {
        pdf.resources
            .fonts
            .map
            .insert(font_id(index), PdfFont::new(face.font(laid, index)?));
    }
    let size = |length: f32| Mm::from(Pt(length));
    let (mut contents, mut sequences) = (Vec::new(), Vec::new());
    for (number, page) in laid.pages.iter().enumerate() {
        let (content, marked) = Pen::new(laid, &used).page(page);
        contents.push(content);
        sequences.push(marked);
        let mut ops = links(page, laid.height);
        // printpdf embeds the fonts of which it sees every letter, once.
        if number == 0 {
            for (index, face) in used.iter().enumerate() {
                ops.extend(all_letters(index, face));
            }
        }
        pdf.pages.push(PdfPage::new(size(laid.width), size(laid.height), ops));
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut document = pdf.to_lopdf_document(&options, &mut Vec::new());
    write(&mut document, contents).map_err(|error| Error::Internal(format!("PDF: {error}")))?;
    mend(&mut document, laid, &sequences, created).map_err(|error| Error::Internal(format!("PDF: {error}")))?;
    compress(&mut document);
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(9)
        .build();
    document
        .save_with_options(&mut bytes, options)
        .map_err(Error::io("writing a PDF to memory"))?;
    Ok(bytes)
}

/// What a font is called on the pages.
pub(super) fn font_name(index: usize) -> String {
    format!("T{index}")
}

fn font_id(index: usize) -> FontId {
    FontId(font_name(index))
}

/// Shows every glyph of a font that the document uses.
fn all_letters(index: usize, face: &Used) -> [Op; 4] {
    let letters = face
        .letters()
        .map(|(code, text)| Codepoint::with_cid(code, 0.0, text.to_owned()));
    [
        Op::StartTextSection,
        Op::SetFont {
            font: PdfFontHandle::External(font_id(index)),
            size: Pt(1.0),
        },
        Op::ShowText {
            items: vec![TextItem::GlyphIds(letters.collect())],
        },
        Op::EndTextSection,
    ]
}

/// The links of a page.
fn links(page: &Page, height: f32) -> Vec<Op> {
    let links = page.marks.iter().filter_map(|placed| match &placed.mark {
        Mark::Link(link) => Some(Op::LinkAnnotation {
            link: annotation(link, height),
        }),
        Mark::Run(_) | Mark::Rect(_) => None,
    });
    links.collect()
}

fn annotation(link: &Link, height: f32) -> LinkAnnotation {
    let y = round(height - link.y - link.height);
    LinkAnnotation {
        rect: Rect::from_xywh(Pt(round(link.x)), Pt(y), Pt(round(link.width)), Pt(round(link.height))),
        actions: Actions::Uri(link.url.clone()),
        border: BorderArray::Solid([0.0, 0.0, 0.0]),
        color: ColorArray::Transparent,
        highlighting: HighlightingMode::Invert,
    }
}

/// Puts what the pen has drawn onto the pages.
fn write(document: &mut Document, contents: Vec<Vec<u8>>) -> lopdf::Result<()> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for (page, content) in pages.into_iter().zip(contents) {
        let stream = document.get_dictionary(page)?.get(b"Contents")?.as_reference()?;
        let stream = document.get_object_mut(stream)?.as_stream_mut()?;
        stream.set_plain_content(content);
    }
    Ok(())
}
