//! Papers made ready for the book: numbered, given their place in the archive, set where they are not set yet, and counted page
//! by page. What cannot be shown on a page has one in its place that says where it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use chrono::NaiveDate;

use super::material::Material;
use super::papers::{Content, Item, Section};
use super::told;
use crate::case::terms::FileFormat;
use crate::files::{Store, beside};
use crate::ids::FileId;
use crate::letters::fonts::Fonts;
use crate::letters::{Letter, Paper, Piece, typeset};
use crate::office::failure::Failure;
use crate::office::files::apart::Apart;
use crate::office::files::keeping::Kept;
use crate::office::sealing::FileParticulars;
use crate::release::bundle::{Foot, page_count, picture, place, plain_name};

/// The largest PDF that is bound into the book, and the largest picture that is set on a page; both lie in memory meanwhile.
const MOST: u64 = 64 << 20;

/// What goes into the book.
pub(super) enum Bound {
    /// Pages that were set here.
    Set(Vec<u8>),
    /// The pages of a file.
    Pages(Arc<Kept>),
    /// A file on a page of its own.
    Picture(Arc<Kept>, Paper),
}

/// A paper, ready.
pub(super) struct Ready {
    pub number: u32,
    pub section: Section,
    pub title: String,
    /// The day it bears.
    pub on: Option<NaiveDate>,
    /// Its path in the archive.
    pub path: String,
    /// The file of the case that it is, if it is one.
    pub file: Option<(FileId, Arc<Kept>)>,
    pub bound: Bound,
    pub foot: Foot,
    pub pages: u32,
}

/// What setting needs.
pub(super) struct Setter<'a> {
    pub material: &'a Material,
    pub fonts: Arc<Fonts>,
    pub store: Store,
    pub apart: Apart,
}

