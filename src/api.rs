//! The JSON API: a file a resource, handlers that only hand on, one table of routes.
//!
//! A request passes, in this order: `edge` (names it, and makes a problem of whatever goes wrong), `room` (is there
//! any), its route in the table below, `officer` or `applicant` (who asks), `if_match` (resting on what), `body` and
//! `query` (does it fit its schema), the handler, the office.

mod absences;
mod admin;
mod answer;
mod applicant;
mod assignment;
mod audit;
pub(crate) mod body;
mod calendar;
mod case_act;
mod cases;
mod co_work;
mod consultation;
pub(crate) mod contract;
mod correction;
pub mod documented;
pub(crate) mod drafts;
pub(crate) mod edge;
mod explanation;
mod exporting;
mod extension;
mod fee;
pub mod file;
mod files;
mod health;
mod held;
pub(crate) mod idempotency;
mod identity;
mod if_match;
mod json;
pub(crate) mod language;
mod letter_wordings;
mod letters;
mod likeness;
mod masking;
mod metrics;
mod mine;
mod not_done;
mod notes;
mod notices;
mod officer;
pub(crate) mod openapi;
mod particulars;
mod piece;
pub(crate) mod problem;
mod public;
pub(crate) mod public_limits;
mod published;
mod query;
mod reassignment;
mod rectification;
mod redaction;
mod referral;
mod registration;
mod reminding;
mod reply;
pub(crate) mod room;
pub(crate) mod route;
mod routing;
mod saved_views;
mod scheduler;
mod schemas;
mod search_record;
mod service;
mod sign_in;
mod splitting;
mod supervision;
mod tagging;
mod terms;
mod third_party;
mod uploads;
mod watching;
mod withdrawal;

use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use serde_json::Value;
use thiserror::Error;
use utoipa::OpenApi;

use crate::config::{Limits, Server};
use crate::office::Office;
use body::BodyLimits;
use contract::Contract;
use edge::edge;
use public_limits::PublicLimits;
use room::{Room, admit};
use route::{PREFIX, routes, unmatched};
use schemas::{SchemaFault, Schemas};

