//! Counting the tables of a year over some agencies, from the rows of their cases and proceedings.

use chrono::NaiveDate;

use crate::ids::AgencyId;
use crate::law::annual::{Form, Printed, Row, TableThree, TableTwo};
use crate::law::judgment::{Cell, ReportRow};
use crate::law::receipt::ApplicantKind;
use crate::office::failure::Failure;
use crate::proceeding::report::{Stretch, TableFour, place};
use crate::reports::body::Fees;
use crate::storage::report_proceedings::ReportProceedingRow;
use crate::storage::{Conn, report_cases, report_proceedings};

/// What was counted.
pub(super) struct Counted {
    pub three: TableThree,
    pub four: TableFour,
    pub fees: Fees,
}

impl Counted {
    /// As it is printed.
    pub fn printed(&self, form: Form, two: TableTwo) -> Printed {
        let four = |row: ReportRow| Cell::ALL.iter().map(|cell| u64::from(self.four.cell(row, *cell))).collect();
        Printed::of(form, two, &self.three, &four)
    }
}

/// The first and the last day of a year.
///
/// # Errors
/// [`Failure::Broken`] for a year that has none.
pub(super) fn days(year: i32) -> Result<(NaiveDate, NaiveDate), Failure> {
    let days = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    days.ok_or_else(|| Failure::broken("a year without days"))
}

/// Counts.
///
/// # Errors
/// [`Failure::Broken`] for a code that is none; the database's failures.
pub(super) fn count(conn: &mut Conn, agencies: &[AgencyId], year: i32) -> Result<Counted, Failure> {
    let (first, last) = days(year)?;
    let mut three = TableThree::default();
    for (kind, number) in report_cases::count_new(conn, agencies, (first, last))? {
        three.add(Row::New, kind_of(&kind)?, positive(number)?);
    }
    // What came before this year and had not ended before it. Whatever ended came before it did.
    let ended = report_cases::count_ended_before(conn, agencies, first)?;
    for (kind, came) in report_cases::count_before(conn, agencies, first)? {
        let gone = ended.iter().find(|(one, _)| *one == kind).map_or(0, |(_, number)| *number);
        three.add(Row::CarriedOver, kind_of(&kind)?, positive(came - gone)?);
    }
    for (line, kind, number) in report_cases::count_results(conn, agencies, (first, last))? {
        three.add(line.parse().map_err(Failure::broken)?, kind_of(&kind)?, positive(number)?);
    }
    let (paid, yuan) = report_cases::fees(conn, agencies, (first, last))?;
    Ok(Counted {
        three,
        four: table_four(conn, agencies, year)?,
        fees: Fees { charged: positive(paid)?, yuan: positive(yuan)? },
    })
}

/// Table 四 of a year.
///
/// # Errors
/// As [`count`].
pub(in crate::office) fn table_four(conn: &mut Conn, agencies: &[AgencyId], year: i32) -> Result<TableFour, Failure> {
    let rows = report_proceedings::list_within(conn, agencies, days(year)?)?;
    let mut places = Vec::new();
    for of_one in rows.chunk_by(|one, next| one.proceeding_id == next.proceeding_id) {
        if let Some((line, cell)) = place_of(of_one, year)? {
            places.push((line, cell));
        }
    }
    Ok(TableFour::of(places))
}

/// Where the proceeding of these rows stands.
///
/// # Errors
/// [`Failure::Broken`] for a code that is none.
pub(super) fn place_of(rows: &[ReportProceedingRow], year: i32) -> Result<Option<(ReportRow, Cell)>, Failure> {
    let Some(line) = rows.first().map(|row| row.line.parse::<ReportRow>()).transpose().map_err(Failure::broken)? else {
        return Ok(None);
    };
    let stretches = rows
        .iter()
        .map(|row| {
            let cell = row.cell.as_deref().map(str::parse::<Cell>).transpose().map_err(Failure::broken)?;
            Ok(Stretch { from: row.from_on, until: row.until_on, cell })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok(place(&stretches, year).map(|cell| (line, cell)))
}

fn kind_of(code: &str) -> Result<ApplicantKind, Failure> {
    code.parse().map_err(Failure::broken)
}

fn positive(number: i64) -> Result<u64, Failure> {
    u64::try_from(number).map_err(Failure::broken)
}
