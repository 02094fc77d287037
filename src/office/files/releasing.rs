//! Handing out what was granted, at once or in parts, each with its letter (条例 art. 40). Every file is looked through first,
//! all of its text: what nobody sees on the page goes out with it as well.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::in_memory;
use super::keeping::Kept;
use super::reading::openable;
use crate::case::terms::FileFormat;
use crate::case::{Act, Case, Command};
use crate::ids::{CaseId, FileId};
use crate::law::outcome::Outcome;
use crate::office::failure::{Failure, Problem};
use crate::office::sealing::{Opener, TextKind};
use crate::office::views::{CaseView, Term, term};
use crate::office::{Office, Officer, input};
use crate::release::apart::{Seen, TOLD};
use crate::release::privacy;
use crate::release::text::{self, Kind, Unreadable};
use crate::storage::texts;

/// What is handed out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseInput {
    /// The files: records or redacted records of this case that were not handed out yet.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 100)]
    pub files: Vec<FileId>,
    /// Whether nothing is outstanding after this; if missing, nothing is.
    pub last: Option<bool>,
    /// What the letter says of it.
    #[schema(min_length = 1, max_length = 5000)]
    pub letter: String,
    /// Why it may go out although numbers or addresses of people were found in it, or it could not be looked through.
    #[schema(max_length = 2000)]
    pub accept: Option<String>,
}

/// A number or an address of a person in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundInFile {
    /// What.
    pub kind: Term,
    /// The words.
    pub text: String,
    /// Where, in Chinese.
    pub place_zh: String,
    /// Where, in English.
    pub place_en: String,
}

/// What a look through a file found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Looked {
    /// The file.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
    /// What it is called.
    pub name: String,
    /// What was found, in the order of the file; the first two hundred.
    pub found: Vec<FoundInFile>,
    /// How many in all.
    pub count: usize,
    /// Pages that are only pictures: nobody but a person can look through them.
    pub pages_without_text: Vec<u32>,
    /// Pictures and files inside of it, by name: the same holds for them.
    pub parts_not_read: Vec<String>,
    /// Why it could not be looked through, in Chinese.
    pub unread_zh: Option<String>,
    /// The same in English.
    pub unread_en: Option<String>,
}

impl Looked {
    /// What somebody has to answer for before it goes out: findings, and what no program can see into.
    #[must_use]
    pub fn to_answer_for(&self) -> usize {
        let unseen = self.unread_zh.is_some() || !self.pages_without_text.is_empty() || !self.parts_not_read.is_empty();
        self.count + usize::from(unseen)
    }
}

/// What was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReleaseView {
    /// The how-manieth part.
    pub part: u32,
    /// The day.
    pub on: chrono::NaiveDate,
    /// The files.
    #[schema(value_type = Vec<String>)]
    pub files: Vec<FileId>,
    /// Whether nothing was outstanding after it.
    pub last: bool,
    /// What the letter said of it.
    pub letter: String,
}

/// The largest file that is looked through: 64 MiB.
const MOST: u64 = 64 << 20;

