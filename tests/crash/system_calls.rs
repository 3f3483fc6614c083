//! The process dies at a system call that writes: at each of them under `cargo xtask torture`.

use super::stream::{goes_on, nothing_is_lost};
use super::trace::{origin, sent};

#[test]
fn a_death_at_any_call_that_writes_loses_nothing() {
    let Some(origin) = origin() else { return };
    let moments = origin.moments(&[], &origin.copy(), 12);
    let (tried, mut died) = (moments.len(), 0);
    for (call, count) in moments {
        eprintln!("SIGKILL at {call} {count}");
        let copy = origin.copy();
        let inject = format!("--inject={call}:signal=SIGKILL:when={count}");
        let words = [
            "-o".to_owned(),
            "/dev/null".to_owned(),
            format!("--trace={call}"),
            inject,
        ];
        let ended = origin.capture(&copy, &words);
        // A run may need fewer calls than the counted one did; then it ends well, with all lines.
        let untouched = ended.code() == Some(0);
        died += usize::from(!untouched);
        let told = nothing_is_lost(&copy, &origin.meeting, &sent(), &ended.out);
        assert!(!untouched || told.len() == sent().len(), "{ended:?}");
        copy.is_whole();
        goes_on(&copy, &origin.meeting, "after the crash");
        copy.is_whole();
    }
    assert!(died * 2 > tried, "only {died} of {tried} runs died: nothing was tried");
}
