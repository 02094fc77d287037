//! Consultation, arts 32–34: in writing; a third party and a co-maker have fifteen working days from receipt by law,
//! another agency what the office's setting or the letter says.

use chrono::NaiveDate;

use super::{misplaced, not_dated_back, on};
use crate::case::clocks;
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::guards;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::{ConsultedParty, Opinion, TextRef};
use crate::ids::ConsultationId;
use crate::law::third_party::ThirdPartyFinding;
use crate::law::{periods, windows};

/// What a command about a consultation causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::Consult { consultation, party, addressee, letter, issued_on, days } => {
            let days = self::days(party, days, at)?;
            let issued_on = on(issued_on, not_dated_back(case, case.began_on(), at), at)?;
            Ok(Event::ConsultationIssued { consultation, party, addressee, letter, issued_on, days })
        }
        Command::RecordConsultationDelivery { consultation, on } => delivered(case, consultation, on, at),
        Command::ReceiveOpinion { consultation, opinion, text, on } => {
            answered(case, consultation, opinion, text, on, at)
        }
        Command::WeighConsultation { consultation, finding, text } => weighed(case, consultation, finding, text, at),
        Command::TellThirdParty { consultation, letter, sent_on } => told(case, consultation, letter, sent_on, at),
        Command::TellApplicant { letter, sent_on } => {
            let earliest = case.untold_consultations().map(|one| one.issued_on).min().unwrap_or(case.began_on());
            on(sent_on, earliest, at).map(|sent_on| Event::ApplicantTold { letter, sent_on })
        }
        other => Err(misplaced(case, &other)),
    }
}

/// The working days that the one consulted has.
fn days(party: ConsultedParty, asked: Option<u32>, at: &Moment<'_>) -> Result<u32, Refusal> {
    let by_law = match party {
        ConsultedParty::ThirdParty => periods::THIRD_PARTY_DAYS,
        ConsultedParty::CoMaker => periods::CO_MAKER_DAYS,
        ConsultedParty::SecrecyAuthority if !at.settings.secrecy_stops_clock => {
            return Err(Refusal::SecrecyReferralRunsOn);
        }
        ConsultedParty::OtherAgency | ConsultedParty::SecrecyAuthority => {
            let cap = at.settings.other_agency_days;
            let days = asked.unwrap_or(cap);
            return if days > cap { Err(Refusal::ConsultationTooLong { days, cap }) } else { Ok(days) };
        }
    };
    match asked {
        Some(days) if days != by_law => Err(Refusal::WindowFixedByLaw { party, days: by_law }),
        Some(_) | None => Ok(by_law),
    }
}

/// They received the letter.
fn delivered(case: &Case, id: ConsultationId, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let one = guards::unanswered(case, id)?;
    let day = on(day, one.issued_on, at)?;
    // By then they had been silent; a letter that lay about so long is no consultation any more.
    let until = windows::consultation_end(one.issued_on, None, one.days, &at.calendar()).on;
    if day > until {
        return Err(Refusal::DateTooLate { on: day, latest: until });
    }
    Ok(Event::ConsultationDelivered { consultation: id, on: day })
}

/// Their opinion came; after the window it is recorded and weighed, but the clock has long run on.
fn answered(
    case: &Case,
    id: ConsultationId,
    opinion: Opinion,
    text: TextRef,
    day: NaiveDate,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let one = guards::unanswered(case, id)?;
    on(day, one.delivered_on.unwrap_or(one.issued_on), at).map(|on| Event::OpinionReceived {
        consultation: id,
        opinion,
        text,
        on,
    })
}

/// What the agency makes of a third party, once it has answered or let its window pass; again if more came to light.
fn weighed(
    case: &Case,
    id: ConsultationId,
    finding: ThirdPartyFinding,
    text: TextRef,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let one = case.consultation(id).ok_or(Refusal::NoSuchConsultation)?;
    if one.party != ConsultedParty::ThirdParty {
        return Err(Refusal::NotAThirdParty);
    }
    if one.is_open() {
        return Err(Refusal::ConsultationOpen { until: clocks::consultation_end(one, &at.calendar()).on });
    }
    let fits = match one.answer.map(|(opinion, _)| opinion) {
        Some(Opinion::Consents) => matches!(finding, ThirdPartyFinding::Consents),
        Some(Opinion::Objects) => matches!(
            finding,
            ThirdPartyFinding::ObjectionReasonable
                | ThirdPartyFinding::ObjectionUnreasonable
                | ThirdPartyFinding::PublicInterest
        ),
        Some(Opinion::Undecided) | None => matches!(
            finding,
            ThirdPartyFinding::SilentHarm | ThirdPartyFinding::SilentNoHarm | ThirdPartyFinding::PublicInterest
        ),
    };
    if !fits {
        return Err(Refusal::FindingDoesNotFit { finding });
    }
    Ok(Event::ConsultationWeighed { consultation: id, finding, text })
}

/// The third party is told, after the finding and once.
fn told(case: &Case, id: ConsultationId, letter: TextRef, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let one = case.consultation(id).ok_or(Refusal::NoSuchConsultation)?;
    if one.party != ConsultedParty::ThirdParty {
        return Err(Refusal::NotAThirdParty);
    }
    let overridden = one.finding.is_some_and(ThirdPartyFinding::overrides) && one.told_on.is_none();
    if !overridden {
        return Err(Refusal::NotOverridden);
    }
    let earliest = one.weighed_on.unwrap_or(one.issued_on);
    on(day, earliest, at).map(|sent_on| Event::ThirdPartyTold { consultation: id, letter, sent_on })
}
