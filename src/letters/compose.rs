//! From facts and a wording to a letter.

use super::engine;
use super::facts::Facts;
use super::letter::Letter;
use super::marks;
use crate::law::letter::LetterKind;
use crate::law::outcome::Outcome;
use crate::wording::WordingFault;

/// A letter to be made.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// Which.
    pub kind: LetterKind,
    /// What a reply or a lapse decides.
    pub outcome: Option<Outcome>,
    /// The wording.
    pub wording: &'a str,
    /// What it may say.
    pub facts: &'a Facts,
}

/// Makes the letter.
///
/// # Errors
/// [`WordingFault`] for a wording that does not fit the facts.
pub fn compose(draft: &Draft<'_>) -> Result<Letter, WordingFault> {
    let facts = draft.facts;
    let (blocks, annexes) = marks::read(&engine::fill(draft.wording, facts)?);
    let agency = &facts.agency;
    let contact =
        format!("联系机构：{}　地址：{}　电话：{}", agency.office_name, agency.office_address, agency.office_phone);
    Ok(Letter {
        kind: draft.kind,
        issuer: agency.name.clone(),
        number: facts.number.clone(),
        title: draft.kind.title(draft.outcome).to_owned(),
        addressee: if is_addressed(draft.kind) { facts.addressee.clone() } else { String::new() },
        blocks,
        contact,
        on: facts.on,
        annexes,
    })
}

/// Sheets of the file are for whoever opens it.
const fn is_addressed(kind: LetterKind) -> bool {
    kind.is_issued() || matches!(kind, LetterKind::Receipt | LetterKind::DownloadReceipt)
}

#[cfg(test)]
mod tests {
    use crate::letters::{sample, wordings};

    #[test]
    fn every_wording_says_what_its_sample_knows() {
        for (kind, outcome) in wordings::all() {
            let letter = sample::letter(kind, outcome, wordings::embedded(kind, outcome))
                .unwrap_or_else(|fault| panic!("{kind} {outcome:?}: {fault}"));
            let name = outcome.map_or_else(|| kind.to_string(), |outcome| format!("{kind}_{outcome}"));
            insta::assert_snapshot!(name, letter.plain());
        }
    }
}
