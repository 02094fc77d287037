//! `dafu import`: old cases from a ledger, on the word of whoever has the machine; and the empty workbook for them.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use clap::{Args, ValueEnum};

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::office::Office;
use crate::office::calendars::Learning;
use crate::office::failure::Failure;
use crate::office::importing::{ImportQuery, ImportReport};

const EXAMPLES: &str = "\
Examples:
  dafu import --template ledger -o ledger.xlsx            write the empty workbook, with what each column takes
  dafu import ledger.xlsx --agency yunhe --dry-run        tell everything that is wrong with it; write nothing
  dafu import ledger.xlsx --agency yunhe                  bring it in: all of it, or nothing
  dafu import ledger.xlsx --agency yunhe --good-rows      bring in the good rows

XLSX, or CSV in UTF-8 or GB18030; 200000 rows a sheet at most. Rows that are there already are left alone, so a file may be
brought in again. Nobody is sent a notice. docs/LEDGER.md says what each column takes.";

/// A workbook that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Template {
    /// Old cases and proceedings.
    Ledger,
}

/// The command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Import {
    /// The ledger.
    #[arg(value_name = "FILE", required_unless_present = "template")]
    file: Option<PathBuf>,
    /// The agency of rows that name none, by its short name.
    #[arg(long, value_name = "SLUG", required_unless_present = "template")]
    agency: Option<String>,
    /// Only tell what would come of it.
    #[arg(long)]
    dry_run: bool,
    /// Bring in the good rows although others are not good.
    #[arg(long)]
    good_rows: bool,
    /// Write an empty workbook instead.
    #[arg(long, value_name = "WHICH", conflicts_with_all = ["file", "agency", "dry_run", "good_rows"])]
    template: Option<Template>,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE", requires = "template", default_value = "ledger.xlsx")]
    output: PathBuf,
}

/// Writes the workbook, which needs no database; none if a file is to be brought in.
#[must_use]
pub fn run_alone(import: &Import) -> Option<anyhow::Result<()>> {
    let Some(Template::Ledger) = import.template else { return None };
    let write = || {
        let bytes = Office::import_template().map_err(|fault| anyhow!("{fault}"))?;
        std::fs::write(&import.output, bytes).with_context(|| format!("cannot write {}", import.output.display()))?;
        terminal::say(&format!("已写入 {} / written", import.output.display()));
        Ok(())
    };
    Some(write())
}

/// Runs it. Exits with 1 when something is wrong with the file.
///
/// # Errors
/// When the file or the database cannot be read, or nothing of the file is a ledger.
pub fn run(import: &Import, config: &Config) -> anyhow::Result<ExitCode> {
    let (Some(file), Some(agency)) = (&import.file, &import.agency) else {
        bail!("给出文件和 --agency / give a file and --agency");
    };
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let query =
        ImportQuery { agency: agency.clone(), dry_run: Some(import.dry_run), good_rows: Some(import.good_rows) };
    let bar = terminal::counter("导入 / bringing in");
    let done = office.import_here(terminal::whoever(), &query, &bytes, &|done| bar.set_position(done));
    bar.finish_and_clear();
    let report = done.map_err(|failure| told(&failure))?;
    Ok(say(&report))
}

/// A failure in both languages.
fn told(failure: &Failure) -> anyhow::Error {
    match failure {
        Failure::Invalid(problems) => {
            let told: Vec<String> = problems.iter().map(|one| format!("{} / {}", one.zh, one.en)).collect();
            anyhow!(told.join("\n"))
        }
        other => anyhow!("{other}"),
    }
}

fn say(report: &ImportReport) -> ExitCode {
    for one in &report.problems {
        let found = if one.found.is_empty() { "（空）" } else { one.found.as_str() };
        terminal::say(&format!(
            "{} 第{}行 {}：{found}：{} / {} row {}, {}: {}",
            one.sheet_zh, one.row, one.head_zh, one.zh, one.sheet, one.row, one.column, one.en
        ));
    }
    let told = report.problems.len();
    if report.problems_in_all > told {
        let more = report.problems_in_all - told;
        terminal::say(&format!("另有 {more} 处问题。 / {more} more problems."));
    }
    if !report.unknown_heads.is_empty() {
        let heads = report.unknown_heads.join("、");
        terminal::say(&format!("没有读取的列：{heads} / heads that were not read"));
    }
    for (zh, en, count) in [
        ("申请", "cases", report.cases),
        ("复议诉讼", "proceedings", report.proceedings),
        ("表二", "table two", report.table_two),
    ] {
        terminal::say(&format!(
            "{zh}：{} 行，可以导入 {}，已在系统中 {}，有问题 {}，已写入 {}。 / {en}: {} rows, {} good, {} here already, {} bad, {} written.",
            count.rows,
            count.good,
            count.already_there,
            count.bad,
            count.brought_in,
            count.rows,
            count.good,
            count.already_there,
            count.bad,
            count.brought_in
        ));
    }
    if report.problems_in_all == 0 || report.brought_in() > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
