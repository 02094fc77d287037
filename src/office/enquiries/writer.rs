//! The writer's side: a letter sent on the public form, and what became of it, by number and query code. Whether a number exists is
//! never told to somebody without its code; wrong codes are counted as those of applications are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bodies::WriterInput;
use super::contents::{Contents, TextKind};
use super::desk::Desk;
use super::registering::{Read, person, register};
use crate::case::Actor;
use crate::enquiry::state::Ended;
use crate::enquiry::terms::EnquiryKind;
use crate::enquiry::{Act, Command, clock};
use crate::ids::EnquiryId;
use crate::office::failure::{Failure, SignInFault};
use crate::office::idempotency::{self, IdempotencyKey, Made};
use crate::office::input::Reader;
use crate::office::public::Code;
use crate::office::rating::Feedback;
use crate::office::views::{AgencyName, ClockView, Term, clock_view, term};
use crate::office::{Office, Shared};
use crate::storage::{Conn, agencies, cases, enquiries};
use crate::vault::query_code;

/// A letter on the public form.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryLetter {
    /// `mailbox_letter` or `question`.
    #[schema(value_type = String, example = "mailbox_letter")]
    pub kind: EnquiryKind,
    /// Who writes.
    pub writer: WriterInput,
    /// Its title.
    #[schema(min_length = 1, max_length = 200)]
    pub subject: String,
    /// Its words.
    #[schema(min_length = 1, max_length = 5000)]
    pub content: String,
}

/// What the writer is given: number and code together open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiryReceipt {
    /// Its number.
    pub number: String,
    /// The code that opens it.
    pub query_code: String,
    /// The day by which it is to be answered.
    pub due_on: Option<NaiveDate>,
    /// Whether that day lies in a year without a published calendar.
    pub provisional: bool,
}

/// A hand-over, for the writer: to whom, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PassedOn {
    /// To which agency.
    pub to: AgencyName,
    /// On which day.
    pub on: NaiveDate,
}

/// How a letter stands, for its writer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiryTracking {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: Term,
    /// The agency that has it.
    pub agency: AgencyName,
    /// Its title.
    pub subject: Option<String>,
    /// Its words.
    pub content: Option<String>,
    /// Where it stands.
    pub stage: Term,
    /// The day it was registered.
    pub registered_on: NaiveDate,
    /// The day by which it is to be answered; none once it is over.
    pub due_on: Option<NaiveDate>,
    /// Why that day, one by one.
    pub clock: ClockView,
    /// To whom it was handed over.
    pub passed_on: Vec<PassedOn>,
    /// How it ended.
    pub ending: Option<Term>,
    /// On which day.
    pub closed_on: Option<NaiveDate>,
    /// The answer, once it was sent.
    pub answer: Option<String>,
    /// Why it was closed without one.
    pub closed_for: Option<Term>,
    /// The same in words.
    pub closed_because: Option<String>,
    /// The receipt number of the application it went on as; its own code went out with its receipt.
    pub application: Option<String>,
    /// Whether it may be rated now, or the rating changed.
    pub may_rate: bool,
    /// What the writer thought of the answer, 1 to 5.
    pub satisfaction: Option<u8>,
    /// In words.
    pub comment: Option<String>,
}

impl Office {
    /// Takes a letter from the public form.
    ///
    /// # Errors
    /// [`Failure::Missing`] for an unknown agency; [`Failure::Invalid`]; [`Failure::KeyReused`]; the database's failures.
    pub async fn write_to(
        &self,
        slug: &str,
        input: EnquiryLetter,
        key: Option<IdempotencyKey>,
    ) -> Result<EnquiryReceipt, Failure> {
        let (shared, slug) = (self.shared(), slug.to_owned());
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                let scope = format!("write:{}", agency.id);
                let before = idempotency::enquiry_made_before(conn, &shared.keys, &scope, key.as_ref())?;
                let id = if let Some(made) = before {
                    made
                } else {
                    let enquiry = register(conn, &shared, None, &agency, &read(&input)?, Actor::Applicant)?;
                    let (made, at) = (Made::Enquiry(enquiry.id), enquiry.registered_at);
                    idempotency::remember(conn, &shared.keys, &scope, key.as_ref(), made, at)?;
                    enquiry.id
                };
                Ok(receipt(&Desk::open(conn, &shared, None, id)?))
            })
            .await
    }

    /// How a letter stands.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`] for a number and code that do not fit; [`Failure::WrongCodes`]; the database's failures.
    pub async fn track_enquiry(&self, number: &str, code: &Code) -> Result<EnquiryTracking, Failure> {
        let id = self.enquiry_with_code(number, code).await?;
        let shared = self.shared();
        self.db().read(move |conn| tracking(conn, &shared, id)).await
    }

    /// Rates the answer, or changes what was said of it.
    ///
    /// # Errors
    /// As [`Office::track_enquiry`]; [`Failure::RefusedInEnquiry`] before it is answered and once the time has passed.
    pub async fn rate_enquiry(&self, number: &str, code: &Code, input: Feedback) -> Result<EnquiryTracking, Failure> {
        let id = self.enquiry_with_code(number, code).await?;
        let shared = self.shared();
        self.db()
            .write(move |conn| {
                let mut desk = Desk::open(conn, &shared, None, id)?;
                desk.of_writer();
                desk.is_open(Act::Rate)?;
                let comment = Reader::new().optional(input.comment.as_deref());
                let comment = comment.map(|words| desk.text(TextKind::Comment, &words)).transpose()?;
                desk.perform(Command::Rate { satisfaction: input.satisfaction, comment })?;
                tracking(conn, &shared, id)
            })
            .await
    }

    /// The enquiry behind a number, if the code fits. The right code always opens; only what is wrong is counted, for a number
    /// that does not exist as for one that does.
    async fn enquiry_with_code(&self, number: &str, code: &Code) -> Result<EnquiryId, Failure> {
        let (number, bucket) = self.case_number_asked(number)?;
        let shared = self.shared();
        let asked = number.clone();
        let found = self.db().read(move |conn| enquiries::find_up_to_number(conn, &asked)).await?;
        // Of the numbers that are given out none is smaller than the first: then there is nobody's code to compare.
        let (found, id) = found.unwrap_or_else(|| (String::new(), EnquiryId::from_uuid(uuid::Uuid::nil())));
        // Whether it is the enquiry with this number is looked at last: what is done for a number that does not exist is what would be
        // done for one that does.
        if query_code::matches_enquiry(&shared.keys, id, code.text()) && found == number {
            return Ok(id);
        }
        Err(self.wrong_code(bucket, code, SignInFault::WrongQueryCode).await)
    }
}

