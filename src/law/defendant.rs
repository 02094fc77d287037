//! Who is sued after a reconsideration (行政诉讼法 art. 26; 行政诉讼法解释 arts 22, 133): a hint for the agency, not a finding.

use super::coded::coded;
use super::judgment::{Cell, Counts, Forum, Judgment, rule};
use super::overturn::OverturnReason;

coded! {
    /// The defendants of a suit.
    pub enum Defendants {
        /// The agency alone: no reconsideration went before, none was decided in time and the act itself is sued, or it ended
        /// without a look at the matter.
        Agency = "agency", "作出原行政行为的行政机关", "the agency alone";
        /// The agency and the reconsideration body, which upheld (art. 26 ¶2).
        AgencyAndBody = "agency_and_body", "作出原行政行为的行政机关和复议机关为共同被告", "agency and reconsideration body together";
        /// The reconsideration body, which changed the act (art. 26 ¶2).
        Body = "body", "复议机关", "the reconsideration body alone";
    }
}

/// Who is the defendant after a reconsideration that ended like this; `None` while none was decided. `reasons` tell a finding
/// of unlawfulness for procedure alone, which leaves the act as it was, from one that changes it.
///
/// Nothing follows from an outcome of a court or of supervision: then the agency answers for its own act.
#[must_use]
pub fn defendants(reconsideration: Option<Judgment>, reasons: &[OverturnReason]) -> Defendants {
    let Some(rule) = reconsideration.map(rule).filter(|rule| rule.forum == Forum::Reconsideration) else {
        return Defendants::Agency;
    };
    let procedure_alone = rule.judgment == Judgment::ReconsiderationUnlawful
        && !reasons.is_empty()
        && reasons.iter().all(|reason| reason.is_procedural());
    match rule.counts {
        Counts::In(Cell::Upheld) => Defendants::AgencyAndBody,
        Counts::In(Cell::Corrected) if procedure_alone => Defendants::AgencyAndBody,
        Counts::In(Cell::Corrected) => Defendants::Body,
        Counts::In(Cell::Other | Cell::Pending) | Counts::AsBelow | Counts::NotYet | Counts::Nowhere => {
            Defendants::Agency
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_upheld_stands_beside_the_agency() {
        assert_eq!(defendants(Some(Judgment::ReconsiderationUpheld), &[]), Defendants::AgencyAndBody);
        // To dismiss the request on the merits is to uphold (行政诉讼法解释 art. 133).
        assert_eq!(defendants(Some(Judgment::ReconsiderationDismissed), &[]), Defendants::AgencyAndBody);
    }

    #[test]
    fn a_body_that_changed_the_act_answers_for_it() {
        assert_eq!(
            defendants(Some(Judgment::ReconsiderationChanged), &[OverturnReason::WrongGround]),
            Defendants::Body
        );
        assert_eq!(
            defendants(Some(Judgment::ReconsiderationUnlawful), &[OverturnReason::FactsUnclear]),
            Defendants::Body
        );
        assert_eq!(
            defendants(Some(Judgment::ReconsiderationUnlawful), &[OverturnReason::Late]),
            Defendants::AgencyAndBody
        );
    }

    #[test]
    fn without_a_decision_on_the_matter_the_agency_is_sued_alone() {
        assert_eq!(defendants(None, &[]), Defendants::Agency);
        assert_eq!(defendants(Some(Judgment::ReconsiderationInadmissible), &[]), Defendants::Agency);
        assert_eq!(defendants(Some(Judgment::CourtDismissed), &[]), Defendants::Agency);
    }
}
