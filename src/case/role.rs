//! The roles a member of staff can hold at an agency. What each may do stands in `table`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A role, always held at one agency and valid for the agencies below it as `table` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Clerk of the disclosure office: receives, confirms, registers, assigns, sends letters, serves.
    Clerk,
    /// Handler (承办人): searches, consults, drafts.
    Handler,
    /// Reviewer (审核) of the draft.
    Reviewer,
    /// Secrecy reviewer (保密审查), art. 17.
    SecrecyReviewer,
    /// Head of the disclosure office: consents to an extension, art. 33.
    OfficeHead,
    /// The one who signs (签发).
    Signer,
    /// Supervising authority: sees everything below, decides nothing in a case.
    Supervisor,
    /// Reads journals and verifications.
    Auditor,
    /// Keeps agencies, staff, calendars and settings; sees no case by that alone.
    Administrator,
}

impl Role {
    /// Every role, in the order of the papers' way through an office.
    pub const ALL: [Self; 9] = [
        Self::Clerk,
        Self::Handler,
        Self::Reviewer,
        Self::SecrecyReviewer,
        Self::OfficeHead,
        Self::Signer,
        Self::Supervisor,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The stable name used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Handler => "handler",
            Self::Reviewer => "reviewer",
            Self::SecrecyReviewer => "secrecy_reviewer",
            Self::OfficeHead => "office_head",
            Self::Signer => "signer",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Clerk => "公开机构经办人",
            Self::Handler => "承办人",
            Self::Reviewer => "审核人",
            Self::SecrecyReviewer => "保密审查人",
            Self::OfficeHead => "公开工作机构负责人",
            Self::Signer => "签发人",
            Self::Supervisor => "监督人员",
            Self::Auditor => "审计人员",
            Self::Administrator => "管理员",
        }
    }

    /// The English name.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Clerk => "clerk of the disclosure office",
            Self::Handler => "handler",
            Self::Reviewer => "reviewer",
            Self::SecrecyReviewer => "secrecy reviewer",
            Self::OfficeHead => "head of the disclosure office",
            Self::Signer => "signer",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not the name of a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no such role: {0}; roles are clerk, handler, reviewer, secrecy_reviewer, office_head, signer, supervisor, auditor, administrator"
)]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}
