//! What is due when: closed files by the year of their closing, with the last day on which they must be kept. A plan, no deed:
//! nothing is listed or destroyed because it stands here.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::schedule;
use crate::ids::{AgencyId, CaseId};
use crate::law::outcome::Outcome;
use crate::law::retention::{COUNTY_HAND_OVER_YEARS, HAND_OVER_YEARS, Schedule, Term, handed_over_from, last_day};
use crate::office::Office;
use crate::office::agencies::Level;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::views::{AgencyName, Term as Named, term};
use crate::storage::retention::{self, ClosedRow};
use crate::storage::{Conn, agencies, legal_holds};

/// Files looked at in one batch.
const BATCH: i64 = 500;

/// Files asked about at once.
const AT_ONCE: usize = 500;

/// Of which agency.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
}

/// Files of one agency, closed in one year, with one term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanLine {
    /// The agency.
    pub agency: AgencyName,
    /// The year of closing.
    pub closed_in: i32,
    /// How long they are kept.
    pub term: Named,
    /// The last day on which they must be kept; none for ever.
    pub kept_until: Option<NaiveDate>,
    /// Whether that day has passed.
    pub is_due: bool,
    /// From when on they belong to the state archive, if they are kept so long.
    pub archive_from: Option<NaiveDate>,
    /// How many.
    pub files: i64,
    /// How many of them are held: a proceeding runs, or somebody ordered that they be kept.
    pub held: i64,
}

impl Office {
    /// The plan: what is kept until when, by year and term, the earliest first.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn retention_plan(&self, officer: &Officer, query: PlanQuery) -> Result<Vec<PlanLine>, Failure> {
        let (officer, today) = (officer.clone(), self.today());
        self.db()
            .read(move |conn| {
                let seen = visible(conn, &officer, Deed::Retain, query.agency.as_deref())?;
                let mut lines = Vec::new();
                for agency in seen {
                    lines.extend(of_agency(conn, agency, today)?);
                }
                lines.sort_by_key(|line| (line.kept_until.is_none(), line.kept_until, line.closed_in));
                Ok::<_, Failure>(lines)
            })
            .await
    }
}

fn of_agency(conn: &mut Conn, id: AgencyId, today: NaiveDate) -> Result<Vec<PlanLine>, Failure> {
    let counted = count(conn, id)?;
    if counted.is_empty() {
        return Ok(Vec::new());
    }
    let row = agencies::load(conn, id)?;
    let to_archive = if below_city(&row.level) { COUNTY_HAND_OVER_YEARS } else { HAND_OVER_YEARS };
    let mut lines = Vec::new();
    for ((year, kept), Tally { files, held }) in counted {
        let Some(closed) = NaiveDate::from_ymd_opt(year, 12, 31) else { continue };
        let kept_until = last_day(closed, kept);
        let archive_from = handed_over_from(closed, to_archive);
        lines.push(PlanLine {
            agency: AgencyName { slug: row.slug.clone(), name: row.name.clone() },
            closed_in: year,
            term: term!(kept),
            kept_until,
            is_due: kept_until.is_some_and(|until| until < today),
            archive_from: archive_from.filter(|from| kept_until.is_none_or(|until| *from <= until)),
            files,
            held,
        });
    }
    Ok(lines)
}

/// How many files, and how many of them are held.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    files: i64,
    held: i64,
}

/// The files of an agency by year and term. All are counted by day and outcome in the database; the few beside which something
/// else happened are then looked at one by one, and counted where they belong.
fn count(conn: &mut Conn, agency: AgencyId) -> Result<BTreeMap<(i32, Term), Tally>, Failure> {
    let schedule = schedule::of(conn, agency)?;
    let mut counted: BTreeMap<(i32, Term), Tally> = BTreeMap::new();
    for (closed_on, outcome, files) in retention::count_closed(conn, agency)? {
        let outcome: Outcome = outcome.parse().map_err(Failure::broken)?;
        counted.entry((closed_on.year(), schedule.term(outcome, false))).or_default().files += files;
    }
    for some in legal_holds::list_beside(conn, agency)?.chunks(AT_ONCE) {
        let (held, reviewed) = (legal_holds::held(conn, some)?, legal_holds::reviewed(conn, some)?);
        for (case, closed_on, outcome) in retention::closings(conn, some)? {
            let outcome: Outcome = outcome.parse().map_err(Failure::broken)?;
            let of = |reviewed| (closed_on.year(), schedule.term(outcome, reviewed));
            counted.entry(of(false)).or_default().files -= 1;
            let place = counted.entry(of(reviewed.contains(&case))).or_default();
            place.files += 1;
            place.held += i64::from(held.contains(&case));
        }
    }
    counted.retain(|_, tally| tally.files > 0);
    Ok(counted)
}

/// Of a county or below it. A department's place is not known: the longer time is taken.
fn below_city(level: &str) -> bool {
    [Level::County.as_str(), Level::Township.as_str()].contains(&level)
}

/// A file whose term is over and which nothing holds.
#[derive(Debug, Clone)]
pub(super) struct Due {
    /// Its row.
    pub row: ClosedRow,
    /// How long it was kept.
    pub term: Term,
    /// The last day of that.
    pub kept_until: NaiveDate,
}

/// The files of an agency that are due and stand on no list, the earliest first, at most `most`. `through`: closed in that year
/// at the latest.
///
/// # Errors
/// The database's failures.
pub(super) fn due(
    conn: &mut Conn,
    agency: AgencyId,
    through: Option<i32>,
    today: NaiveDate,
    most: usize,
) -> Result<Vec<Due>, Failure> {
    let schedule = schedule::of(conn, agency)?;
    let latest = through.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)).map_or(today, |day| day.min(today));
    let mut found = Vec::new();
    let mut after: Option<(NaiveDate, CaseId)> = None;
    while found.len() < most {
        let page = retention::list_closed(conn, agency, (crate::law::periods::IN_FORCE, latest), false, after, BATCH)?;
        let Some(last) = page.last() else { break };
        after = Some((last.closed_on, last.case_id));
        found.extend(due_of(conn, &schedule, page, today)?);
    }
    found.truncate(most);
    Ok(found)
}

fn due_of(conn: &mut Conn, schedule: &Schedule, page: Vec<ClosedRow>, today: NaiveDate) -> Result<Vec<Due>, Failure> {
    let ids: Vec<CaseId> = page.iter().map(|row| row.case_id).collect();
    let held = legal_holds::held(conn, &ids)?;
    let reviewed = legal_holds::reviewed(conn, &ids)?;
    let mut due = Vec::new();
    for row in page.into_iter().filter(|row| !held.contains(&row.case_id)) {
        let outcome: Outcome = row.outcome.parse().map_err(Failure::broken)?;
        let term = schedule.term(outcome, reviewed.contains(&row.case_id));
        if let Some(kept_until) = last_day(row.closed_on, term).filter(|until| *until < today) {
            due.push(Due { row, term, kept_until });
        }
    }
    Ok(due)
}
