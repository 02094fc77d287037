//! An application that is begun and not sent: kept sealed for some weeks, without an account, for whoever has its code.
//!
//! It is no application yet: no clock runs, no number is taken, the office cannot see it. What was entered is kept as it
//! was sent and becomes an [`Apply`] only when it is sent, by the same reading as the public form: a field the form
//! learns needs nothing here.

pub mod held;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::failure::{Failure, Problem, SignInFault};
use super::idempotency::{self, IdempotencyKey, Made};
use super::intake::{self, Apply, Receipt};
use super::master_key::under_master_in_force;
use super::views::AgencyName;
use super::{Office, Shared, application_form, projection};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, DraftId};
use crate::office::public::Code;
use crate::storage::drafts::{self, DraftRow};
use crate::storage::wrapped_keys::WrappedFor;
use crate::storage::{Conn, StoreError, agencies};
use crate::vault::KeyName;
use crate::vault::draft::{SealedDraft, code_digest, new_code, open_draft, seal_draft};
use held::HeldNote;

/// Where a draft that was sent is remembered, so that sending it again gives the same receipt.
const SCOPE: &str = "draft";

/// An application on the public form of which nothing is required yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = Object)]
pub struct ApplyDraft(pub Map<String, Value>);

/// Sending a draft; nothing further is needed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendDraft {}

/// What would be wrong if the draft were sent now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Missing {
    /// Where: a JSON pointer into the application.
    pub pointer: String,
    /// What is wrong and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// A draft that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DraftBegun {
    /// The code that opens it; shown this once.
    pub draft_code: String,
    /// The last day on which it does.
    pub expires_on: NaiveDate,
    /// What would be wrong if it were sent now.
    pub missing: Vec<Missing>,
}

/// A draft, for whoever has its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApplicationDraft {
    /// The agency it is meant for.
    pub agency: AgencyName,
    /// What was entered.
    pub application: ApplyDraft,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
    /// The last day on which the code opens it.
    pub expires_on: NaiveDate,
    /// What would be wrong if it were sent now.
    pub missing: Vec<Missing>,
    /// That it was sent by the form of the pages and set aside until a person has looked at it; it cannot be changed then.
    pub held: Option<HeldNote>,
}

