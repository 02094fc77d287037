//! `dafu check`: exits with 1 when anything differs, so that a nightly job can tell.

use std::process::ExitCode;

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::office::calendars::Learning;

/// Runs it.
///
/// # Errors
/// When the database cannot be read.
pub fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let bar = terminal::counter("核对 / checking");
    let report = office.check(&mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    let told = report.told();
    for (zh, en) in &told {
        terminal::say(&format!("{zh} / {en}"));
    }
    let (cases, entries, found) = (report.cases, report.entries, told.len());
    terminal::say(&format!(
        "{cases} 件、{entries} 项记录，{found} 处不符。 / {cases} cases, {entries} entries, {found} differences."
    ));
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
