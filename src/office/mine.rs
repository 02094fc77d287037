//! All that somebody has applied for, without an account and without a password: whoever reads the mail box that an application
//! names as its contact gets a link that opens the list once, and then sees it for an hour. Nobody is told whether an address
//! is known, by the time it takes either: whoever asks leaves a note, the same for every address, and the sending of mail finds out
//! whose it is.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::{Failure, SignInFault};
use super::input::Reader;
use super::notices::facts::Facts;
use super::notices::outbox::{About, Outbox};
use super::public::code::hour_of;
use super::sealing::{Opener, TextKind, index};
use super::views::AgencyName;
use super::{Office, Shared};
use crate::case::Stage;
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, PersonId};
use crate::notices::Notice;
use crate::storage::people::{self, PersonIndex};
use crate::storage::{Conn, agencies, attempts, cases, texts};
use crate::vault::mine::{Pass, holder, pass};
use crate::vault::{blind, query_code};

/// Minutes for which the link in the mail is good.
const LINK_MINUTES: u32 = 20;

/// Minutes for which the list stays open.
const SIGN_IN_MINUTES: i64 = 60;

/// Links to one address in an hour.
const LINKS_PER_HOUR: i64 = 3;

/// Under which kind it is noted that an address has asked.
const NOTED: &str = "mine_asked";

/// Applications shown; the newest.
const MOST: i64 = 200;

/// An address to which the link is to go.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MineAsked {
    /// The e-mail given as contact in the applications.
    #[schema(min_length = 3, max_length = 200, example = "chen@example.org")]
    pub email: String,
}

/// The link, given back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MineLink {
    /// What the mail says.
    #[schema(min_length = 1, max_length = 200)]
    pub link: String,
}

/// What opens the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MineOpened {
    /// Goes into `X-Mine-Pass`.
    pub pass: String,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

/// One of one's applications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MyApplication {
    /// The number on the receipt.
    pub receipt_no: String,
    /// The number in the register.
    pub number: Option<String>,
    /// The code that opens it.
    pub query_code: String,
    /// The agency.
    pub agency: AgencyName,
    /// What was asked for.
    pub subject: Option<String>,
    /// Where it stands, in plain Chinese.
    pub stage_zh: &'static str,
    /// The same in English.
    pub stage_en: &'static str,
    /// The day it arrived.
    pub arrived_on: NaiveDate,
    /// The last day of what runs now.
    pub due_on: Option<NaiveDate>,
    /// Whether something is asked of the applicant now.
    pub asked: bool,
}

/// The link for a person, good from `now` on.
pub(super) fn link_of(shared: &Shared, person: PersonId, now: DateTime<Utc>) -> String {
    pass(&shared.keys, Pass::Link, person, now + TimeDelta::minutes(i64::from(LINK_MINUTES)))
}

impl Office {
    /// Has the link sent to an address, if an application names it. The answer is the same if none does, and so is what is done before
    /// it: the address is counted and noted, and not looked for.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no address; the database's failures.
    pub async fn ask_for_mine(&self, input: MineAsked) -> Result<(), Failure> {
        let mut reader = Reader::new();
        let email = reader.email("/email", Some(&input.email));
        let Some(email) = reader.finish(email)? else { return Ok(()) };
        let window = hour_of(self.now());
        let indexed = blind::blind(&self.shared().keys, index::EMAIL, &email);
        self.db()
            .write(move |conn| {
                let asked = attempts::count_attempt(conn, &format!("mine:{indexed}"), window)?;
                if asked <= LINKS_PER_HOUR {
                    attempts::count_attempt(conn, &format!("{NOTED}:{asked}:{indexed}"), window)?;
                }
                Ok(())
            })
            .await
    }

