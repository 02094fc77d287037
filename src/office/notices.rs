//! Who is told what: the notices that acts and milestones cause, written into the outbox in the transaction of their cause.

pub mod causes;
pub mod choices;
mod digests;
pub mod facts;
pub mod hours;
pub mod outbox;
pub mod queue;
pub mod recipients;
mod sending;
mod slips;
pub mod together;
pub mod wordings;
mod written;
