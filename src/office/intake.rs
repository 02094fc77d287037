//! Intake: an application comes in, from the public form or over the counter (arts 27, 29, 31).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::idempotency::{self, IdempotencyKey};
use super::input::Reader;
use super::permission::{Deed, permit};
use super::sealing::{Person, Sealer, TextKind};
use super::views::CaseView;
use super::{Office, Officer, Shared, projection, reading};
use crate::case::intake::{Application, open};
use crate::case::numbers::{self, Series};
use crate::case::terms::{DeliveryRoute, InformationForm};
use crate::case::{Actor, Case, Entry, Moment};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies, cases, counters};
use crate::vault::{Keys, query_code};

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
    pub applicant: ApplicantInput,
    /// What for.
    pub request: RequestInput,
}

/// What the applicant is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Receipt {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case_id: CaseId,
    /// The number on the receipt.
    pub receipt_no: String,
    /// The code that opens the case to the applicant, together with the number.
    pub query_code: String,
    /// The legal date of receipt, where it is settled already.
    pub received_on: Option<NaiveDate>,
    /// The day by which the agency has to reply, or to confirm receipt.
    pub due_on: Option<NaiveDate>,
    /// Whether that day is provisional.
    pub provisional: bool,
}

/// An application whose input has been read.
struct Read {
    channel: Channel,
    arrived_on: Option<NaiveDate>,
    kind: ApplicantKind,
    person: Person,
    subject: String,
    description: String,
    form: InformationForm,
    route: DeliveryRoute,
}

impl Office {
    /// Takes an application from the public form.
    ///
    /// # Errors
    /// [`Failure::Missing`] for an unknown agency; [`Failure::Invalid`]; [`Failure::KeyReused`]; the database's failures.
    pub async fn apply(&self, slug: &str, input: Apply, key: Option<IdempotencyKey>) -> Result<Receipt, Failure> {
        let (shared, slug) = (self.shared(), slug.to_owned());
        let read = read(Channel::Online, None, &input.applicant, &input.request)?;
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                let scope = format!("apply:{}", agency.id);
                let case = once(conn, &shared.keys, &scope, key.as_ref(), |conn| {
                    take_in(conn, &shared, &agency, &read, Actor::Applicant)
                })?;
                receipt(conn, &shared, &case)
            })
            .await
    }

    /// Enters an application that came by window, post, fax or e-mail, or was spoken (art. 29: the office then fills in
    /// the form).
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn enter(
        &self,
        officer: &Officer,
        input: Enter,
        key: Option<IdempotencyKey>,
    ) -> Result<(CaseView, Receipt), Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let read = read(input.channel, input.arrived_on, &input.applicant, &input.request)?;
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &input.agency)?.ok_or_else(|| no_such_agency("/agency"))?;
                let lineage = projection::lineage(conn, agency.id)?;
                permit(&officer, Deed::Enter, &lineage)?;
                let actor = officer.acts_as(Deed::Enter, &lineage);
                let scope = format!("enter:{}", officer.id);
                let case = once(conn, &shared.keys, &scope, key.as_ref(), |conn| {
                    take_in(conn, &shared, &agency, &read, actor)
                })?;
                let view = reading::view(conn, &shared, &case, Some(&officer), case.dated_at)?;
                Ok((view, receipt(conn, &shared, &case)?))
            })
            .await
    }
}

/// The case that this key has made before, or the one that `make` makes now.
fn once(
    conn: &mut Conn,
    keys: &Keys,
    scope: &str,
    key: Option<&IdempotencyKey>,
    make: impl FnOnce(&mut Conn) -> Result<Case, Failure>,
) -> Result<Case, Failure> {
    if let Some(made) = idempotency::made_before(conn, keys, scope, key)? {
        return projection::load(conn, made).map(|(case, _)| case);
    }
    let case = make(conn)?;
    idempotency::remember(conn, keys, scope, key, case.id, case.filed_at)?;
    Ok(case)
}

/// What to say of an agency that is not there.
pub(super) fn no_such_agency(pointer: &str) -> Failure {
    Failure::invalid(
        pointer,
        "没有这个机关，请在机关目录中查找其简称。",
        "There is no such agency; look up its short name in the directory.",
    )
}

