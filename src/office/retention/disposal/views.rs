//! A list as it is shown, file by file.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{acts_as, may_change, not_ones_own, permitted};
use crate::ids::{CaseId, DisposalId};
use crate::law::coded::coded;
use crate::law::outcome::Outcome;
use crate::law::retention::Term;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::projection;
use crate::office::reading::name_of;
use crate::office::views::{AgencyName, StaffName, Term as Named, term};
use crate::storage::disposals::{self, DisposalRow, ItemRow};
use crate::storage::{Conn, agencies};

coded! {
    /// Why a file is struck off a list.
    pub enum StruckFor {
        /// It is still used.
        InUse = "in_use", "仍需利用", "still in use";
        /// It is worth more than its term says.
        LastingValue = "lasting_value", "具有继续保存价值", "of lasting value";
        /// A proceeding is to be expected.
        ProceedingExpected = "proceeding_expected", "可能发生复议、诉讼", "a proceeding is expected";
        /// It should not have been listed.
        Mistake = "mistake", "误列", "listed by mistake";
        /// The list was given up.
        ListDropped = "list_dropped", "清册作废", "the list was given up";
    }
}

coded! {
    /// How a list stands.
    pub enum ListState {
        /// It waits for another to approve it.
        Proposed = "proposed", "待批准", "waits for approval";
        /// What is on it is being destroyed.
        Approved = "approved", "正在销毁", "being carried out";
        /// All of it is destroyed.
        Done = "done", "已销毁", "destroyed";
        /// It was given up.
        Dropped = "dropped", "已作废", "given up";
    }
}

/// A file on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedFile {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The day it was closed.
    pub closed_on: NaiveDate,
    /// How it ended.
    pub outcome: Named,
    /// How long it was kept.
    pub term: Named,
    /// The last day of that.
    pub kept_until: NaiveDate,
    /// Why it was struck off, if it was.
    pub struck_for: Option<Named>,
    /// By whom.
    pub struck_by: Option<StaffName>,
    /// When its key was destroyed.
    pub destroyed_at: Option<DateTime<Utc>>,
    /// The entry of its journal that says so.
    pub head_seq: Option<u32>,
    /// The hash of that entry.
    pub head: Option<String>,
    /// Why it could not be destroyed when it was last tried.
    pub fault: Option<String>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DisposalView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: DisposalId,
    /// The agency.
    pub agency: AgencyName,
    /// How it stands.
    pub state: Named,
    /// The number of its certificate, from its approval on.
    pub certificate: Option<String>,
    /// Who proposed it.
    pub proposed_by: Option<StaffName>,
    /// In whose place.
    pub proposed_for: Option<StaffName>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who approved it or gave it up.
    pub decided_by: Option<StaffName>,
    /// In whose place.
    pub decided_for: Option<StaffName>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// When the last file was gone.
    pub done_at: Option<DateTime<Utc>>,
    /// How many files stand on it.
    pub files: i64,
    /// How many of them have lost their key.
    pub without_key: i64,
    /// How many are wholly gone, their bytes too.
    pub gone: i64,
    /// Whether this reader may approve it.
    pub may_approve: bool,
    /// Whether this reader may strike files off and give it up.
    pub may_change: bool,
}

/// A list with its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WholeDisposal {
    /// The list.
    #[serde(flatten)]
    pub list: DisposalView,
    /// The files, in the order of their closing, those struck off too.
    pub items: Vec<ListedFile>,
}

/// A list for its reader: how it stands, how far it is carried out, what this reader may do with it.
///
/// # Errors
/// The database's failures.
pub(super) fn view(conn: &mut Conn, officer: &Officer, row: &DisposalRow) -> Result<DisposalView, Failure> {
    let agency = agencies::load(conn, row.agency_id)?;
    let state: ListState = row.state.parse().map_err(Failure::broken)?;
    let (files, without_key, gone) = disposals::progress(conn, row.id)?;
    let lineage = projection::lineage(conn, row.agency_id)?;
    let by = acts_as(conn, officer, Deed::ApproveDisposal, row)?;
    let waits = state == ListState::Proposed;
    Ok(DisposalView {
        id: row.id,
        agency: AgencyName { slug: agency.slug, name: agency.name },
        state: term!(state),
        certificate: row.certificate.clone(),
        proposed_by: name_of(conn, Some(row.proposed_by))?,
        proposed_for: name_of(conn, row.proposed_for)?,
        proposed_at: row.proposed_at,
        decided_by: name_of(conn, row.decided_by)?,
        decided_for: name_of(conn, row.decided_for)?,
        decided_at: row.decided_at,
        done_at: row.done_at,
        files,
        without_key,
        gone,
        may_approve: waits
            && permit(officer, Deed::ApproveDisposal, &lineage).is_ok()
            && not_ones_own(row, officer, by).is_ok(),
        may_change: (waits || state == ListState::Approved) && may_change(conn, officer, row).is_ok(),
    })
}

/// The same with its files.
///
/// # Errors
/// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
pub(super) fn whole(conn: &mut Conn, officer: &Officer, id: DisposalId) -> Result<WholeDisposal, Failure> {
    let row = permitted(conn, officer, Deed::Retain, id)?;
    let list = view(conn, officer, &row)?;
    let items = disposals::items(conn, id)?;
    let items = items.into_iter().map(|item| listed(conn, item)).collect::<Result<_, _>>()?;
    Ok(WholeDisposal { list, items })
}

fn listed(conn: &mut Conn, item: ItemRow) -> Result<ListedFile, Failure> {
    let outcome: Outcome = item.outcome.parse().map_err(Failure::broken)?;
    let kept: Term = item.term.parse().map_err(Failure::broken)?;
    let struck: Option<StruckFor> = item.struck_for.as_deref().map(str::parse).transpose().map_err(Failure::broken)?;
    Ok(ListedFile {
        case: item.case_id,
        number: item.number,
        closed_on: item.closed_on,
        outcome: term!(outcome),
        term: term!(kept),
        kept_until: item.kept_until,
        struck_for: struck.map(|reason| term!(reason)),
        struck_by: name_of(conn, item.struck_by)?,
        destroyed_at: item.destroyed_at,
        head_seq: item.head_seq.map(u32::try_from).transpose().map_err(Failure::broken)?,
        head: item.head,
        fault: item.fault,
    })
}
