//! Bringing in a case that was kept elsewhere before: what of a ledger's row contradicts itself or the law, and the first entries
//! of the journal that it makes. Nothing else is decided: what was done then is a fact now.

use chrono::NaiveDate;

use super::event::{
    Event, Filed, Imported, ImportedClosing, ImportedCorrection, ImportedExtension, ImportedFee, ImportedRegistration,
};
use super::intake::Application;
use super::terms::{Matter, TextRef};
use crate::ids::ImportId;
use crate::law::calendar::Calendar;
use crate::law::outcome::{self, Outcome};
use crate::law::receipt::Channel;
use crate::law::{periods, reply};

/// What a row says, but for names and texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldCase {
    /// How it came.
    pub channel: Channel,
    /// The day it was handed in, signed for, or arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt.
    pub received_on: Option<NaiveDate>,
    /// What was applied for.
    pub matter: Matter,
    /// The register's entry.
    pub registration: Option<ImportedRegistration>,
    /// The days of the correction notice and of the correction.
    pub correction: Option<(NaiveDate, Option<NaiveDate>)>,
    /// The extension.
    pub extension: Option<ImportedExtension>,
    /// The fee.
    pub fee: Option<ImportedFee>,
    /// The grounds of what was withheld.
    pub withheld: Vec<Outcome>,
    /// How it ended first.
    pub closing: Option<ImportedClosing>,
    /// How it was answered anew.
    pub anew: Option<ImportedClosing>,
}

/// What does not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The field, as the ledger's column is called.
    pub field: &'static str,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Misfit {
    fn new(field: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field, zh: zh.into(), en: en.into() }
    }
}

/// Everything about a row that does not fit together, on `today`.
#[must_use]
pub fn misfits(old: &OldCase, today: NaiveDate) -> Vec<Misfit> {
    let mut found = days(old, today);
    found.extend(endings(old));
    found
}

/// Every day lies within the time of the Regulation, and in its order.
fn days(old: &OldCase, today: NaiveDate) -> Vec<Misfit> {
    let mut found = Vec::new();
    let mut order = |field: &'static str, day: Option<NaiveDate>, earliest: NaiveDate| {
        if let Some(day) = day {
            found.extend(misplaced(field, day, earliest, today));
        }
    };
    let arrived = old.arrived_on;
    let received = old.received_on.unwrap_or(arrived);
    order("arrived_on", Some(arrived), periods::IN_FORCE);
    order("received_on", old.received_on, arrived);
    order("registered_on", old.registration.as_ref().map(|one| one.on), arrived);
    if let Some((sent_on, corrected_on)) = old.correction {
        order("correction_sent_on", Some(sent_on), received);
        order("corrected_on", corrected_on, sent_on);
    }
    order("extension_sent_on", old.extension.map(|one| one.sent_on), received);
    order("fee_paid_on", old.fee.and_then(|one| one.paid_on), received);
    order("closed_on", old.closing.as_ref().map(|one| one.on), received);
    let closed = old.closing.as_ref().map_or(received, |one| one.on);
    order("anew_on", old.anew.as_ref().map(|one| one.on), closed);
    if let Some(extension) = old.extension.filter(|one| one.days == 0 || one.days > periods::EXTENSION_MAX_DAYS) {
        let (days, most) = (extension.days, periods::EXTENSION_MAX_DAYS);
        found.push(Misfit::new(
            "extended_days",
            format!("延期{days}个工作日不在1至{most}个工作日之间（条例第三十三条）"),
            format!("an extension by {days} working days is not between 1 and {most} (Regulation art. 33)"),
        ));
    }
    found
}

/// What is wrong with a day: it has not come yet, or lies before what it follows.
#[must_use]
pub fn misplaced(field: &'static str, day: NaiveDate, earliest: NaiveDate, today: NaiveDate) -> Option<Misfit> {
    if day > today {
        return Some(Misfit::new(field, format!("晚于今天（{today}）"), format!("it lies after today ({today})")));
    }
    (day < earliest)
        .then(|| Misfit::new(field, format!("不能早于{earliest}"), format!("it cannot lie before {earliest}")))
}

