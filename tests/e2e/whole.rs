//! What is seen first is whole: no style that it needs is fetched behind it.

use std::fs;
use std::path::Path;

use serde_json::json;

use minuta_tests::cli::{Archive, built};

use crate::driver::Session;
use crate::window::{can_drive, open_among};

/// Rules of the sheets named by the first argument that mean something on the page, whatever is pointed at or focused.
const MEANT: &str = r"
    const bare = (selector) => selector
        .replace(/::?(before|after|placeholder|hover|focus|active|focus-visible|focus-within|-webkit-[a-z-]+)\b/g, '')
        .replace(/(^|[\s>+~])(?::not\([^()]*\))+/g, '$1*')
        .replace(/:not\([^()]*\)/g, '');
    const rules = (list) => [...list].flatMap((rule) => rule.selectorText ? [rule.selectorText] : rule.cssRules ? rules(rule.cssRules) : []);
    const sheets = [...document.styleSheets].filter(({ href }) => arguments[0].some((name) => href.includes(`/${name}-`)));
    const meant = sheets.flatMap((sheet) => rules(sheet.cssRules)).filter((selector) => {
        try { return document.querySelector(bare(selector)) !== null; } catch { return true; }
    });
    return [sheets.length, meant];
";

/// The window, when all its sheets are there.
fn whole(archive: &Archive, more: &[(&str, &Path)], shows: &str) -> Session {
    let window = open_among(&built("minuta").unwrap(), archive, more);
    window.find(shows);
    window.wait_until("all that is fetched behind the first picture", || {
        window.script("return document.styleSheets.length", &[]) == json!(3)
    });
    window
}

#[test]
fn the_library_needs_no_style_that_comes_behind_it() {
    if can_drive().is_none() {
        return;
    }
    let with_meetings = Archive::new();
    with_meetings.meeting(7);
    let no_archive = Archive::new();
    fs::write(no_archive.archive(), "Minutes of a meeting, as a text\n".repeat(200)).unwrap();
    for (archive, shows) in [
        (&with_meetings, "[data-meeting]"),
        (&Archive::new(), ".start h1"),
        (&no_archive, "[role=alert]"),
    ] {
        let window = whole(archive, &[], shows);
        assert_eq!(
            window.script(MEANT, &[json!(["Meeting", "rest"])]),
            json!([2, []]),
            "{shows}"
        );
    }
}

#[test]
fn the_desk_needs_no_style_that_comes_behind_it() {
    if can_drive().is_none() {
        return;
    }
    let archive = Archive::new();
    let id = archive.meeting(7);
    archive
        .run(&["capture", &id], "Bob Miller: nobody knows.\nDECISION: we ask.\n")
        .well();
    let window = whole(&archive, &[("MINUTA_MEETING", Path::new(&id))], "[data-testid=bar]");
    window.wait_for_text("[data-testid=points]", "nobody knows");
    assert_eq!(window.script(MEANT, &[json!(["rest"])]), json!([1, []]));
    // Of its own sheet, much does.
    let own = window.script(MEANT, &[json!(["Meeting"])]);
    assert!(own[1].as_array().unwrap().len() > 50, "{own}");
}
