//! The use cases: one file an act. Here a transaction begins and ends, here is asked who may do what and see what, and
//! here the texts and people of a case are sealed before anything below hears of them.

pub mod absences;
pub mod accounts;
pub mod agencies;
mod agency_duties;
pub mod agency_history;
pub mod agency_places;
pub mod agency_rules;
pub mod agency_settings;
pub mod applicant_cases;
pub mod application_form;
pub mod approval_flow;
pub mod assignment;
pub mod backup;
pub mod bands;
mod blocking;
pub mod bundles;
pub mod calendar_proposals;
pub mod calendar_years;
pub mod calendars;
pub mod check;
pub mod co_work;
pub mod colleagues;
pub mod consultation;
pub mod contents;
pub mod correction;
pub mod deadline;
pub mod delivery;
pub mod desk;
pub mod drafts;
pub mod enquiries;
pub mod explanation;
pub mod exporting;
pub mod extension;
pub mod failure;
pub mod fee;
pub mod files;
mod ground;
mod hashing;
pub mod idempotency;
pub mod identity;
pub mod identity_view;
pub mod importing;
pub mod input;
pub mod intake;
pub mod lapse;
pub mod ledger;
pub mod letters;
pub mod likeness;
pub mod log;
pub mod masking;
pub mod master_key;
pub mod milestones;
pub mod mine;
pub mod notes;
pub mod notices;
pub mod opening;
pub mod particulars;
pub mod permission;
pub mod proceedings;
pub mod projection;
pub mod public;
pub mod published;
pub mod queue;
pub mod rating;
pub mod reach;
pub mod reading;
pub mod reassignment;
pub mod rectification;
pub mod redline;
pub mod referral;
pub mod registration;
pub mod reminders;
pub mod reminding;
pub mod reply;
pub mod reports;
pub mod retention;
pub mod retiming;
pub mod routing;
pub mod saved_views;
pub mod scheduling;
pub mod sealing;
pub mod seals;
pub mod search;
pub mod search_record;
pub mod service;
pub mod sessions;
pub mod sign_in;
pub mod splitting;
pub mod staff;
pub mod standing_in;
pub mod supervision;
pub mod tagging;
pub mod tasks;
pub mod third_party;
pub mod tick;
mod turns;
mod typesetting;
pub mod versions;
pub mod views;
pub mod warnings;
pub mod watching;
pub mod withdrawal;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use chrono::{DateTime, NaiveDate, Utc};

use crate::clock::{Clock, day_in_china};
use crate::config::files::Files;
use crate::config::letters::Letters;
use crate::config::mail::Mail;
use crate::config::scheduler::Scheduler;
use crate::config::scorecards::Scorecard;
use crate::config::seals::Seals;
use crate::config::{Bands, Config, Drafts, Limits, Tokens};
use crate::files::Store;
use crate::ids::Randomness;
use crate::journal::Algorithm;
use crate::law::editions::Calendars;
use crate::storage::calendars::Stamp;
use crate::storage::{Conn, Db};
use crate::vault::Keys;
use files::apart::Apart;

pub use failure::{Failure, Problem};
pub use permission::Officer;

/// The office: everything a use case needs, shared by all who clone it.
#[derive(Clone)]
pub struct Office {
    shared: Arc<Shared>,
    /// Whether acts are only tried.
    rehearsing: bool,
}

