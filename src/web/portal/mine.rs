//! All that somebody has applied for: an address, a link in the mail, a list. Nobody needs an account, and nobody is told whose
//! address is known.

use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::json;

use crate::api::contract::Contract;
use crate::api::problem::Fault;
use crate::api::public_limits::PublicLimits;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::mine::{MineAsked, MineLink, MyApplication};
use crate::web::cookies::{Jar, Kind};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/mine.html")]
struct MinePage<'a> {
    p: &'a Frame,
    /// The list, where it is open.
    mine: Option<Vec<MyApplication>>,
    email: String,
    error: Option<String>,
    asked: bool,
}

#[derive(Template)]
#[template(path = "portal/mine_link.html")]
struct LinkPage<'a> {
    p: &'a Frame,
    link: String,
    error: Option<String>,
}

/// The list; or the way to it.
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>, request: HttpRequest) -> Paged {
    let asked = Fields::of(request.query_string()).has("asked");
    let mine = match Kind::Mine.of(&request) {
        None => None,
        Some(pass) => match office.mine(&pass).await {
            Ok(mine) => Some(mine),
            Err(Failure::NotSignedIn(_)) => None,
            Err(other) => return Err(other.into()),
        },
    };
    page::shown(&visit.frame, &MinePage { p: &visit.frame, mine, email: String::new(), error: None, asked })
}

/// Has the link sent.
pub(in crate::web) async fn ask(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    limits: web::Data<PublicLimits>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    limits.count_draft(&request, office.now())?;
    let email = fields.text("email").trim().to_owned();
    let done = match contract.body::<MineAsked>(json!({ "email": email })) {
        Ok(input) => office.ask_for_mine(input).await,
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(()) => page::see("/mine?asked=yes"),
        Err(Failure::Invalid(problems)) => {
            let p = &visit.frame;
            let error = problems.first().map(|one| p.t(&one.zh, &one.en).to_owned());
            let status = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            page::with_status(status, p, &MinePage { p, mine: None, email, error, asked: false })
        }
        Err(other) => Err(other.into()),
    }
}

/// Where the link leads. Only pressing the button uses it up: programs that look into mails follow links.
pub(in crate::web) async fn landing(visit: Visit, link: web::Path<String>) -> Paged {
    page::shown(&visit.frame, &LinkPage { p: &visit.frame, link: link.into_inner(), error: None })
}

/// Opens the list.
pub(in crate::web) async fn open(
    visit: Visit,
    office: web::Data<Office>,
    jar: web::Data<Jar>,
    fields: Fields,
) -> Paged {
    let link = fields.text("link");
    match office.open_mine(MineLink { link: link.clone() }).await {
        Ok(opened) => {
            let mut response = page::see("/mine")?;
            jar.put(&mut response, Kind::Mine, &opened.pass);
            Ok(response)
        }
        Err(failure @ Failure::NotSignedIn(_)) => {
            let p = &visit.frame;
            let status = actix_web::ResponseError::status_code(&Fault::from(failure));
            let said = p.t("链接已经用过或者过期，请重新索取。", "The link was used or is over; ask for another.");
            page::with_status(status, p, &LinkPage { p, link, error: Some(said.to_owned()) })
        }
        Err(other) => Err(other.into()),
    }
}

/// On to one of them, without typing its code.
pub(in crate::web) async fn look(
    office: web::Data<Office>,
    jar: web::Data<Jar>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let Some(pass) = Kind::Mine.of(&request) else { return page::see("/mine") };
    let chosen = fields.text("receipt_no");
    let mine = match office.mine(&pass).await {
        Ok(mine) => mine,
        Err(Failure::NotSignedIn(_)) => return page::see("/mine"),
        Err(other) => return Err(other.into()),
    };
    let one = mine.into_iter().find(|one| one.receipt_no == chosen).ok_or(Failure::Missing)?;
    let to = if fields.text("to") == "remedies" { "/track/remedies" } else { "/track" };
    let mut response = page::see(to)?;
    jar.put(&mut response, Kind::Track, &format!("{} {}", one.receipt_no, one.query_code));
    Ok(response)
}

/// Closes it.
pub(in crate::web) async fn leave(jar: web::Data<Jar>) -> Paged {
    let mut response = page::see("/mine")?;
    jar.take(&mut response, Kind::Mine);
    Ok(response)
}
