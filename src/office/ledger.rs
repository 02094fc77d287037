//! The ledger (台账): every case of an agency and those below it that was there in a period, and the proceedings they led to, as a
//! workbook or as text. It is written while it is sent. Names, numbers and addresses are whole only for those who may see them,
//! who say so; every export says on itself who took it, when and why, and is an entry of the log.

mod cases;
pub(super) mod explained;
mod filling;
pub(super) mod proceedings;
mod writing;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::failure::{Failure, Problem};
use super::log::{Kind, Note};
use super::permission::Deed;
use super::queue::visible;
use super::{Office, Officer};
use crate::ids::{CaseId, ProceedingId};
use crate::law::coded::coded;
use crate::office::permission::Lineage;
use crate::reports::book::Workbook;
use crate::reports::columns::{CaseColumn, Sheet};
use crate::storage::agencies;
use crate::storage::agencies::AgencyRow;
use crate::storage::ledger::Period;

pub(super) use cases::BETWEEN;

coded! {
    /// What a ledger is taken for.
    pub enum LedgerReason {
        /// The annual report (art. 50).
        AnnualReport = "annual_report", "编制年度报告", "the annual report";
        /// Supervision from above (art. 46).
        Supervision = "supervision", "监督检查", "supervision";
        /// A reconsideration or a suit.
        Proceeding = "proceeding", "行政复议、诉讼", "a reconsideration or a suit";
        /// Figures.
        Statistics = "statistics", "统计分析", "figures";
        /// The same cases in another system.
        Moving = "moving", "迁移数据", "moving to another system";
        /// Anything else.
        Other = "other", "其他", "other";
    }
}

/// What a ledger has.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LedgerQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// The first day of the period.
    pub from: NaiveDate,
    /// Its last day. A case is in the ledger if it was received, closed or pending in the period.
    pub to: NaiveDate,
    /// The columns of the sheet of cases by their codes, separated by commas; all if missing.
    pub columns: Option<String>,
    /// Whether names, numbers and addresses are to be whole: only where one works on the cases.
    pub unmasked: Option<bool>,
    /// What for: `annual_report`, `supervision`, `proceeding`, `statistics`, `moving` or `other`.
    #[param(value_type = String, example = "annual_report")]
    pub reason: LedgerReason,
    /// For text: `cases`, `proceedings` or `table_two`; `cases` if missing. A workbook has all of them.
    #[param(value_type = Option<String>)]
    pub sheet: Option<Sheet>,
}

/// As what it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerForm {
    /// A workbook.
    Xlsx,
    /// Lines of text.
    Csv,
}

impl LedgerForm {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The end of the file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub who: String,
    pub at: DateTime<Utc>,
    pub why: LedgerReason,
    pub agency: String,
    pub period: Period,
    pub unmasked: bool,
}

/// What is listed.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub period: Period,
    pub agencies: Vec<AgencyRow>,
    pub columns: Vec<CaseColumn>,
    pub unmasked: bool,
}

/// Which page comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Cases { agency: usize, after: Option<(NaiveDate, CaseId)> },
    Proceedings { agency: usize, after: Option<(NaiveDate, ProceedingId)> },
    TableTwo { agency: usize },
    End,
    Ended,
}

/// Where it is written.
enum Body {
    Xlsx(Box<Workbook>),
    Csv(Sheet),
}

/// A ledger while it is written.
pub struct Ledger {
    plan: Plan,
    mark: Mark,
    body: Option<Body>,
    step: Step,
    /// The sheets that were begun.
    begun: Vec<Sheet>,
}

