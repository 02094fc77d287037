//! `check`: make every projection again from its journal and compare; verify every chain; hold every text against the
//! digest in the journal. What differs is told case by case.

mod besides;
mod contents;
mod fault;
mod implied;
mod rows;

use serde::Serialize;

use super::failure::Failure;
use super::retention::register::{self, Register};
use super::supervision::orders::checking;
use super::{Office, Shared, proceedings, projection};
use crate::case::{Case, Entry};
use crate::ids::CaseId;
use crate::journal::verify::{self, Columns, Stored};
use crate::storage::journal::JournalRow;
use crate::storage::{Conn, cases, journal};

pub use fault::Fault;
pub(super) use fault::{of_row, of_rows};

/// Cases read at a time.
const BATCH: i64 = 200;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The case.
    pub case: CaseId,
    /// What differs, in English.
    pub what: String,
    /// The same in Chinese.
    pub zh: String,
}

impl Difference {
    /// That of a case.
    #[must_use]
    pub fn of(case: CaseId, fault: Fault) -> Self {
        Self { case, what: fault.en, zh: fault.zh }
    }
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
    /// What differs there: the entry, and what; supervision orders that are not what their entries amount to; and lines of the register
    /// of destroyed cases that cannot be read, so that no case can be held against them.
    pub log_differences: Vec<Fault>,
    /// Enquiries checked.
    pub enquiries: u64,
    /// What differs there: the enquiry, and what.
    pub enquiry_differences: Vec<Fault>,
}

impl CheckReport {
    /// Whether nothing differs.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.differences.is_empty() && self.log_differences.is_empty() && self.enquiry_differences.is_empty()
    }

    /// What differs, each in Chinese and in English.
    #[must_use]
    pub fn told(&self) -> Vec<(String, String)> {
        let of_cases = self.differences.iter().map(|one| {
            let Difference { case, what, zh } = one;
            (format!("案件 {case}：{zh}"), format!("case {case}: {what}"))
        });
        let of_log = self
            .log_differences
            .iter()
            .chain(&self.enquiry_differences)
            .map(|fault| (fault.zh.clone(), fault.en.clone()));
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
        // Read before the cases are: what is destroyed meanwhile is in the journal first, and in the register afterwards.
        let place = register::place(&shared.key_folder);
        let destroyed = register::read(&place)?;
        let mut report = CheckReport::default();
        let mut after = None;
        loop {
            let ids = self.db().read_now(|conn| journal::list_cases(conn, after, BATCH).map_err(Failure::from))?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in ids {
                let (entries, found) = self.db().read_now(|conn| check_case(conn, &shared, &destroyed, id))?;
                report.cases += 1;
                report.entries += entries;
                report.differences.extend(found.into_iter().map(|fault| Difference::of(id, fault)));
            }
            progress(report.cases);
        }
        let stray = self.db().read_now(|conn| cases::list_without_journal(conn).map_err(Failure::from))?;
        let without = || Fault::new("有案件行而没有日志", "a row without a journal");
        report.differences.extend(stray.into_iter().map(|case| Difference::of(case, without())));
        let cases = report.cases;
        let log = self.check_log(&mut |entries| progress(cases.saturating_add(entries)))?;
        report.log_entries = log.entries;
        let told =
            |(id, Fault { zh, en })| Fault::new(format!("留痕 {id}：{zh}"), format!("entry {id} of the log: {en}"));
        report.log_differences = log.differences.into_iter().map(told).collect();
        report.log_differences.extend(destroyed.unreadable.iter().map(|number| {
            let place = place.display();
            Fault::new(
                format!("已销毁案卷清单 {place} 第 {number} 行无法识别"),
                format!("line {number} of {place}, the register of destroyed cases, cannot be read"),
            )
        }));
        let mut after = None;
        loop {
            let (found, last) = self.db().read_now(|conn| checking::faults(conn, after))?;
            report.log_differences.extend(found);
            if last.is_none() {
                break;
            }
            after = last;
        }
        let done = cases.saturating_add(report.log_entries);
        let enquiries = self.check_enquiries(&mut |checked| progress(done.saturating_add(checked)))?;
        report.enquiries = enquiries.enquiries;
        let told = |(id, Fault { zh, en })| Fault::new(format!("来信 {id}：{zh}"), format!("enquiry {id}: {en}"));
        report.enquiry_differences = enquiries.differences.into_iter().map(told).collect();
        Ok(report)
    }
}

fn check_case(
    conn: &mut Conn,
    shared: &Shared,
    destroyed: &Register,
    id: CaseId,
) -> Result<(u64, Vec<Fault>), Failure> {
    let rows = journal::load(conn, id)?;
    let mut counted = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let mut found = chain_faults(id, &rows);
    let entries: Vec<Entry> = match rows.iter().map(projection::entry_of).collect() {
        Ok(entries) => entries,
        Err(failure) => {
            found.push(Fault::new("有无法识别的日志记录", format!("an entry cannot be read: {failure}")));
            return Ok((counted, found));
        }
    };
    match Case::replay(entries.clone()) {
        Ok(case) => {
            found.extend(rows::faults(conn, shared, &case, &entries, destroyed.lines.get(&id))?);
            found.extend(contents::faults(conn, shared, &case)?);
            found.extend(besides::faults(conn, shared, &case)?);
            let (further, faults) = proceedings::faults(conn, shared, &case)?;
            counted = counted.saturating_add(further);
            found.extend(faults);
        }
        Err(fault) => found.push(Fault::new("日志中的记录前后不能衔接", fault.to_string())),
    }
    Ok((counted, found))
}

/// The chain, and the columns beside the bodies.
fn chain_faults(id: CaseId, rows: &[JournalRow]) -> Vec<Fault> {
    let broken = verify::verify(id, rows.iter().map(stored)).err();
    let mut found: Vec<Fault> = broken.map(|fault| Fault::new(fault.zh(), fault.to_string())).into_iter().collect();
    found.extend(rows.iter().filter(|row| !columns(row).agree_with(&row.body)).map(|row| {
        let seq = row.seq;
        Fault::new(
            format!("第 {seq} 条的数据列与其正文不符"),
            format!("entry {seq}: a column does not agree with the body"),
        )
    }));
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

/// What stands in the columns beside an entry's text.
pub(super) fn columns(row: &JournalRow) -> Columns<'_> {
    let JournalRow { case_id, seq, at, ref kind, version, ref actor, .. } = *row;
    Columns { owner: ("case", case_id.uuid()), seq, at, kind, version, actor }
}
