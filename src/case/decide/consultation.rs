//! Consultation, arts 32–34: in writing; a third party and a co-maker have fifteen working days from receipt by law,
//! another agency what the office's setting or the letter says.

use chrono::NaiveDate;

use super::on;
use crate::case::event::Event;
use crate::case::guards;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::{ConsultedParty, Opinion, TextRef};
use crate::ids::ConsultationId;
use crate::law::periods;

/// The working days that the one consulted has.
pub(super) fn days(party: ConsultedParty, asked: Option<u32>, at: &Moment<'_>) -> Result<u32, Refusal> {
    let by_law = match party {
        ConsultedParty::ThirdParty => periods::THIRD_PARTY_DAYS,
        ConsultedParty::CoMaker => periods::CO_MAKER_DAYS,
        ConsultedParty::OtherAgency => {
            return Ok(asked.unwrap_or(at.settings.other_agency_days).min(at.settings.other_agency_days));
        }
    };
    match asked {
        Some(days) if days != by_law => Err(Refusal::WindowFixedByLaw { party, days: by_law }),
        Some(_) | None => Ok(by_law),
    }
}

/// They received the letter.
pub(super) fn delivered(case: &Case, id: ConsultationId, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let one = guards::unanswered(case, id)?;
    on(day, one.issued_on, at).map(|on| Event::ConsultationDelivered { consultation: id, on })
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
