//! The reply in the making, as served, and how a case ended.

use chrono::NaiveDate;

use super::Case;
use crate::case::gate::CheckCode;
use crate::case::terms::{
    ApprovalStep, CheckReason, SecrecyRecord, Separability, ServiceWay, Stated, TextRef, WithheldPart,
};
use crate::ids::{CaseId, StaffId};
use crate::law::outcome::{Outcome, Statement};

impl Case {
    /// The grounds of what is withheld: of the reply that was written here, else of the one that the ledger tells of.
    #[must_use]
    pub fn withheld(&self) -> &[Outcome] {
        let of_ledger = self.imported.as_ref().map_or(&[][..], |imported| imported.withheld.as_slice());
        self.draft.as_ref().map_or(of_ledger, |draft| draft.withheld.as_slice())
    }
}

/// A check that was amber and is answered for this draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnsweredCheck {
    /// Which.
    pub check: CheckCode,
    /// Why the reply may go out all the same.
    pub reason: CheckReason,
    /// In words.
    pub text: TextRef,
}

/// The draft reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it decides.
    pub outcome: Outcome,
    /// The grounds of what is withheld, where a part is granted.
    pub withheld: Vec<Outcome>,
    /// Its text.
    pub letter: TextRef,
    /// What it states besides, as the law asks of this outcome.
    pub statements: Vec<Stated>,
    /// The parts withheld, each with its reason.
    pub parts: Vec<WithheldPart>,
    /// That separation was considered.
    pub separability: Option<Separability>,
    /// The earlier case that it repeats.
    pub repeats: Option<CaseId>,
    /// Numbers and addresses of people in it.
    pub personal_data: u32,
    /// Who wrote it.
    pub author: Option<StaffId>,
    /// Whether the case was sensitive when it was drafted: the rounds were laid down for that.
    pub sensitive: bool,
    /// The rounds of approval it has to pass; the steps of one round side by side.
    pub flow: Vec<Vec<ApprovalStep>>,
    /// The steps it has passed.
    pub passed: Vec<ApprovalStep>,
    /// The record of its secrecy review.
    pub secrecy: Option<SecrecyRecord>,
    /// Amber checks answered for it.
    pub answers: Vec<AnsweredCheck>,
    /// The day it was signed.
    pub signed_on: Option<NaiveDate>,
    /// The whole text that was signed.
    pub signed: Option<TextRef>,
}

impl Draft {
    /// The words it has for a statement.
    #[must_use]
    pub fn stated(&self, statement: Statement) -> Option<TextRef> {
        self.statements.iter().find(|one| one.statement == statement).map(|one| one.text)
    }

    /// What it withholds: its outcome if that withholds all, else the grounds of its parts.
    pub fn grounds(&self) -> impl Iterator<Item = Outcome> + '_ {
        std::iter::once(self.outcome).chain(self.withheld.iter().copied())
    }
}

/// The reply as served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The way.
    pub way: ServiceWay,
    /// The day that decides whether it was in time.
    pub on: NaiveDate,
    /// The day the applicant is proven to have received it, once known.
    pub received_on: Option<NaiveDate>,
    /// Whether the applicant has confirmed it.
    pub confirmed_by_applicant: bool,
}

/// How the case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// With what.
    pub outcome: Outcome,
    /// On which day.
    pub on: NaiveDate,
    /// The verdict of that day on whether the reply was late; none where nothing was due from the office.
    pub late: Option<bool>,
    /// Whether that verdict rests on a day in a year without a published calendar.
    pub provisional: bool,
}
