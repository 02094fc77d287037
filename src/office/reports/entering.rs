//! What an agency enters for a year: table 二, the sections in words, the form. Whoever writes must have read what stands.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::workbench::{ReportQuery, Workbench};
use super::{agency_for, year_of};
use crate::law::annual::{Form, Issued, TableTwo, from_ten_thousand};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::{Kind, Note, changes_between};
use crate::office::permission::{Deed, Officer};
use crate::reports::body::Words;
use crate::storage::StoreError;
use crate::storage::report_drafts::{self, ReportDraftRow};

/// Documents of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuedInput {
    /// 本年制发件数.
    #[schema(maximum = 1_000_000)]
    pub made: u64,
    /// 本年废止件数.
    #[schema(maximum = 1_000_000)]
    pub repealed: u64,
    /// 现行有效件数.
    #[schema(maximum = 1_000_000)]
    pub in_force: u64,
}

/// What is entered for a year; what is missing is not entered yet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportInput {
    /// The form of table 三: `2021`, or `2019` with one row for what ended otherwise; that of the year if missing.
    #[schema(value_type = Option<String>, example = "2021")]
    pub form: Option<Form>,
    /// 规章.
    pub regulations: Option<IssuedInput>,
    /// 行政规范性文件.
    pub normative_documents: Option<IssuedInput>,
    /// 行政许可: decisions.
    #[schema(maximum = 1_000_000_000_000_u64)]
    pub licences: Option<u64>,
    /// 行政处罚: decisions.
    #[schema(maximum = 1_000_000_000_000_u64)]
    pub penalties: Option<u64>,
    /// 行政强制: decisions.
    #[schema(maximum = 1_000_000_000_000_u64)]
    pub enforcement: Option<u64>,
    /// 行政事业性收费, in units of ten thousand yuan with at most six decimals.
    #[schema(max_length = 20, example = "59237.2449")]
    pub charges: Option<String>,
    /// The sections in words.
    pub words: Option<Words>,
}

/// What stands entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Entered {
    pub version: i32,
    pub form: Form,
    pub two: TableTwo,
    pub words: Words,
}

/// What a row holds; the usual where there is none.
///
/// # Errors
/// [`Failure::Broken`] for a row that was tampered with.
pub(super) fn entered(row: Option<ReportDraftRow>, year: i32) -> Result<Entered, Failure> {
    let Some(row) = row else {
        let (two, words) = (TableTwo::default(), Words::default());
        return Ok(Entered { version: 0, form: Form::of_year(year), two, words });
    };
    Ok(Entered {
        version: row.version,
        form: row.form.parse().map_err(Failure::broken)?,
        two: serde_json::from_str(&row.two).map_err(Failure::broken)?,
        words: serde_json::from_str(&row.words).map_err(Failure::broken)?,
    })
}

impl Office {
    /// Enters what belongs into the report of a year. `expected`: the version that was read, 0 for none.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Invalid`]; [`Failure::Stale`] when somebody else wrote first; the
    /// database's failures.
    pub async fn enter_report(
        &self,
        officer: &Officer,
        year: i32,
        slug: &str,
        expected: u32,
        input: ReportInput,
    ) -> Result<Workbench, Failure> {
        let (shared, author, of) = (self.shared(), officer.clone(), slug.to_owned());
        let year = year_of(year)?;
        let (form, two, words) = read(&input, year)?;
        let expected = i32::try_from(expected).map_err(Failure::broken)?;
        let stands = self
            .db()
            .write(move |conn| {
                let agency = agency_for(conn, &author, Deed::Report, &of)?;
                let known = entered(report_drafts::find(conn, agency.id, year)?, year)?;
                if known.version != expected {
                    return Ok(Some(known.version));
                }
                let next = Entered { version: known.version + 1, form, two, words: words.clone() };
                let row = ReportDraftRow {
                    agency_id: agency.id,
                    year,
                    version: next.version,
                    form: form.as_str().to_owned(),
                    two: serde_json::to_string(&two).map_err(Failure::broken)?,
                    words: serde_json::to_string(&words).map_err(Failure::broken)?,
                    updated_at: shared.clock.now(),
                };
                report_drafts::put(conn, &row).map_err(|error| match error {
                    StoreError::Conflict => Failure::Busy,
                    other => other.into(),
                })?;
                let note = Note::by(&author, Kind::ReportEntered).at(agency.id).fact("year", year);
                note.changed(changes_between(Some(&known), Some(&next))?).write(conn, &shared)?;
                Ok::<_, Failure>(None)
            })
            .await?;
        let bench = self
            .annual_report(officer, year, ReportQuery { agency: slug.to_owned(), ..ReportQuery::default() })
            .await?;
        match stands {
            None => Ok(bench),
            Some(version) => Err(Failure::Stale {
                current: Box::new(serde_json::to_value(&bench).map_err(Failure::broken)?),
                version: u32::try_from(version).map_err(Failure::broken)?,
            }),
        }
    }
}

fn read(input: &ReportInput, year: i32) -> Result<(Form, TableTwo, Words), Failure> {
    let mut reader = Reader::new();
    let charges = input.charges.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let fen = charges.and_then(from_ten_thousand);
    if charges.is_some() && fen.is_none() {
        reader.wrong(
            "/charges",
            "应当是以万元为单位的数，小数最多六位，例如 59237.2449。",
            "A number of ten thousand yuan with at most six decimals, such as 59237.2449.",
        );
    }
    let issued = |one: Option<IssuedInput>| {
        one.map(|IssuedInput { made, repealed, in_force }| Issued { made, repealed, in_force })
    };
    let two = TableTwo {
        regulations: issued(input.regulations),
        normative_documents: issued(input.normative_documents),
        licences: input.licences,
        penalties: input.penalties,
        enforcement: input.enforcement,
        charges: fen,
    };
    let form = input.form.unwrap_or_else(|| Form::of_year(year));
    reader.finish((form, two, input.words.clone().unwrap_or_default()))
}
