//! Hubs that die, forget everything, and come back as they were long ago.

use std::thread;
use std::time::Duration;

use minuta_tests::hub::Hub;
use minuta_tests::seed::share;

use super::{are_one, at_once, laptops, settle, written};

#[test]
fn a_hub_may_be_killed_forget_everything_and_come_back_older() {
    let Some(mut hub) = Hub::start() else { return };
    let mut all = laptops(&hub, 2);
    let count = share(60, 1000);
    let mut expected = written(&all, "before", count);
    at_once(&mut all, |laptop| laptop.write_many("before", count));
    settle(&mut all);
    let old = tempfile::tempdir().unwrap();
    hub.kill();
    hub.copy_store(old.path());
    hub.start_again();

    for (what, change) in [
        (
            "killed",
            (|_: &Hub, _: &std::path::Path| {}) as fn(&Hub, &std::path::Path),
        ),
        ("emptied", |hub, _| hub.lose_everything()),
        ("put back", |hub, old| hub.put_store(old)),
    ] {
        expected.extend(written(&all, what, count));
        thread::scope(|scope| {
            let hub = &mut hub;
            let old = old.path();
            scope.spawn(move || {
                // In the middle of what is written.
                thread::sleep(Duration::from_millis(150));
                hub.kill();
                thread::sleep(Duration::from_millis(100));
                change(hub, old);
                hub.start_again();
            });
            at_once(&mut all, |laptop| laptop.write_many(what, count));
        });
        settle(&mut all);
        are_one(&all, &expected);
    }
    // The hub is whole as well: one who joins now is given all of it.
    let late = all[0].joined(&hub, "laptop 9", minuta_core::model::share::Role::Scribe);
    all.push(late);
    settle(&mut all);
    are_one(&all, &expected);
}

#[test]
fn a_hub_that_forgot_is_filled_by_who_comes_first_for_those_who_are_away() {
    let Some(mut hub) = Hub::start() else { return };
    let mut all = laptops(&hub, 3);
    at_once(&mut all, |laptop| laptop.write_many("early", 20));
    settle(&mut all);
    let expected = written(&all, "early", 20);
    // The first two have what the third wrote; the third never comes back.
    let _gone = all.pop().unwrap();
    hub.kill();
    hub.lose_everything();
    hub.start_again();
    settle(&mut all);
    let late = all[0].joined(&hub, "laptop 9", minuta_core::model::share::Role::Editor);
    all[1].line.cut();
    all.push(late);
    let mut two = vec![all.remove(0), all.pop().unwrap()];
    settle(&mut two);
    are_one(&two, &expected);
}
