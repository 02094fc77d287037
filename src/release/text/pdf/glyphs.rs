//! The letters of a page in the order in which they are drawn.
//!
//! They are taken where the pictures of the pages are made too, so that what is seen and what is searched come
//! from the same reading of fonts and encodings. Letters that are drawn invisibly, in white or behind a black
//! bar are taken like any other.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

/// The text of every page.
pub(super) fn page_texts(pdf: &Pdf) -> Vec<String> {
    let cache = InterpreterCache::new();
    pdf.pages().iter().map(|page| page_text(pdf, page, &cache)).collect()
}

fn page_text<'a>(pdf: &'a Pdf, page: &'a Page<'a>, cache: &InterpreterCache<'a>) -> String {
    let everything = Rect::new(0.0, 0.0, 1.0, 1.0);
    let settings = InterpreterSettings::default();
    let mut context = Context::new(Affine::IDENTITY, everything, cache, pdf.xref(), settings);
    let mut letters = Letters::default();
    interpret_page(page, &mut context, &mut letters);
    letters.text
}

/// Where a letter stood.
#[derive(Clone, Copy)]
struct Spot {
    origin: Point,
    end: Point,
    size: f64,
}

/// Gathers the letters, and puts spaces and line ends where they are drawn apart.
#[derive(Default)]
struct Letters {
    text: String,
    last: Option<(Spot, String)>,
}

impl Letters {
    fn add(&mut self, spot: Spot, letter: String) {
        if let Some((last, same)) = &self.last {
            let size = last.size.max(spot.size);
            if *same == letter && last.origin.distance(spot.origin) < size * 0.05 {
                // Filled and then outlined, or set twice to look bold.
                return;
            }
            let along = last.end - last.origin;
            let gap = spot.origin - last.end;
            let direction = if along.hypot() > 0.0 { along / along.hypot() } else { (1.0, 0.0).into() };
            let forward = gap.dot(direction);
            if gap.cross(direction).abs() > size * 0.5 || forward < -size {
                self.text.push('\n');
            } else if forward > size * 0.2 {
                self.text.push(' ');
            }
        }
        self.text.push_str(&letter);
        self.last = Some((spot, letter));
    }
}

impl Device<'_> for Letters {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'_>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'_>,
        _: &GlyphDrawMode,
    ) {
        // A letter that its font has no name for is a letter all the same.
        let letter = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(characters)) => characters,
            None => char::REPLACEMENT_CHARACTER.to_string(),
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        let placed = transform * glyph_transform;
        let origin = placed * Point::ORIGIN;
        let end = placed * Point::new(advance, 0.0);
        let size = origin.distance(placed * Point::new(0.0, 1000.0));
        self.add(Spot { origin, end, size }, letter);
    }
}
