//! The directory of agencies (art. 12), and the way to the right one for somebody who knows what they want and not whom to
//! ask: words found in names, places and duties, with the duties that say so.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::ids::AgencyId;
use crate::office::application_form::{self, ExtraForm};
use crate::office::failure::Failure;
use crate::office::{Office, search};
use crate::storage::agencies::AgencyRow;
use crate::storage::agency_duties::DutyRow;
use crate::storage::{Conn, agencies, agency_duties};

/// Duties named of each agency that was found.
const NAMED: usize = 3;

/// Letters of the longest question.
const LONGEST: usize = 100;

/// An agency in the directory, with its disclosure office (art. 12: the guide names it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyView {
    /// Its short name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// `province`, `city`, `county`, `township` or `department`.
    pub level: String,
    /// The agency above it.
    pub parent: Option<String>,
    /// Its disclosure office.
    pub office_name: String,
    /// Where that is.
    pub office_address: String,
    /// Its postcode.
    pub office_postcode: String,
    /// Its telephone.
    pub office_phone: String,
    /// Its fax.
    pub office_fax: String,
    /// Its e-mail.
    pub office_email: String,
    /// When it is open.
    pub office_hours: String,
    /// Where it takes applications on line, besides here.
    pub online_url: Option<String>,
}

/// An agency with what it is there for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyPage {
    /// The agency.
    #[serde(flatten)]
    pub agency: AgencyView,
    /// What it is there for.
    pub duties: Vec<String>,
    /// What it asks on its form beside what the law lists.
    pub form: ExtraForm,
}

/// An agency that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundAgency {
    /// The agency.
    #[serde(flatten)]
    pub agency: AgencyView,
    /// Its duties in which the words stand: three at most, those with most of the words first. Empty where nothing was
    /// looked for.
    pub matched: Vec<String>,
}

/// What to look for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DirectoryQuery {
    /// Words with blanks between them, each of two characters or more. All of them must stand in the agency's name, short
    /// name, duties or in the name of an agency above it.
    pub q: Option<String>,
}

impl Office {
    /// Every agency.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn directory(&self) -> Result<Vec<AgencyView>, Failure> {
        self.db().read(|conn| Ok(views(agencies::list(conn)?))).await
    }

    /// One agency.
    ///
    /// # Errors
    /// [`Failure::Missing`]; the database's failures.
    pub async fn agency(&self, slug: &str) -> Result<AgencyView, Failure> {
        Ok(self.agency_with_duties(slug).await?.agency)
    }

    /// One agency, with what it is there for.
    ///
    /// # Errors
    /// As [`Office::agency`].
    pub async fn agency_with_duties(&self, slug: &str) -> Result<AgencyPage, Failure> {
        let slug = slug.to_owned();
        self.db()
            .read(move |conn| {
                let row = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                let parent = row.parent_id.map(|parent| agencies::load(conn, parent)).transpose()?;
                let duties = agency_duties::list(conn, row.id)?;
                let form = application_form::in_force(conn, row.id)?;
                Ok(AgencyPage { agency: view(row, parent.map(|parent| parent.slug)), duties, form })
            })
            .await
    }

    /// The agencies that fit what somebody is looking for, the best first; every agency if nothing is looked for.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for words that are too short or too many; the database's failures.
    pub async fn find_agencies(&self, query: DirectoryQuery) -> Result<Vec<FoundAgency>, Failure> {
        let words = words_of(query.q.as_deref().unwrap_or_default())?;
        self.db().read(move |conn| found(conn, &words)).await
    }
}

fn words_of(question: &str) -> Result<Vec<String>, Failure> {
    if question.chars().count() > LONGEST {
        return Err(Failure::invalid("?q", "最多100个字。", "At most 100 characters."));
    }
    let mut words: Vec<String> = Vec::new();
    for word in search::in_plain_form(question).split_whitespace() {
        if word.chars().count() < search::SHORTEST {
            return Err(Failure::invalid(
                "?q",
                "每个词请输入两个以上的字。",
                "Give at least two characters of each word.",
            ));
        }
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    Ok(words)
}

/// How many words stand where, each counted where it says most: so is decided which agency comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    name: usize,
    slug: usize,
    duties: usize,
    above: usize,
}

