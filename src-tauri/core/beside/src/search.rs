//! The newest 50 of a million points that hold something: Minuta's archive, tantivy's index and ripgrep on the same
//! text, turn about, so that other work on the machine slows all three.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use minuta_core::Archive;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{NgramTokenizer, TextAnalyzer};
use tantivy::{Index, IndexReader, Order, Term, doc};

use crate::figures::{Samples, against};
use crate::made::{fill, sentence, system};

/// How many are wanted.
const NEWEST: usize = 50;
/// How often each thing is looked for.
const TIMES: usize = 100;
/// How often ripgrep looks for it: it starts anew each time.
const STARTS: usize = 10;
/// The points as text.
const TEXT: &str = "points.txt";
/// Points of one meeting.
const IN_ONE: usize = 10_000;

/// What is looked for: a name for it, the words, and how long it may take.
const SOUGHT: [(&str, Sought, [&str; 4], f64); 4] = [
    ("a word", Sought::Word, ["datum", "harbour", "licence", "survey"], 15.0),
    ("a prefix", Sought::Prefix, ["ben", "har", "lic", "ti"], 15.0),
    (
        "a phrase",
        Sought::Phrase,
        ["draft format", "datum harbour", "tide level", "storm signal"],
        15.0,
    ),
    (
        "two CJK characters",
        Sought::Pair,
        ["基准", "文件", "应当", "拒收"],
        5.0,
    ),
];

#[derive(Clone, Copy, Debug)]
enum Sought {
    Word,
    Prefix,
    Phrase,
    Pair,
}

/// What is typed into Minuta for it. A blank after a word says that it is whole.
fn typed(sought: Sought, words: &str) -> String {
    match sought {
        Sought::Word => format!("{words} "),
        Sought::Prefix | Sought::Pair => words.to_owned(),
        Sought::Phrase => format!("\"{words}\""),
    }
}

/// Measures the search over this many points. What is searched is kept beside the program, for filling it takes long.
pub(crate) fn measure(points: usize) -> Result<()> {
    let place = prepare(points)?;
    let archive = Archive::open(&place.join("a.minuta"), system())?;
    let text = place.join(TEXT);
    let tantivy = Tantivy::open(&place.join("tantivy"))?;
    println!(
        "\nSearch over {points} points, the newest {NEWEST}; {} MB of text",
        fs::metadata(&text)?.len() / 1_048_576
    );

    println!("  {:<52} {:>9} {:>9} {:>9}", "in ms", "median", "95 %", "most");
    for (what, sought, words, aim) in SOUGHT {
        let (mut own, mut other) = (Samples::default(), Samples::default());
        let (mut found, mut found_there) = (0, 0);
        for time in 0..TIMES {
            let words = words[time % words.len()];
            let start = Instant::now();
            found += archive.search(&typed(sought, words), u32::try_from(NEWEST)?)?.len();
            own.add(start.elapsed());
            let start = Instant::now();
            found_there += tantivy.newest(sought, words)?;
            other.add(start.elapsed());
        }
        anyhow::ensure!(
            found == TIMES * NEWEST.min(points / 50),
            "{what}: {found} found, and {found_there} there"
        );
        println!("  {:<52} {}", format!("{what}: Minuta"), own.told());
        println!(
            "  {:<52} {}",
            format!("{what}: tantivy ({found_there} found)"),
            other.told()
        );
        let first = ripgrep(&text, sought, words[0]);
        match first {
            Ok(_) => {
                let mut failed = None;
                let took = Samples::of(STARTS, |time| {
                    failed = ripgrep(&text, sought, words[time % words.len()])
                        .err()
                        .or(failed.take())
                });
                failed.map_or(Ok(()), Err)?;
                println!("  {:<52} {}", format!("{what}: ripgrep, the whole text"), took.told());
            }
            Err(why) => println!("  {what}: {why:#}"),
        }
        against(&format!("{what}: 95 %"), own.at(0.95), "ms", aim);
    }
    Ok(())
}

