//! The command line. `dafu --help` teaches it; every command says what it did, and what to do when it could not.

mod accounts;
mod audit;
mod backup;
mod bundle;
mod calendar;
mod check;
mod demo;
mod files;
mod import;
mod keys;
pub mod law;
mod law_commands;
mod letters;
mod made_up;
mod migrate;
mod open_apart;
mod opening;
mod report;
mod restore;
mod retention;
pub mod serve;
mod terminal;
mod tick;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, DEFAULTS};

/// 答复 — carries each application for government information from submission to served reply.
#[derive(Debug, Parser)]
#[command(name = "dafu", version, about, long_about = LONG, arg_required_else_help = true)]
struct Cli {
    /// Settings file; `dafu config` prints every setting with its default.
    #[arg(long, global = true, value_name = "FILE", env = "DAFU_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const LONG: &str = "\
答复（dafu）— 政府信息依申请公开办理系统：收件、登记、办理、答复、送达，法定期限逐日可查，办理记录可作证据。

dafu carries each application for government information from submission to served reply: the statutory
clocks are explained day by day, and the journal of a case is fit to be shown to a court.

Try it:      dafu demo
Serve it:    dafu migrate && dafu agency add … && dafu staff add … && dafu serve
Ask the law: dafu law fee --by item --count 31";

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API (启动服务).
    Serve(serve::Serve),
    /// A believable city with accounts and some forty cases, served at once (演示).
    Demo(demo::Demo),
    /// Bring the database's tables up to date (升级数据库).
    Migrate,
    /// Agencies (机关).
    #[command(subcommand)]
    Agency(accounts::Agency),
    /// Staff accounts (人员).
    #[command(subcommand)]
    Staff(accounts::Staff),
    /// Take one turn of the scheduler: what has come due (日历推进).
    Tick(tick::Tick),
    /// The working-day calendars: list, preview a change, propose one (工作日日历).
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// See every letter as it comes out here (文书样张).
    #[command(subcommand)]
    Letters(letters::Letters),
    /// The store of files (文件存储).
    #[command(subcommand)]
    Files(files::Files),
    /// Bring in old cases from a ledger, or write the empty workbook for them (导入旧案).
    Import(import::Import),
    /// Seals over the journals: make them, and verify all below (封存与验证).
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Everything as it is now, beside a service that goes on; verify a backup (备份).
    Backup(backup::Backup),
    /// A backup into an empty database, of either kind (恢复).
    Restore(restore::Restore),
    /// The key files under a passphrase: out, and back (密钥导出导入).
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Destroyed files: carry out approved lists, replay after a restore (保管与销毁).
    #[command(subcommand)]
    Retention(retention::Retention),
    /// Fill an empty database with made-up cases, to measure with (虚构案件).
    MadeUp(made_up::Made),
    /// The annual report (年度报告).
    #[command(subcommand)]
    Report(report::Report),
    /// Make every projection again from its journal, compare, and verify every chain (核对).
    Check,
    /// Ask the law: deadlines, fees, outcomes, remedies (法规测算).
    #[command(subcommand)]
    Law(law_commands::Law),
    /// Print every setting with its default and its meaning (全部设置).
    Config,
    /// Open a file of others, for this program itself.
    #[command(hide = true)]
    OpenApart(open_apart::OpenApart),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            terminal::fail(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    // What needs no database reads no settings either.
    match cli.command {
        Command::Law(law) => return law_commands::run(&law).map(|()| ExitCode::SUCCESS),
        Command::Config => {
            terminal::say(DEFAULTS);
            return Ok(ExitCode::SUCCESS);
        }
        Command::OpenApart(how) => return open_apart::run(&how).map(|()| ExitCode::SUCCESS),
        Command::Import(ref command) => {
            if let Some(done) = import::run_alone(command) {
                return done.map(|()| ExitCode::SUCCESS);
            }
        }
        Command::Audit(ref command) => {
            if let Some(done) = audit::run_alone(command) {
                return done;
            }
        }
        Command::Backup(ref command) => {
            if let Some(done) = backup::run_alone(command) {
                return done;
            }
        }
        _ => {}
    }
    let config = Config::load(cli.config.as_deref(), std::env::vars())?;
    match cli.command {
        Command::Serve(serve) => serve::run(&serve, &config).map(|()| ExitCode::SUCCESS),
        Command::Demo(demo) => demo::run(&demo, config).map(|()| ExitCode::SUCCESS),
        Command::Migrate => migrate::run(&config).map(|()| ExitCode::SUCCESS),
        Command::Agency(agency) => accounts::agency(agency, &config).map(|()| ExitCode::SUCCESS),
        Command::Staff(staff) => accounts::staff(staff, &config).map(|()| ExitCode::SUCCESS),
        Command::Tick(tick) => tick::run(&tick, &config),
        Command::Calendar(command) => calendar::run(&command, &config).map(|()| ExitCode::SUCCESS),
        Command::Letters(command) => letters::run(&command, &config).map(|()| ExitCode::SUCCESS),
        Command::Files(command) => files::run(&command, &config).map(|()| ExitCode::SUCCESS),
        Command::Import(command) => import::run(&command, &config),
        Command::Audit(command) => audit::run(&command, &config),
        Command::Backup(command) => backup::run(&command, &config),
        Command::Restore(command) => restore::run(&command, &config),
        Command::Keys(command) => keys::run(&command, &config).map(|()| ExitCode::SUCCESS),
        Command::Retention(command) => retention::run(&command, &config),
        Command::MadeUp(made) => made_up::run(made, &config).map(|()| ExitCode::SUCCESS),
        Command::Report(command) => report::run(&command, &config).map(|()| ExitCode::SUCCESS),
        Command::Check => check::run(&config),
        Command::Law(_) | Command::Config | Command::OpenApart(_) => Ok(ExitCode::SUCCESS),
    }
}
