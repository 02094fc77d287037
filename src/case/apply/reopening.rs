//! A decision has the case answered anew, applied: the reply that did not stand goes to the past, and with it what belonged to
//! its period. A case that is still open goes on where it lies, by the day that the decision sets.

use crate::case::event::Reopened;
use crate::case::stage::Stage;
use crate::case::state::{Case, Reopening};

impl Case {
    pub(super) fn take_up_again(&mut self, seq: u32, order: &Reopened) {
        let under_way = self.stage != Stage::Closed;
        let (closing, served) = (self.closing.take(), self.served.take());
        self.reopenings.push(Reopening { seq, order: order.clone(), closing, served });
        self.extension = None;
        self.extension_spent = false;
        self.overdue_since = None;
        if under_way {
            return;
        }
        self.draft = None;
        // What lapsed for want of a payment is not held up by the old notice; another can be given.
        if self.unpaid_fee().is_some() {
            self.fee = None;
            self.fee_spent = false;
        }
        self.settle();
    }
}
