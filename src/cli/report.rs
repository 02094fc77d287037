//! `dafu report`: the annual report on the command line.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::office::calendars::Learning;
use crate::office::reports::files::ReportFormat;
use crate::office::reports::workbench::TakenIn;

const EXAMPLES: &str = "\
Examples:
  dafu report annual --agency yunhe --year 2025 --format pdf -o report.pdf
  dafu report annual --agency yunhe --year 2025 --below --format json

What stands in the tables is counted from cases and proceedings as they are now. What was frozen, signed and published is had from the
pages (/desk/reports) or the API.";

/// The command.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub enum Report {
    /// The annual report of a year as it is counted now (年度报告).
    Annual(Annual),
}

/// Which report, and where to.
#[derive(Debug, clap::Args)]
pub struct Annual {
    /// The agency, by its short name (机关简称).
    #[arg(long)]
    agency: String,
    /// The year (年份).
    #[arg(long)]
    year: i32,
    /// Whether the agencies below are taken in (含所属机关).
    #[arg(long)]
    below: bool,
    /// Leaves out the agencies to which it succeeded (不含并入、承继的原机关).
    #[arg(long)]
    without_predecessors: bool,
    /// How it is written: json, xlsx, docx or pdf (格式).
    #[arg(long, default_value = "json")]
    format: ReportFormat,
    /// Where to; the standard output if missing (输出文件).
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// Runs it.
///
/// # Errors
/// When there is no such agency, the database cannot be read, or the file cannot be written.
pub fn run(report: &Report, config: &Config) -> anyhow::Result<()> {
    let Report::Annual(asked) = report;
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let taken = TakenIn { below: asked.below, predecessors: !asked.without_predecessors };
    let file = office
        .report_of(&asked.agency, asked.year, taken, asked.format)
        .with_context(|| format!("没有机关 {0}，或者年份不对 / no agency {0}, or no such year", asked.agency))?;
    match &asked.output {
        Some(path) => {
            std::fs::write(path, &file.bytes).with_context(|| format!("cannot write {}", path.display()))?;
            terminal::say(&format!("{} → {}", file.name, path.display()));
        }
        None => terminal::pour(&file.bytes).context("cannot write to the standard output")?,
    }
    Ok(())
}
