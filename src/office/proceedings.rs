//! The proceedings of a case: reconsiderations, suits, complaints and inspections that it led to, each a file of its own beside
//! the application's. Everybody who works on the case reads them; what is recorded in them goes through the one desk here.

mod as_of;
pub mod bodies;
mod cautions;
pub(super) mod checking;
mod commands;
mod consequences;
mod desk;
pub mod input;
mod looking;
mod opening;
mod own_papers;
mod queue;
mod reading;
mod recording;
pub mod reminding;
mod table_four;
mod telling;
mod verdicts;
pub mod views;

pub use cautions::Caution;
pub use checking::faults;
pub(super) use desk::load as load_file;
pub use input::ProceedingInput;
pub(super) use looking::{is_settled, look_again};
pub use queue::{ProceedingPage, ProceedingQuery};
pub(super) use recording::{append_to, replayed, route_code};
pub use table_four::TableFourView;
pub use verdicts::OverturnedReply;
pub(super) use verdicts::{overturned_replies, verdicts};

use super::failure::Failure;
use super::{Office, Officer, Shared};
use crate::ids::{CaseId, ProceedingId};
use crate::proceeding::terms::ProceedingKind;
use crate::storage::{Conn, proceedings};
use views::{ProceedingSummary, ProceedingView};

/// The files beside a case, oldest first, for whoever may read the case.
///
/// # Errors
/// The database's failures.
pub(super) fn beside(conn: &mut Conn, shared: &Shared, case: CaseId) -> Result<Vec<ProceedingSummary>, Failure> {
    let rows = proceedings::list_of_cases(conn, &[case])?;
    queue::summaries(conn, shared, rows)
}

impl Office {
    /// Opens a file beside the case.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn open_proceeding(
        &self,
        officer: &Officer,
        case: CaseId,
        input: bodies::ProceedingOpening,
    ) -> Result<ProceedingView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().write(move |conn| opening::open(conn, &shared, &officer, case, &input)).await
    }

    /// Does one act in a file, resting on version `expected` of it.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn proceed(
        &self,
        officer: &Officer,
        id: ProceedingId,
        expected: u32,
        input: ProceedingInput,
    ) -> Result<ProceedingView, Failure> {
        let (shared, officer, rehearsing) = (self.shared(), officer.clone(), self.rehearsing);
        self.db()
            .write(move |conn| {
                let mut desk = desk::Desk::open(conn, &shared, Some(&officer), id)?;
                desk.permits(input.act())?;
                desk.is_current(expected)?;
                let command = commands::command(&mut desk, &input)?;
                if rehearsing {
                    // An error undoes the transaction, with every text and number that was taken in it.
                    return Err(Failure::Foretold(own_papers::foretell(&mut desk, command)?));
                }
                desk.perform(command)?;
                desk.view()
            })
            .await
    }

    /// A file as this officer may see it.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn proceeding(&self, officer: &Officer, id: ProceedingId) -> Result<ProceedingView, Failure> {
        let of = self.db().read(move |conn| Ok::<_, Failure>(proceedings::load(conn, id)?.case_id)).await?;
        self.look(officer, of, move |conn, shared, _, officer| {
            desk::Desk::open(conn, shared, Some(officer), id)?.view()
        })
        .await
    }

    /// Before whom such a file usually lies, as the settings of the case's agency name it; none where they do not.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn usual_authority(
        &self,
        officer: &Officer,
        case: CaseId,
        kind: ProceedingKind,
    ) -> Result<Option<String>, Failure> {
        self.glance(officer, case, move |conn, _, case, _| opening::usual_authority(conn, case, kind)).await
    }

    /// What to look at twice before a file of that kind is opened beside the case.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn cautions(
        &self,
        officer: &Officer,
        case: CaseId,
        kind: ProceedingKind,
    ) -> Result<Vec<Caution>, Failure> {
        self.glance(officer, case, move |conn, _, case, _| {
            Ok(cautions::of(case, kind, &proceedings::list_of_cases(conn, &[case.id])?))
        })
        .await
    }

    /// The files beside a case, oldest first.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn proceedings_of_case(
        &self,
        officer: &Officer,
        case: CaseId,
    ) -> Result<Vec<ProceedingSummary>, Failure> {
        self.glance(officer, case, |conn, shared, case, _| beside(conn, shared, case.id)).await
    }
}
