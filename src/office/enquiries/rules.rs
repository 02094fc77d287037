//! What an agency has laid down for its enquiries: within what time they are answered, when somebody is reminded, who hears of what
//! was missed. Its own rules, or those that come with the system.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::case::milestone;
use crate::enquiry::milestone::Rules;
use crate::ids::AgencyId;
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::{Kind, Note, changes_between};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::reminders::{EscalationRule, within_bounds};
use crate::office::{Office, projection};
use crate::storage::{Conn, agencies, enquiries, office_rules};

/// What the store calls them.
const KIND: &str = "enquiries";

/// How an agency deals with its enquiries. All numbers are working days of its calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryRules {
    /// From the registration of a letter or a question to its answer. What is registered keeps the days of then.
    #[schema(minimum = 1, maximum = 60, example = 15)]
    pub answer_days: u32,
    /// The same for what the hotline, another platform or another agency hands over.
    #[schema(minimum = 1, maximum = 60, example = 5)]
    pub hand_over_days: u32,
    /// Before the answer is due; 0 is the day itself.
    #[schema(max_items = 20, example = json!([3, 1, 0]))]
    pub reminders: Vec<u32>,
    /// Who hears that it was missed, and when.
    #[schema(max_items = 20)]
    pub escalation: Vec<EscalationRule>,
}

impl EnquiryRules {
    fn new(rules: Rules) -> Self {
        let escalation = rules.escalation.iter().map(|one| EscalationRule { day: one.day, to: one.to });
        Self {
            escalation: escalation.collect(),
            answer_days: rules.answer_days,
            hand_over_days: rules.hand_over_days,
            reminders: rules.reminders,
        }
    }

    fn rules(&self) -> Rules {
        let mut reminders = self.reminders.clone();
        reminders.sort_unstable_by(|one, other| other.cmp(one));
        reminders.dedup();
        let escalation = self.escalation.iter().map(|one| milestone::Escalation { day: one.day, to: one.to });
        Rules {
            answer_days: self.answer_days,
            hand_over_days: self.hand_over_days,
            reminders,
            escalation: escalation.collect(),
        }
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
    /// How an agency deals with its enquiries.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn enquiry_rules(&self, officer: &Officer, slug: &str) -> Result<EnquiryRules, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                Ok(EnquiryRules::new(rules_of(conn, agency.id)?))
            })
            .await
    }

    /// Lays it down anew. Clocks that run keep their days; what the new rules call for today is told today.
    ///
    /// # Errors
    /// As [`Office::enquiry_rules`]; [`Failure::Invalid`] with every problem.
    pub async fn lay_down_enquiry_rules(
        &self,
        officer: &Officer,
        slug: &str,
        input: EnquiryRules,
    ) -> Result<EnquiryRules, Failure> {
        let mut reader = Reader::new();
        within_bounds(&mut reader, &[("/reminders", &input.reminders)], &input.escalation);
        reader.finish(())?;
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        let (now, today) = (self.now(), self.today());
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                let rules = input.rules();
                let before = EnquiryRules::new(rules_of(conn, agency.id)?);
                let after = EnquiryRules::new(rules.clone());
                let note = Note::by(&officer, Kind::EnquiryRulesChanged).at(agency.id);
                note.changed(changes_between(Some(&before), Some(&after))?).write(conn, &shared)?;
                let body = serde_json::to_string(&rules).map_err(Failure::broken)?;
                office_rules::set(conn, agency.id, KIND, &body, now)?;
                enquiries::look_at_all(conn, Some(agency.id), today)?;
                Ok(after)
            })
            .await
    }
}
