//! The legality gate (合法性核对): what must stand in the file before a reply is signed, and again before it is served.
//!
//! Each check names its article. Green: it is in order, or does not concern this reply. Amber: lawful only with a reason,
//! which somebody gives by a code and in words (`answer_check`); the journal holds the code and the digest. Red: no reason
//! helps, the thing itself must be done. Whoever cannot make a check green takes the reply back to the desk.

mod decision;
mod others;
mod paths;

use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::{Case, Draft};
use crate::case::terms::ServiceWay;
use crate::law::article::{Article, Instrument};
use crate::law::coded::coded;
use crate::law::house;

coded! {
    /// One check of the gate.
    pub enum CheckCode {
        /// Each part withheld has its ground and its reason (arts 36 item 3, 37).
        WithheldParts = "withheld_parts", "不予公开部分逐项说明依据和理由", "ground and reason for each part withheld";
        /// What such a reply must state is stated (arts 36–39).
        Statements = "statements", "答复应当载明的内容齐备", "everything such a reply must state";
        /// Separation was considered before all was withheld (art. 37).
        Separability = "separability", "已考虑区分处理", "separation was considered";
        /// A search is on record before "does not exist" (art. 36 item 4).
        SearchRecord = "search_record", "有检索记录", "a search is on record";
        /// The right agency is named where it can be determined (art. 36 item 5).
        RightAgency = "right_agency", "告知负责公开的机关", "the right agency is named";
        /// The repeated reply is the applicant's own and is named (art. 36 item 6).
        EarlierReply = "earlier_reply", "重复申请对应的此前答复", "the earlier reply that is repeated";
        /// Reasons were asked for and found unreasonable before "excessive" (art. 35).
        Explanation = "explanation", "说明理由程序已经完成", "the explanation is decided on";
        /// What third parties said is weighed and followed (arts 15, 32).
        ThirdParty = "third_party", "第三方意见已经认定并一致", "third parties: weighed and followed";
        /// Who is overridden was told in writing (art. 32).
        ThirdPartyTold = "third_party_told", "已书面告知不采纳其意见的第三方", "overridden third parties were told";
        /// The waiting period after that has passed (house rule 21).
        WaitingPeriod = "waiting_period", "告知第三方后的等待期已满", "the waiting period has passed";
        /// Co-makers agree, or were heard (art. 34).
        CoMaker = "co_maker", "共同制作机关意见已处理", "co-makers were heard";
        /// The applicant was told of consultations (house rule 22).
        ApplicantTold = "applicant_told", "征求意见已告知申请人", "the applicant knows of the consultation";
        /// The extension was notified in time (art. 33 ¶2).
        Extension = "extension", "延期在期限内告知", "the extension was notified in time";
        /// The fee is paid or waived (国办函〔2020〕109号 art. 6).
        Fee = "fee", "信息处理费已了结", "the fee is closed";
        /// What goes out was cleared for secrecy (art. 17).
        Secrecy = "secrecy", "保密审查结论与答复一致", "the secrecy review agrees";
        /// No number or address of a person goes out unseen (art. 15).
        PersonalData = "personal_data", "答复中没有未经考虑的个人信息", "no personal data unseen in the reply";
        /// The steps of approval are those of such a case (art. 17).
        ApprovalWay = "approval_way", "审批环节与敏感程度一致", "the way of approval fits the case";
        /// Who acts for the applicant has shown that they may.
        Authority = "authority", "代理人有授权委托书", "the agent's power of attorney";
        /// Units that were asked have answered.
        CoWork = "co_work", "协办事项已办结", "units that were asked have answered";
        /// The remedy paragraph is that of this kind of reply (行政复议法 art. 23 ¶2).
        RemedyPath = "remedy_path", "救济途径与答复类型一致", "the remedy fits the kind of reply";
        /// It names the body of arts 24 to 28.
        RemedyBody = "remedy_body", "复议机关正确", "the reconsideration body is the right one";
        /// A reply served on line names a channel on line (行政复议法 art. 22 ¶2).
        RemedyOnline = "remedy_online", "网上送达的同时提供网上复议渠道", "an on-line channel for what is served on line";
    }
}

