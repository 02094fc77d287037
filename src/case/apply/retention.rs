//! What became of the file after the case was closed, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::state::{Case, Destroyed, HandedOver, Hold};
use crate::clock::day_in_china;

impl Case {
    pub(super) fn take_retention(&mut self, entry: &Entry) {
        let today = day_in_china(entry.at);
        match &entry.event {
            Event::HoldPlaced { .. } => {
                self.holds.push(Hold {
                    seq: entry.seq,
                    placed_by: entry.actor.staff(),
                    placed_on: today,
                    lifted: None,
                });
            }
            Event::HoldLifted { hold, .. } => {
                self.holds
                    .iter_mut()
                    .filter(|one| one.seq == *hold)
                    .for_each(|one| one.lifted = Some((entry.actor.staff(), today)));
            }
            Event::HandedOver(over) => {
                self.handed_over = Some(HandedOver { transfer: over.transfer, on: over.on });
            }
            Event::Destroyed(by) => self.destroyed = Some(Destroyed { on: today, by: by.clone() }),
            _ => {}
        }
    }
}
