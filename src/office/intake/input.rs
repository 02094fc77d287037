//! What an application consists of, as it is sent, and how it is read (arts 29, 41, 43).

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::case::terms::{Assistance, DeliveryRoute, IdentityDocument, InformationForm, Matter, Recipient};
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::application_form::{Answered, Extra};
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::sealing::Person;

/// Who asks.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicantInput {
    /// `natural_person`, or the class of an organisation: `commercial_enterprise`, `research_institution`,
    /// `public_welfare_organisation`, `legal_service_organisation`, `other_organisation`.
    #[schema(value_type = String, example = "natural_person")]
    pub kind: ApplicantKind,
    /// Full name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The document that proves who applies: `resident_card`, `passport`, `permit`, `credit_code` or `other`.
    #[schema(value_type = Option<String>, example = "resident_card")]
    pub identity_document: Option<IdentityDocument>,
    /// Number of the identity document, or unified social credit code: the proof of identity of art. 29.
    #[schema(min_length = 1, max_length = 64)]
    pub identity_number: String,
    /// Whom to ask for, where an organisation applies.
    #[schema(max_length = 200)]
    pub contact_name: Option<String>,
    /// Telephone.
    #[schema(max_length = 50)]
    pub phone: Option<String>,
    /// E-mail.
    #[schema(max_length = 200)]
    pub email: Option<String>,
    /// Postal address.
    #[schema(max_length = 500)]
    pub address: Option<String>,
    /// Postcode.
    #[schema(max_length = 20)]
    pub postcode: Option<String>,
}

/// Who asks, as an application on paper or by word of mouth has it. It may lack the proof of identity: it is taken in all the same,
/// and what is missing is asked for once (arts 29, 30).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnteredApplicant {
    /// As in `ApplicantInput`.
    #[schema(value_type = String, example = "natural_person")]
    pub kind: ApplicantKind,
    /// Full name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The document that proves who applies: `resident_card`, `passport`, `permit`, `credit_code` or `other`.
    #[schema(value_type = Option<String>, example = "resident_card")]
    pub identity_document: Option<IdentityDocument>,
    /// Number of the identity document, or unified social credit code; missing where the application has none.
    #[schema(min_length = 1, max_length = 64)]
    pub identity_number: Option<String>,
    /// Whom to ask for, where an organisation applies.
    #[schema(max_length = 200)]
    pub contact_name: Option<String>,
    /// Telephone.
    #[schema(max_length = 50)]
    pub phone: Option<String>,
    /// E-mail.
    #[schema(max_length = 200)]
    pub email: Option<String>,
    /// Postal address.
    #[schema(max_length = 500)]
    pub address: Option<String>,
    /// Postcode.
    #[schema(max_length = 20)]
    pub postcode: Option<String>,
}

impl From<ApplicantInput> for EnteredApplicant {
    fn from(input: ApplicantInput) -> Self {
        let ApplicantInput {
            kind,
            name,
            identity_document,
            identity_number,
            contact_name,
            phone,
            email,
            address,
            postcode,
        } = input;
        let identity_number = Some(identity_number);
        Self { kind, name, identity_document, identity_number, contact_name, phone, email, address, postcode }
    }
}

/// Who acts for the applicant.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentInput {
    /// Full name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Number of the identity document.
    #[schema(min_length = 1, max_length = 64)]
    pub identity_number: String,
    /// Telephone.
    #[schema(max_length = 50)]
    pub phone: Option<String>,
    /// E-mail.
    #[schema(max_length = 200)]
    pub email: Option<String>,
    /// Postal address.
    #[schema(max_length = 500)]
    pub address: Option<String>,
    /// The power of attorney: what it covers, its date, how it was shown. Without one it has to be asked for.
    #[schema(max_length = 2000)]
    pub authority: Option<String>,
}

