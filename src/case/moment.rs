//! What a decision may look at besides the case: the time, the calendar, who acts, and the agency's settings.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::StaffId;
use crate::law::calendar::Calendar;
use crate::law::editions::Calendars;
use crate::law::periods;

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// The applicant, by receipt number and query code.
    Applicant,
    /// A member of staff.
    Staff {
        /// Who.
        id: StaffId,
    },
    /// A member of staff in the place of one who is absent, by a role of theirs.
    Delegate {
        /// Who acts.
        id: StaffId,
        /// Whose role it is.
        absent: StaffId,
    },
    /// The calendar.
    System,
}

impl Actor {
    /// The member of staff who acts, if it is one; the delegate, not the one who is absent.
    #[must_use]
    pub const fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Staff { id } | Self::Delegate { id, .. } => Some(*id),
            Self::Applicant | Self::System => None,
        }
    }

    /// In whose place a delegate acts.
    #[must_use]
    pub const fn absent(&self) -> Option<StaffId> {
        match self {
            Self::Delegate { absent, .. } => Some(*absent),
            Self::Applicant | Self::Staff { .. } | Self::System => None,
        }
    }
}

/// What an agency has chosen where the law leaves a choice (docs/LAW.md §9; docs/decisions/004).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Whether the online form's receipt confirms the date of receipt by itself (art. 31).
    pub automatic_confirmation: bool,
    /// Working days within which receipt is to be confirmed.
    pub confirmation_days: u32,
    /// Working days given for a correction unless the notice says otherwise.
    pub correction_window_days: u32,
    /// Working days another agency's opinion may keep the clock stopped.
    pub other_agency_days: u32,
    /// Working days given to explain an excessive number of requests unless the letter says otherwise (art. 35).
    pub explanation_window_days: u32,
    /// Working days between the notice to a third party that its objection is overridden and disclosure (art. 32 ¶2).
    pub override_waiting_days: u32,
    /// Whether a referral on secrecy stops the reply clock (art. 17; the law does not say so).
    pub secrecy_stops_clock: bool,
    /// Whether the reconsideration body has a channel on line that a reply can name (行政复议法 art. 22 ¶2).
    pub reconsideration_online: bool,
    /// Whether the body that replies name is the one the law has for such an agency, as far as the tree of agencies
    /// tells (行政复议法 art. 24): a department's is the government to which it belongs.
    pub reconsideration_body_fits: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            automatic_confirmation: true,
            confirmation_days: periods::CONFIRMATION_DAYS,
            correction_window_days: periods::CORRECTION_WINDOW_DEFAULT_DAYS,
            other_agency_days: periods::OTHER_AGENCY_CAP_DAYS,
            explanation_window_days: periods::EXPLANATION_WINDOW_DEFAULT_DAYS,
            override_waiting_days: periods::OVERRIDE_WAITING_DEFAULT_DAYS,
            secrecy_stops_clock: false,
            reconsideration_online: true,
            reconsideration_body_fits: true,
        }
    }
}

/// The moment of a decision.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The day in China at that instant.
    pub today: NaiveDate,
    /// Every edition of the calendar, with the instant from which it was known.
    pub calendars: &'a Calendars,
    /// Who acts.
    pub actor: Actor,
    /// The agency's settings.
    pub settings: Settings,
}

impl Moment<'_> {
    /// The calendar as known now.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.calendars.known_at(self.now)
    }
}
