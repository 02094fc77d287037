//! What an audit can find, each with its first bad place, said in both languages.

use super::super::log::{Chain, ChainName};
use super::super::seal::{BadSeal, Forgery, SealFlaw};
use super::super::verify::Break;
use crate::ids::CaseId;
use thiserror::Error;

/// One finding. Places in the log count from 0. `Display` is the English sentence, [`Finding::zh`] its twin.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Finding {
    /// The seal with number `expected` is missing, doubled or out of order.
    #[error("{}", bad(*number, SealFlaw::Gap { expected: *expected }))]
    SealGap {
        /// The number that should have come.
        expected: u64,
        /// The number that came.
        number: u64,
    },
    /// A seal is none: its signature does not hold, its key is unknown, or it cannot be read.
    #[error("{}", bad(*number, SealFlaw::Forged(*why)))]
    SealForged {
        /// The number it bears, or that it should bear if it cannot be read.
        number: u64,
        /// What is wrong.
        why: Forgery,
    },
    /// A genuine seal does not name the one before it.
    #[error("{}", bad(*number, SealFlaw::PreviousDiffers))]
    SealPreviousDiffers {
        /// Its number.
        number: u64,
    },
    /// A genuine seal cannot come after the one before it: it stands for less, or changes algorithm and size at once.
    #[error("{}", bad(*number, *what))]
    SealOutOfLine {
        /// Its number.
        number: u64,
        /// [`SealFlaw::SizeFell`] or [`SealFlaw::ChangeoverGrew`].
        what: SealFlaw,
    },
    /// The leaf at `place` is missing, doubled or out of order. What comes after it was not checked.
    #[error(
        "leaf {place} of the seal log was due and leaf {found} stands there: one is missing, doubled or out of order"
    )]
    LeafMissing {
        /// The place that should have come.
        place: u64,
        /// The place that came.
        found: u64,
    },
    /// A leaf's text and the hash beside it do not belong together.
    #[error("leaf {place} of the seal log does not match its hash: it has been changed")]
    LeafChanged {
        /// Its place.
        place: u64,
    },
    /// A leaf matches its hash, and this version cannot read it.
    #[error("leaf {place} of the seal log is of a form that this version does not know")]
    LeafUnreadable {
        /// Its place.
        place: u64,
    },
    /// The log is shorter than what is sealed.
    #[error("the seal log ends after {found} leaves, and {sealed} are sealed: it has been cut off")]
    LogCutOff {
        /// The largest size that a genuine seal names.
        sealed: u64,
        /// The size found.
        found: u64,
    },
    /// The leaves do not give the root that was sealed: one of those from `after` up to but without `size` was changed,
    /// dropped, inserted or moved.
    #[error(
        "the leaves do not give the root of seal {number}: something was changed from leaf {after} on, before leaf {size}"
    )]
    RootDiffers {
        /// The number of the first seal whose root differs.
        number: u64,
        /// How many leaves the last seal that holds stands for; so many are as they were.
        after: u64,
        /// How many leaves this seal stands for.
        size: u64,
    },
    /// The event that was sealed as a head is another today: the history was recomputed, or the leaf is not genuine.
    #[error("event {seq} of {chain} is not the one that leaf {place} names, {}", proof(*seal))]
    HeadDiffers {
        /// The case or other chain.
        chain: Chain,
        /// The number of the event.
        seq: u32,
        /// The place of the leaf.
        place: u64,
        /// The seal that proves the leaf; none if no root over it holds.
        seal: Option<u64>,
    },
    /// The chain was cut off below what was sealed.
    #[error("{chain} ends at event {found}, and leaf {place} names event {sealed}, {}", proof(*seal))]
    HeadBehindSeal {
        /// The case or other chain.
        chain: Chain,
        /// The number of the event sealed.
        sealed: u32,
        /// The number of the last event found; 0 for none.
        found: u32,
        /// The place of the leaf.
        place: u64,
        /// The seal that proves the leaf; none if no root over it holds.
        seal: Option<u64>,
    },
    /// The case (or other chain) is not there any more.
    #[error("{chain} is gone, and leaf {place} names it, {}", proof(*seal))]
    CaseGone {
        /// The case or other chain.
        chain: Chain,
        /// The place of the first leaf of it.
        place: u64,
        /// The seal that proves the leaf; none if no root over it holds.
        seal: Option<u64>,
    },
    /// The journal of a case does not hold in itself.
    #[error("case {case}: {broken}")]
    JournalBroken {
        /// The case.
        case: CaseId,
        /// Where and how.
        broken: Break,
    },
    /// A chain that is no case's does not hold in itself.
    #[error("chain {}: {broken}", chain.as_str())]
    ChainBroken {
        /// Its name.
        chain: ChainName,
        /// Where and how.
        broken: Break,
    },
}

