//! The chain of a file against its mooring: the journal of its case (of a proceeding), or the chain `staff` (of an enquiry), names
//! each of its entries by number and hash, so that whoever seals the one has sealed the other. What is wrong with the one is found
//! by the other.

use std::fmt;

use super::chain::JournalId;
use super::verify::{self, Break, Stored};

/// An entry of the file as its mooring names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The number of the entry within the file.
    pub seq: u32,
    /// Its hash in hexadecimal.
    pub hash: String,
}

/// What is wrong with the chain of a file. `Display` is the English sentence, [`Adrift::zh`] its twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adrift {
    /// The chain does not hold in itself.
    Broken(Break),
    /// An entry is not the one that the mooring names.
    Differs {
        /// Its number.
        seq: u32,
    },
    /// An entry that the mooring names is not there.
    Gone {
        /// Its number.
        seq: u32,
    },
    /// There are entries that the mooring does not name.
    Loose {
        /// The number of the last one that it does; 0 for none.
        behind: u32,
    },
}

impl Adrift {
    /// The Chinese sentence of an enquiry, which is moored in the chain `staff`.
    #[must_use]
    pub fn zh_of_enquiry(&self) -> String {
        match self {
            Self::Broken(broken) => broken.zh(),
            Self::Differs { seq } => format!("第 {seq} 条不是操作留痕所记的那一条"),
            Self::Gone { seq } => format!("操作留痕所记的第 {seq} 条已不存在"),
            Self::Loose { behind } => format!("第 {behind} 条之后的记录未为操作留痕所记"),
        }
    }

    /// The English sentence of an enquiry.
    #[must_use]
    pub fn en_of_enquiry(&self) -> String {
        match self {
            Self::Broken(broken) => broken.to_string(),
            Self::Differs { seq } => format!("entry {seq} is not the one that the chain staff holds"),
            Self::Gone { seq } => format!("entry {seq}, which the chain staff holds, is gone"),
            Self::Loose { behind } => format!("entries behind {behind} are not held by the chain staff"),
        }
    }

    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Broken(broken) => broken.zh(),
            Self::Differs { seq } => format!("第 {seq} 条不是案件日志所记的那一条"),
            Self::Gone { seq } => format!("案件日志所记的第 {seq} 条已不存在"),
            Self::Loose { behind } => format!("第 {behind} 条之后的记录未为案件日志所记"),
        }
    }
}

impl fmt::Display for Adrift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(broken) => broken.fmt(f),
            Self::Differs { seq } => write!(f, "entry {seq} is not the one that the case's journal holds"),
            Self::Gone { seq } => write!(f, "entry {seq}, which the case's journal holds, is gone"),
            Self::Loose { behind } => write!(f, "entries behind {behind} are not held by the case's journal"),
        }
    }
}

/// Holds the chain of `file`, its rows in order, against `anchors`, in any order; what is wrong, the chain itself first.
#[must_use]
pub fn adrift(file: impl Into<JournalId>, rows: &[Stored<'_>], anchors: &[Anchor]) -> Vec<Adrift> {
    let mut found: Vec<Adrift> =
        verify::verify(file, rows.iter().copied()).err().map(Adrift::Broken).into_iter().collect();
    for Anchor { seq, hash } in anchors {
        match rows.iter().find(|row| row.seq == *seq) {
            Some(row) if row.hash == *hash => {}
            Some(_) => found.push(Adrift::Differs { seq: *seq }),
            None => found.push(Adrift::Gone { seq: *seq }),
        }
    }
    let behind = anchors.iter().map(|anchor| anchor.seq).max().unwrap_or_default();
    if rows.iter().any(|row| row.seq > behind) {
        found.push(Adrift::Loose { behind });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ProceedingId;
    use crate::journal::Algorithm::Sha256;
    use crate::journal::{chain, verify::Flaw};
    use uuid::Uuid;

    /// A file of three entries, each with its links, and what its case's journal names.
    fn moored() -> (ProceedingId, Vec<(String, String, String)>, Vec<Anchor>) {
        let file = ProceedingId::from_uuid(Uuid::from_u128(7));
        let (mut rows, mut anchors, mut head) = (Vec::new(), Vec::new(), None);
        for (seq, body) in (1..).zip([r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":3}"#]) {
            let link = chain::link(Sha256, file, head.as_ref(), body);
            rows.push((body.to_owned(), link.previous.to_string(), link.hash.to_string()));
            anchors.push(Anchor { seq, hash: link.hash.to_string() });
            head = Some(link.hash);
        }
        (file, rows, anchors)
    }

    fn stored(rows: &[(String, String, String)]) -> Vec<Stored<'_>> {
        let row = |(seq, row)| {
            let (body, previous, hash): &(String, String, String) = row;
            Stored { seq, body, algorithm: "sha-256", previous, hash }
        };
        (1..).zip(rows).map(row).collect()
    }

    #[test]
    fn a_file_that_is_as_it_was_made_fast_lies_still() {
        let (file, rows, anchors) = moored();
        assert_eq!(adrift(file, &stored(&rows), &anchors), []);
        assert_eq!(adrift(file, &[], &[]), []);
    }

    #[test]
    fn a_file_that_was_written_anew_from_its_second_entry_on_differs_from_there() {
        let (file, mut rows, anchors) = moored();
        rows.truncate(1);
        let head = rows[0].2.parse().unwrap();
        let link = chain::link(Sha256, file, Some(&head), r#"{"a":9}"#);
        rows.push((r#"{"a":9}"#.to_owned(), link.previous.to_string(), link.hash.to_string()));
        assert_eq!(
            adrift(file, &stored(&rows), &anchors),
            [Adrift::Differs { seq: 2 }, Adrift::Gone { seq: 3 }],
            "the chain holds in itself, and is another"
        );
    }

    #[test]
    fn what_was_cut_off_is_gone_and_what_was_put_in_behind_is_loose() {
        let (file, rows, anchors) = moored();
        assert_eq!(adrift(file, &stored(&rows[..2]), &anchors), [Adrift::Gone { seq: 3 }]);
        assert_eq!(adrift(file, &stored(&rows), &anchors[..2]), [Adrift::Loose { behind: 2 }]);
        assert_eq!(adrift(file, &stored(&rows), &[]), [Adrift::Loose { behind: 0 }]);
    }

    #[test]
    fn a_text_that_was_edited_is_told_first() {
        let (file, mut rows, anchors) = moored();
        rows[1].0 = r#"{"a":8}"#.to_owned();
        let found = adrift(file, &stored(&rows), &anchors);
        assert_eq!(found, [Adrift::Broken(Break { seq: 2, what: Flaw::WrongHash })]);
        assert_eq!(found[0].zh(), "日志第 2 条的内容与其哈希值不符，内容已被改动");
    }
}
