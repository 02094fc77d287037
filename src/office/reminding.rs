//! Reminding by hand: an office head, a clerk or a supervisor has the handlers of some cases told to see to them, one mail
//! to each. Nothing in the cases changes; the rows of the outbox say who was told, when and by whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::log::{Kind, Note};
use super::notices::facts::Facts;
use super::notices::outbox::{About, Outbox};
use super::notices::together::{Together, goes_by_itself};
use super::notices::{choices::Choices, recipients};
use super::permission::{Deed, permit};
use super::sealing::{Sealer, TextKind};
use super::supervision::{agency_name, names};
use super::views::{AgencyName, StaffName};
use super::{Office, Officer, Shared, projection, reading};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, StaffId, TextId};
use crate::notices::Notice;
use crate::storage::cases::{self, CaseRow};
use crate::storage::{Conn, notices};

/// Cases of which one reminds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandReminder {
    /// Their handlers are told; the clerks where a case has none, whoever stands in as well where the handler is away.
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1, max_items = 200)]
    pub cases: Vec<CaseId>,
    /// What to say besides; blank for nothing.
    #[schema(max_length = 500)]
    pub text: Option<String>,
    /// Whether only to tell whom it would reach.
    pub preview: bool,
}

/// A case of which somebody is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RemindedCase {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
}

/// Somebody who is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reached {
    /// Who.
    pub staff: StaffName,
    /// The agency whose cases these are.
    pub agency: AgencyName,
    /// Whether an address is known: without one, nothing will arrive.
    pub has_address: bool,
    /// Whether it goes as a mail of its own; else in the day's digest, as they have chosen.
    pub at_once: bool,
    /// Of which cases.
    pub cases: Vec<RemindedCase>,
}

/// Whom a reminder reaches, or would.
#[derive(Debug)]
pub struct Reminded {
    /// Each with the cases.
    pub reached: Vec<Reached>,
    /// Cases of which nobody is reminded, and why.
    pub failed: Vec<(CaseId, Failure)>,
}

impl Office {
    /// Reminds the handlers of these cases, or tells whom it would reach.
    ///
    /// # Errors
    /// The database's failures. What stands in the way of a single case is in the answer.
    pub async fn remind(&self, officer: &Officer, input: HandReminder) -> Result<Reminded, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let words = Reader::new().optional(input.text.as_deref());
        let mut chosen = input.cases;
        chosen.sort_unstable();
        chosen.dedup();
        if input.preview {
            let plan = move |conn: &mut Conn| Plan::make(conn, &shared, &officer, &chosen)?.told(conn);
            return self.db().read(plan).await;
        }
        self.db()
            .write(move |conn| {
                let plan = Plan::make(conn, &shared, &officer, &chosen)?;
                plan.send(conn, &shared, &officer, words.as_deref())?;
                plan.note(conn, &shared, &officer)?;
                plan.told(conn)
            })
            .await
    }
}

/// Who is told of which cases, agency by agency.
struct Plan {
    today: NaiveDate,
    readers: BTreeMap<(AgencyId, StaffId), Vec<CaseRow>>,
    failed: Vec<(CaseId, Failure)>,
}

impl Plan {
    fn make(conn: &mut Conn, shared: &Arc<Shared>, officer: &Officer, chosen: &[CaseId]) -> Result<Self, Failure> {
        let today = day_in_china(shared.clock.now());
        let mut plan = Self { today, readers: BTreeMap::new(), failed: Vec::new() };
        for case in chosen {
            match readers_of(conn, officer, *case, today) {
                Ok((row, readers)) => {
                    for staff in readers {
                        plan.readers.entry((row.agency_id, staff)).or_default().push(row.clone());
                    }
                }
                Err(failure @ (Failure::Busy | Failure::Unavailable | Failure::Full | Failure::Broken(_))) => {
                    return Err(failure);
                }
                Err(failure) => plan.failed.push((*case, failure)),
            }
        }
        Ok(plan)
    }

    /// Writes down whom one was reminded of, case by case.
    fn note(&self, conn: &mut Conn, shared: &Shared, officer: &Officer) -> Result<(), Failure> {
        for ((agency, staff), rows) in &self.readers {
            let absent = officer.acts_as(Deed::Remind, &projection::lineage(conn, *agency)?).absent();
            for row in rows {
                let note = Note::by(officer, Kind::Reminded).of(row.id).at(*agency).in_place_of(absent);
                note.fact("about", staff).write(conn, shared)?;
            }
        }
        Ok(())
    }