impl Office {
    /// Looks through a file for numbers and addresses of people.
    ///
    /// # Errors
    /// As [`Office::file`].
    pub async fn look_through(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<Looked, Failure> {
        let kept = self
            .look(officer, case, move |conn, shared, case, officer| {
                crate::office::letters::reading::sees_names(conn, case, officer)?;
                let file = case.file(id).ok_or(Failure::Missing)?;
                Ok((openable(conn, shared, id)?, file.redaction.as_ref().map(|one| one.of)))
            })
            .await?;
        let (kept, of) = kept;
        let mut looked = self.looked_through(kept).await?;
        if of.is_some() {
            // Its pages are pictures because it was blacked out here, by somebody who saw each of them. What they still show is known
            // from the record and the boxes.
            looked.pages_without_text.clear();
            let left = self.left_to_read(officer, case, id).await?;
            looked.count = looked.count.saturating_add(left.count);
            looked.found.extend(left.found.into_iter().map(|(one, place)| FoundInFile {
                kind: term!(one.kind),
                text: one.text,
                place_zh: format!("{}（遮盖后仍可见）", place.zh()),
                place_en: format!("{}, not blacked out", place.en()),
            }));
            looked.found.truncate(TOLD);
        }
        Ok(looked)
    }

    async fn looked_through(&self, kept: Kept) -> Result<Looked, Failure> {
        let shared = self.shared();
        let (file, name) = (kept.row.id, kept.name.clone());
        let format: FileFormat = kept.row.format.as_deref().unwrap_or_default().parse().map_err(Failure::broken)?;
        let Some(kind) = kind_of(format) else { return Ok(unread(file, name, &NotLooked::Format(format))) };
        if u64::try_from(kept.row.size).unwrap_or(u64::MAX) > MOST {
            return Ok(unread(file, name, &NotLooked::Large));
        }
        let turn = in_memory::turn(&in_memory::LOOKING).await?;
        let bytes = kept.whole(shared.store()?, MOST).await?;
        in_memory::in_turn(turn, move || Ok(look(file, name, shared.apart.look(kind, &bytes)?))).await
    }

    /// Hands out files of a case.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] with each finding where nobody has said why it may go out.
    pub async fn release(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ReleaseInput,
    ) -> Result<CaseView, Failure> {
        let mut looked = Vec::new();
        for file in &input.files {
            match self.look_through(officer, case, *file).await {
                Ok(one) => looked.push(one),
                // The act itself says that there is no such file.
                Err(Failure::Missing) => {}
                Err(other) => return Err(other),
            }
        }
        if let Some(first) = looked.first_mut() {
            // What the letter says and what files are called goes out as well.
            first.found.extend(in_words(&input.letter, "告知书正文", "the letter"));
            first.count = first.count.max(first.found.len());
        }
        for one in &mut looked {
            let named = in_words(&one.name, "文件名", "its name");
            one.count += named.len();
            one.found.extend(named);
        }
        let files = input.files.clone();
        let beyond = self.glance(officer, case, move |_, _, case, _| Ok(beyond_the_reply(case, &files))).await?;
        let to_answer_for = beyond.len() + looked.iter().map(Looked::to_answer_for).sum::<usize>();
        let accepted = input.accept.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if to_answer_for > 0 && accepted.is_none() {
            let found = looked.iter().flat_map(|one| problems(one, "/accept"));
            return Err(Failure::Invalid(beyond.iter().copied().map(beyond_problem).chain(found).collect()));
        }
        let found = u32::try_from(to_answer_for).unwrap_or(u32::MAX);
        self.officer_acts(officer, Act::Release, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::Release {
                files: input.files.clone(),
                last: input.last.unwrap_or(true),
                letter: desk.text(TextKind::Letter, &letter)?,
                found,
                accepted: desk.optional_text(TextKind::Reason, input.accept.as_deref())?,
            })
        })
        .await
    }

    /// What was handed out of a case.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn releases(&self, officer: &Officer, case: CaseId) -> Result<Vec<ReleaseView>, Failure> {
        self.look(officer, case, |conn, shared, case, officer| {
            crate::office::letters::reading::sees_names(conn, case, officer)?;
            let opener = Opener::of(conn, &[case.id], &shared.keys)?;
            let mut views = Vec::new();
            for one in &case.releases {
                let row = texts::find(conn, one.letter.id)?;
                let opened = row.map(|row| opener.text(&row)).transpose()?.flatten();
                let letter = opened.map(|opened| opened.words).unwrap_or_default();
                let (part, on, files, last) = (one.part, one.on, one.files.clone(), one.last);
                views.push(ReleaseView { part, on, files, last, letter });
            }
            Ok(views)
        })
        .await
    }
}

/// Grounds on which something was blacked out that the reply does not name: what it withholds in fact and not in words has no
/// reasons and no remedy (art. 37).
fn beyond_the_reply(case: &Case, files: &[FileId]) -> Vec<Outcome> {
    let Some(draft) = &case.draft else { return Vec::new() };
    let redactions = files.iter().filter_map(|id| case.file(*id)?.redaction.as_ref());
    let mut beyond: Vec<Outcome> = redactions.flat_map(|one| one.grounds.iter().copied()).collect();
    beyond.sort_unstable();
    beyond.dedup();
    beyond.retain(|ground| draft.grounds().all(|named| named != *ground));
    beyond
}

fn beyond_problem(ground: Outcome) -> Problem {
    Problem::at(
        "/accept",
        format!(
            "文件以“{}”为由作了遮盖，但答复没有据此不予公开；请说明原因，或者撤回后另行作出部分公开的答复。",
            ground.zh()
        ),
        format!(
            "Something is blacked out as \"{}\", which the reply does not withhold: say why, or give a partial reply instead.",
            ground.en()
        ),
    )
}

/// Numbers and addresses of people in words that go out beside a file.
fn in_words(words: &str, zh: &str, en: &str) -> Vec<FoundInFile> {
    let found = |one: privacy::PrivacyFinding| FoundInFile {
        kind: term!(one.kind),
        text: one.text,
        place_zh: zh.to_owned(),
        place_en: en.to_owned(),
    };
    privacy::look(words).into_iter().map(found).collect()
}

/// Why a file was not looked through.
enum NotLooked {
    Format(FileFormat),
    Large,
    Unreadable(Unreadable),
}

