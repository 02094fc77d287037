//! The small vocabularies of a proceeding.

use serde::{Deserialize, Serialize};

use crate::ids::ProceedingId;
use crate::law::coded::coded;
use crate::law::judgment::Forum;
use crate::law::letter::LetterKind;

coded! {
    /// What kind of proceeding it is.
    pub enum ProceedingKind {
        /// Administrative reconsideration (行政复议法).
        Reconsideration = "reconsideration", "行政复议", "reconsideration";
        /// A suit before a court (行政诉讼法).
        Litigation = "litigation", "行政诉讼", "litigation";
        /// A complaint or report to the supervising authority or the superior agency (Regulation arts 47 ¶2, 51).
        Complaint = "complaint", "投诉举报", "complaint";
        /// Supervision by inspection, at the authority's own motion (Regulation arts 46, 47 ¶1).
        Inspection = "inspection", "监督检查", "inspection";
    }
}

impl ProceedingKind {
    /// Who decides in it.
    #[must_use]
    pub const fn forum(self) -> Forum {
        match self {
            Self::Reconsideration => Forum::Reconsideration,
            Self::Litigation => Forum::Court,
            Self::Complaint | Self::Inspection => Forum::Supervision,
        }
    }

    /// Whether the supervising authority sets the day of the answer, since no law does.
    #[must_use]
    pub const fn answer_day_is_set(self) -> bool {
        matches!(self, Self::Complaint | Self::Inspection)
    }
}

/// How a suit came about: table 四 has a row for each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case", deny_unknown_fields)]
pub enum Route {
    /// Without reconsideration.
    Direct,
    /// After reconsideration; its file where there is one here.
    AfterReconsideration {
        /// That file.
        proceeding: Option<ProceedingId>,
    },
}

coded! {
    /// The place of a round in its file.
    pub enum Level {
        /// The only round of a reconsideration, a complaint or an inspection.
        Sole = "sole", "本程序", "sole";
        /// First instance (一审), also after a remand.
        First = "first", "一审", "first instance";
        /// Second instance (二审).
        Second = "second", "二审", "second instance";
        /// Retrial (再审).
        Retrial = "retrial", "再审", "retrial";
    }
}

coded! {
    /// The procedure in which it is heard.
    pub enum Procedure {
        /// Simplified: for disclosure cases that are clear and of little dispute (行政复议法 art. 53 item 4; 行政诉讼法 art. 82).
        Simplified = "simplified", "简易程序", "simplified";
        /// Ordinary.
        Ordinary = "ordinary", "普通程序", "ordinary";
    }
}

coded! {
    /// What is challenged.
    pub enum Challenged {
        /// A reply, or what it withholds.
        Reply = "reply", "答复", "a reply";
        /// That there was no reply.
        Inaction = "inaction", "未答复", "no reply";
        /// That the reply was late.
        Delay = "delay", "逾期答复", "a late reply";
        /// A decision not to go on: correction or fee lapsed.
        Lapse = "lapse", "不再处理", "a lapse";
        /// A fee.
        Fee = "fee", "收费", "a fee";
        /// A notice on the way: correction or extension. Not reviewable on its own (国办函〔2021〕132号 art. 3).
        Notice = "notice", "程序性告知", "a notice on the way";
        /// Disclosure that harms the one who complains.
        Disclosure = "disclosure", "公开侵害其权益", "a disclosure";
        /// That something was not published.
        Publication = "publication", "未主动公开", "something not published";
        /// What was done about a record concerning oneself (art. 41).
        RecordsCorrection = "records_correction", "更正信息的处理", "the handling of a record";
    }
}

impl Challenged {
    /// Whether it is a letter with a number.
    #[must_use]
    pub const fn is_a_letter(self) -> bool {
        matches!(self, Self::Reply | Self::Delay | Self::Lapse | Self::Fee | Self::Notice | Self::RecordsCorrection)
    }
}

coded! {
    /// Who began it.
    pub enum Claimant {
        /// Whoever asked for the information.
        Applicant = "applicant", "申请人", "the applicant";
        /// A third party whose interests the reply touches.
        ThirdParty = "third_party", "第三方", "a third party";
        /// The authority itself.
        Authority = "authority", "监督机关", "the authority";
        /// Somebody else.
        Other = "other", "其他人", "somebody else";
    }
}

coded! {
    /// Who carries a suit further.
    pub enum Appellant {
        /// The plaintiff.
        Plaintiff = "plaintiff", "原告", "the plaintiff";
        /// This agency.
        Agency = "agency", "本机关", "this agency";
        /// Another party: co-defendant or third party.
        Other = "other", "其他当事人", "another party";
    }
}

coded! {
    /// What has a suit retried (行政诉讼法 arts 90–93).
    pub enum RetrialCause {
        /// A party applied for it (arts 90, 91).
        Application = "application", "当事人申请再审", "a party's application";
        /// The court's own motion (art. 92).
        Court = "court", "人民法院决定再审", "the court's own motion";
        /// The procuratorate protested or suggested it (art. 93).
        Procuratorate = "procuratorate", "检察院抗诉或者建议", "the procuratorate";
    }
}

