//! Whether what is personal of an entry is what the entry was written with: part of `check`, for it takes the office's keys.

use super::entry::Form;
use crate::ids::LogId;
use crate::office::check::Fault;
use crate::office::failure::Failure;
use crate::office::{Office, Shared};
use crate::storage::log_entries::{self, LogRow, ParticularsRow};
use crate::vault::particulars::{SealedParticulars, open_particulars};

/// Entries read at a time.
const BATCH: i64 = 500;

/// Entries that were held against their particulars, and those with which something is wrong.
#[derive(Debug, Default)]
pub(in crate::office) struct LogChecked {
    /// How many.
    pub entries: u64,
    /// Which, and what.
    pub differences: Vec<(LogId, Fault)>,
}

impl Office {
    /// Holds every entry of the log against what is sealed beside it.
    ///
    /// # Errors
    /// The database's failures.
    pub(in crate::office) fn check_log(&self, progress: &mut dyn FnMut(u64)) -> Result<LogChecked, Failure> {
        let shared = self.shared();
        let mut checked = LogChecked::default();
        let mut after = None;
        loop {
            let page = self.db().read_now(|conn| log_entries::list_whole(conn, after, BATCH).map_err(Failure::from))?;
            let Some((last, _)) = page.last() else { return Ok(checked) };
            after = Some(last.id);
            for (row, particulars) in page {
                checked.entries += 1;
                checked
                    .differences
                    .extend(fault(&shared, &row, particulars).map(|(zh, en)| (row.id, Fault::new(zh, en))));
            }
            progress(checked.entries);
        }
    }
}

fn fault(shared: &Shared, row: &LogRow, particulars: Option<ParticularsRow>) -> Option<(&'static str, &'static str)> {
    let Ok(form) = serde_json::from_str::<Form>(&row.body) else { return Some(("无法识别", "it cannot be read")) };
    match (form.particulars, particulars) {
        (None, None) => None,
        (Some(_), None) => Some(("密封的内容已经不在", "what was sealed beside it is gone")),
        (None, Some(_)) => Some(("附有它没有记载的密封内容", "something is sealed beside it that it does not name")),
        (Some(digest), Some(kept)) => {
            let sealed = SealedParticulars { wrapped: kept.wrapped, sealed: kept.sealed };
            match open_particulars(&shared.keys, row.id, &sealed) {
                Ok(opened) if opened.digest == digest => None,
                Ok(_) => Some(("密封的内容不是当时所记的", "what is sealed beside it is not what was recorded")),
                Err(_) => Some(("密封的内容无法打开", "what is sealed beside it does not open")),
            }
        }
    }
}
