//! What PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) ask of a file's structure, as far as a program can tell, and
//! the file's text as its structure has it. Each fault begins with the name of its rule.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// An element of the structure with something in it to be read: its tags from the document down, and its text.
pub(crate) type Read = (Vec<String>, String);

/// What is wrong with a file, and what it says in the order of its structure.
pub(crate) fn examine(document: &Document) -> (Vec<String>, Vec<Read>) {
    let mut look = Look {
        document,
        faults: Vec::new(),
        content: BTreeMap::new(),
        used: BTreeSet::new(),
        parents: BTreeMap::new(),
        areas: BTreeSet::new(),
        level: 0,
        headings: Vec::new(),
        read: Vec::new(),
    };
    look.catalog();
    look.pages();
    look.structure();
    look.links();
    look.outline();
    look.strays();
    (look.faults, look.read)
}

/// A sequence of marked content by page and number.
type Place = (ObjectId, i64);

struct Look<'a> {
    document: &'a Document,
    faults: Vec<String>,
    /// The text of each sequence.
    content: BTreeMap<Place, String>,
    /// Those that the structure has.
    used: BTreeSet<Place>,
    /// The parent tree.
    parents: BTreeMap<i64, Object>,
    /// Links that the structure has, with the element.
    areas: BTreeSet<(ObjectId, ObjectId)>,
    level: u8,
    headings: Vec<String>,
    read: Vec<Read>,
}

impl<'a> Look<'a> {
    fn fault(&mut self, rule: &str, what: impl std::fmt::Display) {
        self.faults.push(format!("{rule}: {what}"));
    }

