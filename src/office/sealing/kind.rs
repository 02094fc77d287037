//! The kinds of texts that are sealed, by the words under which they are stored.

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Title of what is asked for.
    Subject,
    /// Its description.
    Description,
    /// A reason, a finding, a remark.
    Reason,
    /// A letter that goes out.
    Letter,
    /// An opinion that came in.
    Opinion,
    /// A correction that came in.
    Correction,
    /// What proves something.
    Evidence,
    /// Part of the record of a search.
    Search,
    /// What a unit of the agency is asked, and what it answers.
    CoWork,
    /// A statement, a part or a reason of a draft reply.
    Reply,
    /// The whole text of a reply as it was signed.
    SignedReply,
    /// The sheet of a redaction, as JSON.
    Redaction,
    /// A line of the register of service.
    Delivery,
    /// A letter as it was issued, as JSON.
    IssuedLetter,
    /// A note.
    Note,
    /// The answers to an agency's own fields, as canonical JSON.
    Extra,
    /// What is said in the file of a proceeding: names of authorities, the answer, reasons.
    Proceeding,
    /// What somebody said in reminding of the case by hand; no entry of the journal refers to it.
    Reminder,
    /// What is said in a supervision order about the case, as JSON; no entry of the journal refers to it.
    Order,
}

impl TextKind {
    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Description => "description",
            Self::Reason => "reason",
            Self::Letter => "letter",
            Self::Opinion => "opinion",
            Self::Correction => "correction",
            Self::Evidence => "evidence",
            Self::Search => "search",
            Self::CoWork => "co_work",
            Self::Reply => "reply",
            Self::SignedReply => "signed_reply",
            Self::Redaction => "redaction",
            Self::Delivery => "delivery",
            Self::IssuedLetter => "issued_letter",
            Self::Note => "note",
            Self::Extra => "extra",
            Self::Proceeding => "proceeding",
            Self::Reminder => "reminder",
            Self::Order => "order",
        }
    }

    /// What search finds a case by: what was asked, not what the office thinks of it.
    pub(super) const fn is_searched(self) -> bool {
        matches!(self, Self::Subject | Self::Description | Self::Correction)
    }
}
