//! What the chain `staff` names of the enquiries: number and hash of each entry. The audit and `check` hold the journals against it.

use std::collections::BTreeMap;

use crate::ids::EnquiryId;
use crate::journal::mooring::Anchor;
use crate::journal::verify::{Columns, Stored};
use crate::office::failure::Failure;
use crate::office::log::{Form, Kind};
use crate::storage::Conn;
use crate::storage::enquiry_journal::EnquiryEntryRow;
use crate::storage::log_entries::{self, LogFilter, LogRow};

/// Entries of the log read at a time.
const PAGE: i64 = 500;

/// What is named, enquiry by enquiry.
#[derive(Default)]
pub(in crate::office) struct Moorings(pub(in crate::office) BTreeMap<EnquiryId, Vec<Anchor>>);

impl Moorings {
    /// Learns what an entry of the log names. One that cannot be read is told otherwise.
    fn learn(&mut self, row: &LogRow) {
        let Ok(form) = serde_json::from_str::<Form>(&row.body) else { return };
        let fact = |name: &str| form.facts.get(name).map(String::as_str);
        let named = (fact("enquiry").and_then(|id| id.parse().ok()), fact("seq").and_then(|seq| seq.parse().ok()));
        if let ((Some(enquiry), Some(seq)), Some(hash), Kind::EnquiryRecorded) = (named, fact("hash"), form.kind) {
            self.0.entry(enquiry).or_default().push(Anchor { seq, hash: hash.to_owned() });
        }
    }

    /// The next entries that name something, behind `after`; where to go on, none at the end.
    ///
    /// # Errors
    /// The database's failures.
    pub(in crate::office) fn read(
        &mut self,
        conn: &mut Conn,
        after: Option<crate::ids::LogId>,
    ) -> Result<Option<crate::ids::LogId>, Failure> {
        let filter = LogFilter { kind: Some(Kind::EnquiryRecorded.as_str().to_owned()), after, ..LogFilter::default() };
        let rows = log_entries::list(conn, &filter, PAGE)?;
        for row in &rows {
            self.learn(row);
        }
        Ok(rows.last().map(|row| row.id))
    }
}

/// A row as the verification of a chain takes it. A number below zero is no number of an entry.
pub(in crate::office) fn stored(row: &EnquiryEntryRow) -> Stored<'_> {
    Stored {
        seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
        body: &row.body,
        algorithm: &row.algorithm,
        previous: &row.previous,
        hash: &row.hash,
    }
}

/// Whether the columns beside an entry's text say what the text says.
pub(in crate::office) fn columns_agree(row: &EnquiryEntryRow) -> bool {
    let EnquiryEntryRow { enquiry_id, seq, at, ref kind, version, ref actor, ref body, .. } = *row;
    Columns { owner: ("enquiry", enquiry_id.uuid()), seq, at, kind, version, actor }.agree_with(body)
}
