//! `dafu law …`: the law's own answers, without a database.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::{law, terminal};
use crate::law::fee::FeeBasis;

/// What to ask.
#[derive(Debug, Subcommand)]
pub enum Law {
    /// Reckon the dates of a file of cases; prints JSON.
    Deadline {
        /// The file: `{"cases": [{"id", "kind", "facts"}]}`.
        #[arg(long, value_name = "FILE")]
        cases: PathBuf,
    },
    /// The information-processing fee in whole yuan (国办函〔2020〕109号).
    Fee {
        /// By item (applications of one applicant in one calendar month) or by page (of one application).
        #[arg(long, value_enum)]
        by: Basis,
        /// How many.
        #[arg(long)]
        count: u32,
    },
    /// Every outcome with its article, annual-report row and remedy path.
    Outcomes,
    /// Explain the clock of one case day by day.
    Clock {
        /// The file: one case in the form that `deadline` reads.
        file: PathBuf,
    },
}

/// What a fee is counted by.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Basis {
    /// By item (按件).
    Item,
    /// By page (按量).
    Page,
}

/// Runs it.
///
/// # Errors
/// When a file cannot be read, with every place in it that is wrong.
pub fn run(command: &Law) -> anyhow::Result<()> {
    match command {
        Law::Deadline { cases } => {
            let answer = law::deadline(cases, &law::embedded_calendar()?)?;
            terminal::say(&serde_json::to_string_pretty(&answer)?);
        }
        Law::Fee { by, count } => {
            let basis = match by {
                Basis::Item => FeeBasis::Item,
                Basis::Page => FeeBasis::Page,
            };
            terminal::say(&law::fee(basis, *count).to_string());
        }
        Law::Outcomes => terminal::say(&law::outcomes()),
        Law::Clock { file } => terminal::say(&law::clock(file, &law::embedded_calendar()?)?),
    }
    Ok(())
}
