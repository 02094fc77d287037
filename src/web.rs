//! The pages: a face for each of the API's calls, complete without scripts, in Chinese with an English twin.
//!
//! A page goes through the same office function as its API twin and is checked against the same contract (`api::contract`,
//! decision 016). A request passes, in this order: `edge` (headers, errors as pages), the room, its line in the table
//! below, `visit` or `signed_in` (who reads, in which language), the handler, the office; then a template beside it.

mod assets;
mod cookies;
mod edge;
mod fields;
mod form;
mod frame;
mod me;
mod page;
mod picture;
mod portal;
mod signed_in;
mod signing_in;
mod turn;
mod visit;

use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, ServiceConfig};

use crate::api::room::admit;
use crate::config::Server;

/// Turns `method "path" => handler;` lines into the registration of each.
macro_rules! pages {
    ($($method:ident $path:literal => $($handler:ident)::+;)+) => {
        fn register(scope: actix_web::Scope) -> actix_web::Scope {
            scope$(.route($path, actix_web::web::$method().to($($handler)::+)))+
        }
    };
}

pages! {
    get  "/" => portal::home::show;
    get  "/agencies" => portal::agencies::list;
    get  "/agencies/{slug}" => portal::agencies::show;
    get  "/calculator" => portal::calculator::show;
    get  "/preferences" => visit::prefer;

    get  "/apply/{slug}" => portal::apply::begin;
    post "/apply/{slug}" => portal::apply::start;
    post "/apply/{slug}/resume" => portal::apply::resume;
    get  "/apply/{slug}/{step}" => portal::apply::show;
    post "/apply/{slug}/{step}" => portal::apply::save;

    get  "/track" => portal::track::show;
    post "/track" => portal::track::open;
    post "/track/leave" => portal::track::leave;
    get  "/track/letters/{id}" => portal::track::letter;
    get  "/track/acts/{act}" => portal::track::act;
    post "/track/acts/{act}" => portal::track::perform;

    get  "/sign-in" => signing_in::show;
    post "/sign-in" => signing_in::sign_in;
    post "/sign-out" => signing_in::sign_out;
    get  "/me" => me::show;
    post "/me/password" => me::change_password;
    post "/me/sessions/{id}/end" => me::end_session;



}

/// The pages, as every worker thread configures them.
#[derive(Debug, Clone)]
pub struct Pages {
    cookies: web::Data<cookies::Jar>,
    body_bytes: usize,
}

impl Pages {
    /// The pages of a service with these settings.
    #[must_use]
    pub fn new(config: &crate::config::Config) -> Self {
        let Server { https, body_bytes, .. } = config.server;
        Self {
            cookies: web::Data::new(cookies::Jar::new(https)),
            body_bytes,
        }
    }

    /// Adds the pages to an app that has the API. They take whatever path the API left.
    pub fn configure(&self, app: &mut ServiceConfig) {
        app.app_data(self.cookies.clone())
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
