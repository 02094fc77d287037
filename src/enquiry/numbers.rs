//! The number of an enquiry: the short name of the agency that registers it, a mark that no receipt of an application has, the
//! year, a serial of that year. With the query code it opens the enquiry to its writer; a hand-over does not change it.

/// The counter.
pub const SERIES: &str = "enquiry";

/// The number, such as `YUNHE-L2026-000012`.
#[must_use]
pub fn number(slug: &str, year: i32, serial: i64) -> String {
    format!("{}-L{year}-{serial:06}", slug.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_from_a_receipts() {
        assert_eq!(number("yunhe", 2026, 12), "YUNHE-L2026-000012");
        assert_ne!(number("yunhe", 2026, 12), crate::case::numbers::receipt_no("yunhe", 2026, 12));
    }
}
