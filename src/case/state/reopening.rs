//! A case that was answered and has to be answered anew.

use crate::case::event::Reopened;
use crate::case::state::{Case, Closing, IssuedLetter, Served};
use crate::law::letter::LetterKind;
use crate::law::order::OrderPeriod;

/// That a decision had the case answered anew, or by a day of its own while it was still open, and what it took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// The entry.
    pub seq: u32,
    /// What was decided, and within what time.
    pub order: Reopened,
    /// How the case had ended.
    pub closing: Option<Closing>,
    /// The reply that did not stand, as it was served.
    pub served: Option<Served>,
}

impl Case {
    /// The replies that went out, oldest first, each with how it was served: the one that stands, and before it those that a
    /// decision took away. They were read all the same.
    pub fn replies(&self) -> impl Iterator<Item = (&IssuedLetter, &Served)> {
        let before =
            self.reopenings.iter().filter(|one| one.served.is_some()).map(|one| (one.seq, one.served.as_ref()));
        let last = (u32::MAX, self.served.as_ref());
        let mut from = 0;
        before.chain([last]).filter_map(move |(until, served)| {
            let since = std::mem::replace(&mut from, until);
            let issued = |one: &&IssuedLetter| one.kind == LetterKind::Reply && (since..until).contains(&one.seq);
            self.letters.iter().rfind(issued).zip(served)
        })
    }

    /// The entry behind which the letters belong to the reply that is under way or stands: a reply that a decision took away
    /// stays a letter of its own, with its own number.
    #[must_use]
    pub fn reply_since(&self) -> u32 {
        self.reopenings.iter().rev().find(|one| one.served.is_some()).map_or(0, |one| one.seq)
    }

    /// Whether the day of the reply was set by a decision: nothing that happens beside it moves that day.
    #[must_use]
    pub fn has_an_ordered_day(&self) -> bool {
        self.reopenings.last().is_some_and(|one| one.order.period != OrderPeriod::Statutory)
    }

    /// How it ended first: what the annual report counts. A second reply is no second result (docs/LAW.md §9).
    #[must_use]
    pub fn first_closing(&self) -> Option<&Closing> {
        let here = || self.reopenings.iter().find_map(|one| one.closing.as_ref());
        self.first_of_ledger.as_ref().or_else(here).or(self.closing.as_ref())
    }
}