    /// Lays the mails in the outbox, with the words sealed once in each case.
    fn send(
        &self,
        conn: &mut Conn,
        shared: &Arc<Shared>,
        officer: &Officer,
        words: Option<&str>,
    ) -> Result<(), Failure> {
        let now = shared.clock.now();
        let calendar = shared.calendars_in(conn)?.known_at(now);
        let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
        let mut sealed: BTreeMap<CaseId, TextId> = BTreeMap::new();
        for ((agency, staff), rows) in &self.readers {
            let mut lines = Vec::new();
            for row in rows {
                let text = match (words, sealed.get(&row.id)) {
                    (None, _) => None,
                    (Some(_), Some(text)) => Some(*text),
                    (Some(words), None) => {
                        let (keys, randomness) = (&shared.keys, shared.randomness.clone());
                        let mut sealer = Sealer::of_case(conn, row.id, keys, randomness, now, shared.search)?;
                        let text = sealer.text(conn, TextKind::Reminder, words)?.id;
                        sealed.insert(row.id, text);
                        Some(text)
                    }
                };
                let facts = Facts { on: row.due_on, by: Some(officer.id), text, ..Facts::default() };
                lines.push((row.id, cause(row.id, officer.id, self.today), facts));
            }
            let Some((first, ..)) = lines.first() else { continue };
            let mail = Together {
                notice: Notice::RemindedByHand,
                staff: *staff,
                agency: *agency,
                cause: &format!("mail:{}", cause(*first, officer.id, self.today)),
                fell_on: self.today,
                facts: Facts { by: Some(officer.id), count: u32::try_from(rows.len()).ok(), ..Facts::default() },
            };
            let about = |case: CaseId, cause| About {
                agency: *agency,
                case: Some(case),
                seq: None,
                cause,
                fell_on: self.today,
                overtaken: false,
            };
            let lines: Vec<(About<'_>, Facts)> =
                lines.iter().map(|(case, cause, facts)| (about(*case, cause.as_str()), *facts)).collect();
            outbox.to_staff_together(conn, &mail, &lines)?;
        }
        Ok(())
    }

    fn told(self, conn: &mut Conn) -> Result<Reminded, Failure> {
        let agencies = names(conn)?;
        let mut reached = Vec::new();
        for ((agency, staff), rows) in self.readers {
            let Some(name) = reading::name_of(conn, Some(staff))? else { continue };
            let number = |row: CaseRow| RemindedCase { case: row.id, number: row.number.unwrap_or(row.receipt_no) };
            reached.push(Reached {
                staff: name,
                agency: agency_name(&agencies, agency),
                has_address: !Choices::of(conn, staff)?.email.is_empty(),
                at_once: goes_by_itself(conn, Notice::RemindedByHand, staff)?,
                cases: rows.into_iter().map(number).collect(),
            });
        }
        reached.sort_by(|one, other| (&one.agency.slug, &one.staff.name).cmp(&(&other.agency.slug, &other.staff.name)));
        Ok(Reminded { reached, failed: self.failed })
    }
}

/// The name of the cause: one reminder of a case by the same person a day.
fn cause(case: CaseId, by: StaffId, today: NaiveDate) -> String {
    format!("{case}:by_hand:{by}:{today}")
}

/// Who is to be told of a case, or what stands in the way.
fn readers_of(
    conn: &mut Conn,
    officer: &Officer,
    case: CaseId,
    today: NaiveDate,
) -> Result<(CaseRow, Vec<StaffId>), Failure> {
    let row = cases::find(conn, case)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Remind, &projection::lineage(conn, row.agency_id)?)?;
    if row.closed_on.is_some() {
        return Err(Failure::contrary(
            "此件已经办结，无需提醒。",
            "The case is closed; there is nothing to remind of.",
        ));
    }
    if notices::has_cause(conn, &cause(case, officer.id, today))? {
        return Err(Failure::contrary(
            "您今天已经就此件提醒过，明天可以再次提醒。",
            "You have sent a reminder of this case today; there can be another tomorrow.",
        ));
    }
    let mut readers = recipients::at_desk(conn, row.agency_id, row.handler_id, today)?;
    readers.retain(|staff| *staff != officer.id);
    if readers.is_empty() {
        return Err(Failure::contrary(
            "此件除您以外没有可以提醒的人。",
            "There is nobody but you who could be reminded of this case.",
        ));
    }
    Ok((row, readers))
}
