//! Which proceedings of a file can be brought in: each refers to a case, in the file or here already.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::report::ImportProblem;
use super::super::rows::{self, ReadProceeding};
use super::{BATCH, CaseRef, InFile, Judged, Key, again, number};
use crate::ids::{AgencyId, CaseId};
use crate::office::failure::Failure;
use crate::office::projection;
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;
use crate::storage::{Conn, ledger};

impl Judged {
    pub(super) fn proceedings(
        &mut self,
        conn: &mut Conn,
        rows: &[Row],
        today: NaiveDate,
        known: &HashMap<Key, CaseRef>,
    ) -> Result<(), Failure> {
        self.report.proceedings.rows = number(rows.len());
        let mut in_file = InFile::new();
        for batch in rows.chunks(BATCH) {
            let mut read = Vec::new();
            for row in batch {
                let one = rows::proceeding(row).and_then(|one| {
                    let agency = self.agency_of(one.agency.as_deref(), Sheet::Proceedings, row.number)?;
                    again(&mut in_file, (Some(agency), one.number.clone()), Sheet::Proceedings, row.number, "number")?;
                    Ok((agency, one))
                });
                match one {
                    Ok((agency, one)) => read.push((agency, one, row)),
                    Err(problems) => self.bad(Sheet::Proceedings, problems),
                }
            }
            self.sort_out_proceedings(conn, read, today, known)?;
        }
        Ok(())
    }

    fn sort_out_proceedings(
        &mut self,
        conn: &mut Conn,
        read: Vec<(AgencyId, ReadProceeding, &Row)>,
        today: NaiveDate,
        known: &HashMap<Key, CaseRef>,
    ) -> Result<(), Failure> {
        let mut there: HashSet<Key> = HashSet::new();
        let mut cases: HashMap<Key, CaseId> = HashMap::new();
        let mut agencies: Vec<AgencyId> = read.iter().map(|(agency, ..)| *agency).collect();
        agencies.sort_unstable();
        agencies.dedup();
        for agency in agencies {
            let of_agency = || read.iter().filter(|(of, ..)| *of == agency).map(|(_, one, _)| one);
            let numbers: Vec<String> = of_agency().map(|one| one.number.clone()).collect();
            for (number, _) in ledger::list_known_proceedings(conn, agency, &numbers)? {
                there.insert((agency, number));
            }
            let numbers: Vec<String> = of_agency().map(|one| one.case_number.clone()).collect();
            for (number, receipt_no, of, id) in ledger::list_known(conn, agency, &numbers, &numbers)? {
                for number in number.into_iter().chain([receipt_no]).filter(|_| of == agency) {
                    cases.insert((agency, number), id);
                }
            }
        }
        for (agency, mut one, row) in read {
            if there.contains(&(agency, one.number.clone())) {
                self.report.proceedings.already_there = self.report.proceedings.already_there.saturating_add(1);
                continue;
            }
            let key = (agency, one.case_number.clone());
            let case = known.get(&key).copied().or_else(|| cases.get(&key).copied().map(CaseRef::Known));
            let found = match case {
                None => Err(of_no_case(
                    &one,
                    "本机关没有此编号的申请，本文件中也没有。",
                    "The agency has no case of that number, nor has the file.",
                )),
                Some(CaseRef::Bad) => {
                    Err(of_no_case(&one, "此申请所在的行不能导入。", "The row of that case cannot be brought in."))
                }
                Some(case) => {
                    self.name_the_letter(conn, &mut one, case)?;
                    rows::fits(&one, row, today).map(|()| case)
                }
            };
            match found {
                Ok(case) => {
                    self.report.proceedings.good = self.report.proceedings.good.saturating_add(1);
                    self.proceedings.push((agency, case, one));
                }
                Err(problems) => self.bad(Sheet::Proceedings, problems),
            }
        }
        Ok(())
    }

    /// Where the row does not say which letter is challenged, it is the reply of the case.
    fn name_the_letter(&self, conn: &mut Conn, one: &mut ReadProceeding, case: CaseRef) -> Result<(), Failure> {
        if one.letter_number.is_some() || !one.old.challenged.is_a_letter() {
            return Ok(());
        }
        one.letter_number = match case {
            CaseRef::New(at) => self
                .cases
                .get(at)
                .and_then(|(_, case)| case.old.anew.iter().chain(&case.old.closing).find_map(|end| end.number.clone())),
            CaseRef::Known(id) => {
                let (case, _) = projection::load(conn, id)?;
                let here = case.replies().last().map(|(letter, _)| letter.number.clone());
                here.or_else(|| case.imported.as_ref().and_then(|one| one.reply_number().map(str::to_owned)))
            }
            CaseRef::Bad => None,
        };
        one.old.has_letter_number = one.letter_number.is_some();
        Ok(())
    }
}

fn of_no_case(one: &ReadProceeding, zh: &str, en: &str) -> Vec<ImportProblem> {
    let found = one.case_number.clone();
    vec![ImportProblem::at(Sheet::Proceedings, one.row, "case_number", found, zh.to_owned(), en.to_owned())]
}
