//! Correction, lapse and the way back, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::stage::Stage;
use crate::case::state::{Case, Closing, Correction};
use crate::law::outcome::Outcome;

impl Case {
    pub(super) fn take_correction(&mut self, entry: &Entry) {
        match &entry.event {
            Event::CorrectionRequested { letter, sent_on, window_days, in_time } => {
                self.correction = Some(Correction {
                    seq: entry.seq,
                    letter: *letter,
                    sent_on: *sent_on,
                    window_days: *window_days,
                    in_time: *in_time,
                    delivered_on: None,
                    received_on: None,
                    lapse_proposed: false,
                });
                // A notice sent too late stops nothing (docs/LAW.md §4): the case stays on the desk.
                if *in_time {
                    self.stage = Stage::Correcting;
                }
            }
            Event::CorrectionNoticeDelivered { on } => {
                if let Some(correction) = &mut self.correction {
                    correction.delivered_on = Some(*on);
                    correction.lapse_proposed = false;
                }
            }
            Event::CorrectionReceived { on, .. } => {
                if let Some(correction) = &mut self.correction {
                    correction.received_on = Some(*on);
                    // The period starts afresh, and an extension of the earlier one falls with it; a reinstatement
                    // on that day or later has begun a period of its own already.
                    if correction.in_time && self.reinstated_on.is_none_or(|reinstated| reinstated < *on) {
                        self.extension = None;
                    }
                }
                // Only a case that waited for it moves: the answer to a late notice takes no draft off its way.
                if self.stage == Stage::Correcting {
                    self.settle();
                }
            }
            Event::LapseProposed { .. } => {
                if let (Stage::Paying, Some(fee)) = (self.stage, &mut self.fee) {
                    fee.lapse_proposed = true;
                } else if let Some(correction) = &mut self.correction {
                    correction.lapse_proposed = true;
                }
            }
            Event::Lapsed { outcome, on, .. } => {
                self.close(Closing { outcome: *outcome, on: *on, late: None, provisional: false });
            }
            Event::Reinstated { on, .. } => {
                // What lapsed for want of a payment waits for it again, for a window of its own.
                let for_fee = self.closing.as_ref().is_some_and(|closing| closing.outcome == Outcome::LapsedFee);
                if let (true, Some(fee)) = (for_fee, &mut self.fee) {
                    fee.window_from = Some(*on);
                    fee.lapse_proposed = false;
                }
                self.reinstated_on = Some(*on);
                self.closing = None;
                self.extension = None;
                self.settle();
            }
            _ => {}
        }
    }
}
