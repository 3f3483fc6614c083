//! While there is a line.

use std::time::{Duration, Instant};

use minuta_core::model::share::Role;
use minuta_tests::hub::Hub;
use minuta_tests::seed::share;

use super::{Laptop, are_one, at_once, laptops, settle, written};

#[test]
fn two_who_write_at_once_show_the_same() {
    let Some(hub) = Hub::start() else { return };
    let mut all = laptops(&hub, 2);
    let count = share(200, 2000);
    at_once(&mut all, |laptop| laptop.write_many("live", count));
    settle(&mut all);
    are_one(&all, &written(&all, "live", count));
}

#[test]
fn five_who_write_at_once_show_the_same() {
    let Some(hub) = Hub::start() else { return };
    let mut all = laptops(&hub, 5);
    let count = share(40, 2000);
    at_once(&mut all, |laptop| laptop.write_many("live", count));
    settle(&mut all);
    are_one(&all, &written(&all, "live", count));
}

#[test]
fn what_is_off_the_record_reaches_scribes_only_and_only_they_are_on_its_lane() {
    let Some(hub) = Hub::start() else { return };
    let mut owner = Laptop::first(&hub);
    let scribe = owner.joined(&hub, "scribe", Role::Scribe);
    let editor = owner.joined(&hub, "editor", Role::Editor);
    let observer = owner.joined(&hub, "observer", Role::Observer);
    owner.write("said aloud");
    owner.write("[off] said behind the hand");
    let mut all = [owner, scribe, editor, observer];
    let began = Instant::now();
    while all[1].texts().len() < 2 || all[2..].iter().any(|laptop| laptop.texts().is_empty()) {
        assert!(began.elapsed() < Duration::from_secs(30));
        at_once(&mut all, |laptop| drop(laptop.step(Duration::from_millis(50))));
    }
    let beside = all[2].path().with_extension("minuta-wal");
    let log = [all[2].path(), beside]
        .map(|file| std::fs::read(file).unwrap_or_default())
        .concat();
    for laptop in &all[2..] {
        assert_eq!(
            laptop.texts().into_iter().collect::<Vec<_>>(),
            ["said aloud"],
            "{}",
            laptop.name
        );
        assert!(!laptop.changes().contains_key("internal"), "{}", laptop.name);
    }
    let shows = |needle: &[u8]| log.windows(needle.len()).any(|bytes| bytes == needle);
    assert!(shows(b"said aloud") && !shows(b"behind the hand"));
    // Who only reads is told so at once.
    let (archive, meeting) = (&mut all[3].archive, all[3].meeting);
    let refused = minuta_core::edit::capture::enter(archive, meeting, "said by one who may not", None);
    assert!(matches!(refused, Err(minuta_core::Error::ReadOnly(_))), "{refused:?}");
}

#[test]
fn the_hub_reads_nothing() {
    let Some(mut hub) = Hub::start() else { return };
    let mut all = laptops(&hub, 2);
    at_once(&mut all, |laptop| laptop.write_many("confidential", 5));
    settle(&mut all);
    hub.kill();
    let mut looked_at = 0;
    let mut folders = vec![hub.store()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            looked_at += bytes.len();
            for secret in [
                "confidential",
                "laptop",
                "Tides",
                "WG-Tide",
                &all[0].meeting.to_string(),
            ] {
                let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                assert!(!found, "{secret} stands in {}", path.display());
            }
        }
    }
    assert!(looked_at > 5_000, "only {looked_at} bytes lie there: nothing was tried");
}
