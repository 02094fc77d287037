//! The names of events: the stable one under which each is stored, and the two for a time line. One table, so that none is
//! forgotten.

use super::Event;
use crate::case::terms::ApprovalStep;

/// `Variant = "stored name", "中文", "English";` a line.
macro_rules! named {
    ($($variant:ident = $kind:literal, $zh:literal, $en:literal;)+) => {
        impl Event {
            /// The stable name under which it is stored.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $kind),+ }
            }

            /// The names of its kind, whatever it says.
            const fn names(&self) -> (&'static str, &'static str) {
                match self { $(Self::$variant { .. } => ($zh, $en)),+ }
            }
        }
    };
}

named! {
    Filed = "filed", "申请到达", "application arrived";
    Imported = "imported", "由台账导入", "brought in from a ledger";
    ReceiptConfirmed = "receipt_confirmed", "确认收到日期", "date of receipt confirmed";
    ContactAttempted = "contact_attempted", "联系申请人", "contact attempted";
    ParticularsCorrected = "particulars_corrected", "更正登记事项", "particulars corrected";
    Examined = "examined", "形式审查", "examined";
    MattersSplitOff = "matters_split_off", "拆分申请", "matters split off";
    Linked = "linked", "关联案件", "linked to another case";
    SensitivityMarked = "sensitivity_marked", "标记敏感", "sensitivity marked";
    Registered = "registered", "登记", "registered";
    Assigned = "assigned", "分办", "assigned";
    Claimed = "claimed", "签收承办", "claimed";
    Returned = "returned", "退回", "returned";
    CorrectionRequested = "correction_requested", "发出补正告知书", "correction notice sent";
    CorrectionNoticeDelivered = "correction_notice_delivered", "申请人收到补正告知书", "correction notice received by the applicant";
    CorrectionReceived = "correction_received", "收到补正", "correction received";
    LapseProposed = "lapse_proposed", "期限届满，待认定", "window closed, a finding is needed";
    Lapsed = "lapsed", "视为放弃申请", "deemed abandoned";
    Reinstated = "reinstated", "恢复办理", "reinstated";
    ProceedingAnchored = "proceeding_anchored", "复议诉讼案卷有新记录", "new entries in the file of a proceeding";
    EnquiryTied = "enquiry_tied", "关联来信", "tied to an enquiry";
    TakenOver = "taken_over", "由承继机关接办", "taken over by the succeeding agency";
    Reopened = "reopened", "依决定或者判决重新办理", "reopened by a decision";
    ExplanationRequested = "explanation_requested", "发出说明理由告知书", "explanation asked for";
    ExplanationRequestDelivered = "explanation_request_delivered", "申请人收到说明理由告知书", "explanation request received by the applicant";
    ExplanationReceived = "explanation_received", "收到说明", "explanation received";
    ExplanationDecided = "explanation_decided", "认定理由是否合理", "explanation decided on";
    DelayNotified = "delay_notified", "告知延迟答复期限", "delayed period notified";
    FeeNoticed = "fee_noticed", "发出收费通知", "fee notice sent";
    FeeNoticeDelivered = "fee_notice_delivered", "申请人收到收费通知", "fee notice received by the applicant";
    PaymentReported = "payment_reported", "申请人申报已缴费", "payment reported";
    FeePaid = "fee_paid", "缴纳信息处理费", "fee paid";
    WaiverRequested = "waiver_requested", "申请免收费用", "waiver asked for";
    WaiverDecided = "waiver_decided", "审批免收费用", "waiver decided";
    CoWorkOpened = "co_work_opened", "转请协办", "unit asked to contribute";
    CoWorkAnswered = "co_work_answered", "收到协办意见", "contribution received";
    CoWorkRecalled = "co_work_recalled", "撤回协办", "request to a unit called back";
    SearchRecorded = "search_recorded", "登记检索记录", "search recorded";
    HoldPlaced = "hold_placed", "暂停销毁", "hold placed";
    HoldLifted = "hold_lifted", "解除暂停销毁", "hold lifted";
    HandedOver = "handed_over", "移交档案馆", "handed over to an archive";
    Destroyed = "destroyed", "依法销毁案卷内容", "contents destroyed";
    ConsultationIssued = "consultation_issued", "发出征求意见书", "consultation letter sent";
    ConsultationDelivered = "consultation_delivered", "对方收到征求意见书", "consultation letter received";
    OpinionReceived = "opinion_received", "收到意见", "opinion received";
    ConsultationSilent = "consultation_silent", "逾期未提出意见", "no opinion in time";
    ConsultationWeighed = "consultation_weighed", "认定第三方意见", "third party's answer weighed";
    ThirdPartyTold = "third_party_told", "书面告知第三方", "third party told";
    ApplicantTold = "applicant_told", "告知申请人征求意见", "applicant told of the consultation";
    Referred = "referred", "转送或者指引其他机关", "referred to another agency";
    ReferralConfirmed = "referral_confirmed", "对方确认", "referral confirmed";
    ExtensionRequested = "extension_requested", "提出延期", "extension requested";
    ExtensionDecided = "extension_decided", "审批延期", "extension decided";
    ExtensionNotified = "extension_notified", "发出延期告知书", "extension notice sent";
    Drafted = "drafted", "拟稿", "drafted";
    Approved = "approved", "审核通过", "approved";
    CheckAnswered = "check_answered", "说明核对事项", "check answered";
    SentBack = "sent_back", "退回修改", "sent back";
    Recalled = "recalled", "撤回签发", "signed reply recalled";
    Served = "served", "送达答复", "reply served";
    ServiceProven = "service_proven", "登记送达凭证", "proof of service recorded";
    Withdrawn = "withdrawn", "撤回申请", "withdrawn";
    PublicationProposed = "publication_proposed", "建议主动公开", "publication proposed";
    Published = "published", "主动公开", "published";
    FileAttached = "file_attached", "添加附件", "file attached";
    FileShown = "file_shown", "设定附件可见范围", "file shown";
    FileChecked = "file_checked", "复核公开附件", "file checked";
    Released = "released", "提供信息", "information released";
    DeliveryRecorded = "delivery_recorded", "登记送达情况", "delivery recorded";
    Downloaded = "downloaded", "申请人下载", "downloaded by the applicant";
    Noted = "noted", "备注", "note";
    ReceiptCorrected = "receipt_corrected", "更正收到日期", "date of receipt corrected";
    Annulled = "annulled", "撤销误记的步骤", "step annulled";
    LetterIssued = "letter_issued", "制发文书", "letter issued";
    WentOverdue = "went_overdue", "逾期", "went overdue";
    DueMoved = "due_moved", "因日历变动调整到期日", "due date moved by a calendar change";
}

