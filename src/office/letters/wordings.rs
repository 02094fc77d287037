//! The wordings of letters, as an administrator keeps them: what is in force, an edit with the day from which it is used, the
//! way back, and a look at an invented case. An edit that cannot be filled in is refused with the line and the reason. What
//! was issued keeps the edition it was written by.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::trying;
use crate::clock::day_in_china;
use crate::ids::{AgencyId, WordingId};
use crate::law::letter::LetterKind;
use crate::law::outcome::Outcome;
use crate::letters::{Letter, owed, sample, wordings};
use crate::office::failure::{Failure, Problem};
use crate::office::letters::reading::{Format, LetterFile};
use crate::office::log::{Change, Kind, Note};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::proceedings::OverturnedReply;
use crate::office::views::{Term, term};
use crate::office::{Office, proceedings, projection};
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::letter_wordings::{self, LetterWordingRow};
use crate::storage::{Conn, StoreError};

/// Which wording is meant.
#[derive(Debug, Clone)]
pub struct WhichLetter {
    /// The agency's short name.
    pub slug: String,
    /// The letter.
    pub kind: LetterKind,
    /// What a reply or a lapse decides.
    pub outcome: Option<Outcome>,
}

/// A wording in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LetterWordingView {
    /// Which letter.
    pub letter: Term,
    /// What it decides, where that makes a difference.
    pub outcome: Option<Term>,
    /// The wording.
    pub source: String,
    /// Whether it is what comes with the system.
    pub built_in: bool,
    /// Since when it is used, where it was edited.
    pub effective_from: Option<NaiveDate>,
    /// Editions laid down, the one that comes into force last first.
    pub editions: Vec<EditionView>,
    /// Replies of this outcome that did not stand, for reasons that lie in the wording.
    pub overturned: Vec<OverturnedReply>,
}

/// An edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = WordingEditionView)]
pub struct EditionView {
    /// Its id, which issued letters name.
    #[schema(value_type = String, format = "uuid")]
    pub id: WordingId,
    /// From when it is used.
    pub effective_from: NaiveDate,
    /// When it was laid down.
    pub changed_at: DateTime<Utc>,
    /// Whether it says: as built in.
    pub built_in: bool,
}

/// An edited wording.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterWordingInput {
    /// The wording: a line is a paragraph, `# ` begins a heading, `| a | b |` a row of a table, `=== ` an annex; `{{ … }}` is
    /// filled in.
    #[schema(min_length = 1, max_length = 20_000)]
    pub source: String,
    /// From when it is used; today if missing, never a day that is past.
    pub effective_from: Option<NaiveDate>,
    /// For a preview only: the number of a case that is to be looked at in these words; an invented one if missing.
    #[schema(max_length = 100)]
    pub case: Option<String>,
}

impl WhichLetter {
    /// The wording as it is called, if there is one: only a reply and a lapse are told apart by what they decide.
    #[must_use]
    pub fn exists(&self) -> bool {
        wordings::all().contains(&(self.kind, self.outcome))
    }

    fn outcome_word(&self) -> &'static str {
        self.outcome.map_or("", Outcome::as_str)
    }
}

/// The wording in force for a letter of an agency on a day: its own, its parent's … or what is built in.
///
/// # Errors
/// The database's failures.
pub(super) fn in_force(
    conn: &mut Conn,
    agency: AgencyId,
    kind: LetterKind,
    outcome: Option<Outcome>,
    on: NaiveDate,
) -> Result<(String, Option<WordingId>), Failure> {
    let built_in = || wordings::embedded(kind, outcome).to_owned();
    let word = outcome.filter(|_| is_told_apart(kind)).map_or("", Outcome::as_str);
    let mut lineage = vec![agency];
    lineage.extend(agencies::list_ancestors(conn, agency)?.into_iter().map(|row| row.id));
    for id in lineage {
        let editions = letter_wordings::list(conn, id, kind.as_str(), word)?;
        if let Some(row) = editions.into_iter().find(|row| row.effective_from <= on) {
            return Ok(if row.built_in { (built_in(), None) } else { (row.source, Some(row.id)) });
        }
    }
    Ok((built_in(), None))
}

/// The wording by which a letter was issued.
///
/// # Errors
/// The database's failures.
pub(super) fn edition(
    conn: &mut Conn,
    id: Option<WordingId>,
    kind: LetterKind,
    outcome: Option<Outcome>,
) -> Result<String, Failure> {
    match id {
        Some(id) => Ok(letter_wordings::load(conn, id)?.source),
        None => Ok(wordings::embedded(kind, outcome).to_owned()),
    }
}

/// Whether a letter of this kind has a wording for each thing it can decide.
const fn is_told_apart(kind: LetterKind) -> bool {
    matches!(kind, LetterKind::Reply | LetterKind::Lapse)
}

