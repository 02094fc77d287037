//! The periods of reconsideration and litigation, as one table (行政复议法 2023, 行政诉讼法 2017).
//!
//! In the Reconsideration Law "3, 5, 7 and 10 days" are working days, other periods calendar days (art. 88). In court
//! all days are calendar days. The first day is not counted and a last day of rest moves on (行政诉讼法解释 art. 48,
//! 民事诉讼法 art. 85).

use super::article::{Article, Instrument};
use super::calendar::Calendar;
use super::count::{Clock, ClockName, calendar_days, months, working_days};
use super::house;
use chrono::NaiveDate;
use serde::Serialize;

/// What a period is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working days.
    WorkingDays,
    /// Calendar days; the last one moves off a rest day.
    CalendarDays,
    /// Calendar months; the last day moves off a rest day.
    Months,
}

/// Whose period it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Who challenges the reply.
    Applicant,
    /// The agency whose reply is challenged: the periods it must never miss (复议法 art. 70: no answer, no evidence).
    Agency,
    /// The reconsideration body.
    ReconsiderationBody,
    /// The court.
    Court,
    /// The authority that supervises disclosure work, or the superior agency (Regulation arts 46, 47, 51).
    SupervisingAuthority,
}

impl Party {
    /// Who that is, in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Applicant => "申请人（原告）",
            Self::Agency => "本机关",
            Self::ReconsiderationBody => "复议机关",
            Self::Court => "人民法院",
            Self::SupervisingAuthority => "监督机关",
        }
    }

    /// Who that is, in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Applicant => "the applicant",
            Self::Agency => "the agency",
            Self::ReconsiderationBody => "the reconsideration body",
            Self::Court => "the court",
            Self::SupervisingAuthority => "the supervising authority",
        }
    }
}

/// One period of a proceeding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its name.
    pub name: ClockName,
    /// Whose it is.
    pub party: Party,
    /// What it is measured in.
    pub unit: Unit,
    /// How many of them.
    pub length: u32,
    /// Where it stands.
    pub article: Article,
}

/// Every period of a proceeding, in the order in which they may come.
pub const PERIODS: &[Period] = &[
    RECONSIDERATION_APPLICATION,
    reconsideration(ClockName::ReconsiderationAcceptance, Party::ReconsiderationBody, Unit::WorkingDays, 5, 30),
    reconsideration(ClockName::ReconsiderationCorrectionNotice, Party::ReconsiderationBody, Unit::WorkingDays, 5, 31),
    reconsideration(ClockName::ReconsiderationCorrectionWindow, Party::Applicant, Unit::WorkingDays, 10, 31),
    reconsideration(ClockName::ReconsiderationForwardSimplified, Party::ReconsiderationBody, Unit::WorkingDays, 3, 54),
    reconsideration(ClockName::ReconsiderationForward, Party::ReconsiderationBody, Unit::WorkingDays, 7, 48),
    reconsideration(ClockName::ReconsiderationAnswerSimplified, Party::Agency, Unit::WorkingDays, 5, 54),
    reconsideration(ClockName::ReconsiderationAnswer, Party::Agency, Unit::WorkingDays, 10, 48),
    reconsideration(
        ClockName::ReconsiderationDecisionSimplified,
        Party::ReconsiderationBody,
        Unit::CalendarDays,
        30,
        62,
    ),
    reconsideration(ClockName::ReconsiderationDecision, Party::ReconsiderationBody, Unit::CalendarDays, 60, 62),
    // 60 and at most 30 more, approved by the head of the reconsideration office.
    reconsideration(ClockName::ReconsiderationDecisionExtended, Party::ReconsiderationBody, Unit::CalendarDays, 90, 62),
    reconsideration(ClockName::OpinionReport, Party::Agency, Unit::CalendarDays, 60, 76),
    SUIT_AFTER_RECONSIDERATION,
    SUIT_DIRECT,
    litigation(ClockName::CourtFiling, Party::Court, Unit::CalendarDays, 7, 51),
    litigation(ClockName::CourtForward, Party::Court, Unit::CalendarDays, 5, 67),
    litigation(ClockName::Defence, Party::Agency, Unit::CalendarDays, 15, 67),
    litigation(ClockName::FirstInstance, Party::Court, Unit::Months, 6, 81),
    litigation(ClockName::FirstInstanceSimplified, Party::Court, Unit::CalendarDays, 45, 83),
    litigation(ClockName::AppealJudgment, Party::Applicant, Unit::CalendarDays, 15, 85),
    litigation(ClockName::AppealRuling, Party::Applicant, Unit::CalendarDays, 10, 85),
    interpretation(ClockName::AppealForward, Party::Court, 5, 108),
    interpretation(ClockName::AppealDefence, Party::Agency, 15, 108),
    litigation(ClockName::SecondInstance, Party::Court, Unit::Months, 3, 88),
    SUPERVISION_FINDING,
];

/// The law gives the supervising authority no period (Regulation art. 47); after 60 days one asks (house rule 29).
pub const SUPERVISION_FINDING: Period = Period {
    name: ClockName::SupervisionFinding,
    party: Party::SupervisingAuthority,
    unit: Unit::CalendarDays,
    length: 60,
    article: house::SUPERVISION_ASKED_AFTER,
};

/// 60 days to apply for reconsideration, from knowing of the act (行政复议法 art. 20).
pub const RECONSIDERATION_APPLICATION: Period =
    reconsideration(ClockName::ReconsiderationApplication, Party::Applicant, Unit::CalendarDays, 60, 20);

/// 15 days to sue after a reconsideration decision, or after the time for one has run out (行政诉讼法 art. 45).
pub const SUIT_AFTER_RECONSIDERATION: Period =
    litigation(ClockName::SuitAfterReconsideration, Party::Applicant, Unit::CalendarDays, 15, 45);

