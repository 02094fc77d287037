//! `dafu made-up`: a database full of made-up cases, to measure with.

use clap::Args;

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::office::calendars::Learning;
use crate::office::importing::MadeUp;

const EXAMPLES: &str = "\
Examples:
  DATABASE_URL=sqlite://measure.db dafu migrate
  DATABASE_URL=sqlite://measure.db dafu made-up --cases 1000000

Only into a database in which there is no agency. The same seed gives the same cases, but for ids and keys.";

/// The command.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = EXAMPLES)]
pub struct Made {
    /// How many cases (件数).
    #[arg(long, default_value_t = 100_000)]
    cases: u32,
    /// Over how many agencies, one city among them (机关数).
    #[arg(long, default_value_t = 30)]
    agencies: u32,
    /// Received in so many years up to today (年数).
    #[arg(long, default_value_t = 3)]
    years: u32,
    /// From which all follows (种子).
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs it.
///
/// # Errors
/// When the database holds something, or cannot be written.
pub fn run(made: Made, config: &Config) -> anyhow::Result<()> {
    let office = opening::office(config, Clock::System, Learning::Takes)?;
    let Made { cases, agencies, years, seed } = made;
    let bar = terminal::bar("虚构案件 / making up", u64::from(cases));
    office.make_up(MadeUp { cases, agencies, years, seed }, &|done| bar.set_position(done))?;
    bar.finish_and_clear();
    terminal::say(&format!("已生成 {cases} 件。 / {cases} cases."));
    Ok(())
}
