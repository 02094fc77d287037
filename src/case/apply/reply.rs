//! The reply on its way and out of the house, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::flow;
use crate::case::gate::CheckCode;
use crate::case::moment::Actor;
use crate::case::stage::Stage;
use crate::case::state::{AnsweredCheck, Case, Closing, Draft, Served};
use crate::case::terms::ApprovalStep;
use crate::clock::day_in_china;
use crate::law::outcome::Outcome;

impl Case {
    pub(super) fn take_reply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Drafted {
                outcome,
                withheld,
                letter,
                submitted,
                statements,
                parts,
                separability,
                repeats,
                flow,
                personal_data,
            } => {
                let sensitive = flow::sensitivity(self, *outcome, withheld).is_some();
                self.draft = Some(Draft {
                    sensitive,
                    outcome: *outcome,
                    withheld: withheld.clone(),
                    letter: *letter,
                    statements: statements.clone(),
                    parts: parts.clone(),
                    separability: *separability,
                    repeats: *repeats,
                    personal_data: *personal_data,
                    author: entry.actor.staff(),
                    // Entries of version 1 went the usual way.
                    flow: if flow.is_empty() { flow::usual(*outcome, false) } else { flow.clone() },
                    passed: Vec::new(),
                    secrecy: None,
                    answers: Vec::new(),
                    signed_on: None,
                    signed: None,
                });
                if *submitted {
                    self.go_on();
                }
            }
            Event::Approved { step, secrecy, signed, .. } => {
                let Some(draft) = &mut self.draft else { return };
                draft.passed.push(*step);
                if let Some(secrecy) = secrecy {
                    draft.secrecy = Some(secrecy.clone());
                }
                if *step == ApprovalStep::Signature {
                    draft.signed_on = Some(day_in_china(entry.at));
                    draft.signed = *signed;
                }
                self.go_on();
            }
            Event::SentBack { .. } | Event::Recalled { .. } => {
                if let Some(draft) = &mut self.draft {
                    draft.passed.clear();
                    draft.secrecy = None;
                    draft.signed_on = None;
                    draft.signed = None;
                }
                self.stage = Stage::Handling;
                self.settle();
            }
            Event::CheckAnswered { check, reason, text } => {
                if let Some(draft) = &mut self.draft {
                    draft.answers.retain(|answer| answer.check != *check);
                    draft.answers.push(AnsweredCheck { check: *check, reason: *reason, text: *text });
                }
            }
            Event::Served { way, on, late, provisional, .. } => {
                self.served = Some(Served { way: *way, on: *on, received_on: None, confirmed_by_applicant: false });
                let outcome = self.draft.as_ref().map_or(Outcome::Other, |draft| draft.outcome);
                self.close(Closing { outcome, on: *on, late: Some(*late), provisional: *provisional });
            }
            Event::ServiceProven { on, .. } => {
                if let Some(served) = &mut self.served {
                    served.received_on = Some(*on);
                    served.confirmed_by_applicant |= entry.actor == Actor::Applicant;
                }
            }
            _ => {}
        }
    }

    /// What was answered on other facts is asked again.
    pub(super) fn ask_again(&mut self, checks: &[CheckCode]) {
        if let Some(draft) = &mut self.draft {
            draft.answers.retain(|answer| !checks.contains(&answer.check));
        }
    }

    /// Lays the draft where its next step is done.
    fn go_on(&mut self) {
        if let Some(draft) = &self.draft {
            self.stage = flow::stage_of(draft);
        }
    }
}
