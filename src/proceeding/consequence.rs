//! What follows from a result: the application is taken up again with the period set, the reasons go back to the past answer and
//! the wordings it was written from, and a hint whom a further suit would be brought against.
//!
//! The new reply has its own clock as the decision sets it. It is neither a new application nor carried over, nor a second result
//! in table 三: the outcome counts in table 四 alone (docs/LAW.md §9).

use chrono::NaiveDate;

use super::state::Proceeding;
use super::terms::ProceedingKind;
use crate::case::gate::CheckCode;
use crate::ids::{CaseId, ProceedingId};
use crate::law::calendar::Calendar;
use crate::law::count::Due;
use crate::law::defendant::{self, Defendants};
use crate::law::judgment::{self, Judgment};
use crate::law::order::OrderPeriod;
use crate::law::overturn::OverturnReason;
use crate::proceeding::clocks;

/// The application is to be answered anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopen {
    /// The application.
    pub case: CaseId,
    /// The file that says so.
    pub proceeding: ProceedingId,
    /// The outcome.
    pub judgment: Judgment,
    /// Within what time.
    pub period: OrderPeriod,
    /// From which day, not counted: that on which the decision binds.
    pub from: NaiveDate,
    /// Until when.
    pub due: Due,
    /// Why the first reply did not stand.
    pub reasons: Vec<OverturnReason>,
}

/// What follows for the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing.
    None,
    /// It is taken up again.
    Reopen(Reopen),
}

/// What follows for the application from the result in effect; nothing while there is none, so also while a retrial runs.
#[must_use]
pub fn consequence(proceeding: &Proceeding, calendar: &Calendar) -> Consequence {
    reopen(proceeding, calendar).map_or(Consequence::None, Consequence::Reopen)
}

fn reopen(proceeding: &Proceeding, calendar: &Calendar) -> Option<Reopen> {
    let (standing, from) = (proceeding.standing()?, proceeding.effect_on()?);
    let period = standing.order.filter(|_| judgment::rule(standing.judgment).reopens)?;
    let due = clocks::order(proceeding, calendar)?.due;
    Some(Reopen {
        case: proceeding.case(),
        proceeding: proceeding.id,
        judgment: standing.judgment,
        period,
        from,
        due,
        reasons: standing.reasons.clone(),
    })
}

/// That an answer was overturned, for the view of past answers and for whoever keeps the wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overturned {
    /// The application whose answer it was.
    pub case: CaseId,
    /// The number of that answer.
    pub letter_number: Option<String>,
    /// By which outcome.
    pub judgment: Judgment,
    /// When.
    pub made_on: NaiveDate,
    /// Why.
    pub reasons: Vec<OverturnReason>,
}

impl Overturned {
    /// The reasons that lie in the wording of the letter.
    pub fn in_the_wording(&self) -> impl Iterator<Item = OverturnReason> + '_ {
        self.reasons.iter().copied().filter(|reason| reason.concerns_wording())
    }

    /// `overturned: no sufficient search record`, for a line beside the past answer.
    #[must_use]
    pub fn en(&self) -> String {
        let reasons: Vec<_> = self.reasons.iter().map(|reason| reason.en()).collect();
        format!("{}: {}", self.judgment.en(), reasons.join(", "))
    }

    /// The same in Chinese: `撤销：检索不充分`.
    #[must_use]
    pub fn zh(&self) -> String {
        let reasons: Vec<_> = self.reasons.iter().map(|reason| reason.zh()).collect();
        format!("{}：{}", self.judgment.zh(), reasons.join("、"))
    }
}

/// That the answer was overturned, once that is in effect.
#[must_use]
pub fn overturned(proceeding: &Proceeding) -> Option<Overturned> {
    proceeding.effect_on()?;
    let standing = proceeding.standing().filter(|ended| judgment::rule(ended.judgment).overturns())?;
    Some(Overturned {
        case: proceeding.case(),
        letter_number: proceeding.opening.letter_number.clone(),
        judgment: standing.judgment,
        made_on: standing.made_on,
        reasons: standing.reasons.clone(),
    })
}

/// The checks before a reply that ask for what was found missing: shown in red where the new reply is written.
#[must_use]
pub const fn checks(reason: OverturnReason) -> &'static [CheckCode] {
    match reason {
        OverturnReason::NoSearchRecord => &[CheckCode::SearchRecord],
        OverturnReason::NoReasons | OverturnReason::WrongGround => &[CheckCode::WithheldParts, CheckCode::Statements],
        OverturnReason::NoRemedyTold => &[CheckCode::RemedyPath, CheckCode::RemedyBody, CheckCode::RemedyOnline],
        OverturnReason::ThirdPartyNotConsulted => &[CheckCode::ThirdParty, CheckCode::ThirdPartyTold],
        OverturnReason::WrongBody => &[CheckCode::RightAgency],
        OverturnReason::NotSeparated => &[CheckCode::Separability],
        OverturnReason::Late => &[CheckCode::Extension],
        OverturnReason::Misread => &[CheckCode::Statements],
        OverturnReason::FactsUnclear
        | OverturnReason::NoEvidence
        | OverturnReason::Procedure
        | OverturnReason::Other => &[],
    }
}

/// Whom a suit after this reconsideration is brought against; `None` for a file that is no reconsideration.
#[must_use]
pub fn defendants(proceeding: &Proceeding) -> Option<Defendants> {
    let standing = proceeding.standing();
    let reasons = standing.map_or(&[][..], |ended| ended.reasons.as_slice());
    (proceeding.kind() == ProceedingKind::Reconsideration)
        .then(|| defendant::defendants(standing.map(|ended| ended.judgment), reasons))
}
