//! What the applicant may do against a reply, which depends on the kind of reply.
//!
//! A reply that withholds under arts 14, 15 or 16 must first go to reconsideration (行政复议法 art. 23 ¶1 item 4;
//! 法释〔2025〕8号 art. 1), and must say so (行政复议法 art. 23 ¶2). "Cannot be provided" and "not handled" may go to
//! court at once. Old templates that name the superior department, or three months, are out of date.

mod body;

use super::article::{Article, Instrument};
use super::calendar::Calendar;
use super::coded::coded;
use super::count::Clock;
use super::proceeding::{RECONSIDERATION_APPLICATION, SUIT_AFTER_RECONSIDERATION, SUIT_DIRECT};
use chrono::NaiveDate;

pub use body::{AgencyKind, AlsoOpen, BodyRule, reconsideration_body};

coded! {
    /// The way open against an act of the agency.
    pub enum RemedyPath {
        /// Reconsideration first, suit only afterwards.
        ReconsiderationFirst = "reconsideration_first", "复议前置", "reconsideration first";
        /// Reconsideration or suit, as the applicant likes.
        ReconsiderationOrSuit = "reconsideration_or_suit", "可复议可诉讼", "reconsideration or suit";
        /// Not on its own: notices on the way to a reply, and what the applicant ended himself (国办函〔2021〕132号 art. 3).
        NotSeparately = "not_separately", "不可单独救济", "not separately";
    }
}

impl RemedyPath {
    /// Where the law says so.
    #[must_use]
    pub const fn articles(self) -> &'static [Article] {
        const FIRST: &[Article] = &[
            Article::new(Instrument::ReconsiderationLaw, 23).paragraph(1).item(4),
            Article::new(Instrument::DisclosureInterpretation, 1),
        ];
        const EITHER: &[Article] = &[
            Article::regulation(51),
            RECONSIDERATION_APPLICATION.article,
            Article::new(Instrument::DisclosureInterpretation, 1),
        ];
        const NONE: &[Article] = &[Article::new(Instrument::ReconsiderationOpinion, 3)];
        match self {
            Self::ReconsiderationFirst => FIRST,
            Self::ReconsiderationOrSuit => EITHER,
            Self::NotSeparately => NONE,
        }
    }

    /// The remedy paragraph of a letter, in Chinese; empty where nothing may be done separately.
    /// `body` is the reconsideration body, `court` the court, both by full name.
    #[must_use]
    pub fn paragraph_zh(self, body: &str, court: &str) -> String {
        let sixty = RECONSIDERATION_APPLICATION.length;
        match self {
            Self::ReconsiderationFirst => format!(
                "对本答复不予公开的内容不服的，应当自收到本答复之日起{sixty}日内先向{body}申请行政复议；对行政复议决定仍不服，或者复议机关逾期不作决定的，\
                 可以自收到复议决定书之日或者复议期满之日起{}日内向{court}提起行政诉讼。",
                SUIT_AFTER_RECONSIDERATION.length
            ),
            Self::ReconsiderationOrSuit => format!(
                "对本答复不服的，可以自收到本答复之日起{sixty}日内向{body}申请行政复议，也可以自收到本答复之日起{}个月内向{court}提起行政诉讼。",
                SUIT_DIRECT.length
            ),
            Self::NotSeparately => String::new(),
        }
    }

    /// The remedy paragraph of a letter, in English.
    #[must_use]
    pub fn paragraph_en(self, body: &str, court: &str) -> String {
        let sixty = RECONSIDERATION_APPLICATION.length;
        match self {
            Self::ReconsiderationFirst => format!(
                "Against what this reply withholds you must first apply to {body} for administrative reconsideration, within {sixty} days of \
                 receiving it. Against the reconsideration decision, or if none is made in time, you may sue in {court} within {} days of \
                 receiving the decision or of the end of the time for it.",
                SUIT_AFTER_RECONSIDERATION.length
            ),
            Self::ReconsiderationOrSuit => format!(
                "Against this reply you may apply to {body} for administrative reconsideration within {sixty} days of receiving it, or sue in \
                 {court} within {} months of receiving it.",
                SUIT_DIRECT.length
            ),
            Self::NotSeparately => String::new(),
        }
    }
}

/// The clocks that start for the applicant when the reply is served. After "reconsideration first" the suit's own
/// clock starts only with the decision: [`super::proceeding::suit_after_reconsideration`].
#[must_use]
pub fn remedy_clocks(path: RemedyPath, served_on: NaiveDate, calendar: &Calendar) -> Vec<Clock> {
    let periods: &[_] = match path {
        RemedyPath::ReconsiderationFirst => &[RECONSIDERATION_APPLICATION],
        RemedyPath::ReconsiderationOrSuit => &[RECONSIDERATION_APPLICATION, SUIT_DIRECT],
        RemedyPath::NotSeparately => &[],
    };
    periods.iter().map(|period| period.clock(served_on, calendar)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_reconsideration_comes_first() {
        let text = RemedyPath::ReconsiderationFirst.paragraph_zh("某市人民政府", "某区人民法院");
        assert!(text.contains("60日内先向某市人民政府申请行政复议"), "{text}");
        assert!(text.contains("15日内向某区人民法院"), "{text}");
        assert!(!text.contains("6个月"), "{text}");
    }

    #[test]
    fn other_replies_leave_the_choice() {
        let text = RemedyPath::ReconsiderationOrSuit.paragraph_en("the City", "the Court");
        assert!(text.contains("within 60 days") && text.contains("within 6 months"), "{text}");
        let clocks =
            remedy_clocks(RemedyPath::ReconsiderationOrSuit, "2025-03-31".parse().unwrap(), &Calendar::default());
        assert_eq!(
            clocks.iter().map(|clock| clock.due.on.to_string()).collect::<Vec<_>>(),
            ["2025-05-30", "2025-09-30"]
        );
    }

    #[test]
    fn a_notice_on_the_way_opens_nothing() {
        assert_eq!(RemedyPath::NotSeparately.paragraph_zh("甲", "乙"), "");
        assert!(
            remedy_clocks(RemedyPath::NotSeparately, "2025-03-31".parse().unwrap(), &Calendar::default()).is_empty()
        );
    }
}
