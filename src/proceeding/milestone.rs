//! The days on which somebody is told about a proceeding: before the agency's answer, performance, report or window for appeal
//! ends, before a hearing, and after a duty was missed. A pure function, like that of the cases, whose words it uses.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::clocks;
use super::state::Proceeding;
use crate::case::milestone::{Alarm, DAYS_MAX, Escalation, Milestone, Told, working_day_before};
use crate::law::calendar::Calendar;
use crate::law::coded::coded;
use crate::law::count::ClockName;
use crate::law::proceeding::Party;

coded! {
    /// What of a proceeding is timed.
    pub enum Timed {
        /// The answer (行政复议法 arts 48, 54; 行政诉讼法 art. 67), or the day the supervising authority set.
        Answer = "answer", "答复或者答辩期限", "answer";
        /// What a decision orders.
        Performance = "performance", "履行期限", "performance";
        /// The report on the body's opinion (行政复议法 art. 76).
        OpinionReport = "opinion_report", "意见书落实报告期限", "report on an opinion";
        /// The window for an appeal (行政诉讼法 art. 85).
        Appeal = "appeal", "上诉期限", "window for an appeal";
        /// A hearing or a session.
        Hearing = "hearing", "听证或者开庭", "hearing";
        /// The authority's own decision: when to ask after it.
        Authority = "authority", "审理期限", "the authority's decision";
    }
}

/// When an office tells its people. All numbers are working days of its calendar; 0 is the day itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Before the answer is due.
    pub answer: Vec<u32>,
    /// Before what is ordered is due.
    pub performance: Vec<u32>,
    /// Before the report on an opinion is due.
    pub opinion_report: Vec<u32>,
    /// Before the window for an appeal closes.
    pub appeal: Vec<u32>,
    /// Before a hearing.
    pub hearing: Vec<u32>,
    /// Who hears of a duty that was missed, and when.
    pub escalation: Vec<Escalation>,
    /// After the authority's own day has passed, to ask.
    pub authority: Vec<u32>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            answer: vec![3, 1, 0],
            performance: vec![10, 5, 3, 1, 0],
            opinion_report: vec![10, 3, 0],
            appeal: vec![5, 1, 0],
            hearing: vec![3, 1, 0],
            // A missed answer is as good as lost (行政复议法 art. 70): the heads hear of it on the next working day.
            escalation: vec![
                Escalation { day: 0, to: Told::OfficeHead },
                Escalation { day: 0, to: Told::Signer },
                Escalation { day: 3, to: Told::Supervisor },
            ],
            authority: vec![3],
        }
    }
}

/// One thing that is timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// What.
    pub timed: Timed,
    /// Which of its kind: the round, from 0, or the entry that fixed a hearing.
    pub part: u32,
    /// The day.
    pub on: NaiveDate,
}

/// All that is timed in the file as it stands; nothing once it is closed.
#[must_use]
pub fn timings(proceeding: &Proceeding, calendar: &Calendar) -> Vec<Timing> {
    if proceeding.is_closed() {
        return Vec::new();
    }
    let running = clocks::clocks(proceeding, calendar).into_iter().filter(|one| one.runs);
    let mut all: Vec<Timing> = running
        .filter_map(|one| {
            let timed = match (one.clock.name, one.party) {
                (ClockName::Performance, _) => Timed::Performance,
                (ClockName::OpinionReport, _) => Timed::OpinionReport,
                (ClockName::AppealJudgment | ClockName::AppealRuling, _) => Timed::Appeal,
                (_, Party::Agency) => Timed::Answer,
                (_, Party::Applicant) => return None,
                (_, Party::ReconsiderationBody | Party::Court | Party::SupervisingAuthority) => Timed::Authority,
            };
            Some(Timing { timed, part: u32::try_from(one.round).unwrap_or(u32::MAX), on: one.clock.due.on })
        })
        .collect();
    all.extend(proceeding.hearings_ahead().map(|one| Timing { timed: Timed::Hearing, part: one.seq, on: one.on }));
    all
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
    let mut found = before(timing, rules, calendar);
    found.extend(after(timing, rules, calendar));
    found.retain(|one| from <= one.on && one.on <= through);
    found.sort_by_key(|one| (one.on, one.alarm, one.days));
    found
}

fn before(timing: &Timing, rules: &Rules, calendar: &Calendar) -> Vec<Milestone> {
    let days = match timing.timed {
        Timed::Answer => &rules.answer,
        Timed::Performance => &rules.performance,
        Timed::OpinionReport => &rules.opinion_report,
        Timed::Appeal => &rules.appeal,
        Timed::Hearing => &rules.hearing,
        Timed::Authority => return Vec::new(),
    };
    let told = match timing.timed {
        // To appeal is for the heads to decide, so they are told while there is time.
        Timed::Appeal => vec![Told::Handler, Told::LegalReviewer, Told::OfficeHead],
        // A head of the agency attends (行政复议法 art. 51 ¶3; 行政诉讼法 art. 3 ¶3).
        Timed::Hearing => vec![Told::Handler, Told::LegalReviewer, Told::Signer],
        _ => vec![Told::Handler, Told::Deputy, Told::LegalReviewer],
    };
    days.iter()
        .filter(|days| **days <= DAYS_MAX)
        .map(|days| Milestone {
            alarm: Alarm::Reminder,
            days: *days,
            on: working_day_before(timing.on, *days, calendar),
            told: told.clone(),
        })
        .collect()
}

fn after(timing: &Timing, rules: &Rules, calendar: &Calendar) -> Vec<Milestone> {
    match timing.timed {
        Timed::Answer | Timed::Performance | Timed::OpinionReport => {
            let mut days: Vec<u32> =
                rules.escalation.iter().map(|one| one.day).filter(|day| *day <= DAYS_MAX).collect();
            days.sort_unstable();
            days.dedup();
            days.into_iter()
                .map(|day| {
                    let mut told = vec![Told::Handler];
                    told.extend(rules.escalation.iter().filter(|one| one.day == day).map(|one| one.to));
                    let on = calendar.nth_working_day_after(timing.on, day.saturating_add(1));
                    Milestone { alarm: Alarm::Overdue, days: day, on, told }
                })
                .collect()
        }
        // The window has closed: somebody has to learn whether the other side appealed, and record that it took effect or not.
        Timed::Appeal => vec![Milestone {
            alarm: Alarm::Stalled,
            days: 1,
            on: calendar.nth_working_day_after(timing.on, 1),
            told: vec![Told::Handler, Told::LegalReviewer],
        }],
        Timed::Authority => rules
            .authority
            .iter()
            .filter(|days| **days <= DAYS_MAX)
            .map(|days| Milestone {
                alarm: Alarm::Chaser,
                days: *days,
                on: calendar.nth_working_day_after(timing.on, *days),
                told: vec![Told::Handler],
            })
            .collect(),
        Timed::Hearing => Vec::new(),
    }
}
