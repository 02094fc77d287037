//! Watching a case: a mark by which somebody who may read it finds it again, and will be told of it. No part of its
//! journal. Whoever tells watchers something asks first whether they may still read the case.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::permission::{Deed, permit};
use super::views::StaffName;
use super::{Office, Officer, projection, reading};
use crate::ids::CaseId;
use crate::storage::cases;
use crate::storage::watchers::{self, WatcherRow};

/// How to watch.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// Whether it is watched without being told of it.
    pub muted: bool,
}

/// One who watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WatcherView {
    /// Who.
    pub staff: StaffName,
    /// Whether they watch without being told.
    pub muted: bool,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Office {
    /// Watches a case, or changes how.
    ///
    /// # Errors
    /// [`Failure::Missing`] and [`Failure::Forbidden`] for somebody who may not read it; the database's failures.
    pub async fn watch(&self, officer: &Officer, case: CaseId, input: Watch) -> Result<WatcherView, Failure> {
        let (officer, now) = (officer.clone(), self.now());
        self.db()
            .write(move |conn| {
                let agency = cases::load(conn, case)?.agency_id;
                permit(&officer, Deed::Read, &projection::lineage(conn, agency)?)?;
                let row = WatcherRow { case_id: case, staff_id: officer.id, muted: input.muted, since: now };
                watchers::set(conn, &row)?;
                let row = watchers::find(conn, case, officer.id)?.ok_or(Failure::Busy)?;
                let staff = StaffName { id: officer.id, name: officer.name.clone() };
                Ok(WatcherView { staff, muted: row.muted, since: row.since })
            })
            .await
    }

    /// Watches it no longer. Open to somebody who may not read it any more, and harmless to who never watched.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn unwatch(&self, officer: &Officer, case: CaseId) -> Result<(), Failure> {
        let id = officer.id;
        self.db().write(move |conn| watchers::delete(conn, case, id).map_err(Failure::from)).await
    }

    /// Who watches a case, the longest first.
    ///
    /// # Errors
    /// As [`Office::watch`].
    pub async fn watchers(&self, officer: &Officer, case: CaseId) -> Result<Vec<WatcherView>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let agency = cases::load(conn, case)?.agency_id;
                permit(&officer, Deed::Read, &projection::lineage(conn, agency)?)?;
                let mut seen = Vec::new();
                for row in watchers::list(conn, case)? {
                    let staff = reading::name_of(conn, Some(row.staff_id))?.ok_or(Failure::Missing)?;
                    seen.push(WatcherView { staff, muted: row.muted, since: row.since });
                }
                Ok(seen)
            })
            .await
    }
}
