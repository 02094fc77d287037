//! How a proceeding may end: the outcome codes of reconsideration, court and supervision, and what each means for the agency.
//!
//! One table (`judgment/rules.rs`) behind the cells of table 四, the appeal windows, the consequence for the application and
//! the choice of defendants. The cells have no official definition that we could read; the mapping is that of docs/LAW.md §5.

mod rules;

use super::article::Article;
use super::coded::coded;
use super::count::ClockName;
use serde::Serialize;

pub use rules::{RULES, rule};

coded! {
    /// Who decides.
    pub enum Forum {
        /// A reconsideration body (行政复议法).
        Reconsideration = "reconsideration", "行政复议机关", "reconsideration body";
        /// A court (行政诉讼法).
        Court = "court", "人民法院", "court";
        /// The authority that supervises disclosure work, or a superior agency (Regulation arts 46, 47, 51, 53).
        Supervision = "supervision", "监督机关", "supervising authority";
    }
}

coded! {
    /// An outcome. The code is kept in journals: none is ever renamed.
    pub enum Judgment {
        /// The body puts its own reply in the place of the agency's (复议法 art. 63).
        ReconsiderationChanged = "reconsideration_changed", "变更", "changed on reconsideration";
        /// Revoked, with or without the order to act anew (art. 64).
        ReconsiderationRevoked = "reconsideration_revoked", "撤销", "revoked on reconsideration";
        /// Revoked in part, with or without the order to act anew (art. 64).
        ReconsiderationPartlyRevoked = "reconsideration_partly_revoked", "部分撤销", "partly revoked on reconsideration";
        /// Found unlawful and left standing, or past mending (art. 65).
        ReconsiderationUnlawful = "reconsideration_unlawful", "确认违法", "found unlawful on reconsideration";
        /// Ordered to do what it has not done (art. 66).
        ReconsiderationPerformance = "reconsideration_performance", "责令履行", "ordered to perform on reconsideration";
        /// Found void (art. 67).
        ReconsiderationVoid = "reconsideration_void", "确认无效", "found void on reconsideration";
        /// Upheld (art. 68).
        ReconsiderationUpheld = "reconsideration_upheld", "维持", "upheld on reconsideration";
        /// The request is dismissed: there was no such duty, or it was done in time (art. 69).
        ReconsiderationDismissed = "reconsideration_dismissed", "驳回复议请求", "request dismissed on reconsideration";
        /// The application proved inadmissible after acceptance (art. 33).
        ReconsiderationInadmissible = "reconsideration_inadmissible", "驳回复议申请", "reconsideration application rejected";
        /// Not accepted (art. 30).
        ReconsiderationNotAccepted = "reconsideration_not_accepted", "不予受理", "reconsideration not accepted";
        /// Withdrawn by the applicant, with or without a settlement (arts 41 item 1, 74).
        ReconsiderationWithdrawn = "reconsideration_withdrawn", "撤回复议申请终止", "reconsideration withdrawn";
        /// Ended for another reason (art. 41).
        ReconsiderationTerminated = "reconsideration_terminated", "终止复议", "reconsideration terminated";
        /// Ended by a mediation document, which binds like a decision (art. 73).
        ReconsiderationMediated = "reconsideration_mediated", "复议调解", "settled by mediation on reconsideration";

        /// The claim is dismissed (诉讼法 art. 69).
        CourtDismissed = "court_dismissed", "判决驳回诉讼请求", "claim dismissed";
        /// Revoked, with or without the order to act anew (art. 70).
        CourtRevoked = "court_revoked", "判决撤销", "revoked by judgment";
        /// Revoked in part, with or without the order to act anew (art. 70).
        CourtPartlyRevoked = "court_partly_revoked", "判决部分撤销", "partly revoked by judgment";
        /// Ordered to do what it has not done (art. 72).
        CourtPerformance = "court_performance", "判决履行", "ordered to perform by judgment";
        /// Ordered to pay or to hand over (art. 73).
        CourtPayment = "court_payment", "判决给付", "ordered to pay by judgment";
        /// Found unlawful (art. 74); measures to mend it may be ordered besides (art. 76).
        CourtUnlawful = "court_unlawful", "判决确认违法", "found unlawful by judgment";
        /// Found void (art. 75); measures to mend it may be ordered besides (art. 76).
        CourtVoid = "court_void", "判决确认无效", "found void by judgment";
        /// Changed (art. 77): a sum that was fixed wrongly, such as a fee.
        CourtChanged = "court_changed", "判决变更", "changed by judgment";
        /// Not filed (art. 51).
        CourtNotFiled = "court_not_filed", "不予立案", "suit not filed";
        /// The suit is rejected without a look at the claim (行政诉讼法解释 art. 69).
        CourtRejected = "court_rejected", "裁定驳回起诉", "suit rejected";
        /// Withdrawn with the court's leave (art. 62).
        CourtWithdrawn = "court_withdrawn", "准许撤诉", "suit withdrawn";
        /// Taken as withdrawn: the plaintiff stayed away (art. 58).
        CourtDeemedWithdrawn = "court_deemed_withdrawn", "按撤诉处理", "suit deemed withdrawn";
        /// Handed to the court that has jurisdiction (art. 22).
        CourtTransferred = "court_transferred", "移送管辖", "suit transferred";
        /// Ended by mediation, where discretion or compensation is in issue (art. 60).
        CourtMediated = "court_mediated", "行政调解书结案", "settled by mediation in court";
        /// Ended because nobody goes on with it (行政诉讼法解释 art. 88).
        CourtTerminated = "court_terminated", "终结诉讼", "suit terminated";
        /// Appeal dismissed: the result below stands (art. 89 item 1).
        CourtAppealDismissed = "court_appeal_dismissed", "驳回上诉，维持原判", "appeal dismissed";
        /// Appeal withdrawn: the result below stands (art. 101; 民事诉讼法 art. 180).
        CourtAppealWithdrawn = "court_appeal_withdrawn", "准许撤回上诉", "appeal withdrawn";
        /// Sent back to the court below (art. 89 items 3 and 4).
        CourtRemanded = "court_remanded", "发回重审", "remanded";

        /// Nothing wrong was found (Regulation art. 47).
        SupervisionUnfounded = "supervision_unfounded", "查无违规", "nothing wrong found";
        /// Told to put it right (Regulation art. 47).
        SupervisionRectification = "supervision_rectification", "督促整改", "told to put it right";
        /// Criticised before others (Regulation art. 47).
        SupervisionCriticised = "supervision_criticised", "通报批评", "publicly criticised";
        /// Ordered by the superior agency to correct it (Regulation art. 53).
        SupervisionOrdered = "supervision_ordered", "责令改正", "ordered to correct it";
        /// Handed on, or not taken up (Regulation art. 51).
        SupervisionReferred = "supervision_referred", "不予受理或者转送", "not taken up or handed on";
        /// Withdrawn by whoever complained (Regulation art. 51).
        SupervisionWithdrawn = "supervision_withdrawn", "撤回投诉举报", "complaint withdrawn";
    }
}

