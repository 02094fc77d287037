//! How an application may end (arts 30, 35–39, 41; 国办函〔2020〕109号): one list, and a table beside it in `rules`.
//!
//! The row numbers are those of table 三 of the annual report (国办公开办函〔2021〕30号), so that the reply an officer
//! signs and the figure the agency publishes cannot differ.

mod rules;

pub use rules::rule;

use super::article::Article;
use super::coded::coded;
use super::remedy::RemedyPath;
use serde::Serialize;

coded! {
    /// An end of an application.
    pub enum Outcome {
        /// The information is given.
        Granted = "granted", "予以公开", "granted";
        /// It is public already.
        AlreadyPublic = "already_public", "已主动公开", "already public";
        /// The open part is given, the rest withheld with reasons.
        PartlyGranted = "partly_granted", "部分公开", "partly granted";

        /// Withheld: state secret.
        RefusedStateSecret = "refused_state_secret", "不予公开（国家秘密）", "refused: state secret";
        /// Withheld: another law or administrative regulation forbids it.
        RefusedForbiddenByLaw = "refused_forbidden_by_law", "不予公开（法律行政法规禁止）", "refused: forbidden by law";
        /// Withheld: security and stability.
        RefusedSecurityStability = "refused_security_stability", "不予公开（三安全一稳定）", "refused: security and stability";
        /// Withheld: third-party rights.
        RefusedThirdParty = "refused_third_party", "不予公开（第三方合法权益）", "refused: third-party rights";
        /// Withheld: internal affairs.
        RefusedInternalAffairs = "refused_internal_affairs", "不予公开（内部事务信息）", "refused: internal affairs";
        /// Withheld: process information.
        RefusedProcessInformation = "refused_process_information", "不予公开（过程性信息）", "refused: process information";
        /// Withheld: administrative enforcement files.
        RefusedEnforcementFiles = "refused_enforcement_files", "不予公开（行政执法案卷）", "refused: enforcement files";
        /// A registry or the like, for which another law has its own way of asking.
        RefusedOwnRoute = "refused_own_route", "不予公开（行政查询事项）", "refused: has its own statutory route";

        /// Searched for and not there.
        NotHeld = "not_held", "无法提供（信息不存在）", "unavailable: not held";
        /// Another agency's to answer.
        NotThisAgency = "not_this_agency", "无法提供（不属于本机关）", "unavailable: not this agency's";
        /// Would have to be processed or analysed first.
        WouldHaveToBeMade = "would_have_to_be_made", "无法提供（需另行制作）", "unavailable: would have to be made";
        /// Still unclear after correction.
        StillUnclear = "still_unclear", "无法提供（补正后仍不明确）", "unavailable: still unclear after correction";

        /// A petition, complaint or report in the dress of a request.
        NotProcessedPetition = "not_processed_petition", "不予处理（信访举报投诉）", "not processed: petition";
        /// A repeat of what was answered.
        NotProcessedRepeat = "not_processed_repeat", "不予处理（重复申请）", "not processed: repeat";
        /// Asks for gazettes, papers, books.
        NotProcessedPublications = "not_processed_publications", "不予处理（公开出版物）", "not processed: publications";
        /// Clearly excessive, without good reason.
        NotProcessedExcessive = "not_processed_excessive", "不予处理（无正当理由大量反复）", "not processed: excessive";
        /// Asks the agency to confirm or re-issue what the applicant has.
        NotProcessedReissue = "not_processed_reissue", "不予处理（确认或重新出具）", "not processed: re-issue";

        /// Correction not made in time, without good reason.
        LapsedCorrection = "lapsed_correction", "不再处理（逾期不补正）", "lapsed: correction not made";
        /// Fee not paid in time.
        LapsedFee = "lapsed_fee", "不再处理（逾期不缴费）", "lapsed: fee not paid";

        /// Withdrawn by the applicant.
        Withdrawn = "withdrawn", "申请人撤回", "withdrawn";
        /// Not government information in the sense of art. 2.
        NotGovernmentInformation = "not_government_information", "不属于政府信息", "not government information";
        /// A record about the applicant himself was corrected.
        RecordsCorrected = "records_corrected", "更正本人信息", "record corrected";
        /// The same, passed on to or pointed towards the agency that can.
        RecordsCorrectionReferred = "records_correction_referred", "更正申请转送或告知", "correction of record referred";
        /// The same, refused: the evidence does not show the record to be wrong.
        RecordsCorrectionRefused = "records_correction_refused", "不予更正", "correction of record refused";
        /// None of these.
        Other = "other", "其他处理", "other";
    }
}

coded! {
    /// The family an outcome belongs to, as the annual report groups them.
    pub enum OutcomeGroup {
        /// 予以公开.
        Granted = "granted", "予以公开", "granted";
        /// 部分公开.
        Partly = "partly", "部分公开", "partly granted";
        /// 不予公开.
        Refused = "refused", "不予公开", "refused";
        /// 无法提供.
        Unavailable = "unavailable", "无法提供", "unavailable";
        /// 不予处理.
        NotProcessed = "not_processed", "不予处理", "not processed";
        /// 不再处理: lapsed by the applicant's default.
        Lapsed = "lapsed", "不再处理", "lapsed";
        /// 其他.
        Other = "other", "其他", "other";
    }
}

