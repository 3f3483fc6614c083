//! Programs that are fed, listened to, waited for within bounds, and ended.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a program said and how it ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// What it printed.
    pub out: String,
    /// What it told on standard error.
    pub err: String,
    /// How it ended.
    pub status: ExitStatus,
}

impl Ended {
    /// The exit code; a program ended by a signal has none.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// What was printed, of a program that ended well. Fails the test otherwise.
    pub fn well(self) -> String {
        assert!(
            self.status.success(),
            "{}\nstandard output: {}\nstandard error: {}",
            self.status,
            self.out,
            self.err
        );
        self.out
    }
}

/// A running program, killed (`kill -9`) when it goes out of scope.
#[derive(Debug)]
pub struct Running {
    child: Child,
    out: Option<thread::JoinHandle<String>>,
    err: Option<thread::JoinHandle<String>>,
}

impl Running {
    /// Starts the program and writes `input` to it from another thread, until it is all written or nobody reads on.
    pub fn start(command: &mut Command, input: Vec<u8>) -> Self {
        Self::start_fed(command, move |stdin| stdin.write_all(&input))
    }

    /// The same with one line after the other, and a pause after each, as from somebody who types.
    pub fn start_typing(command: &mut Command, lines: Vec<String>, pause: Duration) -> Self {
        Self::start_fed(command, move |stdin| {
            lines.iter().try_for_each(|line| {
                thread::sleep(pause);
                writeln!(stdin, "{line}")
            })
        })
    }

    fn start_fed(
        command: &mut Command,
        feed: impl FnOnce(&mut ChildStdin) -> std::io::Result<()> + Send + 'static,
    ) -> Self {
        let pipes = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = pipes
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
        let mut stdin = child.stdin.take().unwrap();
        // A program that is killed closes its end: then the rest has nowhere to go.
        thread::spawn(move || feed(&mut stdin).is_ok());
        let out = Some(listen(child.stdout.take().unwrap()));
        let err = Some(listen(child.stderr.take().unwrap()));
        Self { child, out, err }
    }

    /// Is it still running?
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for its end, at most so long; then the test fails.
    pub fn end_within(mut self, limit: Duration) -> Ended {
        let started = Instant::now();
        while self.runs() {
            assert!(started.elapsed() < limit, "still running after {limit:?}");
            thread::sleep(Duration::from_millis(2));
        }
        self.ended()
    }

    /// Asks it to end, by a signal of this name (`TERM`, `INT`).
    pub fn ask_to_end(&self, signal: &str) {
        let sent = Command::new("kill")
            .args(["-s", signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success(), "{signal} was not sent");
    }

    /// Ends it as a power cut would: `SIGKILL`, at once. It may have ended by itself before.
    pub fn kill(mut self) -> Ended {
        self.child.kill().unwrap();
        self.ended()
    }

    fn ended(mut self) -> Ended {
        let status = self.child.wait().unwrap();
        let said = |thread: Option<thread::JoinHandle<String>>| thread.unwrap().join().unwrap();
        Ended {
            out: said(self.out.take()),
            err: said(self.err.take()),
            status,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.child.kill().is_ok() {
            let _ended = self.child.wait();
        }
    }
}

fn listen(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _end_or_error = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Runs a program to its end, at most a minute.
pub fn run(command: &mut Command, input: &str) -> Ended {
    Running::start(command, input.as_bytes().to_vec()).end_within(Duration::from_secs(60))
}

/// Is there a program of this name on the PATH?
pub fn is_there(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
