//! What the reply clock is reckoned from, and what comes out.

use super::Stop;
use crate::law::coded::coded;
use crate::law::count::{Clock, Due};
use crate::law::judgment::Judgment;
use crate::law::order::OrderPeriod;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What happened, as far as the reply's due date depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyFacts {
    /// The legal day of receipt (art. 31).
    pub received_on: NaiveDate,
    /// The correction asked for, if any (art. 30).
    #[serde(default)]
    pub correction: Option<CorrectionFacts>,
    /// Other events that give a fresh 20 days; of all beginnings the latest counts.
    #[serde(default)]
    pub restarts: Vec<Restart>,
    /// Consultations, in any order; overlaps are united.
    #[serde(default)]
    pub stops: Vec<Stop>,
    /// The extension, if any (art. 33 ¶2).
    #[serde(default)]
    pub extension: Option<ExtensionFacts>,
    /// The delayed reply date of art. 35, fixed and notified; it counts if it lies after the date otherwise due.
    #[serde(default)]
    pub delayed_until: Option<NaiveDate>,
    /// The decision of a body or a court that has it answered anew. All before it is past.
    #[serde(default)]
    pub ordered: Option<Ordered>,
}

impl ReplyFacts {
    /// The facts of an application to which nothing has happened since receipt.
    #[must_use]
    pub const fn received(received_on: NaiveDate) -> Self {
        Self {
            received_on,
            correction: None,
            restarts: Vec::new(),
            stops: Vec::new(),
            extension: None,
            delayed_until: None,
            ordered: None,
        }
    }

    /// What is left of the facts where a decision that names no time of its own begins the period of art. 33 afresh on `from`.
    pub(super) fn since(&self, from: NaiveDate) -> Self {
        Self {
            received_on: from,
            correction: None,
            restarts: self.restarts.iter().copied().filter(|restart| restart.on > from).collect(),
            stops: self.stops.iter().filter(|stop| stop.until > from).cloned().collect(),
            extension: self.extension,
            delayed_until: self.delayed_until,
            ordered: None,
        }
    }
}

/// A decision that has an application answered anew (行政复议法 arts 64, 66, 77; 行政诉讼法 arts 70, 72).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// The outcome: its article is that of the clock.
    pub judgment: Judgment,
    /// The time it gives.
    pub period: OrderPeriod,
    /// The day on which it binds; not counted.
    pub from: NaiveDate,
}

/// A correction asked for, and answered or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionFacts {
    /// The day the notice was sent.
    pub notice_sent_on: NaiveDate,
    /// The day the corrected application was received.
    pub received_on: Option<NaiveDate>,
    /// Whether the notice was found to be in time when it was sent: a calendar that came later does not undo that. None where
    /// nothing is on record; then it is reckoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_in_time: Option<bool>,
}

coded! {
    /// What, besides a correction, gives the reply a fresh 20 working days.
    pub enum RestartCause {
        /// The processing fee was paid: counted afresh from the day after (国办函〔2020〕109号).
        FeePaid = "fee_paid", "缴费后重新计算", "fee paid";
        /// A correction came late but for a good reason (art. 30): the case was taken up again.
        Reinstated = "reinstated", "恢复办理", "reinstated";
    }
}

/// A fresh beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restart {
    /// Why.
    pub cause: RestartCause,
    /// Day 0 of the fresh period.
    pub on: NaiveDate,
}

/// An extension notified to the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionFacts {
    /// Working days added; what exceeds 20 is not counted (art. 33 ¶2).
    pub days: u32,
    /// The day its notice was sent.
    pub notice_sent_on: NaiveDate,
}

coded! {
    /// How a period of the reply began.
    pub enum PeriodStart {
        /// Receipt of the application.
        Receipt = "receipt", "收到申请", "application received";
        /// Receipt of the corrected application.
        Correction = "correction", "收到补正后的申请", "correction received";
        /// Payment of the fee.
        FeePaid = "fee_paid", "缴纳信息处理费", "fee paid";
        /// The case was taken up again.
        Reinstated = "reinstated", "恢复办理", "reinstated";
        /// A decision that binds.
        Ordered = "ordered", "复议决定或者裁判生效", "a decision binds";
    }
}

impl From<RestartCause> for PeriodStart {
    fn from(cause: RestartCause) -> Self {
        match cause {
            RestartCause::FeePaid => Self::FeePaid,
            RestartCause::Reinstated => Self::Reinstated,
        }
    }
}

/// A period of the reply that a later beginning overtook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EarlierPeriod {
    /// How it began.
    pub start: PeriodStart,
    /// Its day 0.
    pub from: NaiveDate,
    /// The last day it had, under STRICT.
    pub due: Due,
    /// The day the next period began.
    pub ended_on: NaiveDate,
}

/// The reply clock with everything that hangs on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplyClock {
    /// The clock that runs, with its extension or delayed period.
    pub clock: Clock,
    /// The same without extension or delayed period.
    pub base: Clock,
    /// The last day for the notice of correction, under STRICT; `None` if no correction was asked for.
    pub correction_notice_due: Option<Due>,
    /// Whether that notice was in time, under STRICT; a late one restarts nothing (house rule 6).
    pub correction_in_time: Option<bool>,
    /// The last day an extension of the running period may be notified, under STRICT.
    pub extension_latest: Due,
    /// Whether the extension was notified by then; `None` if there is none.
    pub extension_in_time: Option<bool>,
    /// Working days the extension really added to the running period.
    pub extension_days: u32,
    /// How the running period began.
    pub period: PeriodStart,
    /// The periods before it, oldest first; empty unless something restarted the reply.
    pub history: Vec<EarlierPeriod>,
}