coded! {
    /// Something the reply must say, or it is incomplete.
    pub enum Statement {
        /// The information, or how, where and when to get it (art. 36 items 1 and 2).
        HowToObtain = "how_to_obtain", "获取信息的方式、途径和时间", "how, where and when to obtain it";
        /// The reason, for each part withheld (arts 36 item 3, 37).
        Reason = "reason", "理由", "the reason";
        /// That a search was made, where and how (art. 36 item 4).
        SearchMade = "search_made", "检索情况", "the search made";
        /// Name and contact of the right agency, if it can be determined (art. 36 item 5).
        RightAgency = "right_agency", "负责公开的机关名称和联系方式", "the right agency";
        /// The law that has its own way of asking (art. 36 item 7).
        GoverningLaw = "governing_law", "适用的法律、行政法规", "the governing law";
        /// What is still unclear (art. 30).
        WhatIsUnclear = "what_is_unclear", "仍不明确之处", "what is unclear";
        /// The channel for a petition, or where publications are had: may be named (art. 39).
        ProperChannel = "proper_channel", "相应渠道", "the proper channel";
        /// The earlier reply that is repeated (art. 36 item 6).
        EarlierReply = "earlier_reply", "此前的答复", "the earlier reply";
        /// The notice that was not heeded, and its last day (art. 30; 109号 art. 6).
        NoticeUnheeded = "notice_unheeded", "原告知书及其期限", "the notice not heeded";
    }
}

/// What the law attaches to an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OutcomeRule {
    /// The outcome.
    pub outcome: Outcome,
    /// The family.
    pub group: OutcomeGroup,
    /// Its basis, the leading article first.
    pub articles: &'static [Article],
    /// The row of table 三 it is counted in; `None` if it is not counted (art. 41).
    pub report_row: Option<&'static str>,
    /// The way open to the applicant.
    pub remedy: RemedyPath,
    /// What the reply must say.
    pub must_state: &'static [Statement],
    /// What the reply may say besides, at the agency's choice.
    pub may_state: &'static [Statement],
    /// Whether information goes out with it.
    pub discloses: bool,
    /// Whether it is chosen in a draft reply; lapses and withdrawals come about by themselves.
    pub by_reply: bool,
    /// Whether a secrecy review must come first: information goes out, or a state secret is claimed (art. 17).
    pub needs_secrecy_review: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_outcome_has_its_own_rule_and_an_article() {
        for outcome in Outcome::ALL {
            let rule = rule(*outcome);
            assert_eq!(rule.outcome, *outcome);
            assert!(!rule.articles.is_empty(), "{outcome}");
        }
    }

    #[test]
    fn every_row_of_the_annual_report_is_reached() {
        let reached: BTreeSet<_> = Outcome::ALL.iter().filter_map(|outcome| rule(*outcome).report_row).collect();
        let rows = [
            "3.1", "3.2", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.3.6", "3.3.7", "3.3.8", "3.4.1", "3.4.2",
            "3.4.3", "3.5.1", "3.5.2", "3.5.3", "3.5.4", "3.5.5", "3.6.1", "3.6.2", "3.6.3",
        ];
        assert_eq!(reached, BTreeSet::from(rows));
    }

    #[test]
    fn only_corrections_of_records_are_not_counted() {
        let uncounted: Vec<_> = Outcome::ALL.iter().filter(|outcome| rule(**outcome).report_row.is_none()).collect();
        assert_eq!(
            uncounted,
            [&Outcome::RecordsCorrected, &Outcome::RecordsCorrectionReferred, &Outcome::RecordsCorrectionRefused]
        );
    }

    #[test]
    fn the_group_agrees_with_the_row() {
        for rule in Outcome::ALL.iter().map(|outcome| rule(*outcome)) {
            let expected = match rule.report_row {
                Some("3.1") => OutcomeGroup::Granted,
                Some("3.2") => OutcomeGroup::Partly,
                Some("3.6.1" | "3.6.2") => OutcomeGroup::Lapsed,
                Some("3.6.3") | None => OutcomeGroup::Other,
                Some(row) if row.starts_with("3.3.") => OutcomeGroup::Refused,
                Some(row) if row.starts_with("3.4.") => OutcomeGroup::Unavailable,
                Some(_) => OutcomeGroup::NotProcessed,
            };
            assert_eq!(rule.group, expected, "{}", rule.outcome);
        }
    }

    #[test]
    fn withholding_under_articles_14_to_16_goes_to_reconsideration_first() {
        for rule in Outcome::ALL.iter().map(|outcome| rule(*outcome)) {
            let withholds = rule.articles.iter().any(|article| (14..=16).contains(&article.number));
            assert_eq!(rule.remedy == RemedyPath::ReconsiderationFirst, withholds, "{}", rule.outcome);
            assert_eq!(rule.remedy == RemedyPath::ByPart, rule.outcome == Outcome::PartlyGranted, "{}", rule.outcome);
        }
    }

    #[test]
    fn what_goes_out_is_reviewed_for_secrets_first() {
        for rule in Outcome::ALL.iter().map(|outcome| rule(*outcome)) {
            assert_eq!(
                rule.needs_secrecy_review,
                rule.discloses || rule.outcome == Outcome::RefusedStateSecret,
                "{}",
                rule.outcome
            );
        }
    }

    #[test]
    fn lapses_and_withdrawals_are_not_chosen_in_a_draft() {
        let by_themselves: Vec<_> = Outcome::ALL.iter().filter(|outcome| !rule(**outcome).by_reply).copied().collect();
        assert_eq!(by_themselves, [Outcome::LapsedCorrection, Outcome::LapsedFee, Outcome::Withdrawn]);
    }
}
