//! Making a part of a picture black, and writing onto the black why.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::pages::{Picture, Source, whole};
use super::{Box, NotRedactable};

/// The ground of a box as a picture: how white each pixel is, row by row from the upper left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// One byte a pixel, 0 for black.
    pub grey: Vec<u8>,
}

impl Label {
    /// The first page of a PDF as a label: its ink is the label's white.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn drawn(page: &[u8]) -> Result<Self, NotRedactable> {
        let Picture { width, height, rgba } = Source::open(Arc::new(page.to_vec()))?.picture(1)?;
        let grey = rgba.chunks_exact(4).map(|pixel| 255 - pixel.first().copied().unwrap_or(255)).collect();
        Ok(Self { width, height, grey })
    }

    /// The picture of a ground among those that there are of grounds; `None` where it has none, or is not there.
    #[must_use]
    pub fn of(ground: &str, drawn: &[(String, Option<Self>)]) -> Option<Self> {
        drawn.iter().find(|(known, _)| known == ground).and_then(|(_, label)| label.clone())
    }
}

/// At least so many pixels stay black around a label.
const MARGIN: u32 = 2;

/// Pixels from left to right and from top to bottom; the ends are not included.
struct Area {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

impl Area {
    /// Every pixel that the box touches.
    fn of(area: &Box, width: u32, height: u32) -> Self {
        let (wide, high) = (f64::from(width), f64::from(height));
        Self {
            left: whole((area.left * wide).floor()).min(width),
            top: whole((area.top * high).floor()).min(height),
            right: whole(((area.left + area.width) * wide).ceil()).min(width),
            bottom: whole(((area.top + area.height) * high).ceil()).min(height),
        }
    }
}

/// Makes the box black and writes its label in the middle when it fits.
pub(super) fn burn(picture: &mut Picture, area: &Box, label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>) {
    let ground = &area.ground;
    let area = Area::of(area, picture.width, picture.height);
    let (width, height) = (area.right.saturating_sub(area.left), area.bottom.saturating_sub(area.top));
    for row in area.top..area.bottom {
        if let Some(pixels) = pixels(picture, area.left, row, width) {
            pixels.fill(0);
        }
    }
    let Some(label) = label(ground, width, height).filter(|label| fits(label, width, height)) else { return };
    let left = area.left + (width - label.width) / 2;
    let top = area.top + (height - label.height) / 2;
    let columns = usize::try_from(label.width).unwrap_or(usize::MAX);
    for (row, line) in (top..).zip(label.grey.chunks(columns)) {
        let Some(pixels) = pixels(picture, left, row, label.width) else { continue };
        for (pixel, white) in pixels.chunks_mut(4).zip(line) {
            pixel.fill(*white);
        }
    }
}

/// Whether the label is whole and leaves the margin black.
fn fits(label: &Label, width: u32, height: u32) -> bool {
    let pixels = u64::from(label.width) * u64::from(label.height);
    let around = |length: u32| length.saturating_add(2 * MARGIN);
    pixels > 0
        && u64::try_from(label.grey.len()) == Ok(pixels)
        && around(label.width) <= width
        && around(label.height) <= height
}

/// So many pixels of a row, from a column on.
fn pixels(picture: &mut Picture, column: u32, row: u32, count: u32) -> Option<&mut [u8]> {
    let start = (u64::from(row) * u64::from(picture.width) + u64::from(column)) * 4;
    let end = start + u64::from(count) * 4;
    picture.rgba.get_mut(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burnt(area: &Box, label: Option<&Label>) -> Picture {
        let mut picture = Picture { width: 20, height: 20, rgba: vec![200; 1600] };
        burn(&mut picture, area, &mut |_, _, _| label.cloned());
        picture
    }

    fn a_box() -> Box {
        Box { page: 1, left: 0.11, top: 0.11, width: 0.5, height: 0.5, ground: String::new() }
    }

    #[test]
    fn every_pixel_that_the_box_touches_is_black() {
        let picture = burnt(&a_box(), None);
        let black = picture.rgba.chunks(4).filter(|pixel| *pixel == [0; 4]).count();
        assert_eq!(black, 11 * 11, "from 2.2 to 12.2 are the pixels 2 to 12");
    }

    #[test]
    fn a_label_stands_in_the_middle_or_not_at_all() {
        let label = |side: u8| {
            let pixels = usize::from(side).pow(2);
            Label { width: side.into(), height: side.into(), grey: vec![255; pixels] }
        };
        let white = |picture: Picture| picture.rgba.chunks(4).filter(|pixel| *pixel == [255; 4]).count();
        assert_eq!(white(burnt(&a_box(), Some(&label(7)))), 7 * 7);
        assert_eq!(white(burnt(&a_box(), Some(&label(8)))), 0);
        let torn = Label { width: 5, height: 5, grey: vec![255; 24] };
        assert_eq!(white(burnt(&a_box(), Some(&torn))), 0);
    }
}
