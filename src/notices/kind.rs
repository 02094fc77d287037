//! The notices there are: whom each is for, and what may be chosen about it.

use crate::law::coded::coded;

coded! {
    /// A notice. Its folder below `templates` has the same name.
    pub enum Notice {
        /// The application arrived; with the query code.
        Receipt = "receipt", "收件回执", "receipt";
        /// It has its number.
        Registered = "registered", "登记告知", "registered";
        /// The applicant is asked for a correction (art. 30).
        CorrectionAsked = "correction_asked", "补正告知", "correction asked";
        /// The applicant is asked for reasons (art. 35).
        ExplanationAsked = "explanation_asked", "说明理由告知", "explanation asked";
        /// Others are consulted (arts 32–34).
        ThirdPartyConsulted = "third_party_consulted", "征求意见告知", "others consulted";
        /// The period is extended (art. 33).
        Extended = "extended", "延期告知", "extended";
        /// The reply comes on a delayed day (art. 35).
        Delayed = "delayed", "延迟答复告知", "delayed";
        /// A fee is charged (art. 42).
        Fee = "fee", "收费告知", "fee";
        /// The reply is there.
        ReplyReady = "reply_ready", "答复告知", "reply ready";
        /// It is handled no further (art. 30; 109号 art. 6).
        Lapsed = "lapsed", "不再处理告知", "lapsed";
        /// It is taken up again.
        Reinstated = "reinstated", "恢复办理告知", "reinstated";
        /// A decision has the application answered anew.
        Reopened = "reopened", "重新办理告知", "answered anew";
        /// The withdrawal is confirmed.
        Withdrawn = "withdrawn", "撤回确认", "withdrawn";
        /// The way to all that one has applied for.
        MyApplications = "my_applications", "我的申请链接", "link to my applications";
        /// A change of the calendar moved a day that the applicant was told.
        DateMoved = "date_moved", "期限调整告知", "date moved";
        /// A third party, or another agency, is asked for its opinion.
        OpinionAsked = "opinion_asked", "征求意见", "opinion asked";
        /// A third party is told that its information is disclosed all the same.
        OverrideTold = "override_told", "决定公开告知第三方", "third party told";
        /// A case was given to somebody.
        Assigned = "assigned", "分办通知", "assigned";
        /// A draft was sent back.
        Returned = "returned", "退回修改", "returned";
        /// A draft waits for review.
        ToReview = "to_review", "待审核", "to review";
        /// A reply waits for signature.
        ToSign = "to_sign", "待签发", "to sign";
        /// A signed reply waits for service.
        ToServe = "to_serve", "待送达", "to serve";
        /// Something that was waited for has come.
        AnswerReceived = "answer_received", "收到回复", "answer received";
        /// A window of the applicant closed: find whether there is good reason.
        FindingNeeded = "finding_needed", "待认定", "finding needed";
        /// A day comes near.
        Due = "due", "到期提醒", "due";
        /// A day has passed.
        Overdue = "overdue", "逾期提醒", "overdue";
        /// A day has passed, told to those above the handler.
        Escalation = "escalation", "逾期督促", "escalation";
        /// The file of a proceeding was given to somebody.
        ProceedingAssigned = "proceeding_assigned", "复议诉讼案卷分派", "proceeding assigned";
        /// Something in the file of a proceeding comes near.
        ProceedingDue = "proceeding_due", "复议诉讼期限提醒", "due in a proceeding";
        /// Something in the file of a proceeding was missed.
        ProceedingOverdue = "proceeding_overdue", "复议诉讼逾期提醒", "overdue in a proceeding";
        /// A letter was registered; with the query code.
        EnquiryReceived = "enquiry_received", "来信登记告知", "letter registered";
        /// Something came of a letter: it was handed over, answered, closed, or goes on as an application.
        EnquiryNews = "enquiry_news", "来信办理告知", "news of a letter";
        /// An enquiry was given to somebody.
        EnquiryAssigned = "enquiry_assigned", "来信分办", "enquiry assigned";
        /// The answer to an enquiry comes near.
        EnquiryDue = "enquiry_due", "来信到期提醒", "enquiry due";
        /// The answer to an enquiry was missed.
        EnquiryOverdue = "enquiry_overdue", "来信逾期提醒", "enquiry overdue";
        /// Files of an agency need be kept no longer.
        RetentionDue = "retention_due", "保管期限届满", "files whose term is over";
        /// A step waits too long.
        Stalled = "stalled", "滞留提醒", "stalled";
        /// Somebody reminds of a case by hand.
        RemindedByHand = "reminded_by_hand", "催办提醒", "reminder by hand";
        /// A colleague is asked to contribute, or to remember it.
        ContributionAsked = "contribution_asked", "协办通知", "contribution asked";
        /// A colleague was named in a note.
        Mentioned = "mentioned", "备注提及", "mentioned";
        /// A mail about the case was refused, or given up.
        Undelivered = "undelivered", "通知未送达", "undelivered";
        /// The day's lines.
        Digest = "digest", "每日摘要", "digest";
        /// An overdue case is raised to supervision.
        Supervision = "supervision", "逾期上报", "supervision";
        /// A supervision order waits for the agency's answer.
        OrderIssued = "order_issued", "督办通知", "supervision order";
        /// A supervision order was answered.
        OrderAnswered = "order_answered", "督办已答复", "supervision order answered";
        /// A supervision order is over.
        OrderClosed = "order_closed", "督办结束", "supervision order over";
        /// The day of a supervision order comes near.
        OrderDue = "order_due", "督办到期提醒", "supervision order due";
        /// The day of a supervision order has passed.
        OrderOverdue = "order_overdue", "督办逾期提醒", "supervision order overdue";
        /// The scheduler was away.
        SchedulerLate = "scheduler_late", "调度延误", "scheduler late";
        /// A change of the calendar waits for a second person.
        CalendarProposed = "calendar_proposed", "日历变更待确认", "calendar change proposed";
        /// A change of the calendar is in force.
        CalendarConfirmed = "calendar_confirmed", "日历变更已确认", "calendar change confirmed";
        /// A seal was made: its slip, for whoever keeps it outside this system.
        SealSlip = "seal_slip", "封存单", "slip of a seal";
    }
}

