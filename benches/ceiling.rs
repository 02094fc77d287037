//! What the office asks of a database full of made-up cases, beside the bare SQL of the same question in the same run. One JSON line a work:
//! `{work, database, cases, ours, raw, ratio, …}`; times in milliseconds, the middle of several, warm; `ratio` is raw / ours, and ours / raw
//! for what is counted by the second (`unit`). What else a line says:
//!
//! - `statements`, `besides`: how many statements the bare side sent, and how many ours sent besides, to know who asks and what they may.
//!   The statements of the bare side must be among ours, with the same filters, orders, limits and values: those that are not are told on
//!   the error stream, and the program ends with 1. `looks`: entries of the log that either side wrote for a request, which must be as many.
//! - `ours_p99`, `raw_p99`: the slowest hundredth of the requests over HTTP.
//! - applications: `clients`, `agencies`, `best_raw` (the best bare figure at any number of clients), `ratio_to_best_raw`; `durability`: when a
//!   commit lasts, as the database says, and the program ends where that is not when the disk has it; `version` of the program.
//! - the sweep: `due`, `waiting` (timings for a later day, one for each case at least), `milestones` and `notices` that it wrote.
//! - `p99 growth` and `sweep growth`, where `KEEP` holds figures of 10,000 cases: `{of, from_cases, before, now, ratio}`.
//!
//! ```sh
//! cargo bench --bench ceiling                      # 10,000 cases in a SQLite file that is made for it
//! CASES=1000000 cargo bench --bench ceiling        # a million
//! DATABASE_URL=postgres://… cargo bench --bench ceiling    # an empty PostgreSQL database is filled
//! KEEP=/folder CASES=1000000 cargo bench --bench ceiling   # the file is made there once and used again, with figures.json beside it
//! ONLY=apply,sweep cargo bench --bench ceiling     # some of ask, audit, check, read, apply, sweep, idle
//! SQL=1 …                                          # every statement, on the error stream
//! ```
//!
//! What was applied bare makes journals that no audit takes for whole: after `apply` a kept database serves `sweep` and `idle` and no `audit`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::string_slice,
    clippy::format_push_string,
    clippy::disallowed_methods,
    reason = "a program that measures stops where anything fails, and says what it found"
)]

#[path = "ceiling/applying.rs"]
mod applying;
#[path = "ceiling/asking.rs"]
mod asking;
#[path = "ceiling/bare.rs"]
mod bare;
#[path = "ceiling/growth.rs"]
mod growth;
#[path = "ceiling/hashing.rs"]
mod hashing;
#[path = "ceiling/house.rs"]
mod house;
#[path = "ceiling/idling.rs"]
mod idling;
#[path = "ceiling/looks.rs"]
mod looks;
#[path = "ceiling/reading.rs"]
mod reading;
#[path = "ceiling/saying.rs"]
mod saying;
#[path = "ceiling/sweeping.rs"]
mod sweeping;
#[path = "ceiling/wire.rs"]
mod wire;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use dafu::case::Role;
use dafu::clock::Clock;
use dafu::config::Config;
use dafu::ids::{Randomness, StaffId};
use dafu::office::calendars::Learning;
use dafu::office::importing::MadeUp;
use dafu::office::log::Visit;
use dafu::office::permission::Held;
use dafu::office::{Office, Officer, opening};
use dafu::storage::staff::{self, StaffRow};
use dafu::storage::{Conn, Db, DbOptions, agencies};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use growth::Growth;
use mimalloc::MiMalloc;
use saying::Sides;
use serde_json::{Value, json};
use uuid::Uuid;

/// As in the program itself, for both sides.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The login of who asks.
const WATCHER: &str = "watcher";

/// A count, as both databases give it.
#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// What is measured, and what was wrong with it.
struct Run {
    office: Office,
    config: Config,
    url: String,
    database: &'static str,
    cases: u32,
    growth: Growth,
    /// Works whose bare side asked what ours does not.
    unlike: Vec<&'static str>,
}

