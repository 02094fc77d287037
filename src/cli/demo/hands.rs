//! The hands that do what a story tells: each deed by the officer whose turn it is, through the office's own use cases,
//! on the version that officer has just read. A deed the law forbids would be refused here as anywhere.

use anyhow::Context;

use super::days::Days;
use super::staff::Staff;
use super::story::{Consulted, Deed, Story};
use super::{diligence, disputes, excessive, records};
use crate::case::Role;
use crate::case::terms::{ApprovalStep, CheckReason};
use crate::ids::{CaseId, ConsultationId};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;
use crate::office::assignment::{Assignment, Claim, HandBack};
use crate::office::consultation::{ConsultationRequest, OpinionAnswer};
use crate::office::correction::{CorrectionAnswer, CorrectionRequest, Delivery, LapseFinding, Reopening};
use crate::office::extension::{ExtensionDecision, ExtensionNotice, ExtensionRequest};
use crate::office::intake::{Apply, Enter, Receipt, RequestInput};
use crate::office::notes::Note;
use crate::office::public::Code;
use crate::office::rectification::{Annulment, ReceiptCorrection};
use crate::office::referral::{PublicationProposal, PublicationRecord};
use crate::office::registration::{Confirmation, Registration};
use crate::office::reply::{Approval, CheckAnswer, ReplyDraft, Verdict};
use crate::office::service::{Service, ServiceProof};
use crate::office::views::CaseView;
use crate::office::withdrawal::Withdrawal;
use crate::office::{Failure, Office, Officer};

/// Why it is published.
const PUBLISHED_FOR: &str = "不同申请人多次申请公开相同信息，且可以公开（条例第四十四条）。";

/// What an applicant is told whose correction did not come.
const LAPSE_LETTER: &str = "您仍需要有关信息的，可以重新提出申请。";

/// What the hands work with.
pub struct Hands<'a> {
    /// The office.
    pub office: &'a Office,
    /// Its people.
    pub staff: &'a Staff,
    /// Its days.
    pub days: &'a Days,
}

