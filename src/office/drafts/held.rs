//! Applications that look as if a program had sent them: set aside with all that was entered, looked at by a clerk, and
//! either taken in as of the day they were set aside, or discarded with a reason. None is lost for looking odd.
//!
//! Only the pages ask whether somebody looks like a program; whoever uses the API is one on purpose.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{ApplyDraft, application, load, open, receipt_of, seal, submit};
use crate::case::{Act, Command, Role};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, DraftId};
use crate::law::coded::coded;
use crate::office::contents::person_view;
use crate::office::desk::{Ask, Who, perform};
use crate::office::failure::{Failure, Problem};
use crate::office::input::{Reader, required};
use crate::office::intake::{self, Apply, Receipt};
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::public::Code;
use crate::office::sealing::TextKind;
use crate::office::views::{AgencyName, CaseView, PersonView, Term, term};
use crate::office::{Office, Shared, projection};
use crate::storage::discarded_applications::{self, DiscardedRow};
use crate::storage::drafts::{self, DraftRow};
use crate::storage::{Conn, StoreError, agencies};
use crate::vault::draft::{SealedDraft, code_digest};

/// Nobody fills in the form in less.
const LEAST: TimeDelta = TimeDelta::seconds(3);

/// Days for which an application that was set aside is kept, and afterwards its receipt for whoever has the draft code.
const KEPT: Days = Days::new(60);

coded! {
    /// Why an application was set aside.
    pub enum HeldFor {
        /// A field was filled in that people do not see.
        HiddenField = "hidden_field", "填写了页面上看不见的字段", "a field that people do not see was filled in";
        /// It was sent sooner after it was begun than anybody can write.
        TooFast = "too_fast", "从开始到提交不足三秒", "sent within three seconds of being begun";
    }
}

/// That an application was set aside, for whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldNote {
    /// The day on which it counts as received, if it is genuine.
    pub counts_from: NaiveDate,
    /// The last day on which the draft code opens it.
    pub kept_until: NaiveDate,
}

/// An application that was set aside, for a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldApplication {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: DraftId,
    /// The agency it is meant for.
    pub agency: AgencyName,
    /// When it was set aside.
    pub held_at: DateTime<Utc>,
    /// Why.
    pub held_for: Term,
    /// The day on which it counts as received, if it is genuine.
    pub counts_from: NaiveDate,
    /// The last day on which it is kept.
    pub kept_until: NaiveDate,
    /// What is asked for.
    pub subject: String,
    /// Its description.
    pub description: String,
    /// Who asks.
    pub applicant: PersonView,
}

/// Taking one in; nothing further is needed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {}

/// Discarding one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Discarding {
    /// Why it is nobody's application. It is kept for good: name nobody.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What became of an application that was sent by the form of the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It is received.
    Received(Box<Receipt>),
    /// It was set aside.
    Aside,
}

impl Office {
    /// Sends a draft from the form of the pages: as [`Office::send_draft`], unless it looks as if a program had filled it
    /// in. `lured`: whether the field has something in it that people do not see.
    ///
    /// # Errors
    /// As [`Office::send_draft`].
    pub async fn send_form(
        &self,
        code: &Code,
        lured: bool,
        published: impl Fn(&Value) -> Vec<Problem> + Send + 'static,
    ) -> Result<Sent, Failure> {
        let digest = self.digest_that_opens(code).await?;
        let shared = self.shared();
        self.db()
            .write(move |conn| {
                if let Some(receipt) = receipt_of(conn, &shared, &digest)? {
                    return Ok(Sent::Received(Box::new(receipt)));
                }
                let row = load(conn, &shared, &digest)?;
                if row.held_at.is_some() {
                    return Ok(Sent::Aside);
                }
                let now = shared.clock.now();
                let held_for = if lured {
                    HeldFor::HiddenField
                } else if now - row.created_at < LEAST {
                    HeldFor::TooFast
                } else {
                    let receipt = submit(conn, &shared, &digest, &row, &published)?;
                    return Ok(Sent::Received(Box::new(receipt)));
                };
                // What is wrong with it is told first, as ever.
                application(conn, row.agency_id, open(&shared, &row)?, &published)?;
                let row = DraftRow {
                    held_at: Some(now),
                    held_for: Some(held_for.as_str().to_owned()),
                    expires_on: kept_until(now),
                    ..row
                };
                drafts::update(conn, &row).map_err(somebody_was_first)?;
                Ok(Sent::Aside)
            })
            .await
    }

