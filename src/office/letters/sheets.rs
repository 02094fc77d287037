//! Sheets: papers made from the file whenever they are wanted. They bear the number of the case and are kept nowhere, for
//! everything on them is in the journal.

use chrono::NaiveDate;

use super::facts::{self, case_number};
use super::wordings::in_force;
use super::{particulars, serving};
use crate::case::terms::TextRef;
use crate::case::{Case, clocks};
use crate::clock::{day_in_china, in_chinese};
use crate::law::article::cited_zh;
use crate::law::calendar::Calendar;
use crate::law::count::StepKind;
use crate::law::letter::LetterKind;
use crate::law::periods::{EXTENSION_MAX_DAYS, REPLY_DAYS};
use crate::letters::facts::{DayFacts, Facts, Line, PaperFacts};
use crate::letters::{Annex, Draft, Letter, compose, wordings};
use crate::office::contents::Contents;
use crate::office::failure::Failure;
use crate::office::files;
use crate::office::permission::Officer;
use crate::office::{Shared, projection};
use crate::storage::Conn;
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::staff;

/// A sheet of a case, for an officer or (none) the applicant.
///
/// # Errors
/// [`Failure::Missing`] for a kind that is no sheet, or a sheet the case has nothing for yet; the database's failures.
pub(in crate::office) fn of_case(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    officer: Option<&Officer>,
    kind: LetterKind,
) -> Result<Letter, Failure> {
    let agency = agencies::load(conn, case.agency())?;
    let lineage = projection::lineage(conn, agency.id)?;
    let contents = Contents::of(conn, shared, case, officer, &lineage)?;
    let now = shared.clock.now().max(case.dated_at);
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let mut facts = common(case, &contents, &agency, day_in_china(now), kind);
    match kind {
        LetterKind::Receipt => {
            facts.on = day_in_china(case.filed_at);
            // What was promised on the day: a receipt does not change with what came later.
            if case.journal().len() == 1 || case.filed.received_on.is_some() {
                facts::until_reply(&mut facts, &as_filed(case), &calendar);
            }
        }
        LetterKind::ApplicationForm => {
            facts.applicant = applicant(case, &contents);
            facts.asked = asked(case, &contents);
            facts.register = register(case);
        }
        LetterKind::CoverSheet => {
            let handler = case.handler.map(|id| staff::names_of(conn, &[id])).transpose()?.unwrap_or_default();
            let handler = handler.into_iter().map(|(_, name)| line("承办人", &name));
            let head = vec![
                line("申请人", &particulars::applicants(case, &contents)),
                line("申请公开的内容", &contents.words(case.particulars.subject).unwrap_or_default()),
            ];
            facts.register = [head, register(case), handler.collect(), ended(case)].concat();
            facts.papers = papers(case);
            for file in files::all(conn, shared, case, facts.on)? {
                facts.papers.push(PaperFacts { title: file.name, number: file.purpose.zh.to_owned(), on: file.on });
            }
        }
        LetterKind::ServiceReceipt => {
            let reply = case.letters.iter().rfind(|one| one.kind == LetterKind::Reply).ok_or(Failure::Missing)?;
            facts.served = Some(serving::served(case, reply, &contents, officer.is_some()));
        }
        LetterKind::DownloadReceipt => facts.papers = fetched(conn, shared, case, facts.on)?.ok_or(Failure::Missing)?,
        LetterKind::DeadlineSheet => counted(&mut facts, case, &calendar).ok_or(Failure::Missing)?,
        _ => return Err(Failure::Missing),
    }
    let (wording, _) = in_force(conn, agency.id, kind, None, day_in_china(now))?;
    super::written(kind, None, &wording, &facts).map(|written| written.letter)
}

