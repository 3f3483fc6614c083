//! The window opens, on nothing and on what is there.

use serde_json::json;

use minuta_tests::cli::Archive;

use crate::window::open;

#[test]
fn on_an_empty_archive() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    assert!(window.title().contains("Minuta"), "the title is `{}`", window.title());
    window.wait_until("some words for a beginner", || window.text_of_page().trim().len() > 20);
    assert!(archive.archive().is_file(), "the window made its archive");
    drop(window);
    archive.is_whole();
}

#[test]
fn and_shows_the_meetings_that_the_command_line_made() {
    let archive = Archive::new();
    archive.meeting(107);
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("body", "Crash Group");
    window.wait_for_text("body", "107");
}

#[test]
fn and_the_page_can_reach_nothing_outside() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    // Nothing listens there; without a policy the request would at least be tried, and fail otherwise.
    let body = "return await new Promise(done => {\
        document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective), { once: true });\
        fetch('https://192.0.2.1/').catch(() => setTimeout(() => done('no violation'), 500)); })";
    assert_eq!(window.script_later(body, &[]), json!("connect-src"));
    let inline = "return await new Promise(done => {\
        document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective), { once: true });\
        const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s);\
        setTimeout(() => done(window.ran ? 'ran' : 'no violation'), 500); })";
    let stopped = window.script_later(inline, &[]);
    assert!(
        stopped
            .as_str()
            .is_some_and(|directive| directive.starts_with("script-src")),
        "{stopped}"
    );
}
