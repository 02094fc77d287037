//! The wordings that come with the system: one folder for each notice, in it subject, text and html, in Chinese and English;
//! two layouts that all share. Embedded in the binary.

use super::kind::Notice;
use super::render::{Language, Texts};

/// The six files of a folder.
macro_rules! folder {
    ($name:literal) => {
        [
            include_str!(concat!("templates/", $name, "/subject.zh.txt")),
            include_str!(concat!("templates/", $name, "/text.zh.txt")),
            include_str!(concat!("templates/", $name, "/html.zh.html")),
            include_str!(concat!("templates/", $name, "/subject.en.txt")),
            include_str!(concat!("templates/", $name, "/text.en.txt")),
            include_str!(concat!("templates/", $name, "/html.en.html")),
        ]
    };
}

const fn folder(notice: Notice) -> [&'static str; 6] {
    match notice {
        Notice::Receipt => folder!("receipt"),
        Notice::Registered => folder!("registered"),
        Notice::CorrectionAsked => folder!("correction_asked"),
        Notice::ExplanationAsked => folder!("explanation_asked"),
        Notice::ThirdPartyConsulted => folder!("third_party_consulted"),
        Notice::Extended => folder!("extended"),
        Notice::Delayed => folder!("delayed"),
        Notice::Fee => folder!("fee"),
        Notice::ReplyReady => folder!("reply_ready"),
        Notice::Lapsed => folder!("lapsed"),
        Notice::Reinstated => folder!("reinstated"),
        Notice::Reopened => folder!("reopened"),
        Notice::Withdrawn => folder!("withdrawn"),
        Notice::MyApplications => folder!("my_applications"),
        Notice::DateMoved => folder!("date_moved"),
        Notice::OpinionAsked => folder!("opinion_asked"),
        Notice::OverrideTold => folder!("override_told"),
        Notice::Assigned => folder!("assigned"),
        Notice::Returned => folder!("returned"),
        Notice::ToReview => folder!("to_review"),
        Notice::ToSign => folder!("to_sign"),
        Notice::ToServe => folder!("to_serve"),
        Notice::AnswerReceived => folder!("answer_received"),
        Notice::FindingNeeded => folder!("finding_needed"),
        Notice::Due => folder!("due"),
        Notice::ProceedingAssigned => folder!("proceeding_assigned"),
        Notice::RetentionDue => folder!("retention_due"),
        Notice::ProceedingDue => folder!("proceeding_due"),
        Notice::ProceedingOverdue => folder!("proceeding_overdue"),
        Notice::EnquiryReceived => folder!("enquiry_received"),
        Notice::EnquiryNews => folder!("enquiry_news"),
        Notice::EnquiryAssigned => folder!("enquiry_assigned"),
        Notice::EnquiryDue => folder!("enquiry_due"),
        Notice::EnquiryOverdue => folder!("enquiry_overdue"),
        Notice::Overdue => folder!("overdue"),
        Notice::Escalation => folder!("escalation"),
        Notice::Stalled => folder!("stalled"),
        Notice::RemindedByHand => folder!("reminded_by_hand"),
        Notice::ContributionAsked => folder!("contribution_asked"),
        Notice::Mentioned => folder!("mentioned"),
        Notice::Undelivered => folder!("undelivered"),
        Notice::Digest => folder!("digest"),
        Notice::Supervision => folder!("supervision"),
        Notice::OrderIssued => folder!("order_issued"),
        Notice::OrderAnswered => folder!("order_answered"),
        Notice::OrderClosed => folder!("order_closed"),
        Notice::OrderDue => folder!("order_due"),
        Notice::OrderOverdue => folder!("order_overdue"),
        Notice::SchedulerLate => folder!("scheduler_late"),
        Notice::CalendarProposed => folder!("calendar_proposed"),
        Notice::CalendarConfirmed => folder!("calendar_confirmed"),
        Notice::SealSlip => folder!("seal_slip"),
    }
}

/// A notice's own wording.
pub(super) fn embedded(notice: Notice, language: Language) -> Texts {
    let [zh_subject, zh_text, zh_html, en_subject, en_text, en_html] = folder(notice);
    let (subject, text, html) = match language {
        Language::Zh => (zh_subject, zh_text, zh_html),
        Language::En => (en_subject, en_text, en_html),
    };
    Texts { subject: subject.trim_end().to_owned(), text: text.to_owned(), html: html.to_owned() }
}

/// The name by which an html calls its layout.
pub(super) const HTML_LAYOUT: &str = "layout.html";

/// The layouts that texts and html extend, by the names they call them.
pub(super) const fn layouts(language: Language) -> [(&'static str, &'static str); 2] {
    match language {
        Language::Zh => [
            ("layout.txt", include_str!("templates/layout.zh.txt")),
            (HTML_LAYOUT, include_str!("templates/layout.zh.html")),
        ],
        Language::En => [
            ("layout.txt", include_str!("templates/layout.en.txt")),
            (HTML_LAYOUT, include_str!("templates/layout.en.html")),
        ],
    }
}
