//! The ways open against an act, in their order: one table, from which the paragraph of a letter, the applicant's page and the
//! clocks are all made.

use super::super::article::{Article, Instrument};
use super::super::calendar::Calendar;
use super::super::coded::coded;
use super::super::count::Clock;
use super::super::proceeding::{Period, RECONSIDERATION_APPLICATION, SUIT_AFTER_RECONSIDERATION, SUIT_DIRECT};
use chrono::NaiveDate;

coded! {
    /// What a way is open against.
    pub enum Contested {
        /// The reply, or whatever else was decided, as a whole.
        Whole = "whole", "本答复", "the reply";
        /// What the reply withholds under arts 14 to 16.
        Withheld = "withheld", "不予公开的内容", "what is withheld";
        /// What else the reply says.
        Rest = "rest", "答复的其他内容", "the rest of the reply";
        /// That no reply came in time.
        Silence = "silence", "逾期未答复", "no reply in time";
        /// How the agency went about it.
        Conduct = "conduct", "政府信息公开工作", "how the agency went about it";
    }
}

coded! {
    /// What may be done.
    pub enum Measure {
        /// 行政复议.
        Reconsideration = "reconsideration", "申请行政复议", "apply for reconsideration";
        /// 行政诉讼.
        Suit = "suit", "提起行政诉讼", "sue";
        /// 投诉、举报.
        Complaint = "complaint", "投诉、举报", "complain or report";
    }
}

coded! {
    /// Where a way stands among the others against the same thing.
    pub enum Turn {
        /// Nothing else before it.
        First = "first", "必须先走这一步", "this must come first";
        /// One or the other, as one likes.
        Choice = "choice", "可以任选", "as you choose";
        /// Only when the one before it is over.
        After = "after", "前一步之后", "after the step before";
        /// Beside the others, and with no period.
        Besides = "besides", "另外随时可以", "besides, at any time";
    }
}

/// A way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Against what.
    pub against: Contested,
    /// What is done.
    pub measure: Measure,
    /// Its place among the others.
    pub turn: Turn,
    /// Its period; none where there is none.
    pub period: Option<Period>,
    /// Where the law says so.
    pub articles: &'static [Article],
    /// Whether a letter says it. What follows a decision that the applicant may also do without, that decision tells.
    pub in_letter: bool,
}

/// 法释〔2025〕8号 art. 2 leaves the choice against silence; 行政复议法 art. 23 ¶1 item 3, that one must first ask for reconsideration
/// where a duty was not performed, can be read otherwise. Who begins with reconsideration loses nothing.
pub const DISPUTED_ORDER: (&str, &str, Article) = (
    "对逾期不答复，最高人民法院的司法解释允许直接起诉，但行政复议法第二十三条第一款第（三）项也可以理解为应当先申请行政复议。先申请行政复议不会丧失任何权利。",
    "Against silence the Supreme People's Court lets one sue at once; yet art. 23(1) item 3 of the Administrative Reconsideration Law can be read to ask for reconsideration first. Who begins with reconsideration loses nothing.",
    Article::new(Instrument::ReconsiderationLaw, 23).paragraph(1).item(3),
);

const PREREQUISITE: &[Article] = &[
    Article::new(Instrument::ReconsiderationLaw, 23).paragraph(1).item(4),
    RECONSIDERATION_APPLICATION.article,
    Article::new(Instrument::DisclosureInterpretation, 1),
];
const EITHER: &[Article] = &[Article::regulation(51), RECONSIDERATION_APPLICATION.article];
const SUIT: &[Article] = &[SUIT_DIRECT.article, Article::new(Instrument::DisclosureInterpretation, 1)];
const AFTER_PREREQUISITE: &[Article] =
    &[Article::new(Instrument::ReconsiderationLaw, 34), SUIT_AFTER_RECONSIDERATION.article];
const AFTER: &[Article] = &[SUIT_AFTER_RECONSIDERATION.article];
const COMPLAINT: &[Article] = &[Article::regulation(47), Article::regulation(51)];
const SILENCE: &[Article] = &[
    RECONSIDERATION_APPLICATION.article,
    Article::new(Instrument::ReconsiderationRules, 16).paragraph(1).item(1),
    Article::new(Instrument::DisclosureInterpretation, 2),
];
const SUIT_OVER_SILENCE: &[Article] =
    &[Article::new(Instrument::LitigationInterpretation, 66), Article::new(Instrument::DisclosureInterpretation, 2)];

