//! Files, and what is handed out of them (条例 arts 15, 37, 40): who may see what, from when, and after how many looks.

use std::collections::BTreeSet;

use super::{misplaced, on};
use crate::case::command::Command;
use crate::case::event::{Delivery, Event};
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::{Case, CaseFile};
use crate::case::terms::{DeliveryWay, FilePurpose, TextRef, Visibility};
use crate::ids::FileId;
use crate::law::letter::LetterKind;

/// What such a command causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::AttachFile { file, purpose, format, size, redaction } => {
            if let Some(redaction) = &redaction {
                known(case, redaction.of)?;
            }
            Ok(Event::FileAttached { file, purpose, format, size, redaction })
        }
        Command::ShowFile { file, to, from, reason } => {
            may_be_shown(known(case, file)?, to)?;
            Ok(Event::FileShown { file, to, from: from.filter(|_| to == Visibility::Public), reason })
        }
        Command::CheckFile { file, remark } => {
            let one = known(case, file)?;
            if !one.waits_for_check() {
                return Err(Refusal::NoCheckPending);
            }
            // Two pairs of eyes, and no lent ones.
            if one.decided_by.is_some() && (one.decided_by == at.actor.staff() || one.decided_by == at.actor.absent()) {
                return Err(Refusal::OwnDecision);
            }
            Ok(Event::FileChecked { file, remark })
        }
        Command::Release { files, last, letter, found, accepted } => {
            released(case, files, last, letter, found, accepted)
        }
        Command::RecordDelivery { letter, delivery } => recorded(case, letter, delivery, at),
        Command::Download { document } => {
            let again = case.fetched.iter().any(|one| one.document == document);
            if again { Err(Refusal::DownloadedAlready) } else { Ok(Event::Downloaded { document }) }
        }
        other => Err(misplaced(case, &other)),
    }
}

fn known(case: &Case, file: FileId) -> Result<&CaseFile, Refusal> {
    case.file(file).ok_or(Refusal::NoSuchFile)
}

/// Information leaves the office by a release, with its letter; proofs may be shown to the applicant as they are, working papers
/// to nobody outside (art. 16); only information that was released can be for everybody.
fn may_be_shown(file: &CaseFile, to: Visibility) -> Result<(), Refusal> {
    let is_information = file.purpose.can_be_released();
    let may = match to {
        Visibility::Office => !file.by_applicant,
        Visibility::Applicant => match file.purpose {
            FilePurpose::Working => false,
            _ => !is_information || file.released.is_some(),
        },
        Visibility::Public => is_information && file.released.is_some(),
    };
    if may { Ok(()) } else { Err(Refusal::FileStaysInside { purpose: file.purpose, to }) }
}

fn released(
    case: &Case,
    files: Vec<FileId>,
    last: bool,
    letter: TextRef,
    found: u32,
    accepted: Option<TextRef>,
) -> Result<Event, Refusal> {
    if files.is_empty() {
        return Err(Refusal::NothingToRelease);
    }
    let mut named = BTreeSet::new();
    for file in &files {
        let one = known(case, *file)?;
        if !one.purpose.can_be_released() {
            return Err(Refusal::FileStaysInside { purpose: one.purpose, to: Visibility::Applicant });
        }
        if one.released.is_some() || !named.insert(*file) {
            return Err(Refusal::ReleasedAlready);
        }
    }
    // Privacy yields to nothing but consent or the public interest (art. 15); somebody has to say which.
    if found > 0 && accepted.is_none() {
        return Err(Refusal::PersonalNumbersFound { found });
    }
    let part = u32::try_from(case.releases.len()).unwrap_or(u32::MAX).saturating_add(1);
    Ok(Event::Released { part, files, last, letter, found, accepted })
}

fn recorded(case: &Case, letter: u32, delivery: Delivery, at: &Moment<'_>) -> Result<Event, Refusal> {
    let issued = case.letter(letter).ok_or(Refusal::NoSuchLetter)?;
    if let Some(proof) = delivery.proof {
        known(case, proof)?;
    }
    let complete = match delivery.way {
        DeliveryWay::Post => delivery.posted_on.is_some() && delivery.number.is_some(),
        DeliveryWay::Email | DeliveryWay::Notice => delivery.posted_on.is_some(),
        DeliveryWay::Hand | DeliveryWay::Collection | DeliveryWay::Entrusted | DeliveryWay::Download => {
            delivery.received_on.is_some()
        }
    };
    if !complete {
        return Err(Refusal::DeliveryIncomplete { way: delivery.way });
    }
    // The reply is issued when it is signed and leaves when it is served.
    let earliest = match (issued.kind, &case.served) {
        (LetterKind::Reply, None) => return Err(Refusal::NothingServed),
        (LetterKind::Reply, Some(served)) => served.on,
        _ => issued.on,
    };
    if let Some(posted) = delivery.posted_on {
        on(posted, earliest, at)?;
    }
    if let Some(received) = delivery.received_on {
        on(received, delivery.posted_on.unwrap_or(earliest), at)?;
    }
    Ok(Event::DeliveryRecorded { letter, delivery })
}
