//! Looking at whole identity numbers: they are masked even for those who work on a case, and whoever has a reason to see
//! them says which, and is written down (个人信息保护法 arts 28, 51).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::log::{Kind, Note};
use super::permission::{Deed, Officer, permit};
use super::sealing::Opener;
use super::{Office, projection};
use crate::ids::CaseId;
use crate::law::coded::coded;
use crate::storage::people;

coded! {
    /// Why somebody looks at what is masked.
    pub enum AccessReason {
        /// To hold the number against the document (art. 29).
        IdentityCheck = "identity_check", "核对身份证明", "checking the proof of identity";
        /// To address or hand over a letter.
        Service = "service", "送达文书", "serving a letter";
        /// To charge the fee, or to count what one applicant asked for.
        Fee = "fee", "收取信息处理费", "charging the fee";
        /// To find out whether two applicants are the same.
        Likeness = "likeness", "核对是否同一申请人", "telling whether two applicants are one";
        /// For a reconsideration or a suit.
        Proceeding = "proceeding", "行政复议、诉讼", "a reconsideration or a suit";
        /// Anything else.
        Other = "other", "其他", "other";
    }
}

/// Why somebody wants to see the numbers.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityQuestion {
    /// `identity_check`, `service`, `fee`, `likeness`, `proceeding` or `other`.
    #[schema(value_type = String, example = "identity_check")]
    pub reason: AccessReason,
}

/// Somebody of the case, with the whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IdentityView {
    /// The part played in the case: `applicant`, or whom one consulted.
    pub part: String,
    /// The name.
    pub name: String,
    /// The number; none where none was given.
    pub identity_number: Option<String>,
}

impl Office {
    /// The whole identity numbers of a case's people, for those who work on it; the look is recorded with its reason.
    ///
    /// # Errors
    /// [`Failure::Missing`]; [`Failure::Forbidden`] for those who only watch; the database's failures.
    pub async fn identities(
        &self,
        officer: &Officer,
        id: CaseId,
        question: IdentityQuestion,
    ) -> Result<Vec<IdentityView>, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let (case, _) = projection::load(conn, id)?;
                let lineage = projection::lineage(conn, case.agency())?;
                permit(&officer, Deed::SeeIdentity, &lineage)?;
                let absent = officer.acts_as(Deed::SeeIdentity, &lineage).absent();
                let note = Note::by(&officer, Kind::Identity).of(case.id).at(case.agency()).in_place_of(absent);
                note.fact("reason", question.reason).write(conn, &shared)?;
                let opener = Opener::of(conn, &[case.id], &shared.keys)?;
                let mut seen = Vec::new();
                for row in people::list(conn, case.id)? {
                    if let Some(person) = opener.person(&row)? {
                        seen.push(IdentityView {
                            part: row.part,
                            name: person.name,
                            identity_number: person.identity_number,
                        });
                    }
                }
                Ok(seen)
            })
            .await
    }
}
