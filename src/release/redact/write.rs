//! The new file: pages of one picture each, and nothing else.
//!
//! It has no properties, no identifier and no time in it, so the same pictures always make the same bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};

use super::pages::Picture;

const CATALOG: i32 = 1;
const TREE: i32 = 2;
const FIRST_PAGE: i32 = 3;
/// The page, its content and its picture.
const OBJECTS_A_PAGE: i32 = 3;

/// What the picture is called in its page's content.
const PICTURE: Name<'static> = Name(b"P");

/// Channels of a pixel may differ by so much and still be seen as grey.
const FAINTEST_COLOUR: u8 = 4;

/// A file being written. It holds the pictures only in their compressed form.
pub(super) struct Book {
    pdf: Pdf,
    next: i32,
}

impl Book {
    /// A file of so many pages.
    pub fn new(pages: u32) -> Self {
        let count = i32::try_from(pages).unwrap_or(i32::MAX);
        let mut pdf = Pdf::new();
        pdf.set_version(1, 7);
        pdf.catalog(Ref::new(CATALOG)).pages(Ref::new(TREE));
        let kids = (0..count).map(|page| Ref::new(FIRST_PAGE + page * OBJECTS_A_PAGE));
        pdf.pages(Ref::new(TREE)).kids(kids).count(count);
        Self { pdf, next: FIRST_PAGE }
    }

    /// Adds a page of this size in points.
    pub fn add(&mut self, (width, height): (f32, f32), picture: &Picture) {
        let [page, content, image] = [0, 1, 2].map(|offset| Ref::new(self.next + offset));
        self.next += OBJECTS_A_PAGE;

        let mut leaf = self.pdf.page(page);
        leaf.parent(Ref::new(TREE)).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
        leaf.resources().x_objects().pair(PICTURE, image);
        leaf.finish();

        let mut drawing = Content::new();
        drawing.save_state().transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(PICTURE).restore_state();
        self.pdf.stream(content, &drawing.finish());

        let grey = grey(&picture.rgba);
        let pixels = grey.as_deref().map_or_else(|| compressed(&rgb(&picture.rgba)), compressed);
        let mut object = self.pdf.image_xobject(image, &pixels);
        object.filter(Filter::FlateDecode);
        object.width(i32::try_from(picture.width).unwrap_or(i32::MAX));
        object.height(i32::try_from(picture.height).unwrap_or(i32::MAX));
        if grey.is_some() {
            object.color_space().device_gray();
        } else {
            object.color_space().device_rgb();
        }
        object.bits_per_component(8);
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        self.pdf.finish()
    }
}

/// One byte a pixel, when no pixel has a colour.
fn grey(rgba: &[u8]) -> Option<Vec<u8>> {
    let (pixels, _) = rgba.as_chunks::<4>();
    let level = |[red, green, blue, _]: &[u8; 4]| {
        let faint = |one: &u8, other: &u8| one.abs_diff(*other) <= FAINTEST_COLOUR;
        (faint(red, green) && faint(green, blue) && faint(blue, red)).then_some(*green)
    };
    pixels.iter().map(level).collect()
}

/// Three bytes a pixel.
fn rgb(rgba: &[u8]) -> Vec<u8> {
    let (pixels, _) = rgba.as_chunks::<4>();
    pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect()
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    // Writing into memory has no way to fail; were there one, the empty stream would not pass the proof.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}
