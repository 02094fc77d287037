//! Seals over the journals, and the proof that a case lies under one.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::seals::{HeadProof, SealView};

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
