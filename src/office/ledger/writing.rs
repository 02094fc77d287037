//! Writing a ledger: what was read goes into the workbook or the text, and is taken off at once.

use bytes::Bytes;

use super::{Body, Ledger, Step, explained};
use crate::clock::day_in_china;
use crate::office::failure::Failure;
use crate::reports::book::Workbook;
use crate::reports::columns::{ProceedingColumn, Sheet, TwoColumn};
use crate::reports::csv;
use crate::storage::ledger::Period;

impl Ledger {
    /// How the file is called.
    #[must_use]
    pub fn name(&self) -> String {
        let Period { from, to } = self.plan.period;
        let sheet = match &self.body {
            Some(Body::Csv(Sheet::Proceedings)) => "proceedings",
            Some(Body::Csv(Sheet::TableTwo)) => "table-two",
            _ => "ledger",
        };
        format!("{sheet}-{from}-{to}-{}", day_in_china(self.mark.at))
    }

    pub(super) const fn first_step(&self) -> Step {
        match self.body {
            Some(Body::Csv(Sheet::TableTwo)) => Step::TableTwo { agency: 0 },
            Some(Body::Csv(Sheet::Proceedings)) => Step::Proceedings { agency: 0, after: None },
            _ => Step::Cases { agency: 0, after: None },
        }
    }

    pub(super) const fn behind_the_cases(&self) -> Step {
        match self.body {
            Some(Body::Csv(_)) => Step::End,
            _ => Step::Proceedings { agency: 0, after: None },
        }
    }

    pub(super) const fn behind_the_proceedings(&self) -> Step {
        match self.body {
            Some(Body::Csv(_)) => Step::End,
            _ => Step::TableTwo { agency: 0 },
        }
    }

    /// Writes what was read, and goes on to `next`.
    pub(super) fn write(&mut self, rows: Vec<Vec<String>>, next: Step) -> Result<Bytes, Failure> {
        let was = std::mem::replace(&mut self.step, next);
        let piece = match self.body.take() {
            Some(Body::Xlsx(mut book)) => {
                let written = self.write_book(&mut book, rows, was);
                written.map_err(|fault| Failure::broken(fault.to_string()))?;
                if self.step == Step::Ended {
                    book.finish().map_err(|fault| Failure::broken(fault.to_string()))?
                } else {
                    let piece = book.take();
                    self.body = Some(Body::Xlsx(book));
                    piece
                }
            }
            Some(Body::Csv(sheet)) => {
                self.body = Some(Body::Csv(sheet));
                Bytes::from(self.as_text(sheet, &rows, was))
            }
            None => return Err(Failure::broken("the ledger has ended")),
        };
        Ok(piece)
    }

    fn as_text(&self, sheet: Sheet, rows: &[Vec<String>], was: Step) -> String {
        let mut text = String::new();
        match was {
            Step::Begin => {
                text.push_str(csv::BYTE_ORDER_MARK);
                text.push_str(&csv::line(self.heads(sheet)));
            }
            Step::End => text.push_str(&csv::remark(&self.mark.line())),
            Step::Cases { .. } | Step::Proceedings { .. } | Step::TableTwo { .. } | Step::Ended => {}
        }
        for row in rows {
            text.push_str(&csv::line(row));
        }
        text
    }

    fn write_book(&mut self, book: &mut Workbook, rows: Vec<Vec<String>>, was: Step) -> std::io::Result<()> {
        if was == Step::Begin {
            explained::cover(book, &self.mark)?;
            return self.begin_sheet(book, Sheet::Cases);
        }
        let sheet = match was {
            Step::TableTwo { .. } => Sheet::TableTwo,
            Step::Proceedings { .. } => Sheet::Proceedings,
            _ => Sheet::Cases,
        };
        for row in rows {
            if book.is_full() {
                self.begin_sheet(book, sheet)?;
            }
            book.row(row, false)?;
        }
        match (was, self.step) {
            (Step::Cases { .. }, Step::Proceedings { .. }) => self.begin_sheet(book, Sheet::Proceedings),
            (Step::Proceedings { .. }, Step::TableTwo { .. }) => self.begin_sheet(book, Sheet::TableTwo),
            (Step::End, _) => explained::explanations(book),
            _ => Ok(()),
        }
    }

    fn begin_sheet(&mut self, book: &mut Workbook, sheet: Sheet) -> std::io::Result<()> {
        let before = self.begun.iter().filter(|one| **one == sheet).count();
        self.begun.push(sheet);
        let name = if before == 0 { sheet.zh().to_owned() } else { format!("{}（{}）", sheet.zh(), before + 1) };
        let heads = self.heads(sheet);
        book.sheet(&name, &explained::widths(sheet, &heads), explained::choices(sheet, &heads))?;
        book.row(heads, true)
    }

    fn heads(&self, sheet: Sheet) -> Vec<&'static str> {
        match sheet {
            Sheet::Cases => self.plan.columns.iter().map(|one| one.zh()).collect(),
            Sheet::Proceedings => ProceedingColumn::ALL.iter().map(|one| one.zh()).collect(),
            Sheet::TableTwo => TwoColumn::ALL.iter().map(|one| one.zh()).collect(),
        }
    }
}
