//! The pages of a source, turned into pictures.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_interpret::hayro_cmap::CidFamily;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

use super::survey::{Survey, surveyed};
use super::{DPI, MAX_PAGES, MAX_PIXELS, MAX_SOURCE_PIXELS, NotRedactable};

/// Points an inch.
const POINTS: f64 = 72.0;

/// The longest side of a picture: what the drawing crate's coordinates allow, with room.
const MAX_SIDE: f64 = 30_000.0;

/// A PDF whose pages can be drawn.
pub struct Source {
    pdf: Pdf,
    chinese: Option<FontData>,
}

/// A page as pixels, row by row from the upper left.
pub(super) struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a pixel: red, green, blue, and one that says nothing, since pages are opaque.
    pub rgba: Vec<u8>,
}

impl Source {
    /// Opens a PDF.
    ///
    /// # Errors
    /// When it is encrypted or broken, or has no pages or too many.
    pub fn open(bytes: Arc<Vec<u8>>) -> Result<Self, NotRedactable> {
        let pdf = guarded(|| Pdf::new(bytes)).ok_or_else(|| NotRedactable::Broken("its reader gave up".to_owned()))?;
        let pdf = pdf.map_err(|error| match error {
            LoadPdfError::Decryption(_) => NotRedactable::Encrypted,
            LoadPdfError::Invalid => NotRedactable::Broken("it is not a PDF".to_owned()),
        })?;
        match pdf.pages().len() {
            0 => Err(NotRedactable::NoPages),
            count if count > MAX_PAGES => Err(NotRedactable::TooManyPages(count)),
            _ => Ok(Self { pdf, chinese: None }),
        }
    }

    /// Draws Chinese text whose font is not in the file with this one, instead of leaving it out.
    #[must_use]
    pub fn with_chinese_font(self, font: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self { chinese: Some(Arc::new(font)), ..self }
    }

    /// How many pages there are; at least one.
    pub fn page_count(&self) -> u32 {
        u32::try_from(self.pdf.pages().len()).unwrap_or(u32::MAX)
    }

    /// Width and height of a page in points, as it is displayed; pages count from 1.
    pub fn page_size(&self, page: u32) -> Option<(f32, f32)> {
        self.page(page).map(Page::render_dimensions)
    }

    /// A page as a PNG of the given width, to be looked at.
    ///
    /// # Errors
    /// When there is no such page or it cannot be drawn.
    pub fn page_png(&self, page: u32, width: u32) -> Result<Vec<u8>, NotRedactable> {
        let (points, _) = self.page_size(page).ok_or(NotRedactable::NoSuchPage(page))?;
        let scale = f64::from(width.max(1)) / f64::from(points).max(f64::MIN_POSITIVE);
        let pixmap = self.draw(page, scale)?;
        pixmap.into_png().map_err(|_encoding| NotRedactable::Undrawable(page))
    }

    /// A page at [`DPI`].
    pub(super) fn picture(&self, page: u32) -> Result<Picture, NotRedactable> {
        let pixmap = self.draw(page, DPI / POINTS)?;
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        Ok(Picture { width, height, rgba: pixmap.data_as_u8_slice().to_vec() })
    }

    /// What a page is drawn of, without drawing it.
    pub(super) fn survey(&self, page: u32) -> Result<Survey, NotRedactable> {
        let leaf = self.page(page).ok_or(NotRedactable::NoSuchPage(page))?;
        guarded(|| surveyed(&self.pdf, leaf, self.settings())).ok_or(NotRedactable::Undrawable(page))
    }

    fn page(&self, page: u32) -> Option<&Page<'_>> {
        let index = usize::try_from(page.checked_sub(1)?).ok()?;
        self.pdf.pages().get(index)
    }

    /// Draws a page with as many pixels to the point, or fewer when there would be too many.
    fn draw(&self, page: u32, scale: f64) -> Result<Pixmap, NotRedactable> {
        let number = page;
        if self.survey(page)?.largest > MAX_SOURCE_PIXELS {
            return Err(NotRedactable::TooFine(page));
        }
        let page = self.page(page).ok_or(NotRedactable::NoSuchPage(page))?;
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let most = (MAX_PIXELS / (width * height)).sqrt().min(MAX_SIDE / width.max(height));
        let scale = scale.min(most);
        let (columns, rows) = (pixels(width * scale), pixels(height * scale));
        let (Some(columns), Some(rows)) = (columns, rows) else { return Err(NotRedactable::Undrawable(number)) };
        let settings = RenderSettings {
            x_scale: narrow(f64::from(columns) / width),
            y_scale: narrow(f64::from(rows) / height),
            width: Some(columns),
            height: Some(rows),
            bg_color: WHITE,
        };
        // The cache lives for one page: what it saves between pages it would keep for the whole file.
        guarded(|| render(page, &RenderCache::new(), &self.settings(), &settings))
            .ok_or(NotRedactable::Undrawable(number))
    }

    fn settings(&self) -> InterpreterSettings {
        let mut settings = InterpreterSettings::default();
        let Some(chinese) = self.chinese.clone() else { return settings };
        let usual = settings.font_resolver.clone();
        settings.font_resolver = Arc::new(move |query: &FontQuery| {
            let family = match query {
                FontQuery::Fallback(fallback) => fallback.character_collection.as_ref().map(|it| &it.family),
                FontQuery::Standard(_) => None,
            };
            match family {
                Some(CidFamily::AdobeGB1 | CidFamily::AdobeCNS1) => Some((chinese.clone(), 0)),
                _ => usual(query),
            }
        });
        settings
    }
}

/// The drawing crate indexes and adds without asking in places, and its input comes from outside: a panic of
/// its is a page that cannot be drawn, not the end of the request. Nothing half-changed outlives the closure.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A length in whole pixels, at least one; none when the length is no length.
fn pixels(length: f64) -> Option<u16> {
    let length = length.round().max(1.0);
    (length <= MAX_SIDE).then(|| whole(length)).and_then(|length| u16::try_from(length).ok())
}

/// A length that is not negative, as a whole number of pixels. The text of a whole float is its digits: the one
/// way from a float to an integer that cannot wrap.
pub(super) fn whole(length: f64) -> u32 {
    format!("{:.0}", length.max(0.0)).parse().unwrap_or(u32::MAX)
}

/// The nearest of the shorter floats.
fn narrow(value: f64) -> f32 {
    value.to_string().parse().unwrap_or(f32::MAX)
}
