//! A form for every act. The version one has read goes along: who comes second is told what happened meanwhile, and
//! finds what they typed where they typed it.

mod choices;
mod prefill;
mod table;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, ResponseError, web};
use askama::Template;
use serde_json::Value;

use crate::api::file::handed_out;
use crate::api::problem::Fault;
use crate::case::Act;
use crate::ids::CaseId;
use crate::law::outcome::{self, Outcome, OutcomeRule};
use crate::office::failure::{Failure, Problem};
use crate::office::fee::{FeeEstimate, FeeQuestion};
use crate::office::letters::reading::Format;
use crate::office::redline::SegmentKind;
use crate::office::routing::RouteView;
use crate::office::versions::{DraftVersion, SentBackView};
use crate::office::views::{ArticleView, CaseView, ChoiceView, EntryView};
use crate::web::desk::pane;
use crate::web::fields::Fields;
use crate::web::form::{Choice, Choices, Form, Heading, MORE, Shown, grouped, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;
use crate::web::turn::Turn;

pub(in crate::web) use choices::outcomes;
pub(in crate::web) use table::has_form;

/// The field of the version one has read.
const VERSION: &str = "version";
/// That the letter is only to be looked at: as a PDF, or as [`pane::BESIDE`] the form.
const PREVIEW: &str = "preview";

/// The field that names the consultation or the contribution that an act is about.
const WHICH: &str = "which";

/// The parameter that chooses the outcome of a reply.
const OUTCOME: &str = "outcome";

#[derive(Template)]
#[template(path = "desk/act.html")]
struct ActPage<'a> {
    p: &'a Frame,
    case: CaseView,
    act: Act,
    /// The version the form rests on.
    version: u32,
    form: Form,
    /// Which of several the act is about, and what is chosen.
    which: Option<(Vec<Choice>, String)>,
    /// Why it was not done.
    refused: Option<Refused>,
    /// What happened since the form was opened.
    meanwhile: Vec<EntryView>,
    /// What a reply with the outcome chosen rests on and must state.
    rule: Option<&'static OutcomeRule>,
    /// The outcomes to choose from, where a reply is written.
    outcomes: Vec<Choice>,
    /// Who is proposed as its handler, and why.
    routes: Vec<RouteView>,
    /// What its fee would be.
    fee: Option<FeeEstimate>,
    /// The entry that is decided on.
    basis: Vec<EntryView>,
    /// Why the draft came back.
    sent_back: Vec<SentBackView>,
    /// The draft that is looked over.
    latest: Option<DraftVersion>,
    restored: bool,
    /// Whether another outcome is to be chosen.
    choosing: bool,
}

impl ActPage<'_> {
    /// Whether the checks of the gate stand beside the form.
    fn has_aside(&self) -> bool {
        self.latest.is_some()
            || !self.routes.is_empty()
            || matches!(self.act, Act::Draft | Act::AnswerCheck | Act::Serve | Act::NotifyFee)
    }

    /// Whether its letter is shown anew at every pause in writing. Files that are to be released are looked through each time:
    /// that is done when it is asked for.
    fn follows(&self) -> bool {
        self.has_letter() && self.act != Act::Release
    }

    /// Whether a letter goes out with it, which can be looked at before.
    fn has_letter(&self) -> bool {
        matches!(
            self.act,
            Act::RequestCorrection
                | Act::RequestExplanation
                | Act::NotifyDelay
                | Act::NotifyExtension
                | Act::Consult
                | Act::TellApplicant
                | Act::TellThirdParty
                | Act::NotifyFee
                | Act::Refer
                | Act::Lapse
                | Act::Release
                | Act::Withdraw
                | Act::Draft
        )
    }

    /// Whether the outcome is still to be chosen: until then there is nothing to write.
    fn chooses(&self) -> bool {
        self.act == Act::Draft && (self.choosing || self.rule.is_none() && self.form.problems.is_empty())
    }

    /// The articles that the outcome rests on.
    fn rests_on(&self) -> Vec<ArticleView> {
        self.rule.map(|rule| rule.articles.iter().map(|article| (*article).into()).collect()).unwrap_or_default()
    }

    /// The outcomes under their headings.
    fn grouped(&self) -> Vec<Heading<'_>> {
        grouped(&self.outcomes)
    }
}

