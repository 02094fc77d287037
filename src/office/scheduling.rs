//! What the scheduler keeps: which instance is at a reconciler, when each last ran, what it did. All by the machine's own
//! time, because it is about processes; what they do in a case is dated by the office's clock.

use chrono::{DateTime, Duration, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::Office;
use super::failure::{Failure, Problem};
use super::notices::facts::Facts;
use super::notices::outbox::Outbox;
use super::permission::{Deed, Officer};
use super::retiming::beginning;
use super::tick::TickReport;
use crate::clock::{Clock, day_in_china};
use crate::ids::{RunId, TaskId};
use crate::notices::Notice;
use crate::storage::scheduler_runs::{self, RunRow};
use crate::storage::{notices, scheduler_state};

/// A run that has ended.
#[derive(Debug, Clone, Copy)]
pub struct Ran<'a> {
    /// Which reconciler.
    pub reconciler: &'static str,
    /// In which process.
    pub instance: &'a str,
    /// When it began, by the machine's time.
    pub began_at: DateTime<Utc>,
}

/// How a reconciler stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReconcilerView {
    /// Its name.
    pub reconciler: String,
    /// When it last ended a run.
    pub ran_at: DateTime<Utc>,
    /// When it last failed as a whole.
    pub failed_at: Option<DateTime<Utc>>,
    /// Why.
    pub fault: Option<String>,
    /// The instance that is at it now.
    pub held_by: Option<String>,
}

/// How many notices stand in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StateCount {
    /// The state.
    pub state: String,
    /// How many.
    pub count: i64,
}

/// How the scheduler stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SchedulerView {
    /// Every reconciler that has run.
    pub reconcilers: Vec<ReconcilerView>,
    /// The outbox, by state.
    pub outbox: Vec<StateCount>,
}

/// A run in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: RunId,
    /// Which reconciler.
    pub reconciler: String,
    /// In which process.
    pub instance: String,
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// Cases, timings or notices looked at.
    pub looked_at: i64,
    /// Those in which something was done.
    pub changed: i64,
    /// Those that failed.
    pub failed: i64,
    /// What failed, each with the reason.
    pub failures: serde_json::Value,
}

/// A page of the log, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunPage {
    /// The runs.
    pub items: Vec<RunView>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Marks that stand among the reconcilers' and are none: what was taken up once, and until when.
const NOT_RUN: &[&str] = &[
    super::retiming::CALENDARS_TAKEN,
    super::retiming::ALL_TIMED,
    super::projection::rounds::ALL_MEASURED,
    super::retention::telling::TOLD,
];

/// Figures for whoever watches over the service.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Seconds since each reconciler last ended a run.
    pub seconds_since_run: Vec<(String, f64)>,
    /// Whether the one that is furthest behind is later than the settings allow.
    pub late: bool,
    /// Notices by state.
    pub notices: Vec<(String, f64)>,
}

/// Failures kept with a run.
const FAILURES_KEPT: usize = 50;

impl Office {
    /// The machine's own time, for what is about processes.
    #[must_use]
    pub fn machine_time(&self) -> DateTime<Utc> {
        Clock::System.now()
    }

    /// A name for this process, unlike any other's.
    #[must_use]
    pub fn new_instance(&self) -> String {
        TaskId::new(self.machine_time(), &mut self.shared().randomness.clone()).to_string()
    }

    /// Takes hold of a reconciler that one instance runs at a time; false while another has it.
    ///
    /// # Errors
    /// The database's failures.
    pub fn hold_reconciler(&self, name: &str, instance: &str) -> Result<bool, Failure> {
        let now = self.machine_time();
        let until = now + self.claim_time();
        self.db().write_now(|conn| {
            scheduler_state::begin(conn, &beginning(name, now))?;
            Ok(scheduler_state::hold(conn, name, instance, now, until)?)
        })
    }

