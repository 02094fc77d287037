//! Rows of cells as old cases and old proceedings. Nothing is asked of the database here.

use chrono::NaiveDate;

use super::cells::{Cells, Names, called, day_of, named};
use super::report::ImportProblem;
use crate::case::event::{ImportedClosing, ImportedExtension, ImportedFee, ImportedRegistration};
use crate::case::importing::{self, OldCase};
use crate::case::terms::{DeliveryRoute, IdentityDocument, InformationForm, Matter, ServiceWay};
use crate::law::annual::{Issued, TableTwo, from_ten_thousand};
use crate::law::judgment::Judgment;
use crate::law::order::OrderPeriod;
use crate::law::outcome::{self, Outcome};
use crate::law::overturn::OverturnReason;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::ledger::proceedings::{LEVELS, ROUTES};
use crate::office::sealing::Person;
use crate::proceeding::event::ImportedRound;
use crate::proceeding::importing as old_files;
use crate::proceeding::importing::{OldProceeding, OldResult};
use crate::proceeding::terms::{Challenged, Claimant, CloseReason, Level, Procedure, ProceedingKind};
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;

/// The first year of annual reports (国务院令第492号 of 2007).
const FIRST_YEAR: i32 = 2008;

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

/// A proceeding that can be.
#[derive(Debug, Clone)]
pub(super) struct ReadProceeding {
    pub row: u32,
    pub agency: Option<String>,
    pub number: String,
    pub case_number: String,
    pub letter_number: Option<String>,
    pub after_reconsideration: Option<bool>,
    pub claimant: Claimant,
    pub authority: String,
    pub authority_number: Option<String>,
    pub procedure: Procedure,
    pub old: OldProceeding,
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
    let fee = match (cells.number::<u64>("fee"), cells.day("fee_paid_on")) {
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

/// A row of the sheet of proceedings.
///
/// # Errors
/// Everything that is wrong with it, but for what its case says.
pub(super) fn proceeding(row: &Row) -> Result<ReadProceeding, Vec<ImportProblem>> {
    let mut cells = Cells::of(Sheet::Proceedings, row);
    let read = read_proceeding(&mut cells, row.number);
    cells.finish(read)
}

/// What does not fit together in a proceeding whose case is known.
///
/// # Errors
/// Everything that does not.
pub(super) fn fits(read: &ReadProceeding, row: &Row, today: NaiveDate) -> Result<(), Vec<ImportProblem>> {
    let mut cells = Cells::of(Sheet::Proceedings, row);
    cells.misfits(old_files::misfits(&read.old, today));
    cells.finish(Some(()))
}

fn read_proceeding(cells: &mut Cells<'_>, row: u32) -> Option<ReadProceeding> {
    let agency = cells.text("agency", 100);
    let (number, case_number) = (cells.required("number", 100), cells.required("case_number", 100));
    let kind = cells.required_of("kind", &named!(ProceedingKind));
    let ways: Vec<(bool, Names)> =
        ROUTES.iter().map(|(code, zh)| (*code == "after_reconsideration", [*code, *zh, *code])).collect();
    let after_reconsideration = cells.one_of("route", &ways);
    let levels: Vec<((Level, Level), Names)> =
        LEVELS.iter().map(|(zh, level, heard_as)| ((*level, *heard_as), [*zh, *zh, level.as_str()])).collect();
    let is_suit = kind == Some(ProceedingKind::Litigation);
    let usual = if is_suit { (Level::First, Level::First) } else { (Level::Sole, Level::Sole) };
    let (level, heard_as) = cells.one_of("level", &levels).unwrap_or(usual);
    let challenged = cells.required_of("challenged", &named!(Challenged));
    let letter_number = cells.text("letter_number", 100);
    let claimant = cells.one_of("claimant", &named!(Claimant)).unwrap_or(Claimant::Applicant);
    let (authority, authority_number) = (cells.required("authority", 200), cells.text("authority_number", 200));
    let procedure = cells.one_of("procedure", &named!(Procedure)).unwrap_or(Procedure::Ordinary);
    let [submitted_on, accepted_on, received_on] =
        ["submitted_on", "accepted_on", "received_on"].map(|code| cells.day(code));
    let began = cells.day("began_on").or_else(|| [submitted_on, accepted_on, received_on].into_iter().flatten().min());
    if began.is_none() && !cells.has("began_on") {
        cells.wrong("began_on", "四个开始的日期至少填一项。", "Give one of the four days on which it began.");
    }
    let late = cells.truth("answered_late").unwrap_or(false);
    let answered = cells.day("answered_on").map(|on| (on, late));
    let earlier = earlier(cells);
    let result = result(cells);
    let old = OldProceeding {
        kind: kind?,
        has_route: after_reconsideration.is_some(),
        challenged: challenged?,
        has_letter_number: letter_number.is_some(),
        level,
        heard_as,
        began_on: began?,
        submitted_on,
        accepted_on,
        received_on,
        answer_by: cells.day("answer_by"),
        answered,
        earlier,
        result,
        took_effect_on: cells.day("took_effect_on"),
        performed_on: cells.day("performed_on"),
        struck: cells.one_of("struck", &named!(CloseReason)),
        closed_on: cells.day("closed_on"),
    };
    Some(ReadProceeding {
        row,
        agency,
        number: number?,
        case_number: case_number?,
        letter_number,
        after_reconsideration,
        claimant,
        authority: authority?,
        authority_number,
        procedure,
        old,
    })
}

fn result(cells: &mut Cells<'_>) -> Option<OldResult> {
    let judgment = cells.one_of("judgment", &named!(Judgment));
    let made_on = cells.day("decided_on");
    let received_on = cells.day("decision_received_on").or(made_on);
    let reasons = cells.some_of("reasons", &named!(OverturnReason));
    let order = order(cells);
    if judgment.is_some() && made_on.is_none() && !cells.has("decided_on") {
        cells.wrong("decided_on", "有结果的应当有作出日期。", "A result was decided on a day.");
    }
    if judgment.is_none() {
        for code in ["decided_on", "decision_received_on", "reasons", "order", "took_effect_on", "performed_on"] {
            if cells.has(code) && !cells.has("judgment") {
                cells.wrong(code, "还没有结果。", "There is no result yet.");
            }
        }
    }
    Some(OldResult { judgment: judgment?, made_on: made_on?, received_on: received_on?, reasons, order })
}

/// What was entered for table 二 of a year.
#[derive(Debug, Clone)]
pub(super) struct ReadTwo {
    pub agency: Option<String>,
    pub year: i32,
    pub two: TableTwo,
}

/// A row of the sheet of table 二.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn table_two(row: &Row, this_year: i32) -> Result<ReadTwo, Vec<ImportProblem>> {
    let mut cells = Cells::of(Sheet::TableTwo, row);
    let read = read_two(&mut cells, this_year);
    cells.finish(read)
}

fn read_two(cells: &mut Cells<'_>, this_year: i32) -> Option<ReadTwo> {
    let agency = cells.text("agency", 100);
    cells.required("year", 10);
    let year = cells.number::<i32>("year");
    if year.is_some_and(|year| !(FIRST_YEAR..=this_year).contains(&year)) {
        cells.wrong(
            "year",
            format!("应为{FIRST_YEAR}至{this_year}。"),
            format!("It must lie between {FIRST_YEAR} and {this_year}."),
        );
    }
    let regulations = issued(cells, ["regulations_made", "regulations_repealed", "regulations_in_force"]);
    let normative_documents = issued(cells, ["normative_made", "normative_repealed", "normative_in_force"]);
    let [licences, penalties, enforcement] =
        ["licences", "penalties", "enforcement"].map(|code| cells.number::<u64>(code));
    let charges = cells.text("charges", 20);
    let fen = charges.as_deref().and_then(from_ten_thousand);
    if charges.is_some() && fen.is_none() {
        cells.wrong(
            "charges",
            "应当是以万元为单位的数，小数最多六位。",
            "A number of ten thousand yuan with at most six decimals.",
        );
    }
    let two = TableTwo { regulations, normative_documents, licences, penalties, enforcement, charges: fen };
    if two == TableTwo::default() && !cells.has_problems() {
        cells.wrong("year", "该年度没有填写任何数。", "Nothing is entered for the year.");
    }
    Some(ReadTwo { agency, year: year?, two })
}

/// The three numbers of a kind of document: all of them or none.
fn issued(cells: &mut Cells<'_>, columns: [&'static str; 3]) -> Option<Issued> {
    let [made, repealed, in_force] = columns.map(|code| cells.number::<u64>(code));
    let any = columns.into_iter().any(|code| cells.has(code));
    for code in columns.into_iter().filter(|_| any) {
        if !cells.has(code) {
            cells.wrong(code, "三项要么都填，要么都不填。", "Give all three of them or none.");
        }
    }
    Some(Issued { made: made?, repealed: repealed?, in_force: in_force? })
}

