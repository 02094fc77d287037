//! `check`: make every projection again from its journal and compare; verify every chain; hold every text against the
//! digest in the journal. What differs is told case by case.

use std::collections::HashMap;

use serde::Serialize;

use super::failure::Failure;
use super::sealing::Opener;
use super::{Office, Shared, proceedings, projection, retention};
use crate::case::terms::{FileRef, PersonRef, TextRef};
use crate::case::{Case, Entry, due, timing};
use crate::ids::{CaseId, FileId, PersonId, TextId};
use crate::journal::canonical;
use crate::journal::verify::{self, Stored};
use crate::storage::journal::JournalRow;
use crate::storage::timings::TimingRow;
use crate::storage::{
    Conn, case_keys, case_links, cases, due_spans, files, journal, legal_holds, people, texts, timings,
};
use crate::vault::Digest;

/// Cases read at a time.
const BATCH: i64 = 200;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The case.
    pub case: CaseId,
    /// What differs.
    pub what: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Cases checked.
    pub cases: u64,
    /// Journal entries verified.
    pub entries: u64,
    /// Files whose bytes were read.
    pub files: u64,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Entries of the log that were held against what is sealed beside them.
    pub log_entries: u64,
    /// What differs there: the entry, and what.
    pub log_differences: Vec<String>,
}

impl CheckReport {
    /// Whether nothing differs.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.differences.is_empty() && self.log_differences.is_empty()
    }

    /// What differs, each in Chinese and in English.
    #[must_use]
    pub fn told(&self) -> Vec<(String, String)> {
        let of_cases = self.differences.iter().map(|one| {
            let Difference { case, what } = one;
            (format!("案件 {case} 与其日志不符（{what}）"), format!("case {case}: {what}"))
        });
        let of_log = self.log_differences.iter().map(|what| (format!("留痕与其密封内容不符（{what}）"), what.clone()));
        of_cases.chain(of_log).collect()
    }
}

impl Office {
    /// Checks every case. `progress` hears how many are done.
    ///
    /// # Errors
    /// The database's failures; what is wrong with a case is in the report.
    pub fn check(&self, progress: &mut dyn FnMut(u64)) -> Result<CheckReport, Failure> {
        let shared = self.shared();
        let mut report = CheckReport::default();
        let mut after = None;
        loop {
            let ids = self.db().read_now(|conn| journal::list_cases(conn, after, BATCH).map_err(Failure::from))?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in ids {
                let (entries, found) = self.db().read_now(|conn| check_case(conn, &shared, id))?;
                report.cases += 1;
                report.entries += entries;
                report.differences.extend(found.into_iter().map(|what| Difference { case: id, what }));
            }
            progress(report.cases);
        }
        let stray = self.db().read_now(|conn| cases::list_without_journal(conn).map_err(Failure::from))?;
        report
            .differences
            .extend(stray.into_iter().map(|case| Difference { case, what: "a row without a journal".to_owned() }));
        let cases = report.cases;
        let log = self.check_log(&mut |entries| progress(cases.saturating_add(entries)))?;
        report.log_entries = log.entries;
        report.log_differences =
            log.differences.iter().map(|(id, what)| format!("entry {id} of the log: {what}")).collect();
        Ok(report)
    }
}

fn check_case(conn: &mut Conn, shared: &Shared, id: CaseId) -> Result<(u64, Vec<String>), Failure> {
    let rows = journal::load(conn, id)?;
    let mut counted = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let mut found = chain_faults(id, &rows);
    let entries: Vec<Entry> = match rows.iter().map(projection::entry_of).collect() {
        Ok(entries) => entries,
        Err(failure) => {
            found.push(format!("an entry cannot be read: {failure}"));
            return Ok((counted, found));
        }
    };
    match Case::replay(entries.clone()) {
        Ok(case) => {
            found.extend(row_faults(conn, shared, &case)?);
            found.extend(span_faults(conn, shared, &case, &entries)?);
            found.extend(timing_faults(conn, shared, &case, &entries)?);
            found.extend(link_faults(conn, &case, &entries)?);
            found.extend(hold_faults(conn, &case)?);
            found.extend(destruction_faults(conn, &case)?);
            found.extend(content_faults(conn, shared, &case)?);
            let (further, faults) = proceedings::faults(conn, shared, &case)?;
            counted = counted.saturating_add(further);
            found.extend(faults);
        }
        Err(fault) => found.push(fault.to_string()),
    }
    Ok((counted, found))
}

