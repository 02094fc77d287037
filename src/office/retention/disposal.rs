//! Lists of files to be destroyed: one proposes, looks through them file by file and strikes off what is still wanted; another
//! approves (house rule 34). What happens then is told in `destroying`.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::plan;
use crate::case::decide::retention::{may_be_destroyed, two_people};
use crate::case::{Actor, Refusal};
use crate::ids::{CaseId, DisposalId, StaffId};
use crate::law::coded::coded;
use crate::law::outcome::Outcome;
use crate::law::retention::Term;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::projection;
use crate::office::queue::visible;
use crate::office::reading::name_of;
use crate::office::views::{AgencyName, StaffName, Term as Named, term};
use crate::office::{Office, Shared};
use crate::storage::disposals::{self, DisposalRow, ItemRow};
use crate::storage::{Conn, StoreError, agencies, counters, legal_holds};

/// Files on one list: as many as one person can look through.
const MOST: usize = 2000;

/// Lists shown at once.
const SHOWN: i64 = 100;

/// The series of the numbers of certificates.
const SERIES: &str = "destruction";

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

fn propose(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    input: &Proposal,
) -> Result<WholeDisposal, Failure> {
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
    disposals::insert(conn, &row, &items).map_err(|error| match error {
        // Somebody else listed one of them first: it is done again on what now stands.
        StoreError::Conflict => Failure::Busy,
        other => other.into(),
    })?;
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

/// Nobody approves what they proposed: neither as themselves nor for another, whichever of the two stood in. Nor does anybody
/// who stands in today for whoever proposed it.
fn not_ones_own(row: &DisposalRow, officer: &Officer, by: (StaffId, Option<StaffId>)) -> Result<(), Refusal> {
    let proposed: Vec<StaffId> = std::iter::once(row.proposed_by).chain(row.proposed_for).collect();
    let approve: Vec<StaffId> = [by.0].into_iter().chain(by.1).collect();
    two_people(&proposed, &approve)?;
    // Whoever is lent a role by the proposer could approve in one's own right and still be the proposer's hand.
    let stands_in = officer.stands_in_for();
    let own = by.1.is_none();
    if own { Ok(()) } else { two_people(&proposed, &stands_in) }
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

fn view(conn: &mut Conn, officer: &Officer, row: &DisposalRow) -> Result<DisposalView, Failure> {
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

fn whole(conn: &mut Conn, officer: &Officer, id: DisposalId) -> Result<WholeDisposal, Failure> {
    let row = permitted(conn, officer, Deed::Retain, id)?;
    let list = view(conn, officer, &row)?;
    let items = disposals::items(conn, id)?;
    let items = items.into_iter().map(|item| listed(conn, item)).collect::<Result<_, _>>()?;
    Ok(WholeDisposal { list, items })
}

fn listed(conn: &mut Conn, item: ItemRow) -> Result<ListedFile, Failure> {
    let outcome: Outcome = item.outcome.parse().map_err(Failure::broken)?;
    let kept: Term = item.term.parse().map_err(Failure::broken)?;
    let struck: Option<StruckFor> =
        item.struck_for.as_deref().map(str::parse).transpose().map_err(Failure::broken)?;
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
