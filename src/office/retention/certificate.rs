//! The certificate of destruction (销毁证明书): which files, for how long they were kept and on what ground, who proposed, who
//! approved, when, and the heads of the journals that remain. No personal data; made from the list, so it can be had for ever.

use super::disposal::{ListedFile, WholeDisposal};
use crate::clock::{day_in_china, in_chinese};
use crate::ids::DisposalId;
use crate::law::letter::LetterKind;
use crate::letters::{Annex, Block, Letter};
use crate::office::failure::Failure;
use crate::office::letters::reading::{Format, LetterFile};
use crate::office::views::StaffName;
use crate::office::{Office, Officer};

impl Office {
    /// The certificate of a list, from its approval on; while it is carried out it says how far that has come.
    ///
    /// # Errors
    /// [`Failure::Missing`] before the approval; [`Failure::Forbidden`]; those of setting a page.
    pub async fn destruction_certificate(
        &self,
        officer: &Officer,
        id: DisposalId,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        let whole = self.disposal(officer, id).await?;
        let letter = certificate(&whole, self.today()).ok_or(Failure::Missing)?;
        self.written(letter, format).await
    }
}

fn certificate(whole: &WholeDisposal, today: chrono::NaiveDate) -> Option<Letter> {
    let list = &whole.list;
    let number = list.certificate.clone()?;
    let standing: Vec<&ListedFile> = whole.items.iter().filter(|item| item.struck_for.is_none()).collect();
    let destroyed: Vec<&ListedFile> = standing.iter().copied().filter(|item| item.destroyed_at.is_some()).collect();
    let struck = whole.items.len() - standing.len();
    let from = standing.iter().map(|item| item.closed_on).min()?;
    let through = standing.iter().map(|item| item.closed_on).max()?;
    let day = |at: chrono::DateTime<chrono::Utc>| in_chinese(day_in_china(at));
    let mut rows = vec![vec!["事项".to_owned(), "记载".to_owned()]];
    let mut row = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
    row("案卷数量", format!("{} 件（另有 {struck} 件经审核从清册中剔除）", destroyed.len()));
    row("办结日期", format!("{} 至 {}", in_chinese(from), in_chinese(through)));
    row("提出人", person(list.proposed_by.as_ref(), list.proposed_for.as_ref()));
    row("提出日期", day(list.proposed_at));
    row("批准人", person(list.decided_by.as_ref(), list.decided_for.as_ref()));
    row("批准日期", list.decided_at.map(day).unwrap_or_default());
    row(
        "完成情况",
        list.done_at.map_or_else(
            || format!("正在办理：已销毁 {} 件，共 {} 件", list.gone, list.files),
            |at| format!("{} 全部完成", day(at)),
        ),
    );
    let blocks = vec![
        Block::Paragraph {
            text: "下列依申请公开案卷保管期限届满，经一人提出、另一人批准，已依法销毁：先销毁案卷密钥，再删除全部加密的当事人信息、文字、附件及检索索引。".to_owned(),
        },
        Block::Table { rows },
        Block::Heading { text: "一、依据".to_owned() },
        Block::Paragraph {
            text: "《中华人民共和国政府信息公开条例》第四十五条；《中华人民共和国档案法》第十三条、第十四条；《中华人民共和国档案法实施条例》第十九条；国家档案局令第8号；本机关保管期限表。".to_owned(),
        },
        Block::Heading { text: "二、保留的内容".to_owned() },
        Block::Paragraph {
            text: "办理日志、日期、处理结果和各项内容的摘要（哈希值）永久保留，日志链仍可验证；所保留的内容不含个人信息，也不能还原已销毁的内容。各案卷日志的末条哈希值见附件。".to_owned(),
        },
    ];
    Some(Letter {
        kind: LetterKind::CoverSheet,
        issuer: list.agency.name.clone(),
        number,
        title: "案卷销毁证明书".to_owned(),
        addressee: String::new(),
        blocks,
        contact: String::new(),
        on: list.done_at.or(list.decided_at).map_or(today, day_in_china),
        annexes: vec![Annex { title: "销毁案卷目录".to_owned(), blocks: vec![catalogue(&destroyed)] }],
    })
}

fn person(name: Option<&StaffName>, absent: Option<&StaffName>) -> String {
    let name = name.map(|one| one.name.clone()).unwrap_or_default();
    absent.map_or_else(|| name.clone(), |absent| format!("{name}（代{}）", absent.name))
}

fn catalogue(files: &[&ListedFile]) -> Block {
    let head = ["序号、案号", "办结日期", "处理结果", "保管期限", "销毁日期、日志末条及其哈希值"];
    let rows = files.iter().enumerate().map(|(at, file)| {
        vec![
            format!("{}　{}", at + 1, file.number),
            file.closed_on.to_string(),
            file.outcome.zh.to_owned(),
            format!("{}，至{}", file.term.zh, file.kept_until),
            format!(
                "{}，第{}条 {}",
                file.destroyed_at.map(|at| day_in_china(at).to_string()).unwrap_or_default(),
                file.head_seq.unwrap_or_default(),
                grouped(file.head.as_deref().unwrap_or_default())
            ),
        ]
    });
    Block::Table { rows: std::iter::once(head.iter().map(|name| (*name).to_owned()).collect()).chain(rows).collect() }
}

/// A hash in groups of eight, so that a narrow column can break it.
fn grouped(hash: &str) -> String {
    let letters: Vec<char> = hash.chars().collect();
    letters.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
