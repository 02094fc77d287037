//! Every key that lies under the master key, table by table, for the day when it is renewed. A key is exchanged only for the one that
//! was read: whoever destroys it meanwhile has destroyed it.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::enquiries::enquiry_keys;
use super::schema::log_particulars;
use super::schema::supervision::{order_papers, order_words};
use super::schema::{application_drafts, case_keys};
use crate::ids::{CaseId, DraftId, EnquiryId, FileId, LogId, OrderId};
use diesel::prelude::*;

/// Whose key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrappedFor {
    /// A case's.
    Case(CaseId),
    /// An enquiry's.
    Enquiry(EnquiryId),
    /// That of an application that was begun.
    Draft(DraftId),
    /// That of what is personal in an entry of a named chain.
    Entry(LogId),
    /// That of the words of an act in an order at large.
    Words(OrderId, i32),
    /// That of a document of such an order.
    Paper(OrderId, FileId),
}

/// A table with such keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrappedIn {
    /// Of cases.
    Cases,
    /// Of enquiries.
    Enquiries,
    /// Of drafts.
    Drafts,
    /// Of entries.
    Entries,
    /// Of words.
    Words,
    /// Of documents.
    Papers,
}

impl WrappedIn {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Cases, Self::Enquiries, Self::Drafts, Self::Entries, Self::Words, Self::Papers];
}

/// Reads a page of one table behind `after`, by its one id.
macro_rules! page_by_id {
    ($conn:ident, $table:ident, $id:ident, $owner:path, $after:ident, $limit:ident) => {{
        let mut query = $table::table
            .order($table::$id)
            .limit($limit)
            .select(($table::$id, $table::wrapped))
            .into_boxed::<MultiBackend>();
        if let Some($owner(after)) = $after {
            query = query.filter($table::$id.gt(after));
        }
        query.load($conn)?.into_iter().map(|(id, wrapped)| ($owner(id), wrapped)).collect()
    }};
}

/// A page of keys behind `after`, each with its owner.
///
/// # Errors
/// Only the database's own.
pub fn list(
    conn: &mut Conn,
    table: WrappedIn,
    after: Option<WrappedFor>,
    limit: i64,
) -> Result<Vec<(WrappedFor, Vec<u8>)>, StoreError> {
    Ok(match table {
        WrappedIn::Cases => page_by_id!(conn, case_keys, case_id, WrappedFor::Case, after, limit),
        WrappedIn::Enquiries => page_by_id!(conn, enquiry_keys, enquiry_id, WrappedFor::Enquiry, after, limit),
        WrappedIn::Drafts => page_by_id!(conn, application_drafts, id, WrappedFor::Draft, after, limit),
        WrappedIn::Entries => page_by_id!(conn, log_particulars, entry_id, WrappedFor::Entry, after, limit),
        WrappedIn::Words => {
            let mut query = order_words::table
                .order((order_words::order_id, order_words::seq))
                .limit(limit)
                .select((order_words::order_id, order_words::seq, order_words::wrapped))
                .into_boxed::<MultiBackend>();
            if let Some(WrappedFor::Words(order, seq)) = after {
                let behind = order_words::order_id.eq(order).and(order_words::seq.gt(seq));
                query = query.filter(order_words::order_id.gt(order).or(behind));
            }
            query.load(conn)?.into_iter().map(|(id, seq, wrapped)| (WrappedFor::Words(id, seq), wrapped)).collect()
        }
        WrappedIn::Papers => {
            let mut query = order_papers::table
                .order(order_papers::id)
                .limit(limit)
                .select((order_papers::order_id, order_papers::id, order_papers::wrapped))
                .into_boxed::<MultiBackend>();
            if let Some(WrappedFor::Paper(_, id)) = after {
                query = query.filter(order_papers::id.gt(id));
            }
            query.load(conn)?.into_iter().map(|(order, id, wrapped)| (WrappedFor::Paper(order, id), wrapped)).collect()
        }
    })
}

/// How many keys a table has.
///
/// # Errors
/// Only the database's own.
pub fn count(conn: &mut Conn, table: WrappedIn) -> Result<i64, StoreError> {
    Ok(match table {
        WrappedIn::Cases => case_keys::table.count().get_result(conn)?,
        WrappedIn::Enquiries => enquiry_keys::table.count().get_result(conn)?,
        WrappedIn::Drafts => application_drafts::table.count().get_result(conn)?,
        WrappedIn::Entries => log_particulars::table.count().get_result(conn)?,
        WrappedIn::Words => order_words::table.count().get_result(conn)?,
        WrappedIn::Papers => order_papers::table.count().get_result(conn)?,
    })
}

/// Takes the same key, wrapped anew, in place of `old`; whether that was still there.
///
/// # Errors
/// Only the database's own.
pub fn replace(conn: &mut Conn, owner: WrappedFor, old: &[u8], wrapped: &[u8]) -> Result<bool, StoreError> {
    macro_rules! put {
        ($table:ident, $($found:tt)+) => {
            diesel::update($table::table.filter($($found)+).filter($table::wrapped.eq(old)))
                .set($table::wrapped.eq(wrapped))
                .execute(conn)?
        };
    }
    let changed = match owner {
        WrappedFor::Case(id) => put!(case_keys, case_keys::case_id.eq(id)),
        WrappedFor::Enquiry(id) => put!(enquiry_keys, enquiry_keys::enquiry_id.eq(id)),
        WrappedFor::Draft(id) => put!(application_drafts, application_drafts::id.eq(id)),
        WrappedFor::Entry(id) => put!(log_particulars, log_particulars::entry_id.eq(id)),
        WrappedFor::Words(order, seq) => {
            put!(order_words, order_words::order_id.eq(order).and(order_words::seq.eq(seq)))
        }
        WrappedFor::Paper(_, id) => put!(order_papers, order_papers::id.eq(id)),
    };
    Ok(changed == 1)
}
