//! The information-processing fee (信息处理费, 国办函〔2020〕109号), for requests clearly excessive in number
//! (Regulation art. 42).
//!
//! By item or by page, one of the two for an application, never both (art. 3). Both tariffs rise by slices:
//! the price of a unit depends on its place, and earlier units keep theirs. Whole yuan.

use super::article::{Article, Instrument};
use super::coded::coded;
use serde::Serialize;

/// Whole yuan.
pub type Yuan = u64;

coded! {
    /// How an application is charged (art. 3).
    pub enum FeeBasis {
        /// By item: requests of one applicant to one agency in one calendar month, one after the other (art. 4).
        Item = "item", "按件计收", "by item";
        /// By page: one side of A4 or smaller, of one application, where copies are asked for (art. 5).
        Page = "page", "按量计收", "by page";
    }
}

/// Units up to and including `through` that lie above the slice before cost `each`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Slice {
    /// The last unit of the slice.
    pub through: u32,
    /// Yuan for each unit of it.
    pub each: Yuan,
}

/// By item up to the thirtieth (art. 4): ten free, then 100 yuan each.
pub const ITEM_SLICES: &[Slice] = &[Slice { through: 10, each: 0 }, Slice { through: 30, each: 100 }];

/// From the thirty-first item on (art. 4): blocks of this many …
pub const ITEM_BLOCK: u32 = 10;
/// … each dearer by this many yuan an item than the block before. No cap.
pub const ITEM_RISE: Yuan = 100;

/// The applications of one applicant in a month that cost nothing by item (art. 4).
#[must_use]
pub fn free_items() -> u32 {
    ITEM_SLICES.iter().filter(|slice| slice.each == 0).map(|slice| slice.through).max().unwrap_or(0)
}

/// By page (art. 5): thirty free, then 10, 20 and 40 yuan each.
pub const PAGE_SLICES: &[Slice] = &[
    Slice { through: 30, each: 0 },
    Slice { through: 100, each: 10 },
    Slice { through: 200, each: 20 },
    Slice { through: u32::MAX, each: 40 },
];

impl FeeBasis {
    /// Where the tariff stands.
    #[must_use]
    pub const fn article(self) -> Article {
        match self {
            Self::Item => Article::new(Instrument::FeeMeasures, 4),
            Self::Page => Article::new(Instrument::FeeMeasures, 5),
        }
    }

    /// What `count` units cost in all.
    #[must_use]
    pub fn total(self, count: u32) -> Yuan {
        match self {
            Self::Item => by_item(count),
            Self::Page => by_page(count),
        }
    }
}

/// What the first `count` items of a month cost in all.
#[must_use]
pub fn by_item(count: u32) -> Yuan {
    let above = u64::from(count.saturating_sub(last_listed()));
    let block = u64::from(ITEM_BLOCK);
    let (full, rest) = (above / block, above % block);
    // Block k (from 1) costs `base + k × rise` an item; the full blocks add up as an arithmetic series.
    // Saturating: four thousand million items would overflow, and nobody asks them in a month.
    let whole = block.saturating_mul(
        full.saturating_mul(last_price()).saturating_add(ITEM_RISE.saturating_mul(full.saturating_mul(full + 1) / 2)),
    );
    let begun = rest.saturating_mul(last_price().saturating_add(ITEM_RISE.saturating_mul(full + 1)));
    by_slices(ITEM_SLICES, count).saturating_add(whole).saturating_add(begun)
}

/// What `pages` pages of one application cost in all.
#[must_use]
pub fn by_page(pages: u32) -> Yuan {
    by_slices(PAGE_SLICES, pages)
}

/// The price of the `n`-th item of a month alone; 0 for `n` = 0.
#[must_use]
pub fn price_of_item(n: u32) -> Yuan {
    by_item(n).saturating_sub(by_item(n.saturating_sub(1)))
}

/// What `added` more items cost one who has already had `before` this month.
#[must_use]
pub fn by_item_after(before: u32, added: u32) -> Yuan {
    by_item(before.saturating_add(added)).saturating_sub(by_item(before))
}

fn by_slices(slices: &[Slice], count: u32) -> Yuan {
    let mut below = 0;
    let mut total = 0;
    for slice in slices {
        total += u64::from(count.min(slice.through).saturating_sub(below)) * slice.each;
        below = slice.through;
    }
    total
}

fn last_listed() -> u32 {
    ITEM_SLICES.last().map_or(0, |slice| slice.through)
}

fn last_price() -> Yuan {
    ITEM_SLICES.last().map_or(0, |slice| slice.each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_cost_what_the_tariff_says() {
        // 16 and 25 are sums really charged (宿迁市 reports of 2023 and 2024).
        let worked = [
            (0, 0),
            (10, 0),
            (11, 100),
            (16, 600),
            (25, 1_500),
            (30, 2_000),
            (31, 2_200),
            (40, 4_000),
            (41, 4_300),
            (50, 7_000),
            (51, 7_400),
            (60, 11_000),
            (100, 37_000),
        ];
        for (count, yuan) in worked {
            assert_eq!(by_item(count), yuan, "{count} items");
        }
    }

    #[test]
    fn pages_cost_what_the_tariff_says() {
        // 44, 57, 72, 109 and 119 are sums really charged (宿迁市 reports of 2023 and 2024).
        let worked = [
            (0, 0),
            (30, 0),
            (31, 10),
            (44, 140),
            (57, 270),
            (72, 420),
            (100, 700),
            (101, 720),
            (109, 880),
            (119, 1_080),
            (200, 2_700),
            (201, 2_740),
            (250, 4_700),
            (300, 6_700),
        ];
        for (pages, yuan) in worked {
            assert_eq!(by_page(pages), yuan, "{pages} pages");
        }
    }

    #[test]
    fn the_nth_item_has_the_price_of_its_block() {
        for n in 1..=500_u32 {
            let expected = match n {
                ..=10 => 0,
                11..=30 => 100,
                _ => 100 * (2 + u64::from((n - 31) / 10)),
            };
            assert_eq!(price_of_item(n), expected, "item {n}");
        }
    }

    #[test]
    fn a_month_boundary_starts_the_count_afresh() {
        // Nine on 31 March and nine on 1 April are free; eighteen in one month are not.
        assert_eq!(by_item(9) + by_item(9), 0);
        assert_eq!(by_item(18), 800);
        assert_eq!(by_item_after(9, 9), 800);
    }

    #[test]
    fn an_absurd_count_does_not_overflow() {
        assert!(by_item(u32::MAX) > by_item(1_000_000));
        assert!(by_page(u32::MAX) > by_page(1_000_000));
        assert_eq!(by_item_after(u32::MAX, 1), 0);
    }
}
