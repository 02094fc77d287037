//! Agencies: the tree of province, cities, counties, townships and departments, each with its disclosure office (art. 4).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::{Failure, Problem};
use super::input::Reader;
use super::log::{Kind, Note, changes_between};
use super::permission::{Deed, Officer, permit};
use super::{Office, Shared, agency_duties, agency_rules, agency_settings, intake, projection};
use crate::case::numbers::LetterPattern;
use crate::case::numbers::NumberPreset;
use crate::ids::AgencyId;
use crate::law::periods;
use crate::law::remedy::AgencyKind;
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, StoreError, agencies};

/// What an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A province, autonomous region or municipality.
    Province,
    /// A city.
    City,
    /// A county or district.
    County,
    /// A township or street office.
    Township,
    /// A department of one of them.
    Department,
}

impl Level {
    /// All of them, from the top.
    pub const ALL: &'static [Self] = &[Self::Province, Self::City, Self::County, Self::Township, Self::Department];

    /// In Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Province => "省级",
            Self::City => "市级",
            Self::County => "县级",
            Self::Township => "乡镇、街道",
            Self::Department => "部门",
        }
    }

    /// The stored word; in English it is the same.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Township => "township",
            Self::Department => "department",
        }
    }

    /// What an agency of this level mostly is, as far as reconsideration asks.
    #[must_use]
    pub const fn usual_kind(self) -> AgencyKind {
        match self {
            Self::Province => AgencyKind::ProvincialGovernment,
            Self::City | Self::County | Self::Township => AgencyKind::LocalGovernment,
            Self::Department => AgencyKind::Department,
        }
    }
}

/// A new agency.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAgency {
    /// The agency above it; none only for the first.
    #[schema(max_length = 100)]
    pub parent: Option<String>,
    /// Its short name in addresses and receipt numbers: small letters, digits, `-`.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9-]*$")]
    pub slug: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// What it is.
    pub level: Level,
    /// The mark in its numbers, such as `云政`.
    #[schema(min_length = 1, max_length = 20)]
    pub number_mark: String,
    /// Who decides on a reconsideration of its replies, by full name (行政复议法 arts 24–28): replies must name it.
    #[schema(min_length = 1, max_length = 200)]
    pub reconsideration_body: String,
    /// The court in which it is sued, by full name.
    #[schema(min_length = 1, max_length = 200)]
    pub court: String,
    /// Its disclosure office.
    #[schema(min_length = 1, max_length = 200)]
    pub office_name: String,
    /// Where that is.
    #[schema(min_length = 1, max_length = 300)]
    pub office_address: String,
    /// Its postcode.
    #[schema(max_length = 20)]
    pub office_postcode: Option<String>,
    /// Its telephone.
    #[schema(min_length = 1, max_length = 50)]
    pub office_phone: String,
    /// Its fax.
    #[schema(max_length = 50)]
    pub office_fax: Option<String>,
    /// Its e-mail.
    #[schema(max_length = 200)]
    pub office_email: Option<String>,
    /// When it is open.
    #[schema(max_length = 200)]
    pub office_hours: Option<String>,
    /// Whether the online form's receipt confirms the date of receipt by itself (art. 31); it does if missing.
    pub automatic_confirmation: Option<bool>,
    /// What it is as far as reconsideration asks (行政复议法 arts 24–28): `ministry`, `provincial_government`,
    /// `local_government`, `department`, `judicial_department`, `vertical_department`, `dispatched_office` or
    /// `empowered_organisation`; what its level says if missing.
    #[schema(value_type = String, required = false, example = "department")]
    pub kind: Option<AgencyKind>,
    /// Its code in numbers: letters and digits.
    #[schema(max_length = 20)]
    pub org_code: Option<String>,
    /// How its register's numbers are made, or the code of a preset; `gb9704` if missing.
    #[schema(max_length = 60, example = "gb9704")]
    pub number_pattern: Option<String>,
    /// The address at which reconsideration can be applied for on line (行政复议法 art. 22 ¶2).
    #[schema(max_length = 200)]
    pub reconsideration_online: Option<String>,
    /// Working days given to explain an excessive number of requests (art. 35); 5 if missing.
    #[schema(minimum = 3, maximum = 15)]
    pub explanation_window_days: Option<u32>,
    /// Working days between the notice to a third party that its objection is overridden and disclosure (art. 32); 5 if
    /// missing.
    #[schema(maximum = 30)]
    pub override_waiting_days: Option<u32>,
    /// Whether a referral on secrecy stops the reply clock; it does not if missing.
    pub secrecy_stops_clock: Option<bool>,
    /// What it is there for, each in at most 200 characters: found by people who do not know whom to ask.
    #[schema(max_items = 100)]
    pub duties: Option<Vec<String>>,
}

/// An agency that was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyAdded {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AgencyId,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
}

