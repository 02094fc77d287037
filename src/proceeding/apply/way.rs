//! The way of a round, applied: what comes before its result, the result, and the round that follows.

use crate::law::judgment::{Counts, Judgment, rule};
use crate::proceeding::entry::Entry;
use crate::proceeding::event::Event;
use crate::proceeding::state::{Answer, Ended, Hearing, Performance, Proceeding, Round, Stopped};
use crate::proceeding::terms::{Appellant, DateKind, Level, ProceedingKind};

impl Round {
    /// What an entry does to the round that is open.
    pub(super) fn take(&mut self, entry: &Entry) {
        match &entry.event {
            Event::CorrectionAsked { on } => {
                self.correction_asked_on = Some(*on);
                self.corrected_on = None;
            }
            Event::Corrected { on } => self.corrected_on = Some(*on),
            Event::Accepted { on, authority, number } => {
                self.accepted_on = Some(*on);
                self.authority = authority.unwrap_or(self.authority);
                self.number = number.or(self.number);
            }
            Event::CopyReceived { on, answer_by } => {
                self.received_on = Some(*on);
                self.answer_by = *answer_by;
            }
            Event::ProcedureSwitched { to, on } => {
                self.procedure = *to;
                self.switched_on = Some(*on);
            }
            Event::AnswerMoved { to, .. } => self.answer_by = Some(*to),
            Event::Answered { on, text, late, .. } => {
                self.answer = Some(Answer { seq: entry.seq, on: *on, late: *late, text: *text });
            }
            Event::HearingFixed { of, on, .. } => {
                self.hearings.push(Hearing { seq: entry.seq, of: *of, on: *on, held: false, dropped: false });
            }
            Event::HearingMoved { hearing, to } => self.change_hearing(*hearing, |one| one.on = *to),
            Event::HearingHeld { hearing, on, .. } => self.change_hearing(*hearing, |one| {
                one.on = *on;
                one.held = true;
            }),
            Event::HearingDropped { hearing, .. } => self.change_hearing(*hearing, |one| one.dropped = true),
            Event::MediationRecorded { on, agreed, .. } => self.mediations.push((*on, *agreed)),
            Event::Suspended { on, ground, .. } => {
                self.suspensions.push(Stopped { seq: entry.seq, ground: *ground, from: *on, until: None });
            }
            Event::Resumed { on } => {
                for one in self.suspensions.iter_mut().filter(|one| one.until.is_none()) {
                    one.until = Some(*on);
                }
            }
            Event::DecisionExtended { days, .. } => self.extended_by = Some(*days),
            _ => {}
        }
    }

    fn change_hearing(&mut self, seq: u32, change: impl FnOnce(&mut Hearing)) {
        if let Some(hearing) = self.hearings.iter_mut().find(|one| one.seq == seq) {
            change(hearing);
        }
    }

    /// Sets a recorded day right.
    pub(in crate::proceeding) fn correct(&mut self, date: DateKind, on: chrono::NaiveDate, answer_late: Option<bool>) {
        match date {
            DateKind::Submitted => self.submitted_on = Some(on),
            DateKind::Accepted => self.accepted_on = Some(on),
            DateKind::CopyReceived => self.received_on = Some(on),
            DateKind::Answered => {
                if let Some(answer) = &mut self.answer {
                    answer.on = on;
                }
            }
            DateKind::DecisionMade => {
                if let Some(ended) = &mut self.ended {
                    ended.made_on = on;
                }
            }
            DateKind::DecisionReceived => {
                if let Some(ended) = &mut self.ended {
                    ended.received_on = on;
                }
            }
        }
        if let (Some(answer), Some(late)) = (&mut self.answer, answer_late) {
            answer.late = late;
        }
    }
}

impl Proceeding {
    /// The result of a round, and what it leads to.
    pub(super) fn take_result(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Decided(decision) => {
                self.round.ended = Some(Ended::by(decision, entry.seq));
                if rule(decision.judgment).counts == Counts::NotYet {
                    self.begin_remanded(decision.received_on);
                }
            }
            Event::Withdrawn { on, .. } => {
                self.round.ended = Some(Ended {
                    seq: entry.seq,
                    judgment: self.withdrawn(),
                    made_on: *on,
                    received_on: *on,
                    reasons: Vec::new(),
                    order: None,
                });
            }
            Event::TookEffect { on } => self.round.took_effect_on = Some(*on),
            Event::Performed { on, letter_number, .. } => {
                self.round.performance =
                    Some(Performance { seq: entry.seq, on: *on, letter_number: letter_number.clone() });
            }
            Event::Appealed { by, on } => self.go_on_to(Round {
                appellant: Some(*by),
                expects_copy: *by != Appellant::Agency,
                submitted_on: Some(*on),
                ..Round::begin(Level::Second, self.round.authority, *on)
            }),
            // Ordered is accepted: there is no filing before it.
            Event::RetrialOrdered { on, heard_as, authority, .. } => self.go_on_to(Round {
                heard_as: *heard_as,
                expects_copy: false,
                sent_back: true,
                accepted_on: Some(*on),
                ..Round::begin(Level::Retrial, *authority, *on)
            }),
            Event::DateCorrected { date, on, answer_late, .. } => self.round.correct(*date, *on, *answer_late),
            _ => {}
        }
    }

    /// A remand goes back to the court of first instance, which hears it anew on the papers it has.
    fn begin_remanded(&mut self, on: chrono::NaiveDate) {
        let below = self.past.iter().rev().find(|round| round.level == Level::First).map(|round| round.authority);
        let authority = below.unwrap_or(self.round.authority);
        self.go_on_to(Round {
            expects_copy: false,
            sent_back: true,
            submitted_on: Some(on),
            ..Round::begin(Level::First, authority, on)
        });
    }

    fn go_on_to(&mut self, round: Round) {
        self.past.push(std::mem::replace(&mut self.round, round));
    }

    /// How a withdrawal is called here. An appeal that is withdrawn lets the result below stand.
    #[must_use]
    pub const fn withdrawn(&self) -> Judgment {
        match self.kind() {
            ProceedingKind::Reconsideration => Judgment::ReconsiderationWithdrawn,
            ProceedingKind::Litigation if matches!(self.round.level, Level::Second) => Judgment::CourtAppealWithdrawn,
            ProceedingKind::Litigation => Judgment::CourtWithdrawn,
            ProceedingKind::Complaint | ProceedingKind::Inspection => Judgment::SupervisionWithdrawn,
        }
    }
}
