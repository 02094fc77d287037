//! Papers that the bundle itself writes: what the case says, laid out to be read by somebody who has never seen this program.

mod journal;
mod proceedings;

use chrono::{DateTime, TimeDelta, Utc};

use super::lives::Life;
use super::material::{HeldPerson, Material};
use crate::case::state::CaseFile;
use crate::clock::{day_in_china, in_chinese};
use crate::letters::{Paper, Piece};
use crate::office::files::size_told;
use crate::office::identity;
use crate::office::sealing::{FileParticulars, Person};
use crate::office::views::{ClockView, Term};
use crate::release::bundle::Withheld;

pub(super) use journal::journal;
pub(super) use proceedings::proceedings;

/// An instant as Chinese writes it, by the clock of Beijing.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    // China has one time and no summer time since 1992.
    format!("{} {}", in_chinese(day_in_china(at)), (at + TimeDelta::hours(8)).format("%H:%M:%S"))
}

pub(super) fn paper(material: &Material, title: &str, pieces: Vec<Piece>) -> Paper {
    let (issuer, number) = (material.view.agency.name.clone(), material.number().to_owned());
    Paper { issuer, title: title.to_owned(), number, pieces }
}

fn heading(text: impl Into<String>) -> Piece {
    Piece::Heading { text: text.into() }
}

fn paragraph(text: impl Into<String>) -> Piece {
    Piece::Paragraph { text: text.into() }
}

/// Names and what they are, those left out that are nothing.
fn facts<const N: usize>(rows: [(&str, Option<String>); N]) -> Piece {
    let rows = rows.into_iter().filter_map(|(name, words)| words.map(|words| (name.to_owned(), words))).collect();
    Piece::Facts { rows }
}

fn zh(term: &Term) -> String {
    term.zh.to_owned()
}

fn joined(terms: &[Term]) -> Option<String> {
    let words: Vec<&str> = terms.iter().map(|term| term.zh).collect();
    (!words.is_empty()).then(|| words.join("、"))
}

/// What was asked, and by whom.
pub(super) fn application(material: &Material) -> Paper {
    let (case, view) = (&material.case, &material.view);
    let mut pieces = Vec::new();
    if material.masked {
        pieces.push(paragraph("本卷已隐去证件号码、联系方式和申请材料的原件；隐去之处不能凭本卷核对。"));
    }
    pieces.push(heading("申请人"));
    let filed = &case.filed;
    let held = material.people.get(&case.particulars.applicant.id);
    pieces.push(person(material, Some(case.particulars.applicant_kind.zh()), held));
    for other in &filed.co_applicants {
        pieces.extend([heading("共同申请人"), person(material, None, material.people.get(&other.id))]);
    }
    if let Some(agent) = filed.agent {
        pieces.extend([heading("代理人"), person(material, None, material.people.get(&agent.person.id))]);
    }
    pieces.push(heading("申请内容"));
    let besides = &view.besides;
    pieces.push(facts([
        ("事项", Some(zh(&besides.matter))),
        ("所需信息", view.subject.clone()),
        ("特征性描述", view.description.clone()),
        ("提供的形式", Some(zh(&view.form))),
        ("获取的方式", Some(zh(&view.route))),
        ("文书送达", Some(zh(&besides.recipient))),
        ("身份证明", besides.identity_document.as_ref().map(zh)),
        ("授权", besides.authority.clone()),
        ("需要的便利", joined(&besides.assistance)),
        ("有误的依据", besides.evidence.clone()),
    ]));
    if !view.extra.is_empty() {
        let rows = view.extra.iter().map(|one| (one.zh.clone(), one.value_zh.clone())).collect();
        pieces.extend([heading("机关附加的项目"), Piece::Facts { rows }]);
    }
    pieces.push(heading("登记"));
    pieces.push(facts([
        ("回执编号", Some(view.receipt_no.clone())),
        ("登记编号", view.number.clone()),
        ("提交方式", Some(zh(&view.channel))),
        ("到达日期", Some(in_chinese(view.arrived_on))),
        ("收到申请之日", view.received_on.map(in_chinese)),
        ("登记日期", view.registered_on.map(in_chinese)),
    ]));
    paper(material, "政府信息公开申请", pieces)
}

fn person(material: &Material, kind: Option<&str>, held: Option<&HeldPerson>) -> Piece {
    let kind = kind.map(str::to_owned);
    let Some(HeldPerson { person: Some(person), .. }) = held else {
        return facts([("类别", kind), ("姓名或者名称", Some("（已销毁）".to_owned()))]);
    };
    let Person { name, identity_number, contact_name, phone, email, address, postcode } = person.clone();
    let hidden =
        |value: Option<String>| value.map(|value| if material.masked { "（已隐去）".to_owned() } else { value });
    let number = identity_number.map(|number| if material.masked { identity::masked(&number) } else { number });
    facts([
        ("类别", kind),
        ("姓名或者名称", Some(name)),
        ("证件号码或者统一社会信用代码", number),
        ("联系人", contact_name),
        ("电话", hidden(phone)),
        ("电子邮箱", hidden(email)),
        ("地址", hidden(address)),
        ("邮政编码", hidden(postcode)),
    ])
}

