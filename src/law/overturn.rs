//! Why a reply was overturned, as a coded list, so that the reason flows back to past answers and to the wordings concerned.

use super::article::{Article, Instrument};
use super::coded::coded;

coded! {
    /// A reason for which a reply, or the lack of one, did not stand. A decision may name several.
    pub enum OverturnReason {
        /// "Does not exist" without a record of a proper search (art. 36 item 4).
        NoSearchRecord = "no_search_record", "检索不充分", "no sufficient search record";
        /// No reasons were given (art. 36 item 3).
        NoReasons = "no_reasons", "未说明理由", "no reasons given";
        /// The wrong ground, or a ground that does not carry (arts 14–16).
        WrongGround = "wrong_ground", "适用依据错误", "wrong ground";
        /// The remedy was not told, or wrongly (行政复议法 art. 23 ¶2).
        NoRemedyTold = "no_remedy_told", "未告知救济途径", "remedy not told";
        /// Late, or not at all (art. 33).
        Late = "late", "逾期答复或者未答复", "late or no reply";
        /// A third party was not consulted (art. 32).
        ThirdPartyNotConsulted = "third_party_not_consulted", "未征求第三方意见", "third party not consulted";
        /// Another agency had to answer, or this one was not competent (art. 10).
        WrongBody = "wrong_body", "答复主体错误", "wrong body";
        /// Separation was not considered (art. 37).
        NotSeparated = "not_separated", "未作区分处理", "separability not considered";
        /// The facts were not clear, or the evidence did not suffice (行政复议法 art. 64 item 1).
        FactsUnclear = "facts_unclear", "事实不清、证据不足", "facts unclear";
        /// No answer or evidence was handed in: the act counts as without evidence (行政复议法 art. 70).
        NoEvidence = "no_evidence", "未按期答复举证", "no evidence handed in";
        /// Another fault of procedure (行政复议法 art. 64 item 2).
        Procedure = "procedure", "违反法定程序", "fault of procedure";
        /// What was asked was misread: the reply answers something else (art. 36).
        Misread = "misread", "答非所问", "answered something else";
        /// Another reason.
        Other = "other", "其他", "other";
    }
}

impl OverturnReason {
    /// The duty that was missed.
    #[must_use]
    pub const fn article(self) -> Article {
        const BODY: Instrument = Instrument::ReconsiderationLaw;
        match self {
            Self::NoSearchRecord => Article::regulation(36).item(4),
            Self::NoReasons => Article::regulation(36).item(3),
            Self::WrongGround => Article::regulation(13),
            Self::NoRemedyTold => Article::new(BODY, 23).paragraph(2),
            Self::Late => Article::regulation(33),
            Self::ThirdPartyNotConsulted => Article::regulation(32),
            Self::WrongBody => Article::regulation(10),
            Self::NotSeparated => Article::regulation(37),
            Self::FactsUnclear => Article::new(BODY, 64).paragraph(1).item(1),
            Self::NoEvidence => Article::new(BODY, 70),
            Self::Procedure => Article::new(BODY, 64).paragraph(1).item(2),
            Self::Misread | Self::Other => Article::regulation(36),
        }
    }

    /// Whether it is a fault of procedure alone: the agency may come to the same reply again (行政复议法 art. 64 ¶2), and a
    /// body that finds no more than this has not changed the act (行政诉讼法解释 art. 22 ¶3).
    #[must_use]
    pub const fn is_procedural(self) -> bool {
        matches!(self, Self::NoRemedyTold | Self::Late | Self::ThirdPartyNotConsulted | Self::Procedure)
    }

    /// Whether it blames the wording of the letter, so that the template it was written from is looked at.
    #[must_use]
    pub const fn concerns_wording(self) -> bool {
        matches!(self, Self::NoReasons | Self::WrongGround | Self::NoRemedyTold | Self::NotSeparated | Self::Misread)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_names_the_duty_that_was_missed() {
        for reason in OverturnReason::ALL {
            assert_ne!(reason.article().number, 0, "{reason}");
        }
    }

    #[test]
    fn a_missing_search_is_a_matter_of_substance_and_not_of_wording() {
        assert!(!OverturnReason::NoSearchRecord.is_procedural() && !OverturnReason::NoSearchRecord.concerns_wording());
        assert!(OverturnReason::NoRemedyTold.is_procedural() && OverturnReason::NoRemedyTold.concerns_wording());
    }
}
