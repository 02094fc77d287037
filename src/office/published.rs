//! What was asked for and has been published since (条例 art. 44): a list for everybody, and what of it is like a request that
//! is being written, so that nobody has to wait twenty working days for what can be read today.
//!
//! A title and a summary are written for it; both are looked through for numbers of people before they are taken.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::desk::Desk;
use super::failure::{Failure, Problem};
use super::log::{Change, Kind, Note};
use super::permission::{Deed, permit};
use super::search::{grams_of, holds};
use super::views::AgencyName;
use super::{Office, Officer, projection};
use crate::ids::{AgencyId, CaseId};
use crate::law::outcome::Outcome;
use crate::release::privacy;
use crate::storage::Conn;
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::published_answers::{self, PublishedRow};

/// Answers a page.
const PAGE: usize = 20;

/// Like answers shown to somebody who is about to ask.
const LIKE: usize = 5;

/// Of a hundred pairs of characters of what is asked, so many are in an answer that is shown as like it.
const LIKE_FROM: usize = 40;

/// What to look for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PublishedQuery {
    /// A piece of title or summary: two characters or more.
    pub q: Option<String>,
    /// An agency by its short name, with all below it.
    pub agency: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
}

/// What is about to be asked.
#[derive(Debug, Clone, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LikeQuery {
    /// The words of the request.
    pub text: String,
}

/// A published answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublishedView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// The agency.
    pub agency: AgencyName,
    /// What it is.
    pub title: String,
    /// In some words.
    pub summary: String,
    /// Where it can be read: an address, or words.
    pub place: String,
    /// Since when.
    pub published_on: NaiveDate,
    /// How many found here what they were about to ask for.
    pub sufficed: i32,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublishedPage {
    /// The answers, the newest first.
    pub items: Vec<PublishedView>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// An answer as it goes on the list.
pub(super) struct ToPublish {
    /// What it is.
    pub title: String,
    /// In some words.
    pub summary: String,
    /// Where it can be read.
    pub place: String,
    /// Since when.
    pub on: NaiveDate,
}

impl Office {
    /// The list, or what of it holds a piece of text.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what cannot be looked for; [`Failure::Missing`] for an unknown agency; the database's failures.
    pub async fn published(&self, query: PublishedQuery) -> Result<PublishedPage, Failure> {
        self.db().read(move |conn| page(conn, &query)).await
    }

    /// What is like a request that is about to be sent; those that share most first.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn like_published(&self, text: &str) -> Result<Vec<PublishedView>, Failure> {
        let grams = grams_of(text);
        self.db().read(move |conn| like(conn, &grams)).await
    }

    /// One answer of the list.
    ///
    /// # Errors
    /// [`Failure::Missing`] for what is not on it; the database's failures.
    pub async fn published_answer(&self, case: CaseId) -> Result<PublishedView, Failure> {
        self.db()
            .read(move |conn| {
                let row = published_answers::find(conn, case)?.ok_or(Failure::Missing)?;
                let known = agencies::list(conn)?;
                Ok::<_, Failure>(view(row, &known))
            })
            .await
    }

    /// Somebody found there what they were about to ask for.
    ///
    /// # Errors
    /// [`Failure::Missing`] for what is not on the list; the database's failures.
    pub async fn published_sufficed(&self, case: CaseId) -> Result<(), Failure> {
        self.db().write(move |conn| published_answers::count_sufficed(conn, case).map_err(Failure::from)).await
    }

    /// Takes an answer off the list. That it was published stays in the journal of its case.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn take_off_published(&self, officer: &Officer, case: CaseId) -> Result<(), Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let row = published_answers::find(conn, case)?.ok_or(Failure::Missing)?;
                let act = Deed::Act(crate::case::Act::RecordPublication);
                let lineage = projection::lineage(conn, row.agency_id)?;
                permit(&officer, act, &lineage)?;
                let change = |field: &str, was: &str| Change {
                    field: field.to_owned(),
                    before: Some(was.to_owned()),
                    after: None,
                };
                let taken = [("/title", &row.title), ("/summary", &row.summary), ("/place", &row.place)];
                let note = Note::by(&officer, Kind::PublishedTakenOff).of(case).at(row.agency_id);
                note.in_place_of(officer.acts_as(act, &lineage).absent())
                    .changed(taken.into_iter().map(|(field, was)| change(field, was)).collect())
                    .write(conn, &shared)?;
                Ok::<_, Failure>(published_answers::delete(conn, row.case_id)?)
            })
            .await
    }
}

