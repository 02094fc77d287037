//! The days on which somebody is told of an enquiry: before its answer is due, and after that was missed. A pure function, in the
//! words of the cases.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::clock::due;
use super::state::Enquiry;
use super::terms::EnquiryKind;
use crate::case::milestone::{Alarm, DAYS_MAX, Escalation, Milestone, Told, working_day_before};
use crate::law::calendar::Calendar;
use crate::law::periods;

/// What an agency has laid down for its enquiries. All numbers are working days of its calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// From registration to the answer.
    pub answer_days: u32,
    /// The same for what is handed over, by the hotline, by another platform, or by another agency here.
    pub hand_over_days: u32,
    /// Before the answer is due; 0 is the day itself.
    pub reminders: Vec<u32>,
    /// Who hears that it was missed, and when.
    pub escalation: Vec<Escalation>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            answer_days: periods::ENQUIRY_DAYS,
            hand_over_days: periods::ENQUIRY_HAND_OVER_DAYS,
            reminders: vec![3, 1, 0],
            escalation: vec![Escalation { day: 0, to: Told::OfficeHead }, Escalation { day: 5, to: Told::Supervisor }],
        }
    }
}

impl Rules {
    /// The days for an enquiry of that kind.
    #[must_use]
    pub const fn days(&self, kind: EnquiryKind) -> u32 {
        if kind.is_handed_over() { self.hand_over_days } else { self.answer_days }
    }
}

/// The milestones that fall from `from` through `through`, in order; none once it is closed.
#[must_use]
pub fn between(
    enquiry: &Enquiry,
    rules: &Rules,
    calendar: &Calendar,
    from: NaiveDate,
    through: NaiveDate,
) -> Vec<Milestone> {
    let Some(due) = due(enquiry, calendar) else { return Vec::new() };
    let mut found: Vec<Milestone> = rules
        .reminders
        .iter()
        .filter(|days| **days <= DAYS_MAX)
        .map(|days| Milestone {
            alarm: Alarm::Reminder,
            days: *days,
            on: working_day_before(due.on, *days, calendar),
            told: vec![Told::Handler],
        })
        .collect();
    let mut late: Vec<u32> = rules.escalation.iter().map(|one| one.day).filter(|day| *day <= DAYS_MAX).collect();
    late.sort_unstable();
    late.dedup();
    found.extend(late.into_iter().map(|day| {
        let mut told = vec![Told::Handler];
        told.extend(rules.escalation.iter().filter(|one| one.day == day).map(|one| one.to));
        Milestone {
            alarm: Alarm::Overdue,
            days: day,
            on: calendar.nth_working_day_after(due.on, day.saturating_add(1)),
            told,
        }
    }));
    found.retain(|one| from <= one.on && one.on <= through);
    found.sort_by_key(|one| (one.on, one.alarm, one.days));
    found
}