    fn get<'o>(&self, dict: &'o Dictionary, key: &str) -> Option<&'o Object>
    where
        'a: 'o,
    {
        let object = dict.get(key.as_bytes()).ok()?;
        Some(self.document.dereference(object).ok()?.1)
    }

    fn dict(&self, id: ObjectId) -> &'a Dictionary {
        self.document.get_dictionary(id).unwrap()
    }

    fn words(&self, dict: &Dictionary, key: &str) -> String {
        match dict
            .get(key.as_bytes())
            .and_then(|object| self.document.dereference(object))
        {
            Ok((_, Object::String(bytes, _))) => text(bytes),
            _ => String::new(),
        }
    }

    fn catalog(&mut self) {
        let catalog = self.document.catalog().unwrap();
        let marked = self
            .get(catalog, "MarkInfo")
            .and_then(|info| info.as_dict().ok()?.get(b"Marked").ok()?.as_bool().ok());
        if marked != Some(true) || self.get(catalog, "StructTreeRoot").is_none() {
            self.fault(
                "tagged",
                "the catalogue does not say that content is marked, or has no structure",
            );
        }
        let language = self.words(catalog, "Lang");
        let is_tag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !language.split('-').all(is_tag) {
            self.fault("lang", format!("{language:?}"));
        }
        let shown = self
            .get(catalog, "ViewerPreferences")
            .and_then(|shown| shown.as_dict().ok()?.get(b"DisplayDocTitle").ok()?.as_bool().ok());
        let info = self.document.trailer.get(b"Info").and_then(Object::as_reference);
        let title = info
            .map(|info| self.words(self.dict(info), "Title"))
            .unwrap_or_default();
        let xmp = match self.get(catalog, "Metadata") {
            Some(Object::Stream(stream)) if stream.dict.get(b"Filter").is_err() => {
                String::from_utf8_lossy(&stream.content).into_owned()
            }
            _ => String::new(),
        };
        let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let has = |element: &str| xmp.contains(element);
        if shown != Some(true)
            || title.is_empty()
            || !has(&format!(
                "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{escaped}</rdf:li>"
            ))
        {
            self.fault("title", "it is not shown, or not the same in both places");
        }
        for element in [
            "<pdfuaid:part>1</pdfuaid:part>",
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<dc:language>",
        ] {
            if !has(element) {
                self.fault("xmp", format!("no {element}"));
            }
        }
        let profile = self.get(catalog, "OutputIntents").and_then(|intents| {
            let intent = intents.as_array().ok()?.first()?.as_dict().ok()?;
            self.get(intent, "DestOutputProfile")?.as_stream().ok()
        });
        let profile = profile.map(|profile| profile.get_plain_content().unwrap_or_default());
        let is_profile = profile.is_some_and(|bytes| {
            bytes.get(36..40) == Some(b"acsp".as_slice())
                && u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize == bytes.len()
        });
        if !is_profile {
            self.fault("colour", "no profile says what the colours are");
        }
        if self.document.version != "1.7" {
            self.fault("version", &self.document.version.clone());
        }
    }

    fn pages(&mut self) {
        for (number, page) in self.document.get_pages() {
            let dict = self.dict(page);
            if self.get(dict, "Tabs").and_then(|tabs| tabs.as_name().ok()) != Some(b"S") {
                self.fault("tabs", format!("page {number} is not stepped through by its structure"));
            }
            let mut fonts: BTreeMap<Vec<u8>, Letters> = BTreeMap::new();
            for (name, font) in self.document.get_page_fonts(page).unwrap() {
                let letters = self.font(&name, font);
                fonts.insert(name, letters);
            }
            self.page(number, page, &fonts);
        }
    }

    /// What each code of a font says.
    fn font(&mut self, name: &[u8], font: &Dictionary) -> Letters {
        let name = String::from_utf8_lossy(name).into_owned();
        let descendant = self
            .get(font, "DescendantFonts")
            .and_then(|fonts| fonts.as_array().ok()?.first())
            .and_then(|font| self.document.dereference(font).ok()?.1.as_dict().ok());
        let descriptor = descendant.and_then(|font| self.get(font, "FontDescriptor")?.as_dict().ok());
        let program = descriptor.and_then(|descriptor| {
            ["FontFile2", "FontFile3"]
                .iter()
                .find_map(|key| self.get(descriptor, key)?.as_stream().ok())
        });
        if program.is_none_or(|program| program.content.is_empty()) {
            self.fault("embedded", format!("font {name} is not in the file"));
        }
        let map = self.get(font, "ToUnicode").and_then(|map| map.as_stream().ok());
        let map = map.map(|map| String::from_utf8_lossy(&map.get_plain_content().unwrap_or_default()).into_owned());
        letters(&map.unwrap_or_default())
    }

    fn page(&mut self, number: u32, page: ObjectId, fonts: &BTreeMap<Vec<u8>, Letters>) {
        let content = Content::decode(&self.document.get_page_content(page)).unwrap();
        // Each open sequence: its number, whether it is an artifact, and what is said beside it.
        let mut open: Vec<(Option<i64>, bool, Option<String>)> = Vec::new();
        let mut font: Option<&Letters> = None;
        let mut bare = BTreeSet::new();
        for operation in &content.operations {
            match operation.operator.as_str() {
                "Tf" => font = fonts.get(operation.operands[0].as_name().unwrap()),
                "BMC" | "BDC" => {
                    let tag = operation.operands[0].as_name().unwrap();
                    let properties = operation.operands.get(1).and_then(|object| object.as_dict().ok());
                    let id = properties.and_then(|dict| dict.get(b"MCID").ok()?.as_i64().ok());
                    let said = properties
                        .map(|dict| self.words(dict, "ActualText"))
                        .filter(|said| !said.is_empty());
                    if open.iter().any(|(id, artifact, _)| id.is_some() || *artifact) {
                        self.fault("nested", format!("page {number}: a sequence within another"));
                    }
                    if let Some(id) = id {
                        let is_new = self
                            .content
                            .insert((page, id), said.clone().unwrap_or_default())
                            .is_none();
                        if !is_new {
                            self.fault("number", format!("page {number}: {id} is there twice"));
                        }
                    }
                    open.push((id, tag == b"Artifact", said));
                }
                "EMC" => {
                    if open.pop().is_none() {
                        self.fault("nested", format!("page {number}: an end without a beginning"));
                    }
                }
                "Tj" | "TJ" | "'" | "\"" => {
                    let said: String = shown(&operation.operands)
                        .chunks(2)
                        .map(|code| {
                            let code = code.iter().fold(0, |sum, byte| (sum << 8) | u16::from(*byte));
                            font.and_then(|font| font.get(&code)).cloned().unwrap_or_else(|| {
                                bare.insert(code);
                                String::new()
                            })
                        })
                        .collect();
                    match open.last() {
                        Some((Some(id), _, None)) => self.content.get_mut(&(page, *id)).unwrap().push_str(&said),
                        Some((Some(_), ..)) | Some((_, true, _)) => {}
                        _ => self.fault("untagged", format!("page {number}: text {said:?}")),
                    }
                }
                "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" | "Do" | "sh" | "BI" => {
                    if !open.iter().any(|(id, artifact, _)| id.is_some() || *artifact) {
                        self.fault("untagged", format!("page {number}: a drawing"));
                    }
                }
                _ => {}
            }
        }
        if !open.is_empty() {
            self.fault("nested", format!("page {number}: a sequence has no end"));
        }
        if !bare.is_empty() {
            self.fault(
                "unicode",
                format!("page {number}: nobody knows what glyphs {bare:?} say"),
            );
        }
    }

    fn structure(&mut self) {
        let catalog = self.document.catalog().unwrap();
        let Some(Object::Dictionary(root)) = self.get(catalog, "StructTreeRoot") else {
            return;
        };
        let root_id = catalog.get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        if let Some(Object::Dictionary(tree)) = self.get(root, "ParentTree")
            && let Some(Object::Array(numbers)) = self.get(tree, "Nums")
        {
            for pair in numbers.chunks(2) {
                self.parents.insert(pair[0].as_i64().unwrap(), pair[1].clone());
            }
        }
        for kid in kids(root) {
            if let Ok(id) = kid.as_reference() {
                self.element(id, root_id, None, &[]);
            }
        }
        let lost: Vec<Place> = self
            .content
            .keys()
            .filter(|place| !self.used.contains(place))
            .copied()
            .collect();
        for (_, id) in lost {
            self.fault("structure", format!("no element has the sequence {id}"));
        }
    }

    fn element(&mut self, id: ObjectId, parent: ObjectId, page: Option<ObjectId>, above: &[String]) -> String {
        let dict = self.dict(id);
        let tag = String::from_utf8_lossy(dict.get(b"S").unwrap().as_name().unwrap()).into_owned();
        if dict.get(b"P").and_then(Object::as_reference).ok() != Some(parent) {
            self.fault("structure", format!("a {tag} does not know where it belongs"));
        }
        let page = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        self.nesting(&tag, above.last().map(String::as_str), dict);
        let mut path = above.to_vec();
        path.push(tag.clone());
        let mut said = String::new();
        for kid in kids(dict) {
            match self.document.dereference(&kid).unwrap() {
                (_, Object::Integer(number)) => said.push_str(&self.sequence(id, page, *number)),
                (Some(kid), Object::Dictionary(_)) => said.push_str(&self.element(kid, id, page, &path)),
                (None, Object::Dictionary(kid)) => {
                    let at = kid.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                    if let Ok(area) = kid.get(b"Obj").and_then(Object::as_reference) {
                        self.areas.insert((area, id));
                    } else if let Ok(number) = kid.get(b"MCID").and_then(Object::as_i64) {
                        said.push_str(&self.sequence(id, at, number));
                    }
                }
                _ => self.fault("structure", format!("something odd in a {tag}")),
            }
        }
        let instead = self.words(dict, "ActualText");
        if !instead.is_empty() {
            said = instead;
        }
        if tag == "Figure" && self.words(dict, "Alt").is_empty() {
            self.fault("alternate", "a figure says nothing");
        }
        if let Some(level) = tag.strip_prefix('H').and_then(|level| level.parse::<u8>().ok()) {
            if level > self.level + 1 || level == 0 {
                self.fault("headings", format!("H{level} after H{}", self.level));
            }
            self.level = level;
            self.headings.push(said.trim().to_owned());
        }
        let is_inline = matches!(tag.as_str(), "Link" | "Span");
        let is_leaf = matches!(tag.as_str(), "P" | "Lbl" | "LBody" | "TH" | "TD") || tag.starts_with('H');
        if is_leaf && !is_inline {
            self.read.push((path, said.trim_end().to_owned()));
        }
        said
    }

    /// The text of a sequence that an element has.
    fn sequence(&mut self, element: ObjectId, page: Option<ObjectId>, number: i64) -> String {
        let Some(page) = page else {
            self.fault("structure", "a sequence on no page");
            return String::new();
        };
        if !self.used.insert((page, number)) {
            self.fault("structure", format!("the sequence {number} is in two places"));
        }
        let key = self.dict(page).get(b"StructParents").and_then(Object::as_i64).ok();
        let list = key.and_then(|key| self.parents.get(&key)).cloned();
        let list = list
            .as_ref()
            .and_then(|list| self.document.dereference(list).ok()?.1.as_array().ok());
        let owner = list
            .and_then(|list| list.get(usize::try_from(number).ok()?))
            .and_then(|owner| owner.as_reference().ok());
        if owner != Some(element) {
            self.fault(
                "parents",
                format!("the way back from the sequence {number} leads elsewhere"),
            );
        }
        match self.content.get(&(page, number)) {
            Some(said) => said.clone(),
            None => {
                self.fault("structure", format!("no page has the sequence {number}"));
                String::new()
            }
        }
    }

    fn nesting(&mut self, tag: &str, parent: Option<&str>, dict: &Dictionary) {
        let fits = match tag {
            "Document" => parent.is_none(),
            "H1" | "H2" | "H3" | "H4" | "P" | "L" | "Table" => parent == Some("Document"),
            "LI" => parent == Some("L"),
            "Lbl" | "LBody" => parent == Some("LI"),
            "TR" => parent == Some("Table"),
            "TH" | "TD" => parent == Some("TR"),
            "Link" | "Span" => parent.is_some_and(|parent| !matches!(parent, "Document" | "L" | "LI" | "Table" | "TR")),
            _ => false,
        };
        if !fits {
            self.fault("nesting", format!("{tag} in {parent:?}"));
        }
        let has = |key: &str| {
            let attributes = self.get(dict, "A").and_then(|attributes| attributes.as_dict().ok());
            attributes.is_some_and(|attributes| attributes.get(key.as_bytes()).is_ok())
        };
        let (scope, numbering) = (has("Scope"), has("ListNumbering"));
        if tag == "TH" && !scope {
            self.fault("scope", "a header cell does not say what it heads");
        }
        if tag == "L" && !numbering {
            self.fault("list", "a list does not say how it is numbered");
        }
        if tag == "Table" {
            let rows: Vec<usize> = kids(dict)
                .iter()
                .map(|row| kids(self.dict(row.as_reference().unwrap())).len())
                .collect();
            if rows.windows(2).any(|pair| pair[0] != pair[1]) {
                self.fault("table", format!("rows of {rows:?} cells"));
            }
        }
    }

    fn links(&mut self) {
        for (number, page) in self.document.get_pages() {
            let Some(areas) = self
                .get(self.dict(page), "Annots")
                .and_then(|areas| areas.as_array().ok())
            else {
                continue;
            };
            for area in areas {
                let id = area.as_reference().unwrap();
                let dict = self.dict(id);
                if self.words(dict, "Contents").trim().is_empty() {
                    self.fault("contents", format!("page {number}: a link does not say where it leads"));
                }
                let key = dict.get(b"StructParent").and_then(Object::as_i64).ok();
                let owner = key.and_then(|key| self.parents.get(&key)?.as_reference().ok());
                let is_link = owner.is_some_and(|owner| {
                    self.dict(owner).get(b"S").and_then(Object::as_name).ok() == Some(b"Link")
                        && self.areas.contains(&(id, owner))
                });
                if !is_link {
                    self.fault("link", format!("page {number}: a link is not in the structure"));
                }
                if dict.get(b"F").and_then(Object::as_i64).ok() != Some(4) {
                    self.fault("flags", format!("page {number}: a link does not print"));
                }
            }
        }
    }

    /// The outline has the headings, in order.
    fn outline(&mut self) {
        let mut titles = Vec::new();
        let catalog = self.document.catalog().unwrap();
        if let Some(Object::Dictionary(root)) = self.get(catalog, "Outlines") {
            self.entries(root, &mut titles);
        }
        if titles != self.headings {
            let headings = self.headings.clone();
            self.fault("outline", format!("{titles:?} for {headings:?}"));
        }
    }

    fn entries(&self, parent: &Dictionary, titles: &mut Vec<String>) {
        let mut next = self.get(parent, "First");
        while let Some(Object::Dictionary(entry)) = next {
            titles.push(self.words(entry, "Title"));
            self.entries(entry, titles);
            next = self.get(entry, "Next");
        }
    }

    fn strays(&mut self) {
        let info = self.document.trailer.get(b"Info").and_then(Object::as_reference);
        let dicts = info.into_iter().chain(self.document.get_pages().into_values());
        let strays: Vec<String> = dicts
            .flat_map(|id| {
                let dict = self.dict(id);
                [
                    "Trapped",
                    "GTS_PDFXVersion",
                    "Identifier",
                    "TrimBox",
                    "BleedBox",
                    "ArtBox",
                ]
                .into_iter()
                .filter(|key| dict.get(key.as_bytes()).is_ok())
            })
            .map(str::to_owned)
            .collect();
        for stray in strays {
            self.fault("stray", stray);
        }
    }
}