    /// The receipt of a draft that was sent or taken in, for whoever has its code. A code that opens nothing is not counted
    /// here: ask [`Office::application_draft`] first.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn receipt_of_draft(&self, code: &Code) -> Result<Option<Receipt>, Failure> {
        let shared = self.shared();
        let digest = code_digest(&shared.keys, code.text());
        self.db().read(move |conn| receipt_of(conn, &shared, &digest)).await
    }

    /// What was set aside at the agencies of which this officer is clerk, the oldest first.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn held_applications(&self, officer: &Officer) -> Result<Vec<HeldApplication>, Failure> {
        let (shared, at) = (self.shared(), desks(officer));
        let held: Vec<HeldApplication> = self
            .db()
            .read(move |conn| {
                let rows = drafts::list_held(conn, &at, day_in_china(shared.clock.now()))?;
                rows.into_iter().map(|row| view(conn, &shared, &row)).collect::<Result<_, Failure>>()
            })
            .await?;
        self.write_down(Note::of_look(officer, Kind::Held, Deed::Enter).fact("shown", held.len())).await?;
        Ok(held)
    }

    /// How many those are.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn count_held(&self, officer: &Officer) -> Result<i64, Failure> {
        let (today, at) = (self.today(), desks(officer));
        self.db().read(move |conn| Ok(drafts::count_held(conn, &at, today)?)).await
    }

    /// Takes one in: a case that came on line on the day it was set aside. The draft code answers its receipt from now on.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; as [`Office::apply`].
    pub async fn release_held(&self, officer: &Officer, id: DraftId) -> Result<CaseView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let row = take_up(conn, &officer, id)?;
                let held_at = row.held_at.ok_or(Failure::Missing)?;
                let agency = agencies::load(conn, row.agency_id)?;
                let input = content(&shared, &row)?;
                let case = intake::take(conn, &shared, &agency, &input, Some(day_in_china(held_at)))?.case;
                let emptied = seal(conn, &shared, row.id, &ApplyDraft::default())?;
                let SealedDraft { wrapped, sealed } = emptied;
                let expires_on = kept_until(shared.clock.now());
                drafts::update(conn, &DraftRow { wrapped, sealed, expires_on, case_id: Some(case.id), ..row })?;
                tell_in_the_file(conn, &shared, &officer, &case, held_at)
            })
            .await
    }

    /// Discards one. That it was, by whom and why is kept; what it said is not.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] without a reason; the database's failures.
    pub async fn discard_held(&self, officer: &Officer, id: DraftId, input: Discarding) -> Result<(), Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let reason = required("/reason", &input.reason)?;
        self.db()
            .write(move |conn| {
                let row = take_up(conn, &officer, id)?;
                let record = DiscardedRow {
                    draft_id: row.id,
                    agency_id: row.agency_id,
                    held_at: row.held_at.ok_or(Failure::Missing)?,
                    held_for: row.held_for.unwrap_or_default(),
                    discarded_by: officer.id,
                    discarded_at: shared.clock.now(),
                    reason: reason.clone(),
                };
                discarded_applications::insert(conn, &record)?;
                let note = Note::by(&officer, Kind::HeldDiscarded).at(row.agency_id).fact("draft", row.id);
                note.word("reason", &reason).write(conn, &shared)?;
                Ok(drafts::delete(conn, row.id)?)
            })
            .await
    }
}

/// What the sender of a draft is told, if it was set aside.
pub(super) fn note(row: &DraftRow) -> Option<HeldNote> {
    row.held_at.map(|at| HeldNote { counts_from: day_in_china(at), kept_until: row.expires_on })
}

/// Nothing is changed in what a clerk is looking at.
///
/// # Errors
/// [`Failure::Contrary`] for a draft that was set aside.
pub(super) fn not_set_aside(row: &DraftRow) -> Result<(), Failure> {
    match row.held_at {
        None => Ok(()),
        Some(_) => Err(Failure::contrary(
            "这份申请已经提交，正在等待人工核对，不能再修改；核对后凭草稿码可以查看结果。",
            "This application was sent and waits for a person to look at it; it cannot be changed. The draft code then shows what became of it.",
        )),
    }
}

/// The agencies of which an officer is clerk.
fn desks(officer: &Officer) -> Vec<AgencyId> {
    officer.roles.iter().filter(|held| held.role == Role::Clerk).map(|held| held.agency).collect()
}

fn kept_until(now: DateTime<Utc>) -> NaiveDate {
    day_in_china(now).checked_add_days(KEPT).unwrap_or(NaiveDate::MAX)
}

fn somebody_was_first(error: StoreError) -> Failure {
    match error {
        StoreError::Missing => Failure::Busy,
        other => other.into(),
    }
}

/// The application, for a clerk of its agency who settles it. Of two at once the second finds it settled.
fn take_up(conn: &mut Conn, officer: &Officer, id: DraftId) -> Result<DraftRow, Failure> {
    drafts::lock_held(conn, id)?;
    let row = drafts::find(conn, id)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Enter, &projection::lineage(conn, row.agency_id)?)?;
    Ok(row)
}

fn content(shared: &Shared, row: &DraftRow) -> Result<Apply, Failure> {
    serde_json::from_value(Value::Object(open(shared, row)?.0)).map_err(Failure::broken)
}

fn view(conn: &mut Conn, shared: &Shared, row: &DraftRow) -> Result<HeldApplication, Failure> {
    let agency = agencies::load(conn, row.agency_id)?;
    let Apply { applicant, request, .. } = content(shared, row)?;
    let held_for: HeldFor = row.held_for.as_deref().unwrap_or_default().parse().map_err(Failure::broken)?;
    let held_at = row.held_at.ok_or(Failure::Missing)?;
    Ok(HeldApplication {
        id: row.id,
        agency: AgencyName { slug: agency.slug, name: agency.name },
        held_at,
        held_for: term!(held_for),
        counts_from: day_in_china(held_at),
        kept_until: row.expires_on,
        subject: request.subject,
        description: request.description,
        applicant: person_view(intake::read_person(&mut Reader::new(), "/applicant", &applicant.into()), true),
    })
}

/// The arrival is the applicant's own, on the day it was set aside; that a clerk looked at it first stands in a note.
fn tell_in_the_file(
    conn: &mut Conn,
    shared: &Arc<Shared>,
    officer: &Officer,
    case: &crate::case::Case,
    held_at: DateTime<Utc>,
) -> Result<CaseView, Failure> {
    let words = format!(
        "本申请于{}在网上提交，系统疑为程序自动提交，当日留待核对；现经核对转为正式申请，以该日为提交日期。",
        day_in_china(held_at).format("%Y年%-m月%-d日")
    );
    let ask = Ask { who: Who::Officer(officer.clone()), act: Act::Note, case: case.id, expected: Some(case.version) };
    let mut desk = perform(conn, shared, &ask, &|desk| {
        Ok(Command::Note { text: desk.text(TextKind::Note, &words)?, mentions: Vec::new(), in_bundle: true })
    })?;
    desk.view()
}
