//! What is wrong beside the seals, the log and the chains of cases: columns, what was kept from the sealer, files of proceedings.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::ids::{CaseId, EnquiryId, LogId, ProceedingId};
use crate::journal::mooring::Adrift;

/// What is wrong although the chains hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// A column beside the text of a seal says something else than what was signed.
    SealColumn {
        /// The seal.
        number: i64,
        /// The column.
        column: &'static str,
    },
    /// A column beside the text of a leaf says something else than the text, or than the seals over it.
    LeafColumn {
        /// Its place.
        place: i64,
        /// The column.
        column: &'static str,
    },
    /// Nodes kept for proofs are not those that the leaves give.
    Nodes {
        /// The height of the first.
        level: i32,
        /// Its place.
        place: i64,
        /// How many.
        count: u64,
    },
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
    /// An enquiry is not the one that the chain `staff` names.
    EnquiryAdrift {
        /// Which.
        enquiry: EnquiryId,
        /// How.
        how: Adrift,
    },
    /// A column beside the text of an entry of an enquiry says something else than the text.
    EnquiryColumn {
        /// Which.
        enquiry: EnquiryId,
        /// Its number.
        seq: u32,
    },
}

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SealColumn { number, column } => {
                write!(f, "seal {number}: column {column} does not say what was signed")
            }
            Self::LeafColumn { place, column } => {
                write!(f, "leaf {place} of the log: column {column} does not say what its text and the seals say")
            }
            Self::Nodes { level, place, count } => write!(
                f,
                "{count} nodes kept for proofs are not what the leaves give, the first at level {level}, place {place}: run dafu audit rebuild-nodes"
            ),
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
            Self::EnquiryAdrift { enquiry, how } => write!(f, "enquiry {enquiry}: {}", how.en_of_enquiry()),
            Self::EnquiryColumn { enquiry, seq } => {
                write!(f, "entry {seq} of enquiry {enquiry}: a column does not say what its text says")
            }
        }
    }
}

impl Beside {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::SealColumn { number, column } => format!("第 {number} 号封存的 {column} 一列与所签内容不符"),
            Self::LeafColumn { place, column } => {
                format!("封存日志第 {place} 条的 {column} 一列与其正文或者封存不符")
            }
            Self::Nodes { level, place, count } => format!(
                "供证明用的中间结点有 {count} 个与封存日志不符，首个在第 {level} 层第 {place} 位：请运行 dafu audit rebuild-nodes"
            ),
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
            Self::EnquiryAdrift { enquiry, how } => format!("来信 {enquiry}：{}", how.zh_of_enquiry()),
            Self::EnquiryColumn { enquiry, seq } => format!("来信 {enquiry} 第 {seq} 条的数据列与其正文不符"),
        }
    }
}
