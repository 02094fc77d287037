//! The pages: a face for each of the API's calls, complete without scripts, in Chinese with an English twin.
//!
//! A page goes through the same office function as its API twin and is checked against the same contract (`api::contract`,
//! decision 016). A request passes, in this order: `edge` (headers, errors as pages), the room, its line in the table
//! below, `visit` or `signed_in` (who reads, in which language), the handler, the office; then a template beside it.

mod admin;
mod assets;
mod audit;
mod cookies;
mod data_url;
mod desk;
mod edge;
mod fields;
mod file_form;
mod form;
mod frame;
mod me;
mod page;
mod picture;
mod portal;
mod report_tables;
mod signed_in;
mod signing_in;
mod supervision;
mod turn;
mod uploads;
mod visit;

use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, ServiceConfig};

use crate::api::room::admit;
use crate::config::Server;

/// Turns `method "path" => handler;` lines into the registration of each.
macro_rules! pages {
    // Whoever asks with HEAD is told what GET would be, without its body.
    (@method get) => {
        actix_web::web::route().guard(actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head()))
    };
    (@method post) => { actix_web::web::post() };
    ($($method:ident $path:literal => $($handler:ident)::+;)+) => {
        /// Every page: method and path.
        #[cfg(test)]
        const PAGES: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        fn register(scope: actix_web::Scope) -> actix_web::Scope {
            scope$(.route($path, pages!(@method $method).to($($handler)::+)))+
        }
    };
}