fn main() -> ExitCode {
    if let Some(address) = std::env::args().skip_while(|word| word != idling::EMPTY).nth(1) {
        idling::serve_nothing(&address);
        return ExitCode::SUCCESS;
    }
    // `cargo test --benches` and `cargo clippy` build it; only `cargo bench` is to run it.
    if std::env::args().all(|word| word != "--bench") {
        return ExitCode::SUCCESS;
    }
    saying::begin();
    let cases: u32 = std::env::var("CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("KEEP").map(PathBuf::from);
    let place = kept.clone().unwrap_or_else(|| folder.path().to_owned());
    let file = place.join(format!("made-up-{cases}.db"));
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| format!("sqlite://{}", file.display()));
    let database = if url.starts_with("postgres") { "postgres" } else { "sqlite" };
    let (office, config) = filled(&url, &place, cases);
    let officer = supervisor(&office);
    let growth = Growth::of(kept.as_deref(), database, cases);
    let mut run = Run { office, config, url, database, cases, growth, unlike: Vec::new() };
    run.all(&officer);
    if run.unlike.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "the bare side asked what ours does not, so these figures compare unlike work: {}",
        run.unlike.join(", ")
    );
    ExitCode::FAILURE
}

impl Run {
    fn say(&self, mut line: Value) {
        line["database"] = json!(self.database);
        line["cases"] = json!(self.cases);
        println!("{line}");
    }

    /// The statements of both sides, in the line of a work; what is wrong with them, on the error stream.
    fn hold(&mut self, work: &'static str, (sides, requests): (&Sides, usize), line: &mut Value) {
        line["statements"] = json!(per(sides.raw, requests));
        line["besides"] = json!(per(sides.besides, requests));
        if !sides.foreign.is_empty() {
            self.unlike.push(work);
            let foreign = sides.foreign.iter().take(5);
            foreign.for_each(|statement| eprintln!("{work}: only the bare side asks {statement}"));
        }
    }

    fn all(&mut self, officer: &Officer) {
        let wanted = |work: &str| std::env::var("ONLY").map_or(true, |only| only.split(',').any(|one| one == work));
        if wanted("ask") {
            for found in asking::asking(&self.office, officer) {
                let mut line = against(found.work, found.ours, found.raw);
                line["looks"] = json!(found.looks);
                self.hold(found.work, (&found.sides, 1), &mut line);
                self.say(line);
            }
        }
        if wanted("audit") {
            let (ours, raw) = hashing::hashing(&self.office, &self.config.keys.directory);
            self.say(against("audit verify --public-keys", ours, raw));
        }
        if wanted("check") {
            self.check();
        }
        if wanted("read") {
            self.read();
        }
        if wanted("apply") {
            self.apply();
        }
        if wanted("sweep") {
            self.sweep();
        }
        if wanted("idle") {
            self.idle();
        }
    }

    fn check(&self) {
        let plain = hashing::plain(&self.office);
        self.say(json!({"work": "audit verify, what it does besides", "ours": ms(plain.check + plain.files), "check": ms(plain.check),
            "files": ms(plain.files), "cases_checked": plain.cases, "files_read": plain.files_read, "differences": plain.differences}));
    }

    fn read(&mut self) {
        for found in reading::reading(&self.office, &self.config, WATCHER) {
            let at = |times: &[Duration], percent: usize| times[times.len() * percent / 100];
            let p99 = ms(at(&found.ours, 99));
            let mut line = against(found.work, at(&found.ours, 50), at(&found.raw, 50));
            line["ours_p99"] = json!(p99);
            line["raw_p99"] = json!(ms(at(&found.raw, 99)));
            line["looks"] = json!(per(found.looks, found.requests));
            self.hold(found.work, (&found.sides, found.requests), &mut line);
            self.say(line);
            if let Some(line) = self.growth.keep("p99 growth", found.work, p99) {
                self.say(line);
            }
        }
    }

    fn apply(&self) {
        let durability = applying::durability(&self.office);
        let slugs = self.office.db().read_now(agencies::list).unwrap().into_iter().map(|row| row.slug);
        for found in applying::applying(&self.office, &self.config, &slugs.collect::<Vec<_>>(), 2_000) {
            self.say(json!({"work": "apply over HTTP", "clients": found.clients, "agencies": found.agencies,
                "ours": round(found.ours), "raw": round(found.raw), "unit": "a second", "ratio": round(found.ours / found.raw),
                "best_raw": round(found.best_raw), "ratio_to_best_raw": round(found.ours / found.best_raw),
                "ours_p50": ms(found.p50), "ours_p99": ms(found.p99), "durability": durability,
                "version": env!("CARGO_PKG_VERSION")}));
        }
    }

