//! The contents of a case opened for one reader: whole, but for identity numbers, for those who work on it; masked for
//! those who watch.

use std::collections::HashMap;

use super::failure::Failure;
use super::permission::{Lineage, Officer};
use super::sealing::{Opener, Person, TextKind};
use super::views::{PersonView, WarningView};
use super::{Shared, identity};
use crate::case::Case;
use crate::case::terms::{PersonRef, TextRef};
use crate::clock::day_in_china;
use crate::ids::{PersonId, TextId};
use crate::letters::Letter;
use crate::storage::{Conn, people, texts};

/// The opened contents of one case, as far as this reader may see them.
pub struct Contents {
    words: HashMap<TextId, String>,
    people: HashMap<PersonId, PersonView>,
    doubts: Vec<WarningView>,
}

impl Contents {
    /// Opens them, with three queries.
    ///
    /// # Errors
    /// The database's failures; [`Failure::Broken`] for rows that were tampered with.
    pub fn of(
        conn: &mut Conn,
        shared: &Shared,
        case: &Case,
        officer: Option<&Officer>,
        lineage: &Lineage,
    ) -> Result<Self, Failure> {
        let opener = Opener::of(conn, &[case.id], &shared.keys)?;
        let unmasked = officer.is_none_or(|officer| officer.sees_persons_at(lineage));
        let mut words = HashMap::new();
        for row in texts::list(conn, case.id)? {
            // Letters address people by their full names.
            let names = [TextKind::SignedReply.as_str(), TextKind::IssuedLetter.as_str()];
            if !unmasked && names.contains(&row.kind.as_str()) {
                continue;
            }
            if let Some(opened) = opener.text(&row)? {
                let said = if row.kind == TextKind::IssuedLetter.as_str() {
                    serde_json::from_str::<Letter>(&opened.words).map_err(Failure::broken)?.plain()
                } else {
                    opened.words
                };
                words.insert(row.id, said);
            }
        }
        let mut seen = HashMap::new();
        let mut doubts = Vec::new();
        for row in people::list(conn, case.id)? {
            if let Some(person) = opener.person(&row)? {
                // A ledger of old cases says little of persons, and nothing is asked of them any more.
                if unmasked && row.id == case.filed.applicant.id && case.imported.is_none() {
                    doubts = identity::warnings(case.filed.applicant_kind, &person, day_in_china(case.filed_at));
                }
                seen.insert(row.id, person_view(person, unmasked));
            }
        }
        Ok(Self { words, people: seen, doubts })
    }

    /// The words of a text.
    #[must_use]
    pub fn words(&self, text: TextRef) -> Option<String> {
        self.words.get(&text.id).cloned()
    }

    /// What is odd about the applicant's numbers, for a reader who sees persons unmasked.
    #[must_use]
    pub fn doubts(&self) -> &[WarningView] {
        &self.doubts
    }

    /// A person.
    #[must_use]
    pub fn person(&self, person: PersonRef) -> Option<PersonView> {
        self.people.get(&person.id).cloned()
    }
}

/// A person for a reader: whole but for the middle of the identity number, or the name with all but its first letter
/// hidden.
#[must_use]
pub fn person_view(person: Person, unmasked: bool) -> PersonView {
    let identity_masked = person.identity_number.is_some();
    if unmasked {
        return PersonView {
            name: person.name,
            identity_number: person.identity_number.as_deref().map(identity::masked),
            identity_masked,
            contact_name: person.contact_name,
            phone: person.phone,
            email: person.email,
            address: person.address,
            postcode: person.postcode,
            masked: false,
        };
    }
    PersonView {
        name: mask_name(&person.name),
        identity_number: None,
        identity_masked,
        contact_name: person.contact_name.as_deref().map(mask_name),
        phone: None,
        email: None,
        address: None,
        postcode: None,
        masked: true,
    }
}

/// `张晓明` as `张**`.
#[must_use]
pub fn mask_name(name: &str) -> String {
    name.chars().enumerate().map(|(place, letter)| if place == 0 { letter } else { '*' }).collect()
}
