//! The fonts letters are set in: found in the configured folders, chosen by the stated order of families, and asked before
//! a letter is issued whether they have every character of it. A name must never come out with a box in it.

mod faces;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use faces::Faces;

pub use faces::Altered;

use super::letter::Letter;
use crate::config::letters::{Letters, listed};

/// What a font is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The text: 仿宋.
    Body,
    /// Head and title: 小标宋.
    Title,
    /// Headings: 黑体.
    Heading,
    /// Page numbers: 宋体.
    Figures,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::Body, Self::Title, Self::Heading, Self::Figures];

    /// What the standard calls it.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Body => "正文（仿宋）",
            Self::Title => "标题（小标宋）",
            Self::Heading => "小标题（黑体）",
            Self::Figures => "页码（宋体）",
        }
    }

    fn families(self, settings: &Letters) -> Vec<&str> {
        listed(match self {
            Self::Body => &settings.body,
            Self::Title => &settings.title,
            Self::Heading => &settings.heading,
            Self::Figures => &settings.figures,
        })
    }
}

/// The families found for each purpose, the first choice first; those of the text behind them all, for a rare character.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub(super) struct Chosen {
    body: Vec<String>,
    title: Vec<String>,
    heading: Vec<String>,
    figures: Vec<String>,
}

/// A character that no font of the letter has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The character.
    pub character: char,
    /// Where it stands, as a person would name it.
    pub place: &'static str,
}

/// The fonts at hand.
#[derive(Debug)]
pub struct Fonts {
    faces: Faces,
    pub(super) book: LazyHash<FontBook>,
    pub(super) chosen: Chosen,
    unmet: Vec<Purpose>,
    searched: String,
    known: Mutex<HashMap<char, bool>>,
}

/// What this process has read, for each setting of the folders: once.
static AT_HAND: Mutex<Vec<(Letters, Arc<Fonts>)>> = Mutex::new(Vec::new());

impl Fonts {
    /// The fonts of these settings, read on first use and kept. A font put in later is found after a restart.
    #[must_use]
    pub fn at_hand(settings: &Letters) -> Arc<Self> {
        let mut read = AT_HAND.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, fonts)) = read.iter().find(|(known, _)| known == settings) {
            return Arc::clone(fonts);
        }
        let fonts = Self::find(settings);
        read.push((settings.clone(), Arc::clone(&fonts)));
        fonts
    }

    /// Looks through the folders. Takes a moment: the files of Chinese fonts are large. Files that are none are passed over.
    #[must_use]
    pub fn find(settings: &Letters) -> Arc<Self> {
        let wanted: BTreeSet<String> =
            Purpose::ALL.iter().flat_map(|purpose| purpose.families(settings)).map(str::to_lowercase).collect();
        let mut files = Vec::new();
        for folder in listed(&settings.font_folders) {
            walk(Path::new(folder), 0, &mut files);
        }
        files.sort();
        let (faces, book) = Faces::find(files, &wanted);
        let there = |family: &&str| book.contains_family(&family.to_lowercase());
        let found = |purpose: Purpose| -> Vec<String> {
            purpose.families(settings).into_iter().filter(there).map(str::to_owned).collect()
        };
        let unmet = Purpose::ALL.into_iter().filter(|purpose| found(*purpose).is_empty()).collect();
        let body = found(Purpose::Body);
        let behind = |purpose: Purpose| {
            let mut families = found(purpose);
            families.extend(body.iter().filter(|family| !families.contains(family)).cloned().collect::<Vec<_>>());
            families
        };
        let chosen = Chosen {
            title: behind(Purpose::Title),
            heading: behind(Purpose::Heading),
            figures: behind(Purpose::Figures),
            body,
        };
        Arc::new(Self {
            faces,
            book: LazyHash::new(book),
            chosen,
            unmet,
            searched: settings.font_folders.clone(),
            known: Mutex::default(),
        })
    }

    /// Whether letters can be set at all: there is a font for the text.
    #[must_use]
    pub fn can_set(&self) -> bool {
        !self.chosen.body.is_empty()
    }

    /// What is missing, to be told at start; none where every purpose has a font.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        if self.unmet.is_empty() {
            return None;
        }
        let purposes: Vec<&str> = self.unmet.iter().map(|purpose| purpose.zh()).collect();
        Some(format!(
            "no font for {} in {}: install the package fonts-noto-cjk, or put fonts of your own into one of these folders; \
             缺少字体：{}，请安装 fonts-noto-cjk 软件包，或者将字体文件放入上述目录",
            purposes.join("、"),
            self.searched,
            purposes.join("、"),
        ))
    }

    /// The characters of a letter that no font of its text has; none is told twice.
    #[must_use]
    pub fn lacking(&self, letter: &Letter) -> Vec<Lacking> {
        let mut lacking: Vec<Lacking> = Vec::new();
        for (place, text) in letter.pieces() {
            for character in text.chars().filter(|character| needs_glyph(*character)) {
                let told = lacking.iter().any(|one| one.character == character);
                if !told && !self.has(character) {
                    lacking.push(Lacking { character, place });
                }
            }
        }
        lacking
    }

    /// Whether a font of the text has it; asked once for each character, for the files of Chinese fonts list very many.
    fn has(&self, character: char) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(character).or_insert_with(|| self.covers(character))
    }

    fn covers(&self, character: char) -> bool {
        self.chosen
            .body
            .iter()
            .flat_map(|family| self.book.select_family(&family.to_lowercase()).collect::<Vec<_>>())
            .filter_map(|index| self.book.info(index))
            .any(|info| info.coverage.contains(u32::from(character)))
    }

    /// The words with every character that has no glyph told by its code, and with places at which a long run of letters and
    /// digits, such as a digest, may be broken.
    #[must_use]
    pub(super) fn settable(&self, words: &str) -> String {
        const RUN: usize = 12;
        let mut settable = String::with_capacity(words.len());
        let mut run = 0;
        for character in words.chars() {
            run = if character.is_ascii_graphic() { run + 1 } else { 0 };
            if run > RUN {
                settable.push('\u{200B}');
                run = 1;
            }
            if !needs_glyph(character) || self.has(character) {
                settable.push(character);
            } else {
                let _infallible = write!(settable, "［U+{:04X}］", u32::from(character));
            }
        }
        settable
    }

    /// The file of the font that the text is set in, for whatever else needs Chinese glyphs; none where there is none.
    ///
    /// # Errors
    /// [`Altered`]: what would be drawn without it would lack words.
    pub fn chinese(&self) -> Result<Option<Bytes>, Altered> {
        let read = self.faces.read(&self.book)?;
        let family = self.chosen.body.first().map(|family| family.to_lowercase());
        let index = family.and_then(|family| self.book.select_family(&family).next());
        Ok(index.and_then(|index| read.get(index)).map(|face| face.data().clone()))
    }

    /// Reads the files of the fonts, if they are not read yet: before a letter is set.
    ///
    /// # Errors
    /// [`Altered`].
    pub(super) fn read(&self) -> Result<(), Altered> {
        self.faces.read(&self.book).map(drop)
    }

    /// One of them; none before they are read.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }
}

/// Spaces, ends of lines and marks that only steer are not drawn.
fn needs_glyph(character: char) -> bool {
    !(character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'))
}

/// The deepest a folder of fonts is searched: `/usr/share/fonts` has three floors.
const DEEPEST: usize = 6;

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() && depth < DEEPEST {
            walk(&path, depth + 1, found);
        } else if path.extension().and_then(|end| end.to_str()).is_some_and(is_font) {
            found.push(path);
        }
    }
}

fn is_font(extension: &str) -> bool {
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
