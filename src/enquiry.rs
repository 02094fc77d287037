//! The lighter files: letters to a leader's mailbox, questions, and what the hotline 12345 or another platform hands over. None of
//! them is an application for information, and none is counted as one (Regulation art. 39 ¶1; docs/ENQUIRIES.md).
//!
//! Built like the case file and the proceedings: a [`Command`](command::Command) is put to [`decide`](decide::decide), which
//! answers with [`Event`](event::Event)s or with a [`Refusal`](refusal::Refusal). There is one clock, and one way on: registered,
//! given to somebody, answered, sent, rated. What is in truth an application goes on as one.
//!
//! Read in this order: `terms` and `stage`, `table` (stage × act × role), `opening`, `command`, `decide`, `event`, `state` and
//! `apply`, `clock`, `milestone`.

pub mod act;
pub mod allowed;
pub mod apply;
pub mod clock;
pub mod command;
pub mod decide;
pub mod entry;
pub mod event;
pub mod guards;
pub mod milestone;
pub mod numbers;
pub mod opening;
pub mod refusal;
pub mod stage;
pub mod state;
pub mod table;
pub mod terms;
pub mod tick;

pub use act::Act;
pub use allowed::{Choice, allowed, choices, choices_of_writer};
pub use command::Command;
pub use decide::decide;
pub use entry::Entry;
pub use event::Event;
pub use opening::open;
pub use refusal::Refusal;
pub use stage::Stage;
pub use state::Enquiry;
