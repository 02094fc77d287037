//! Rows of cells as old cases and old proceedings. Nothing is asked of the database here.

mod proceedings;
mod table_two;

use chrono::NaiveDate;

use super::cells::{Cells, named};
use super::report::ImportProblem;
use crate::case::event::{ImportedClosing, ImportedExtension, ImportedFee, ImportedRegistration};
use crate::case::importing::{self, OldCase};
use crate::case::terms::{DeliveryRoute, IdentityDocument, InformationForm, Matter, ServiceWay};
use crate::law::outcome::{self, Outcome};
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::sealing::Person;
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;

pub(super) use proceedings::{ReadProceeding, fits, proceeding};
/// More than any fee of one case comes to, in yuan.
const FEE_MAX: u64 = 100_000_000;

pub(super) use table_two::{ReadTwo, table_two};

/// A case that can be brought in, but for what others have.
#[derive(Debug, Clone)]
pub(super) struct ReadCase {
    pub row: u32,
    pub agency: Option<String>,
    pub number: Option<String>,
    pub receipt_no: Option<String>,
    pub applicant_kind: ApplicantKind,
    pub applicant: Person,
    pub identity_document: Option<IdentityDocument>,
    pub subject: String,
    pub description: String,
    pub form: InformationForm,
    pub route: DeliveryRoute,
    pub old: OldCase,
}

/// A row of the sheet of cases.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn case(row: &Row, today: NaiveDate) -> Result<ReadCase, Vec<ImportProblem>> {
    let mut cells = Cells::of(Sheet::Cases, row);
    let read = read_case(&mut cells, row.number);
    if let Some(read) = &read
        && !cells.has_problems()
    {
        cells.misfits(importing::misfits(&read.old, today));
    }
    cells.finish(read)
}

fn read_case(cells: &mut Cells<'_>, row: u32) -> Option<ReadCase> {
    let agency = cells.text("agency", 100);
    let (number, receipt_no) = (cells.text("number", 100), cells.text("receipt_no", 100));
    if number.is_none() && receipt_no.is_none() {
        cells.wrong(
            "number",
            "登记编号和回执编号至少填一项：再次导入时以此认出同一件。",
            "Give the number in the register or that on the receipt: by it the case is known when it comes again.",
        );
    }
    let (channel, arrived_on) = (cells.required_of("channel", &named!(Channel)), cells.day("arrived_on"));
    if arrived_on.is_none() {
        cells.required("arrived_on", 100);
    }
    let received_on = cells.day("received_on");
    let registered_on = cells.day("registered_on").or(received_on).or(arrived_on);
    let matter = cells.one_of("matter", &named!(Matter)).unwrap_or_default();
    let correction = match (cells.day("correction_sent_on"), cells.day("corrected_on")) {
        (None, Some(_)) => {
            cells.wrong("correction_sent_on", "收到补正的应当有补正告知日期。", "A correction was asked for on a day.");
            None
        }
        (sent_on, corrected_on) => sent_on.map(|sent_on| (sent_on, corrected_on)),
    };
    let extension = match (cells.number::<u32>("extended_days"), cells.day("extension_sent_on")) {
        (Some(days), Some(sent_on)) => Some(ImportedExtension { days, sent_on }),
        (Some(_), None) => {
            cells.wrong(
                "extension_sent_on",
                "延期的应当填写告知日期。",
                "An extension takes effect when it is notified.",
            );
            None
        }
        (None, Some(_)) => {
            cells.wrong("extended_days", "延期的应当填写工作日数。", "Say by how many working days.");
            None
        }
        (None, None) => None,
    };
    let fee = match (cells.number_to("fee", FEE_MAX), cells.day("fee_paid_on")) {
        (Some(amount), paid_on) => Some(ImportedFee { amount, paid_on }),
        (None, Some(_)) => {
            cells.wrong("fee", "已缴费的应当填写金额。", "Say how much was paid.");
            None
        }
        (None, None) => None,
    };
    let closing = end(cells, ["outcome", "closed_on", "service_way", "reply_number", "late"]);
    let anew = end(cells, ["anew_outcome", "anew_on", "anew_way", "anew_number", "anew_late"]);
    let withheld = cells.some_of("withheld", &named!(Outcome));
    let applicant = Person {
        name: cells.required("applicant", 200).unwrap_or_default(),
        identity_number: cells.text("identity_number", 64),
        contact_name: cells.text("contact_name", 200),
        phone: cells.text("phone", 50),
        email: cells.text("email", 200),
        address: cells.text("address", 500),
        postcode: cells.text("postcode", 20),
    };
    let applicant_kind = cells.required_of("applicant_kind", &named!(ApplicantKind));
    let subject = cells.required("subject", 500);
    let description = cells.text("description", 10_000).or_else(|| subject.clone());
    let identity_document = cells.one_of("identity_document", &named!(IdentityDocument));
    let form = cells.one_of("form", &named!(InformationForm)).unwrap_or(InformationForm::Paper);
    let route = cells.one_of("route", &named!(DeliveryRoute)).unwrap_or(DeliveryRoute::Post);
    Some(ReadCase {
        row,
        agency,
        receipt_no,
        applicant_kind: applicant_kind?,
        applicant,
        identity_document,
        subject: subject?,
        description: description?,
        form,
        route,
        old: OldCase {
            channel: channel?,
            arrived_on: arrived_on?,
            received_on,
            matter,
            registration: number.clone().zip(registered_on).map(|(number, on)| ImportedRegistration { number, on }),
            correction,
            extension,
            fee,
            withheld,
            closing,
            anew,
        },
        number,
    })
}

/// An end: with what, when, how served, under which number, whether late.
fn end(cells: &mut Cells<'_>, columns: [&'static str; 5]) -> Option<ImportedClosing> {
    let [of, day, way, number, late] = columns;
    let outcome = cells.one_of(of, &named!(Outcome));
    let on = cells.day(day);
    let served = cells.one_of(way, &named!(ServiceWay));
    let (number_told, late_told) = (cells.text(number, 100), cells.truth(late));
    let Some((outcome, on)) = outcome.zip(on) else {
        if outcome.is_some() && !cells.has(day) {
            cells.wrong(day, "有办理结果的应当有日期。", "What has an outcome ended on a day.");
        }
        if on.is_some() && !cells.has(of) {
            cells.wrong(of, "有日期的应当有办理结果。", "What ended on a day has an outcome.");
        }
        for told in [way, number, late] {
            if outcome.is_none() && on.is_none() && cells.has(told) {
                cells.wrong(told, "还没有办理结果。", "There is no outcome yet.");
            }
        }
        return None;
    };
    // Where the ledger does not say, it went by post: what follows from that is the kindest to the applicant.
    let way = served.or_else(|| outcome::rule(outcome).by_reply.then_some(ServiceWay::Post));
    Some(ImportedClosing { outcome, on, way, number: number_told, late: late_told })
}
