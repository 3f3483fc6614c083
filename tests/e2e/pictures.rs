//! The sample meeting as the window shows it: looked at by people, and in the README.

use std::fs;

use minuta_tests::cli::Archive;

use crate::window::{open, pictures};

#[test]
fn pictures_of_the_sample_meeting() {
    let archive = Archive::new();
    archive.run(&["sample"], "").well();
    let Some(window) = open(&archive) else { return };
    window.resize(1440, 900);
    let take = |name: &str| {
        let to = pictures().join(name);
        window.screenshot(&to);
        let size = fs::metadata(&to).unwrap().len();
        assert!(
            size > 8 * 1024,
            "{} is {size} bytes: hardly anything is to be seen",
            to.display()
        );
    };
    window.wait_until("the library", || window.text_of_page().trim().len() > 20);
    take("library.png");
}
