//! The successor takes over the open cases, each by an act of its own in its journal. Number, receipt, stage and clocks stay; whoever
//! handled it goes on with it if they have a role at the successor, else its clerk assigns it.

use serde::Serialize;
use utoipa::ToSchema;

use super::kept_by;
use crate::case::{self, Actor, Command, Moment};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, HistoryId};
use crate::office::failure::Failure;
use crate::office::log::{Kind, Note};
use crate::office::notices::outbox;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::{Office, Shared, projection};
use crate::storage::agency_history::HistoryRow;
use crate::storage::case_list::{self, CaseFilter, CaseOrder, Direction};
use crate::storage::{Conn, agencies, agency_history, proceedings, tasks};

/// Cases taken over in one call.
const MOST: u32 = 200;

/// A case that was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TakenOverCase {
    /// Which.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
}

/// What became of the open cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TakingOver {
    /// Those that were taken over.
    pub taken: Vec<TakenOverCase>,
    /// Those beside which a proceeding runs: it is answered by the agency whose act it was, and they stay until it is over.
    pub staying: Vec<TakenOverCase>,
    /// Whether more wait than one call takes: ask again.
    pub more: bool,
}

impl Office {
    /// Has the successor of that entry take over the open cases of the agency, at most 200 at a time, each in a transaction of its
    /// own; asked again it goes on with what is left.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Contrary`] for an entry that names no successor, was struck or is
    /// still to come; the database's failures.
    pub async fn take_over_cases(
        &self,
        officer: &Officer,
        slug: &str,
        history: HistoryId,
    ) -> Result<TakingOver, Failure> {
        let (shared, asking, slug) = (self.shared(), officer.clone(), slug.to_owned());
        let (rows, more, to) = self
            .db()
            .read(move |conn| {
                let agency = kept_by(conn, &asking, &slug)?;
                let entry = agency_history::load(conn, history)?;
                if entry.agency_id != agency.id {
                    return Err(Failure::Missing);
                }
                let to = successor_of(&entry, day_in_china(shared.clock.now()))?;
                // Both are theirs to keep: nobody gives cases away to an agency that is not.
                permit(&asking, Deed::Administer, &projection::lineage(conn, to)?)?;
                let filter = CaseFilter { agencies: vec![agency.id], open: Some(true), ..CaseFilter::default() };
                let order = CaseOrder::CreatedAt { after: None };
                let page = case_list::list(conn, &filter, order, Direction::Ascending, MOST)?;
                Ok((page.rows, page.next.is_some(), to))
            })
            .await?;
        let mut answer = TakingOver { taken: Vec::new(), staying: Vec::new(), more };
        for row in rows {
            let told = TakenOverCase { case: row.id, number: row.number.unwrap_or(row.receipt_no) };
            let (shared, officer) = (self.shared(), officer.clone());
            let case = row.id;
            if self.db().write(move |conn| take_over(conn, &shared, &officer, case, to, history)).await? {
                answer.taken.push(told);
            } else {
                answer.staying.push(told);
            }
        }
        Ok(answer)
    }
}

fn successor_of(entry: &HistoryRow, today: chrono::NaiveDate) -> Result<AgencyId, Failure> {
    if entry.struck_at.is_some() {
        return Err(Failure::contrary("该记录已经撤销。", "That entry was struck."));
    }
    if entry.on_day > today {
        return Err(Failure::contrary(
            format!("{}起才生效，届时再移交。", crate::clock::in_chinese(entry.on_day)),
            format!("It takes effect on {}; the cases are taken over from then on.", entry.on_day),
        ));
    }
    entry.successor_id.ok_or_else(|| Failure::contrary("更名没有承继机关。", "A renaming has no successor."))
}

/// One case; false for one beside which a proceeding runs.
fn take_over(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    id: CaseId,
    to: AgencyId,
    history: HistoryId,
) -> Result<bool, Failure> {
    if proceedings::any_open(conn, id)? {
        return Ok(false);
    }
    let (before, head) = projection::load(conn, id)?;
    let agency = agencies::load(conn, before.agency())?;
    let now = projection::instant_after(&before, shared.clock.now());
    let calendars = shared.calendars_in(conn)?;
    let actor = Actor::Staff { id: officer.id };
    let settings = projection::settings_of(conn, &agency)?;
    let moment = Moment { now, today: day_in_china(now), calendars: &calendars, actor, settings };
    let events = case::decide(&before, Command::TakeOver { to, history }, &moment)
        .map_err(|refusal| Failure::Refused { refusal, allowed: Vec::new() })?;
    let entries = case::Entry::follow(before.id, before.version, now, actor, events);
    let mut after = before.clone();
    for entry in &entries {
        after.apply(entry.clone());
    }
    projection::record(conn, shared.algorithm, Some((&before, &head)), &after, &entries, &calendars)?;
    outbox::write(conn, shared, Some(&before), &after, &entries, &calendars)?;
    tasks::move_open(conn, id, to)?;
    let note = Note::by(officer, Kind::AgencyHistoryRecorded).of(id).at(to).fact("taken_over", history);
    note.write(conn, shared)?;
    Ok(true)
}
