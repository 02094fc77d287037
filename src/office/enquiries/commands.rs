//! From what was sent to a command: texts sealed, agencies, people and other enquiries looked up, a missing day today's.

use super::contents::TextKind;
use super::desk::Desk;
use super::input::EnquiryInput as Input;
use super::rules::rules_of;
use super::turning;
use crate::enquiry::Command;
use crate::enquiry::terms::CloseReason;
use crate::ids::EnquiryId;
use crate::office::failure::Failure;
use crate::office::input::required;
use crate::office::intake::no_such_agency;
use crate::storage::{agencies, enquiries};

/// The command.
///
/// # Errors
/// [`Failure::Invalid`] for what cannot be; the database's failures.
pub(super) fn command(desk: &mut Desk<'_>, input: &Input) -> Result<Command, Failure> {
    Ok(match input {
        Input::Assign(one) => {
            if let Some(handler) = one.handler {
                desk.sees_to_it("/handler", handler)?;
            }
            Command::Assign { handler: one.handler }
        }
        Input::HandOver(one) => {
            let reason = required("/reason", &one.reason)?;
            let to = agencies::find_by_slug(desk.conn, &one.agency)?.ok_or_else(|| no_such_agency("/agency"))?;
            let days = rules_of(desk.conn, to.id)?.hand_over_days;
            Command::HandOver { to: to.id, days, reason: desk.text(TextKind::Reason, &reason)? }
        }
        Input::Answer(one) => {
            let text = required("/text", &one.text)?;
            Command::Answer { text: desk.text(TextKind::Answer, &text)? }
        }
        Input::Send(one) => Command::Send { way: one.way, on: one.on.unwrap_or(desk.today) },
        Input::Close(one) => {
            let text = required("/text", &one.text)?;
            let of = earlier(desk, one.of.as_deref(), one.reason)?;
            Command::Close { reason: one.reason, text: desk.text(TextKind::Reason, &text)?, of }
        }
        Input::TurnIntoApplication(one) => Command::TurnIntoApplication { case: turning::into_case(desk, one)? },
        Input::Note(one) => {
            let text = required("/text", &one.text)?;
            Command::Note { text: desk.text(TextKind::Note, &text)? }
        }
    })
}

/// The enquiry in which the same is answered; there must be one for a duplicate and for nothing else.
fn earlier(desk: &mut Desk<'_>, number: Option<&str>, reason: CloseReason) -> Result<Option<EnquiryId>, Failure> {
    let number = number.map(|number| number.trim().to_ascii_uppercase()).filter(|number| !number.is_empty());
    match (number, reason) {
        (None, CloseReason::Duplicate) => {
            Err(Failure::invalid("/of", "请填写先前来信的编号。", "Give the number of the earlier enquiry."))
        }
        (None, _) => Ok(None),
        (Some(_), reason) if reason != CloseReason::Duplicate => Err(Failure::invalid(
            "/of",
            "只有重复来信才填写先前来信的编号。",
            "Only what was written before has an earlier enquiry.",
        )),
        (Some(number), _) => {
            let found = enquiries::find_by_number(desk.conn, &number)?;
            let here = found.filter(|row| desk.enquiry.was_with(row.agency_id));
            here.map(|row| Some(row.id)).ok_or_else(|| {
                Failure::invalid("/of", "本机关没有这个编号的来信。", "The agency has no enquiry of that number.")
            })
        }
    }
}