/// Who was consulted; none where nobody was.
pub(super) fn consultations(material: &Material) -> Option<Paper> {
    let asked = &material.view.consultations;
    let mut pieces = Vec::new();
    for (number, one) in (1..).zip(asked) {
        pieces.push(heading(format!("第{number}次征求意见")));
        let answer = match (&one.opinion, one.silent) {
            (Some(opinion), _) => Some(zh(opinion)),
            (None, true) => Some("逾期未答复".to_owned()),
            (None, false) => Some("尚未答复".to_owned()),
        };
        pieces.push(facts([
            ("对象", Some(zh(&one.party))),
            ("名称", one.addressee.as_ref().map(|person| person.name.clone())),
            ("发出日期", Some(in_chinese(one.issued_on))),
            ("对方收到日期", one.delivered_on.map(in_chinese)),
            ("答复期限", Some(in_chinese(one.window_ends_on))),
            ("征求意见的内容", one.letter.clone()),
            ("意见", answer),
            ("答复日期", one.answered_on.map(in_chinese)),
            ("意见原文", journal::opinion(material, one.id)),
            ("本机关的处理", one.finding.as_ref().map(zh)),
            ("告知对方日期", one.told_on.map(in_chinese)),
        ]));
    }
    (!pieces.is_empty()).then(|| paper(material, "征求意见情况", pieces))
}

/// Where one searched; none where nobody did.
pub(super) fn searches(material: &Material) -> Option<Paper> {
    let mut pieces = Vec::new();
    for (number, one) in (1..).zip(&material.view.searches) {
        let period = match (one.period_from, one.period_to) {
            (None, None) => None,
            (from, to) => {
                let day = |day: Option<chrono::NaiveDate>| day.map(in_chinese).unwrap_or_default();
                Some(format!("{}至{}", day(from), day(to)))
            }
        };
        pieces.push(heading(format!("第{number}次检索")));
        pieces.push(facts([
            ("检索日期", Some(in_chinese(one.on))),
            ("检索人", one.searched_by.clone()),
            ("检索范围", one.place.clone()),
            ("检索词", one.words.clone()),
            ("时间范围", period),
            ("检索结果", Some(zh(&one.found))),
            ("说明", one.result.clone()),
        ]));
    }
    (!pieces.is_empty()).then(|| paper(material, "检索记录", pieces))
}

/// Who approved what; none while there is no draft.
pub(super) fn approval(material: &Material) -> Option<Paper> {
    let pieces: Vec<Piece> = material.lives.iter().flat_map(|life| approved(material, life)).collect();
    (!pieces.is_empty()).then(|| paper(material, "审核、保密审查和签发情况", pieces))
}

fn approved(material: &Material, life: &Life) -> Vec<Piece> {
    let Some(draft) = life.view.draft.as_ref() else { return Vec::new() };
    let mut pieces: Vec<Piece> = title_of(life).into_iter().collect();
    pieces.push(facts([
        ("拟办结果", Some(zh(&draft.outcome))),
        ("不予公开的理由", joined(&draft.withheld)),
        ("签发日期", draft.signed_on.map(in_chinese)),
    ]));
    let steps = journal::approvals(material, life);
    if !steps.is_empty() {
        let head = ["时间", "环节", "经办人", "意见"].map(str::to_owned).to_vec();
        let rows = std::iter::once(head).chain(steps).collect();
        pieces.extend([heading("审批经过"), Piece::Table { widths: vec![3, 2, 2, 5], rows }]);
    }
    if let Some(secrecy) = &draft.secrecy {
        pieces.push(heading("保密审查"));
        let found = joined(&secrecy.found).unwrap_or_else(|| "均为否".to_owned());
        let found = found.replace("是否", "");
        pieces.push(facts([
            ("涉及的情形", Some(found)),
            ("依据", secrecy.basis.clone()),
            ("审查结论", Some(zh(&secrecy.result))),
        ]));
    }
    pieces
}

fn title_of(life: &Life) -> Option<Piece> {
    let title = life.title.trim_start_matches('（').trim_end_matches('）');
    (!title.is_empty()).then(|| heading(title))
}

