//! From arrival to a desk, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::stage::Stage;
use crate::case::state::{Case, Contact, Registration};

impl Case {
    pub(super) fn take_registration(&mut self, entry: &Entry) {
        match &entry.event {
            Event::ReceiptConfirmed { received_on, by, .. } => {
                self.received_on = Some(*received_on);
                self.confirmed_by = Some(*by);
                self.stage = Stage::Registering;
            }
            Event::ContactAttempted { by, reached, on, .. } => {
                self.contacts.push(Contact { by: *by, reached: *reached, on: *on });
            }
            Event::ReceiptCorrected { received_on, correction_in_time, .. } => {
                // Once the confirmation it corrected is annulled, there is no receipt to correct.
                if let Some(recorded) = &mut self.received_on {
                    *recorded = *received_on;
                }
                if let (Some(correction), Some(in_time)) = (&mut self.correction, correction_in_time) {
                    correction.in_time = *in_time;
                }
                if matches!(self.stage, Stage::Assigning | Stage::Handling | Stage::Correcting | Stage::Consulting) {
                    self.settle();
                }
            }
            Event::Registered { number, on, .. } => {
                self.registration = Some(Registration { number: number.clone(), on: *on });
                self.stage = Stage::Assigning;
            }
            Event::ParticularsCorrected { matter, applicant_kind, applicant, form, route, .. } => {
                self.particulars.matter = matter.unwrap_or(self.particulars.matter);
                self.particulars.applicant_kind = *applicant_kind;
                self.particulars.applicant = applicant.unwrap_or(self.particulars.applicant);
                self.particulars.form = *form;
                self.particulars.route = *route;
            }
            Event::Examined { answers, .. } => {
                self.examination.retain(|old| answers.iter().all(|new| new.step != old.step));
                self.examination.extend(answers.iter().copied());
                self.examination.sort_by_key(|one| one.step);
            }
            Event::MattersSplitOff { children, remaining, .. } => {
                self.split_off.extend(children.iter().copied());
                self.particulars.subject = *remaining;
            }
            Event::Linked { other, link, .. } => {
                self.links.retain(|(case, _)| case != other);
                self.links.push((*other, *link));
            }
            Event::SensitivityMarked { sensitive, .. } => self.sensitive = *sensitive,
            Event::Assigned { handler } => {
                self.handler = *handler;
                self.settle();
            }
            Event::Claimed { handler } => {
                self.handler = Some(*handler);
                self.settle();
            }
            Event::Returned { .. } => {
                self.handler = None;
                self.stage = Stage::Assigning;
            }
            _ => {}
        }
    }
}
