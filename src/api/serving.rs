//! The API over one office: its document made and compiled, its routes put into an app.

use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use serde_json::Value;
use utoipa::OpenApi;

use super::body::BodyLimits;
use super::contract::Contract;
use super::edge::edge;
use super::fault::ApiFault;
use super::public_limits::PublicLimits;
use super::room::{Room, admit};
use super::route::{PREFIX, unmatched};
use super::schemas::Schemas;
use super::{Paths, health, metrics, openapi, register};
use crate::config::{Limits, Server};
use crate::office::Office;

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
            room: web::Data::new(Room::new(server.requests, server.body_bytes)),
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
