//! What a ledger says about itself: who took it, what each column is, and of which codes a cell may be one.

use super::{LedgerForm, Mark, proceedings};
use crate::case::terms::{DeliveryRoute, IdentityDocument, InformationForm, Matter, ServiceWay};
use crate::clock::{day_in_china, in_chinese, minute_in_china};
use crate::law::judgment::Judgment;
use crate::law::outcome::Outcome;
use crate::law::overturn::OverturnReason;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::proceeding::terms::{Challenged, Claimant, CloseReason, Procedure, ProceedingKind};
use crate::reports::book::{Choice, Workbook, column_name};
use crate::reports::columns::{CaseColumn, ProceedingColumn, Sheet, TwoColumn, Wanted};
use bytes::Bytes;

/// The sheet with the explanations; lists of codes stand in it.
const EXPLANATIONS: &str = "说明";

/// The columns of the explanations before the lists.
const BEFORE_LISTS: usize = 6;

impl Mark {
    /// Who, when, why, which agency, in a line.
    pub(super) fn line(&self) -> String {
        let Self { who, at, why, agency, unmasked, .. } = self;
        let masked = if *unmasked { "未脱敏" } else { "已脱敏" };
        format!("{agency} · {who} · {} {} · {} · {masked}", day_in_china(*at), minute_in_china(*at), why.zh())
    }
}

/// The first sheet: whose it is.
///
/// # Errors
/// [`std::io::Error`], never seen.
pub(super) fn cover(book: &mut Workbook, mark: &Mark) -> std::io::Result<()> {
    book.sheet("水印", &[20, 80], Vec::new())?;
    let period = format!("{}至{}", in_chinese(mark.period.from), in_chinese(mark.period.to));
    let at = format!("{} {}", in_chinese(day_in_china(mark.at)), minute_in_china(mark.at));
    let masked = if mark.unmasked {
        "申请人信息未脱敏：仅限所填用途，请妥善保管，用后删除。"
    } else {
        "申请人信息已脱敏。"
    };
    for (name, value) in [
        ("政府信息公开申请台账", ""),
        ("机关", mark.agency.as_str()),
        ("期间", period.as_str()),
        ("导出人", mark.who.as_str()),
        ("导出时间", at.as_str()),
        ("用途", mark.why.zh()),
        ("个人信息", masked),
    ] {
        book.row([name, value], value.is_empty())?;
    }
    Ok(())
}

/// What each column is, and behind that the codes, a list a column.
///
/// # Errors
/// As [`cover`].
pub(super) fn explanations(book: &mut Workbook) -> std::io::Result<()> {
    book.sheet(EXPLANATIONS, &[10, 22, 30, 12, 60, 4], Vec::new())?;
    let lists = lists();
    let mut heads: Vec<&str> = vec!["工作表", "列", "英文", "是否必填", "填写说明", ""];
    heads.extend(lists.iter().map(|(name, _)| *name));
    book.row(heads, true)?;
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for sheet in Sheet::ALL.iter().copied() {
        for column in sheet.columns() {
            let wanted = match column.wanted {
                Wanted::Always => "必填",
                Wanted::May => "选填",
                Wanted::Never => "不导入",
            };
            rows.push(vec![sheet.zh(), column.zh, column.en, wanted, takes(sheet, column.code), ""]);
        }
    }
    let longest = lists.iter().map(|(_, names)| names.len()).max().unwrap_or_default();
    for at in 0..rows.len().max(longest) {
        let mut row = rows.get(at).cloned().unwrap_or_else(|| vec![""; BEFORE_LISTS]);
        row.extend(lists.iter().map(|(_, names)| names.get(at).copied().unwrap_or_default()));
        book.row(row, false)?;
    }
    Ok(())
}

/// The empty workbook that is filled in and brought in.
///
/// # Errors
/// As [`cover`].
pub fn template() -> std::io::Result<(Bytes, LedgerForm)> {
    let mut book = Workbook::new("政府信息公开申请台账（导入模板）");
    for sheet in Sheet::ALL.iter().copied() {
        let heads: Vec<&str> = sheet.columns().into_iter().map(|one| one.zh).collect();
        book.sheet(sheet.zh(), &widths(sheet, &heads), choices(sheet, &heads))?;
        book.row(heads, true)?;
    }
    explanations(&mut book)?;
    Ok((book.finish()?, LedgerForm::Xlsx))
}

/// How wide the columns of these heads are.
pub(super) fn widths(sheet: Sheet, heads: &[&str]) -> Vec<u32> {
    let wide = |head: &&str| {
        let is_long = sheet == Sheet::Cases && [CaseColumn::Subject.zh(), CaseColumn::Description.zh()].contains(head);
        if is_long { 40 } else { 16 }
    };
    heads.iter().map(wide).collect()
}

