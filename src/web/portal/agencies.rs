//! The agencies, and the guide (指南) of each: where, when and how it takes applications (art. 12).

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::api::file::handed_out;
use crate::law::periods::{EXTENSION_MAX_DAYS, FEE_WINDOW_DAYS, REPLY_DAYS};
use crate::office::Office;
use crate::office::application_form::ExtraForm;
use crate::office::failure::Failure;
use crate::office::letters::reading::Format;
use crate::office::public::AgencyView;
use crate::office::public::directory::{AgencyPage, DirectoryQuery};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/agencies.html")]
struct Agencies<'a> {
    p: &'a Frame,
    q: String,
    rows: Vec<Row>,
    /// What is wrong with what was asked for.
    error: Option<String>,
}

/// An agency of the list.
pub(super) struct Row {
    /// How deep it lies below the top.
    depth: usize,
    pub agency: AgencyView,
    /// The duties by which it was found.
    matched: Vec<String>,
}

#[derive(Template)]
#[template(path = "portal/agency.html")]
struct Guide<'a> {
    p: &'a Frame,
    agency: AgencyView,
    duties: Vec<String>,
    /// What it asks on its form beside what the law lists.
    form: ExtraForm,
    reply_days: u32,
    extension_days: u32,
    fee_days: u32,
}

/// The list, whole or as found.
pub(in crate::web) async fn list(visit: Visit, office: web::Data<Office>, request: HttpRequest) -> Paged {
    let q = Fields::of(request.query_string()).text("q").trim().to_owned();
    let mut error = None;
    let rows = if q.is_empty() {
        tree(&office.directory().await?)
    } else {
        match office.find_agencies(DirectoryQuery { q: Some(q.clone()) }).await {
            Ok(found) => {
                found.into_iter().map(|one| Row { depth: 0, agency: one.agency, matched: one.matched }).collect()
            }
            Err(Failure::Invalid(problems)) => {
                error = problems.first().map(|one| visit.frame.t(&one.zh, &one.en).to_owned());
                Vec::new()
            }
            Err(other) => return Err(other.into()),
        }
    };
    page::shown(&visit.frame, &Agencies { p: &visit.frame, q, rows, error })
}

/// The agencies, each after the one above it.
pub(super) fn tree(all: &[AgencyView]) -> Vec<Row> {
    fn below(all: &[AgencyView], parent: Option<&str>, depth: usize, found: &mut Vec<Row>) {
        // A loop cannot be entered by the office; a tampered table must not hang the page.
        if depth > all.len() {
            return;
        }
        for agency in all.iter().filter(|agency| agency.parent.as_deref() == parent) {
            found.push(Row { depth, agency: agency.clone(), matched: Vec::new() });
            below(all, Some(&agency.slug), depth + 1, found);
        }
    }
    let mut found = Vec::new();
    below(all, None, 0, &mut found);
    found
}

/// The guide of one.
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>, slug: web::Path<String>) -> Paged {
    let AgencyPage { agency, duties, form } = office.agency_with_duties(&slug).await?;
    let page = Guide {
        p: &visit.frame,
        agency,
        duties,
        form,
        reply_days: REPLY_DAYS,
        extension_days: EXTENSION_MAX_DAYS,
        fee_days: FEE_WINDOW_DAYS,
    };
    page::shown(&visit.frame, &page)
}

/// The blank form, to be filled in by hand.
pub(in crate::web) async fn blank_form(office: web::Data<Office>, path: web::Path<(String, Format)>) -> Paged {
    let (slug, format) = path.into_inner();
    Ok(handed_out(office.blank_form(&slug, format).await?))
}
