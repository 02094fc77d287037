//! Intake: an application comes in, from the public form or over the counter (arts 27, 29, 31).

mod input;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::application_form::Asked::{OnLine, OnPaper};
use super::application_form::{self, Asked, Extra};
use super::failure::Failure;
use super::idempotency::{self, IdempotencyKey, Made};
use super::notices::outbox;
use super::permission::{Deed, permit};
use super::sealing::{Opener, Person, Sealer, TextKind, part};
use super::views::{CaseView, ClockView, Term};
use super::{Office, Officer, Shared, identity, projection, reading};
use crate::case::intake::{Application, open};
use crate::case::numbers::{self, Series};
use crate::case::terms::{Agent, PersonRef};
use crate::case::{Actor, Case, Entry, Moment};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::law::editions::Calendars;
use crate::law::receipt::Channel;
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies, cases, counters, people};
use crate::vault::query_code;

pub(super) use input::person as read_person;
pub use input::{AgentInput, ApplicantInput, Apply, BesidesInput, Enter, EnteredApplicant, RequestInput};
use input::{Read, read};

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
    /// What looks mistyped in the numbers given; nothing is refused for it.
    pub remarks: Vec<Term>,
    /// Why that day: the clock that runs, explained day by day.
    pub clocks: Vec<ClockView>,
}

