//! `dafu tick --at DATE`: the calendar's turn, for a day that was missed, a rehearsal, or a scheduler outside.

use std::process::ExitCode;

use chrono::{NaiveDate, TimeDelta};
use clap::Args;

use super::{opening, terminal};
use crate::clock::{Clock, day_in_china, end_of_day_in_china};
use crate::config::Config;
use crate::office::calendars::Learning;

/// The command.
#[derive(Debug, Args)]
pub struct Tick {
    /// The day as whose evening the calendar acts (YYYY-MM-DD); now if missing.
    #[arg(long, value_name = "DATE")]
    at: Option<NaiveDate>,
    /// Let the day lie in the future: for a rehearsal on a copy of the database. What is recorded there stays.
    #[arg(long)]
    ahead: bool,
}

/// Runs it. Exits with 1 when a case could not be asked.
///
/// # Errors
/// When the database cannot be read.
pub fn run(tick: &Tick, config: &Config) -> anyhow::Result<ExitCode> {
    let now = Clock::System.now();
    let at = tick.at.map(|day| end_of_day_in_china(day) - TimeDelta::seconds(1));
    anyhow::ensure!(
        tick.ahead || at.is_none_or(|at| at < end_of_day_in_china(day_in_china(now))),
        "日期在未来：所记录的事项不可撤销。只在数据库副本上演练时加 --ahead / that day lies in the future and what is recorded \
         stays; add --ahead only for a rehearsal on a copy of the database"
    );
    // The evening of today has not come yet: then it is now.
    let clock = at.filter(|at| tick.ahead || *at < now).map_or(Clock::System, Clock::fixed);
    let office = opening::office(config, clock, Learning::Leaves)?;
    let bar = terminal::counter("推进 / asking");
    let report = office.tick(&mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    for (case, reason) in &report.failed {
        terminal::say(&format!("{case}: {reason}"));
    }
    terminal::say(&format!(
        "{} 件在办，{} 件有变动，{} 件未能处理。 / {} open cases, {} changed, {} failed.",
        report.looked_at,
        report.changed,
        report.failed.len(),
        report.looked_at,
        report.changed,
        report.failed.len()
    ));
    Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
