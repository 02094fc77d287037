//! The application form, one question group a step. What was entered is saved at every step under a draft code, so that
//! nothing is lost by going back, leaving, or a browser that is closed; it is sent once, whatever is pressed twice.

pub(in crate::web) mod aside;
mod attachments;
mod forms;
mod held;
mod steps;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::Value;

use crate::api::contract::Contract;
use crate::api::drafts::published;
use crate::api::problem::Fault;
use crate::api::public_limits::{self, PublicLimits};
use crate::ids::CaseId;
use crate::office::Office;
use crate::office::drafts::held::Sent;
use crate::office::drafts::{ApplicationDraft, ApplyDraft};
use crate::office::failure::{Failure, Problem};
use crate::office::intake::Receipt;
use crate::office::public::AgencyView;
use crate::office::published::PublishedView;
use crate::web::cookies::{Jar, Kind};
use crate::web::fields::{Fields, encode};
use crate::web::file_form::{FileForm, MaybeFiles};
use crate::web::form::{Answer, Form, MORE, Shown, answers};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;
use attachments::Taken;
use held::{Held, draft_code, has_written, held};
use steps::Step;

/// The field by which the page that sends names its draft.
const CODE: &str = "draft_code";

#[derive(Template)]
#[template(path = "portal/apply_begin.html")]
struct Begin<'a> {
    p: &'a Frame,
    agency: AgencyView,
    /// Whether this browser still has the code of a draft for this agency.
    begun: bool,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/apply_step.html")]
struct StepPage<'a> {
    p: &'a Frame,
    slug: &'a str,
    agency: String,
    step: Step,
    code: String,
    form: Form,
    /// The version of the agency's own fields in it; none where it asks nothing of its own.
    form_version: Option<u32>,
    saved: bool,
}

#[derive(Template)]
#[template(path = "portal/apply_check.html")]
struct Check<'a> {
    p: &'a Frame,
    slug: &'a str,
    agency: String,
    code: String,
    groups: Vec<(Step, Vec<Answer>)>,
    /// What is wrong, with the step where it is put right.
    problems: Vec<(Step, String)>,
    /// What has been published and is like it.
    like: Vec<PublishedView>,
}

