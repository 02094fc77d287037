//! Settings: the embedded defaults, then a file, then the environment. Read once at start and handed down.

pub mod calendars;
pub mod files;
pub mod letters;
pub mod mail;
pub mod scheduler;
pub mod scorecards;
pub mod seals;
pub mod settings;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

/// Every key with its default and its meaning; shown by `dafu config`.
pub const DEFAULTS: &str = include_str!("../config/default.toml");

/// The prefix of environment variables that set a key: `DAFU_SERVER__LISTEN`.
const PREFIX: &str = "DAFU_";

/// All settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The HTTP server.
    pub server: Server,
    /// The database.
    pub database: Database,
    /// The key files.
    pub keys: Keys,
    /// The working-day calendars.
    pub calendar: Calendar,
    /// Tokens of staff.
    pub tokens: Tokens,
    /// How often is too often.
    pub limits: Limits,
    /// Applications that were begun and not sent.
    pub drafts: Drafts,
    /// Search by text.
    pub search: Search,
    /// How days left are told in a word.
    pub bands: Bands,
    /// Where files are kept.
    pub files: files::Files,
    /// How letters look.
    pub letters: letters::Letters,
    /// Mail.
    pub mail: mail::Mail,
    /// How journals are linked and sealed.
    pub seals: seals::Seals,
    /// The scheduler.
    pub scheduler: scheduler::Scheduler,
    /// Supervision.
    pub supervision: Supervision,
    /// The log.
    pub log: Log,
    /// The rules by which agencies are scored, as `supervision.scorecard` has them.
    #[serde(skip)]
    pub scorecard: scorecards::Scorecard,
    /// Every setting as it is in force, to be shown; what is secret is not among it.
    #[serde(skip)]
    pub settings: Vec<settings::Setting>,
}

/// The HTTP server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: String,
    /// Worker threads; 0 for one a processor.
    pub workers: usize,
    /// Requests at work at once.
    pub requests: usize,
    /// Seconds a client may take to send a request.
    pub request_seconds: u64,
    /// Largest body in bytes.
    pub body_bytes: usize,
    /// How many proxies of one's own stand before this process.
    pub trusted_proxies: usize,
    /// Whether this process serves the pages beside the API.
    pub pages: bool,
    /// Whether readers come over HTTPS: cookies are then never sent without it.
    pub https: bool,
}

/// The database.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://path` or `postgres://…`; may hold a password.
    pub url: String,
    /// Readers beside SQLite's one writer.
    pub sqlite_readers: u32,
    /// Connections to PostgreSQL.
    pub postgres_connections: u32,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address of a database may hold a password.
        f.debug_struct("Database").field("url", &"***").finish_non_exhaustive()
    }
}

/// The key files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Their folder.
    pub directory: PathBuf,
    /// With what content is sealed from now on: `aes` (AES-256-GCM) or `sm4` (SM4-GCM). What is sealed already is read whatever it is.
    pub cipher: String,
}

/// The working-day calendars.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// A folder with further years; empty for none.
    pub directory: PathBuf,
}

/// Tokens of staff.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// Minutes an access token is good for.
    pub access_minutes: i64,
    /// Days a refresh token is good for.
    pub refresh_days: i64,
    /// Minutes after which a sign-in in the browser ends unless the pages are used.
    pub session_minutes: i64,
    /// Hours after which it ends in any case.
    pub session_hours: i64,
}

/// How often is too often.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Wrong query codes for a receipt number in an hour, or the same wrong draft code; the right one is never refused.
    pub wrong_codes_per_hour: i64,
    /// Wrong codes of whatever kind from one address in an hour; the right one is never refused.
    pub wrong_codes_from_an_address_per_hour: i64,
    /// Wrong passwords for one account in an hour.
    pub wrong_passwords_per_hour: i64,
    /// Online applications from one address in an hour, and drafts begun, each counted apart by each instance.
    pub applications_per_hour: u32,
}

/// Applications that were begun and not sent.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafts {
    /// Days for which one is kept after it was last saved.
    pub days: u32,
}

/// How days left are told in a word.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// Working days left from which a day counts as near.
    pub near_days: u32,
    /// Working days left from which it counts as urgent.
    pub urgent_days: u32,
}

/// Search by text.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Whether pieces of texts are indexed in the clear.
    pub index: bool,
}

/// Supervision.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    /// A file with score-card rules of one's own; empty for those that come with the service.
    pub scorecard: PathBuf,
}

/// The log.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// What to log.
    pub filter: String,
    /// Whether as JSON.
    pub json: bool,
}

/// A setting that cannot be used. The text names the file or variable and the key.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// A file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something is not as it should be; `place` says where.
    #[error("{place}: {reason}")]
    Wrong {
        /// The file or variable.
        place: String,
        /// What is wrong.
        reason: String,
    },
}

impl ConfigFault {
    fn wrong(place: impl Into<String>, reason: impl std::fmt::Display) -> Self {
        Self::Wrong { place: place.into(), reason: reason.to_string() }
    }
}

