//! What an applicant thought of it, once it was over: one to five, and a few words, sealed like all that people write. It
//! is no act of the case: nothing in the case follows from it, and the journal does not know of it.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::public::{Code, Tracking};
use super::sealing::{Opener, Sealer};
use super::{Office, Shared, projection};
use crate::case::Case;
use crate::clock::day_in_china;
use crate::law::outcome::Outcome;
use crate::storage::ratings::{self, RatingRow};
use crate::storage::{Conn, case_keys};

/// Calendar days after the first rating within which it may be changed.
const CHANGED_WITHIN: u64 = 30;

/// Where the comment is kept: what is sealed opens nowhere else.
const COLUMN: &str = "ratings.comment";

/// What the applicant thought of it. It takes the place of what was said before, comment and all.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// 1 to 5; 5 is best.
    #[schema(minimum = 1, maximum = 5)]
    pub satisfaction: u8,
    /// In words; blank is none.
    #[schema(max_length = 500)]
    pub comment: Option<String>,
}

/// A rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RatingView {
    /// 1 to 5; 5 is best.
    pub satisfaction: i32,
    /// In words; none if there are none, they were destroyed, or they are not for this reader.
    pub comment: Option<String>,
    /// When it was first given.
    pub rated_at: DateTime<Utc>,
}

impl Office {
    /// Rates an application that is over, or changes what was said of it.
    ///
    /// # Errors
    /// As [`Office::track`]; [`Failure::Contrary`] before it is over and once the time for changes has passed.
    pub async fn rate(&self, receipt_no: &str, code: &Code, input: Feedback) -> Result<Tracking, Failure> {
        let id = self.open_with_code(receipt_no, code).await?;
        let shared = self.shared();
        self.db()
            .write(move |conn| {
                let (case, _) = projection::load(conn, id)?;
                let now = shared.clock.now();
                let stands = ratings::find(conn, id)?;
                if let Some(bar) = bar(conn, &case, stands.as_ref(), day_in_china(now))? {
                    return Err(bar);
                }
                let comment = Reader::new().optional(input.comment.as_deref());
                let comment = comment.map(|words| sealed(conn, &shared, &case, &words, now)).transpose()?;
                let rated_at = stands.map_or(now, |row| row.rated_at);
                let row = RatingRow {
                    case_id: id,
                    agency_id: case.agency(),
                    satisfaction: i32::from(input.satisfaction),
                    comment,
                    rated_at,
                    changed_at: now.max(rated_at),
                };
                Ok(ratings::set(conn, &row)?)
            })
            .await?;
        self.track(receipt_no, code).await
    }
}

/// What stands in the way of rating the case today, or of changing the rating that `stands`; none if nothing does.
///
/// # Errors
/// The database's failures.
pub(super) fn bar(
    conn: &mut Conn,
    case: &Case,
    stands: Option<&RatingRow>,
    today: NaiveDate,
) -> Result<Option<Failure>, Failure> {
    let withdrawn = case.closing.as_ref().is_some_and(|closing| closing.outcome == Outcome::Withdrawn);
    if case.served.is_none() && !withdrawn {
        return Ok(Some(Failure::contrary(
            "答复送达或者申请撤回以后，才可以评价。",
            "An application can be rated once its reply was served or it was withdrawn.",
        )));
    }
    if let Some(last) = stands.map(|row| day_in_china(row.rated_at) + Days::new(CHANGED_WITHIN))
        && today > last
    {
        return Ok(Some(Failure::contrary(
            format!("评价可以在首次提交后{CHANGED_WITHIN}日内修改，已于{last}截止。"),
            format!("A rating may be changed within {CHANGED_WITHIN} days of when it was given: until {last}."),
        )));
    }
    Ok(case_keys::find_destroyed(conn, case.id)?.map(|_| {
        Failure::contrary(
            "该申请的内容已经按期销毁，不能再评价。",
            "The contents of this application were destroyed when their time was over; it cannot be rated any more.",
        )
    }))
}

/// A rating for a reader, with its words for those who may see them.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for words that were tampered with.
pub(super) fn view(
    conn: &mut Conn,
    shared: &Shared,
    row: RatingRow,
    with_comment: bool,
) -> Result<RatingView, Failure> {
    let comment = match row.comment.filter(|_| with_comment) {
        None => None,
        Some(sealed) => {
            let opener = Opener::of(conn, &[row.case_id], &shared.keys)?;
            opener.beside(row.case_id, row.case_id.uuid(), COLUMN, &sealed)?
        }
    };
    Ok(RatingView { satisfaction: row.satisfaction, comment, rated_at: row.rated_at })
}

fn sealed(conn: &mut Conn, shared: &Shared, case: &Case, words: &str, at: DateTime<Utc>) -> Result<Vec<u8>, Failure> {
    let mut sealer = Sealer::of_case(conn, case.id, &shared.keys, shared.randomness.clone(), at, shared.search)?;
    sealer.beside(case.id.uuid(), COLUMN, words)
}
