//! The papers of a case in the order of its file (卷内文件), section by section. Whoever adds papers of another kind adds them in
//! [`of_case`].

use chrono::NaiveDate;

use super::material::Material;
use super::told;
use crate::case::terms::{FileFormat, FilePurpose};
use crate::ids::FileId;
use crate::letters::{Letter, Paper};
use crate::release::bundle::Withheld;

/// A section of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// What was asked, and by whom.
    Application,
    /// What went out.
    Letters,
    /// Who was consulted, and what they said.
    Consultation,
    /// Where one searched.
    Search,
    /// Who approved what, with the secrecy review.
    Approval,
    /// The information itself.
    Information,
    /// What proves service.
    Service,
    /// What was decided about it elsewhere.
    Proceedings,
    /// The count of days.
    Clock,
    /// The journal.
    Journal,
}

impl Section {
    /// What it is called.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Application => "申请材料",
            Self::Letters => "文书",
            Self::Consultation => "征求意见材料",
            Self::Search => "检索记录",
            Self::Approval => "审核、保密审查和签发",
            Self::Information => "政府信息",
            Self::Service => "送达材料",
            Self::Proceedings => "复议、诉讼、投诉和监督检查",
            Self::Clock => "期限计算",
            Self::Journal => "案卷日志",
        }
    }
}

/// What a paper is made of.
pub(in crate::office) enum Content {
    /// It is set as it stands.
    Paper(Paper),
    /// It is set like a letter.
    Letter(Box<Letter>),
    /// It is a file of the case.
    File(FileId, FileFormat),
}

/// A paper.
pub(super) struct Item {
    /// Where it belongs.
    pub section: Section,
    /// What it is called.
    pub title: String,
    /// The day it bears.
    pub on: Option<NaiveDate>,
    /// What it is made of.
    pub content: Content,
}

/// Every paper of a case, in order.
pub(super) fn of_case(material: &Material) -> Vec<Item> {
    let set =
        |section, paper: Paper| Item { section, title: paper.title.clone(), on: None, content: Content::Paper(paper) };
    let mut items = vec![set(Section::Application, told::application(material))];
    items.push(sheet(&material.receipt, Section::Application, ""));
    items.extend(files(material, Section::Application, &[FilePurpose::Application]));
    items.extend(letters(material));
    items.extend(told::consultations(material).map(|paper| set(Section::Consultation, paper)));
    items.extend(told::searches(material).map(|paper| set(Section::Search, paper)));
    items.extend(told::approval(material).map(|paper| set(Section::Approval, paper)));
    items.extend(files(material, Section::Information, &[FilePurpose::Record, FilePurpose::Redacted]));
    items.extend(told::service(material).map(|paper| set(Section::Service, paper)));
    let receipts = material.lives.iter().filter_map(|life| Some((life.receipt.as_ref()?, life.title.as_str())));
    items.extend(receipts.map(|(receipt, title)| sheet(receipt, Section::Service, title)));
    items.extend(files(material, Section::Service, &[FilePurpose::Proof]));
    items.extend(told::proceedings(material).map(|paper| set(Section::Proceedings, paper)));
    items.push(set(Section::Clock, told::clocks(material)));
    items.push(set(Section::Journal, told::journal(material)));
    items
}

/// What the program itself tells of a case, for its file in an archive: who was consulted, where one searched, who approved what,
/// how it was served, what was decided elsewhere, the journal. The application and the count of days are sheets of their own there.
pub(super) fn told_for_an_archive(material: &Material) -> Vec<Content> {
    let elsewhere = [Section::Application, Section::Letters, Section::Information, Section::Clock];
    let items = of_case(material).into_iter().filter(|item| !elsewhere.contains(&item.section));
    items.map(|item| item.content).filter(|content| !matches!(content, Content::File(..))).collect()
}

/// The letters as they went out: the very bytes, where they were kept.
fn letters(material: &Material) -> Vec<Item> {
    let issued = material.case.letters.iter().filter_map(|one| {
        let text = material.words(one.text.id)?;
        let letter: Letter = serde_json::from_str(text).ok()?;
        let title = format!("{} {}", letter.title, one.number);
        let content = match one.pdf {
            Some(pdf) => Content::File(pdf.id, FileFormat::Pdf),
            None => Content::Letter(Box::new(letter)),
        };
        Some(Item { section: Section::Letters, title, on: Some(one.on), content })
    });
    issued.collect()
}

fn sheet(letter: &Letter, section: Section, title: &str) -> Item {
    let content = Content::Letter(Box::new(letter.clone()));
    Item { section, title: format!("{}{title}", letter.title), on: Some(letter.on), content }
}

/// Files of these purposes. Working papers are the office's own and none of these.
fn files(material: &Material, section: Section, purposes: &[FilePurpose]) -> Vec<Item> {
    let wanted = material.case.files.iter().filter(|file| purposes.contains(&file.purpose));
    let item = |file: &crate::case::state::CaseFile| {
        let held = material.files.get(&file.file.id)?;
        let is = held.is.as_ref()?;
        let content = match held.withheld {
            None => Content::File(file.file.id, file.format),
            Some(why) => Content::Paper(told::left_out(material, file, is, why)),
        };
        // What is masked may name somebody in its very name.
        let title = match held.withheld {
            Some(Withheld::Masked) => format!("{}（已隐去）", file.purpose.zh()),
            Some(why) => format!("{}（{}）", is.name, why.zh()),
            None => is.name.clone(),
        };
        Some(Item { section, title, on: Some(file.on), content })
    };
    wanted.filter_map(item).collect()
}
