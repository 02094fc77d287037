//! Packages of files for an archive (档案法实施条例 art. 20; 档案法 art. 15): which files, and that they were handed over, to which
//! archive, on which day, under which number of its receipt. The handing over is an entry in the journal of every file.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::case::event::HandOver;
use crate::case::{Act, Command};
use crate::ids::{AgencyId, CaseId, TransferId};
use crate::office::desk::{Ask, Desk, Who, perform};
use crate::office::failure::{Failure, Problem};
use crate::office::input::Reader;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::projection;
use crate::office::queue::visible;
use crate::office::reading::name_of;
use crate::office::views::{AgencyName, StaffName};
use crate::office::{Office, Shared};
use crate::storage::transfers::{self, TransferRow};
use crate::storage::{Conn, StoreError, agencies};
use crate::storage::{legal_holds, retention};
use crate::vault::Digest;

/// Files in one package.
const MOST: usize = 500;

/// Packages shown at once.
const SHOWN: i64 = 100;

/// Files for a package.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferInput {
    /// The agency, by its short name.
    pub agency: String,
    /// The year in which they were closed.
    #[schema(minimum = 2019, maximum = 9999)]
    pub closed_in: i32,
}

/// That a package was handed over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverInput {
    /// The archive.
    #[schema(min_length = 1, max_length = 200)]
    pub archive: String,
    /// The number of its receipt.
    #[schema(min_length = 1, max_length = 100)]
    pub receipt_no: String,
    /// On which day.
    pub on: NaiveDate,
}

/// A package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TransferView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: TransferId,
    /// The agency.
    pub agency: AgencyName,
    /// Who put it together.
    pub made_by: Option<StaffName>,
    /// When.
    pub made_at: DateTime<Utc>,
    /// The SHA-256 of its manifest; none before it was fetched for the first time.
    pub manifest: Option<String>,
    /// The numbers of its files.
    pub numbers: Vec<String>,
    /// The archive that has it.
    pub archive: Option<String>,
    /// The number of its receipt.
    pub receipt_no: Option<String>,
    /// On which day it was handed over.
    pub handed_on: Option<NaiveDate>,
    /// Who recorded that.
    pub recorded_by: Option<StaffName>,
}

impl Office {
    /// The packages, the newest first.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn transfers(&self, officer: &Officer) -> Result<Vec<TransferView>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let seen = visible(conn, &officer, Deed::Retain, None)?;
                let rows = transfers::list(conn, &seen, SHOWN)?;
                rows.iter().map(|row| view(conn, row)).collect()
            })
            .await
    }

    /// One package.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn transfer(&self, officer: &Officer, id: TransferId) -> Result<TransferView, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let row = permitted(conn, &officer, Deed::Retain, id)?;
                view(conn, &row)
            })
            .await
    }

    /// Puts the files of one year together. What an archive has already is left out.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Contrary`] where there is nothing, or too much for one package.
    pub async fn make_transfer(&self, officer: &Officer, input: TransferInput) -> Result<TransferView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().write(move |conn| make(conn, &shared, &officer, &input)).await
    }

    /// Records that a package was handed over, in the journal of each of its files.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Invalid`]; [`Failure::Contrary`] before the package was fetched,
    /// and once this was recorded; [`Failure::Refused`] for a file that an archive has, or that is gone.
    pub async fn hand_over(
        &self,
        officer: &Officer,
        id: TransferId,
        input: HandOverInput,
    ) -> Result<TransferView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let mut reader = Reader::new();
        let archive = reader.text("/archive", &input.archive);
        let receipt_no = reader.text("/receipt_no", &input.receipt_no);
        if input.on > self.today() {
            reader.wrong("/on", "移交日期不能晚于今天。", "It cannot have been handed over after today.");
        }
        let (archive, receipt_no) = reader.finish((archive, receipt_no))?;
        self.db()
            .write(move |conn| {
                let row = permitted(conn, &officer, Deed::Dispose, id)?;
                let Some(manifest) = row.manifest.clone().filter(|_| row.handed_on.is_none()) else {
                    return Err(Failure::contrary(
                        "请先下载移交包再登记移交；已经登记的，不能再次登记。",
                        "Fetch the package before recording that it was handed over; that is recorded once.",
                    ));
                };
                let digest: Digest = manifest.parse().map_err(Failure::broken)?;
                let over = HandOver { transfer: id, on: input.on, digest };
                let cases = transfers::cases(conn, id)?;
                let ids: Vec<CaseId> = cases.iter().map(|(case, _)| *case).collect();
                if !legal_holds::held(conn, &ids)?.is_empty() {
                    return Err(Failure::contrary(
                        "包内有案卷因复议、诉讼等正在暂停处置，不能移交；请重新组包。",
                        "A file of the package is held by a proceeding or by somebody: it stays. Make the package anew.",
                    ));
                }
                for (case, _) in cases {
                    let who = Who::Officer(officer.clone());
                    let ask = Ask { who, act: Act::HandOver, case, expected: None };
                    perform(conn, &shared, &ask, &|_: &mut Desk<'_>| Ok(Command::HandOver(over)))?;
                }
                let said = (archive.as_str(), receipt_no.as_str(), input.on);
                transfers::hand_over(conn, id, said, officer.id, shared.clock.now()).map_err(|error| match error {
                    StoreError::Conflict => Failure::Taken(Problem::at(
                        "/receipt_no",
                        "该移交包已经登记移交。",
                        "That this package was handed over is recorded already.",
                    )),
                    other => other.into(),
                })?;
                let row = transfers::load(conn, id)?;
                view(conn, &row)
            })
            .await
    }
}