    /// How long what an instance has claimed is its own.
    #[must_use]
    pub fn claim_time(&self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.shared().scheduler.claim_seconds))
    }

    /// Keeps that a reconciler ran; in the log only where it did something or failed.
    ///
    /// # Errors
    /// The database's failures.
    pub fn keep_run(&self, ran: &Ran<'_>, outcome: &Result<TickReport, String>) -> Result<(), Failure> {
        let now = self.machine_time();
        let row = self.run_row(ran, outcome, now)?;
        self.db().write_now(|conn| {
            scheduler_state::begin(conn, &beginning(ran.reconciler, now))?;
            match outcome {
                Ok(_) => scheduler_state::ran(conn, ran.reconciler, ran.instance, now)?,
                Err(fault) => scheduler_state::failed(conn, ran.reconciler, ran.instance, fault, now)?,
            }
            if row.changed > 0 || row.failed > 0 {
                scheduler_runs::insert(conn, &row)?;
            }
            Ok(())
        })
    }

    fn run_row(
        &self,
        ran: &Ran<'_>,
        outcome: &Result<TickReport, String>,
        now: DateTime<Utc>,
    ) -> Result<RunRow, Failure> {
        let (looked_at, changed, failures) = match outcome {
            Ok(report) => {
                let told = |(case, reason): &(crate::ids::CaseId, String)| serde_json::json!({ "case": case, "reason": reason });
                (report.looked_at, report.changed, report.failed.iter().map(told).collect())
            }
            Err(fault) => (0, 0, vec![serde_json::json!({ "reason": fault })]),
        };
        let failed = i64::try_from(failures.len()).map_err(Failure::broken)?;
        let kept: Vec<_> = failures.into_iter().take(FAILURES_KEPT).collect();
        Ok(RunRow {
            id: RunId::new(now, &mut self.shared().randomness.clone()),
            reconciler: ran.reconciler.to_owned(),
            instance: ran.instance.to_owned(),
            began_at: ran.began_at,
            ended_at: now,
            looked_at: i64::try_from(looked_at).map_err(Failure::broken)?,
            changed: i64::try_from(changed).map_err(Failure::broken)?,
            failed,
            report: serde_json::to_string(&kept).map_err(Failure::broken)?,
        })
    }

    /// The figures.
    ///
    /// # Errors
    /// The database's failures.
    pub fn figures(&self) -> Result<Figures, Failure> {
        let now = self.machine_time();
        let limit = TimeDelta::minutes(i64::from(self.shared().scheduler.late_minutes));
        self.db().read_now(|conn| {
            let rows = scheduler_state::list(conn)?;
            let ran = rows.iter().filter(|row| !NOT_RUN.contains(&row.reconciler.as_str()));
            let since: Vec<(String, TimeDelta)> = ran.map(|row| (row.reconciler.clone(), now - row.ran_at)).collect();
            Ok(Figures {
                late: since.iter().any(|(_, since)| *since > limit),
                seconds_since_run: since.into_iter().map(|(name, since)| (name, since.as_seconds_f64())).collect(),
                notices: notices::count_by_state(conn)?
                    .into_iter()
                    .map(|(state, count)| (state, f64::from(u32::try_from(count).unwrap_or(u32::MAX))))
                    .collect(),
            })
        })
    }

    /// How long ago the one of these reconcilers that is furthest behind last ran; none while one has never run.
    ///
    /// # Errors
    /// The database's failures.
    pub fn furthest_behind(&self, names: &[&str]) -> Result<Option<Duration>, Failure> {
        let now = self.machine_time();
        let rows = self.db().read_now(|conn| scheduler_state::list(conn).map_err(Failure::from))?;
        let last = rows.iter().filter(|row| names.contains(&row.reconciler.as_str())).map(|row| row.ran_at).min();
        Ok(last.map(|last| (now - last).max(Duration::zero())))
    }

    /// Tells the administrators that the scheduler was away, once for each absence.
    ///
    /// # Errors
    /// The database's failures.
    pub fn tell_scheduler_late(&self, behind: Duration) -> Result<(), Failure> {
        let (shared, now, machine) = (self.shared(), self.now(), self.machine_time());
        let since = machine - behind;
        let facts = Facts {
            from: Some(day_in_china(since)),
            to: Some(day_in_china(machine)),
            count: u32::try_from(behind.num_minutes()).ok(),
            ..Facts::default()
        };
        let cause = format!("scheduler_late:{}", since.timestamp());
        self.db().write_now(|conn| {
            let calendar = shared.calendars_in(conn)?.known_at(now);
            let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
            outbox.to_administrators(conn, Notice::SchedulerLate, &cause, day_in_china(now), facts, None)
        })
    }

    /// How the scheduler stands.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn scheduler(&self, officer: &Officer) -> Result<SchedulerView, Failure> {
        keeps_the_system(officer)?;
        self.db()
            .read(|conn| {
                let reconcilers = scheduler_state::list(conn)?
                    .into_iter()
                    .map(|row| ReconcilerView {
                        reconciler: row.reconciler,
                        ran_at: row.ran_at,
                        failed_at: row.failed_at,
                        fault: row.fault,
                        held_by: row.held_by,
                    })
                    .collect();
                let outbox = notices::count_by_state(conn)?
                    .into_iter()
                    .map(|(state, count)| StateCount { state, count })
                    .collect();
                Ok(SchedulerView { reconcilers, outbox })
            })
            .await
    }

    /// A page of the log.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::Invalid`]; the database's failures.
    pub async fn scheduler_runs(
        &self,
        officer: &Officer,
        cursor: Option<String>,
        limit: Option<u32>,
    ) -> Result<RunPage, Failure> {
        keeps_the_system(officer)?;
        let (after, limit) = page(cursor.as_deref(), limit)?;
        self.db()
            .read(move |conn| {
                let mut rows = scheduler_runs::list(conn, after, limit + 1)?;
                let more = u32::try_from(rows.len()).is_ok_and(|found| found > limit);
                if more {
                    rows.pop();
                }
                let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
                let items = rows.into_iter().map(run_view).collect::<Result<_, _>>()?;
                Ok(RunPage { items, next })
            })
            .await
    }
}

fn run_view(row: RunRow) -> Result<RunView, Failure> {
    Ok(RunView {
        failures: serde_json::from_str(&row.report).map_err(Failure::broken)?,
        id: row.id,
        reconciler: row.reconciler,
        instance: row.instance,
        began_at: row.began_at,
        ended_at: row.ended_at,
        looked_at: row.looked_at,
        changed: row.changed,
        failed: row.failed,
    })
}

/// Whether this officer keeps house anywhere.
pub(super) fn keeps_the_system(officer: &Officer) -> Result<(), Failure> {
    Deed::Administer.anywhere(officer)
}

/// The cursor and the size of a page whose keys are ids.
pub(super) fn page<I: std::str::FromStr>(
    cursor: Option<&str>,
    limit: Option<u32>,
) -> Result<(Option<I>, u32), Failure> {
    let mut problems = Vec::new();
    let after = cursor.and_then(|cursor| {
        let read = cursor.parse().ok();
        if read.is_none() {
            let (zh, en) = ("请使用上一页给出的 next。", "Use the `next` of the page before.");
            problems.push(Problem::at("?cursor", zh, en));
        }
        read
    });
    let limit = limit.unwrap_or(super::queue::PAGE);
    if !(1..=super::queue::PAGE_MAX).contains(&limit) {
        problems.push(Problem::at("?limit", "每页1至200条。", "A page has 1 to 200 rows."));
    }
    if problems.is_empty() { Ok((after, limit)) } else { Err(Failure::Invalid(problems)) }
}