/// What each code of a font says.
type Letters = BTreeMap<u16, String>;

/// Reads a ToUnicode map.
fn letters(map: &str) -> Letters {
    let mut letters = Letters::new();
    let mut kind = "";
    for line in map.lines() {
        let line = line.trim();
        if line.ends_with("beginbfchar") {
            kind = "char";
        } else if line.ends_with("beginbfrange") {
            kind = "range";
        } else if line.starts_with("end") {
            kind = "";
        }
        let parts: Vec<&str> = line
            .split(['<', '>'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let code = |at: usize| u16::from_str_radix(parts.get(at)?, 16).ok();
        let said = |at: usize| {
            let hex = parts.get(at)?;
            let units: Option<Vec<u16>> = (0..hex.len() / 4)
                .map(|n| u16::from_str_radix(&hex[4 * n..4 * n + 4], 16).ok())
                .collect();
            String::from_utf16(&units?)
                .ok()
                .filter(|said| !said.is_empty() && !said.contains(['\0', '\u{feff}']))
        };
        match kind {
            "char" => {
                if let (Some(code), Some(said)) = (code(0), said(1)) {
                    letters.insert(code, said);
                }
            }
            "range" => {
                if let (Some(first), Some(last), Some(said)) = (code(0), code(1), said(2)) {
                    for (n, code) in (first..=last).enumerate() {
                        let mut said: Vec<char> = said.chars().collect();
                        if let Some(end) = said.last_mut() {
                            *end = char::from_u32(u32::from(*end) + n as u32).unwrap();
                        }
                        letters.insert(code, said.into_iter().collect());
                    }
                }
            }
            _ => {}
        }
    }
    letters
}

/// The codes that an operation shows.
fn shown(operands: &[Object]) -> Vec<u8> {
    let mut codes = Vec::new();
    for operand in operands {
        match operand {
            Object::String(bytes, _) => codes.extend(bytes),
            Object::Array(items) => codes.extend(shown(items)),
            _ => {}
        }
    }
    codes
}

fn kids(dict: &Dictionary) -> Vec<Object> {
    match dict.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    }
}

/// A PDF text string.
pub(crate) fn text(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units: Vec<u16> = units
            .chunks(2)
            .map(|unit| u16::from_be_bytes([unit[0], unit[1]]))
            .collect();
        return String::from_utf16(&units).unwrap();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