coded! {
    /// The cells of table 四, in the order of the form.
    pub enum Cell {
        /// The agency's act stands.
        Upheld = "upheld", "结果维持", "upheld";
        /// It does not.
        Corrected = "corrected", "结果纠正", "corrected";
        /// Neither was said.
        Other = "other", "其他结果", "other result";
        /// Not ended on 31 December.
        Pending = "pending", "尚未审结", "pending";
    }
}

coded! {
    /// The three rows of cells in table 四 (国办公开办函〔2021〕30号).
    pub enum ReportRow {
        /// Reconsideration.
        Reconsideration = "reconsideration", "行政复议", "reconsideration";
        /// A suit that no reconsideration went before.
        SuitDirect = "suit_direct", "未经复议直接起诉", "suit without reconsideration";
        /// A suit after reconsideration.
        SuitAfterReconsideration = "suit_after_reconsideration", "复议后起诉", "suit after reconsideration";
    }
}

/// Where an outcome is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// In this cell of table 四.
    In(Cell),
    /// In the cell of the result below, which it lets stand.
    AsBelow,
    /// Not yet: the suit goes on.
    NotYet,
    /// Not in table 四 at all: it knows reconsiderations and suits only.
    Nowhere,
}

/// Whether an outcome has the agency do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Orders {
    /// Always: it says so by its kind, and a period goes with it.
    Always,
    /// If the text orders it (重作, 补救措施, what was agreed).
    Perhaps,
    /// Never.
    Never,
}