impl Event {
    /// The Chinese name for a time line.
    #[must_use]
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::ExtensionDecided { granted: true, .. } => "同意延期",
            Self::ExtensionDecided { granted: false, .. } => "不同意延期",
            Self::ExplanationDecided { reasonable: true, .. } => "认定理由合理",
            Self::ExplanationDecided { reasonable: false, .. } => "认定理由不合理",
            Self::WaiverDecided { granted: true, .. } => "同意免收费用",
            Self::WaiverDecided { granted: false, .. } => "不同意免收费用",
            Self::SensitivityMarked { sensitive: false, .. } => "取消敏感标记",
            Self::Drafted { submitted: true, .. } => "拟稿送审",
            Self::FileAttached { redaction: Some(_), .. } => "生成遮盖件",
            Self::Released { last: false, .. } => "提供部分信息",
            Self::Approved { step: ApprovalStep::LegalReview, .. } => "法制审核通过",
            Self::Approved { step: ApprovalStep::SecrecyReview, .. } => "保密审查通过",
            Self::Approved { step: ApprovalStep::Signature, .. } => "签发",
            other => other.names().0,
        }
    }

    /// The English name for a time line.
    #[must_use]
    pub const fn en(&self) -> &'static str {
        match self {
            Self::ExtensionDecided { granted: true, .. } => "extension consented to",
            Self::ExtensionDecided { granted: false, .. } => "extension not consented to",
            Self::ExplanationDecided { reasonable: true, .. } => "reasons found reasonable",
            Self::ExplanationDecided { reasonable: false, .. } => "reasons found not reasonable",
            Self::WaiverDecided { granted: true, .. } => "fee waived",
            Self::WaiverDecided { granted: false, .. } => "fee not waived",
            Self::SensitivityMarked { sensitive: false, .. } => "no longer marked as sensitive",
            Self::Drafted { submitted: true, .. } => "draft submitted",
            Self::FileAttached { redaction: Some(_), .. } => "file redacted",
            Self::Released { last: false, .. } => "information released in part",
            Self::Approved { step: ApprovalStep::Review, .. } => "reviewed",
            Self::Approved { step: ApprovalStep::LegalReview, .. } => "cleared for legality",
            Self::Approved { step: ApprovalStep::SecrecyReview, .. } => "cleared for secrecy",
            Self::Approved { step: ApprovalStep::Signature, .. } => "signed",
            other => other.names().1,
        }
    }
}
