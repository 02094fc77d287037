//! The days on which somebody is told about a timing: before it ends, after it ended, and while a step waits. A pure function
//! of the timing, the office's rules and the calendar, so that days nobody looked at can be made up, each with its own date.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::timing::{Reckoned, Timed, Timing};
use crate::law::calendar::Calendar;
use crate::law::coded::coded;

coded! {
    /// Why somebody is told.
    pub enum Alarm {
        /// The day comes near.
        Reminder = "reminder", "到期提醒", "reminder";
        /// The day has passed.
        Overdue = "overdue", "逾期督促", "escalation";
        /// A step waits too long.
        Stalled = "stalled", "滞留提醒", "stalled step";
        /// A unit owes its contribution.
        Chaser = "chaser", "催办", "chaser";
    }
}

coded! {
    /// Who is told. The office below finds the people.
    pub enum Told {
        /// The handler; the clerks while there is none.
        Handler = "handler", "承办人", "handler";
        /// Who stands in for the handler today.
        Deputy = "deputy", "代理人", "deputy";
        /// The head of the handling unit: whoever reviews drafts.
        UnitHead = "unit_head", "承办科室负责人", "head of the handling unit";
        /// The clerks of the disclosure office.
        Clerk = "clerk", "公开机构经办人", "clerk of the disclosure office";
        /// The reviewers.
        Reviewer = "reviewer", "审核人", "reviewer";
        /// The legal reviewers.
        LegalReviewer = "legal_reviewer", "法制审核人", "legal reviewer";
        /// The secrecy reviewers.
        SecrecyReviewer = "secrecy_reviewer", "保密审查人", "secrecy reviewer";
        /// The head of the disclosure office.
        OfficeHead = "office_head", "公开工作机构负责人", "head of the disclosure office";
        /// Whoever signs.
        Signer = "signer", "签发人", "signer";
        /// The supervisors of the agency and of those above it.
        Supervisor = "supervisor", "监督人员", "supervisor";
        /// The colleague who was asked to contribute; the handler where none was named.
        Contributor = "contributor", "协办人", "contributor";
    }
}

/// Somebody further up who hears of it some working days after the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// 0 for the first working day after the day, 1 for the next, and so on.
    pub day: u32,
    /// Who.
    pub to: Told,
}

/// When an office tells its people. All numbers are working days of its calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Before the reply is due; 0 is the day itself.
    pub reply: Vec<u32>,
    /// Before the last day for a correction notice.
    pub correction_notice: Vec<u32>,
    /// Before the end of a consultation.
    pub consultation: Vec<u32>,
    /// Before a unit's contribution is due.
    pub contribution: Vec<u32>,
    /// Before the last day on which the notice of an extension still has effect.
    pub extension_notice: Vec<u32>,
    /// Who hears of what is overdue, and when.
    pub escalation: Vec<Escalation>,
    /// After the last of these, again every so many days; 0 for never.
    pub escalation_every: u32,
    /// Days after which nothing more is raised about the same day.
    pub escalation_ends: u32,
    /// Days that a step (registration, assignment, review, signature, service) may wait before somebody is asked.
    pub step: u32,
    /// Days that a finding may wait after a window has closed, before it is raised to the head of the office.
    pub finding: u32,
    /// How often a waiting step, an owed finding or an owed contribution is raised again; 0 for never.
    pub every: u32,
    /// Days after which these go to the head of the office as well.
    pub head_after: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            reply: vec![10, 5, 3, 1, 0],
            correction_notice: vec![2, 1, 0],
            consultation: vec![3, 0],
            contribution: vec![1, 0],
            extension_notice: vec![3, 1, 0],
            escalation: vec![
                Escalation { day: 0, to: Told::OfficeHead },
                Escalation { day: 1, to: Told::Signer },
                Escalation { day: 3, to: Told::Supervisor },
            ],
            escalation_every: 5,
            escalation_ends: 60,
            step: 1,
            finding: 1,
            every: 2,
            head_after: 3,
        }
    }
}

/// Days on either side of a timing that can be asked for at most: a year of them, near enough.
pub const DAYS_MAX: u32 = 250;

/// One day on which people are told about a timing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Why.
    pub alarm: Alarm,
    /// Working days before (reminder) or after the timing's day.
    pub days: u32,
    /// The day it falls on.
    pub on: NaiveDate,
    /// Who is told.
    pub told: Vec<Told>,
}

impl Milestone {
    /// The name under which it is remembered: `reminder_5`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}_{}", self.alarm, self.days)
    }
}

/// The milestones of a timing that fall from `from` through `through`, in order.
#[must_use]
pub fn between(
    timing: &Timing,
    rules: &Rules,
    calendar: &Calendar,
    from: NaiveDate,
    through: NaiveDate,
) -> Vec<Milestone> {
    let mut found: Vec<Milestone> = all(timing, rules, calendar);
    found.retain(|one| from <= one.on && one.on <= through);
    found
}

/// The first day after `day` on which a milestone of the timing falls.
#[must_use]
pub fn next_after(timing: &Timing, rules: &Rules, calendar: &Calendar, day: NaiveDate) -> Option<NaiveDate> {
    all(timing, rules, calendar).into_iter().map(|one| one.on).find(|on| *on > day)
}

/// The latest day from which something may have waited to have waited `step` working days by `today`: what waits since that
/// day or an earlier one is raised by `today` at the latest.
#[must_use]
pub fn stalled_since(step: u32, today: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let last = working_day_before(today, step.saturating_sub(1), calendar);
    if step == 0 { today } else { last.pred_opt().unwrap_or(last) }
}

