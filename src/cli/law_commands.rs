//! `dafu law …`: the law's own answers, without a database.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::{law, terminal};
use crate::law::fee::FeeBasis;
use crate::law::outcome::Outcome;
use crate::law::remedy::AgencyKind;

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
    /// What may be done against a reply, where and until when, as its last paragraph must say it.
    ///
    /// Prints the outcome with its basis, the way that is open, who decides on a reconsideration by 行政复议法 2023
    /// arts 24 to 28, the paragraph in Chinese and in English, and the last day of each period.
    Remedy(Remedy),
    /// Explain the clock of one case day by day.
    Clock {
        /// The file: one case in the form that `deadline` reads.
        file: PathBuf,
    },
}

/// What to ask about a remedy.
#[derive(Debug, Args)]
#[command(after_help = REMEDY_EXAMPLES)]
pub struct Remedy {
    /// How the application ended; `dafu law outcomes` lists the codes with their articles.
    #[arg(long, value_name = "CODE")]
    outcome: Outcome,
    /// The grounds of what is withheld, for `partly_granted`: the way follows them.
    #[arg(long, value_name = "CODE,CODE", value_delimiter = ',')]
    withheld: Vec<Outcome>,
    /// What the agency is: ministry, `provincial_government`, `local_government`, department, `judicial_department`,
    /// `vertical_department` (customs, tax and the like), `dispatched_office` or `empowered_organisation`.
    #[arg(long, value_name = "KIND")]
    agency_kind: AgencyKind,
    /// The day on which the applicant received the reply, YYYY-MM-DD: the periods run from the day after it.
    #[arg(long, value_name = "DATE")]
    served: NaiveDate,
    /// The reconsideration body by full name, as a letter must have it; else it is described as the law does.
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    /// The court by full name.
    #[arg(long, value_name = "NAME")]
    court: Option<String>,
}

const REMEDY_EXAMPLES: &str = "\
Examples:
  A refusal of a city's department: reconsideration comes first, and the time to sue has not begun.
    dafu law remedy --outcome refused_internal_affairs --agency-kind department --served 2025-03-31 \\
        --body 云河市人民政府 --court 云河市临江区人民法院
  Not held: reconsideration within 60 days or suit within 6 months, as the applicant likes.
    dafu law remedy --outcome not_held --agency-kind department --served 2025-03-31
  A part withheld: the grounds decide.
    dafu law remedy --outcome partly_granted --withheld refused_third_party,not_held \\
        --agency-kind local_government --served 2025-03-31";

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
/// When a file cannot be read, with every place in it that is wrong; when grounds do not fit their outcome.
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
        Law::Remedy(remedy) => {
            let question = law::RemedyQuestion {
                outcome: remedy.outcome,
                withheld: &remedy.withheld,
                agency: remedy.agency_kind,
                served_on: remedy.served,
                body: remedy.body.as_deref(),
                court: remedy.court.as_deref(),
            };
            terminal::say(&law::remedy(&question, &law::embedded_calendar()?)?);
        }
        Law::Clock { file } => terminal::say(&law::clock(file, &law::embedded_calendar()?)?),
    }
    Ok(())
}