routes! {
    get  "/api/v1/public/agencies" => public::agencies;
    get  "/api/v1/public/agencies/{slug}" => public::agency;
    post "/api/v1/public/agencies/{slug}/applications" => public::apply;
    post "/api/v1/public/agencies/{slug}/drafts" => drafts::begin;
    get  "/api/v1/public/drafts" => drafts::show;
    put  "/api/v1/public/drafts" => drafts::save;
    delete "/api/v1/public/drafts" => drafts::delete;
    post "/api/v1/public/drafts/submission" => drafts::send;
    get  "/api/v1/public/applications/{receipt_no}" => public::track;
    post "/api/v1/public/applications/{receipt_no}/corrections" => public::correct;
    post "/api/v1/public/applications/{receipt_no}/explanations" => public::explain;
    post "/api/v1/public/applications/{receipt_no}/payments" => public::report_payment;
    post "/api/v1/public/applications/{receipt_no}/withdrawal" => public::withdraw;
    post "/api/v1/public/applications/{receipt_no}/service-confirmation" => public::confirm_service;
    post "/api/v1/public/applications/{receipt_no}/feedback" => public::rate;
    get  "/api/v1/public/applications/{receipt_no}/remedies" => public::remedies;
    get  "/api/v1/public/applications/{receipt_no}/papers" => public::papers;
    get  "/api/v1/public/applications/{receipt_no}/documents/{id}" => public::document;
    get  "/api/v1/public/applications/{receipt_no}/documents/{id}/{format}" => letters::document;
    post "/api/v1/public/applications/{receipt_no}/uploads" => uploads::begin_own;
    get  "/api/v1/public/applications/{receipt_no}/uploads/{file}" => uploads::show_own;
    patch "/api/v1/public/applications/{receipt_no}/uploads/{file}" => uploads::receive_own;
    delete "/api/v1/public/applications/{receipt_no}/uploads/{file}" => uploads::give_up_own;
    post "/api/v1/public/applications/{receipt_no}/files" => files::attach_own;
    get  "/api/v1/public/applications/{receipt_no}/files/{file}" => files::own;
    get  "/api/v1/public/applications/{receipt_no}/sheets/{sheet}/{format}" => letters::own_sheet;
    get  "/api/v1/public/agencies/{slug}/application-form/{format}" => letters::blank_form;
    post "/api/v1/public/mine" => mine::ask;
    get  "/api/v1/public/mine" => mine::list;
    post "/api/v1/public/mine/pass" => mine::open;
    get  "/api/v1/public/published" => published::list;
    get  "/api/v1/public/published/like" => published::like;
    get  "/api/v1/public/published/{id}/files" => files::public_list;
    get  "/api/v1/public/published/{id}/files/{file}" => files::public;
    post "/api/v1/public/deadline" => public::deadline;

    post "/api/v1/auth/login" => sign_in::login;
    post "/api/v1/auth/refresh" => sign_in::refresh;
    post "/api/v1/auth/logout" => sign_in::logout;
    get  "/api/v1/me" => sign_in::me;
    post "/api/v1/me/password" => sign_in::change_password;
    get  "/api/v1/me/sessions" => sign_in::sessions;
    delete "/api/v1/me/sessions/{id}" => sign_in::end_session;
    get  "/api/v1/me/colleagues" => absences::colleagues;
    get  "/api/v1/me/absences" => absences::mine;
    post "/api/v1/me/absences" => absences::go_away;
    delete "/api/v1/me/absences/{id}" => absences::come_back;
    get  "/api/v1/me/notices" => notices::choices;
    put  "/api/v1/me/notices" => notices::choose;
    get  "/api/v1/me/views" => saved_views::list;
    put  "/api/v1/me/views/{name}" => saved_views::save;
    delete "/api/v1/me/views/{name}" => saved_views::delete;

    get  "/api/v1/cases" => cases::list;
    post "/api/v1/cases" => cases::enter;
    get  "/api/v1/cases/counts" => cases::counts;
    get  "/api/v1/cases/export" => exporting::cases;
    post "/api/v1/cases/reassignment" => reassignment::reassign;
    post "/api/v1/cases/reminders" => reminding::remind;
    post "/api/v1/cases/tags" => tagging::tag;
    get  "/api/v1/cases/{id}" => cases::show;
    get  "/api/v1/cases/{id}/journal" => cases::journal;
    get  "/api/v1/cases/{id}/proof" => audit::proof;
    get  "/api/v1/cases/{id}/clock" => cases::clock;
    get  "/api/v1/cases/{id}/allowed" => cases::allowed;
    get  "/api/v1/cases/{id}/routes" => routing::routes;
    get  "/api/v1/cases/{id}/similar" => likeness::similar;
    get  "/api/v1/cases/{id}/applicant-cases" => likeness::applicant_cases;
    post "/api/v1/cases/{id}/identity-view" => identity::identity_view;
    get  "/api/v1/cases/{id}/drafts" => reply::versions;
    get  "/api/v1/cases/{id}/letters" => letters::list;
    get  "/api/v1/cases/{id}/letters/{seq}/{format}" => letters::show;
    get  "/api/v1/cases/{id}/letters/{seq}/service-receipt/{format}" => letters::service_receipt;
    get  "/api/v1/cases/{id}/sheets/{sheet}/{format}" => letters::sheet;
    get  "/api/v1/cases/{id}/notices" => notices::of_case;
    get  "/api/v1/cases/{id}/milestones" => notices::milestones;
    get  "/api/v1/cases/{id}/watchers" => watching::watchers;
    put  "/api/v1/cases/{id}/watch" => watching::watch;
    delete "/api/v1/cases/{id}/watch" => watching::unwatch;
    post "/api/v1/cases/{id}/confirmation" => registration::confirm;
    post "/api/v1/cases/{id}/registration" => registration::register;
    post "/api/v1/cases/{id}/contacts" => particulars::contact;
    post "/api/v1/cases/{id}/examination" => particulars::examine;
    post "/api/v1/cases/{id}/particulars" => particulars::correct;
    post "/api/v1/cases/{id}/sensitivity" => particulars::mark;
    post "/api/v1/cases/{id}/links" => particulars::link;
    post "/api/v1/cases/{id}/split" => splitting::split;
    post "/api/v1/cases/{id}/assignment" => assignment::assign;
    post "/api/v1/cases/{id}/claim" => assignment::claim;
    post "/api/v1/cases/{id}/return" => assignment::hand_back;
    post "/api/v1/cases/{id}/uploads" => uploads::begin;
    get  "/api/v1/cases/{id}/uploads/{file}" => uploads::show;
    patch "/api/v1/cases/{id}/uploads/{file}" => uploads::receive;
    delete "/api/v1/cases/{id}/uploads/{file}" => uploads::give_up;
    get  "/api/v1/cases/{id}/files" => files::list;
    post "/api/v1/cases/{id}/files" => files::attach;
    get  "/api/v1/cases/{id}/files/{file}/content" => files::content;
    post "/api/v1/cases/{id}/files/{file}/visibility" => files::show;
    post "/api/v1/cases/{id}/files/{file}/check" => files::check;
    get  "/api/v1/cases/{id}/files/{file}/privacy" => files::privacy;
    get  "/api/v1/cases/{id}/files/{file}/pages/{page}" => redaction::page;
    post "/api/v1/cases/{id}/files/{file}/redaction" => redaction::redact;
    get  "/api/v1/cases/{id}/files/{file}/redaction" => redaction::sheet;
    get  "/api/v1/cases/{id}/releases" => files::releases;
    post "/api/v1/cases/{id}/releases" => files::release;
    get  "/api/v1/cases/{id}/deliveries" => service::deliveries;
    post "/api/v1/cases/{id}/deliveries" => service::deliver;
    post "/api/v1/cases/{id}/notes" => notes::note;
    post "/api/v1/cases/{id}/correction-requests" => correction::request;
    post "/api/v1/cases/{id}/correction-requests/delivery" => correction::delivered;
    post "/api/v1/cases/{id}/corrections" => correction::receive;
    post "/api/v1/cases/{id}/lapse" => correction::lapse;
    post "/api/v1/cases/{id}/reopening" => correction::reinstate;
    post "/api/v1/cases/{id}/consultations" => consultation::consult;
    post "/api/v1/cases/{id}/consultations/{consultation}/delivery" => consultation::delivered;
    post "/api/v1/cases/{id}/consultations/{consultation}/opinion" => consultation::opinion;
    post "/api/v1/cases/{id}/consultations/{consultation}/finding" => third_party::weigh;
    post "/api/v1/cases/{id}/consultations/{consultation}/override-notice" => third_party::tell_third_party;
    post "/api/v1/cases/{id}/consultation-notice" => third_party::tell_applicant;
    post "/api/v1/cases/{id}/explanation-requests" => explanation::request;
    post "/api/v1/cases/{id}/explanation-requests/delivery" => explanation::delivered;
    post "/api/v1/cases/{id}/explanations" => explanation::receive;
    post "/api/v1/cases/{id}/explanation-decision" => explanation::decide;
    post "/api/v1/cases/{id}/delay-notice" => explanation::notify_delay;
    get  "/api/v1/cases/{id}/fee" => fee::estimate;
    post "/api/v1/cases/{id}/fee-notices" => fee::notify;
    post "/api/v1/cases/{id}/fee-notices/delivery" => fee::delivered;
    post "/api/v1/cases/{id}/payments" => fee::pay;
    post "/api/v1/cases/{id}/waiver-request" => fee::request_waiver;
    post "/api/v1/cases/{id}/waiver-decision" => fee::decide_waiver;
    post "/api/v1/cases/{id}/co-work" => co_work::open;
    post "/api/v1/cases/{id}/co-work/{co_work}/answer" => co_work::answer_it;
    post "/api/v1/cases/{id}/co-work/{co_work}/recall" => co_work::recall;
    post "/api/v1/cases/{id}/searches" => search_record::record;
    post "/api/v1/cases/{id}/referral" => referral::refer;
    post "/api/v1/cases/{id}/referral-confirmation" => referral::confirm;
    post "/api/v1/cases/{id}/publication-proposal" => referral::propose;
    post "/api/v1/cases/{id}/publication" => referral::publish;
    delete "/api/v1/cases/{id}/published-answer" => published::take_off;
    post "/api/v1/cases/{id}/extension-request" => extension::request;
    post "/api/v1/cases/{id}/extension-decision" => extension::decide;
    post "/api/v1/cases/{id}/extension-notice" => extension::notify;
    post "/api/v1/cases/{id}/draft" => reply::draft;
    get  "/api/v1/cases/{id}/draft/privacy" => masking::look;
    post "/api/v1/cases/{id}/draft/masking" => masking::mask;
    post "/api/v1/cases/{id}/review" => reply::review;
    post "/api/v1/cases/{id}/legal-review" => reply::review_legality;
    post "/api/v1/cases/{id}/secrecy-review" => reply::review_secrecy;
    post "/api/v1/cases/{id}/signature" => reply::sign;
    post "/api/v1/cases/{id}/check-answers" => reply::answer_check;
    post "/api/v1/cases/{id}/recall" => reply::recall;
    post "/api/v1/cases/{id}/service" => service::serve;
    post "/api/v1/cases/{id}/service-proof" => service::prove;
    post "/api/v1/cases/{id}/withdrawal" => withdrawal::withdraw;
    post "/api/v1/cases/{id}/receipt-correction" => rectification::correct_receipt;
    post "/api/v1/cases/{id}/annulments" => rectification::annul;

    get  "/api/v1/held-applications" => held::list;
    post "/api/v1/held-applications/{id}/release" => held::release;
    post "/api/v1/held-applications/{id}/discard" => held::discard;

    get  "/api/v1/tasks" => scheduler::tasks;
    post "/api/v1/tasks/{id}/settlement" => scheduler::settle;

    get  "/api/v1/supervision/overdue" => supervision::overdue;
    get  "/api/v1/supervision/due-soon" => supervision::due_soon;
    get  "/api/v1/supervision/workload" => supervision::workload;
    get  "/api/v1/supervision/late-replies" => supervision::late_replies;
    get  "/api/v1/supervision/satisfaction" => supervision::satisfaction;
    get  "/api/v1/supervision/windows" => supervision::windows;
    get  "/api/v1/supervision/stalled" => supervision::stalled;
    get  "/api/v1/supervision/timeliness" => supervision::timeliness;
    post "/api/v1/admin/agencies" => admin::add_agency;
    get  "/api/v1/admin/agencies/{slug}/routing" => routing::routing;
    put  "/api/v1/admin/agencies/{slug}/routing" => routing::lay_down_routing;
    get  "/api/v1/admin/agencies/{slug}/approval-flow" => admin::approval_flow;
    put  "/api/v1/admin/agencies/{slug}/approval-flow" => admin::lay_down_approval_flow;
    get  "/api/v1/admin/agencies/{slug}/form" => admin::application_form;
    put  "/api/v1/admin/agencies/{slug}/form" => admin::lay_down_application_form;
    get  "/api/v1/admin/agencies/{slug}/reminders" => notices::reminders;
    put  "/api/v1/admin/agencies/{slug}/reminders" => notices::lay_down_reminders;
    get  "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}" => letter_wordings::show;
    put  "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}" => letter_wordings::edit;
    delete "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}" => letter_wordings::restore;
    post "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}/preview" => letter_wordings::preview;
    get  "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}" => notices::wording;
    put  "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}" => notices::edit_wording;
    delete "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}" => notices::restore_wording;
    post "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}/preview" => notices::preview;
    post "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}/test" => notices::try_out;
    get  "/api/v1/admin/agencies/{slug}" => admin::agency;
    patch "/api/v1/admin/agencies/{slug}" => admin::change_agency;
    get  "/api/v1/admin/staff" => admin::staff;
    post "/api/v1/admin/staff" => admin::add_staff;
    get  "/api/v1/admin/staff/{id}" => admin::staff_member;
    patch "/api/v1/admin/staff/{id}" => admin::change_account;
    put  "/api/v1/admin/staff/{id}/roles" => admin::set_roles;
    post "/api/v1/admin/staff/{id}/password" => admin::reset_password;
    post "/api/v1/admin/staff/{id}/status" => admin::set_staff_status;
    post "/api/v1/admin/staff/{id}/absences" => absences::enter;
    get  "/api/v1/admin/calendar" => calendar::years;
    get  "/api/v1/admin/calendar/proposals" => calendar::proposals;
    post "/api/v1/admin/calendar/proposals" => calendar::propose;
    get  "/api/v1/admin/calendar/proposals/{id}" => calendar::proposal;
    get  "/api/v1/admin/calendar/proposals/{id}/moves" => calendar::moves;
    post "/api/v1/admin/calendar/proposals/{id}/confirmation" => calendar::confirm;
    post "/api/v1/admin/calendar/proposals/{id}/rejection" => calendar::reject;
    get  "/api/v1/admin/outbox" => notices::outbox;
    post "/api/v1/admin/outbox/{id}/retry" => notices::retry;
    post "/api/v1/admin/outbox/{id}/cancellation" => notices::cancel;
    get  "/api/v1/audit/seals" => audit::seals;
    post "/api/v1/audit/seals" => audit::seal;
    get  "/api/v1/admin/scheduler" => scheduler::state;
    get  "/api/v1/admin/scheduler/runs" => scheduler::runs;

    get  "/api/v1/terms" => terms::terms;
}

