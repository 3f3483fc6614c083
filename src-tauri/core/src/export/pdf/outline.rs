//! The outline beside the pages (ISO 32000-1, 12.3.3): the headings, one within the other.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::file::text_string;
use super::laid::{Heading, Laid};

/// Writes the outline of a document that has headings.
pub(super) fn write(document: &mut Document, laid: &Laid, pages: &[ObjectId]) -> lopdf::Result<()> {
    if laid.headings.is_empty() {
        return Ok(());
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = laid.headings.iter().map(|_| document.new_object_id()).collect();
    let id = |at: usize| ids.get(at).copied().unwrap_or(root);
    let parents = parents(&laid.headings);
    let mut within: Vec<Vec<usize>> = ids.iter().map(|_| Vec::new()).collect();
    let mut top: Vec<usize> = Vec::new();
    for (n, parent) in parents.iter().enumerate() {
        match parent.and_then(|parent| within.get_mut(parent)) {
            Some(siblings) => siblings.push(n),
            None => top.push(n),
        }
    }
    // How many stand under each at any depth, as all are shown open.
    let mut below: Vec<i64> = vec![0; ids.len()];
    for (n, parent) in parents.iter().enumerate().rev() {
        let own = below.get(n).copied().unwrap_or(0) + 1;
        if let Some(count) = parent.and_then(|parent| below.get_mut(parent)) {
            *count += own;
        }
    }
    let first_and_last = |kids: &[usize]| Some((id(*kids.first()?), id(*kids.last()?)));
    for (n, heading) in laid.headings.iter().enumerate() {
        let parent = parents.get(n).copied().flatten();
        let mut entry = dictionary! {
            "Title" => text_string(&heading.text),
            "Parent" => parent.map_or(root, id),
        };
        if let Some(page) = pages.get(heading.page) {
            let top = (laid.height - heading.y).round();
            let place: Vec<Object> = vec![(*page).into(), "XYZ".into(), 0.into(), top.into(), 0.into()];
            entry.set("Dest", place);
        }
        if let Some((first, last)) = within.get(n).and_then(|kids| first_and_last(kids)) {
            entry.set("First", first);
            entry.set("Last", last);
            entry.set("Count", below.get(n).copied().unwrap_or(0));
        }
        document.set_object(id(n), entry);
    }
    for siblings in within.iter().chain([&top]) {
        for pair in siblings.windows(2) {
            if let [one, next] = pair {
                document.get_dictionary_mut(id(*one))?.set("Next", id(*next));
                document.get_dictionary_mut(id(*next))?.set("Prev", id(*one));
            }
        }
    }
    let mut dict = dictionary! {
        "Type" => "Outlines",
        "Count" => i64::try_from(ids.len()).unwrap_or(i64::MAX),
    };
    if let Some((first, last)) = first_and_last(&top) {
        dict.set("First", first);
        dict.set("Last", last);
    }
    document.set_object(root, dict);
    document.catalog_mut()?.set("Outlines", root);
    Ok(())
}

/// For each heading the one that it stands under: the last before it of a lower level.
fn parents(headings: &[Heading]) -> Vec<Option<usize>> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut parents = Vec::with_capacity(headings.len());
    for (n, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            open.pop();
        }
        parents.push(open.last().map(|(_, at)| *at));
        open.push((heading.level, n));
    }
    parents
}
