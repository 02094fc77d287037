//! What the applicant may do against a reply, which depends on the kind of reply.
//!
//! A reply that withholds under arts 14, 15 or 16 must first go to reconsideration (行政复议法 art. 23 ¶1 item 4;
//! 法释〔2025〕8号 art. 1), and must say so (行政复议法 art. 23 ¶2). "Cannot be provided" and "not handled" may go to
//! court at once. Old templates that name the superior department, or three months, are out of date.

mod body;
mod paragraph;
mod supervisor;
mod way;

use super::article::{Article, Instrument};
use super::calendar::Calendar;
use super::coded::coded;
use super::count::Clock;
use super::proceeding::RECONSIDERATION_APPLICATION;
use chrono::NaiveDate;

pub use body::{AgencyKind, AlsoOpen, BodyRule, reconsideration_body};
pub use paragraph::{Bodies, sentence_en, sentence_zh};
pub use supervisor::{SupervisorRule, supervisor};
pub use way::{Contested, DISPUTED_ORDER, Measure, Turn, Way, against_silence};

coded! {
    /// The way open against an act of the agency.
    pub enum RemedyPath {
        /// Reconsideration first, suit only afterwards.
        ReconsiderationFirst = "reconsideration_first", "复议前置", "reconsideration first";
        /// Reconsideration or suit, as the applicant likes.
        ReconsiderationOrSuit = "reconsideration_or_suit", "可复议可诉讼", "reconsideration or suit";
        /// Of a reply that grants a part: reconsideration first against what is withheld under arts 14 to 16, either against the rest.
        ByPart = "by_part", "不予公开部分复议前置", "reconsideration first for what is withheld";
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
        const PARTS: &[Article] = &[
            Article::new(Instrument::ReconsiderationLaw, 23).paragraph(1).item(4),
            Article::regulation(51),
            Article::new(Instrument::DisclosureInterpretation, 1),
            Article::new(Instrument::ReconsiderationOpinion, 2),
        ];
        const NONE: &[Article] = &[Article::new(Instrument::ReconsiderationOpinion, 3)];
        match self {
            Self::ReconsiderationFirst => FIRST,
            Self::ReconsiderationOrSuit => EITHER,
            Self::ByPart => PARTS,
            Self::NotSeparately => NONE,
        }
    }

    /// The ways it opens, in the order in which they are to be gone.
    #[must_use]
    pub const fn ways(self) -> &'static [Way] {
        match self {
            Self::ReconsiderationFirst => way::RECONSIDERATION_FIRST,
            Self::ReconsiderationOrSuit => way::RECONSIDERATION_OR_SUIT,
            Self::ByPart => way::BY_PART,
            Self::NotSeparately => way::COMPLAINT_ALONE,
        }
    }

    /// The remedy paragraph of a letter, in Chinese: what the ways of the path say; empty where nothing may be done separately.
    #[must_use]
    pub fn paragraph_zh(self, body: &str, court: &str) -> String {
        paragraph::paragraph_zh(self.ways(), body, court)
    }

    /// The remedy paragraph of a letter, in English.
    #[must_use]
    pub fn paragraph_en(self, body: &str, court: &str) -> String {
        paragraph::paragraph_en(self.ways(), body, court)
    }
}

/// The clocks that start for the applicant when the reply is served. After "reconsideration first" the suit's own
/// clock starts only with the decision: [`super::proceeding::suit_after_reconsideration`].
#[must_use]
pub fn remedy_clocks(path: RemedyPath, served_on: NaiveDate, calendar: &Calendar) -> Vec<Clock> {
    way::clocks(path.ways(), served_on, calendar)
}

/// The clocks against silence: both begin when the period for the reply is over (行政复议法实施条例 art. 16 ¶1 item 1,
/// 行政诉讼法解释 art. 66). `ended_on` is its last day.
#[must_use]
pub fn silence_clocks(ended_on: NaiveDate, calendar: &Calendar) -> Vec<Clock> {
    way::clocks(against_silence(), ended_on, calendar)
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
    fn a_partial_reply_speaks_of_both_parts() {
        let text = RemedyPath::ByPart.paragraph_zh("某市人民政府", "某区人民法院");
        let (withheld, rest) = text.split_once("对本答复的其他内容不服的").expect("both parts");
        assert!(withheld.contains("应当自收到本答复之日起60日内先向某市人民政府申请行政复议；"), "{text}");
        assert!(withheld.contains("15日内向某区人民法院") && !withheld.contains("6个月"), "{text}");
        assert!(
            rest.contains("，可以自收到本答复之日起60日内") && rest.contains("也可以自收到本答复之日起6个月内"),
            "{text}"
        );
        let english = RemedyPath::ByPart.paragraph_en("the City", "the Court");
        assert!(
            english.contains("you must first apply") && english.contains("Against the rest of this reply"),
            "{english}"
        );
        let clocks = remedy_clocks(RemedyPath::ByPart, "2025-03-31".parse().unwrap(), &Calendar::default());
        assert_eq!(clocks.len(), 2, "the sixty days of either part are the same");
    }

    #[test]
    fn silence_is_counted_from_the_end_of_the_period_for_the_reply() {
        let clocks = silence_clocks("2025-03-31".parse().unwrap(), &Calendar::default());
        assert_eq!(
            clocks.iter().map(|clock| (clock.name.as_str(), clock.due.on.to_string())).collect::<Vec<_>>(),
            [("reconsideration_application", "2025-05-30".to_owned()), ("suit_direct", "2025-09-30".to_owned())]
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
