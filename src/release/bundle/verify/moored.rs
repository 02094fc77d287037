//! The files of proceedings in a bundle against the journal of the case, which names every entry of them.

use std::collections::BTreeMap;

use super::contents::lines;
use super::members::Taken;
use super::{Finding, Verified};
use crate::case::{Entry, Event};
use crate::ids::ProceedingId;
use crate::journal::mooring::{self, Anchor};
use crate::journal::verify::Stored;
use crate::release::bundle::{ProceedingLine, place};

/// Holds every file against what the journal names of it, and every one that is named against what is there.
pub(super) fn hold(taken: &Taken, entries: &[Entry], verified: &mut Verified) {
    let Some(lines) = lines::<ProceedingLine>(taken, place::PROCEEDINGS, verified) else { return };
    let mut files: BTreeMap<ProceedingId, (Vec<Stored<'_>>, Vec<Anchor>)> = BTreeMap::new();
    for ProceedingLine { proceeding, link, body } in &lines {
        let (algorithm, previous, hash) = (&link.algorithm, &link.previous, &link.hash);
        files.entry(*proceeding).or_default().0.push(Stored { seq: link.seq, body, algorithm, previous, hash });
    }
    for entry in entries {
        if let Event::ProceedingAnchored { proceeding, entry: seq, digest } = &entry.event {
            files.entry(*proceeding).or_default().1.push(Anchor { seq: *seq, hash: digest.to_string() });
        }
    }
    for (proceeding, (rows, anchors)) in files {
        let adrift = mooring::adrift(proceeding, &rows, &anchors);
        verified.findings.extend(adrift.into_iter().map(|how| Finding::Adrift { proceeding, how }));
    }
    verified.of_proceedings = lines.len();
}
