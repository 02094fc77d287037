//! Blacking out parts of a record before it is handed out (条例 arts 14 to 16, 37): a person marks boxes on its pages, each with the
//! article it rests on; what comes out is pictures only, and is read again by other means before it is put into the case.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use super::keeping::keep_made;
use super::reading::openable;
use crate::case::event::Redaction;
use crate::case::terms::{FileFormat, FilePurpose};
use crate::case::{Act, Case, Command};
use crate::ids::{CaseId, FileId};
use crate::law::article::{Article, cited_zh};
use crate::law::outcome::{Outcome, OutcomeGroup, rule};
use crate::letters::fonts::Fonts;
use crate::letters::typeset;
use crate::office::failure::{Failure, Problem};
use crate::office::log::{Kind, Look};
use crate::office::permission::{Deed, permit};
use crate::office::sealing::{Opener, TextKind};
use crate::office::views::{CaseView, Term, term};
use crate::office::{Office, Officer, Shared, projection};
use crate::release::proof::{self, Leak};
use crate::release::redact::{self, Label, Misplaced, NotRedactable, Source};
use crate::storage::files::KEPT;
use crate::storage::texts;

/// A box on a page. Lengths are parts of the page as it is shown, from its upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoxInput {
    /// The page, from 1 on.
    #[schema(minimum = 1, maximum = 2000)]
    pub page: u32,
    /// From the left edge.
    #[schema(minimum = 0, maximum = 1)]
    pub left: f64,
    /// From the upper edge.
    #[schema(minimum = 0, maximum = 1)]
    pub top: f64,
    /// How wide.
    #[schema(minimum = 0, maximum = 1)]
    pub width: f64,
    /// How high.
    #[schema(minimum = 0, maximum = 1)]
    pub height: f64,
    /// On which ground, one of refusal: `refused_third_party`, `refused_state_secret` and so on.
    #[schema(value_type = String, example = "refused_third_party")]
    pub ground: Outcome,
    /// What is under it, for the office.
    #[schema(max_length = 200)]
    pub note: Option<String>,
}

/// What is to be blacked out.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactionInput {
    /// The boxes.
    #[schema(min_items = 1, max_items = 2000)]
    pub boxes: Vec<BoxInput>,
}

/// A box on the sheet.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BoxView {
    /// The page.
    pub page: u32,
    /// From the left edge, as a part of the page.
    pub left: f64,
    /// From the upper edge.
    pub top: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// The ground.
    pub ground: Term,
    /// The articles, as cited.
    pub articles: String,
    /// What is under it.
    pub note: Option<String>,
}

/// The sheet of a redacted record.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SheetView {
    /// The redacted record.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
    /// What it was made from.
    #[schema(value_type = String, format = "uuid")]
    pub of: FileId,
    /// What was blacked out.
    pub boxes: Vec<BoxView>,
}

/// The largest record that is redacted: 64 MiB.
const MOST: u64 = 64 << 20;
/// Drawing pages takes a processor and much memory: two at a time, the others wait.
static DRAWING: Semaphore = Semaphore::const_new(2);
/// The article that lists what replies can be.
const ARTICLE_OF_REPLIES: u16 = 36;
/// The width of a page's picture, in points of the screen.
const PICTURE_WIDTH: u32 = 1000;

