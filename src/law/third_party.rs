//! A third party whose interests disclosure would touch (arts 15, 32): what the agency may make of its answer or silence.
//!
//! Silence is neither consent nor objection: the agency decides by itself. A reasonable objection binds; an unreasonable
//! one does not; and where withholding would weigh heavily on the public interest even a reasonable one yields, but then
//! the third party is told in writing what is disclosed and why.

use super::article::Article;
use super::coded::coded;

coded! {
    /// What the agency finds about one third party, once it has answered or let its window pass.
    pub enum ThirdPartyFinding {
        /// It consents.
        Consents = "consents", "第三方同意公开", "it consents";
        /// It objects and its reason is reasonable: what touches it is withheld.
        ObjectionReasonable = "objection_reasonable", "不同意公开的理由合理", "its objection is reasonable";
        /// It objects without a reasonable ground: that does not bind.
        ObjectionUnreasonable = "objection_unreasonable", "不同意公开的理由不合理", "its objection is not reasonable";
        /// Whatever its interest, withholding would weigh heavily on the public interest: disclosed.
        PublicInterest = "public_interest", "不公开可能对公共利益造成重大影响", "the public interest outweighs it";
        /// It was silent or said neither, and disclosure would harm it.
        SilentHarm = "silent_harm", "逾期未答复，公开会损害其合法权益", "silent, and disclosure would harm it";
        /// It was silent or said neither, and disclosure would not harm it.
        SilentNoHarm = "silent_no_harm", "逾期未答复，公开不损害其合法权益", "silent, and disclosure would not harm it";
    }
}

impl ThirdPartyFinding {
    /// Whether what touches the third party may be disclosed on this finding.
    #[must_use]
    pub const fn lets_disclose(self) -> bool {
        match self {
            Self::Consents | Self::ObjectionUnreasonable | Self::PublicInterest | Self::SilentNoHarm => true,
            Self::ObjectionReasonable | Self::SilentHarm => false,
        }
    }

    /// Whether the third party is to be told before disclosure: by art. 32 ¶2 for the public interest, by good practice
    /// for an objection that was not followed.
    #[must_use]
    pub const fn overrides(self) -> bool {
        matches!(self, Self::PublicInterest | Self::ObjectionUnreasonable)
    }

    /// Where the finding has its ground.
    #[must_use]
    pub const fn article(self) -> Article {
        match self {
            Self::Consents | Self::SilentHarm => Article::regulation(15),
            Self::ObjectionReasonable | Self::ObjectionUnreasonable | Self::PublicInterest | Self::SilentNoHarm => {
                Article::regulation(32)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reasonable_objection_binds_and_silence_alone_does_not() {
        assert!(!ThirdPartyFinding::ObjectionReasonable.lets_disclose());
        assert!(ThirdPartyFinding::ObjectionUnreasonable.lets_disclose());
        assert!(ThirdPartyFinding::SilentNoHarm.lets_disclose());
        assert!(!ThirdPartyFinding::SilentHarm.lets_disclose());
    }

    #[test]
    fn who_is_overridden_is_told() {
        let told: Vec<_> = ThirdPartyFinding::ALL.iter().filter(|finding| finding.overrides()).collect();
        assert_eq!(told, [&ThirdPartyFinding::ObjectionUnreasonable, &ThirdPartyFinding::PublicInterest]);
        assert!(told.iter().all(|finding| finding.lets_disclose()));
    }
}
