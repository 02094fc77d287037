//! The acts: a command's kind, without its particulars. Tables, refusals and the API's `allowed` speak in acts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that can be done with a case.
///
/// There is no "refuse to register": the regulation knows no such act. Whatever arrives is registered and answered,
/// if need be by telling that it is not processed (art. 39), not held (art. 36) or unclear (art. 30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Confirm the date of receipt with the applicant (art. 31).
    ConfirmReceipt,
    /// Enter it in the register under its number (art. 45).
    Register,
    /// Give it to a handler, or to the desk for claiming.
    Assign,
    /// Take it up oneself.
    Claim,
    /// Hand it back unhandled, with the reason.
    Return,
    /// Ask for a correction, once (art. 30).
    RequestCorrection,
    /// Record the day a letter reached its addressee: the correction notice.
    RecordCorrectionDelivery,
    /// Take in the correction (art. 30).
    ReceiveCorrection,
    /// Find that there is no good reason for the silence, and end the case (art. 30).
    Lapse,
    /// Take it up again for good reason after a lapse.
    Reinstate,
    /// Consult a third party, a co-maker or another agency (arts 32–34).
    Consult,
    /// Record the day the letter of consultation was received.
    RecordConsultationDelivery,
    /// Take in an opinion.
    ReceiveOpinion,
    /// Ask the head of the office for an extension (art. 33).
    RequestExtension,
    /// Consent to it, or not (art. 33).
    DecideExtension,
    /// Send the applicant the notice of extension; only then does it take effect (art. 33).
    NotifyExtension,
    /// Write the reply.
    Draft,
    /// Review it.
    Review,
    /// Review it for secrecy (art. 17).
    ReviewSecrecy,
    /// Sign it.
    Sign,
    /// Serve it.
    Serve,
    /// Record the proof of service.
    RecordServiceProof,
    /// Withdraw the application.
    Withdraw,
    /// Leave a note in the file.
    Note,
    /// Correct the recorded date of receipt.
    CorrectReceipt,
    /// Undo the last step, which was recorded by mistake; nothing is deleted.
    Annul,
    /// Let the calendar act.
    Tick,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 27] = [
        Self::ConfirmReceipt,
        Self::Register,
        Self::Assign,
        Self::Claim,
        Self::Return,
        Self::RequestCorrection,
        Self::RecordCorrectionDelivery,
        Self::ReceiveCorrection,
        Self::Lapse,
        Self::Reinstate,
        Self::Consult,
        Self::RecordConsultationDelivery,
        Self::ReceiveOpinion,
        Self::RequestExtension,
        Self::DecideExtension,
        Self::NotifyExtension,
        Self::Draft,
        Self::Review,
        Self::ReviewSecrecy,
        Self::Sign,
        Self::Serve,
        Self::RecordServiceProof,
        Self::Withdraw,
        Self::Note,
        Self::CorrectReceipt,
        Self::Annul,
        Self::Tick,
    ];

    /// The stable name used in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmReceipt => "confirm_receipt",
            Self::Register => "register",
            Self::Assign => "assign",
            Self::Claim => "claim",
            Self::Return => "return",
            Self::RequestCorrection => "request_correction",
            Self::RecordCorrectionDelivery => "record_correction_delivery",
            Self::ReceiveCorrection => "receive_correction",
            Self::Lapse => "lapse",
            Self::Reinstate => "reinstate",
            Self::Consult => "consult",
            Self::RecordConsultationDelivery => "record_consultation_delivery",
            Self::ReceiveOpinion => "receive_opinion",
            Self::RequestExtension => "request_extension",
            Self::DecideExtension => "decide_extension",
            Self::NotifyExtension => "notify_extension",
            Self::Draft => "draft",
            Self::Review => "review",
            Self::ReviewSecrecy => "review_secrecy",
            Self::Sign => "sign",
            Self::Serve => "serve",
            Self::RecordServiceProof => "record_service_proof",
            Self::Withdraw => "withdraw",
            Self::Note => "note",
            Self::CorrectReceipt => "correct_receipt",
            Self::Annul => "annul",
            Self::Tick => "tick",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::ConfirmReceipt => "确认收到日期",
            Self::Register => "登记",
            Self::Assign => "分办",
            Self::Claim => "签收承办",
            Self::Return => "退回",
            Self::RequestCorrection => "要求补正",
            Self::RecordCorrectionDelivery => "记录补正告知书收到日",
            Self::ReceiveCorrection => "收到补正",
            Self::Lapse => "认定逾期不补正",
            Self::Reinstate => "恢复办理",
            Self::Consult => "征求意见",
            Self::RecordConsultationDelivery => "记录征求意见书收到日",
            Self::ReceiveOpinion => "收到意见",
            Self::RequestExtension => "申请延期",
            Self::DecideExtension => "审批延期",
            Self::NotifyExtension => "发出延期告知书",
            Self::Draft => "拟稿",
            Self::Review => "审核",
            Self::ReviewSecrecy => "保密审查",
            Self::Sign => "签发",
            Self::Serve => "送达",
            Self::RecordServiceProof => "登记送达凭证",
            Self::Withdraw => "撤回申请",
            Self::Note => "备注",
            Self::CorrectReceipt => "更正收到日期",
            Self::Annul => "撤销误记的步骤",
            Self::Tick => "日历推进",
        }
    }

    /// The English name.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::ConfirmReceipt => "confirm receipt",
            Self::Register => "register",
            Self::Assign => "assign",
            Self::Claim => "claim",
            Self::Return => "return",
            Self::RequestCorrection => "request a correction",
            Self::RecordCorrectionDelivery => "record delivery of the correction notice",
            Self::ReceiveCorrection => "receive the correction",
            Self::Lapse => "find the application lapsed",
            Self::Reinstate => "reinstate",
            Self::Consult => "consult",
            Self::RecordConsultationDelivery => "record delivery of the consultation letter",
            Self::ReceiveOpinion => "receive an opinion",
            Self::RequestExtension => "request an extension",
            Self::DecideExtension => "decide the extension",
            Self::NotifyExtension => "notify the extension",
            Self::Draft => "draft the reply",
            Self::Review => "review",
            Self::ReviewSecrecy => "review for secrecy",
            Self::Sign => "sign",
            Self::Serve => "serve",
            Self::RecordServiceProof => "record proof of service",
            Self::Withdraw => "withdraw",
            Self::Note => "note",
            Self::CorrectReceipt => "correct the date of receipt",
            Self::Annul => "annul a step recorded by mistake",
            Self::Tick => "advance the calendar",
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
