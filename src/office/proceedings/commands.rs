//! From what was sent to a command: texts sealed, files and people looked up, missing days today's.

use super::bodies::{DecisionReceived, PaperIssue, PeriodUnit};
use super::desk::Desk;
use super::input::ProceedingInput as Input;
use super::own_papers;
use crate::ids::{CaseId, FileId};
use crate::law::order::OrderPeriod;
use crate::office::failure::{Failure, Problem};
use crate::office::input::required;
use crate::office::sealing::TextKind;
use crate::office::{particulars, permission::Deed};
use crate::proceeding::Command;
use crate::proceeding::event::{Decision, EvidenceItem};
use crate::proceeding::terms::PaperKind;

/// The command.
///
/// # Errors
/// [`Failure::Invalid`] for what cannot be; the database's failures.
pub(super) fn command(desk: &mut Desk<'_>, input: &Input) -> Result<Command, Failure> {
    let today = desk.today;
    let day = |on: Option<chrono::NaiveDate>| on.unwrap_or(today);
    Ok(match input {
        Input::Assign(one) => {
            if let Some(handler) = one.handler {
                desk.sees_to_it("/handler", handler)?;
            }
            Command::Assign { handler: one.handler }
        }
        Input::RecordCorrectionAsked(one) => Command::RecordCorrectionAsked { on: day(one.on) },
        Input::RecordCorrected(one) => Command::RecordCorrected { on: day(one.on) },
        Input::RecordAcceptance(one) => Command::RecordAcceptance {
            on: day(one.on),
            authority: desk.optional_text(TextKind::Proceeding, one.authority.as_deref())?,
            number: desk.optional_text(TextKind::Proceeding, one.number.as_deref())?,
        },
        Input::ReceiveCopy(one) => Command::ReceiveCopy { on: day(one.on), answer_by: one.answer_by },
        Input::SwitchProcedure(one) => Command::SwitchProcedure { to: one.to, on: day(one.on) },
        Input::MoveAnswer(one) => Command::MoveAnswer { to: one.to, text: said(desk, "/text", &one.text)? },
        Input::ListEvidence(one) => {
            let file = one.file.map(|file| desk.file("/file", file)).transpose()?.map(|file| file.id);
            let leave = desk.optional_text(TextKind::Proceeding, one.leave.as_deref())?;
            let (title, proves) = (said(desk, "/title", &one.title)?, said(desk, "/proves", &one.proves)?);
            Command::ListEvidence {
                item: EvidenceItem { evidence: one.evidence, title, proves, file, pages: one.pages },
                leave,
            }
        }
        Input::RemoveEvidence(one) => {
            Command::RemoveEvidence { item: one.item, reason: said(desk, "/reason", &one.reason)? }
        }
        Input::IssuePaper(one) => paper(desk, one)?,
        Input::Answer(one) => {
            let files = papers(desk, one.files.as_deref().unwrap_or_default())?;
            Command::Answer { on: day(one.on), text: said(desk, "/text", &one.text)?, files }
        }
        Input::FixHearing(one) => {
            Command::FixHearing { of: one.of, on: one.on, place: said(desk, "/place", &one.place)? }
        }
        Input::MoveHearing(one) => Command::MoveHearing { hearing: one.hearing, to: one.to },
        Input::RecordHearing(one) => Command::RecordHearing {
            hearing: one.hearing,
            on: day(one.on),
            head_attended: one.head_attended,
            minutes: desk.optional_text(TextKind::Proceeding, one.minutes.as_deref())?,
        },
        Input::DropHearing(one) => {
            Command::DropHearing { hearing: one.hearing, reason: said(desk, "/reason", &one.reason)? }
        }
        Input::RecordMediation(one) => {
            Command::RecordMediation { on: day(one.on), agreed: one.agreed, text: said(desk, "/text", &one.text)? }
        }
        Input::RecordSuspension(one) => Command::RecordSuspension {
            on: day(one.on),
            ground: one.ground,
            text: desk.optional_text(TextKind::Proceeding, one.text.as_deref())?,
        },
        Input::RecordResumption(one) => Command::RecordResumption { on: day(one.on) },
        Input::RecordExtension(one) => Command::RecordExtension { on: day(one.on), days: one.days },
        Input::ReceiveDecision(one) => Command::ReceiveDecision { decision: Box::new(decision(desk, one)?) },
        Input::RecordEffect(one) => Command::RecordEffect { on: day(one.on) },
        Input::ReceiveOpinion(one) => {
            let document = document(desk, one.document)?;
            Command::ReceiveOpinion { on: day(one.on), text: said(desk, "/text", &one.text)?, document }
        }
        Input::ReportOpinion(one) => Command::ReportOpinion { on: day(one.on), text: said(desk, "/text", &one.text)? },
        Input::RecordPerformance(one) => Command::RecordPerformance {
            on: day(one.on),
            letter_number: one.letter_number.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned),
            text: said(desk, "/text", &one.text)?,
        },
        Input::RecordAppeal(one) => Command::RecordAppeal { by: one.by, on: day(one.on) },
        Input::RecordRetrial(one) => Command::RecordRetrial {
            cause: one.cause,
            on: day(one.on),
            heard_as: one.heard_as,
            authority: said(desk, "/authority", &one.authority)?,
        },
        Input::RecordWithdrawal(one) => Command::RecordWithdrawal {
            on: day(one.on),
            text: desk.optional_text(TextKind::Proceeding, one.text.as_deref())?,
        },
        Input::Close(one) => Command::Close { reason: one.reason, text: said(desk, "/text", &one.text)? },
        Input::AttachFile(one) => {
            let file = desk.file("/file", one.file)?;
            Command::AttachFile { file, title: said(desk, "/title", &one.title)? }
        }
        Input::Link(one) => Command::Link { case: other_case(desk, &one.case)? },
        Input::Note(one) => {
            let mentions = one.mentions.clone().unwrap_or_default();
            for member in &mentions {
                desk.sees_to_it("/mentions", *member)?;
            }
            Command::Note { text: said(desk, "/text", &one.text)?, mentions }
        }
        Input::CorrectDate(one) => {
            Command::CorrectDate { date: one.date, on: one.on, reason: said(desk, "/reason", &one.reason)? }
        }
        Input::Annul(one) => Command::Annul { seq: one.seq, reason: said(desk, "/reason", &one.reason)? },
    })
}