    /// Puts the links that were asked for into the outbox, at most a batch; of an address that no application names nothing but the note
    /// is there, and goes. Part of the sending of mail: what nobody sends is forgotten with all that was counted.
    ///
    /// # Errors
    /// The database's failures while listing, or if it is away; one note's failure goes to the log, and the next round asks again.
    pub(super) fn answer_asked_for(&self, batch: u32) -> Result<(), Failure> {
        let shared = self.shared();
        let noted = self.db().read_now(|conn| attempts::list_of_kind(conn, NOTED, batch).map_err(Failure::from))?;
        for (subject, window) in noted {
            match self.db().write_now(|conn| answer(conn, &shared, &subject, window)) {
                Err(failure @ (Failure::Busy | Failure::Unavailable)) => return Err(failure),
                Err(failure) => tracing::error!(%failure, "a link that was asked for cannot be written"),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// Exchanges the link for a pass to the list. It works once.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`] for one that is over, used or made up; the database's failures.
    pub async fn open_mine(&self, input: MineLink) -> Result<MineOpened, Failure> {
        let (shared, now) = (self.shared(), self.now());
        let link = input.link.trim().to_owned();
        let (person, ends) = holder(&shared.keys, Pass::Link, &link, now).ok_or_else(over)?;
        let used = format!("mine_link:{}", blind::blind(&shared.keys, "mine_link", &link));
        // Counted in a window of its own, which is forgotten after the link is over.
        let uses =
            self.db().write(move |conn| attempts::count_attempt(conn, &used, ends).map_err(Failure::from)).await?;
        if uses > 1 {
            return Err(over());
        }
        let ends_at = now + TimeDelta::minutes(SIGN_IN_MINUTES);
        Ok(MineOpened { pass: pass(&shared.keys, Pass::SignIn, person, ends_at), ends_at })
    }

    /// All applications that name the same address, the newest first.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`] for a pass that is over or made up; the database's failures.
    pub async fn mine(&self, given: &str) -> Result<Vec<MyApplication>, Failure> {
        let shared = self.shared();
        let (person, _) = holder(&shared.keys, Pass::SignIn, given, self.now()).ok_or_else(over)?;
        self.db().read(move |conn| list(conn, &shared, person)).await
    }
}

fn over() -> Failure {
    Failure::NotSignedIn(SignInFault::WrongQueryCode)
}

/// Answers one who has asked. The note goes in the same transaction: whatever becomes of it, it is looked at by one instance, once.
fn answer(conn: &mut Conn, shared: &Shared, subject: &str, window: DateTime<Utc>) -> Result<(), Failure> {
    if !attempts::take(conn, subject, window)? {
        return Ok(());
    }
    let asked = subject.strip_prefix(NOTED).and_then(|rest| rest.strip_prefix(':')?.split_once(':'));
    let (turn, indexed) = asked.ok_or_else(|| Failure::broken("a note of nobody"))?;
    let Some((agency, case, person)) = newest(conn, indexed)? else { return Ok(()) };
    let now = shared.clock.now();
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
    let cause = format!("mine:{person}:{}:{turn}", window.timestamp());
    let about =
        About { agency, case: Some(case), seq: None, cause: &cause, fell_on: day_in_china(now), overtaken: false };
    let facts = Facts { days: Some(LINK_MINUTES), ..Facts::default() };
    outbox.to_person(conn, &about, Notice::MyApplications, person, facts)
}

/// The newest application with this contact: whose agency writes, and to whom.
fn newest(conn: &mut Conn, indexed: &str) -> Result<Option<(AgencyId, CaseId, PersonId)>, Failure> {
    let all: Vec<AgencyId> = agencies::list(conn)?.into_iter().map(|row| row.id).collect();
    let found = people::list_cases_by_index(conn, &PersonIndex::Email(indexed.to_owned()), "applicant", &all, 1)?;
    let Some(case) = found.into_iter().next() else { return Ok(None) };
    let agency = cases::load(conn, case)?.agency_id;
    let person = people::list(conn, case)?
        .into_iter()
        .find(|row| row.part == "applicant" && row.email_index.as_deref() == Some(indexed));
    Ok(person.map(|person| (agency, case, person.id)))
}

fn list(conn: &mut Conn, shared: &Shared, person: PersonId) -> Result<Vec<MyApplication>, Failure> {
    let Some(indexed) = people::load(conn, person)?.email_index else { return Ok(Vec::new()) };
    let agencies = agencies::list(conn)?;
    let all: Vec<AgencyId> = agencies.iter().map(|row| row.id).collect();
    let mut ids = people::list_cases_by_index(conn, &PersonIndex::Email(indexed), "applicant", &all, MOST)?;
    ids.sort_unstable();
    ids.dedup();
    let opener = Opener::of(conn, &ids, &shared.keys)?;
    let subjects = texts::list_of_cases(conn, &ids, TextKind::Subject.as_str())?;
    let mut mine = Vec::new();
    for row in cases::list_of(conn, &ids)? {
        let subject = match subjects.iter().rfind(|text| text.case_id == row.id) {
            Some(text) => opener.text(text)?.map(|opened| opened.words),
            None => None,
        };
        let stage: Stage = row.stage.parse().map_err(Failure::broken)?;
        let generation = u32::try_from(row.query_generation).map_err(Failure::broken)?;
        let agency = agencies.iter().find(|agency| agency.id == row.agency_id);
        mine.push(MyApplication {
            query_code: query_code::derive(&shared.keys, row.id, generation),
            agency: agency
                .map(|agency| AgencyName { slug: agency.slug.clone(), name: agency.name.clone() })
                .ok_or(Failure::Missing)?,
            subject,
            stage_zh: stage.plain_zh(),
            stage_en: stage.plain_en(),
            asked: matches!(stage, Stage::Correcting | Stage::Paying),
            arrived_on: row.arrived_on,
            due_on: row.due_on,
            receipt_no: row.receipt_no,
            number: row.number,
        });
    }
    mine.sort_by(|one, other| (other.arrived_on, &other.receipt_no).cmp(&(one.arrived_on, &one.receipt_no)));
    Ok(mine)
}