/// The chain, and the columns beside the bodies.
fn chain_faults(id: CaseId, rows: &[JournalRow]) -> Vec<String> {
    let mut found: Vec<String> =
        verify::verify(id, rows.iter().map(stored)).err().map(|fault| fault.to_string()).into_iter().collect();
    found.extend(
        rows.iter()
            .filter(|row| !columns_agree(row))
            .map(|row| format!("entry {}: a column does not agree with the body", row.seq)),
    );
    found
}

/// A row as the verification of a chain takes it. A number below zero is no number of an entry.
pub(super) fn stored(row: &JournalRow) -> Stored<'_> {
    Stored {
        seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
        body: &row.body,
        algorithm: &row.algorithm,
        previous: &row.previous,
        hash: &row.hash,
    }
}

/// Whether the columns beside an entry's text say what the text says; true for a text that cannot be read, which is told
/// otherwise.
pub(super) fn columns_agree(row: &JournalRow) -> bool {
    projection::entry_of(row).map_or(true, |entry| {
        entry.case == row.case_id
            && i64::from(entry.seq) == i64::from(row.seq)
            && entry.at == row.at
            && entry.event.kind() == row.kind
            && i32::from(entry.version) == row.version
            && canonical::bytes(&entry.actor).is_ok_and(|actor| actor == row.actor)
    })
}

fn row_faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<String>, Failure> {
    let calendar = shared.calendars_in(conn)?.known_at(case.dated_at);
    let Some(stored) = cases::find(conn, case.id)? else { return Ok(vec!["the case has no row".to_owned()]) };
    // The generation of the query code is a fact of its own, not of the journal.
    let made = cases::CaseRow { query_generation: stored.query_generation, ..projection::case_row(case, &calendar)? };
    if stored == made {
        return Ok(Vec::new());
    }
    Ok(vec![format!("the row says {stored:?}, the journal {made:?}")])
}

fn span_faults(conn: &mut Conn, shared: &Shared, case: &Case, entries: &[Entry]) -> Result<Vec<String>, Failure> {
    let stored = due_spans::list(conn, case.id)?;
    let made = due::spans(entries, &shared.calendars_in(conn)?)
        .map_err(Failure::broken)?
        .iter()
        .map(|span| projection::span_row(case, span))
        .collect::<Result<Vec<_>, _>>()?;
    if stored == made {
        return Ok(Vec::new());
    }
    Ok(vec![format!("the stretches of time say {stored:?}, the journal {made:?}")])
}

fn timing_faults(conn: &mut Conn, shared: &Shared, case: &Case, entries: &[Entry]) -> Result<Vec<String>, Failure> {
    // When the scheduler looks again is a fact of its own, not of the journal.
    let told = |row: TimingRow| TimingRow { next_on: None, acts_on: None, ..row };
    let stored: Vec<TimingRow> = timings::list(conn, case.id)?.into_iter().map(told).collect();
    let mut made = timing::history(entries, &shared.calendars_in(conn)?)
        .map_err(Failure::broken)?
        .iter()
        .map(|stretch| projection::timing_row(case, stretch).map(told))
        .collect::<Result<Vec<_>, _>>()?;
    made.sort_by(|one, other| (one.seq, &one.timed, one.part).cmp(&(other.seq, &other.timed, other.part)));
    if stored == made {
        return Ok(Vec::new());
    }
    Ok(vec![format!("what is timed says {stored:?}, the journal {made:?}")])
}

