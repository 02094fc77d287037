//! What is to be seen under the boxes, compared pixel by pixel with what ought to be there.
//!
//! It is compared twice: as the picture is stored, which is what someone who takes the file apart would get, and
//! as another program draws the page, which is what everybody else sees. Each page is taken out of the file for that, and let
//! go of before the next one.

use std::io::Read;
use std::ops::Range;

use flate2::read::ZlibDecoder;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::super::redact::{Box, Label};
use super::leak::{Leak, What};
use super::structure::PageOf;

/// No picture inflates to more: one of the largest size in colour, with room.
const MAX_STREAM: u64 = 96 * 1024 * 1024;

/// Drawing may shift a level by so much.
const TOLERANCE: u8 = 2;

/// At the edges of a box drawing may mix in its neighbours: so many pixels are left to the stored picture.
const EDGE: u32 = 2;

/// A picture as it is stored or drawn.
struct Pixels {
    width: u32,
    height: u32,
    /// Bytes from one pixel to the next.
    step: usize,
    /// Bytes of a pixel that are looked at.
    channels: usize,
    bytes: Vec<u8>,
}

impl Pixels {
    /// Whether the pixels of a row from this column on are of these greys, within the tolerance.
    fn are(&self, row: u32, column: u32, greys: &[u8]) -> bool {
        let first = u64::from(row) * u64::from(self.width) + u64::from(column);
        let start = usize::try_from(first).ok().and_then(|first| first.checked_mul(self.step));
        let bytes = start.and_then(|start| self.bytes.get(start..start.checked_add(greys.len() * self.step)?));
        bytes.is_some_and(|bytes| {
            bytes
                .chunks(self.step)
                .zip(greys)
                .all(|(pixel, grey)| pixel.iter().take(self.channels).all(|level| level.abs_diff(*grey) <= TOLERANCE))
        })
    }
}

/// A box in pixels, with its label in its middle.
struct Patch {
    index: usize,
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
    label: Option<Label>,
}

impl Patch {
    /// Writes into a row of the page the greys that the patch ought to have there.
    fn lay(&self, row: u32, greys: &mut [u8]) {
        if row < self.top || row >= self.bottom {
            return;
        }
        let mine = span(self.left, self.right).and_then(|span| greys.get_mut(span));
        let Some(mine) = mine else { return };
        mine.fill(0);
        let Some(label) = &self.label else { return };
        let left = (self.right - self.left - label.width) / 2;
        let top = self.top + (self.bottom - self.top - label.height) / 2;
        let line = row.checked_sub(top).and_then(|line| span(line * label.width, (line + 1) * label.width));
        let place = span(left, left + label.width).and_then(|span| mine.get_mut(span));
        if let (Some(line), Some(place)) = (line.and_then(|line| label.grey.get(line)), place) {
            place.copy_from_slice(line);
        }
    }
}

/// From one number up to another, as places in a slice.
fn span(from: u32, to: u32) -> Option<Range<usize>> {
    Some(usize::try_from(from).ok()?..usize::try_from(to).ok()?)
}

/// Compares what is under the boxes of every page. `inside` gives the inside of a stream by the number of its object, which the
/// document does not hold.
pub(super) fn compare(
    document: &Document,
    pages: &[PageOf],
    boxes: &[Box],
    inside: &mut dyn FnMut(u32) -> Option<Vec<u8>>,
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
    leaks: &mut Vec<Leak>,
) {
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    for area in boxes.iter().filter(|area| area.page == 0 || area.page > count) {
        leaks.push(Leak::on(area.page, What::NoSuchPage));
    }
    for (page, number) in pages.iter().zip(1_u32..) {
        let entries = page.picture.and_then(|id| document.get_object(id).ok()?.as_stream().ok());
        let content = page.picture.and_then(|(id, _)| inside(id));
        let (Some(entries), Some(content)) = (entries.map(|stream| &stream.dict), content) else {
            leaks.push(Leak::on(number, What::PictureForm));
            continue;
        };
        let Some(stored) = stored(entries, &content) else {
            leaks.push(Leak::on(number, What::PictureForm));
            continue;
        };
        let on_page = boxes.iter().enumerate().filter(|(_, area)| area.page == number);
        let patches: Vec<Patch> =
            on_page.map(|(index, area)| patch(index, area, stored.width, stored.height, label)).collect();
        if patches.is_empty() {
            continue;
        }
        let drawn = alone(document, page, content).and_then(|alone| drawn(alone, page.points, &stored));
        let Some(drawn) = drawn else {
            leaks.push(Leak::on(number, What::Unreadable));
            continue;
        };
        for patch in uncovered(&patches, &stored, &drawn) {
            leaks.push(Leak::on(number, What::Uncovered(patch.index)));
        }
    }
}

/// The page in a file of its own, of the same objects.
fn alone(document: &Document, page: &PageOf, content: Vec<u8>) -> Option<Vec<u8>> {
    let mut file = Document::with_version("1.7");
    for part in &page.parts {
        file.set_object(*part, document.get_object(*part).ok()?.clone());
    }
    let picture = page.picture?;
    let entries = document.get_object(picture).ok()?.as_stream().ok()?.dict.clone();
    file.set_object(picture, Stream::new(entries, content));
    let leaf = page.parts.iter().find(|id| document.get_dictionary(**id).is_ok_and(|it| it.has_type(b"Page")))?;
    let tree = document.get_dictionary(*leaf).ok()?.get(b"Parent").and_then(Object::as_reference).ok()?;
    file.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference(*leaf)], "Count" => 1 });
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
    file.set_object(root, dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", root);
    file.max_id = document.max_id;
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).ok()?;
    Some(bytes)
}

