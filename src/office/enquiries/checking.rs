//! The enquiries made again from their journals and compared: the chain and its mooring, the row, the texts.

use super::contents::Contents;
use super::mooring::{Moorings, columns_agree, stored};
use super::recording;
use super::rules::rules_of;
use crate::clock::{day_in_china, in_chinese};
use crate::enquiry::{Enquiry, Entry};
use crate::ids::EnquiryId;
use crate::journal::mooring::{self, Anchor};
use crate::journal::verify::Stored;
use crate::office::check::{Fault, of_row};
use crate::office::failure::Failure;
use crate::office::{Office, Shared};
use crate::storage::enquiries::{self, EnquiryRow};
use crate::storage::enquiry_journal::{self, EnquiryEntryRow};
use crate::storage::{Conn, StoreError};

/// Enquiries read at a time.
const BATCH: i64 = 200;

/// What was found.
#[derive(Debug, Default)]
pub(in crate::office) struct Checked {
    /// Enquiries.
    pub enquiries: u64,
    /// Which differ, and in what.
    pub differences: Vec<(EnquiryId, Fault)>,
}

impl Office {
    /// Checks every enquiry. `progress` hears how many are done.
    ///
    /// # Errors
    /// The database's failures; what is wrong is in the report.
    pub(in crate::office) fn check_enquiries(&self, progress: &mut dyn FnMut(u64)) -> Result<Checked, Failure> {
        let shared = self.shared();
        let mut checked = Checked::default();
        let mut moorings = Moorings::default();
        let mut at = None;
        loop {
            at = self.db().read_now(|conn| moorings.read(conn, at))?;
            if at.is_none() {
                break;
            }
        }
        let mut after = None;
        loop {
            let page = self
                .db()
                .read_now(|conn| enquiry_journal::list_enquiries(conn, after, BATCH).map_err(Failure::from))?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            for id in page {
                let anchors = moorings.0.remove(&id).unwrap_or_default();
                let found = self.db().read_now(|conn| check_one(conn, &shared, id, &anchors))?;
                checked.enquiries = checked.enquiries.saturating_add(1);
                checked.differences.extend(found.into_iter().map(|fault| (id, fault)));
            }
            progress(checked.enquiries);
        }
        // What is named and no longer there at all.
        for (id, anchors) in moorings.0 {
            checked.differences.extend(chain_faults(id, &[], &anchors).into_iter().map(|fault| (id, fault)));
        }
        let stray = self.db().read_now(|conn| enquiry_journal::list_without_journal(conn).map_err(Failure::from))?;
        let without = || Fault::new("有数据行而没有日志", "a row without a journal");
        checked.differences.extend(stray.into_iter().map(|id| (id, without())));
        Ok(checked)
    }
}

fn check_one(conn: &mut Conn, shared: &Shared, id: EnquiryId, anchors: &[Anchor]) -> Result<Vec<Fault>, Failure> {
    let rows = enquiry_journal::load(conn, id)?;
    let mut found = chain_faults(id, &rows, anchors);
    let Ok(entries) = rows.iter().map(recording::entry_of).collect::<Result<Vec<Entry>, _>>() else {
        found.push(Fault::new("有无法识别的记录", "an entry cannot be read"));
        return Ok(found);
    };
    found.extend(text_faults(conn, shared, id, &entries)?);
    match (Enquiry::replay(entries), enquiries::load(conn, id)) {
        (Err(fault), _) => found.push(Fault::new("记录前后不能衔接", fault.to_string())),
        (Ok(_), Err(StoreError::Missing)) => found.push(Fault::new("没有数据行", "it has no row")),
        (Ok(_), Err(other)) => return Err(other.into()),
        (Ok(enquiry), Ok(stored)) => found.extend(row_faults(conn, shared, &enquiry, &stored)?),
    }
    Ok(found)
}

fn chain_faults(id: EnquiryId, rows: &[EnquiryEntryRow], anchors: &[Anchor]) -> Vec<Fault> {
    let chained: Vec<Stored<'_>> = rows.iter().map(stored).collect();
    let adrift = mooring::adrift(id, &chained, anchors);
    let columns = rows.iter().filter(|row| !columns_agree(row)).map(|row| {
        let seq = row.seq;
        Fault::new(
            format!("第 {seq} 条的数据列与其正文不符"),
            format!("entry {seq}: a column does not agree with the body"),
        )
    });
    adrift.iter().map(|fault| Fault::new(fault.zh_of_enquiry(), fault.en_of_enquiry())).chain(columns).collect()
}

/// Texts that are not those that the entries name.
fn text_faults(conn: &mut Conn, shared: &Shared, id: EnquiryId, entries: &[Entry]) -> Result<Vec<Fault>, Failure> {
    let contents = match Contents::of(conn, shared, &[id], None) {
        Ok(contents) => contents,
        Err(Failure::Broken(_)) => {
            return Ok(vec![Fault::new("有密封的内容无法打开", "something sealed does not open")]);
        }
        Err(other) => return Err(other),
    };
    let named = entries.iter().flat_map(|entry| entry.event.texts().into_iter().map(move |text| (entry.seq, text)));
    Ok(named
        .filter(|(_, text)| !contents.is(*text))
        .map(|(seq, text)| {
            Fault::new(
                format!("第 {seq} 条所指的文字 {} 不是当时记录的内容", text.id),
                format!("entry {seq}: text {} is not the one that was recorded", text.id),
            )
        })
        .collect())
}

/// The row against what the journal gives; and that the scheduler looks at it in time.
fn row_faults(conn: &mut Conn, shared: &Shared, enquiry: &Enquiry, stored: &EnquiryRow) -> Result<Vec<Fault>, Failure> {
    let calendar = shared.calendars_in(conn)?.known_at(enquiry.dated_at);
    let rules = rules_of(conn, enquiry.agency)?;
    let made = recording::row(enquiry, &rules, &calendar, stored.told_on)?;
    let (next, today) = (made.next_on, day_in_china(shared.clock.now()));
    // A day that came nearer, because a calendar or the rules were changed, is no fault: the scheduler finds nothing to say on it.
    let mut found = of_row(("数据行", "the row"), stored, &EnquiryRow { next_on: stored.next_on, ..made });
    if let Some(next) = next.filter(|next| stored.next_on.is_none_or(|on| on > (*next).max(today))) {
        found.push(Fault::new(
            format!("{}有事项到期，提醒程序却不会在那之前查看", in_chinese(next)),
            format!("something falls on {next}, and the scheduler would not look at it by then"),
        ));
    }
    Ok(found)
}
