//! What may be done now, and why not the rest. The API returns it with the file; a page draws its buttons from it.

use super::act::Act;
use super::refusal::Refusal;
use super::state::Proceeding;
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

/// The acts that somebody with these roles could do at some stage of such a proceeding, each with what stands in its way now.
#[must_use]
pub fn choices(proceeding: &Proceeding, roles: &[Role], at: &Moment<'_>) -> Vec<Choice> {
    choose(proceeding, at, |act| roles.iter().any(|role| table::may(*role, act)))
}

/// Every act with nothing in its way, whoever may do it; the calendar's own too.
#[must_use]
pub fn allowed(proceeding: &Proceeding, at: &Moment<'_>) -> Vec<Act> {
    let all = choose(proceeding, at, |_| true);
    all.into_iter().filter(|choice| choice.refusal.is_none()).map(|choice| choice.act).collect()
}

fn choose(proceeding: &Proceeding, at: &Moment<'_>, may: impl Fn(Act) -> bool) -> Vec<Choice> {
    let (_, proceeding) = tick::catch_up(proceeding, at);
    let kind = proceeding.kind();
    Act::ALL
        .iter()
        .copied()
        .filter(|act| *act != Act::Open && table::occurs_in(*act, kind) && may(*act))
        .map(|act| Choice { act, refusal: guards::open(&proceeding, act, at).err() })
        .collect()
}
