//! What may be done now, and why not the rest. The API returns it with the enquiry; a page draws its buttons from it.

use super::act::Act;
use super::refusal::Refusal;
use super::state::Enquiry;
use super::{guards, table, tick};
use crate::case::moment::Moment;
use crate::case::role::Role;

/// One act, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The act.
    pub act: Act,
    /// Nothing, or the refusal it would meet.
    pub refusal: Option<Refusal>,
}

/// The acts that somebody with these roles could do at some stage, each with what stands in its way now.
#[must_use]
pub fn choices(enquiry: &Enquiry, roles: &[Role], at: &Moment<'_>) -> Vec<Choice> {
    choose(enquiry, at, |act| roles.iter().any(|role| table::may(*role, act)))
}

/// Those of its writer.
#[must_use]
pub fn choices_of_writer(enquiry: &Enquiry, at: &Moment<'_>) -> Vec<Choice> {
    choose(enquiry, at, |act| table::row(act).is_some_and(|row| row.writer))
}

/// Every act with nothing in its way, whoever may do it; the calendar's own too.
#[must_use]
pub fn allowed(enquiry: &Enquiry, at: &Moment<'_>) -> Vec<Act> {
    let all = choose(enquiry, at, |_| true);
    all.into_iter().filter(|choice| choice.refusal.is_none()).map(|choice| choice.act).collect()
}

fn choose(enquiry: &Enquiry, at: &Moment<'_>, may: impl Fn(Act) -> bool) -> Vec<Choice> {
    let (_, enquiry) = tick::catch_up(enquiry, at);
    Act::ALL
        .iter()
        .copied()
        .filter(|act| *act != Act::Register && may(*act))
        .map(|act| Choice { act, refusal: guards::open(&enquiry, act, at).err() })
        .collect()
}