/// Every milestone of a timing, in order.
fn all(timing: &Timing, rules: &Rules, calendar: &Calendar) -> Vec<Milestone> {
    let mut found = match timing.timed.reckoned() {
        Reckoned::ToIt => towards(timing, rules, calendar),
        Reckoned::FromIt => waiting(timing, rules, calendar),
    };
    found.sort_by_key(|one| (one.on, one.alarm, one.days));
    found
}

/// What leads to a last day, and what follows when it has passed.
fn towards(timing: &Timing, rules: &Rules, calendar: &Calendar) -> Vec<Milestone> {
    let mut found: Vec<Milestone> = before(timing.timed, rules)
        .iter()
        .map(|days| Milestone {
            alarm: Alarm::Reminder,
            days: *days,
            on: working_day_before(timing.on, *days, calendar),
            told: reminded(timing.timed),
        })
        .collect();
    match timing.timed {
        Timed::Reply | Timed::Confirmation => found.extend(escalations(timing, rules, calendar)),
        Timed::Contribution => {
            let days = repeated(rules.every, rules.every, rules.escalation_ends);
            found.extend(days.map(|days| Milestone {
                alarm: Alarm::Chaser,
                days,
                on: calendar.nth_working_day_after(timing.on, days),
                told: with_head(vec![Told::Contributor, Told::Handler], days, rules),
            }));
        }
        _ => {}
    }
    found
}

/// Which working days before the day somebody is reminded.
fn before(timed: Timed, rules: &Rules) -> &[u32] {
    match timed {
        Timed::Reply => &rules.reply,
        Timed::CorrectionNotice => &rules.correction_notice,
        Timed::Consultation => &rules.consultation,
        Timed::Contribution => &rules.contribution,
        Timed::ExtensionNotice => &rules.extension_notice,
        // The limit for confirming is a day or two long: it is reminded of when it ends.
        Timed::Confirmation => &[0],
        _ => &[],
    }
}

fn reminded(timed: Timed) -> Vec<Told> {
    match timed {
        Timed::Contribution => vec![Told::Contributor],
        Timed::Confirmation => vec![Told::Clerk],
        _ => vec![Told::Handler, Told::Deputy, Told::UnitHead],
    }
}

/// The chain that hears of what is overdue: each from its day on; the handler every time.
fn escalations(timing: &Timing, rules: &Rules, calendar: &Calendar) -> Vec<Milestone> {
    let last = rules.escalation.iter().map(|one| one.day).max().unwrap_or_default();
    let mut days: Vec<u32> = rules.escalation.iter().map(|one| one.day).collect();
    days.extend(repeated(last.saturating_add(rules.escalation_every), rules.escalation_every, rules.escalation_ends));
    days.sort_unstable();
    days.dedup();
    let owner = if timing.timed == Timed::Confirmation { Told::Clerk } else { Told::Handler };
    days.into_iter()
        .filter(|day| *day <= rules.escalation_ends)
        .map(|day| {
            let mut told = vec![owner];
            told.extend(rules.escalation.iter().filter(|one| one.day == day || day > last).map(|one| one.to));
            Milestone {
                alarm: Alarm::Overdue,
                days: day,
                on: calendar.nth_working_day_after(timing.on, day.saturating_add(1)),
                told,
            }
        })
        .collect()
}

/// A step, or a finding, that waits for somebody.
fn waiting(timing: &Timing, rules: &Rules, calendar: &Calendar) -> Vec<Milestone> {
    let first = if timing.timed == Timed::Finding { rules.finding } else { rules.step };
    let whose = match timing.timed {
        Timed::Reviewing => Told::Reviewer,
        Timed::LegalReviewing => Told::LegalReviewer,
        Timed::SecrecyReviewing => Told::SecrecyReviewer,
        Timed::Signing => Told::Signer,
        Timed::Finding => Told::Handler,
        _ => Told::Clerk,
    };
    std::iter::once(first)
        .chain(repeated(first.saturating_add(rules.every), rules.every, rules.escalation_ends))
        .map(|days| {
            let mut told = with_head(vec![whose], days, rules);
            // A finding that nobody makes must not lie: the head of the office hears of it at once.
            if timing.timed == Timed::Finding && !told.contains(&Told::OfficeHead) {
                told.push(Told::OfficeHead);
            }
            Milestone { alarm: Alarm::Stalled, days, on: calendar.nth_working_day_after(timing.on, days), told }
        })
        .collect()
}

fn with_head(mut told: Vec<Told>, days: u32, rules: &Rules) -> Vec<Told> {
    if days >= rules.head_after {
        told.push(Told::OfficeHead);
    }
    told
}

/// `first`, and from there every `every` days through `end`; nothing where it is not repeated.
fn repeated(first: u32, every: u32, end: u32) -> impl Iterator<Item = u32> {
    let end = if every == 0 { 0 } else { end.min(DAYS_MAX) };
    (first.max(1)..=end).step_by(usize::try_from(every.max(1)).unwrap_or(1))
}

/// The working day that lies `days` working days before `on`; `on`, or the last working day before it, for 0.
#[must_use]
pub fn working_day_before(on: NaiveDate, days: u32, calendar: &Calendar) -> NaiveDate {
    let mut day = on;
    let mut left = days;
    // A year can hold no more rest days than days: the walk ends.
    for _ in 0..u64::from(days).saturating_add(1).saturating_mul(31) {
        if calendar.is_working(day) {
            if left == 0 {
                return day;
            }
            left -= 1;
        }
        if day.year() < 1 {
            break;
        }
        day = day.checked_sub_days(Days::new(1)).unwrap_or(day);
    }
    day
}

#[cfg(test)]
mod tests;
