//! The way of a draft through approval, as data: rounds that follow one another, and in each round steps side by side.
//!
//! Who does a step stands in `table` (a step is an act). Which rounds a reply goes through depends on what it decides and
//! on how sensitive the case is. An office may lay down its own (`Draft.flow` keeps what was laid down); whatever it says,
//! a secrecy review comes before what art. 17 asks one for, and the signature comes last and alone.

use super::stage::Stage;
use super::state::{Case, Draft};
use super::terms::ApprovalStep::{self, LegalReview, Review, SecrecyReview, Signature};
use crate::law::coded::coded;
use crate::law::outcome::{self, Outcome};
use crate::law::third_party::ThirdPartyFinding;

/// Rounds of approval.
pub type Rounds = Vec<Vec<ApprovalStep>>;

coded! {
    /// Why a case is sensitive.
    pub enum Sensitivity {
        /// Somebody marked it.
        Marked = "marked", "人工标记", "marked by hand";
        /// Secrets, security or stability are the ground.
        Ground = "ground", "涉及国家秘密或者安全稳定", "its ground is secrecy, security or stability";
        /// A third party is overridden for the public interest.
        Override = "override", "因公共利益不采纳第三方意见", "a third party is overridden for the public interest";
    }
}

/// Why a reply with this outcome is sensitive in this case; none if it is not.
#[must_use]
pub fn sensitivity(case: &Case, outcome: Outcome, withheld: &[Outcome]) -> Option<Sensitivity> {
    let grave = |one: &Outcome| matches!(one, Outcome::RefusedStateSecret | Outcome::RefusedSecurityStability);
    if case.sensitive {
        Some(Sensitivity::Marked)
    } else if grave(&outcome) || withheld.iter().any(grave) {
        Some(Sensitivity::Ground)
    } else if case.consultations.iter().any(|one| one.finding == Some(ThirdPartyFinding::PublicInterest)) {
        Some(Sensitivity::Override)
    } else {
        None
    }
}

/// The usual way: review, secrecy review where the law asks for one, signature; for a sensitive case legal review beside the
/// secrecy review.
#[must_use]
pub fn usual(outcome: Outcome, sensitive: bool) -> Rounds {
    let mut second = Vec::new();
    if sensitive {
        second.push(LegalReview);
    }
    if outcome::rule(outcome).needs_secrecy_review {
        second.push(SecrecyReview);
    }
    let rounds = [vec![Review], second, vec![Signature]];
    rounds.into_iter().filter(|round| !round.is_empty()).collect()
}

/// `laid_down` made lawful: no step twice, no empty round, the secrecy review in it where it must be, the signature last
/// and alone. Nothing laid down is the usual way.
#[must_use]
pub fn lawful(laid_down: &[Vec<ApprovalStep>], outcome: Outcome, sensitive: bool) -> Rounds {
    if laid_down.iter().all(Vec::is_empty) {
        return usual(outcome, sensitive);
    }
    let mut seen = vec![Signature];
    let mut rounds: Rounds = Vec::new();
    for round in laid_down {
        let mut kept = Vec::new();
        for step in round {
            if !seen.contains(step) {
                seen.push(*step);
                kept.push(*step);
            }
        }
        if !kept.is_empty() {
            rounds.push(kept);
        }
    }
    if outcome::rule(outcome).needs_secrecy_review && !seen.contains(&SecrecyReview) {
        rounds.push(vec![SecrecyReview]);
    }
    rounds.push(vec![Signature]);
    rounds
}

/// The steps a draft waits for now: what is left of the first round that is not through.
#[must_use]
pub fn pending(draft: &Draft) -> Vec<ApprovalStep> {
    let left = |round: &Vec<ApprovalStep>| -> Vec<ApprovalStep> {
        round.iter().copied().filter(|step| !draft.passed.contains(step)).collect()
    };
    draft.flow.iter().map(left).find(|round| !round.is_empty()).unwrap_or_default()
}

/// Where the papers lie: with the first of the steps that are pending; to be served once all are through.
#[must_use]
pub fn stage_of(draft: &Draft) -> Stage {
    match pending(draft).first() {
        Some(Review) => Stage::Reviewing,
        Some(LegalReview) => Stage::LegalReviewing,
        Some(SecrecyReview) => Stage::SecrecyReviewing,
        Some(Signature) => Stage::Signing,
        None => Stage::Serving,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_refusal_is_reviewed_and_signed() {
        assert_eq!(usual(Outcome::NotThisAgency, false), [vec![Review], vec![Signature]]);
        assert_eq!(usual(Outcome::Granted, false), [vec![Review], vec![SecrecyReview], vec![Signature]]);
    }

    #[test]
    fn a_sensitive_reply_is_read_by_lawyer_and_secrecy_reviewer_side_by_side() {
        assert_eq!(usual(Outcome::Granted, true), [vec![Review], vec![LegalReview, SecrecyReview], vec![Signature]]);
    }

    #[test]
    fn whatever_an_office_lays_down_the_signature_comes_last_and_alone() {
        let odd = [vec![Signature, LegalReview], vec![LegalReview, Review], vec![]];
        assert_eq!(
            lawful(&odd, Outcome::Granted, false),
            [vec![LegalReview], vec![Review], vec![SecrecyReview], vec![Signature]]
        );
    }
}
