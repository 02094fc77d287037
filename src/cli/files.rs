//! `dafu files`: what an operator does about the store by hand.

use clap::{Args, Subcommand};

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::office::calendars::Learning;

const EXAMPLES: &str = "\
Examples:
  dafu files strays               tell how many there are
  dafu files strays --take-away   take them away

A stray is what an act left in the store that was undone afterwards. It lies under no row of the database and
opens with no key. Run it against the database that the store belongs to: with another one everything is a stray.";

/// The command.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub enum Files {
    /// Find what lies in the store and belongs to no case (无主文件).
    #[command(after_help = EXAMPLES)]
    Strays(Strays),
}

/// What to do with them.
#[derive(Debug, Args)]
pub struct Strays {
    /// Take them away.
    #[arg(long)]
    take_away: bool,
}

/// Runs the command.
///
/// # Errors
/// When the database or the store cannot be read.
pub fn run(command: &Files, config: &Config) -> anyhow::Result<()> {
    let Files::Strays(Strays { take_away }) = command;
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let bar = terminal::counter("查找 / looking");
    let strays = office.strays(*take_away, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    for id in &strays {
        terminal::say(&id.to_string());
    }
    let (zh, en) = if *take_away { ("已清除", "taken away") } else { ("未清除", "left") };
    terminal::say(&format!("{} 个无主文件，{zh}。 / {} strays, {en}.", strays.len(), strays.len()));
    Ok(())
}
