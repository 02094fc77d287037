//! The extension, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::state::{Case, Extension};

impl Case {
    pub(super) fn take_extension(&mut self, entry: &Entry) {
        match &entry.event {
            Event::ExtensionRequested { days, .. } => self.extension = Some(Extension::Requested { days: *days }),
            Event::ExtensionDecided { granted: true, days, .. } => {
                self.extension = Some(Extension::Granted { days: *days, on: crate::clock::day_in_china(entry.at) });
            }
            Event::ExtensionDecided { granted: false, .. } => self.extension = None,
            Event::ExtensionNotified { sent_on, .. } => {
                if let Some(Extension::Granted { days, .. }) = self.extension {
                    self.extension = Some(Extension::Notified { days, sent_on: *sent_on });
                }
            }
            _ => {}
        }
    }
}
