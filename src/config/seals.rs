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
    /// Addresses to which slips are mailed, separated by commas; empty for none.
    pub mail_to: String,
    /// Whether every seal is mailed; else the first of each day.
    pub mail_each: bool,
}

impl Seals {
    /// The addresses to which slips are mailed.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.mail_to.split(',').map(str::trim).filter(|address| !address.is_empty())
    }
}
