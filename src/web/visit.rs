//! A visit by anybody: the language and the size of letters that were chosen, and where that is chosen.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};

use super::cookies::{Jar, Kind};
use super::fields::Fields;
use super::frame::Frame;
use super::page::Paged;
use super::signed_in::reader_of;
use crate::api::language::Language;

/// A visit.
pub(super) struct Visit {
    /// The frame of the page.
    pub frame: Frame,
}

impl FromRequest for Visit {
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Infallible>>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let mut frame = frame_of(&request);
            // Staff who read a public page are greeted there too, and can sign out.
            frame.reader = reader_of(&request).await;
            Ok(Self { frame })
        })
    }
}

/// The frame of a request, nobody being signed in.
pub(super) fn frame_of(request: &HttpRequest) -> Frame {
    let language = match Kind::Language.of(request).as_deref() {
        Some("en") => Language::En,
        Some("zh") => Language::Zh,
        _ => Language::of(request.headers()),
    };
    let here = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    // Coming back to an address that takes forms only would lead nowhere.
    let here = if request.method() == actix_web::http::Method::GET { here } else { landing(&here) };
    Frame { language, large: Kind::Large.of(request).is_some(), here, reader: None }
}

/// Addresses that only take forms, and the page on which the form stands: `*` is any one part, kept where the page has it.
const LANDINGS: &[(&str, &str)] = &[
    ("/apply/*/resume", "/apply/*"),
    ("/apply/*/found", "/published"),
    ("/mine/open", "/mine"),
    ("/mine/look", "/mine"),
    ("/mine/leave", "/mine"),
    ("/track/rating", "/track"),
    ("/enquiries/rating", "/enquiries"),
    ("/track/leave", "/track"),
    ("/track/files", "/track"),
    ("/track/uploads", "/track"),
    ("/track/uploads/*", "/track"),
    ("/track/uploads/*/end", "/track"),
    ("/sign-out", "/"),
    ("/me/password", "/me"),
    ("/admin/staff/*/roles", "/admin/staff/*"),
    ("/admin/staff/*/password", "/admin/staff/*"),
    ("/me/sessions/*/end", "/me"),
    ("/me/absences/*/end", "/me/absences"),
    ("/desk/reassign", "/desk"),
    ("/desk/remind", "/desk"),
    ("/desk/tags", "/desk"),
    ("/desk/views", "/desk"),
    ("/desk/views/end", "/desk"),
    ("/desk/held/*/*", "/desk/held"),
    ("/desk/tasks/*", "/desk/tasks"),
    ("/desk/reports/*/freeze", "/desk/reports/*"),
    ("/desk/reports/editions/*/*", "/desk/reports/editions/*"),
    ("/supervision/orders/*/*", "/supervision/orders/*"),
    ("/desk/retention/lists/*/*", "/desk/retention/lists/*"),
    ("/desk/retention/transfers", "/desk/retention"),
    ("/desk/cases/*/drafts/masking", "/desk/cases/*/drafts"),
    ("/desk/cases/*/identity", "/desk/cases/*"),
    ("/desk/cases/*/uploads", "/desk/cases/*/files"),
    ("/desk/cases/*/uploads/*", "/desk/cases/*/files"),
    ("/desk/cases/*/uploads/*/end", "/desk/cases/*/files"),
    ("/desk/cases/*/watch", "/desk/cases/*"),
    ("/admin/staff/*/status", "/admin/staff"),
    ("/admin/outbox/*/*", "/admin/outbox"),
    ("/admin/agencies/*/history/*/*", "/admin/agencies/*/history"),
];

/// The page on which a form stood that was sent to this address.
pub(super) fn landing(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    for (sent, page) in LANDINGS {
        let pattern: Vec<&str> = sent.split('/').collect();
        let fits = pattern.len() == parts.len()
            && pattern.iter().zip(&parts).all(|(wanted, part)| *wanted == "*" || wanted == part);
        if fits {
            let mut kept = pattern.iter().zip(&parts).filter(|(wanted, _)| **wanted == "*").map(|(_, part)| *part);
            let page = page.split('/').map(|part| if part == "*" { kept.next().unwrap_or_default() } else { part });
            return page.collect::<Vec<_>>().join("/");
        }
    }
    path.to_owned()
}

/// Keeps a preference and goes back.
pub(super) async fn prefer(request: HttpRequest, jar: web::Data<Jar>) -> Paged {
    let fields = Fields::of(request.query_string());
    let next = local(fields.get("next"));
    let mut response = HttpResponse::SeeOther().insert_header((LOCATION, next)).finish();
    if let Some(lang @ ("zh" | "en")) = fields.get("lang") {
        jar.put(&mut response, Kind::Language, lang);
    }
    match fields.get("large") {
        Some("yes") => jar.put(&mut response, Kind::Large, "yes"),
        Some(_) => jar.take(&mut response, Kind::Large),
        None => {}
    }
    Ok(response)
}

/// An address within this service, or its home: a link of ours must not lead elsewhere.
pub(super) fn local(next: Option<&str>) -> String {
    let fits = |next: &&str| {
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']) && next.is_ascii()
    };
    next.filter(fits).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::PAGES;

    #[test]
    fn wherever_a_form_is_sent_a_switch_of_language_leads_to_a_page() {
        let pages: Vec<&str> = PAGES.iter().filter(|(method, _)| *method == "get").map(|(_, path)| *path).collect();
        for (_, path) in PAGES.iter().filter(|(method, _)| *method == "post") {
            let landing = landing(path);
            assert!(pages.contains(&landing.as_str()), "{path} leads to {landing}, which is no page");
        }
    }
}
