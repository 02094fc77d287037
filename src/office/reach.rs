//! The agencies that somebody may choose from: those over which their roles allow a deed.

use super::Office;
use super::failure::Failure;
use super::permission::{Deed, Officer};
use super::queue::visible;
use super::views::AgencyName;
use crate::ids::AgencyId;
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies};

impl Office {
    /// The agencies over which this officer may do `deed`, from the top of the tree down.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] for somebody who may nowhere; the database's failures.
    pub async fn reach(&self, officer: &Officer, deed: Deed) -> Result<Vec<AgencyName>, Failure> {
        let officer = officer.clone();
        self.db().read(move |conn| reach(conn, &officer, deed)).await
    }
}

fn reach(conn: &mut Conn, officer: &Officer, deed: Deed) -> Result<Vec<AgencyName>, Failure> {
    let within = visible(conn, officer, deed, None)?;
    let mut waiting: Vec<AgencyRow> =
        agencies::list(conn)?.into_iter().filter(|row| within.contains(&row.id)).collect();
    let mut reached = Vec::new();
    while !waiting.is_empty() {
        // Those of which nothing above is still to come; a loop, which only tampering makes, ends here too.
        let ids: Vec<AgencyId> = waiting.iter().map(|row| row.id).collect();
        let (now, later): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|row| row.parent_id.is_none_or(|parent| !ids.contains(&parent)));
        if now.is_empty() {
            break;
        }
        reached.extend(now.into_iter().map(|row| AgencyName { slug: row.slug, name: row.name }));
        waiting = later;
    }
    Ok(reached)
}
