//! 机关沿革: an administrator records, with the document that orders it, from which day an agency is called otherwise, or which agency
//! has its duties. The name of a day stands on what is made on that day; letters issued before keep their bytes. A successor takes
//! over the open cases, one act in each journal, and no clock is changed by that (house rule 38).

mod taking_over;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::intake::no_such_agency;
use super::log::{Kind, Note};
use super::permission::{Deed, Officer, permit};
use super::tick::TickReport;
use super::views::{AgencyName, StaffName, Term, term};
use super::{Office, Shared, projection};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, Entropy, HistoryId};
use crate::law::coded::coded;
use crate::storage::agencies::AgencyRow;
use crate::storage::agency_history::{self, HistoryRow};
use crate::storage::{Conn, agencies, staff};

pub use taking_over::{TakenOverCase, TakingOver};

coded! {
    /// What became of an agency.
    pub enum AgencyEvent {
        /// It is called otherwise.
        Renamed = "renamed", "更名", "renamed";
        /// It was merged into another.
        Merged = "merged", "并入", "merged";
        /// It was split: several have its duties, each by an entry of its own.
        Split = "split", "分立", "split";
        /// Another has its duties.
        Succeeded = "succeeded", "职权承继", "succeeded";
    }
}

/// A change to be recorded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyHistoryInput {
    /// `renamed`, `merged`, `split` or `succeeded`.
    #[schema(value_type = String, example = "renamed")]
    pub kind: AgencyEvent,
    /// From this day on; it may be still to come.
    pub on: NaiveDate,
    /// Of a renaming: the name from that day on.
    #[schema(max_length = 200)]
    pub new_name: Option<String>,
    /// Of the rest: the short name of the agency that has its duties.
    #[schema(max_length = 100)]
    pub successor: Option<String>,
    /// The document that orders it: title and number.
    #[schema(min_length = 1, max_length = 500)]
    pub document: String,
}

/// Why an entry is struck.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyHistoryStriking {
    /// In words.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// An entry of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyHistoryEntry {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: HistoryId,
    /// The agency it is about.
    pub agency: AgencyName,
    /// What became of it.
    pub kind: Term,
    /// From which day.
    pub on: NaiveDate,
    /// Of a renaming: the name until the day before.
    pub old_name: Option<String>,
    /// Of a renaming: the name from the day on.
    pub new_name: Option<String>,
    /// Who has its duties.
    pub successor: Option<AgencyName>,
    /// The document.
    pub document: String,
    /// Who recorded it.
    pub recorded_by: StaffName,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Why it was struck, where it was.
    pub struck_for: Option<String>,
}

impl Office {
    /// The history of an agency, oldest first: what became of it, and to whom it succeeded.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn agency_history(&self, officer: &Officer, slug: &str) -> Result<Vec<AgencyHistoryEntry>, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = kept_by(conn, &officer, &slug)?;
                entries(conn, agency.id)
            })
            .await
    }

    /// Records a change.
    ///
    /// # Errors
    /// As [`Office::agency_history`]; [`Failure::Invalid`] with every problem.
    pub async fn record_agency_history(
        &self,
        officer: &Officer,
        slug: &str,
        input: AgencyHistoryInput,
    ) -> Result<Vec<AgencyHistoryEntry>, Failure> {
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        self.db()
            .write(move |conn| {
                let agency = kept_by(conn, &officer, &slug)?;
                record(conn, &shared, &officer, &agency, &input)?;
                take_up_names(conn, &shared)?;
                entries(conn, agency.id)
            })
            .await
    }

    /// Strikes an entry that was recorded by mistake. Cases that were taken over by it stay where they are.
    ///
    /// # Errors
    /// As [`Office::agency_history`]; [`Failure::Invalid`].
    pub async fn strike_agency_history(
        &self,
        officer: &Officer,
        slug: &str,
        id: HistoryId,
        input: AgencyHistoryStriking,
    ) -> Result<Vec<AgencyHistoryEntry>, Failure> {
        let reason = super::input::required("/reason", &input.reason)?;
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        self.db()
            .write(move |conn| {
                let agency = kept_by(conn, &officer, &slug)?;
                let row = agency_history::load(conn, id)?;
                if row.agency_id != agency.id {
                    return Err(Failure::Missing);
                }
                let now = shared.clock.now();
                agency_history::strike(conn, id, officer.id, now, &reason)?;
                let note = Note::by(&officer, Kind::AgencyHistoryRecorded).at(agency.id).fact("struck", id);
                note.word("reason", reason.clone()).write(conn, &shared)?;
                // The name in the settings goes back to what the rest of the history says.
                let others = agency_history::list_renamings(conn)?;
                if !others.iter().any(|one| one.agency_id == agency.id)
                    && let (Some(old), true) = (&row.old_name, row.on_day <= day_in_china(now))
                {
                    agency_history::set_name(conn, agency.id, old)?;
                }
                take_up_names(conn, &shared)?;
                entries(conn, agency.id)
            })
            .await
    }

    /// Has every agency bear the name that holds today: a renaming that was recorded ahead takes effect on its day.
    ///
    /// # Errors
    /// The database's failures.
    pub fn take_up_agency_names(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let changed = self.db().write_now(|conn| take_up_names(conn, &shared))?;
        Ok(TickReport { looked_at: changed, changed, failed: Vec::new() })
    }
}

