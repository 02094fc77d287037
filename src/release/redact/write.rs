//! The new file: pages of one picture each, and nothing else.
//!
//! It has no properties, no identifier and no time in it, so the same pictures always make the same bytes. It is written
//! page by page: however long it is, only the page at hand is in memory.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Rect, Ref};

use super::pages::Picture;

const CATALOG: i32 = 1;
const TREE: i32 = 2;
const FIRST_PAGE: i32 = 3;
/// The page, its content and its picture.
const OBJECTS_A_PAGE: i32 = 3;

/// What the picture is called in its page's content.
const PICTURE: Name<'static> = Name(b"P");

/// The version, and a line of bytes by which programs see that this is no text.
const HEAD: &[u8] = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n";

/// Channels of a pixel may differ by so much and still be seen as grey.
const FAINTEST_COLOUR: u8 = 4;

/// A file being written.
pub(super) struct Book<W> {
    out: W,
    /// How much of it is written.
    at: u64,
    /// Where each object begins, from the first one on.
    places: Vec<u64>,
}

impl<W: Write> Book<W> {
    /// A file of so many pages.
    pub fn begin(out: W, pages: u32) -> io::Result<Self> {
        let count = i32::try_from(pages).unwrap_or(i32::MAX);
        let mut book = Self { out, at: 0, places: Vec::new() };
        book.write(HEAD)?;
        book.object(|chunk| {
            let mut catalog = chunk.indirect(Ref::new(CATALOG)).dict();
            catalog.pair(Name(b"Type"), Name(b"Catalog")).pair(Name(b"Pages"), Ref::new(TREE));
        })?;
        let kids = (0..count).map(|page| Ref::new(FIRST_PAGE + page * OBJECTS_A_PAGE));
        book.object(|chunk| {
            chunk.pages(Ref::new(TREE)).kids(kids).count(count);
        })?;
        Ok(book)
    }

    /// Adds a page of this size in points.
    pub fn add(&mut self, (width, height): (f32, f32), picture: &Picture) -> io::Result<()> {
        let next = i32::try_from(self.places.len()).unwrap_or(i32::MAX - OBJECTS_A_PAGE).saturating_add(CATALOG);
        let [page, content, image] = [0, 1, 2].map(|offset| Ref::new(next + offset));
        self.object(|chunk| {
            let mut leaf = chunk.page(page);
            leaf.parent(Ref::new(TREE)).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
            leaf.resources().x_objects().pair(PICTURE, image);
        })?;
        let mut drawing = Content::new();
        drawing.save_state().transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(PICTURE).restore_state();
        let drawing = drawing.finish();
        self.object(|chunk| {
            chunk.stream(content, &drawing).finish();
        })?;

        let is_grey = picture.rgba.as_chunks::<4>().0.iter().all(|pixel| grey(*pixel).is_some());
        let pixels = compressed(&picture.rgba, is_grey)?;
        self.object(|chunk| {
            let mut object = chunk.image_xobject(image, &pixels);
            object.filter(Filter::FlateDecode);
            object.width(i32::try_from(picture.width).unwrap_or(i32::MAX));
            object.height(i32::try_from(picture.height).unwrap_or(i32::MAX));
            if is_grey {
                object.color_space().device_gray();
            } else {
                object.color_space().device_rgb();
            }
            object.bits_per_component(8);
        })?;
        // Whoever waits for it hears that it goes on.
        self.out.flush()
    }

    /// The table of all objects and the end of the file.
    pub fn finish(mut self) -> io::Result<W> {
        let table = self.at;
        let count = self.places.len().saturating_add(1);
        let places: Vec<String> = self.places.iter().map(|place| format!("{place:010} 00000 n\r\n")).collect();
        let tail = format!("xref\n0 {count}\n0000000000 65535 f\r\n{}", places.concat());
        let trailer = format!("trailer\n<<\n  /Size {count}\n  /Root {CATALOG} 0 R\n>>\nstartxref\n{table}\n%%EOF");
        self.write(tail.as_bytes())?;
        self.write(trailer.as_bytes())?;
        Ok(self.out)
    }

    fn object(&mut self, write: impl FnOnce(&mut Chunk)) -> io::Result<()> {
        let mut chunk = Chunk::new();
        write(&mut chunk);
        self.places.push(self.at);
        self.write(chunk.as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at = self.at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.out.write_all(bytes)
    }
}

/// The level of a pixel without colour.
fn grey([red, green, blue, _]: [u8; 4]) -> Option<u8> {
    let faint = |one: u8, other: u8| one.abs_diff(other) <= FAINTEST_COLOUR;
    (faint(red, green) && faint(green, blue) && faint(blue, red)).then_some(green)
}

/// The pixels, one byte each where the page has no colour and three where it has, deflated. They are turned a stretch at a
/// time: a second copy of a large page would be the largest thing in memory.
fn compressed(rgba: &[u8], is_grey: bool) -> io::Result<Vec<u8>> {
    const STRETCH: usize = 64 * 1024;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let mut turned = Vec::with_capacity(STRETCH);
    for stretch in rgba.chunks(STRETCH) {
        let (pixels, _) = stretch.as_chunks::<4>();
        turned.clear();
        if is_grey {
            turned.extend(pixels.iter().copied().filter_map(grey));
        } else {
            turned.extend(pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]));
        }
        encoder.write_all(&turned)?;
    }
    encoder.finish()
}
