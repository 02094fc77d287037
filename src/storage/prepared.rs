//! Statements that the database prepares once and keeps.
//!
//! diesel has every UPDATE, every insertion of several rows and every text of SQL prepared anew, as they may differ from one time to the
//! next. Where they never do, that is a second trip to PostgreSQL for nothing. An INSERT is kept without this, if its row says `treat_none_as_default_value = false`
//! (tests/it/rooms.rs holds them to it).

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::{QueryResult, RunQueryDsl};

/// A statement that always has the same text, whatever its values are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prepared<S>(pub S);

impl<S: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Prepared<S> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _backend: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

/// Kept by its text.
impl<S> QueryId for Prepared<S> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<S: Query> Query for Prepared<S> {
    type SqlType = S::SqlType;
}

impl<S, C> RunQueryDsl<C> for Prepared<S> {}

/// Inserts rows that are few and belong together: PostgreSQL takes them in one trip, SQLite, where there is none, one by one. The
/// statement of each number of rows is kept.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {
        match $conn {
            $crate::storage::conn::Conn::Pg(pg) if $rows.len() > 1 => {
                let all = diesel::insert_into($table).values($rows.to_vec());
                diesel::RunQueryDsl::execute($crate::storage::prepared::Prepared(all), pg)?;
            }
            conn => {
                for row in $rows {
                    diesel::RunQueryDsl::execute(diesel::insert_into($table).values(row.clone()), conn)?;
                }
            }
        }
    };
}
pub(super) use insert_all;
