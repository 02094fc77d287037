//! Sealing: what a person wrote, and who a person is, go into rows of their own under the case's key; the rest of the
//! system passes references around. Also the way back, for those who may read.

mod found_by;
mod kind;
mod revealing;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::failure::Failure;
use super::master_key::keep_wrapped;
use super::search;
use crate::case::terms::{FileRef, PersonRef, TextRef};
use crate::ids::{CaseId, FileId, PersonId, Randomness, TextId};
use crate::storage::wrapped_keys::WrappedFor;
use crate::storage::{Conn, case_keys, files, people, texts};
use crate::vault::{DataKey, Digest, FileKey, KeyName, Keys, Place, Salt, WrappedKey, digest, envelope};

pub(super) use found_by::find_by;
pub use kind::TextKind;
pub use revealing::Revealed;

/// A person or organisation, as sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Number of the identity document, or unified social credit code.
    pub identity_number: Option<String>,
    /// Who is to be asked for, where an organisation applies.
    pub contact_name: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

/// What a file is, as sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileParticulars {
    /// What it is called.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, for whoever holds the file beside this record.
    pub sha256: String,
}

/// The parts people play in a case.
pub mod part {
    /// Who asks.
    pub const APPLICANT: &str = "applicant";
    /// Who asks together with the applicant.
    pub const CO_APPLICANT: &str = "co_applicant";
    /// Who acts for them.
    pub const AGENT: &str = "agent";
}

/// The fields a person can be found by.
pub mod index {
    /// Name.
    pub const NAME: &str = "name";
    /// Identity number or credit code.
    pub const IDENTITY: &str = "identity";
    /// Telephone.
    pub const PHONE: &str = "phone";
    /// E-mail.
    pub const EMAIL: &str = "email";
}

/// Seals the contents of one case.
pub struct Sealer<'a> {
    case: CaseId,
    key: DataKey,
    keys: &'a Keys,
    randomness: Randomness,
    at: DateTime<Utc>,
    index: bool,
}

impl<'a> Sealer<'a> {
    /// A sealer with a new key, for a new case.
    ///
    /// # Errors
    /// [`Failure::Broken`], [`Failure::Busy`], [`Failure::Unavailable`].
    pub fn of_new_case(
        conn: &mut Conn,
        case: CaseId,
        keys: &'a Keys,
        mut randomness: Randomness,
        at: DateTime<Utc>,
        index: bool,
    ) -> Result<Self, Failure> {
        let master = keys.fingerprint(KeyName::Master);
        let (key, wrapped) = envelope::new_data_key(keys, case, &mut randomness)?;
        let mut row = case_keys::CaseKeyRow { case_id: case, wrapped: Vec::new(), created_at: at };
        let wrapped = (wrapped.as_bytes().to_vec(), master.as_str());
        keep_wrapped(conn, (keys, randomness.clone()), WrappedFor::Case(case), wrapped, |conn, wrapped, master| {
            row.wrapped = wrapped.to_vec();
            case_keys::insert(conn, &row, master)
        })?;
        Ok(Self { case, key, keys, randomness, at, index })
    }

    /// A sealer with the case's own key.
    ///
    /// # Errors
    /// [`Failure::Missing`] when the case's contents were destroyed; the database's failures.
    pub fn of_case(
        conn: &mut Conn,
        case: CaseId,
        keys: &'a Keys,
        randomness: Randomness,
        at: DateTime<Utc>,
        index: bool,
    ) -> Result<Self, Failure> {
        let row = case_keys::load(conn, case)?;
        let key = envelope::unwrap(keys, case, &WrappedKey::from_bytes(row.wrapped))?;
        Ok(Self { case, key, keys, randomness, at, index })
    }

    /// Seals a text and gives its reference.
    ///
    /// # Errors
    /// [`Failure::Broken`] and the database's failures.
    pub fn text(&mut self, conn: &mut Conn, kind: TextKind, words: &str) -> Result<TextRef, Failure> {
        let (row, text) = self.text_row(kind, words)?;
        texts::insert(conn, &[row])?;
        if self.index && kind.is_searched() {
            crate::storage::search::add(conn, self.case, &search::grams_of(words))?;
        }
        Ok(text)
    }

