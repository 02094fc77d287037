//! All that a bundle is made of, read in one transaction: the case, its journal, what that refers to, its clocks, its proof.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::lives::{self, Life};
use crate::case::terms::{FilePurpose, TextRef};
use crate::case::{Case, Event};
use crate::ids::{CaseId, FileId, PersonId, ProceedingId, StaffId, TextId};
use crate::law::letter::LetterKind;
use crate::letters::Letter;
use crate::office::failure::Failure;
use crate::office::files::keeping::Kept;
use crate::office::files::reading::openable;
use crate::office::letters::sheets;
use crate::office::proceedings::views::ProceedingSummary;
use crate::office::sealing::{FileParticulars, Opener, Person, Revealed, TextKind};
use crate::office::seals::{HeadProof, proof_of};
use crate::office::views::CaseView;
use crate::office::{Shared, proceedings, projection, reading};
use crate::proceeding::Proceeding;
use crate::release::bundle::Withheld;
use crate::storage::journal::{self, JournalRow};
use crate::storage::proceeding_journal::{self, ProceedingEntryRow};
use crate::storage::{Conn, files, people, staff, texts};

/// A text.
pub(super) struct HeldText {
    pub kind: String,
    pub revealed: Option<Revealed>,
    pub withheld: Option<Withheld>,
}

/// Somebody.
pub(super) struct HeldPerson {
    pub person: Option<Person>,
    pub revealed: Option<Revealed>,
    pub withheld: Option<Withheld>,
}

/// A file.
pub(super) struct HeldFile {
    pub is: Option<FileParticulars>,
    pub revealed: Option<Revealed>,
    /// Its bytes, unless they are left out.
    pub kept: Option<Arc<Kept>>,
    pub withheld: Option<Withheld>,
}

/// The material.
pub(super) struct Material {
    pub case: Case,
    pub view: CaseView,
    pub rows: Vec<JournalRow>,
    pub texts: HashMap<TextId, HeldText>,
    pub people: HashMap<PersonId, HeldPerson>,
    pub files: HashMap<FileId, HeldFile>,
    pub staff: HashMap<StaffId, String>,
    pub proof: HeadProof,
    /// What was decided about it elsewhere; what the agency says there is its own.
    pub proceedings: Vec<ProceedingSummary>,
    /// These files as their journals tell them.
    pub courses: Vec<Proceeding>,
    /// The journals of these files.
    pub proceeding_rows: Vec<ProceedingEntryRow>,
    /// The receipt of the application.
    pub receipt: Letter,
    /// Each time it was handled.
    pub lives: Vec<Life>,
    pub masked: bool,
    pub made_at: DateTime<Utc>,
}

impl Material {
    /// Reads it.
    ///
    /// # Errors
    /// [`Failure::Missing`] once the contents of the case were destroyed; [`Failure::Broken`] for rows that were tampered with:
    /// what is not what the journal says is no evidence; the database's failures.
    pub fn read(conn: &mut Conn, shared: &Shared, id: CaseId, masked: bool) -> Result<Self, Failure> {
        let (case, _) = projection::load(conn, id)?;
        let made_at = shared.clock.now();
        let opener = Opener::of(conn, &[id], &shared.keys)?;
        let inside = internal_notes(&case);
        let mut held_texts = HashMap::new();
        for row in texts::list(conn, id)? {
            let inside = inside.contains(&row.id) || row.kind == TextKind::Proceeding.as_str();
            let withheld = inside.then_some(Withheld::Internal);
            let revealed = opener.reveal_text(&row)?;
            held_texts.insert(row.id, HeldText { kind: row.kind, revealed, withheld });
        }
        let mut held_people = HashMap::new();
        for row in people::list(conn, id)? {
            let withheld = masked.then_some(Withheld::Masked);
            let (person, revealed) = (opener.person(&row)?, opener.reveal_person(&row)?);
            held_people.insert(row.id, HeldPerson { person, revealed, withheld });
        }
        let held_files = read_files(conn, shared, &case, &opener, masked)?;
        let receipt = sheets::of_case(conn, shared, &case, None, LetterKind::Receipt)?;
        let unsealed = || {
            Failure::contrary(
                "本案尚未封存，不能生成证据包。",
                "The case does not lie under a seal yet, so no bundle can be made of it.",
            )
        };
        let beside = proceedings::beside(conn, shared, id)?;
        let proceeding_rows = proceeding_rows(conn, &beside)?;
        Ok(Self {
            view: reading::view(conn, shared, &case, None, made_at)?,
            rows: journal::load(conn, id)?,
            texts: held_texts,
            people: held_people,
            files: held_files,
            staff: staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect(),
            proof: proof_of(conn, id, case.version)?.ok_or_else(unsealed)?,
            courses: proceedings::replayed(&proceeding_rows)?,
            proceeding_rows,
            proceedings: beside,
            receipt,
            lives: lives::of_case(conn, shared, &case)?,
            masked,
            made_at,
            case,
        })
    }

