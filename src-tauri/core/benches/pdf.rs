//! The reference report to PDF, and 200 pages, beside what typst takes for the same words in the same run; memory and
//! size. Needs a Python with the package `typst` (`pip install typst`): `MINUTA_TYPST` names it, else `python3` is
//! asked.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::DateTime;
use minuta_core::Archive;
use minuta_core::env::SystemEnv;
use minuta_core::export::PageShown;
use minuta_core::export::pdf::{Fonts, Missing, layout, pdf};
use minuta_core::minutes::draft::{Draft, with_drafts};
use minuta_core::minutes::{Content, Minutes, Options, compose};
use minuta_core::model::inline::Inline;
use minuta_core::publish;

#[allow(dead_code, reason = "shared with the other measurements")]
mod made;

/// Names how many times over the report's text is set, in the process that this one starts to measure memory in.
const TIMES: &str = "MINUTA_BENCH_PDF";

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let once = report(folder.path());
    let fonts = Fonts::bundled();
    if let Ok(times) = std::env::var(TIMES) {
        made_pdf(&over(&once, times.parse().unwrap()), &fonts);
        return println!("{}", peak());
    }
    preview(folder.path());
    for (name, minutes, runs) in [("the report", once.clone(), 40), ("200 pages", over(&once, 63), 5)] {
        let pages = layout(&minutes, &fonts).pages.len();
        let laying = median(runs, || drop(layout(&minutes, &fonts)));
        let mut size = 0;
        let whole = median(runs, || size = made_pdf(&minutes, &fonts));
        let memory = memory(if pages > 10 { 63 } else { 1 });
        println!(
            "{name} ({pages} pages) to PDF: {:.2} ms ({:.2} of them layout), {memory} MB, {} KB",
            ms(whole),
            ms(laying),
            size / 1000
        );
        if let Some(theirs) = typst(folder.path(), &minutes, runs) {
            println!("    typst: {}", theirs.told);
            println!("    {:.2} times typst's time", ms(whole) / theirs.milliseconds);
        }
    }
}

/// The core's part of a key in the preview of some 30 pages: the record with what is being written is composed, laid again,
/// and what has changed on the page in sight is drawn.
fn preview(folder: &Path) {
    let mut archive = Archive::open(&folder.join("preview.sqlite"), Arc::new(SystemEnv)).unwrap();
    let id = made::written(&mut archive);
    let record = archive.record(id).unwrap();
    let passage = record.passages.get(150).unwrap();
    let mut draft = Draft {
        passage: passage.id,
        item: passage.item,
        style: passage.style.clone(),
        text: passage.text.clone(),
        behind: None,
        before: None,
    };
    let mut shown: Vec<PageShown> = Vec::new();
    let look = |draft: &Draft, shown: &mut Vec<PageShown>| {
        let record = with_drafts(&record, vec![draft.clone()]);
        let pages = publish::pages(&record, &Options::default(), shown, Some(draft.passage));
        let found = pages.found.unwrap().page;
        *shown = [found, found + 1]
            .iter()
            .map(|page| PageShown {
                page: *page,
                lines: pages
                    .pages
                    .iter()
                    .filter(|one| one.page == *page)
                    .flat_map(|one| &one.lines)
                    .map(|line| line.mark.clone())
                    .collect(),
            })
            .collect();
        (pages.count, serde_json::to_string(&pages).unwrap().len())
    };
    let cold = Instant::now();
    look(&draft, &mut shown);
    let cold = cold.elapsed();
    look(&draft, &mut shown);
    let (mut count, mut sizes) = (0, Vec::new());
    let mut letters = "some more words on the gauge ".chars().cycle();
    let whole = median(60, || {
        draft.text.extend(letters.next());
        let (pages, size) = look(&draft, &mut shown);
        count = pages;
        sizes.push(size);
    });
    sizes.sort_unstable();
    println!(
        "a key in the preview of {count} pages, the core's part: {:.2} ms, {} KB; the first look at a page {:.2} ms (50 ms to the pixel)",
        ms(whole),
        sizes.get(sizes.len() / 2).unwrap() / 1000,
        ms(cold)
    );
}

fn made_pdf(minutes: &Minutes, fonts: &Fonts) -> usize {
    pdf(minutes, fonts, DateTime::UNIX_EPOCH, Missing::Show)
        .unwrap()
        .bytes
        .len()
}

/// The reference report where it lies beside the project, else the sample meeting's.
fn report(folder: &Path) -> Minutes {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/reference-report/summary-report.md");
    let mut archive = Archive::open(&folder.join("archive.sqlite"), Arc::new(SystemEnv)).unwrap();
    let id = match std::fs::read_to_string(path) {
        Ok(text) => {
            let (plan, _) = minuta_core::import::report(&text, "report", archive.env());
            minuta_core::edit::import::as_new(&mut archive, &plan).unwrap()
        }
        Err(_) => minuta_core::sample::make(&mut archive).unwrap(),
    };
    compose(&archive.record(id).unwrap(), &Options::default())
}

