//! What each agency is there for, in its own order; looked through by people who do not know whom to ask.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::agency_duties;
use crate::ids::AgencyId;
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// One duty of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = agency_duties, treat_none_as_default_value = false)]
pub struct DutyRow {
    pub agency_id: AgencyId,
    /// From 1 up.
    pub place: i32,
    pub duty: String,
    /// The duty as it is looked through: in the form in which words are asked for.
    pub plain: String,
}

/// The duties of an agency, in its order.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<String>, StoreError> {
    Ok(agency_duties::table
        .filter(agency_duties::agency_id.eq(agency))
        .order(agency_duties::place)
        .select(agency_duties::duty)
        .load(conn)?)
}

/// Puts `rows` in the place of all duties of an agency. Whoever writes has changed or added the agency's own row before, in
/// the same transaction: that row is what keeps two writers apart.
///
/// # Errors
/// Only the database's own.
pub fn replace(conn: &mut Conn, agency: AgencyId, rows: &[DutyRow]) -> Result<(), StoreError> {
    diesel::delete(agency_duties::table.filter(agency_duties::agency_id.eq(agency))).execute(conn)?;
    for row in rows {
        diesel::insert_into(agency_duties::table).values(row.clone()).execute(conn)?;
    }
    Ok(())
}

/// The duties of all agencies that contain any of `words`, agency by agency in its order. Words in the plain form.
///
/// # Errors
/// Only the database's own.
pub fn list_with_any(conn: &mut Conn, words: &[String]) -> Result<Vec<DutyRow>, StoreError> {
    type Condition = Box<dyn BoxableExpression<agency_duties::table, MultiBackend, SqlType = Bool>>;
    let contains = |word: &String| -> Condition { Box::new(agency_duties::plain.like(containing(word)).escape('\\')) };
    let any = words.iter().map(contains).reduce(|any, one| Box::new(any.or(one)));
    let Some(any) = any else { return Ok(Vec::new()) };
    Ok(agency_duties::table
        .filter(any)
        .order((agency_duties::agency_id, agency_duties::place))
        .select(DutyRow::as_select())
        .load(conn)?)
}

/// The pattern of what contains `word`, whose own `%` and `_` mean themselves.
fn containing(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
