//! `dafu retention`: carry out what two people have approved, and destroy again what a restored copy brought back.

use std::process::ExitCode;

use clap::Subcommand;

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::office::calendars::Learning;
use crate::office::retention::register;
use crate::storage::case_keys;

const EXAMPLES: &str = "\
Examples:
  dafu retention finish   carry out every approved list now, instead of with the next turn of the scheduler
  dafu retention list     print the cases whose contents were destroyed
  dafu retention replay   after restoring a copy of the database or the store: destroy again what was destroyed since

Lists are proposed and approved by two people, on the pages (/desk/retention) or over the API; never here.
What was destroyed is also written down beside the key files (destroyed.jsonl): replay reads it there.";

/// The command.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub enum Retention {
    /// Carry out every approved list (执行已批准的销毁).
    Finish,
    /// Print what was destroyed (已销毁案卷).
    List,
    /// Destroy again what a restored copy brought back (恢复备份后重新销毁).
    Replay,
}

/// Runs it. Exits with 1 when a file could not be destroyed, or a line of the register cannot be read.
///
/// # Errors
/// When the database, the register or the store cannot be read.
pub fn run(retention: &Retention, config: &Config) -> anyhow::Result<ExitCode> {
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    match retention {
        Retention::Finish => {
            let bar = terminal::counter("销毁 / destroying");
            let report = office.carry_out_disposals(&mut |done| bar.set_position(done))?;
            bar.finish_and_clear();
            for (case, reason) in &report.failed {
                terminal::say(&format!("{case}: {reason}"));
            }
            let (done, failed) = (report.changed, report.failed.len());
            terminal::say(&format!(
                "已销毁 {done} 件，{failed} 件未能销毁。 / {done} files destroyed, {failed} could not be."
            ));
            Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Retention::List => {
            let place = register::place(&config.keys.directory);
            let listed = register::read(&place)?;
            let rows = office.db().read_now(case_keys::list_destroyed)?;
            for row in &rows {
                let told =
                    listed.lines.get(&row.case_id).map(|line| (line.number.as_str(), line.by.certificate.as_str()));
                let (number, certificate) = told.unwrap_or_default();
                terminal::say(&format!("{}\t{}\t{number}\t{certificate}", row.destroyed_at.to_rfc3339(), row.case_id));
            }
            for number in &listed.unreadable {
                terminal::say(&register::not_readable(&place, *number));
            }
            Ok(if listed.unreadable.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Retention::Replay => {
            let bar = terminal::counter("核对 / looking");
            let again = office.replay_destruction(&mut |done| bar.set_position(done))?;
            bar.finish_and_clear();
            terminal::say(&format!("重新销毁 {again} 件。 / {again} files were there again and are destroyed."));
            Ok(ExitCode::SUCCESS)
        }
    }
}
