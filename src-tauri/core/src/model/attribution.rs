//! The attribution that a point has in effect.

use std::collections::HashMap;

use super::{Attribution, Point, PointId, PointView};

/// Gives each point the attribution that it has in effect: a continuation that nobody tagged has that of the point it
/// goes on from, through any number of steps. `earlier` are points outside of the list that it goes on from, deleted
/// ones too: deleting what somebody began to say does not unsay who goes on.
#[must_use]
pub fn in_effect(points: Vec<Point>, earlier: &[Point]) -> Vec<PointView> {
    let stored: HashMap<PointId, Point> = points
        .iter()
        .chain(earlier)
        .map(|point| (point.id, point.clone()))
        .collect();
    points
        .into_iter()
        .map(|mut point| {
            // Bounded by the number of points: two laptops could make a circle.
            let mut at = &point;
            for _ in 0..stored.len() {
                let next = at
                    .continues
                    .filter(|_| at.attribution == Attribution::Untagged)
                    .and_then(|id| stored.get(&id));
                match next {
                    Some(next) => at = next,
                    None => break,
                }
            }
            if at.id != point.id {
                let from = at.clone();
                point.attribution = from.attribution;
                point.basis = from.basis;
                point.unknown = from.unknown;
                point.speakers = from.speakers;
                point.speaker_text = from.speaker_text;
            }
            PointView { point }
        })
        .collect()
}
