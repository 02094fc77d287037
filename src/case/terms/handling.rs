//! What happens on the desk: searches, units that help, fees that are waived, checks that are answered.

use crate::law::coded::coded;

coded! {
    /// What a search found.
    pub enum SearchFinding {
        /// Nothing that answers the request.
        Nothing = "nothing", "未检索到", "nothing found";
        /// Something that does, or may.
        Something = "something", "检索到", "something found";
    }
}

coded! {
    /// Why somebody else works on a case beside its handler. The reply clock runs on.
    pub enum CoWorkKind {
        /// A unit of the agency contributes (协办).
        Unit = "unit", "协办", "co-working unit";
        /// Whether something is secret is referred to the competent department (art. 17 ¶3).
        SecrecyReferral = "secrecy_referral", "保密事项提请确定", "secrecy referral";
    }
}

coded! {
    /// Why a fee is waived.
    pub enum WaiverReason {
        /// The applicant lives on minimum allowance, is a veteran's family, disabled or the like.
        Hardship = "hardship", "申请人经济困难", "hardship";
        /// The information concerns the applicant's own life and means.
        OwnAffairs = "own_affairs", "申请内容与本人生产生活直接相关", "the applicant's own affairs";
        /// What is asked for serves the public.
        PublicInterest = "public_interest", "申请内容涉及公共利益", "public interest";
        /// The number comes from the agency's own advice, such as to ask matter by matter.
        AgencyCaused = "agency_caused", "因本机关要求分项申请等原因形成", "caused by the agency's own advice";
        /// Another reason, in the text.
        Other = "other", "其他", "another reason";
    }
}

coded! {
    /// Why a reply may go out although a check is amber.
    pub enum CheckReason {
        /// It has been looked at and does not apply here.
        NotApplicable = "not_applicable", "经核实不适用", "does not apply here";
        /// It was done outside this system; the file holds the proof.
        DoneElsewhere = "done_elsewhere", "已在系统外办理，材料在卷", "done elsewhere, the proof is in the file";
        /// It cannot be done: nobody can be found, nothing can be determined.
        Impossible = "impossible", "客观上无法办理", "cannot be done";
        /// The head of the office has decided so.
        Decided = "decided", "经负责人研究决定", "decided by the head of the office";
    }
}
