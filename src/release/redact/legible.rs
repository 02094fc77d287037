//! What a box leaves legible: a letter of which a part stays to be seen, a number of which some figures do.
//!
//! Whoever draws boxes by eye often stops a hair short, and half of the strokes of a character are enough to read it. Where
//! letters stand is known of pages that have text; of scans nothing is known, and nothing is said. This only warns: the box may
//! be meant so, as where only the middle of a telephone number is covered.

use kurbo::Rect;
use serde::{Deserialize, Serialize};

use super::survey::Letter;
use super::{Box, NotRedactable, Source, faults};

/// A box that leaves something legible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Legible {
    /// Which of the boxes given, counted from 0.
    pub index: usize,
    /// What is left.
    pub what: Remnant,
    /// A box that would cover it whole, on the same page and ground.
    pub whole: Box,
}

/// What a box can leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remnant {
    /// A part of a letter.
    Letter,
    /// Letters or figures of a word or number whose others are covered.
    Word,
}

/// Of a letter of which less is covered nothing is hidden: the box only passes by.
const GRAZED: f64 = 0.1;
/// Of a letter of which so much is covered nothing can be read.
const COVERED: f64 = 0.97;
/// Of a letter of which so much is covered most people read nothing any more.
const HIDDEN: f64 = 0.6;
/// Letters of one word stand no further apart than this part of their height.
const GAP: f64 = 0.5;
/// How far beyond the ink a box should reach, in points.
const MARGIN: f64 = 0.5;

