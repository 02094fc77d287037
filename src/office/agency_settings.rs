//! The settings of an agency, for its administrator: what it is, what its letters and its guide name, and the choices
//! that the law leaves to it. A change holds for what is decided after it; journals keep what was decided before.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::agency_places::SupervisorView;
use super::failure::Failure;
use super::input::Reader;
use super::log::{Kind, Note, changes_between};
use super::permission::{Deed, Officer, permit};
use super::views::{ArticleView, Term, term};
use super::{Office, agency_duties, agency_places, agency_rules, projection};
use crate::law::remedy::{AgencyKind, reconsideration_body, supervisor};
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies, agency_duties as duties, remedy_places};

/// Who decides on a reconsideration, by the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BodyView {
    /// Who, in Chinese.
    pub zh: &'static str,
    /// Who, in English.
    pub en: &'static str,
    /// Where the law says so.
    pub articles: Vec<ArticleView>,
    /// What else is open beside it or after it, or holds for some of the kind, in Chinese.
    pub also_zh: Option<&'static str>,
    /// The same in English.
    pub also_en: Option<&'static str>,
}

/// The settings of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencySettings {
    /// Its short name; it never changes.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// `province`, `city`, `county`, `township` or `department`; it never changes.
    pub level: String,
    /// What it is as far as reconsideration asks.
    pub kind: Term,
    /// The mark in its numbers.
    pub number_mark: String,
    /// Its code in numbers; empty if it has none.
    pub org_code: String,
    /// How its register's numbers are made.
    pub number_pattern: String,
    /// How its letters' numbers are made.
    pub letter_pattern: String,
    /// Who decides on a reconsideration of its replies.
    pub reconsideration_body: String,
    /// Who that is by the law for such an agency.
    pub reconsideration_by_law: BodyView,
    /// Whether the two agree, as far as the tree of agencies tells.
    pub reconsideration_body_fits: bool,
    /// Where reconsideration can be applied for on line.
    pub reconsideration_online: Option<String>,
    /// Where the reconsideration body takes applications.
    pub reconsideration_address: Option<String>,
    /// Its telephone.
    pub reconsideration_phone: Option<String>,
    /// The court in which it is sued.
    pub court: String,
    /// Where that court is.
    pub court_address: Option<String>,
    /// Where that court takes suits on line.
    pub court_online: Option<String>,
    /// Who takes complaints about its disclosure work (arts 47, 51), by full name.
    pub supervisor: Option<String>,
    /// Who that is by the law for such an agency, where nobody is named.
    pub supervisor_by_law: SupervisorView,
    /// Where that is.
    pub supervisor_address: Option<String>,
    /// Its telephone.
    pub supervisor_phone: Option<String>,
    /// Where it takes complaints on line.
    pub supervisor_online: Option<String>,
    /// Its disclosure office.
    pub office_name: String,
    /// Where that is.
    pub office_address: String,
    /// Its postcode.
    pub office_postcode: String,
    /// Its telephone.
    pub office_phone: String,
    /// Its fax.
    pub office_fax: String,
    /// Its e-mail.
    pub office_email: String,
    /// When it is open.
    pub office_hours: String,
    /// Where it takes applications on line, besides here.
    pub online_url: Option<String>,
    /// Whether the online form's receipt confirms the date of receipt by itself (art. 31).
    pub automatic_confirmation: bool,
    /// Working days within which receipt is to be confirmed.
    pub confirmation_days: i32,
    /// Working days given for a correction (art. 30).
    pub correction_window_days: i32,
    /// Working days another agency's opinion may keep the clock stopped (art. 33 ¶3).
    pub other_agency_days: i32,
    /// Working days given to explain an excessive number of requests (art. 35).
    pub explanation_window_days: i32,
    /// Working days between the notice to a third party that its objection is overridden and disclosure (art. 32).
    pub override_waiting_days: i32,
    /// Whether a referral on secrecy stops the reply clock.
    pub secrecy_stops_clock: bool,
    /// Whether a lapse on which nobody has decided in time is found by the calendar itself.
    pub automatic_lapse: bool,
    /// Whether letters that hang on the last day of the reply carry the count of its days as an annex.
    pub deadline_annex: bool,
    /// What it is there for.
    pub duties: Vec<String>,
}