impl Office {
    /// Adds an agency below one that this administrator keeps.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Taken`], [`Failure::Forbidden`], [`Failure::Missing`]; the database's failures.
    pub async fn add_agency(&self, officer: &Officer, input: NewAgency) -> Result<AgencyAdded, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let parent = input
                    .parent
                    .as_deref()
                    .ok_or_else(|| Failure::invalid("/parent", "请指明上级机关。", "Name the agency above it."))?;
                let above = agencies::find_by_slug(conn, parent)?.ok_or_else(|| intake::no_such_agency("/parent"))?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, above.id)?)?;
                let added = insert(conn, &shared, &input)?;
                note_added(conn, &shared, Note::by(&officer, Kind::AgencyAdded), &added)?;
                Ok(added)
            })
            .await
    }

    /// Adds an agency on the word of whoever has the machine: for the command line and the demonstration.
    ///
    /// # Errors
    /// As [`Office::add_agency`], permissions apart.
    pub fn install_agency(&self, input: NewAgency) -> Result<AgencyAdded, Failure> {
        let shared = self.shared();
        self.db().write_now(move |conn| {
            let added = insert(conn, &shared, &input)?;
            note_added(conn, &shared, Note::of_machine(Kind::AgencyAdded), &added)?;
            Ok::<_, Failure>(added)
        })
    }
}

fn note_added(conn: &mut Conn, shared: &Shared, note: Note, added: &AgencyAdded) -> Result<(), Failure> {
    let row = agencies::find_by_slug(conn, &added.slug)?.ok_or(Failure::Missing)?;
    let settings = agency_settings::view(conn, row.clone())?;
    note.at(row.id).changed(changes_between(None, Some(&settings))?).write(conn, shared)
}

fn insert(conn: &mut Conn, shared: &Shared, input: &NewAgency) -> Result<AgencyAdded, Failure> {
    let mut reader = Reader::new();
    let slug = reader.text("/slug", &input.slug).to_lowercase();
    if slug.starts_with('-') || slug.chars().any(|letter| !(letter.is_ascii_alphanumeric() || letter == '-')) {
        reader.wrong(
            "/slug",
            "简称只能使用小写字母、数字和 - 。",
            "A short name is made of small letters, digits and -.",
        );
    }
    let now = shared.clock.now();
    let parent_id = match input.parent.as_deref() {
        None => None,
        Some(parent) => {
            Some(agencies::find_by_slug(conn, parent)?.ok_or_else(|| intake::no_such_agency("/parent"))?.id)
        }
    };
    let mut row = AgencyRow {
        id: AgencyId::new(now, &mut shared.randomness.clone()),
        parent_id,
        slug,
        name: reader.text("/name", &input.name),
        level: input.level.as_str().to_owned(),
        office_name: reader.text("/office_name", &input.office_name),
        office_address: reader.text("/office_address", &input.office_address),
        office_postcode: reader.optional(input.office_postcode.as_deref()).unwrap_or_default(),
        office_phone: reader.text("/office_phone", &input.office_phone),
        office_fax: reader.optional(input.office_fax.as_deref()).unwrap_or_default(),
        office_email: reader.email("/office_email", input.office_email.as_deref()).unwrap_or_default(),
        office_hours: reader.optional(input.office_hours.as_deref()).unwrap_or_default(),
        online_url: None,
        automatic_confirmation: input.automatic_confirmation.unwrap_or(true),
        confirmation_days: projection::small(periods::CONFIRMATION_DAYS)?,
        correction_window_days: projection::small(periods::CORRECTION_WINDOW_DEFAULT_DAYS)?,
        other_agency_days: projection::small(periods::OTHER_AGENCY_CAP_DAYS)?,
        number_mark: reader.text("/number_mark", &input.number_mark),
        reconsideration_body: reader.text("/reconsideration_body", &input.reconsideration_body),
        court: reader.text("/court", &input.court),
        created_at: now,
        kind: input.kind.unwrap_or(input.level.usual_kind()).as_str().to_owned(),
        org_code: reader.optional(input.org_code.as_deref()).unwrap_or_default(),
        letter_pattern: LetterPattern::USUAL.to_owned(),
        number_pattern: reader
            .optional(input.number_pattern.as_deref())
            .unwrap_or_else(|| NumberPreset::Gb9704.pattern().to_owned()),
        reconsideration_online: reader.optional(input.reconsideration_online.as_deref()),
        explanation_window_days: projection::small(
            input.explanation_window_days.unwrap_or(periods::EXPLANATION_WINDOW_DEFAULT_DAYS),
        )?,
        override_waiting_days: projection::small(
            input.override_waiting_days.unwrap_or(periods::OVERRIDE_WAITING_DEFAULT_DAYS),
        )?,
        secrecy_stops_clock: input.secrecy_stops_clock.unwrap_or(false),
        automatic_lapse: false,
        deadline_annex: false,
    };
    agency_rules::check(&mut reader, &mut row);
    let duties = agency_duties::read(&mut reader, input.duties.as_deref().unwrap_or_default());
    reader.finish(())?;
    agency_rules::gives_numbers_of_its_own(conn, &row)?;
    agencies::insert(conn, &row).map_err(|error| match error {
        StoreError::Conflict => Failure::Taken(Problem::at(
            "/slug",
            "简称已被使用，请换一个。",
            "That short name is taken; choose another.",
        )),
        other => Failure::from(other),
    })?;
    agency_duties::write(conn, row.id, duties)?;
    Ok(AgencyAdded { id: row.id, slug: row.slug, name: row.name })
}
