//! Every version of a draft reply: who wrote it, why it came back, and what was changed after that.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::contents::Contents;
use super::failure::Failure;
use super::redline::{Segment, segments};
use super::reply::whole;
use super::views::{StaffName, Term, term};
use super::{Office, Officer, Shared, projection};
use crate::case::{Case, Event, apply};
use crate::ids::{CaseId, StaffId};
use crate::storage::{Conn, staff};

/// A draft that was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SentBackView {
    /// The entry of the journal.
    pub seq: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Option<StaffName>,
    /// At which step of approval.
    pub step: Term,
    /// Why; none once destroyed.
    pub reason: Option<String>,
}

/// One version of the draft reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DraftVersion {
    /// The entry of the journal.
    pub seq: u32,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    pub author: Option<StaffName>,
    /// In whose place, where the author stood in for somebody.
    pub on_behalf_of: Option<StaffName>,
    /// What it decides.
    pub outcome: Term,
    /// Grounds of what is withheld.
    pub withheld: Vec<Term>,
    /// Its letter and, line by line, what it states beside; none once destroyed.
    pub text: Option<String>,
    /// Whether it went to review at once.
    pub submitted: bool,
    /// Whether its entry was annulled later.
    pub annulled: bool,
    /// What was said when it was sent back, oldest first.
    pub sent_back: Vec<SentBackView>,
    /// How its text came from that of the version before; none for the first, and once either is destroyed.
    pub changes: Option<Vec<Segment>>,
}

impl Office {
    /// Every version of the draft reply of a case, oldest first.
    ///
    /// # Errors
    /// As [`Office::case`].
    pub async fn draft_versions(&self, officer: &Officer, id: CaseId) -> Result<Vec<DraftVersion>, Failure> {
        self.look(officer, id, versions).await
    }
}

fn versions(conn: &mut Conn, shared: &Shared, case: &Case, officer: &Officer) -> Result<Vec<DraftVersion>, Failure> {
    let lineage = projection::lineage(conn, case.agency())?;
    let contents = Contents::of(conn, shared, case, Some(officer), &lineage)?;
    let names: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let named = |id: StaffId| StaffName { id, name: names.get(&id).cloned().unwrap_or_default() };
    let left_out = apply::annulled(case.journal());
    let mut versions: Vec<DraftVersion> = Vec::new();
    for entry in case.journal() {
        match &entry.event {
            Event::Drafted { outcome, withheld, letter, submitted, statements, parts, separability, .. } => {
                let beside = whole::stated(statements, parts, separability.as_ref(), &contents);
                let text = contents.words(*letter).map(|letter| [vec![letter], beside].concat().join("\n"));
                let before = versions.iter().rev().find(|version| !version.annulled);
                let changes = before.and_then(|version| version.text.as_deref().zip(text.as_deref()));
                versions.push(DraftVersion {
                    seq: entry.seq,
                    at: entry.at,
                    author: entry.actor.staff().map(named),
                    on_behalf_of: entry.actor.absent().map(named),
                    outcome: term!(*outcome),
                    withheld: withheld.iter().map(|part| term!(*part)).collect(),
                    changes: changes.map(|(before, after)| segments(before, after)),
                    text,
                    submitted: *submitted,
                    annulled: left_out.contains(&entry.seq),
                    sent_back: Vec::new(),
                });
            }
            Event::SentBack { step, reason } if !left_out.contains(&entry.seq) => {
                if let Some(version) = versions.iter_mut().rev().find(|version| !version.annulled) {
                    version.sent_back.push(SentBackView {
                        seq: entry.seq,
                        at: entry.at,
                        by: entry.actor.staff().map(named),
                        step: term!(*step),
                        reason: contents.words(*reason),
                    });
                }
            }
            _ => {}
        }
    }
    Ok(versions)
}