const fn kind_of(format: FileFormat) -> Option<Kind> {
    match format {
        FileFormat::Pdf => Some(Kind::Pdf),
        FileFormat::Docx => Some(Kind::Docx),
        FileFormat::Xlsx => Some(Kind::Xlsx),
        FileFormat::Text => Some(Kind::Plain),
        FileFormat::Ofd
        | FileFormat::Pptx
        | FileFormat::Ole
        | FileFormat::Jpeg
        | FileFormat::Png
        | FileFormat::Tiff
        | FileFormat::Zip => None,
    }
}

fn look(file: FileId, name: String, seen: Result<Seen, Unreadable>) -> Looked {
    let seen = match seen {
        Ok(seen) => seen,
        Err(fault) => return unread(file, name, &NotLooked::Unreadable(fault)),
    };
    let Seen { found, count, pages_without_text, parts_not_read } = seen;
    let found = found.into_iter().map(|(one, place)| FoundInFile {
        kind: term!(one.kind),
        text: one.text,
        place_zh: place.zh(),
        place_en: place.en(),
    });
    let found = found.collect();
    Looked { file, name, found, count, pages_without_text, parts_not_read, unread_zh: None, unread_en: None }
}

fn unread(file: FileId, name: String, why: &NotLooked) -> Looked {
    let (zh, en) = match why {
        NotLooked::Format(format) => (
            format!("{}不能自动检查，请人工逐页查看。", format.zh()),
            format!("A {} cannot be looked through by a program; look at it page by page.", format.en()),
        ),
        NotLooked::Large => (
            format!("文件超过 {} MB，不能自动检查，请人工查看。", MOST >> 20),
            format!(
                "It has more than {} MB and cannot be looked through by a program; look at it yourself.",
                MOST >> 20
            ),
        ),
        NotLooked::Unreadable(Unreadable::Encrypted) => (
            "文件有密码，不能检查。".to_owned(),
            "It is locked with a password and cannot be looked through.".to_owned(),
        ),
        NotLooked::Unreadable(fault) => {
            let zh = match fault {
                Unreadable::TooMuch => "文件展开后过大或者过于复杂，不能检查。".to_owned(),
                Unreadable::TooLarge => format!("文件展开后多于 {} MiB，不能检查。", text::MAX_INFLATED >> 20),
                Unreadable::Definitions => "文件自行定义了文字（DTD），不能检查。".to_owned(),
                Unreadable::Encrypted | Unreadable::Broken(_) => "文件不完整或者已损坏，不能检查。".to_owned(),
            };
            (zh, format!("It cannot be looked through: {fault}."))
        }
    };
    Looked {
        file,
        name,
        found: Vec::new(),
        count: 0,
        pages_without_text: Vec::new(),
        parts_not_read: Vec::new(),
        unread_zh: Some(zh),
        unread_en: Some(en),
    }
}

/// What is in the way of handing a file out, place by place; `reason`: where it can be said why it may go out.
pub(super) fn problems(looked: &Looked, reason: &'static str) -> Vec<Problem> {
    let name = &looked.name;
    let mut problems: Vec<Problem> = looked
        .found
        .iter()
        .take(50)
        .map(|one| {
            Problem::at(
                "/files",
                format!("“{name}”{}有{}“{}”。", one.place_zh, one.kind.zh, one.text),
                format!("{name:?}, {}: a {} ({:?}).", one.place_en, one.kind.en, one.text),
            )
        })
        .collect();
    if let (Some(zh), Some(en)) = (&looked.unread_zh, &looked.unread_en) {
        problems.push(Problem::at("/files", format!("“{name}”：{zh}"), format!("{name:?}: {en}")));
    }
    if !looked.pages_without_text.is_empty() {
        let pages: Vec<String> = looked.pages_without_text.iter().take(20).map(u32::to_string).collect();
        problems.push(Problem::at(
            "/files",
            format!("“{name}”第{}页只有图像，不能自动检查。", pages.join("、")),
            format!(
                "{name:?}: pages {} are only pictures and cannot be looked through by a program.",
                pages.join(", ")
            ),
        ));
    }
    if !looked.parts_not_read.is_empty() {
        let parts: Vec<&str> = looked.parts_not_read.iter().take(20).map(String::as_str).collect();
        problems.push(Problem::at(
            "/files",
            format!("“{name}”中的图片或者嵌入文件不能自动检查：{}。", parts.join("、")),
            format!("{name:?} holds pictures or files that no program looks through: {}.", parts.join(", ")),
        ));
    }
    if !problems.is_empty() {
        problems.push(Problem::at(
            reason,
            "请先遮盖上列内容；确需提供的，写明理由（权利人同意、公共利益，或者已经人工核对）。",
            "Black these out first; where they must go out, say why (consent, the public interest, or that you have looked yourself).",
        ));
    }
    problems
}
