//! Pages → a PDF file. With the pen and the glyphs the only place that knows printpdf.
//!
//! printpdf writes pages, links and fonts; what it leaves wrong or out is mended in the tree of objects before it is
//! saved: see [`mend`].

use chrono::{DateTime, Utc};
use lopdf::SaveOptions;
use printpdf::{FontId, Mm, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt};

use crate::{Error, Result};

use super::about::PRODUCER;
use super::file::mend;
use super::glyphs::Used;
use super::laid::Laid;
use super::pen::Pen;

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
    let mut sequences = Vec::with_capacity(laid.pages.len());
    for page in &laid.pages {
        let (ops, marked) = Pen::new(laid, &used).page(page);
        pdf.pages
            .push(PdfPage::new(Mm::from(Pt(laid.width)), Mm::from(Pt(laid.height)), ops));
        sequences.push(marked);
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut document = pdf.to_lopdf_document(&options, &mut Vec::new());
    mend(&mut document, laid, &sequences, created).map_err(|error| Error::Internal(format!("PDF: {error}")))?;
    document.compress();
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
pub(super) fn font_id(index: usize) -> FontId {
    FontId(format!("T{index}"))
}
