//! Looks in the log: how many a request of ours writes down, and the same rows once more under fresh ids, for the bare side to write.

use chrono::{DateTime, Utc};
use dafu::ids::{LogId, Randomness};
use dafu::office::Office;
use dafu::storage::log_entries::{self, LogFilter, LogRow, ParticularsRow};
use dafu::storage::{Conn, StoreError, vault_keys};
use diesel::prelude::*;

use super::Count;

/// The chain that looks are in.
const CHAIN: &str = "readings";

/// An entry, with what of it is personal.
#[derive(Clone)]
pub struct Look {
    row: LogRow,
    particulars: Option<ParticularsRow>,
    /// The fingerprint of the master key in force.
    master: String,
}

/// How many looks there are.
pub fn count(office: &Office) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM log_entries WHERE chain = '{CHAIN}'");
    let count = |conn: &mut Conn| Ok::<_, StoreError>(diesel::sql_query(&sql).get_result::<Count>(conn)?.n);
    office.db().read_now(count).unwrap()
}

/// Those that were written since there were so many, the newest first.
pub fn since(office: &Office, before: i64) -> Vec<Look> {
    let written = count(office) - before;
    let filter = LogFilter { chain: Some(CHAIN.to_owned()), ..LogFilter::default() };
    let read = |conn: &mut Conn| {
        let rows = log_entries::list(conn, &filter, written)?;
        let ids: Vec<LogId> = rows.iter().map(|row| row.id).collect();
        let mut personal = log_entries::list_particulars(conn, &ids)?;
        let mut looks = Vec::new();
        let master = vault_keys::find(conn, "master")?.map(|row| row.fingerprint).unwrap_or_default();
        for row in rows {
            let at = personal.iter().position(|one| one.entry_id == row.id);
            let particulars = at.map(|at| personal.swap_remove(at));
            looks.push(Look { row, particulars, master: master.clone() });
        }
        Ok::<_, StoreError>(looks)
    };
    office.db().read_now(read).unwrap()
}

/// Writes the same once more, of now.
pub fn again(conn: &mut Conn, look: &Look, now: DateTime<Utc>) -> Result<(), StoreError> {
    let id = LogId::new(now, &mut Randomness::System);
    let body = look.row.body.replace(&look.row.id.to_string(), &id.to_string());
    log_entries::insert(conn, &LogRow { id, body, ..look.row.clone() })?;
    if let Some(one) = look.particulars.clone() {
        assert!(log_entries::keep_particulars(conn, &ParticularsRow { entry_id: id, ..one }, &look.master)?);
    }
    Ok(())
}
