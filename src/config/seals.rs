//! How journals are linked and sealed.

use serde::Deserialize;

/// `[seals]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seals {
    /// `sha-256` or `sm3`: for the links of journals, and for the log over them.
    pub algorithm: String,
    /// Whose log it is; empty for the agency at the top.
    pub origin: String,
    /// Minutes between two seals.
    pub interval_minutes: i64,
}
