//! The journal to be read: entry after entry, who did what and when, with the words, the days and numbers, and the hash.

use serde_json::Value;

use super::{heading, instant, paper, paragraph};
use crate::case::terms::{ApprovalStep, DeliveryWay, FilePurpose, Opinion, ServiceWay};
use crate::case::{Actor, Entry, Event, apply};
use crate::clock::in_chinese;
use crate::ids::ConsultationId;
use crate::law::letter::LetterKind;
use crate::law::outcome::Outcome;
use crate::letters::{Paper, Piece};
use crate::office::bundles::lives::Life;
use crate::office::bundles::material::Material;
use crate::office::sealing::TextKind;

/// The whole journal.
pub(in crate::office::bundles) fn journal(material: &Material) -> Paper {
    let undone = apply::annulled(material.case.journal());
    let mut pieces = vec![paragraph(
        "日志只增不改，每条与前一条以哈希值相连；原始数据见 data/journal.jsonl 和 data/chain.jsonl，验证方法见 README.txt。",
    )];
    for (entry, row) in material.case.journal().iter().zip(&material.rows) {
        let annulled = if undone.contains(&entry.seq) { "（已撤销）" } else { "" };
        pieces.push(heading(format!("第{}条　{}{annulled}", entry.seq, entry.event.zh())));
        let mut rows = vec![("时间".to_owned(), instant(entry.at)), ("何人".to_owned(), who(material, entry))];
        rows.extend(told(&entry.event));
        rows.extend(anchored(material, &entry.event));
        rows.extend(entry.event.texts().into_iter().map(|text| ("内容".to_owned(), words(material, text.id))));
        rows.push((format!("哈希值（{}）", row.algorithm), row.hash.clone()));
        pieces.push(Piece::Facts { rows });
    }
    paper(material, "案卷日志", pieces)
}

/// What happened in the file of a proceeding that the entry names.
fn anchored(material: &Material, event: &Event) -> Vec<(String, String)> {
    let Event::ProceedingAnchored { proceeding, entry, .. } = event else { return Vec::new() };
    let Some(course) = material.courses.iter().find(|course| course.id == *proceeding) else { return Vec::new() };
    let step = course.journal().iter().find(|one| one.seq == *entry).map(|one| one.event.zh().to_owned());
    let mut rows = vec![("案卷".to_owned(), course.opening.number.clone())];
    rows.extend(step.map(|step| (format!("案卷第{entry}条"), step)));
    rows
}

fn who(material: &Material, entry: &Entry) -> String {
    match entry.actor {
        Actor::Applicant => "申请人".to_owned(),
        Actor::System => "系统（期限届满等自动记录）".to_owned(),
        Actor::Staff { id } => material.name(id),
        Actor::Delegate { id, absent } => format!("{}（代{}）", material.name(id), material.name(absent)),
    }
}

fn words(material: &Material, id: crate::ids::TextId) -> String {
    if material.is(id, TextKind::IssuedLetter) || material.is(id, TextKind::SignedReply) {
        return "（全文见“文书”部分）".to_owned();
    }
    if material.is(id, TextKind::Redaction) || material.is(id, TextKind::Extra) {
        return "（结构化数据，见 data/contents.jsonl）".to_owned();
    }
    material.words(id).map_or_else(|| "（内部材料，不入卷）".to_owned(), str::to_owned)
}

/// What an event says by its fields, in the words of the field.
const FIELDS: &[(&str, &str)] = &[
    ("receipt_no", "回执编号"),
    ("arrived_on", "到达日期"),
    ("received_on", "收到日期"),
    ("on", "日期"),
    ("sent_on", "发出日期"),
    ("issued_on", "发出日期"),
    ("ended_on", "届满日期"),
    ("posted_on", "寄出日期"),
    ("until", "至"),
    ("from", "自"),
    ("to", "至"),
    ("due", "届满之日"),
    ("number", "编号"),
    ("letter", "文书"),
    ("outcome", "结果"),
    ("withheld", "不予公开的理由"),
    ("step", "环节"),
    ("opinion", "意见"),
    ("way", "方式"),
    ("purpose", "用途"),
    ("window_days", "期限（工作日）"),
    ("days", "工作日"),
    ("granted", "是否同意"),
    ("in_time", "是否在期限内"),
    ("late", "是否逾期"),
    ("reached", "是否联系上"),
    ("submitted", "是否送审"),
    ("size", "字节数"),
    ("part", "第几次"),
    ("month_count", "当月件数"),
    ("seq", "所指日志序号"),
    ("of", "所依据的日志序号"),
    ("equal_requests", "相同申请数"),
];

