//! Which open cases a change of the calendar would move: found through what is timed, so that only cases with a day behind the
//! first that differs are looked at, and reckoned from their journals as the calendar's turn will reckon them.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::case::redating;
use crate::case::{Case, Entry};
use crate::ids::{CaseId, StaffId};
use crate::law::calendar::{Calendar, Year};
use crate::law::editions::Calendars;
use crate::office::failure::{Failure, Problem};
use crate::office::notices::causes::was_told_of;
use crate::office::queue::{PAGE, PAGE_MAX};
use crate::office::supervision::{agency_name, names};
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::office::{Shared, projection, retiming};
use crate::storage::{Conn, journal, staff, timings};

/// A page of what moves.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MovesQuery {
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases looked at for a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

impl MovesQuery {
    /// Behind which case the page begins, and how many are looked at.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with both, if both are wrong.
    pub(super) fn read(&self) -> Result<Page, Failure> {
        let mut problems = Vec::new();
        let limit = self.limit.unwrap_or(PAGE);
        if !(1..=PAGE_MAX).contains(&limit) {
            problems.push(Problem::at("?limit", "每页1至200件。", "A page has 1 to 200 cases."));
        }
        let after = self.cursor.as_deref().map(str::parse::<CaseId>).transpose().unwrap_or_else(|_none| {
            let (zh, en) = ("请使用上一页给出的 next。", "Use the `next` of the page before.");
            problems.push(Problem::at("?cursor", zh, en));
            None
        });
        if problems.is_empty() { Ok(Page { after, limit }) } else { Err(Failure::Invalid(problems)) }
    }
}

/// Which candidates a page takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// Those behind this case.
    pub after: Option<CaseId>,
    /// So many.
    pub limit: u32,
}

impl Page {
    /// The first, as long as pages are by default.
    pub const FIRST: Self = Self { after: None, limit: PAGE };
}

/// A clock of an open case that would end on another day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseMove {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The agency.
    pub agency: AgencyName,
    /// The handler.
    pub handler: Option<StaffName>,
    /// Which clock.
    pub clock: Term,
    /// Its last day as it is known now.
    pub from: NaiveDate,
    /// Its last day as it would be; the same where it would only become final.
    pub to: NaiveDate,
    /// Whether the applicant was told the first of the two, in a receipt, a notice or a letter, and would be told the second.
    pub told: bool,
}

/// A page of them, in the order of the cases. It may hold fewer than it could, even none, where cases that were looked at
/// do not move; the last page is the one without a `next`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MovesPage {
    /// The clocks that move; several of a case stand together.
    pub items: Vec<CaseMove>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// The calendar with this year in it.
///
/// # Errors
/// [`Failure::Broken`] for a year that contradicts itself.
pub(super) fn with(standing: &Calendar, year: &Year) -> Result<Calendar, Failure> {
    let others = standing.years().filter(|one| one.year != year.year).cloned();
    Calendar::new(others.chain([year.clone()])).map_err(Failure::broken)
}

/// How many open cases have a day behind the first that differs.
///
/// # Errors
/// The database's failures.
pub(super) fn candidates(conn: &mut Conn, calendars: &Calendars, year: &Year) -> Result<i64, Failure> {
    let standing = calendars.latest();
    match retiming::first_difference(&standing, &with(&standing, year)?) {
        Some(from) => Ok(timings::count_cases_from(conn, from)?),
        None => Ok(0),
    }
}

/// A page of what `year` would move.
///
/// # Errors
/// [`Failure::Broken`] for a journal that is none; the database's failures.
pub(super) fn page(conn: &mut Conn, shared: &Shared, year: &Year, page: Page) -> Result<MovesPage, Failure> {
    let calendars = shared.calendars_in(conn)?;
    let standing = calendars.latest();
    let proposed = with(&standing, year)?;
    let Some(from) = retiming::first_difference(&standing, &proposed) else { return Ok(MovesPage::default()) };
    // One more than the page looks at tells whether there is a next one.
    let mut ids = timings::list_cases_from(conn, from, page.after, page.limit.saturating_add(1))?;
    let more = u32::try_from(ids.len()).is_ok_and(|found| found > page.limit);
    if more {
        ids.pop();
    }
    let next = ids.last().filter(|_| more).map(ToString::to_string);
    let agencies = names(conn)?;
    let people: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let mut items = Vec::new();
    for case in cases(conn, &ids)? {
        let dated_by = calendars.known_at(case.dated_at);
        items.extend(redating::moves(&case, &dated_by, &proposed).into_iter().map(|moved| CaseMove {
            case: case.id,
            number: case.registration.as_ref().map_or(&case.filed.receipt_no, |entry| &entry.number).clone(),
            agency: agency_name(&agencies, case.agency()),
            handler: case.handler.map(|id| StaffName { id, name: people.get(&id).cloned().unwrap_or_default() }),
            clock: term!(moved.clock),
            from: moved.from,
            to: moved.to,
            told: moved.from != moved.to && was_told_of(moved.clock),
        }));
    }
    Ok(MovesPage { items, next })
}

/// These cases as their journals have them, by id: one query.
fn cases(conn: &mut Conn, ids: &[CaseId]) -> Result<Vec<Case>, Failure> {
    let mut journals: BTreeMap<CaseId, Vec<Entry>> = BTreeMap::new();
    for row in journal::load_many(conn, ids)? {
        journals.entry(row.case_id).or_default().push(projection::entry_of(&row)?);
    }
    journals.into_values().map(|entries| Case::replay(entries).map_err(Failure::broken)).collect()
}