/// The same with its discussion so many times over.
fn over(minutes: &Minutes, times: usize) -> Minutes {
    let mut minutes = minutes.clone();
    let blocks = std::mem::take(&mut minutes.blocks);
    let is_fixed = |content: &Content| matches!(content, Content::Title(_) | Content::Subtitle(_));
    for time in 0..times {
        let repeated = blocks.iter().filter(|block| time == 0 || !is_fixed(&block.content));
        minutes.blocks.extend(repeated.cloned());
    }
    minutes
}

fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    let mut samples: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    samples.sort_unstable();
    samples.get(runs / 2).copied().unwrap_or_default()
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Peak memory in megabytes of a process that sets the report so many times over.
fn memory(times: usize) -> String {
    let program = std::env::current_exe().unwrap();
    let said = Command::new(program).env(TIMES, times.to_string()).output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

/// Peak memory of this process in megabytes, as far as the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok())
        .unwrap_or(0)
        / 1000
}

struct Theirs {
    milliseconds: f64,
    told: String,
}

/// What typst takes; none, and said aloud, where it is not on this machine.
fn typst(folder: &Path, minutes: &Minutes, runs: usize) -> Option<Theirs> {
    let source = folder.join("report.typ");
    std::fs::write(&source, typst_source(minutes)).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = std::env::var_os("MINUTA_TYPST").unwrap_or_else(|| "python3".into());
    let said = Command::new(&python)
        .arg(here.join("benches/typst_times.py"))
        .arg(&source)
        .arg(runs.to_string())
        .arg(here.join("../../assets/fonts"))
        .output();
    let said = match said {
        Ok(said) if said.status.success() => String::from_utf8(said.stdout).unwrap(),
        Ok(said) => {
            eprintln!("!!!! LEFT OUT: typst: {}", String::from_utf8_lossy(&said.stderr).trim());
            return None;
        }
        Err(error) => {
            eprintln!("!!!! LEFT OUT: typst: {error}");
            return None;
        }
    };
    let mut figures = said.split_whitespace().map(|figure| figure.parse::<f64>().unwrap());
    let (milliseconds, first) = (figures.next()?, figures.next()?);
    let (memory, size) = (figures.next()?, figures.next()?);
    Some(Theirs {
        milliseconds,
        told: format!(
            "{milliseconds:.2} ms, {first:.2} with reading its fonts, {memory} MB, {:.0} KB",
            size / 1000.0
        ),
    })
}

/// The same words for typst, in the same sizes. RUN in each block makes it another text in each run.
fn typst_source(minutes: &Minutes) -> String {
    let mut out = String::from(
        "#set document(title: \"Report\")\n#set page(paper: \"a4\", margin: 25mm, numbering: \"1 / 1\")\n\
         #set text(font: \"Noto Serif\", size: 10.5pt, lang: \"en\")\n#set par(leading: 0.65em)\n",
    );
    for block in &minutes.blocks {
        match &block.content {
            Content::Title(text) => out.push_str(&format!("#align(center, text(17pt)[*{}*])\n\n", typst_words(text))),
            Content::Subtitle(text) => out.push_str(&format!("#align(center)[{}]\n\n", typst_words(text))),
            Content::Heading { level, number, text } => {
                let marks = "=".repeat(usize::from(*level).clamp(1, 4));
                out.push_str(&format!("{marks} {} {} RUN\n\n", typst_text(number), typst_words(text)));
            }
            Content::Paragraph { text, .. } => out.push_str(&format!("{} RUN\n\n", typst_words(text))),
            Content::List { ordered, entries } => {
                for entry in entries {
                    let mark = if *ordered { "+" } else { "-" };
                    out.push_str(&format!("{mark} {} RUN\n", typst_words(&entry.text)));
                }
                out.push('\n');
            }
            Content::Table { .. } => {}
        }
    }
    out
}

fn typst_words(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => typst_text(text),
            Inline::Strong(inner) => format!("#strong[{}]", typst_words(inner)),
            Inline::Emphasis(inner) => format!("#emph[{}]", typst_words(inner)),
            Inline::Link { label, url } => format!("#link(\"{url}\")[{}]", typst_words(label)),
            Inline::Mention { label, .. } => typst_words(label),
            Inline::Break => " \\ ".to_owned(),
            Inline::Comma => ",".to_owned(),
        })
        .collect()
}

/// Literal text.
fn typst_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
