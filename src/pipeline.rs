//! The run: one parallel pass over all documents, the only place that knows of threads (but for the
//! compilation of the rules).
//!
//! The calling thread hands documents to the workers and takes their rows back **in input order**, so that the tables
//! are the same, byte for byte, for any number of threads. The number of documents between the two is bounded, and
//! rows are encoded as they come: memory does not grow with the corpus.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Instant;

use anyhow::{Context, Result};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::caught::caught;
use crate::config::Rules;
use crate::derived::{self, Headlines};
use crate::duplicates::{self, Fingerprint};
use crate::input::{self, InputFile};
use crate::process::{ids, process};
use crate::publish::Staging;
use crate::summary::{Counted, Summary};
use crate::tables::{self, BetterCopies, DocumentRows, FileMetadata, ReportRow, Row, TableWriter};

/// Documents between reading and writing, for each thread: while one works on a document that is slow to mend, the
/// others go on with those behind it.
const IN_FLIGHT_PER_THREAD: usize = 16;
/// Bytes of documents between reading and writing; one larger document may pass alone.
const IN_FLIGHT_BYTES: u64 = 256 << 20;

/// What to run on, and where to.
#[derive(Debug, Clone)]
pub struct Run {
    /// Files, folders, globs.
    pub inputs: Vec<String>,
    pub out: PathBuf,
    /// Worker threads; 0: one for each core.
    pub threads: usize,
    /// Read at most so many documents.
    pub limit: Option<usize>,
    /// Rows after which a table goes on in a new file.
    pub part_rows: NonZeroUsize,
}

/// What a run tells while it goes on.
#[derive(Debug)]
pub enum Event<'a> {
    /// The inputs were walked.
    Found { files: usize, bytes: u64 },
    /// A document was written, in input order.
    Written { report: &'a ReportRow },
}

