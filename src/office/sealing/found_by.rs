//! By what a person is found: the blind indexes beside what is sealed, made when it is sealed and made again when it is checked.

use super::{Person, index};
use crate::vault::{Keys, blind};

/// The blind indexes of a person.
pub(in crate::office) struct FoundBy {
    /// Of the name.
    pub name: String,
    /// Of the identity number or credit code.
    pub identity: Option<String>,
    /// Of the telephone.
    pub phone: Option<String>,
    /// Of the e-mail.
    pub email: Option<String>,
}

/// Makes them.
pub(in crate::office) fn find_by(keys: &Keys, person: &Person) -> FoundBy {
    let of = |field: &str, value: &Option<String>| value.as_ref().map(|value| blind::blind(keys, field, value));
    FoundBy {
        name: blind::blind(keys, index::NAME, &person.name),
        identity: of(index::IDENTITY, &person.identity_number),
        phone: of(index::PHONE, &person.phone),
        email: of(index::EMAIL, &person.email),
    }
}
