//! What makes a case's journal fit for evidence: one canonical spelling of each event, a hash chain over
//! them, and the proof that neither has been touched. Pure; knows nothing of what the events mean.

pub mod canonical;
pub mod chain;
pub mod verify;

pub use canonical::CanonicalFault;
pub use chain::{Algorithm, Link};
pub use verify::{Break, Flaw, Stored};
