//! Who has how much on the desk, and how much of it presses: over an agency and all below it, as of any day.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{SOON, day_asked_for, names_on};
use crate::case::Stage;
use crate::clock::end_of_day_in_china;
use crate::ids::StaffId;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::views::{AgencyName, StaffName};
use crate::office::{Office, Shared};
use crate::storage::due_spans::{self, AsOf, Load};
use crate::storage::{Conn, staff};

/// Stages in which nobody in the office can do anything but wait.
pub(super) const WAITING_ON_OTHERS: &[Stage] = &[Stage::Correcting, Stage::Consulting, Stage::Paying];

/// Whose work.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorkloadQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// As of the end of that day; as of now if missing.
    pub as_of: Option<NaiveDate>,
}

/// Numbers of open cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// All that are open.
    pub open: i64,
    /// Due that day or within the five working days after it.
    pub due_soon: i64,
    /// Due before that day. As on the list of what is overdue, a correction window that has closed is among them.
    pub overdue: i64,
    /// Waiting for others: for a correction, an opinion or a payment. They are among the open, and may be due or overdue as well.
    pub waiting: i64,
}

/// What lies with one handler of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HandlerLoad {
    /// The agency.
    pub agency: AgencyName,
    /// The handler; null for what lies with nobody yet.
    pub handler: Option<StaffName>,
    /// How much.
    pub counts: Counts,
}

/// The work of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Workload {
    /// The day as of which it is answered.
    pub as_of: NaiveDate,
    /// All together.
    pub total: Counts,
    /// Agency by agency, who has most overdue first, then who has most open. Who has nothing is not listed.
    pub items: Vec<HandlerLoad>,
}

impl Office {
    /// What lies with whom.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for a day in the future, [`Failure::Missing`] for an agency one may not see,
    /// [`Failure::Forbidden`], the database's failures.
    pub async fn workload(&self, officer: &Officer, query: WorkloadQuery) -> Result<Workload, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| workload(conn, &shared, &officer, &query)).await
    }
}

pub(super) fn workload(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    query: &WorkloadQuery,
) -> Result<Workload, Failure> {
    let day = day_asked_for(query.as_of, shared.clock.now()).map_err(|problem| Failure::Invalid(vec![problem]))?;
    let at = end_of_day_in_china(day);
    let last = shared.calendars_in(conn)?.known_at(at).nth_working_day_after(day, SOON);
    let as_of = AsOf {
        at,
        agencies: visible(conn, officer, Deed::Supervise, query.agency.as_deref())?,
        handler: None,
        stage: None,
        due_from: None,
        due_before: None,
    };
    let waiting: Vec<&str> = WAITING_ON_OTHERS.iter().map(|stage| stage.as_str()).collect();
    let loads = due_spans::count_by_handler(conn, &as_of, day, last.succ_opt().unwrap_or(last), &waiting)?;
    let agencies = names_on(conn, day)?;
    let people: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let mut total = Counts::default();
    let mut items: Vec<HandlerLoad> = Vec::new();
    for ((agency, handler), load) in loads {
        let Some(agency) = agencies.get(&agency).cloned() else { continue };
        total.add(&load);
        let mut counts = Counts::default();
        counts.add(&load);
        let handler = handler.map(|id| StaffName { id, name: people.get(&id).cloned().unwrap_or_default() });
        items.push(HandlerLoad { agency, handler, counts });
    }
    items.sort_by(|one, other| {
        let pressing = |it: &HandlerLoad| std::cmp::Reverse((it.counts.overdue, it.counts.open));
        one.agency.slug.cmp(&other.agency.slug).then_with(|| pressing(one).cmp(&pressing(other)))
    });
    Ok(Workload { as_of: day, total, items })
}

impl Counts {
    const fn add(&mut self, load: &Load) {
        self.open += load.open;
        self.due_soon += load.soon;
        self.overdue += load.overdue;
        self.waiting += load.waiting;
    }
}