/// Tells the boxes that leave something legible, in the order in which they were given.
///
/// # Errors
/// When boxes are misplaced or a page cannot be read.
pub fn legible(source: &Source, boxes: &[Box]) -> Result<Vec<Legible>, NotRedactable> {
    let faults = faults(source, boxes);
    if !faults.is_empty() {
        return Err(NotRedactable::Boxes(faults));
    }
    let mut pages: Vec<u32> = boxes.iter().map(|area| area.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let mut found = Vec::new();
    for page in pages {
        let (width, height) = source.page_size(page).ok_or(NotRedactable::NoSuchPage(page))?;
        let size = (f64::from(width), f64::from(height));
        let areas: Vec<(usize, Rect)> = boxes
            .iter()
            .enumerate()
            .filter(|(_, area)| area.page == page)
            .map(|(index, area)| (index, in_points(area, size)))
            .collect();
        let left = left_on_page(&source.survey(page)?.letters, &areas);
        found.extend(left.into_iter().filter_map(|(index, what, whole)| {
            let whole = in_parts(boxes.get(index)?, whole, size);
            Some(Legible { index, what, whole })
        }));
    }
    found.sort_by_key(|one| one.index);
    Ok(found)
}

/// What can still be read on each page once the boxes are burnt in, page by page: for whoever looks it through before it goes out.
/// Pages without letters are left out. A letter of which most is covered is no longer read.
///
/// # Errors
/// When a page cannot be read.
pub fn left_to_read(source: &Source, boxes: &[Box]) -> Result<Vec<(u32, String)>, NotRedactable> {
    let mut pages = Vec::new();
    for page in 1..=source.page_count() {
        let (width, height) = source.page_size(page).ok_or(NotRedactable::NoSuchPage(page))?;
        let on_it = boxes.iter().enumerate().filter(|(_, area)| area.page == page);
        let size = (f64::from(width), f64::from(height));
        let areas: Vec<(usize, Rect)> = on_it.map(|(index, area)| (index, in_points(area, size))).collect();
        let letters = source.survey(page)?.letters;
        let mut text = String::new();
        let mut before: Option<&Letter> = None;
        for letter in letters.iter().filter(|letter| covered(letter.ink, &areas) < HIDDEN) {
            // A line that ends, or a stretch that is covered, parts what stands on either side of it.
            if before.is_some_and(|before| !stand_together(before.ink, letter.ink)) {
                text.push(if before.is_some_and(|before| same_line(before.ink, letter.ink)) { ' ' } else { '\n' });
            }
            text.push_str(&letter.says);
            before = Some(letter);
        }
        if !text.is_empty() {
            pages.push((page, text));
        }
    }
    Ok(pages)
}

/// Whether two letters stand at one height.
fn same_line(one: Rect, other: Rect) -> bool {
    (one.center().y - other.center().y).abs() < one.height().max(other.height()) * GAP
}

/// The boxes of a page that leave something, with what would cover it.
fn left_on_page(letters: &[Letter], areas: &[(usize, Rect)]) -> Vec<(usize, Remnant, Rect)> {
    let covered: Vec<f64> = letters.iter().map(|letter| covered(letter.ink, areas)).collect();
    let words = words(letters);
    let mut found = Vec::new();
    for (index, area) in areas {
        let mut what = None;
        let mut whole = *area;
        for word in &words {
            let letters = || word.iter().filter_map(|at| Some((letters.get(*at)?.ink, *covered.get(*at)?)));
            let mine = letters().any(|(ink, part)| part >= GRAZED && overlap(ink, *area) > 0.0);
            if !mine || letters().all(|(_, part)| part >= COVERED) {
                continue;
            }
            let cut = letters().any(|(ink, part)| (GRAZED..COVERED).contains(&part) && overlap(ink, *area) > 0.0);
            what = if cut { Some(Remnant::Letter) } else { what.or(Some(Remnant::Word)) };
            whole = letters().fold(whole, |whole, (ink, _)| whole.union(ink.inflate(MARGIN, MARGIN)));
        }
        found.extend(what.map(|what| (*index, what, whole)));
    }
    found
}

/// Letters that tell of each other, by their places: every Chinese character is a word of its own.
fn words(letters: &[Letter]) -> Vec<Vec<usize>> {
    let mut words: Vec<Vec<usize>> = Vec::new();
    let mut before: Option<&Letter> = None;
    for (at, letter) in letters.iter().enumerate() {
        let goes_on =
            before.is_some_and(|before| before.joins && letter.joins && stand_together(before.ink, letter.ink));
        match words.last_mut().filter(|_| goes_on) {
            Some(word) => word.push(at),
            None => words.push(vec![at]),
        }
        before = Some(letter);
    }
    words
}

/// Whether two letters stand side by side on a line, whichever way it runs.
fn stand_together(one: Rect, other: Rect) -> bool {
    let size = one.width().max(one.height()).max(other.width()).max(other.height());
    let near = one.inflate(size * GAP, size * GAP);
    near.overlaps(other) && {
        let (across, down) = ((one.center().x - other.center().x).abs(), (one.center().y - other.center().y).abs());
        across.min(down) < size * GAP
    }
}

/// How much of a letter lies under boxes, from 0 to 1, counted on a grid: boxes may lie over each other.
fn covered(ink: Rect, areas: &[(usize, Rect)]) -> f64 {
    const SIDE: u32 = 12;
    let near: Vec<&Rect> = areas.iter().map(|(_, area)| area).filter(|area| overlap(ink, **area) > 0.0).collect();
    if near.is_empty() {
        return 0.0;
    }
    let place = |step: u32| (f64::from(step) + 0.5) / f64::from(SIDE);
    let hit = |across: u32, down: u32| {
        let point = (ink.x0 + ink.width() * place(across), ink.y0 + ink.height() * place(down));
        near.iter().any(|area| area.contains(point))
    };
    let hits = (0..SIDE).flat_map(|down| (0..SIDE).map(move |across| (across, down)));
    let count: u32 = hits.map(|(across, down)| u32::from(hit(across, down))).sum();
    f64::from(count) / f64::from(SIDE * SIDE)
}

fn overlap(one: Rect, other: Rect) -> f64 {
    let both = one.intersect(other);
    if both.width() > 0.0 && both.height() > 0.0 { both.area() } else { 0.0 }
}

fn in_points(area: &Box, (width, height): (f64, f64)) -> Rect {
    let (left, top) = (area.left * width, area.top * height);
    Rect::new(left, top, left + area.width * width, top + area.height * height)
}

fn in_parts(area: &Box, whole: Rect, (width, height): (f64, f64)) -> Box {
    let part = |point: f64, length: f64| (point / length).clamp(0.0, 1.0);
    let (left, top) = (part(whole.x0, width), part(whole.y0, height));
    let (right, bottom) = (part(whole.x1, width), part(whole.y1, height));
    Box { left, top, width: right - left, height: bottom - top, ..area.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(letters: &[(f64, bool)]) -> Vec<Letter> {
        let letter = |(left, joins): &(f64, bool)| Letter {
            ink: Rect::new(*left, 0.0, left + 8.0, 10.0),
            joins: *joins,
            says: "1".to_owned(),
        };
        letters.iter().map(letter).collect()
    }

    #[test]
    fn half_a_character_is_told_and_a_whole_one_or_its_edge_is_not() {
        let letters = line(&[(0.0, false), (10.0, false)]);
        let left = |left: f64, right: f64| left_on_page(&letters, &[(4, Rect::new(left, -1.0, right, 11.0))]);
        assert_eq!(left(-1.0, 9.0), []);
        assert_eq!(left(-1.0, 10.5), [], "it only passes by the second");
        let told = left(-1.0, 14.0);
        assert_eq!(told[0].0, 4);
        assert_eq!((told[0].1, told[0].2.x1), (Remnant::Letter, 18.5));
    }

    #[test]
    fn figures_of_a_number_that_stay_are_told_and_neighbouring_characters_are_not() {
        let number = line(&[(0.0, true), (10.0, true), (20.0, true), (40.0, true)]);
        let told = left_on_page(&number, &[(0, Rect::new(-1.0, -1.0, 9.0, 11.0))]);
        assert_eq!((told[0].1, told[0].2), (Remnant::Word, Rect::new(-1.0, -1.0, 28.5, 11.0)), "up to the space");
        let characters = line(&[(0.0, false), (10.0, false)]);
        assert_eq!(left_on_page(&characters, &[(0, Rect::new(-1.0, -1.0, 9.0, 11.0))]), []);
    }

    #[test]
    fn two_boxes_that_meet_cover_together() {
        let letters = line(&[(0.0, false)]);
        let halves = [(0, Rect::new(-1.0, -1.0, 4.0, 11.0)), (1, Rect::new(4.0, -1.0, 9.0, 11.0))];
        assert_eq!(left_on_page(&letters, &halves), []);
    }
}
