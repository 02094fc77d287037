//! The agency's own number of a file: who gives it, what kind it is, the year, a serial of that kind and year.

use super::terms::ProceedingKind;

/// The counter of a kind.
#[must_use]
pub const fn series(kind: ProceedingKind) -> &'static str {
    match kind {
        ProceedingKind::Reconsideration => "proceeding-reconsideration",
        ProceedingKind::Litigation => "proceeding-litigation",
        ProceedingKind::Complaint => "proceeding-complaint",
        ProceedingKind::Inspection => "proceeding-inspection",
    }
}

/// The number, such as `云政复应〔2026〕3号`; `mark` is the agency's in its letters.
#[must_use]
pub fn number(mark: &str, kind: ProceedingKind, year: i32, serial: i64) -> String {
    let kind = match kind {
        ProceedingKind::Reconsideration => "复应",
        ProceedingKind::Litigation => "诉应",
        ProceedingKind::Complaint => "投复",
        ProceedingKind::Inspection => "检复",
    };
    format!("{mark}{kind}〔{year}〕{serial}号")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_counts_for_itself() {
        assert_eq!(number("云政", ProceedingKind::Reconsideration, 2026, 3), "云政复应〔2026〕3号");
        let all: std::collections::BTreeSet<_> = ProceedingKind::ALL.iter().map(|kind| series(*kind)).collect();
        assert_eq!(all.len(), ProceedingKind::ALL.len());
    }
}
