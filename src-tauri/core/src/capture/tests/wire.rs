//! The shapes that the window sees.

use ts_rs::TS;

use super::*;

#[test]
fn types_keep_big_integers_off_the_wire() {
    let config = ts_rs::Config::default();
    for declaration in [
        Line::decl(&config),
        Command::decl(&config),
        Said::decl(&config),
        Due::decl(&config),
        When::decl(&config),
    ] {
        assert!(!declaration.contains("bigint"), "{declaration}");
    }
    let command = Command::decl(&config);
    assert!(
        command.contains("\"type\": \"point\"") && command.contains("Said"),
        "{command}"
    );
}
