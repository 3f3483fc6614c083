//! The configurations that the README gives, run as they stand there: only ports and folders are others.

use std::fs;
use std::path::Path;

use minuta_tests::hub::{Hub, free_port};
use minuta_tests::root;

use super::secured::Authority;

/// The blocks of configuration in the README, in their order: one machine; what a cluster has besides.
fn blocks() -> [String; 2] {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks: Vec<String> = readme
        .split("\n```conf\n")
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned() + "\n")
        .collect();
    blocks.try_into().unwrap()
}

/// A block for this machine: the hub's own port and store are set by who starts it.
fn here(block: &str, authority: &Authority) -> String {
    let own = |line: &&str| !line.starts_with("listen: ") && !line.starts_with("jetstream ");
    let lines: Vec<&str> = block.lines().filter(own).collect();
    let folder = authority.folder.path();
    let text = lines.join("\n") + "\n";
    assert!(text.contains("/etc/minuta-hub/"), "{text}");
    text.replace("/etc/minuta-hub/", &format!("{}/", Path::new(folder).display()))
}

/// One hub as the README configures it. Its users are `ann:secret-1` and `ben:secret-2`.
pub(super) fn one(authority: &Authority) -> Option<Hub> {
    let [alone, _] = blocks();
    Hub::start_with(&here(&alone, authority), true)
}

/// The cluster of three.
pub(super) fn three(authority: &Authority) -> Option<Vec<Hub>> {
    let [alone, more] = blocks();
    let ports = [free_port(), free_port(), free_port()];
    let servers = ports.iter().zip(1..).map(|(port, number)| {
        let mut more = here(&more, authority);
        for (other, name) in ports.iter().zip(1..) {
            more = more.replace(&format!("hub{name}.example.org:6222"), &format!("127.0.0.1:{other}"));
        }
        let more = more
            .replace("0.0.0.0:6222", &format!("127.0.0.1:{port}"))
            .replace("server_name: hub1", &format!("server_name: hub{number}"));
        Hub::start_with(&format!("{}{more}", here(&alone, authority)), true)
    });
    servers.collect()
}
