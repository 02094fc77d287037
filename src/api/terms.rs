//! The coded terms with their names: what a client shows beside a code, and what it offers for choice.

use std::collections::BTreeMap;

use super::answer::{self, Answer};
use crate::case::gate::CheckCode;
use crate::case::milestone::{Alarm, Told};
use crate::case::numbers::NumberPreset;
use crate::case::terms::{
    ApprovalStep, Assistance, CheckReason, CoWorkKind, ConfirmedBy, ConsultedParty, DeliveryRoute, DeliveryWay,
    ExaminationAnswer, ExaminationStep, FileFormat, FilePurpose, IdentityDocument, InformationForm, LinkKind, Matter,
    Opinion, PartKind, Recipient, SearchFinding, SecrecyItem, SecrecyResult, SeparabilityFinding, ServiceWay,
    Visibility, WaiverReason,
};
use crate::case::timing::Timed;
use crate::case::{Act, Role, Stage};
use crate::enquiry::terms::EnquiryKind;
use crate::law::fee::FeeBasis;
use crate::law::identity::IdentityRemark;
use crate::law::outcome::{Outcome, OutcomeGroup, Statement};
use crate::law::receipt::{ApplicantKind, Channel};
use crate::law::remedy::AgencyKind;
use crate::law::third_party::ThirdPartyFinding;
use crate::notices::Notice;
use crate::office::absences::AbsenceReason;
use crate::office::application_form::FieldKind;
use crate::office::bands::Band;
use crate::office::drafts::held::HeldFor;
use crate::office::identity_view::AccessReason;
use crate::office::likeness::views::{LikenessNote, LikenessSuggestion};
use crate::office::notices::choices::{Choice, MailLanguage};
use crate::office::notices::queue::NoticeState;
use crate::office::queue::counts::DeskQueue;
use crate::office::tasks::{Settled, TaskKind};
use crate::office::views::{Term, term};

macro_rules! terms {
    ($list:ty) => {
        <$list>::ALL.iter().map(|it| term!(*it)).collect()
    };
}

/// List the coded terms
///
/// Every closed list by its name, such as `acts`, `checks`, `outcomes`, `stages`, `statements`.
#[utoipa::path(get, path = "/api/v1/terms", tag = "terms", security(()),
    responses((status = 200, description = "The lists", body = BTreeMap<String, Vec<Term>>)))]
pub async fn terms() -> Answer {
    let lists: BTreeMap<&str, Vec<Term>> = BTreeMap::from([
        ("absence_reasons", terms!(AbsenceReason)),
        ("access_reasons", terms!(AccessReason)),
        ("acts", terms!(Act)),
        ("alarms", terms!(Alarm)),
        ("bands", terms!(Band)),
        ("mail_languages", terms!(MailLanguage)),
        ("notice_choices", terms!(Choice)),
        ("notice_states", terms!(NoticeState)),
        ("notices", terms!(Notice)),
        ("settlements", terms!(Settled)),
        ("task_kinds", terms!(TaskKind)),
        ("timed", terms!(Timed)),
        ("told", terms!(Told)),
        ("agency_kinds", terms!(AgencyKind)),
        ("applicant_kinds", terms!(ApplicantKind)),
        ("channels", terms!(Channel)),
        ("confirmed_by", terms!(ConfirmedBy)),
        ("consulted_parties", terms!(ConsultedParty)),
        ("desk_queues", terms!(DeskQueue)),
        ("delivery_routes", terms!(DeliveryRoute)),
        ("held_for", terms!(HeldFor)),
        ("identity_remarks", terms!(IdentityRemark)),
        ("information_forms", terms!(InformationForm)),
        ("likeness_notes", terms!(LikenessNote)),
        ("likeness_suggestions", terms!(LikenessSuggestion)),
        ("number_presets", terms!(NumberPreset)),
        ("opinions", terms!(Opinion)),
        ("outcomes", terms!(Outcome)),
        ("service_ways", terms!(ServiceWay)),
        ("delivery_ways", terms!(DeliveryWay)),
        ("file_formats", terms!(FileFormat)),
        ("file_purposes", terms!(FilePurpose)),
        ("visibilities", terms!(Visibility)),
        ("stages", terms!(Stage)),
        ("approval_steps", terms!(ApprovalStep)),
        ("assistance", terms!(Assistance)),
        ("check_reasons", terms!(CheckReason)),
        ("checks", terms!(CheckCode)),
        ("co_work_kinds", terms!(CoWorkKind)),
        ("examination_answers", terms!(ExaminationAnswer)),
        ("examination_steps", terms!(ExaminationStep)),
        ("field_kinds", terms!(FieldKind)),
        ("fee_bases", terms!(FeeBasis)),
        ("identity_documents", terms!(IdentityDocument)),
        ("link_kinds", terms!(LinkKind)),
        ("matters", terms!(Matter)),
        ("outcome_groups", terms!(OutcomeGroup)),
        ("part_kinds", terms!(PartKind)),
        ("recipients", terms!(Recipient)),
        ("roles", terms!(Role)),
        ("enquiry_acts", terms!(crate::enquiry::Act)),
        ("enquiry_kinds", terms!(EnquiryKind)),
        ("enquiry_stages", terms!(crate::enquiry::Stage)),
        ("search_findings", terms!(SearchFinding)),
        ("secrecy_items", terms!(SecrecyItem)),
        ("secrecy_results", terms!(SecrecyResult)),
        ("separability_findings", terms!(SeparabilityFinding)),
        ("statements", terms!(Statement)),
        ("third_party_findings", terms!(ThirdPartyFinding)),
        ("waiver_reasons", terms!(WaiverReason)),
    ]);
    answer::ok(lists)
}
