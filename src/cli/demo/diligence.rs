//! What an office does before a reply so that the legality gate lets it pass: searches on record, third parties weighed, the
//! applicant told, the particulars of a reply stated. The stories tell what is particular; this is what every one of them has.

use crate::case::terms::{
    ConsultedParty, Opinion, PartKind, SearchFinding, SecrecyItem, SecrecyResult, SeparabilityFinding,
};
use crate::law::outcome::{self, Outcome, OutcomeGroup, Statement};
use crate::law::third_party::ThirdPartyFinding;
use crate::office::reply::{PartInput, SecrecyInput, SeparabilityInput, StatementInput};
use crate::office::search_record::SearchInput;
use crate::office::third_party::{LetterSent, Weighing};
use crate::office::views::{CaseView, ConsultationView, DraftView};

/// What such a reply states besides its letter.
pub fn statements(outcome: Outcome) -> Vec<StatementInput> {
    let rule = outcome::rule(outcome);
    let named = [Statement::RightAgency, Statement::ProperChannel];
    let may = rule.may_state.iter().filter(|one| named.contains(one));
    rule.must_state
        .iter()
        .chain(may)
        .filter(|one| !(**one == Statement::Reason && outcome == Outcome::PartlyGranted))
        .map(|one| StatementInput { statement: *one, text: words(*one).to_owned() })
        .collect()
}

const fn words(statement: Statement) -> &'static str {
    match statement {
        Statement::HowToObtain => "详见答复书正文所附材料及所列网址、地点，自收到答复之日起即可获取。",
        Statement::Reason => "见答复书正文。",
        Statement::SearchMade => "经对档案系统、公文系统及有关科室留存文件进行检索，未检索到所申请的信息。",
        Statement::RightAgency => "负责公开的机关名称和联系方式见答复书正文。",
        Statement::GoverningLaw => "适用的法律、行政法规见答复书正文。",
        Statement::WhatIsUnclear => "补正后仍未指明能够检索到具体文件的名称、文号或者其他特征。",
        Statement::ProperChannel => "可以通过答复书正文所列渠道提出。",
        Statement::EarlierReply => "此前的答复及其日期见答复书正文。",
        Statement::NoticeUnheeded => "原告知书及其期限见答复书正文。",
    }
}

/// The parts that a partial reply withholds.
pub fn parts(withheld: &[Outcome]) -> Vec<PartInput> {
    let part = |ground: &Outcome| PartInput {
        ground: *ground,
        kind: PartKind::Passages,
        part: "答复书正文所列不予公开的内容".to_owned(),
        reason: "见答复书正文所述理由。".to_owned(),
    };
    withheld.iter().map(part).collect()
}

/// That separation was considered, where all is withheld.
pub fn separability(outcome: Outcome) -> Option<SeparabilityInput> {
    (outcome::rule(outcome).group == OutcomeGroup::Refused).then(|| SeparabilityInput {
        finding: SeparabilityFinding::Inseparable,
        reason: "不予公开的内容与其他内容相互关联，不能区分处理。".to_owned(),
    })
}

/// The search behind "does not exist".
pub fn search(case: &CaseView) -> SearchInput {
    SearchInput {
        searched_by: "市档案馆查阅利用科、承办科室".to_owned(),
        place: "电子档案系统、公文管理系统、承办科室文件柜".to_owned(),
        words: case.subject.clone().unwrap_or_default(),
        period_from: None,
        period_to: None,
        found: SearchFinding::Nothing,
        result: "未检索到与申请内容相符的文件。".to_owned(),
        on: None,
    }
}

/// The finding about a third party that fits a reply which discloses, or does not.
pub fn weighing(one: &ConsultationView, withholds: bool) -> Option<Weighing> {
    if one.party.code != ConsultedParty::ThirdParty.as_str() || one.finding.is_some() {
        return None;
    }
    let said = one.opinion.as_ref().map(|term| term.code);
    let (finding, text) = match said {
        Some(code) if code == Opinion::Consents.as_str() => return None,
        Some(code) if code == Opinion::Objects.as_str() && withholds => {
            (ThirdPartyFinding::ObjectionReasonable, "所述内容属于商业秘密或者个人隐私，理由成立。")
        }
        Some(code) if code == Opinion::Objects.as_str() => {
            (ThirdPartyFinding::ObjectionUnreasonable, "所述内容已在公开渠道披露，理由不成立。")
        }
        _ if withholds => (ThirdPartyFinding::SilentHarm, "逾期未答复；经审查，公开会损害其合法权益。"),
        _ => (ThirdPartyFinding::SilentNoHarm, "逾期未答复；经审查，公开不损害其合法权益。"),
    };
    Some(Weighing { finding, text: text.to_owned() })
}

/// The letter to a third party whose objection is not followed.
pub fn told() -> LetterSent {
    LetterSent {
        letter: "公开内容：申请所涉信息的全文，其中银行账号和个人联系方式予以遮盖。理由：所涉内容不属于商业秘密。"
            .to_owned(),
        sent_on: None,
    }
}

/// The letter that tells the applicant of a consultation.
pub fn consultation_told() -> LetterSent {
    LetterSent { letter: "您申请公开的信息涉及第三方或者其他机关。".to_owned(), sent_on: None }
}

/// The record of a secrecy review that agrees with what the draft decides.
pub fn secrecy(draft: Option<&DraftView>) -> SecrecyInput {
    let outcome = draft.map(|draft| draft.outcome.code);
    let (found, result) = match outcome {
        Some(code) if code == Outcome::RefusedStateSecret.as_str() => {
            (vec![SecrecyItem::StateSecret], SecrecyResult::NotDisclosable)
        }
        Some(code) if code == Outcome::PartlyGranted.as_str() => {
            (vec![SecrecyItem::Privacy], SecrecyResult::PartlyDisclosable)
        }
        _ => (Vec::new(), SecrecyResult::Disclosable),
    };
    SecrecyInput {
        found, basis: "对照保密法律法规和本机关定密事项一览表逐项审查。".to_owned(), result
    }
}