/// The count of the reply's days, as it follows a letter; none before receipt is settled.
///
/// # Errors
/// [`Failure::Broken`], never seen.
pub(super) fn count(
    case: &Case,
    contents: &Contents,
    agency: &AgencyRow,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<Option<Annex>, Failure> {
    let kind = LetterKind::DeadlineSheet;
    let mut facts = common(case, contents, agency, today, kind);
    if counted(&mut facts, case, calendar).is_none() {
        return Ok(None);
    }
    let sheet = compose(&Draft { kind, outcome: None, wording: wordings::embedded(kind, None), facts: &facts })
        .map_err(Failure::broken)?;
    Ok(Some(Annex { title: sheet.title, blocks: sheet.blocks }))
}

/// The application's form of an agency, to be filled in by hand.
///
/// # Errors
/// [`Failure::Broken`], never seen.
pub(super) fn blank_form(agency: &AgencyRow, today: NaiveDate) -> Result<Letter, Failure> {
    let blank = |names: &[&str]| -> Vec<Line> { names.iter().map(|name| line(name, "\u{3000}")).collect() };
    let facts = Facts {
        agency: facts::agency_facts(agency),
        on: today,
        applicant: blank(&[
            "公民：姓名",
            "身份证件名称及号码",
            "法人或者其他组织：名称",
            "统一社会信用代码",
            "联系人",
            "联系电话",
            "电子邮箱",
            "通信地址及邮政编码",
            "代理人姓名、证件号码（附授权委托书）",
        ]),
        asked: [
            vec![line("所需信息的名称、文号或者便于查询的其他特征性描述", "\u{3000}\n\u{3000}\n\u{3000}\n\u{3000}")],
            vec![
                line("提供的形式", "□ 纸质\n□ 电子文档"),
                line("获取的方式", "□ 邮寄\n□ 电子邮件\n□ 网上获取\n□ 自行领取"),
                line("申请人签名或者盖章", "\u{3000}"),
                line("申请日期", "　　年　　月　　日"),
            ],
        ]
        .concat(),
        register: blank(&["登记编号", "收到日期", "经办人"]),
        ..Facts::default()
    };
    let kind = LetterKind::ApplicationForm;
    compose(&Draft { kind, outcome: None, wording: wordings::embedded(kind, None), facts: &facts })
        .map_err(Failure::broken)
}

pub(super) fn common(
    case: &Case,
    contents: &Contents,
    agency: &AgencyRow,
    today: NaiveDate,
    kind: LetterKind,
) -> Facts {
    Facts {
        agency: facts::agency_facts(agency),
        case: facts::case_facts(case, contents),
        number: if kind == LetterKind::Receipt { case.filed.receipt_no.clone() } else { case_number(case) },
        on: today,
        articles: cited_zh(kind.articles()),
        reply_days: REPLY_DAYS,
        extension_days: EXTENSION_MAX_DAYS,
        you: particulars::you(case, kind).to_owned(),
        addressee: particulars::applicants(case, contents),
        ..Facts::default()
    }
}

/// The case as it arrived.
fn as_filed(case: &Case) -> Case {
    let first = case.journal().first().cloned();
    first.and_then(|entry| Case::begin(entry).ok()).unwrap_or_else(|| case.clone())
}

fn line(name: &str, text: &str) -> Line {
    Line { name: name.to_owned(), text: text.to_owned() }
}

fn applicant(case: &Case, contents: &Contents) -> Vec<Line> {
    let mut lines = vec![line("申请人类别", case.particulars.applicant_kind.zh())];
    let Some(person) = contents.person(case.particulars.applicant) else { return lines };
    lines.push(line("姓名或者名称", &person.name));
    let may = [
        ("证件号码或者统一社会信用代码", person.identity_number),
        ("联系人", person.contact_name),
        ("联系电话", person.phone),
        ("电子邮箱", person.email),
        ("通信地址", person.address),
        ("邮政编码", person.postcode),
    ];
    lines.extend(may.into_iter().filter_map(|(name, text)| text.map(|text| line(name, &text))));
    lines
}

fn asked(case: &Case, contents: &Contents) -> Vec<Line> {
    let words = |text: TextRef| contents.words(text).unwrap_or_default();
    vec![
        line("所需信息的名称", &words(case.particulars.subject)),
        line("文号或者便于查询的其他特征性描述", &words(case.filed.description)),
        line("提供的形式", case.particulars.form.zh()),
        line("获取的方式", case.particulars.route.zh()),
        line("申请日期", &in_chinese(case.filed.arrived_on)),
    ]
}

fn register(case: &Case) -> Vec<Line> {
    let received = case.received_on.map_or_else(|| "待确认".to_owned(), in_chinese);
    let mut lines = vec![line("回执编号", &case.filed.receipt_no)];
    lines.extend(case.registration.as_ref().map(|entry| line("登记编号", &entry.number)));
    lines.extend([
        line("提交方式", case.filed.channel.zh()),
        line("到达日期", &in_chinese(case.filed.arrived_on)),
        line("收到申请之日", &received),
    ]);
    lines
}

fn ended(case: &Case) -> Vec<Line> {
    let Some(closing) = &case.closing else { return vec![line("办理状态", case.stage.zh())] };
    vec![line("办理结果", closing.outcome.zh()), line("办结日期", &in_chinese(closing.on))]
}

fn papers(case: &Case) -> Vec<PaperFacts> {
    let form = PaperFacts {
        title: LetterKind::ApplicationForm.zh().to_owned(),
        number: case.filed.receipt_no.clone(),
        on: case.filed.arrived_on,
    };
    let outcome = case.draft.as_ref().map(|draft| draft.outcome);
    let issued = case.letters.iter().map(|one| PaperFacts {
        title: one.kind.title(outcome).to_owned(),
        number: one.number.clone(),
        on: one.on,
    });
    std::iter::once(form).chain(issued).collect()
}

/// What the applicant has fetched, each with the day of the first time; none before anything was.
fn fetched(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    today: NaiveDate,
) -> Result<Option<Vec<PaperFacts>>, Failure> {
    if case.fetched.is_empty() {
        return Ok(None);
    }
    let outcome = case.draft.as_ref().map(|draft| draft.outcome);
    let files = files::all(conn, shared, case, today)?;
    let papers = case.fetched.iter().filter_map(|one| {
        let letter = case.letters.iter().find(|letter| letter.text.id.uuid() == one.document);
        let file = files.iter().find(|file| file.id.uuid() == one.document);
        match (letter, file) {
            (Some(letter), _) => Some((letter.kind.title(outcome).to_owned(), letter.number.clone())),
            (None, Some(file)) => Some((file.name.clone(), file.format.zh.to_owned())),
            // Of before letters were issued with their acts.
            (None, None) => None,
        }
        .map(|(title, number)| PaperFacts { title, number, on: one.on })
    });
    Ok(Some(papers.collect()))
}

/// What happened to a day, for whoever does not know the journal's numbers.
fn told(kind: &StepKind) -> String {
    match kind {
        StepKind::Stopped { .. } => "征求意见期间，不计入".to_owned(),
        other => other.zh(),
    }
}

/// The reply clock, day by day; none before receipt is settled.
fn counted(facts: &mut Facts, case: &Case, calendar: &Calendar) -> Option<()> {
    const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let reply = clocks::reply_clock(case, calendar)?;
    facts.articles = reply.clock.article.zh();
    facts.from = Some(reply.clock.from);
    facts.until = Some(reply.clock.due.on);
    facts.provisional = reply.clock.due.provisional;
    let weekday = |on: NaiveDate| {
        let at = usize::try_from(chrono::Datelike::weekday(&on).num_days_from_monday()).unwrap_or_default();
        WEEKDAYS.get(at).copied().unwrap_or_default()
    };
    facts.counted = reply
        .clock
        .steps
        .iter()
        .map(|step| DayFacts { on: step.on, weekday: weekday(step.on), what: told(&step.kind) })
        .collect();
    Some(())
}
