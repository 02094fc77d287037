//! Likeness: what an officer should have seen before registering or answering a case. Cases of the same applicant and of a
//! like subject, each with the words that made it alike, how often this applicant asks, and what may follow from it
//! (Regulation arts 35, 36 item 6, 42, 44).
//!
//! Only cases of the case's own agency, and only for those who work on them: which requests are of one person is what a
//! mask hides from those who watch.

pub mod frequency;
mod gathering;
pub mod score;
mod standing;
mod suggestions;
pub mod views;

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::failure::Failure;
use super::log::{Kind, Look};
use super::permission::{Deed, Officer, permit};
use super::views::{AgencyName, term};
use super::{Office, Shared, projection};
use crate::case::Case;
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::storage::{Conn, agencies};
use gathering::Like;
use views::{LikeCase, LikenessNote, SimilarCases};

/// Cases of each list unless asked otherwise.
const SHOWN: u32 = 20;
/// At most so many.
const SHOWN_MAX: u32 = 100;

/// Subjects less alike than this have only common words in common, such as 合同.
const SHOWN_FROM: u8 = 30;

/// How many to show.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SimilarQuery {
    /// Cases of each of the two lists: 1 to 100, 20 if missing.
    pub limit: Option<u32>,
}

impl Office {
    /// What is like a case, at its agency. Open in every stage, so that the clerk sees it before registering.
    ///
    /// # Errors
    /// [`Failure::Missing`]; [`Failure::Forbidden`] for those who only watch; [`Failure::Invalid`]; the database's failures.
    pub async fn similar(&self, officer: &Officer, id: CaseId, query: SimilarQuery) -> Result<SimilarCases, Failure> {
        let limit = query.limit.unwrap_or(SHOWN);
        if !(1..=SHOWN_MAX).contains(&limit) {
            return Err(Failure::invalid("?limit", "每项1至100件。", "Each list has 1 to 100 cases."));
        }
        let (shared, by) = (self.shared(), officer.clone());
        let (found, agency, absent) = self
            .db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, id)?;
                let lineage = projection::lineage(conn, case.agency())?;
                permit(&by, Deed::Compare, &lineage)?;
                let absent = by.acts_as(Deed::Compare, &lineage).absent();
                let found = similar(conn, &shared, &case, usize::try_from(limit).map_err(Failure::broken)?)?;
                Ok::<_, Failure>((found, case.agency(), absent))
            })
            .await?;
        self.note_look(officer, Look::new(Kind::Similar), id, agency, absent).await?;
        Ok(found)
    }
}

fn similar(conn: &mut Conn, shared: &Shared, case: &Case, limit: usize) -> Result<SimilarCases, Failure> {
    let agency = agencies::load(conn, case.agency())?;
    let agency = AgencyName { slug: agency.slug, name: agency.name };
    let gathered = gathering::gather(conn, shared, case)?;
    let frequency = frequency::frequency(conn, case, day_in_china(shared.clock.now()))?;
    let suggestions = suggestions::suggestions(&gathered, &frequency);
    let mut alike: Vec<&Like> =
        gathered.likes.iter().filter(|like| shared.search && like.score.score >= SHOWN_FROM).collect();
    // A stable sort: of equals, the newest stays first.
    alike.sort_by_key(|like| std::cmp::Reverse(like.score.score));
    let shown =
        |likes: Vec<&Like>| -> Vec<LikeCase> { likes.into_iter().take(limit).map(|like| like.view(&agency)).collect() };
    let note = match (gathered.has_subject, shared.search) {
        (false, _) => Some(LikenessNote::ContentDestroyed),
        (true, false) => Some(LikenessNote::SearchOff),
        (true, true) => None,
    };
    let mut same_applicant = shown(gathered.likes.iter().filter(|like| like.same_applicant).collect());
    let mut same_subject = shown(alike);
    standing::fill(conn, &mut same_applicant)?;
    standing::fill(conn, &mut same_subject)?;
    Ok(SimilarCases { same_applicant, same_subject, frequency, suggestions, note: note.map(|note| term!(note)) })
}
