//! What may be done now, and why not the rest. The API returns it with the case; a page draws its buttons from it.

use super::act::Act;
use super::guards;
use super::moment::Moment;
use super::refusal::Refusal;
use super::role::Role;
use super::state::Case;
use super::{table, tick};

/// One act, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The act.
    pub act: Act,
    /// Nothing, or the refusal it would meet.
    pub refusal: Option<Refusal>,
}

/// The acts that somebody with these roles could do in some stage, each with what stands in its way now.
#[must_use]
pub fn choices(case: &Case, roles: &[Role], at: &Moment<'_>) -> Vec<Choice> {
    choose(case, at, |act| roles.iter().any(|role| table::may(*role, act)))
}

/// The same for the applicant.
#[must_use]
pub fn choices_of_applicant(case: &Case, at: &Moment<'_>) -> Vec<Choice> {
    choose(case, at, table::applicant_may)
}

fn choose(case: &Case, at: &Moment<'_>, may: impl Fn(Act) -> bool) -> Vec<Choice> {
    let (_, case) = tick::catch_up(case, at);
    Act::ALL
        .iter()
        .copied()
        .filter(|act| may(*act))
        .map(|act| Choice { act, refusal: guards::open(&case, act, at).err() })
        .collect()
}

/// The acts in `choices` with nothing in their way.
pub fn open_acts(choices: &[Choice]) -> impl Iterator<Item = Act> + '_ {
    choices.iter().filter(|choice| choice.refusal.is_none()).map(|choice| choice.act)
}