impl Config {
    /// The defaults, overridden by `file` and then by `environment` (name and value).
    ///
    /// # Errors
    /// [`ConfigFault`] naming the file or variable, and the key, that cannot be used.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigFault> {
        let mut table: Table = DEFAULTS.parse().map_err(|fault| ConfigFault::wrong("config/default.toml", fault))?;
        let mut places = vec!["config/default.toml".to_owned()];
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .map_err(|source| ConfigFault::Unreadable { path: path.to_owned(), source })?;
            let place = path.display().to_string();
            let own: Table = text.parse().map_err(|fault| ConfigFault::wrong(&place, fault))?;
            merge(&mut table, own);
            places.push(place);
        }
        for (name, value) in environment {
            if name == "DATABASE_URL" {
                set(&mut table, "database", "url", Value::String(value));
                places.push(name);
            } else if let Some((section, key)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once("__")) {
                let key = key.to_lowercase();
                let section = section.to_lowercase();
                let typed = typed(&table, &section, &key, value).map_err(|reason| ConfigFault::wrong(&name, reason))?;
                set(&mut table, &section, &key, typed);
                places.push(name);
            }
        }
        let settings = settings::in_force(&table);
        let mut config: Self =
            Value::Table(table).try_into().map_err(|fault| ConfigFault::wrong(places.join(", "), fault))?;
        config.settings = settings;
        config.scorecard = scorecards::known(&config.supervision.scorecard)?;
        config.checked(&places.join(", "))
    }

    /// Refuses what would start and then serve nobody.
    fn checked(self, places: &str) -> Result<Self, ConfigFault> {
        let zero = [
            ("server.requests", self.server.requests == 0),
            ("server.request_seconds", self.server.request_seconds == 0),
            ("server.body_bytes", self.server.body_bytes == 0),
            ("database.sqlite_readers", self.database.sqlite_readers == 0),
            ("database.postgres_connections", self.database.postgres_connections == 0),
            ("tokens.access_minutes", self.tokens.access_minutes <= 0),
            ("tokens.refresh_days", self.tokens.refresh_days <= 0),
            ("tokens.session_minutes", self.tokens.session_minutes <= 0),
            ("tokens.session_hours", self.tokens.session_hours <= 0),
            ("drafts.days", self.drafts.days == 0),
            ("scheduler.seconds", self.scheduler.seconds == 0),
            ("scheduler.claim_seconds", self.scheduler.claim_seconds == 0),
            ("scheduler.late_minutes", self.scheduler.late_minutes == 0),
            ("scheduler.batch", self.scheduler.batch == 0),
            ("limits.wrong_codes_per_hour", self.limits.wrong_codes_per_hour <= 0),
            ("limits.wrong_codes_from_an_address_per_hour", self.limits.wrong_codes_from_an_address_per_hour <= 0),
            ("limits.wrong_passwords_per_hour", self.limits.wrong_passwords_per_hour <= 0),
        ];
        let zero: Vec<&str> = zero.into_iter().filter(|(_, wrong)| *wrong).map(|(key, _)| key).collect();
        let mut wrong = self.mail.wrong();
        let steps = self.mail.timeout_seconds.saturating_mul(mail::STEPS);
        if self.mail.transport == mail::Way::Smtp && u64::from(self.scheduler.claim_seconds) < steps {
            wrong.push("scheduler.claim_seconds must be at least eight times mail.timeout_seconds");
        }
        if self.files.open_mebibytes < files::LEAST_MEBIBYTES || self.files.open_seconds < files::LEAST_SECONDS {
            wrong.push("files.open_mebibytes must be 512 or more, and files.open_seconds 5 or more");
        }
        let below_one = format!("{} must be 1 or more", zero.join(", "));
        if !zero.is_empty() {
            wrong.insert(0, &below_one);
        }
        if wrong.is_empty() { Ok(()) } else { Err(ConfigFault::wrong(places, wrong.join("; "))) }?;
        Ok(self)
    }
}

fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

fn set(table: &mut Table, section: &str, key: &str, value: Value) {
    if let Value::Table(inner) = table.entry(section).or_insert_with(|| Value::Table(Table::new())) {
        inner.insert(key.to_owned(), value);
    }
}

/// The environment knows only text; the type is the default's.
fn typed(table: &Table, section: &str, key: &str, value: String) -> Result<Value, String> {
    match table.get(section).and_then(|inner| inner.get(key)) {
        Some(Value::Integer(_)) => {
            value.parse().map(Value::Integer).map_err(|_not_a_number| format!("{section}.{key} must be a whole number"))
        }
        Some(Value::Boolean(_)) => {
            value.parse().map(Value::Boolean).map_err(|_not_a_bool| format!("{section}.{key} must be true or false"))
        }
        Some(_) => Ok(Value::String(value)),
        None => Err(format!("there is no setting {section}.{key}; `dafu config` lists them")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_defaults_are_complete() {
        let config = Config::load(None, []).expect("defaults");
        assert_eq!(config.database.url, "sqlite://data/dafu.db");
    }

    #[test]
    fn the_environment_overrides() {
        let config =
            Config::load(None, variables(&[("DATABASE_URL", "postgres://h/d"), ("DAFU_SERVER__WORKERS", "3")]))
                .expect("settings");
        assert_eq!((config.database.url.as_str(), config.server.workers), ("postgres://h/d", 3));
    }

    #[test]
    fn an_unknown_key_is_named() {
        let fault = Config::load(None, variables(&[("DAFU_SERVER__LISTNE", "x")])).expect_err("unknown");
        assert!(fault.to_string().contains("server.listne"), "{fault}");
    }

    #[test]
    fn what_would_serve_nobody_is_refused_all_at_once() {
        let none = variables(&[("DAFU_SERVER__REQUESTS", "0"), ("DAFU_TOKENS__ACCESS_MINUTES", "0")]);
        let fault = Config::load(None, none).expect_err("refused").to_string();
        assert!(fault.contains("server.requests") && fault.contains("tokens.access_minutes"), "{fault}");
    }

    #[test]
    fn a_password_in_the_address_is_not_printed() {
        let config = Config::load(None, variables(&[("DATABASE_URL", "postgres://u:secret@h/d")])).expect("settings");
        assert!(!format!("{config:?}").contains("secret"));
    }
}
