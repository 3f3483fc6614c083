//! `capture`: lines of the grammar from standard input, one durable action each.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use minuta_core::model::MeetingId;
use minuta_core::{Archive, edit};

use crate::note;

/// Reads lines until the end. A line is answered only once it is on the disk; the first that cannot be saved ends it,
/// so that nothing comes after a gap.
pub(crate) fn lines(
    archive: &mut Archive,
    meeting: MeetingId,
    mut input: impl BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let mut bytes = Vec::new();
    let mut number = 0_u64;
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        number += 1;
        while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            bytes.pop();
        }
        let line = String::from_utf8_lossy(&bytes);
        // A mark at the very beginning of a file is no part of its first line.
        let line = if number == 1 {
            line.trim_start_matches('\u{FEFF}')
        } else {
            &line
        };
        if line.contains('\u{FFFD}') && std::str::from_utf8(&bytes).is_err() {
            note(&format!(
                "line {number}: bytes that are no UTF-8 were replaced by U+FFFD"
            ));
        }
        match edit::capture::enter(archive, meeting, line, None) {
            Ok(outcome) => {
                for notice in &outcome.notices {
                    note(&format!("line {number}: {notice}"));
                }
                match outcome.id {
                    Some(id) => writeln!(out, "{number}\t{id}")?,
                    None => writeln!(out, "{number}\t-")?,
                }
                out.flush()?;
            }
            Err(error) => {
                note(&format!("line {number} was not saved, nor anything after it: {error}"));
                return Ok(ExitCode::from(1));
            }
        }
    }
}
