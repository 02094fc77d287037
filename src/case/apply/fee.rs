//! Excessive applications, applied: the explanation with its delayed date, the fee with its payment or waiver.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::gate::CheckCode;
use crate::case::stage::Stage;
use crate::case::state::{Case, Explanation, FeeNotice, Waiver};
use crate::clock::day_in_china;

impl Case {
    pub(super) fn take_explanation(&mut self, entry: &Entry) {
        if let Event::ExplanationRequested { letter, sent_on, window_days, month_count } = &entry.event {
            self.explanation = Some(Explanation {
                letter: *letter,
                sent_on: *sent_on,
                month_count: *month_count,
                window_days: *window_days,
                delivered_on: None,
                received_on: None,
                reasonable: None,
                decided_on: None,
                delayed_until: None,
                delay_told_on: None,
            });
            return;
        }
        self.ask_again(&[CheckCode::Explanation]);
        let Some(explanation) = &mut self.explanation else { return };
        match &entry.event {
            Event::ExplanationRequestDelivered { on } => explanation.delivered_on = Some(*on),
            Event::ExplanationReceived { on, .. } => {
                explanation.received_on = Some(*on);
                // What was found without the reasons is found anew with them.
                explanation.reasonable = None;
                explanation.decided_on = None;
            }
            Event::ExplanationDecided { reasonable, delayed_until, .. } => {
                explanation.reasonable = Some(*reasonable);
                explanation.decided_on = Some(day_in_china(entry.at));
                explanation.delayed_until = *delayed_until;
            }
            Event::DelayNotified { sent_on, .. } => explanation.delay_told_on = Some(*sent_on),
            _ => {}
        }
    }

    pub(super) fn take_fee(&mut self, entry: &Entry) {
        match &entry.event {
            Event::FeeNoticed { fee, letter, sent_on } => {
                self.fee = Some(FeeNotice {
                    seq: entry.seq,
                    basis: fee.basis,
                    units: fee.units,
                    places: fee.places.clone(),
                    amount: fee.amount,
                    letter: *letter,
                    sent_on: *sent_on,
                    delivered_on: None,
                    window_from: None,
                    reported_on: None,
                    paid_on: None,
                    lapse_proposed: false,
                });
            }
            Event::FeeNoticeDelivered { on } => {
                if let Some(fee) = &mut self.fee {
                    fee.delivered_on = Some(*on);
                    fee.lapse_proposed = false;
                }
            }
            Event::PaymentReported { on, .. } => {
                if let Some(fee) = &mut self.fee {
                    fee.reported_on = Some(*on);
                }
            }
            Event::FeePaid { on, .. } => {
                if let Some(fee) = &mut self.fee {
                    fee.paid_on = Some(*on);
                }
                // The period starts afresh, and an extension of the earlier one falls with it (house rule 14).
                self.extension = None;
            }
            Event::WaiverRequested { reason, .. } => self.waiver = Some(Waiver { reason: *reason, granted: None }),
            Event::WaiverDecided { granted, .. } => {
                if let Some(waiver) = &mut self.waiver {
                    waiver.granted = Some(*granted);
                }
            }
            _ => {}
        }
        if matches!(self.stage, Stage::Handling | Stage::Paying) {
            self.settle();
        }
    }
}
