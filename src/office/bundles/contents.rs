//! What the journal refers to, as lines of data: each content with the salt of its digest, or why it is left out.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::material::Material;
use crate::ids::FileId;
use crate::office::failure::Failure;
use crate::office::sealing::Revealed;
use crate::release::bundle::{ChainLine, ContentLine, Kind, ProceedingLine, Withheld};
use crate::storage::proceeding_journal::ProceedingEntryRow;
use crate::vault::Digest;

/// The lines for everything that any entry refers to, each once, in the order of the journal. `members`: where the bytes of
/// files lie.
///
/// # Errors
/// [`Failure::Broken`] when a content is not what the journal says.
pub(super) fn lines(material: &Material, members: &BTreeMap<FileId, String>) -> Result<Vec<ContentLine>, Failure> {
    let mut told: BTreeSet<(Kind, Uuid)> = BTreeSet::new();
    let mut lines = Vec::new();
    for event in material.case.journal().iter().map(|entry| &entry.event) {
        for text in event.texts() {
            if told.insert((Kind::Text, text.id.uuid())) {
                let held = material.texts.get(&text.id);
                let (revealed, withheld) = held.map_or((None, None), |held| (held.revealed.as_ref(), held.withheld));
                lines.push(line(Kind::Text, text.id.uuid(), text.digest, revealed, withheld)?);
            }
        }
        for person in event.people() {
            if told.insert((Kind::Person, person.id.uuid())) {
                let held = material.people.get(&person.id);
                let (revealed, withheld) = held.map_or((None, None), |held| (held.revealed.as_ref(), held.withheld));
                lines.push(line(Kind::Person, person.id.uuid(), person.digest, revealed, withheld)?);
            }
        }
        for file in event.files() {
            if told.insert((Kind::File, file.id.uuid())) {
                let held = material.files.get(&file.id);
                let (revealed, withheld) = held.map_or((None, None), |held| (held.revealed.as_ref(), held.withheld));
                let line = line(Kind::File, file.id.uuid(), file.digest, revealed, withheld)?;
                lines.push(ContentLine { member: members.get(&file.id).cloned(), ..line });
            }
        }
    }
    Ok(lines)
}

fn line(
    of: Kind,
    id: Uuid,
    digest: Digest,
    revealed: Option<&Revealed>,
    withheld: Option<Withheld>,
) -> Result<ContentLine, Failure> {
    let left_out = |why| ContentLine { of, id, salt: None, content: None, member: None, withheld: Some(why) };
    let Some(revealed) = revealed else { return Ok(left_out(withheld.unwrap_or(Withheld::Destroyed))) };
    if revealed.digest != digest {
        return Err(Failure::broken(format!("{of} {id} differs from its digest in the journal: run dafu check")));
    }
    if let Some(why) = withheld {
        return Ok(left_out(why));
    }
    let (salt, content) = (Some(revealed.salt.clone()), Some(revealed.content.clone()));
    Ok(ContentLine { of, id, salt, content, member: None, withheld: None })
}

/// The links of the chain.
///
/// # Errors
/// [`Failure::Broken`] for a number that is none.
pub(super) fn chain(material: &Material) -> Result<Vec<ChainLine>, Failure> {
    let link = |row: &crate::storage::journal::JournalRow| {
        Ok(ChainLine {
            seq: u32::try_from(row.seq).map_err(Failure::broken)?,
            algorithm: row.algorithm.clone(),
            previous: row.previous.clone(),
            hash: row.hash.clone(),
        })
    };
    material.rows.iter().map(link).collect()
}

/// The entries of the files of proceedings.
///
/// # Errors
/// [`Failure::Broken`] for a number that is none.
pub(super) fn of_proceedings(material: &Material) -> Result<Vec<ProceedingLine>, Failure> {
    let line = |row: &ProceedingEntryRow| {
        let (algorithm, previous, hash) = (row.algorithm.clone(), row.previous.clone(), row.hash.clone());
        let seq = u32::try_from(row.seq).map_err(Failure::broken)?;
        let link = ChainLine { seq, algorithm, previous, hash };
        Ok(ProceedingLine { proceeding: row.proceeding_id, link, body: row.body.clone() })
    };
    material.proceeding_rows.iter().map(line).collect()
}

/// Values as JSON, one a line.
///
/// # Errors
/// [`Failure::Broken`], never seen.
pub(super) fn json_lines<T: serde::Serialize>(values: &[T]) -> Result<String, Failure> {
    let mut text = String::new();
    for value in values {
        text.push_str(&serde_json::to_string(value).map_err(Failure::broken)?);
        text.push('\n');
    }
    Ok(text)
}
