//! Samples, and what is told of them.

use std::time::Duration;

/// How long something took, each time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64() * 1000.0);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The figure in milliseconds that this share of the samples does not pass.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let place = (sorted.len() as f64 * share).ceil() as usize;
        sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }

    /// A line of a table.
    pub(crate) fn tell(&self, what: &str) {
        println!(
            "  {what:<58} {:>8.2} {:>8.2} {:>8.2}   {}",
            self.median(),
            self.at(0.95),
            self.at(0.99),
            self.count()
        );
    }
}

/// How often something is measured: `MINUTA_ROUNDS` where that is set, for a quick look.
pub(crate) fn rounds(full: usize) -> usize {
    let asked = std::env::var("MINUTA_ROUNDS").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(full)
}

/// A heading, and the columns of `Samples::tell`.
pub(crate) fn heading(text: &str) {
    println!("\n{text}");
    println!(
        "  {:<58} {:>8} {:>8} {:>8}   samples",
        "in ms", "median", "95 %", "99 %"
    );
}

/// A figure beside its aim.
pub(crate) fn against(what: &str, reached: f64, unit: &str, aim: f64) {
    let verdict = if reached <= aim { "reached" } else { "MISSED" };
    println!("  {what:<58} {reached:>8.2}{unit}  (at most {aim}{unit}: {verdict})");
}
