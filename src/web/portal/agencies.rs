//! The agencies, and the guide (指南) of each: where, when and how it takes applications (art. 12).

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::law::periods::{EXTENSION_MAX_DAYS, FEE_WINDOW_DAYS, REPLY_DAYS};
use crate::office::Office;
use crate::office::public::AgencyView;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/agencies.html")]
struct Agencies<'a> {
    p: &'a Frame,
    q: String,
    /// Each with how deep it lies below the top.
    agencies: Vec<(usize, AgencyView)>,
}

#[derive(Template)]
#[template(path = "portal/agency.html")]
struct Guide<'a> {
    p: &'a Frame,
    agency: AgencyView,
    reply_days: u32,
    extension_days: u32,
    fee_days: u32,
}

/// The list, whole or as found.
pub(in crate::web) async fn list(visit: Visit, office: web::Data<Office>, request: HttpRequest) -> Paged {
    let q = Fields::of(request.query_string()).text("q").trim().to_lowercase();
    let all = office.directory().await?;
    let agencies = if q.is_empty() {
        tree(&all)
    } else {
        let found = all.into_iter().filter(|agency| {
            [&agency.name, &agency.slug, &agency.office_name, &agency.office_address]
                .into_iter()
                .any(|text| text.to_lowercase().contains(&q))
        });
        found.map(|agency| (0, agency)).collect()
    };
    page::shown(&visit.frame, &Agencies { p: &visit.frame, q, agencies })
}

/// The agencies, each after the one above it.
fn tree(all: &[AgencyView]) -> Vec<(usize, AgencyView)> {
    fn below(all: &[AgencyView], parent: Option<&str>, depth: usize, found: &mut Vec<(usize, AgencyView)>) {
        // A loop cannot be entered by the office; a tampered table must not hang the page.
        if depth > all.len() {
            return;
        }
        for agency in all.iter().filter(|agency| agency.parent.as_deref() == parent) {
            found.push((depth, agency.clone()));
            below(all, Some(&agency.slug), depth + 1, found);
        }
    }
    let mut found = Vec::new();
    below(all, None, 0, &mut found);
    found
}

/// The guide of one.
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>, slug: web::Path<String>) -> Paged {
    let page = Guide {
        p: &visit.frame,
        agency: office.agency(&slug).await?,
        reply_days: REPLY_DAYS,
        extension_days: EXTENSION_MAX_DAYS,
        fee_days: FEE_WINDOW_DAYS,
    };
    page::shown(&visit.frame, &page)
}