/// Where an application begins: afresh, or where it was left.
pub(in crate::web) async fn begin(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Paged {
    let agency = office.agency(&slug).await?;
    let begun = match draft_code(&request) {
        None => false,
        Some(code) => {
            let draft = office.application_draft(&code, published(contract)).await;
            draft.is_ok_and(|draft| draft.agency.slug == agency.slug)
        }
    };
    page::shown(&visit.frame, &Begin { p: &visit.frame, agency, begun, error: None })
}

/// Begins an application.
pub(in crate::web) async fn start(
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    limits: web::Data<PublicLimits>,
    jar: web::Data<Jar>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Paged {
    limits.count_draft(&request, office.now())?;
    let begun = office.begin_draft(&slug, ApplyDraft::default(), published(contract)).await?;
    let mut response = page::see(&Step::FIRST.address(&slug))?;
    jar.put_below(&mut response, Kind::Draft, &below(&slug), &begun.draft_code);
    Ok(response)
}

/// Goes on with one that was left.
pub(in crate::web) async fn resume(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    jar: web::Data<Jar>,
    slug: web::Path<String>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let code = public_limits::code(&request, fields.text("code").trim());
    match office.application_draft(&code, published(contract)).await {
        Ok(draft) => {
            let mut response = page::see(&Step::FIRST.address(&draft.agency.slug))?;
            jar.put_below(&mut response, Kind::Draft, &below(&draft.agency.slug), code.text());
            Ok(response)
        }
        Err(failure) if failure.opens_nothing() => {
            if let Some(receipt) = office.receipt_of_draft(&code).await? {
                return received(&jar, &slug, &receipt, Taken::default());
            }
            let agency = office.agency(&slug).await?;
            let fault = Fault::from(failure);
            let error = Some(fault.said(visit.frame.language));
            page::at_fault(&fault, &visit.frame, &Begin { p: &visit.frame, agency, begun: false, error })
        }
        Err(other) => Err(other.into()),
    }
}

/// Where the code of a draft is sent: only to the form of its own agency, so that two that are written side by side never
/// meet.
fn below(slug: &str) -> String {
    format!("/{slug}")
}

/// One step, with what was entered before.
pub(in crate::web) async fn show(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    place: web::Path<(String, Step)>,
    request: HttpRequest,
) -> Paged {
    let (slug, step) = place.into_inner();
    let Some(held) = held(&office, &contract, &request, &slug).await? else {
        return page::see(&format!("/apply/{slug}"));
    };
    if held.draft.held.is_some() {
        return page::see(&aside::address(&slug));
    }
    let asked = Fields::of(request.query_string());
    let problems = if asked.has("mend") { problems_of(&held.draft) } else { Vec::new() };
    step_page(&visit.frame, &office, &contract, &slug, step, &held, &problems).await
}

fn problems_of(draft: &ApplicationDraft) -> Vec<Problem> {
    draft.missing.iter().map(|one| Problem::at(&one.pointer, &one.zh, &one.en)).collect()
}

async fn step_page(
    p: &Frame,
    office: &Office,
    contract: &Contract,
    slug: &str,
    step: Step,
    held: &Held,
    problems: &[Problem],
) -> Paged {
    let agency = held.draft.agency.name.clone();
    let code = held.code.text().to_owned();
    let application = &held.draft.application.0;
    let own = forms::own_of(office, slug, application).await?;
    if let Some(form) = forms::form_of(p, contract, step, application, &own, problems)? {
        let form = form.with_more(held.more.as_deref());
        let status = if form.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let form_version = Some(own.version).filter(|version| step == Step::FIRST && *version > 0);
        return page::with_status(
            status,
            p,
            &StepPage { p, slug, agency, step, code, form, form_version, saved: false },
        );
    }
    let all = problems_of(&held.draft);
    let (mut groups, mut problems) = (Vec::new(), Vec::new());
    for step in Step::ASKED {
        let Some(form) = forms::form_of(p, contract, step, application, &own, &all)? else { continue };
        groups.push((step, answers(p, &form.parts)));
        problems.extend(form.problems.into_iter().map(|(_, text)| (step, text)));
    }
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let like = office.like_published(&asked_for(application)).await?;
    page::with_status(status, p, &Check { p, slug, agency, code, groups, problems, like })
}

/// The words of what is asked for.
fn asked_for(application: &serde_json::Map<String, Value>) -> String {
    let subject = application.get("request").and_then(|request| request.get("subject"));
    subject.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What was published suffices: nothing is sent, and the draft goes.
pub(in crate::web) async fn found(
    office: web::Data<Office>,
    jar: web::Data<Jar>,
    slug: web::Path<String>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let id: CaseId = fields.text("id").parse().map_err(|_no_id| Failure::Missing)?;
    // Counted once for an application that was begun and is not sent: it goes with its draft.
    if let Some(code) = draft_code(&request) {
        match office.delete_draft(&code).await {
            Ok(()) => office.published_sufficed(id).await?,
            Err(failure) if failure.opens_nothing() => {}
            Err(other) => return Err(other.into()),
        }
    }
    let mut response = page::see("/published?found=yes")?;
    jar.take_below(&mut response, Kind::Draft, &below(&slug));
    Ok(response)
}

/// Saves a step and goes on, back or away; the last one sends.
#[expect(clippy::too_many_arguments, reason = "what a handler needs of the app comes as arguments")]
pub(in crate::web) async fn save(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    limits: web::Data<PublicLimits>,
    jar: web::Data<Jar>,
    place: web::Path<(String, Step)>,
    request: HttpRequest,
    payload: web::Payload,
) -> Paged {
    let (slug, step) = place.into_inner();
    let p = &visit.frame;
    if MaybeFiles::is_on_its_way(&request) && !has_written(&office, &contract, &request, &slug).await? {
        return page::see(&format!("/apply/{slug}"));
    }
    let MaybeFiles { fields, files } = MaybeFiles::of(&request, payload).await?;
    if step == Step::Check {
        return send(p, &office, &contract, &limits, &jar, &slug, &request, &fields, files).await;
    }
    let Some(mut held) = held(&office, &contract, &request, &slug).await? else {
        return page::see(&format!("/apply/{slug}"));
    };
    if held.draft.held.is_some() {
        return page::see(&aside::address(&slug));
    }
    let mut application = held.draft.application.0.clone();
    forms::put(&office, &contract, &slug, step, &fields, &mut application).await?;
    let saved = match contract.body::<ApplyDraft>(Value::Object(application.clone())) {
        Ok(draft) => office.save_draft(&held.code, draft, published(contract.clone())).await,
        Err(wrong) => Err(wrong),
    };
    let (problems, kept) = match saved {
        Ok(draft) => {
            held.draft = draft;
            (steps::of_step(step, problems_of(&held.draft)), true)
        }
        Err(Failure::Invalid(problems)) => {
            held.draft.application = ApplyDraft(application);
            (problems, false)
        }
        Err(other) => return Err(other.into()),
    };
    if let Some(more) = fields.get(MORE) {
        held.more = Some(more.to_owned());
        return step_page(p, &office, &contract, &slug, step, &held, &[]).await;
    }
    match fields.get("go") {
        // The page's own module, which keeps what is typed while it is typed: what is missing is no fault yet.
        Some("keep") if kept => Ok(HttpResponse::NoContent().finish()),
        Some("keep") => Ok(HttpResponse::UnprocessableEntity().finish()),
        Some("back") => page::see(&step.before().map_or(format!("/apply/{slug}"), |before| before.address(&slug))),
        Some("leave") => {
            let own = forms::own_of(&office, &slug, &held.draft.application.0).await?;
            let form = forms::form_of(p, &contract, step, &held.draft.application.0, &own, &[])?;
            let form = form.ok_or(Failure::Missing)?;
            let form_version = Some(own.version).filter(|version| step == Step::FIRST && *version > 0);
            let agency = held.draft.agency.name.clone();
            page::shown(
                p,
                &StepPage {
                    p,
                    slug: &slug,
                    agency,
                    step,
                    code: held.code.text().to_owned(),
                    form,
                    form_version,
                    saved: true,
                },
            )
        }
        _ if problems.is_empty() => page::see(&step.after().address(&slug)),
        // Kept, if not whole: shown at an address of its own, to which a browser can come back without asking.
        _ if kept => page::see(&format!("{}?mend=yes", step.address(&slug))),
        _ => step_page(p, &office, &contract, &slug, step, &held, &problems).await,
    }
}

/// The receipt, at an address of its own, with which this browser may look at the application from now on.
fn received(jar: &Jar, slug: &str, receipt: &Receipt, files: Taken) -> Paged {
    let (attached, left_out) = (files.attached.to_string(), files.left_out.to_string());
    let remarks = receipt.remarks.iter().map(|remark| ("remark", remark.code));
    let counts = [("attached", attached.as_str()), ("left_out", left_out.as_str())];
    let told = remarks.chain(counts.into_iter().filter(|(_, count)| *count != "0"));
    let mut response = page::see(&format!("/track/receipt?{}", encode(told)))?;
    jar.put(&mut response, Kind::Track, &format!("{} {}", receipt.receipt_no, receipt.query_code));
    jar.take_below(&mut response, Kind::Draft, &below(slug));
    Ok(response)
}

#[expect(clippy::too_many_arguments, reason = "it is the end of a handler, and gets what that has of the app")]
async fn send(
    p: &Frame,
    office: &Office,
    contract: &web::Data<Contract>,
    limits: &PublicLimits,
    jar: &Jar,
    slug: &str,
    request: &HttpRequest,
    fields: &Fields,
    files: Option<FileForm>,
) -> Paged {
    // The page carries the code: in another tab, where the cookie is gone because the first has sent it, it gives the
    // same receipt.
    let code = fields.get(CODE).map(|code| public_limits::code(request, code)).or_else(|| draft_code(request));
    let Some(code) = code else { return page::see(&format!("/apply/{slug}")) };
    // A code of another agency's draft is nothing here; one whose draft is gone was sent, and gives the same receipt.
    match office.application_draft(&code, published(contract.clone())).await {
        Ok(draft) if draft.agency.slug != slug => return page::see(&format!("/apply/{slug}")),
        Ok(_) => {}
        Err(failure) if failure.opens_nothing() => {}
        Err(other) => return Err(other.into()),
    }
    limits.count(request, office.now())?;
    let lured = fields.get(aside::LURE).is_some();
    match office.send_form(&code, lured, published(contract.clone())).await {
        Ok(Sent::Received(receipt)) => {
            let files = match files {
                Some(files) => attachments::take(office, &receipt, files).await,
                None => Taken::default(),
            };
            received(jar, slug, &receipt, files)
        }
        Ok(Sent::Aside) => page::see(&aside::address(slug)),
        Err(Failure::Invalid(_)) => match held(office, contract, request, slug).await? {
            Some(held) => step_page(p, office, contract, slug, Step::Check, &held, &[]).await,
            None => page::see(&format!("/apply/{slug}")),
        },
        Err(failure) if failure.opens_nothing() => page::see(&format!("/apply/{slug}")),
        Err(other) => Err(other.into()),
    }
}