fn bad(number: u64, what: SealFlaw) -> BadSeal {
    BadSeal { number, what }
}

fn proof(seal: Option<u64>) -> String {
    seal.map_or_else(|| "which no root proves".to_owned(), |seal| format!("which seal {seal} proves"))
}

fn proof_zh(seal: Option<u64>) -> String {
    seal.map_or_else(|| "（该条本身未获根值证明）".to_owned(), |seal| format!("（由第 {seal} 号封存证明）"))
}

impl Finding {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::SealGap { expected, number } => bad(*number, SealFlaw::Gap { expected: *expected }).zh(),
            Self::SealForged { number, why } => bad(*number, SealFlaw::Forged(*why)).zh(),
            Self::SealPreviousDiffers { number } => bad(*number, SealFlaw::PreviousDiffers).zh(),
            Self::SealOutOfLine { number, what } => bad(*number, *what).zh(),
            Self::LeafMissing { place, found } => {
                format!("封存日志此处应为位置 {place}，实为位置 {found}：有记录缺失、重复或次序错乱")
            }
            Self::LeafChanged { place } => format!("封存日志位置 {place} 的内容与其哈希值不符，已被改动"),
            Self::LeafUnreadable { place } => format!("封存日志位置 {place} 的格式不为本版本所识别"),
            Self::LogCutOff { sealed, found } => format!("封存日志仅有 {found} 条，而已封存 {sealed} 条：日志被截短"),
            Self::RootDiffers { number, after, size } => format!(
                "封存日志推不出第 {number} 号封存的根值：自位置 {after} 起、位置 {size} 之前，有记录被改动、删除、插入或移位"
            ),
            Self::HeadDiffers { chain, seq, place, seal } => {
                let (chain, proof) = (chain.zh(), proof_zh(*seal));
                format!("{chain}第 {seq} 条日志与封存日志位置 {place} 所记不同{proof}：历史记录已被重算，或该条不实")
            }
            Self::HeadBehindSeal { chain, sealed, found, place, seal } => {
                let (chain, proof) = (chain.zh(), proof_zh(*seal));
                format!("{chain}的日志止于第 {found} 条，而封存日志位置 {place} 记有第 {sealed} 条{proof}：日志被截短")
            }
            Self::CaseGone { chain, place, seal } => {
                format!("{}已不存在，而封存日志位置 {place} 记有该项{}", chain.zh(), proof_zh(*seal))
            }
            Self::JournalBroken { case, broken } => format!("案件 {case}：{}", broken.zh()),
            Self::ChainBroken { chain, broken } => format!("链 {}：{}", chain.as_str(), broken.zh()),
        }
    }

    pub(super) fn of_seal(number: u64, what: SealFlaw) -> Self {
        match what {
            SealFlaw::Forged(why) => Self::SealForged { number, why },
            SealFlaw::Gap { expected } => Self::SealGap { expected, number },
            SealFlaw::PreviousDiffers => Self::SealPreviousDiffers { number },
            SealFlaw::SizeFell { .. } | SealFlaw::ChangeoverGrew | SealFlaw::Inconsistent(_) => {
                Self::SealOutOfLine { number, what }
            }
        }
    }

    /// The same finding once it is known which seal proves its leaf.
    pub(super) fn proved_by(mut self, by: Option<u64>) -> Self {
        if let Self::HeadDiffers { seal, .. } | Self::HeadBehindSeal { seal, .. } | Self::CaseGone { seal, .. } =
            &mut self
        {
            *seal = by;
        }
        self
    }

    /// Its rank in a report: seals, log, heads in order of place, journals. Within a rank the order of the walk stays.
    pub(super) const fn order(&self) -> (u8, u64) {
        match self {
            Self::SealGap { .. }
            | Self::SealForged { .. }
            | Self::SealPreviousDiffers { .. }
            | Self::SealOutOfLine { .. } => (0, 0),
            Self::LeafMissing { .. }
            | Self::LeafChanged { .. }
            | Self::LeafUnreadable { .. }
            | Self::LogCutOff { .. }
            | Self::RootDiffers { .. } => (1, 0),
            // These come from two walks.
            Self::HeadDiffers { place, .. } | Self::HeadBehindSeal { place, .. } | Self::CaseGone { place, .. } => {
                (2, *place)
            }
            Self::JournalBroken { .. } | Self::ChainBroken { .. } => (3, 0),
        }
    }
}