/// 6 months to sue without reconsideration, from knowing of the act (行政诉讼法 art. 46).
pub const SUIT_DIRECT: Period = litigation(ClockName::SuitDirect, Party::Applicant, Unit::Months, 6, 46);

const fn reconsideration(name: ClockName, party: Party, unit: Unit, length: u32, article: u16) -> Period {
    Period { name, party, unit, length, article: Article::new(Instrument::ReconsiderationLaw, article) }
}

const fn litigation(name: ClockName, party: Party, unit: Unit, length: u32, article: u16) -> Period {
    Period { name, party, unit, length, article: Article::new(Instrument::LitigationLaw, article) }
}

/// The interpretation of 2018 adds what the Litigation Law leaves to civil procedure.
const fn interpretation(name: ClockName, party: Party, length: u32, article: u16) -> Period {
    let article = Article::new(Instrument::LitigationInterpretation, article);
    Period { name, party, unit: Unit::CalendarDays, length, article }
}

impl Period {
    /// The period of this name; `None` for a clock of the Regulation itself.
    #[must_use]
    pub fn named(name: ClockName) -> Option<&'static Self> {
        PERIODS.iter().find(|period| period.name == name)
    }

    /// The clock of this period, begun on `from` (not counted).
    #[must_use]
    pub fn clock(&self, from: NaiveDate, calendar: &Calendar) -> Clock {
        let count = match self.unit {
            Unit::WorkingDays => working_days,
            Unit::CalendarDays => calendar_days,
            Unit::Months => months,
        };
        count(self.name, self.article, from, self.length, calendar)
    }
}

/// The respondent's answer, evidence and basis in reconsideration, from receipt of the copy: 5 working days in the
/// simplified procedure, which disclosure cases may take (art. 53 item 4), else 10.
#[must_use]
pub fn reconsideration_answer(received_on: NaiveDate, simplified: bool, calendar: &Calendar) -> Clock {
    let name = if simplified { ClockName::ReconsiderationAnswerSimplified } else { ClockName::ReconsiderationAnswer };
    start(name, received_on, calendar)
}

/// The reconsideration decision, from acceptance: 30 days simplified, else 60; an extension (ordinary only) makes it 90.
#[must_use]
pub fn reconsideration_decision(
    accepted_on: NaiveDate,
    simplified: bool,
    extended: bool,
    calendar: &Calendar,
) -> Clock {
    let name = match (simplified, extended) {
        (true, _) => ClockName::ReconsiderationDecisionSimplified,
        (false, false) => ClockName::ReconsiderationDecision,
        (false, true) => ClockName::ReconsiderationDecisionExtended,
    };
    start(name, accepted_on, calendar)
}

/// The defence with evidence and normative basis, from receipt of the complaint: 15 days.
#[must_use]
pub fn defence(received_on: NaiveDate, calendar: &Calendar) -> Clock {
    start(ClockName::Defence, received_on, calendar)
}

/// The most by which the head of the reconsideration office may extend the ordinary procedure, in calendar days (art. 62):
/// what the extended period of the table has over the plain one.
#[must_use]
pub fn reconsideration_extension_max() -> u32 {
    let length = |name| Period::named(name).map_or(0, |period| period.length);
    length(ClockName::ReconsiderationDecisionExtended).saturating_sub(length(ClockName::ReconsiderationDecision))
}

/// The suit after a reconsideration decision was served: 15 days.
#[must_use]
pub fn suit_after_reconsideration(served_on: NaiveDate, calendar: &Calendar) -> Clock {
    SUIT_AFTER_RECONSIDERATION.clock(served_on, calendar)
}

/// The fallback is never met: a test holds that every name used here stands in the table.
fn start(name: ClockName, from: NaiveDate, calendar: &Calendar) -> Clock {
    Period::named(name).unwrap_or(&RECONSIDERATION_APPLICATION).clock(from, calendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_in_the_table_once() {
        for period in PERIODS {
            assert_eq!(PERIODS.iter().filter(|other| other.name == period.name).count(), 1, "{}", period.name);
            assert_eq!(Period::named(period.name), Some(period));
        }
    }

    #[test]
    fn short_periods_of_reconsideration_are_working_days() {
        for period in PERIODS.iter().filter(|period| period.article.instrument == Instrument::ReconsiderationLaw) {
            assert_eq!(period.unit == Unit::WorkingDays, [3, 5, 7, 10].contains(&period.length), "{}", period.name);
        }
        assert!(
            PERIODS.iter().all(
                |period| period.article.instrument != Instrument::LitigationLaw || period.unit != Unit::WorkingDays
            )
        );
    }

    #[test]
    fn the_named_functions_give_the_clock_they_name() {
        let (on, calendar) = ("2025-03-03".parse().unwrap(), Calendar::default());
        assert_eq!(reconsideration_answer(on, true, &calendar).name, ClockName::ReconsiderationAnswerSimplified);
        assert_eq!(reconsideration_answer(on, false, &calendar).name, ClockName::ReconsiderationAnswer);
        assert_eq!(
            reconsideration_decision(on, true, true, &calendar).name,
            ClockName::ReconsiderationDecisionSimplified
        );
        assert_eq!(reconsideration_decision(on, false, false, &calendar).name, ClockName::ReconsiderationDecision);
        assert_eq!(
            reconsideration_decision(on, false, true, &calendar).name,
            ClockName::ReconsiderationDecisionExtended
        );
        assert_eq!(defence(on, &calendar).name, ClockName::Defence);
        assert_eq!(reconsideration_extension_max(), 30);
        assert_eq!(suit_after_reconsideration(on, &calendar).name, ClockName::SuitAfterReconsideration);
    }
}