fn take_up_names(conn: &mut Conn, shared: &Shared) -> Result<u64, Failure> {
    let today = day_in_china(shared.clock.now());
    let names = agency_history::names_on(conn, today)?;
    let mut changed = 0_u64;
    for renaming in agency_history::list_renamings(conn)? {
        if let Some(name) = names.get(&renaming.agency_id)
            && agency_history::set_name(conn, renaming.agency_id, name)?
        {
            changed = changed.saturating_add(1);
        }
    }
    Ok(changed)
}

fn kept_by(conn: &mut Conn, officer: &Officer, slug: &str) -> Result<AgencyRow, Failure> {
    let row = agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Administer, &projection::lineage(conn, row.id)?)?;
    Ok(row)
}

fn record(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    agency: &AgencyRow,
    input: &AgencyHistoryInput,
) -> Result<(), Failure> {
    let now = shared.clock.now();
    let mut reader = Reader::new();
    let document = reader.text("/document", &input.document);
    let new_name = reader.optional(input.new_name.as_deref());
    let successor = reader.optional(input.successor.as_deref());
    let renamed = input.kind == AgencyEvent::Renamed;
    if renamed && new_name.is_none() {
        reader.wrong("/new_name", "更名的，请填写新名称。", "Give the new name.");
    }
    if renamed && successor.is_some() {
        reader.wrong("/successor", "更名没有承继机关。", "A renaming has no successor.");
    }
    if !renamed && successor.is_none() {
        reader.wrong("/successor", "请填写承继其职权的机关。", "Name the agency that has its duties.");
    }
    if !renamed && new_name.is_some() {
        reader.wrong("/new_name", "只有更名才填写新名称。", "Only a renaming has a new name.");
    }
    let before = agency_history::names_on(conn, input.on)?.remove(&agency.id);
    if renamed && new_name.is_some() && before == new_name {
        reader.wrong("/new_name", "与当日的名称相同。", "It is called so on that day already.");
    }
    let later = agency_history::list_renamings(conn)?;
    if renamed && later.iter().any(|one| one.agency_id == agency.id && one.on_day >= input.on) {
        reader.wrong(
            "/on",
            "当日或者以后已有更名记录，请先撤销该记录。",
            "A renaming of that day or later stands already; strike it first.",
        );
    }
    let successor_id = match successor.as_deref() {
        None => None,
        Some(slug) => match agencies::find_by_slug(conn, slug)? {
            Some(row) if row.id == agency.id => {
                reader.wrong("/successor", "机关不能承继自身。", "An agency does not succeed to itself.");
                None
            }
            Some(row) => {
                succession(conn, &mut reader, agency.id, row.id, input.kind)?;
                Some(row.id)
            }
            None => {
                reader.finish(())?;
                return Err(no_such_agency("/successor"));
            }
        },
    };
    reader.finish(())?;
    let mut randomness = shared.randomness.clone();
    let entropy: &mut dyn Entropy = &mut randomness;
    let row = HistoryRow {
        id: HistoryId::new(now, entropy),
        agency_id: agency.id,
        kind: input.kind.as_str().to_owned(),
        on_day: input.on,
        old_name: before.filter(|_| renamed),
        new_name,
        successor_id,
        document: document.clone(),
        recorded_by: officer.id,
        recorded_at: now,
        struck_by: None,
        struck_at: None,
        struck_for: None,
    };
    agency_history::insert(conn, &row)?;
    let note = Note::by(officer, Kind::AgencyHistoryRecorded).at(agency.id).fact("history", row.id);
    let note = note.fact("kind", &row.kind).fact("on", row.on_day).word("document", document);
    let note = match successor_id {
        Some(successor) => note.fact("successor", successor),
        None => note.word("new_name", row.new_name.clone().unwrap_or_default()),
    };
    note.write(conn, shared)
}