impl CheckCode {
    /// Where it stands in the law.
    #[must_use]
    pub const fn article(self) -> Article {
        const LAW: Instrument = Instrument::ReconsiderationLaw;
        match self {
            Self::WithheldParts | Self::Separability => Article::regulation(37),
            Self::Statements => Article::regulation(36),
            Self::SearchRecord => Article::regulation(36).item(4),
            Self::RightAgency => Article::regulation(36).item(5),
            Self::EarlierReply => Article::regulation(36).item(6),
            Self::Explanation => Article::regulation(35),
            Self::ThirdParty | Self::ThirdPartyTold => Article::regulation(32),
            Self::WaitingPeriod => house::OVERRIDE_WAITING,
            Self::CoMaker => Article::regulation(34),
            Self::ApplicantTold => house::APPLICANT_TOLD,
            Self::Extension => Article::regulation(33).paragraph(2),
            Self::Fee => Article::new(Instrument::FeeMeasures, 6),
            Self::PersonalData => Article::regulation(15),
            Self::Secrecy | Self::ApprovalWay => Article::regulation(17),
            Self::Authority => Article::regulation(29),
            Self::CoWork => Article::regulation(45),
            Self::RemedyPath => Article::new(LAW, 23).paragraph(2),
            Self::RemedyBody => Article::new(LAW, 24),
            Self::RemedyOnline => Article::new(LAW, 22).paragraph(2),
        }
    }
}

coded! {
    /// How a check stands.
    pub enum Level {
        /// In order.
        Green = "green", "通过", "in order";
        /// Lawful with a reason.
        Amber = "amber", "需说明理由", "needs a reason";
        /// Not lawful as it stands.
        Red = "red", "不通过", "stands in the way";
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub code: CheckCode,
    /// How it stands. An amber check that was answered stays amber and no longer stands in the way.
    pub level: Level,
    /// Whether it was answered for this draft.
    pub answered: bool,
    /// What is missing, in Chinese; empty if green.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

impl Check {
    /// Whether it stands in the way.
    #[must_use]
    pub const fn bars(&self) -> bool {
        match self.level {
            Level::Green => false,
            Level::Amber => !self.answered,
            Level::Red => true,
        }
    }
}

/// At which door the gate is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Before signature.
    Signature,
    /// Before service by that way.
    Service(ServiceWay),
}

/// What a check says of a draft: its level, and what is missing.
type Verdict = (Level, &'static str, &'static str);

/// Nothing is missing.
const GREEN: Verdict = (Level::Green, "", "");

const fn amber(zh: &'static str, en: &'static str) -> Verdict {
    (Level::Amber, zh, en)
}

const fn red(zh: &'static str, en: &'static str) -> Verdict {
    (Level::Red, zh, en)
}

/// Every check at that door, in their order; none without a draft.
#[must_use]
pub fn checks(case: &Case, door: Door, at: &Moment<'_>) -> Vec<Check> {
    let Some(draft) = &case.draft else { return Vec::new() };
    CheckCode::ALL
        .iter()
        .map(|code| {
            let (level, zh, en) = verdict(*code, case, draft, door, at);
            let answered = draft.answers.iter().any(|answer| answer.check == *code);
            Check { code: *code, level, answered, zh, en }
        })
        .collect()
}

fn verdict(code: CheckCode, case: &Case, draft: &Draft, door: Door, at: &Moment<'_>) -> Verdict {
    match code {
        CheckCode::WithheldParts => decision::withheld_parts(draft),
        CheckCode::Statements => decision::statements(draft),
        CheckCode::Separability => decision::separability(draft),
        CheckCode::SearchRecord => decision::search_record(case, draft),
        CheckCode::RightAgency => decision::right_agency(draft),
        CheckCode::EarlierReply => decision::earlier_reply(draft),
        CheckCode::Explanation => paths::explanation(case, draft),
        CheckCode::ThirdParty => others::third_party(case, draft),
        CheckCode::ThirdPartyTold => others::third_party_told(case, draft),
        CheckCode::WaitingPeriod => others::waiting_period(case, draft, door, at),
        CheckCode::CoMaker => others::co_maker(case, draft),
        CheckCode::ApplicantTold => others::applicant_told(case),
        CheckCode::Extension => paths::extension(case, at),
        CheckCode::Fee => paths::fee_closed(case),
        CheckCode::Secrecy => paths::secrecy(draft),
        CheckCode::PersonalData => decision::personal_data(draft),
        CheckCode::ApprovalWay => paths::approval_way(case, draft),
        CheckCode::Authority => paths::authority(case),
        CheckCode::CoWork => paths::co_work(case),
        CheckCode::RemedyPath => paths::remedy_path(draft),
        CheckCode::RemedyBody => paths::remedy_body(draft, at),
        CheckCode::RemedyOnline => paths::remedy_online(draft, door, at),
    }
}

/// Whether the reply may pass that door.
///
/// # Errors
/// [`Refusal::GateClosed`], naming every check in the way.
pub fn pass(case: &Case, door: Door, at: &Moment<'_>) -> Result<(), Refusal> {
    let barring: Vec<_> = checks(case, door, at).iter().filter(|check| check.bars()).map(|check| check.code).collect();
    if barring.is_empty() { Ok(()) } else { Err(Refusal::GateClosed { checks: barring }) }
}
