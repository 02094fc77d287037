//! What can be wrong with seals, said in both languages.

use super::super::canonical::CanonicalFault;
use super::super::log::ProofFault;
use std::fmt;
use thiserror::Error;

/// Why a seal cannot be made or read. `Display` is the English sentence, [`SealFault::zh`] its twin.
#[derive(Debug, Error)]
pub enum SealFault {
    /// The text is not that of a seal, or not in its one spelling.
    #[error("not a seal in its published form")]
    NotASeal,
    /// The signature is not 128 lower-case hexadecimal digits.
    #[error("not a signature: 128 lower-case hexadecimal digits are expected")]
    NotASignature,
    /// A number or a size is beyond what canonical JSON holds.
    #[error("the seal cannot be written: {0}")]
    NotCanonical(#[source] CanonicalFault),
    /// The log to be sealed is shorter than what is sealed already: it has lost leaves, and must not be sealed.
    #[error("the log has {found} leaves and {sealed} are sealed already: it has been cut off and is not sealed again")]
    LogShrank {
        /// The size that the last seal names.
        sealed: u64,
        /// The size now.
        found: u64,
    },
    /// With another algorithm the size sealed last must be sealed first.
    #[error("the first seal under another algorithm must seal the same {sealed} leaves, not {found}")]
    ChangeoverGrew {
        /// The size that the last seal names.
        sealed: u64,
        /// The size now.
        found: u64,
    },
}

impl SealFault {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::NotASeal => "不是规定格式的封存记录".to_owned(),
            Self::NotASignature => "不是有效的签名文本：应为 128 位小写十六进制数字".to_owned(),
            Self::NotCanonical(fault) => format!("封存记录无法写出：{}", fault.zh()),
            Self::LogShrank { sealed, found } => {
                format!("封存日志现有 {found} 条，而已封存 {sealed} 条：日志被截短，不予再次封存")
            }
            Self::ChangeoverGrew { sealed, found } => {
                format!("更换算法后的首次封存应仍为原 {sealed} 条，实为 {found} 条")
            }
        }
    }
}

/// Why a seal is not taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Forgery {
    /// It was not signed by the key it names, or was changed since.
    #[error("its signature does not hold")]
    Signature,
    /// The key it names is none of those known.
    #[error("it names a key that is not known")]
    UnknownKey,
    /// Its text or signature is not in the published form.
    #[error("it is not in the published form")]
    Unreadable,
}

impl Forgery {
    /// The Chinese sentence.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Signature => "签名无效",
            Self::UnknownKey => "所用密钥不在已知公钥之列",
            Self::Unreadable => "格式不符",
        }
    }
}

/// What is wrong with a seal in its place among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealFlaw {
    /// It is none.
    Forged(Forgery),
    /// The seal with number `expected` should have stood here.
    Gap {
        /// The number that should have come.
        expected: u64,
    },
    /// It does not name the seal before it.
    PreviousDiffers,
    /// It stands for fewer leaves than the one before it.
    SizeFell {
        /// The size that the one before names.
        before: u64,
    },
    /// It changes the algorithm and the size at once, so that nothing ties it to the one before it.
    ChangeoverGrew,
    /// The log it seals does not begin with the log sealed before; `None` if the proof of it is lacking.
    Inconsistent(Option<ProofFault>),
}

/// The first seal at which a list fails. `Display` is the English sentence, [`BadSeal::zh`] its twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadSeal {
    /// The number it bears.
    pub number: u64,
    /// What is wrong with it.
    pub what: SealFlaw,
}

impl BadSeal {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        let number = self.number;
        match self.what {
            SealFlaw::Forged(forgery) => format!("第 {number} 号封存系伪造或已被改动：{}", forgery.zh()),
            SealFlaw::Gap { expected } => {
                format!("此处应为第 {expected} 号封存，实为第 {number} 号：有封存缺失、重复或次序错乱")
            }
            SealFlaw::PreviousDiffers => format!("第 {number} 号封存与前一号封存不相衔接"),
            SealFlaw::SizeFell { before } => format!("第 {number} 号封存的条数少于前一号封存的 {before} 条"),
            SealFlaw::ChangeoverGrew => format!("第 {number} 号封存更换算法时条数也有变化，与前一号封存无从衔接"),
            SealFlaw::Inconsistent(Some(fault)) => {
                format!("第 {number} 号封存的日志不以前一号封存的日志为开头：{}", fault.zh())
            }
            SealFlaw::Inconsistent(None) => format!("第 {number} 号封存缺少与前一号封存一致的证明"),
        }
    }
}

impl fmt::Display for BadSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number;
        match self.what {
            SealFlaw::Forged(forgery) => write!(f, "seal {number} is forged or was changed: {forgery}"),
            SealFlaw::Gap { expected } => {
                write!(
                    f,
                    "seal {expected} was due and seal {number} stands there: one is missing, doubled or out of order"
                )
            }
            SealFlaw::PreviousDiffers => write!(f, "seal {number} does not follow the one before it"),
            SealFlaw::SizeFell { before } => {
                write!(f, "seal {number} stands for fewer leaves than the {before} of the one before it")
            }
            SealFlaw::ChangeoverGrew => {
                write!(f, "seal {number} changes algorithm and size at once and is tied to nothing before it")
            }
            SealFlaw::Inconsistent(Some(fault)) => {
                write!(f, "the log under seal {number} does not begin with the log sealed before: {fault}")
            }
            SealFlaw::Inconsistent(None) => {
                write!(f, "the proof that seal {number} is consistent with the one before it is lacking")
            }
        }
    }
}

impl std::error::Error for BadSeal {}
