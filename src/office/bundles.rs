//! Bundles of evidence: the whole file of a case in one archive, for a reconsideration body, a court or an inspection. Asked for
//! here, made by whichever instance is free, kept like any file of the case for some days, and taken out of the house; each
//! asking and each taking out is written down.

mod bundling;
mod contents;
mod job;
mod lives;
mod making;
mod material;
mod papers;
mod setting;
mod told;

pub(super) use bundling::Bundling;
pub(super) use papers::Content;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::files::reading::HandedOut;
use super::identity_view::AccessReason;
use super::log::{Kind, Note};
use super::permission::{Deed, Officer, permit};
use super::views::{StaffName, Term, term};
use super::{Office, Shared, projection, reading};
use crate::ids::{BundleId, CaseId};
use crate::law::coded::coded;
use crate::storage::bundles::{self, BundleRow};
use crate::storage::{Conn, files};

/// What the program itself tells of a case, for its file in an archive.
///
/// # Errors
/// As [`material::Material::read`].
pub(super) fn told_for_an_archive(conn: &mut Conn, shared: &Shared, case: CaseId) -> Result<Vec<Content>, Failure> {
    let material = material::Material::read(conn, shared, case, false)?;
    Ok(papers::told_for_an_archive(&material))
}

coded! {
    /// How far a bundle has come.
    pub enum BundleState {
        /// Asked for.
        Waiting = "waiting", "等待生成", "waiting";
        /// Being made.
        Working = "working", "正在生成", "being made";
        /// Made.
        Ready = "ready", "可以下载", "ready";
        /// It could not be made.
        Failed = "failed", "没有生成", "not made";
        /// Taken away after its days.
        Removed = "removed", "到期已删除", "taken away";
    }
}

/// Which bundle is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BundleRequest {
    /// Whether numbers and addresses of people, and what came with the application, are left out; if missing, they are.
    pub masked: Option<bool>,
    /// Why not, where they are not: `identity_check`, `service`, `fee`, `likeness`, `proceeding` or `other`.
    #[schema(value_type = Option<String>, example = "proceeding")]
    pub reason: Option<AccessReason>,
}

/// A bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BundleView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: BundleId,
    /// Its case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Who asked for it.
    pub asked_by: StaffName,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Whether numbers and addresses of people are left out.
    pub masked: bool,
    /// Why not, where they are not.
    pub reason: Option<Term>,
    /// How far it has come.
    pub state: Term,
    /// The same in steps: so many are done …
    pub done: i32,
    /// … of so many.
    pub total: i32,
    /// How many entries of the journal are in it.
    pub entries: Option<i32>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// The SHA-256 of the whole file.
    pub sha256: Option<String>,
    /// When it was made, or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// When it is taken away.
    pub expires_at: Option<DateTime<Utc>>,
    /// Why it could not be made, in Chinese.
    pub fault_zh: Option<String>,
    /// The same in English.
    pub fault_en: Option<String>,
}

impl BundleView {
    /// Whether somebody is at it, or will be.
    #[must_use]
    pub fn is_underway(&self) -> bool {
        [BundleState::Waiting.as_str(), BundleState::Working.as_str()].contains(&self.state.code)
    }

    /// Whether it can be fetched.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.state.code == BundleState::Ready.as_str()
    }

    fn of(conn: &mut Conn, row: BundleRow) -> Result<Self, Failure> {
        let state: BundleState = row.state.parse().map_err(Failure::broken)?;
        let reason: Option<AccessReason> =
            row.reason_code.map(|code| code.parse()).transpose().map_err(Failure::broken)?;
        let asked_by = reading::name_of(conn, Some(row.asked_by))?.ok_or(Failure::Missing)?;
        Ok(Self {
            id: row.id,
            case: row.case_id,
            asked_by,
            asked_at: row.asked_at,
            masked: row.masked,
            reason: reason.map(|reason| term!(reason)),
            state: term!(state),
            done: row.done,
            total: row.total,
            entries: row.entries,
            size: row.size.map(u64::try_from).transpose().map_err(Failure::broken)?,
            sha256: row.sha256,
            ended_at: row.ended_at,
            expires_at: row.expires_at,
            fault_zh: row.fault_zh,
            fault_en: row.fault_en,
        })
    }
}