/// What the law attaches to an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct JudgmentRule {
    /// The outcome.
    pub judgment: Judgment,
    /// Who decides so.
    pub forum: Forum,
    /// Where it stands.
    pub article: Article,
    /// Where it is counted.
    pub counts: Counts,
    /// Whether it has the agency do something.
    pub orders: Orders,
    /// Whether what it orders is a new answer to the application, which is taken up again for it.
    pub reopens: bool,
    /// The window for an appeal where it ends a first instance: judgment or ruling (诉讼法 art. 85).
    pub appeal: Option<ClockName>,
}

impl JudgmentRule {
    /// Whether the agency's act was found wrong: then the reasons go on record.
    #[must_use]
    pub const fn overturns(&self) -> bool {
        matches!(self.counts, Counts::In(Cell::Corrected))
            || matches!(
                self.judgment,
                Judgment::SupervisionRectification | Judgment::SupervisionCriticised | Judgment::SupervisionOrdered
            )
    }

    /// Whether only a court above another can decide so.
    #[must_use]
    pub const fn is_on_appeal(&self) -> bool {
        matches!(
            self.judgment,
            Judgment::CourtAppealDismissed | Judgment::CourtAppealWithdrawn | Judgment::CourtRemanded
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::article::Instrument;

    #[test]
    fn each_outcome_stands_in_the_table_once_and_has_an_article() {
        assert_eq!(RULES.len(), Judgment::ALL.len());
        for judgment in Judgment::ALL {
            assert_eq!(RULES.iter().filter(|rule| rule.judgment == *judgment).count(), 1, "{judgment}");
            assert_eq!(rule(*judgment).judgment, *judgment);
            assert_ne!(rule(*judgment).article.number, 0, "{judgment}");
        }
    }

    #[test]
    fn the_article_is_one_of_the_forums_law() {
        for rule in RULES {
            let fits = match rule.forum {
                Forum::Reconsideration => rule.article.instrument == Instrument::ReconsiderationLaw,
                Forum::Court => {
                    matches!(rule.article.instrument, Instrument::LitigationLaw | Instrument::LitigationInterpretation)
                }
                Forum::Supervision => rule.article.instrument == Instrument::Regulation,
            };
            assert!(fits && rule.judgment.as_str().starts_with(rule.forum.as_str()), "{}", rule.judgment);
        }
    }

    #[test]
    fn table_four_counts_reconsiderations_and_suits_and_nothing_else() {
        for rule in RULES {
            assert_eq!(rule.counts == Counts::Nowhere, rule.forum == Forum::Supervision, "{}", rule.judgment);
        }
    }

    #[test]
    fn what_overturns_under_the_arts_of_correction_is_corrected_and_the_rest_is_not() {
        for rule in RULES {
            let corrected = match rule.article.instrument {
                Instrument::ReconsiderationLaw => (63..=67).contains(&rule.article.number),
                Instrument::LitigationLaw => (70..=77).contains(&rule.article.number),
                _ => false,
            };
            assert_eq!(rule.counts == Counts::In(Cell::Corrected), corrected, "{}", rule.judgment);
        }
    }

    #[test]
    fn what_reopens_the_application_also_orders() {
        let reopening: Vec<_> = RULES.iter().filter(|rule| rule.reopens).map(|rule| rule.judgment.as_str()).collect();
        assert_eq!(
            reopening,
            [
                "reconsideration_revoked",
                "reconsideration_partly_revoked",
                "reconsideration_performance",
                "reconsideration_mediated",
                "court_revoked",
                "court_partly_revoked",
                "court_performance",
                "court_mediated",
                "supervision_ordered",
            ]
        );
        assert!(RULES.iter().filter(|rule| rule.reopens).all(|rule| rule.orders != Orders::Never));
    }

    #[test]
    fn only_courts_leave_a_window_for_appeal() {
        for rule in RULES.iter().filter(|rule| rule.appeal.is_some()) {
            assert_eq!(rule.forum, Forum::Court, "{}", rule.judgment);
            assert!(!rule.is_on_appeal(), "{}", rule.judgment);
        }
    }
}
