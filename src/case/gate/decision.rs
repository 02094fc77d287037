//! Does what the reply decides stand on its ground: outcome, article, reasons, the facts behind it (arts 36, 37).

use super::{GREEN, Verdict, amber, red};
use crate::case::state::{Case, Draft};
use crate::case::terms::{SearchFinding, SeparabilityFinding};
use crate::law::outcome::{self, Outcome, OutcomeGroup, Statement};

/// Each part withheld, with its ground and its reason: art. 37 for a partial reply.
pub(super) fn withheld_parts(draft: &Draft) -> Verdict {
    if draft.outcome != Outcome::PartlyGranted {
        return GREEN;
    }
    let all_explained = draft.withheld.iter().all(|ground| draft.parts.iter().any(|part| part.ground == *ground));
    if all_explained {
        GREEN
    } else {
        red("有不予公开的部分没有逐项说明内容和理由", "a withheld part lacks its description and reason")
    }
}

/// The particulars that the law has such a reply state. What is searched and which agency is right have checks of their own.
pub(super) fn statements(draft: &Draft) -> Verdict {
    let rule = outcome::rule(draft.outcome);
    // For a partial reply the reasons stand with the parts.
    let elsewhere = |statement: Statement| match statement {
        Statement::Reason => draft.outcome == Outcome::PartlyGranted,
        Statement::EarlierReply => true,
        _ => false,
    };
    let missing = rule.must_state.iter().any(|one| !elsewhere(*one) && draft.stated(*one).is_none());
    if missing {
        red("答复缺少法律要求载明的内容", "the reply lacks what the law has it state")
    } else {
        GREEN
    }
}

/// All is withheld under arts 14 to 16: was it asked whether a part can be given (art. 37)?
pub(super) fn separability(draft: &Draft) -> Verdict {
    let rule = outcome::rule(draft.outcome);
    let withholds_all = rule.group == OutcomeGroup::Refused && draft.outcome != Outcome::RefusedOwnRoute;
    match draft.separability.map(|one| one.finding) {
        None if withholds_all => {
            red("全部不予公开的，应当说明是否可以区分处理", "before all is withheld, say whether a part can be given")
        }
        Some(SeparabilityFinding::Separable) if withholds_all => red(
            "认定可以区分处理的，应当公开可以公开的部分",
            "what can be separated is to be given: this is a partial reply",
        ),
        Some(SeparabilityFinding::Inseparable | SeparabilityFinding::WhollyWithheld)
            if draft.outcome == Outcome::PartlyGranted =>
        {
            red("认定不能区分处理，答复却为部分公开", "it was found not to be separable, and the reply gives a part")
        }
        _ => GREEN,
    }
}

/// Numbers and addresses of people in the reply itself, as the office found them when it was written: some must stand there, and
/// somebody says why (art. 15; 个人信息保护法 art. 25).
pub(super) fn personal_data(draft: &Draft) -> Verdict {
    if draft.personal_data == 0 {
        return GREEN;
    }
    amber(
        "答复中有身份证号、电话、住址等个人信息，请遮盖，或者说明须载明的理由",
        "numbers or addresses of people stand in the reply: mask them, or say why they must stand there",
    )
}

/// "Does not exist" needs a search that found nothing; one that found something needs a word.
pub(super) fn search_record(case: &Case, draft: &Draft) -> Verdict {
    if !draft.grounds().any(|ground| ground == Outcome::NotHeld) {
        return GREEN;
    }
    let found = |finding| case.searches.iter().any(|search| search.found == finding);
    if !found(SearchFinding::Nothing) {
        return red("答复信息不存在，但没有未检索到的检索记录", "\"not held\" without a search that found nothing");
    }
    if found(SearchFinding::Something) {
        return amber(
            "有检索记录显示检索到信息，请说明",
            "one of the searches found something: say why that is not it",
        );
    }
    GREEN
}

/// Named "if it can be determined": its absence needs the reason that it cannot.
pub(super) fn right_agency(draft: &Draft) -> Verdict {
    let elsewhere = draft.grounds().any(|ground| ground == Outcome::NotThisAgency);
    if elsewhere && draft.stated(Statement::RightAgency).is_none() {
        return amber(
            "没有告知负责公开的机关名称和联系方式；不能确定的请说明",
            "the right agency is not named: say why it cannot be determined",
        );
    }
    GREEN
}

/// A repeat names the reply it repeats: best by the case itself, else in words, for what was answered elsewhere.
pub(super) fn earlier_reply(draft: &Draft) -> Verdict {
    if draft.outcome != Outcome::NotProcessedRepeat || draft.repeats.is_some() {
        return GREEN;
    }
    if draft.stated(Statement::EarlierReply).is_some() {
        return amber(
            "此前的答复不在本系统内，请说明材料所在",
            "the earlier reply is not a case of this system: say where it is",
        );
    }
    red("没有指明此前的答复", "the earlier reply is not named")
}
