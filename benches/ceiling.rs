//! What the office asks of a database full of made-up cases, beside the bare SQL of the same question in the same run. One JSON line a work:
//! `{work, database, cases, ours, raw, ratio}`; times in milliseconds, the middle of several, warm; `ratio` is raw / ours.
//!
//! ```sh
//! cargo bench --bench ceiling                      # 10,000 cases in a SQLite file that is made for it
//! CASES=1000000 cargo bench --bench ceiling        # a million
//! DATABASE_URL=postgres://… cargo bench --bench ceiling    # an empty PostgreSQL database is filled
//! KEEP=/folder CASES=1000000 cargo bench --bench ceiling   # the file is made there once and used again
//! ONLY=apply cargo bench --bench ceiling           # some of ask, read, audit, apply, sweep, idle
//! SQL=1 …                                          # every statement, on the error stream
//! ```

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
#[path = "ceiling/hashing.rs"]
mod hashing;
#[path = "ceiling/house.rs"]
mod house;
#[path = "ceiling/idling.rs"]
mod idling;
#[path = "ceiling/reading.rs"]
mod reading;
#[path = "ceiling/saying.rs"]
mod saying;
#[path = "ceiling/sweeping.rs"]
mod sweeping;
#[path = "ceiling/wire.rs"]
mod wire;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dafu::case::Role;
use dafu::clock::Clock;
use dafu::config::Config;
use dafu::ids::{Randomness, StaffId};
use dafu::office::calendars::Learning;
use dafu::office::importing::MadeUp;
use dafu::office::log::Visit;
use dafu::office::permission::Held;
use dafu::office::queue::CaseQuery;
use dafu::office::reports::workbench::ReportQuery;
use dafu::office::supervision::SupervisionQuery;
use dafu::office::supervision::indicators::IndicatorQuery;
use dafu::office::{Office, Officer, opening};
use dafu::storage::staff::{self, StaffRow};
use dafu::storage::{Conn, Db, DbOptions, agencies};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::json;
use uuid::Uuid;

/// The login of who asks.
const WATCHER: &str = "watcher";

/// Each question is asked so many times, after once in vain.
const TIMES: usize = 5;

/// A count, as both databases give it.
#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn main() {
    if let Some(address) = std::env::args().skip_while(|word| word != idling::EMPTY).nth(1) {
        idling::serve_nothing(&address);
        return;
    }
    // `cargo test --benches` and `cargo clippy` build it; only `cargo bench` is to run it.
    if std::env::args().all(|word| word != "--bench") {
        return;
    }
    saying::if_wanted();
    let cases: u32 = std::env::var("CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("KEEP").map(PathBuf::from);
    let place = kept.unwrap_or_else(|| folder.path().to_owned());
    let file = place.join(format!("made-up-{cases}.db"));
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| format!("sqlite://{}", file.display()));
    let (office, config) = filled(&url, &place, cases);
    let officer = supervisor(&office);
    let database = if url.starts_with("postgres") { "postgres" } else { "sqlite" };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let today = office.today();
    let year = today.format("%Y").to_string();
    let say = |work: &str, ours: Duration, raw: Duration| {
        let (ours, raw) = (ours.as_secs_f64() * 1000.0, raw.as_secs_f64() * 1000.0);
        let line = json!({"work": work, "database": database, "cases": cases, "ours": round(ours), "raw": round(raw), "ratio": round(raw / ours)});
        println!("{line}");
    };

    if std::env::var_os("ONLY").is_some_and(|only| !only.to_string_lossy().contains("ask")) {
        over_http(&office, &config, (&url, database), cases);
        return;
    }
    let overdue = || runtime.block_on(office.overdue(&officer, SupervisionQuery::default())).unwrap();
    let sql = [
        format!("SELECT count(*) AS n FROM due_spans WHERE to_at IS NULL AND due_on < '{today}'"),
        format!(
            "SELECT count(*) AS n FROM (SELECT c.* FROM due_spans s JOIN cases c ON c.id = s.case_id WHERE s.to_at IS NULL \
             AND s.due_on < '{today}' ORDER BY s.due_on, s.case_id LIMIT 50) AS page"
        ),
        format!(
            "SELECT count(*) AS n FROM (SELECT agency_id, count(*) FROM due_spans WHERE to_at IS NULL AND due_on < '{today}' \
             GROUP BY agency_id) AS groups"
        ),
    ];
    say("overdue across the tree", middle(overdue), middle(|| asked(&office, &sql)));

    let page = || runtime.block_on(office.queue(&officer, CaseQuery::default())).unwrap();
    let sql = [
        "SELECT count(*) AS n FROM (SELECT * FROM cases WHERE closed_on IS NULL ORDER BY due_on, id LIMIT 50) AS page"
            .to_owned(),
    ];
    say("one page of the queue", middle(page), middle(|| asked(&office, &sql)));

    let of_year = || {
        let query =
            IndicatorQuery { from: format!("{year}-01-01").parse().ok(), to: Some(today), ..IndicatorQuery::default() };
        runtime.block_on(office.indicators(&officer, query)).unwrap()
    };
    let (first, last) = (format!("{year}-01-01"), today.to_string());
    let sql = [
        format!(
            "SELECT count(*) AS n FROM (SELECT agency_id, received_on, count(*) FROM cases WHERE received_on BETWEEN '{first}' AND '{last}' \
             GROUP BY agency_id, received_on) AS came"
        ),
        format!(
            "SELECT count(*) AS n FROM (SELECT agency_id, closed_on, outcome, late, extended, count(*) FROM cases WHERE closed_on BETWEEN \
             '{first}' AND '{last}' GROUP BY agency_id, closed_on, outcome, late, extended) AS went"
        ),
    ];
    say("indicators of a year", middle(of_year), middle(|| asked(&office, &sql)));

    let report = || {
        let query = ReportQuery { agency: "m0".to_owned(), below: Some(true), ..ReportQuery::default() };
        runtime.block_on(office.report_now(&officer, year.parse::<i32>().unwrap() - 1, query)).unwrap()
    };
    let before = year.parse::<i32>().unwrap() - 1;
    let (first, last) = (format!("{before}-01-01"), format!("{before}-12-31"));
    let sql = [
        format!(
            "SELECT count(*) AS n FROM (SELECT applicant_kind, count(*) FROM report_cases WHERE from_on BETWEEN '{first}' AND '{last}' \
             GROUP BY applicant_kind) AS new"
        ),
        format!(
            "SELECT count(*) AS n FROM (SELECT applicant_kind, count(*) FROM report_cases WHERE from_on < '{first}' GROUP BY applicant_kind) AS came"
        ),
        format!(
            "SELECT count(*) AS n FROM (SELECT applicant_kind, count(*) FROM report_cases WHERE until_on < '{first}' GROUP BY applicant_kind) AS went"
        ),
        format!(
            "SELECT count(*) AS n FROM (SELECT line, applicant_kind, count(*) FROM report_cases WHERE until_on BETWEEN '{first}' AND '{last}' \
             GROUP BY line, applicant_kind) AS results"
        ),
        format!(
            "SELECT count(*) AS n FROM (SELECT * FROM report_proceedings WHERE from_on <= '{last}' AND (until_on IS NULL OR until_on >= '{first}')) \
             AS pending"
        ),
    ];
    say("annual report of a year", middle(report), middle(|| asked(&office, &sql)));

    over_http(&office, &config, (&url, database), cases);
}

