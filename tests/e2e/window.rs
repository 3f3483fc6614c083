//! Minuta's window on an archive of its own.

use std::path::{Path, PathBuf};

use minuta_tests::cli::{Archive, built};
use minuta_tests::process::is_there;
use minuta_tests::{left_out, root};

use crate::driver::Session;

/// Opens the window on this archive. None, and saying so, where there is nothing to drive it with; where `MINUTA_E2E` is
/// `required`, that fails the test instead.
pub(crate) fn open(archive: &Archive) -> Option<Session> {
    can_drive()?;
    let program = match built("minuta") {
        Ok(program) => program,
        Err(why) => return cannot(&why),
    };
    Some(open_among(&program, archive, &[]))
}

/// The same, straight at a meeting's desk.
pub(crate) fn open_at(archive: &Archive, meeting: &str) -> Option<Session> {
    can_drive()?;
    let program = match built("minuta") {
        Ok(program) => program,
        Err(why) => return cannot(&why),
    };
    Some(open_among(&program, archive, &[("MINUTA_MEETING", Path::new(meeting))]))
}

/// The same, with more in its environment.
pub(crate) fn open_among(program: &Path, archive: &Archive, more: &[(&str, &Path)]) -> Session {
    let (file, own) = (archive.archive(), archive.folder().join("window"));
    // What the page itself keeps (theme, size) is the archive's too: another run's must not change this one's pictures.
    let mut environment: Vec<(&str, &Path)> = vec![("MINUTA_ARCHIVE", &file), ("XDG_DATA_HOME", &own)];
    environment.extend(more);
    let session = Session::start("wry", program, &[], &environment);
    session.find("body *");
    session
}

/// Is there a driver and a display?
pub(crate) fn can_drive() -> Option<()> {
    let display = std::env::var_os("DISPLAY").is_some_and(|value| !value.is_empty());
    let why = match (is_there("WebKitWebDriver"), display) {
        (true, true) => return Some(()),
        (false, _) => "WebKitWebDriver (Debian: webkit2gtk-driver) is missing",
        (true, false) => "there is no display: `xvfb-run -a cargo test -p minuta-tests --test e2e`",
    };
    cannot(why)
}

/// Says why nothing is tried; where it has to be, fails.
fn cannot<T>(why: &str) -> Option<T> {
    let required = std::env::var_os("MINUTA_E2E").is_some_and(|value| value == "required");
    assert!(!required, "required, but {why}");
    left_out(why);
    None
}

/// Where pictures of the window go: those of the README where asked for, else beside what is built.
pub(crate) fn pictures() -> PathBuf {
    let asked = std::env::var_os("MINUTA_SCREENSHOTS").map(PathBuf::from);
    asked.unwrap_or_else(|| root().join("target/pictures"))
}
