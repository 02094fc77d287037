//! What makes journals fit for evidence: one canonical spelling of each event, a hash chain over the events of a
//! case, one log over the heads of all chains, seals signed over that log, and the proof that none has been touched.
//! Pure; knows nothing of what the events mean.

pub mod algorithm;
pub mod audit;
pub mod canonical;
pub mod chain;
pub mod log;
pub mod mooring;
pub mod seal;
pub mod verify;

pub use algorithm::Algorithm;
pub use canonical::CanonicalFault;
pub use chain::Link;
pub use verify::{Break, Flaw, Stored};
