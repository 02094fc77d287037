//! Making a bundle: the papers are set and counted, then the archive is written from its first byte to its last, straight into
//! the store.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use super::contents::{chain, json_lines, lines, of_proceedings};
use super::material::Material;
use super::papers::{self, Section};
use super::setting::{Ready, Setter};
use super::told;
use crate::clock::in_chinese;
use crate::files::beside;
use crate::ids::FileId;
use crate::journal::seal::SignedSeal;
use crate::letters::fonts::Fonts;
use crate::letters::{ContentsLine, Paper, Piece, typeset};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::files::keeper::Keeper;
use crate::release::bundle::{Book, BookFault, Foot, Pack, PackFault, SIGNED, Sign, Standing, page_count, place};
use crate::vault::seal_files;

/// Hears how many steps are done, of how many; its failure ends the making.
pub(super) type Steps<'a> = &'a mut dyn FnMut(i32, i32) -> Result<(), Failure>;

/// Steps beside those of each paper: contents, book, data, proof, manifest.
const BESIDES: i32 = 5;

/// How to verify.
const README: &str = include_str!("README.txt");

/// Writes the bundle into `keeper`, and gives it back when its last byte is in it.
///
/// # Errors
/// [`Failure::Unavailable`] when the store is away; [`Failure::Broken`] for what is not what the journal says.
pub(super) fn made(office: &Office, material: &Material, keeper: Keeper, steps: Steps<'_>) -> Result<Keeper, Failure> {
    let shared = office.shared();
    let setter = Setter {
        material,
        fonts: Fonts::at_hand(&shared.letters),
        store: shared.store()?.clone(),
        apart: shared.apart.clone(),
    };
    let items = papers::of_case(material);
    let count = i32::try_from(items.len()).map_err(Failure::broken)?;
    let total = count.saturating_mul(2).saturating_add(BESIDES);
    let mut done = 0;
    let mut step = |steps: Steps<'_>| {
        done += 1;
        steps(done, total)
    };
    let mut ready = Vec::new();
    for (number, item) in (1..).zip(items) {
        ready.push(setter.ready(number, item)?);
        step(steps)?;
    }
    let contents = contents_of(&setter, &ready)?;
    step(steps)?;

    let mut pack = Pack::begin(keeper);
    pack.whole(place::README, "说明和验证方法", README.as_bytes())?;
    pack.member(place::CATALOGUE, "卷宗（全部材料，连续编页）", |open| {
        bound(&setter, &contents, &ready, open)
    })?;
    step(steps)?;
    let mut members: BTreeMap<FileId, String> = BTreeMap::new();
    for one in &ready {
        match &one.file {
            Some((id, kept)) => {
                pack.member(&one.path, &one.title, |open| streamed(&setter, kept, open))?;
                members.insert(*id, one.path.clone());
            }
            None => pack.whole(&one.path, &one.title, &setter.pages(one)?)?,
        }
        step(steps)?;
    }
    data(&mut pack, material, &members)?;
    step(steps)?;
    proof(&mut pack, material, &shared.key_folder)?;
    step(steps)?;
    let keeper = pack.finish(standing(material)?, |manifest| {
        let (key, signature) = office.sign_for(SIGNED, manifest)?;
        serde_json::to_vec_pretty(&Sign { key, signature }).map_err(Failure::broken)
    })?;
    step(steps)?;
    Ok(keeper)
}

/// The cover with the list of contents. Its own length moves every page, so it is set until that holds.
fn contents_of(setter: &Setter<'_>, ready: &[Ready]) -> Result<Vec<u8>, Failure> {
    const TRIES: usize = 4;
    let mut own = 1;
    for _ in 0..TRIES {
        let set = setter.paper(&cover(setter.material, ready, own))?;
        let pages = page_count(&set).map_err(Failure::broken)?;
        if pages == own {
            return Ok(set);
        }
        own = pages;
    }
    Err(Failure::broken("the list of contents does not settle"))
}

fn cover(material: &Material, ready: &[Ready], own: u32) -> Paper {
    let view = &material.view;
    let row = |name: &str, words: String| (name.to_owned(), words);
    let mut rows = vec![row("案件", material.number().to_owned()), row("回执编号", view.receipt_no.clone())];
    rows.extend(view.applicant.as_ref().map(|person| row("申请人", person.name.clone())));
    rows.extend(view.subject.clone().map(|subject| row("申请公开的内容", subject)));
    rows.extend(view.closing.as_ref().map(|closing| row("办理结果", closing.outcome.zh.to_owned())));
    rows.extend([
        row("生成时间", told::instant(material.made_at)),
        row("个人信息", if material.masked { "已隐去" } else { "未隐去" }.to_owned()),
        row("案卷日志", format!("共{}条；最近一次封存为第{}号", material.rows.len(), material.proof.seal.number)),
    ]);
    let line = |number: String, title: &str, on: Option<chrono::NaiveDate>, page| {
        let day = on.map(in_chinese).unwrap_or_default();
        ContentsLine { number, title: title.to_owned(), day, page }
    };
    let mut lines = Vec::new();
    let (mut page, mut section): (u32, Option<Section>) = (own.saturating_add(1), None);
    for one in ready {
        if section != Some(one.section) {
            section = Some(one.section);
            lines.push(line(String::new(), one.section.zh(), None, page));
        }
        lines.push(line(one.number.to_string(), &one.title, one.on, page));
        page = page.saturating_add(one.pages);
    }
    told::paper(material, "卷内目录", vec![Piece::Facts { rows }, Piece::Contents { lines }])
}

