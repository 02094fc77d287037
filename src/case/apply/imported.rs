//! A row of a ledger, applied: the case stands where the ledger leaves it.

use crate::case::event::{Imported, ImportedClosing};
use crate::case::state::{Case, Closing, Correction, Extension, Registration, Served};

impl Case {
    pub(super) fn take_imported(&mut self, seq: u32, imported: &Imported) {
        self.registration =
            imported.registration.as_ref().map(|one| Registration { number: one.number.clone(), on: one.on });
        self.correction = imported.correction.as_ref().map(|one| Correction {
            seq,
            letter: one.letter,
            sent_on: one.sent_on,
            window_days: one.window_days,
            in_time: one.in_time,
            delivered_on: None,
            received_on: one.received_on,
            lapse_proposed: false,
        });
        self.extension = imported.extension.map(|one| Extension::Notified { days: one.days, sent_on: one.sent_on });
        self.first_of_ledger = imported.closing.as_ref().map(closing);
        if let Some(last) = imported.anew.as_ref().or(imported.closing.as_ref()) {
            self.served =
                last.way.map(|way| Served { way, on: last.on, received_on: None, confirmed_by_applicant: false });
            self.close(closing(last));
        } else if self.received_on.is_some() && self.registration.is_some() {
            self.settle();
        }
        self.imported = Some(imported.clone());
    }
}

/// Where nothing was due from the office there is no verdict, as with cases that ended here.
const fn closing(one: &ImportedClosing) -> Closing {
    Closing { outcome: one.outcome, on: one.on, late: one.late, provisional: false }
}
