//! What the office is asked from within, in this process, beside the bare statements of the same question.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{Datelike, NaiveDate};
use dafu::office::queue::CaseQuery;
use dafu::office::reports::workbench::ReportQuery;
use dafu::office::supervision::SupervisionQuery;
use dafu::office::supervision::indicators::IndicatorQuery;
use dafu::office::{Office, Officer};
use dafu::storage::{Conn, StoreError};
use tokio::runtime::Runtime;

use super::bare::{self, Known};
use super::looks;
use super::saying::{Sides, heard, side_by_side};

/// Each question is asked so many times, after once in vain.
const TIMES: usize = 5;

pub struct Found {
    pub work: &'static str,
    pub ours: Duration,
    pub raw: Duration,
    /// Looks that either side writes down each time.
    pub looks: usize,
    pub sides: Sides,
}

/// Measures the four questions.
pub fn asking(office: &Office, officer: &Officer) -> Vec<Found> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (known, today) = (Known::of(office), office.today());
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let (year, from) = (today.year() - 1, day(today.year(), 1, 1));
    let side = |work, ours: &dyn Fn(), raw: &dyn Fn(&mut Conn) -> Result<(), StoreError>| {
        beside(office, &runtime, work, ours, raw)
    };
    vec![
        side(
            "overdue across the tree",
            &|| drop(runtime.block_on(office.overdue(officer, SupervisionQuery::default())).unwrap()),
            &|conn| bare::overdue(conn, &known),
        ),
        side(
            "one page of the queue",
            &|| drop(runtime.block_on(office.queue(officer, CaseQuery::default())).unwrap()),
            &|conn| bare::page(conn, &known, bare::LATEST, None),
        ),
        side(
            "indicators of a year",
            &|| {
                let query = IndicatorQuery { from: Some(from), to: Some(today), ..IndicatorQuery::default() };
                drop(runtime.block_on(office.indicators(officer, query)).unwrap());
            },
            &|conn| bare::indicators(conn, &known, from),
        ),
        side(
            "annual report of a year",
            &|| {
                let query = ReportQuery { agency: "m0".to_owned(), below: Some(true), ..ReportQuery::default() };
                drop(runtime.block_on(office.report_now(officer, year, query)).unwrap());
            },
            &|conn| bare::report(conn, &known, (day(year, 1, 1), day(year, 12, 31))),
        ),
    ]
}

fn beside(
    office: &Office,
    runtime: &Runtime,
    work: &'static str,
    ours: &dyn Fn(),
    raw: &dyn Fn(&mut Conn) -> Result<(), StoreError>,
) -> Found {
    ours();
    let before = looks::count(office);
    let ((), of_ours) = heard(ours);
    let noted = Arc::new(looks::since(office, before));
    let bare = || {
        office.db().read_now(raw).unwrap();
        for at in 0..noted.len() {
            let (noted, now) = (Arc::clone(&noted), office.now());
            runtime.block_on(office.db().write_together(move |conn| looks::again(conn, &noted[at], now))).unwrap();
        }
    };
    let before = looks::count(office);
    let ((), of_raw) = heard(bare);
    let looks = noted.len();
    assert_eq!(looks::since(office, before).len(), looks, "{work}: the bare side notes other looks than ours");
    Found { work, ours: middle(ours), raw: middle(bare), looks, sides: side_by_side(&of_ours, &of_raw) }
}

/// The middle of several times.
fn middle(work: impl Fn()) -> Duration {
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
