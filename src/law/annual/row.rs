//! The rows of table 三, as the form prints them, and the two forms there are.

use crate::law::coded::coded;
use crate::law::outcome::{self, Outcome};

coded! {
    /// A row of table 三; the code is its number.
    pub enum Row {
        /// What came in this year.
        New = "1", "一、本年新收政府信息公开申请数量", "1 New this year";
        /// What was not closed on the last day of the year before.
        CarriedOver = "2", "二、上年结转政府信息公开申请数量", "2 Carried over from last year";
        /// Granted, or public already.
        Granted = "3.1", "（一）予以公开", "3.1 Granted";
        /// Granted in part, whatever the reason for the rest.
        Partly = "3.2", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "3.2 Granted in part";
        /// Withheld: state secret.
        StateSecret = "3.3.1", "1.属于国家秘密", "3.3.1 State secret";
        /// Withheld: other laws.
        ForbiddenByLaw = "3.3.2", "2.其他法律行政法规禁止公开", "3.3.2 Forbidden by another law";
        /// Withheld: security and stability.
        SecurityStability = "3.3.3", "3.危及“三安全一稳定”", "3.3.3 Security and stability";
        /// Withheld: third parties.
        ThirdParty = "3.3.4", "4.保护第三方合法权益", "3.3.4 Rights of third parties";
        /// Withheld: internal affairs.
        InternalAffairs = "3.3.5", "5.属于三类内部事务信息", "3.3.5 Internal affairs";
        /// Withheld: process information.
        ProcessInformation = "3.3.6", "6.属于四类过程性信息", "3.3.6 Process information";
        /// Withheld: enforcement files.
        EnforcementFiles = "3.3.7", "7.属于行政执法案卷", "3.3.7 Enforcement files";
        /// Withheld: another way of asking.
        OwnRoute = "3.3.8", "8.属于行政查询事项", "3.3.8 Another statutory route";
        /// Not held, or not this agency's.
        NotHeld = "3.4.1", "1.本机关不掌握相关政府信息", "3.4.1 Not held";
        /// Would have to be made.
        ToBeMade = "3.4.2", "2.没有现成信息需要另行制作", "3.4.2 Would have to be made";
        /// Unclear after correction.
        StillUnclear = "3.4.3", "3.补正后申请内容仍不明确", "3.4.3 Still unclear";
        /// A petition or complaint.
        Petition = "3.5.1", "1.信访举报投诉类申请", "3.5.1 Petition or complaint";
        /// A repeat.
        Repeat = "3.5.2", "2.重复申请", "3.5.2 Repeat";
        /// Publications.
        Publications = "3.5.3", "3.要求提供公开出版物", "3.5.3 Publications";
        /// Excessive.
        Excessive = "3.5.4", "4.无正当理由大量反复申请", "3.5.4 Excessive";
        /// Confirmation or re-issue.
        Reissue = "3.5.5", "5.要求行政机关确认或重新出具已获取信息", "3.5.5 Re-issue";
        /// No correction in time.
        LapsedCorrection = "3.6.1", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "3.6.1 No correction in time";
        /// Fee not paid.
        LapsedFee = "3.6.2", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.6.2 Fee not paid in time";
        /// Otherwise.
        OtherResult = "3.6.3", "3.其他", "3.6.3 Other";
        /// The single row of the trial form for what 3.6.1 to 3.6.3 tell apart.
        OtherTogether = "3.6", "（六）其他处理", "3.6 Other";
        /// The sum of what was closed.
        Total = "3.7", "（七）总计", "3.7 Total";
        /// What goes on into the next year.
        Pending = "4", "四、结转下年度继续办理", "4 Pending on 31 December";
    }
}

coded! {
    /// The forms of table 三.
    pub enum Form {
        /// The trial form of 2019: what ended otherwise is one row. Some agencies still print it.
        SingleRow = "2019", "2019年试行格式（“其他处理”为一行）", "trial form of 2019 (one row for other results)";
        /// 国办公开办函〔2021〕30号.
        Current = "2021", "国办公开办函〔2021〕30号格式", "form of 2021";
    }
}

impl Form {
    /// The form that reports of a year had to have: that of 2021 was first used for 2021.
    #[must_use]
    pub const fn of_year(year: i32) -> Self {
        if year < 2021 { Self::SingleRow } else { Self::Current }
    }

    /// Its rows, in their order.
    pub fn rows(self) -> impl Iterator<Item = Row> {
        Row::ALL.iter().copied().filter(move |row| match self {
            Self::Current => *row != Row::OtherTogether,
            Self::SingleRow => !row.is_other(),
        })
    }
}

impl Row {
    /// The row in which an outcome is counted; none for what table 三 does not know (art. 41).
    #[must_use]
    pub fn of(outcome: Outcome) -> Option<Self> {
        outcome::rule(outcome).report_row.and_then(|code| code.parse().ok())
    }

    /// Whether it says how something ended.
    #[must_use]
    pub const fn is_result(self) -> bool {
        !matches!(self, Self::New | Self::CarriedOver | Self::Total | Self::Pending)
    }

    /// Whether it is one of those that the trial form has in a single row.
    #[must_use]
    pub const fn is_other(self) -> bool {
        matches!(self, Self::LapsedCorrection | Self::LapsedFee | Self::OtherResult)
    }

    /// The group above it on the form, where it has one.
    #[must_use]
    pub const fn group_zh(self) -> Option<&'static str> {
        match self {
            Self::StateSecret
            | Self::ForbiddenByLaw
            | Self::SecurityStability
            | Self::ThirdParty
            | Self::InternalAffairs
            | Self::ProcessInformation
            | Self::EnforcementFiles
            | Self::OwnRoute => Some("（三）不予公开"),
            Self::NotHeld | Self::ToBeMade | Self::StillUnclear => Some("（四）无法提供"),
            Self::Petition | Self::Repeat | Self::Publications | Self::Excessive | Self::Reissue => {
                Some("（五）不予处理")
            }
            Self::LapsedCorrection | Self::LapsedFee | Self::OtherResult => Some("（六）其他处理"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_form_has_25_rows_of_which_21_say_how_something_ended() {
        let rows: Vec<Row> = Form::Current.rows().collect();
        assert_eq!((rows.len(), rows.iter().filter(|row| row.is_result()).count()), (25, 21));
        assert_eq!(Form::SingleRow.rows().count(), 23);
        assert_eq!((Form::of_year(2020), Form::of_year(2021)), (Form::SingleRow, Form::Current));
    }

    #[test]
    fn every_outcome_that_is_counted_has_a_row_of_the_current_form() {
        let rows: Vec<Row> = Form::Current.rows().collect();
        for outcome in Outcome::ALL {
            let row = Row::of(*outcome);
            assert_eq!(row.is_some(), outcome::rule(*outcome).report_row.is_some(), "{outcome}");
            assert!(row.is_none_or(|row| row.is_result() && rows.contains(&row)), "{outcome}");
        }
        assert!(
            rows.iter()
                .filter(|row| row.is_result())
                .all(|row| Outcome::ALL.iter().any(|one| Row::of(*one) == Some(*row)))
        );
    }
}
