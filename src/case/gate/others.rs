//! Were those heard whose matter it is too: third parties (arts 15, 32), co-makers (art. 34), and does the applicant know?

use super::{Door, GREEN, Verdict, amber, red};
use crate::case::moment::Moment;
use crate::case::state::{Case, Consultation, Draft};
use crate::case::terms::{ConsultedParty, Opinion, SecrecyItem};
use crate::law::outcome::{self, Outcome};
use crate::law::third_party::ThirdPartyFinding;

fn third_parties(case: &Case) -> impl Iterator<Item = &Consultation> + '_ {
    case.consultations.iter().filter(|one| one.party == ConsultedParty::ThirdParty)
}

fn discloses(draft: &Draft) -> bool {
    outcome::rule(draft.outcome).discloses
}

fn withholds_for_third_parties(draft: &Draft) -> bool {
    draft.grounds().any(|ground| ground == Outcome::RefusedThirdParty)
}

/// Each third party weighed, and the reply in line with what was found.
pub(super) fn third_party(case: &Case, draft: &Draft) -> Verdict {
    let withholds = withholds_for_third_parties(draft);
    if third_parties(case).next().is_none() {
        let touched = |item: &SecrecyItem| matches!(item, SecrecyItem::TradeSecret | SecrecyItem::Privacy);
        let theirs = draft.secrecy.as_ref().is_some_and(|record| record.found.iter().any(touched));
        return if discloses(draft) && theirs {
            amber(
                "保密审查认为涉及商业秘密或者个人隐私，但没有书面征求第三方意见",
                "the secrecy review found trade secrets or privacy, and no third party was asked in writing",
            )
        } else if withholds {
            amber(
                "以第三方合法权益为由不予公开，但没有书面征求第三方意见",
                "third-party rights are the ground, and no third party was asked in writing",
            )
        } else {
            GREEN
        };
    }
    // A reply that neither gives nor withholds anything of theirs does not hang on them.
    if !discloses(draft) && !withholds {
        return GREEN;
    }
    let findings: Option<Vec<ThirdPartyFinding>> = third_parties(case).map(found).collect();
    let Some(findings) = findings else {
        return red("有第三方的意见尚未认定", "what a third party said is not weighed yet");
    };
    let binds = findings.iter().any(|finding| !finding.lets_disclose());
    match (binds, withholds) {
        (true, false) => red(
            "有第三方的合理意见应当采纳，答复却没有据此不予公开",
            "a third party's reasonable objection binds, and the reply does not withhold what touches it",
        ),
        (false, true) => red(
            "没有应当采纳的第三方意见，不能以此为由不予公开",
            "no third party's objection binds: that ground does not hold",
        ),
        (true, true) | (false, false) => GREEN,
    }
}

/// What was found of a third party; consent speaks for itself.
fn found(one: &Consultation) -> Option<ThirdPartyFinding> {
    match one.answer {
        Some((Opinion::Consents, _)) => Some(one.finding.unwrap_or(ThirdPartyFinding::Consents)),
        _ => one.finding,
    }
}

/// Overridden and not told: forbidden where the public interest did it (art. 32 ¶2), else it needs a reason.
pub(super) fn third_party_told(case: &Case, draft: &Draft) -> Verdict {
    let untold = || {
        third_parties(case)
            .filter(|one| one.told_on.is_none())
            .filter_map(|one| one.finding)
            .filter(|finding| finding.overrides())
    };
    if !discloses(draft) || untold().next().is_none() {
        return GREEN;
    }
    if untold().any(|finding| finding == ThirdPartyFinding::PublicInterest) {
        return red(
            "因公共利益决定公开的，应当先将内容和理由书面告知第三方",
            "disclosing for the public interest, tell the third party first what and why",
        );
    }
    amber("第三方的意见未被采纳，尚未书面告知", "a third party's objection is not followed, and it was not told")
}

/// Working days between the notice and the disclosure; asked at service only, since signing gives nothing away.
pub(super) fn waiting_period(case: &Case, draft: &Draft, door: Door, at: &Moment<'_>) -> Verdict {
    if door == Door::Signature || !discloses(draft) {
        return GREEN;
    }
    let calendar = at.calendar();
    let days = at.settings.override_waiting_days;
    let waits = third_parties(case)
        .filter_map(|one| one.told_on)
        .any(|told_on| at.today <= calendar.nth_working_day_after(told_on, days) && days > 0);
    if waits {
        red("告知第三方后的等待期未满", "the waiting period after the notice has not passed")
    } else {
        GREEN
    }
}

/// A co-maker objects: the lead maker decides, and says why (art. 34). Silence is consent.
pub(super) fn co_maker(case: &Case, draft: &Draft) -> Verdict {
    let objects = case
        .consultations
        .iter()
        .any(|one| one.party == ConsultedParty::CoMaker && matches!(one.answer, Some((Opinion::Objects, _))));
    if objects && discloses(draft) {
        return amber("共同制作机关不同意公开，请说明公开的理由", "a co-maker objects: say why it is disclosed");
    }
    GREEN
}

pub(super) fn applicant_told(case: &Case) -> Verdict {
    if case.untold_consultations().next().is_some() {
        return amber(
            "征求意见扣除了期限，尚未告知申请人",
            "consulting stopped the clock, and the applicant was not told",
        );
    }
    GREEN
}
