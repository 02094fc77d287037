//! When an office tells its people what comes near in a proceeding: its own rules, or those that come with the system.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::case::milestone;
use crate::ids::AgencyId;
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::{Kind, Note, changes_between};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::reminders::{EscalationRule, within_bounds};
use crate::office::{Office, projection};
use crate::proceeding::milestone::Rules;
use crate::storage::{Conn, agencies, office_rules, proceedings};

/// What the store calls them.
const KIND: &str = "proceeding_reminders";

/// When an office tells its people about proceedings. All numbers are working days of its calendar; 0 is the day itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProceedingReminderRules {
    /// Before the answer, the defence or what the supervising authority asked for is due.
    #[schema(min_items = 1, max_items = 20, example = json!([3, 1, 0]))]
    pub answer: Vec<u32>,
    /// Before what a decision orders is due.
    #[schema(max_items = 20, example = json!([10, 5, 3, 1, 0]))]
    pub performance: Vec<u32>,
    /// Before the report on an opinion is due.
    #[schema(max_items = 20, example = json!([10, 3, 0]))]
    pub opinion_report: Vec<u32>,
    /// Before the window for an appeal closes.
    #[schema(max_items = 20, example = json!([5, 1, 0]))]
    pub appeal: Vec<u32>,
    /// Before a hearing or a session.
    #[schema(max_items = 20, example = json!([3, 1, 0]))]
    pub hearing: Vec<u32>,
    /// After the authority's own day has passed, to ask.
    #[schema(max_items = 20, example = json!([3]))]
    pub authority: Vec<u32>,
    /// Who hears of a duty that was missed, and when.
    #[schema(max_items = 20)]
    pub escalation: Vec<EscalationRule>,
}

impl ProceedingReminderRules {
    fn new(rules: Rules) -> Self {
        let escalation = rules.escalation.iter().map(|one| EscalationRule { day: one.day, to: one.to });
        Self {
            escalation: escalation.collect(),
            answer: rules.answer,
            performance: rules.performance,
            opinion_report: rules.opinion_report,
            appeal: rules.appeal,
            hearing: rules.hearing,
            authority: rules.authority,
        }
    }

    fn rules(&self) -> Rules {
        let falling = |days: &[u32]| {
            let mut days = days.to_vec();
            days.sort_unstable_by(|one, other| other.cmp(one));
            days.dedup();
            days
        };
        let escalation = self.escalation.iter().map(|one| milestone::Escalation { day: one.day, to: one.to });
        Rules {
            answer: falling(&self.answer),
            performance: falling(&self.performance),
            opinion_report: falling(&self.opinion_report),
            appeal: falling(&self.appeal),
            hearing: falling(&self.hearing),
            escalation: escalation.collect(),
            authority: falling(&self.authority),
        }
    }

    /// Every fault at once. An answer that is missed is as good as lost (行政复议法 art. 70): somebody is reminded of it, and somebody
    /// hears when it was missed.
    fn check(&self, reader: &mut Reader) {
        let lists = [
            ("/answer", &self.answer),
            ("/performance", &self.performance),
            ("/opinion_report", &self.opinion_report),
            ("/appeal", &self.appeal),
            ("/hearing", &self.hearing),
            ("/authority", &self.authority),
        ];
        within_bounds(reader, &lists, &self.escalation);
    }
}

/// The rules of an agency.
///
/// # Errors
/// [`Failure::Broken`] for a stored value that is none; the database's failures.
pub(super) fn rules_of(conn: &mut Conn, agency: AgencyId) -> Result<Rules, Failure> {
    let stored = office_rules::find(conn, agency, KIND)?;
    stored.map_or_else(|| Ok(Rules::default()), |body| serde_json::from_str(&body).map_err(Failure::broken))
}

impl Office {
    /// When an agency's people are told about proceedings.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn proceeding_reminder_rules(
        &self,
        officer: &Officer,
        slug: &str,
    ) -> Result<ProceedingReminderRules, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                Ok(ProceedingReminderRules::new(rules_of(conn, agency.id)?))
            })
            .await
    }

    /// Lays them down anew. What has been told stays told; what the new rules call for today is told today.
    ///
    /// # Errors
    /// As [`Office::proceeding_reminder_rules`]; [`Failure::Invalid`] with every problem.
    pub async fn lay_down_proceeding_reminders(
        &self,
        officer: &Officer,
        slug: &str,
        input: ProceedingReminderRules,
    ) -> Result<ProceedingReminderRules, Failure> {
        let mut reader = Reader::new();
        input.check(&mut reader);
        reader.finish(())?;
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        let (now, today) = (self.now(), self.today());
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                let rules = input.rules();
                let before = ProceedingReminderRules::new(rules_of(conn, agency.id)?);
                let changes = changes_between(Some(&before), Some(&ProceedingReminderRules::new(rules.clone())))?;
                let note = Note::by(&officer, Kind::RemindersChanged).at(agency.id).fact("of", "proceedings");
                note.changed(changes).write(conn, &shared)?;
                let body = serde_json::to_string(&rules).map_err(Failure::broken)?;
                office_rules::set(conn, agency.id, KIND, &body, now)?;
                proceedings::look_at_all_of(conn, agency.id, today)?;
                Ok(ProceedingReminderRules::new(rules))
            })
            .await
    }
}
