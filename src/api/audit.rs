//! Seals over the journals, the proof that a case lies under one, what the last audit found; and the log: who looked at what,
//! who kept house how.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::log::{LogPage, LogQuery, ReadingsQuery};
use crate::office::seals::{HeadProof, SealView, Verification};

/// A page of seals.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SealQuery {
    /// Those of smaller numbers only.
    pub before: Option<u64>,
}

/// Seals.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Seals {
    /// The newest first, fifty at most.
    pub items: Vec<SealView>,
}

/// Sealing at once; nothing further is needed.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sealing {}

/// The proof of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SealedProof)]
pub struct Proof {
    /// None before the case was sealed for the first time.
    pub proof: Option<HeadProof>,
}

/// List the seals
///
/// Each with the text that was signed, its signature, and the slip that is kept elsewhere.
#[utoipa::path(get, path = "/api/v1/audit/seals", tag = "audit", params(SealQuery),
    responses((status = 200, description = "The newest first", body = Seals)))]
pub async fn seals(staff: Staff<CheckedQuery<SealQuery>>) -> Answer {
    answer::ok(Seals { items: staff.office.seals(&staff.officer, staff.input.0.before).await? })
}

/// Seal at once
///
/// What was recorded since the last seal; the answer has no seal where that is nothing.
#[utoipa::path(post, path = "/api/v1/audit/seals", tag = "audit", request_body = Sealing,
    responses((status = 200, description = "The seals that were made", body = Seals)))]
pub async fn seal(staff: Staff<Checked<Sealing>>) -> Answer {
    answer::ok(Seals { items: staff.office.seal_on_demand(&staff.officer).await? })
}

/// Show that a case lies under a seal
///
/// The entry that was its head, the way from it to the root (RFC 9162), and the seal: to be checked with the public key alone.
#[utoipa::path(get, path = "/api/v1/cases/{id}/proof", tag = "audit", params(CaseInPath),
    responses((status = 200, description = "The proof", body = Proof)))]
pub async fn proof(staff: Staff<()>, request: HttpRequest) -> Answer {
    let case = in_path(&request, "id")?;
    answer::ok(Proof { proof: staff.office.head_proof(&staff.officer, case).await? })
}

/// What the last audit found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LastAudit {
    /// None before the first.
    pub verification: Option<Verification>,
}

/// Show what the last audit found
///
/// As `dafu audit verify` kept it: when, by whom, over how much, and the first bad place.
#[utoipa::path(get, path = "/api/v1/audit/verification", tag = "audit",
    responses((status = 200, description = "What was found", body = LastAudit)))]
pub async fn verification(staff: Staff<()>) -> Answer {
    answer::ok(LastAudit { verification: staff.office.verification(&staff.officer).await? })
}

/// List the entries of the log
///
/// Looks, searches, downloads and exports; sign-ins, accounts, permissions and settings, with values before and after. For
/// auditors, of their agencies and those below. Reading it is an entry too.
#[utoipa::path(get, path = "/api/v1/audit/entries", tag = "audit", params(LogQuery),
    responses((status = 200, description = "The newest first", body = LogPage)))]
pub async fn entries(staff: Staff<CheckedQuery<LogQuery>>) -> Answer {
    answer::ok(staff.office.log_entries(&staff.officer, staff.input.0).await?)
}

/// List who looked into a case
///
/// For supervisors and auditors; where a look came from and what was typed is for auditors alone. Reading it is an entry too.
#[utoipa::path(get, path = "/api/v1/cases/{id}/readings", tag = "audit", params(CaseInPath, ReadingsQuery),
    responses((status = 200, description = "The newest first", body = LogPage)))]
pub async fn readings(staff: Staff<CheckedQuery<ReadingsQuery>>, request: HttpRequest) -> Answer {
    let case = in_path(&request, "id")?;
    answer::ok(staff.office.case_readings(&staff.officer, case, staff.input.0).await?)
}
