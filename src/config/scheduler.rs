//! How the scheduler runs.

use serde::Deserialize;

/// The scheduler.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheduler {
    /// Whether this process runs it.
    pub enabled: bool,
    /// Seconds between two turns.
    pub seconds: u64,
    /// Seconds for which an instance that was heard of last is taken to be alive.
    pub claim_seconds: u32,
    /// Minutes without a turn after which it counts as late.
    pub late_minutes: u32,
    /// Notices sent in one turn.
    pub batch: u32,
}
