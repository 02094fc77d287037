//! What a check finds, in Chinese and in English; and how a row differs from what the journal gives, column by column.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::ids::{AgencyId, CaseId, EnquiryId, ProceedingId, StaffId};
use crate::storage::case_links::CaseLinkRow;
use crate::storage::case_rounds::{RoundRow, StepRow};
use crate::storage::cases::CaseRow;
use crate::storage::due_spans::DueSpanRow;
use crate::storage::enquiries::EnquiryRow;
use crate::storage::legal_holds::HoldRow;
use crate::storage::proceedings::ProceedingRow;
use crate::storage::report_cases::ReportCaseRow;
use crate::storage::report_proceedings::ReportProceedingRow;
use crate::storage::timings::TimingRow;

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The Chinese sentence.
    pub zh: String,
    /// The English one.
    pub en: String,
}

impl Fault {
    pub(in crate::office) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// A value as a person reads it.
trait Shown {
    fn zh(&self) -> String;
    fn en(&self) -> String;
}

macro_rules! shown {
    ($($kind:ty),+) => {$(
        impl Shown for $kind {
            fn zh(&self) -> String {
                self.to_string()
            }

            fn en(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

shown!(String, i32, i64, NaiveDate, DateTime<Utc>, AgencyId, CaseId, EnquiryId, ProceedingId, StaffId);

impl Shown for bool {
    fn zh(&self) -> String {
        if *self { "是" } else { "否" }.to_owned()
    }

    fn en(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl<T: Shown> Shown for Option<T> {
    fn zh(&self) -> String {
        self.as_ref().map_or_else(|| "空".to_owned(), Shown::zh)
    }

    fn en(&self) -> String {
        self.as_ref().map_or_else(|| "nothing".to_owned(), Shown::en)
    }
}

/// A row by its columns: the name, and the value in Chinese and in English.
pub(in crate::office) trait Columns {
    fn columns(&self) -> Vec<(&'static str, String, String)>;
}

/// The columns are named once; a new one that is not named does not compile.
macro_rules! columns {
    ($row:ident: $($column:ident),+ $(,)?) => {
        impl Columns for $row {
            fn columns(&self) -> Vec<(&'static str, String, String)> {
                let Self { $($column),+ } = self;
                vec![$((stringify!($column), $column.zh(), $column.en())),+]
            }
        }
    };
}

columns!(
    CaseRow: id, version, agency_id, receipt_no, number, channel, applicant_kind, stage, handler_id, arrived_on,
    received_on, registered_on, due_on, last_defensible_on, due_provisional, due_clock, extended, outcome, closed_on,
    late, query_generation, created_at, updated_at, matter,
);
columns!(DueSpanRow: case_id, seq, agency_id, handler_id, stage, clock, due_on, provisional, from_at, to_at);
columns!(
    TimingRow: case_id, seq, timed, part, agency_id, on_day, since_on, from_at, to_at, by_act, next_on, acts_on,
);
columns!(
    RoundRow: case_id, round, agency_id, handler_id, channel, applicant_kind, began_on, closed_on, outcome, late, days,
    extended, corrected,
);
columns!(StepRow: case_id, round, step, agency_id, closed_on, days);
columns!(CaseLinkRow: case_id, seq, other_id, link);
columns!(
    ProceedingRow: id, version, case_id, agency_id, number, kind, level, route, challenged, letter_number, stage, handler_id,
    began_on, received_on, due_on, due_provisional, due_clock, due_ours, judgment, decided_on, effect_on, overturned, reasons,
    closed_on, told_on, next_on, created_at, updated_at, struck,
);
columns!(ReportCaseRow: case_id, agency_id, applicant_kind, from_on, until_on, line, fee_on, fee);
columns!(ReportProceedingRow: proceeding_id, part, case_id, agency_id, line, from_on, until_on, cell);
columns!(
    EnquiryRow: id, version, agency_id, number, kind, stage, handler_id, arrived_on, registered_on, due_on, due_provisional, ending,
    closed_on, late, satisfaction, case_id, from_case_id, told_on, next_on, created_at, updated_at,
);
columns!(HoldRow: case_id, seq, placed_by, placed_at, lifted_by, lifted_at);

/// How a row differs from what the journal gives; `zh`, `en`: what the row is.
pub(in crate::office) fn of_row<T: Columns>((zh, en): (&str, &str), stored: &T, made: &T) -> Vec<Fault> {
    let pairs = stored.columns().into_iter().zip(made.columns());
    let differing = pairs.filter(|((_, is, _), (_, should, _))| is != should);
    differing
        .map(|((column, is_zh, is_en), (_, should_zh, should_en))| {
            Fault::new(
                format!("{zh}的 {column} 一列为“{is_zh}”，依日志应为“{should_zh}”"),
                format!("column {column} of {en} says {is_en}, the journal {should_en}"),
            )
        })
        .collect()
}

/// How rows differ from those the journal gives, in their order; `zh`, `en`: what one of them is.
pub(in crate::office) fn of_rows<T: Columns>((zh, en): (&str, &str), stored: &[T], made: &[T]) -> Vec<Fault> {
    let rows = stored.iter().zip(made).enumerate();
    let mut found: Vec<Fault> = rows
        .flat_map(|(at, (is, should))| {
            let number = at.saturating_add(1);
            of_row((&format!("{zh}第 {number} 行"), &format!("{en} {number}")), is, should)
        })
        .collect();
    let (are, should) = (stored.len(), made.len());
    if are != should {
        found.push(Fault::new(
            format!("{zh}有 {are} 行，依日志应有 {should} 行"),
            format!("there are {are} rows of {en}, the journal gives {should}"),
        ));
    }
    found
}
