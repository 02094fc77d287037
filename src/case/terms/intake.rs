//! What an application says of itself, and what the first look at it finds.

use serde::{Deserialize, Serialize};

use super::{PersonRef, TextRef};
use crate::law::coded::coded;

coded! {
    /// What is applied for.
    pub enum Matter {
        /// Government information (art. 27).
        Disclosure = "disclosure", "申请公开政府信息", "disclosure of information";
        /// The correction of records about the applicant (art. 41): a kind of its own, not counted in table 三.
        RecordsCorrection = "records_correction", "申请更正本人信息", "correction of records about oneself";
    }
}

impl Default for Matter {
    /// What nearly every application is, and every entry written before there was a choice.
    fn default() -> Self {
        Self::Disclosure
    }
}

coded! {
    /// The document by which the applicant proves who he is (art. 29 ¶2 (1)).
    pub enum IdentityDocument {
        /// Resident identity card.
        ResidentCard = "resident_card", "居民身份证", "resident identity card";
        /// Passport.
        Passport = "passport", "护照", "passport";
        /// Permits of Hong Kong, Macao and Taiwan residents.
        Permit = "permit", "港澳台居民居住证、通行证", "permit of a Hong Kong, Macao or Taiwan resident";
        /// Unified social credit code certificate.
        CreditCode = "credit_code", "统一社会信用代码证照", "unified social credit code certificate";
        /// Another document.
        Other = "other", "其他证件", "another document";
    }
}

coded! {
    /// Help the applicant needs (art. 43).
    pub enum Assistance {
        /// Cannot read well: things are read out.
        Reading = "reading", "阅读困难，需要宣读", "reading aloud";
        /// Cannot see well: large print, or read out.
        Sight = "sight", "视力障碍，需要大字或者语音", "large print or speech";
        /// Cannot hear well: in writing or by sign language.
        Hearing = "hearing", "听力障碍，需要书面或者手语沟通", "writing or sign language";
        /// Cannot write: the office fills in the form (art. 29 ¶1).
        Writing = "writing", "书写困难，需要代为填写", "help with writing";
    }
}

coded! {
    /// Where letters of the case go: chosen once.
    pub enum Recipient {
        /// The applicant.
        Applicant = "applicant", "申请人", "the applicant";
        /// The agent.
        Agent = "agent", "代理人", "the agent";
    }
}

impl Default for Recipient {
    /// Nobody else, unless an agent is named.
    fn default() -> Self {
        Self::Applicant
    }
}

/// Somebody who applies in the applicant's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// Who.
    pub person: PersonRef,
    /// The power of attorney (授权委托书): what it covers and how it was seen; none while it is still missing.
    pub authority: Option<TextRef>,
}

coded! {
    /// How two cases belong together.
    pub enum LinkKind {
        /// The same application sent twice.
        Duplicate = "duplicate", "重复提交", "duplicate";
        /// Asks on from the other's answer.
        FollowUp = "follow_up", "后续申请", "follow-up";
        /// About the same facts.
        SameFacts = "same_facts", "同一事实", "same facts";
    }
}

coded! {
    /// What an enquiry is to an application (art. 39).
    pub enum EnquiryTie {
        /// What was written as a letter was in truth this application.
        CameFrom = "came_from", "由来信转来", "came from an enquiry";
        /// What was applied for here was in truth a question or a petition, and goes on as that enquiry.
        WentOn = "went_on", "另作来信办理", "went on as an enquiry";
    }
}

coded! {
    /// The seven questions of the first look (形式审查), in the order in which they are asked.
    pub enum ExaminationStep {
        /// Is something to be corrected (art. 30)?
        Correction = "correction", "补不补：是否需要补正", "does it need a correction?";
        /// Is it a request for government information (arts 2, 39)?
        Request = "request", "是不是：是否属于政府信息公开申请", "is it such a request?";
        /// Is it this agency's to answer (art. 10)?
        Responsible = "responsible", "谁负责：是否由本机关负责公开", "is it this agency's?";
        /// Is it held (art. 36 item 4)?
        Held = "held", "有没有：是否制作、保存", "is it held?";
        /// May it be given (arts 13–16)?
        Disclosable = "disclosable", "给不给：是否可以公开", "may it be given?";
        /// Can it be given as asked (art. 40)?
        Manner = "manner", "怎么给：能否按要求的形式提供", "can it be given as asked?";
        /// Can it be answered at once (art. 33 ¶1)?
        Reply = "reply", "怎么答：能否当场答复", "can it be answered at once?";
    }
}

coded! {
    /// The answer to one of them.
    pub enum ExaminationAnswer {
        /// Yes.
        Yes = "yes", "是", "yes";
        /// No.
        No = "no", "否", "no";
        /// To be looked into.
        Open = "open", "待查", "open";
    }
}

/// One question of the first look, answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examined {
    /// The question.
    pub step: ExaminationStep,
    /// The answer.
    pub answer: ExaminationAnswer,
}
