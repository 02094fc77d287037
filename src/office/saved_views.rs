//! Lists of cases that a member of staff keeps under a name: a set of filters, held to what the list itself takes, so that
//! what is kept can be opened. What is kept lies in the clear, so it never names an applicant.

use serde::Serialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::queue::{self, CaseQuery};
use super::{Office, Officer};
use crate::storage::saved_views::{self, SavedViewRow};
use crate::storage::{Conn, StoreError};

/// Views that one person may keep: the places in the table.
const MOST: i32 = 30;

/// Letters of the longest name.
const LONGEST_NAME: usize = 60;

/// A list that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What it lists: goes behind the `?` of `GET /cases` as it is.
    pub query: String,
}

impl From<SavedViewRow> for SavedView {
    fn from(row: SavedViewRow) -> Self {
        Self { name: row.name, query: row.query }
    }
}

impl Office {
    /// One's views, the oldest first.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn saved_views(&self, officer: &Officer) -> Result<Vec<SavedView>, Failure> {
        let id = officer.id;
        self.db().read(move |conn| Ok(saved_views::list(conn, id)?.into_iter().map(SavedView::from).collect())).await
    }

    /// Keeps a list under a name; in the place of what was kept under it before.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every parameter that is wrong, or for the name; those of [`Office::queue`], for what could
    /// not be listed; [`Failure::Contrary`] for one too many.
    pub async fn save_view(&self, officer: &Officer, name: &str, query: CaseQuery) -> Result<SavedView, Failure> {
        let name = read_name(name)?;
        if query.applicant.is_some() {
            return Err(Failure::invalid(
                "?applicant",
                "申请人信息不能保存在视图中，请在打开视图后再输入。",
                "A view does not keep an applicant's particulars; enter them once it is open.",
            ));
        }
        let text = query.text()?;
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                queue::try_out(conn, &shared, &officer, &query)?;
                let row = SavedViewRow {
                    staff_id: officer.id,
                    name: name.clone(),
                    place: 0,
                    query: text.clone(),
                    created_at: shared.clock.now(),
                };
                keep(conn, row).map(SavedView::from)
            })
            .await
    }

    /// Keeps it no longer; harmless to who never kept it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no name; the database's failures.
    pub async fn delete_view(&self, officer: &Officer, name: &str) -> Result<(), Failure> {
        let (id, name) = (officer.id, read_name(name)?);
        self.db().write(move |conn| saved_views::delete(conn, id, &name).map_err(Failure::from)).await
    }
}

fn read_name(name: &str) -> Result<String, Failure> {
    let mut reader = Reader::new();
    let name = reader.text("{name}", name);
    if name.chars().count() > LONGEST_NAME {
        reader.wrong("{name}", "名称最多60个字。", "A name has at most 60 characters.");
    }
    reader.finish(name)
}

/// Writes it: over one of the same name, or at the first place that is free. Somebody who was first at the same name or
/// place makes this a matter of trying again.
fn keep(conn: &mut Conn, row: SavedViewRow) -> Result<SavedViewRow, Failure> {
    let stand = saved_views::list(conn, row.staff_id)?;
    if stand.iter().any(|view| view.name == row.name) {
        return match saved_views::change(conn, row.staff_id, &row.name, &row.query) {
            Err(StoreError::Missing) => Err(Failure::Busy),
            done => Ok(done.map(|()| row)?),
        };
    }
    let place = (1..=MOST).find(|place| stand.iter().all(|view| view.place != *place)).ok_or_else(|| {
        Failure::contrary(
            format!("最多保存{MOST}个视图，请先删除不用的。"),
            format!("At most {MOST} views are kept; delete one that is no longer needed first."),
        )
    })?;
    let row = SavedViewRow { place, ..row };
    match saved_views::insert(conn, &row) {
        Err(StoreError::Conflict) => Err(Failure::Busy),
        done => Ok(done.map(|()| row)?),
    }
}
