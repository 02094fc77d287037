//! What can be done against the reply or against silence, and all papers for whoever does it.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::key;
use crate::api::file::packed;
use crate::api::language::Language;
use crate::office::Office;
use crate::office::public::remedies::{RemediesView, WayView};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/remedies.html")]
pub(in crate::web::portal) struct RemediesPage<'a> {
    pub p: &'a Frame,
    pub remedies: RemediesView,
    /// Whether it is a third party's, which has no papers here.
    pub third_party: bool,
}

/// A way as the page shows it.
struct Shown<'a> {
    way: &'a WayView,
    /// Whether its clock is drawn here: one that two ways share is drawn once.
    drawn: bool,
    /// The days left in words, and how near the last one is, as the stylesheet names it.
    left: Option<(String, &'static str)>,
}

impl RemediesPage<'_> {
    /// The ways, in their order.
    fn ways(&self) -> Vec<Shown<'_>> {
        let ways = &self.remedies.ways;
        let name = |way: &WayView| way.clock.as_ref().map(|clock| clock.name.code);
        let drawn_before = |at: usize, way: &WayView| ways.iter().take(at).any(|other| name(other) == name(way));
        let shown = ways.iter().enumerate().map(|(at, way)| Shown {
            way,
            drawn: way.clock.is_some() && !drawn_before(at, way),
            left: way.days_left.map(|days| (left(self.p, days), band(days))),
        });
        shown.collect()
    }

    /// What the situation means, in a sentence.
    fn lead(&self) -> &'static str {
        let (zh, en) = match self.remedies.situation.code {
            "unconfirmed" => (
                "收到日期确认之后，答复期限才开始计算。期满没有答复的，这里会列出可以做什么。",
                "The period for the reply begins once the date of receipt is settled. Should it pass without a reply, what can be done will stand here.",
            ),
            "awaits_applicant" => (
                "机关在等您补正或者缴费，答复期限从那之后重新计算。",
                "The agency waits for your correction or payment; the period for the reply then begins afresh.",
            ),
            "running" => (
                "机关还在答复期限之内，现在还不能申请复议或者起诉。",
                "The agency still has time to reply: there is nothing to take to reconsideration or to court yet.",
            ),
            "silent" => (
                "答复期限已满，您没有收到答复。对逾期不答复，您可以采取下列措施。",
                "The period is over and no reply has come. Against that you can do the following.",
            ),
            "replied" => (
                "机关已经答复。对答复不服的，按下面的顺序办理。",
                "The agency has replied. If you disagree, go by this order.",
            ),
            "overridden" => (
                "机关决定公开与您有关的信息，并已书面告知。对公开决定不服的，按下面的顺序办理。",
                "The agency has decided to disclose information that concerns you, and has told you in writing. If you disagree, go by this order.",
            ),
            "lapsed" => (
                "机关认定不再处理您的申请。对此不服的，按下面的顺序办理。",
                "The agency found that your application is no longer processed. If you disagree, go by this order.",
            ),
            _ => (
                "您已经撤回申请，没有可以申请复议或者起诉的决定。需要时可以重新申请。",
                "You have withdrawn: there is no decision to contest. You may apply anew.",
            ),
        };
        self.p.t(zh, en)
    }
}

/// Calendar days left, in words.
fn left(p: &Frame, days: i64) -> String {
    match (p.language, days) {
        (Language::Zh, 0) => "今天是最后一日".to_owned(),
        (Language::Zh, days @ 1..) => format!("还剩{days}天"),
        (Language::Zh, _) => "期限已过".to_owned(),
        (Language::En, 0) => "today is the last day".to_owned(),
        (Language::En, 1) => "1 day left".to_owned(),
        (Language::En, days @ 1..) => format!("{days} days left"),
        (Language::En, _) => "the time is over".to_owned(),
    }
}

/// How near the last day is, as the stylesheet names it.
const fn band(days: i64) -> &'static str {
    match days {
        ..0 => "",
        0..=3 => "urgent",
        4..=14 => "near",
        _ => "ample",
    }
}

/// What can be done.
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>, request: HttpRequest) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let remedies = office.remedies(&key.receipt_no, &key.code).await?;
    page::shown(&visit.frame, &RemediesPage { p: &visit.frame, remedies, third_party: false })
}

/// All papers in one archive.
pub(in crate::web) async fn papers(office: web::Data<Office>, request: HttpRequest) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    Ok(packed(office.folder(&key.receipt_no, &key.code).await?))
}
