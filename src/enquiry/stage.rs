//! Where an enquiry stands. Whether it is late is asked of the clock.

use crate::law::coded::coded;

coded! {
    /// The stage of an enquiry.
    pub enum Stage {
        /// Nobody has it yet.
        Assigning = "assigning", "待分办", "to be assigned";
        /// Somebody works on it.
        Handling = "handling", "办理中", "being handled";
        /// The answer is written and not sent.
        Sending = "sending", "待发出", "answer to be sent";
        /// Nothing is left to do.
        Closed = "closed", "已办结", "closed";
    }
}
