//! The clocks that concern an applicant, in their words: the office's inner limits are not among them.

use crate::office::views::ClockView;
use crate::web::frame::Frame;

/// The clocks an applicant is shown: code, Chinese, English.
const TOLD: &[(&str, &str, &str)] = &[
    ("confirmation", "机关确认收到的期限", "The agency confirms receipt by"),
    ("reply", "机关答复的期限", "The agency replies by"),
    ("delayed_period", "延迟后的答复期限", "The agency replies, delayed, by"),
    ("correction_window", "您补正的期限", "Your correction is due by"),
    ("explanation_window", "您说明理由的期限", "Your reasons are due by"),
    ("fee_window", "您缴费的期限", "Your payment is due by"),
    ("third_party_window", "第三方提出意见的期限", "The third party answers by"),
    ("reconsideration_application", "您申请行政复议的期限", "You may apply for reconsideration until"),
    ("suit_direct", "您直接起诉的期限", "You may sue until"),
    ("suit_after_reconsideration", "您复议后起诉的期限", "You may sue after reconsideration until"),
];

/// Those of the clocks that concern an applicant.
pub(super) fn told(clocks: Vec<ClockView>) -> Vec<ClockView> {
    clocks.into_iter().filter(|clock| TOLD.iter().any(|(code, ..)| *code == clock.name.code)).collect()
}

/// A clock in the applicant's words; its own name where it has none.
pub(super) fn plain(p: &Frame, name: &crate::office::views::Term) -> &'static str {
    TOLD.iter()
        .find(|(code, ..)| *code == name.code)
        .map_or_else(|| p.term(name), |(_, zh, en)| p.language.pick(zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::count::ClockName;

    #[test]
    fn every_clock_that_is_told_exists() {
        for (code, ..) in TOLD {
            assert!(ClockName::ALL.iter().any(|name| name.as_str() == *code), "{code}");
        }
    }
}
