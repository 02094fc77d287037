//! The columns of the ledger: one list for what is written, what is read back, and what the explanations say.

use crate::law::coded::coded;

coded! {
    /// A sheet of the ledger.
    pub enum Sheet {
        /// One row a case.
        Cases = "cases", "申请", "cases";
        /// One row a proceeding, with what table 四 of the annual report needs.
        Proceedings = "proceedings", "复议诉讼", "proceedings";
        /// One row a year: what is entered for table 二 of the annual report.
        TableTwo = "table_two", "表二", "table two";
    }
}

coded! {
    /// A column of the sheet of cases.
    pub enum CaseColumn {
        /// Which agency.
        Agency = "agency", "机关", "agency";
        /// The number in the register.
        Number = "number", "登记编号", "number";
        /// The number on the receipt.
        ReceiptNo = "receipt_no", "回执编号", "receipt number";
        /// What was applied for.
        Matter = "matter", "申请事项", "matter";
        /// How it came.
        Channel = "channel", "渠道", "channel";
        /// When it arrived.
        ArrivedOn = "arrived_on", "到达日期", "arrived on";
        /// When it was received in law.
        ReceivedOn = "received_on", "收到日期", "received on";
        /// When it was registered.
        RegisteredOn = "registered_on", "登记日期", "registered on";
        /// The annual report's class of the applicant.
        ApplicantKind = "applicant_kind", "申请人类别", "class of applicant";
        /// Who asks.
        Applicant = "applicant", "申请人", "applicant";
        /// By which document that was proven.
        IdentityDocument = "identity_document", "证件类型", "identity document";
        /// Its number.
        IdentityNumber = "identity_number", "证件号码", "identity number";
        /// Whom to ask for.
        ContactName = "contact_name", "联系人", "contact";
        /// Telephone.
        Phone = "phone", "电话", "telephone";
        /// E-mail.
        Email = "email", "电子邮件", "e-mail";
        /// Postal address.
        Address = "address", "通信地址", "address";
        /// Postcode.
        Postcode = "postcode", "邮政编码", "postcode";
        /// What is asked for, by title.
        Subject = "subject", "申请内容", "subject";
        /// Its description.
        Description = "description", "内容描述", "description";
        /// The form wanted.
        Form = "form", "提供形式", "form wanted";
        /// The way of getting it.
        Route = "route", "获取方式", "way of getting it";
        /// When a correction was asked for.
        CorrectionSentOn = "correction_sent_on", "补正告知日期", "correction asked for on";
        /// When it came.
        CorrectedOn = "corrected_on", "收到补正日期", "corrected on";
        /// By how many working days the period was extended.
        ExtendedDays = "extended_days", "延期工作日", "extended by (working days)";
        /// When the applicant was told.
        ExtensionSentOn = "extension_sent_on", "延期告知日期", "extension notified on";
        /// The processing fee.
        Fee = "fee", "信息处理费（元）", "fee (yuan)";
        /// When it was paid.
        FeePaidOn = "fee_paid_on", "缴费日期", "fee paid on";
        /// How it ended first.
        Outcome = "outcome", "办理结果", "outcome";
        /// What was withheld, where a part was granted.
        Withheld = "withheld", "不予公开部分的依据", "grounds of what was withheld";
        /// When it ended first.
        ClosedOn = "closed_on", "办结日期", "closed on";
        /// How the reply was served.
        ServiceWay = "service_way", "送达方式", "served";
        /// The number of the reply.
        ReplyNumber = "reply_number", "答复文号", "number of the reply";
        /// Whether it was late.
        Late = "late", "逾期答复", "late";
        /// How it was answered anew, after a decision.
        AnewOutcome = "anew_outcome", "重新答复结果", "outcome of the new reply";
        /// When.
        AnewOn = "anew_on", "重新答复日期", "answered anew on";
        /// How that was served.
        AnewWay = "anew_way", "重新答复送达方式", "new reply served";
        /// Its number.
        AnewNumber = "anew_number", "重新答复文号", "number of the new reply";
        /// Whether that was late.
        AnewLate = "anew_late", "重新答复逾期", "new reply late";
        /// Where it stands.
        Stage = "stage", "当前阶段", "stage";
        /// With whom.
        Handler = "handler", "承办人", "handler";
        /// Until when.
        DueOn = "due_on", "到期日期", "due on";
    }
}

