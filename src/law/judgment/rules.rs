//! The table of outcomes, in the order of the list. Made to be read beside 行政复议法 ch. 4 and 5, 行政诉讼法 ch. 7 and
//! Regulation ch. 5.

use super::{Cell, Counts, Forum, Judgment, JudgmentRule, Orders};
use crate::law::article::{Article, Instrument};
use crate::law::count::ClockName;

use Cell::{Corrected, Other, Upheld};
use Counts::{AsBelow, In, NotYet, Nowhere};
use Judgment as J;
use Orders::{Always, Never, Perhaps};

/// A judgment of first instance can be appealed within fifteen days, a ruling that ends the suit within ten.
const JUDGMENT: Option<ClockName> = Some(ClockName::AppealJudgment);
const RULING: Option<ClockName> = Some(ClockName::AppealRuling);

/// Every outcome.
#[rustfmt::skip]
pub const RULES: &[JudgmentRule] = &[
    body(J::ReconsiderationChanged,       63, In(Corrected), Never,   false),
    body(J::ReconsiderationRevoked,       64, In(Corrected), Perhaps, true),
    body(J::ReconsiderationPartlyRevoked, 64, In(Corrected), Perhaps, true),
    // Measures to mend an unlawful act may be ordered with it (art. 72), not a new one.
    body(J::ReconsiderationUnlawful,      65, In(Corrected), Perhaps, false),
    body(J::ReconsiderationPerformance,   66, In(Corrected), Always,  true),
    body(J::ReconsiderationVoid,          67, In(Corrected), Never,   false),
    body(J::ReconsiderationUpheld,        68, In(Upheld),    Never,   false),
    body(J::ReconsiderationDismissed,     69, In(Upheld),    Never,   false),
    body(J::ReconsiderationInadmissible,  33, In(Other),     Never,   false),
    body(J::ReconsiderationNotAccepted,   30, In(Other),     Never,   false),
    body(J::ReconsiderationWithdrawn,     41, In(Other),     Never,   false),
    body(J::ReconsiderationTerminated,    41, In(Other),     Never,   false),
    // What was agreed may be a new reply (art. 77 has it performed like a decision).
    body(J::ReconsiderationMediated,      73, In(Other),     Perhaps, true),
    court(J::CourtDismissed,       69, In(Upheld),    Never,   false, JUDGMENT),
    court(J::CourtRevoked,         70, In(Corrected), Perhaps, true,  JUDGMENT),
    court(J::CourtPartlyRevoked,   70, In(Corrected), Perhaps, true,  JUDGMENT),
    court(J::CourtPerformance,     72, In(Corrected), Always,  true,  JUDGMENT),
    court(J::CourtPayment,         73, In(Corrected), Always,  false, JUDGMENT),
    court(J::CourtUnlawful,        74, In(Corrected), Perhaps, false, JUDGMENT),
    court(J::CourtVoid,            75, In(Corrected), Perhaps, false, JUDGMENT),
    court(J::CourtChanged,         77, In(Corrected), Never,   false, JUDGMENT),
    // Three rulings can be appealed: not filed, rejected, and on jurisdiction; the last ends no suit (行政诉讼法解释 art. 101).
    court(J::CourtNotFiled,        51, In(Other),     Never,   false, RULING),
    interpreted(J::CourtRejected,  69, RULING),
    court(J::CourtWithdrawn,       62, In(Other),     Never,   false, None),
    court(J::CourtDeemedWithdrawn, 58, In(Other),     Never,   false, None),
    court(J::CourtTransferred,     22, In(Other),     Never,   false, None),
    court(J::CourtMediated,        60, In(Other),     Perhaps, true,  None),
    interpreted(J::CourtTerminated, 88, None),
    court(J::CourtAppealDismissed, 89, AsBelow,       Never,   false, None),
    court(J::CourtAppealWithdrawn, 101, AsBelow,      Never,   false, None),
    court(J::CourtRemanded,        89, NotYet,        Never,   false, None),
    supervision(J::SupervisionUnfounded,     47, Never,   false),
    supervision(J::SupervisionRectification, 47, Always,  false),
    supervision(J::SupervisionCriticised,    47, Perhaps, false),
    supervision(J::SupervisionOrdered,       53, Always,  true),
    supervision(J::SupervisionReferred,      51, Never,   false),
    supervision(J::SupervisionWithdrawn,     51, Never,   false),
];

const fn body(judgment: Judgment, number: u16, counts: Counts, orders: Orders, reopens: bool) -> JudgmentRule {
    let article = Article::new(Instrument::ReconsiderationLaw, number);
    JudgmentRule { judgment, forum: Forum::Reconsideration, article, counts, orders, reopens, appeal: None }
}

const fn court(
    judgment: Judgment,
    number: u16,
    counts: Counts,
    orders: Orders,
    reopens: bool,
    appeal: Option<ClockName>,
) -> JudgmentRule {
    let article = Article::new(Instrument::LitigationLaw, number);
    JudgmentRule { judgment, forum: Forum::Court, article, counts, orders, reopens, appeal }
}

/// A ruling that stands in the interpretation of 2018 alone.
const fn interpreted(judgment: Judgment, number: u16, appeal: Option<ClockName>) -> JudgmentRule {
    let article = Article::new(Instrument::LitigationInterpretation, number);
    JudgmentRule { judgment, forum: Forum::Court, article, counts: In(Other), orders: Never, reopens: false, appeal }
}

const fn supervision(judgment: Judgment, number: u16, orders: Orders, reopens: bool) -> JudgmentRule {
    let article = Article::regulation(number);
    JudgmentRule { judgment, forum: Forum::Supervision, article, counts: Nowhere, orders, reopens, appeal: None }
}

/// The rule of an outcome. The fallback is never met: a test holds that each stands in the table.
#[must_use]
pub fn rule(judgment: Judgment) -> &'static JudgmentRule {
    const NONE: &JudgmentRule = &body(Judgment::ReconsiderationTerminated, 41, In(Other), Never, false);
    RULES.iter().find(|rule| rule.judgment == judgment).unwrap_or(NONE)
}