/// Whom a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Who asks, or who acts for them.
    Applicant,
    /// Who was consulted.
    ThirdParty,
    /// Somebody who works on the case.
    Staff,
    /// Somebody who watches over it.
    Supervisor,
    /// Somebody who keeps the system.
    Administrator,
    /// Whoever keeps slips of seals outside this system; an address of the settings.
    Keeper,
}

impl Notice {
    /// Whom it is for.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            Self::Receipt
            | Self::Registered
            | Self::CorrectionAsked
            | Self::ExplanationAsked
            | Self::ThirdPartyConsulted
            | Self::Extended
            | Self::Delayed
            | Self::Fee
            | Self::ReplyReady
            | Self::Lapsed
            | Self::Reinstated
            | Self::Reopened
            | Self::Withdrawn
            | Self::MyApplications
            | Self::EnquiryReceived
            | Self::EnquiryNews
            | Self::DateMoved => Audience::Applicant,
            Self::OpinionAsked | Self::OverrideTold => Audience::ThirdParty,
            Self::Assigned
            | Self::Returned
            | Self::ToReview
            | Self::ToSign
            | Self::ToServe
            | Self::AnswerReceived
            | Self::FindingNeeded
            | Self::Due
            | Self::ProceedingAssigned
            | Self::ProceedingDue
            | Self::ProceedingOverdue
            | Self::EnquiryAssigned
            | Self::EnquiryDue
            | Self::EnquiryOverdue
            | Self::RetentionDue
            | Self::Overdue
            | Self::Escalation
            | Self::Stalled
            | Self::RemindedByHand
            | Self::ContributionAsked
            | Self::Mentioned
            | Self::Undelivered
            | Self::OrderIssued
            | Self::OrderClosed
            | Self::OrderDue
            | Self::OrderOverdue
            | Self::Digest => Audience::Staff,
            Self::Supervision | Self::OrderAnswered => Audience::Supervisor,
            Self::SchedulerLate | Self::CalendarProposed | Self::CalendarConfirmed => Audience::Administrator,
            Self::SealSlip => Audience::Keeper,
        }
    }

    /// Whether it is sent by itself unless its reader wants otherwise: only what calls for an act now. The rest waits for
    /// the day's digest.
    #[must_use]
    pub const fn at_once_by_default(self) -> bool {
        !matches!(
            self,
            Self::Due
                | Self::EnquiryDue
                | Self::Stalled
                | Self::Mentioned
                | Self::ToServe
                | Self::CalendarConfirmed
                | Self::OrderClosed
        )
    }

    /// Whether its reader may have none of it. What somebody answers for cannot be switched off, only gathered.
    #[must_use]
    pub const fn may_be_switched_off(self) -> bool {
        !matches!(
            self,
            Self::FindingNeeded
                | Self::Overdue
                | Self::EnquiryOverdue
                | Self::Escalation
                | Self::RemindedByHand
                | Self::Undelivered
                | Self::Digest
                | Self::Supervision
                | Self::OrderIssued
                | Self::OrderOverdue
                | Self::SchedulerLate
                | Self::CalendarProposed
        )
    }
}