coded! {
    /// A column of the sheet of proceedings.
    pub enum ProceedingColumn {
        /// Which agency.
        Agency = "agency", "机关", "agency";
        /// The agency's own number of the file.
        Number = "number", "案卷编号", "number";
        /// The number of the case.
        CaseNumber = "case_number", "申请编号", "number of the case";
        /// What kind it is.
        Kind = "kind", "类别", "kind";
        /// How a suit came about.
        Route = "route", "起诉途径", "how it came about";
        /// What is challenged.
        Challenged = "challenged", "争议事项", "challenged";
        /// The number of the letter that is challenged.
        LetterNumber = "letter_number", "争议文书文号", "number of the letter";
        /// Who began it.
        Claimant = "claimant", "提起人", "claimant";
        /// Before whom it is.
        Authority = "authority", "复议机关或者法院", "authority";
        /// Its number of the matter.
        AuthorityNumber = "authority_number", "对方案号", "its number";
        /// The procedure.
        Procedure = "procedure", "程序", "procedure";
        /// The instance.
        Level = "level", "审级", "instance";
        /// Since when it is pending.
        BeganOn = "began_on", "开始日期", "pending since";
        /// When it reached the authority.
        SubmittedOn = "submitted_on", "提出日期", "submitted on";
        /// When it was accepted.
        AcceptedOn = "accepted_on", "受理日期", "accepted on";
        /// When the copy came.
        ReceivedOn = "received_on", "收到副本日期", "copy received on";
        /// The day set for the answer.
        AnswerBy = "answer_by", "指定答复日期", "answer set for";
        /// When it was answered.
        AnsweredOn = "answered_on", "提交答复日期", "answered on";
        /// Whether too late.
        AnsweredLate = "answered_late", "逾期提交", "answered late";
        /// Results before a retrial.
        Earlier = "earlier", "再审前的结果", "results before a retrial";
        /// The result that stands.
        Judgment = "judgment", "结果", "result";
        /// The day of the decision by which it stands.
        DecidedOn = "decided_on", "作出日期", "decided on";
        /// The day that came.
        DecisionReceivedOn = "decision_received_on", "收到结果日期", "decision received on";
        /// The day it took effect, where one could appeal.
        TookEffectOn = "took_effect_on", "生效日期", "took effect on";
        /// Why the agency's act did not stand.
        Reasons = "reasons", "纠正原因", "reasons";
        /// Within what time it must do what is ordered.
        Order = "order", "责令期限", "time ordered";
        /// When it was done.
        PerformedOn = "performed_on", "履行日期", "performed on";
        /// Why it was closed without an outcome.
        Struck = "struck", "无结果销案", "closed without an outcome";
        /// Since when it is over.
        ClosedOn = "closed_on", "结案日期", "closed on";
        /// Where it stands.
        Stage = "stage", "当前阶段", "stage";
    }
}

coded! {
    /// A column of the sheet of table 二.
    pub enum TwoColumn {
        /// Which agency.
        Agency = "agency", "机关", "agency";
        /// Which year.
        Year = "year", "年度", "year";
        /// 规章: made in the year.
        RegulationsMade = "regulations_made", "规章本年制发件数", "regulations made";
        /// Repealed in the year.
        RegulationsRepealed = "regulations_repealed", "规章本年废止件数", "regulations repealed";
        /// In force.
        RegulationsInForce = "regulations_in_force", "规章现行有效件数", "regulations in force";
        /// 行政规范性文件: made in the year.
        NormativeMade = "normative_made", "行政规范性文件本年制发件数", "normative documents made";
        /// Repealed in the year.
        NormativeRepealed = "normative_repealed", "行政规范性文件本年废止件数", "normative documents repealed";
        /// In force.
        NormativeInForce = "normative_in_force", "行政规范性文件现行有效件数", "normative documents in force";
        /// 行政许可.
        Licences = "licences", "行政许可处理决定数量", "licences";
        /// 行政处罚.
        Penalties = "penalties", "行政处罚处理决定数量", "penalties";
        /// 行政强制.
        Enforcement = "enforcement", "行政强制处理决定数量", "coercive measures";
        /// 行政事业性收费.
        Charges = "charges", "行政事业性收费金额（万元）", "charges (ten thousand yuan)";
    }
}

/// How a column is meant when the sheet comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It must be filled in.
    Always,
    /// It may be left out.
    May,
    /// It is reckoned here, and not read back.
    Never,
}

/// A column of either sheet, as the explanations show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its code.
    pub code: &'static str,
    /// Its head in Chinese.
    pub zh: &'static str,
    /// Its head in English.
    pub en: &'static str,
    /// How it is meant when the sheet comes back.
    pub wanted: Wanted,
}

impl CaseColumn {
    /// How it is meant when the sheet comes back.
    #[must_use]
    pub const fn wanted(self) -> Wanted {
        match self {
            Self::Channel | Self::ArrivedOn | Self::ApplicantKind | Self::Applicant | Self::Subject => Wanted::Always,
            Self::Stage | Self::Handler | Self::DueOn => Wanted::Never,
            _ => Wanted::May,
        }
    }

    /// Whether it says who somebody is or how to reach them.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            Self::Applicant
                | Self::IdentityNumber
                | Self::ContactName
                | Self::Phone
                | Self::Email
                | Self::Address
                | Self::Postcode
        )
    }
}

impl ProceedingColumn {
    /// How it is meant when the sheet comes back.
    #[must_use]
    pub const fn wanted(self) -> Wanted {
        match self {
            Self::Number | Self::CaseNumber | Self::Kind | Self::Challenged | Self::Authority => Wanted::Always,
            Self::Stage => Wanted::Never,
            _ => Wanted::May,
        }
    }
}

impl TwoColumn {
    /// How it is meant when the sheet comes back.
    #[must_use]
    pub const fn wanted(self) -> Wanted {
        match self {
            Self::Year => Wanted::Always,
            _ => Wanted::May,
        }
    }
}

impl Sheet {
    /// Its columns, in their order.
    #[must_use]
    pub fn columns(self) -> Vec<Column> {
        match self {
            Self::Cases => CaseColumn::ALL
                .iter()
                .map(|one| Column { code: one.as_str(), zh: one.zh(), en: one.en(), wanted: one.wanted() })
                .collect(),
            Self::Proceedings => ProceedingColumn::ALL
                .iter()
                .map(|one| Column { code: one.as_str(), zh: one.zh(), en: one.en(), wanted: one.wanted() })
                .collect(),
            Self::TableTwo => TwoColumn::ALL
                .iter()
                .map(|one| Column { code: one.as_str(), zh: one.zh(), en: one.en(), wanted: one.wanted() })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_column_of_a_sheet_has_a_head_of_its_own_in_both_languages() {
        for sheet in Sheet::ALL {
            let columns = sheet.columns();
            for name in [|one: &Column| one.zh, |one: &Column| one.en, |one: &Column| one.code] {
                assert_eq!(columns.iter().map(name).collect::<BTreeSet<_>>().len(), columns.len(), "{sheet}");
            }
        }
    }
}