const fn reconsideration(against: Contested, turn: Turn, articles: &'static [Article]) -> Way {
    let period = Some(RECONSIDERATION_APPLICATION);
    Way { against, measure: Measure::Reconsideration, turn, period, articles, in_letter: true }
}

const fn suit(against: Contested, articles: &'static [Article]) -> Way {
    Way { against, measure: Measure::Suit, turn: Turn::Choice, period: Some(SUIT_DIRECT), articles, in_letter: true }
}

/// The suit once the reconsideration is over.
const fn after(against: Contested, articles: &'static [Article], in_letter: bool) -> Way {
    let period = Some(SUIT_AFTER_RECONSIDERATION);
    Way { against, measure: Measure::Suit, turn: Turn::After, period, articles, in_letter }
}

const WITHHELD_FIRST: Way = reconsideration(Contested::Withheld, Turn::First, PREREQUISITE);
const WITHHELD_AFTER: Way = after(Contested::Withheld, AFTER_PREREQUISITE, true);
const BESIDES: Way = Way {
    against: Contested::Conduct,
    measure: Measure::Complaint,
    turn: Turn::Besides,
    period: None,
    articles: COMPLAINT,
    in_letter: false,
};

pub(super) const RECONSIDERATION_FIRST: &[Way] = &[WITHHELD_FIRST, WITHHELD_AFTER, BESIDES];
pub(super) const RECONSIDERATION_OR_SUIT: &[Way] = &[
    reconsideration(Contested::Whole, Turn::Choice, EITHER),
    suit(Contested::Whole, SUIT),
    after(Contested::Whole, AFTER, false),
    BESIDES,
];
pub(super) const BY_PART: &[Way] = &[
    WITHHELD_FIRST,
    WITHHELD_AFTER,
    reconsideration(Contested::Rest, Turn::Choice, EITHER),
    suit(Contested::Rest, SUIT),
    after(Contested::Rest, AFTER, false),
    BESIDES,
];
const AGAINST_SILENCE: &[Way] = &[
    reconsideration(Contested::Silence, Turn::Choice, SILENCE),
    suit(Contested::Silence, SUIT_OVER_SILENCE),
    after(Contested::Silence, AFTER, false),
    BESIDES,
];
pub(super) const COMPLAINT_ALONE: &[Way] = &[BESIDES];

/// The ways against silence, once the period for the reply is over (法释〔2025〕8号 art. 2; [`DISPUTED_ORDER`]).
#[must_use]
pub const fn against_silence() -> &'static [Way] {
    AGAINST_SILENCE
}

/// The clocks of the ways that can be gone at once, each once.
pub(super) fn clocks(ways: &[Way], from: NaiveDate, calendar: &Calendar) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = Vec::new();
    for period in ways.iter().filter(|way| way.turn != Turn::After).filter_map(|way| way.period) {
        if clocks.iter().all(|clock| clock.name != period.name) {
            clocks.push(period.clock(from, calendar));
        }
    }
    clocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_but_a_complaint_has_its_period_and_every_way_its_article() {
        for way in
            [RECONSIDERATION_FIRST, RECONSIDERATION_OR_SUIT, BY_PART, COMPLAINT_ALONE, against_silence()].concat()
        {
            assert_eq!(way.period.is_none(), way.measure == Measure::Complaint, "{way:?}");
            assert!(!way.articles.is_empty(), "{way:?}");
            assert_eq!(way.turn == Turn::Besides, way.measure == Measure::Complaint, "{way:?}");
        }
    }

    #[test]
    fn nobody_may_sue_over_what_is_withheld_before_reconsideration() {
        let withheld: Vec<Way> = BY_PART.iter().copied().filter(|way| way.against == Contested::Withheld).collect();
        let turns: Vec<(Measure, Turn)> = withheld.iter().map(|way| (way.measure, way.turn)).collect();
        assert_eq!(turns, [(Measure::Reconsideration, Turn::First), (Measure::Suit, Turn::After)]);
    }
}
