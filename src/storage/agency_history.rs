//! What agencies were called on a day, and who succeeded to whom. Entries are added and struck, never changed otherwise.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::history::agency_history;
use super::types::{Instant, MaybeInstant};
use super::{agencies, schema};
use crate::ids::{AgencyId, HistoryId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The stored word for a renaming.
pub const RENAMED: &str = "renamed";
/// The stored word for one that was split: several have its duties.
pub const SPLIT: &str = "split";

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = agency_history, treat_none_as_default_value = false)]
pub struct HistoryRow {
    pub id: HistoryId,
    pub agency_id: AgencyId,
    /// `renamed`, `merged`, `split` or `succeeded`.
    pub kind: String,
    /// From this day on.
    pub on_day: NaiveDate,
    /// Of a renaming: the name until the day before.
    pub old_name: Option<String>,
    /// Of a renaming: the name from the day on.
    pub new_name: Option<String>,
    /// Of the rest: who has its duties from the day on.
    pub successor_id: Option<AgencyId>,
    /// The document that orders it.
    pub document: String,
    pub recorded_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub recorded_at: DateTime<Utc>,
    pub struck_by: Option<StaffId>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub struck_at: Option<DateTime<Utc>>,
    pub struck_for: Option<String>,
}

/// Adds an entry.
///
/// # Errors
/// [`StoreError::Conflict`] when its id is taken.
pub fn insert(conn: &mut Conn, row: &HistoryRow) -> Result<(), StoreError> {
    diesel::insert_into(agency_history::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Strikes an entry that was recorded by mistake.
///
/// # Errors
/// [`StoreError::Missing`] when there is none that stands.
pub fn strike(conn: &mut Conn, id: HistoryId, by: StaffId, at: DateTime<Utc>, reason: &str) -> Result<(), StoreError> {
    let place = agency_history::table.find(id).filter(agency_history::struck_at.is_null());
    let set = (
        agency_history::struck_by.eq(by),
        agency_history::struck_at.eq(Instant::from(at)),
        agency_history::struck_for.eq(reason),
    );
    touched(diesel::update(place).set(set).execute(conn), StoreError::Missing)
}

/// The entry of this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: HistoryId) -> Result<HistoryRow, StoreError> {
    agency_history::table.find(id).select(HistoryRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// The entries of an agency, and those by which it succeeded to others, by their day; struck ones too.
///
/// # Errors
/// Only the database's own.
pub fn list_of(conn: &mut Conn, agency: AgencyId) -> Result<Vec<HistoryRow>, StoreError> {
    let by_succession = agency_history::successor_id.assume_not_null().eq(agency);
    Ok(agency_history::table
        .filter(agency_history::agency_id.eq(agency).or(by_succession))
        .order((agency_history::on_day, agency_history::id))
        .select(HistoryRow::as_select())
        .load(conn)?)
}

/// The renamings that stand, agency by agency, by their day.
///
/// # Errors
/// Only the database's own.
pub fn list_renamings(conn: &mut Conn) -> Result<Vec<HistoryRow>, StoreError> {
    Ok(agency_history::table
        .filter(agency_history::kind.eq(RENAMED))
        .filter(agency_history::struck_at.is_null())
        .order((agency_history::agency_id, agency_history::on_day, agency_history::id))
        .select(HistoryRow::as_select())
        .load(conn)?)
}

/// All mergers, successions and splits that stand, by their day.
///
/// # Errors
/// Only the database's own.
pub fn list_successions(conn: &mut Conn) -> Result<Vec<HistoryRow>, StoreError> {
    Ok(agency_history::table
        .filter(agency_history::kind.ne(RENAMED))
        .filter(agency_history::struck_at.is_null())
        .order((agency_history::on_day, agency_history::id))
        .select(HistoryRow::as_select())
        .load(conn)?)
}

/// What each agency is called on that day: by the last renaming that stands and took effect by then; before the first by what it
/// was called until then; else by the name in its settings.
///
/// # Errors
/// Only the database's own.
pub fn names_on(conn: &mut Conn, day: NaiveDate) -> Result<BTreeMap<AgencyId, String>, StoreError> {
    let mut names: BTreeMap<AgencyId, String> =
        agencies::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let renamings = list_renamings(conn)?;
    for of_one in renamings.chunk_by(|one, next| one.agency_id == next.agency_id) {
        let Some(first) = of_one.first() else { continue };
        let last = of_one.iter().rev().find(|one| one.on_day <= day);
        let name = last.map_or_else(|| first.old_name.clone(), |last| last.new_name.clone());
        if let Some(name) = name {
            names.insert(first.agency_id, name);
        }
    }
    Ok(names)
}

/// The agencies that the reports of `year` of these agencies can take in: those to which they had succeeded by the end of that year, and
/// those to which these had, each once. What was split is not among them: several have its duties, and it would count several times.
///
/// # Errors
/// Only the database's own.
pub fn predecessors(conn: &mut Conn, of: &[AgencyId], year: i32) -> Result<Vec<AgencyId>, StoreError> {
    let Some(last) = NaiveDate::from_ymd_opt(year, 12, 31) else { return Ok(Vec::new()) };
    let pairs: Vec<(Option<AgencyId>, AgencyId)> = agency_history::table
        .filter(agency_history::struck_at.is_null())
        .filter(agency_history::kind.ne(RENAMED))
        .filter(agency_history::kind.ne(SPLIT))
        .filter(agency_history::on_day.le(last))
        .select((agency_history::successor_id, agency_history::agency_id))
        .load(conn)?;
    let (mut found, mut waiting) = (BTreeSet::new(), of.to_vec());
    while let Some(successor) = waiting.pop() {
        for (_, before) in pairs.iter().filter(|(to, _)| *to == Some(successor)) {
            // A circle, which only a mistake makes, ends here too.
            if !of.contains(before) && found.insert(*before) {
                waiting.push(*before);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Writes the name into an agency's settings that holds from now on; false where it bears it already.
///
/// # Errors
/// Only the database's own.
pub fn set_name(conn: &mut Conn, agency: AgencyId, name: &str) -> Result<bool, StoreError> {
    use schema::agencies as table;
    let place = table::table.find(agency).filter(table::name.ne(name));
    Ok(diesel::update(place).set(table::name.eq(name)).execute(conn)? == 1)
}
