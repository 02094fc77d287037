//! An invented case, for which every wording is filled in: to try an edited wording, to show what a letter looks like, and for
//! the tests, which look at each.

use chrono::NaiveDate;

use super::compose::{Draft, compose};
use super::facts::{
    AccessFacts, AgencyFacts, CaseFacts, ConsultationFacts, DayFacts, EvidenceFacts, Facts, FeeFacts, Line, PaperFacts,
    PartFacts, ProceedingFacts, SeparabilityFacts, ServiceFacts, contested,
};
use super::letter::Letter;
use crate::law::article::cited_zh;
use crate::law::fee::{FeeBasis, by_item_after};
use crate::law::letter::LetterKind;
use crate::law::outcome::{Outcome, rule};
use crate::law::periods::{EXTENSION_MAX_DAYS, REPLY_DAYS};
use crate::law::remedy::RemedyPath;
use crate::wording::WordingFault;

/// A day of the invented case; the first working day of 2026 plus `days`.
fn day(days: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default() + chrono::Days::new(days)
}

fn line(name: &str, text: &str) -> Line {
    Line { name: name.to_owned(), text: text.to_owned() }
}

/// What the invented case has to say in a letter of this kind.
#[must_use]
pub fn facts(kind: LetterKind, outcome: Option<Outcome>) -> Facts {
    let agency = AgencyFacts {
        name: "云河市自然资源和规划局".to_owned(),
        office_name: "云河市自然资源和规划局政府信息公开办公室".to_owned(),
        office_address: "云河市滨江路18号".to_owned(),
        office_phone: "0579-8200 1126".to_owned(),
        reconsideration_body: "云河市人民政府".to_owned(),
        court: "云河市城东区人民法院".to_owned(),
    };
    let path = match (kind, outcome) {
        (LetterKind::Reply | LetterKind::Lapse, Some(outcome)) => rule(outcome).remedy,
        (LetterKind::Override, _) => RemedyPath::ReconsiderationOrSuit,
        _ => RemedyPath::NotSeparately,
    };
    let articles = match outcome {
        Some(outcome) if matches!(kind, LetterKind::Reply | LetterKind::Lapse) => rule(outcome).articles,
        _ => kind.articles(),
    };
    let (to_others, to_third) = (
        matches!(kind, LetterKind::CoMaker | LetterKind::Assisting),
        matches!(kind, LetterKind::ThirdParty | LetterKind::Override),
    );
    let (you, addressee) = match (to_others, to_third) {
        _ if kind == LetterKind::Defence => ("贵院", "云河市城东区人民法院"),
        _ if kind.is_of_proceeding() => ("贵机关", "云河市人民政府"),
        (true, _) => ("贵单位", "云河市生态环境局"),
        (_, true) => ("贵公司", "云河市江南置业有限公司"),
        _ => ("您", "陈喆"),
    };
    let statements = outcome.filter(|_| kind == LetterKind::Reply).map(|outcome| rule(outcome).must_state);
    Facts {
        remedy: contested(kind, &path.paragraph_zh(&agency.reconsideration_body, &agency.court)),
        remedy_online: (path != RemedyPath::NotSeparately).then(|| "https://fy.example.gov.cn".to_owned()),
        agency,
        case: CaseFacts {
            number: "云自然资公开申〔2026〕12号".to_owned(),
            receipt_no: "ZRZY-2026-000012".to_owned(),
            subject: "城东片区2025年度土地征收补偿安置方案".to_owned(),
            way: "通过网上".to_owned(),
            arrived_on: day(0),
            received_on: Some(day(0)),
            form: "电子文档".to_owned(),
            route: "电子邮件".to_owned(),
        },
        you: you.to_owned(),
        addressee: addressee.to_owned(),
        number: if kind.is_issued() {
            "云自然资公开补〔2026〕3号"
        } else {
            "云自然资公开申〔2026〕12号"
        }
        .to_owned(),
        on: day(9),
        words: words(kind).to_owned(),
        articles: cited_zh(articles),
        window_days: Some(15),
        days: Some(EXTENSION_MAX_DAYS),
        until: Some(day(56)),
        from: Some(day(0)),
        in_time: true,
        ordered: false,
        asked_on: Some(day(3)),
        month_count: Some(34),
        finding: Some("申请人未说明正当理由。".to_owned()),
        reply_days: REPLY_DAYS,
        extension_days: EXTENSION_MAX_DAYS,
        statements: statements
            .unwrap_or_default()
            .iter()
            .map(|one| line(one.zh(), "见本机关门户网站“土地征收”专栏。"))
            .collect(),
        parts: if outcome == Some(Outcome::PartlyGranted) { parts() } else { Vec::new() },
        proceeding: kind.is_of_proceeding().then(|| contested_in(kind)),
        access: (kind == LetterKind::Override)
            .then(|| AccessFacts { number: "ZRZY-2026-000012".to_owned(), code: "K7M2-PQ4X-9TRDW".to_owned() }),
        evidence: if kind.is_of_proceeding() { evidence() } else { Vec::new() },
        separability: (outcome == Some(Outcome::PartlyGranted)).then(|| SeparabilityFacts {
            finding: "能够区分处理".to_owned(),
            reason: "补偿协议中的姓名、账号可以遮盖后提供。".to_owned(),
        }),
        ..besides()
    }
}

