//! Whether the process is alive, and whether it can do its work: for whoever restarts it and whoever sends it traffic.
//!
//! The two are told apart on purpose. A database that is away is no reason to restart the process, only to send its
//! traffic elsewhere.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::office::Office;
use crate::storage::StoreError;

/// One thing that is needed, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Need {
    /// Its stable name: `database`, `keys`, `migrations` or `scheduler`.
    pub name: &'static str,
    /// Whether it is there.
    pub ok: bool,
    /// What an operator should know; never an address, a path or a key.
    pub detail: String,
}

/// Whether traffic should be sent here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether every need is met.
    pub ready: bool,
    /// The needs.
    pub needs: Vec<Need>,
}

/// `GET /healthz`: 200 as long as the process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "alive": true }))
}

/// `GET /readyz`: 200 when work can be done here, else 503; each need either way.
pub async fn ready(office: web::Data<Office>) -> HttpResponse {
    let mut needs = database_and_keys(&office).await;
    needs.push(migrations(&office).await);
    needs.push(scheduler(&office).await);
    let ready = needs.iter().all(|need| need.ok);
    let mut response = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.json(Readiness { ready, needs })
}

/// The database answers, and the keys held here are those it was made with.
async fn database_and_keys(office: &Office) -> Vec<Need> {
    // A master key that was renewed a moment ago is taken now: nobody may be sent away for it.
    let rows = match office.take_master_in_force().await {
        Ok(rows) => rows,
        Err(error) => return vec![unmet("database", &error)],
    };
    let fits =
        |name: &str, fingerprint: &str| rows.iter().any(|row| row.name == name && row.fingerprint == fingerprint);
    let strange: Vec<&str> = office
        .shared()
        .keys
        .fingerprints()
        .into_iter()
        .filter(|(name, fingerprint)| !fits(name.as_str(), fingerprint))
        .map(|(name, _)| name.as_str())
        .collect();
    let detail = if strange.is_empty() { "fit".to_owned() } else { format!("do not fit: {}", strange.join(", ")) };
    vec![met("database"), Need { name: "keys", ok: strange.is_empty(), detail }]
}

/// How the scheduler stands. That it is late is no reason to send traffic elsewhere, only to look.
async fn scheduler(office: &Office) -> Need {
    let asked = office.clone();
    let detail = match web::block(move || asked.figures()).await {
        Ok(Ok(figures)) if figures.late => {
            let longest = figures.seconds_since_run.iter().map(|(_, seconds)| *seconds).fold(0.0, f64::max);
            format!("late: {:.0} minutes without a turn", longest / 60.0)
        }
        Ok(Ok(figures)) if figures.seconds_since_run.is_empty() => "has not run yet".to_owned(),
        Ok(Ok(_)) => "ok".to_owned(),
        Ok(Err(_)) | Err(_) => "not asked: the database is away".to_owned(),
    };
    Need { name: "scheduler", ok: true, detail }
}

/// The database is neither behind this program nor ahead of it.
async fn migrations(office: &Office) -> Need {
    let db = office.db().clone();
    match web::block(move || db.pending_migrations()).await {
        Ok(Ok(pending)) if pending.is_empty() => met("migrations"),
        Ok(Ok(pending)) => Need { name: "migrations", ok: false, detail: format!("pending: {}", pending.join(", ")) },
        // The question waits for a writer; that others are writing is no reason to send traffic away.
        Ok(Err(StoreError::Busy)) => {
            Need { name: "migrations", ok: true, detail: "not asked: the database is busy".to_owned() }
        }
        Ok(Err(error)) => unmet("migrations", &error),
        Err(error) => Need { name: "migrations", ok: false, detail: error.to_string() },
    }
}

fn met(name: &'static str) -> Need {
    Need { name, ok: true, detail: "ok".to_owned() }
}

fn unmet(name: &'static str, error: &StoreError) -> Need {
    Need { name, ok: false, detail: error.to_string() }
}
