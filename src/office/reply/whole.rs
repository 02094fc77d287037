//! The whole text of a reply as it is signed: one plain text, made from the draft, the case and the agency in a fixed order,
//! so that the signature stands over every word the applicant gets. Sealed like any text; the journal has its digest.

use crate::case::terms::{Separability, Stated, TextRef, WithheldPart};
use crate::law::article::cited_zh;
use crate::law::outcome;
use crate::office::contents::Contents;
use crate::office::desk::Desk;
use crate::office::failure::Failure;
use crate::office::letters;
use crate::office::sealing::TextKind;

/// Makes the letter of the case's draft and seals its whole text; none without a draft.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with; [`Failure::Invalid`] for what cannot be
/// printed.
pub(super) fn sealed(desk: &mut Desk<'_>) -> Result<Option<TextRef>, Failure> {
    if desk.case.draft.is_none() {
        return Ok(None);
    }
    let today = desk.today;
    let with_count = desk.agency.deadline_annex;
    let letter = letters::reply(desk, today, with_count)?;
    desk.text(TextKind::SignedReply, &letter.plain()).map(Some)
}

/// Whether the reply, made again now, is the very text that was signed: since then the applicant, the date of receipt or
/// the bodies its letters name may have been set otherwise.
///
/// # Errors
/// As [`sealed`].
pub(in crate::office) fn stands(desk: &mut Desk<'_>) -> Result<bool, Failure> {
    let Some(draft) = desk.case.draft.clone() else { return Ok(true) };
    let (Some(signed), Some(on)) = (draft.signed, draft.signed_on) else { return Ok(true) };
    let case = desk.case.clone();
    let contents = desk.whole_contents(&case)?;
    let Some(signed) = contents.words(signed) else { return Ok(false) };
    // With the count of its days or without, as the agency had it then.
    for with_count in [false, true] {
        if signed == letters::reply(desk, on, with_count)?.plain() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a draft says beside its letter: a line for each statement, each part withheld, and the question of separating.
pub(in crate::office) fn stated(
    statements: &[Stated],
    parts: &[WithheldPart],
    separability: Option<&Separability>,
    contents: &Contents,
) -> Vec<String> {
    let words = |text: TextRef| contents.words(text).unwrap_or_default();
    let mut lines: Vec<String> =
        statements.iter().map(|one| format!("{}：{}", one.statement.zh(), words(one.text))).collect();
    for (number, part) in (1..).zip(parts) {
        lines.push(format!(
            "不予公开的部分（{number}）：{}。类别：{}。依据：{}。理由：{}",
            words(part.part),
            part.kind.zh(),
            cited_zh(outcome::rule(part.ground).articles),
            words(part.reason),
        ));
    }
    lines.extend(separability.map(|one| format!("区分处理：{}。{}", one.finding.zh(), words(one.reason))));
    lines
}
