//! The proceedings: a file of its own for each reconsideration, suit, complaint and inspection that an application leads to.
//!
//! Built like the case file and beside it: a [`Command`](command::Command) is put to [`decide`](decide::decide), which answers
//! with [`Event`](event::Event)s or with a [`Refusal`](refusal::Refusal); events are applied to the
//! [`Proceeding`](state::Proceeding) and nothing else changes it. Here the agency is the one that answers, and others set the
//! pace: most acts record what a body or a court has done, few are the agency's own.
//!
//! A file has [`Round`](state::Round)s: one for a reconsideration, a complaint or an inspection, one for each instance of a
//! suit. Every clock belongs to a round.
//!
//! Read in this order: `terms` and `stage`, `table` (kind × stage × act × role), `opening`, `command`, `decide`, `event`,
//! `state` and `apply`, `clocks` and `due`, `milestone`, then what follows from it all: `consequence` and `report`.

pub mod act;
pub mod allowed;
pub mod apply;
pub mod clocks;
pub mod command;
pub mod consequence;
pub mod decide;
pub mod due;
pub mod entry;
pub mod event;
pub mod guards;
pub mod importing;
pub mod milestone;
pub mod numbers;
pub mod opening;
pub mod refusal;
pub mod report;
pub mod stage;
pub mod state;
pub mod table;
pub mod terms;
pub mod tick;

pub use act::Act;
pub use allowed::{Choice, allowed, choices};
pub use command::Command;
pub use decide::decide;
pub use entry::Entry;
pub use event::Event;
pub use opening::open;
pub use refusal::Refusal;
pub use stage::Stage;
pub use state::Proceeding;
