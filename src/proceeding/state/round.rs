//! One round of a proceeding: a reconsideration, a complaint, an inspection, or one instance of a suit.

use chrono::NaiveDate;

use crate::case::terms::TextRef;
use crate::law::judgment::{self, Judgment};
use crate::law::order::OrderPeriod;
use crate::law::overturn::OverturnReason;
use crate::proceeding::event::Decision;
use crate::proceeding::stage::Stage;
use crate::proceeding::terms::{Appellant, HearingKind, Level, Procedure, SuspensionGround};

/// The agency's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The entry.
    pub seq: u32,
    /// The day it was handed in.
    pub on: NaiveDate,
    /// Whether that was too late.
    pub late: bool,
    /// The answer.
    pub text: TextRef,
}

/// A day on which people are called together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hearing {
    /// The entry that fixed it.
    pub seq: u32,
    /// For what.
    pub of: HearingKind,
    /// The day, as last fixed, or on which it was held.
    pub on: NaiveDate,
    /// Whether it took place.
    pub held: bool,
    /// Whether it was dropped.
    pub dropped: bool,
}

impl Hearing {
    /// Whether it is still to come.
    #[must_use]
    pub const fn is_ahead(&self) -> bool {
        !self.held && !self.dropped
    }
}

/// A time in which it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// The entry of the suspension.
    pub seq: u32,
    /// Why.
    pub ground: SuspensionGround,
    /// Since when.
    pub from: NaiveDate,
    /// Until when; none while it stands.
    pub until: Option<NaiveDate>,
}

/// How a round ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The entry.
    pub seq: u32,
    /// The outcome.
    pub judgment: Judgment,
    /// The day it bears.
    pub made_on: NaiveDate,
    /// The day the agency received it.
    pub received_on: NaiveDate,
    /// Why the agency's act did not stand.
    pub reasons: Vec<OverturnReason>,
    /// What is ordered, and within what time.
    pub order: Option<OrderPeriod>,
}

impl Ended {
    /// As the decision of entry `seq` has it.
    #[must_use]
    pub fn by(decision: &Decision, seq: u32) -> Self {
        Self {
            seq,
            judgment: decision.judgment,
            made_on: decision.made_on,
            received_on: decision.received_on,
            reasons: decision.reasons.clone(),
            order: decision.order,
        }
    }
}

/// That what was ordered was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performance {
    /// The entry.
    pub seq: u32,
    /// The day.
    pub on: NaiveDate,
    /// The number of the new reply, where one was given.
    pub letter_number: Option<String>,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its place.
    pub level: Level,
    /// For a retrial: whether it is heard as a first or a second instance (行政诉讼法解释 art. 119).
    pub heard_as: Level,
    /// The authority.
    pub authority: TextRef,
    /// Its number of the matter.
    pub number: Option<TextRef>,
    /// The procedure.
    pub procedure: Procedure,
    /// Who appealed, in a second instance.
    pub appellant: Option<Appellant>,
    /// Whether a copy comes that the agency has to answer. None comes of the agency's own appeal, nor after a remand.
    pub expects_copy: bool,
    /// Whether it was sent back from above, or is a retrial: never simplified then (行政诉讼法 art. 82 ¶3).
    pub sent_back: bool,
    /// The day it was first heard of.
    pub heard_of_on: NaiveDate,
    /// When the application, suit or appeal reached the authority.
    pub submitted_on: Option<NaiveDate>,
    /// When the authority asked for a correction of it.
    pub correction_asked_on: Option<NaiveDate>,
    /// When it was corrected.
    pub corrected_on: Option<NaiveDate>,
    /// When it was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// When the agency received the copy.
    pub received_on: Option<NaiveDate>,
    /// The day set for the answer, where no law sets it.
    pub answer_by: Option<NaiveDate>,
    /// When the notice of the last switch of procedure came.
    pub switched_on: Option<NaiveDate>,
    /// The answer.
    pub answer: Option<Answer>,
    /// Hearings, dropped ones too.
    pub hearings: Vec<Hearing>,
    /// Days on which mediation or settlement was tried, and whether it came to something.
    pub mediations: Vec<(NaiveDate, bool)>,
    /// Times in which it stood.
    pub suspensions: Vec<Stopped>,
    /// Calendar days by which the authority's period was extended.
    pub extended_by: Option<u32>,
    /// How it ended.
    pub ended: Option<Ended>,
    /// The day on which it was recorded to have taken effect, where that had to be.
    pub took_effect_on: Option<NaiveDate>,
    /// That what was ordered was done.
    pub performance: Option<Performance>,
}

