//! Numbers and addresses of people in a reply that is being written: each with its place, and all of them masked at a touch. A
//! finding is a hint; whether something must stand there is for the officer to say.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::contents::Contents;
use super::failure::Failure;
use super::sealing::TextKind;
use super::views::{CaseView, Term, term};
use super::{Office, Officer, approval_flow, projection};
use crate::case::command::Reply;
use crate::case::state::Draft;
use crate::case::terms::{Separability, Stated, TextRef, WithheldPart};
use crate::case::{Act, Command};
use crate::ids::CaseId;
use crate::release::privacy::{look, masked};

/// Everything that was found is masked; there is nothing to say besides.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Masking {}

/// A number or an address of a person in a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DraftFinding {
    /// In which part of it, in Chinese.
    pub place_zh: String,
    /// The same in English.
    pub place_en: String,
    /// The first character of it in that part, from 1.
    pub from: usize,
    /// What.
    pub kind: Term,
    /// The words.
    pub text: String,
}

impl Office {
    /// What a look through the draft reply of a case finds; nothing where there is none.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn draft_findings(&self, officer: &Officer, case: CaseId) -> Result<Vec<DraftFinding>, Failure> {
        self.look(officer, case, |conn, shared, case, officer| {
            super::letters::reading::sees_names(conn, case, officer)?;
            let lineage = projection::lineage(conn, case.agency())?;
            let contents = Contents::of(conn, shared, case, Some(officer), &lineage)?;
            Ok(case.draft.as_ref().map(|draft| findings(draft, &contents)).unwrap_or_default())
        })
        .await
    }

    /// Writes the draft anew with every finding masked; it stays on the desk.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Contrary`] when there is nothing to mask.
    pub async fn mask_draft(&self, officer: &Officer, case: CaseId, expected: u32) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Draft, case, expected, |desk| {
            let contents = desk.contents()?;
            let nothing = || Failure::Contrary {
                zh: "答复稿中没有需要遮盖的内容。".to_owned(),
                en: "There is nothing to mask in the draft.".to_owned(),
            };
            let draft = desk.case.draft.clone().filter(|draft| !findings(draft, &contents).is_empty());
            let draft = draft.ok_or_else(nothing)?;
            let mut text = |kind: TextKind, text: TextRef| -> Result<TextRef, Failure> {
                let words = contents.words(text).ok_or(Failure::Missing)?;
                desk.text(kind, &masked(&words))
            };
            let mut statements = Vec::new();
            for one in &draft.statements {
                statements.push(Stated { statement: one.statement, text: text(TextKind::Reply, one.text)? });
            }
            let mut parts = Vec::new();
            for one in &draft.parts {
                let (part, reason) = (text(TextKind::Reply, one.part)?, text(TextKind::Reply, one.reason)?);
                parts.push(WithheldPart { part, reason, ..*one });
            }
            let separability = match draft.separability {
                Some(one) => Some(Separability { finding: one.finding, reason: text(TextKind::Reply, one.reason)? }),
                None => None,
            };
            let letter = text(TextKind::Letter, draft.letter)?;
            let flow = approval_flow::laid_down(desk, draft.outcome, &draft.withheld)?;
            let Draft { outcome, withheld, repeats, .. } = draft;
            let reply = Reply { outcome, withheld, letter, statements, parts, separability, repeats, flow };
            Ok(Command::Draft { reply: Box::new(reply), submit: false })
        })
        .await
    }
}

/// What is found in each part of a draft, in the order in which the letter has them.
fn findings(draft: &Draft, contents: &Contents) -> Vec<DraftFinding> {
    let mut places: Vec<(String, String, TextRef)> = vec![("正文".to_owned(), "the letter".to_owned(), draft.letter)];
    for one in &draft.statements {
        places.push((one.statement.zh().to_owned(), one.statement.en().to_owned(), one.text));
    }
    for (at, one) in (1..).zip(&draft.parts) {
        places.push((format!("不予公开部分第{at}项"), format!("part {at} withheld"), one.part));
        places.push((format!("不予公开部分第{at}项的理由"), format!("the reason of part {at}"), one.reason));
    }
    if let Some(one) = draft.separability {
        places.push(("区分处理的说明".to_owned(), "separability".to_owned(), one.reason));
    }
    let found = |(zh, en, text): (String, String, TextRef)| {
        let words = contents.words(text).unwrap_or_default();
        look(&words)
            .into_iter()
            .map(|one| DraftFinding {
                place_zh: zh.clone(),
                place_en: en.clone(),
                from: one.from + 1,
                kind: term!(one.kind),
                text: one.text,
            })
            .collect::<Vec<_>>()
    };
    places.into_iter().flat_map(found).collect()
}
