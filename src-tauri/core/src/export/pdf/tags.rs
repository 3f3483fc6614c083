//! The structure of a document (ISO 32000-1, 14.7): what each piece of a page is, in the order to be read in.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::file::text_string;
use super::laid::{Element, Kind, Laid, Mark, Run};
use super::pen::Sequence;

impl Laid {
    /// The standard name of what an element is (ISO 32000-1, 14.8.4).
    pub(super) fn tag(&self, element: usize) -> &'static str {
        match self.structure.get(element).map(|element| element.kind) {
            Some(Kind::Document) => "Document",
            Some(Kind::Title | Kind::Paragraph) => "P",
            Some(Kind::Heading(0 | 1)) => "H1",
            Some(Kind::Heading(2)) => "H2",
            Some(Kind::Heading(3)) => "H3",
            Some(Kind::Heading(_)) => "H4",
            Some(Kind::List { .. }) => "L",
            Some(Kind::Item) => "LI",
            Some(Kind::Label) => "Lbl",
            Some(Kind::Body) => "LBody",
            Some(Kind::Link) => "Link",
            Some(Kind::Table) => "Table",
            Some(Kind::Row) => "TR",
            Some(Kind::HeaderCell) => "TH",
            Some(Kind::Cell) => "TD",
            Some(Kind::Artifact) | None => "Artifact",
        }
    }
}

/// Something in an element.
enum Kid {
    Element(usize),
    /// A sequence of a page by its number.
    Content(usize, usize),
    /// The same of a run of leftward text, in the order of its text, which is said beside them.
    Leftward(usize, Vec<usize>, String),
    /// A link's area: page, and the object.
    Area(usize, ObjectId),
}

/// What is in an element, and what it says.
#[derive(Default)]
struct Node {
    kids: Vec<Kid>,
    /// The text of a link.
    text: String,
    /// Its object; none where there is nothing in it.
    id: Option<ObjectId>,
}

/// Writes the structure into a file whose pages and links (by page) are given.
pub(super) fn write(
    document: &mut Document,
    laid: &Laid,
    sequences: &[Vec<Sequence<'_>>],
    pages: &[ObjectId],
    areas: &[Vec<ObjectId>],
) -> lopdf::Result<()> {
    let mut nodes = collect(laid, sequences, areas);
    mark_what_is_used(document, laid, &mut nodes);
    let root = document.new_object_id();
    let mut on_page: Vec<Vec<Object>> = sequences.iter().map(|page| vec![Object::Null; page.len()]).collect();
    let mut own = |page: usize, number: usize, id: ObjectId| {
        if let Some(slot) = on_page.get_mut(page).and_then(|page| page.get_mut(number)) {
            *slot = id.into();
        }
    };
    let count = |number: usize| Object::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let mut links: Vec<(ObjectId, ObjectId)> = Vec::new();
    for (index, (element, node)) in laid.structure.iter().zip(&nodes).enumerate() {
        let Some(id) = node.id else { continue };
        let parent = element.parent.and_then(|parent| nodes.get(parent)?.id).unwrap_or(root);
        let page = node.kids.iter().find_map(|kid| match kid {
            Kid::Content(page, _) | Kid::Area(page, _) => Some(*page),
            Kid::Element(_) | Kid::Leftward(..) => None,
        });
        let mut kids: Vec<Object> = Vec::with_capacity(node.kids.len());
        for kid in &node.kids {
            match kid {
                Kid::Element(kid) => kids.extend(nodes.get(*kid).and_then(|node| node.id).map(Object::Reference)),
                Kid::Content(at, number) => {
                    own(*at, *number, id);
                    kids.push(if Some(*at) == page {
                        count(*number)
                    } else {
                        let page = pages.get(*at).copied().unwrap_or(root);
                        dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => count(*number) }.into()
                    });
                }
                Kid::Leftward(at, numbers, text) => {
                    let span = document.new_object_id();
                    for number in numbers {
                        own(*at, *number, span);
                    }
                    document.set_object(
                        span,
                        dictionary! {
                            "S" => "Span",
                            "P" => id,
                            "Pg" => pages.get(*at).copied().unwrap_or(root),
                            "K" => numbers.iter().map(|number| count(*number)).collect::<Vec<_>>(),
                            "ActualText" => text_string(text),
                        },
                    );
                    kids.push(span.into());
                }
                Kid::Area(at, area) => {
                    links.push((*area, id));
                    let mut kid = dictionary! { "Type" => "OBJR", "Obj" => *area };
                    if let (true, Some(page)) = (Some(*at) != page, pages.get(*at)) {
                        kid.set("Pg", *page);
                    }
                    kids.push(kid.into());
                    let words = describe(document, *area, &node.text);
                    document.get_dictionary_mut(*area)?.set("Contents", text_string(&words));
                }
            }
        }
        let mut dict = dictionary! { "S" => laid.tag(index), "P" => parent };
        if let Some(page) = page.and_then(|page| pages.get(page)) {
            dict.set("Pg", *page);
        }
        match (kids.len(), kids.pop()) {
            (1, Some(only)) if !matches!(only, Object::Array(_)) => dict.set("K", only),
            (_, Some(last)) => {
                kids.push(last);
                dict.set("K", kids);
            }
            (_, None) => {}
        }
        if let Some(attributes) = attributes(element.kind) {
            dict.set("A", attributes);
        }
        document.set_object(id, dict);
    }
    let numbers = parents(document, pages, on_page, &links)?;
    let top = nodes.get(Element::DOCUMENT).and_then(|node| node.id).unwrap_or(root);
    let next = i64::try_from(pages.len() + links.len()).unwrap_or(i64::MAX);
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => vec![Object::Reference(top)],
            "ParentTree" => numbers,
            "ParentTreeNextKey" => next,
        },
    );
    let catalog = document.catalog_mut()?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// The kids of each element. Blocks, entries and cells follow one another as they were made; content and the links in
