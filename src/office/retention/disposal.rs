//! Lists of files to be destroyed: one proposes, looks through them file by file and strikes off what is still wanted; another
//! approves (house rule 34). What happens then is told in `destroying`.

mod views;

use chrono::Datelike;
use serde::Deserialize;
use utoipa::ToSchema;

use self::views::{view, whole};
use super::plan;
use crate::case::decide::retention::{may_be_destroyed, two_people};
use crate::case::{Actor, Refusal};
use crate::ids::{CaseId, DisposalId, StaffId};
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::projection;
use crate::office::queue::visible;
use crate::office::{Office, Shared};
use crate::storage::disposals::{self, DisposalRow, ItemRow};
use crate::storage::{Conn, StoreError, agencies, counters, legal_holds};

pub use views::{DisposalView, ListState, ListedFile, StruckFor, WholeDisposal};

/// Files on one list: as many as one person can look through.
pub(super) const MOST: usize = 2000;

/// Lists shown at once.
const SHOWN: i64 = 100;

/// The series of the numbers of certificates.
const SERIES: &str = "destruction";

/// A list to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The agency, by its short name.
    pub agency: String,
    /// Only files that were closed in this year or earlier; whatever is due if missing.
    #[schema(minimum = 2019, maximum = 9999)]
    pub closed_through: Option<i32>,
}

/// A file to be struck off.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Striking {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Why: `in_use`, `lasting_value`, `proceeding_expected` or `mistake`.
    #[schema(value_type = String, example = "in_use")]
    pub reason: StruckFor,
}

/// An approval, or giving a list up; nothing further is needed.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {}

impl Office {
    /// The lists, the newest first.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn disposals(&self, officer: &Officer) -> Result<Vec<DisposalView>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let seen = visible(conn, &officer, Deed::Retain, None)?;
                let rows = disposals::list(conn, &seen, SHOWN)?;
                rows.into_iter().map(|row| view(conn, &officer, &row)).collect()
            })
            .await
    }

    /// One list with its files.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn disposal(&self, officer: &Officer, id: DisposalId) -> Result<WholeDisposal, Failure> {
        let officer = officer.clone();
        self.db().read(move |conn| whole(conn, &officer, id)).await
    }

    /// Lists what is due at an agency. Nothing that is held comes on a list, nor what stands on another.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Contrary`] when nothing is due; the database's failures.
    pub async fn propose_disposal(&self, officer: &Officer, input: Proposal) -> Result<WholeDisposal, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().write(move |conn| propose(conn, &shared, &officer, &input)).await
    }

    /// Strikes a file off: before the list is approved, or where the file could not be destroyed.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Contrary`] for what is gone or struck off already.
    pub async fn strike_off(
        &self,
        officer: &Officer,
        id: DisposalId,
        input: Striking,
    ) -> Result<WholeDisposal, Failure> {
        let (officer, now) = (officer.clone(), self.now());
        self.db()
            .write(move |conn| {
                let row = permitted(conn, &officer, Deed::Retain, id)?;
                may_change(conn, &officer, &row)?;
                let open = row.state == disposals::PROPOSED || row.state == disposals::APPROVED;
                if !open || disposals::item(conn, id, input.case)?.struck_at.is_some() {
                    return Err(over());
                }
                disposals::strike(conn, (id, input.case), officer.id, input.reason.as_str(), now)
                    .map_err(|error| if matches!(error, StoreError::Missing) { over() } else { error.into() })?;
                whole(conn, &officer, id)
            })
            .await
    }

    /// Approves a list that another has proposed: from here on it is carried out.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Refused`] for one's own list, or one in whose place or for
    /// whom it was proposed, and for a file that is held by now; [`Failure::Contrary`] once it was decided on.
    pub async fn approve_disposal(&self, officer: &Officer, id: DisposalId) -> Result<WholeDisposal, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().write(move |conn| approve(conn, &shared, &officer, id)).await
    }

    /// Gives a list up: nothing on it is destroyed.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Contrary`] once it was decided on.
    pub async fn drop_disposal(&self, officer: &Officer, id: DisposalId) -> Result<WholeDisposal, Failure> {
        let (officer, now) = (officer.clone(), self.now());
        self.db()
            .write(move |conn| {
                let row = permitted(conn, &officer, Deed::Retain, id)?;
                may_change(conn, &officer, &row)?;
                if row.state != disposals::PROPOSED {
                    return Err(over());
                }
                for item in disposals::items(conn, id)?.into_iter().filter(|item| item.struck_at.is_none()) {
                    let reason = StruckFor::ListDropped.as_str();
                    disposals::strike(conn, (id, item.case_id), officer.id, reason, now)?;
                }
                let by = acts_as(conn, &officer, Deed::Dispose, &row)?;
                disposals::decide(conn, id, disposals::DROPPED, None, by, now).map_err(decided_before)?;
                whole(conn, &officer, id)
            })
            .await
    }
}