impl Round {
    /// A round of which nothing is known yet but where and since when.
    #[must_use]
    pub const fn begin(level: Level, authority: TextRef, heard_of_on: NaiveDate) -> Self {
        Self {
            level,
            heard_as: level,
            authority,
            number: None,
            procedure: Procedure::Ordinary,
            appellant: None,
            expects_copy: true,
            sent_back: false,
            heard_of_on,
            submitted_on: None,
            correction_asked_on: None,
            corrected_on: None,
            accepted_on: None,
            received_on: None,
            answer_by: None,
            switched_on: None,
            answer: None,
            hearings: Vec::new(),
            mediations: Vec::new(),
            suspensions: Vec::new(),
            extended_by: None,
            ended: None,
            took_effect_on: None,
            performance: None,
        }
    }

    /// The earliest day known of it.
    #[must_use]
    pub fn began_on(&self) -> NaiveDate {
        let known = [self.submitted_on, self.accepted_on, self.received_on];
        known.into_iter().flatten().min().unwrap_or(self.heard_of_on)
    }

    /// The latest of its first days: nothing that is done in it can have come before.
    #[must_use]
    pub fn under_way_on(&self) -> NaiveDate {
        self.accepted_on.or(self.corrected_on).or(self.submitted_on).unwrap_or_else(|| self.began_on())
    }

    /// Whether the authority accepts first and sends the copy then. The copy of an appeal comes from the court below, before the
    /// court above has the papers (行政诉讼法解释 art. 108).
    #[must_use]
    pub const fn copy_follows_acceptance(&self) -> bool {
        !matches!(self.level, Level::Second)
    }

    /// The earliest day on which the copy can have come.
    #[must_use]
    pub fn copy_earliest_on(&self) -> NaiveDate {
        if self.copy_follows_acceptance() { self.under_way_on() } else { self.submitted_on.unwrap_or(self.heard_of_on) }
    }

    /// Whether the copy is here and the agency has not answered.
    #[must_use]
    pub const fn owes_answer(&self) -> bool {
        self.received_on.is_some() && self.answer.is_none() && self.ended.is_none()
    }

    /// The suspension that lasts.
    #[must_use]
    pub fn suspended_since(&self) -> Option<NaiveDate> {
        self.suspensions.iter().find(|one| one.until.is_none()).map(|one| one.from)
    }

    /// Whether its result can be appealed: a judgment, or one of the rulings of 行政诉讼法 art. 85, of a first instance.
    #[must_use]
    pub fn is_appealable(&self) -> bool {
        let first = self.heard_as == Level::First;
        first && self.ended.as_ref().is_some_and(|ended| judgment::rule(ended.judgment).appeal.is_some())
    }

    /// The day from which its result binds: when nobody appealed in time, else when it came (行政复议法 art. 75 ¶2).
    #[must_use]
    pub fn effect_on(&self) -> Option<NaiveDate> {
        let ended = self.ended.as_ref()?;
        if self.is_appealable() { self.took_effect_on } else { Some(ended.received_on) }
    }

    /// Where an undecided round stands.
    #[must_use]
    pub fn pending_stage(&self) -> Stage {
        if self.suspended_since().is_some() {
            Stage::Suspended
        } else if self.owes_answer() {
            Stage::Answering
        } else if self.answer.is_some() || (self.accepted_on.is_some() && !self.expects_copy) {
            Stage::Deciding
        } else {
            Stage::Filing
        }
    }
}
