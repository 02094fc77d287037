//! The lighter files beside the applications: letters to the mailbox, questions, what the hotline 12345 or another platform hands
//! over. Registered, given to somebody or handed over to the agency whose duty it is, answered, sent, rated; what is in truth an
//! application goes on as one, and the other way round (art. 39). None of them is counted among the applications.

pub mod bodies;
mod checking;
mod commands;
mod contents;
mod desk;
pub mod input;
mod listing;
mod looking;
mod mooring;
mod reading;
mod recording;
mod registering;
mod rules;
mod telling;
mod turning;
pub mod views;
mod writer;

pub(super) use contents::writer_of;
pub use input::EnquiryInput;
pub use listing::{EnquiryPage, EnquiryQuery};
pub(super) use looking::{is_settled, look_again};
pub(super) use mooring::{Moorings, columns_agree, stored};
pub use rules::EnquiryRules;
pub use writer::{EnquiryLetter, EnquiryReceipt, EnquiryTracking};

use super::failure::Failure;
use super::idempotency::IdempotencyKey;
use super::log::{Kind, Note};
use super::permission::Deed;
use super::{Office, Officer};
use crate::ids::{CaseId, EnquiryId};
use bodies::{EnquiryFromCase, EnquiryRegistration};
use views::EnquiryView;

impl Office {
    /// Enters an enquiry that came by post, telephone or over a counter, or was handed over.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn register_enquiry(
        &self,
        officer: &Officer,
        input: EnquiryRegistration,
        key: Option<IdempotencyKey>,
    ) -> Result<(EnquiryView, EnquiryReceipt), Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().write(move |conn| registering::by_officer(conn, &shared, &officer, &input, key.as_ref())).await
    }

    /// Opens an enquiry for an application that was in truth one (art. 39 ¶1), linked both ways.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Contrary`] for an application that was not answered so.
    pub async fn enquiry_from_case(
        &self,
        officer: &Officer,
        case: CaseId,
        input: EnquiryFromCase,
    ) -> Result<EnquiryView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().write(move |conn| turning::from_case(conn, &shared, &officer, case, &input)).await
    }

    /// Does one act, resting on version `expected`.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn enquire(
        &self,
        officer: &Officer,
        id: EnquiryId,
        expected: u32,
        input: EnquiryInput,
    ) -> Result<EnquiryView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let mut desk = desk::Desk::open(conn, &shared, Some(&officer), id)?;
                desk.permits(input.act())?;
                desk.is_current(expected)?;
                desk.is_open(input.act())?;
                let command = commands::command(&mut desk, &input)?;
                desk.perform(command)?;
                desk.view()
            })
            .await
    }

    /// An enquiry as this officer may see it; the look is written down.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn enquiry(&self, officer: &Officer, id: EnquiryId) -> Result<EnquiryView, Failure> {
        let (shared, looking) = (self.shared(), officer.clone());
        let (view, agency, absent) = self
            .db()
            .read(move |conn| {
                let mut desk = desk::Desk::open(conn, &shared, Some(&looking), id)?;
                desk.can_read()?;
                let absent = looking.acts_as(Deed::Read, &desk.lineage).absent();
                Ok::<_, Failure>((desk.view()?, desk.agency.id, absent))
            })
            .await?;
        if officer.visit.tells(format!("enquiry {id}")) {
            let note = Note::by(officer, Kind::Enquiry).at(agency).in_place_of(absent).fact("enquiry", id);
            self.write_down(note).await?;
        }
        Ok(view)
    }
}