/// What is to be otherwise; what is missing stays. A blank text clears what may be missing.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyChange {
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// What it is as far as reconsideration asks (行政复议法 arts 24–28).
    #[schema(value_type = String, required = false, example = "department")]
    pub kind: Option<AgencyKind>,
    /// The mark in its numbers.
    #[schema(min_length = 1, max_length = 20)]
    pub number_mark: Option<String>,
    /// Its code in numbers: letters and digits.
    #[schema(max_length = 20)]
    pub org_code: Option<String>,
    /// How its register's numbers are made, or the code of a preset. The serial goes on counting.
    #[schema(min_length = 1, max_length = 60, example = "{mark}公开申〔{year}〕{serial}号")]
    pub number_pattern: Option<String>,
    /// How its letters' numbers are made; `{letter}` is the character of the kind, and each kind counts for itself.
    #[schema(min_length = 1, max_length = 60, example = "{mark}公开{letter}〔{year}〕{serial}号")]
    pub letter_pattern: Option<String>,
    /// Who decides on a reconsideration of its replies, by full name.
    #[schema(min_length = 1, max_length = 200)]
    pub reconsideration_body: Option<String>,
    /// The address at which reconsideration can be applied for on line (行政复议法 art. 22 ¶2).
    #[schema(max_length = 200)]
    pub reconsideration_online: Option<String>,
    /// Where the reconsideration body takes applications.
    #[schema(max_length = 300)]
    pub reconsideration_address: Option<String>,
    /// Its telephone.
    #[schema(max_length = 50)]
    pub reconsideration_phone: Option<String>,
    /// The court in which it is sued, by full name.
    #[schema(min_length = 1, max_length = 200)]
    pub court: Option<String>,
    /// Where that court is.
    #[schema(max_length = 300)]
    pub court_address: Option<String>,
    /// Where that court takes suits on line.
    #[schema(max_length = 200)]
    pub court_online: Option<String>,
    /// Who takes complaints about its disclosure work (arts 47, 51), by full name.
    #[schema(max_length = 200)]
    pub supervisor: Option<String>,
    /// Where that is.
    #[schema(max_length = 300)]
    pub supervisor_address: Option<String>,
    /// Its telephone.
    #[schema(max_length = 50)]
    pub supervisor_phone: Option<String>,
    /// Where it takes complaints on line.
    #[schema(max_length = 200)]
    pub supervisor_online: Option<String>,
    /// Its disclosure office.
    #[schema(min_length = 1, max_length = 200)]
    pub office_name: Option<String>,
    /// Where that is.
    #[schema(min_length = 1, max_length = 300)]
    pub office_address: Option<String>,
    /// Its postcode.
    #[schema(max_length = 20)]
    pub office_postcode: Option<String>,
    /// Its telephone.
    #[schema(min_length = 1, max_length = 50)]
    pub office_phone: Option<String>,
    /// Its fax.
    #[schema(max_length = 50)]
    pub office_fax: Option<String>,
    /// Its e-mail.
    #[schema(max_length = 200)]
    pub office_email: Option<String>,
    /// When it is open.
    #[schema(max_length = 200)]
    pub office_hours: Option<String>,
    /// Where it takes applications on line, besides here.
    #[schema(max_length = 200)]
    pub online_url: Option<String>,
    /// Whether the online form's receipt confirms the date of receipt by itself (art. 31).
    pub automatic_confirmation: Option<bool>,
    /// Working days within which receipt is to be confirmed.
    #[schema(maximum = 7)]
    pub confirmation_days: Option<u32>,
    /// Working days given for a correction (art. 30).
    #[schema(minimum = 5, maximum = 30)]
    pub correction_window_days: Option<u32>,
    /// Working days another agency's opinion may keep the clock stopped (art. 33 ¶3).
    #[schema(minimum = 1, maximum = 30)]
    pub other_agency_days: Option<u32>,
    /// Working days given to explain an excessive number of requests (art. 35).
    #[schema(minimum = 3, maximum = 15)]
    pub explanation_window_days: Option<u32>,
    /// Working days between the notice to a third party that its objection is overridden and disclosure (art. 32).
    #[schema(maximum = 30)]
    pub override_waiting_days: Option<u32>,
    /// Whether a referral on secrecy stops the reply clock.
    pub secrecy_stops_clock: Option<bool>,
    /// Whether a lapse on which nobody has decided in time is found by the calendar itself.
    pub automatic_lapse: Option<bool>,
    /// Whether letters that hang on the last day of the reply carry the count of its days as an annex.
    pub deadline_annex: Option<bool>,
    /// What it is there for, each in at most 200 characters: all that it has, in its order.
    #[schema(max_items = 100)]
    pub duties: Option<Vec<String>>,
}