/// The lists from which cells of these heads are chosen.
pub(super) fn choices(sheet: Sheet, heads: &[&str]) -> Vec<Choice> {
    let lists = lists();
    let of = |(column, head): (usize, &&str)| {
        let code = sheet.columns().into_iter().find(|one| one.zh == *head)?.code;
        let list = list_of(sheet, code)?;
        let at = lists.iter().position(|(name, _)| *name == list)?;
        let (_, names) = lists.get(at)?;
        let name = column_name(BEFORE_LISTS + at);
        Some(Choice { column, range: format!("'{EXPLANATIONS}'!${name}$2:${name}${}", names.len() + 1) })
    };
    heads.iter().enumerate().filter_map(of).collect()
}

/// The list from which a cell of the column is chosen.
fn list_of(sheet: Sheet, code: &str) -> Option<&'static str> {
    Some(match sheet {
        Sheet::Cases => match code.parse::<CaseColumn>().ok()? {
            CaseColumn::Matter => "申请事项",
            CaseColumn::Channel => "渠道",
            CaseColumn::ApplicantKind => "申请人类别",
            CaseColumn::IdentityDocument => "证件类型",
            CaseColumn::Form => "提供形式",
            CaseColumn::Route => "获取方式",
            CaseColumn::Outcome | CaseColumn::AnewOutcome => "办理结果",
            CaseColumn::ServiceWay | CaseColumn::AnewWay => "送达方式",
            CaseColumn::Late | CaseColumn::AnewLate => "是否",
            _ => return None,
        },
        Sheet::Proceedings => match code.parse::<ProceedingColumn>().ok()? {
            ProceedingColumn::Kind => "类别",
            ProceedingColumn::Route => "起诉途径",
            ProceedingColumn::Challenged => "争议事项",
            ProceedingColumn::Claimant => "提起人",
            ProceedingColumn::Procedure => "程序",
            ProceedingColumn::Level => "审级",
            ProceedingColumn::AnsweredLate => "是否",
            ProceedingColumn::Judgment => "结果",
            ProceedingColumn::Struck => "无结果销案",
            _ => return None,
        },
        Sheet::TableTwo => return None,
    })
}

/// Every list of codes, by the Chinese names.
fn lists() -> Vec<(&'static str, Vec<&'static str>)> {
    macro_rules! names {
        ($of:ty) => {
            <$of>::ALL.iter().map(|one| one.zh()).collect()
        };
    }
    vec![
        ("申请事项", names!(Matter)),
        ("渠道", names!(Channel)),
        ("申请人类别", names!(ApplicantKind)),
        ("证件类型", names!(IdentityDocument)),
        ("提供形式", names!(InformationForm)),
        ("获取方式", names!(DeliveryRoute)),
        ("办理结果", names!(Outcome)),
        ("送达方式", names!(ServiceWay)),
        ("是否", vec!["是", "否"]),
        ("类别", names!(ProceedingKind)),
        ("起诉途径", proceedings::ROUTES.iter().map(|(_, name)| *name).collect()),
        ("争议事项", names!(Challenged)),
        ("提起人", names!(Claimant)),
        ("程序", names!(Procedure)),
        ("审级", proceedings::LEVELS.iter().map(|(name, ..)| *name).collect()),
        ("结果", names!(Judgment)),
        ("纠正原因", names!(OverturnReason)),
        ("无结果销案", names!(CloseReason)),
    ]
}

/// What a cell of the column takes.
pub(in crate::office) fn takes(sheet: Sheet, code: &str) -> &'static str {
    match sheet {
        Sheet::Cases => code.parse().map_or("", takes_of_case),
        Sheet::Proceedings => code.parse().map_or("", takes_of_proceeding),
        Sheet::TableTwo => match code.parse::<TwoColumn>() {
            Ok(TwoColumn::Agency) => "机关简称；留空时为导入时指定的机关，也可以是其下级机关",
            Ok(TwoColumn::Year) => "四位年份；该年度已经填报的不再导入",
            Ok(TwoColumn::Charges) => "以万元为单位，小数最多六位",
            _ => "整数；同一种文件的三项要么都填，要么都不填",
        },
    }
}

const DAY: &str = "日期，如2021-03-01、2021/3/1、2021年3月1日；不早于条例施行之日，不晚于今天";
const LISTED: &str = "从下拉列表中选择；也可以填英文代码";

