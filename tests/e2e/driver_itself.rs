//! The client against a page of the tests' own, in WebKitGTK's own small browser: where this holds and a test of the
//! window fails, it is the window.

use std::path::PathBuf;

use serde_json::json;

use minuta_tests::left_out;

use crate::driver::Session;
use crate::keys::{BACKSPACE, CONTROL, ENTER, ESCAPE, SHIFT, TAB};
use crate::window::can_drive;

const PAGE: &str = "data:text/html;charset=utf-8,<title>Tried</title>\
    <input id=a aria-label='First field'><input id=b><button id=c>Add</button><p id=d></p><script>\
    c.onclick = () => setTimeout(() => { d.innerText = a.value + '|' + b.value }, 100);\
    b.onkeydown = e => { d.innerText += '<' + (e.ctrlKey ? 'ctrl-' : '') + (e.shiftKey ? 'shift-' : '') + e.key + '>' }\
    </script>";

/// Debian keeps it in the library's folder, not on the PATH.
fn small_browser() -> Option<PathBuf> {
    let folders = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/lib",
        "/usr/libexec",
        "/usr/lib64",
    ];
    let found = folders
        .iter()
        .map(|folder| PathBuf::from(folder).join("webkit2gtk-4.1/MiniBrowser"));
    let found = found.into_iter().find(|path| path.is_file());
    if found.is_none() {
        left_out("WebKitGTK's MiniBrowser is not installed");
    }
    found
}

#[test]
fn the_client_types_clicks_reads_and_looks() {
    let Some(()) = can_drive() else { return };
    let Some(browser) = small_browser() else { return };
    let session = Session::start("MiniBrowser", &browser, &["--automation"], &[]);
    session.go(PAGE);
    assert!(session.address().starts_with("data:"));
    assert_eq!(session.title(), "Tried");
    assert!(session.source().contains("First field"));

    let first = session.find("#a");
    session.type_into(&first, "naïve 議事録");
    assert_eq!(session.property(&first, "value"), "naïve 議事録");
    assert_eq!(session.attribute(&first, "id").as_deref(), Some("a"));
    assert_eq!(session.attribute(&first, "none"), None);
    let (name, role) = session.name_and_role(&first);
    assert_eq!((name.as_str(), role.as_str()), ("First field", "textbox"));

    session.press(&format!("{BACKSPACE}{TAB}xy"));
    assert_eq!(session.property(&first, "value"), "naïve 議事");
    session.chord(&[CONTROL, 'k']);
    session.chord(&[CONTROL, SHIFT, ENTER]);
    session.press(&ESCAPE.to_string());
    session.wait_for_text("#d", "<x><y>");
    session.wait_for_text("#d", "<ctrl-k>");
    session.wait_for_text("#d", "<ctrl-shift-Enter>");
    session.wait_for_text("#d", "<Escape>");

    session.click(&session.find("#c"));
    session.wait_for_text("#d", "naïve 議事|xy");
    assert_eq!(session.text(&session.find("#d")), "naïve 議事|xy");

    assert_eq!(session.script("return arguments[0] + 1", &[json!(41)]), json!(42));
    let later = "await new Promise(r => setTimeout(r, 20)); return arguments[0].length";
    assert_eq!(session.script_later(later, &[json!("four")]), json!(4));
    assert!(
        session
            .find_within("#nowhere", std::time::Duration::from_millis(50))
            .is_none()
    );
    session.script("document.getElementById('c').remove()", &[]);
    session.wait_until_gone("#c");

    session.resize(900, 700);
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("page.png");
    session.screenshot(&picture);
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG\r\n"));
}