impl Office {
    /// How many pages a record has.
    ///
    /// # Errors
    /// As [`Office::redact`].
    pub async fn pages_of(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<u32, Failure> {
        Ok(self.source(officer, case, id).await?.1.page_count())
    }

    /// A page of a record as a picture (PNG).
    ///
    /// # Errors
    /// As [`Office::redact`]; [`Failure::Missing`] for a page that is not there.
    pub async fn page_picture(
        &self,
        officer: &Officer,
        case: CaseId,
        id: FileId,
        page: u32,
    ) -> Result<Vec<u8>, Failure> {
        let (_, source) = self.source(officer, case, id).await?;
        let _turn = DRAWING.acquire().await.map_err(Failure::broken)?;
        let drawn = tokio::task::spawn_blocking(move || source.page_png(page, PICTURE_WIDTH));
        match drawn.await.map_err(Failure::broken)? {
            Ok(picture) => Ok(picture),
            Err(NotRedactable::NoSuchPage(_)) => Err(Failure::Missing),
            Err(fault) => Err(not_redactable(&fault)),
        }
    }

    /// Blacks out parts of a record, proves that nothing is left under a box, and puts what comes out into the case.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] for a file that is no PDF or a box that is not on its page, and with each leak
    /// where the proof fails: then nothing is kept.
    pub async fn redact(
        &self,
        officer: &Officer,
        case: CaseId,
        id: FileId,
        expected: u32,
        input: RedactionInput,
    ) -> Result<CaseView, Failure> {
        let strange: Vec<Problem> = input.boxes.iter().enumerate().filter_map(no_ground).collect();
        if !strange.is_empty() {
            return Err(Failure::Invalid(strange));
        }
        self.glance(officer, case, |conn, _, case, officer| {
            permit(officer, Deed::Act(Act::AttachFile), &projection::lineage(conn, case.agency())?)
        })
        .await?;
        let (name, source) = self.source(officer, case, id).await?;
        let _turn = DRAWING.acquire().await.map_err(Failure::broken)?;
        let (shared, boxes) = (self.shared(), input.boxes.clone());
        let drawn = tokio::task::spawn_blocking(move || burnt(&source, &boxes, &shared));
        let redacted = Arc::new(drawn.await.map_err(Failure::broken)??);
        let name = format!("{}（遮盖件）.pdf", name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem));
        self.officer_acts(officer, Act::AttachFile, case, expected, move |desk| {
            let sheet = serde_json::to_string(&input.boxes).map_err(Failure::broken)?;
            let mut grounds: Vec<Outcome> = input.boxes.iter().map(|one| one.ground).collect();
            grounds.sort_unstable();
            grounds.dedup();
            let redaction = Redaction {
                of: id,
                sheet: desk.text(TextKind::Redaction, &sheet)?,
                boxes: u32::try_from(input.boxes.len()).map_err(Failure::broken)?,
                grounds,
            };
            Ok(Command::AttachFile {
                file: keep_made(desk, name.clone(), FileFormat::Pdf, &redacted, KEPT)?,
                purpose: FilePurpose::Redacted,
                format: FileFormat::Pdf,
                size: u64::try_from(redacted.len()).map_err(Failure::broken)?,
                redaction: Some(redaction),
            })
        })
        .await
    }

