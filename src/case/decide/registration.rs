//! From arrival to a desk: receipt confirmed, registered, looked at, divided, linked, assigned (arts 31, 45).

use super::{misplaced, on};
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;

/// What a command of registration or assignment causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::ConfirmReceipt { received_on, by, evidence } => on(received_on, case.filed.arrived_on, at)
            .map(|received_on| Event::ReceiptConfirmed { received_on, by, evidence }),
        Command::RecordContact { by, reached, on: day, remark } => {
            on(day, case.filed.arrived_on, at).map(|on| Event::ContactAttempted { by, reached, on, remark })
        }
        Command::Register { number, evidence } => Ok(Event::Registered { number, on: at.today, evidence }),
        Command::CorrectParticulars { matter, applicant_kind, applicant, form, route, reason } => {
            // A draft decides on the application as it was taken.
            if let Some(draft) =
                case.draft.as_ref().filter(|_| matter.is_some_and(|one| one != case.particulars.matter))
            {
                return Err(Refusal::OutcomeOfAnotherMatter { outcome: draft.outcome });
            }
            Ok(Event::ParticularsCorrected { matter, applicant_kind, applicant, form, route, reason })
        }
        Command::Examine { answers, remark } => Ok(Event::Examined { answers, remark }),
        Command::SplitOff { children, remaining, reason } => Ok(Event::MattersSplitOff { children, remaining, reason }),
        Command::Link { other, link, remark } => Ok(Event::Linked { other, link, remark }),
        Command::MarkSensitive { sensitive, reason } => Ok(Event::SensitivityMarked { sensitive, reason }),
        Command::Assign { handler } => Ok(Event::Assigned { handler }),
        Command::Claim => at
            .actor
            .staff()
            .map_or_else(|| Err(misplaced(case, &Command::Claim)), |handler| Ok(Event::Claimed { handler })),
        Command::Return { reason } => Ok(Event::Returned { reason }),
        other => Err(misplaced(case, &other)),
    }
}