/// The entries of the journal that an act decides on.
const fn basis_of(act: Act) -> &'static [&'static str] {
    match act {
        Act::DecideExtension | Act::NotifyExtension => &["extension_requested"],
        Act::DecideWaiver => &["waiver_requested"],
        Act::DecideExplanation => &["explanation_received"],
        Act::RecordPayment => &["payment_reported"],
        Act::Lapse => &["correction_requested", "fee_noticed"],
        Act::ReceiveCorrection => &["correction_requested"],
        Act::ReceiveExplanation => &["explanation_requested"],
        Act::WeighConsultation | Act::TellThirdParty => &["opinion_received", "consultation_silent"],
        Act::AnswerCoWork => &["co_work_opened"],
        _ => &[],
    }
}

/// What stands in the way of an act, where something does.
fn barred(p: &Frame) -> impl Fn(ChoiceView) -> Option<Refused> + '_ {
    |choice| {
        let (zh, en) = (choice.zh?, choice.en?);
        Some(Refused { text: p.t(&zh, &en).to_owned(), article: choice.article })
    }
}

/// A refusal, with its article.
struct Refused {
    text: String,
    article: Option<ArticleView>,
}

/// What a form that is shown again is shown with.
#[derive(Default)]
struct Again {
    refused: Option<Failure>,
    restored: bool,
    choosing: bool,
    /// The list of which another is wanted.
    more: Option<String>,
}

/// The form of an act.
pub(in crate::web) async fn show(by: SignedIn, place: web::Path<(CaseId, String)>, request: HttpRequest) -> Paged {
    let (id, act) = place.into_inner();
    let act = named(&act)?;
    let case = by.office.case(&by.officer, id).await?;
    let asked = Fields::of(request.query_string());
    let outcome = asked.get(OUTCOME).and_then(|code| code.parse().ok());
    let choosing = asked.has(OUTCOME) && outcome.is_none();
    let body = prefill::body(act, &case, outcome);
    let version = case.version;
    page_of(&by, case, act, version, &body, asked.text(WHICH), Again { choosing, ..Again::default() }).await
}

fn named(name: &str) -> Result<Act, Turn> {
    Ok(name.parse().ok().filter(|act| has_form(*act)).ok_or(Failure::Missing)?)
}

