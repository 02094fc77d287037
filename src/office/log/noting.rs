//! Looks: each is written down once what is looked at is at hand and before it is shown. What cannot be written down is not
//! shown.

use super::entry::Note;
use super::kind::Kind;
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};

/// What of a case is looked at.
#[derive(Debug, Clone)]
pub(in crate::office) struct Look {
    kind: Kind,
    facts: Vec<(&'static str, String)>,
}

impl Look {
    /// A look of this kind.
    pub(in crate::office) const fn new(kind: Kind) -> Self {
        Self { kind, facts: Vec::new() }
    }

    /// With what exactly is looked at.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over what they have: an id, a number, a code")]
    pub(in crate::office) fn at(mut self, name: &'static str, which: impl ToString) -> Self {
        self.facts.push((name, which.to_string()));
        self
    }
}

impl Office {
    /// Writes down a look into a case, once for each request.
    ///
    /// # Errors
    /// The database's failures.
    pub(in crate::office) async fn note_look(
        &self,
        officer: &Officer,
        look: Look,
        case: CaseId,
        agency: AgencyId,
        absent: Option<StaffId>,
    ) -> Result<(), Failure> {
        let mut note = Note::by(officer, look.kind).of(case).at(agency).in_place_of(absent);
        for (name, which) in &look.facts {
            note = note.fact(name, which);
        }
        if officer.visit.tells(format!("{} {case} {:?}", look.kind, look.facts)) {
            self.write_down(note).await
        } else {
            Ok(())
        }
    }

    /// Writes down an entry in a transaction of its own.
    ///
    /// # Errors
    /// The database's failures.
    pub(in crate::office) async fn write_down(&self, note: Note) -> Result<(), Failure> {
        let shared = self.shared();
        self.db().write_together(move |conn| note.clone().write(conn, &shared)).await
    }
}

impl Note {
    /// Of a look at what is of many agencies: in the place of somebody absent where nothing of one's own permits it.
    pub(in crate::office) fn of_look(officer: &Officer, kind: Kind, deed: Deed) -> Self {
        let mut may = officer.roles.iter().filter(|held| deed.roles().contains(&held.role));
        let lent = if may.clone().all(|held| held.absent.is_some()) { may.next() } else { None };
        Self::by(officer, kind).in_place_of(lent.and_then(|held| held.absent))
    }
}