impl Office {
    /// The wording in force today, with every edition.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn letter_wording(&self, officer: &Officer, which: WhichLetter) -> Result<LetterWordingView, Failure> {
        let (officer, today) = (officer.clone(), self.today());
        self.db()
            .read(move |conn| {
                let agency = kept_by(conn, &officer, &which)?;
                view(conn, &agency, &which, today)
            })
            .await
    }

    /// Lays an edited wording down, or what is built in (none) from today on.
    ///
    /// # Errors
    /// As [`Office::letter_wording`]; [`Failure::Invalid`] with the line and the reason.
    pub async fn edit_letter_wording(
        &self,
        officer: &Officer,
        which: WhichLetter,
        input: Option<LetterWordingInput>,
    ) -> Result<LetterWordingView, Failure> {
        let (officer, shared, now) = (officer.clone(), self.shared(), self.now());
        let today = day_in_china(now);
        let effective_from = input.as_ref().and_then(|input| input.effective_from).unwrap_or(today);
        if effective_from < today {
            return Err(Failure::invalid(
                "/effective_from",
                "启用日期不能早于今天：已经制发的文书不受影响。",
                "It cannot be used from a day that is past: what was issued stays as it is.",
            ));
        }
        if let Some(input) = &input {
            owes_nothing(&which, &input.source)?;
        }
        self.db()
            .write(move |conn| {
                let agency = kept_by(conn, &officer, &which)?;
                // Editions follow one another in time, should the clock have been set back.
                let stands = letter_wordings::list(conn, agency.id, which.kind.as_str(), which.outcome_word())?;
                let last = stands.iter().map(|row| row.changed_at).max();
                let now = last.map_or(now, |last| now.max(last + TimeDelta::microseconds(1)));
                let row = LetterWordingRow {
                    id: WordingId::new(now, &mut shared.randomness.clone()),
                    agency_id: agency.id,
                    kind: which.kind.as_str().to_owned(),
                    outcome: which.outcome_word().to_owned(),
                    source: input.as_ref().map(|input| input.source.clone()).unwrap_or_default(),
                    built_in: input.is_none(),
                    effective_from,
                    changed_by: officer.id,
                    changed_at: now,
                };
                if row.built_in {
                    // The way back leads back from what was to come as well: nothing was ever issued by it.
                    letter_wordings::delete_future(conn, agency.id, which.kind.as_str(), which.outcome_word(), today)?;
                }
                let newest = stands.iter().max_by_key(|row| row.changed_at);
                let source = |row: &LetterWordingRow| (!row.built_in).then(|| row.source.clone());
                let (before, after) = (newest.and_then(source), source(&row));
                let change = Change { field: "/source".to_owned(), before, after };
                let note = Note::by(&officer, Kind::LetterWordingChanged).at(agency.id).fact("letter", which.kind);
                let note = note.fact("outcome", which.outcome_word()).fact("effective_from", effective_from);
                note.changed(vec![change]).write(conn, &shared)?;
                letter_wordings::insert(conn, &row)?;
                view(conn, &agency, &which, today)
            })
            .await
    }

    /// Shows a wording with a real case that the reader may see, or an invented one, as a file.
    ///
    /// # Errors
    /// As [`Office::edit_letter_wording`].
    pub async fn preview_letter_wording(
        &self,
        officer: &Officer,
        which: WhichLetter,
        source: Option<String>,
        case: Option<String>,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        let (officer, today, shared) = (officer.clone(), self.today(), self.shared());
        let letter = self
            .db()
            .read(move |conn| {
                let agency = kept_by(conn, &officer, &which)?;
                if let Some(case) = case.as_deref().filter(|case| !case.trim().is_empty()) {
                    return trying::on_case(conn, &shared, &officer, &which, case, source.as_deref());
                }
                let stands = in_force(conn, agency.id, which.kind, which.outcome, today)?.0;
                try_out(&which, source.as_deref().unwrap_or(&stands))
            })
            .await?;
        self.written(letter, format).await
    }
}

/// Fills a wording in with the invented case.
fn try_out(which: &WhichLetter, source: &str) -> Result<Letter, Failure> {
    sample::letter(which.kind, which.outcome, source).map_err(|fault| Failure::wording("/source", &fault))
}

/// Whether a wording can be filled in and says what such a letter must.
///
/// # Errors
/// [`Failure::Invalid`] at `/source` with everything that it leaves out.
fn owes_nothing(which: &WhichLetter, source: &str) -> Result<(), Failure> {
    let left_out =
        owed::left_out(which.kind, which.outcome, source).map_err(|fault| Failure::wording("/source", &fault))?;
    let problems: Vec<Problem> = left_out
        .iter()
        .map(|one| {
            Problem::at(
                "/source",
                format!(
                    "缺少{}：{{{{ {} }}}}。这是此类文书必须载明的内容，可以换一种写法，但不能省去。",
                    one.zh, one.name
                ),
                format!("It lacks {} ({{{{ {} }}}}): such a letter must state it, in whatever way.", one.en, one.name),
            )
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::Invalid(problems)) }
}

fn kept_by(conn: &mut Conn, officer: &Officer, which: &WhichLetter) -> Result<AgencyRow, Failure> {
    let row = agencies::find_by_slug(conn, &which.slug)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Administer, &projection::lineage(conn, row.id)?)?;
    if which.exists() { Ok(row) } else { Err(StoreError::Missing.into()) }
}

fn view(
    conn: &mut Conn,
    agency: &AgencyRow,
    which: &WhichLetter,
    today: NaiveDate,
) -> Result<LetterWordingView, Failure> {
    let (source, id) = in_force(conn, agency.id, which.kind, which.outcome, today)?;
    let editions = letter_wordings::list(conn, agency.id, which.kind.as_str(), which.outcome_word())?;
    let effective_from = match id {
        Some(id) => Some(letter_wordings::load(conn, id)?.effective_from),
        None => None,
    };
    let overturned = match which.outcome.filter(|_| which.kind == LetterKind::Reply) {
        Some(outcome) => proceedings::overturned_replies(conn, agency.id, outcome)?,
        None => Vec::new(),
    };
    Ok(LetterWordingView {
        overturned,
        letter: term!(which.kind),
        outcome: which.outcome.map(|outcome| term!(outcome)),
        source,
        built_in: id.is_none(),
        effective_from,
        editions: editions
            .into_iter()
            .map(|row| EditionView {
                id: row.id,
                effective_from: row.effective_from,
                changed_at: row.changed_at,
                built_in: row.built_in,
            })
            .collect(),
    })
}
