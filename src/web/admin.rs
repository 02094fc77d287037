//! Administration: agencies and what their forms ask, accounts, the calendar, the wording of notices, what goes out, what the scheduler did, the
//! settings in force.

pub(super) mod account;
pub(super) mod agencies;
pub(super) mod calendar;
pub(super) mod form;
pub(super) mod history;
pub(super) mod import;
pub(super) mod letters;
pub(super) mod new_agency;
pub(super) mod outbox;
pub(super) mod rules;
pub(super) mod scheduler;
pub(super) mod settings;
pub(super) mod staff;
pub(super) mod wordings;

use actix_web::HttpRequest;
use askama::Template;

use super::fields::Fields;
use super::frame::Frame;
use super::page::{self, Paged};
use super::signed_in::SignedIn;
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::permission::Deed;
use crate::office::views::{AgencyName, Term, term};

#[derive(Template)]
#[template(path = "admin/index.html")]
struct Index<'a> {
    p: &'a Frame,
    agencies: Vec<AgencyName>,
    /// Whose wordings are listed.
    chosen: Option<AgencyName>,
    notices: Vec<Term>,
}

/// The front page.
pub(super) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let agencies = kept(&by).await?;
    let asked = Fields::of(request.query_string()).text("agency");
    let chosen = agencies.iter().find(|agency| agency.slug == asked).or(agencies.first()).cloned();
    let notices = Notice::ALL.iter().map(|notice| term!(*notice)).collect();
    page::shown(&by.frame, &Index { p: &by.frame, agencies, chosen, notices })
}

/// The agencies that one administers, each with all below it.
///
/// # Errors
/// [`Failure::Forbidden`] for somebody who administers none; the database's failures.
async fn kept(by: &SignedIn) -> Result<Vec<AgencyName>, Failure> {
    by.office.reach(&by.officer, Deed::Administer).await
}
