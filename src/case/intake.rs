//! Intake: from an application, however it came, to the first entries of a journal (arts 29, 31).

use chrono::NaiveDate;

use super::decide;
use super::event::{Event, Filed};
use super::moment::{Actor, Moment};
use super::refusal::Refusal;
use super::state::Case;
use super::terms::{
    Agent, Assistance, ConfirmedBy, DeliveryRoute, IdentityDocument, InformationForm, Matter, PersonRef, Recipient,
    TextRef,
};
use crate::ids::AgencyId;
use crate::law::calendar::Calendar;
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
    /// What is applied for.
    pub matter: Matter,
    /// The document that proves who asks.
    pub identity_document: Option<IdentityDocument>,
    /// Those who ask together with the applicant.
    pub co_applicants: Vec<PersonRef>,
    /// Who acts for them.
    pub agent: Option<Agent>,
    /// Where letters go.
    pub recipient: Recipient,
    /// Help that is needed.
    pub assistance: Vec<Assistance>,
    /// Whether it was addressed to somebody other than the disclosure office.
    pub misaddressed: bool,
    /// Whether a spoken application was read back.
    pub read_back: bool,
    /// What shows a record about the applicant to be wrong.
    pub evidence: Option<TextRef>,
    /// The version of the agency's own fields that was filled in.
    pub form_version: Option<u32>,
    /// The answers to them.
    pub extra: Option<TextRef>,
}

/// Opens a case. Whatever arrives is taken in: there is no refusal for what is asked, only for how it is recorded.
///
/// # Errors
/// [`Refusal::OnlineIsSubmittedByTheApplicant`] when channel and actor do not go together;
/// [`Refusal::SpokenNotReadBack`] for a spoken one that the applicant has not heard again;
/// [`Refusal::DateInFuture`] for an arrival that has not happened, [`Refusal::DateTooEarly`] for one before the Regulation.
pub fn open(application: Application, at: &Moment<'_>) -> Result<Vec<Event>, Refusal> {
    let online = application.channel == Channel::Online;
    if online != (at.actor == Actor::Applicant) {
        return Err(Refusal::OnlineIsSubmittedByTheApplicant);
    }
    if application.channel == Channel::Spoken && !application.read_back {
        return Err(Refusal::SpokenNotReadBack);
    }
    let arrived_on = decide::on(application.arrived_on, periods::IN_FORCE, at)?;
    let filed = Event::Filed(Box::new(Filed {
        agency: application.agency,
        receipt_no: application.receipt_no,
        channel: application.channel,
        arrived_on,
        received_on: receipt::received_on(application.channel, application.misaddressed, arrived_on, None),
        confirmation_days: at.settings.confirmation_days,
        applicant_kind: application.applicant_kind,
        applicant: application.applicant,
        subject: application.subject,
        description: application.description,
        form: application.form,
        route: application.route,
        matter: application.matter,
        identity_document: application.identity_document,
        co_applicants: application.co_applicants,
        agent: application.agent,
        recipient: application.recipient,
        assistance: application.assistance,
        misaddressed: application.misaddressed,
        read_back: application.read_back,
        evidence: application.evidence,
        split_from: None,
        correction_asked: false,
        form_version: application.form_version,
        extra: application.extra,
    }));
    let confirmed = (online && at.settings.automatic_confirmation).then_some(Event::ReceiptConfirmed {
        received_on: arrived_on,
        by: ConfirmedBy::Automatic,
        evidence: None,
    });
    Ok(std::iter::once(filed).chain(confirmed).collect())
}

/// What a matter that is split off needs of its own; everything else it has from the case it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitMatter {
    /// The number on its receipt.
    pub receipt_no: String,
    /// Who asks, sealed once more under the new case's key.
    pub applicant: PersonRef,
    /// The others who ask.
    pub co_applicants: Vec<PersonRef>,
    /// Who acts for them.
    pub agent: Option<Agent>,
    /// Title of this matter.
    pub subject: TextRef,
    /// Its description.
    pub description: TextRef,
    /// The answers to the agency's own fields, sealed once more.
    pub extra: Option<TextRef>,
}

/// The first event of a case for one matter of `parent` (one matter, one application). It was received when the parent was:
/// it inherits the day from which the parent's running period counts (house rule 26), and waits for its own number.
///
/// # Errors
/// [`Refusal::ReceiptNotSettled`] while the parent's receipt is not confirmed.
pub fn split_off(parent: &Case, matter: SplitMatter, calendar: &Calendar) -> Result<Event, Refusal> {
    let running = super::clocks::reply_clock(parent, calendar).ok_or(Refusal::ReceiptNotSettled)?;
    Ok(Event::Filed(Box::new(Filed {
        receipt_no: matter.receipt_no,
        received_on: Some(running.base.from),
        applicant_kind: parent.particulars.applicant_kind,
        applicant: matter.applicant,
        subject: matter.subject,
        description: matter.description,
        form: parent.particulars.form,
        route: parent.particulars.route,
        co_applicants: matter.co_applicants,
        agent: matter.agent,
        evidence: None,
        extra: matter.extra,
        split_from: Some(parent.id),
        correction_asked: parent.correction.is_some() || parent.correction_spent,
        matter: parent.particulars.matter,
        ..parent.filed.clone()
    })))
}
