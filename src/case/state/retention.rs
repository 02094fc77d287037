//! What became of the file after the case was closed.

use chrono::NaiveDate;

use crate::case::event::Destruction;
use crate::case::state::Case;
use crate::ids::{StaffId, TransferId};

/// An order to keep the file, whatever its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The journal entry that placed it.
    pub seq: u32,
    /// By whom.
    pub placed_by: Option<StaffId>,
    /// Since when.
    pub placed_on: NaiveDate,
    /// By whom and on which day it was lifted.
    pub lifted: Option<(Option<StaffId>, NaiveDate)>,
}

impl Hold {
    /// Whether it stands.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.lifted.is_none()
    }
}

/// That an archive has the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    /// The package.
    pub transfer: TransferId,
    /// On which day.
    pub on: NaiveDate,
}

/// That what was in the file is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destroyed {
    /// On which day.
    pub on: NaiveDate,
    /// On whose word.
    pub by: Destruction,
}

impl Case {
    /// Whether somebody has ordered that it be kept.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.holds.iter().any(Hold::stands)
    }
}