    /// Seals what is asked for, its title and its description, in one go: every application does.
    ///
    /// # Errors
    /// As [`Sealer::text`].
    pub fn request(
        &mut self,
        conn: &mut Conn,
        subject: &str,
        description: &str,
    ) -> Result<(TextRef, TextRef), Failure> {
        let (first, subject_sealed) = self.text_row(TextKind::Subject, subject)?;
        let (second, description_sealed) = self.text_row(TextKind::Description, description)?;
        texts::insert(conn, &[first, second])?;
        if self.index {
            let mut grams = search::grams_of(subject);
            grams.append(&mut search::grams_of(description));
            crate::storage::search::add(conn, self.case, &grams)?;
        }
        Ok((subject_sealed, description_sealed))
    }

    fn text_row(&mut self, kind: TextKind, words: &str) -> Result<(texts::TextRow, TextRef), Failure> {
        let id = TextId::new(self.at, &mut self.randomness);
        let place = Place { case: self.case, row: id.uuid(), column: "texts.sealed" };
        let (sealed, digest) = self.seal(&place, words.as_bytes())?;
        let kind = kind.as_str().to_owned();
        Ok((texts::TextRow { id, case_id: self.case, kind, sealed, created_at: self.at }, TextRef { id, digest }))
    }

    /// Seals a person and gives the reference. `part`: the part played in the case.
    ///
    /// # Errors
    /// [`Failure::Broken`] and the database's failures.
    pub fn person(&mut self, conn: &mut Conn, part: &str, person: &Person) -> Result<PersonRef, Failure> {
        let id = PersonId::new(self.at, &mut self.randomness);
        let place = Place { case: self.case, row: id.uuid(), column: "people.sealed" };
        let content = serde_json::to_vec(person).map_err(Failure::broken)?;
        let (sealed, digest) = self.seal(&place, &content)?;
        let found = find_by(self.keys, person);
        let row = people::PersonRow {
            id,
            case_id: self.case,
            part: part.to_owned(),
            sealed,
            name_index: found.name,
            identity_index: found.identity,
            phone_index: found.phone,
            email_index: found.email,
            created_at: self.at,
        };
        people::insert(conn, &row)?;
        Ok(PersonRef { id, digest })
    }

    /// Seals words that no journal entry refers to, for the one place where they are kept.
    ///
    /// # Errors
    /// [`Failure::Broken`].
    pub fn beside(&mut self, row: Uuid, column: &'static str, words: &str) -> Result<Vec<u8>, Failure> {
        let place = Place { case: self.case, row, column };
        Ok(self.seal(&place, words.as_bytes())?.0)
    }

    /// A key for a file of the case, to be used now, and its wrapped form, to be stored.
    ///
    /// # Errors
    /// [`Failure::Broken`].
    pub fn file_key(&mut self, file: FileId) -> Result<(FileKey, Vec<u8>), Failure> {
        let place = Place { case: self.case, row: file.uuid(), column: "files.wrapped" };
        let key = FileKey::generate(&self.key, &mut self.randomness);
        let wrapped = key.wrapped(&self.key, &place, &mut self.randomness)?;
        Ok((key, wrapped))
    }

    /// Seals what a file is, and gives the reference that the journal keeps.
    ///
    /// # Errors
    /// [`Failure::Broken`].
    pub fn file(&mut self, file: FileId, is: &FileParticulars) -> Result<(Vec<u8>, FileRef), Failure> {
        let place = Place { case: self.case, row: file.uuid(), column: "files.sealed" };
        let content = serde_json::to_vec(is).map_err(Failure::broken)?;
        let (sealed, digest) = self.seal(&place, &content)?;
        Ok((sealed, FileRef { id: file, digest }))
    }

    /// A salt and the content behind it, sealed together: with the salt in the clear, whoever had a copy of the database
    /// could try names against the journal's digests.
    fn seal(&mut self, place: &Place, content: &[u8]) -> Result<(Vec<u8>, Digest), Failure> {
        let salt = Salt::new(&mut self.randomness);
        let salted: Vec<u8> = salt.as_bytes().iter().chain(content).copied().collect();
        Ok((self.key.seal(place, &salted, &mut self.randomness)?, digest::salted(&salt, content)))
    }
}

/// Opens the contents of cases for those who may read them.
pub struct Opener {
    keys: HashMap<CaseId, DataKey>,
}

