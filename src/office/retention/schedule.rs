//! How long an agency keeps its files, as data: its own table of terms (档案法实施条例 art. 19), or the usual where it has none.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::AgencyId;
use crate::law::outcome::Outcome;
use crate::law::retention::{Schedule, Term};
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::{Kind, Note, changes_between};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::{Office, projection};
use crate::storage::{Conn, agencies, office_rules};

/// What the store calls these rules.
const KIND: &str = "retention";

/// The term of files with some outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeTerm {
    /// The outcome.
    #[schema(value_type = String, example = "not_held")]
    pub outcome: Outcome,
    /// Its term: `ten`, `thirty` or `permanent`.
    #[schema(value_type = String, example = "thirty")]
    pub term: Term,
}

/// How long an agency keeps its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionSchedule {
    /// The usual term: `ten`, `thirty` or `permanent`.
    #[schema(value_type = String, example = "ten")]
    pub usual: Term,
    /// Where a reconsideration or a suit was brought; not shorter than the usual one.
    #[schema(value_type = String, example = "thirty")]
    pub reviewed: Term,
    /// Outcomes with a term of their own.
    #[schema(max_items = 40)]
    pub outcomes: Vec<OutcomeTerm>,
}

impl Default for RetentionSchedule {
    fn default() -> Self {
        let Schedule { usual, reviewed, .. } = Schedule::default();
        Self { usual, reviewed, outcomes: Vec::new() }
    }
}

/// The schedule of an agency.
///
/// # Errors
/// The database's failures.
pub(super) fn of(conn: &mut Conn, agency: AgencyId) -> Result<Schedule, Failure> {
    let RetentionSchedule { usual, reviewed, outcomes } = laid_down(conn, agency)?;
    Ok(Schedule { usual, reviewed, outcomes: outcomes.into_iter().map(|one| (one.outcome, one.term)).collect() })
}

fn laid_down(conn: &mut Conn, agency: AgencyId) -> Result<RetentionSchedule, Failure> {
    let stored = office_rules::find(conn, agency, KIND)?;
    stored.map_or_else(|| Ok(RetentionSchedule::default()), |body| serde_json::from_str(&body).map_err(Failure::broken))
}

impl Office {
    /// How long an agency keeps its files.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn retention_schedule(&self, officer: &Officer, slug: &str) -> Result<RetentionSchedule, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                laid_down(conn, agency.id)
            })
            .await
    }

    /// Lays it down anew. It holds for every file that is not destroyed yet.
    ///
    /// # Errors
    /// As [`Office::retention_schedule`]; [`Failure::Invalid`] for terms that contradict one another.
    pub async fn lay_down_retention(
        &self,
        officer: &Officer,
        slug: &str,
        input: RetentionSchedule,
    ) -> Result<RetentionSchedule, Failure> {
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        let schedule = checked(input)?;
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                let changes = changes_between(Some(&laid_down(conn, agency.id)?), Some(&schedule))?;
                let note = Note::by(&officer, Kind::RetentionChanged).at(agency.id);
                note.changed(changes).write(conn, &shared)?;
                let body = serde_json::to_string(&schedule).map_err(Failure::broken)?;
                office_rules::set(conn, agency.id, KIND, &body, shared.clock.now())?;
                Ok(schedule.clone())
            })
            .await
    }
}

fn checked(schedule: RetentionSchedule) -> Result<RetentionSchedule, Failure> {
    let mut reader = Reader::new();
    if schedule.reviewed < schedule.usual {
        reader.wrong(
            "/reviewed",
            "经过复议、诉讼的案卷，保管期限不能短于一般期限。",
            "What was taken to review is not kept for less than the rest.",
        );
    }
    for (at, one) in schedule.outcomes.iter().enumerate() {
        if schedule.outcomes.iter().take(at).any(|earlier| earlier.outcome == one.outcome) {
            reader.wrong(&format!("/outcomes/{at}/outcome"), "同一处理结果只能规定一次。", "Each outcome stands once.");
        }
    }
    reader.finish(schedule)
}