    /// The words of a text that is not left out.
    pub fn words(&self, id: TextId) -> Option<&str> {
        let held = self.texts.get(&id).filter(|held| held.withheld.is_none())?;
        held.revealed.as_ref().map(|revealed| revealed.content.as_str())
    }

    /// What a proceeding calls its authority, or that its matter: told in the papers, although the texts of the file are not
    /// handed over.
    pub fn named(&self, text: TextRef) -> Option<&str> {
        let revealed = self.texts.get(&text.id).and_then(|held| held.revealed.as_ref());
        revealed.filter(|revealed| revealed.digest == text.digest).map(|revealed| revealed.content.as_str())
    }

    /// What a text is.
    pub fn is(&self, id: TextId, kind: TextKind) -> bool {
        self.texts.get(&id).is_some_and(|held| held.kind == kind.as_str())
    }

    /// A member of staff, by name.
    pub fn name(&self, id: StaffId) -> String {
        self.staff.get(&id).cloned().unwrap_or_default()
    }

    /// The number by which people call the case.
    pub fn number(&self) -> &str {
        self.view.number.as_deref().unwrap_or(&self.view.receipt_no)
    }
}

fn proceeding_rows(conn: &mut Conn, files: &[ProceedingSummary]) -> Result<Vec<ProceedingEntryRow>, Failure> {
    let ids: Vec<ProceedingId> = files.iter().map(|file| file.id).collect();
    Ok(proceeding_journal::list(conn, &ids)?)
}

/// The texts of notes that are the office's own.
fn internal_notes(case: &Case) -> Vec<TextId> {
    let notes = case.journal().iter().filter_map(|entry| match &entry.event {
        Event::Noted { text, in_bundle: false, .. } => Some(text.id),
        _ => None,
    });
    notes.collect()
}

fn read_files(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    opener: &Opener,
    masked: bool,
) -> Result<HashMap<FileId, HeldFile>, Failure> {
    let mut held = HashMap::new();
    for row in files::list(conn, case.id)?.into_iter().filter(|row| row.state == files::KEPT) {
        let purpose = case.file(row.id).map(|file| file.purpose);
        let mut withheld = match purpose {
            Some(FilePurpose::Working) => Some(Withheld::Internal),
            Some(FilePurpose::Application) if masked => Some(Withheld::Masked),
            _ => None,
        };
        let (is, revealed) = (opener.file(&row)?.map(|(is, _)| is), opener.reveal_file(&row)?);
        let id = row.id;
        let kept = match (withheld, &revealed) {
            (None, Some(_)) => match openable(conn, shared, id) {
                Ok(kept) => Some(Arc::new(kept)),
                Err(Failure::Contrary { .. }) => {
                    withheld = Some(Withheld::Locked);
                    None
                }
                Err(other) => return Err(other),
            },
            _ => None,
        };
        held.insert(id, HeldFile { is, revealed, kept, withheld });
    }
    Ok(held)
}
