//! Where a case stands: whose desk it lies on, and what it waits for.

use crate::law::coded::coded;

coded! {
    /// The stage of a case. A stage says where the papers are; whether they are late is asked of the clock.
    pub enum Stage {
        /// Arrived by a channel whose date of receipt both sides must confirm (art. 31).
        Confirming = "confirming", "待确认收到", "receipt to be confirmed";
        /// Received in law, not yet in the register (art. 45). The clock runs already.
        Registering = "registering", "待登记", "to be registered";
        /// Registered, waiting for somebody to handle it.
        Assigning = "assigning", "待分办", "to be assigned";
        /// With its handler.
        Handling = "handling", "办理中", "being handled";
        /// Waiting for the applicant's correction (art. 30).
        Correcting = "correcting", "待补正", "waiting for a correction";
        /// Waiting for the applicant's payment of the processing fee (art. 42).
        Paying = "paying", "待缴费", "waiting for payment";
        /// Waiting for the opinion of a third party, a co-maker or another agency (arts 32–34).
        Consulting = "consulting", "征求意见中", "consulting others";
        /// The draft reply is under review (审核).
        Reviewing = "reviewing", "待审核", "to be reviewed";
        /// The draft reply is under legal review (法制审核).
        LegalReviewing = "legal_reviewing", "待法制审核", "legal review";
        /// The draft reply is under secrecy review (art. 17).
        SecrecyReviewing = "secrecy_reviewing", "待保密审查", "secrecy review";
        /// Waiting for signature (签发).
        Signing = "signing", "待签发", "to be signed";
        /// Signed, to be served (送达).
        Serving = "serving", "待送达", "to be served";
        /// Answered, lapsed or withdrawn.
        Closed = "closed", "已办结", "closed";
    }
}

impl Stage {
    /// What the applicant is told: fewer words, none of them the office's own.
    #[must_use]
    pub const fn plain_zh(self) -> &'static str {
        match self {
            Self::Confirming => "您的申请已送到，工作人员将与您确认收到日期",
            Self::Registering | Self::Assigning => "您的申请已收到，正在登记",
            Self::Handling => "您的申请正在办理",
            Self::Correcting => "需要您补充说明，请按补正告知书的要求在期限内提交",
            Self::Paying => "请按收费通知的要求在期限内缴纳信息处理费，缴费后继续办理",
            Self::Consulting => "正在征求有关方面的意见，所需时间不计入答复期限",
            Self::Reviewing | Self::LegalReviewing | Self::SecrecyReviewing | Self::Signing => "答复正在审核签发",
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
            Self::Paying => {
                "Please pay the processing fee in time, as the fee notice says; work goes on once it is paid"
            }
            Self::Consulting => "Others are being consulted; that time does not count towards the reply period",
            Self::Reviewing | Self::LegalReviewing | Self::SecrecyReviewing | Self::Signing => {
                "The reply is being reviewed and signed"
            }
            Self::Serving => "The reply is signed and about to be served",
            Self::Closed => "Your application is closed",
        }
    }
}