/// Run all inputs through all stages and publish the tables.
///
/// # Errors
/// An input that does not exist, an output that cannot be written. Nothing is published then. A document that cannot
/// be used is no error: it is told in `reports` and in the summary.
pub fn run(rules: &Rules, run: &Run, on_event: &mut dyn FnMut(Event<'_>)) -> Result<Summary> {
    let started = Instant::now();
    let mut found = input::discover(&rules.input, &run.inputs)?;
    if let Some(limit) = run.limit {
        found.files.truncate(limit);
    }
    on_event(Event::Found { files: found.files.len(), bytes: found.bytes() });

    let staging = Staging::create(&run.out)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(run.threads).build().context("cannot start the threads")?;
    let metadata = FileMetadata { config_hash: rules.hash.clone(), part_rows: run.part_rows };
    let mut tables = Tables::create(&staging, &metadata);
    let mut summary = Summary::begin(run, rules, &found, pool.current_num_threads());
    summary.durations.insert("find", started.elapsed().as_secs_f64());
    let mut kept = Vec::new();
    let phase = Instant::now();
    in_order(
        &pool,
        &found.files,
        |file| work(rules, file),
        |mut finished| {
            tables.write(&mut finished)?;
            let counted = summary.count(&finished.rows.report);
            kept.push(Kept {
                report_id: finished.rows.report.report_id.clone(),
                // A copy byte for byte is settled already.
                fingerprint: finished.fingerprint.filter(|_| finished.rows.report.duplicate_of.is_none()),
                counted,
            });
            on_event(Event::Written { report: &finished.rows.report });
            Ok(())
        },
    )?;
    // The last rows of a few tables are long to encode: what the derived tables look for is made ready beside them.
    let headlines = || Headlines::of(&rules.extract.lexicon);
    let (rows, headlines) = pool.install(|| rayon::join(|| tables.close(), headlines));
    summary.rows = rows?;
    summary.durations.insert("documents", phase.elapsed().as_secs_f64());
    let phase = Instant::now();
    settle_copies(&staging, &metadata, &kept, &mut summary)?;
    summary.durations.insert("copies", phase.elapsed().as_secs_f64());
    let phase = Instant::now();
    summary.rows.extend(pool.install(|| derived::write(rules, &headlines, staging.folder(), &metadata))?);
    summary.durations.insert("derived", phase.elapsed().as_secs_f64());
    summary.finish(started.elapsed());
    summary.write(&staging.folder().join("run.json"))?;
    staging.publish()?;
    Ok(summary)
}

/// What is remembered of each document until the end of the run.
struct Kept {
    report_id: String,
    fingerprint: Option<Fingerprint>,
    counted: Counted,
}

/// Now that all documents are known: the ones that are copies of better ones lose their rows.
fn settle_copies(staging: &Staging, metadata: &FileMetadata, kept: &[Kept], summary: &mut Summary) -> Result<()> {
    let fingerprints: Vec<Option<&Fingerprint>> = kept.iter().map(|kept| kept.fingerprint.as_ref()).collect();
    let mut copies = BetterCopies::default();
    for (copy, better) in kept.iter().zip(duplicates::better_copies(&fingerprints)) {
        if let Some(better) = better {
            copies.insert(copy.report_id.clone(), kept[better].report_id.clone());
            summary.turned_duplicate(&copy.counted);
        }
    }
    if copies.is_empty() {
        return Ok(());
    }
    for table in tables::document_tables() {
        let rows = tables::without_copies(staging.folder(), &table, metadata, &copies)?;
        summary.rows.insert(table.name, rows);
    }
    Ok(())
}

/// One document, whatever happens to it.
fn work(rules: &Rules, file: &InputFile) -> Finished {
    let rejected = |report_id, reason| DocumentRows::rejected(report_id, file.source.clone(), file.bytes, reason);
    let raw = match file.read() {
        Ok(raw) => raw,
        Err(error) => {
            let (_, id) = ids(&[], &file.source);
            let rows = rejected(id.clone(), format!("cannot be read: {error}"));
            return Finished { rows, fingerprint: None, id_as_copy: id };
        }
    };
    let done = caught(|| {
        let document = process(rules, &raw);
        let (rows, fingerprint) = (DocumentRows::of(&document), duplicates::fingerprint(&document));
        Finished { rows, fingerprint, id_as_copy: document.id_as_copy }
    });
    done.unwrap_or_else(|told| {
        let (id, id_as_copy) = ids(&raw.bytes, &raw.source);
        Finished { rows: rejected(id, format!("internal error: {told}")), fingerprint: None, id_as_copy }
    })
}

/// The rows of a document on their way from a worker to the tables.
struct Finished {
    rows: DocumentRows,
    fingerprint: Option<Fingerprint>,
    /// `report_id` if the very same bytes came before it in the run.
    id_as_copy: String,
}

/// Work on all items in parallel and give the results to `take` in the order of the items. At most
/// [`IN_FLIGHT_PER_THREAD`] items a thread are between the two.
fn in_order<T: Send>(
    pool: &rayon::ThreadPool,
    files: &[InputFile],
    work: impl Fn(&InputFile) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let most = pool.current_num_threads() * IN_FLIGHT_PER_THREAD;
    let work = &work;
    pool.in_place_scope(|scope| {
        let (send, receive) = mpsc::channel();
        let mut waiting: BTreeMap<usize, T> = BTreeMap::new();
        let mut flying: VecDeque<u64> = VecDeque::new();
        let mut bytes = 0;
        let mut next = 0;
        for taken in 0..files.len() {
            while next < files.len()
                && flying.len() < most
                && (flying.is_empty() || bytes + files[next].bytes <= IN_FLIGHT_BYTES)
            {
                let (file, index, send) = (&files[next], next, send.clone());
                // The receiver is gone only when the run has failed: the result is of no use then.
                scope.spawn(move |_| drop(send.send((index, work(file)))));
                flying.push_back(file.bytes);
                bytes += file.bytes;
                next += 1;
            }
            let result = loop {
                if let Some(result) = waiting.remove(&taken) {
                    break result;
                }
                let (index, result) = receive.recv().context("a worker thread is gone")?;
                waiting.insert(index, result);
            };
            bytes -= flying.pop_front().unwrap_or(0);
            take(result)?;
        }
        Ok(())
    })
}

/// The tables while they are being written.
struct Tables {
    reports: TableWriter,
    others: Vec<TableWriter>,
    /// `report_id`s so far.
    seen: FxHashSet<String>,
}

impl Tables {
    fn create(staging: &Staging, metadata: &FileMetadata) -> Self {
        let create = |table| TableWriter::new(staging.folder(), &table, metadata);
        Self {
            reports: create(ReportRow::table()),
            others: DocumentRows::tables().into_iter().map(create).collect(),
            seen: FxHashSet::default(),
        }
    }

    fn write(&mut self, finished: &mut Finished) -> Result<()> {
        let Finished { rows, id_as_copy, .. } = finished;
        if !self.seen.insert(rows.report.report_id.clone()) {
            let first = std::mem::replace(&mut rows.report.report_id, id_as_copy.clone());
            rows.make_duplicate_of(&first);
            self.seen.insert(id_as_copy.clone());
        }
        self.reports.write(&ReportRow::batch(std::slice::from_ref(&rows.report)))?;
        self.others.iter_mut().zip(&rows.batches).try_for_each(|(table, batch)| table.write(batch))
    }

    /// Close all files; the rows of each table. The last rows of each are encoded only now.
    fn close(self) -> Result<BTreeMap<&'static str, usize>> {
        let mut tables = self.others;
        tables.push(self.reports);
        tables.into_par_iter().map(|table| Ok((table.name(), table.close()?))).collect()
    }
}