    fn sweep(&self) {
        let work = "sweep with a thousand due";
        let found = sweeping::sweeping(&self.office, &self.url);
        let mut line = against(work, found.ours, found.raw);
        line["due"] = json!(found.due);
        line["waiting"] = json!(found.waiting);
        line["milestones"] = json!(found.milestones);
        line["notices"] = json!(found.notices);
        self.say(line);
        if let Some(line) = self.growth.keep("sweep growth", work, ms(found.ours)) {
            self.say(line);
        }
    }

    fn idle(&self) {
        let (ours, empty) = (idling::ours(&self.url, &self.config.keys.directory), idling::empty());
        self.say(against("start to first answer", ours.first_answer, empty.first_answer));
        self.say(json!({"work": "idle memory", "ours": ours.memory, "raw": empty.memory, "unit": "bytes",
            "ratio": round(empty.memory as f64 / ours.memory as f64)}));
    }
}

/// The line of a work whose sides took so long.
fn against(work: &str, ours: Duration, raw: Duration) -> Value {
    json!({"work": work, "ours": ms(ours), "raw": ms(raw), "ratio": round(raw.as_secs_f64() / ours.as_secs_f64())})
}

fn ms(time: Duration) -> f64 {
    round(time.as_secs_f64() * 1000.0)
}

/// How many a request.
fn per(all: usize, requests: usize) -> f64 {
    round(all as f64 / requests as f64)
}

fn round(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// The office over a database that holds so many cases; filled if it is empty.
fn filled(url: &str, place: &Path, cases: u32) -> (Office, Config) {
    let mut config = Config::load(None, []).unwrap();
    config.keys.directory = place.join(format!("keys-{cases}"));
    config.files.url = place.join("files").display().to_string();
    let db = Db::open(url, &DbOptions::default()).unwrap();
    db.migrate(&mut |_| ()).unwrap();
    let office = opening::open(db, Clock::System, Randomness::System, &config, Learning::Takes).unwrap();
    let known = office.db().read_now(agencies::list).unwrap();
    if known.is_empty() {
        let bar = indicatif::ProgressBar::new(u64::from(cases));
        let plan = MadeUp { cases, agencies: 30, years: 3, seed: 1 };
        office.make_up(plan, &|done| bar.set_position(done)).unwrap();
        bar.finish_and_clear();
        let settle =
            |conn: &mut Conn| diesel::sql_query("ANALYZE").execute(conn).map_err(dafu::storage::StoreError::from);
        office.db().write_now(settle).unwrap();
    }
    (office, config)
}

/// Somebody who watches over all of it.
fn supervisor(office: &Office) -> Officer {
    let top = office.db().read_now(|conn| agencies::find_by_slug(conn, "m0")).unwrap().unwrap();
    let known = office.db().read_now(|conn| staff::find_by_login(conn, WATCHER)).unwrap().map(|row| row.id);
    // Who reads is written down, so whoever reads is somebody.
    let id = known.unwrap_or_else(|| {
        let id = StaffId::new(office.now(), &mut Randomness::System);
        let row = StaffRow {
            id,
            login: WATCHER.to_owned(),
            name: "测量".to_owned(),
            password_hash: String::new(),
            active: true,
            must_change_password: false,
            created_at: office.now(),
        };
        let employ = |conn: &mut Conn| {
            staff::insert(conn, &row)?;
            staff::grant(conn, row.id, top.id, Role::Supervisor.as_str(), office.now())
        };
        office.db().write_now(employ).unwrap();
        id
    });
    let roles = vec![Held { role: Role::Supervisor, agency: top.id, absent: None }];
    Officer {
        id,
        name: "测量".to_owned(),
        roles,
        must_change_password: false,
        family: Uuid::nil(),
        visit: Visit::default(),
    }
}
