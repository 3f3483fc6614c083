//! The page of a long meeting is no larger than that of a short one.

use std::sync::Arc;

use chrono::{TimeDelta, TimeZone, Utc};
use serde_json::json;

use minuta_core::edit;
use minuta_core::env::{Env, SystemEnv};
use minuta_core::import::Plan;
use minuta_core::model::{Meeting, MeetingId, OrderKey, Point, PointId};
use minuta_tests::cli::Archive;

use crate::window::open_at;

/// A meeting of so many points, put in at one go. However many there are, the last ones say the same.
fn meeting(archive: &Archive, count: usize) -> String {
    let mut archive = minuta_core::Archive::open(&archive.archive(), Arc::new(SystemEnv)).unwrap();
    let mut meeting = Meeting::new(MeetingId(SystemEnv.fresh_id()));
    meeting.body = "Working Group on Tides".to_owned();
    let end = Utc.with_ymd_and_hms(2026, 3, 12, 15, 0, 0).unwrap();
    let points = (0..count).rev().map(|from_end| {
        let at = end - TimeDelta::seconds(from_end as i64);
        let text = format!("Point {from_end} before the end, with some words on gauges");
        Point::new(PointId(SystemEnv.fresh_id()), OrderKey::at(at), at, text)
    });
    let plan = Plan {
        points: points.collect(),
        ..Plan::new(meeting)
    };
    edit::import::as_new(&mut archive, &plan).unwrap().to_string()
}

#[test]
fn a_hundred_points_and_ten_thousand_stand_in_a_page_of_the_same_size() {
    let archive = Archive::new();
    let meetings = [meeting(&archive, 100), meeting(&archive, 10_000)];
    let mut sizes = Vec::new();
    for meeting in &meetings {
        let Some(window) = open_at(&archive, meeting) else {
            return;
        };
        window.wait_for_text("[data-testid=points]", "Point 0 before the end");
        let size = || {
            // Spare rows come a moment after those that are seen.
            window.script_later("await new Promise(done => setTimeout(done, 500))", &[]);
            let elements = window.script("return document.querySelectorAll('*').length", &[]);
            elements.as_u64().unwrap()
        };
        let at_end = size();
        // Further up there are spare rows on both sides of what is seen.
        window.script("document.querySelector('[data-testid=points]').scrollTop -= 900", &[]);
        window.wait_until("the rows further up", || {
            window.script(
                "return document.querySelector('[data-testid=points]').innerText.includes(arguments[0])",
                &[json!("Point 55 before the end")],
            ) == json!(true)
        });
        sizes.push([at_end, size()]);
    }
    println!("elements in the page, at the end and further up: {sizes:?}");
    assert_eq!(sizes[0], sizes[1]);
}
