//! The roles a member of staff can hold at an agency. What each may do stands in `table`.

use crate::law::coded::coded;

coded! {
    /// A role, always held at one agency and valid for the agencies below it as `table` says.
    pub enum Role {
        /// Clerk of the disclosure office: receives, confirms, registers, assigns, sends letters, serves.
        Clerk = "clerk", "公开机构经办人", "clerk of the disclosure office";
        /// Handler (承办人): searches, consults, drafts.
        Handler = "handler", "承办人", "handler";
        /// Reviewer (审核) of the draft.
        Reviewer = "reviewer", "审核人", "reviewer";
        /// Legal reviewer (法制审核) of the draft.
        LegalReviewer = "legal_reviewer", "法制审核人", "legal reviewer";
        /// Secrecy reviewer (保密审查), art. 17.
        SecrecyReviewer = "secrecy_reviewer", "保密审查人", "secrecy reviewer";
        /// Head of the disclosure office: consents to an extension, art. 33.
        OfficeHead = "office_head", "公开工作机构负责人", "head of the disclosure office";
        /// The one who signs (签发).
        Signer = "signer", "签发人", "signer";
        /// Supervising authority: sees everything below, decides nothing in a case.
        Supervisor = "supervisor", "监督人员", "supervisor";
        /// Reads journals and verifications.
        Auditor = "auditor", "审计人员", "auditor";
        /// Keeps agencies, staff, calendars and settings; sees no case by that alone.
        Administrator = "administrator", "管理员", "administrator";
    }
}
