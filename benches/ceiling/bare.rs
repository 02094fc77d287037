//! The bare statements behind each answer: those that ours sends, by the very functions of the storage that it calls, with the same
//! filters, orders and limits. Not among them is what ours asks in order to know who asks and what they may. Whoever measures holds both
//! lists of statements against each other (`saying.rs`).

use chrono::NaiveDate;
use dafu::case::Stage;
use dafu::clock::end_of_day_in_china;
use dafu::ids::{AgencyId, CaseId};
use dafu::law::remedy::AgencyKind;
use dafu::office::Office;
use dafu::office::queue::PAGE;
use dafu::office::search::grams_of;
use dafu::storage::case_list::{self, CaseFilter, CaseOrder, Direction};
use dafu::storage::due_spans::{self, AsOf};
use dafu::storage::indicators::{self, By, Span};
use dafu::storage::{
    Conn, StoreError, agencies, agency_history, calendars, case_keys, case_links, case_tags, cases, enquiry_counts,
    journal, orders, people, ratings, report_cases, report_proceedings, search, staff, texts,
};

/// As many cases a search narrows down to.
const FOUND_MAX: i64 = 2000;

/// Working days that count as soon.
const SOON: u32 = 5;

/// What ours finds out before it asks, and what does not change meanwhile.
pub struct Known {
    /// All agencies, in the order in which a reader of all of them asks for them.
    agencies: Vec<AgencyId>,
    /// The same, as a report takes them in.
    below: Vec<AgencyId>,
    today: NaiveDate,
    /// The first day that is not soon any more.
    behind_soon: NaiveDate,
}

impl Known {
    /// Of the agency at the top and all below it.
    pub fn of(office: &Office) -> Self {
        let today = office.today();
        let read = |conn: &mut Conn| {
            let top = agencies::find_by_slug(conn, "m0")?.unwrap();
            agencies::subtree(conn, top.id)
        };
        let below: Vec<AgencyId> = office.db().read_now(read).unwrap();
        let mut agencies = below.clone();
        agencies.sort_unstable();
        let calendar = office.calendars().known_at(end_of_day_in_china(today));
        let behind_soon = calendar.nth_working_day_after(today, SOON).succ_opt().unwrap();
        Self { agencies, below, today, behind_soon }
    }

    fn as_of(&self, due_before: Option<NaiveDate>) -> AsOf {
        let at = end_of_day_in_china(self.today);
        AsOf { at, agencies: self.agencies.clone(), handler: None, stage: None, due_from: None, due_before }
    }
}

/// A case that this agency has.
pub fn case(conn: &mut Conn, id: CaseId, agency: AgencyId) -> Result<(), StoreError> {
    journal::load(conn, id)?;
    let agency = agencies::load(conn, agency)?;
    agencies::list_ancestors(conn, agency.id)?;
    calendars::stamp(conn)?;
    if let Some(parent) = agency.parent_id.filter(|_| agency.kind == AgencyKind::Department.as_str()) {
        agencies::load(conn, parent)?;
    }
    case_keys::list_of_cases(conn, &[id])?;
    texts::list(conn, id)?;
    people::list(conn, id)?;
    ratings::find(conn, id)?;
    let mut linked: Vec<CaseId> = case_links::list(conn, id)?.into_iter().map(|row| row.other_id).collect();
    linked.extend(case_links::list_to(conn, id)?.into_iter().map(|row| row.case_id));
    cases::list_of(conn, &linked)?;
    case_tags::list_of_cases(conn, &[id])?;
    Ok(())
}

/// The first page of the queue in this order; of these cases only, if some are named.
pub fn page(
    conn: &mut Conn,
    known: &Known,
    (order, direction): (CaseOrder, Direction),
    case_ids: Option<Vec<CaseId>>,
) -> Result<(), StoreError> {
    let filter = CaseFilter { agencies: known.agencies.clone(), case_ids, ..CaseFilter::default() };
    let page = case_list::list(conn, &filter, order, direction, PAGE)?;
    let ids: Vec<CaseId> = page.rows.iter().map(|row| row.id).collect();
    case_keys::list_of_cases(conn, &ids)?;
    texts::list_of_cases(conn, &ids, "subject")?;
    people::list_of_cases(conn, &ids)?;
    case_tags::list_of_cases(conn, &ids)?;
    staff::list(conn)?;
    agencies::list(conn)?;
    calendars::stamp(conn)?;
    Ok(())
}

