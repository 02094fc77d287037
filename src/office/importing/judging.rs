//! Which rows of a file can be brought in, which are here already, and what is wrong with the rest. Nothing is written.

mod proceedings;
mod table_two;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::report::{ImportProblem, ImportReport};
use super::rows::{self, ReadCase, ReadProceeding, ReadTwo};
use super::{Job, Who};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId};
use crate::office::failure::Failure;
use crate::office::permission::{Deed, permit};
use crate::office::{Shared, intake, projection};
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;
use crate::storage::agencies::AgencyRow;
use crate::storage::report_drafts::ReportDraftRow;
use crate::storage::{Conn, agencies, ledger};

/// Numbers that are asked for at a time.
const BATCH: usize = 500;

/// A case that a proceeding refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CaseRef {
    /// In the file: its place among the good ones.
    New(usize),
    /// Here already.
    Known(CaseId),
    /// In the file, and not good.
    Bad,
}

/// What is to be made of a file.
pub(super) struct Judged {
    /// The agency of rows that name none.
    pub agency: AgencyId,
    /// Every agency a row may name.
    pub agencies: HashMap<AgencyId, AgencyRow>,
    pub cases: Vec<(AgencyId, ReadCase)>,
    pub proceedings: Vec<(AgencyId, CaseRef, ReadProceeding)>,
    /// What was entered for table 二, each behind the draft of that year there is.
    pub twos: Vec<(AgencyId, Option<ReportDraftRow>, ReadTwo)>,
    pub report: ImportReport,
}

/// Looks at every row.
///
/// # Errors
/// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
pub(super) fn judge(conn: &mut Conn, shared: &Shared, job: &Job<'_>) -> Result<Judged, Failure> {
    let own = agencies::find_by_slug(conn, &job.query.agency)?.ok_or_else(|| intake::no_such_agency("?agency"))?;
    let mut open = HashMap::new();
    let below = agencies::subtree(conn, own.id)?;
    for row in agencies::list(conn)?.into_iter().filter(|row| below.contains(&row.id)) {
        if let Who::Officer(officer) = job.who {
            match permit(officer, Deed::Import, &projection::lineage(conn, row.id)?) {
                Ok(()) => {}
                Err(refused) if row.id == own.id => return Err(refused),
                Err(_) => continue,
            }
        }
        open.insert(row.id, row);
    }
    let report = ImportReport { sha256: job.sha256.to_owned(), ..ImportReport::default() };
    let mut judged =
        Judged { agency: own.id, agencies: open, cases: Vec::new(), proceedings: Vec::new(), twos: Vec::new(), report };
    let mut known = HashMap::new();
    let today = day_in_china(shared.clock.now());
    for sheet in job.sheets {
        judged.report.unknown_heads.extend(sheet.unknown.iter().cloned());
        let heads = sheet.missing.iter().map(|column| {
            let zh = format!("缺少必填的“{}”列。", column.zh);
            ImportProblem::at(
                sheet.sheet,
                1,
                column.code,
                String::new(),
                zh,
                format!("The column {} must be there.", column.code),
            )
        });
        let heads: Vec<ImportProblem> = heads.collect();
        if !heads.is_empty() {
            judged.report.tell(heads);
            let count = judged.count(sheet.sheet);
            count.rows = number(sheet.rows.len());
            count.bad = count.rows;
        } else if sheet.sheet == Sheet::Cases {
            judged.cases(conn, &sheet.rows, today, &mut known)?;
        }
    }
    for sheet in job.sheets.iter().filter(|one| one.sheet == Sheet::Proceedings && one.missing.is_empty()) {
        judged.proceedings(conn, &sheet.rows, today, &known)?;
    }
    for sheet in job.sheets.iter().filter(|one| one.sheet == Sheet::TableTwo && one.missing.is_empty()) {
        judged.table_two(conn, &sheet.rows, today)?;
    }
    Ok(judged)
}

/// A number within an agency.
type Key = (AgencyId, String);
/// A number in the file: within an agency, or within all of it.
type InFile = HashMap<(Option<AgencyId>, String), u32>;

impl Judged {
    const fn count(&mut self, sheet: Sheet) -> &mut super::report::ImportCount {
        match sheet {
            Sheet::Cases => &mut self.report.cases,
            Sheet::Proceedings => &mut self.report.proceedings,
            Sheet::TableTwo => &mut self.report.table_two,
        }
    }

    fn bad(&mut self, sheet: Sheet, problems: Vec<ImportProblem>) {
        let count = self.count(sheet);
        count.bad = count.bad.saturating_add(1);
        self.report.tell(problems);
    }

    /// The agency that a row names.
    fn agency_of(&self, named: Option<&str>, sheet: Sheet, row: u32) -> Result<AgencyId, Vec<ImportProblem>> {
        let Some(name) = named else { return Ok(self.agency) };
        let found = self.agencies.values().find(|one| one.slug == name || one.name == name).map(|one| one.id);
        found.ok_or_else(|| {
            vec![ImportProblem::at(
                sheet,
                row,
                "agency",
                name.to_owned(),
                "不是所选机关或者其下级机关，或者不在您可以导入的范围之内。".to_owned(),
                "It is not the agency chosen nor one below it, or not yours to bring cases in for.".to_owned(),
            )]
        })
    }