/// it as they stand on the pages.
fn collect(laid: &Laid, sequences: &[Vec<Sequence<'_>>], areas: &[Vec<ObjectId>]) -> Vec<Node> {
    let mut nodes: Vec<Node> = laid.structure.iter().map(|_| Node::default()).collect();
    let mut is_placed: Vec<bool> = laid
        .structure
        .iter()
        .map(|element| element.kind != Kind::Link)
        .collect();
    for (index, element) in laid.structure.iter().enumerate() {
        if let (Some(parent), true) = (element.parent, element.kind != Kind::Link)
            && let Some(node) = nodes.get_mut(parent)
        {
            node.kids.push(Kid::Element(index));
        }
    }
    for (at, (page, sequences)) in laid.pages.iter().zip(sequences).enumerate() {
        let mut last: Option<&Run> = None;
        for (number, sequence) in sequences.iter().enumerate() {
            if let Some(placed) = is_placed.get_mut(sequence.element)
                && !std::mem::replace(placed, true)
                && let Some(parent) = laid.structure.get(sequence.element).and_then(|link| link.parent)
                && let Some(node) = nodes.get_mut(parent)
            {
                node.kids.push(Kid::Element(sequence.element));
            }
            let Some(node) = nodes.get_mut(sequence.element) else {
                continue;
            };
            match (sequence.leftward, node.kids.last_mut()) {
                (None, _) => node.kids.push(Kid::Content(at, number)),
                (Some(run), Some(Kid::Leftward(_, numbers, _))) if last.is_some_and(|last| std::ptr::eq(last, run)) => {
                    numbers.insert(0, number);
                }
                (Some(run), _) => node.kids.push(Kid::Leftward(at, vec![number], run.text.clone())),
            }
            last = sequence.leftward;
        }
        for placed in &page.marks {
            if let (Mark::Run(run), Some(Kind::Link), Some(node)) = (
                &placed.mark,
                laid.structure.get(placed.element).map(|element| element.kind),
                nodes.get_mut(placed.element),
            ) {
                node.text.push_str(&run.text);
            }
        }
        let links = page.marks.iter().filter(|placed| matches!(placed.mark, Mark::Link(_)));
        for (placed, area) in links.zip(areas.get(at).into_iter().flatten()) {
            if let Some(node) = nodes.get_mut(placed.element) {
                node.kids.push(Kid::Area(at, *area));
            }
        }
    }
    nodes
}

/// Gives an object to each element that something is in, to all cells of a row that has any, and to the document.
fn mark_what_is_used(document: &mut Document, laid: &Laid, nodes: &mut [Node]) {
    let mut is_used: Vec<bool> = nodes
        .iter()
        .map(|node| node.kids.iter().any(|kid| !matches!(kid, Kid::Element(_))))
        .collect();
    for (index, element) in laid.structure.iter().enumerate().rev() {
        if let (true, Some(parent)) = (is_used.get(index) == Some(&true), element.parent)
            && let Some(parent) = is_used.get_mut(parent)
        {
            *parent = true;
        }
    }
    for (index, element) in laid.structure.iter().enumerate() {
        let is_cell = matches!(element.kind, Kind::Cell | Kind::HeaderCell);
        let row_is_used = element.parent.and_then(|row| is_used.get(row)) == Some(&true);
        let is_wanted = is_used.get(index) == Some(&true) || (is_cell && row_is_used);
        if let (Some(node), true) = (
            nodes.get_mut(index),
            element.kind != Kind::Artifact && (is_wanted || index == Element::DOCUMENT),
        ) {
            node.id = Some(document.new_object_id());
        }
    }
}

/// What a link says where it cannot be read in its place: its words, and where it leads.
fn describe(document: &Document, area: ObjectId, words: &str) -> String {
    let words = words.trim();
    let url = document
        .get_dictionary(area)
        .and_then(|area| area.get(b"A")?.as_dict()?.get(b"URI")?.as_str())
        .map(|url| String::from_utf8_lossy(url).into_owned())
        .unwrap_or_default();
    if words.is_empty() || words == url {
        url
    } else {
        format!("{words} ({url})")
    }
}

/// What readers must know of some elements beside their names (ISO 32000-1, 14.8.5).
fn attributes(kind: Kind) -> Option<Dictionary> {
    Some(match kind {
        Kind::List { ordered } => dictionary! {
            "O" => "List",
            "ListNumbering" => if ordered { "Decimal" } else { "Disc" },
        },
        Kind::HeaderCell => dictionary! { "O" => "Table", "Scope" => "Column" },
        _ => return None,
    })
}

/// The way back from content to elements: a list for each page, then one element for each link.
fn parents(
    document: &mut Document,
    pages: &[ObjectId],
    on_page: Vec<Vec<Object>>,
    links: &[(ObjectId, ObjectId)],
) -> lopdf::Result<ObjectId> {
    let mut numbers: Vec<Object> = Vec::with_capacity(2 * (pages.len() + links.len()));
    let mut key = 0_i64;
    for (page, elements) in pages.iter().zip(on_page) {
        document.get_dictionary_mut(*page)?.set("StructParents", key);
        let elements = document.add_object(elements);
        numbers.extend([key.into(), elements.into()]);
        key += 1;
    }
    for (area, element) in links {
        document.get_dictionary_mut(*area)?.set("StructParent", key);
        numbers.extend([key.into(), (*element).into()]);
        key += 1;
    }
    Ok(document.add_object(dictionary! { "Nums" => numbers }))
}