/// Where the points lie, as an archive, as an index of tantivy's and as text; made if they are not there yet.
pub(crate) fn prepare(points: usize) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let place = own
        .parent()
        .context("the program lies nowhere")?
        .join(format!("beside-{points}"));
    let whole = place.join("whole");
    if whole.is_file() {
        return Ok(place);
    }
    if place.is_dir() {
        fs::remove_dir_all(&place)?;
    }
    fs::create_dir_all(&place)?;
    let start = Instant::now();
    let mut archive = Archive::open(&place.join("a.minuta"), system())?;
    for _ in 0..points.div_ceil(IN_ONE) {
        fill(&mut archive, IN_ONE.min(points));
    }
    // What waits for the index is taken in by the first search, which is not measured.
    archive.search("datum ", 1)?;
    println!("Minuta: {points} points in {:.0?}", start.elapsed());
    write_text(&place.join(TEXT), points)?;
    let start = Instant::now();
    Tantivy::fill(&place.join("tantivy"), points)?;
    println!("tantivy: the same in {:.0?}", start.elapsed());
    fs::write(whole, "")?;
    Ok(place)
}

/// The same sentences, one a line.
fn write_text(file: &Path, points: usize) -> Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    for at in 0..points {
        writeln!(out, "{}", sentence(at % IN_ONE))?;
    }
    Ok(out.flush()?)
}

/// Lines of the text that hold it. The newest are the last, so that all are read.
fn ripgrep(text: &Path, sought: Sought, words: &str) -> Result<()> {
    let mut command = Command::new("rg");
    command.args(["--no-config", "--count"]);
    match sought {
        Sought::Word => command.args(["--word-regexp", "--fixed-strings", words]),
        Sought::Prefix => command.arg(format!("\\b{words}")),
        Sought::Phrase | Sought::Pair => command.args(["--fixed-strings", words]),
    };
    let status = command.arg(text).stdin(Stdio::null()).stdout(Stdio::null()).status();
    let status = status.context("ripgrep is not there (Debian: ripgrep)")?;
    anyhow::ensure!(status.success(), "ripgrep found nothing");
    Ok(())
}

fn pairing(index: &Index) -> Result<()> {
    let tokenizer = TextAnalyzer::from(NgramTokenizer::all_ngrams(2, 2)?);
    index.tokenizers().register("pairs", tokenizer);
    Ok(())
}

/// An index of tantivy's with its usual words, and pairs of letters for scripts without spaces.
struct Tantivy {
    reader: IndexReader,
    words: Field,
    pairs: Field,
}

impl Tantivy {
    fn fill(folder: &Path, points: usize) -> Result<()> {
        fs::create_dir_all(folder)?;
        let mut schema = Schema::builder();
        let indexed = |tokenizer: &str| {
            let how = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            TextOptions::default().set_indexing_options(how)
        };
        let words = schema.add_text_field("words", indexed("default"));
        let pairs = schema.add_text_field("pairs", indexed("pairs"));
        let at = schema.add_u64_field("at", FAST | STORED);
        let index = Index::create_in_dir(folder, schema.build())?;
        pairing(&index)?;
        let mut writer = index.writer_with_num_threads(2, 200_000_000)?;
        for number in 0..points {
            let sentence = sentence(number % IN_ONE);
            // Only what has no spaces is cut into pairs.
            let han: String = sentence.chars().filter(|letter| !letter.is_ascii()).collect();
            writer.add_document(doc!(words => sentence, pairs => han, at => u64::try_from(number)?))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(())
    }

    fn open(folder: &Path) -> Result<Self> {
        let index = Index::open_in_dir(folder)?;
        pairing(&index)?;
        let schema = index.schema();
        Ok(Self {
            reader: index.reader()?,
            words: schema.get_field("words")?,
            pairs: schema.get_field("pairs")?,
        })
    }

    fn newest(&self, sought: Sought, words: &str) -> Result<usize> {
        let term = |field: Field, word: &str| Term::from_field_text(field, word);
        let query: Box<dyn Query> = match sought {
            Sought::Word => Box::new(TermQuery::new(term(self.words, words), IndexRecordOption::Basic)),
            Sought::Prefix => Box::new(RegexQuery::from_pattern(&format!("{words}.*"), self.words)?),
            Sought::Phrase => Box::new(PhraseQuery::new(
                words.split(' ').map(|word| term(self.words, word)).collect(),
            )),
            Sought::Pair => Box::new(BooleanQuery::new(vec![(
                Occur::Must,
                Box::new(TermQuery::new(term(self.pairs, words), IndexRecordOption::Basic)),
            )])),
        };
        let searcher = self.reader.searcher();
        let newest = TopDocs::with_limit(NEWEST).order_by_fast_field::<u64>("at", Order::Desc);
        let found = searcher.search(&query, &newest)?;
        for (_, address) in &found {
            // A hit is shown: what is kept of it is read.
            let _: tantivy::TantivyDocument = searcher.doc(*address)?;
        }
        Ok(found.len())
    }
}