fn make(conn: &mut Conn, shared: &Shared, officer: &Officer, input: &TransferInput) -> Result<TransferView, Failure> {
    let agency = agencies::find_by_slug(conn, &input.agency)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Dispose, &projection::lineage(conn, agency.id)?)?;
    let cases = files_of(conn, agency.id, input.closed_in)?;
    if cases.is_empty() {
        return Err(Failure::contrary("该年度没有可以移交的案卷。", "No file of that year can be handed over."));
    }
    if cases.len() > MOST {
        return Err(Failure::contrary(
            format!("该年度的案卷超过 {MOST} 件，一个移交包装不下；请先登记已经移交的。"),
            format!("More than {MOST} files of that year are left: too many for one package."),
        ));
    }
    let now = shared.clock.now();
    let row = TransferRow {
        id: TransferId::new(now, &mut shared.randomness.clone()),
        agency_id: agency.id,
        made_by: officer.id,
        made_at: now,
        manifest: None,
        archive: None,
        receipt_no: None,
        handed_on: None,
        recorded_by: None,
        recorded_at: None,
    };
    transfers::insert(conn, &row, &cases)?;
    view(conn, &row)
}

/// The files of a year that no archive has, that are not gone, and that nothing holds.
fn files_of(conn: &mut Conn, agency: AgencyId, year: i32) -> Result<Vec<(CaseId, String)>, Failure> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let Some(span) = day(1, 1).zip(day(12, 31)) else { return Ok(Vec::new()) };
    let most = i64::try_from(MOST).map_err(Failure::broken)?;
    let mut found = Vec::new();
    let mut after = None;
    while found.len() <= MOST {
        let page = retention::list_closed(conn, agency, span, true, after, most)?;
        let Some(last) = page.last() else { break };
        after = Some((last.closed_on, last.case_id));
        // What a proceeding may still ask for stays with the agency.
        let ids: Vec<CaseId> = page.iter().map(|row| row.case_id).collect();
        let held = legal_holds::held(conn, &ids)?;
        for row in page.into_iter().filter(|row| !held.contains(&row.case_id)) {
            let (case, _) = projection::load(conn, row.case_id)?;
            if case.handed_over.is_none() {
                found.push((row.case_id, row.number.unwrap_or(row.receipt_no)));
            }
        }
    }
    Ok(found)
}

/// The package, for somebody who may do `deed` at its agency.
///
/// # Errors
/// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
pub(super) fn permitted(
    conn: &mut Conn,
    officer: &Officer,
    deed: Deed,
    id: TransferId,
) -> Result<TransferRow, Failure> {
    let row = transfers::load(conn, id)?;
    permit(officer, deed, &projection::lineage(conn, row.agency_id)?)?;
    Ok(row)
}

fn view(conn: &mut Conn, row: &TransferRow) -> Result<TransferView, Failure> {
    let agency = agencies::load(conn, row.agency_id)?;
    Ok(TransferView {
        id: row.id,
        agency: AgencyName { slug: agency.slug, name: agency.name },
        made_by: name_of(conn, Some(row.made_by))?,
        made_at: row.made_at,
        manifest: row.manifest.clone(),
        numbers: transfers::cases(conn, row.id)?.into_iter().map(|(_, number)| number).collect(),
        archive: row.archive.clone(),
        receipt_no: row.receipt_no.clone(),
        handed_on: row.handed_on,
        recorded_by: name_of(conn, row.recorded_by)?,
    })
}