/// Puts the answer of the case on the list, in the act that records its publication.
///
/// # Errors
/// [`Failure::Invalid`] with every number of a person that was found in it; the database's failures.
pub(super) fn put_on(desk: &mut Desk<'_>, answer: &ToPublish) -> Result<(), Failure> {
    let granted = |outcome| matches!(outcome, Outcome::Granted | Outcome::PartlyGranted | Outcome::AlreadyPublic);
    if !desk.case.closing.as_ref().is_some_and(|closing| granted(closing.outcome)) {
        return Err(Failure::invalid(
            "/title",
            "只有已经答复公开的信息才列入公开目录；在别处公开的，只填写公开的位置。",
            "Only what was granted in a served reply goes on the list; for what was published elsewhere give the place alone.",
        ));
    }
    let mut problems = Vec::new();
    let case = desk.case.clone();
    let contents = desk.whole_contents(&case)?;
    let person = contents.person(case.particulars.applicant);
    let names: Vec<String> = person
        .into_iter()
        .flat_map(|person| [Some(person.name), person.contact_name])
        .flatten()
        .filter(|name| name.chars().count() > 1)
        .collect();
    for (pointer, text) in [("/title", &answer.title), ("/summary", &answer.summary)] {
        for name in names.iter().filter(|name| text.contains(name.as_str())) {
            problems.push(Problem::at(
                pointer,
                format!("含有申请人的姓名或者名称“{name}”，公开前请删去。"),
                format!("The applicant is named ({name:?}): take it out before publication."),
            ));
        }
    }
    for (pointer, text) in [("/title", &answer.title), ("/summary", &answer.summary), ("/place", &answer.place)] {
        problems.extend(privacy::look(text).into_iter().map(|one| {
            Problem::at(
                pointer,
                format!("第{}字起有{}“{}”，公开前请删去或者遮盖。", one.from + 1, one.kind.zh(), one.text),
                format!(
                    "From character {} there is a {} ({:?}): take it out or mask it before publication.",
                    one.from + 1,
                    one.kind.en(),
                    one.text
                ),
            )
        }));
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let row = PublishedRow {
        case_id: desk.case.id,
        agency_id: desk.agency.id,
        title: answer.title.clone(),
        summary: answer.summary.clone(),
        place: answer.place.clone(),
        published_on: answer.on,
        sufficed: 0,
    };
    published_answers::delete(desk.conn, row.case_id)?;
    let grams = grams_of(&format!("{} {}", row.title, row.summary));
    Ok(published_answers::insert(desk.conn, &row, &grams)?)
}

fn page(conn: &mut Conn, query: &PublishedQuery) -> Result<PublishedPage, Failure> {
    let grams = query.q.as_deref().map(grams_of).unwrap_or_default();
    if query.q.is_some() && grams.is_empty() {
        return Err(Failure::invalid("?q", "请输入两个以上的字。", "Give at least two characters."));
    }
    let after = query.cursor.as_deref().map(read_cursor).transpose()?;
    let known = agencies::list(conn)?;
    let within = match query.agency.as_deref() {
        None => None,
        Some(slug) => {
            let row = known.iter().find(|row| row.slug == slug).ok_or(Failure::Missing)?;
            Some(agencies::subtree(conn, row.id)?)
        }
    };
    let limit = i64::try_from(PAGE + 1).map_err(Failure::broken)?;
    let mut rows = published_answers::list(conn, within.as_deref(), &grams, after, limit)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| format!("{}|{}", row.published_on, row.case_id));
    // Pairs may all be there without standing side by side.
    let piece = query.q.as_deref();
    rows.retain(|row| piece.is_none_or(|piece| holds(&row.title, piece) || holds(&row.summary, piece)));
    Ok(PublishedPage { items: rows.into_iter().map(|row| view(row, &known)).collect(), next })
}

fn read_cursor(text: &str) -> Result<(NaiveDate, CaseId), Failure> {
    let wrong = || Failure::invalid("?cursor", "请使用上一页给出的 next。", "Use the `next` of the page before.");
    let (on, case) = text.split_once('|').ok_or_else(wrong)?;
    let on = on.parse().map_err(|_no_day| wrong())?;
    Ok((on, case.parse().map_err(|_no_id| wrong())?))
}

fn like(conn: &mut Conn, grams: &BTreeSet<String>) -> Result<Vec<PublishedView>, Failure> {
    if grams.is_empty() {
        return Ok(Vec::new());
    }
    let known = agencies::list(conn)?;
    let limit = i64::try_from(LIKE).map_err(Failure::broken)?;
    let enough = |shared: i64| usize::try_from(shared).unwrap_or_default() * 100 >= grams.len() * LIKE_FROM;
    let found = published_answers::list_like(conn, grams, limit)?;
    Ok(found.into_iter().filter(|(_, shared)| enough(*shared)).map(|(row, _)| view(row, &known)).collect())
}

fn view(row: PublishedRow, known: &[AgencyRow]) -> PublishedView {
    let name = |id: AgencyId| known.iter().find(|agency| agency.id == id);
    let agency = name(row.agency_id).map_or_else(
        || AgencyName { slug: String::new(), name: String::new() },
        |agency| AgencyName { slug: agency.slug.clone(), name: agency.name.clone() },
    );
    PublishedView {
        id: row.case_id,
        agency,
        title: row.title,
        summary: row.summary,
        place: row.place,
        published_on: row.published_on,
        sufficed: row.sufficed,
    }
}
