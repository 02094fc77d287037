//! `dafu agency add` and `dafu staff add`: the first agency and the first administrator, who add the rest.

use std::io::{BufRead, IsTerminal};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use super::{opening, terminal};
use crate::case::Role;
use crate::clock::Clock;
use crate::config::Config;
use crate::law::remedy::AgencyKind;
use crate::office::Failure;
use crate::office::agencies::{Level, NewAgency};
use crate::office::calendars::Learning;
use crate::office::staff::{FirstPassword, NewStaff};

/// Agencies.
#[derive(Debug, Subcommand)]
pub enum Agency {
    /// Add an agency (新增机关).
    Add(Box<AddAgency>),
}

/// Staff accounts.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Add a member of staff (新增人员). The first password is read from the standard input.
    Add(AddStaff),
}

/// What an agency is.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelArgument {
    Province,
    City,
    County,
    Township,
    Department,
}

impl From<LevelArgument> for Level {
    fn from(level: LevelArgument) -> Self {
        match level {
            LevelArgument::Province => Self::Province,
            LevelArgument::City => Self::City,
            LevelArgument::County => Self::County,
            LevelArgument::Township => Self::Township,
            LevelArgument::Department => Self::Department,
        }
    }
}

/// An agency to add.
#[derive(Debug, Args)]
pub struct AddAgency {
    /// Short name in addresses and receipt numbers, such as `yunhe`.
    #[arg(long)]
    slug: String,
    /// Name, such as 云河市人民政府办公室.
    #[arg(long)]
    name: String,
    /// What it is.
    #[arg(long, value_enum)]
    level: LevelArgument,
    /// The agency above it, by its short name; none for the first.
    #[arg(long)]
    parent: Option<String>,
    /// The mark in its numbers, such as 云政.
    #[arg(long)]
    mark: String,
    /// Who decides on a reconsideration of its replies, by full name.
    #[arg(long)]
    reconsideration: String,
    /// The court in which it is sued, by full name.
    #[arg(long)]
    court: String,
    /// Its disclosure office.
    #[arg(long)]
    office: String,
    /// Where that is.
    #[arg(long)]
    address: String,
    /// Its telephone.
    #[arg(long)]
    phone: String,
    /// Its e-mail.
    #[arg(long)]
    email: Option<String>,
    /// Receipt of online applications is confirmed by hand, not by the automatic receipt.
    #[arg(long)]
    confirm_by_hand: bool,
    /// What it is as far as reconsideration asks; what its level says if missing. ministry, `provincial_government`,
    /// `local_government`, department, `judicial_department`, `vertical_department`, `dispatched_office`,
    /// `empowered_organisation`.
    #[arg(long)]
    kind: Option<AgencyKind>,
    /// Its code in numbers: letters and digits.
    #[arg(long)]
    org_code: Option<String>,
    /// How its register's numbers are made: gb9704, `shanghai_23`, suffix, or a pattern such as
    /// `{mark}〔{year}〕{serial}号`.
    #[arg(long)]
    number_pattern: Option<String>,
    /// The address at which reconsideration can be applied for on line.
    #[arg(long)]
    reconsideration_online: Option<String>,
}

/// A member of staff to add.
#[derive(Debug, Args)]
pub struct AddStaff {
    /// Account.
    #[arg(long)]
    login: String,
    /// Name.
    #[arg(long)]
    name: String,
    /// The agency, by its short name.
    #[arg(long)]
    agency: String,
    /// Role there; give it several times for several. clerk, handler, reviewer, `secrecy_reviewer`, `office_head`,
    /// signer, supervisor, auditor, administrator.
    #[arg(long = "role", required = true)]
    roles: Vec<Role>,
    /// Address to which notices go.
    #[arg(long)]
    email: Option<String>,
}

/// Runs `dafu agency`.
///
/// # Errors
/// When the input is wrong or the database cannot be written.
pub fn agency(command: Agency, config: &Config) -> anyhow::Result<()> {
    let Agency::Add(add) = command;
    let add = *add;
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let added = office
        .install_agency(NewAgency {
            parent: add.parent,
            slug: add.slug,
            name: add.name,
            level: add.level.into(),
            number_mark: add.mark,
            reconsideration_body: add.reconsideration,
            court: add.court,
            office_name: add.office,
            office_address: add.address,
            office_postcode: None,
            office_phone: add.phone,
            office_fax: None,
            office_email: add.email,
            office_hours: None,
            automatic_confirmation: Some(!add.confirm_by_hand),
            kind: add.kind,
            org_code: add.org_code,
            number_pattern: add.number_pattern,
            reconsideration_online: add.reconsideration_online,
            explanation_window_days: None,
            override_waiting_days: None,
            secrecy_stops_clock: None,
            duties: None,
        })
        .map_err(told)?;
    terminal::say(&format!("已新增机关：{}（{}）", added.name, added.slug));
    Ok(())
}

/// Runs `dafu staff`.
///
/// # Errors
/// When the input is wrong or the database cannot be written.
pub fn staff(command: Staff, config: &Config) -> anyhow::Result<()> {
    let Staff::Add(add) = command;
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let password = first_password()?;
    let added = office
        .install_staff(
            NewStaff {
                login: add.login,
                name: add.name,
                password,
                agency: add.agency,
                roles: add.roles,
                email: add.email,
            },
            FirstPassword::ToBeChanged,
        )
        .map_err(told)?;
    terminal::say(&format!("已新增人员：{}（{}）", added.name, added.login));
    Ok(())
}

/// Never an argument: arguments are seen by everybody on the machine.
fn first_password() -> anyhow::Result<String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        terminal::remark("初始密码（至少十二个字符，首次登录须更改） / First password, twelve characters or more:");
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).context("the first password is read from the standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// What a use case says, for a terminal: every problem, in both languages.
fn told(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Invalid(problems) => {
            let lines: Vec<String> = problems
                .iter()
                .map(|one| format!("{}: {} / {}", one.pointer.trim_start_matches('/'), one.zh, one.en))
                .collect();
            anyhow::anyhow!("{}", lines.join("\n"))
        }
        Failure::Taken(one) => anyhow::anyhow!("{}: {} / {}", one.pointer.trim_start_matches('/'), one.zh, one.en),
        other => anyhow::Error::new(other),
    }
}