/// The patches with a pixel that is not as it ought to be. Where patches overlap, the last one counts.
fn uncovered<'a>(patches: &'a [Patch], stored: &Pixels, drawn: &Pixels) -> Vec<&'a Patch> {
    let columns = usize::try_from(stored.width).unwrap_or_default();
    let sound = |patch: &Patch| {
        (patch.top..patch.bottom).all(|row| {
            let mut greys = vec![0; columns];
            for other in patches {
                other.lay(row, &mut greys);
            }
            let greys = |left, right| span(left, right).and_then(|span| greys.get(span)).unwrap_or_default();
            let (left, right) = (patch.left + EDGE, patch.right.saturating_sub(EDGE));
            let at_edge = row < patch.top + EDGE || row + EDGE >= patch.bottom || left >= right;
            stored.are(row, patch.left, greys(patch.left, patch.right))
                && (at_edge || drawn.are(row, left, greys(left, right)))
        })
    };
    let empty = |patch: &Patch| patch.left >= patch.right || patch.top >= patch.bottom;
    patches.iter().filter(|patch| empty(patch) || !sound(patch)).collect()
}

/// Every pixel that the box touches is in the patch; its label is the one that was given when it was burnt.
fn patch(
    index: usize,
    area: &Box,
    width: u32,
    height: u32,
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
) -> Patch {
    // Counting the pixels that end before a point needs no conversion of a float.
    let before = |point: f64, length: u32| {
        let scaled = point * f64::from(length);
        (0..length).collect::<Vec<_>>().partition_point(|pixel| f64::from(*pixel) + 1.0 <= scaled)
    };
    let reaching = |point: f64, length: u32| {
        let scaled = point * f64::from(length);
        (0..length).collect::<Vec<_>>().partition_point(|pixel| f64::from(*pixel) < scaled)
    };
    let short = |pixel: usize| u32::try_from(pixel).unwrap_or(u32::MAX);
    let (left, top) = (short(before(area.left, width)), short(before(area.top, height)));
    let right = short(reaching(area.left + area.width, width));
    let bottom = short(reaching(area.top + area.height, height));
    let (wide, high) = (right.saturating_sub(left), bottom.saturating_sub(top));
    let whole = |label: &Label| {
        u64::try_from(label.grey.len()) == Ok(u64::from(label.width) * u64::from(label.height))
            && !label.grey.is_empty()
            && label.width.saturating_add(4) <= wide
            && label.height.saturating_add(4) <= high
    };
    let label = label(&area.ground, wide, high).filter(whole);
    Patch { index, left, top, right, bottom, label }
}

/// The picture as it is stored: eight bits a channel, grey or red, green and blue, deflated.
fn stored(entries: &Dictionary, content: &[u8]) -> Option<Pixels> {
    let named = |key: &[u8]| entries.get(key).and_then(Object::as_name).ok();
    let counted = |key: &[u8]| entries.get(key).and_then(Object::as_i64).ok().and_then(|it| u32::try_from(it).ok());
    let channels = match named(b"ColorSpace")? {
        b"DeviceGray" => 1,
        b"DeviceRGB" => 3,
        _ => return None,
    };
    if named(b"Subtype")? != b"Image" || named(b"Filter")? != b"FlateDecode" || counted(b"BitsPerComponent")? != 8 {
        return None;
    }
    let (width, height) = (counted(b"Width")?, counted(b"Height")?);
    let size = usize::try_from(u64::from(width) * u64::from(height)).ok()?.checked_mul(channels)?;
    // Inflated here and not by the reader, to see that the pixels are all that is in the stream.
    let mut inflated = ZlibDecoder::new(content);
    // As large as it says it is, and no larger: growing by doubling would take twice the room.
    let mut bytes = Vec::with_capacity(size.min(usize::try_from(MAX_STREAM).unwrap_or_default()));
    inflated.by_ref().take(MAX_STREAM).read_to_end(&mut bytes).ok()?;
    let whole = bytes.len() == size && u64::try_from(content.len()) == Ok(inflated.total_in());
    whole.then_some(Pixels { width, height, step: channels, channels, bytes })
}

/// The page as it is drawn, pixel for pixel as large as its picture.
fn drawn(alone: Vec<u8>, (width, height): (f32, f32), stored: &Pixels) -> Option<Pixels> {
    let pdf = Pdf::new(alone).ok()?;
    let page = pdf.pages().first()?;
    let (columns, rows) = (u16::try_from(stored.width).ok()?, u16::try_from(stored.height).ok()?);
    let settings = RenderSettings {
        x_scale: f32::from(columns) / width,
        y_scale: f32::from(rows) / height,
        width: Some(columns),
        height: Some(rows),
        bg_color: WHITE,
    };
    let pixmap = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let bytes = pixmap.data_as_u8_slice().to_vec();
    Some(Pixels { width: stored.width, height: stored.height, step: 4, channels: 3, bytes })
}