async fn page_of(
    by: &SignedIn,
    case: CaseView,
    act: Act,
    version: u32,
    body: &Value,
    chosen: String,
    mut again: Again,
) -> Paged {
    let p = &by.frame;
    let mut version = version;
    let mut status = StatusCode::OK;
    let mut problems: Vec<Problem> = Vec::new();
    let mut refused = None;
    let mut meanwhile = Vec::new();
    match again.refused.take() {
        None => {}
        Some(Failure::Invalid(wrong)) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            problems = wrong;
        }
        Some(Failure::Stale { .. }) => {
            status = StatusCode::PRECONDITION_FAILED;
            let entries = by.office.journal(&by.officer, case.id).await?;
            meanwhile = entries.into_iter().filter(|entry| entry.seq > version).collect();
            version = case.version;
        }
        Some(failure) => {
            let article = match &failure {
                Failure::Refused { refusal, .. } => Some(refusal.article().into()),
                _ => None,
            };
            let fault = Fault::from(failure);
            status = fault.status_code();
            refused = Some(Refused { text: fault.said(p.language), article });
        }
    }
    let component = table::component(act).ok_or(Failure::Missing)?;
    let choices = choices::of(by, act, &case).await?;
    let form = Form::of(&by.contract, &component, p.language, body, &problems, &choices)?;
    let outcome = body.get("outcome").and_then(Value::as_str).and_then(|code| code.parse::<Outcome>().ok());
    let rule = outcome.filter(|_| act == Act::Draft).map(outcome::rule);
    let form = choices::trimmed(form, act, rule).with_more(again.more.as_deref());
    let latest = match act {
        Act::Draft | Act::Review | Act::ReviewLegality | Act::ReviewSecrecy | Act::Sign => {
            by.office.draft_versions(&by.officer, case.id).await?.pop()
        }
        _ => None,
    };
    // Of what is written anew, only why it came back.
    let (latest, sent_back) = match latest {
        Some(version) if act == Act::Draft => (None, version.sent_back),
        other => (other, Vec::new()),
    };
    let basis = match basis_of(act) {
        [] => Vec::new(),
        kinds => {
            let entries = by.office.journal(&by.officer, case.id).await?;
            entries.into_iter().rev().filter(|entry| !entry.annulled && kinds.contains(&entry.kind)).take(1).collect()
        }
    };
    if refused.is_none() && problems.is_empty() && meanwhile.is_empty() {
        let choices = by.office.choices(&by.officer, case.id).await?;
        refused = choices.into_iter().find(|choice| choice.act.code == act.as_str()).and_then(barred(p));
    }
    let which = choices::which(by, act, &case).await?.map(|choices| (choices, chosen));
    let fee = match act {
        Act::NotifyFee => {
            let question = FeeQuestion { items: None, pages: None };
            Some(by.office.estimate_fee(&by.officer, case.id, question).await?)
        }
        _ => None,
    };
    let view = ActPage {
        p,
        act,
        version,
        form,
        which,
        refused,
        meanwhile,
        rule,
        outcomes: if act == Act::Draft { choices::outcomes(p, |rule| rule.by_reply) } else { Vec::new() },
        routes: if act == Act::Assign { by.office.routes(&by.officer, case.id).await? } else { Vec::new() },
        fee,
        basis,
        sent_back,
        latest,
        restored: again.restored,
        choosing: again.choosing,
        case,
    };
    page::with_status(status, p, &view)
}

/// Performs an act; or shows the form again, with what was typed.
pub(in crate::web) async fn perform(sent: Sent, place: web::Path<(CaseId, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (id, act) = place.into_inner();
    let act = named(&act)?;
    let component = table::component(act).ok_or(Failure::Missing)?;
    let body = read(&by.contract, &component, &fields);
    let version = fields.get(VERSION).and_then(|text| text.parse().ok()).unwrap_or_default();
    let which = fields.text(WHICH);
    if fields.has(RESTORED) || fields.has(MORE) {
        let more = fields.get(MORE).map(str::to_owned);
        let again = Again { restored: fields.has(RESTORED), more, ..Again::default() };
        let case = by.office.case(&by.officer, id).await?;
        return page_of(&by, case, act, version, &body, which, again).await;
    }
    let asked = table::Asked { act, case: id, version, which: &which, body: body.clone() };
    let office = if fields.has(PREVIEW) { by.office.rehearsing() } else { by.office.get_ref().clone() };
    let done = table::perform(&office, &by.officer, &by.contract, asked).await;
    if fields.get(PREVIEW) == Some(pane::BESIDE) {
        let named = |problems: &[Problem]| {
            let form = Form::of(&by.contract, &component, by.frame.language, &body, problems, &Choices::default())?;
            Ok(form.problems.into_iter().map(|(_, told)| told).collect())
        };
        return pane::of(&by, done, named).await;
    }
    match done {
        Ok(()) => page::see(&format!("/desk/cases/{id}?done={}", act.as_str())),
        Err(Failure::Foretold(letters)) => {
            let letter = letters.into_iter().next().ok_or(Failure::Missing)?;
            Ok(handed_out(by.office.written(letter, Format::Pdf).await?))
        }
        Err(
            failure @ (Failure::Invalid(_)
            | Failure::Refused { .. }
            | Failure::Contrary { .. }
            | Failure::Stale { .. }
            | Failure::Forbidden { .. }
            | Failure::Busy),
        ) => {
            let again = Again { refused: Some(failure), ..Again::default() };
            let case = by.office.case(&by.officer, id).await?;
            page_of(&by, case, act, version, &body, which, again).await
        }
        Err(other) => Err(other.into()),
    }
}
