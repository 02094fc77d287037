//! Which body an act sends and which office function takes it: the one table from acts to forms.

use serde_json::Value;
use utoipa::ToSchema;

use crate::api::contract::Contract;
use crate::case::Act;
use crate::case::terms::ApprovalStep;
use crate::ids::CaseId;
use crate::office::assignment::{Assignment, Claim, HandBack};
use crate::office::co_work::{CoWorkAnswer, CoWorkRecall, CoWorkRequest};
use crate::office::consultation::{ConsultationRequest, OpinionAnswer};
use crate::office::correction::{CorrectionAnswer, CorrectionRequest, Delivery, LapseFinding, Reopening};
use crate::office::delivery::DeliveryInput;
use crate::office::explanation::{DelayNotice, ExplanationAnswer, ExplanationDecision, ExplanationRequest};
use crate::office::extension::{ExtensionDecision, ExtensionNotice, ExtensionRequest};
use crate::office::failure::Failure;
use crate::office::fee::{FeeNoticeInput, Payment, WaiverDecision, WaiverRequest};
use crate::office::files::attaching::{FileCheck, Showing};
use crate::office::files::releasing::ReleaseInput;
use crate::office::notes::Note;
use crate::office::particulars::{ContactAttempt, Examination, LinkInput, ParticularsCorrection, SensitivityMark};
use crate::office::rectification::{Annulment, ReceiptCorrection};
use crate::office::referral::{PublicationProposal, PublicationRecord, ReferralConfirmation, ReferralInput};
use crate::office::registration::{Confirmation, Registration};
use crate::office::reply::{Approval, CheckAnswer, Recalling, ReplyDraft};
use crate::office::retention::holds::{HoldInput, HoldLifting};
use crate::office::search_record::SearchInput;
use crate::office::service::{Service, ServiceProof};
use crate::office::splitting::Splitting;
use crate::office::third_party::{LetterSent, Weighing};
use crate::office::withdrawal::Withdrawal;
use crate::office::{Office, Officer};

/// An act that is asked for.
pub(super) struct Asked<'a> {
    pub act: Act,
    pub case: CaseId,
    /// The version it rests on.
    pub version: u32,
    /// The consultation or contribution it is about.
    pub which: &'a str,
    pub body: Value,
}

/// Makes of `Act: Body => function` lines, with the places of what else an act takes, the body of each act and its doing.
macro_rules! acts {
    (
        plain { $($act:ident: $body:ty => $deed:ident;)+ }
        about { $($about:ident: $about_body:ty => $about_deed:ident;)+ }
        steps { $($step:ident => $of:ident;)+ }
    ) => {
        /// The component of an act's body; none for what is done by applicants and by the calendar.
        pub(super) fn component(act: Act) -> Option<String> {
            Some(match act {
                $(Act::$act => <$body>::name().into_owned(),)+
                $(Act::$about => <$about_body>::name().into_owned(),)+
                $(Act::$step => Approval::name().into_owned(),)+
                Act::Reopen
                | Act::AnchorProceeding
                | Act::TieEnquiry
                | Act::TakeOver
                | Act::ReportPayment
                | Act::AttachFile
                | Act::Download
                | Act::HandOver
                | Act::Destroy
                | Act::Tick => return None,
            })
        }

        /// Performs an act.
        ///
        /// # Errors
        /// Those of the act.
        pub(super) async fn perform(
            office: &Office,
            officer: &Officer,
            contract: &Contract,
            asked: Asked<'_>,
        ) -> Result<(), Failure> {
            let Asked { act, case, version, which, body } = asked;
            match act {
                $(Act::$act => office.$deed(officer, case, version, contract.body(body)?).await.map(drop),)+
                $(Act::$about => {
                    office.$about_deed(officer, case, id_of(which)?, version, contract.body(body)?).await.map(drop)
                })+
                $(Act::$step => {
                    office.approve(officer, case, version, ApprovalStep::$of, contract.body(body)?).await.map(drop)
                })+
                Act::Reopen
                | Act::AnchorProceeding
                | Act::TieEnquiry
                | Act::TakeOver
                | Act::ReportPayment
                | Act::AttachFile
                | Act::Download
                | Act::HandOver
                | Act::Destroy
                | Act::Tick => Err(Failure::Missing),
            }
        }
    };
}

