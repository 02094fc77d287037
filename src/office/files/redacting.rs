//! Blacking out parts of a record before it is handed out (条例 arts 14 to 16, 37): a person marks boxes on its pages, each with the
//! article it rests on; what comes out is pictures only, and is read again by other means before it is put into the case.
//!
//! A long scan takes minutes to be drawn. Nobody waits for that but who asked: the record is read, drawn, burnt, stored and proven
//! outside any transaction, and a short one at the end asks whether all is still as it was and writes it down.

mod burning;
mod remnants;

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use super::apart::Record;
use super::in_memory::{self, DRAWING, REDACTING, Turn};
use super::keeper::{Keeper, Stored};
use super::keeping::{keep_stored, keeper};
use super::reading::openable;
use crate::case::event::Redaction;
use crate::case::terms::{FileFormat, FilePurpose, FileRef};
use crate::case::{Act, Case, Command};
use crate::ids::{CaseId, FileId};
use crate::law::article::cited_zh;
use crate::law::outcome::{Outcome, OutcomeGroup, rule};
use crate::letters::fonts::Fonts;
use crate::office::blocking::off_the_reactor;
use crate::office::desk::{Ask, Desk, Who};
use crate::office::failure::{Failure, Problem};
use crate::office::log::{Kind, Look};
use crate::office::sealing::{Opener, TextKind};
use crate::office::views::{CaseView, Term, WarningView, term};
use crate::office::{Office, Officer};
use crate::release::apart::Seen;
use crate::release::proof::Leak;
use crate::release::redact::{self, Misplaced, NotRedactable};
use crate::storage::files::KEPT;
use crate::storage::texts;

pub use remnants::{RemnantView, RemnantsView};

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

/// The largest record that is redacted: 128 MiB, some sixty to a hundred pages of a colour scan. It is in memory while its pages are drawn.
const MOST: u64 = 128 << 20;
/// The width of a page's picture, in points of the screen.
const PICTURE_WIDTH: u32 = 1000;

/// A record that is ready to be drawn.
struct Read {
    /// What it is called.
    name: String,
    /// As the journal has it.
    file: FileRef,
    /// The addresses of its parts.
    parts: Vec<u8>,
    record: Record,
    turn: Turn,
}

