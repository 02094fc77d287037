//! The files that prove an answer, for the supervisor it was given to: the agency has shown them by attaching them, and nothing else of
//! the case. Each opening is an entry of the log.

use super::papers::{self, Paper};
use super::{OrderAct, Proof};
use crate::ids::{FileId, OrderId};
use crate::office::failure::Failure;
use crate::office::files::keeping::Kept;
use crate::office::files::reading::{HandedOut, openable};
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::{Office, projection};
use crate::storage::orders;

/// A file that proves an answer, on its way to its reader.
pub enum HandedProof {
    /// Of a case.
    File(Box<HandedOut>),
    /// Sent for the order itself.
    Paper(Paper),
}

/// As it is found, before it is handed out.
enum Found {
    File(Box<Kept>),
    Paper(Paper),
}

impl Office {
    /// A file that proves an answer.
    ///
    /// # Errors
    /// [`Failure::Missing`] for a file that no answer of the order names, [`Failure::Forbidden`]; [`Failure::Contrary`] while it waits for
    /// the scanner; the database's failures.
    pub async fn order_proof(&self, officer: &Officer, id: OrderId, file: FileId) -> Result<HandedProof, Failure> {
        let (shared, reader) = (self.shared(), officer.clone());
        let (found, note) = self
            .db()
            .read(move |conn| {
                let row = orders::load(conn, id)?;
                let lineage = projection::lineage(conn, row.agency_id)?;
                permit(&reader, Deed::SeeOrders, &lineage)?;
                let mut proofs: Vec<Proof> = Vec::new();
                for entry in orders::entries(conn, id)? {
                    if entry.kind == OrderAct::Answered.as_str() {
                        proofs.extend(serde_json::from_str::<Vec<Proof>>(&entry.files).map_err(Failure::broken)?);
                    }
                }
                let proof = proofs.iter().find(|one| one.file == file).ok_or(Failure::Missing)?;
                let absent = reader.acts_as(Deed::SeeOrders, &lineage).absent();
                let note = Note::by(&reader, Kind::File).at(row.agency_id).in_place_of(absent);
                let note = note.fact("file", file).fact("order", id);
                let note = if let Some(case) = proof.case { note.of(case) } else { note };
                let found = match proof.case {
                    Some(_) => Found::File(Box::new(openable(conn, &shared, file)?)),
                    None => Found::Paper(papers::read(conn, &shared, id, file)?),
                };
                Ok::<_, Failure>((found, note))
            })
            .await?;
        if officer.visit.tells(format!("{} {id} {file}", Kind::File)) {
            self.write_down(note).await?;
        }
        Ok(match found {
            Found::File(kept) => HandedProof::File(Box::new(self.hand_out(*kept).await?)),
            Found::Paper(paper) => HandedProof::Paper(paper),
        })
    }
}