/// What the application says besides who asks and what for; all of it may be missing.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BesidesInput {
    /// `disclosure`, or `records_correction` for records about oneself (art. 41).
    #[schema(value_type = Option<String>, example = "disclosure")]
    pub matter: Option<Matter>,
    /// Those who ask together with the applicant.
    #[schema(max_items = 20)]
    pub co_applicants: Option<Vec<ApplicantInput>>,
    /// Who acts for them.
    pub agent: Option<AgentInput>,
    /// Where letters go, chosen once: `applicant` or `agent`.
    #[schema(value_type = Option<String>, example = "applicant")]
    pub recipient: Option<Recipient>,
    /// Help that is needed (art. 43): `reading`, `sight`, `hearing`, `writing`.
    #[schema(value_type = Option<Vec<String>>, max_items = 4)]
    pub assistance: Option<Vec<Assistance>>,
    /// What shows the record to be wrong, where a correction of records is asked for (art. 41).
    #[schema(max_length = 10000)]
    pub evidence: Option<String>,
}

/// What is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestInput {
    /// Its title, or a short name for it.
    #[schema(min_length = 1, max_length = 200)]
    pub subject: String,
    /// Title, document number, or another description by which it can be found. No purpose need be given.
    #[schema(min_length = 1, max_length = 10000)]
    pub description: String,
    /// The form wanted: `paper`, `electronic` or `inspection`.
    #[schema(value_type = String, example = "electronic")]
    pub form: InformationForm,
    /// The way of getting it: `post`, `email`, `collection` or `online`.
    #[schema(value_type = String, example = "online")]
    pub route: DeliveryRoute,
}

/// An application on the public form.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    /// Who asks.
    pub applicant: ApplicantInput,
    /// What for.
    pub request: RequestInput,
    /// Joint applicants, an agent, help that is needed, and the like.
    pub besides: Option<BesidesInput>,
    /// Answers to the agency's own questions, each by the name of its field: a text, or `true` or `false`.
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    pub extra: Option<Extra>,
    /// The version of those questions that was filled in; the one in force if missing.
    #[schema(minimum = 1)]
    pub form_version: Option<u32>,
}

/// An application that came otherwise, entered by the office.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Enter {
    /// The agency addressed, by its short name.
    #[schema(min_length = 1, max_length = 100)]
    pub agency: String,
    /// How it came: `in_person`, `signed_post`, `ordinary_post`, `fax`, `email` or `spoken`.
    #[schema(value_type = String, example = "signed_post")]
    pub channel: Channel,
    /// The day it was handed in, signed for, or arrived; today if missing.
    pub arrived_on: Option<NaiveDate>,
    /// Who asks.
    pub applicant: EnteredApplicant,
    /// What for.
    pub request: RequestInput,
    /// Joint applicants, an agent, help that is needed, and the like.
    pub besides: Option<BesidesInput>,
    /// Whether post was addressed to somebody other than the disclosure office: receipt is then confirmed with the applicant.
    pub misaddressed: Option<bool>,
    /// Whether a spoken application, which the clerk wrote down, was read back to the applicant. Needed for `spoken`.
    pub read_back: Option<bool>,
    /// Answers to the agency's own questions as far as the application has them, each by the name of its field.
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    pub extra: Option<Extra>,
    /// The version of those questions that was filled in; the one in force if missing.
    #[schema(minimum = 1)]
    pub form_version: Option<u32>,
}

/// An application whose input has been read.
#[expect(clippy::struct_field_names, reason = "`read_back` is the field's own word for what was read to the applicant")]
pub(super) struct Read {
    pub channel: Channel,
    pub arrived_on: Option<NaiveDate>,
    pub kind: ApplicantKind,
    pub person: Person,
    pub subject: String,
    pub description: String,
    pub form: InformationForm,
    pub route: DeliveryRoute,
    pub matter: Matter,
    pub identity_document: Option<IdentityDocument>,
    pub co_applicants: Vec<Person>,
    pub agent: Option<(Person, Option<String>)>,
    pub recipient: Recipient,
    pub assistance: Vec<Assistance>,
    pub misaddressed: bool,
    pub read_back: bool,
    pub evidence: Option<String>,
    pub answered: Answered,
}

