//! The reply clock: 20 working days from receipt, restarted by a correction or a payment, stopped by
//! consultations, lengthened by an extension, replaced by a delayed period (arts 30, 32–35, 42).
//!
//! It is reckoned twice, wholly, once under each reading of a receipt on a rest day: whether a notice was in
//! time is judged under the reading it belongs to. The safe date never lies after the defensible one.

mod facts;

pub use super::stops::{Stop, StopCause};
pub use facts::{
    CorrectionFacts, EarlierPeriod, ExtensionFacts, Ordered, PeriodStart, ReplyClock, ReplyFacts, Restart, RestartCause,
};

use super::article::{Article, Instrument};
use super::calendar::Calendar;
use super::count::{Clock, ClockName, Due, Step, StepKind, due_as_it_stands, due_if_rolled, roll, walk, working_days};
use super::judgment::rule;
use super::order::OrderPeriod;
use super::periods::{CORRECTION_NOTICE_DAYS, EXTENSION_MAX_DAYS, REPLY_DAYS};
use chrono::NaiveDate;

/// The notice of correction: 7 working days from receipt (art. 30).
#[must_use]
pub fn correction_notice_clock(received_on: NaiveDate, calendar: &Calendar) -> Clock {
    working_days(ClockName::CorrectionNotice, Article::regulation(30), received_on, CORRECTION_NOTICE_DAYS, calendar)
}

/// When the reply is due, and why.
#[must_use]
pub fn reply_clock(facts: &ReplyFacts, calendar: &Calendar) -> ReplyClock {
    facts.ordered.map_or_else(|| counted(facts, calendar), |ordered| anew(facts, ordered, calendar))
}

/// When the new reply is due: the time that the decision names is the law's for this case, and neither consultations nor the
/// agency lengthen it; where it names none, the period of art. 33 begins afresh with all that can happen to it.
fn anew(facts: &ReplyFacts, ordered: Ordered, calendar: &Calendar) -> ReplyClock {
    if ordered.period == OrderPeriod::Statutory {
        let mut reply = counted(&facts.since(ordered.from), calendar);
        let of_receipt = |start: &mut PeriodStart| {
            if *start == PeriodStart::Receipt {
                *start = PeriodStart::Ordered;
            }
        };
        of_receipt(&mut reply.period);
        reply.history.iter_mut().for_each(|earlier| of_receipt(&mut earlier.start));
        return reply;
    }
    let clock = ordered.period.clock(rule(ordered.judgment).article, ordered.from, calendar);
    ReplyClock {
        base: clock.clone(),
        extension_latest: clock.due,
        clock,
        correction_notice_due: None,
        correction_in_time: None,
        extension_in_time: None,
        extension_days: 0,
        period: PeriodStart::Ordered,
        history: Vec::new(),
    }
}

/// The same where nobody has decided on an earlier reply.
fn counted(facts: &ReplyFacts, calendar: &Calendar) -> ReplyClock {
    let notice = facts.correction.map(|_| correction_notice_clock(facts.received_on, calendar));
    let notice_due = notice.as_ref().map(|clock| clock.due);

    let sent_by = |due: Due| facts.correction.map(|sent| sent.notice_sent_on <= due.on);
    let correction_in_time =
        facts.correction.and_then(|sent| sent.found_in_time).or_else(|| notice_due.and_then(sent_by));
    let (earlier, running) = periods(facts, correction_in_time == Some(true));
    let strict = Reading { facts, calendar, period: running, rolls: false };
    let base = strict.clock(REPLY_DAYS);
    let extension_days = strict.extension_days(base.due);

    // Under ROLL the notice of correction may have been in time although it was not under STRICT.
    let in_time_if_rolled = notice.and_then(|clock| sent_by(clock.last_defensible)) == Some(true);
    let (_, running_if_rolled) = periods(facts, correction_in_time == Some(true) || in_time_if_rolled);
    let rolled = Reading { period: running_if_rolled, rolls: true, ..strict };

    let mut clock = if extension_days == 0 { base.clone() } else { strict.clock(REPLY_DAYS + extension_days) };
    clock.last_defensible = rolled.due_with_extension().max(clock.due);
    delay(&mut clock, facts.delayed_until, calendar);

    ReplyClock {
        clock,
        correction_notice_due: notice_due,
        correction_in_time,
        extension_latest: base.due,
        extension_in_time: facts.extension.map(|extension| extension.notice_sent_on <= base.due.on),
        extension_days,
        period: running.start,
        history: history(strict, &earlier),
        base,
    }
}

/// One beginning of the 20 working days.
#[derive(Debug, Clone, Copy)]
struct Period {
    start: PeriodStart,
    /// Day 0.
    from: NaiveDate,
}