/// What is measured through the door, beside bare servers and bare inserts.
fn over_http(office: &Office, config: &Config, (url, database): (&str, &str), cases: u32) {
    let told = |line: serde_json::Value| println!("{line}");
    let ms = |time: Duration| round(time.as_secs_f64() * 1000.0);
    let wanted = |work: &str| std::env::var("ONLY").map_or(true, |only| only.split(',').any(|one| one == work));
    for found in if wanted("read") { reading::reading(office, config, WATCHER) } else { Vec::new() } {
        let at = |times: &[Duration], percent: usize| times[times.len() * percent / 100];
        let (ours, raw) = (at(&found.ours, 50), at(&found.raw, 50));
        told(json!({"work": found.work, "database": database, "cases": cases, "ours": ms(ours), "raw": ms(raw),
            "ratio": round(raw.as_secs_f64() / ours.as_secs_f64()), "ours_p99": ms(at(&found.ours, 99)), "raw_p99": ms(at(&found.raw, 99))}));
    }
    if wanted("audit") {
        let (ours, raw) = hashing::hashing(office, &config.keys.directory);
        told(json!({"work": "audit verify", "database": database, "cases": cases, "ours": ms(ours), "raw": ms(raw),
            "ratio": round(raw.as_secs_f64() / ours.as_secs_f64())}));
    }
    let slugs: Vec<String> = office.db().read_now(agencies::list).unwrap().into_iter().map(|row| row.slug).collect();
    for found in if wanted("apply") { applying::applying(office, config, &slugs, 2_000) } else { Vec::new() } {
        told(json!({"work": "apply over HTTP", "database": database, "cases": cases, "clients": found.clients,
            "agencies": found.agencies, "ours": round(found.ours), "raw": round(found.raw), "unit": "a second",
            "ratio": round(found.ours / found.raw), "ours_p50": ms(found.p50), "ours_p99": ms(found.p99)}));
    }
    if wanted("sweep") {
        let (took, told_of, all) = sweeping::sweeping(office);
        told(
            json!({"work": "sweep with a thousand due", "database": database, "cases": cases, "ours": ms(took), "due": told_of,
            "timings": all}),
        );
    }
    if wanted("idle") {
        let (ours, empty) = (idling::ours(url, &config.keys.directory), idling::empty());
        told(
            json!({"work": "start to first answer", "database": database, "cases": cases, "ours": ms(ours.first_answer),
            "raw": ms(empty.first_answer), "ratio": round(empty.first_answer.as_secs_f64() / ours.first_answer.as_secs_f64())}),
        );
        told(
            json!({"work": "idle memory", "database": database, "cases": cases, "ours": ours.memory, "raw": empty.memory,
            "unit": "bytes", "ratio": round(empty.memory as f64 / ours.memory as f64)}),
        );
    }
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

fn asked(office: &Office, questions: &[String]) -> i64 {
    let ask = |conn: &mut Conn| {
        let mut sum = 0;
        for sql in questions {
            sum += diesel::sql_query(sql).get_result::<Count>(conn)?.n;
        }
        Ok::<_, dafu::storage::StoreError>(sum)
    };
    office.db().read_now(ask).unwrap()
}

/// The middle of several times.
fn middle<T>(mut work: impl FnMut() -> T) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[TIMES / 2]
}

fn round(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
