//! The rounds of a case as rows: written with each act, made again for `check` and for databases that are older than the table.

use super::small;
use crate::case::{Case, rounds};
use crate::ids::CaseId;
use crate::law::editions::Calendars;
use crate::office::failure::Failure;
use crate::office::retiming::beginning;
use crate::office::tick::{BATCH, TickReport};
use crate::office::{Office, Shared};
use crate::storage::case_rounds::{self, RoundRow, StepRow};
use crate::storage::{Conn, journal, scheduler_state};

/// The name under which it is remembered that every case has its rounds.
pub(in crate::office) const ALL_MEASURED: &str = "all_measured";

fn row(case: &Case, round: &rounds::Round) -> Result<RoundRow, Failure> {
    Ok(RoundRow {
        case_id: case.id,
        round: small(round.number)?,
        agency_id: case.agency(),
        handler_id: round.handler,
        channel: case.filed.channel.as_str().to_owned(),
        applicant_kind: case.particulars.applicant_kind.as_str().to_owned(),
        began_on: round.began_on,
        closed_on: round.closing.as_ref().map(|closing| closing.on),
        outcome: round.closing.as_ref().map(|closing| closing.outcome.as_str().to_owned()),
        late: round.closing.as_ref().and_then(|closing| closing.late),
        days: round.days.map(i32::try_from).transpose().map_err(Failure::broken)?,
        extended: round.extended,
        corrected: round.corrected,
    })
}

/// Every row of a case, as its journal has it: rounds, and steps by round and code.
///
/// # Errors
/// [`Failure::Broken`] for what is no journal of a case, or a number beyond a column.
pub fn rows(case: &Case, calendars: &Calendars) -> Result<(Vec<RoundRow>, Vec<StepRow>), Failure> {
    let history = rounds::history(case.journal(), calendars).map_err(Failure::broken)?;
    let steps = step_rows(case, &history, calendars)?;
    Ok((history.iter().map(|round| row(case, round)).collect::<Result<_, _>>()?, steps))
}

fn step_rows(case: &Case, history: &[rounds::Round], calendars: &Calendars) -> Result<Vec<StepRow>, Failure> {
    let mut made = Vec::new();
    for one in rounds::steps(case, history, calendars).map_err(Failure::broken)? {
        let round = history.iter().find(|round| round.number == one.round);
        let Some(closing) = round.and_then(|round| round.closing.as_ref()) else { continue };
        made.push(StepRow {
            case_id: case.id,
            round: small(one.round)?,
            step: one.step.as_str().to_owned(),
            agency_id: case.agency(),
            closed_on: closing.on,
            days: i32::try_from(one.days).map_err(Failure::broken)?,
        });
    }
    made.sort_by(|one, other| (one.round, &one.step).cmp(&(other.round, &other.step)));
    Ok(made)
}

/// Brings the rows of a case up to date after an act. Steps are counted when a round closes, or is open again.
///
/// # Errors
/// The database's failures.
pub(super) fn project(
    conn: &mut Conn,
    before: Option<&Case>,
    after: &Case,
    calendars: &Calendars,
) -> Result<(), Failure> {
    let round = rounds::current(after, calendars);
    let made = row(after, &round)?;
    match before {
        None => case_rounds::insert(conn, &made)?,
        Some(before) if rounds::number(before) == round.number && case_rounds::update(conn, &made)? => {}
        // A further round; or a case from before the table.
        Some(_) => return make_again(conn, after, calendars),
    }
    if before.and_then(|before| before.closing.as_ref()) != after.closing.as_ref() {
        let steps = step_rows(after, std::slice::from_ref(&round), calendars)?;
        case_rounds::set_steps(conn, after.id, made.round, &steps)?;
    }
    Ok(())
}

fn make_again(conn: &mut Conn, case: &Case, calendars: &Calendars) -> Result<(), Failure> {
    let (rounds, steps) = rows(case, calendars)?;
    Ok(case_rounds::set_all(conn, case.id, &rounds, &steps)?)
}

impl Office {
    /// Makes the rounds of cases that have none: those of a database from before the table. Once done it is remembered.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub fn measure_unmeasured(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let mut report = TickReport::default();
        let done = self.db().read_now(|conn| scheduler_state::find(conn, ALL_MEASURED).map_err(Failure::from))?;
        if done.is_some() {
            return Ok(report);
        }
        let mut after = None;
        loop {
            let page =
                self.db().read_now(|conn| journal::list_cases(conn, after, i64::from(BATCH)).map_err(Failure::from))?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            let known = self.db().read_now(|conn| case_rounds::measured_of(conn, &page).map_err(Failure::from))?;
            for case in page.into_iter().filter(|case| !known.contains(case)) {
                report.saw(case, self.db().write_now(|conn| measure(conn, &shared, case)));
            }
        }
        // What failed is tried again in the next turn.
        if report.failed.is_empty() {
            self.db().write_now(|conn| scheduler_state::begin(conn, &beginning(ALL_MEASURED, shared.clock.now())))?;
        }
        Ok(report)
    }
}

fn measure(conn: &mut Conn, shared: &Shared, id: CaseId) -> Result<bool, Failure> {
    let (case, _) = super::load(conn, id)?;
    let calendars = shared.calendars_in(conn)?;
    make_again(conn, &case, &calendars)?;
    Ok(true)
}
