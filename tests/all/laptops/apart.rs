//! Without a line for a while.

use std::sync::Arc;
use std::time::Duration;

use minuta_tests::hub::Hub;
use minuta_tests::seed::share;

use super::{are_one, at_once, laptops, settle, written};

/// The first is cut off while all write, and comes back.
fn one_is_cut_off(count: usize, lines: usize) {
    let Some(hub) = Hub::start() else { return };
    let mut all = laptops(&hub, count);
    all[0].line.cut();
    at_once(&mut all, |laptop| laptop.write_many("apart", lines));
    let alone = all[0].texts();
    assert_eq!(alone.len(), lines, "nothing came through");
    settle(&mut all[1..]);
    assert_eq!(all[1].texts().len(), (count - 1) * lines, "nothing went out");
    all[0].line.mend();
    settle(&mut all);
    are_one(&all, &written(&all, "apart", lines));
}

#[test]
fn of_two_one_is_cut_off_while_both_write() {
    one_is_cut_off(2, share(500, 2000));
}

#[test]
fn of_five_one_is_cut_off_while_all_write() {
    one_is_cut_off(5, share(60, 2000));
}

#[test]
fn a_line_that_breaks_again_and_again_loses_nothing() {
    let Some(hub) = Hub::start() else { return };
    let mut all = laptops(&hub, 2);
    let lines = share(30, 300);
    for round in 0..share(6, 40) {
        let what = format!("round {round},");
        std::thread::scope(|scope| {
            let line = Arc::clone(&all[round % 2].line);
            scope.spawn(move || {
                for _ in 0..3 {
                    std::thread::sleep(Duration::from_millis(30));
                    line.cut();
                    std::thread::sleep(Duration::from_millis(10));
                    line.mend();
                }
            });
            at_once(&mut all, |laptop| laptop.write_many(&what, lines));
        });
    }
    settle(&mut all);
    let rounds = (0..share(6, 40)).flat_map(|round| written(&all, &format!("round {round},"), lines));
    are_one(&all, &rounds.collect());
}