impl Office {
    /// How many pages a record has.
    ///
    /// # Errors
    /// As [`Office::redact`].
    pub async fn pages_of(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<u32, Failure> {
        let Read { record, turn, .. } = self.record(officer, case, id, &DRAWING).await?;
        let shared = self.shared();
        in_memory::in_turn(turn, move || shared.apart.pages(&record)?.map_err(|fault| not_redactable(&fault))).await
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
        let Read { record, turn, .. } = self.record(officer, case, id, &DRAWING).await?;
        let shared = self.shared();
        let drawn = move || match shared.apart.picture(&record, page, PICTURE_WIDTH)? {
            Err(NotRedactable::NoSuchPage(_)) => Err(Failure::Missing),
            drawn => drawn.map_err(|fault| not_redactable(&fault)),
        };
        in_memory::in_turn(turn, drawn).await
    }

    /// Blacks out parts of a record, proves that nothing is left under a box, and puts what comes out into the case. Of the view
    /// that is given back, the warnings also tell what the boxes leave legible.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] for a file that is no PDF or a box that is not on its page, and with each leak
    /// where the proof fails; [`Failure::Contrary`] when the record changed meanwhile. Of what fails nothing is kept.
    pub async fn redact(
        &self,
        officer: &Officer,
        case: CaseId,
        id: FileId,
        expected: u32,
        input: RedactionInput,
    ) -> Result<CaseView, Failure> {
        on_grounds(&input)?;
        let who = Who::Officer(officer.clone());
        self.could_act(Ask { who, act: Act::AttachFile, case, expected: Some(expected) }).await?;
        let read = self.record(officer, case, id, &REDACTING).await?;
        let shared = self.shared();
        let (keeper, wrapped) = self.db().read(move |conn| keeper(conn, &shared, case, shared.clock.now())).await?;
        let made = keeper.id();
        let burnt = self.burnt(read, keeper, input.boxes.clone()).await;
        let recorded = match burnt {
            Ok((read, stored, remnants)) => self
                .officer_acts(officer, Act::AttachFile, case, expected, move |desk| {
                    as_it_was(desk, &read)?;
                    recorded(desk, &read, (&wrapped, &stored), &input.boxes)
                })
                .await
                .map(|view| (view, remnants)),
            Err(failure) => Err(failure),
        };
        if recorded.is_err() {
            let _found_as_strays = self.shared().store()?.sweep(made, &[]).await;
        }
        let (mut view, remnants) = recorded?;
        view.warnings.extend(remnants.into_iter().map(WarningView::from));
        Ok(view)
    }

    /// What was made of the record, in the store and proven; and what its boxes leave.
    async fn burnt(
        &self,
        read: Read,
        keeper: Keeper,
        boxes: Vec<BoxInput>,
    ) -> Result<(Read, Stored, Vec<RemnantView>), Failure> {
        let shared = self.shared();
        off_the_reactor(move || {
            let remnants = remnants::remnants(&shared.apart, &read.record, &boxes)?;
            let stored = burning::burnt(&read.record, &boxes, &shared, keeper)?;
            Ok::<_, Failure>((read, stored, remnants))
        })
        .await
    }

    /// The sheet of a redacted record.
    ///
    /// # Errors
    /// [`Failure::Missing`] for a file that is none; [`Failure::Forbidden`]; the database's failures.
    pub async fn redaction_sheet(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<SheetView, Failure> {
        let (of, boxes) = self.boxes_of(officer, case, id).await?;
        Ok(SheetView { file: id, of, boxes: boxes.into_iter().map(BoxView::from).collect() })
    }

    /// What a redacted record was made from, and what was blacked out.
    async fn boxes_of(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<(FileId, Vec<BoxInput>), Failure> {
        self.look(officer, case, move |conn, shared, case, officer| {
            crate::office::letters::reading::sees_names(conn, case, officer)?;
            crate::office::retention::intact(case)?;
            let redaction = case.file(id).and_then(|one| one.redaction.as_ref()).ok_or(Failure::Missing)?;
            let opener = Opener::of(conn, &[case.id], &shared.keys)?;
            let words = opener.text(&texts::load(conn, redaction.sheet.id)?)?.ok_or(Failure::Missing)?.words;
            Ok((redaction.of, serde_json::from_str(&words).map_err(Failure::broken)?))
        })
        .await
    }

    /// What is found in what can still be read on the pages of a redacted record; nothing in a scan.
    ///
    /// # Errors
    /// As [`Office::redaction_sheet`].
    pub(super) async fn left_to_read(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<Seen, Failure> {
        let (of, boxes) = self.boxes_of(officer, case, id).await?;
        let Read { record, turn, .. } = self.record(officer, case, of, &DRAWING).await?;
        let shared = self.shared();
        let left = move || shared.apart.left(&record, burning::boxes(&boxes))?.map_err(|fault| not_redactable(&fault));
        in_memory::in_turn(turn, left).await
    }

    /// A record of the case, in memory once its turn has come.
    async fn record(
        &self,
        officer: &Officer,
        case: CaseId,
        id: FileId,
        turns: &'static Semaphore,
    ) -> Result<Read, Failure> {
        let look = Look::new(Kind::Pages).at("file", id);
        let (file, kept) = self
            .look_at(officer, case, look, move |conn, shared, case, officer| {
                crate::office::letters::reading::sees_names(conn, case, officer)?;
                Ok((record(case, id)?, openable(conn, shared, id)?))
            })
            .await?;
        let shared = self.shared();
        let turn = in_memory::turn(turns).await?;
        let bytes = kept.whole(shared.store()?, MOST).await?;
        // Reading the fonts for the first time takes a while.
        let font = off_the_reactor(move || Fonts::at_hand(&shared.letters).chinese().map_err(Failure::broken)).await?;
        let record = Record { bytes, font: font.map(|font| font.to_vec()).unwrap_or_default() };
        Ok(Read { name: kept.name, file, parts: kept.row.parts, record, turn })
    }
}

/// The record is what was drawn: the same file of the journal, the same bytes, and nothing was found in it since.
fn as_it_was(desk: &mut Desk<'_>, read: &Read) -> Result<(), Failure> {
    let file = record(&desk.case, read.file.id)?;
    let now = openable(desk.conn, desk.shared, read.file.id)?;
    if file == read.file && now.row.parts == read.parts {
        return Ok(());
    }
    Err(Failure::contrary(
        "遮盖期间原件有了变化，没有生成遮盖件；请重新遮盖。",
        "The record changed while it was being blacked out, and nothing was made: do it again.",
    ))
}

fn recorded(
    desk: &mut Desk<'_>,
    read: &Read,
    (wrapped, stored): (&[u8], &Stored),
    boxes: &[BoxInput],
) -> Result<Command, Failure> {
    let sheet = serde_json::to_string(boxes).map_err(Failure::broken)?;
    let mut grounds: Vec<Outcome> = boxes.iter().map(|one| one.ground).collect();
    grounds.sort_unstable();
    grounds.dedup();
    let redaction = Redaction {
        of: read.file.id,
        sheet: desk.text(TextKind::Redaction, &sheet)?,
        boxes: u32::try_from(boxes.len()).map_err(Failure::broken)?,
        grounds,
    };
    let stem = read.name.rsplit_once('.').map_or(read.name.as_str(), |(stem, _)| stem);
    Ok(Command::AttachFile {
        file: keep_stored(desk, format!("{stem}（遮盖件）.pdf"), FileFormat::Pdf, wrapped, stored, KEPT)?,
        purpose: FilePurpose::Redacted,
        format: FileFormat::Pdf,
        size: stored.size,
        redaction: Some(redaction),
    })
}

impl From<BoxInput> for BoxView {
    fn from(one: BoxInput) -> Self {
        let BoxInput { page, left, top, width, height, ground, note } = one;
        let articles = cited_zh(rule(ground).articles);
        Self { page, left, top, width, height, ground: term!(ground), articles, note }
    }
}

/// The file of a record that can be blacked out.
fn record(case: &Case, id: FileId) -> Result<FileRef, Failure> {
    let file = case.file(id).ok_or(Failure::Missing)?;
    // A second pass over a redacted record would leave the first one's boxes out of the sheet.
    if file.format == FileFormat::Pdf && file.purpose == FilePurpose::Record {
        return Ok(file.file);
    }
    Err(Failure::invalid(
        "",
        "只能遮盖 PDF 格式的政府信息；其他格式请先转换为 PDF 再添加。",
        "Only a record in PDF can be blacked out here; turn others into PDF first.",
    ))
}

/// Every box has a ground.
fn on_grounds(input: &RedactionInput) -> Result<(), Failure> {
    let strange: Vec<Problem> = input.boxes.iter().enumerate().filter_map(no_ground).collect();
    if strange.is_empty() { Ok(()) } else { Err(Failure::Invalid(strange)) }
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
        NotRedactable::TooFine(page) => format!(
            "第{page}页的图像超过{}万像素，不能处理；请以不高于 300 dpi 重新扫描后再添加。",
            redact::MAX_SOURCE_PIXELS / 10_000
        ),
        NotRedactable::TooMuch => {
            "文件展开后过大或者过于复杂，不能生成页面图像；请另行扫描或者导出后再添加。".to_owned()
        }
        _ => "文件不完整或者已损坏，不能生成页面图像。".to_owned(),
    };
    Failure::invalid("", zh, format!("It cannot be blacked out: {fault}."))
}