    /// The sheet of a redacted record.
    ///
    /// # Errors
    /// [`Failure::Missing`] for a file that is none; [`Failure::Forbidden`]; the database's failures.
    pub async fn redaction_sheet(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<SheetView, Failure> {
        self.look(officer, case, move |conn, shared, case, officer| {
            crate::office::letters::reading::sees_names(conn, case, officer)?;
            crate::office::retention::intact(case)?;
            let redaction = case.file(id).and_then(|one| one.redaction.as_ref()).ok_or(Failure::Missing)?;
            let opener = Opener::of(conn, &[case.id], &shared.keys)?;
            let words = opener.text(&texts::load(conn, redaction.sheet.id)?)?.ok_or(Failure::Missing)?.words;
            let boxes: Vec<BoxInput> = serde_json::from_str(&words).map_err(Failure::broken)?;
            Ok(SheetView { file: id, of: redaction.of, boxes: boxes.into_iter().map(BoxView::from).collect() })
        })
        .await
    }

    /// A record of the case, ready to be drawn, and what it is called.
    async fn source(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<(String, Source), Failure> {
        let look = Look::new(Kind::Pages).at("file", id);
        let kept = self
            .look_at(officer, case, look, move |conn, shared, case, officer| {
                crate::office::letters::reading::sees_names(conn, case, officer)?;
                is_record(case, id)?;
                openable(conn, shared, id)
            })
            .await?;
        let shared = self.shared();
        let bytes = Arc::new(kept.whole(shared.store()?, MOST).await?);
        let letters = shared.letters.clone();
        let opened = tokio::task::spawn_blocking(move || {
            let source = Source::open(bytes)?;
            // Text whose font is not in the file would be left out of its picture.
            Ok(match Fonts::at_hand(&letters).chinese() {
                Some(font) => source.with_chinese_font(font),
                None => source,
            })
        });
        let source = opened.await.map_err(Failure::broken)?.map_err(|fault: NotRedactable| not_redactable(&fault))?;
        Ok((kept.name, source))
    }
}

impl From<BoxInput> for BoxView {
    fn from(one: BoxInput) -> Self {
        let BoxInput { page, left, top, width, height, ground, note } = one;
        let articles = cited_zh(rule(ground).articles);
        Self { page, left, top, width, height, ground: term!(ground), articles, note }
    }
}

fn is_record(case: &Case, id: FileId) -> Result<(), Failure> {
    let file = case.file(id).ok_or(Failure::Missing)?;
    // A second pass over a redacted record would leave the first one's boxes out of the sheet.
    if file.format == FileFormat::Pdf && file.purpose == FilePurpose::Record {
        return Ok(());
    }
    Err(Failure::invalid(
        "",
        "只能遮盖 PDF 格式的政府信息；其他格式请先转换为 PDF 再添加。",
        "Only a record in PDF can be blacked out here; turn others into PDF first.",
    ))
}

/// A part is withheld on a ground of refusal and on no other (art. 37).
fn no_ground((at, one): (usize, &BoxInput)) -> Option<Problem> {
    if rule(one.ground).group == OutcomeGroup::Refused {
        return None;
    }
    Some(Problem::at(
        format!("/boxes/{at}/ground"),
        format!("“{}”不是不予公开的理由。", one.ground.zh()),
        format!("\"{}\" is no ground of refusal.", one.ground.en()),
    ))
}

/// Draws, burns, writes, and reads again what was written.
fn burnt(source: &Source, boxes: &[BoxInput], shared: &Shared) -> Result<Vec<u8>, Failure> {
    let fonts = Fonts::at_hand(&shared.letters);
    let boxes: Vec<redact::Box> = boxes
        .iter()
        .map(|one| redact::Box {
            page: one.page,
            left: one.left,
            top: one.top,
            width: one.width,
            height: one.height,
            ground: ground_in_short(one.ground),
        })
        .collect();
    let mut drawn: Vec<(String, Option<Label>)> = Vec::new();
    let mut label = |ground: &str, _: u32, _: u32| -> Option<Label> {
        if let Some((_, known)) = drawn.iter().find(|(known, _)| known == ground) {
            return known.clone();
        }
        // Without a font the box stays black; its ground stands on the sheet.
        let made = typeset::label(ground, &fonts).ok().and_then(|page| Label::drawn(&page).ok());
        drawn.push((ground.to_owned(), made.clone()));
        made
    };
    let redacted =
        redact::redact(source, &boxes, &mut label, &mut |_, _| ()).map_err(|fault| not_redactable(&fault))?;
    proof::prove(&redacted, &boxes, &mut label).map_err(|leaks| leaking(&leaks))?;
    Ok(redacted)
}

/// What is written onto the black: the article and the name of the ground.
fn ground_in_short(ground: Outcome) -> String {
    let articles = rule(ground).articles;
    // Article 36 says that a reply refuses; what it refuses on stands elsewhere.
    let substance = articles.iter().find(|article| article.number != ARTICLE_OF_REPLIES).or(articles.first());
    let cited = substance.map(Article::zh).unwrap_or_default();
    let short = cited.rsplit('》').next().unwrap_or_default().to_owned();
    format!("{short} {}", ground.zh())
}

fn leaking(leaks: &[Leak]) -> Failure {
    let told = leaks.iter().take(20).map(|leak| {
        tracing::error!(leak = %leak.en(), "a redacted record did not stand the proof");
        Problem::at(
            "",
            format!("遮盖后的文件未通过检验：{}", leak.zh()),
            format!("It did not stand the proof: {}", leak.en()),
        )
    });
    Failure::Invalid(told.collect())
}

fn not_redactable(fault: &NotRedactable) -> Failure {
    if let NotRedactable::Boxes(faults) = fault {
        let told = faults.iter().map(|one| {
            let (zh, en) = match one.what {
                Misplaced::NoSuchPage => ("没有这一页。", "There is no such page."),
                Misplaced::Outside => ("超出了页面。", "It is not wholly on the page."),
                Misplaced::Empty => ("没有盖住任何内容。", "It covers nothing."),
            };
            Problem::at(format!("/boxes/{}", one.index), zh, en)
        });
        return Failure::Invalid(told.collect());
    }
    let zh = match fault {
        NotRedactable::Encrypted => "文件有密码，请先解除密码。".to_owned(),
        NotRedactable::TooManyPages(_) => format!("文件超过 {} 页，请拆分后再添加。", redact::MAX_PAGES),
        NotRedactable::NoPages => "文件没有页面。".to_owned(),
        _ => "文件不完整或者已损坏，不能生成页面图像。".to_owned(),
    };
    Failure::invalid("", zh, format!("It cannot be blacked out: {fault}."))
}
