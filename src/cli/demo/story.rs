//! The language in which the cases of the demonstration are told: who asks whom for what, and then, on such and such a
//! working day before today, what was done. The acts themselves are done by `hands`.

use super::applicants::Applicant;
use super::records::Record;
use crate::case::flow;
use crate::case::terms::{
    ApprovalStep, ConfirmedBy, ConsultedParty, DeliveryRoute, InformationForm, Opinion, ServiceWay, WaiverReason,
};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;
use crate::office::application_form::Extra;

/// The story of one case.
#[derive(Debug)]
pub struct Story {
    /// The agency, by its short name.
    pub agency: &'static str,
    /// Who asks.
    pub applicant: Applicant,
    /// For what.
    pub subject: &'static str,
    /// Described so that it can be found.
    pub description: &'static str,
    /// What it answers to the agency's own questions.
    pub extra: &'static [(&'static str, &'static str)],
    /// What happened, oldest first.
    pub steps: Vec<Step>,
}

/// One thing that happened.
#[derive(Debug)]
pub struct Step {
    /// So many working days before today.
    pub ago: u32,
    /// What.
    pub deed: Deed,
}

/// What is done. Whose turn it is follows from the deed.
#[derive(Debug)]
pub enum Deed {
    Arrive(Channel),
    Confirm(ConfirmedBy, &'static str),
    Register,
    Assign,
    LayOut,
    Claim,
    HandBack(&'static str),
    AskCorrection(&'static str),
    CorrectionDelivered,
    Correct(&'static str),
    CorrectOnline(&'static str),
    Lapse(&'static str),
    Reinstate(&'static str),
    Consult(Consulted),
    ConsultationDelivered,
    Opinion(Opinion, &'static str),
    AskExtension(u32, &'static str),
    DecideExtension(bool, &'static str),
    NotifyExtension(&'static str),
    Draft {
        outcome: Outcome,
        withheld: &'static [Outcome],
        body: &'static str,
        submit: bool,
    },
    Approve(ApprovalStep),
    SendBack(ApprovalStep, &'static str),
    Serve(ServiceWay, Option<&'static str>),
    Prove(&'static str),
    ConfirmService(&'static str),
    Withdraw(&'static str),
    WithdrawOnline(&'static str),
    Note(&'static str),
    /// A fee notice for so many pages.
    ChargePages(u32),
    FeeDelivered,
    AskWaiver(WaiverReason, &'static str),
    DecideWaiver(bool),
    AskExplanation,
    Explain(&'static str),
    FindUnreasonable(&'static str),
    MarkSensitive(&'static str),
    /// It was received so many working days ago.
    CorrectReceipt(u32, &'static str),
    AnnulLast(&'static str),
    /// The copy of an application for reconsideration came from that body.
    Challenged(&'static str),
    /// The agency's answer to the body, or its defence, was handed in.
    AnsweredBody(&'static str),
    /// The reply was revoked, with so many working days for a new one.
    Revoked(u32, &'static str),
    /// The copy of a suit came from that court.
    Sued(&'static str),
    /// The court dismissed the claim.
    Dismissed(&'static str),
    /// Nobody appealed: the judgment took effect.
    InEffect,
    /// What was granted is handed out.
    HandOut(Record),
    /// How the reply was posted is entered in the register of service.
    Deliver(&'static str),
    /// It was published since, and stands on the public list.
    Publish {
        title: &'static str,
        summary: &'static str,
        place: &'static str,
    },
}

/// Who is asked for an opinion, and about what.
#[derive(Debug, Clone, Copy)]
pub struct Consulted {
    /// As what.
    pub party: ConsultedParty,
    /// The name.
    pub name: &'static str,
    /// The postal address.
    pub address: &'static str,
    /// The information.
    pub about: &'static str,
}

impl Story {
    /// A story that has not begun.
    pub const fn new(
        agency: &'static str,
        applicant: Applicant,
        subject: &'static str,
        description: &'static str,
    ) -> Self {
        Self { agency, applicant, subject, description, extra: &[], steps: Vec::new() }
    }

    /// It answers what the agency asks itself.
    pub fn answering(mut self, extra: &'static [(&'static str, &'static str)]) -> Self {
        self.extra = extra;
        self
    }

    /// The answers as they are sent; none where nothing is answered.
    pub fn extra(&self) -> Option<Extra> {
        let answers = self.extra.iter().map(|(name, text)| ((*name).to_owned(), (*text).into()));
        (!self.extra.is_empty()).then(|| answers.collect())
    }

    /// The application arrives.
    pub fn arrives(self, ago: u32, channel: Channel) -> Self {
        self.then(ago, Deed::Arrive(channel))
    }

    /// It arrives on line.
    pub fn online(self, ago: u32) -> Self {
        self.arrives(ago, Channel::Online)
    }

    /// Registered and given to a handler on one day.
    pub fn taken_in(self, ago: u32) -> Self {
        self.then(ago, Deed::Register).then(ago, Deed::Assign)
    }

    /// A draft that goes to review at once.
    pub fn drafted(self, ago: u32, outcome: Outcome, body: &'static str) -> Self {
        self.drafted_in_part(ago, outcome, &[], body)
    }

    /// The same, with the grounds of what is withheld.
    pub fn drafted_in_part(self, ago: u32, outcome: Outcome, withheld: &'static [Outcome], body: &'static str) -> Self {
        self.then(ago, Deed::Draft { outcome, withheld, body, submit: true })
    }

    /// Through every step before the signature.
    pub fn reviewed(self, ago: u32) -> Self {
        let Some(outcome) = self.last_outcome() else { return self };
        // Secrets, security and stability are sensitive by rule.
        let grave = matches!(outcome, Outcome::RefusedStateSecret | Outcome::RefusedSecurityStability);
        let steps = flow::usual(outcome, grave).into_iter().flatten();
        steps
            .filter(|step| *step != ApprovalStep::Signature)
            .fold(self, |story, step| story.then(ago, Deed::Approve(step)))
    }

    /// Signed.
    pub fn signed(self, ago: u32) -> Self {
        self.then(ago, Deed::Approve(ApprovalStep::Signature))
    }

    /// Served on line.
    pub fn served(self, ago: u32) -> Self {
        self.then(ago, Deed::Serve(ServiceWay::Electronic, None))
    }

    /// Whatever else is done.
    pub fn then(mut self, ago: u32, deed: Deed) -> Self {
        self.steps.push(Step { ago, deed });
        self
    }

    fn last_outcome(&self) -> Option<Outcome> {
        self.steps.iter().rev().find_map(|step| match step.deed {
            Deed::Draft { outcome, .. } => Some(outcome),
            _ => None,
        })
    }

    /// Who has a mail box gets an electronic copy there, others paper by post.
    pub const fn wants(&self) -> (InformationForm, DeliveryRoute) {
        if self.applicant.has_email() {
            (InformationForm::Electronic, DeliveryRoute::Email)
        } else {
            (InformationForm::Paper, DeliveryRoute::Post)
        }
    }
}