/// Reads an application but for the agency's own questions; everything wrong with it is told at once.
pub(super) fn read(
    channel: Channel,
    arrived_on: Option<NaiveDate>,
    applicant: &EnteredApplicant,
    request: &RequestInput,
    besides: Option<&BesidesInput>,
) -> Result<Read, Failure> {
    let mut reader = Reader::new();
    let nothing = BesidesInput::default();
    let besides = besides.unwrap_or(&nothing);
    let person = if channel == Channel::Online {
        // The form can ask for the number at once; where an application came otherwise a notice of correction does.
        proven(&mut reader, "/applicant", applicant)
    } else {
        person(&mut reader, "/applicant", applicant)
    };
    reachable(&mut reader, &person, request);
    let co_applicants = besides.co_applicants.iter().flatten().enumerate();
    let co_applicants = co_applicants
        .map(|(at, one)| proven(&mut reader, &format!("/besides/co_applicants/{at}"), &one.clone().into()))
        .collect();
    let agent = besides.agent.as_ref().map(|one| agent(&mut reader, one));
    let recipient = besides.recipient.unwrap_or_default();
    if recipient == Recipient::Agent && agent.is_none() {
        reader.wrong(
            "/besides/recipient",
            "没有填写代理人，文书不能送达代理人。",
            "There is no agent to whom letters could go.",
        );
    }
    let matter = besides.matter.unwrap_or_default();
    let evidence = reader.optional(besides.evidence.as_deref());
    if matter == Matter::RecordsCorrection && evidence.is_none() {
        reader.wrong(
            "/besides/evidence",
            "申请更正本人信息的，请说明记录不准确的证据（条例第四十一条）。",
            "To have records about yourself corrected, say what shows them to be wrong (Regulation art. 41).",
        );
    }
    let read = Read {
        channel,
        arrived_on,
        kind: applicant.kind,
        person,
        subject: reader.text("/request/subject", &request.subject),
        description: reader.text("/request/description", &request.description),
        form: request.form,
        route: request.route,
        matter,
        identity_document: applicant.identity_document,
        co_applicants,
        agent,
        recipient,
        assistance: besides.assistance.clone().unwrap_or_default(),
        misaddressed: false,
        read_back: false,
        evidence,
        answered: Answered::default(),
    };
    reader.finish(read)
}

/// A person as the form has it.
pub(in crate::office) fn person(reader: &mut Reader, at: &str, input: &EnteredApplicant) -> Person {
    Person {
        name: reader.text(&format!("{at}/name"), &input.name),
        identity_number: reader.optional(input.identity_number.as_deref()),
        contact_name: reader.optional(input.contact_name.as_deref()),
        phone: reader.optional(input.phone.as_deref()),
        email: reader.email(&format!("{at}/email"), input.email.as_deref()),
        address: reader.optional(input.address.as_deref()),
        postcode: reader.optional(input.postcode.as_deref()),
    }
}

/// A person who has to give the number of a document.
fn proven(reader: &mut Reader, at: &str, input: &EnteredApplicant) -> Person {
    let number = reader.text(&format!("{at}/identity_number"), input.identity_number.as_deref().unwrap_or_default());
    Person { identity_number: Some(number), ..person(reader, at, input) }
}

fn agent(reader: &mut Reader, input: &AgentInput) -> (Person, Option<String>) {
    let person = Person {
        name: reader.text("/besides/agent/name", &input.name),
        identity_number: Some(reader.text("/besides/agent/identity_number", &input.identity_number)),
        phone: reader.optional(input.phone.as_deref()),
        email: reader.email("/besides/agent/email", input.email.as_deref()),
        address: reader.optional(input.address.as_deref()),
        ..Person::default()
    };
    (person, reader.optional(input.authority.as_deref()))
}

/// Some way of reaching the applicant, and the one that the chosen route needs (art. 29).
fn reachable(reader: &mut Reader, person: &Person, request: &RequestInput) {
    if person.phone.is_none() && person.email.is_none() && person.address.is_none() {
        reader.wrong(
            "/applicant",
            "请至少填写一种联系方式：电话、电子邮件或者通信地址（条例第二十九条）。",
            "Give at least one way of reaching you: telephone, e-mail or postal address (Regulation art. 29).",
        );
    }
    match request.route {
        DeliveryRoute::Email if person.email.is_none() => reader.wrong(
            "/applicant/email",
            "选择以电子邮件获取信息的，请填写电子邮件地址。",
            "To get the information by e-mail, give an e-mail address.",
        ),
        DeliveryRoute::Post if person.address.is_none() => reader.wrong(
            "/applicant/address",
            "选择邮寄的，请填写通信地址。",
            "To get the information by post, give a postal address.",
        ),
        DeliveryRoute::Email | DeliveryRoute::Post | DeliveryRoute::Collection | DeliveryRoute::Online => {}
    }
}
