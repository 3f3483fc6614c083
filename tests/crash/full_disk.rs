//! The disk is full from some call on, or for one call.

use super::stream::{goes_on, nothing_is_lost};
use super::trace::{files, only, origin, sent};

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let Some(origin) = origin() else { return };
    let counted = origin.copy();
    let moments = origin.moments(&files(&counted.archive()), &counted, 8);
    let mut refused = 0;
    for (call, count) in moments.iter().filter(|(call, _)| can_fill_up(call)) {
        for when in [format!("{count}"), format!("{count}+")] {
            eprintln!("ENOSPC at {call} {when}");
            let copy = origin.copy();
            let mut words = only(&files(&copy.archive()));
            let inject = format!("--inject={call}:error=ENOSPC:when={when}");
            words.extend([
                "-o".to_owned(),
                "/dev/null".to_owned(),
                format!("--trace={call}"),
                inject,
            ]);
            let ended = origin.capture(&copy, &words);
            let told = nothing_is_lost(&copy, &origin.meeting, &sent(), &ended.out);
            match ended.code() {
                // Nothing but tidying up was refused: the log keeps what the archive's file could not take.
                Some(0) => assert_eq!(
                    told.len(),
                    sent().len(),
                    "well, but not all was acknowledged: {ended:?}"
                ),
                Some(1) => {
                    assert!(!ended.err.trim().is_empty(), "refused without a reason: {ended:?}");
                    assert!(!ended.err.contains("panicked"), "{ended:?}");
                    refused += 1;
                }
                other => panic!("ended with {other:?}: {ended:?}"),
            }
            copy.is_whole();
            // There is room again.
            goes_on(&copy, &origin.meeting, "after making room");
            copy.is_whole();
        }
    }
    assert!(
        refused > 0,
        "no run was refused anything: nothing was tried ({moments:?})"
    );
}

/// Only a call that takes room can be refused it; `fsync` may too, where the file system gives room late.
fn can_fill_up(call: &str) -> bool {
    [
        "write",
        "pwrite64",
        "pwritev",
        "ftruncate",
        "fallocate",
        "fsync",
        "fdatasync",
    ]
    .contains(&call)
}