impl Office {
    /// Begins a ledger, and writes down who asked for it.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::Missing`], [`Failure::Invalid`]; the database's failures.
    pub async fn begin_ledger(
        &self,
        officer: &Officer,
        query: LedgerQuery,
        form: LedgerForm,
    ) -> Result<Ledger, Failure> {
        let columns = columns(&query)?;
        let wished = query.unmasked.unwrap_or(false);
        let period = Period { from: query.from, to: query.to };
        let (shared, asking, slug) = (self.shared(), officer.clone(), query.agency.clone());
        let asked = query.clone();
        let (agencies, at, unmasked) = self
            .db()
            .write(move |conn| {
                let seen = visible(conn, &asking, Deed::Ledger, slug.as_deref())?;
                let mut rows = agencies::list(conn)?;
                rows.retain(|row| seen.contains(&row.id));
                // Where nobody's name is shown to them, the table is masked whatever was wished for, and says so.
                let sees = |row: &AgencyRow| asking.sees_persons_at(&Lineage { agency: row.id, above: Vec::new() });
                let unmasked = wished && rows.iter().any(sees);
                let at = slug.as_deref().and_then(|slug| rows.iter().find(|row| row.slug == slug)).map(|row| row.id);
                let mut note = Note::of_look(&asking, Kind::Export, Deed::Ledger)
                    .fact("what", "ledger")
                    .fact("form", form.extension())
                    .fact("reason", asked.reason)
                    .fact("unmasked", unmasked)
                    .fact("from", asked.from)
                    .fact("to", asked.to)
                    .fact("agencies", rows.len());
                if let Some(agency) = at {
                    note = note.at(agency);
                }
                note.write(conn, &shared)?;
                Ok::<_, Failure>((rows, shared.clock.now(), unmasked))
            })
            .await?;
        let named = query.agency.as_deref().and_then(|slug| agencies.iter().find(|row| row.slug == slug));
        let agency = match (named, agencies.as_slice()) {
            (Some(row), _) | (None, [row]) => row.name.clone(),
            (None, rows) => format!("{}个机关", rows.len()),
        };
        let mark = Mark { who: officer.name.clone(), at, why: query.reason, agency, period, unmasked };
        let body = match form {
            LedgerForm::Xlsx => Body::Xlsx(Box::new(Workbook::new(&mark.line()))),
            LedgerForm::Csv => Body::Csv(query.sheet.unwrap_or(Sheet::Cases)),
        };
        let plan = Plan { period, agencies, columns, unmasked };
        Ok(Ledger { plan, mark, body: Some(body), step: Step::Begin, begun: Vec::new() })
    }

    /// The next piece; none once it is whole.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn go_on_with_ledger(&self, officer: &Officer, ledger: &mut Ledger) -> Result<Option<Bytes>, Failure> {
        let (rows, next) = match ledger.step {
            Step::Ended => return Ok(None),
            Step::Begin => (Vec::new(), ledger.first_step()),
            Step::Cases { agency, after } => match ledger.plan.agencies.get(agency).cloned() {
                None => (Vec::new(), ledger.behind_the_cases()),
                Some(row) => {
                    let (shared, officer, plan) = (self.shared(), officer.clone(), ledger.plan.clone());
                    let read = move |conn: &mut _| filling::cases(conn, &shared, &officer, &plan, &row, after);
                    let (rows, after) = self.db().read(read).await?;
                    let on = after.map_or(Step::Cases { agency: agency + 1, after: None }, |after| Step::Cases {
                        agency,
                        after: Some(after),
                    });
                    (rows, on)
                }
            },
            Step::Proceedings { agency, after } => match ledger.plan.agencies.get(agency).cloned() {
                None => (Vec::new(), ledger.behind_the_proceedings()),
                Some(row) => {
                    let (shared, period) = (self.shared(), ledger.plan.period);
                    let read = move |conn: &mut _| filling::proceedings(conn, &shared, period, &row, after);
                    let (rows, after) = self.db().read(read).await?;
                    let on = after.map_or(Step::Proceedings { agency: agency + 1, after: None }, |after| {
                        Step::Proceedings { agency, after: Some(after) }
                    });
                    (rows, on)
                }
            },
            Step::TableTwo { agency } => match ledger.plan.agencies.get(agency).cloned() {
                None => (Vec::new(), Step::End),
                Some(row) => {
                    let period = ledger.plan.period;
                    let rows = self.db().read(move |conn| filling::table_two(conn, period, &row)).await?;
                    (rows, Step::TableTwo { agency: agency + 1 })
                }
            },
            Step::End => (Vec::new(), Step::Ended),
        };
        ledger.write(rows, next).map(Some)
    }
}

/// The columns that were asked for, in the order of the list; everything that is none is told at once.
fn columns(query: &LedgerQuery) -> Result<Vec<CaseColumn>, Failure> {
    let mut problems = Vec::new();
    if query.to < query.from {
        problems.push(Problem::at("?to", "截止日期不能早于起始日期。", "The last day cannot lie before the first."));
    }
    let mut chosen = Vec::new();
    for code in query.columns.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|code| !code.is_empty()) {
        match code.parse::<CaseColumn>() {
            Ok(column) => chosen.push(column),
            Err(unknown) => problems.push(Problem::at(
                "?columns",
                format!("没有“{code}”这一列；可选的列：{}。", unknown.known),
                format!("There is no column {code:?}; known are {}.", unknown.known),
            )),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let all = chosen.is_empty();
    Ok(CaseColumn::ALL.iter().copied().filter(|one| all || chosen.contains(one)).collect())
}
