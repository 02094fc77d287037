//! Consultations and what the agency made of them, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::gate::CheckCode;
use crate::case::stage::Stage;
use crate::case::state::{Case, Consultation};
use crate::clock::day_in_china;
use crate::ids::ConsultationId;

impl Case {
    pub(super) fn take_consultation(&mut self, entry: &Entry) {
        match &entry.event {
            Event::ConsultationIssued { consultation, party, addressee, letter, issued_on, days } => {
                self.consultations.push(Consultation {
                    id: *consultation,
                    seq: entry.seq,
                    party: *party,
                    addressee: *addressee,
                    letter: *letter,
                    issued_on: *issued_on,
                    days: *days,
                    delivered_on: None,
                    answer: None,
                    silent_since: None,
                    finding: None,
                    weighed_on: None,
                    told_on: None,
                });
            }
            Event::ConsultationDelivered { consultation, on } => self.change_consultation(*consultation, |one| {
                one.delivered_on = Some(*on);
                // Silence was found from a presumed receipt; now that the day is known it is asked again.
                one.silent_since = None;
                one.finding = None;
            }),
            Event::OpinionReceived { consultation, opinion, on, .. } => {
                self.change_consultation(*consultation, |one| {
                    one.answer = Some((*opinion, *on));
                    // What was found of the silence does not fit the answer.
                    one.finding = None;
                });
            }
            Event::ConsultationSilent { consultation, ended_on } => {
                self.change_consultation(*consultation, |one| one.silent_since = Some(*ended_on));
            }
            Event::ConsultationWeighed { consultation, finding, .. } => {
                self.change_consultation(*consultation, |one| {
                    one.finding = Some(*finding);
                    one.weighed_on = Some(day_in_china(entry.at));
                    one.told_on = None;
                });
            }
            Event::ThirdPartyTold { consultation, sent_on, .. } => {
                self.change_consultation(*consultation, |one| one.told_on = Some(*sent_on));
            }
            Event::ApplicantTold { .. } => self.applicant_told = Some(entry.seq),
            _ => {}
        }
        self.ask_again(&[
            CheckCode::ThirdParty,
            CheckCode::ThirdPartyTold,
            CheckCode::CoMaker,
            CheckCode::ApplicantTold,
        ]);
        if matches!(self.stage, Stage::Handling | Stage::Consulting) {
            self.settle();
        }
    }

    fn change_consultation(&mut self, id: ConsultationId, change: impl Fn(&mut Consultation)) {
        self.consultations.iter_mut().filter(|one| one.id == id).for_each(change);
    }
}
