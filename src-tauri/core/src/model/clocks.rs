//! How clocks stand in a zone, so that whoever shows times needs no table of zones.

use chrono::{DateTime, Duration, Offset as _, Utc};
use chrono_tz::{OffsetName as _, Tz};
use serde::{Deserialize, Serialize};

/// A time in which the clocks of a zone keep their distance from UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ClockSpan {
    /// From then on.
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    /// Until then; not at it any more.
    #[ts(type = "string")]
    pub to: DateTime<Utc>,
    /// How many seconds they are ahead of UTC.
    pub ahead: i32,
    /// What the zone is called then (`CET`), as the documents call it.
    pub name: String,
}

/// No zone sets its clocks and sets them back within less (tz database; Morocco's month is the shortest).
const STEP: Duration = Duration::days(7);

/// How the clocks of a zone (IANA name; UTC where it is none) stand from one instant to another.
#[must_use]
pub fn clock_spans(zone: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<ClockSpan> {
    let zone: Tz = zone.trim().parse().unwrap_or(Tz::UTC);
    let at = |when: DateTime<Utc>| {
        let offset = *when.with_timezone(&zone).offset();
        let name = offset.abbreviation().map_or_else(|| offset.to_string(), str::to_owned);
        (offset.fix().local_minus_utc(), name)
    };
    let mut spans = Vec::new();
    let (mut begun, mut seen) = (from, from);
    let mut now = at(from);
    while seen < to {
        let next = (seen + STEP).min(to);
        let then = at(next);
        if then == now {
            seen = next;
            continue;
        }
        // Somewhere between: clocks are set on a whole second.
        let (mut before, mut after) = (seen, next);
        while after - before > Duration::seconds(1) {
            let middle = before + Duration::seconds((after - before).num_seconds() / 2);
            if at(middle) == now {
                before = middle;
            } else {
                after = middle;
            }
        }
        let set = DateTime::from_timestamp(after.timestamp(), 0).unwrap_or(after);
        let (ahead, name) = std::mem::replace(&mut now, at(set));
        spans.push(ClockSpan {
            from: begun,
            to: set,
            ahead,
            name,
        });
        (begun, seen) = (set, set);
    }
    let (ahead, name) = now;
    spans.push(ClockSpan {
        from: begun,
        to,
        ahead,
        name,
    });
    spans
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn clocks_are_set_where_they_are() {
        let spans = clock_spans(
            "Europe/Berlin",
            utc("2026-03-01T00:00:00Z"),
            utc("2026-12-01T00:00:00Z"),
        );
        let span = |from, to, hours: i32, name: &str| ClockSpan {
            from: utc(from),
            to: utc(to),
            ahead: hours * 3600,
            name: name.to_owned(),
        };
        assert_eq!(
            spans,
            [
                span("2026-03-01T00:00:00Z", "2026-03-29T01:00:00Z", 1, "CET"),
                span("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", 2, "CEST"),
                span("2026-10-25T01:00:00Z", "2026-12-01T00:00:00Z", 1, "CET"),
            ]
        );
        assert_eq!(
            clock_spans("Nowhere/Else", utc("2026-03-01T00:00:00Z"), utc("2026-12-01T00:00:00Z")).len(),
            1
        );
        assert_eq!(
            clock_spans("", utc("2026-03-01T00:00:00Z"), utc("2026-03-01T00:00:00Z"))[0].name,
            "UTC"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_instant_has_its_clock(
            zone in prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()),
            from in 0_i64..2_000_000_000,
            for_days in 0_i64..2_000,
            within in 0.0..1.0_f64,
        ) {
            let from = Utc.timestamp_opt(from, 500_000_000).unwrap();
            let to = from + Duration::days(for_days);
            let spans = clock_spans(zone.name(), from, to);
            prop_assert_eq!((spans[0].from, spans[spans.len() - 1].to), (from, to));
            for pair in spans.windows(2) {
                prop_assert_eq!(pair[0].to, pair[1].from);
                // To the second.
                for (when, span) in [(pair[0].to - Duration::milliseconds(1), &pair[0]), (pair[1].from, &pair[1])] {
                    prop_assert_eq!(when.with_timezone(&zone).offset().fix().local_minus_utc(), span.ahead);
                }
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "somewhere between")]
            let at = from + Duration::milliseconds(((to - from).num_milliseconds() as f64 * within) as i64);
            let span = spans.iter().find(|one| one.from <= at && (at < one.to || one.to == to)).unwrap();
            prop_assert_eq!(at.with_timezone(&zone).offset().fix().local_minus_utc(), span.ahead);
            prop_assert_eq!(at.with_timezone(&zone).format("%Z").to_string(), span.name.clone());
        }
    }
}
