//! What is wrong beside the seals, the log and the chains of cases: columns, what was kept from the sealer, files of proceedings.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::ids::{CaseId, LogId, ProceedingId};
use crate::journal::mooring::Adrift;

/// What is wrong with an entry although the chains hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// It was there when the last seal was made and is not under it: somebody kept it from the sealer.
    LeftOut {
        /// Its case.
        case: CaseId,
        /// Its number.
        seq: u32,
        /// When it was made, as it says.
        at: DateTime<Utc>,
    },
    /// An entry of the log was there when the last seal was made and is in no chain: somebody kept it from the sealer, or put it in
    /// since.
    NotLinked {
        /// Its id.
        entry: LogId,
        /// Where it would belong.
        chain: String,
        /// When it was made, as it says.
        at: DateTime<Utc>,
    },
    /// A column beside the text of an entry of a named chain says something else than the text.
    LogColumn {
        /// The chain.
        chain: &'static str,
        /// Its number.
        seq: u32,
    },
    /// A column beside its text says something else than the text, which is what is hashed.
    Column {
        /// Its case.
        case: CaseId,
        /// Its number.
        seq: u32,
    },
    /// The file of a proceeding is not the one that its case's journal names.
    Adrift {
        /// The file.
        proceeding: ProceedingId,
        /// How.
        how: Adrift,
    },
    /// A column beside the text of an entry of a proceeding says something else than the text.
    ProceedingColumn {
        /// The file.
        proceeding: ProceedingId,
        /// Its number.
        seq: u32,
    },
}

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOut { case, seq, at } => {
                write!(f, "entry {seq} of case {case} ({at}) is older than the last seal and not under it")
            }
            Self::NotLinked { entry, chain, at } => {
                write!(f, "entry {entry} ({at}) is older than the last seal and not in chain {chain}")
            }
            Self::LogColumn { chain, seq } => {
                write!(f, "entry {seq} of chain {chain}: a column does not say what its text says")
            }
            Self::Column { case, seq } => {
                write!(f, "entry {seq} of case {case}: a column does not say what its text says")
            }
            Self::Adrift { proceeding, how } => write!(f, "proceeding {proceeding}: {how}"),
            Self::ProceedingColumn { proceeding, seq } => {
                write!(f, "entry {seq} of proceeding {proceeding}: a column does not say what its text says")
            }
        }
    }
}

impl Beside {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::LeftOut { case, seq, at } => {
                format!("案件 {case} 第 {seq} 条（{at}）早于最近一次封存，却不在封存之内")
            }
            Self::NotLinked { entry, chain, at } => {
                format!("留痕 {entry}（{at}）早于最近一次封存，却不在链 {chain} 之内")
            }
            Self::LogColumn { chain, seq } => format!("链 {chain} 第 {seq} 条的数据列与其正文不符"),
            Self::Column { case, seq } => format!("案件 {case} 第 {seq} 条的数据列与其正文不符"),
            Self::Adrift { proceeding, how } => format!("复议诉讼案卷 {proceeding}：{}", how.zh()),
            Self::ProceedingColumn { proceeding, seq } => {
                format!("复议诉讼案卷 {proceeding} 第 {seq} 条的数据列与其正文不符")
            }
        }
    }
}
