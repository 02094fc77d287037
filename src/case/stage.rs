//! Where a case stands: whose desk it lies on, and what it waits for.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The stage of a case. A stage says where the papers are; whether they are late is asked of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Arrived by a channel whose date of receipt both sides must confirm (art. 31).
    Confirming,
    /// Received in law, not yet in the register (art. 45). The clock runs already.
    Registering,
    /// Registered, waiting for somebody to handle it.
    Assigning,
    /// With its handler.
    Handling,
    /// Waiting for the applicant's correction (art. 30).
    Correcting,
    /// Waiting for the opinion of a third party, a co-maker or another agency (arts 32–34).
    Consulting,
    /// The draft reply is under review (审核).
    Reviewing,
    /// The draft reply is under secrecy review (art. 17).
    SecrecyReviewing,
    /// Waiting for signature (签发).
    Signing,
    /// Signed, to be served (送达).
    Serving,
    /// Answered, lapsed or withdrawn.
    Closed,
}

impl Stage {
    /// Every stage, in the order of a plain case.
    pub const ALL: [Self; 11] = [
        Self::Confirming,
        Self::Registering,
        Self::Assigning,
        Self::Handling,
        Self::Correcting,
        Self::Consulting,
        Self::Reviewing,
        Self::SecrecyReviewing,
        Self::Signing,
        Self::Serving,
        Self::Closed,
    ];

    /// The stable name used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirming => "confirming",
            Self::Registering => "registering",
            Self::Assigning => "assigning",
            Self::Handling => "handling",
            Self::Correcting => "correcting",
            Self::Consulting => "consulting",
            Self::Reviewing => "reviewing",
            Self::SecrecyReviewing => "secrecy_reviewing",
            Self::Signing => "signing",
            Self::Serving => "serving",
            Self::Closed => "closed",
        }
    }

    /// The name on an officer's desk.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Confirming => "待确认收到",
            Self::Registering => "待登记",
            Self::Assigning => "待分办",
            Self::Handling => "办理中",
            Self::Correcting => "待补正",
            Self::Consulting => "征求意见中",
            Self::Reviewing => "待审核",
            Self::SecrecyReviewing => "待保密审查",
            Self::Signing => "待签发",
            Self::Serving => "待送达",
            Self::Closed => "已办结",
        }
    }

    /// The same in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Confirming => "receipt to be confirmed",
            Self::Registering => "to be registered",
            Self::Assigning => "to be assigned",
            Self::Handling => "being handled",
            Self::Correcting => "waiting for a correction",
            Self::Consulting => "consulting others",
            Self::Reviewing => "to be reviewed",
            Self::SecrecyReviewing => "secrecy review",
            Self::Signing => "to be signed",
            Self::Serving => "to be served",
            Self::Closed => "closed",
        }
    }

    /// What the applicant is told: fewer words, none of them the office's own.
    #[must_use]
    pub const fn plain_zh(self) -> &'static str {
        match self {
            Self::Confirming => "您的申请已送到，工作人员将与您确认收到日期",
            Self::Registering | Self::Assigning => "您的申请已收到，正在登记",
            Self::Handling => "您的申请正在办理",
            Self::Correcting => "需要您补充说明，请按补正告知书的要求在期限内提交",
            Self::Consulting => "正在征求有关方面的意见，所需时间不计入答复期限",
            Self::Reviewing | Self::SecrecyReviewing | Self::Signing => "答复正在审核签发",
            Self::Serving => "答复已签发，即将送达",
            Self::Closed => "您的申请已办结",
        }
    }

    /// The same in English.
    #[must_use]
    pub const fn plain_en(self) -> &'static str {
        match self {
            Self::Confirming => "Your application has arrived; the office will confirm the date of receipt with you",
            Self::Registering | Self::Assigning => "Your application has been received and is being registered",
            Self::Handling => "Your application is being handled",
            Self::Correcting => "Something needs to be clarified: please answer the correction notice in time",
            Self::Consulting => "Others are being consulted; that time does not count towards the reply period",
            Self::Reviewing | Self::SecrecyReviewing | Self::Signing => "The reply is being reviewed and signed",
            Self::Serving => "The reply is signed and about to be served",
            Self::Closed => "Your application is closed",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not the name of a stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such stage: {0}")]
pub struct UnknownStage(pub String);

impl FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text).ok_or_else(|| UnknownStage(text.to_owned()))
    }
}
