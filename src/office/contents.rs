//! The contents of a case opened for one reader: whole for those who work on it, masked for those who watch.

use std::collections::HashMap;

use super::Shared;
use super::failure::Failure;
use super::permission::{Lineage, Officer};
use super::sealing::{Opener, Person};
use super::views::PersonView;
use crate::case::Case;
use crate::case::terms::{PersonRef, TextRef};
use crate::ids::{PersonId, TextId};
use crate::storage::{Conn, people, texts};

/// The opened contents of one case, as far as this reader may see them.
pub struct Contents {
    words: HashMap<TextId, String>,
    people: HashMap<PersonId, PersonView>,
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
            if let Some(opened) = opener.text(&row)? {
                words.insert(row.id, opened.words);
            }
        }
        let mut seen = HashMap::new();
        for row in people::list(conn, case.id)? {
            if let Some(person) = opener.person(&row)? {
                seen.insert(row.id, person_view(person, unmasked));
            }
        }
        Ok(Self { words, people: seen })
    }

    /// The words of a text.
    #[must_use]
    pub fn words(&self, text: TextRef) -> Option<String> {
        self.words.get(&text.id).cloned()
    }

    /// A person.
    #[must_use]
    pub fn person(&self, person: PersonRef) -> Option<PersonView> {
        self.people.get(&person.id).cloned()
    }
}

/// A person for a reader: whole, or with all but the first letter of the name and the ends of numbers hidden.
#[must_use]
pub fn person_view(person: Person, unmasked: bool) -> PersonView {
    if unmasked {
        return PersonView {
            name: person.name,
            identity_number: person.identity_number,
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
