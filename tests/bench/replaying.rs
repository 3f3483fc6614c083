//! Frames while a real group's log is typed into the capture bar, ten lines a second.

use std::path::Path;

use minuta_tests::cli::{Archive, built};

use crate::driver::Session;
use crate::figures::against;
use crate::paced::{largest_log, type_all};

pub(crate) fn measure() {
    let Some(lines) = largest_log() else { return };
    println!("\nFrames while a log of {} lines is typed, ten a second", lines.len());
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let (file, own) = (archive.archive(), archive.folder().join("window"));
    let environment = [
        ("MINUTA_ARCHIVE", file.as_path()),
        ("MINUTA_MEETING", Path::new(&meeting)),
        ("XDG_DATA_HOME", own.as_path()),
    ];
    let session = Session::start("wry", &built("minuta").unwrap(), &[], &environment);
    let (_, told) = type_all(&session, &lines);
    let slow: Vec<u64> = told["slow"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(serde_json::Value::as_u64)
        .collect();
    println!(
        "  those over 50 ms, in ms: {slow:?}; at most {} rows in the page",
        told["rows"]
    );
    against("frames over 50 ms", slow.len() as f64, "", 0.0);
}