fn propose(conn: &mut Conn, shared: &Shared, officer: &Officer, input: &Proposal) -> Result<WholeDisposal, Failure> {
    let agency = agencies::find_by_slug(conn, &input.agency)?.ok_or(Failure::Missing)?;
    let lineage = projection::lineage(conn, agency.id)?;
    permit(officer, Deed::Dispose, &lineage)?;
    let now = shared.clock.now();
    let due = plan::due(conn, agency.id, input.closed_through, crate::clock::day_in_china(now), MOST)?;
    if due.is_empty() {
        return Err(Failure::contrary(
            "没有保管期限届满、可以列入销毁清册的案卷；已被暂停销毁或者已在其他清册上的，不再列入。",
            "No file is due: nothing whose term is over and that is neither held nor on another list.",
        ));
    }
    let by = officer.acts_as(Deed::Dispose, &lineage);
    let row = DisposalRow {
        id: DisposalId::new(now, &mut shared.randomness.clone()),
        agency_id: agency.id,
        state: disposals::PROPOSED.to_owned(),
        certificate: None,
        proposed_by: officer.id,
        proposed_for: by.absent(),
        proposed_at: now,
        decided_by: None,
        decided_for: None,
        decided_at: None,
        done_at: None,
    };
    let items: Vec<ItemRow> = due
        .into_iter()
        .map(|one| ItemRow {
            disposal_id: row.id,
            case_id: one.row.case_id,
            number: one.row.number.unwrap_or(one.row.receipt_no),
            closed_on: one.row.closed_on,
            outcome: one.row.outcome,
            term: one.term.as_str().to_owned(),
            kept_until: one.kept_until,
            struck_by: None,
            struck_at: None,
            struck_for: None,
            destroyed_at: None,
            head_seq: None,
            head: None,
            objects: "[]".to_owned(),
            swept_at: None,
            fault: None,
        })
        .collect();
    // Somebody else listed one of them first: it is done again on what now stands.
    disposals::insert(conn, &row, &items).map_err(Failure::of_race)?;
    whole(conn, officer, row.id)
}

fn approve(conn: &mut Conn, shared: &Shared, officer: &Officer, id: DisposalId) -> Result<WholeDisposal, Failure> {
    let row = permitted(conn, officer, Deed::ApproveDisposal, id)?;
    if row.state != disposals::PROPOSED {
        return Err(over());
    }
    let by = acts_as(conn, officer, Deed::ApproveDisposal, &row)?;
    not_ones_own(&row, officer, by).map_err(refused)?;
    let now = shared.clock.now();
    let today = crate::clock::day_in_china(now);
    let standing: Vec<ItemRow> =
        disposals::items(conn, id)?.into_iter().filter(|item| item.struck_at.is_none()).collect();
    if standing.is_empty() {
        return Err(Failure::contrary("清册上没有案卷。", "No file stands on this list."));
    }
    let ids: Vec<CaseId> = standing.iter().map(|item| item.case_id).collect();
    let held = legal_holds::held(conn, &ids)?;
    for item in &standing {
        let (case, _) = projection::load(conn, item.case_id)?;
        let held = held.contains(&item.case_id);
        may_be_destroyed(&case, Some(item.kept_until), held, today).map_err(refused)?;
    }
    let agency = agencies::load(conn, row.agency_id)?;
    let number = counters::next(conn, agency.id, today.year(), SERIES)?;
    let certificate = format!("{}销〔{}〕{number}号", agency.number_mark, today.year());
    disposals::decide(conn, id, disposals::APPROVED, Some(&certificate), by, now).map_err(decided_before)?;
    whole(conn, officer, id)
}

fn refused(refusal: Refusal) -> Failure {
    Failure::Refused { refusal, allowed: Vec::new() }
}

/// Nobody approves what they proposed: neither as themselves nor for another, whichever of the two stood in. Whoever has the right
/// only by lending must not have it from anybody who proposed, though another lends it as well.
fn not_ones_own(row: &DisposalRow, officer: &Officer, by: (StaffId, Option<StaffId>)) -> Result<(), Refusal> {
    let proposed: Vec<StaffId> = std::iter::once(row.proposed_by).chain(row.proposed_for).collect();
    two_people(&proposed, &[by.0])?;
    match by.1 {
        Some(_) => two_people(&proposed, &officer.stands_in_for()),
        None => Ok(()),
    }
}

fn over() -> Failure {
    Failure::contrary(
        "该清册或者案卷的处理已经确定，请刷新后查看。",
        "That list, or that file on it, has been decided on; reload to see it.",
    )
}

fn decided_before(error: StoreError) -> Failure {
    if matches!(error, StoreError::Conflict) { over() } else { error.into() }
}

/// As whom somebody does it: oneself, and in whose place.
fn acts_as(
    conn: &mut Conn,
    officer: &Officer,
    deed: Deed,
    row: &DisposalRow,
) -> Result<(StaffId, Option<StaffId>), Failure> {
    let actor: Actor = officer.acts_as(deed, &projection::lineage(conn, row.agency_id)?);
    Ok((officer.id, actor.absent()))
}

/// The list, for somebody who may do `deed` at its agency.
///
/// # Errors
/// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
pub(super) fn permitted(
    conn: &mut Conn,
    officer: &Officer,
    deed: Deed,
    id: DisposalId,
) -> Result<DisposalRow, Failure> {
    let row = disposals::load(conn, id)?;
    permit(officer, deed, &projection::lineage(conn, row.agency_id)?)?;
    Ok(row)
}

/// Those who propose and those who approve both look through a list.
fn may_change(conn: &mut Conn, officer: &Officer, row: &DisposalRow) -> Result<(), Failure> {
    let lineage = projection::lineage(conn, row.agency_id)?;
    permit(officer, Deed::ApproveDisposal, &lineage).or_else(|_| permit(officer, Deed::Dispose, &lineage))
}
