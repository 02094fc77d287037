//! All requests of one applicant to one agency, as its own officers see them side by side. Whoever asks is written down:
//! a person's requests together tell more of the person than any of them (个人信息保护法 art. 51).

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::failure::{Failure, Problem};
use super::likeness::frequency::{self, MonthCount};
use super::log::{Kind, Note};
use super::permission::{Deed, Officer, permit};
use super::queue::{self, CaseSummary, PAGE, PAGE_MAX};
use super::{Office, Shared, projection};
use crate::case::Case;
use crate::ids::CaseId;
use crate::storage::Conn;
use crate::storage::applicant_cases;
use crate::storage::case_list::{self, CaseFilter, CaseOrder, Direction};
use crate::storage::people::PersonIndex;

/// Which page.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApplicantQuery {
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// One applicant's requests to one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApplicantCases {
    /// How many there are in all, this one included.
    pub total: i64,
    /// How many were received in each month, the latest month first; months without one are left out, and so are cases
    /// whose receipt is not settled.
    pub months: Vec<MonthCount>,
    /// The cases of this page, the newest first.
    pub items: Vec<CaseSummary>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// The requests of a case's applicant to its agency: those with the same identity number, or with the same name where
    /// no number is known. The look is recorded.
    ///
    /// # Errors
    /// [`Failure::Missing`]; [`Failure::Forbidden`] for those who only watch; [`Failure::Invalid`]; the database's failures.
    pub async fn applicant_cases(
        &self,
        officer: &Officer,
        id: CaseId,
        query: ApplicantQuery,
    ) -> Result<ApplicantCases, Failure> {
        let (order, limit) = page_of(&query)?;
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let (case, _) = projection::load(conn, id)?;
                permit(&officer, Deed::Compare, &projection::lineage(conn, case.agency())?)?;
                list(conn, &shared, &officer, &case, order, limit)
            })
            .await
    }
}

fn page_of(query: &ApplicantQuery) -> Result<(CaseOrder, u32), Failure> {
    let mut problems = Vec::new();
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        problems.push(Problem::at("?limit", "每页1至200件。", "A page has 1 to 200 cases."));
    }
    let order = queue::read_order("created_at", query.cursor.as_deref()).unwrap_or_else(|_cursor| {
        problems.push(Problem::at("?cursor", "请使用上一页给出的 next。", "Use the `next` of the page before."));
        CaseOrder::CreatedAt { after: None }
    });
    if problems.is_empty() { Ok((order, limit)) } else { Err(Failure::Invalid(problems)) }
}

fn list(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    case: &Case,
    order: CaseOrder,
    limit: u32,
) -> Result<ApplicantCases, Failure> {
    let person = frequency::applicant_of(conn, case)?;
    let subject = person.as_ref().map(|row| row.identity_index.clone().unwrap_or_else(|| row.name_index.clone()));
    record(conn, shared, officer, case, subject)?;
    let Some(person) = person else {
        return Ok(ApplicantCases { total: 0, months: Vec::new(), items: Vec::new(), next: None });
    };
    let index = person.identity_index.map_or(PersonIndex::Name(person.name_index), PersonIndex::Identity);
    let ids = applicant_cases::list(conn, &index, case.agency())?;
    let total = i64::try_from(ids.len()).map_err(Failure::broken)?;
    let received = applicant_cases::list_received(conn, &ids, None, None)?;
    let filter = CaseFilter { agencies: vec![case.agency()], case_ids: Some(ids), ..CaseFilter::default() };
    let page = case_list::list(conn, &filter, order, Direction::Descending, limit)?;
    Ok(ApplicantCases {
        total,
        months: frequency::by_month(&received),
        items: queue::summaries(conn, shared, officer, page.rows)?,
        next: page.next.as_ref().map(queue::cursor_of),
    })
}

/// Writes the look down, by whose requests it was: the blind index, never the number or the name.
fn record(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    case: &Case,
    subject: Option<String>,
) -> Result<(), Failure> {
    let absent = officer.acts_as(Deed::Compare, &projection::lineage(conn, case.agency())?).absent();
    let note = Note::by(officer, Kind::ApplicantCases).of(case.id).at(case.agency()).in_place_of(absent);
    let note = match subject {
        Some(subject) => note.fact("subject", subject),
        None => note,
    };
    note.write(conn, shared)
}
