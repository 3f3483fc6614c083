//! The agenda as a tree: order, numbers, levels. Pure, so that the same rows always give the same agenda, whoever made
//! them and in whatever order they came.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Item, ItemId, ItemView};

/// Puts items in the order of the agenda, depth first, with their numbers.
///
/// An item whose parent is gone stands at the top, so that nothing under it is lost. A circle of parents, made by two
/// moves apart, is cut at its item with the smallest id. A number override takes the place of a counted number and is
/// not counted itself.
#[must_use]
pub fn outline(mut items: Vec<Item>) -> Vec<ItemView> {
    items.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
    let parents: HashMap<ItemId, Option<ItemId>> = items.iter().map(|item| (item.id, item.parent)).collect();
    let mut children: BTreeMap<Option<ItemId>, Vec<Item>> = BTreeMap::new();
    for item in items {
        let parent = item
            .parent
            .filter(|parent| parents.contains_key(parent) && !cuts_circle(item.id, &parents));
        children.entry(parent).or_default().push(item);
    }
    let mut views = Vec::new();
    descend(None, "", 1, &mut children, &mut views);
    views
}

/// Whether this item lies on a circle of parents and has the smallest id on it.
fn cuts_circle(start: ItemId, parents: &HashMap<ItemId, Option<ItemId>>) -> bool {
    let mut seen = HashSet::new();
    let mut smallest = start;
    let mut at = start;
    while let Some(Some(parent)) = parents.get(&at) {
        if *parent == start {
            return smallest == start;
        }
        if !seen.insert(*parent) {
            return false;
        }
        smallest = smallest.min(*parent);
        at = *parent;
    }
    false
}

fn descend(
    parent: Option<ItemId>,
    prefix: &str,
    level: u32,
    children: &mut BTreeMap<Option<ItemId>, Vec<Item>>,
    views: &mut Vec<ItemView>,
) {
    let mut count = 0;
    for item in children.remove(&parent).unwrap_or_default() {
        let label = if item.number.is_empty() {
            count += 1;
            format!("{prefix}{count}")
        } else {
            item.number.clone()
        };
        let id = item.id;
        let below = format!("{label}.");
        views.push(ItemView { item, label, level });
        descend(Some(id), &below, level.saturating_add(1), children, views);
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::model::OrderKey;

    fn item(id: u128, parent: Option<u128>, order: i64) -> Item {
        let order = OrderKey::at(DateTime::from_timestamp_millis(order).unwrap());
        Item {
            parent: parent.map(|parent| ItemId(Uuid::from_u128(parent))),
            ..Item::new(ItemId(Uuid::from_u128(id)), order, "")
        }
    }

    #[test]
    fn items_and_sections_are_numbered_depth_first() {
        let mut third = item(3, None, 3);
        third.number = "1a".to_owned();
        let views = outline(vec![
            item(4, None, 4),
            third,
            item(2, Some(1), 9),
            item(1, None, 1),
            item(5, Some(3), 5),
        ]);
        let labels: Vec<_> = views.iter().map(|view| (view.label.as_str(), view.level)).collect();
        assert_eq!(labels, [("1", 1), ("1.1", 2), ("1a", 1), ("1a.1", 2), ("2", 1)]);
    }

    proptest! {
        #[test]
        fn no_item_is_ever_lost(parents in proptest::collection::vec(proptest::option::of(0_u128..12), 0..12)) {
            let items: Vec<_> = parents.iter().enumerate()
                .map(|(id, parent)| item(id as u128, *parent, (id as i64 * 7) % 5)).collect();
            let views = outline(items.clone());
            let mut reversed = items.clone();
            reversed.reverse();
            prop_assert_eq!(views.len(), items.len());
            prop_assert_eq!(views, outline(reversed));
        }
    }
}