/// The periods that were overtaken, in the order they began, and the one that runs. A correction makes one only if its
/// notice was in time, else the date counted from receipt stands (house rule 6).
fn periods(facts: &ReplyFacts, correction_in_time: bool) -> (Vec<Period>, Period) {
    let receipt = Period { start: PeriodStart::Receipt, from: facts.received_on };
    let corrected = facts.correction.filter(|_| correction_in_time).and_then(|sent| sent.received_on);

    let mut periods = vec![receipt];
    periods.extend(corrected.map(|from| Period { start: PeriodStart::Correction, from }));
    periods.extend(facts.restarts.iter().map(|restart| Period { start: restart.cause.into(), from: restart.on }));
    // Stable, so that of two beginnings on one day the one named later runs.
    periods.sort_by_key(|period| period.from);
    let running = periods.pop().unwrap_or(receipt);
    (periods, running)
}

/// A period under one reading of a beginning on a rest day.
#[derive(Debug, Clone, Copy)]
struct Reading<'a> {
    facts: &'a ReplyFacts,
    calendar: &'a Calendar,
    period: Period,
    /// ROLL rather than STRICT.
    rolls: bool,
}

impl Reading<'_> {
    /// The last day of `days` working days under this reading.
    fn due(&self, days: u32) -> Due {
        let count = if self.rolls && self.period.start.may_roll() { due_if_rolled } else { due_as_it_stands };
        count(self.period.from, days, &self.facts.stops, self.calendar)
    }

    /// The last day with the extension, as far as it has effect.
    fn due_with_extension(&self) -> Due {
        let base = self.due(REPLY_DAYS);
        match self.extension_days(base) {
            0 => base,
            days => self.due(REPLY_DAYS + days),
        }
    }

    /// The explained clock of `days` working days: its steps and due date are STRICT, its last defensible day ROLL.
    fn clock(&self, days: u32) -> Clock {
        let Period { start, from } = self.period;
        let (due, steps) = walk(from, days, &self.facts.stops, self.calendar);
        let last_defensible = Reading { rolls: true, ..*self }.due(days);
        Clock { name: ClockName::Reply, article: start.article(), from, due, last_defensible, steps }
    }

    /// The working days the extension adds to a period otherwise due on `base`: none if its notice went out after that
    /// (house rule 7), or before the period began (house rule 14).
    fn extension_days(&self, base: Due) -> u32 {
        let running = self.period.from..=base.on;
        let effective = self.facts.extension.filter(|extension| running.contains(&extension.notice_sent_on));
        effective.map_or(0, |extension| extension.days.min(EXTENSION_MAX_DAYS))
    }
}

/// Puts the delayed period of art. 35 in the place of the date counted, if it ends later.
fn delay(clock: &mut Clock, until: Option<NaiveDate>, calendar: &Calendar) {
    let Some(until) = until.filter(|until| *until > clock.due.on) else { return };
    let days = clock.due.on.iter_days().skip(1).take_while(|on| *on <= until);
    clock.steps.extend(days.map(|on| Step { on, kind: StepKind::Delayed }));
    let counted = clock.due;
    clock.due = roll(until, &mut clock.steps, calendar);
    clock.due.provisional |= counted.provisional;
    clock.last_defensible = clock.last_defensible.max(clock.due);
    clock.name = ClockName::DelayedPeriod;
    clock.article = Article::regulation(35);
}

/// The overtaken periods, each with the date it had when the next one began: what came after cannot have moved it.
fn history(running: Reading<'_>, earlier: &[Period]) -> Vec<EarlierPeriod> {
    let ends = earlier.iter().skip(1).map(|next| next.from).chain([running.period.from]);
    let dated = |(period, ended_on): (&Period, NaiveDate)| {
        let mut facts = running.facts.clone();
        facts.stops.retain(|stop| stop.from < ended_on);
        facts.extension = facts.extension.filter(|extension| extension.notice_sent_on < ended_on);
        let due = Reading { facts: &facts, period: *period, ..running }.due_with_extension();
        EarlierPeriod { start: period.start, from: period.from, due, ended_on }
    };
    earlier.iter().zip(ends).map(dated).collect()
}

impl PeriodStart {
    /// Where the law has the period begin.
    #[must_use]
    pub const fn article(self) -> Article {
        match self {
            Self::Receipt | Self::Ordered => Article::regulation(33).paragraph(2),
            Self::Correction | Self::Reinstated => Article::regulation(30),
            Self::FeePaid => Article::new(Instrument::FeeMeasures, 6),
        }
    }

    /// Whether a beginning on a rest day is disputed. After a payment it is not: the period is counted from the day
    /// after it, whatever day that is (R9).
    const fn may_roll(self) -> bool {
        !matches!(self, Self::FeePaid)
    }
}
