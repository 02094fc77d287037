//! The numbers of a case, from the counters of its agency. Gap-free within a year, never given twice.
//!
//! The serial is the counter's, whatever pattern an agency writes it by: a new pattern goes on counting.

mod pattern;

use crate::law::letter::LetterKind;

pub use pattern::{LetterPattern, NumberPattern, NumberPreset, PatternFault};

/// The counters an agency keeps, each from 1 every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// Receipts handed out on arrival.
    Receipt,
    /// Entries in the register.
    Register,
    /// Letters of one kind.
    Letter(LetterKind),
}

impl Series {
    /// The name of the counter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Register => "register",
            // No kind that is issued is called like one of the two above.
            Self::Letter(kind) => kind.as_str(),
        }
    }
}

/// The number on a receipt, such as `YUNHE-2026-000012`: plain letters, to be read out over a telephone and typed into
/// an address.
#[must_use]
pub fn receipt_no(slug: &str, year: i32, serial: i64) -> String {
    format!("{}-{year}-{serial:06}", slug.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_number_can_be_read_out() {
        assert_eq!(receipt_no("yunhe", 2026, 12), "YUNHE-2026-000012");
    }
}
