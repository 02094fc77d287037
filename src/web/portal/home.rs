//! The front page: what one may ask for, how it goes, where to begin.

use actix_web::web;
use askama::Template;

use super::agencies::tree;
use crate::law::periods::{CORRECTION_NOTICE_DAYS, EXTENSION_MAX_DAYS, REPLY_DAYS};
use crate::office::Office;
use crate::office::public::AgencyView;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home<'a> {
    p: &'a Frame,
    /// The first agencies of the tree, from the top.
    agencies: Vec<AgencyView>,
    reply_days: u32,
    extension_days: u32,
    correction_days: u32,
}

/// Agencies named on the front page; the rest are found by search.
const NAMED: usize = 12;

/// The front page.
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>) -> Paged {
    let agencies = tree(&office.directory().await?).into_iter().map(|row| row.agency).take(NAMED).collect();
    let page = Home {
        p: &visit.frame,
        agencies,
        reply_days: REPLY_DAYS,
        extension_days: EXTENSION_MAX_DAYS,
        correction_days: CORRECTION_NOTICE_DAYS,
    };
    page::shown(&visit.frame, &page)
}