/// The book of all papers.
fn bound(setter: &Setter<'_>, contents: &[u8], ready: &[Ready], out: impl Write) -> Result<(), Failure> {
    let own = page_count(contents)?;
    let total = ready.iter().fold(own, |total, one| total.saturating_add(one.pages));
    let stamps = typeset::words(&Book::<Vec<u8>>::stamp_words(), &setter.fonts).map_err(Failure::broken)?;
    let mut book = Book::begin(out, total, &stamps)?;
    book.mark("卷内目录", false);
    book.add(contents, Foot::Margin)?;
    let mut section: Option<Section> = None;
    for one in ready {
        if section != Some(one.section) {
            section = Some(one.section);
            book.mark(one.section.zh(), false);
        }
        book.mark(&format!("{} {}", one.number, one.title), true);
        book.add(&setter.pages(one)?, one.foot)?;
    }
    book.finish(&format!("{} 卷宗", setter.material.number()))?;
    Ok(())
}

/// A file of the case, part by part.
fn streamed(
    setter: &Setter<'_>,
    kept: &Arc<crate::office::files::keeping::Kept>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    for no in 0.. {
        let (store, kept) = (setter.store.clone(), Arc::clone(kept));
        let part = beside::wait(async move { kept.part(&store, no).await }).map_err(Failure::broken)??;
        let Some(part) = part else { break };
        out.write_all(&part).map_err(PackFault::from)?;
    }
    Ok(())
}

fn data(pack: &mut Pack<Keeper>, material: &Material, members: &BTreeMap<FileId, String>) -> Result<(), Failure> {
    let journal: String = material.rows.iter().flat_map(|row| [row.body.as_str(), "\n"]).collect();
    pack.whole(place::JOURNAL, "案卷日志（规范格式，每行一条）", journal.as_bytes())?;
    pack.whole(place::CHAIN, "日志的哈希链", json_lines(&chain(material)?)?.as_bytes())?;
    let files = json_lines(&of_proceedings(material)?)?;
    if !files.is_empty() {
        pack.whole(place::PROCEEDINGS, "复议诉讼案卷的日志（每行一条，由案卷日志逐条记其哈希值）", files.as_bytes())?;
    }
    let contents = json_lines(&lines(material, members)?)?;
    pack.whole(place::CONTENTS, "日志所指的内容及其摘要的盐值", contents.as_bytes())?;
    let clocks: Vec<_> = material.lives.iter().map(|life| &life.clocks).collect();
    let clocks = serde_json::to_vec_pretty(&clocks).map_err(Failure::broken)?;
    pack.whole(place::CLOCKS, "期限计算（逐日）", &clocks)?;
    Ok(())
}

fn proof(pack: &mut Pack<Keeper>, material: &Material, key_folder: &std::path::Path) -> Result<(), Failure> {
    let proof = &material.proof;
    let signed = SignedSeal::read(&proof.seal.text, &proof.seal.signature).map_err(Failure::broken)?;
    pack.whole(place::LEAF, "本案日志在封存日志中的记录", proof.leaf.as_bytes())?;
    let inclusion = serde_json::to_vec(&proof.inclusion).map_err(Failure::broken)?;
    pack.whole(place::INCLUSION, "本案在封存之内的证明（RFC 9162）", &inclusion)?;
    pack.whole(place::SEAL, "最近一次封存及其签名", &serde_json::to_vec(&signed).map_err(Failure::broken)?)?;
    pack.whole(place::SLIP, "封存单", proof.seal.slip.as_bytes())?;
    let shown = seal_files::public_keys(key_folder);
    for pem in seal_files::read_public(&shown).map_err(Failure::broken)? {
        let key = crate::journal::seal::VerifyingKey::from_pem(&pem).map_err(Failure::broken)?;
        let path = format!("{}{}.pem", place::KEYS, key.fingerprint());
        pack.whole(&path, "封存公钥（须与另行取得的公钥核对）", pem.as_bytes())?;
    }
    Ok(())
}

fn standing(material: &Material) -> Result<Standing, Failure> {
    let last = material.rows.last().ok_or(Failure::Missing)?;
    Ok(Standing {
        case: material.case.id,
        receipt_no: material.view.receipt_no.clone(),
        number: material.view.number.clone(),
        agency: material.view.agency.name.clone(),
        made_at: material.made_at,
        masked: material.masked,
        entries: u32::try_from(material.rows.len()).map_err(Failure::broken)?,
        head: last.hash.parse().map_err(Failure::broken)?,
    })
}

impl From<PackFault> for Failure {
    fn from(fault: PackFault) -> Self {
        Self::broken(fault)
    }
}

impl From<BookFault> for Failure {
    fn from(fault: BookFault) -> Self {
        Self::broken(fault)
    }
}
