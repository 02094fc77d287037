//! Finding the cases that may be alike and opening them: one query for each kind of row, never one a case.

use std::collections::{BTreeSet, HashMap};

use super::frequency::applicant_of;
use super::score::{Score, compare};
use super::views::LikeCase;
use crate::case::{Case, Stage};
use crate::ids::CaseId;
use crate::law::outcome::{self, Outcome};
use crate::office::failure::Failure;
use crate::office::sealing::{Opener, TextKind};
use crate::office::search::grams_of;
use crate::office::views::{AgencyName, term};
use crate::office::{Shared, contents};
use crate::storage::cases::CaseRow;
use crate::storage::people::PersonIndex;
use crate::storage::{Conn, cases, people, search, texts};

/// Cases that are opened and compared at most: by subject those that share most pairs, by applicant the newest.
const COMPARED_MAX: i64 = 200;

/// A pair of characters in more cases than these, of all agencies, is too common to look cases up by.
const COMMON_FROM: i64 = 5_000;

/// Another case, compared with the one that was asked about.
pub(super) struct Like {
    pub(super) row: CaseRow,
    subject: Option<String>,
    applicant: Option<String>,
    /// The blind index of the applicant's number.
    pub(super) identity: Option<String>,
    pub(super) score: Score,
    pub(super) same_applicant: bool,
    pub(super) earlier: bool,
}

/// All that was found.
pub(super) struct Gathered {
    /// The newest first.
    pub(super) likes: Vec<Like>,
    /// The blind index of this applicant's own number.
    pub(super) identity: Option<String>,
    /// Whether this case still has a subject to compare.
    pub(super) has_subject: bool,
}

/// The cases of the same agency that have the same applicant or share pairs of characters with the subject.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(super) fn gather(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Gathered, Failure> {
    let agency = case.agency();
    let own = applicant_of(conn, case)?;
    let identity = own.as_ref().and_then(|row| row.identity_index.clone());
    let index = own.map(|row| row.identity_index.map_or(PersonIndex::Name(row.name_index), PersonIndex::Identity));
    let mut same: BTreeSet<CaseId> = BTreeSet::new();
    if let Some(index) = &index {
        same.extend(people::list_cases_by_index(conn, index, "applicant", &[agency], COMPARED_MAX)?);
        same.remove(&case.id);
    }
    let subject = subject_of(conn, shared, case)?;
    let mut found = same.clone();
    if let Some(subject) = subject.as_deref().filter(|_| shared.search) {
        found.extend(search::list_sharing(conn, &grams_of(subject), COMMON_FROM, agency, case.id, COMPARED_MAX)?);
    }
    let ids: Vec<CaseId> = found.into_iter().collect();
    let opener = Opener::of(conn, &ids, &shared.keys)?;
    let mut subjects = HashMap::new();
    for row in texts::list_of_cases(conn, &ids, TextKind::Subject.as_str())? {
        if let Some(opened) = opener.text(&row)? {
            subjects.insert(row.case_id, opened.words);
        }
    }
    let mut applicants = HashMap::new();
    for row in people::list_of_cases(conn, &ids)?.into_iter().filter(|row| row.part == "applicant") {
        let name = opener.person(&row)?.map(|person| contents::mask_name(&person.name));
        applicants.insert(row.case_id, (name, row.identity_index));
    }
    let mut rows = cases::list_of(conn, &ids)?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    let likes = rows.into_iter().map(|row| {
        let (applicant, identity) = applicants.remove(&row.id).unwrap_or_default();
        let theirs = subjects.remove(&row.id);
        let score = match (subject.as_deref(), theirs.as_deref()) {
            (Some(ours), Some(theirs)) => compare(ours, theirs),
            _ => Score { score: 0, matched: Vec::new() },
        };
        Like {
            subject: theirs,
            applicant,
            identity,
            score,
            same_applicant: same.contains(&row.id),
            earlier: (row.created_at, row.id) < (case.filed_at, case.id),
            row,
        }
    });
    Ok(Gathered { likes: likes.collect(), identity, has_subject: subject.is_some() })
}

fn subject_of(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Option<String>, Failure> {
    let opener = Opener::of(conn, &[case.id], &shared.keys)?;
    let Some(row) = texts::find(conn, case.particulars.subject.id)? else { return Ok(None) };
    Ok(opener.text(&row)?.map(|opened| opened.words))
}

impl Like {
    /// How it ended.
    fn outcome(&self) -> Option<Outcome> {
        self.row.outcome.as_deref().and_then(|word| word.parse().ok())
    }

    /// Whether it was closed by a reply.
    pub(super) fn is_answered(&self) -> bool {
        self.row.closed_on.is_some() && self.outcome().is_some_and(|outcome| outcome::rule(outcome).by_reply)
    }

    /// As it is shown.
    pub(super) fn view(&self, agency: &AgencyName) -> LikeCase {
        let rule = self.outcome().map(outcome::rule);
        LikeCase {
            id: self.row.id,
            receipt_no: self.row.receipt_no.clone(),
            number: self.row.number.clone(),
            agency: agency.clone(),
            subject: self.subject.clone(),
            applicant: self.applicant.clone(),
            arrived_on: self.row.arrived_on,
            received_on: self.row.received_on,
            stage: self.row.stage.parse::<Stage>().ok().map(|stage| term!(stage)),
            outcome: self.outcome().map(|outcome| term!(outcome)),
            report_row: rule.and_then(|rule| rule.report_row),
            articles: rule.map(|rule| rule.articles.iter().map(|one| (*one).into()).collect()).unwrap_or_default(),
            closed_on: self.row.closed_on,
            late: self.row.late,
            score: self.score.score,
            matched: self.score.matched.clone(),
            same_applicant: self.same_applicant,
            earlier: self.earlier,
            answered: self.is_answered(),
            stood: None,
            overturned: Vec::new(),
            overturned_outcome: None,
        }
    }
}
