//! The desk at a glance: how many cases lie in each queue, and the query that lists them. Two statements, however many
//! cases there are, over the very agencies that the list is over.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{CaseQuery, visible};
use crate::case::Stage;
use crate::clock::day_in_china;
use crate::ids::StaffId;
use crate::law::coded::coded;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::views::{Term, term};
use crate::office::{Office, Shared};
use crate::storage::Conn;
use crate::storage::case_list::{self, CaseFilter};
use crate::storage::desk_counts::{self, StageCount};

/// Calendar days, today among them, of what was closed of late.
const RECENT: Days = Days::new(29);

coded! {
    /// A queue of the desk.
    pub enum DeskQueue {
        /// Receipt is to be confirmed (art. 31).
        ToConfirm = "to_confirm", "待确认收到", "receipt to be confirmed";
        /// To be entered in the register (art. 45).
        ToRegister = "to_register", "待登记", "to be registered";
        /// To be given to a handler, or claimed.
        ToAssign = "to_assign", "待分办", "to be assigned";
        /// With the reader, and those in whose place the reader stands.
        HandlingMine = "handling_mine", "我的在办", "handled by me";
        /// With any handler.
        HandlingAll = "handling_all", "全部在办", "being handled";
        /// The applicant's correction is awaited (art. 30).
        AwaitingCorrection = "awaiting_correction", "待补正", "waiting for a correction";
        /// The opinion of others is awaited (arts 32–34).
        Consulting = "consulting", "征求意见中", "consulting others";
        /// The applicant's payment is awaited (art. 42).
        AwaitingPayment = "awaiting_payment", "待缴费", "waiting for payment";
        /// The draft is to be reviewed.
        ToReview = "to_review", "待审核", "to be reviewed";
        /// Its legality is.
        LegalReview = "legal_review", "待法制审核", "legal review";
        /// Its secrecy is (art. 17). Where lawyers read it side by side, it lies with them until they are done.
        SecrecyReview = "secrecy_review", "待保密审查", "secrecy review";
        /// It is to be signed.
        ToSign = "to_sign", "待签发", "to be signed";
        /// It is to be served.
        ToServe = "to_serve", "待送达", "to be served";
        /// What was due before today, in whatever stage.
        Overdue = "overdue", "已逾期", "overdue";
        /// Closed within thirty days.
        ClosedRecently = "closed_recently", "近30日办结", "closed within 30 days";
    }
}

/// Whose cases to count.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
}

/// One queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QueueCount {
    /// Which.
    pub queue: Term,
    /// How many cases lie in it.
    pub count: i64,
    /// What lists them: goes behind the `?` of `GET /cases` as it is.
    pub query: String,
}

/// Every queue of the desk, in the order of a case's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QueueCounts {
    /// Today: what is overdue and what was closed of late is reckoned from it.
    pub as_of: NaiveDate,
    /// The queues, those with nothing in them too.
    pub queues: Vec<QueueCount>,
}

impl DeskQueue {
    /// The stage whose cases it holds; none where it holds cases of several.
    const fn stage(self) -> Option<Stage> {
        match self {
            Self::ToConfirm => Some(Stage::Confirming),
            Self::ToRegister => Some(Stage::Registering),
            Self::ToAssign => Some(Stage::Assigning),
            Self::HandlingMine | Self::HandlingAll => Some(Stage::Handling),
            Self::AwaitingCorrection => Some(Stage::Correcting),
            Self::Consulting => Some(Stage::Consulting),
            Self::AwaitingPayment => Some(Stage::Paying),
            Self::ToReview => Some(Stage::Reviewing),
            Self::LegalReview => Some(Stage::LegalReviewing),
            Self::SecrecyReview => Some(Stage::SecrecyReviewing),
            Self::ToSign => Some(Stage::Signing),
            Self::ToServe => Some(Stage::Serving),
            Self::Overdue | Self::ClosedRecently => None,
        }
    }

    /// What lists it.
    fn query(self, agency: Option<&str>, today: NaiveDate) -> CaseQuery {
        CaseQuery {
            agency: agency.map(str::to_owned),
            stage: self.stage().map(|stage| stage.as_str().to_owned()),
            handler: (self == Self::HandlingMine).then(|| "me".to_owned()),
            overdue: (self == Self::Overdue).then_some(true),
            closed_from: (self == Self::ClosedRecently).then(|| today - RECENT),
            ..CaseQuery::default()
        }
    }
}

impl Office {
    /// How many cases lie in each queue of the desk.
    ///
    /// # Errors
    /// [`Failure::Missing`] for an agency one may not see; [`Failure::Forbidden`] for somebody who reads no cases; the
    /// database's failures.
    pub async fn queue_counts(&self, officer: &Officer, query: CountQuery) -> Result<QueueCounts, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| counts(conn, &shared, &officer, query.agency.as_deref())).await
    }
}

fn counts(conn: &mut Conn, shared: &Shared, officer: &Officer, agency: Option<&str>) -> Result<QueueCounts, Failure> {
    let today = day_in_china(shared.clock.now());
    let agencies = visible(conn, officer, Deed::Read, agency)?;
    let handlers: Vec<StaffId> = std::iter::once(officer.id).chain(officer.stands_in_for()).collect();
    let open = desk_counts::count_open_by_stage(conn, &agencies, &handlers, today)?;
    let closed = CaseFilter { agencies, closed_from: Some(today - RECENT), ..CaseFilter::default() };
    let closed = case_list::count(conn, &closed)?;
    let mut queues = Vec::new();
    for queue in DeskQueue::ALL.iter().copied() {
        let count = match queue {
            DeskQueue::Overdue => open.iter().map(|stage| stage.overdue).sum(),
            DeskQueue::ClosedRecently => closed,
            DeskQueue::HandlingMine => of_stage(&open, queue).map_or(0, |stage| stage.theirs),
            _ => of_stage(&open, queue).map_or(0, |stage| stage.open),
        };
        queues.push(QueueCount { queue: term!(queue), count, query: queue.query(agency, today).text()? });
    }
    Ok(QueueCounts { as_of: today, queues })
}

fn of_stage(counted: &[StageCount], queue: DeskQueue) -> Option<&StageCount> {
    let stage = queue.stage()?;
    counted.iter().find(|one| one.stage == stage.as_str())
}
