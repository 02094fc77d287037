//! Why a proof is not accepted.

use thiserror::Error;

/// Why a proof is not accepted. `Display` is the English sentence, [`ProofFault::zh`] its twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofFault {
    /// The proof is about a tree of another size or algorithm than the root at hand.
    #[error("the proof is about another tree than this root")]
    OtherTree,
    /// It speaks of a place that a tree of this size does not have.
    #[error("the proof speaks of a place that the tree does not have")]
    Outside,
    /// Its path is longer or shorter than a tree of this size allows.
    #[error("the path of the proof does not have the length that the size of the tree asks for")]
    WrongLength,
    /// Its hashes do not lead to the root.
    #[error("the hashes of the proof do not lead to the root")]
    Refuted,
}

impl ProofFault {
    /// The Chinese sentence.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::OtherTree => "证明所针对的不是这一根值",
            Self::Outside => "证明所指的位置不在日志范围内",
            Self::WrongLength => "证明路径的长度与日志条数不符",
            Self::Refuted => "证明中的哈希值推不出该根值",
        }
    }
}
