//! The fee, art. 42 and 国办函〔2020〕109号: noticed once within the reply period, paid whole, or waived by the head.

use chrono::NaiveDate;

use super::{misplaced, not_dated_back, on};
use crate::case::clocks;
use crate::case::command::Command;
use crate::case::event::{Event, Fee};
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::{InformationForm, TextRef};
use crate::law::fee::{FeeBasis, by_page, price_of_item};

/// What a command about the fee causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::NotifyFee { fee, letter, sent_on } => noticed(case, fee, letter, sent_on, at),
        Command::RecordFeeDelivery { on: day } => on(day, sent_on(case), at).map(|on| Event::FeeNoticeDelivered { on }),
        Command::ReportPayment { text, on: day } => {
            on(day, sent_on(case), at).map(|on| Event::PaymentReported { text, on })
        }
        // Late and before any finding it is still good: nothing has lapsed by itself.
        Command::RecordPayment { on: day, evidence } => {
            on(day, sent_on(case), at).map(|on| Event::FeePaid { on, evidence })
        }
        Command::RequestWaiver { reason, text } => Ok(Event::WaiverRequested { reason, text }),
        Command::DecideWaiver { granted, reason } => Ok(Event::WaiverDecided { granted, reason }),
        other => Err(misplaced(case, &other)),
    }
}

/// The day the notice was sent: nothing about a fee is older.
fn sent_on(case: &Case) -> NaiveDate {
    case.fee.as_ref().map_or(case.began_on(), |fee| fee.sent_on)
}

/// The notice, by the tariff and within the handling period. The amount is reckoned here, never taken from outside.
fn noticed(case: &Case, fee: Fee, letter: TextRef, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let received_on = case.received_on.ok_or(Refusal::ReceiptNotSettled)?;
    let latest = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?.clock.due.on;
    if fee.basis == FeeBasis::Page && case.particulars.form == InformationForm::Inspection {
        return Err(Refusal::PagesNeedCopies);
    }
    let amount = match fee.basis {
        FeeBasis::Item => fee.places.iter().map(|place| price_of_item(*place)).sum(),
        FeeBasis::Page => by_page(fee.units),
    };
    if amount == 0 {
        return Err(Refusal::NothingToCharge);
    }
    let sent_on = on(day, not_dated_back(case, received_on, at), at)?;
    if sent_on > latest {
        return Err(Refusal::FeeNoticeTooLate { latest });
    }
    Ok(Event::FeeNoticed { fee: Fee { amount, ..fee }, letter, sent_on })
}