impl Opener {
    /// An opener for these cases, with one query for all their keys. Cases whose contents were destroyed simply open to
    /// nothing.
    ///
    /// # Errors
    /// [`Failure::Broken`] and the database's failures.
    pub fn of(conn: &mut Conn, cases: &[CaseId], keys: &Keys) -> Result<Self, Failure> {
        let mut opened = HashMap::new();
        for row in case_keys::list_of_cases(conn, cases)? {
            let key = envelope::unwrap(keys, row.case_id, &WrappedKey::from_bytes(row.wrapped))?;
            opened.insert(row.case_id, key);
        }
        Ok(Self { keys: opened })
    }

    /// The words of a text; none once destroyed.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the row does not open: it was tampered with.
    pub fn text(&self, row: &texts::TextRow) -> Result<Option<Words>, Failure> {
        let place = Place { case: row.case_id, row: row.id.uuid(), column: "texts.sealed" };
        let Some((content, digest)) = self.open(row.case_id, &place, &row.sealed)? else { return Ok(None) };
        let words = String::from_utf8(content).map_err(Failure::broken)?;
        Ok(Some(Words { words, digest }))
    }

    /// A person; none once destroyed.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the row does not open: it was tampered with.
    pub fn person(&self, row: &people::PersonRow) -> Result<Option<Person>, Failure> {
        let place = Place { case: row.case_id, row: row.id.uuid(), column: "people.sealed" };
        let Some((content, _)) = self.open(row.case_id, &place, &row.sealed)? else { return Ok(None) };
        serde_json::from_slice(&content).map(Some).map_err(Failure::broken)
    }

    /// The digest of a person's particulars, to be compared with the journal's.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the row does not open.
    pub fn person_digest(&self, row: &people::PersonRow) -> Result<Option<Digest>, Failure> {
        let place = Place { case: row.case_id, row: row.id.uuid(), column: "people.sealed" };
        Ok(self.open(row.case_id, &place, &row.sealed)?.map(|(_, digest)| digest))
    }

    /// The key of a file; none once destroyed.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the row does not open: it was tampered with.
    pub fn file_key(&self, row: &files::FileRow) -> Result<Option<FileKey>, Failure> {
        let Some(key) = self.keys.get(&row.case_id) else { return Ok(None) };
        let place = Place { case: row.case_id, row: row.id.uuid(), column: "files.wrapped" };
        Ok(Some(FileKey::unwrap(key, &place, &row.wrapped)?))
    }

    /// What a whole file is, and its reference; none once destroyed.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the row does not open: it was tampered with.
    pub fn file(&self, row: &files::FileRow) -> Result<Option<(FileParticulars, FileRef)>, Failure> {
        let place = Place { case: row.case_id, row: row.id.uuid(), column: "files.sealed" };
        let Some((content, digest)) = self.open(row.case_id, &place, &row.sealed)? else { return Ok(None) };
        let is = serde_json::from_slice(&content).map_err(Failure::broken)?;
        Ok(Some((is, FileRef { id: row.id, digest })))
    }

    /// Words that [`Sealer::beside`] sealed for that place; none once destroyed.
    ///
    /// # Errors
    /// [`Failure::Broken`] when they do not open: they were tampered with.
    pub fn beside(
        &self,
        case: CaseId,
        row: Uuid,
        column: &'static str,
        sealed: &[u8],
    ) -> Result<Option<String>, Failure> {
        let Some((content, _)) = self.open(case, &Place { case, row, column }, sealed)? else { return Ok(None) };
        String::from_utf8(content).map(Some).map_err(Failure::broken)
    }

    fn open(&self, case: CaseId, place: &Place, sealed: &[u8]) -> Result<Option<(Vec<u8>, Digest)>, Failure> {
        let Some(key) = self.keys.get(&case) else { return Ok(None) };
        let salted = key.open(place, sealed)?;
        let (salt, content) = salted
            .split_at_checked(Salt::BYTES)
            .and_then(|(salt, content)| Salt::from_bytes(salt).map(|salt| (salt, content)))
            .ok_or_else(|| Failure::broken("a sealed row is shorter than its salt"))?;
        Ok(Some((content.to_vec(), digest::salted(&salt, content))))
    }
}

/// Opened words with their digest, to be compared with the journal's.
#[derive(Debug, Clone)]
pub struct Words {
    /// The words.
    pub words: String,
    /// Their salted digest.
    pub digest: Digest,
}
