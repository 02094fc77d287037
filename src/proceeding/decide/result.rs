//! The result of a round, and what comes after it.

use chrono::NaiveDate;

use super::{misplaced, on};
use crate::case::moment::Moment;
use crate::law::judgment::{Counts, Orders, rule};
use crate::proceeding::command::Command;
use crate::proceeding::event::{Decision, Event};
use crate::proceeding::refusal::Refusal;
use crate::proceeding::state::Proceeding;
use crate::proceeding::terms::{Appellant, Level};
use crate::proceeding::{clocks, guards};

pub(super) fn decided(proceeding: &Proceeding, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    let round = &proceeding.round;
    match command {
        Command::ReceiveDecision { decision } => received(proceeding, *decision, at),
        Command::RecordEffect { on: day } => {
            let after = guards::appeal_ends(proceeding, at).and_then(|until| until.succ_opt());
            on(day, after.unwrap_or_else(|| round.began_on()), at).map(|on| Event::TookEffect { on })
        }
        Command::ReceiveOpinion { on: day, text, document } => {
            on(day, round.began_on(), at).map(|on| Event::OpinionReceived { on, text, document })
        }
        Command::ReportOpinion { on: day, text } => {
            let opinion = proceeding.unreported().ok_or(Refusal::NoOpinionToReportOn)?;
            on(day, opinion.received_on, at).map(|on| Event::OpinionReported { on, text })
        }
        Command::RecordPerformance { on: day, letter_number, text } => {
            let binds_on = proceeding.effect_on().ok_or(Refusal::NothingOrdered)?;
            on(day, binds_on, at).map(|on| Event::Performed { on, letter_number, text })
        }
        Command::RecordAppeal { by, on: day } => appealed(proceeding, by, day, at),
        Command::RecordRetrial { cause, on: day, heard_as, authority } => {
            if !matches!(heard_as, Level::First | Level::Second) {
                return Err(Refusal::RetrialHeardAsWhat { level: heard_as });
            }
            let binds_on = proceeding.effect_on().ok_or(Refusal::NotInEffect)?;
            on(day, binds_on, at).map(|on| Event::RetrialOrdered { cause, on, heard_as, authority })
        }
        Command::RecordWithdrawal { on: day, text } => {
            on(day, round.under_way_on(), at).map(|on| Event::Withdrawn { on, text })
        }
        other => Err(misplaced(proceeding, &other)),
    }
}

/// A decision must be one that this authority can make in this round, with the reasons and the period that belong to it.
fn received(proceeding: &Proceeding, decision: Decision, at: &Moment<'_>) -> Result<Event, Refusal> {
    let (kind, round, rule) = (proceeding.kind(), &proceeding.round, rule(decision.judgment));
    let judgment = decision.judgment;
    if rule.forum != kind.forum() {
        return Err(Refusal::OutcomeOfAnotherForum { judgment, kind });
    }
    // 发回重审 once only: after a remand the court above decides itself (行政诉讼法 art. 89 ¶2).
    let remanded_before = || {
        let remands = |ended: &crate::proceeding::state::Ended| ended.judgment == judgment;
        proceeding.past.iter().filter_map(|round| round.ended.as_ref()).any(remands)
    };
    if rule.is_on_appeal() && round.heard_as != Level::Second {
        return Err(Refusal::OutcomeOfAnotherLevel { judgment, level: round.level });
    }
    if rule.counts == Counts::NotYet && remanded_before() {
        return Err(Refusal::RemandedBefore);
    }
    match (rule.overturns(), decision.reasons.is_empty()) {
        (true, true) => return Err(Refusal::ReasonsMissing { judgment }),
        (false, false) => return Err(Refusal::ReasonsOutOfPlace { judgment }),
        (true, false) | (false, true) => {}
    }
    match (rule.orders, decision.order) {
        (Orders::Always, None) => return Err(Refusal::OrderMissing { judgment }),
        (Orders::Never, Some(_)) => return Err(Refusal::OrderOutOfPlace { judgment }),
        (_, Some(order)) if !order.is_sensible(decision.made_on) => return Err(Refusal::OrderNotSensible),
        (Orders::Always | Orders::Perhaps, Some(_)) | (Orders::Perhaps | Orders::Never, None) => {}
    }
    let earliest = round.under_way_on();
    let made_on = on(decision.made_on, earliest, at)?;
    on(decision.received_on, made_on, at)?;
    Ok(Event::Decided(Box::new(decision)))
}

/// The other side's appeal is the court's to weigh; the agency's own must lie within its own window (行政诉讼法 art. 85).
fn appealed(proceeding: &Proceeding, by: Appellant, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let round = &proceeding.round;
    let made_on = round.ended.as_ref().map_or_else(|| round.began_on(), |ended| ended.made_on);
    let on = on(day, made_on, at)?;
    match clocks::agency_may_appeal(round, by, on, &at.calendar()) {
        Err(until) => Err(Refusal::AppealTooLate { until }),
        Ok(()) => Ok(Event::Appealed { by, on }),
    }
}
