//! `dafu tick --at DATE`: the calendar's turn, for a day that was missed, a rehearsal, or a scheduler outside.

use std::process::ExitCode;

use chrono::{NaiveDate, TimeDelta};
use clap::Args;

use super::{opening, terminal};
use crate::clock::{Clock, day_in_china, end_of_day_in_china};
use crate::config::Config;
use crate::notices::transport::Transport;
use crate::office::calendars::Learning;
use crate::scheduler::turn::{Done, turn};

/// The command.
#[derive(Debug, Args)]
pub struct Tick {
    /// The day as whose evening the calendar acts (YYYY-MM-DD); now if missing.
    #[arg(long, value_name = "DATE")]
    at: Option<NaiveDate>,
    /// Let the day lie in the future: for a rehearsal on a copy of the database. What is recorded there stays.
    #[arg(long)]
    ahead: bool,
    /// Send no mail; what is owed stays in the outbox. A rehearsal never sends any.
    #[arg(long)]
    no_mail: bool,
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
    let transport = if tick.no_mail || tick.ahead { None } else { Some(Transport::from_config(&config.mail)?) };
    let done = turn(&office, transport.as_ref(), &office.new_instance(), &mut |done| bar.set_position(done));
    bar.finish_and_clear();
    Ok(if say(&done) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tells what each reconciler did. False when something failed.
fn say(done: &[Done]) -> bool {
    let mut well = true;
    let mut idle = true;
    for one in done {
        match &one.report {
            Ok(report) => {
                for (case, reason) in &report.failed {
                    terminal::say(&format!("{case}: {reason}"));
                }
                if report.changed > 0 || !report.failed.is_empty() {
                    idle = false;
                    terminal::say(&format!(
                        "{:<18} {} 项，{} 项未能处理 / {} done, {} failed",
                        one.name,
                        report.changed,
                        report.failed.len(),
                        report.changed,
                        report.failed.len()
                    ));
                }
                well &= report.failed.is_empty();
            }
            Err(fault) => {
                (well, idle) = (false, false);
                terminal::say(&format!("{}: {fault}", one.name));
            }
        }
        if one.elsewhere {
            terminal::say(&format!("{:<18} 另一实例正在办理 / another instance is at it", one.name));
        }
    }
    if idle {
        terminal::say("没有到期的事项，未作任何改动。 / Nothing has come due; nothing was changed.");
    }
    well
}
