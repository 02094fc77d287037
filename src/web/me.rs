//! Oneself: roles, password, sign-ins by browser.

pub(super) mod absences;
pub(super) mod notices;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::json;

use super::fields::Fields;
use super::frame::Frame;
use super::page::{self, Paged};
use super::signed_in::{Sent, SignedIn};
use crate::ids::TokenId;
use crate::office::failure::{Failure, Problem};
use crate::office::sessions::SessionView;
use crate::office::sign_in::{ChangePassword, Me};

#[derive(Template)]
#[template(path = "shared/me.html")]
struct MePage<'a> {
    p: &'a Frame,
    me: Me,
    sessions: Vec<SessionView>,
    first: bool,
    changed: bool,
    problems: Vec<Problem>,
}

/// A browser as its owner knows it, of what it calls itself.
fn browser(agent: &str) -> String {
    let known = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| *name)
    };
    let name = known(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("MicroMessenger", "微信"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = known(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("HarmonyOS", "HarmonyOS"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        ("", _) => agent.chars().take(40).collect(),
        (name, "") => name.to_owned(),
        (name, system) => format!("{name} · {system}"),
    }
}

impl MePage<'_> {
    fn browser(&self, session: &SessionView) -> String {
        let name = browser(&session.browser);
        if name.is_empty() { self.p.t("未知浏览器", "unknown browser").to_owned() } else { name }
    }

    /// What is wrong with a field.
    fn wrong(&self, pointer: &str) -> Option<&str> {
        let problem = self.problems.iter().find(|problem| problem.pointer == pointer)?;
        Some(self.p.t(&problem.zh, &problem.en))
    }
}

async fn page_of(by: &SignedIn, query: &Fields, problems: Vec<Problem>) -> Paged {
    let page = MePage {
        p: &by.frame,
        me: by.office.me(&by.officer).await?,
        sessions: by.office.sessions(&by.officer).await?,
        first: by.officer.must_change_password,
        changed: query.has("changed"),
        problems,
    };
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &page)
}

/// The page.
pub(super) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    page_of(&by, &Fields::of(request.query_string()), Vec::new()).await
}

/// Changes one's password.
pub(super) async fn change_password(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    if fields.text("new") != fields.text("again") {
        let problem =
            Problem::at("/again", "两次输入的新密码不一致。", "The new password was not typed the same twice.");
        return page_of(&by, &fields, vec![problem]).await;
    }
    let body = json!({ "current": fields.text("current"), "new": fields.text("new") });
    let changed = match by.contract.body::<ChangePassword>(body) {
        Ok(input) => by.office.change_password(&by.officer, input).await,
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => page::see("/me?changed=yes"),
        Err(Failure::Invalid(problems)) => page_of(&by, &fields, problems).await,
        Err(other) => Err(other.into()),
    }
}

/// Ends one of one's sign-ins.
pub(super) async fn end_session(sent: Sent, id: web::Path<TokenId>) -> Paged {
    sent.by.office.end_session(&sent.by.officer, *id).await?;
    page::see("/me")
}