fn read(
    channel: Channel,
    arrived_on: Option<NaiveDate>,
    applicant: &ApplicantInput,
    request: &RequestInput,
) -> Result<Read, Failure> {
    let mut reader = Reader::new();
    let person = Person {
        name: reader.text("/applicant/name", &applicant.name),
        identity_number: Some(reader.text("/applicant/identity_number", &applicant.identity_number)),
        contact_name: reader.optional(applicant.contact_name.as_deref()),
        phone: reader.optional(applicant.phone.as_deref()),
        email: reader.email("/applicant/email", applicant.email.as_deref()),
        address: reader.optional(applicant.address.as_deref()),
        postcode: reader.optional(applicant.postcode.as_deref()),
    };
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
    let read = Read {
        channel,
        arrived_on,
        kind: applicant.kind,
        person,
        subject: reader.text("/request/subject", &request.subject),
        description: reader.text("/request/description", &request.description),
        form: request.form,
        route: request.route,
    };
    reader.finish(read)
}

/// Opens the case: key, texts, person, number, journal and projections, all in the transaction at hand.
fn take_in(conn: &mut Conn, shared: &Shared, agency: &AgencyRow, read: &Read, actor: Actor) -> Result<Case, Failure> {
    let now = shared.clock.now();
    let today = day_in_china(now);
    let calendars = shared.calendars_in(conn)?;
    let id = CaseId::new(now, &mut shared.randomness.clone());
    let mut sealer = Sealer::of_new_case(conn, id, &shared.keys, shared.randomness.clone(), now, shared.search)?;
    let serial = counters::next(conn, agency.id, today.year(), Series::Receipt.as_str())?;
    let application = Application {
        agency: agency.id,
        receipt_no: numbers::receipt_no(&agency.slug, today.year(), serial),
        channel: read.channel,
        arrived_on: read.arrived_on.unwrap_or(today),
        applicant_kind: read.kind,
        applicant: sealer.person(conn, "applicant", &read.person)?,
        subject: sealer.text(conn, TextKind::Subject, &read.subject)?,
        description: sealer.text(conn, TextKind::Description, &read.description)?,
        form: read.form,
        route: read.route,
    };
    let moment = Moment { now, today, calendars: &calendars, actor, settings: projection::settings_of(agency)? };
    let events = open(application, &moment).map_err(|refusal| Failure::Refused { refusal, allowed: Vec::new() })?;
    let entries = Entry::follow(id, 0, now, actor, events);
    let case = Case::replay(entries.clone()).map_err(Failure::broken)?;
    projection::record(conn, None, &case, &entries, &calendars)?;
    Ok(case)
}

/// What would be wrong with an application on line that fits its schema, if it were sent now.
///
/// # Errors
/// [`Failure::Invalid`] with every problem.
pub(super) fn check(input: &Apply) -> Result<(), Failure> {
    read(Channel::Online, None, &input.applicant, &input.request).map(drop)
}

/// Takes in, within the transaction at hand, an application on line that was not sent by the form itself.
///
/// # Errors
/// As [`Office::apply`].
pub(super) fn take(conn: &mut Conn, shared: &Shared, agency: &AgencyRow, input: &Apply) -> Result<Case, Failure> {
    let read = read(Channel::Online, None, &input.applicant, &input.request)?;
    take_in(conn, shared, agency, &read, Actor::Applicant)
}

/// What the applicant is given for a case.
///
/// # Errors
/// The database's failures.
pub(super) fn receipt(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Receipt, Failure> {
    let calendar = shared.calendars_in(conn)?.known_at(case.dated_at);
    let due = crate::case::due::due_now(case, &calendar);
    let generation = cases::load(conn, case.id)?.query_generation;
    let generation = u32::try_from(generation).map_err(Failure::broken)?;
    Ok(Receipt {
        case_id: case.id,
        receipt_no: case.filed.receipt_no.clone(),
        query_code: query_code::derive(&shared.keys, case.id, generation),
        received_on: case.received_on,
        due_on: due.map(|now| now.due.on),
        provisional: due.is_some_and(|now| now.due.provisional),
    })
}
