//! The law's closed lists, written into the schemas of the fields that take them. The lists know nothing of OpenAPI,
//! so here stands which field takes which; a test finds a field that no longer exists.

use serde_json::{Value, json};

use crate::case::Role;
use crate::case::gate::CheckCode;
use crate::case::milestone::Told;
use crate::case::terms::{
    ApprovalStep, Assistance, CheckReason, CoWorkKind, ConfirmedBy, ConsultedParty, DeliveryRoute, DeliveryWay,
    ExaminationAnswer, ExaminationStep, FilePurpose, IdentityDocument, InformationForm, LinkKind, Matter, Opinion,
    PartKind, Recipient, SearchFinding, SecrecyItem, SecrecyResult, SeparabilityFinding, ServiceWay, Visibility,
    WaiverReason,
};
use crate::enquiry::terms::{AnswerWay, CloseReason as EnquiryCloseReason, EnquiryKind};
use crate::law::annual::{Form, Row};
use crate::law::fee::FeeBasis;
use crate::law::judgment::{Judgment, ReportRow};
use crate::law::outcome::{Outcome, OutcomeGroup, Statement};
use crate::law::overturn::OverturnReason;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::law::remedy::AgencyKind;
use crate::law::retention::Term as Kept;
use crate::law::third_party::ThirdPartyFinding;
use crate::office::absences::AbsenceReason;
use crate::office::agency_history::AgencyEvent;
use crate::office::application_form::FieldKind;
use crate::office::identity_view::AccessReason;
use crate::office::notices::choices::MailLanguage;
use crate::office::proceedings::bodies::{PeriodUnit, SuitRoute};
use crate::office::retention::disposal::StruckFor;
use crate::office::tasks::Settled;
use crate::office::views::{Term, term};
use crate::proceeding::terms::{
    Appellant, Challenged, Claimant, CloseReason, DateKind, EvidenceKind, HearingKind, Level, PaperKind, Procedure,
    ProceedingKind, RetrialCause, SuspensionGround,
};

macro_rules! codes {
    ($list:ty) => {
        <$list>::ALL.iter().map(|it| term!(*it)).collect()
    };
}