impl Office {
    /// The settings of an agency that this administrator keeps.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn agency_settings(&self, officer: &Officer, slug: String) -> Result<AgencySettings, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let row = kept_by(conn, &officer, &slug)?;
                view(conn, row)
            })
            .await
    }

    /// Changes them.
    ///
    /// # Errors
    /// As [`Office::agency_settings`]; [`Failure::Invalid`] with every problem; [`Failure::Taken`] for another agency's
    /// mark or code.
    pub async fn change_agency(
        &self,
        officer: &Officer,
        slug: String,
        change: AgencyChange,
    ) -> Result<AgencySettings, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let stands = kept_by(conn, &officer, &slug)?;
                let before = view(conn, stands.clone())?;
                let mut reader = Reader::new();
                let mut row = changed(&mut reader, &change, stands)?;
                agency_rules::check(&mut reader, &mut row);
                let places = agency_places::changed(&mut reader, &change, remedy_places::of(conn, row.id)?);
                let duties = change.duties.as_deref().map(|given| agency_duties::read(&mut reader, given));
                reader.finish(())?;
                agency_rules::gives_numbers_of_its_own(conn, &row)?;
                agencies::update(conn, &row)?;
                remedy_places::replace(conn, &places)?;
                if let Some(duties) = duties {
                    agency_duties::write(conn, row.id, duties)?;
                }
                let (agency, after) = (row.id, view(conn, row)?);
                let note = Note::by(&officer, Kind::AgencyChanged).at(agency);
                note.changed(changes_between(Some(&before), Some(&after))?).write(conn, &shared)?;
                Ok(after)
            })
            .await
    }
}

fn kept_by(conn: &mut Conn, officer: &Officer, slug: &str) -> Result<AgencyRow, Failure> {
    let row = agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Administer, &projection::lineage(conn, row.id)?)?;
    Ok(row)
}

