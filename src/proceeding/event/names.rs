//! The names of events: the stable one under which each is stored, and the two for a time line. One table, so that none is
//! forgotten.

use super::Event;

/// `Variant = "stored name", "中文", "English";` a line.
macro_rules! named {
    ($($variant:ident = $kind:literal, $zh:literal, $en:literal;)+) => {
        impl Event {
            /// The stable names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];

            /// The stable name under which it is stored.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $kind),+ }
            }

            /// The Chinese name for a time line.
            #[must_use]
            pub const fn zh(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $zh),+ }
            }

            /// The English name for a time line.
            #[must_use]
            pub const fn en(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $en),+ }
            }
        }
    };
}

named! {
    Opened = "opened", "立卷", "file opened";
    Imported = "imported", "由台账导入", "brought in from a ledger";
    Assigned = "assigned", "分派", "assigned";
    CorrectionAsked = "correction_asked", "要求申请人补正", "correction asked for by the authority";
    Corrected = "corrected", "申请人已补正", "application corrected";
    Accepted = "accepted", "受理或者立案", "accepted";
    CopyReceived = "copy_received", "收到副本", "copy received";
    ProcedureSwitched = "procedure_switched", "程序转换", "procedure switched";
    AnswerMoved = "answer_moved", "调整答复期限", "day of the answer moved";
    EvidenceListed = "evidence_listed", "列入证据目录", "evidence listed";
    EvidenceRemoved = "evidence_removed", "移出证据目录", "evidence taken off the list";
    PaperIssued = "paper_issued", "制发文书", "paper issued";
    Answered = "answered", "提交答复或者答辩", "answer handed in";
    HearingFixed = "hearing_fixed", "确定听证或者开庭日期", "hearing fixed";
    HearingMoved = "hearing_moved", "听证或者开庭改期", "hearing moved";
    HearingHeld = "hearing_held", "举行听证或者开庭", "hearing held";
    HearingDropped = "hearing_dropped", "取消听证或者开庭", "hearing dropped";
    MediationRecorded = "mediation_recorded", "调解、和解", "mediation recorded";
    Suspended = "suspended", "中止", "suspended";
    Resumed = "resumed", "恢复审理", "resumed";
    DecisionExtended = "decision_extended", "延长审理期限", "time for the decision extended";
    Decided = "decided", "收到决定或者裁判", "decision received";
    TookEffect = "took_effect", "裁判生效", "judgment took effect";
    OpinionReceived = "opinion_received", "收到行政复议意见书", "opinion received";
    OpinionReported = "opinion_reported", "报送意见书落实情况", "reported on the opinion";
    Performed = "performed", "履行", "performed";
    Appealed = "appealed", "上诉", "appealed";
    RetrialOrdered = "retrial_ordered", "再审", "retrial ordered";
    Withdrawn = "withdrawn", "撤回", "withdrawn";
    Closed = "closed", "销卷", "closed without an outcome";
    FileAttached = "file_attached", "添加材料", "file attached";
    Linked = "linked", "关联案件", "case linked";
    Noted = "noted", "备注", "note";
    DateCorrected = "date_corrected", "更正日期", "date corrected";
    Annulled = "annulled", "撤销误记的步骤", "step annulled";
    WentOverdue = "went_overdue", "逾期", "went overdue";
    DueMoved = "due_moved", "因日历变动调整到期日", "due date moved by a calendar change";
}

impl Event {
    /// Whether it is a step of somebody's, as against what the calendar raised, what sets the record right, and a letter, whose
    /// number is given.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        !matches!(
            self,
            Self::WentOverdue { .. } | Self::DueMoved { .. } | Self::Annulled { .. } | Self::PaperIssued { .. }
        )
    }

    /// Whether a mistaken record of it can be annulled. A file opened by mistake is closed instead.
    #[must_use]
    pub const fn can_be_annulled(&self) -> bool {
        self.is_step() && !matches!(self, Self::Opened(_) | Self::Imported(_))
    }
}