/// What the clones share.
pub struct Shared {
    /// The database.
    pub db: Db,
    /// The only clock.
    pub clock: Clock,
    /// The only source of ids and keys.
    pub randomness: Randomness,
    /// The vault's keys.
    pub keys: Keys,
    /// How long tokens last.
    pub tokens: Tokens,
    /// How often is too often.
    pub limits: Limits,
    /// How long an application that was not sent is kept.
    pub drafts: Drafts,
    /// Whether texts are indexed for search.
    pub search: bool,
    /// How mail goes out.
    pub mail: Mail,
    /// How journals are linked.
    pub algorithm: Algorithm,
    /// How they are sealed.
    pub seals: Seals,
    /// The folder of the key files.
    pub key_folder: PathBuf,
    /// Where files are kept, and how large they may be.
    pub files: Files,
    /// Where the fonts of letters are.
    pub letters: Letters,
    /// How days left are told in a word.
    pub bands: Bands,
    /// How the scheduler runs.
    pub scheduler: Scheduler,
    /// The rules by which agencies are scored.
    pub scorecard: Scorecard,
    /// The store of files, opened when it is first used.
    store: OnceLock<Store>,
    apart: Apart,
    calendars: RwLock<(Stamp, Calendars)>,
    hashing: hashing::Hashing,
    typesetting: typesetting::Typesetting,
    bundling: bundles::Bundling,
}

impl Office {
    /// An office over an opened database whose keys fit (`opening` sees to both).
    #[must_use]
    pub fn new(
        db: Db,
        clock: Clock,
        randomness: Randomness,
        keys: Keys,
        calendars: Calendars,
        algorithm: Algorithm,
        config: &Config,
    ) -> Self {
        Self {
            rehearsing: false,
            shared: Arc::new(Shared {
                db,
                clock,
                randomness,
                keys,
                tokens: config.tokens,
                limits: config.limits,
                drafts: config.drafts,
                search: config.search.index,
                mail: config.mail.clone(),
                algorithm,
                seals: config.seals.clone(),
                key_folder: config.keys.directory.clone(),
                files: config.files.clone(),
                store: OnceLock::new(),
                apart: Apart::of(&config.files),
                letters: config.letters.clone(),
                bands: config.bands,
                scheduler: config.scheduler,
                scorecard: config.scorecard.clone(),
                // The stamp of nothing: the first transaction reads the editions itself.
                calendars: RwLock::new((Stamp::default(), calendars)),
                hashing: hashing::Hashing::new(config.server.requests),
                typesetting: typesetting::Typesetting::new(config.server.requests),
                bundling: bundles::Bundling::default(),
            }),
        }
    }

    /// An office in which acts are only tried: each ends in [`Failure::Foretold`] with the letters that would go out, or in what
    /// stands in its way, and nothing is written.
    #[must_use]
    pub fn rehearsing(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), rehearsing: true }
    }

    /// The database, for those beside the use cases who only ask whether it is there.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.shared.db
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    /// The day in China now.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        day_in_china(self.now())
    }

    /// Every edition of the calendar.
    #[must_use]
    pub fn calendars(&self) -> Calendars {
        self.shared.calendars()
    }

    /// What the clones share, for a transaction's closure.
    #[must_use]
    pub fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }
}

impl Shared {
    /// The store of files.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the setting names none, or it cannot be opened.
    pub fn store(&self) -> Result<&Store, Failure> {
        if let Some(open) = self.store.get() {
            return Ok(open);
        }
        let opened = Store::open(&self.files.url).map_err(Failure::broken)?;
        Ok(self.store.get_or_init(|| opened))
    }

    /// Every edition of the calendar that this process has seen.
    #[must_use]
    pub fn calendars(&self) -> Calendars {
        self.calendars.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// Every edition in the database, read again whenever one was added: another process may have learnt it, and all
    /// must date a case alike.
    ///
    /// # Errors
    /// The database's failures.
    pub fn calendars_in(&self, conn: &mut Conn) -> Result<Calendars, Failure> {
        let stamp = crate::storage::calendars::stamp(conn)?;
        {
            let seen = self.calendars.read().unwrap_or_else(PoisonError::into_inner);
            if seen.0 == stamp {
                return Ok(seen.1.clone());
            }
        }
        let calendars = Calendars::new(calendars::list(conn)?).map_err(Failure::broken)?;
        *self.calendars.write().unwrap_or_else(PoisonError::into_inner) = (stamp, calendars.clone());
        Ok(calendars)
    }
}