acts! {
    plain {
        ConfirmReceipt: Confirmation => confirm;
        RecordContact: ContactAttempt => record_contact;
        Register: Registration => register;
        CorrectParticulars: ParticularsCorrection => correct_particulars;
        Examine: Examination => examine;
        SplitOff: Splitting => split;
        Link: LinkInput => link;
        MarkSensitive: SensitivityMark => mark_sensitive;
        Assign: Assignment => assign;
        Claim: Claim => claim;
        Return: HandBack => hand_back;
        RequestCorrection: CorrectionRequest => request_correction;
        RecordCorrectionDelivery: Delivery => correction_delivered;
        ReceiveCorrection: CorrectionAnswer => receive_correction;
        Lapse: LapseFinding => lapse;
        Reinstate: Reopening => reinstate;
        RequestExplanation: ExplanationRequest => request_explanation;
        RecordExplanationDelivery: Delivery => explanation_delivered;
        ReceiveExplanation: ExplanationAnswer => receive_explanation;
        DecideExplanation: ExplanationDecision => decide_explanation;
        NotifyDelay: DelayNotice => notify_delay;
        NotifyFee: FeeNoticeInput => notify_fee;
        RecordFeeDelivery: Delivery => fee_delivered;
        RecordPayment: Payment => record_payment;
        RequestWaiver: WaiverRequest => request_waiver;
        DecideWaiver: WaiverDecision => decide_waiver;
        OpenCoWork: CoWorkRequest => open_co_work;
        RecordSearch: SearchInput => record_search;
        Consult: ConsultationRequest => consult;
        TellApplicant: LetterSent => tell_applicant;
        Refer: ReferralInput => refer;
        ConfirmReferral: ReferralConfirmation => confirm_referral;
        RequestExtension: ExtensionRequest => request_extension;
        DecideExtension: ExtensionDecision => decide_extension;
        NotifyExtension: ExtensionNotice => notify_extension;
        Draft: ReplyDraft => draft;
        AnswerCheck: CheckAnswer => answer_check;
        Recall: Recalling => recall;
        Serve: Service => serve;
        RecordServiceProof: ServiceProof => prove_service;
        Withdraw: Withdrawal => withdraw;
        ProposePublication: PublicationProposal => propose_publication;
        RecordPublication: PublicationRecord => record_publication;
        Release: ReleaseInput => release;
        RecordDelivery: DeliveryInput => record_delivery;
        Note: Note => note;
        CorrectReceipt: ReceiptCorrection => correct_receipt;
        Annul: Annulment => annul;
        PlaceHold: HoldInput => place_hold;
        LiftHold: HoldLifting => lift_hold;
    }
    about {
        AnswerCoWork: CoWorkAnswer => answer_co_work;
        RecallCoWork: CoWorkRecall => recall_co_work;
        RecordConsultationDelivery: Delivery => consultation_delivered;
        ReceiveOpinion: OpinionAnswer => receive_opinion;
        WeighConsultation: Weighing => weigh_consultation;
        TellThirdParty: LetterSent => tell_third_party;
        ShowFile: Showing => show_file;
        CheckFile: FileCheck => check_file;
    }
    steps {
        Review => Review;
        ReviewLegality => LegalReview;
        ReviewSecrecy => SecrecyReview;
        Sign => Signature;
    }
}

/// Whether an officer performs it with a form.
pub(in crate::web) fn has_form(act: Act) -> bool {
    !matches!(act, Act::ReportPayment | Act::AttachFile | Act::Download | Act::HandOver | Act::Destroy | Act::Tick)
}

fn id_of<T: std::str::FromStr>(which: &str) -> Result<T, Failure> {
    which.parse().map_err(|_not_an_id| Failure::invalid("/which", "请选择是哪一项。", "Choose which one it is about."))
}