/// What only some letters and sheets speak of.
fn besides() -> Facts {
    let before = 10;
    Facts {
        fee: Some(FeeFacts {
            basis: FeeBasis::Item.zh().to_owned(),
            units: 2,
            unit: "件".to_owned(),
            amount: by_item_after(before, 2),
            reckoning: "本月第11件、第12件，每件100元，共200元".to_owned(),
        }),
        consultation: Some(ConsultationFacts {
            issued_on: day(4),
            answer: "贵公司于2026年3月16日答复，不同意公开".to_owned(),
            weighed: "不公开可能对公共利益造成重大影响".to_owned(),
        }),
        whom: "第三方".to_owned(),
        referred_to: "云河市住房和城乡建设局（地址：云河市新安路6号，电话：0579-8200 2210）".to_owned(),
        served: Some(ServiceFacts {
            title: "政府信息公开申请答复书".to_owned(),
            number: "云自然资公开答〔2026〕9号".to_owned(),
            way: "邮寄送达".to_owned(),
            on: Some(day(11)),
            proof: Some("邮政特快专递 1028 3345 6621".to_owned()),
            ..ServiceFacts::default()
        }),
        applicant: vec![line("申请人类别", "公民"), line("姓名", "陈喆"), line("联系电话", "138****0012")],
        asked: vec![
            line("名称、文号或者其他特征性描述", "城东片区2025年度土地征收补偿安置方案"),
            line("提供的形式", "电子文档"),
        ],
        register: vec![line("编号", "云自然资公开申〔2026〕12号"), line("收到日期", "2026年3月2日")],
        files: vec![
            line("城东片区2025年度土地征收补偿安置方案.pdf", "PDF，2.4 MB"),
            line("附表二（遮盖件）.pdf", "PDF，1.1 MB，已遮盖12处"),
        ],
        blackened: true,
        part: Some(1),
        papers: vec![PaperFacts {
            title: LetterKind::Correction.zh().to_owned(),
            number: "云自然资公开补〔2026〕3号".to_owned(),
            on: day(3),
        }],
        counted: vec![
            DayFacts { on: day(0), weekday: "一", what: "起算之日，不计入".to_owned() },
            DayFacts { on: day(1), weekday: "二", what: "第1日".to_owned() },
        ],
        ..Facts::default()
    }
}

/// What an officer might have written.
const fn words(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Correction => "请写明所需信息的年度和涉及的村组。\n“有关材料”所指的具体文件请列明名称或者文号。",
        LetterKind::Explanation => "请说明一个月内提出34件申请的理由。",
        LetterKind::Extension => "因需要征集多个处室的档案并逐页核对，无法在法定期限内答复。",
        LetterKind::ThirdParty => "《城东片区2025年度土地征收补偿安置方案》附表中贵公司厂房的评估价格。",
        LetterKind::ConsultationTold => "该方案涉及一家企业的评估价格。",
        LetterKind::Override => "公开内容：附表第3页贵公司厂房的评估总价。",
        LetterKind::CoMaker => "请就附表二能否公开提出意见。",
        LetterKind::Assisting => "请提供该地块环境影响评价批复的文号。",
        LetterKind::Fee => "缴至云河市财政局非税收入专户（开户行：云河银行营业部）。",
        LetterKind::Referral => "所需信息为房屋拆迁许可，不属于本机关职责范围。",
        LetterKind::Reply => "有关情况详见附件。",
        LetterKind::Release => "附表三至附表五正在逐页核对，核对完毕后另行提供。",
        LetterKind::WithdrawalConfirmed => "已从其他渠道取得。",
        LetterKind::ReconsiderationAnswer | LetterKind::Defence => {
            "本机关已尽到检索义务，答复认定事实清楚，适用依据正确，程序合法。\n请依法维持。"
        }
        LetterKind::EvidenceCatalogue => "第2项含个人信息，请勿提供第三方查阅。",
        _ => "",
    }
}

fn contested_in(kind: LetterKind) -> ProceedingFacts {
    let in_court = kind == LetterKind::Defence;
    ProceedingFacts {
        number: "云自然资公开复〔2026〕1号".to_owned(),
        authority_number: Some(if in_court { "（2026）云行初12号" } else { "云政复〔2026〕31号" }.to_owned()),
        claimant: "陈喆".to_owned(),
        party: if in_court { "原告" } else { "申请人" }.to_owned(),
        challenged: "不服本机关云自然资公开答〔2026〕9号文书".to_owned(),
        received_on: Some(day(30)),
        answer_by: Some(day(44)),
    }
}

fn evidence() -> Vec<EvidenceFacts> {
    let item = |no, kind: &str, title: &str, proves: &str, source: &str, pages: &str| EvidenceFacts {
        no,
        kind: kind.to_owned(),
        title: title.to_owned(),
        proves: proves.to_owned(),
        source: source.to_owned(),
        pages: pages.to_owned(),
    };
    vec![
        item(1, "检索记录", "档案室检索记录", "本机关已尽到检索义务", "检索记录.pdf", "1—3"),
        item(2, "答复及送达凭证", "答复书及送达回证", "答复已依法送达", "纸质材料", "4"),
    ]
}

fn parts() -> Vec<PartFacts> {
    vec![
        PartFacts {
            part: "附表二第4至9页农户姓名、身份证号、银行账号".to_owned(),
            kind: "部分内容".to_owned(),
            articles: cited_zh(rule(Outcome::RefusedThirdParty).articles),
            reason: "涉及个人隐私，公开会对第三方合法权益造成损害。".to_owned(),
        },
        PartFacts {
            part: "局长办公会议讨论记录".to_owned(),
            kind: "整份文件".to_owned(),
            articles: cited_zh(rule(Outcome::RefusedProcessInformation).articles),
            reason: "属于过程性信息。".to_owned(),
        },
    ]
}

/// The invented case in a letter.
///
/// # Errors
/// [`WordingFault`] for a wording that cannot be filled in.
pub fn letter(kind: LetterKind, outcome: Option<Outcome>, wording: &str) -> Result<Letter, WordingFault> {
    compose(&Draft { kind, outcome, wording, facts: &facts(kind, outcome) })
}
