//! One matter, one application (国办函〔2020〕109号 art. 4): matters of an application become cases of their own, each with a
//! number and clocks of its own. The first stays where it is; the rest inherit the day of receipt (house rule 26).

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::contents::Contents;
use super::desk::{Ask, Desk, Who, perform};
use super::failure::Failure;
use super::input::Reader;
use super::intake::{self, Receipt};
use super::notices::outbox;
use super::sealing::{Opener, Person, Sealer, TextKind, part};
use super::views::CaseView;
use super::{Office, Officer, projection};
use crate::case::intake::{SplitMatter, split_off};
use crate::case::numbers::{self, Series};
use crate::case::{Act, Case, Command, Entry};
use crate::ids::CaseId;
use crate::storage::{counters, people};

/// One matter that becomes a case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatterInput {
    /// Its title.
    #[schema(min_length = 1, max_length = 200)]
    pub subject: String,
    /// Its description.
    #[schema(min_length = 1, max_length = 10000)]
    pub description: String,
}

/// What is split off, and what stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Splitting {
    /// What this case still asks for, by title.
    #[schema(min_length = 1, max_length = 200)]
    pub remaining: String,
    /// The matters that become cases of their own.
    #[schema(min_items = 1, max_items = 50)]
    pub matters: Vec<MatterInput>,
    /// Why they stand apart.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

/// The case and what was split off from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SplitCase {
    /// The case.
    pub case: CaseView,
    /// What to hand to the applicant for each new one.
    pub receipts: Vec<Receipt>,
}

impl Office {
    /// Splits off matters. All of it happens, or nothing.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn split(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Splitting,
    ) -> Result<SplitCase, Failure> {
        let shared = self.shared();
        let ask = Ask { who: Who::Officer(officer.clone()), act: Act::SplitOff, case, expected: Some(expected) };
        self.db()
            .write(move |conn| {
                let mut desk = perform(conn, &shared, &ask, &|desk| split(desk, &input))?;
                let case = desk.view()?;
                let children = desk.case.split_off.clone();
                let mut receipts = Vec::new();
                // Those of this act: the last ones.
                for child in children.iter().skip(children.len().saturating_sub(input.matters.len())) {
                    let (child, _) = projection::load(desk.conn, *child)?;
                    receipts.push(intake::receipt(desk.conn, &shared, &child)?);
                }
                Ok(SplitCase { case, receipts })
            })
            .await
    }
}

fn split(desk: &mut Desk<'_>, input: &Splitting) -> Result<Command, Failure> {
    let mut reader = Reader::new();
    let remaining = reader.text("/remaining", &input.remaining);
    let reason = reader.text("/reason", &input.reason);
    let matters: Vec<(String, String)> = input
        .matters
        .iter()
        .enumerate()
        .map(|(at, matter)| {
            let subject = reader.text(&format!("/matters/{at}/subject"), &matter.subject);
            let description = reader.text(&format!("/matters/{at}/description"), &matter.description);
            (subject, description)
        })
        .collect();
    let (remaining, reason, matters) = reader.finish((remaining, reason, matters))?;
    // Asked before any child is opened: a refusal of the act undoes them all the same, but would hide behind theirs.
    desk.is_open(Act::SplitOff)?;
    let persons = Persons::of(desk)?;
    let mut children = Vec::new();
    for (subject, description) in &matters {
        children.push(open_child(desk, &persons, subject, description)?);
    }
    Ok(Command::SplitOff {
        children,
        remaining: desk.text(TextKind::Subject, &remaining)?,
        reason: desk.text(TextKind::Reason, &reason)?,
    })
}

/// The people of the case and what it answered to the agency's own fields, opened so as to be sealed again under a child's
/// own key.
struct Persons {
    applicant: Person,
    co_applicants: Vec<Person>,
    agent: Option<(Person, Option<String>)>,
    extra: Option<String>,
}

impl Persons {
    fn of(desk: &mut Desk<'_>) -> Result<Self, Failure> {
        let opener = Opener::of(desk.conn, &[desk.case.id], &desk.shared.keys)?;
        let mut open =
            |id| -> Result<Person, Failure> { opener.person(&people::load(desk.conn, id)?)?.ok_or(Failure::Missing) };
        let applicant = open(desk.case.particulars.applicant.id)?;
        let co_applicants =
            desk.case.filed.co_applicants.iter().map(|one| open(one.id)).collect::<Result<Vec<_>, _>>()?;
        let agent = desk.case.filed.agent.map(|agent| open(agent.person.id)).transpose()?;
        let contents: Contents = desk.contents()?;
        let authority = desk.case.filed.agent.and_then(|agent| agent.authority).and_then(|text| contents.words(text));
        let extra = desk.case.filed.extra.and_then(|text| contents.words(text));
        Ok(Self { applicant, co_applicants, agent: agent.map(|person| (person, authority)), extra })
    }
}

/// Opens the case of one matter: key, texts, people, receipt number, journal and projections.
fn open_child(desk: &mut Desk<'_>, persons: &Persons, subject: &str, description: &str) -> Result<CaseId, Failure> {
    let (shared, now, actor) = (desk.shared, desk.now, desk.actor());
    let id = CaseId::new(now, &mut shared.randomness.clone());
    let conn = &mut *desk.conn;
    let mut sealer = Sealer::of_new_case(conn, id, &shared.keys, shared.randomness.clone(), now, shared.search)?;
    let year = desk.today.year();
    let serial = counters::next(conn, desk.agency.id, year, Series::Receipt.as_str())?;
    let matter = SplitMatter {
        receipt_no: numbers::receipt_no(&desk.agency.slug, year, serial),
        applicant: sealer.person(conn, part::APPLICANT, &persons.applicant)?,
        co_applicants: intake::co_applicants(&mut sealer, conn, &persons.co_applicants)?,
        agent: intake::agent(&mut sealer, conn, persons.agent.as_ref())?,
        subject: sealer.text(conn, TextKind::Subject, subject)?,
        description: sealer.text(conn, TextKind::Description, description)?,
        extra: persons.extra.as_deref().map(|words| sealer.text(conn, TextKind::Extra, words)).transpose()?,
    };
    let calendars = shared.calendars_in(conn)?;
    let event = split_off(&desk.case, matter, &calendars.known_at(now))
        .map_err(|refusal| Failure::Refused { refusal, allowed: Vec::new() })?;
    let entries = Entry::follow(id, 0, now, actor, vec![event]);
    let child = Case::replay(entries.clone()).map_err(Failure::broken)?;
    projection::record(conn, shared.algorithm, None, &child, &entries, &calendars)?;
    outbox::write(conn, shared, None, &child, &entries, &calendars)?;
    Ok(id)
}
