//! A row of a ledger, applied: the file stands where the ledger leaves it, and was pending when the ledger says.

use crate::proceeding::event::{Imported, ImportedRound};
use crate::proceeding::state::{Answer, Ended, Performance, Proceeding, Round, Struck};
use crate::proceeding::terms::{Level, ProceedingKind};

impl Proceeding {
    pub(super) fn take_imported(&mut self, seq: u32, imported: &Imported) {
        let authority = self.round.authority;
        self.past = imported
            .earlier
            .iter()
            .map(|one| earlier(one, Round::begin(Level::Second, authority, one.from), seq))
            .collect();
        let round = &mut self.round;
        round.heard_of_on = imported.began_on;
        round.level = imported.level;
        round.heard_as = imported.heard_as;
        // It was pending before the days of the instance that is open.
        if imported.began_on < round.began_on() {
            self.past.push(Round::begin(Level::First, authority, imported.began_on));
        }
        round.expects_copy =
            self.opening.of != ProceedingKind::Litigation || round.level == Level::First || round.received_on.is_some();
        round.answer = imported.answered.map(|one| Answer { seq, on: one.on, late: one.late, text: one.text });
        round.ended = imported.decision.as_ref().map(|decision| Ended::by(decision, seq));
        round.took_effect_on = imported.took_effect_on;
        round.performance = imported.performed_on.map(|on| Performance { seq, on, letter_number: None });
        self.struck = imported.struck.map(|one| Struck { reason: one.reason, on: one.on });
        self.imported = Some(imported.clone());
    }
}

/// A round whose result was final by itself, whatever instance it was.
fn earlier(one: &ImportedRound, round: Round, seq: u32) -> Round {
    let ended =
        Ended { seq, judgment: one.judgment, made_on: one.on, received_on: one.on, reasons: Vec::new(), order: None };
    Round { ended: Some(ended), ..round }
}
