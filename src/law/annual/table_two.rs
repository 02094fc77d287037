//! Table 二: what an agency enters itself, for no application counts towards it.

use serde::{Deserialize, Serialize};

use crate::law::coded::coded;

coded! {
    /// A line of table 二, with the item of art. 20 that it reports on.
    pub enum TwoItem {
        /// Art. 20 item 1.
        Regulations = "regulations", "规章", "regulations";
        /// Art. 20 item 1.
        NormativeDocuments = "normative_documents", "行政规范性文件", "normative documents";
        /// Art. 20 item 5.
        Licences = "licences", "行政许可", "licences";
        /// Art. 20 item 6.
        Penalties = "penalties", "行政处罚", "penalties";
        /// Art. 20 item 6.
        Enforcement = "enforcement", "行政强制", "coercive measures";
        /// Art. 20 item 8.
        Charges = "charges", "行政事业性收费", "charges";
    }
}

/// Documents of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// 本年制发件数.
    pub made: u64,
    /// 本年废止件数.
    pub repealed: u64,
    /// 现行有效件数.
    pub in_force: u64,
}

/// The table of a year; what is missing has not been entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableTwo {
    /// 规章.
    pub regulations: Option<Issued>,
    /// 行政规范性文件.
    pub normative_documents: Option<Issued>,
    /// 行政许可: decisions.
    pub licences: Option<u64>,
    /// 行政处罚: decisions.
    pub penalties: Option<u64>,
    /// 行政强制: decisions.
    pub enforcement: Option<u64>,
    /// 行政事业性收费: what was collected, in fen. The form prints it in units of ten thousand yuan.
    pub charges: Option<u64>,
}

impl TableTwo {
    /// The documents of a line that lists documents.
    #[must_use]
    pub const fn issued(&self, item: TwoItem) -> Option<Issued> {
        match item {
            TwoItem::Regulations => self.regulations,
            TwoItem::NormativeDocuments => self.normative_documents,
            _ => None,
        }
    }

    /// The lines that are not entered yet; nothing of a kind is entered as 0.
    pub fn missing(&self) -> impl Iterator<Item = TwoItem> + use<> {
        let entered = [
            (TwoItem::Regulations, self.regulations.is_some()),
            (TwoItem::NormativeDocuments, self.normative_documents.is_some()),
            (TwoItem::Licences, self.licences.is_some()),
            (TwoItem::Penalties, self.penalties.is_some()),
            (TwoItem::Enforcement, self.enforcement.is_some()),
            (TwoItem::Charges, self.charges.is_some()),
        ];
        entered.into_iter().filter(|(_, entered)| !entered).map(|(item, _)| item)
    }

    /// Together with that of another agency: what only one of them has entered is taken as it is.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let sum = |one: Option<u64>, other: Option<u64>| match (one, other) {
            (Some(one), Some(other)) => Some(one.saturating_add(other)),
            (one, other) => one.or(other),
        };
        let both = |one: Option<Issued>, other: Option<Issued>| match (one, other) {
            (Some(one), Some(other)) => Some(Issued {
                made: one.made.saturating_add(other.made),
                repealed: one.repealed.saturating_add(other.repealed),
                in_force: one.in_force.saturating_add(other.in_force),
            }),
            (one, other) => one.or(other),
        };
        Self {
            regulations: both(self.regulations, other.regulations),
            normative_documents: both(self.normative_documents, other.normative_documents),
            licences: sum(self.licences, other.licences),
            penalties: sum(self.penalties, other.penalties),
            enforcement: sum(self.enforcement, other.enforcement),
            charges: sum(self.charges, other.charges),
        }
    }
}

/// Fen in units of ten thousand yuan, as the form wants it: without zeros at the end.
#[must_use]
pub fn in_ten_thousand(fen: u64) -> String {
    const UNIT: u64 = 1_000_000;
    let (whole, rest) = (fen / UNIT, fen % UNIT);
    let digits = format!("{rest:06}");
    match digits.trim_end_matches('0') {
        "" => whole.to_string(),
        rest => format!("{whole}.{rest}"),
    }
}

/// Fen from units of ten thousand yuan with at most six decimals; none for what is no such number.
#[must_use]
pub fn from_ten_thousand(text: &str) -> Option<u64> {
    const UNIT: u64 = 1_000_000;
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || rest.len() > 6 || !plain(whole) || !plain(rest) {
        return None;
    }
    let rest: u64 = format!("{rest:0<6}").parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(UNIT)?.checked_add(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousands_come_back_as_they_were_printed() {
        for printed in ["96171.6", "59237.2449", "7545", "0", "0.000001"] {
            let fen = from_ten_thousand(printed).unwrap();
            assert_eq!(in_ten_thousand(fen), printed);
        }
        for wrong in ["", ".5", "1.2345678", "-1", "1e3", "1,000"] {
            assert_eq!(from_ten_thousand(wrong), None, "{wrong}");
        }
    }
}