fn link_faults(conn: &mut Conn, case: &Case, entries: &[Entry]) -> Result<Vec<String>, Failure> {
    let stored = case_links::list(conn, case.id)?;
    let mut made = Vec::new();
    for entry in entries {
        made.extend(projection::link_rows(entry)?);
    }
    made.sort_by_key(|row| (row.seq, row.other_id));
    if stored == made {
        return Ok(Vec::new());
    }
    Ok(vec![format!("the links say {stored:?}, the journal {made:?}")])
}

fn hold_faults(conn: &mut Conn, case: &Case) -> Result<Vec<String>, Failure> {
    let (stored, made) = (legal_holds::list(conn, case.id)?, retention::holds::rows_of(case.journal())?);
    if stored == made {
        return Ok(Vec::new());
    }
    Ok(vec![format!("the holds say {stored:?}, the journal {made:?}")])
}

/// That a case whose journal says that its contents were destroyed has none, and stands on the list; and no other does.
fn destruction_faults(conn: &mut Conn, case: &Case) -> Result<Vec<String>, Failure> {
    let listed = case_keys::find_destroyed(conn, case.id)?.is_some();
    let told = |what: &str| Ok(vec![what.to_owned()]);
    match (case.destroyed.is_some(), listed) {
        (true, true) if case_keys::has_remains(conn, case.id)? => {
            told("its contents were destroyed and are there again: run `dafu retention replay`")
        }
        (true, false) => told("its contents were destroyed, but it is not on the list of the destroyed"),
        (false, true) => told("it is on the list of the destroyed, but its journal has no such entry"),
        _ => Ok(Vec::new()),
    }
}

/// Every text and person the journal speaks of, against its digest. What was destroyed has nothing to compare, if the journal
/// says that it was; contents that are missing otherwise are missed.
fn content_faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<String>, Failure> {
    if case.destroyed.is_some() {
        return Ok(Vec::new());
    }
    let opener = match Opener::of(conn, &[case.id], &shared.keys) {
        Ok(opener) => opener,
        Err(Failure::Broken(fault)) => return Ok(vec![format!("the case's key does not open: {fault}")]),
        Err(other) => return Err(other),
    };
    let mut found = Vec::new();
    let mut words: HashMap<TextId, Digest> = HashMap::new();
    for row in texts::list(conn, case.id)? {
        match opener.text(&row) {
            Ok(opened) => words.extend(opened.map(|opened| (row.id, opened.digest))),
            Err(failure) => found.push(format!("text {} does not open: {failure}", row.id)),
        }
    }
    let mut persons: HashMap<PersonId, Digest> = HashMap::new();
    for row in people::list(conn, case.id)? {
        match opener.person_digest(&row) {
            Ok(digest) => persons.extend(digest.map(|digest| (row.id, digest))),
            Err(failure) => found.push(format!("person {} does not open: {failure}", row.id)),
        }
    }
    let mut whole: HashMap<FileId, Digest> = HashMap::new();
    for row in files::list(conn, case.id)?.iter().filter(|row| row.state == files::KEPT) {
        match opener.file(row) {
            Ok(opened) => whole.extend(opened.map(|(_, file)| (row.id, file.digest))),
            Err(failure) => found.push(format!("file {} does not open: {failure}", row.id)),
        }
    }
    for entry in case.journal() {
        for FileRef { id, digest } in entry.event.files() {
            if whole.get(&id) != Some(&digest) {
                found.push(format!("entry {}: file {id} is not the one that was recorded", entry.seq));
            }
        }
        for TextRef { id, digest } in entry.event.texts() {
            if words.get(&id) != Some(&digest) {
                found.push(format!("entry {}: text {id} is not the one that was recorded", entry.seq));
            }
        }
        for PersonRef { id, digest } in entry.event.people() {
            if persons.get(&id) != Some(&digest) {
                found.push(format!("entry {}: person {id} is not the one that was recorded", entry.seq));
            }
        }
    }
    Ok(found)
}
