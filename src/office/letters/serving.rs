//! The receipt of service (送达回证) of any letter, filled in from the register of service; blank where nothing is entered yet.

use super::facts::gathered_addressee;
use super::reading::{Format, LetterFile, sees_names};
use super::sheets;
use super::wordings::in_force;
use crate::case::Case;
use crate::case::state::IssuedLetter;
use crate::case::terms::{DeliveryWay, TextRef};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::law::letter::LetterKind;
use crate::letters::Letter;
use crate::letters::facts::ServiceFacts;
use crate::office::contents::Contents;
use crate::office::delivery::{self, Line};
use crate::office::failure::Failure;
use crate::office::permission::Officer;
use crate::office::{Office, Shared, projection};
use crate::storage::{Conn, agencies};

impl Office {
    /// The receipt of service of a letter, by the entry that issued it.
    ///
    /// # Errors
    /// As [`Office::letter`].
    pub async fn service_receipt(
        &self,
        officer: &Officer,
        id: CaseId,
        seq: u32,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        let letter = self
            .look(officer, id, move |conn, shared, case, officer| {
                sees_names(conn, case, officer)?;
                of_letter(conn, shared, case, Some(officer), seq)
            })
            .await?;
        self.written(letter, format).await
    }
}

/// The receipt of service of a letter, for an officer or (none) the applicant.
///
/// # Errors
/// [`Failure::Missing`] for what is no letter of the case; the database's failures.
pub(in crate::office) fn of_letter(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    officer: Option<&Officer>,
    seq: u32,
) -> Result<Letter, Failure> {
    let issued = case.letter(seq).ok_or(Failure::Missing)?;
    let agency = agencies::load(conn, case.agency())?;
    let lineage = projection::lineage(conn, agency.id)?;
    let contents = Contents::of(conn, shared, case, officer, &lineage)?;
    let today = day_in_china(shared.clock.now().max(case.dated_at));
    let kind = LetterKind::ServiceReceipt;
    let mut facts = sheets::common(case, &contents, &agency, today, kind);
    facts.addressee = gathered_addressee(case, issued, &contents).unwrap_or(facts.addressee);
    if issued.kind.is_of_proceeding() {
        facts.addressee = super::reading::open(conn, shared, case, issued)?.addressee;
    }
    facts.served = Some(served(case, issued, &contents, officer.is_some()));
    let (wording, _) = in_force(conn, agency.id, kind, None, today)?;
    super::written(kind, None, &wording, &facts).map(|written| written.letter)
}

/// What the register says of a letter. `in_words`: whether the office's own words are shown, which may name people who took it in; the
/// applicant is shown the number of a postal item alone.
pub(super) fn served(case: &Case, issued: &IssuedLetter, contents: &Contents, in_words: bool) -> ServiceFacts {
    let lines: Vec<Line> = delivery::lines(case).into_iter().filter(|line| line.letter == issued.seq).collect();
    let words = |text: Option<TextRef>| text.and_then(|text| contents.words(text));
    // What was proven first stands; else the last that was sent.
    let line = lines.iter().find(|line| line.delivery.received_on.is_some()).or_else(|| lines.last());
    let outcome = case.draft.as_ref().map(|draft| draft.outcome);
    let proofs = lines.iter().flat_map(|line| {
        let number = words(line.delivery.number).filter(|_| in_words || line.delivery.way == DeliveryWay::Post);
        number.into_iter().chain(words(line.delivery.remark).filter(|_| in_words))
    });
    let proofs: Vec<String> = proofs.collect();
    ServiceFacts {
        title: issued.kind.title(outcome).to_owned(),
        number: issued.number.clone(),
        way: line.map_or_else(|| "\u{3000}".to_owned(), |line| line.delivery.way.zh().to_owned()),
        place: None,
        on: line.and_then(|line| line.delivery.received_on.or(line.delivery.posted_on)),
        proof: (!proofs.is_empty()).then(|| proofs.join("；")),
    }
}

/// The letters that the applicant is proven to have received, oldest first.
pub(in crate::office) fn received_by_applicant(case: &Case) -> Vec<u32> {
    let lines = delivery::lines(case);
    let received = |seq: u32| lines.iter().any(|line| line.letter == seq && line.delivery.received_on.is_some());
    case.letters.iter().filter(|one| one.kind.is_to_applicant() && received(one.seq)).map(|one| one.seq).collect()
}
