//! Bringing in old cases from a ledger: everything wrong with any row is told, and all of a file is brought in or nothing, unless
//! the good rows are wished for alone. What was brought in is a case like any other, with a journal that says where it comes from;
//! nobody is sent a notice of it. A row that is here already is left alone, so a file may be brought in again.

mod cells;
mod judging;
mod made_up;
mod making;
mod report;
mod rows;

use bytes::Bytes;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use super::failure::Failure;
use super::files::in_memory::{self, READING};
use super::ledger::explained;
use super::log::{Kind, Note};
use super::permission::{Deed, permit};
use super::{Office, Officer, Shared, intake, projection};
use crate::case::Actor;
use crate::ids::ImportId;
use crate::reports::readback::{self, Rows};
use crate::storage::{Conn, agencies};
use crate::vault::hex;

pub use made_up::MadeUp;
pub use report::{ImportCount, ImportProblem, ImportReport, TOLD_MAX};

/// Rows a sheet may have that comes over the network: they are written in one transaction, which nobody else may have to wait for.
pub const ROWS_ON_LINE: u32 = 5_000;
/// Rows a sheet may have that is brought in on the machine.
pub const ROWS_ON_THE_MACHINE: u32 = 200_000;
/// Bytes a file may have that comes over the network.
pub const BYTES_ON_LINE: usize = 8 << 20;

/// How a file is brought in.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// The agency by its short name: of rows that name none. Rows may name agencies below it.
    pub agency: String,
    /// Whether it is only tried: everything is told, and nothing written. `false` if missing.
    pub dry_run: Option<bool>,
    /// Whether the good rows are brought in although others are not good. `false` if missing: then all or nothing.
    pub good_rows: Option<bool>,
}

/// Who brings it in.
#[derive(Debug, Clone)]
enum Who {
    Officer(Officer),
    /// Whoever has the machine, as it tells.
    Machine(String),
}

/// What is brought in, and how.
struct Job<'a> {
    who: &'a Who,
    query: &'a ImportQuery,
    sheets: &'a [Rows],
    sha256: &'a str,
}

impl Office {
    /// Brings in a file that an officer sent.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] for a file that is no ledger; the database's failures.
    /// What is wrong with rows is in the report.
    pub async fn import(&self, officer: &Officer, query: ImportQuery, bytes: Bytes) -> Result<ImportReport, Failure> {
        let (shared, who) = (self.shared(), Who::Officer(officer.clone()));
        let (asking, slug) = (officer.clone(), query.agency.clone());
        // Nobody has it read who may not.
        let permitted = move |conn: &mut Conn| {
            let agency = agencies::find_by_slug(conn, &slug)?.ok_or_else(|| intake::no_such_agency("?agency"))?;
            permit(&asking, Deed::Import, &projection::lineage(conn, agency.id)?)
        };
        self.db().read(permitted).await?;
        // Reading takes time and much memory, and holds no connection.
        let read = move || Ok((read_in(&bytes, ROWS_ON_LINE)?, sha256_of(&bytes)));
        let (sheets, sha256) = in_memory::in_turn(in_memory::turn(&READING).await?, read).await?;
        let dry_run = query.dry_run.unwrap_or(false);
        let body = move |conn: &mut Conn| {
            bring_in(conn, &shared, &Job { who: &who, query: &query, sheets: &sheets, sha256: &sha256 }, &|_| ())
        };
        if dry_run { self.db().read(body).await } else { self.db().write(body).await }
    }

    /// Brings in a file on the word of whoever has the machine. `progress` hears how many rows are done.
    ///
    /// # Errors
    /// As [`Office::import`].
    pub fn import_here(
        &self,
        whoever: String,
        query: &ImportQuery,
        bytes: &[u8],
        progress: &dyn Fn(u64),
    ) -> Result<ImportReport, Failure> {
        let (shared, who) = (self.shared(), Who::Machine(whoever));
        let (sheets, sha256) = (read_in(bytes, ROWS_ON_THE_MACHINE)?, sha256_of(bytes));
        let job = Job { who: &who, query, sheets: &sheets, sha256: &sha256 };
        let body = |conn: &mut Conn| bring_in(conn, &shared, &job, progress);
        if query.dry_run.unwrap_or(false) { self.db().read_now(body) } else { self.db().write_now(body) }
    }

    /// The empty workbook that is filled in and brought in.
    ///
    /// # Errors
    /// [`Failure::Broken`], never seen.
    pub fn import_template() -> Result<Bytes, Failure> {
        explained::template().map(|(bytes, _)| bytes).map_err(|fault| Failure::broken(fault.to_string()))
    }
}

fn read_in(bytes: &[u8], most: u32) -> Result<Vec<Rows>, Failure> {
    readback::read(bytes, most).map_err(|fault| Failure::invalid("", fault.zh(), fault.en()))
}

fn sha256_of(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes))
}

fn bring_in(conn: &mut Conn, shared: &Shared, job: &Job<'_>, progress: &dyn Fn(u64)) -> Result<ImportReport, Failure> {
    let mut judged = judging::judge(conn, shared, job)?;
    let dry_run = job.query.dry_run.unwrap_or(false);
    judged.report.dry_run = dry_run;
    let bad = judged.report.problems_in_all > 0;
    if dry_run || (bad && !job.query.good_rows.unwrap_or(false)) {
        return Ok(judged.report);
    }
    let now = shared.clock.now();
    let import = ImportId::new(now, &mut shared.randomness.clone());
    let actor = match job.who {
        Who::Officer(officer) => officer.acts_as(Deed::Import, &projection::lineage(conn, judged.agency)?),
        Who::Machine(_) => Actor::System,
    };
    making::make(conn, shared, &mut judged, making::By { import, actor, now }, progress)?;
    let note = match job.who {
        Who::Officer(officer) => Note::by(officer, Kind::Imported).in_place_of(actor.absent()),
        Who::Machine(whoever) => Note::of_machine(Kind::Imported).word("whoever", whoever),
    };
    note.at(judged.agency)
        .fact("import", import)
        .fact("sha256", job.sha256)
        .fact("cases", judged.report.cases.brought_in)
        .fact("proceedings", judged.report.proceedings.brought_in)
        .fact("table_two", judged.report.table_two.brought_in)
        .fact("already_there", judged.report.cases.already_there + judged.report.proceedings.already_there)
        .fact("bad", judged.report.cases.bad + judged.report.proceedings.bad)
        .write(conn, shared)?;
    Ok(judged.report)
}