fn read(input: &EnquiryLetter) -> Result<Read, Failure> {
    let mut reader = Reader::new();
    if input.kind.is_handed_over() {
        reader.wrong("/kind", "网上可以提交来信或者咨询。", "On line one writes a letter or asks a question.");
    }
    let writer = person(&mut reader, &input.writer);
    if writer.phone.is_none() && writer.email.is_none() && writer.address.is_none() {
        reader.wrong(
            "/writer",
            "请至少填写一种联系方式：电话、电子邮件或者通信地址。",
            "Give at least one way of reaching you: telephone, e-mail or postal address.",
        );
    }
    let read = Read {
        kind: input.kind,
        arrived_on: None,
        writer,
        subject: reader.text("/subject", &input.subject),
        content: reader.text("/content", &input.content),
        their_number: None,
        handler: None,
        from_case: None,
    };
    reader.finish(read)
}

/// What the writer is handed.
pub(super) fn receipt(desk: &Desk<'_>) -> EnquiryReceipt {
    let due = clock::due(&desk.enquiry, &desk.calendars.known_at(desk.now));
    EnquiryReceipt {
        number: desk.enquiry.opening.number.clone(),
        query_code: query_code::derive_enquiry(&desk.shared.keys, desk.enquiry.id),
        due_on: due.map(|due| due.on),
        provisional: due.is_some_and(|due| due.provisional),
    }
}

fn tracking(conn: &mut Conn, shared: &Shared, id: EnquiryId) -> Result<EnquiryTracking, Failure> {
    let desk = Desk::open(conn, shared, None, id)?;
    let may_rate = desk.choices().iter().any(|choice| choice.act == Act::Rate && choice.refusal.is_none());
    let calendar = desk.calendars.known_at(desk.now);
    let (enquiry, agency) = (desk.enquiry.clone(), desk.agency.clone());
    let contents = Contents::of(conn, shared, &[id], None)?;
    let mut passed_on = Vec::new();
    for one in &enquiry.hand_overs {
        let to = agencies::load(conn, one.to)?;
        passed_on.push(PassedOn { to: AgencyName { slug: to.slug, name: to.name }, on: one.on });
    }
    let mut tracking = EnquiryTracking {
        number: enquiry.opening.number.clone(),
        kind: term!(enquiry.kind()),
        agency: AgencyName { slug: agency.slug, name: agency.name },
        subject: contents.words(enquiry.opening.subject),
        content: contents.words(enquiry.opening.content),
        stage: term!(enquiry.stage),
        registered_on: enquiry.registered_on(),
        due_on: clock::due(&enquiry, &calendar).map(|due| due.on),
        clock: clock_view(&clock::clock(&enquiry, &calendar)),
        passed_on,
        ending: enquiry.ended.map(|ended| term!(ended.ending())),
        closed_on: enquiry.ended.map(|ended| ended.on()),
        answer: None,
        closed_for: None,
        closed_because: None,
        application: None,
        may_rate,
        satisfaction: enquiry.rating.map(|rating| rating.satisfaction),
        comment: enquiry.rating.and_then(|rating| rating.comment).and_then(|comment| contents.words(comment)),
    };
    match enquiry.ended {
        Some(Ended::Answered { text, .. }) => tracking.answer = contents.words(text),
        Some(Ended::Closed { reason, text, .. }) => {
            tracking.closed_for = Some(term!(reason));
            tracking.closed_because = contents.words(text);
        }
        Some(Ended::Turned { case, .. }) => tracking.application = Some(cases::load(conn, case)?.receipt_no),
        None => {}
    }
    Ok(tracking)
}
