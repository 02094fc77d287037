//! `dafu calendar`: the years in force, what a file would move, and laying it down for an administrator to confirm.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::office::Office;
use crate::office::calendar_proposals::formats::NewProposal;
use crate::office::calendars::Learning;

/// Moves shown one by one; the totals tell of the rest.
const SHOWN: usize = 50;

const EXAMPLES: &str = "\
Examples:
  dafu calendar preview 2027.toml
  dafu calendar preview 2027.ics --notice 国办发明电〔2026〕5号 --published-on 2026-11-05
  dafu calendar propose 2027.toml

A TOML file has the year, its notice, the Mondays to Fridays that are free and the weekend days that are worked:
  year = 2027
  notice = \"国办发明电〔2026〕5号\"
  published_on = \"2026-11-05\"
  holidays = [\"2027-01-01\"]
  workdays = []";

/// The command.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub enum Calendar {
    /// The years in force, with their notices and working days (现行日历).
    List,
    /// Which open cases a file would move, from which day to which; writes nothing (试算).
    #[command(after_help = EXAMPLES)]
    Preview(File),
    /// Lay a file down; an administrator of a top agency confirms it, and only then it counts (提出变更).
    #[command(after_help = EXAMPLES)]
    Propose(File),
}

/// A file with a year: TOML as in config/calendar, or iCalendar by its extension `.ics`.
#[derive(Debug, Args)]
pub struct File {
    /// The file.
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// With .ics: the notice's document number, such as 国办发明电〔2026〕5号.
    #[arg(long)]
    notice: Option<String>,
    /// With .ics: the day the notice was published (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    published_on: Option<NaiveDate>,
    /// With .ics: which year of the file.
    #[arg(long, value_name = "YEAR")]
    year: Option<i32>,
}

impl File {
    fn read(&self) -> anyhow::Result<NewProposal> {
        let text = std::fs::read_to_string(&self.path).with_context(|| self.path.display().to_string())?;
        let ical = is_ical(&self.path);
        Ok(NewProposal {
            toml: (!ical).then(|| text.clone()),
            ical: ical.then_some(text),
            notice: self.notice.clone(),
            published_on: self.published_on,
            for_year: self.year,
            ..NewProposal::default()
        })
    }
}

fn is_ical(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ics"))
}

/// Runs it.
///
/// # Errors
/// When the file says what no notice can say, or the database cannot be read or written.
pub fn run(calendar: &Calendar, config: &Config) -> anyhow::Result<()> {
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    match calendar {
        Calendar::List => list(&office),
        Calendar::Preview(file) => preview(&office, file),
        Calendar::Propose(file) => {
            let laid = office.lay_calendar_down(&file.read()?)?;
            terminal::say(&format!(
                "已提出{}年日历变更（{}），待管理员确认。 / Laid down; an administrator of a top agency confirms it.",
                laid.line.year, laid.line.id
            ));
            Ok(())
        }
    }
}

fn list(office: &Office) -> anyhow::Result<()> {
    for year in office.years_in_force()? {
        terminal::say(&format!("{}  {} 个工作日 / working days  {}", year.year, year.working_days, year.notice));
    }
    Ok(())
}

fn preview(office: &Office, file: &File) -> anyhow::Result<()> {
    let bar = terminal::bar("试算 / looking", 0);
    let found = office.rehearse_calendar(&file.read()?, &mut |done, of| {
        bar.set_length(of);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    terminal::say(&format!("{}年 {}", found.year.year, found.year.citation()));
    for day in &found.days {
        terminal::say(&format!(
            "  {}  {} → {} / {} → {}",
            day.day, day.was.zh, day.will_be.zh, day.was.en, day.will_be.en
        ));
    }
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &found.moves {
        *totals.entry(one.agency.name.as_str()).or_default() += 1;
    }
    for one in found.moves.iter().take(SHOWN) {
        let told = if one.told { "  （已告知申请人 / the applicant was told）" } else { "" };
        terminal::say(&format!("  {}  {}  {} → {}{told}", one.number, one.clock.zh, one.from, one.to));
    }
    if found.moves.len() > SHOWN {
        terminal::say(&format!("  … 共 {} 项 / {} in all", found.moves.len(), found.moves.len()));
    }
    for (agency, count) in totals {
        terminal::say(&format!("{agency}  {count} 项 / clocks"));
    }
    terminal::say(&format!(
        "查看在办案件 {} 件，{} 项期限将变动；未写入任何内容。 / {} open cases looked at, {} clocks would move; nothing was written.",
        found.looked_at,
        found.moves.len(),
        found.looked_at,
        found.moves.len()
    ));
    Ok(())
}
