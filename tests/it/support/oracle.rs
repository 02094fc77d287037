//! What is due, reckoned a second time and by other means: from the facts in the journal alone, day by day over the calendar,
//! without the case file's clocks. Slow and plain on purpose.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dafu::case::{Entry, Event, Stage};
use dafu::law::calendar::Calendar;
use dafu::law::order::OrderPeriod;

/// The facts of one history that due days hang on.
#[derive(Debug, Default)]
struct Facts {
    arrived: Option<NaiveDate>,
    confirmation_days: u32,
    received: Option<NaiveDate>,
    notice: Option<(NaiveDate, u32)>,
    notice_delivered: Option<NaiveDate>,
    corrected: Option<NaiveDate>,
    reinstated: Option<NaiveDate>,
    granted: Option<u32>,
    extension: Option<(u32, NaiveDate)>,
    delayed: Option<NaiveDate>,
    delay_told: bool,
    fee_sent: Option<NaiveDate>,
    fee_delivered: Option<NaiveDate>,
    fee_again: Option<NaiveDate>,
    paid: Option<NaiveDate>,
    /// Issued, delivered, days, answered.
    letters: BTreeMap<String, (NaiveDate, Option<NaiveDate>, u32, Option<NaiveDate>)>,
    lapsed_for_fee: bool,
    /// From when, working days.
    ordered: Option<(NaiveDate, u32)>,
}

fn next(after: NaiveDate, days: u32, calendar: &Calendar) -> NaiveDate {
    let mut on = after;
    let mut left = days;
    while left > 0 {
        on = on.succ_opt().unwrap();
        left -= u32::from(calendar.is_working(on));
    }
    on
}

/// The day that is due at that stage, after these entries.
pub fn due(journal: &[Entry], stage: Stage, calendar: &Calendar) -> Option<NaiveDate> {
    let facts = facts(journal);
    match stage {
        Stage::Closed => None,
        Stage::Confirming => Some(next(facts.arrived?, facts.confirmation_days, calendar)),
        Stage::Correcting => {
            let (sent, days) = facts.notice?;
            if sent > next(facts.received?, 7, calendar) {
                return reply(&facts, calendar);
            }
            let window = next(facts.notice_delivered.unwrap_or_else(|| next(sent, 3, calendar)), days, calendar);
            Some(sooner(&facts, window, calendar))
        }
        Stage::Paying => {
            let received = facts.fee_delivered.or_else(|| facts.fee_sent.map(|sent| next(sent, 3, calendar)));
            Some(sooner(&facts, next(facts.fee_again.or(received)?, 20, calendar), calendar))
        }
        _ => reply(&facts, calendar),
    }
}

/// A decision that sets a day waits for nobody's window.
fn sooner(facts: &Facts, window: NaiveDate, calendar: &Calendar) -> NaiveDate {
    facts.ordered.map_or(window, |(from, days)| window.min(next(from, days, calendar)))
}

fn reply(facts: &Facts, calendar: &Calendar) -> Option<NaiveDate> {
    let received = facts.received?;
    if let Some((from, days)) = facts.ordered {
        return Some(next(from, days, calendar));
    }
    let in_time = facts.notice.is_some_and(|(sent, _)| sent <= next(received, 7, calendar));
    let corrected = facts.corrected.filter(|_| in_time);
    let begins = [Some(received), corrected, facts.reinstated, facts.paid];
    let from = begins.into_iter().flatten().max()?;
    let stopped = |on: NaiveDate| {
        facts.letters.values().any(|(issued, delivered, days, answered)| {
            let end = next(delivered.unwrap_or_else(|| next(*issued, 3, calendar)), *days, calendar);
            *issued < on && on <= answered.map_or(end, |answered| answered.min(end))
        })
    };
    let count = |days: u32| {
        let (mut on, mut left) = (from, days);
        while left > 0 {
            on = on.succ_opt().unwrap();
            left -= u32::from(calendar.is_working(on) && !stopped(on));
        }
        on
    };
    let base = count(20);
    let extended = match facts.extension {
        Some((days, sent)) if from <= sent && sent <= base => count(20 + days),
        _ => base,
    };
    let delayed = facts.delayed.filter(|until| facts.delay_told && *until > extended);
    Some(delayed.map_or(extended, |until| calendar.next_working_day(until)))
}

