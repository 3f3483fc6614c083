//! Samples, and what is told of them beside what is aimed at.

use std::time::{Duration, Instant};

/// How long something took, each time, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn of(times: usize, mut what: impl FnMut(usize)) -> Self {
        let mut samples = Self::default();
        for time in 0..times {
            let start = Instant::now();
            what(time);
            samples.add(start.elapsed());
        }
        samples
    }

    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64() * 1000.0);
    }

    /// What this share of the samples does not pass.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let place = (sorted.len() as f64 * share).ceil() as usize;
        sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }

    /// Their mean.
    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// `median / 95 % / most`.
    pub(crate) fn told(&self) -> String {
        format!("{:>9.2} {:>9.2} {:>9.2}", self.at(0.5), self.at(0.95), self.at(1.0))
    }
}

/// A figure beside its aim.
pub(crate) fn against(what: &str, reached: f64, unit: &str, aim: f64) {
    let verdict = if reached <= aim { "reached" } else { "MISSED" };
    println!("  {what:<52} {reached:>9.2} {unit}  (at most {aim} {unit}: {verdict})");
}