impl Office {
    /// Begins a draft. `published` tells what is wrong with an application by its published schema.
    ///
    /// # Errors
    /// [`Failure::Missing`] for an unknown agency; the database's failures.
    pub async fn begin_draft(
        &self,
        slug: &str,
        content: ApplyDraft,
        published: impl Fn(&Value) -> Vec<Problem> + Send + 'static,
    ) -> Result<DraftBegun, Failure> {
        let (shared, slug) = (self.shared(), slug.to_owned());
        self.db()
            .write_together(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                let (now, mut randomness) = (shared.clock.now(), shared.randomness.clone());
                let draft_code = new_code(&mut randomness);
                let id = DraftId::new(now, &mut randomness);
                let SealedDraft { wrapped, sealed } = seal(conn, &shared, id, &content)?;
                let expires_on = last_day(&shared, now);
                let row = DraftRow {
                    id,
                    agency_id: agency.id,
                    code_digest: code_digest(&shared.keys, &draft_code),
                    wrapped,
                    sealed,
                    expires_on,
                    created_at: now,
                    saved_at: now,
                    held_at: None,
                    held_for: None,
                    case_id: None,
                };
                drafts::insert(conn, &row)?;
                let missing = missing(conn, agency.id, &content, &published)?;
                Ok(DraftBegun { draft_code, expires_on, missing })
            })
            .await
    }

    /// The draft behind a code.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`] for a code that opens nothing; [`Failure::WrongCodes`]; the database's failures.
    pub async fn application_draft(
        &self,
        code: &Code,
        published: impl Fn(&Value) -> Vec<Problem> + Send + 'static,
    ) -> Result<ApplicationDraft, Failure> {
        let digest = self.digest_that_opens(code).await?;
        let shared = self.shared();
        self.db()
            .read(move |conn| {
                let row = load(conn, &shared, &digest)?;
                view(conn, &shared, &row, &published)
            })
            .await
    }

    /// Replaces what was entered; it is then kept as long as from the beginning.
    ///
    /// # Errors
    /// As [`Office::application_draft`].
    pub async fn save_draft(
        &self,
        code: &Code,
        content: ApplyDraft,
        published: impl Fn(&Value) -> Vec<Problem> + Send + 'static,
    ) -> Result<ApplicationDraft, Failure> {
        let digest = self.digest_that_opens(code).await?;
        let shared = self.shared();
        self.db()
            .write_together(move |conn| {
                let row = load(conn, &shared, &digest)?;
                held::not_set_aside(&row)?;
                let now = shared.clock.now();
                let SealedDraft { wrapped, sealed } = seal(conn, &shared, row.id, &content)?;
                let row = DraftRow { wrapped, sealed, expires_on: last_day(&shared, now), saved_at: now, ..row };
                drafts::update(conn, &row)?;
                view(conn, &shared, &row, &published)
            })
            .await
    }

    /// Deletes a draft.
    ///
    /// # Errors
    /// As [`Office::application_draft`].
    pub async fn delete_draft(&self, code: &Code) -> Result<(), Failure> {
        let digest = self.digest_that_opens(code).await?;
        let shared = self.shared();
        self.db()
            .write_together(move |conn| {
                let row = load(conn, &shared, &digest)?;
                Ok(drafts::delete(conn, row.id)?)
            })
            .await
    }

    /// Sends a draft: it becomes an application and is gone. Sent again within a day it gives the same receipt, for the
    /// answer to the first time may have been lost.
    ///
    /// # Errors
    /// As [`Office::application_draft`], and as [`Office::apply`].
    pub async fn send_draft(
        &self,
        code: &Code,
        published: impl Fn(&Value) -> Vec<Problem> + Send + 'static,
    ) -> Result<Receipt, Failure> {
        let digest = self.digest_that_opens(code).await?;
        let shared = self.shared();
        self.db()
            .write_together(move |conn| {
                if let Some(receipt) = receipt_of(conn, &shared, &digest)? {
                    return Ok(receipt);
                }
                let row = load(conn, &shared, &digest)?;
                held::not_set_aside(&row)?;
                submit(conn, &shared, &digest, &row, &published)
            })
            .await
    }

    /// The digest of a code that opens a draft, or opened one that was sent within a day. Any other is counted, under one
    /// of 65 536 marks made of the code itself, and for where it came from: whoever tries the same wrong code again and again is told
    /// to wait, and whoever tries many.
    async fn digest_that_opens(&self, code: &Code) -> Result<String, Failure> {
        const DIGITS: usize = 4;
        let shared = self.shared();
        let digest = code_digest(&shared.keys, code.text());
        let mark: String = digest.chars().take(DIGITS).collect();
        let found = self
            .db()
            .read({
                let digest = digest.clone();
                move |conn| -> Result<bool, Failure> {
                    Ok(find(conn, &shared, &digest)?.is_some()
                        || idempotency::made_before(conn, &shared.keys, SCOPE, Some(&sent_under(&digest)))?.is_some())
                }
            })
            .await?;
        if found {
            return Ok(digest);
        }
        Err(self.wrong_code(format!("draft_code:{mark}"), code, SignInFault::WrongDraftCode).await)
    }
}

/// The receipt of a draft that was sent within a day, or was set aside and then taken in.
fn receipt_of(conn: &mut Conn, shared: &Shared, digest: &str) -> Result<Option<Receipt>, Failure> {
    let sent = idempotency::made_before(conn, &shared.keys, SCOPE, Some(&sent_under(digest)))?;
    let case = match sent {
        Some(case) => Some(case),
        None => find(conn, shared, digest)?.and_then(|row| row.case_id),
    };
    let Some(case) = case else { return Ok(None) };
    let (case, _) = projection::load(conn, case)?;
    intake::receipt(conn, shared, &case).map(Some)
}

/// Makes an application of a draft.
fn submit(
    conn: &mut Conn,
    shared: &Shared,
    digest: &str,
    row: &DraftRow,
    published: &impl Fn(&Value) -> Vec<Problem>,
) -> Result<Receipt, Failure> {
    let input = application(conn, row.agency_id, open(shared, row)?, published)?;
    // Whoever deletes it sends it; who comes at the same moment begins again and finds it sent.
    drafts::delete(conn, row.id).map_err(|error| match error {
        StoreError::Missing => Failure::Busy,
        other => other.into(),
    })?;
    let agency = agencies::load(conn, row.agency_id)?;
    let taken = intake::take(conn, shared, &agency, &input, None)?;
    let made = (Made::Case(taken.case.id), taken.case.filed_at);
    idempotency::remember(conn, &shared.keys, SCOPE, Some(&sent_under(digest)), made.0, made.1)?;
    Ok(taken.receipt)
}

