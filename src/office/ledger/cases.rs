//! A case as a row of the ledger.

use chrono::NaiveDate;

use crate::case::Case;
use crate::case::state::{Closing, Extension, Served};
use crate::case::terms::ServiceWay;
use crate::law::outcome::Outcome;
use crate::office::sealing::Person;
use crate::reports::columns::CaseColumn;

/// Between the names of a list in one cell.
pub const BETWEEN: &str = "；";

/// What stands beside the journal in a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// The agency, by its short name.
    pub agency: String,
    /// Who asks, as the reader may see it; none once destroyed.
    pub applicant: Option<Person>,
    /// What is asked for.
    pub subject: String,
    /// Its description.
    pub description: String,
    /// With whom it is.
    pub handler: String,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// An end of a case, as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct End {
    outcome: Outcome,
    on: NaiveDate,
    way: Option<ServiceWay>,
    number: Option<String>,
    late: Option<bool>,
}

/// The row.
pub(super) fn row(columns: &[CaseColumn], case: &Case, beside: &Beside) -> Vec<String> {
    let (first, anew) = ends(case);
    columns.iter().map(|column| cell(*column, case, beside, (first.as_ref(), anew.as_ref()))).collect()
}

fn cell(column: CaseColumn, case: &Case, beside: &Beside, (first, anew): (Option<&End>, Option<&End>)) -> String {
    let person =
        |take: fn(&Person) -> Option<&String>| beside.applicant.as_ref().and_then(take).cloned().unwrap_or_default();
    let correction = case.correction.as_ref();
    let extension = match case.extension {
        Some(Extension::Notified { days, sent_on }) => Some((days, sent_on)),
        Some(Extension::Requested { .. } | Extension::Granted { .. }) | None => None,
    };
    match column {
        CaseColumn::Agency => beside.agency.clone(),
        CaseColumn::Number => case.registration.as_ref().map(|one| one.number.clone()).unwrap_or_default(),
        CaseColumn::ReceiptNo => case.filed.receipt_no.clone(),
        CaseColumn::Matter => case.particulars.matter.zh().to_owned(),
        CaseColumn::Channel => case.filed.channel.zh().to_owned(),
        CaseColumn::ArrivedOn => case.filed.arrived_on.to_string(),
        CaseColumn::ReceivedOn => day(case.received_on),
        CaseColumn::RegisteredOn => day(case.registration.as_ref().map(|one| one.on)),
        CaseColumn::ApplicantKind => case.particulars.applicant_kind.zh().to_owned(),
        CaseColumn::Applicant => person(|one| Some(&one.name)),
        CaseColumn::IdentityDocument => case.filed.identity_document.map(|one| one.zh().to_owned()).unwrap_or_default(),
        CaseColumn::IdentityNumber => person(|one| one.identity_number.as_ref()),
        CaseColumn::ContactName => person(|one| one.contact_name.as_ref()),
        CaseColumn::Phone => person(|one| one.phone.as_ref()),
        CaseColumn::Email => person(|one| one.email.as_ref()),
        CaseColumn::Address => person(|one| one.address.as_ref()),
        CaseColumn::Postcode => person(|one| one.postcode.as_ref()),
        CaseColumn::Subject => beside.subject.clone(),
        CaseColumn::Description => beside.description.clone(),
        CaseColumn::Form => case.particulars.form.zh().to_owned(),
        CaseColumn::Route => case.particulars.route.zh().to_owned(),
        CaseColumn::CorrectionSentOn => day(correction.map(|one| one.sent_on)),
        CaseColumn::CorrectedOn => day(correction.and_then(|one| one.received_on)),
        CaseColumn::ExtendedDays => extension.map(|(days, _)| days.to_string()).unwrap_or_default(),
        CaseColumn::ExtensionSentOn => day(extension.map(|(_, on)| on)),
        CaseColumn::Fee => fee(case).map(|(amount, _)| amount.to_string()).unwrap_or_default(),
        CaseColumn::FeePaidOn => day(fee(case).and_then(|(_, paid_on)| paid_on)),
        CaseColumn::Withheld => case.withheld().iter().map(|one| one.zh()).collect::<Vec<_>>().join(BETWEEN),
        CaseColumn::Outcome | CaseColumn::AnewOutcome => {
            of(column, CaseColumn::Outcome, first, anew).map(|one| one.outcome.zh().to_owned()).unwrap_or_default()
        }
        CaseColumn::ClosedOn | CaseColumn::AnewOn => {
            day(of(column, CaseColumn::ClosedOn, first, anew).map(|one| one.on))
        }
        CaseColumn::ServiceWay | CaseColumn::AnewWay => of(column, CaseColumn::ServiceWay, first, anew)
            .and_then(|one| one.way)
            .map(|way| way.zh().to_owned())
            .unwrap_or_default(),
        CaseColumn::ReplyNumber | CaseColumn::AnewNumber => {
            of(column, CaseColumn::ReplyNumber, first, anew).and_then(|one| one.number.clone()).unwrap_or_default()
        }
        CaseColumn::Late | CaseColumn::AnewLate => {
            truth(of(column, CaseColumn::Late, first, anew).and_then(|one| one.late))
        }
        CaseColumn::Stage => case.stage.zh().to_owned(),
        CaseColumn::Handler => beside.handler.clone(),
        CaseColumn::DueOn => day(beside.due_on),
    }
}

/// The end that a column is about: the first, if it is the column of the first.
fn of<'a>(column: CaseColumn, of_first: CaseColumn, first: Option<&'a End>, anew: Option<&'a End>) -> Option<&'a End> {
    if column == of_first { first } else { anew }
}

/// A day, or nothing.
pub(super) fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Yes, no, or nothing.
pub(super) fn truth(truth: Option<bool>) -> String {
    truth.map_or("", |truth| if truth { "是" } else { "否" }).to_owned()
}

fn fee(case: &Case) -> Option<(u64, Option<NaiveDate>)> {
    let of_ledger = case.imported.as_ref().and_then(|imported| imported.fee);
    let here = case.fee.as_ref().map(|fee| (fee.amount, fee.paid_on));
    here.or_else(|| of_ledger.map(|fee| (fee.amount, fee.paid_on)))
}

/// How it ended first, and how it was answered anew after a decision; what came between is not in the ledger.
fn ends(case: &Case) -> (Option<End>, Option<End>) {
    let now = case.closing.as_ref().map(|closing| end(case, closing, case.served.as_ref()));
    if let Some(imported) = case.imported.as_ref().filter(|one| one.closing.is_some()) {
        let told = |one: &crate::case::event::ImportedClosing| End {
            outcome: one.outcome,
            on: one.on,
            way: one.way,
            number: one.number.clone(),
            late: one.late,
        };
        let here = now.filter(|_| !case.reopenings.is_empty());
        return (imported.closing.as_ref().map(told), here.or_else(|| imported.anew.as_ref().map(told)));
    }
    match case.reopenings.iter().find_map(|one| Some((one.closing.as_ref()?, one.served.as_ref()))) {
        Some((closing, served)) => (Some(end(case, closing, served)), now),
        None => (now, None),
    }
}

fn end(case: &Case, closing: &Closing, served: Option<&Served>) -> End {
    let number = case.replies().filter(|(_, one)| Some(*one) == served).last().map(|(letter, _)| letter.number.clone());
    End { outcome: closing.outcome, on: closing.on, way: served.map(|one| one.way), number, late: closing.late }
}
