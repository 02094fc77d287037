//! What was written in an enquiry, sealed under a key of its own and opened for those who may read it. The journal keeps salted
//! digests, as that of a case does.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::case::terms::TextRef;
use crate::ids::{CaseId, EnquiryId, Randomness, TextId};
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::master_key::under_master_in_force;
use crate::office::sealing::Person;
use crate::storage::Conn;
use crate::storage::enquiry_contents::{self, EnquiryKeyRow, EnquiryTextRow};
use crate::storage::wrapped_keys::WrappedFor;
use crate::vault::{DataKey, Digest, KeyName, Keys, Place, Salt, WrappedKey, digest, envelope};

/// Where a text lies: what is sealed opens nowhere else.
const COLUMN: &str = "enquiry_texts.sealed";

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// Who wrote, as JSON.
    Writer,
    /// The title.
    Subject,
    /// The words.
    Content,
    /// The number that whoever handed it over gave it.
    TheirNumber,
    /// The answer.
    Answer,
    /// A reason.
    Reason,
    /// A note.
    Note,
    /// What the writer thought of the answer.
    Comment,
}

impl TextKind {
    /// The stored word.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Writer => "writer",
            Self::Subject => "subject",
            Self::Content => "content",
            Self::TheirNumber => "their_number",
            Self::Answer => "answer",
            Self::Reason => "reason",
            Self::Note => "note",
            Self::Comment => "comment",
        }
    }
}

/// To whom the vault binds a key. It knows cases only; ids are UUIDs of one making, so that none is both.
const fn owner(enquiry: EnquiryId) -> CaseId {
    CaseId::from_uuid(enquiry.uuid())
}

const fn place(enquiry: EnquiryId, text: TextId) -> Place {
    Place { case: owner(enquiry), row: text.uuid(), column: COLUMN }
}

/// Seals what is written.
pub(super) struct Sealer {
    enquiry: EnquiryId,
    key: DataKey,
    randomness: Randomness,
    at: DateTime<Utc>,
}

impl Sealer {
    /// A sealer with a new key.
    ///
    /// # Errors
    /// The vault's and the database's failures.
    pub(super) fn of_new(
        conn: &mut Conn,
        shared: &Shared,
        enquiry: EnquiryId,
        at: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let mut randomness = shared.randomness.clone();
        let master = shared.keys.fingerprint(KeyName::Master);
        let (key, wrapped) = envelope::new_data_key(&shared.keys, owner(enquiry), &mut randomness)?;
        let wrapped = (wrapped.as_bytes().to_vec(), master.as_str());
        let wrapped = under_master_in_force(conn, shared, WrappedFor::Enquiry(enquiry), wrapped)?;
        let row = EnquiryKeyRow { enquiry_id: enquiry, wrapped, created_at: at };
        enquiry_contents::insert_key(conn, &row)?;
        Ok(Self { enquiry, key, randomness, at })
    }

    /// A sealer with the key that is there.
    ///
    /// # Errors
    /// [`Failure::Missing`] where there is none; the vault's and the database's failures.
    pub(super) fn of(conn: &mut Conn, shared: &Shared, enquiry: EnquiryId, at: DateTime<Utc>) -> Result<Self, Failure> {
        let key = keys(conn, &shared.keys, &[enquiry])?.remove(&enquiry).ok_or(Failure::Missing)?;
        Ok(Self { enquiry, key, randomness: shared.randomness.clone(), at })
    }

    /// Seals a text and gives its reference.
    ///
    /// # Errors
    /// The vault's and the database's failures.
    pub(super) fn text(&mut self, conn: &mut Conn, kind: TextKind, words: &str) -> Result<TextRef, Failure> {
        let id = TextId::new(self.at, &mut self.randomness);
        let salt = Salt::new(&mut self.randomness);
        let salted: Vec<u8> = salt.as_bytes().iter().chain(words.as_bytes()).copied().collect();
        let row = EnquiryTextRow {
            id,
            enquiry_id: self.enquiry,
            kind: kind.as_str().to_owned(),
            sealed: self.key.seal(&place(self.enquiry, id), &salted, &mut self.randomness)?,
            created_at: self.at,
        };
        enquiry_contents::insert_text(conn, &row)?;
        Ok(TextRef { id, digest: digest::salted(&salt, words.as_bytes()) })
    }
}

fn keys(conn: &mut Conn, keys: &Keys, of: &[EnquiryId]) -> Result<HashMap<EnquiryId, DataKey>, Failure> {
    let rows = enquiry_contents::list_keys(conn, of)?.into_iter();
    rows.map(|row| {
        let wrapped = WrappedKey::from_bytes(row.wrapped);
        Ok((row.enquiry_id, envelope::unwrap(keys, owner(row.enquiry_id), &wrapped)?))
    })
    .collect()
}

/// Texts that were opened, each with its digest.
pub(super) struct Contents(HashMap<TextId, (String, Digest)>);

impl Contents {
    /// Opens the texts of these enquiries, those of one kind where one is given: two queries, however many.
    ///
    /// # Errors
    /// [`Failure::Broken`] for a row that was tampered with; the database's failures.
    pub(super) fn of(
        conn: &mut Conn,
        shared: &Shared,
        of: &[EnquiryId],
        kind: Option<TextKind>,
    ) -> Result<Self, Failure> {
        let keys = keys(conn, &shared.keys, of)?;
        let mut opened = HashMap::new();
        for row in enquiry_contents::list_texts(conn, of, kind.map(TextKind::as_str))? {
            let Some(key) = keys.get(&row.enquiry_id) else { continue };
            let salted = key.open(&place(row.enquiry_id, row.id), &row.sealed)?;
            let (salt, content) = salted
                .split_at_checked(Salt::BYTES)
                .and_then(|(salt, content)| Salt::from_bytes(salt).map(|salt| (salt, content)))
                .ok_or_else(|| Failure::broken("a sealed row is shorter than its salt"))?;
            let words = String::from_utf8(content.to_vec()).map_err(Failure::broken)?;
            let digest = digest::salted(&salt, content);
            opened.insert(row.id, (words, digest));
        }
        Ok(Self(opened))
    }

    /// The words of a text; none where they do not open.
    pub(super) fn words(&self, text: TextRef) -> Option<String> {
        self.0.get(&text.id).map(|(words, _)| words.clone())
    }

    /// Whether a text is the one that was recorded.
    pub(super) fn is(&self, text: TextRef) -> bool {
        self.0.get(&text.id).is_some_and(|(_, digest)| *digest == text.digest)
    }

    /// Who wrote.
    ///
    /// # Errors
    /// [`Failure::Broken`] for what is no person.
    pub(super) fn writer(&self, text: TextRef) -> Result<Option<Person>, Failure> {
        let words = self.words(text);
        words.map(|words| serde_json::from_str(&words).map_err(Failure::broken)).transpose()
    }
}

/// Who wrote an enquiry: to whom its mail goes.
///
/// # Errors
/// [`Failure::Missing`] where there is none such; [`Failure::Broken`] for rows that were tampered with.
pub(in crate::office) fn writer_of(conn: &mut Conn, shared: &Shared, id: EnquiryId) -> Result<Option<Person>, Failure> {
    let (enquiry, _) = super::recording::load(conn, id)?;
    Contents::of(conn, shared, &[id], Some(TextKind::Writer))?.writer(enquiry.opening.writer)
}
