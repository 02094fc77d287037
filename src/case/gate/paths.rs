//! Is the way there in order: explanation, extension, fee, secrecy review, units; and is the way on: the remedies.

use super::{Door, GREEN, Verdict, amber, red};
use crate::case::clocks;
use crate::case::flow;
use crate::case::moment::Moment;
use crate::case::state::{Case, Draft};
use crate::case::terms::{SecrecyItem, SecrecyResult, ServiceWay};
use crate::law::fee;
use crate::law::outcome::{self, Outcome};
use crate::law::remedy::RemedyPath;

/// "Excessive" is said only after the applicant could explain and the reasons were found not reasonable (art. 35). What
/// was asked and not decided stands in the way of any reply.
pub(super) fn explanation(case: &Case, draft: &Draft) -> Verdict {
    match case.explanation.as_ref().map(|one| one.reasonable) {
        Some(None) => red("已要求说明理由，尚未作出认定", "an explanation was asked for and is not decided on"),
        Some(Some(true)) | None if draft.outcome == Outcome::NotProcessedExcessive => red(
            "没有认定申请理由不合理，不能以大量反复申请为由不予处理",
            "the reasons were not found unreasonable: it cannot be called excessive",
        ),
        Some(Some(false))
            if draft.outcome == Outcome::NotProcessedExcessive
                && case.explanation.as_ref().is_some_and(|one| one.month_count <= fee::free_items()) =>
        {
            amber(
                "当月申请件数未超过免收费用的件数，请说明为何明显超过合理范围",
                "no more applications in that month than the tariff lets free: say why that is clearly too many",
            )
        }
        Some(Some(_)) | None => GREEN,
    }
}

/// Late extensions are refused when they are made; a date of receipt corrected since can make one late after the event.
pub(super) fn extension(case: &Case, at: &Moment<'_>) -> Verdict {
    let late = clocks::reply_clock(case, &at.calendar()).and_then(|reply| reply.extension_in_time) == Some(false);
    if late {
        return amber("延期告知晚于原期限，不发生延期效力", "the extension was notified late and has no effect");
    }
    GREEN
}

pub(super) fn fee_closed(case: &Case) -> Verdict {
    if case.unpaid_fee().is_some() {
        return red("信息处理费尚未缴纳或者免收", "the fee is neither paid nor waived");
    }
    GREEN
}

/// The review's result agrees with what the reply gives.
pub(super) fn secrecy(draft: &Draft) -> Verdict {
    let rule = outcome::rule(draft.outcome);
    let record = draft.secrecy.as_ref();
    let found = |item| record.is_some_and(|record| record.found.contains(&item));
    match record.map(|record| record.result) {
        None if rule.needs_secrecy_review => red("没有保密审查记录", "there is no record of a secrecy review"),
        Some(SecrecyResult::NotDisclosable) if rule.discloses => {
            red("保密审查结论为不得公开", "the secrecy review says that it must not be disclosed")
        }
        Some(SecrecyResult::Disclosable)
            if rule.discloses && (found(SecrecyItem::Security) || found(SecrecyItem::ForbiddenByLaw)) =>
        {
            red(
                "保密审查认为涉及安全稳定或者法律禁止公开，结论却为可以公开",
                "the secrecy review found what endangers security or another law forbids, and yet clears it",
            )
        }
        Some(SecrecyResult::PartlyDisclosable)
            if found(SecrecyItem::StateSecret) && !draft.grounds().any(|one| one == Outcome::RefusedStateSecret) =>
        {
            red(
                "保密审查认为有国家秘密，答复却没有以此为由不予公开的部分",
                "the secrecy review found a state secret, and no part is withheld on that ground",
            )
        }
        Some(SecrecyResult::PartlyDisclosable) if matches!(draft.outcome, Outcome::Granted) => red(
            "保密审查结论为部分公开，答复却予以全部公开",
            "the secrecy review allows a part, and the reply gives all",
        ),
        Some(SecrecyResult::Disclosable) if draft.outcome == Outcome::RefusedStateSecret => red(
            "以国家秘密为由不予公开，但保密审查结论为可以公开",
            "a state secret is the ground, and the secrecy review found none",
        ),
        _ => GREEN,
    }
}

/// The steps were laid down for what the case was then; what has become sensitive since is submitted anew.
pub(super) fn approval_way(case: &Case, draft: &Draft) -> Verdict {
    if !draft.sensitive && flow::sensitivity(case, draft.outcome, &draft.withheld).is_some() {
        return red(
            "起草后本件成为敏感事项，审批环节应当重新确定：请退回或者收回后重新提交",
            "the case became sensitive after the draft: send it back or recall it, and submit it anew",
        );
    }
    GREEN
}

/// Who acts for somebody shows that they may.
pub(super) fn authority(case: &Case) -> Verdict {
    if case.filed.agent.as_ref().is_some_and(|agent| agent.authority.is_none()) {
        return amber("代理人没有提交授权委托书", "the agent has shown no power of attorney");
    }
    GREEN
}

pub(super) fn co_work(case: &Case) -> Verdict {
    if case.co_work.iter().any(super::super::state::CoWork::is_open) {
        return amber("有协办单位尚未答复", "a unit that was asked has not answered");
    }
    GREEN
}

/// The paragraph is made from the outcome and so fits it, unless an outcome without a remedy of its own is drafted.
pub(super) fn remedy_path(draft: &Draft) -> Verdict {
    match clocks::path_of(draft.outcome, &draft.withheld) {
        RemedyPath::NotSeparately => red("该处理结果不应以答复书作出", "such an outcome is not stated in a reply"),
        RemedyPath::ReconsiderationFirst | RemedyPath::ReconsiderationOrSuit | RemedyPath::ByPart => GREEN,
    }
}

pub(super) fn remedy_body(draft: &Draft, at: &Moment<'_>) -> Verdict {
    let has_remedy = clocks::path_of(draft.outcome, &draft.withheld) != RemedyPath::NotSeparately;
    if has_remedy && !at.settings.reconsideration_body_fits {
        return amber(
            "登记的复议机关与行政复议法第二十四条至第二十八条的规定不符，请核实",
            "the body on record is not the one arts 24 to 28 lead to: check it",
        );
    }
    GREEN
}

pub(super) fn remedy_online(draft: &Draft, door: Door, at: &Moment<'_>) -> Verdict {
    let online = door == Door::Service(ServiceWay::Electronic);
    let has_remedy = clocks::path_of(draft.outcome, &draft.withheld) != RemedyPath::NotSeparately;
    if online && has_remedy && !at.settings.reconsideration_online {
        return red(
            "网上送达的，应当同时提供提交复议申请的网上渠道，请先在机关设置中登记",
            "what is served on line names an on-line channel for reconsideration: set it for the agency",
        );
    }
    GREEN
}