fn changed(reader: &mut Reader, to: &AgencyChange, row: AgencyRow) -> Result<AgencyRow, Failure> {
    let mut must =
        |pointer: &str, given: Option<&str>, stands: String| given.map_or(stands, |text| reader.text(pointer, text));
    let row = AgencyRow {
        name: must("/name", to.name.as_deref(), row.name),
        number_mark: must("/number_mark", to.number_mark.as_deref(), row.number_mark),
        number_pattern: must("/number_pattern", to.number_pattern.as_deref(), row.number_pattern),
        letter_pattern: must("/letter_pattern", to.letter_pattern.as_deref(), row.letter_pattern),
        reconsideration_body: must(
            "/reconsideration_body",
            to.reconsideration_body.as_deref(),
            row.reconsideration_body,
        ),
        court: must("/court", to.court.as_deref(), row.court),
        office_name: must("/office_name", to.office_name.as_deref(), row.office_name),
        office_address: must("/office_address", to.office_address.as_deref(), row.office_address),
        office_phone: must("/office_phone", to.office_phone.as_deref(), row.office_phone),
        ..row
    };
    let email = match to.office_email.as_deref() {
        None => row.office_email,
        given @ Some(_) => reader.email("/office_email", given).unwrap_or_default(),
    };
    let mut may = |given: Option<&str>, stands: Option<String>| match given {
        None => stands,
        given @ Some(_) => reader.optional(given),
    };
    let days = |given: Option<u32>, stands: i32| given.map_or(Ok(stands), projection::small);
    Ok(AgencyRow {
        kind: to.kind.map_or(row.kind, |kind| kind.as_str().to_owned()),
        org_code: may(to.org_code.as_deref(), Some(row.org_code)).unwrap_or_default(),
        office_postcode: may(to.office_postcode.as_deref(), Some(row.office_postcode)).unwrap_or_default(),
        office_fax: may(to.office_fax.as_deref(), Some(row.office_fax)).unwrap_or_default(),
        office_hours: may(to.office_hours.as_deref(), Some(row.office_hours)).unwrap_or_default(),
        office_email: email,
        reconsideration_online: may(to.reconsideration_online.as_deref(), row.reconsideration_online),
        online_url: may(to.online_url.as_deref(), row.online_url),
        automatic_confirmation: to.automatic_confirmation.unwrap_or(row.automatic_confirmation),
        confirmation_days: days(to.confirmation_days, row.confirmation_days)?,
        correction_window_days: days(to.correction_window_days, row.correction_window_days)?,
        other_agency_days: days(to.other_agency_days, row.other_agency_days)?,
        explanation_window_days: days(to.explanation_window_days, row.explanation_window_days)?,
        override_waiting_days: days(to.override_waiting_days, row.override_waiting_days)?,
        secrecy_stops_clock: to.secrecy_stops_clock.unwrap_or(row.secrecy_stops_clock),
        automatic_lapse: to.automatic_lapse.unwrap_or(row.automatic_lapse),
        deadline_annex: to.deadline_annex.unwrap_or(row.deadline_annex),
        ..row
    })
}

pub(super) fn view(conn: &mut Conn, row: AgencyRow) -> Result<AgencySettings, Failure> {
    let kind: AgencyKind = row.kind.parse().map_err(Failure::broken)?;
    let (body, above, places) = (reconsideration_body(kind), supervisor(kind), remedy_places::of(conn, row.id)?);
    Ok(AgencySettings {
        duties: duties::list(conn, row.id)?,
        reconsideration_body_fits: projection::settings_of(conn, &row)?.reconsideration_body_fits,
        slug: row.slug,
        name: row.name,
        level: row.level,
        kind: term!(kind),
        number_mark: row.number_mark,
        org_code: row.org_code,
        number_pattern: row.number_pattern,
        letter_pattern: row.letter_pattern,
        reconsideration_body: row.reconsideration_body,
        reconsideration_by_law: BodyView {
            zh: body.zh,
            en: body.en,
            articles: body.articles.iter().map(|article| (*article).into()).collect(),
            also_zh: body.also.map(|also| also.zh),
            also_en: body.also.map(|also| also.en),
        },
        reconsideration_online: row.reconsideration_online,
        reconsideration_address: places.reconsideration_address,
        reconsideration_phone: places.reconsideration_phone,
        court: row.court,
        court_address: places.court_address,
        court_online: places.court_online,
        supervisor: places.supervisor,
        supervisor_by_law: above.into(),
        supervisor_address: places.supervisor_address,
        supervisor_phone: places.supervisor_phone,
        supervisor_online: places.supervisor_online,
        office_name: row.office_name,
        office_address: row.office_address,
        office_postcode: row.office_postcode,
        office_phone: row.office_phone,
        office_fax: row.office_fax,
        office_email: row.office_email,
        office_hours: row.office_hours,
        online_url: row.online_url,
        automatic_confirmation: row.automatic_confirmation,
        confirmation_days: row.confirmation_days,
        correction_window_days: row.correction_window_days,
        other_agency_days: row.other_agency_days,
        explanation_window_days: row.explanation_window_days,
        override_waiting_days: row.override_waiting_days,
        secrecy_stops_clock: row.secrecy_stops_clock,
        automatic_lapse: row.automatic_lapse,
        deadline_annex: row.deadline_annex,
    })
}
