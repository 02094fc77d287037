//! Consultation, arts 32–34: in writing; a third party and a co-maker have fifteen working days from receipt by law,
//! another agency what the office's setting or the letter says.

use chrono::NaiveDate;

use super::on;
use crate::case::clocks;
use crate::case::event::Event;
use crate::case::guards;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::{ConsultedParty, Opinion, TextRef};
use crate::ids::ConsultationId;
use crate::law::{periods, windows};

/// The working days that the one consulted has.
pub(super) fn days(party: ConsultedParty, asked: Option<u32>, at: &Moment<'_>) -> Result<u32, Refusal> {
    let by_law = match party {
        ConsultedParty::ThirdParty => periods::THIRD_PARTY_DAYS,
        ConsultedParty::CoMaker => periods::CO_MAKER_DAYS,
        ConsultedParty::OtherAgency => {
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

/// The day the letter was sent. Once the reply is overdue none is dated back into the period to stop it after the event.
pub(super) fn issued(case: &Case, day: NaiveDate, at: &Moment<'_>) -> Result<NaiveDate, Refusal> {
    let overdue = clocks::reply_clock(case, &at.calendar()).is_some_and(|reply| at.today > reply.clock.due.on);
    on(day, if overdue { at.today } else { case.began_on() }, at)
}

/// They received the letter.
pub(super) fn delivered(case: &Case, id: ConsultationId, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
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
pub(super) fn answered(
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