fn told(event: &Event) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(event) else { return Vec::new() };
    let told = FIELDS.iter().filter_map(|(key, name)| {
        let words = told_value(fields.get(*key)?)?;
        Some(((*name).to_owned(), words))
    });
    told.collect()
}

/// A day, a number, yes or no, a coded term; none for what is told otherwise.
fn told_value(value: &Value) -> Option<String> {
    match value {
        Value::Bool(yes) => Some(if *yes { "是" } else { "否" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(coded(text)),
        Value::Array(items) if !items.is_empty() => {
            let words: Option<Vec<String>> = items.iter().map(told_value).collect();
            words.map(|words| words.join("、"))
        }
        _ => None,
    }
}

fn coded(text: &str) -> String {
    if let Ok(day) = text.parse() {
        return in_chinese(day);
    }
    let outcome = || text.parse::<Outcome>().ok().map(Outcome::zh);
    let letter = || text.parse::<LetterKind>().ok().map(LetterKind::zh);
    let step = || text.parse::<ApprovalStep>().ok().map(ApprovalStep::zh);
    let opinion = || text.parse::<Opinion>().ok().map(Opinion::zh);
    let served = || text.parse::<ServiceWay>().ok().map(ServiceWay::zh);
    let delivered = || text.parse::<DeliveryWay>().ok().map(DeliveryWay::zh);
    let purpose = || text.parse::<FilePurpose>().ok().map(FilePurpose::zh);
    let found = outcome().or_else(letter).or_else(step).or_else(opinion).or_else(served);
    found.or_else(delivered).or_else(purpose).unwrap_or(text).to_owned()
}

/// The steps of approval as they were taken: when, which, by whom, with which words.
pub(super) fn approvals(material: &Material, life: &Life) -> Vec<Vec<String>> {
    let mut steps = Vec::new();
    for entry in material.case.journal().iter().filter(|entry| life.has(entry.seq)) {
        let (what, text) = match &entry.event {
            Event::Drafted { submitted: true, .. } => ("拟稿送审".to_owned(), None),
            Event::Approved { step, remark, .. } => (format!("{}通过", step.zh()), *remark),
            Event::SentBack { step, reason } => (format!("{}退回", step.zh()), Some(*reason)),
            Event::Recalled { reason } => ("撤回".to_owned(), Some(*reason)),
            _ => continue,
        };
        let said = text.map(|text| words(material, text.id)).unwrap_or_default();
        steps.push(vec![instant(entry.at), what, who(material, entry), said]);
    }
    steps
}

/// What the one who was consulted wrote.
pub(super) fn opinion(material: &Material, id: ConsultationId) -> Option<String> {
    let mut texts = material.case.journal().iter().rev().filter_map(|entry| match &entry.event {
        Event::OpinionReceived { consultation, text, .. } if *consultation == id => Some(*text),
        _ => None,
    });
    texts.next().map(|text| words(material, text.id))
}

/// What proves that the reply was served.
pub(super) fn service_proof(material: &Material, life: &Life) -> Option<String> {
    let entries = material.case.journal().iter().filter(|entry| life.has(entry.seq));
    let texts = entries.filter_map(|entry| match &entry.event {
        Event::Served { proof, .. } => *proof,
        Event::ServiceProven { proof, .. } => Some(*proof),
        _ => None,
    });
    let told: Vec<String> = texts.map(|text| words(material, text.id)).collect();
    (!told.is_empty()).then(|| told.join("\n"))
}