/// The end fits what was applied for, and what belongs to a reply stands only where there was one.
fn endings(old: &OldCase) -> Vec<Misfit> {
    let mut found = Vec::new();
    let Some(closing) = &old.closing else {
        if old.anew.is_some() {
            found.push(Misfit::new("anew_on", "还没有首次办结", "it was not closed a first time"));
        }
        if !old.withheld.is_empty() {
            found.push(Misfit::new("withheld", "还没有办理结果", "there is no outcome yet"));
        }
        return found;
    };
    if old.received_on.is_none() && closing.outcome != Outcome::Withdrawn {
        found.push(Misfit::new("received_on", "已办结的应当有收到日期", "what is closed was received on a day"));
    }
    for (field, one) in [("outcome", Some(closing)), ("anew_outcome", old.anew.as_ref())] {
        let Some(one) = one else { continue };
        let rule = outcome::rule(one.outcome);
        if rule.report_row.is_none() && old.matter != Matter::RecordsCorrection {
            found.push(Misfit::new(
                field,
                "更正本人信息的结果只用于更正申请",
                "this outcome is one of an application to have records corrected",
            ));
        }
        if !rule.by_reply && one.way.is_some() {
            let way = if field == "outcome" { "service_way" } else { "anew_way" };
            found.push(Misfit::new(way, "这种结果没有答复书送达", "no reply is served with this outcome"));
        }
    }
    let last = old.anew.as_ref().unwrap_or(closing);
    if !old.withheld.is_empty() && last.outcome != Outcome::PartlyGranted && closing.outcome != Outcome::PartlyGranted {
        found.push(Misfit::new("withheld", "只有部分公开的才填写", "this is given only where a part was granted"));
    }
    found
}

/// Where the row stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The file.
    pub import: ImportId,
    /// The row.
    pub row: u32,
    /// Working days an agency gives for a correction.
    pub correction_window_days: u32,
    /// Working days within which it means to confirm receipt.
    pub confirmation_days: u32,
}

/// The first entries of the journal. `notice`: a text that stands for the correction notice, which lies in the old file.
#[must_use]
pub fn open(
    application: Application,
    old: OldCase,
    notice: Option<TextRef>,
    place: Place,
    calendar: &Calendar,
) -> Vec<Event> {
    let correction = old.correction.zip(notice).map(|((sent_on, received_on), letter)| ImportedCorrection {
        letter,
        sent_on,
        window_days: place.correction_window_days,
        in_time: old.received_on.is_none_or(|on| sent_on <= reply::correction_notice_clock(on, calendar).due.on),
        received_on,
    });
    let filed = Filed {
        agency: application.agency,
        receipt_no: application.receipt_no,
        channel: old.channel,
        arrived_on: old.arrived_on,
        received_on: old.received_on,
        confirmation_days: place.confirmation_days,
        applicant_kind: application.applicant_kind,
        applicant: application.applicant,
        subject: application.subject,
        description: application.description,
        form: application.form,
        route: application.route,
        matter: old.matter,
        identity_document: application.identity_document,
        co_applicants: application.co_applicants,
        agent: application.agent,
        recipient: application.recipient,
        assistance: application.assistance,
        misaddressed: application.misaddressed,
        read_back: application.read_back,
        evidence: application.evidence,
        split_from: None,
        correction_asked: false,
        form_version: None,
        extra: None,
    };
    let imported = Imported {
        import: place.import,
        row: place.row,
        registration: old.registration,
        correction,
        extension: old.extension,
        fee: old.fee,
        withheld: old.withheld,
        closing: old.closing,
        anew: old.anew,
    };
    vec![Event::Filed(Box::new(filed)), Event::Imported(Box::new(imported))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn old() -> OldCase {
        OldCase {
            channel: Channel::InPerson,
            arrived_on: day("2021-03-01"),
            received_on: Some(day("2021-03-01")),
            matter: Matter::Disclosure,
            registration: None,
            correction: None,
            extension: None,
            fee: None,
            withheld: Vec::new(),
            closing: Some(ImportedClosing {
                outcome: Outcome::Granted,
                on: day("2021-03-20"),
                way: None,
                number: None,
                late: Some(false),
            }),
            anew: None,
        }
    }

    fn fields(old: &OldCase) -> Vec<&'static str> {
        misfits(old, day("2026-01-05")).into_iter().map(|one| one.field).collect()
    }

    #[test]
    fn every_contradiction_of_a_row_is_told_at_once_with_its_column() {
        assert_eq!(fields(&old()), [""; 0]);
        let mut wrong = old();
        wrong.arrived_on = day("2019-05-14");
        wrong.received_on = Some(day("2019-05-13"));
        wrong.extension = Some(ImportedExtension { days: 21, sent_on: day("2026-01-06") });
        wrong.withheld = vec![Outcome::RefusedThirdParty];
        assert_eq!(fields(&wrong), ["arrived_on", "received_on", "extension_sent_on", "extended_days", "withheld"]);
    }

    #[test]
    fn what_is_closed_was_received_unless_it_was_withdrawn_before() {
        let mut unconfirmed = OldCase { received_on: None, ..old() };
        assert_eq!(fields(&unconfirmed), ["received_on"]);
        unconfirmed.closing = unconfirmed.closing.map(|one| ImportedClosing { outcome: Outcome::Withdrawn, ..one });
        assert_eq!(fields(&unconfirmed), [""; 0]);
    }
}