impl Office {
    /// Asks for a bundle of a case. While one of the same kind is on its way, that is the answer.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] at `/reason` where it is not to be masked and nobody
    /// says why; the database's failures.
    pub async fn ask_for_bundle(
        &self,
        officer: &Officer,
        case: CaseId,
        request: BundleRequest,
    ) -> Result<BundleView, Failure> {
        let masked = request.masked.unwrap_or(true);
        let (shared, officer) = (self.shared(), officer.clone());
        let view = self
            .db()
            .write(move |conn| {
                permit_bundle(conn, &officer, case)?;
                let reason = match (masked, request.reason) {
                    (true, _) => None,
                    (false, Some(reason)) => Some(reason),
                    (false, None) => {
                        return Err(Failure::invalid(
                            "/reason",
                            "不隐去个人信息的证据包须说明用途。",
                            "Say what a bundle is for that leaves nothing out.",
                        ));
                    }
                };
                let now = shared.clock.now();
                write_down(conn, &shared, &officer, case, Kind::BundleAsked, reason)?;
                let alike = |row: &BundleRow| {
                    row.masked == masked && [bundles::WAITING, bundles::WORKING].contains(&row.state.as_str())
                };
                if let Some(row) = bundles::list(conn, case)?.into_iter().find(alike) {
                    return BundleView::of(conn, row);
                }
                let row = BundleRow {
                    id: BundleId::new(now, &mut shared.randomness.clone()),
                    case_id: case,
                    asked_by: officer.id,
                    asked_at: now,
                    masked,
                    reason_code: reason.map(|reason| reason.as_str().to_owned()),
                    state: bundles::WAITING.to_owned(),
                    done: 0,
                    total: 0,
                    attempts: 0,
                    held_by: None,
                    held_until: None,
                    file_id: None,
                    entries: None,
                    size: None,
                    sha256: None,
                    ended_at: None,
                    expires_at: None,
                    fault_zh: None,
                    fault_en: None,
                };
                bundles::insert(conn, &row)?;
                BundleView::of(conn, row)
            })
            .await?;
        self.begin_making();
        Ok(view)
    }

    /// The bundles of a case, the newest first.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn bundles(&self, officer: &Officer, case: CaseId) -> Result<Vec<BundleView>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                permit_bundle(conn, &officer, case)?;
                let rows = bundles::list(conn, case)?;
                rows.into_iter().map(|row| BundleView::of(conn, row)).collect()
            })
            .await
    }

    /// A bundle.
    ///
    /// # Errors
    /// As [`Office::bundles`].
    pub async fn bundle(&self, officer: &Officer, id: BundleId) -> Result<BundleView, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let row = bundles::load(conn, id)?;
                permit_bundle(conn, &officer, row.case_id)?;
                BundleView::of(conn, row)
            })
            .await
    }

    /// The bytes of a bundle. That they were taken out is written down before the first of them goes.
    ///
    /// # Errors
    /// As [`Office::bundles`]; [`Failure::Contrary`] for one that is not made, or was taken away.
    pub async fn bundle_file(&self, officer: &Officer, id: BundleId) -> Result<HandedOut, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let kept = self
            .db()
            .write(move |conn| {
                let row = bundles::load(conn, id)?;
                permit_bundle(conn, &officer, row.case_id)?;
                let file = row.file_id.filter(|_| row.state == bundles::READY).ok_or_else(|| {
                    Failure::contrary(
                        "证据包还没有生成，或者已经到期删除；请重新生成。",
                        "The bundle is not made yet, or was taken away: ask for it again.",
                    )
                })?;
                let reason = row.reason_code.map(|code| code.parse()).transpose().map_err(Failure::broken)?;
                write_down(conn, &shared, &officer, row.case_id, Kind::BundleTaken, reason)?;
                let row = files::load(conn, file)?;
                super::files::keeping::Kept::of(conn, &shared, row)
            })
            .await?;
        self.hand_out(kept).await
    }
}

/// Whether this officer takes files of the case's agency out of the house.
fn permit_bundle(conn: &mut Conn, officer: &Officer, case: CaseId) -> Result<(), Failure> {
    let (case, _) = projection::load(conn, case)?;
    permit(officer, Deed::Bundle, &projection::lineage(conn, case.agency())?)
}

fn write_down(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    case: CaseId,
    kind: Kind,
    reason: Option<AccessReason>,
) -> Result<(), Failure> {
    let (case, _) = projection::load(conn, case)?;
    let absent = officer.acts_as(Deed::Bundle, &projection::lineage(conn, case.agency())?).absent();
    let note = Note::by(officer, kind).of(case.id).at(case.agency()).in_place_of(absent);
    let note = match reason {
        Some(reason) => note.fact("reason", reason),
        None => note,
    };
    note.write(conn, shared)
}
