//! 留痕: what no case's journal tells. Whoever looks at what is personal, searches, fetches or exports is an entry of the chain
//! `readings`; whoever signs in, or changes accounts, permissions and settings, one of the chain `staff`.
//!
//! An entry is one insert of its own, in the transaction of the act where there is one. The sealer puts entries into their
//! chains (docs/decisions/021).

mod checking;
mod entry;
mod kind;
mod linking;
mod listing;
mod noting;
mod taggings;
pub mod visit;

pub use entry::{Change, changes_between};
pub use kind::{Kind, LogChain};
pub use listing::{EntryFacts, LogEntry, LogPage, LogQuery, ReadingsQuery};
pub use visit::Visit;

pub(super) use entry::{Form, Note};
pub(super) use linking::link_waiting;
pub(super) use noting::Look;
pub(super) use taggings::{Tagging, taggings};
