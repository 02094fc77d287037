//! The case file: what an application is, what may be done with it, and what follows.
//!
//! A case is its journal. A [`Command`](command::Command) is put to [`decide`](decide::decide), which answers with
//! [`Event`](event::Event)s or with a [`Refusal`](refusal::Refusal) that names the article in the way; events are
//! applied to the [`Case`](state::Case) and nothing else ever changes it. All of it is pure: the time, the calendar, the
//! actor and the agency's settings come in with the [`Moment`](moment::Moment).
//!
//! Read in this order: `stage` and `role` (who and where), `table` (role × stage × act), `command`, `decide`, `event`,
//! `state` and `apply`, `flow` and `gate` (the way of a draft to the applicant), `clocks` and `due` (which clock runs, until when), `tick` (what the calendar alone causes).

pub mod act;
pub mod allowed;
pub mod apply;
pub mod clocks;
pub mod command;
pub mod counted;
pub mod decide;
pub mod due;
pub mod entry;
pub mod event;
pub mod flow;
pub mod gate;
pub mod guards;
pub mod importing;
pub mod intake;
pub mod milestone;
pub mod moment;
pub mod numbers;
pub mod redating;
pub mod refusal;
pub mod remedies;
pub mod role;
pub mod rounds;
pub mod stage;
pub mod state;
pub mod table;
pub mod terms;
pub mod tick;
pub mod timing;

pub use act::Act;
pub use allowed::{Choice, choices};
pub use command::Command;
pub use decide::decide;
pub use entry::Entry;
pub use event::Event;
pub use intake::open;
pub use moment::{Actor, Moment, Settings};
pub use refusal::Refusal;
pub use role::Role;
pub use stage::Stage;
pub use state::Case;
