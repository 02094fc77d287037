//! The papers of a case (文书): which there are, under which article each is written, and by which character its number
//! tells it from the others.
//!
//! The set is that of 宿政办函〔2021〕21号 and of the fee measures. No national rule lays down how they are numbered.

use super::article::{Article, Instrument};
use super::coded::coded;
use super::outcome::{Outcome, OutcomeGroup};

coded! {
    /// A paper that the office makes.
    pub enum LetterKind {
        /// That something is to be corrected (art. 30).
        Correction = "correction", "政府信息公开申请补正告知书", "notice of correction";
        /// That reasons are asked for, the applications being clearly many (art. 35).
        Explanation = "explanation", "政府信息公开申请说明理由告知书", "request for reasons";
        /// That the reply comes by a delayed date (art. 35).
        Delay = "delay", "政府信息公开申请延迟答复告知书", "notice of a delayed reply";
        /// That the period is extended (art. 33 ¶2).
        Extension = "extension", "政府信息公开申请延期答复告知书", "notice of extension";
        /// To somebody whose interests disclosure would harm (art. 32).
        ThirdParty = "third_party", "政府信息公开征求意见书", "consultation of a third party";
        /// To the applicant: that others are consulted (art. 33 ¶3).
        ConsultationTold = "consultation_told", "政府信息公开征求意见告知书", "notice of consultation";
        /// To the third party: what is disclosed all the same (art. 32).
        Override = "override", "依申请公开政府信息告知书", "notice of disclosure to a third party";
        /// To an agency that made the information together with this one (art. 34).
        CoMaker = "co_maker", "共同制作政府信息征求意见函", "consultation of a co-making agency";
        /// To another agency (art. 33 ¶3).
        Assisting = "assisting", "政府信息公开协助办理函", "consultation of another agency";
        /// That a fee is to be paid (art. 42).
        Fee = "fee", "政府信息公开信息处理费收费通知书", "fee notice";
        /// Where the applicant was pointed, or the application passed on.
        Referral = "referral", "政府信息公开申请转办告知书", "notice of referral";
        /// What the agency answers (arts 36 to 41).
        Reply = "reply", "政府信息公开申请答复书", "reply";
        /// That the application is no longer processed (art. 30; 国办函〔2020〕109号 art. 6).
        Lapse = "lapse", "政府信息公开申请不再处理告知书", "notice that it is no longer processed";
        /// That the applicant withdrew.
        WithdrawalConfirmed = "withdrawal_confirmed", "政府信息公开申请撤回确认书", "withdrawal confirmed";
        /// With information that is handed out (art. 40).
        Release = "release", "政府信息提供告知书", "notice of release";
        /// What the agency answers before the body that reconsiders its act (行政复议法 arts 48, 54).
        ReconsiderationAnswer = "reconsideration_answer", "行政复议答复书", "answer in reconsideration";
        /// What it answers before the court (行政诉讼法 art. 67).
        Defence = "defence", "行政诉讼答辩状", "defence in a suit";
        /// The evidence and the basis that go in with either, item by item.
        EvidenceCatalogue = "evidence_catalogue", "证据目录", "evidence catalogue";
        /// What is handed out on arrival.
        Receipt = "receipt", "政府信息公开申请登记回执", "receipt";
        /// What is signed for when a reply is handed over.
        ServiceReceipt = "service_receipt", "送达回证", "receipt of service";
        /// What the applicant has fetched, and when first.
        DownloadReceipt = "download_receipt", "网上取得回执", "receipt of downloads";
        /// The application as a form.
        ApplicationForm = "application_form", "政府信息公开申请表", "application form";
        /// What lies on top of the file.
        CoverSheet = "cover_sheet", "政府信息公开申请案卷封面", "cover sheet";
        /// Why a day is the day it is.
        DeadlineSheet = "deadline_sheet", "办理期限计算说明", "how a deadline was counted";
    }
}

/// How a letter is told from the others of its case by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    /// It is issued, under a number of its own series.
    Series {
        /// The character in the number.
        mark: &'static str,
    },
    /// A sheet made from the file whenever it is wanted; it bears the number of the case.
    Sheet,
}

impl LetterKind {
    /// Whether it has a series, and which.
    #[must_use]
    pub const fn numbered(self) -> Numbered {
        let mark = match self {
            Self::Correction => "补",
            Self::Explanation => "理",
            Self::Delay => "缓",
            Self::Extension => "延",
            Self::ThirdParty => "征",
            Self::ConsultationTold => "征告",
            Self::Override => "权告",
            Self::CoMaker => "共征",
            Self::Assisting => "协",
            Self::Fee => "费",
            Self::Referral => "转",
            Self::Reply => "答",
            Self::Lapse => "终",
            Self::WithdrawalConfirmed => "撤",
            Self::Release => "供",
            Self::ReconsiderationAnswer => "复答",
            Self::Defence => "辩",
            Self::EvidenceCatalogue => "证",
            Self::Receipt
            | Self::ServiceReceipt
            | Self::DownloadReceipt
            | Self::ApplicationForm
            | Self::CoverSheet
            | Self::DeadlineSheet => return Numbered::Sheet,
        };
        Numbered::Series { mark }
    }