/// The latest cases first, as the queue comes if nothing else is asked for.
pub const LATEST: (CaseOrder, Direction) = (CaseOrder::CreatedAt { after: None }, Direction::Descending);

/// Those that are due first.
pub const DUE_FIRST: (CaseOrder, Direction) = (CaseOrder::DueOn { after: None }, Direction::Ascending);

/// A search for a piece of text, and the page of what was found: the candidates have all its pairs, `found` are those of them that
/// have the piece, which only ours can tell, as it has the keys.
pub fn searched(conn: &mut Conn, known: &Known, piece: &str, found: &[CaseId]) -> Result<(), StoreError> {
    let candidates = search::list_cases_with_all(conn, &grams_of(piece), &known.agencies, FOUND_MAX)?;
    case_keys::list_of_cases(conn, &candidates)?;
    for kind in ["subject", "description", "correction"] {
        texts::list_of_cases(conn, &candidates, kind)?;
    }
    page(conn, known, LATEST, Some(found.to_vec()))
}

/// The first page of what is overdue.
pub fn overdue(conn: &mut Conn, known: &Known) -> Result<(), StoreError> {
    calendars::stamp(conn)?;
    let as_of = known.as_of(Some(known.today));
    let mut rows = due_spans::list_as_of(conn, &as_of, None, PAGE + 1)?;
    rows.truncate(usize::try_from(PAGE).unwrap());
    due_spans::count_by_agency(conn, &as_of)?;
    names(conn, known)?;
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    cases::list_of(conn, &ids)?;
    staff::list(conn)?;
    Ok(())
}

/// What agencies are called.
fn names(conn: &mut Conn, known: &Known) -> Result<(), StoreError> {
    agency_history::names_on(conn, known.today)?;
    agencies::list(conn)?;
    Ok(())
}

/// The indicators from this day to today, by month.
pub fn indicators(conn: &mut Conn, known: &Known, from: NaiveDate) -> Result<(), StoreError> {
    let span = Span { agencies: known.agencies.clone(), from, to: known.today };
    indicators::begun(conn, &span, By::Day)?;
    indicators::closed(conn, &span, By::Day)?;
    indicators::took(conn, &span, By::Day)?;
    indicators::reviews(conn, &span)?;
    orders::list_of_span(conn, &span.agencies, span.from, span.to)?;
    enquiry_counts::registered(conn, &span)?;
    enquiry_counts::ended(conn, &span)?;
    indicators::open_before(conn, &span.agencies, from, By::Agency)?;
    indicators::steps(conn, &span)?;
    enquiry_counts::lying(conn, &span.agencies, known.today)?;
    calendars::stamp(conn)?;
    let waiting = [Stage::Correcting, Stage::Consulting, Stage::Paying].map(Stage::as_str);
    due_spans::count_by_handler(conn, &known.as_of(None), known.today, known.behind_soon, &waiting)?;
    names(conn, known)?;
    staff::list(conn)?;
    Ok(())
}

/// The aggregates of an annual report.
pub fn report(conn: &mut Conn, known: &Known, (first, last): (NaiveDate, NaiveDate)) -> Result<(), StoreError> {
    report_cases::count_new(conn, &known.below, (first, last))?;
    report_cases::count_ended_before(conn, &known.below, first)?;
    report_cases::count_before(conn, &known.below, first)?;
    report_cases::count_results(conn, &known.below, (first, last))?;
    report_cases::fees(conn, &known.below, (first, last))?;
    report_proceedings::list_within(conn, &known.below, (first, last))?;
    Ok(())
}