const fn wrong() -> Failure {
    Failure::NotSignedIn(SignInFault::WrongDraftCode)
}

/// Under what the sending of a draft is remembered. The code's digest is as good as the code itself, and unlike a body
/// it is the same for every try.
fn sent_under(digest: &str) -> IdempotencyKey {
    IdempotencyKey { key: digest.to_owned(), digest: digest.to_owned() }
}

/// The last day on which a draft saved now can be opened.
fn last_day(shared: &Shared, now: DateTime<Utc>) -> NaiveDate {
    let days = Days::new(u64::from(shared.drafts.days));
    day_in_china(now).checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

/// The draft, unless its last day has passed: the sweep may not have come by yet.
fn find(conn: &mut Conn, shared: &Shared, digest: &str) -> Result<Option<DraftRow>, Failure> {
    let today = day_in_china(shared.clock.now());
    Ok(drafts::find_by_digest(conn, digest)?.filter(|row| row.expires_on >= today))
}

fn load(conn: &mut Conn, shared: &Shared, digest: &str) -> Result<DraftRow, Failure> {
    find(conn, shared, digest)?.filter(|row| row.case_id.is_none()).ok_or_else(wrong)
}

fn seal(conn: &mut Conn, shared: &Shared, id: DraftId, content: &ApplyDraft) -> Result<SealedDraft, Failure> {
    let content = serde_json::to_vec(content).map_err(Failure::broken)?;
    let master = shared.keys.fingerprint(KeyName::Master);
    let SealedDraft { wrapped, sealed } = seal_draft(&shared.keys, id, &content, &mut shared.randomness.clone())?;
    let wrapped = under_master_in_force(conn, shared, WrappedFor::Draft(id), (wrapped, &master))?;
    Ok(SealedDraft { wrapped, sealed })
}

fn open(shared: &Shared, row: &DraftRow) -> Result<ApplyDraft, Failure> {
    let stored = SealedDraft { wrapped: row.wrapped.clone(), sealed: row.sealed.clone() };
    let content = open_draft(&shared.keys, row.id, &stored)?;
    serde_json::from_slice(&content).map_err(Failure::broken)
}

fn view(
    conn: &mut Conn,
    shared: &Shared,
    row: &DraftRow,
    published: &impl Fn(&Value) -> Vec<Problem>,
) -> Result<ApplicationDraft, Failure> {
    let agency = agencies::load(conn, row.agency_id)?;
    let application = open(shared, row)?;
    Ok(ApplicationDraft {
        agency: AgencyName { slug: agency.slug, name: agency.name },
        missing: missing(conn, row.agency_id, &application, published)?,
        application,
        saved_at: row.saved_at,
        expires_on: row.expires_on,
        held: held::note(row),
    })
}

/// The application in a draft, if it could be sent. The agency's own questions are held against it whatever else is missing.
fn application(
    conn: &mut Conn,
    agency: AgencyId,
    content: ApplyDraft,
    published: &impl Fn(&Value) -> Vec<Problem>,
) -> Result<Apply, Failure> {
    let of_its_own = application_form::check(conn, agency, &content.0)?;
    let content = Value::Object(content.0);
    let mut problems = published(&content);
    let mut input = None;
    if problems.is_empty() {
        let read: Apply = serde_json::from_value(content).map_err(|source| Failure::misfit("", &source))?;
        match intake::check(&read) {
            Err(Failure::Invalid(further)) => problems.extend(further),
            checked => checked?,
        }
        input = Some(read);
    }
    problems.extend(of_its_own);
    match input {
        Some(input) if problems.is_empty() => Ok(input),
        Some(_) | None => Err(Failure::Invalid(problems)),
    }
}

fn missing(
    conn: &mut Conn,
    agency: AgencyId,
    content: &ApplyDraft,
    published: &impl Fn(&Value) -> Vec<Problem>,
) -> Result<Vec<Missing>, Failure> {
    match application(conn, agency, content.clone(), published) {
        Err(Failure::Invalid(problems)) => {
            Ok(problems.into_iter().map(|Problem { pointer, zh, en }| Missing { pointer, zh, en }).collect())
        }
        Ok(_) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}