/// Why the API cannot be served: faults of the program, found at start.
#[derive(Debug, Error)]
pub enum ApiFault {
    /// The OpenAPI document cannot be written.
    #[error("the OpenAPI document cannot be written: {0}")]
    Document(#[from] serde_json::Error),
    /// A schema in it cannot be compiled.
    #[error(transparent)]
    Schema(#[from] SchemaFault),
}

/// The API over one office; every worker thread configures its app from a clone.
#[derive(Clone)]
pub struct Api {
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    room: web::Data<Room>,
    limits: web::Data<PublicLimits>,
    body: BodyLimits,
    document: Value,
}

impl Api {
    /// Makes the OpenAPI document and compiles its schemas.
    ///
    /// # Errors
    /// [`ApiFault`] when either cannot be done.
    pub fn new(office: Office, server: &Server, limits: &Limits) -> Result<Self, ApiFault> {
        let document = document()?;
        Ok(Self {
            office: web::Data::new(office),
            contract: web::Data::new(Contract::new(Schemas::compile(&document)?, document.clone())),
            room: web::Data::new(Room::new(server.requests)),
            limits: web::Data::new(PublicLimits::new(limits.applications_per_hour, server.trusted_proxies)),
            body: BodyLimits { bytes: server.body_bytes, time: Duration::from_secs(server.request_seconds) },
            document,
        })
    }

    /// Adds the API, its document and the health checks to an app. What no route takes, here or beside the API, is
    /// answered 404 or 405 as problem+json.
    pub fn configure(&self, app: &mut ServiceConfig) {
        app.app_data(self.office.clone())
            .app_data(self.contract.clone())
            .app_data(self.room.clone())
            .app_data(self.limits.clone())
            .app_data(web::Data::new(self.body))
            .app_data(web::PayloadConfig::new(self.body.bytes))
            // Outside the room: a full house is still alive.
            .service(web::resource("/healthz").wrap(from_fn(edge)).route(web::get().to(health::alive)))
            .service(web::resource("/metrics").wrap(from_fn(edge)).route(web::get().to(metrics::metrics)))
            .service(web::resource("/readyz").wrap(from_fn(edge)).route(web::get().to(health::ready)))
            .service(
                register(web::scope(PREFIX))
                    .configure(|scope| openapi::serve(&self.document, scope))
                    .default_service(web::to(unmatched))
                    .wrap(from_fn(admit))
                    .wrap(from_fn(edge)),
            )
            .default_service(web::to(unmatched));
    }
}

/// The OpenAPI 3.1 document.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn document() -> Result<Value, serde_json::Error> {
    openapi::document(Paths::openapi())
}

#[cfg(test)]
mod tests;
