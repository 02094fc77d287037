//! Intake: from an application, however it came, to the first entries of a journal (arts 29, 31).

use chrono::NaiveDate;

use super::decide;
use super::event::{Event, Filed};
use super::moment::{Actor, Moment};
use super::refusal::Refusal;
use super::terms::{ConfirmedBy, DeliveryRoute, InformationForm, PersonRef, TextRef};
use crate::ids::AgencyId;
use crate::law::periods;
use crate::law::receipt::{self, ApplicantKind, Channel};

/// An application as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The agency addressed.
    pub agency: AgencyId,
    /// The number on its receipt.
    pub receipt_no: String,
    /// How it came.
    pub channel: Channel,
    /// The day it was handed in, signed for, or arrived.
    pub arrived_on: NaiveDate,
    /// The annual report's class of the applicant.
    pub applicant_kind: ApplicantKind,
    /// Who asks.
    pub applicant: PersonRef,
    /// Title of what is asked for.
    pub subject: TextRef,
    /// Its description.
    pub description: TextRef,
    /// The form wanted.
    pub form: InformationForm,
    /// The way of getting it.
    pub route: DeliveryRoute,
}

/// Opens a case. Whatever arrives is taken in: there is no refusal for what is asked, only for how it is recorded.
///
/// # Errors
/// [`Refusal::OnlineIsSubmittedByTheApplicant`] when channel and actor do not go together;
/// [`Refusal::DateInFuture`] for an arrival that has not happened, [`Refusal::DateTooEarly`] for one before the Regulation.
pub fn open(application: Application, at: &Moment<'_>) -> Result<Vec<Event>, Refusal> {
    let online = application.channel == Channel::Online;
    if online != (at.actor == Actor::Applicant) {
        return Err(Refusal::OnlineIsSubmittedByTheApplicant);
    }
    let arrived_on = decide::on(application.arrived_on, periods::IN_FORCE, at)?;
    let filed = Event::Filed(Filed {
        agency: application.agency,
        receipt_no: application.receipt_no,
        channel: application.channel,
        arrived_on,
        received_on: receipt::received_on(application.channel, arrived_on, None),
        confirmation_days: at.settings.confirmation_days,
        applicant_kind: application.applicant_kind,
        applicant: application.applicant,
        subject: application.subject,
        description: application.description,
        form: application.form,
        route: application.route,
    });
    let confirmed = (online && at.settings.automatic_confirmation).then_some(Event::ReceiptConfirmed {
        received_on: arrived_on,
        by: ConfirmedBy::Automatic,
        evidence: None,
    });
    Ok(std::iter::once(filed).chain(confirmed).collect())
}