impl Setter<'_> {
    /// Makes a paper ready.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the store is away; [`Failure::Invalid`] where there is no font.
    pub fn ready(&self, number: u32, item: Item) -> Result<Ready, Failure> {
        let set = match &item.content {
            Content::Paper(paper) => self.paper(paper)?,
            Content::Letter(letter) => self.letter(letter)?,
            Content::File(id, format) => return self.file(number, &item, *id, *format),
        };
        let pages = page_count(&set).map_err(Failure::broken)?;
        let Item { section, title, on, .. } = item;
        let path = path(number, &format!("{title}.pdf"));
        Ok(Ready { number, section, title, on, path, file: None, bound: Bound::Set(set), foot: Foot::Margin, pages })
    }

    fn file(&self, number: u32, item: &Item, id: FileId, format: FileFormat) -> Result<Ready, Failure> {
        let held = self.material.files.get(&id);
        let (kept, is) = held
            .and_then(|held| Some((held.kept.clone()?, held.is.as_ref()?)))
            .ok_or_else(|| Failure::broken("a file of the journal has no row"))?;
        let path = path(number, &is.name);
        let (bound, foot, pages) = self.bound(&kept, is, format, &path, item.section)?;
        let Item { section, title, on, .. } = item;
        let (section, title, on) = (*section, title.clone(), *on);
        Ok(Ready { number, section, title, on, path, file: Some((id, kept)), bound, foot, pages })
    }

    fn bound(
        &self,
        kept: &Arc<Kept>,
        is: &FileParticulars,
        format: FileFormat,
        path: &str,
        section: Section,
    ) -> Result<(Bound, Foot, u32), Failure> {
        let instead = |why: &str| {
            let page = self.paper(&told::elsewhere(self.material, is, format.zh(), path, why))?;
            let pages = page_count(&page).map_err(Failure::broken)?;
            Ok((Bound::Set(page), Foot::Margin, pages))
        };
        let shown = matches!(format, FileFormat::Pdf | FileFormat::Jpeg | FileFormat::Png);
        if shown && is.size > MOST {
            return instead("此文件过大，未编入卷宗正文；原件随附于证据包。");
        }
        match format {
            // What nobody knows is tried by a process of its own, before it is opened here in the very same way.
            FileFormat::Pdf => match self.apart.bindable(&whole(&self.store, kept)?)? {
                // Letters of ours keep their margin free.
                Ok(pages) => {
                    let foot = if section == Section::Letters { Foot::Margin } else { Foot::Strip };
                    Ok((Bound::Pages(Arc::clone(kept)), foot, pages))
                }
                Err(_fault) => instead("此文件有密码、已损坏或者不合规范，不能编入卷宗正文；原件随附于证据包。"),
            },
            FileFormat::Jpeg | FileFormat::Png => {
                let paper = told::paper(self.material, &is.name, vec![Piece::Picture]);
                match self.picture(kept, &paper)? {
                    Some(page) => {
                        let pages = page_count(&page).map_err(Failure::broken)?;
                        Ok((Bound::Picture(Arc::clone(kept), paper), Foot::Margin, pages))
                    }
                    None => instead("此图片不能识别，未编入卷宗正文；原件随附于证据包。"),
                }
            }
            _ => instead("此文件不能逐页显示，未编入卷宗正文；原件随附于证据包。"),
        }
    }

    /// A paper as it is set.
    ///
    /// # Errors
    /// [`Failure::Invalid`] where there is no font.
    pub fn paper(&self, paper: &Paper) -> Result<Vec<u8>, Failure> {
        typeset::paper(paper, None, &self.fonts).map_err(unset)
    }

    /// A letter that was not kept as it was set; in plain words where a character of it has no glyph here.
    fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        match typeset::pdf(letter, &self.fonts) {
            Ok(bytes) => Ok(bytes),
            Err(typeset::TypesetFault::Lacking(_)) => {
                let pieces = vec![Piece::Paragraph { text: letter.plain() }];
                self.paper(&told::paper(self.material, &letter.title, pieces))
            }
            Err(other) => Err(unset(other)),
        }
    }

    /// A picture on a page; none for one that cannot be drawn.
    fn picture(&self, kept: &Arc<Kept>, paper: &Paper) -> Result<Option<Vec<u8>>, Failure> {
        let bytes = whole(&self.store, kept)?;
        if !picture::can_be_shown(&bytes) {
            return Ok(None);
        }
        // Whoever sent it may have made it so that its reader stumbles.
        let set = catch_unwind(AssertUnwindSafe(|| typeset::paper(paper, Some(bytes), &self.fonts)));
        match set {
            Ok(Ok(page)) => Ok(Some(page)),
            Ok(Err(fault @ (typeset::TypesetFault::NoFont(_) | typeset::TypesetFault::Altered(_)))) => {
                Err(unset(fault))
            }
            Ok(Err(_)) | Err(_) => Ok(None),
        }
    }

    /// The pages of a paper that is ready.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the store is away.
    pub fn pages(&self, ready: &Ready) -> Result<Vec<u8>, Failure> {
        match &ready.bound {
            Bound::Set(bytes) => Ok(bytes.clone()),
            Bound::Pages(kept) => whole(&self.store, kept),
            Bound::Picture(kept, paper) => self
                .picture(kept, paper)?
                .ok_or_else(|| Failure::broken("a picture that was drawn before is not again")),
        }
    }
}

fn path(number: u32, name: &str) -> String {
    format!("{}{number:03} {}", place::PAPERS, plain_name(name))
}

/// All of a file, for a thread that may wait.
fn whole(store: &Store, kept: &Arc<Kept>) -> Result<Vec<u8>, Failure> {
    let (store, kept) = (store.clone(), Arc::clone(kept));
    beside::wait(async move { kept.whole(&store, MOST).await }).map_err(Failure::broken)?
}

fn unset(fault: typeset::TypesetFault) -> Failure {
    match fault {
        typeset::TypesetFault::NoFont(_) => Failure::contrary(
            "本机没有可用的中文字体，不能生成证据包；请管理员安装 fonts-noto-cjk 软件包。",
            "There is no Chinese font on this machine, so no bundle can be made: have fonts-noto-cjk installed.",
        ),
        other => Failure::broken(other),
    }
}
