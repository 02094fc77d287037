//! `dafu tick --at DATE`: the calendar's turn, for a day that was missed, a rehearsal, or a scheduler outside.

use std::process::ExitCode;

use chrono::{NaiveDate, TimeDelta};
use clap::Args;

use super::{opening, terminal};
use crate::clock::{Clock, end_of_day_in_china};
use crate::config::Config;

/// The command.
#[derive(Debug, Args)]
pub struct Tick {
    /// The day as whose evening the calendar acts (YYYY-MM-DD); now if missing.
    #[arg(long, value_name = "DATE")]
    at: Option<NaiveDate>,
}

/// Runs it. Exits with 1 when a case could not be asked.
///
/// # Errors
/// When the database cannot be read.
pub fn run(tick: &Tick, config: &Config) -> anyhow::Result<ExitCode> {
    let clock = tick.at.map_or(Clock::System, |day| Clock::fixed(end_of_day_in_china(day) - TimeDelta::seconds(1)));
    let office = opening::office(config, clock)?;
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
