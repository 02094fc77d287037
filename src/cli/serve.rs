//! `dafu serve`: the API over the office, with the scheduler beside it, until the process is told to stop.

use std::borrow::Cow;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpServer};
use anyhow::Context;
use clap::Args;
use tracing_subscriber::EnvFilter;

use super::{migrate, opening, terminal};
use crate::api::Api;
use crate::clock::Clock;
use crate::config::{Config, Log};
use crate::letters::fonts::Fonts;
use crate::notices::transport::Transport;
use crate::office::Office;
use crate::office::calendars::Learning;
use crate::scheduler::serving::Serving;
use crate::web::Pages;

/// The command.
#[derive(Debug, Args)]
pub struct Serve {
    /// Bring the database's tables up to date first.
    #[arg(long)]
    migrate: bool,
}

/// How long a line on which nothing is asked is kept. Longer than proxies keep theirs (nginx: 60 seconds), so that they close it: what is
/// asked on a line that the service closes at that moment is lost.
const KEPT: Duration = Duration::from_secs(75);

/// Seconds that requests at work have to finish once the process is told to stop.
const SHUTDOWN_SECONDS: u64 = 20;

/// Runs it.
///
/// # Errors
/// When the office cannot be opened or the address is taken.
pub fn run(serve: &Serve, config: &Config) -> anyhow::Result<()> {
    log(&config.log)?;
    if serve.migrate {
        migrate::migrate(&opening::database(config)?)?;
    }
    let office = opening::office(config, Clock::System, Learning::Takes)?;
    warn_of_the_destroyed(&office);
    serve_office(office, config)
}

/// Says in the log that what was destroyed is there again: a copy from before was restored, and its register was not replayed.
fn warn_of_the_destroyed(office: &Office) {
    match office.destroyed_and_there() {
        Ok(there) => {
            if let Some(case) = there.first() {
                let count = there.len();
                tracing::warn!(count, %case, "destroyed cases are there again, this is one: run dafu retention replay");
            }
        }
        Err(failure) => tracing::warn!(%failure, "it cannot be asked whether destroyed cases are there again"),
    }
}

/// Serves an office that is open already.
///
/// # Errors
/// When the address is taken.
pub fn serve_office(office: Office, config: &Config) -> anyhow::Result<()> {
    let listener = TcpListener::bind(&config.server.listen)
        .with_context(|| format!("cannot listen on {} (server.listen)", config.server.listen))?;
    let address = listener.local_addr()?;
    let page = if config.server.pages { "" } else { "api/docs" };
    terminal::remark(&format!("http://{address}/{page}"));
    read_fonts(config);
    let scheduler = scheduler(&office, config)?;
    let served = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start")?
        .block_on(serve_on(listener, office, config));
    // The turn it is at is ended first; what it has claimed is then free.
    drop(scheduler);
    served
}

/// Reads the fonts of letters beside the start, so that the first letter does not wait for them, and says what is missing.
fn read_fonts(config: &Config) {
    let settings = config.letters.clone();
    std::thread::spawn(move || {
        if let Some(complaint) = Fonts::at_hand(&settings).complaint() {
            tracing::warn!("{complaint}");
            terminal::remark(&complaint);
        }
    });
}

/// The scheduler beside the service, where this process runs one.
fn scheduler(office: &Office, config: &Config) -> anyhow::Result<Option<Serving>> {
    let transport = Transport::from_config(&config.mail)?;
    if !config.scheduler.enabled {
        return Ok(None);
    }
    Ok(Some(Serving::start(office.clone(), transport, &config.scheduler)))
}

/// Serves on a socket that is open already. Ends on SIGINT or SIGTERM, once what is at work has been answered.
///
/// # Errors
/// When the server cannot run.
pub async fn serve_on(listener: TcpListener, office: Office, config: &Config) -> anyhow::Result<()> {
    serve_until(listener, office, config, std::future::pending()).await
}

/// As [`serve_on`], and also until `stop` is ready: then at once.
///
/// # Errors
/// As [`serve_on`].
pub async fn serve_until(
    listener: TcpListener,
    office: Office,
    config: &Config,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let keys = office.clone();
    let api = Api::new(office, &config.server, &config.limits)?;
    let pages = config.server.pages.then(|| Pages::new(config));
    let https = config.server.https;
    let mut server = HttpServer::new(move || {
        let app = App::new().wrap(headers(https)).configure(|app| api.configure(app));
        match &pages {
            Some(pages) => app.configure(|app| pages.configure(app)),
            None => app,
        }
    })
    .client_request_timeout(Duration::from_secs(config.server.request_seconds))
    .keep_alive(KEPT)
    .shutdown_timeout(SHUTDOWN_SECONDS);
    if config.server.workers > 0 {
        server = server.workers(config.server.workers);
    }
    let mut serving = server.listen(listener)?.run();
    let handle = serving.handle();
    tokio::select! {
        ended = &mut serving => ended?,
        never = keys.follow_master_key() => match never {},
        // The server itself does what it is told to: it goes on being asked until it has ended.
        () = stop => {
            let ((), ended) = tokio::join!(handle.stop(false), &mut serving);
            ended?;
        }
    }
    Ok(())
}

/// What every answer carries, whoever makes it: a page of ours is no other site's window, picture or script, and asks for no camera.
/// Behind HTTPS a browser that came once comes over HTTPS only, for a year; hosts below this one are not spoken for.
fn headers(https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Cross-Origin-Resource-Policy", "same-origin"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
    if https { headers.add(("Strict-Transport-Security", "max-age=31536000")) } else { headers }
}

/// What the server beneath calls an error is whatever a stranger sends that is no request: a line of the log each. It is off unless the
/// filter speaks of it.
fn with_noise_off(filter: &str) -> Cow<'_, str> {
    let speaks = filter.contains("actix_http");
    if speaks { Cow::Borrowed(filter) } else { Cow::Owned(format!("actix_http::h1::dispatcher=off,{filter}")) }
}

/// Starts the log. What it must never hold: bodies, query codes, tokens, names (docs/OPERATING.md).
///
/// # Errors
/// When the filter cannot be read.
pub fn log(config: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(with_noise_off(&config.filter));
    let filter = filter.with_context(|| format!("log.filter: {}", config.filter))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first log.
    let _already_started = if config.json { lines.json().try_init() } else { lines.try_init() };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_mistakes_are_no_lines_of_the_log_unless_they_are_asked_for() {
        let default = Config::load(None, []).expect("the defaults").log.filter;
        for filter in [default.as_str(), "info", "dafu=debug,actix_web=info"] {
            let told = with_noise_off(filter);
            assert!(told.ends_with(filter) && told.contains("actix_http::h1::dispatcher=off"), "{told}");
            assert!(EnvFilter::try_new(told).is_ok());
        }
        assert_eq!(with_noise_off("warn,actix_http=debug"), "warn,actix_http=debug");
    }
}