    /// Whether it is issued once, under a number, and kept as it went out.
    #[must_use]
    pub const fn is_issued(self) -> bool {
        matches!(self.numbered(), Numbered::Series { .. })
    }

    /// Whether it goes to the applicant, as against a third party, another agency or the file.
    #[must_use]
    pub const fn is_to_applicant(self) -> bool {
        !matches!(
            self,
            Self::ThirdParty
                | Self::Override
                | Self::CoMaker
                | Self::Assisting
                | Self::ReconsiderationAnswer
                | Self::Defence
                | Self::EvidenceCatalogue
                | Self::ServiceReceipt
                | Self::CoverSheet
                | Self::DeadlineSheet
        )
    }

    /// Whether it is written in a proceeding against the agency, and goes to whoever decides that.
    #[must_use]
    pub const fn is_of_proceeding(self) -> bool {
        matches!(self, Self::ReconsiderationAnswer | Self::Defence | Self::EvidenceCatalogue)
    }

    /// Whether it hangs on the last day of the reply, so that the count of its days may follow as an annex.
    #[must_use]
    pub const fn hangs_on_reply_day(self) -> bool {
        matches!(self, Self::Delay | Self::Extension | Self::ConsultationTold | Self::Reply)
    }

    /// Where the law has it written; a reply stands on the articles of its outcome, a sheet on what it is a sheet of.
    #[must_use]
    pub const fn articles(self) -> &'static [Article] {
        const CORRECTION: &[Article] = &[Article::regulation(30)];
        const EXCESSIVE: &[Article] = &[Article::regulation(35)];
        const EXTENSION: &[Article] = &[Article::regulation(33).paragraph(2)];
        const THIRD_PARTY: &[Article] = &[Article::regulation(32)];
        const CONSULTATION: &[Article] = &[Article::regulation(33).paragraph(3)];
        const CO_MAKER: &[Article] = &[Article::regulation(34)];
        const FEE: &[Article] = &[Article::regulation(42), Article::new(Instrument::FeeMeasures, 3)];
        const REPLY: &[Article] = &[Article::regulation(36)];
        const LAPSE: &[Article] = &[Article::regulation(30), Article::new(Instrument::FeeMeasures, 6)];
        const REFERRAL: &[Article] = &[Article::regulation(36).item(5), Article::regulation(39)];
        const APPLICATION: &[Article] = &[Article::regulation(29)];
        const RECEIPT: &[Article] = &[Article::regulation(31)];
        const ACCESS: &[Article] = &[Article::regulation(40)];
        const ANSWER: &[Article] =
            &[Article::new(Instrument::ReconsiderationLaw, 48), Article::new(Instrument::ReconsiderationLaw, 54)];
        const DEFENCE: &[Article] = &[Article::new(Instrument::LitigationLaw, 67)];
        const EVIDENCE: &[Article] =
            &[Article::new(Instrument::ReconsiderationLaw, 48), Article::new(Instrument::LitigationLaw, 67)];
        match self {
            Self::Correction => CORRECTION,
            Self::Explanation | Self::Delay => EXCESSIVE,
            Self::Extension => EXTENSION,
            Self::ThirdParty | Self::Override => THIRD_PARTY,
            Self::ConsultationTold | Self::Assisting => CONSULTATION,
            Self::CoMaker => CO_MAKER,
            Self::Fee => FEE,
            Self::Referral => REFERRAL,
            Self::Reply => REPLY,
            Self::Lapse => LAPSE,
            Self::ApplicationForm | Self::WithdrawalConfirmed => APPLICATION,
            Self::Receipt | Self::CoverSheet | Self::DeadlineSheet => RECEIPT,
            Self::ServiceReceipt | Self::DownloadReceipt | Self::Release => ACCESS,
            Self::ReconsiderationAnswer => ANSWER,
            Self::Defence => DEFENCE,
            Self::EvidenceCatalogue => EVIDENCE,
        }
    }

    /// The title as it stands on the paper. Of replies, by what they decide: offices tell them apart at a glance.
    #[must_use]
    pub fn title(self, outcome: Option<Outcome>) -> &'static str {
        let group = outcome.filter(|_| self == Self::Reply).map(|outcome| super::outcome::rule(outcome).group);
        match group {
            Some(OutcomeGroup::Refused) => "政府信息不予公开告知书",
            Some(OutcomeGroup::Partly) => "政府信息部分公开告知书",
            Some(OutcomeGroup::Unavailable) => "政府信息公开申请无法提供告知书",
            Some(OutcomeGroup::NotProcessed) => "政府信息公开申请不予处理告知书",
            _ => self.zh(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn two_series_of_one_agency_never_share_a_mark() {
        let marks: Vec<&str> = LetterKind::ALL
            .iter()
            .filter_map(|kind| match kind.numbered() {
                Numbered::Series { mark } => Some(mark),
                Numbered::Sheet => None,
            })
            .collect();
        assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), marks.len());
    }

    #[test]
    fn a_refusal_says_so_in_its_title() {
        assert_eq!(LetterKind::Reply.title(Some(Outcome::RefusedThirdParty)), "政府信息不予公开告知书");
        assert_eq!(LetterKind::Reply.title(Some(Outcome::Granted)), "政府信息公开申请答复书");
        assert_eq!(LetterKind::Correction.title(Some(Outcome::Granted)), "政府信息公开申请补正告知书");
    }
}
