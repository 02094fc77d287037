//! The day's digest: what waits for somebody's becomes one mail with a line for each. What has been overtaken since is left
//! out, and said to be.

use chrono::{DateTime, Utc};

use super::facts::Facts;
use crate::clock::day_in_china;
use crate::ids::{CaseId, NoticeId, StaffId};
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::tick::TickReport;
use crate::office::{Office, Shared};
use crate::storage::Conn;
use crate::storage::notices::{self, NoticeRow};

/// Lines in one digest; what is more waits for the next turn.
const LINES: u32 = 200;

impl Office {
    /// Gathers every digest whose hour has come.
    ///
    /// # Errors
    /// The database's failures while listing; one reader's failure is in the report.
    pub fn gather_digests(&self) -> Result<TickReport, Failure> {
        let (shared, now) = (self.shared(), self.now());
        let readers: Vec<StaffId> =
            self.db().read_now(|conn| notices::list_digest_readers(conn, now).map_err(Failure::from))?;
        let mut report = TickReport::default();
        for reader in readers {
            let outcome = self.db().write_now(|conn| gather(conn, &shared, reader, now));
            report.saw(CaseId::from_uuid(reader.uuid()), outcome);
        }
        Ok(report)
    }
}

fn gather(conn: &mut Conn, shared: &Shared, reader: StaffId, now: DateTime<Utc>) -> Result<bool, Failure> {
    let rows = notices::list_for_digest(conn, reader, now, LINES)?;
    let mut lines: Vec<NoticeRow> = Vec::new();
    let gathered = !rows.is_empty();
    for row in rows {
        if super::sending::is_overtaken(conn, shared, &row)? {
            notices::collect(conn, row.id, notices::OVERTAKEN, None, now)?;
        } else {
            lines.push(row);
        }
    }
    let Some(first) = lines.first() else { return Ok(gathered) };
    let id = NoticeId::new(now, &mut shared.randomness.clone());
    let digest = NoticeRow {
        id,
        cause: format!("digest:{}:{reader}", first.id),
        kind: Notice::Digest.as_str().to_owned(),
        agency_id: first.agency_id,
        case_id: None,
        seq: None,
        staff_id: Some(reader),
        person_id: None,
        facts: Facts { count: u32::try_from(lines.len()).ok(), ..Facts::default() }.to_json()?,
        fell_on: day_in_china(now),
        created_at: now,
        state: notices::WAITING.to_owned(),
        in_digest: false,
        digest_id: None,
        not_before: now,
        attempts: 0,
        first_tried_at: None,
        claimed_by: None,
        claimed_until: None,
        settled_at: None,
        fault: None,
    };
    notices::insert(conn, &digest)?;
    for line in lines {
        notices::collect(conn, line.id, notices::COLLECTED, Some(id), now)?;
    }
    Ok(true)
}
