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
use crate::law::outcome::Statement;
use crate::release::privacy::{PrivacyFinding, PrivacyKind, look, masked_at};
use crate::storage::agencies::{self, AgencyRow};

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
            let agency = agencies::load(conn, case.agency())?;
            Ok(case.draft.as_ref().map(|draft| findings(draft, &contents, &agency)).unwrap_or_default())
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
            let draft = desk.case.draft.clone().filter(|draft| !findings(draft, &contents, &desk.agency).is_empty());
            let draft = draft.ok_or_else(nothing)?;
            let agency = desk.agency.clone();
            let mut text = |kind: TextKind, text: TextRef, names_office: bool| -> Result<TextRef, Failure> {
                let words = contents.words(text).ok_or(Failure::Missing)?;
                desk.text(kind, &masked_at(&words, &of_people(&words, &agency, names_office)))
            };
            let mut statements = Vec::new();
            for one in &draft.statements {
                let said = text(TextKind::Reply, one.text, names_an_office(one.statement))?;
                statements.push(Stated { statement: one.statement, text: said });
            }
            let mut parts = Vec::new();
            for one in &draft.parts {
                let (part, reason) =
                    (text(TextKind::Reply, one.part, false)?, text(TextKind::Reply, one.reason, false)?);
                parts.push(WithheldPart { part, reason, ..*one });
            }
            let separability = match draft.separability {
                Some(one) => {
                    Some(Separability { finding: one.finding, reason: text(TextKind::Reply, one.reason, false)? })
                }
                None => None,
            };
            let letter = text(TextKind::Letter, draft.letter, false)?;
            let flow = approval_flow::laid_down(desk, draft.outcome, &draft.withheld)?;
            let Draft { outcome, withheld, repeats, .. } = draft;
            let reply =
                Reply { outcome, withheld, letter, statements, parts, separability, repeats, flow, personal_data: 0 };
            Ok(Command::Draft { reply: Box::new(reply), submit: false })
        })
        .await
    }
}

/// What is found in each part of a draft, in the order in which the letter has them.
fn findings(draft: &Draft, contents: &Contents, agency: &AgencyRow) -> Vec<DraftFinding> {
    let place = |zh: &str, en: &str, text, names_office| (zh.to_owned(), en.to_owned(), text, names_office);
    let mut places: Vec<(String, String, TextRef, bool)> = vec![place("正文", "the letter", draft.letter, false)];
    for one in &draft.statements {
        places.push(place(one.statement.zh(), one.statement.en(), one.text, names_an_office(one.statement)));
    }
    for (at, one) in (1..).zip(&draft.parts) {
        places.push((format!("不予公开部分第{at}项"), format!("part {at} withheld"), one.part, false));
        places.push((format!("不予公开部分第{at}项的理由"), format!("the reason of part {at}"), one.reason, false));
    }
    if let Some(one) = draft.separability {
        places.push(place("区分处理的说明", "separability", one.reason, false));
    }
    let found = |(zh, en, text, names_office): (String, String, TextRef, bool)| {
        let words = contents.words(text).unwrap_or_default();
        of_people(&words, agency, names_office)
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

/// What is found in a text but for the agency's own telephones, e-mail and address, which every letter may name; in what is there to
/// name an office (`names_office`), telephones and e-mail are that office's.
pub(super) fn of_people(words: &str, agency: &AgencyRow, names_office: bool) -> Vec<PrivacyFinding> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let lines = [digits(&agency.office_phone), digits(&agency.office_fax)];
    let is_own = |one: &PrivacyFinding| match one.kind {
        PrivacyKind::Phone => names_office || lines.contains(&digits(&one.text)),
        PrivacyKind::Email => names_office || one.text.eq_ignore_ascii_case(&agency.office_email),
        PrivacyKind::Home => agency.office_address.contains(&one.text),
        PrivacyKind::IdentityNumber | PrivacyKind::BankCard | PrivacyKind::Plate => false,
    };
    look(words).into_iter().filter(|one| !is_own(one)).collect()
}

/// Whether a statement is there to name an office and how to reach it (art. 36 items 1, 2 and 5).
pub(super) const fn names_an_office(statement: Statement) -> bool {
    matches!(statement, Statement::HowToObtain | Statement::RightAgency | Statement::ProperChannel)
}