/// `15个工作日`, `30日`, a day, or `法定期限`.
fn order(cells: &mut Cells<'_>) -> Option<OrderPeriod> {
    let text = cells.text("order", 40)?;
    let days = |end: &str| text.strip_suffix(end).and_then(|days| days.trim().parse().ok());
    let read = if ["法定期限", "statutory"].contains(&text.as_str()) {
        Some(OrderPeriod::Statutory)
    } else if let Some(days) = days("个工作日").or_else(|| days("工作日")) {
        Some(OrderPeriod::WorkingDays { days })
    } else if let Some(on) = day_of(&text) {
        Some(OrderPeriod::Until { on })
    } else {
        days("日").or_else(|| days("天")).map(|days| OrderPeriod::CalendarDays { days })
    };
    if read.is_none() {
        cells.wrong(
            "order",
            "应为“15个工作日”“30日”“2025-06-30”或者“法定期限”。",
            "Write 15个工作日 (working days), 30日 (days), a day, or 法定期限 (the statutory period).",
        );
    }
    read
}

/// `2021-03-01 判决驳回诉讼请求 2021-06-01`, one of them for each result before a retrial.
fn earlier(cells: &mut Cells<'_>) -> Vec<ImportedRound> {
    let mut all = Vec::new();
    for told in cells.several("earlier") {
        let words: Vec<&str> = told.split_whitespace().collect();
        let read = match words.as_slice() {
            [from, judgment, on] => day_of(from).zip(called(&named!(Judgment), judgment)).zip(day_of(on)),
            _ => None,
        };
        match read {
            Some(((from, judgment), on)) if from <= on => all.push(ImportedRound { from, judgment, on }),
            _ => cells.wrong(
                "earlier",
                "每项应为“起始日期 结果 终结日期”，以空格隔开。",
                "Each must be: the first day, the result, the last day, with blanks between them.",
            ),
        }
    }
    all
}