impl Office {
    /// Takes an application from the public form.
    ///
    /// # Errors
    /// [`Failure::Missing`] for an unknown agency; [`Failure::Invalid`]; [`Failure::KeyReused`]; the database's failures.
    pub async fn apply(&self, slug: &str, input: Apply, key: Option<IdempotencyKey>) -> Result<Receipt, Failure> {
        let (shared, slug) = (self.shared(), slug.to_owned());
        self.db()
            .write_together(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                let scope = format!("apply:{}", agency.id);
                let made = |conn: &mut Conn| take(conn, &shared, &agency, &input, None);
                once(conn, &shared, &scope, key.as_ref(), made).map(|taken| taken.receipt)
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
        self.db()
            .write(move |conn| {
                let scope = format!("enter:{}", officer.id);
                let made = |conn: &mut Conn| entered(conn, &shared, &officer, &input);
                let Taken { case, receipt } = once(conn, &shared, &scope, key.as_ref(), made)?;
                Ok((reading::view(conn, &shared, &case, Some(&officer), case.dated_at)?, receipt))
            })
            .await
    }
}

/// An application that was taken in.
pub(super) struct Taken {
    /// Its case.
    pub case: Case,
    /// What the applicant is handed.
    pub receipt: Receipt,
}

/// Enters an application in the transaction at hand.
///
/// # Errors
/// As [`Office::enter`].
pub(super) fn entered(conn: &mut Conn, shared: &Shared, officer: &Officer, input: &Enter) -> Result<Taken, Failure> {
    let agency = agencies::find_by_slug(conn, &input.agency)?.ok_or_else(|| no_such_agency("/agency"))?;
    let lineage = projection::lineage(conn, agency.id)?;
    permit(officer, Deed::Enter, &lineage)?;
    let actor = officer.acts_as(Deed::Enter, &lineage);
    let read = read(input.channel, input.arrived_on, &input.applicant, &input.request, input.besides.as_ref());
    let mut read = answered(conn, &agency, read, (input.extra.as_ref(), input.form_version), OnPaper)?;
    read.misaddressed = input.misaddressed.unwrap_or(false);
    read.read_back = input.read_back.unwrap_or(false);
    take_in(conn, shared, &agency, &read, actor)
}

/// The case that this key has made before, or the one that `make` makes now.
fn once(
    conn: &mut Conn,
    shared: &Shared,
    scope: &str,
    key: Option<&IdempotencyKey>,
    make: impl FnOnce(&mut Conn) -> Result<Taken, Failure>,
) -> Result<Taken, Failure> {
    if let Some(made) = idempotency::made_before(conn, &shared.keys, scope, key)? {
        let (case, _) = projection::load(conn, made)?;
        return Ok(Taken { receipt: receipt(conn, shared, &case)?, case });
    }
    let taken = make(conn)?;
    idempotency::remember(conn, &shared.keys, scope, key, Made::Case(taken.case.id), taken.case.filed_at)?;
    Ok(taken)
}

/// What to say of an agency that is not there.
pub(super) fn no_such_agency(pointer: &str) -> Failure {
    Failure::invalid(
        pointer,
        "没有这个机关，请在机关目录中查找其简称。",
        "There is no such agency; look up its short name in the directory.",
    )
}

/// Opens the case: key, texts, person, number, journal and projections, all in the transaction at hand.
fn take_in(conn: &mut Conn, shared: &Shared, agency: &AgencyRow, read: &Read, actor: Actor) -> Result<Taken, Failure> {
    let now = shared.clock.now();
    let today = day_in_china(now);
    let calendars = shared.calendars_in(conn)?;
    let id = CaseId::new(now, &mut shared.randomness.clone());
    let mut sealer = Sealer::of_new_case(conn, id, &shared.keys, shared.randomness.clone(), now, shared.search)?;
    let applicant = sealer.person(conn, part::APPLICANT, &read.person)?;
    let (subject, description) = sealer.request(conn, &read.subject, &read.description)?;
    let unnumbered = Application {
        agency: agency.id,
        receipt_no: String::new(),
        channel: read.channel,
        arrived_on: read.arrived_on.unwrap_or(today),
        applicant_kind: read.kind,
        applicant,
        subject,
        description,
        form: read.form,
        route: read.route,
        matter: read.matter,
        identity_document: read.identity_document,
        co_applicants: co_applicants(&mut sealer, conn, &read.co_applicants)?,
        agent: agent(&mut sealer, conn, read.agent.as_ref())?,
        recipient: read.recipient,
        assistance: read.assistance.clone(),
        misaddressed: read.misaddressed,
        read_back: read.read_back,
        evidence: read.evidence.as_deref().map(|words| sealer.text(conn, TextKind::Evidence, words)).transpose()?,
        form_version: read.answered.version,
        extra: read.answered.words.as_deref().map(|words| sealer.text(conn, TextKind::Extra, words)).transpose()?,
    };
    let settings = projection::settings_of(conn, agency)?;
    // As late as can be: from here on whoever applies to the same agency waits for us.
    let serial = counters::next(conn, agency.id, today.year(), Series::Receipt.as_str())?;
    let application = Application { receipt_no: numbers::receipt_no(&agency.slug, today.year(), serial), ..unnumbered };
    let moment = Moment { now, today, calendars: &calendars, actor, settings };
    let events = open(application, &moment).map_err(|refusal| Failure::Refused { refusal, allowed: Vec::new() })?;
    let entries = Entry::follow(id, 0, now, actor, events);
    let case = Case::replay(entries.clone()).map_err(Failure::broken)?;
    projection::record(conn, shared.algorithm, None, &case, &entries, &calendars)?;
    outbox::write(conn, shared, None, &case, &entries, &calendars)?;
    // What was sealed a moment ago need not be opened again; a new case has its first query code.
    let receipt = handed(shared, &case, Some(&read.person), 0, &calendars);
    Ok(Taken { case, receipt })
}

/// Seals those who ask together with the applicant.
///
/// # Errors
/// As [`Sealer::person`].
pub(super) fn co_applicants(
    sealer: &mut Sealer<'_>,
    conn: &mut Conn,
    people: &[Person],
) -> Result<Vec<PersonRef>, Failure> {
    people.iter().map(|person| sealer.person(conn, part::CO_APPLICANT, person)).collect()
}

/// Seals who acts for them, with the power of attorney.
///
/// # Errors
/// As [`Sealer::person`].
pub(super) fn agent(
    sealer: &mut Sealer<'_>,
    conn: &mut Conn,
    agent: Option<&(Person, Option<String>)>,
) -> Result<Option<Agent>, Failure> {
    let Some((person, authority)) = agent else { return Ok(None) };
    let person = sealer.person(conn, part::AGENT, person)?;
    let authority = authority.as_deref().map(|words| sealer.text(conn, TextKind::Evidence, words)).transpose()?;
    Ok(Some(Agent { person, authority }))
}

/// An application with what it answers to the agency's own questions; everything wrong with either is told at once.
fn answered(
    conn: &mut Conn,
    agency: &AgencyRow,
    read: Result<Read, Failure>,
    (extra, version): (Option<&Extra>, Option<u32>),
    asked: Asked,
) -> Result<Read, Failure> {
    let (read, mut problems) = match read {
        Ok(read) => (Some(read), Vec::new()),
        Err(Failure::Invalid(problems)) => (None, problems),
        Err(other) => return Err(other),
    };
    let answered = application_form::read(conn, agency.id, extra, version, asked, &mut problems)?;
    match read {
        Some(read) if problems.is_empty() => Ok(Read { answered, ..read }),
        Some(_) | None => Err(Failure::Invalid(problems)),
    }
}

/// What would be wrong with an application on line that fits its schema, if it were sent now; but for what it answers to
/// the agency's own questions.
///
/// # Errors
/// [`Failure::Invalid`] with every problem.
pub(super) fn check(input: &Apply) -> Result<(), Failure> {
    read(Channel::Online, None, &input.applicant.clone().into(), &input.request, input.besides.as_ref()).map(drop)
}

/// Takes in an application on line, within the transaction at hand. `arrived_on`: the day it came, if that was not today.
///
/// # Errors
/// As [`Office::apply`].
pub(super) fn take(
    conn: &mut Conn,
    shared: &Shared,
    agency: &AgencyRow,
    input: &Apply,
    arrived_on: Option<NaiveDate>,
) -> Result<Taken, Failure> {
    let read =
        read(Channel::Online, arrived_on, &input.applicant.clone().into(), &input.request, input.besides.as_ref());
    let read = answered(conn, agency, read, (input.extra.as_ref(), input.form_version), OnLine)?;
    take_in(conn, shared, agency, &read, Actor::Applicant)
}

/// What the applicant is handed for a case that was taken in before.
///
/// # Errors
/// The database's failures.
pub(super) fn receipt(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Receipt, Failure> {
    let opener = Opener::of(conn, &[case.id], &shared.keys)?;
    let person = opener.person(&people::load(conn, case.filed.applicant.id)?)?;
    let generation = u32::try_from(cases::load(conn, case.id)?.query_generation).map_err(Failure::broken)?;
    Ok(handed(shared, case, person.as_ref(), generation, &shared.calendars_in(conn)?))
}

/// The receipt of a case, of which this many query codes were made before. `person`: the applicant, unless destroyed.
fn handed(shared: &Shared, case: &Case, person: Option<&Person>, generation: u32, calendars: &Calendars) -> Receipt {
    let due = crate::case::due::due_now(case, &calendars.known_at(case.dated_at));
    let filed_on = day_in_china(case.filed_at);
    Receipt {
        case_id: case.id,
        receipt_no: case.filed.receipt_no.clone(),
        query_code: query_code::derive(&shared.keys, case.id, generation),
        received_on: case.received_on,
        due_on: due.map(|now| now.due.on),
        provisional: due.is_some_and(|now| now.due.provisional),
        // What looks mistyped in the applicant's numbers.
        remarks: person.map_or_else(Vec::new, |person| identity::remarks(case.filed.applicant_kind, person, filed_on)),
        clocks: reading::explained(shared, case, calendars),
    }
}