coded! {
    /// What people are called together for.
    pub enum HearingKind {
        /// A hearing before the reconsideration body (行政复议法 art. 50).
        Hearing = "hearing", "听证", "hearing";
        /// The parties' views are heard (行政复议法 art. 49).
        Views = "views", "听取意见", "views heard";
        /// A session of the court (行政诉讼法 art. 86; 行政诉讼法解释 art. 71).
        Session = "session", "开庭", "court session";
        /// Evidence is exchanged (行政诉讼法解释 art. 38).
        Evidence = "evidence", "证据交换", "exchange of evidence";
        /// A visit or an interview of the supervising authority.
        Visit = "visit", "检查或者约谈", "visit or interview";
    }
}

coded! {
    /// Why it stands still.
    pub enum SuspensionGround {
        /// It waits for another case (行政复议法 art. 39 item 8; 行政诉讼法解释 art. 87).
        OtherCase = "other_case", "以其他案件结果为依据", "waits for another case";
        /// A question of law is before the body that can answer it (art. 39 item 7).
        QuestionOfLaw = "question_of_law", "等待法律适用解释", "a question of law is asked";
        /// A normative document is under review (arts 39 item 9, 56, 57).
        DocumentReview = "document_review", "规范性文件审查", "a normative document is reviewed";
        /// The parties talk, and agree to wait (art. 39 item 6).
        Mediation = "mediation", "调解、和解", "the parties talk";
        /// The applicant died, lost capacity, cannot be found, or was dissolved (art. 39 items 1 to 4).
        Applicant = "applicant", "申请人死亡、终止等", "the applicant can take no part";
        /// Force majeure or another good reason (art. 39 items 5 and 10).
        Other = "other", "其他正当理由", "another good reason";
    }
}

coded! {
    /// What an item of the evidence list is: the usual papers of a disclosure case, so that one sees which is missing.
    pub enum EvidenceKind {
        /// The application, with what shows when it was received.
        Application = "application", "申请及收到凭证", "application and receipt";
        /// Letters on the way: correction, extension, explanation, fee.
        Correspondence = "correspondence", "补正、延期等往来文书", "letters on the way";
        /// Consultations of third parties and other agencies.
        Consultation = "consultation", "征求意见材料", "consultations";
        /// The record of the search.
        Search = "search", "检索记录", "search record";
        /// Review, secrecy review and signature.
        Approval = "approval", "审批及保密审查材料", "approval and secrecy review";
        /// The reply, with the proof of its service.
        Reply = "reply", "答复及送达凭证", "reply and proof of service";
        /// The law and other rules it rests on (行政复议法 art. 48: 依据; 行政诉讼法 art. 67: 规范性文件).
        Basis = "basis", "法律依据", "legal basis";
        /// Anything else.
        Other = "other", "其他证据", "other";
    }
}

coded! {
    /// What the agency writes in a proceeding.
    pub enum PaperKind {
        /// The answer, or the defence in court.
        Answer = "answer", "答复书或者答辩状", "answer or defence";
        /// The catalogue of what goes in with it.
        EvidenceCatalogue = "evidence_catalogue", "证据目录", "evidence catalogue";
    }
}

impl PaperKind {
    /// The letter that it is in such a proceeding. Where the supervising authority asks, its own letter says what it wants: none.
    #[must_use]
    pub const fn letter(self, kind: ProceedingKind) -> Option<LetterKind> {
        match (kind, self) {
            (ProceedingKind::Complaint | ProceedingKind::Inspection, _) => None,
            (_, Self::EvidenceCatalogue) => Some(LetterKind::EvidenceCatalogue),
            (ProceedingKind::Reconsideration, Self::Answer) => Some(LetterKind::ReconsiderationAnswer),
            (ProceedingKind::Litigation, Self::Answer) => Some(LetterKind::Defence),
        }
    }
}

coded! {
    /// Why a file is closed without an outcome of its own.
    pub enum CloseReason {
        /// It was opened by mistake.
        Mistaken = "mistaken", "误立", "opened by mistake";
        /// It is heard together with another, in that one's file.
        Merged = "merged", "并入其他案件", "merged into another";
        /// Later events have overtaken what it was about.
        Overtaken = "overtaken", "已无继续必要", "overtaken by events";
    }
}

coded! {
    /// A recorded day that can be set right.
    pub enum DateKind {
        /// When the application or complaint reached the authority.
        Submitted = "submitted", "提出申请或者起诉之日", "submission";
        /// When the authority accepted it.
        Accepted = "accepted", "受理或者立案之日", "acceptance";
        /// When the agency received the copy.
        CopyReceived = "copy_received", "收到副本之日", "receipt of the copy";
        /// When the agency answered.
        Answered = "answered", "提交答复或者答辩之日", "answer";
        /// When the decision was made.
        DecisionMade = "decision_made", "决定或者裁判作出之日", "making of the decision";
        /// When the agency received it.
        DecisionReceived = "decision_received", "收到决定或者裁判之日", "receipt of the decision";
    }
}
