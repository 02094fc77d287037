//! What an agency has laid down for its own work: who handles what, the way of approval, when somebody is reminded.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::Value;

use crate::ids::StaffId;
use crate::office::failure::{Failure, Problem};
use crate::web::fields::Fields;
use crate::web::form::{Choice, Choices, Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Rules {
    Routing,
    ApprovalFlow,
    Reminders,
    ProceedingReminders,
    Enquiries,
    Retention,
}

impl Rules {
    fn named(name: &str) -> Result<Self, Failure> {
        match name {
            "routing" => Ok(Self::Routing),
            "approval-flow" => Ok(Self::ApprovalFlow),
            "reminders" => Ok(Self::Reminders),
            "proceeding-reminders" => Ok(Self::ProceedingReminders),
            "enquiries" => Ok(Self::Enquiries),
            "retention" => Ok(Self::Retention),
            _ => Err(Failure::Missing),
        }
    }

    const fn component(self) -> &'static str {
        match self {
            Self::Routing => "Routing",
            Self::ApprovalFlow => "ApprovalFlow",
            Self::Reminders => "ReminderRules",
            Self::ProceedingReminders => "ProceedingReminderRules",
            Self::Enquiries => "EnquiryRules",
            Self::Retention => "RetentionSchedule",
        }
    }

    fn title(self, p: &Frame) -> &'static str {
        match self {
            Self::Routing => p.language.pick("分办规则", "Who handles what"),
            Self::ApprovalFlow => p.language.pick("审批流程", "The way of approval"),
            Self::Reminders => p.language.pick("提醒和上报", "Reminders and escalation"),
            Self::ProceedingReminders => p.language.pick("复议诉讼提醒", "Reminders in proceedings"),
            Self::Enquiries => p.language.pick("来信咨询", "Enquiries"),
            Self::Retention => p.language.pick("保管期限表", "How long files are kept"),
        }
    }

    fn lead(self, p: &Frame) -> &'static str {
        match self {
            Self::Routing => p.language.pick(
                "分办时，系统按这些规则建议承办人并说明为什么；由人决定。",
                "When a case is assigned, these rules propose a handler and say why; a person decides.",
            ),
            Self::ApprovalFlow => p.language.pick(
                "没有规则时按系统默认的流程。每条规则写明对哪些处理结果、敏感与否适用，以及先后几轮；签发总在最后，不必写。",
                "Without rules the built-in way holds. A rule says for which outcomes and cases it is, and the rounds; the signature comes last by itself.",
            ),
            Self::Reminders => p.language.pick(
                "都按工作日计算，只在规定的时间内发信。",
                "All in working days; mail comes only within the hours laid down.",
            ),
            Self::ProceedingReminders => p.language.pick(
                "都按工作日计算。逾期不答复的，视为没有证据、依据（行政复议法第七十条），所以答复到期前必须有提醒，逾期必须有人知道。",
                "All in working days. Who does not answer in time counts as having no evidence (Reconsideration Law art. 70): somebody is reminded, and somebody hears of it.",
            ),
            Self::Enquiries => p.language.pick(
                "信箱来信、咨询和转办的答复期限及提醒，都按工作日计算；已经登记的来信仍按登记时的期限。",
                "Within what time letters, questions and hand-overs are answered, and who is reminded, in working days; what is registered keeps the days of then.",
            ),
            Self::Retention => p.language.pick(
                "按经同级档案主管部门审核同意的保管期限表填写（档案法实施条例第十九条）。期限自办结次年起计算；修改后对尚未销毁的全部案卷生效。",
                "As the archives authority has consented to it (Rules for the Archives Law, art. 19). Counted from the year after closing; a change holds for all that is not destroyed.",
            ),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/rules.html")]
struct RulesPage<'a> {
    p: &'a Frame,
    slug: String,
    path: String,
    rules: Rules,
    form: Form,
    saved: bool,
}