const fn takes_of_case(column: CaseColumn) -> &'static str {
    match column {
        CaseColumn::Agency => "机关简称；留空时为导入时指定的机关，也可以是其下级机关",
        CaseColumn::Number => "原登记编号，在本机关内不得重复；与回执编号至少填一项",
        CaseColumn::ReceiptNo => "原回执编号，不得重复；留空时由系统编号",
        CaseColumn::ArrivedOn
        | CaseColumn::CorrectedOn
        | CaseColumn::FeePaidOn
        | CaseColumn::ClosedOn
        | CaseColumn::AnewOn => DAY,
        CaseColumn::ReceivedOn => "条例第三十一条所称收到之日；留空表示尚未确认。日期格式同上",
        CaseColumn::RegisteredOn => "留空时为收到日期",
        CaseColumn::CorrectionSentOn => "已发出补正告知书的填写；日期格式同上",
        CaseColumn::ExtensionSentOn => "延期的填写；日期格式同上",
        CaseColumn::Matter => "留空时为申请公开政府信息",
        CaseColumn::Form => "留空时为纸质",
        CaseColumn::Route => "留空时为邮寄",
        CaseColumn::Channel | CaseColumn::ApplicantKind | CaseColumn::IdentityDocument => LISTED,
        CaseColumn::Outcome => "已办结的填写；从下拉列表中选择",
        CaseColumn::AnewOutcome => "经复议、诉讼重新答复的填写；不重复计入年度报告表三",
        CaseColumn::ServiceWay | CaseColumn::AnewWay => "有答复书的填写；留空时为邮寄送达",
        CaseColumn::Late | CaseColumn::AnewLate => "是或者否；不清楚的留空",
        CaseColumn::Withheld => "部分公开的填写；办理结果中的名称，多项之间用“；”隔开",
        CaseColumn::ExtendedDays => "整数，不超过条例第三十三条的上限",
        CaseColumn::Fee => "整数，单位为元",
        CaseColumn::Applicant => "姓名或者名称",
        CaseColumn::Subject => "所申请信息的名称",
        CaseColumn::Description => "留空时同申请内容",
        CaseColumn::Stage | CaseColumn::Handler | CaseColumn::DueOn => "由系统计算，导入时不读取",
        CaseColumn::IdentityNumber
        | CaseColumn::ContactName
        | CaseColumn::Phone
        | CaseColumn::Email
        | CaseColumn::Address
        | CaseColumn::Postcode
        | CaseColumn::ReplyNumber
        | CaseColumn::AnewNumber => "文字",
    }
}

const fn takes_of_proceeding(column: ProceedingColumn) -> &'static str {
    match column {
        ProceedingColumn::Agency => "机关简称；留空时为导入时指定的机关",
        ProceedingColumn::Number => "本机关的案卷编号，在本机关内不得重复",
        ProceedingColumn::CaseNumber => "引起本案的申请的登记编号或者回执编号；可以在同一文件中，也可以已在系统中",
        ProceedingColumn::Kind | ProceedingColumn::Challenged => LISTED,
        ProceedingColumn::Route => "行政诉讼必填",
        ProceedingColumn::LetterNumber => "争议事项为文书的填写其文号；留空时为该申请的答复文号",
        ProceedingColumn::Claimant => "留空时为申请人",
        ProceedingColumn::Authority => "复议机关、法院或者监督机关的名称",
        ProceedingColumn::AuthorityNumber => "对方的案号",
        ProceedingColumn::Procedure => "留空时为普通程序",
        ProceedingColumn::Level => "留空时：行政诉讼为一审，其他为本程序",
        ProceedingColumn::BeganOn => "留空时为提出、受理、收到副本日期中最早的；四项至少填一项",
        ProceedingColumn::AnswerBy => "投诉举报、监督检查必填",
        ProceedingColumn::AnsweredLate => "是或者否；留空为否",
        ProceedingColumn::Earlier => "每项为“起始日期 结果 终结日期”，以空格隔开；多项之间用“；”隔开",
        ProceedingColumn::Judgment => "已有结果的填写",
        ProceedingColumn::DecidedOn => "有结果的必填：使该结果成立的决定或者裁判的作出日期",
        ProceedingColumn::DecisionReceivedOn => "留空时为作出日期",
        ProceedingColumn::TookEffectOn => "可以上诉的裁判生效的日期；尚在上诉期内的留空",
        ProceedingColumn::Reasons => "纠正原因列表中的名称，多项之间用“；”隔开",
        ProceedingColumn::Order => "如“15个工作日”“30日”“2025-06-30”“法定期限”；没有责令的留空",
        ProceedingColumn::PerformedOn => "已经履行或者重新答复的填写",
        ProceedingColumn::Struck => "没有结果而销案的填写",
        ProceedingColumn::ClosedOn => "留空时为使其终结的日期；未结的留空",
        ProceedingColumn::Stage => "由系统计算，导入时不读取",
        ProceedingColumn::SubmittedOn
        | ProceedingColumn::AcceptedOn
        | ProceedingColumn::ReceivedOn
        | ProceedingColumn::AnsweredOn => DAY,
    }
}
