//! Steps with a heading, and the time that each took.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// What was done so far, and how long it took.
#[derive(Debug)]
pub(crate) struct Steps {
    started: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Nothing done yet.
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            done: Vec::new(),
        }
    }

    /// Does one step under its heading. The first that fails ends the run, after the table of what took the time.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name}");
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        println!("   {name}: {:.1} s", took.as_secs_f64());
        self.done.push((name.to_owned(), took));
        if result.is_err() {
            self.table();
        }
        result.with_context(|| format!("the step `{name}` failed"))
    }

    /// Prints what took the time.
    pub(crate) fn table(&self) {
        println!("\n== What took the time");
        for (name, took) in &self.done {
            println!("{:>8.1} s  {name}", took.as_secs_f64());
        }
        println!("{:>8.1} s  altogether", self.started.elapsed().as_secs_f64());
    }
}
