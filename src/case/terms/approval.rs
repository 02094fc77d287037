//! What a draft says beyond its letter, and what those who approve it record.

use serde::{Deserialize, Serialize};

use super::TextRef;
use crate::law::coded::coded;
use crate::law::outcome::{Outcome, Statement};

coded! {
    /// A step of approval from which a draft can be sent back.
    pub enum ApprovalStep {
        /// Review (审核).
        Review = "review", "审核", "review";
        /// Legal review (法制审核).
        LegalReview = "legal_review", "法制审核", "legal review";
        /// Secrecy review (保密审查).
        SecrecyReview = "secrecy_review", "保密审查", "secrecy review";
        /// Signature (签发).
        Signature = "signature", "签发", "signature";
    }
}

/// Something the law has a reply state (arts 36–39), in the words of this reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// What.
    pub statement: Statement,
    /// The words.
    pub text: TextRef,
}

coded! {
    /// What a withheld part is a part of.
    pub enum PartKind {
        /// Some of several records.
        Records = "records", "部分文件", "some of the records";
        /// Passages within a record.
        Passages = "passages", "文件中的部分内容", "passages within a record";
    }
}

/// A part that is withheld, with its ground and the reason for it (art. 37).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithheldPart {
    /// On which ground.
    pub ground: Outcome,
    /// What kind of part.
    pub kind: PartKind,
    /// Which part it is.
    pub part: TextRef,
    /// Why it is withheld.
    pub reason: TextRef,
}

coded! {
    /// Whether what may be given can be separated from what may not (art. 37).
    pub enum SeparabilityFinding {
        /// It can: a part is given.
        Separable = "separable", "可以区分处理", "separable";
        /// It cannot.
        Inseparable = "inseparable", "不能区分处理", "not separable";
        /// Nothing of it may be given.
        WhollyWithheld = "wholly_withheld", "全部内容均不予公开", "all of it is withheld";
    }
}

/// That separation was considered, with what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Separability {
    /// What was found.
    pub finding: SeparabilityFinding,
    /// Why.
    pub reason: TextRef,
}

coded! {
    /// The questions of a secrecy review (art. 17; 保守国家秘密法 art. 35).
    pub enum SecrecyItem {
        /// A state secret, or something from which one could be concluded.
        StateSecret = "state_secret", "是否涉及国家秘密", "a state secret";
        /// A work secret of the agency.
        WorkSecret = "work_secret", "是否涉及工作秘密", "a work secret";
        /// A trade secret.
        TradeSecret = "trade_secret", "是否涉及商业秘密", "a trade secret";
        /// Privacy or personal information.
        Privacy = "privacy", "是否涉及个人隐私、个人信息", "privacy or personal information";
        /// Security and stability.
        Security = "security", "是否危及国家安全、公共安全、经济安全、社会稳定", "security and stability";
        /// Something another law forbids to disclose.
        ForbiddenByLaw = "forbidden_by_law", "是否属于法律、行政法规禁止公开", "forbidden by another law";
    }
}

coded! {
    /// What a secrecy review ends with.
    pub enum SecrecyResult {
        /// It may go out.
        Disclosable = "disclosable", "可以公开", "may be disclosed";
        /// It may go out without the parts named.
        PartlyDisclosable = "partly_disclosable", "删除有关内容后可以公开", "may be disclosed in part";
        /// It must not go out.
        NotDisclosable = "not_disclosable", "不得公开", "must not be disclosed";
    }
}

/// The record of a secrecy review: nothing is disclosed without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecrecyRecord {
    /// The questions answered with yes; every other one is answered with no.
    pub found: Vec<SecrecyItem>,
    /// What the answers rest on.
    pub basis: TextRef,
    /// The result.
    pub result: SecrecyResult,
}
