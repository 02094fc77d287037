//! Closed files: what is due when, what is held, the lists of what is destroyed, the packages for an archive.

use actix_web::web;
use askama::Template;
use serde_json::json;

use crate::api::file;
use crate::ids::{DisposalId, TransferId};
use crate::office::letters::reading::Format;
use crate::office::permission::Deed;
use crate::office::retention::disposal::{DisposalView, ListedFile, Proposal, Striking, StruckFor, WholeDisposal};
use crate::office::retention::holds::StandingHold;
use crate::office::retention::plan::{PlanLine, PlanQuery};
use crate::office::retention::transfer::{HandOverInput, TransferInput, TransferView};
use crate::office::views::{AgencyName, Term, term};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

#[derive(Template)]
#[template(path = "desk/retention.html")]
struct RetentionPage<'a> {
    p: &'a Frame,
    plan: Vec<PlanLine>,
    /// Agencies with files that are due, each with how many.
    due: Vec<(AgencyName, i64)>,
    holds: Vec<StandingHold>,
    lists: Vec<DisposalView>,
    transfers: Vec<TransferView>,
    may_dispose: bool,
}

#[derive(Template)]
#[template(path = "desk/disposal.html")]
struct DisposalPage<'a> {
    p: &'a Frame,
    list: DisposalView,
    items: Vec<ListedFile>,
    reasons: Vec<Term>,
}

#[derive(Template)]
#[template(path = "desk/transfer.html")]
struct TransferPage<'a> {
    p: &'a Frame,
    one: TransferView,
    today: String,
    may_dispose: bool,
}

/// The plan, and what has been begun.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    let (office, officer) = (&by.office, &by.officer);
    let plan = office.retention_plan(officer, PlanQuery::default()).await?;
    let mut due: Vec<(AgencyName, i64)> = Vec::new();
    for line in plan.iter().filter(|line| line.is_due && line.files > line.held) {
        let free = line.files - line.held;
        match due.iter_mut().find(|(agency, _)| *agency == line.agency) {
            Some((_, files)) => *files += free,
            None => due.push((line.agency.clone(), free)),
        }
    }
    let page = RetentionPage {
        p: &by.frame,
        plan,
        due,
        holds: office.holds(officer).await?,
        lists: office.disposals(officer).await?,
        transfers: office.transfers(officer).await?,
        may_dispose: officer.may_somewhere(Deed::Dispose),
    };
    page::shown(&by.frame, &page)
}

/// Lists what is due.
pub(in crate::web) async fn propose(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let input: Proposal = by.contract.body(json!({ "agency": fields.text("agency") }))?;
    let made = by.office.propose_disposal(&by.officer, input).await?;
    page::see(&format!("/desk/retention/lists/{}", made.list.id))
}

/// A list, file by file.
pub(in crate::web) async fn list(by: SignedIn, id: web::Path<DisposalId>) -> Paged {
    let WholeDisposal { list, items } = by.office.disposal(&by.officer, *id).await?;
    let by_hand = StruckFor::ALL.iter().filter(|reason| **reason != StruckFor::ListDropped);
    let reasons = by_hand.map(|reason| term!(*reason)).collect();
    page::shown(&by.frame, &DisposalPage { p: &by.frame, list, items, reasons })
}

/// Strikes a file off.
pub(in crate::web) async fn strike(sent: Sent, id: web::Path<DisposalId>) -> Paged {
    let Sent { by, fields } = sent;
    let input: Striking = by.contract.body(json!({ "case": fields.text("case"), "reason": fields.text("reason") }))?;
    by.office.strike_off(&by.officer, *id, input).await?;
    page::see(&format!("/desk/retention/lists/{id}"))
}

/// Approves a list, or gives it up.
pub(in crate::web) async fn decide(sent: Sent, path: web::Path<(DisposalId, String)>) -> Paged {
    let by = sent.by;
    let (id, decision) = path.into_inner();
    match decision.as_str() {
        "approve" => by.office.approve_disposal(&by.officer, id).await?,
        "drop" => by.office.drop_disposal(&by.officer, id).await?,
        _ => return Err(crate::office::failure::Failure::Missing.into()),
    };
    page::see(&format!("/desk/retention/lists/{id}"))
}

/// The certificate.
pub(in crate::web) async fn certificate(by: SignedIn, path: web::Path<(DisposalId, Format)>) -> Paged {
    let (id, format) = path.into_inner();
    Ok(file::handed_out(by.office.destruction_certificate(&by.officer, id, format).await?))
}

/// Puts the files of a year together.
pub(in crate::web) async fn put_together(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let year: i32 = fields.text("closed_in").parse().unwrap_or_default();
    let input: TransferInput = by.contract.body(json!({ "agency": fields.text("agency"), "closed_in": year }))?;
    let made = by.office.make_transfer(&by.officer, input).await?;
    page::see(&format!("/desk/retention/transfers/{}", made.id))
}

/// A package.
pub(in crate::web) async fn transfer(by: SignedIn, id: web::Path<TransferId>) -> Paged {
    let one = by.office.transfer(&by.officer, *id).await?;
    let (today, may_dispose) = (by.office.today().to_string(), by.officer.may_somewhere(Deed::Dispose));
    page::shown(&by.frame, &TransferPage { p: &by.frame, one, today, may_dispose })
}

/// The package as a file.
pub(in crate::web) async fn package(by: SignedIn, id: web::Path<TransferId>) -> Paged {
    let (name, pieces) = by.office.archive_package(&by.officer, *id).await?;
    Ok(file::package(&name, pieces))
}

/// Records that it was handed over.
pub(in crate::web) async fn hand_over(sent: Sent, id: web::Path<TransferId>) -> Paged {
    let Sent { by, fields } = sent;
    let input: HandOverInput = by.contract.body(json!({
        "archive": fields.text("archive"), "receipt_no": fields.text("receipt_no"), "on": fields.text("on"),
    }))?;
    by.office.hand_over(&by.officer, *id, input).await?;
    page::see(&format!("/desk/retention/transfers/{id}"))
}