fn found(conn: &mut Conn, words: &[String]) -> Result<Vec<FoundAgency>, Failure> {
    let rows = agencies::list(conn)?;
    let mut duties: HashMap<AgencyId, Vec<DutyRow>> = HashMap::new();
    for duty in agency_duties::list_with_any(conn, words)? {
        duties.entry(duty.agency_id).or_default().push(duty);
    }
    let names: HashMap<AgencyId, (Option<AgencyId>, String)> =
        rows.iter().map(|row| (row.id, (row.parent_id, search::in_plain_form(&row.name)))).collect();
    let mut fits: HashMap<String, (Fit, usize, Vec<String>)> = HashMap::new();
    for row in &rows {
        let theirs = duties.remove(&row.id).unwrap_or_default();
        if let Some(fit) = fit(words, row, &names, &theirs) {
            fits.insert(row.slug.clone(), (fit, row.name.chars().count(), matched(words, theirs)));
        }
    }
    let mut found: Vec<_> =
        views(rows).into_iter().filter_map(|agency| Some((fits.remove(&agency.slug)?, agency))).collect();
    // Of equals the shorter name is nearer to what was asked; a sort that keeps the order of short names otherwise.
    found.sort_by_key(|((fit, length, _), _)| (std::cmp::Reverse(*fit), if words.is_empty() { 0 } else { *length }));
    Ok(found.into_iter().map(|((_, _, matched), agency)| FoundAgency { agency, matched }).collect())
}

/// How an agency fits; none where a word stands nowhere.
fn fit(
    words: &[String],
    row: &AgencyRow,
    names: &HashMap<AgencyId, (Option<AgencyId>, String)>,
    duties: &[DutyRow],
) -> Option<Fit> {
    let mut above = Vec::new();
    let mut next = row.parent_id;
    while let Some((parent, name)) = next.and_then(|id| names.get(&id)) {
        above.push(name);
        next = *parent;
    }
    let name = names.get(&row.id).map(|(_, name)| name);
    let mut fit = Fit { name: 0, slug: 0, duties: 0, above: 0 };
    for word in words {
        let best = [
            (&mut fit.name, name.is_some_and(|name| name.contains(word))),
            (&mut fit.slug, row.slug.contains(word)),
            (&mut fit.duties, duties.iter().any(|duty| duty.plain.contains(word))),
            (&mut fit.above, above.iter().any(|name| name.contains(word))),
        ]
        .into_iter()
        .find_map(|(count, stands)| stands.then_some(count))?;
        *best += 1;
    }
    Some(fit)
}

/// The duties to name: those with most of the words first, then in the agency's order.
fn matched(words: &[String], mut duties: Vec<DutyRow>) -> Vec<String> {
    duties.sort_by_key(|duty| std::cmp::Reverse(words.iter().filter(|word| duty.plain.contains(*word)).count()));
    duties.into_iter().take(NAMED).map(|row| row.duty).collect()
}

fn views(rows: Vec<AgencyRow>) -> Vec<AgencyView> {
    let slugs: HashMap<AgencyId, String> = rows.iter().map(|row| (row.id, row.slug.clone())).collect();
    rows.into_iter()
        .map(|row| {
            let parent = row.parent_id.and_then(|parent| slugs.get(&parent).cloned());
            view(row, parent)
        })
        .collect()
}

fn view(row: AgencyRow, parent: Option<String>) -> AgencyView {
    AgencyView {
        slug: row.slug,
        name: row.name,
        level: row.level,
        parent,
        office_name: row.office_name,
        office_address: row.office_address,
        office_postcode: row.office_postcode,
        office_phone: row.office_phone,
        office_fax: row.office_fax,
        office_email: row.office_email,
        office_hours: row.office_hours,
        online_url: row.online_url,
    }
}
