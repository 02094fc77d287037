//! What may or must be withheld (arts 14–16), and what can open it all the same.

use super::article::Article;
use super::coded::coded;
use super::outcome::Outcome;
use serde::Serialize;

coded! {
    /// A ground for withholding.
    pub enum Ground {
        /// Classified as a state secret according to law.
        StateSecret = "state_secret", "国家秘密", "state secret";
        /// Another law or administrative regulation forbids disclosure.
        ForbiddenByLaw = "forbidden_by_law", "法律、行政法规禁止公开", "forbidden by law";
        /// Disclosure may endanger national security, public security, economic security or social stability.
        SecurityStability = "security_stability", "三安全一稳定", "security and stability";
        /// Trade secrets, privacy: disclosure would harm a third party.
        ThirdPartyRights = "third_party_rights", "第三方合法权益", "third-party rights";
        /// Personnel, logistics, internal workflow.
        InternalAffairs = "internal_affairs", "内部事务信息", "internal affairs";
        /// Discussion records, drafts, consultation letters, requests and reports.
        ProcessInformation = "process_information", "过程性信息", "process information";
        /// Administrative enforcement files.
        EnforcementFiles = "enforcement_files", "行政执法案卷", "enforcement files";
    }
}

/// How hard a ground binds the agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// 不予公开: must be withheld.
    Must,
    /// 不得公开, unless the third party agrees or the public interest would suffer greatly.
    MustUnlessOverridden,
    /// 可以不予公开: may be withheld; withholding is a choice that needs its own reason.
    May,
}

/// A ground with what the law attaches to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Exemption {
    /// The ground.
    pub ground: Ground,
    /// Where it stands.
    pub article: Article,
    /// How hard it binds.
    pub force: Force,
    /// Whether the third party is to be asked in writing first (art. 32).
    pub consult_third_party: bool,
    /// Whether a law, regulation or rule that has such information open goes before it (art. 16 ¶2, last sentence).
    pub yields_to_other_law: bool,
    /// The reply that withholds everything on this ground.
    pub outcome: Outcome,
}

impl Ground {
    /// What the law attaches to this ground.
    #[must_use]
    pub const fn exemption(self) -> Exemption {
        let (article, force, outcome) = match self {
            Self::StateSecret => (Article::regulation(14), Force::Must, Outcome::RefusedStateSecret),
            Self::ForbiddenByLaw => (Article::regulation(14), Force::Must, Outcome::RefusedForbiddenByLaw),
            Self::SecurityStability => (Article::regulation(14), Force::Must, Outcome::RefusedSecurityStability),
            Self::ThirdPartyRights => {
                (Article::regulation(15), Force::MustUnlessOverridden, Outcome::RefusedThirdParty)
            }
            Self::InternalAffairs => {
                (Article::regulation(16).paragraph(1), Force::May, Outcome::RefusedInternalAffairs)
            }
            Self::ProcessInformation => {
                (Article::regulation(16).paragraph(2), Force::May, Outcome::RefusedProcessInformation)
            }
            Self::EnforcementFiles => {
                (Article::regulation(16).paragraph(2), Force::May, Outcome::RefusedEnforcementFiles)
            }
        };
        Exemption {
            ground: self,
            article,
            force,
            consult_third_party: matches!(self, Self::ThirdPartyRights),
            yields_to_other_law: matches!(self, Self::ProcessInformation | Self::EnforcementFiles),
            outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::outcome::rule;
    use crate::law::remedy::RemedyPath;

    #[test]
    fn only_third_party_rights_can_be_overridden() {
        for ground in Ground::ALL {
            let exemption = ground.exemption();
            let third_party = *ground == Ground::ThirdPartyRights;
            assert_eq!(exemption.force == Force::MustUnlessOverridden, third_party, "{ground}");
            assert_eq!(exemption.consult_third_party, third_party, "{ground}");
        }
    }

    #[test]
    fn every_ground_leads_to_a_reply_that_names_its_article() {
        for ground in Ground::ALL {
            let exemption = ground.exemption();
            let rule = rule(exemption.outcome);
            assert!(rule.articles.contains(&exemption.article), "{ground}");
            assert_eq!(rule.remedy, RemedyPath::ReconsiderationFirst, "{ground}");
        }
    }

    #[test]
    fn discretion_is_article_16_alone() {
        let may: Vec<_> =
            Ground::ALL.iter().map(|ground| ground.exemption()).filter(|e| e.force == Force::May).collect();
        assert!(may.iter().all(|exemption| exemption.article.number == 16));
        assert_eq!(may.len(), 3);
    }
}