/// The rules as they stand.
pub(in crate::web) async fn show(by: SignedIn, place: web::Path<(String, String)>, request: HttpRequest) -> Paged {
    let (slug, name) = place.into_inner();
    let rules = Rules::named(&name)?;
    let body = stands(&by, &slug, rules).await?;
    let saved = Fields::of(request.query_string()).has("saved");
    page_of(&by, &slug, &name, rules, &body, &[], saved).await
}

async fn stands(by: &SignedIn, slug: &str, rules: Rules) -> Result<Value, Failure> {
    let (office, officer) = (&by.office, &by.officer);
    match rules {
        Rules::Routing => serde_json::to_value(office.routing(officer, slug).await?),
        Rules::ApprovalFlow => serde_json::to_value(office.approval_flow(officer, slug).await?),
        Rules::Reminders => serde_json::to_value(office.reminder_rules(officer, slug).await?),
        Rules::ProceedingReminders => serde_json::to_value(office.proceeding_reminder_rules(officer, slug).await?),
        Rules::Enquiries => serde_json::to_value(office.enquiry_rules(officer, slug).await?),
        Rules::Retention => serde_json::to_value(office.retention_schedule(officer, slug).await?),
    }
    .map_err(Failure::broken)
}

async fn page_of(
    by: &SignedIn,
    slug: &str,
    name: &str,
    rules: Rules,
    body: &Value,
    problems: &[Problem],
    saved: bool,
) -> Paged {
    let choices = match rules {
        Rules::Routing => vec![("RoutingRule", "handler", handlers(by, slug).await?)],
        Rules::ApprovalFlow | Rules::Reminders | Rules::ProceedingReminders | Rules::Enquiries | Rules::Retention => {
            Choices::new()
        }
    };
    let form = Form::of(&by.contract, rules.component(), by.frame.language, body, problems, &choices)?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let path = format!("/admin/agencies/{slug}/rules/{name}");
    let page = RulesPage { p: &by.frame, slug: slug.to_owned(), path, rules, form, saved };
    page::with_status(status, &by.frame, &page)
}

/// Those who have a role at the agency.
async fn handlers(by: &SignedIn, slug: &str) -> Result<Vec<Choice>, Failure> {
    let staff = by.office.staff(&by.officer).await?;
    let here = staff.into_iter().filter(|one| one.active && one.roles.iter().any(|held| held.agency.slug == slug));
    Ok(here.map(|one| Choice::new(StaffId::to_string(&one.id), one.name)).collect())
}

/// Lays them down.
pub(in crate::web) async fn lay_down(sent: Sent, place: web::Path<(String, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (slug, name) = place.into_inner();
    let rules = Rules::named(&name)?;
    let body = read(&by.contract, rules.component(), &fields);
    if fields.has(RESTORED) || fields.has(MORE) {
        return page_of(&by, &slug, &name, rules, &body, &[], false).await;
    }
    match laid_down(&by, &slug, rules, body.clone()).await {
        Ok(()) => page::see(&format!("/admin/agencies/{slug}/rules/{name}?saved=yes")),
        Err(Failure::Invalid(problems)) => page_of(&by, &slug, &name, rules, &body, &problems, false).await,
        Err(other) => Err(other.into()),
    }
}

async fn laid_down(by: &SignedIn, slug: &str, rules: Rules, body: Value) -> Result<(), Failure> {
    let (office, officer, contract) = (&by.office, &by.officer, &by.contract);
    match rules {
        Rules::Routing => office.lay_down_routing(officer, slug, contract.body(body)?).await.map(drop),
        Rules::ApprovalFlow => office.lay_down_approval_flow(officer, slug, contract.body(body)?).await.map(drop),
        Rules::Reminders => office.lay_down_reminders(officer, slug, contract.body(body)?).await.map(drop),
        Rules::ProceedingReminders => {
            office.lay_down_proceeding_reminders(officer, slug, contract.body(body)?).await.map(drop)
        }
        Rules::Enquiries => office.lay_down_enquiry_rules(officer, slug, contract.body(body)?).await.map(drop),
        Rules::Retention => office.lay_down_retention(officer, slug, contract.body(body)?).await.map(drop),
    }
}