fn facts(journal: &[Entry]) -> Facts {
    let annulled: Vec<u32> = journal
        .iter()
        .filter_map(|entry| match entry.event {
            Event::Annulled { seq, .. } => Some(seq),
            _ => None,
        })
        .collect();
    let mut facts = Facts::default();
    for entry in journal.iter().filter(|entry| !annulled.contains(&entry.seq)) {
        match &entry.event {
            Event::Filed(filed) => {
                facts.arrived = Some(filed.arrived_on);
                facts.confirmation_days = filed.confirmation_days;
                facts.received = filed.received_on;
            }
            Event::ReceiptConfirmed { received_on, .. } => facts.received = Some(*received_on),
            Event::ReceiptCorrected { received_on, .. } if facts.received.is_some() => {
                facts.received = Some(*received_on);
            }
            Event::CorrectionRequested { sent_on, window_days, .. } => facts.notice = Some((*sent_on, *window_days)),
            Event::CorrectionNoticeDelivered { on } => facts.notice_delivered = Some(*on),
            Event::CorrectionReceived { on, .. } => {
                facts.corrected = Some(*on);
                // An extension falls with the period it extended, unless a reinstatement began a later one.
                if in_time_now(journal, &annulled, entry.seq) == Some(true)
                    && facts.reinstated.is_none_or(|reinstated| reinstated < *on)
                {
                    facts.extension = None;
                    facts.granted = None;
                }
            }
            Event::Lapsed { outcome, .. } => {
                facts.lapsed_for_fee = *outcome == dafu::law::outcome::Outcome::LapsedFee;
            }
            Event::Reinstated { on, .. } => {
                facts.reinstated = Some(*on);
                facts.extension = None;
                facts.granted = None;
                if facts.lapsed_for_fee {
                    facts.fee_again = Some(*on);
                }
            }
            Event::Reopened { order } => {
                let OrderPeriod::WorkingDays { days } = order.period else { panic!("not ordered in these histories") };
                facts.ordered = Some((order.from, days));
            }
            Event::ConsultationIssued { consultation, issued_on, days, .. } => {
                facts.letters.insert(consultation.to_string(), (*issued_on, None, *days, None));
            }
            Event::ConsultationDelivered { consultation, on } => {
                facts.letters.entry(consultation.to_string()).and_modify(|letter| letter.1 = Some(*on));
            }
            Event::OpinionReceived { consultation, on, .. } => {
                facts.letters.entry(consultation.to_string()).and_modify(|letter| letter.3 = Some(*on));
            }
            Event::ExtensionDecided { granted, days, .. } => facts.granted = granted.then_some(*days),
            Event::ExtensionNotified { sent_on, .. } => {
                facts.extension = facts.granted.map(|days| (days, *sent_on));
            }
            Event::ExplanationDecided { delayed_until, .. } => facts.delayed = *delayed_until,
            Event::DelayNotified { .. } => facts.delay_told = true,
            Event::FeeNoticed { sent_on, .. } => facts.fee_sent = Some(*sent_on),
            Event::FeeNoticeDelivered { on } => facts.fee_delivered = Some(*on),
            Event::FeePaid { on, .. } => {
                facts.paid = Some(*on);
                facts.extension = None;
                facts.granted = None;
            }
            _ => {}
        }
    }
    facts
}

/// Whether the correction notice counted as in time when entry `seq` was recorded: a corrected receipt may have changed that.
fn in_time_now(journal: &[Entry], annulled: &[u32], seq: u32) -> Option<bool> {
    let stands = |entry: &&Entry| entry.seq < seq && !annulled.contains(&entry.seq);
    journal.iter().filter(stands).rev().find_map(|entry| match &entry.event {
        Event::ReceiptCorrected { correction_in_time, .. } => *correction_in_time,
        Event::CorrectionRequested { in_time, .. } => Some(*in_time),
        _ => None,
    })
}