/// A succession ends an agency once: it has no second successor unless it was split, and nobody succeeds in a circle. Otherwise its
/// figures would stand in two reports.
fn succession(
    conn: &mut Conn,
    reader: &mut Reader,
    agency: AgencyId,
    successor: AgencyId,
    kind: AgencyEvent,
) -> Result<(), Failure> {
    let known = agency_history::list_successions(conn)?;
    let own = known.iter().filter(|one| one.agency_id == agency);
    let (split, other): (Vec<_>, Vec<_>) = own.partition(|one| one.kind == agency_history::SPLIT);
    let again = if kind == AgencyEvent::Split {
        !other.is_empty() || split.iter().any(|one| one.successor_id == Some(successor))
    } else {
        !split.is_empty() || !other.is_empty()
    };
    if again {
        reader.wrong(
            "/successor",
            "该机关已有并入、承继或者分立记录，请先撤销该记录。",
            "It was merged, succeeded or split already; strike that entry first.",
        );
    }
    let (mut seen, mut waiting) = (vec![successor], vec![successor]);
    while let Some(one) = waiting.pop() {
        for next in known.iter().filter(|row| row.agency_id == one).filter_map(|row| row.successor_id) {
            if !seen.contains(&next) {
                seen.push(next);
                waiting.push(next);
            }
        }
    }
    if seen.contains(&agency) {
        reader.wrong(
            "/successor",
            "该机关的职权已经由本机关承继，不能循环承继。",
            "This agency succeeded to that one already: a succession does not run in a circle.",
        );
    }
    Ok(())
}

fn entries(conn: &mut Conn, agency: AgencyId) -> Result<Vec<AgencyHistoryEntry>, Failure> {
    let rows = agency_history::list_of(conn, agency)?;
    let names: std::collections::HashMap<AgencyId, AgencyName> =
        agencies::list(conn)?.into_iter().map(|row| (row.id, AgencyName { slug: row.slug, name: row.name })).collect();
    let people: Vec<_> = rows.iter().map(|row| row.recorded_by).collect();
    let people: std::collections::HashMap<_, _> = staff::names_of(conn, &people)?.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let kind: AgencyEvent = row.kind.parse().map_err(Failure::broken)?;
            Ok(AgencyHistoryEntry {
                id: row.id,
                agency: names.get(&row.agency_id).cloned().ok_or(Failure::Missing)?,
                kind: term!(kind),
                on: row.on_day,
                old_name: row.old_name,
                new_name: row.new_name,
                successor: row.successor_id.and_then(|id| names.get(&id).cloned()),
                document: row.document,
                recorded_by: StaffName {
                    id: row.recorded_by,
                    name: people.get(&row.recorded_by).cloned().unwrap_or_default(),
                },
                recorded_at: row.recorded_at,
                struck_for: row.struck_for,
            })
        })
        .collect()
}
