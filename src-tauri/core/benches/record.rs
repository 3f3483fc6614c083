//! How long reading, searching, parsing and exporting take.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

#[allow(dead_code, reason = "shared with the other measurements")]
mod made;

use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use chrono::Utc;
use chrono_tz::Tz;
use divan::{Bencher, black_box};
use made::{fill, system};
use minuta_core::Archive;
use minuta_core::api::{DocumentKind, Format, call};
use minuta_core::capture::parse;
use minuta_core::import::{Given, take};
use minuta_core::model::{MeetingId, Record};
use minuta_core::publish::render;

fn main() {
    divan::main();
}

/// A folder that lives as long as the process; the build folder's own sweep removes it.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("record-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    path.join("archive.sqlite")
}

/// An archive with a meeting of 10,000 points.
static LONG: LazyLock<(PathBuf, MeetingId)> = LazyLock::new(|| {
    let path = folder("long");
    let meeting = fill(&mut Archive::open(&path, system()).unwrap(), 10_000);
    (path, meeting)
});

/// An archive with 100,000 points.
static LARGE: LazyLock<Mutex<Archive>> = LazyLock::new(|| {
    let mut archive = Archive::open(&folder("large"), system()).unwrap();
    for _ in 0..10 {
        fill(&mut archive, 10_000);
    }
    Mutex::new(archive)
});

/// The reference report where it lies beside the project, else the sample meeting's.
static REPORT: LazyLock<Record> = LazyLock::new(|| {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/reference-report/summary-report.md");
    let mut archive = Archive::open(&folder("report"), system()).unwrap();
    let id = match std::fs::read_to_string(path) {
        Ok(text) => {
            let (plan, _) = minuta_core::import::report(&text, "report", archive.env());
            minuta_core::edit::import::as_new(&mut archive, &plan).unwrap()
        }
        Err(_) => minuta_core::sample::make(&mut archive).unwrap(),
    };
    archive.record(id).unwrap()
});

#[divan::bench(args = [
    "Titti Cassa: the draft is out for comments",
    "action: Titti to send the draft by 15 January",
    "q+ Bruna to reply on funding",
    "a remark with **bold** and a [link](https://example.org)",
    "s/old words/new words/",
])]
fn parse_a_line(line: &str) {
    black_box(parse(black_box(line)));
}

/// A file's text, into the archive and onto the disk.
fn import(bencher: Bencher<'_, '_>, name: &'static str, text: String) {
    let mut archive = Archive::open(&folder(name), system()).unwrap();
    bencher.bench_local(|| {
        let given = Given {
            zone: Some(Tz::Europe__Rome),
            ..Given::new(name, archive.env())
        };
        let taken = take(text.as_bytes(), None, &given).unwrap();
        minuta_core::edit::import::as_new(&mut archive, &taken.plan).unwrap()
    });
}

#[divan::bench(sample_count = 20)]
fn import_a_transcript_of_1_000_cues(bencher: Bencher<'_, '_>) {
    let cue = |at: usize| {
        let (minute, second) = (at / 60, at % 60);
        let words = made::sentence(at);
        format!("{at}\n00:{minute:02}:{second:02}.000 --> 00:{minute:02}:{second:02}.900\nAnn Lee: {words}\n\n")
    };
    import(
        bencher,
        "a.vtt",
        format!("WEBVTT\n\n{}", (0..1000).map(cue).collect::<String>()),
    );
}

/// 400 people who left and came back 25 times.
#[divan::bench(sample_count = 10)]
fn import_attendance_of_10_000_rows(bencher: Bencher<'_, '_>) {
    let row = |at: usize| {
        let (person, minute) = (at % 400, at / 400 * 2);
        format!(
            "P{person} Lee,p{person}@example.org,03/12/2026 01:{minute:02}:00 PM,03/12/2026 01:{minute:02}:59 PM,1,No\n"
        )
    };
    let rows: String = (0..10_000).map(row).collect();
    let head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n";
    import(bencher, "zoom.csv", format!("{head}{rows}"));
}

#[divan::bench]
fn open_the_archive_and_the_last_60_of_10_000_points(bencher: Bencher<'_, '_>) {
    let (path, meeting) = &*LONG;
    bencher.bench_local(|| {
        Archive::open(path, system())
            .unwrap()
            .page(*meeting, None, None, minuta_core::model::Lens::All, 60)
            .unwrap()
    });
}

#[divan::bench]
fn everything_else_on_the_desk_of_10_000_points(bencher: Bencher<'_, '_>) {
    let (path, meeting) = &*LONG;
    let archive = Mutex::new(Archive::open(path, system()).unwrap());
    bencher.bench_local(|| call(&archive, "desk", serde_json::json!({ "meeting": meeting })).unwrap());
}

#[divan::bench(args = ["datum ", "bench", "基准", "datum harbour ", "\"draft format\"", "nowhere "])]
fn the_newest_50_hits_of_100_000_points(bencher: Bencher<'_, '_>, query: &str) {
    let archive = LARGE.lock().unwrap();
    bencher.bench_local(|| archive.search(black_box(query), 50).unwrap());
}

#[divan::bench]
fn report_to_markdown(bencher: Bencher<'_, '_>) {
    let record = &*REPORT;
    bencher.bench_local(|| render(record, DocumentKind::Report, Format::Markdown, Utc::now()).unwrap());
}

#[divan::bench]
fn report_to_pdf_warm(bencher: Bencher<'_, '_>) {
    let record = &*REPORT;
    render(record, DocumentKind::Report, Format::Pdf, Utc::now()).unwrap();
    bencher.bench_local(|| render(record, DocumentKind::Report, Format::Pdf, Utc::now()).unwrap());
}

/// The report with its passages 125 times over.
#[divan::bench(sample_count = 10)]
fn some_200_pages_to_pdf(bencher: Bencher<'_, '_>) {
    let mut record = REPORT.clone();
    let passages = record.passages.clone();
    record.passages.extend((0..124).flat_map(|_| passages.iter().cloned()));
    bencher.bench_local(|| render(&record, DocumentKind::Report, Format::Pdf, Utc::now()).unwrap());
}