/// A paper under its number, which falls back with the transaction should the act be refused.
fn paper(desk: &mut Desk<'_>, one: &PaperIssue) -> Result<Command, Failure> {
    if one.paper == PaperKind::Answer {
        required("/text", one.text.as_deref().unwrap_or_default())?;
    }
    let text = desk.optional_text(TextKind::Proceeding, one.text.as_deref())?;
    let number = own_papers::number(desk, one.paper)?;
    Ok(Command::IssuePaper { paper: one.paper, number, text })
}

fn said(desk: &mut Desk<'_>, pointer: &str, words: &str) -> Result<crate::case::terms::TextRef, Failure> {
    let words = required(pointer, words)?;
    desk.text(TextKind::Proceeding, &words)
}

fn document(desk: &Desk<'_>, id: Option<FileId>) -> Result<Option<FileId>, Failure> {
    Ok(id.map(|id| desk.file("/document", id)).transpose()?.map(|file| file.id))
}

fn papers(desk: &Desk<'_>, ids: &[FileId]) -> Result<Vec<FileId>, Failure> {
    ids.iter().enumerate().map(|(place, id)| desk.file(&format!("/files/{place}"), *id).map(|file| file.id)).collect()
}

fn decision(desk: &mut Desk<'_>, one: &DecisionReceived) -> Result<Decision, Failure> {
    Ok(Decision {
        judgment: one.judgment,
        made_on: one.made_on,
        received_on: one.received_on.unwrap_or(desk.today),
        reasons: one.reasons.clone().unwrap_or_default(),
        order: period(one)?,
        number: desk.optional_text(TextKind::Proceeding, one.number.as_deref())?,
        text: desk.optional_text(TextKind::Proceeding, one.text.as_deref())?,
        document: document(desk, one.document)?,
    })
}

/// The time that is named: days with a unit of days, a day with `until`, neither with the statutory period.
fn period(one: &DecisionReceived) -> Result<Option<OrderPeriod>, Failure> {
    let wrong = |pointer: &str, zh: &str, en: &str| Err(Failure::Invalid(vec![Problem::at(pointer, zh, en)]));
    let in_days = matches!(one.period, Some(PeriodUnit::WorkingDays | PeriodUnit::CalendarDays));
    if one.period_days.is_some() && !in_days {
        let (zh, en) =
            ("只有按工作日或者自然日定期限的才填写天数。", "Days go with a time in working or calendar days only.");
        return wrong("/period_days", zh, en);
    }
    if one.period_until.is_some() && one.period != Some(PeriodUnit::Until) {
        let (zh, en) = ("只有定明最后一日的才填写。", "A last day goes with a time named by it only.");
        return wrong("/period_until", zh, en);
    }
    match (one.period, one.period_days, one.period_until) {
        (None, ..) => Ok(None),
        (Some(PeriodUnit::WorkingDays), Some(days), _) => Ok(Some(OrderPeriod::WorkingDays { days })),
        (Some(PeriodUnit::CalendarDays), Some(days), _) => Ok(Some(OrderPeriod::CalendarDays { days })),
        (Some(PeriodUnit::Until), _, Some(on)) => Ok(Some(OrderPeriod::Until { on })),
        (Some(PeriodUnit::Statutory), ..) => Ok(Some(OrderPeriod::Statutory)),
        (Some(PeriodUnit::WorkingDays | PeriodUnit::CalendarDays), None, _) => {
            wrong("/period_days", "请填写天数。", "Say how many days.")
        }
        (Some(PeriodUnit::Until), _, None) => wrong("/period_until", "请填写最后一日。", "Give the last day."),
    }
}

fn other_case(desk: &mut Desk<'_>, name: &str) -> Result<CaseId, Failure> {
    let Some(officer) = desk.officer else { return Err(Deed::Read.forbidden()) };
    particulars::case_by_name(desk.conn, officer, desk.case.id, name, "/case")
}
