//! The walk over the enquiries: each held against what the chain `staff` names of it.

use super::{Beside, PAGE};
use crate::ids::EnquiryId;
use crate::journal::mooring::{self, Anchor};
use crate::journal::verify::Stored;
use crate::office::enquiries::{Moorings, columns_agree, stored};
use crate::office::failure::Failure;
use crate::storage::Db;
use crate::storage::enquiry_journal::{self, EnquiryEntryRow};

/// What was found.
#[derive(Default)]
pub(super) struct Enquiries {
    /// Entries that were read.
    pub entries: u64,
    /// What is wrong.
    pub besides: Vec<Beside>,
}

/// Walks over all enquiries, and then over those that are only named.
///
/// # Errors
/// The database's failures.
pub(super) fn walk(db: &Db, progress: &mut dyn FnMut(u64)) -> Result<Enquiries, Failure> {
    let mut moorings = Moorings::default();
    let mut at = None;
    loop {
        at = db.read_now(|conn| moorings.read(conn, at))?;
        if at.is_none() {
            break;
        }
    }
    let Moorings(mut named) = moorings;
    let mut found = Enquiries::default();
    let mut after = None;
    loop {
        let page = db.read_now(|conn| enquiry_journal::list_enquiries(conn, after, PAGE).map_err(Failure::from))?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        let rows = db.read_now(|conn| enquiry_journal::list(conn, &page).map_err(Failure::from))?;
        for rows in rows.chunk_by(|one, next| one.enquiry_id == next.enquiry_id) {
            let Some(enquiry) = rows.first().map(|row| row.enquiry_id) else { continue };
            found.hold(enquiry, rows, &named.remove(&enquiry).unwrap_or_default());
        }
        progress(found.entries);
    }
    for (enquiry, anchors) in named {
        found.hold(enquiry, &[], &anchors);
    }
    Ok(found)
}

impl Enquiries {
    fn hold(&mut self, enquiry: EnquiryId, rows: &[EnquiryEntryRow], anchors: &[Anchor]) {
        let chained: Vec<Stored<'_>> = rows.iter().map(stored).collect();
        let adrift = mooring::adrift(enquiry, &chained, anchors);
        self.besides.extend(adrift.into_iter().map(|how| Beside::EnquiryAdrift { enquiry, how }));
        let columns = rows.iter().filter(|row| !columns_agree(row));
        let seq = |row: &EnquiryEntryRow| u32::try_from(row.seq).unwrap_or_default();
        self.besides.extend(columns.map(|row| Beside::EnquiryColumn { enquiry, seq: seq(row) }));
        self.entries = self.entries.saturating_add(u64::try_from(rows.len()).unwrap_or_default());
    }
}
