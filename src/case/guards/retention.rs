//! Whether a closed file can be kept back, let go or handed over.

use crate::case::refusal::Refusal;
use crate::case::state::Case;

/// There is a hold to lift.
pub(super) fn a_hold_stands(case: &Case) -> Result<(), Refusal> {
    if case.is_held() { Ok(()) } else { Err(Refusal::NoSuchHold) }
}

/// Once: the archive has it then.
pub(super) fn it_can_be_handed_over(case: &Case) -> Result<(), Refusal> {
    match case.handed_over {
        Some(over) => Err(Refusal::HandedOverAlready { on: over.on }),
        None => Ok(()),
    }
}
