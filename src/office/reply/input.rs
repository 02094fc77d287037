//! A draft reply as its author sends it, read into what the case file keeps.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::case::command::Reply;
use crate::case::terms::{PartKind, Separability, SeparabilityFinding, Stated, WithheldPart};
use crate::ids::CaseId;
use crate::law::outcome::{self, Outcome, Statement};
use crate::office::desk::Desk;
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::masking::{names_an_office, of_people};
use crate::office::particulars::named_case;
use crate::office::sealing::TextKind;
use crate::storage::{cases, people};

/// Something such a reply must or may state.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementInput {
    /// What: `how_to_obtain`, `reason`, `search_made`, `right_agency`, `governing_law`, `what_is_unclear`, `proper_channel`,
    /// `earlier_reply` or `notice_unheeded`.
    #[schema(value_type = String, example = "how_to_obtain")]
    pub statement: Statement,
    /// In the words of this reply.
    #[schema(min_length = 1, max_length = 10000)]
    pub text: String,
}

/// A part that is withheld.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartInput {
    /// On which ground: one of `withheld`.
    #[schema(value_type = String, example = "refused_third_party")]
    pub ground: Outcome,
    /// `records` or `passages`.
    #[schema(value_type = String, example = "passages")]
    pub kind: PartKind,
    /// Which part it is.
    #[schema(min_length = 1, max_length = 5000)]
    pub part: String,
    /// Why it is withheld.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

/// That separation was considered (art. 37).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeparabilityInput {
    /// `separable`, `inseparable` or `wholly_withheld`.
    #[schema(value_type = String, example = "inseparable")]
    pub finding: SeparabilityFinding,
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

/// A draft reply.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyDraft {
    /// What it decides: a word from `GET /api/v1/terms`.
    #[schema(value_type = String, example = "granted")]
    pub outcome: Outcome,
    /// Grounds of what is withheld, where a part is granted.
    #[schema(value_type = Option<Vec<String>>)]
    pub withheld: Option<Vec<Outcome>>,
    /// Its text.
    #[schema(min_length = 1, max_length = 50000)]
    pub letter: String,
    /// What the law has such a reply state, in its own words: see `must_state` of the draft.
    #[schema(max_items = 9)]
    pub statements: Option<Vec<StatementInput>>,
    /// The parts withheld, each with its reason.
    #[schema(max_items = 100)]
    pub parts: Option<Vec<PartInput>>,
    /// That separation was considered.
    pub separability: Option<SeparabilityInput>,
    /// The earlier case that is repeated, for `not_processed_repeat`: one of the same applicant, answered. Its number in the
    /// register, its receipt's, or its id.
    #[schema(max_length = 100)]
    pub repeats: Option<String>,
    /// Whether it goes on its way at once.
    pub submit: bool,
}

/// Reads a draft. The rounds of approval are laid down by the caller.
///
/// # Errors
/// [`Failure::Invalid`] with every problem; the database's failures.
pub(super) fn reply(desk: &mut Desk<'_>, input: &ReplyDraft) -> Result<Reply, Failure> {
    let mut reader = Reader::new();
    let letter = reader.text("/letter", &input.letter);
    let statements: Vec<(Statement, String)> = input
        .statements
        .iter()
        .flatten()
        .enumerate()
        .map(|(at, one)| (one.statement, reader.text(&format!("/statements/{at}/text"), &one.text)))
        .collect();
    for (at, (statement, _)) in statements.iter().enumerate() {
        if statements.iter().take(at).any(|(earlier, _)| earlier == statement) {
            reader.wrong(&format!("/statements/{at}/statement"), "同一事项只能载明一次。", "Each is stated once.");
        }
    }
    let parts: Vec<(Outcome, PartKind, String, String)> = input
        .parts
        .iter()
        .flatten()
        .enumerate()
        .map(|(at, one)| {
            let part = reader.text(&format!("/parts/{at}/part"), &one.part);
            let reason = reader.text(&format!("/parts/{at}/reason"), &one.reason);
            (one.ground, one.kind, part, reason)
        })
        .collect();
    let separability =
        input.separability.as_ref().map(|one| (one.finding, reader.text("/separability/reason", &one.reason)));
    reader.finish(())?;
    let found = |words: &str, names_office: bool| of_people(words, &desk.agency, names_office).len();
    let said: usize = statements.iter().map(|(statement, words)| found(words, names_an_office(*statement))).sum();
    let withheld: usize = parts.iter().map(|(_, _, part, reason)| found(part, false) + found(reason, false)).sum();
    let separated = separability.as_ref().map_or(0, |(_, reason)| found(reason, false));
    let personal_data = found(&letter, false) + said + withheld + separated;
    let repeats = match input.repeats.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => Some(answered_before(desk, name)?),
        None => None,
    };
    let mut text = |words: &str| desk.text(TextKind::Reply, words);
    let stated = |(statement, words): &(Statement, String), text: &mut dyn FnMut(&str) -> Result<_, Failure>| {
        Ok::<_, Failure>(Stated { statement: *statement, text: text(words)? })
    };
    let statements = statements.iter().map(|one| stated(one, &mut text)).collect::<Result<Vec<_>, _>>()?;
    let mut withheld_parts = Vec::new();
    for (ground, kind, part, reason) in &parts {
        withheld_parts.push(WithheldPart { ground: *ground, kind: *kind, part: text(part)?, reason: text(reason)? });
    }
    let separability = match separability {
        Some((finding, reason)) => Some(Separability { finding, reason: text(&reason)? }),
        None => None,
    };
    Ok(Reply {
        outcome: input.outcome,
        withheld: input.withheld.clone().unwrap_or_default(),
        letter: desk.text(TextKind::Letter, &letter)?,
        statements,
        parts: withheld_parts,
        separability,
        repeats,
        flow: Vec::new(),
        personal_data: u32::try_from(personal_data).unwrap_or(u32::MAX),
    })
}

/// A repeat repeats what the same applicant was answered (art. 36 item 6).
fn answered_before(desk: &mut Desk<'_>, name: &str) -> Result<CaseId, Failure> {
    let earlier = named_case(desk, name, "/repeats")?;
    let row = cases::load(desk.conn, earlier)?;
    let outcome = row.outcome.as_deref().and_then(|code| code.parse::<Outcome>().ok());
    let answered = outcome.is_some_and(|outcome| outcome::rule(outcome).by_reply);
    let person = people::load(desk.conn, desk.case.particulars.applicant.id)?;
    let theirs = people::list(desk.conn, earlier)?;
    let same = theirs.iter().any(|other| match (&person.identity_index, &other.identity_index) {
        (Some(one), Some(other)) => one == other,
        _ => person.name_index == other.name_index,
    });
    if answered && same {
        return Ok(earlier);
    }
    Err(Failure::invalid(
        "/repeats",
        "该案件不是同一申请人已经得到答复的申请，不能据此认定重复申请。",
        "That case is not an answered application of the same applicant; nothing is repeated.",
    ))
}