impl Hands<'_> {
    /// Lays an application before the office: the applicant's own act on line, the clerk's otherwise.
    ///
    /// # Errors
    /// Every refusal of the office.
    pub async fn arrive(&self, story: &Story, channel: Channel) -> anyhow::Result<Receipt> {
        let (form, route) = story.wants();
        let applicant = story.applicant.input();
        let request =
            RequestInput { subject: story.subject.to_owned(), description: story.description.to_owned(), form, route };
        if channel == Channel::Online {
            return Ok(self
                .office
                .apply(
                    story.agency,
                    Apply { applicant, request, besides: None, extra: story.extra(), form_version: None },
                    None,
                )
                .await?);
        }
        let clerk = self.staff.at(story.agency, Role::Clerk)?;
        let input = Enter {
            agency: story.agency.to_owned(),
            channel,
            arrived_on: None,
            applicant: applicant.into(),
            request,
            besides: None,
            misaddressed: None,
            read_back: (channel == Channel::Spoken).then_some(true),
            extra: story.extra(),
            form_version: None,
        };
        Ok(self.office.enter(clerk, input, None).await?.1)
    }

    /// Does one deed.
    ///
    /// # Errors
    /// Every refusal of the office.
    pub async fn act(&self, story: &Story, receipt: &Receipt, deed: &Deed) -> anyhow::Result<()> {
        let (number, code) = (receipt.receipt_no.as_str(), &Code::given(receipt.query_code.as_str(), None));
        match deed {
            Deed::CorrectOnline(text) => {
                let input = CorrectionAnswer { text: (*text).to_owned(), on: None };
                self.office.correct(number, code, input).await?;
            }
            Deed::WithdrawOnline(reason) => {
                let input = Withdrawal { reason: Some((*reason).to_owned()) };
                self.office.withdraw_online(number, code, input).await?;
            }
            Deed::ConfirmService(proof) => {
                let input = ServiceProof { proof: (*proof).to_owned(), on: None };
                self.office.confirm_service(number, code, input).await?;
            }
            Deed::Challenged(_)
            | Deed::AnsweredBody(_)
            | Deed::Revoked(..)
            | Deed::Sued(_)
            | Deed::Dismissed(_)
            | Deed::InEffect => {
                // That a judgment took effect is for the head to say.
                let role = if matches!(deed, Deed::InEffect) { Role::OfficeHead } else { Role::Clerk };
                disputes::act(self.office, self.staff.at(story.agency, role)?, receipt.case_id, deed).await?;
            }
            of_an_officer => {
                let reader = self.staff.at(story.agency, Role::Clerk)?;
                let case = self.office.case(reader, receipt.case_id).await?;
                let officer = self.whose_turn(story, &case, of_an_officer)?;
                self.officer_acts(story, &case, officer, of_an_officer).await?;
            }
        }
        Ok(())
    }

    fn whose_turn(&self, story: &Story, case: &CaseView, deed: &Deed) -> anyhow::Result<&Officer> {
        let role = match deed {
            Deed::Claim => return self.staff.another_at(story.agency, Role::Handler),
            Deed::HandBack(_)
            | Deed::Draft { .. }
            | Deed::FindUnreasonable(_)
            | Deed::Consult(_)
            | Deed::AskExtension(..)
            | Deed::Note(_) => {
                let handler = case.handler.as_ref().and_then(|handler| self.staff.find(handler.id));
                return handler.map_or_else(|| self.staff.at(story.agency, Role::Handler), Ok);
            }
            Deed::CorrectReceipt(..)
            | Deed::DecideExtension(..)
            | Deed::DecideWaiver(_)
            | Deed::Lapse(_)
            | Deed::Reinstate(_)
            | Deed::AnnulLast(_) => Role::OfficeHead,
            Deed::Approve(step) | Deed::SendBack(step, _) => match step {
                ApprovalStep::Review => Role::Reviewer,
                ApprovalStep::LegalReview => Role::LegalReviewer,
                ApprovalStep::SecrecyReview => Role::SecrecyReviewer,
                ApprovalStep::Signature => Role::Signer,
            },
            _ => Role::Clerk,
        };
        self.staff.at(story.agency, role)
    }

    async fn officer_acts(&self, story: &Story, case: &CaseView, by: &Officer, deed: &Deed) -> anyhow::Result<()> {
        let (office, id, version) = (self.office, case.id, case.version);
        let done = match deed {
            Deed::Confirm(how, evidence) => {
                let input = Confirmation { received_on: None, by: *how, evidence: Some((*evidence).to_owned()) };
                office.confirm(by, id, version, input).await
            }
            Deed::Register => office.register(by, id, version, Registration { evidence: None }).await,
            Deed::Assign => {
                let handler = Some(self.staff.at(story.agency, Role::Handler)?.id);
                office.assign(by, id, version, Assignment { handler }).await
            }
            Deed::LayOut => office.assign(by, id, version, Assignment { handler: None }).await,
            Deed::Claim => office.claim(by, id, version, Claim {}).await,
            Deed::HandBack(reason) => {
                office.hand_back(by, id, version, HandBack { reason: (*reason).to_owned() }).await
            }
            Deed::AskCorrection(items) => {
                let input = CorrectionRequest { letter: (*items).to_owned(), sent_on: None, window_days: None };
                office.request_correction(by, id, version, input).await
            }
            Deed::CorrectionDelivered => office.correction_delivered(by, id, version, Delivery { on: None }).await,
            Deed::Correct(text) => {
                let input = CorrectionAnswer { text: (*text).to_owned(), on: None };
                office.receive_correction(by, id, version, input).await
            }
            Deed::Lapse(finding) => {
                office
                    .lapse(
                        by,
                        id,
                        version,
                        LapseFinding { finding: (*finding).to_owned(), letter: LAPSE_LETTER.to_owned() },
                    )
                    .await
            }
            Deed::Reinstate(reason) => {
                office.reinstate(by, id, version, Reopening { reason: (*reason).to_owned() }).await
            }
            Deed::Consult(consulted) => office.consult(by, id, version, asked(consulted)).await,
            Deed::ConsultationDelivered => {
                let one = last_consultation(case)?;
                office.consultation_delivered(by, id, one, version, Delivery { on: None }).await
            }
            Deed::Opinion(opinion, text) => {
                let input = OpinionAnswer { opinion: *opinion, text: (*text).to_owned(), on: None };
                office.receive_opinion(by, id, last_consultation(case)?, version, input).await
            }
            Deed::AskExtension(days, reason) => {
                let input = ExtensionRequest { days: *days, reason: (*reason).to_owned() };
                office.request_extension(by, id, version, input).await
            }
            Deed::DecideExtension(granted, reason) => {
                let input = ExtensionDecision { granted: *granted, reason: Some((*reason).to_owned()) };
                office.decide_extension(by, id, version, input).await
            }
            Deed::NotifyExtension(reason) => {
                let letter = (*reason).to_owned();
                office.notify_extension(by, id, version, ExtensionNotice { letter, sent_on: None }).await
            }
            Deed::Draft { outcome, withheld, body, submit } => {
                let input = ReplyDraft {
                    outcome: *outcome,
                    withheld: Some(withheld.to_vec()),
                    letter: (*body).to_owned(),
                    statements: Some(diligence::statements(*outcome)),
                    parts: Some(diligence::parts(withheld)),
                    separability: diligence::separability(*outcome),
                    repeats: None,
                    submit: *submit,
                };
                self.prepare(by, id, *outcome, withheld).await?;
                let version = office.case(by, id).await?.version;
                office.draft(by, id, version, input).await
            }
            other => self.after_the_draft(case, by, other).await,
        };
        done.map(drop).with_context(|| format!("{deed:?}"))
    }

    /// What the gate will ask for, done before the draft.
    async fn prepare(&self, by: &Officer, id: CaseId, outcome: Outcome, withheld: &[Outcome]) -> Result<(), Failure> {
        let office = self.office;
        let withholds = outcome == Outcome::RefusedThirdParty || withheld.contains(&Outcome::RefusedThirdParty);
        let mut case = office.case(by, id).await?;
        if outcome == Outcome::NotHeld && case.searches.is_empty() {
            case = office.record_search(by, id, case.version, diligence::search(&case)).await?;
        }
        if case.consultations.iter().any(|one| !one.applicant_told) {
            case = office.tell_applicant(by, id, case.version, diligence::consultation_told()).await?;
        }
        for one in case.consultations.clone() {
            let Some(weighing) = diligence::weighing(&one, withholds) else { continue };
            let overrides = weighing.finding.overrides();
            case = office.weigh_consultation(by, id, one.id, case.version, weighing).await?;
            if overrides {
                case = office.tell_third_party(by, id, one.id, case.version, diligence::told()).await?;
            }
        }
        Ok(())
    }

    /// The whole of a reply that repeats an earlier one rests on a paper file: said at once, so that it can be signed.
    async fn answer_ambers(&self, by: &Officer, case: &CaseView) -> Result<CaseView, Failure> {
        let mut case = case.clone();
        let amber: Vec<_> =
            case.gate.iter().filter(|check| check.bars && check.level.code == "amber").cloned().collect();
        for check in amber {
            let Ok(check) = check.check.code.parse() else { continue };
            let input = CheckAnswer {
                check,
                reason: CheckReason::DoneElsewhere,
                text: "已核实，有关材料见纸质案卷。".to_owned(),
            };
            case = self.office.answer_check(by, case.id, case.version, input).await?;
        }
        Ok(case)
    }

    async fn after_the_draft(&self, case: &CaseView, by: &Officer, deed: &Deed) -> Result<CaseView, Failure> {
        let (office, id, version): (_, CaseId, _) = (self.office, case.id, case.version);
        match deed {
            Deed::Approve(step) => {
                let case = match step {
                    ApprovalStep::Signature => self.answer_ambers(by, case).await?,
                    _ => case.clone(),
                };
                let secrecy = (*step == ApprovalStep::SecrecyReview).then(|| diligence::secrecy(case.draft.as_ref()));
                let input = Approval { decision: Verdict::Approve, reason: None, secrecy };
                office.approve(by, id, case.version, *step, input).await
            }
            Deed::SendBack(step, reason) => {
                let reason = Some((*reason).to_owned());
                let input = Approval { decision: Verdict::SendBack, reason, secrecy: None };
                office.approve(by, id, version, *step, input).await
            }
            Deed::Serve(way, proof) => {
                office.serve(by, id, version, Service { way: *way, on: None, proof: proof.map(str::to_owned) }).await
            }
            Deed::Prove(proof) => {
                office.prove_service(by, id, version, ServiceProof { proof: (*proof).to_owned(), on: None }).await
            }
            Deed::HandOut(record) => Box::pin(records::hand_out(office, by, case, *record)).await,
            Deed::Deliver(number) => records::delivered(office, by, case, number).await,
            Deed::Publish { title, summary, place } => {
                let proposal = PublicationProposal { reason: PUBLISHED_FOR.to_owned(), equal_requests: 3 };
                // Two people: where the clerk handles cases too, the head proposes.
                let slug = &case.agency.slug;
                let others = [Role::Handler, Role::OfficeHead].map(|role| self.staff.at(slug, role).ok());
                let another = others.into_iter().flatten().find(|one| one.id != by.id).unwrap_or(by);
                let proposed = office.propose_publication(another, id, version, proposal).await?;
                let record = PublicationRecord {
                    place: (*place).to_owned(),
                    on: None,
                    title: Some((*title).to_owned()),
                    summary: Some((*summary).to_owned()),
                };
                office.record_publication(by, id, proposed.version, record).await
            }
            Deed::Withdraw(reason) => {
                office.withdraw(by, id, version, Withdrawal { reason: Some((*reason).to_owned()) }).await
            }
            Deed::CorrectReceipt(ago, reason) => {
                let input = ReceiptCorrection { received_on: self.days.ago(*ago), reason: (*reason).to_owned() };
                office.correct_receipt(by, id, version, input).await
            }
            // Told on the very day of the slip, before the calendar's turn: the last entry is the last step.
            Deed::AnnulLast(reason) => {
                office.annul(by, id, version, Annulment { seq: version, reason: (*reason).to_owned() }).await
            }
            Deed::Note(text) => {
                office.note(by, id, version, Note { text: (*text).to_owned(), mentions: None, in_bundle: None }).await
            }
            other => excessive::done(office, case, by, other).await,
        }
    }
}

fn asked(consulted: &Consulted) -> ConsultationRequest {
    ConsultationRequest {
        party: consulted.party,
        addressee: consulted.name.to_owned(),
        address: Some(consulted.address.to_owned()),
        email: None,
        letter: format!("{}。", consulted.about),
        issued_on: None,
        days: None,
    }
}

fn last_consultation(case: &CaseView) -> anyhow::Result<ConsultationId> {
    case.consultations.last().map(|one| one.id).context("nobody was consulted")
}
