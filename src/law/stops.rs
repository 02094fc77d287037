//! Time that does not count: consulting third parties and other agencies (art. 33 ¶3).

use super::coded::coded;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

coded! {
    /// Who is consulted while the reply clock stands.
    pub enum StopCause {
        /// A third party whose lawful interests disclosure would harm (art. 32).
        ThirdParty = "third_party", "征求第三方意见", "third party consulted";
        /// An agency that made the information jointly (art. 34).
        CoMaker = "co_maker", "征求共同制作机关意见", "joint maker consulted";
        /// Any other agency (art. 33 ¶3 says "other agencies", wider than art. 34).
        OtherAgency = "other_agency", "征求其他机关意见", "other agency consulted";
    }
}

/// A span in which the clock stands: working days `d` with `from < d <= until` are not counted (house rule 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// What the stopped days point to, such as the journal's number of the consultation letter.
    pub label: String,
    /// Who is consulted.
    pub cause: StopCause,
    /// The day the letter was issued; still counted.
    pub from: NaiveDate,
    /// The day the opinion arrived, or the last day the clock may stand for it; not counted.
    pub until: NaiveDate,
}

impl Stop {
    /// Whether `on` lies in the stopped span.
    #[must_use]
    pub fn covers(&self, on: NaiveDate) -> bool {
        self.from < on && on <= self.until
    }

    /// The stop that explains `on`, or `None` if the clock runs. Of several the one that began first is
    /// named, so that the answer does not depend on the order they are given in; a day is never stopped twice.
    #[must_use]
    pub fn covering(stops: &[Self], on: NaiveDate) -> Option<&Self> {
        stops
            .iter()
            .filter(|stop| stop.covers(on))
            .min_by(|a, b| (a.from, a.until, &a.label).cmp(&(b.from, b.until, &b.label)))
    }
}