pages! {
    get  "/" => portal::home::show;
    get  "/agencies" => portal::agencies::list;
    get  "/agencies/{slug}" => portal::agencies::show;
    get  "/agencies/{slug}/application-form/{format}" => portal::agencies::blank_form;
    get  "/annual-reports" => portal::annual_reports::list;
    get  "/annual-reports/{slug}/{year}" => portal::annual_reports::show;
    get  "/annual-reports/{slug}/{year}/{format}" => portal::annual_reports::download;
    get  "/published" => portal::published::show;
    get  "/published/{id}" => portal::published::one;
    get  "/published/{id}/files/{file}" => portal::published::file;
    get  "/calculator" => portal::calculator::show;
    get  "/preferences" => visit::prefer;

    get  "/apply/{slug}" => portal::apply::begin;
    post "/apply/{slug}" => portal::apply::start;
    post "/apply/{slug}/resume" => portal::apply::resume;
    get  "/apply/{slug}/aside" => portal::apply::aside::show;
    post "/apply/{slug}/found" => portal::apply::found;
    get  "/apply/{slug}/{step}" => portal::apply::show;
    post "/apply/{slug}/{step}" => portal::apply::save;

    get  "/track" => portal::track::show;
    post "/track" => portal::track::open;
    get  "/track/receipt" => portal::track::receipt;
    get  "/track/remedies" => portal::track::remedies::show;
    get  "/track/papers" => portal::track::remedies::papers;
    post "/track/leave" => portal::track::leave;
    post "/track/rating" => portal::track::rate;
    get  "/track/letters/{id}" => portal::track::letter;
    get  "/track/letters/{id}/{format}" => portal::track::papers::letter;
    post "/track/files" => portal::track::papers::attach;
    get  "/track/files/{file}" => portal::track::papers::file;
    post "/track/uploads" => portal::track::uploads::open;
    post "/track/uploads/{file}" => portal::track::uploads::receive;
    post "/track/uploads/{file}/end" => portal::track::uploads::give_up;
    get  "/track/sheets/{sheet}/{format}" => portal::track::papers::sheet;
    get  "/track/acts/{act}" => portal::track::act;
    post "/track/acts/{act}" => portal::track::perform;

    get  "/third-party" => portal::third_party::show;
    post "/third-party" => portal::third_party::open;

    get  "/enquiries" => portal::enquiries::show;
    post "/enquiries" => portal::enquiries::open;
    post "/enquiries/rating" => portal::enquiries::rate;
    get  "/enquiries/to/{slug}" => portal::enquiries::write;
    post "/enquiries/to/{slug}" => portal::enquiries::send;

    get  "/mine" => portal::mine::show;
    post "/mine" => portal::mine::ask;
    post "/mine/open" => portal::mine::open;
    post "/mine/look" => portal::mine::look;
    post "/mine/leave" => portal::mine::leave;
    get  "/mine/{link}" => portal::mine::landing;

    get  "/sign-in" => signing_in::show;
    post "/sign-in" => signing_in::sign_in;
    post "/sign-out" => signing_in::sign_out;
    get  "/start" => signing_in::start;
    get  "/me" => me::show;
    post "/me/password" => me::change_password;
    get  "/me/absences" => me::absences::show;
    post "/me/absences" => me::absences::go_away;
    post "/me/absences/{id}/end" => me::absences::come_back;
    get  "/me/notices" => me::notices::show;
    post "/me/notices" => me::notices::choose;
    post "/me/sessions/{id}/end" => me::end_session;

    get  "/desk" => desk::queue::show;
    post "/desk/reassign" => desk::batch::reassign;
    post "/desk/remind" => desk::remind::remind;
    post "/desk/tags" => desk::tagging::tag;
    get  "/desk/export" => desk::export::show;
    post "/desk/export" => desk::export::chosen;
    get  "/desk/export/cases.csv" => desk::export::file;
    get  "/desk/ledger" => desk::ledger::show;
    get  "/desk/ledger/file" => desk::ledger::file;
    post "/desk/views" => desk::views::save;
    post "/desk/views/end" => desk::views::end;
    get  "/desk/enter" => desk::enter::show;
    post "/desk/enter" => desk::enter::enter;
    get  "/desk/held" => desk::held::show;
    post "/desk/held/{id}/release" => desk::held::release;
    post "/desk/held/{id}/discard" => desk::held::discard;
    get  "/desk/tasks" => desk::tasks::show;
    post "/desk/tasks/{id}" => desk::tasks::settle;
    get  "/desk/reports" => desk::reports::first;
    get  "/desk/reports/editions/{id}" => desk::reports::edition;
    get  "/desk/reports/editions/{id}/file/{format}" => desk::reports::edition_file;
    post "/desk/reports/editions/{id}/{decision}" => desk::reports::decide;
    get  "/desk/reports/{year}" => desk::reports::show;
    get  "/desk/reports/{year}/file/{format}" => desk::reports::download;
    get  "/desk/reports/{year}/cells" => desk::reports::cells;
    get  "/desk/reports/{year}/enter/{slug}" => desk::reports::form;
    post "/desk/reports/{year}/enter/{slug}" => desk::reports::enter;
    post "/desk/reports/{year}/freeze" => desk::reports::freeze;
    get  "/desk/reports/{year}/published/{slug}" => desk::reports::printed::show;
    post "/desk/reports/{year}/published/{slug}" => desk::reports::printed::take_in;
    get  "/desk/retention" => desk::retention::show;
    post "/desk/retention" => desk::retention::propose;
    get  "/desk/retention/lists/{id}" => desk::retention::list;
    post "/desk/retention/lists/{id}/strike" => desk::retention::strike;
    post "/desk/retention/lists/{id}/{decision}" => desk::retention::decide;
    get  "/desk/retention/lists/{id}/certificate/{format}" => desk::retention::certificate;
    post "/desk/retention/transfers" => desk::retention::put_together;
    get  "/desk/retention/transfers/{id}" => desk::retention::transfer;
    post "/desk/retention/transfers/{id}" => desk::retention::hand_over;
    get  "/desk/retention/transfers/{id}/package" => desk::retention::package;
    get  "/desk/cases/{id}" => desk::case::show;
    get  "/desk/cases/{id}/clock" => desk::case::clock;
    get  "/desk/cases/{id}/journal" => desk::case::journal;
    get  "/desk/cases/{id}/drafts" => desk::drafts::show;
    post "/desk/cases/{id}/drafts/masking" => desk::drafts::mask;
    get  "/desk/cases/{id}/letters" => desk::letters::show;
    get  "/desk/cases/{id}/letters/{seq}/{format}" => desk::letters::letter;
    get  "/desk/cases/{id}/letters/{seq}/service-receipt/{format}" => desk::letters::service_receipt;
    get  "/desk/cases/{id}/sheets/{sheet}/{format}" => desk::letters::sheet;
    get  "/desk/cases/{id}/files" => desk::files::show;
    post "/desk/cases/{id}/files" => desk::files::attach;
    post "/desk/cases/{id}/uploads" => desk::uploads::open;
    post "/desk/cases/{id}/uploads/{file}" => desk::uploads::receive;
    post "/desk/cases/{id}/uploads/{file}/end" => desk::uploads::give_up;
    get  "/desk/cases/{id}/files/{file}" => desk::files::content;
    get  "/desk/cases/{id}/files/{file}/privacy" => desk::files::look;
    get  "/desk/cases/{id}/files/{file}/sheet" => desk::files::sheet;
    get  "/desk/cases/{id}/files/{file}/redact" => desk::redact::show;
    post "/desk/cases/{id}/files/{file}/redact" => desk::redact::redact;
    get  "/desk/cases/{id}/files/{file}/pages/{page}" => desk::redact::picture;
    get  "/desk/cases/{id}/bundles" => desk::bundles::show;
    post "/desk/cases/{id}/bundles" => desk::bundles::ask;
    get  "/desk/cases/{id}/bundles/{bundle}/file" => desk::bundles::file;
    get  "/desk/cases/{id}/deliveries" => desk::deliveries::show;
    get  "/desk/cases/{id}/readings" => audit::readings;
    get  "/desk/cases/{id}/similar" => desk::similar::show;
    get  "/desk/cases/{id}/applicant" => desk::applicant::show;
    get  "/desk/cases/{id}/acts/{act}" => desk::act::show;
    get  "/desk/preview" => desk::pane::empty;
    post "/desk/cases/{id}/acts/{act}" => desk::act::perform;
    post "/desk/cases/{id}/identity" => desk::identity::show;
    post "/desk/cases/{id}/watch" => desk::case::watch;

    get  "/desk/cases/{id}/proceedings" => desk::proceedings::of_case;
    post "/desk/cases/{id}/proceedings" => desk::proceedings::open;
    get  "/desk/proceedings" => desk::proceedings::queue;
    get  "/desk/proceedings/{id}" => desk::proceedings::show::show;
    get  "/desk/proceedings/{id}/acts/{act}" => desk::proceedings::act::show;
    post "/desk/proceedings/{id}/acts/{act}" => desk::proceedings::act::perform;

    get  "/desk/enquiries" => desk::enquiries::queue;
    get  "/desk/enquiries/new" => desk::enquiries::register;
    post "/desk/enquiries/new" => desk::enquiries::registered;
    get  "/desk/enquiries/{id}" => desk::enquiries::show::show;
    get  "/desk/enquiries/{id}/acts/{act}" => desk::enquiries::act::show;
    post "/desk/enquiries/{id}/acts/{act}" => desk::enquiries::act::perform;
    get  "/desk/cases/{id}/enquiries" => desk::enquiries::of_case;
    post "/desk/cases/{id}/enquiries" => desk::enquiries::opened;

    get  "/supervision" => supervision::show;
    get  "/supervision/indicators" => supervision::assessment::indicators;
    get  "/supervision/overdue.csv" => supervision::overdue_table;
    get  "/supervision/indicators.csv" => supervision::assessment::table;
    get  "/supervision/forecast" => supervision::assessment::forecast;
    get  "/supervision/scorecards" => supervision::assessment::scorecards;
    get  "/supervision/scorecards/items" => supervision::assessment::scored;
    get  "/supervision/orders" => supervision::orders::list;
    post "/supervision/orders" => supervision::orders::issue;
    get  "/supervision/orders/{id}" => supervision::orders::show;
    post "/supervision/orders/{id}/papers" => supervision::orders::send_paper;
    post "/supervision/orders/{id}/{act}" => supervision::orders::act;
    get  "/supervision/orders/{id}/proofs/{file}" => supervision::orders::proof;
    get  "/supervision/windows" => supervision::waiting::windows;
    get  "/supervision/stalled" => supervision::waiting::stalled;
    get  "/supervision/{list}" => supervision::list;

    get  "/audit" => audit::show;
    post "/audit" => audit::seal;
    get  "/audit/slips/{number}" => audit::slip;
    get  "/audit/entries" => audit::entries;

    get  "/admin" => admin::show;
    get  "/admin/agencies/{slug}" => admin::agencies::show;
    post "/admin/agencies/{slug}" => admin::agencies::change;
    get  "/admin/agencies/{slug}/form" => admin::form::show;
    post "/admin/agencies/{slug}/form" => admin::form::lay_down;
    get  "/admin/agencies" => admin::new_agency::show;
    post "/admin/agencies" => admin::new_agency::add;
    get  "/admin/agencies/{slug}/letters" => admin::letters::list;
    get  "/admin/agencies/{slug}/letters/{letter}/{outcome}" => admin::letters::show;
    post "/admin/agencies/{slug}/letters/{letter}/{outcome}" => admin::letters::edit;
    get  "/admin/agencies/{slug}/history" => admin::history::show;
    post "/admin/agencies/{slug}/history" => admin::history::record;
    post "/admin/agencies/{slug}/history/{id}/{deed}" => admin::history::change;
    get  "/admin/agencies/{slug}/rules/{rules}" => admin::rules::show;
    post "/admin/agencies/{slug}/rules/{rules}" => admin::rules::lay_down;
    get  "/admin/staff" => admin::staff::show;
    post "/admin/staff" => admin::staff::add;
    get  "/admin/staff/{id}" => admin::account::show;
    post "/admin/staff/{id}" => admin::account::change;
    post "/admin/staff/{id}/roles" => admin::account::set_roles;
    post "/admin/staff/{id}/password" => admin::account::reset_password;
    post "/admin/staff/{id}/status" => admin::staff::set_status;
    get  "/admin/calendar" => admin::calendar::show;
    post "/admin/calendar" => admin::calendar::propose;
    get  "/admin/calendar/{id}" => admin::calendar::proposal;
    post "/admin/calendar/{id}" => admin::calendar::decide;
    get  "/admin/import" => admin::import::show;
    post "/admin/import" => admin::import::bring_in;
    get  "/admin/import/template" => admin::import::template;
    get  "/admin/wordings/{slug}/{notice}/{language}" => admin::wordings::show;
    post "/admin/wordings/{slug}/{notice}/{language}" => admin::wordings::edit;
    get  "/admin/outbox" => admin::outbox::show;
    post "/admin/outbox/{id}/{deed}" => admin::outbox::change;
    get  "/admin/scheduler" => admin::scheduler::show;
    get  "/admin/settings" => admin::settings::show;
}

/// The pages, as every worker thread configures them.
#[derive(Debug, Clone)]
pub struct Pages {
    cookies: web::Data<cookies::Jar>,
    settings: web::Data<admin::settings::Shown>,
    body_bytes: usize,
}

impl Pages {
    /// The pages of a service with these settings.
    #[must_use]
    pub fn new(config: &crate::config::Config) -> Self {
        let Server { https, body_bytes, .. } = config.server;
        Self {
            cookies: web::Data::new(cookies::Jar::new(https)),
            settings: web::Data::new(admin::settings::Shown::of(config)),
            body_bytes,
        }
    }

    /// Adds the pages to an app that has the API. They take whatever path the API left.
    pub fn configure(&self, app: &mut ServiceConfig) {
        app.app_data(self.cookies.clone())
            .app_data(self.settings.clone())
            .app_data(web::FormConfig::default().limit(self.body_bytes))
            .service(
                register(web::scope("").service(web::resource("/assets/{name}").get(assets::serve)))
                    .default_service(web::to(page::nothing_here))
                    .wrap(from_fn(admit))
                    .wrap(from_fn(edge::edge))
                    .wrap(Compress::default()),
            );
    }
}