    fn cases(
        &mut self,
        conn: &mut Conn,
        rows: &[Row],
        today: NaiveDate,
        known: &mut HashMap<Key, CaseRef>,
    ) -> Result<(), Failure> {
        self.report.cases.rows = number(rows.len());
        let mut in_file = InFile::new();
        for batch in rows.chunks(BATCH) {
            let mut read = Vec::new();
            for row in batch {
                let one = rows::case(row, today).and_then(|one| {
                    let agency = self.agency_of(one.agency.as_deref(), Sheet::Cases, row.number)?;
                    twice(&mut in_file, agency, &one)?;
                    Ok((agency, one))
                });
                match one {
                    Ok(one) => read.push(one),
                    Err(problems) => {
                        let named = row.cells.get("agency").map(String::as_str);
                        let agency = self.agency_of(named, Sheet::Cases, row.number).unwrap_or(self.agency);
                        for code in ["number", "receipt_no"] {
                            if let Some(number) = row.cells.get(code) {
                                known.entry((agency, number.clone())).or_insert(CaseRef::Bad);
                            }
                        }
                        self.bad(Sheet::Cases, problems);
                    }
                }
            }
            self.sort_out(conn, read, known)?;
        }
        Ok(())
    }

    /// Which of these are here already, and which can be brought in.
    fn sort_out(
        &mut self,
        conn: &mut Conn,
        read: Vec<(AgencyId, ReadCase)>,
        known: &mut HashMap<Key, CaseRef>,
    ) -> Result<(), Failure> {
        let mut there: HashMap<Key, CaseId> = HashMap::new();
        let mut receipts: HashMap<String, (AgencyId, Option<String>, CaseId)> = HashMap::new();
        for (agency, of_agency) in by_agency(&read) {
            let numbers: Vec<String> = of_agency.iter().filter_map(|one| one.number.clone()).collect();
            let receipt_nos: Vec<String> = of_agency.iter().filter_map(|one| one.receipt_no.clone()).collect();
            for (number, receipt_no, of, id) in ledger::list_known(conn, agency, &numbers, &receipt_nos)? {
                if let Some(number) = number.clone().filter(|_| of == agency) {
                    there.insert((agency, number), id);
                }
                receipts.insert(receipt_no, (of, number, id));
            }
        }
        for (agency, one) in read {
            let by_number = one.number.as_ref().and_then(|number| there.get(&(agency, number.clone())).copied());
            let by_receipt = one.receipt_no.as_ref().and_then(|receipt| receipts.get(receipt));
            let here = by_number.or_else(|| {
                by_receipt.filter(|(of, number, _)| *of == agency && *number == one.number).map(|(_, _, id)| *id)
            });
            let reference = match (here, by_receipt) {
                (Some(id), _) => {
                    self.report.cases.already_there = self.report.cases.already_there.saturating_add(1);
                    CaseRef::Known(id)
                }
                (None, Some(_)) => {
                    let problem = ImportProblem::at(
                        Sheet::Cases,
                        one.row,
                        "receipt_no",
                        one.receipt_no.clone().unwrap_or_default(),
                        "此回执编号已用于另一件申请。".to_owned(),
                        "That number stands on the receipt of another case.".to_owned(),
                    );
                    self.bad(Sheet::Cases, vec![problem]);
                    CaseRef::Bad
                }
                (None, None) => {
                    self.report.cases.good = self.report.cases.good.saturating_add(1);
                    CaseRef::New(self.cases.len())
                }
            };
            for number in one.number.iter().chain(&one.receipt_no) {
                known.insert((agency, number.clone()), reference);
            }
            if matches!(reference, CaseRef::New(_)) {
                self.cases.push((agency, one));
            }
        }
        Ok(())
    }
}

/// A case that stands in the file a second time.
fn twice(in_file: &mut InFile, agency: AgencyId, one: &ReadCase) -> Result<(), Vec<ImportProblem>> {
    // A number of the register is the agency's own; that of a receipt is unlike any other in the whole system.
    let numbers = [("number", Some(agency), &one.number), ("receipt_no", None, &one.receipt_no)];
    for (code, agency, number) in numbers {
        if let Some(number) = number {
            again(in_file, (agency, format!("{code}:{number}")), Sheet::Cases, one.row, code)?;
        }
    }
    Ok(())
}

fn again(
    in_file: &mut InFile,
    key: (Option<AgencyId>, String),
    sheet: Sheet,
    row: u32,
    code: &str,
) -> Result<(), Vec<ImportProblem>> {
    let found = key.1.split_once(':').map_or(key.1.as_str(), |(_, number)| number).to_owned();
    match in_file.insert(key, row) {
        None => Ok(()),
        Some(first) => Err(vec![ImportProblem::at(
            sheet,
            row,
            code,
            found,
            format!("与第{first}行重复。"),
            format!("Row {first} has the same."),
        )]),
    }
}

fn by_agency(read: &[(AgencyId, ReadCase)]) -> HashMap<AgencyId, Vec<&ReadCase>> {
    let mut sorted: HashMap<AgencyId, Vec<&ReadCase>> = HashMap::new();
    for (agency, one) in read {
        sorted.entry(*agency).or_default().push(one);
    }
    sorted
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
