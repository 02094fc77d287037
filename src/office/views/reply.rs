//! The draft reply and the gate before it, for a reader.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ArticleView, Term};
use crate::ids::CaseId;

/// Something a draft states, as the law asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatedView {
    /// What.
    pub statement: Term,
    /// Its words; none once destroyed.
    pub text: Option<String>,
}

/// A part that is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartView {
    /// On which ground.
    pub ground: Term,
    /// What kind of part.
    pub kind: Term,
    /// Which part.
    pub part: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Whether a part can be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeparabilityView {
    /// What was found.
    pub finding: Term,
    /// Why.
    pub reason: Option<String>,
}

/// The record of a secrecy review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SecrecyView {
    /// The questions answered with yes.
    pub found: Vec<Term>,
    /// What the answers rest on.
    pub basis: Option<String>,
    /// The result.
    pub result: Term,
}

/// The draft reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DraftView {
    /// What it decides.
    pub outcome: Term,
    /// Grounds of what is withheld.
    pub withheld: Vec<Term>,
    /// Its text.
    pub letter: Option<String>,
    /// What it states.
    pub statements: Vec<StatedView>,
    /// The parts withheld.
    pub parts: Vec<PartView>,
    /// That separation was considered.
    pub separability: Option<SeparabilityView>,
    /// The earlier case it repeats.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub repeats: Option<CaseId>,
    /// The articles it rests on.
    pub articles: Vec<ArticleView>,
    /// What such a reply must state.
    pub must_state: Vec<Term>,
    /// The paragraph on remedies, as the outcome asks for it.
    pub remedies: String,
    /// The rounds of approval, the steps of one side by side.
    pub flow: Vec<Vec<Term>>,
    /// The steps passed.
    pub passed: Vec<Term>,
    /// The steps it waits for now.
    pub pending: Vec<Term>,
    /// Why it is sensitive, if it is.
    pub sensitive: Option<Term>,
    /// The record of its secrecy review.
    pub secrecy: Option<SecrecyView>,
    /// The day it was signed.
    pub signed_on: Option<NaiveDate>,
    /// The whole text that was signed.
    pub signed_text: Option<String>,
    /// The digest over which the signature stands, as the journal has it.
    pub signed_digest: Option<String>,
}

/// One check of the legality gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckView {
    /// Which.
    pub check: Term,
    /// Where it stands in the law.
    pub article: ArticleView,
    /// `green`, `amber` or `red`.
    pub level: Term,
    /// Whether it stands in the way of the reply.
    pub bars: bool,
    /// What is missing, in Chinese; empty if green.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Why the reply may go out all the same, where that was said.
    pub answered: Option<Term>,
    /// The same in words.
    pub answer: Option<String>,
}
