//! Administration: agencies and what their forms ask, accounts, the calendar, the wording of notices, what goes out, what the scheduler did, the
//! settings in force.

pub(super) mod agencies;
pub(super) mod calendar;
pub(super) mod form;
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
use crate::case::Role;
use crate::notices::Notice;
use crate::office::failure::Failure;
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
    let me = by.office.me(&by.officer).await?;
    let mut kept: Vec<AgencyName> = Vec::new();
    for held in me.roles {
        if held.role.code == Role::Administrator.as_str() && !kept.contains(&held.agency) {
            kept.push(held.agency);
        }
    }
    if kept.is_empty() {
        return Err(Failure::Forbidden {
            zh: "本页由管理员使用。".to_owned(),
            en: "This page is for administrators.".to_owned(),
        });
    }
    let all = by.office.directory().await?;
    let mut at = 0;
    while let Some(above) = kept.get(at).map(|agency| agency.slug.clone()) {
        for agency in all.iter().filter(|agency| agency.parent.as_deref() == Some(&above)) {
            let name = AgencyName { slug: agency.slug.clone(), name: agency.name.clone() };
            if !kept.contains(&name) {
                kept.push(name);
            }
        }
        at += 1;
    }
    Ok(kept)
}
