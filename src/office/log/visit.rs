//! One request of somebody: where it came from, and which looks were written down for it already, so that a page that asks
//! for a case in five ways is one look.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// A request. Clones are the same request.
#[derive(Clone, Default)]
pub struct Visit {
    address: Option<IpAddr>,
    told: Arc<Mutex<BTreeSet<String>>>,
}

impl Visit {
    /// A request from this address; none where there is none, as on the command line.
    #[must_use]
    pub fn from(address: Option<IpAddr>) -> Self {
        Self { address, told: Arc::default() }
    }

    /// Where it came from.
    pub(super) fn address(&self) -> Option<String> {
        self.address.map(|address| address.to_canonical().to_string())
    }

    /// Whether this is the first time in this request; from then on it is not.
    pub(in crate::office) fn tells(&self, what: String) -> bool {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(what)
    }
}

/// An address is personal: it is not printed.
impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Visit(***)")
    }
}
