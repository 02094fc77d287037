//! Is the way there in order: explanation, extension, fee, secrecy review, units; and is the way on: the remedies.

use super::{Door, GREEN, Verdict, amber, red};
use crate::case::clocks;
use crate::case::moment::Moment;
use crate::case::state::{Case, Draft};
use crate::case::terms::{SecrecyResult, ServiceWay};
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

pub(super) fn fee(case: &Case) -> Verdict {
    if case.unpaid_fee().is_some() {
        return red("信息处理费尚未缴纳或者免收", "the fee is neither paid nor waived");
    }
    GREEN
}

/// The review's result agrees with what the reply gives.
pub(super) fn secrecy(draft: &Draft) -> Verdict {
    let rule = outcome::rule(draft.outcome);
    let result = draft.secrecy.as_ref().map(|record| record.result);
    match result {
        None if rule.needs_secrecy_review => red("没有保密审查记录", "there is no record of a secrecy review"),
        Some(SecrecyResult::NotDisclosable) if rule.discloses => {
            red("保密审查结论为不得公开", "the secrecy review says that it must not be disclosed")
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
        RemedyPath::ReconsiderationFirst | RemedyPath::ReconsiderationOrSuit => GREEN,
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
