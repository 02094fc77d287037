//! When an office tells its people: its own rules, or those that come with the system.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::log::{Kind, Note, changes_between};
use super::notices::hours::{self, Hours};
use super::permission::{Deed, Officer, permit};
use super::{Office, projection};
use crate::case::milestone::{self, DAYS_MAX, Rules, Told};
use crate::ids::AgencyId;
use crate::storage::{Conn, agencies, office_rules, timings};

/// What the store calls them.
const KIND: &str = "reminders";

/// Somebody further up who hears of what is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationRule {
    /// 0 for the first working day after the day it was due, 1 for the next, and so on.
    #[schema(maximum = 250)]
    pub day: u32,
    /// Who.
    #[schema(value_type = String, example = "office_head")]
    pub to: Told,
}

/// When an office tells its people. All numbers are working days of its calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderRules {
    /// Before the reply is due; 0 is the day itself.
    #[schema(max_items = 20, example = json!([10, 5, 3, 1, 0]))]
    pub reply: Vec<u32>,
    /// Before the last day for a correction notice.
    #[schema(max_items = 20, example = json!([2, 1, 0]))]
    pub correction_notice: Vec<u32>,
    /// Before the end of a consultation.
    #[schema(max_items = 20, example = json!([3, 0]))]
    pub consultation: Vec<u32>,
    /// Before a unit's contribution is due.
    #[schema(max_items = 20, example = json!([1, 0]))]
    pub contribution: Vec<u32>,
    /// Before the last day on which the notice of an extension still has effect.
    #[schema(max_items = 20, example = json!([3, 1, 0]))]
    pub extension_notice: Vec<u32>,
    /// Who hears of what is overdue, and when.
    #[schema(max_items = 20)]
    pub escalation: Vec<EscalationRule>,
    /// After the last of these, again every so many days; 0 for never.
    #[schema(maximum = 60)]
    pub escalation_every: u32,
    /// Days after which nothing more is raised about the same day.
    #[schema(maximum = 250)]
    pub escalation_ends: u32,
    /// Days that a step (registration, assignment, review, signature, service) may wait before somebody is asked.
    #[schema(minimum = 1, maximum = 60)]
    pub step: u32,
    /// Days that a finding may wait after a window has closed.
    #[schema(minimum = 1, maximum = 60)]
    pub finding: u32,
    /// How often a waiting step, an owed finding or an owed contribution is raised again; 0 for never.
    #[schema(maximum = 60)]
    pub every: u32,
    /// Days after which these go to the head of the office as well.
    #[schema(maximum = 250)]
    pub head_after: u32,
    /// When mail may come, and when the digest does.
    pub hours: Hours,
}

impl ReminderRules {
    fn new(rules: Rules, hours: Hours) -> Self {
        Self {
            reply: rules.reply,
            correction_notice: rules.correction_notice,
            consultation: rules.consultation,
            contribution: rules.contribution,
            extension_notice: rules.extension_notice,
            escalation: rules.escalation.iter().map(|one| EscalationRule { day: one.day, to: one.to }).collect(),
            escalation_every: rules.escalation_every,
            escalation_ends: rules.escalation_ends,
            step: rules.step,
            finding: rules.finding,
            every: rules.every,
            head_after: rules.head_after,
            hours,
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
            reply: falling(&self.reply),
            correction_notice: falling(&self.correction_notice),
            consultation: falling(&self.consultation),
            contribution: falling(&self.contribution),
            extension_notice: falling(&self.extension_notice),
            escalation: escalation.collect(),
            escalation_every: self.escalation_every,
            escalation_ends: self.escalation_ends,
            step: self.step,
            finding: self.finding,
            every: self.every,
            head_after: self.head_after,
        }
    }

    /// Every fault at once. Someone must hear of what is overdue: an empty chain is no rule.
    fn check(&self, reader: &mut Reader) {
        let lists = [
            ("/reply", &self.reply),
            ("/correction_notice", &self.correction_notice),
            ("/consultation", &self.consultation),
            ("/contribution", &self.contribution),
            ("/extension_notice", &self.extension_notice),
        ];
        within_bounds(reader, &lists, &self.escalation);
        if self.hours.from >= self.hours.to {
            reader.wrong("/hours", "开始时间应当早于结束时间。", "The hours must begin before they end.");
        }
    }
}

/// What every rule is held to: days that a year of work has, and a chain of people that is not empty.
pub(super) fn within_bounds(reader: &mut Reader, lists: &[(&str, &Vec<u32>)], escalation: &[EscalationRule]) {
    for (pointer, days) in lists {
        if days.iter().any(|day| *day > DAYS_MAX) {
            reader.wrong(pointer, "最多250个工作日。", "At most 250 working days.");
        }
    }
    if escalation.is_empty() {
        reader.wrong(
            "/escalation",
            "逾期必须有人知道，至少填写一级。",
            "Somebody must hear of what is overdue: name at least one.",
        );
    }
}

/// The rules of an agency.
///
/// # Errors
/// [`Failure::Broken`] for a stored value that is none; the database's failures.
pub fn rules_of(conn: &mut Conn, agency: AgencyId) -> Result<Rules, Failure> {
    let stored = office_rules::find(conn, agency, KIND)?;
    stored.map_or_else(|| Ok(Rules::default()), |body| serde_json::from_str(&body).map_err(Failure::broken))
}

/// How many working days a step may wait at each of `agencies` before it counts as stalled.
///
/// # Errors
/// As [`rules_of`].
pub fn steps_of(conn: &mut Conn, agencies: &[AgencyId]) -> Result<BTreeMap<AgencyId, u32>, Failure> {
    let built_in = Rules::default().step;
    let mut steps: BTreeMap<AgencyId, u32> = agencies.iter().map(|agency| (*agency, built_in)).collect();
    for (agency, body) in office_rules::list_of(conn, agencies, KIND)? {
        let rules: Rules = serde_json::from_str(&body).map_err(Failure::broken)?;
        steps.insert(agency, rules.step);
    }
    Ok(steps)
}

impl Office {
    /// The rules of an agency.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn reminder_rules(&self, officer: &Officer, slug: &str) -> Result<ReminderRules, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                Ok(ReminderRules::new(rules_of(conn, agency.id)?, Hours::of(conn, agency.id)?))
            })
            .await
    }

    /// Lays them down anew. What has been told stays told; what the new rules call for today is told today.
    ///
    /// # Errors
    /// As [`Office::reminder_rules`]; [`Failure::Invalid`] with every problem.
    pub async fn lay_down_reminders(
        &self,
        officer: &Officer,
        slug: &str,
        input: ReminderRules,
    ) -> Result<ReminderRules, Failure> {
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
                let before = ReminderRules::new(rules_of(conn, agency.id)?, Hours::of(conn, agency.id)?);
                let changes = changes_between(Some(&before), Some(&ReminderRules::new(rules.clone(), input.hours)))?;
                let note = Note::by(&officer, Kind::RemindersChanged).at(agency.id).fact("of", "cases");
                note.changed(changes).write(conn, &shared)?;
                let body = serde_json::to_string(&rules).map_err(Failure::broken)?;
                office_rules::set(conn, agency.id, KIND, &body, now)?;
                let body = serde_json::to_string(&input.hours).map_err(Failure::broken)?;
                office_rules::set(conn, agency.id, hours::KIND, &body, now)?;
                timings::tell_again(conn, agency.id, today)?;
                Ok(ReminderRules::new(rules, input.hours))
            })
            .await
    }
}
