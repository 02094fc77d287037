//! What a page is drawn of, found out before it is drawn: how large its pictures are, which are unpacked whole, and where its
//! letters stand.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::Stream;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, Rect, Shape};

/// What a page is drawn of.
#[derive(Default)]
pub(super) struct Survey {
    /// Pixels of its largest picture, or of the mask of one.
    pub largest: u64,
    /// Its letters in the order in which they are drawn. Those that cannot be seen are left out, as are those that are drawings
    /// of their own (Type 3), whose edges nobody tells.
    pub letters: Vec<Letter>,
}

/// A letter that is seen.
pub(super) struct Letter {
    /// Its ink, in points from the upper left corner of the page as it is displayed.
    pub ink: Rect,
    /// Whether it is part of a number or of a word that is written with Latin letters: what is left of such a word tells the rest.
    pub joins: bool,
    /// What it says; nothing where its font has no name for it.
    pub says: String,
}

/// Goes through a page without drawing it.
pub(super) fn surveyed<'a>(pdf: &'a Pdf, page: &'a Page<'a>, settings: InterpreterSettings) -> Survey {
    let (width, height) = page.render_dimensions();
    let all = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let upright = page.initial_transform(true).to_kurbo();
    let cache = InterpreterCache::new();
    let mut context = Context::new(upright, all, &cache, pdf.xref(), settings);
    let mut survey = Survey::default();
    interpret_page(page, &mut context, &mut survey);
    survey
}

impl Device<'_> for Survey {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'_, '_>, _: Affine) {
        let own = u64::from(image.width()).saturating_mul(u64::from(image.height()));
        let masks = match &image {
            Image::Raster(raster) => ["SMask", "Mask"].iter().filter_map(|key| side(raster.stream(), key)).max(),
            Image::Stencil(_) => None,
        };
        self.largest = self.largest.max(own).max(masks.unwrap_or_default());
    }

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'_>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'_>,
        mode: &GlyphDrawMode,
    ) {
        let (Glyph::Outline(outline), GlyphDrawMode::Fill | GlyphDrawMode::Stroke(_)) = (glyph, mode) else { return };
        let ink = (transform * glyph_transform * outline.outline()).bounding_box();
        if !(ink.is_finite() && ink.area() > 0.0) {
            return;
        }
        let says = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(characters)) => characters,
            None => String::new(),
        };
        let joins = !says.is_empty() && says.chars().all(|one| one.is_ascii_alphanumeric());
        self.letters.push(Letter { ink, joins, says });
    }
}

/// Pixels of the mask under this key.
fn side(stream: &Stream<'_>, key: &str) -> Option<u64> {
    let mask = stream.dict().get::<Stream<'_>>(key)?;
    let length = |key: &str| mask.dict().get::<u32>(key).map(u64::from);
    Some(length("Width")?.saturating_mul(length("Height")?))
}