/// How what was sent reached people; none while nothing is recorded.
pub(super) fn service(material: &Material) -> Option<Paper> {
    let case = &material.case;
    let number_of = |seq: u32| case.letter(seq).map(|letter| letter.number.clone()).unwrap_or_default();
    let words = |text: Option<crate::case::terms::TextRef>| {
        text.and_then(|text| material.words(text.id)).map(str::to_owned).unwrap_or_default()
    };
    let head = ["文书", "方式", "寄出", "收到", "凭证或者说明"].map(str::to_owned).to_vec();
    let lines = case.deliveries.iter().map(|line| {
        let one = &line.delivery;
        let day = |day: Option<chrono::NaiveDate>| day.map(in_chinese).unwrap_or_default();
        let proof = [words(one.number), words(one.remark)].join("\n").trim().to_owned();
        vec![number_of(line.letter), one.way.zh().to_owned(), day(one.posted_on), day(one.received_on), proof]
    });
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(lines).collect();
    let mut pieces: Vec<Piece> = material.lives.iter().flat_map(|life| served(material, life)).collect();
    if rows.len() > 1 {
        pieces.extend([heading("送达登记"), Piece::Table { widths: vec![4, 2, 3, 3, 4], rows }]);
    }
    (!pieces.is_empty()).then(|| paper(material, "送达情况", pieces))
}

fn served(material: &Material, life: &Life) -> Vec<Piece> {
    let Some(served) = &life.case.served else { return Vec::new() };
    let late = life.view.closing.as_ref().and_then(|closing| closing.late);
    let late = late.map(|late| if late { "逾期" } else { "在期限内" }.to_owned());
    vec![
        heading(format!("答复的送达{}", life.title)),
        facts([
            ("方式", Some(served.way.zh().to_owned())),
            ("送达日期", Some(in_chinese(served.on))),
            ("申请人收到日期", served.received_on.map(in_chinese)),
            ("送达凭证", journal::service_proof(material, life)),
            ("是否在期限内", late),
        ]),
    ]
}

/// The clocks, day by day: each day counted, left out or stopped, and why.
pub(super) fn clocks(material: &Material) -> Paper {
    let mut pieces = Vec::new();
    for life in material.lives.iter().filter(|life| !life.clocks.is_empty()) {
        pieces.extend(title_of(life));
        pieces.extend(life.clocks.iter().flat_map(clock));
    }
    if pieces.is_empty() {
        pieces.push(paragraph("本案尚无期限起算。"));
    }
    paper(material, "期限计算", pieces)
}

fn clock(clock: &ClockView) -> [Piece; 3] {
    let ClockView { name, article, from, due_on, last_defensible_on, provisional, steps } = clock;
    let said = facts([
        ("依据", Some(article.zh.clone())),
        ("起算之日（不计入）", Some(in_chinese(*from))),
        ("届满之日", Some(in_chinese(*due_on))),
        ("可以抗辩的最后一日", (last_defensible_on != due_on).then(|| in_chinese(*last_defensible_on))),
        ("说明", provisional.then(|| "所涉年度的放假安排尚未公布，暂按周末推算。".to_owned())),
    ]);
    let head = ["日期", "第几日", "是否计入及理由"].map(str::to_owned).to_vec();
    let days = steps.iter().map(|step| {
        let number = step.number.map(|number| number.to_string()).unwrap_or_default();
        vec![format!("{} 星期{}", in_chinese(step.on), weekday(step.on)), number, step.zh.clone()]
    });
    let table = Piece::Table { widths: vec![4, 1, 6], rows: std::iter::once(head).chain(days).collect() };
    [heading(name.zh), said, table]
}

fn weekday(on: chrono::NaiveDate) -> &'static str {
    const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let at = usize::try_from(chrono::Datelike::weekday(&on).num_days_from_monday()).unwrap_or_default();
    WEEKDAYS.get(at).copied().unwrap_or_default()
}

/// In the place of a file whose bytes are left out.
pub(super) fn left_out(material: &Material, file: &CaseFile, is: &FileParticulars, why: Withheld) -> Paper {
    let masked = why == Withheld::Masked;
    let pieces = vec![
        paragraph(format!("此处为案卷中的一份{}，未附原件：{}。", file.purpose.zh(), why.zh())),
        facts([
            ("名称", (!masked).then(|| is.name.clone())),
            ("格式", Some(file.format.zh().to_owned())),
            ("大小", Some(size_told(is.size))),
            ("归卷日期", Some(in_chinese(file.on))),
            ("日志序号", Some(format!("第{}条", file.seq))),
        ]),
    ];
    paper(material, file.purpose.zh(), pieces)
}

/// In the place of a file that has no page of its own.
pub(super) fn elsewhere(material: &Material, is: &FileParticulars, format: &str, path: &str, why: &str) -> Paper {
    let pieces = vec![
        paragraph(why.to_owned()),
        facts([
            ("名称", Some(is.name.clone())),
            ("格式", Some(format.to_owned())),
            ("大小", Some(format!("{}（{} 字节）", size_told(is.size), is.size))),
            ("SHA-256", Some(is.sha256.clone())),
            ("在证据包中的位置", Some(path.to_owned())),
        ]),
    ];
    paper(material, &is.name, pieces)
}
