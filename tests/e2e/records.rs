//! Two records side by side: what has to be the same in both.

use std::collections::HashMap;

use serde_json::{Value, json};

/// The record without what differs from archive to archive and from moment to moment: an id is its place among the
/// ids, a clock's time is only there or not, and a place in an order is told by the list it stands in.
pub(crate) fn comparable(record: &Value) -> Value {
    fn walk(value: &Value, key: &str, ids: &mut HashMap<String, usize>) -> Value {
        match value {
            Value::Object(map) => {
                let kept = map.iter().filter(|(key, _)| *key != "order");
                Value::Object(kept.map(|(key, value)| (key.clone(), walk(value, key, ids))).collect())
            }
            Value::Array(list) => Value::Array(list.iter().map(|value| walk(value, key, ids)).collect()),
            Value::String(text) if is_id(text) => {
                let next = ids.len();
                json!(format!("id {}", ids.entry(text.clone()).or_insert(next)))
            }
            Value::String(_) if ["at", "from", "to", "asked", "began", "ended"].contains(&key) => json!("a time"),
            other => other.clone(),
        }
    }
    walk(record, "", &mut HashMap::new())
}

fn is_id(text: &str) -> bool {
    text.len() == 36 && text.chars().all(|sign| sign == '-' || sign.is_ascii_hexdigit())
}

/// Shows the first line that differs, not two whole records.
pub(crate) fn pretty_equal(one: &Value, other: &Value) {
    let (one, other) = (format!("{one:#}"), format!("{other:#}"));
    let differs = one
        .lines()
        .zip(other.lines())
        .enumerate()
        .find(|(_, (one, other))| one != other);
    if let Some((at, _)) = differs {
        let around = |text: &str| {
            text.lines()
                .skip(at.saturating_sub(12))
                .take(24)
                .collect::<Vec<_>>()
                .join("\n")
        };
        panic!(
            "the window has\n{}\n\nthe command line has\n{}",
            around(&one),
            around(&other)
        );
    }
    assert_eq!(one.len(), other.len(), "one record goes on");
}

#[test]
fn what_is_compared_is_all_but_ids_orders_and_times() {
    let id = "0198c0de-0000-7000-8000-000000000042";
    let record = |id: &str, at: &str, text: &str| json!({"id": id, "order": at, "at": at, "ended": null, "text": text, "in": [id]});
    let other = "0198c0de-0000-7000-8000-000000000043";
    assert_eq!(comparable(&record(id, "1", "a")), comparable(&record(other, "2", "a")));
    assert_ne!(comparable(&record(id, "1", "a")), comparable(&record(id, "1", "b")));
    assert_eq!(
        comparable(&record(id, "1", "a")),
        json!({"id": "id 0", "at": "a time", "ended": null, "text": "a", "in": ["id 0"]})
    );
}
