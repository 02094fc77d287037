//! Which body each act takes: the one table from acts to bodies, for the API and for the forms.

use serde_json::Value;
use utoipa::{PartialSchema, ToSchema};

use super::bodies::{
    AcceptanceRecord, AnswerHandedIn, AnswerMove, AppealRecord, CaseLinked, CopyReceived, DayCorrection,
    DecisionExtension, DecisionReceived, EvidenceListing, EvidenceRemoval, HearingDrop, HearingFixed, HearingMove,
    HearingRecord, MediationRecord, OpinionReceived, OpinionReport, PaperAttached, PaperIssue, PerformanceRecord,
    ProcedureSwitch, ProceedingAssignment, ProceedingClosing, ProceedingDay, ProceedingNote, RetrialRecord,
    StepAnnulment, SuspensionRecord, WithdrawalRecord,
};
use crate::office::failure::Failure;
use crate::proceeding::Act;

/// Checks a body against the contract and reads it as its type.
pub trait ReadsBodies {
    /// The body, read.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every field that does not fit.
    fn read<T: serde::de::DeserializeOwned + ToSchema>(&self, body: Value) -> Result<T, Failure>;
}

/// Makes of `Act: Body` lines the input of an act, its reading, and the component of each body.
macro_rules! inputs {
    ($($act:ident: $body:ty;)+) => {
        /// An act with what was sent for it.
        #[derive(Debug, Clone)]
        #[expect(missing_docs, reason = "each is the act of that name")]
        pub enum ProceedingInput {
            $($act($body),)+
        }

        impl ProceedingInput {
            /// The act.
            #[must_use]
            pub const fn act(&self) -> Act {
                match self {
                    $(Self::$act(_) => Act::$act,)+
                }
            }

            /// What was sent for `act`, checked.
            ///
            /// # Errors
            /// [`Failure::Invalid`] with every field that does not fit; [`Failure::Missing`] for an act nobody asks for here.
            pub fn read(act: Act, body: Value, contract: &impl ReadsBodies) -> Result<Self, Failure> {
                match act {
                    $(Act::$act => contract.read(body).map(Self::$act),)+
                    Act::Open | Act::Tick => Err(Failure::Missing),
                }
            }

            /// The component of an act's body; none for what is not asked for here.
            #[must_use]
            pub fn component(act: Act) -> Option<String> {
                match act {
                    $(Act::$act => Some(<$body>::name().into_owned()),)+
                    Act::Open | Act::Tick => None,
                }
            }
        }

        impl PartialSchema for ProceedingInput {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let mut seen = std::collections::BTreeSet::new();
                let mut one_of = utoipa::openapi::OneOfBuilder::new();
                $(
                    if seen.insert(<$body>::name()) {
                        one_of = one_of.item(utoipa::openapi::Ref::from_schema_name(<$body>::name()));
                    }
                )+
                one_of.into()
            }
        }

        impl ToSchema for ProceedingInput {
            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
                $(
                    if !schemas.iter().any(|(name, _)| *name == <$body>::name()) {
                        schemas.push((<$body>::name().into_owned(), <$body as PartialSchema>::schema()));
                    }
                )+
            }
        }
    };
}

inputs! {
    Assign: ProceedingAssignment;
    RecordCorrectionAsked: ProceedingDay;
    RecordCorrected: ProceedingDay;
    RecordAcceptance: AcceptanceRecord;
    ReceiveCopy: CopyReceived;
    SwitchProcedure: ProcedureSwitch;
    MoveAnswer: AnswerMove;
    ListEvidence: EvidenceListing;
    RemoveEvidence: EvidenceRemoval;
    IssuePaper: PaperIssue;
    Answer: AnswerHandedIn;
    FixHearing: HearingFixed;
    MoveHearing: HearingMove;
    RecordHearing: HearingRecord;
    DropHearing: HearingDrop;
    RecordMediation: MediationRecord;
    RecordSuspension: SuspensionRecord;
    RecordResumption: ProceedingDay;
    RecordExtension: DecisionExtension;
    ReceiveDecision: DecisionReceived;
    RecordEffect: ProceedingDay;
    ReceiveOpinion: OpinionReceived;
    ReportOpinion: OpinionReport;
    RecordPerformance: PerformanceRecord;
    RecordAppeal: AppealRecord;
    RecordRetrial: RetrialRecord;
    RecordWithdrawal: WithdrawalRecord;
    Close: ProceedingClosing;
    AttachFile: PaperAttached;
    Link: CaseLinked;
    Note: ProceedingNote;
    CorrectDate: DayCorrection;
    Annul: StepAnnulment;
}
