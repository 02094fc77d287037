//! What a row of the outbox remembers of its cause: kinds, days, numbers. Never a name, an address or a sentence; those are
//! looked up, under the case's key, when the notice is written.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::Stage;
use crate::case::timing::Timed;
use crate::ids::{EnquiryId, NoticeId, OrderId, ProceedingId, StaffId, TextId};
use crate::law::coded::coded;
use crate::law::count::ClockName;
use crate::office::failure::Failure;
use crate::proceeding;

/// The facts of a notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// What is timed, where it is about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timed: Option<Timed>,
    /// Which of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
    /// The clock, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockName>,
    /// The step that waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The file of a proceeding, and what of it is timed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proceeding: Option<InProceeding>,
    /// The supervision order it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// The enquiry, and what became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enquiry: Option<OfEnquiry>,
    /// The day it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// The last day of what it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The day something moved from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The day it moved to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The day that a decision has set for the reply, which nothing moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<NaiveDate>,
    /// Working days given, left or passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Whole yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// How many, where it is about several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The notice that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<NoticeId>,
    /// Who had it sent, where somebody did by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffId>,
    /// What they said besides: a text of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextId>,
    /// The seal whose slip it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<i64>,
    /// Which of the addresses in the settings it goes to: the beginning of its digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeper: Option<u32>,
}

/// What of a proceeding it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InProceeding {
    /// Its file.
    pub id: ProceedingId,
    /// What is timed, where it is about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timed: Option<proceeding::milestone::Timed>,
}

/// Which enquiry it is about. Where it goes to nobody of the staff it goes to whoever wrote that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfEnquiry {
    /// Which.
    pub id: EnquiryId,
    /// What became of it, where it is about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<EnquiryNews>,
}

coded! {
    /// What its writer is told became of an enquiry.
    pub enum EnquiryNews {
        /// Another agency has it.
        HandedOver = "handed_over", "已经转交主管机关办理", "it was handed over to the agency whose duty it is";
        /// It was answered.
        Answered = "answered", "已经答复", "it has been answered";
        /// It was closed without an answer.
        Closed = "closed", "已经办结，没有另行答复", "it was closed without an answer";
        /// It goes on as an application.
        Turned = "turned", "属于政府信息公开申请，已经转为申请办理", "it is an application for government information and goes on as one";
    }
}

impl Facts {
    /// As the row keeps them.
    ///
    /// # Errors
    /// [`Failure::Broken`], never seen.
    pub fn to_json(self) -> Result<String, Failure> {
        serde_json::to_string(&self).map_err(Failure::broken)
    }

    /// From the row.
    ///
    /// # Errors
    /// [`Failure::Broken`] for what is none.
    pub fn from_json(text: &str) -> Result<Self, Failure> {
        serde_json::from_str(text).map_err(Failure::broken)
    }
}
