//! A real hub: `nats-server` with `JetStream`, in a folder and on a port of its own.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::is_there;

/// A hub, ended (`kill -9`) when this goes out of scope.
#[derive(Debug)]
pub struct Hub {
    folder: tempfile::TempDir,
    port: u16,
    config: String,
    child: Option<Child>,
}

impl Hub {
    /// A hub as one starts it by hand: `nats-server -js`. None, said loudly, where there is no `nats-server`.
    pub fn start() -> Option<Self> {
        Self::start_with("", true)
    }

    /// The same with more in its configuration; `jetstream` says whether it keeps messages.
    pub fn start_with(config: &str, jetstream: bool) -> Option<Self> {
        if !is_there("nats-server") {
            crate::left_out("there is no nats-server; `cargo xtask test` installs it where apt is there");
            return None;
        }
        // Not in the folder for temporary things, which may be memory: a hub's store lies on a disk.
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        let keeps = match jetstream {
            true => format!("jetstream {{ store_dir: \"{}\" }}\n", store.display()),
            false => String::new(),
        };
        let mut hub = Self {
            folder,
            port: 0,
            config: format!("{keeps}{config}"),
            child: None,
        };
        // Between a port found free and the hub's taking it, another test may have it.
        for _ in 0..5 {
            hub.port = free_port();
            if hub.try_start_again() {
                return Some(hub);
            }
        }
        panic!("the hub does not start: {}", hub.log());
    }

    /// `nats://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Its port on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its process, to be looked at.
    pub fn process(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Starts it again, on the same port, with what its store holds now.
    pub fn start_again(&mut self) {
        assert!(self.try_start_again(), "the hub does not start again: {}", self.log());
    }

    fn try_start_again(&mut self) -> bool {
        let file = self.folder.path().join("hub.conf");
        let listen = format!("listen: \"127.0.0.1:{}\"\n", self.port);
        fs::write(&file, format!("{listen}{}", self.config)).unwrap();
        let log = fs::File::create(self.folder.path().join("log")).unwrap();
        let mut child = Command::new("nats-server")
            .arg("--config")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(20) {
            if greets(self.port) {
                self.child = Some(child);
                return true;
            }
            if child.try_wait().unwrap().is_some() {
                return false;
            }
            thread::sleep(Duration::from_millis(10));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        false
    }

    /// Where it keeps its messages.
    pub fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// What it said.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Takes everything out of its store; it must not run.
    pub fn lose_everything(&self) {
        assert!(self.child.is_none());
        fs::remove_dir_all(self.store()).unwrap();
    }

    /// Copies its store, as it is now; it must not run.
    pub fn copy_store(&self, to: &Path) {
        assert!(self.child.is_none());
        copy(&self.store(), to);
    }

    /// Puts an old copy in its store's place; it must not run.
    pub fn put_store(&self, from: &Path) {
        self.lose_everything();
        copy(from, &self.store());
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port of this machine that nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Does a hub answer there? It greets whoever comes.
fn greets(port: u16) -> bool {
    let Ok(stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    let mut line = String::new();
    match BufReader::new(stream).read_line(&mut line) {
        Ok(_) => line.starts_with("INFO "),
        Err(error) => {
            assert_ne!(error.kind(), ErrorKind::InvalidData, "no hub on port {port}");
            false
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