/// Component, field, and the terms it takes.
pub(in crate::api) fn fields() -> Vec<(&'static str, &'static str, Vec<Term>)> {
    vec![
        ("ApplicantInput", "kind", codes!(ApplicantKind)),
        ("EnteredApplicant", "kind", codes!(ApplicantKind)),
        ("EnteredApplicant", "identity_document", codes!(IdentityDocument)),
        ("RequestInput", "form", codes!(InformationForm)),
        ("RequestInput", "route", codes!(DeliveryRoute)),
        ("Enter", "channel", codes!(Channel)),
        ("Confirmation", "by", codes!(ConfirmedBy)),
        ("ConsultationRequest", "party", codes!(ConsultedParty)),
        ("OpinionAnswer", "opinion", codes!(Opinion)),
        ("ReplyDraft", "outcome", codes!(Outcome)),
        ("ReplyDraft", "withheld", codes!(Outcome)),
        ("NewStaff", "roles", codes!(Role)),
        ("RoleChange", "roles", codes!(Role)),
        ("Service", "way", codes!(ServiceWay)),
        ("Attachment", "purpose", codes!(FilePurpose)),
        ("Showing", "to", codes!(Visibility)),
        ("DeliveryInput", "way", codes!(DeliveryWay)),
        ("BoxInput", "ground", codes!(Outcome)),
        ("ApplicantInput", "identity_document", codes!(IdentityDocument)),
        ("BesidesInput", "matter", codes!(Matter)),
        ("BesidesInput", "recipient", codes!(Recipient)),
        ("BesidesInput", "assistance", codes!(Assistance)),
        ("ContactAttempt", "by", codes!(ConfirmedBy)),
        ("ExaminedInput", "step", codes!(ExaminationStep)),
        ("ExaminedInput", "answer", codes!(ExaminationAnswer)),
        ("ParticularsCorrection", "matter", codes!(Matter)),
        ("ParticularsCorrection", "applicant_kind", codes!(ApplicantKind)),
        ("ParticularsCorrection", "form", codes!(InformationForm)),
        ("ParticularsCorrection", "route", codes!(DeliveryRoute)),
        ("LinkInput", "link", codes!(LinkKind)),
        ("RetentionSchedule", "usual", codes!(Kept)),
        ("RetentionSchedule", "reviewed", codes!(Kept)),
        ("OutcomeTerm", "outcome", codes!(Outcome)),
        ("OutcomeTerm", "term", codes!(Kept)),
        ("Striking", "reason", codes!(StruckFor)),
        ("FeeNoticeInput", "basis", codes!(FeeBasis)),
        ("WaiverRequest", "reason", codes!(WaiverReason)),
        ("CoWorkRequest", "kind", codes!(CoWorkKind)),
        ("SearchInput", "found", codes!(SearchFinding)),
        ("Weighing", "finding", codes!(ThirdPartyFinding)),
        ("StatementInput", "statement", codes!(Statement)),
        ("PartInput", "ground", codes!(Outcome)),
        ("PartInput", "kind", codes!(PartKind)),
        ("SeparabilityInput", "finding", codes!(SeparabilityFinding)),
        ("SecrecyInput", "found", codes!(SecrecyItem)),
        ("SecrecyInput", "result", codes!(SecrecyResult)),
        ("CheckAnswer", "check", codes!(CheckCode)),
        ("CheckAnswer", "reason", codes!(CheckReason)),
        ("FlowRule", "groups", codes!(OutcomeGroup)),
        ("FlowRule", "rounds", codes!(ApprovalStep)),
        ("IdentityQuestion", "reason", codes!(AccessReason)),
        ("ProceedingOpening", "kind", codes!(ProceedingKind)),
        ("ProceedingOpening", "challenged", codes!(Challenged)),
        ("ProceedingOpening", "claimant", codes!(Claimant)),
        ("ProceedingOpening", "route", codes!(SuitRoute)),
        ("ProceedingOpening", "procedure", codes!(Procedure)),
        ("ProcedureSwitch", "to", codes!(Procedure)),
        ("EvidenceListing", "evidence", codes!(EvidenceKind)),
        ("PaperIssue", "paper", codes!(PaperKind)),
        ("HearingFixed", "of", codes!(HearingKind)),
        ("SuspensionRecord", "ground", codes!(SuspensionGround)),
        ("DecisionReceived", "judgment", codes!(Judgment)),
        ("DecisionReceived", "reasons", codes!(OverturnReason)),
        ("DecisionReceived", "period", codes!(PeriodUnit)),
        ("AppealRecord", "by", codes!(Appellant)),
        ("RetrialRecord", "cause", codes!(RetrialCause)),
        ("RetrialRecord", "heard_as", codes!(Level)),
        ("ProceedingClosing", "reason", codes!(CloseReason)),
        ("DayCorrection", "date", codes!(DateKind)),
        ("AgencyHistoryInput", "kind", codes!(AgencyEvent)),
        ("EnquiryRegistration", "kind", codes!(EnquiryKind)),
        ("EnquiryFromCase", "kind", codes!(EnquiryKind)),
        ("EnquiryLetter", "kind", codes!(EnquiryKind)),
        ("EnquirySending", "way", codes!(AnswerWay)),
        ("EnquiryClosing", "reason", codes!(EnquiryCloseReason)),
        ("BundleRequest", "reason", codes!(AccessReason)),
        ("ReportInput", "form", codes!(Form)),
        ("PublishedInput", "form", codes!(Form)),
        ("ThreeInput", "row", codes!(Row)),
        ("FourInput", "row", codes!(ReportRow)),
        ("NewAgency", "kind", codes!(AgencyKind)),
        ("AgencyChange", "kind", codes!(AgencyKind)),
        ("NewAbsence", "note_code", codes!(AbsenceReason)),
        ("ChoicesInput", "language", codes!(MailLanguage)),
        ("EscalationRule", "to", codes!(Told)),
        ("Settlement", "settled", codes!(Settled)),
        ("FormField", "kind", codes!(FieldKind)),
    ]
}

/// Writes each list as the `enum` of its field, or of the items of a field that is a list.
pub(super) fn enumerate(document: &mut Value) {
    for (component, field, terms) in fields() {
        let codes = codes_of(&terms);
        if let Some(schema) = document.pointer_mut(&format!("/components/schemas/{component}/properties/{field}")) {
            let place = place_of_values(schema);
            if let Some(schema) = schema.pointer_mut(&place).and_then(Value::as_object_mut) {
                schema.insert("enum".to_owned(), admitted(schema, &codes));
            }
        }
    }
}

fn codes_of(terms: &[Term]) -> Vec<&'static str> {
    terms.iter().map(|term| term.code).collect()
}

/// Where in a field's schema that of the values themselves is: within a list, or a list of lists.
fn place_of_values(schema: &Value) -> String {
    let mut place = String::new();
    while schema.pointer(&format!("{place}/items")).is_some() {
        place.push_str("/items");
    }
    place
}

/// The codes; and `null` where the field may be null, for an `enum` would forbid it.
fn admitted(schema: &serde_json::Map<String, Value>, codes: &[&'static str]) -> Value {
    let nullable = schema.get("type").and_then(Value::as_array).is_some_and(|types| types.contains(&json!("null")));
    let mut admitted: Vec<Value> = codes.iter().map(|code| json!(code)).collect();
    if nullable {
        admitted.push(Value::Null);
    }
    Value::Array(admitted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_with_a_list_is_in_the_document() {
        let document = crate::api::document().expect("a document");
        for (component, field, terms) in fields() {
            let place = format!("/components/schemas/{component}/properties/{field}");
            let schema = document.pointer(&place).unwrap_or_else(|| panic!("{place} is gone"));
            let values = schema.pointer(&place_of_values(schema)).expect("a schema of values");
            let list = values.get("enum").and_then(Value::as_array).expect("a list");
            let list: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            assert_eq!(list, codes_of(&terms), "{place}");
        }
    }
}
