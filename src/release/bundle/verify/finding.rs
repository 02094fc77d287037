//! What can be wrong with a bundle. `Display` is the English sentence, [`Finding::zh`] its twin.

use std::fmt;

use crate::ids::ProceedingId;
use crate::journal::log::ProofFault;
use crate::journal::mooring::Adrift;
use crate::journal::seal::Forgery;
use crate::journal::verify::Break;
use crate::release::bundle::Kind;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is no archive, or not a whole one.
    NoArchive(String),
    /// A member cannot be read.
    Unreadable {
        /// Its path.
        member: String,
        /// Why.
        why: String,
    },
    /// A member is not there.
    Missing {
        /// Its path.
        member: String,
    },
    /// A member is there that the manifest does not name.
    Extra {
        /// Its path.
        member: String,
    },
    /// A member is not what the manifest says.
    Changed {
        /// Its path.
        member: String,
    },
    /// Two members have one name: one program shows this one, another that one.
    Twice {
        /// The name.
        member: String,
    },
    /// The header before a member says something else than the table of the archive.
    Header {
        /// Its path.
        member: String,
    },
    /// A comment, a field or bytes are attached to a member in the archive.
    Attached {
        /// Its path.
        member: String,
    },
    /// Bytes of the archive belong to no member.
    Stray {
        /// The first of them, from 0.
        at: u64,
    },
    /// The archive does not end where its table says: it has a comment, or something was put behind it.
    Tail,
    /// Nobody whose key is believed signed the manifest.
    UnknownSigner {
        /// The fingerprint of the key that is named.
        key: String,
    },
    /// The manifest is not what was signed.
    ManifestForged,
    /// The journal is broken.
    Journal(Break),
    /// The journal does not end where the manifest says.
    OtherHead,
    /// An entry cannot be read by this version.
    UnreadableEntry {
        /// Its number.
        seq: u32,
    },
    /// A content is not what an entry speaks of.
    Content {
        /// What.
        kind: Kind,
        /// Its id.
        id: String,
        /// The entry.
        seq: u32,
    },
    /// A content is neither there nor said to be left out.
    NoContent {
        /// What.
        kind: Kind,
        /// Its id.
        id: String,
        /// The entry.
        seq: u32,
    },
    /// The bytes of a file are not those that an entry speaks of.
    FileBytes {
        /// The member.
        member: String,
        /// The entry.
        seq: u32,
    },
    /// The file of a proceeding is not the one that the journal names.
    Adrift {
        /// The file.
        proceeding: ProceedingId,
        /// How.
        how: Adrift,
    },
    /// The leaf is not one of this journal.
    OtherLeaf,
    /// The leaf does not lie under the sealed root.
    NotUnder(ProofFault),
    /// The seal is nobody's whose key is believed.
    SealForged(Forgery),
}

impl Finding {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::NoArchive(why) => format!("不是完整的证据包：{why}"),
            Self::Unreadable { member, why } => format!("{member}：无法读取（{why}）"),
            Self::Missing { member } => format!("{member}：清单所列文件缺失"),
            Self::Extra { member } => format!("{member}：清单没有列出此文件"),
            Self::Changed { member } => format!("{member}：内容与清单不符，已被改动"),
            Self::Twice { member } => format!("{member}：压缩包中有不止一个同名文件"),
            Self::Header { member } => format!("{member}：文件之前的头部与压缩包的目录不符"),
            Self::Attached { member } => format!("{member}：压缩包中附有不属于此文件的内容（注释、附加字段或者数据）"),
            Self::Stray { at } => format!("压缩包自第 {at} 字节起有不属于任何文件的内容"),
            Self::Tail => "压缩包末尾附有注释或者其他内容".to_owned(),
            Self::UnknownSigner { key } => format!("manifest.sig.json：签名公钥 {key} 不在所给公钥之中"),
            Self::ManifestForged => "manifest.json：清单与签名不符，已被改动".to_owned(),
            Self::Journal(broken) => format!("data/journal.jsonl：{}", broken.zh()),
            Self::OtherHead => "data/journal.jsonl：日志的末条与清单所记不同".to_owned(),
            Self::UnreadableEntry { seq } => format!("data/journal.jsonl：本版本不能识别日志第 {seq} 条"),
            Self::Content { kind, id, seq } => {
                format!("data/contents.jsonl：{} {id} 与日志第 {seq} 条的摘要不符", kind.zh())
            }
            Self::NoContent { kind, id, seq } => {
                format!("data/contents.jsonl：缺少日志第 {seq} 条所指的{} {id}，也没有注明未附", kind.zh())
            }
            Self::FileBytes { member, seq } => format!("{member}：内容与日志第 {seq} 条所记的文件不符"),
            Self::Adrift { proceeding, how } => {
                format!("data/proceedings.jsonl：复议诉讼案卷 {proceeding}：{}", how.zh())
            }
            Self::OtherLeaf => "proof/leaf.json：不是本案日志的记录".to_owned(),
            Self::NotUnder(fault) => format!("proof/inclusion.json：{}", fault.zh()),
            Self::SealForged(forgery) => format!("proof/seal.json：{}", forgery.zh()),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoArchive(why) => write!(f, "this is no whole bundle: {why}"),
            Self::Unreadable { member, why } => write!(f, "{member}: cannot be read ({why})"),
            Self::Missing { member } => write!(f, "{member}: the manifest names it and it is not there"),
            Self::Extra { member } => write!(f, "{member}: it is there and the manifest does not name it"),
            Self::Changed { member } => write!(f, "{member}: it is not what the manifest says: it has been changed"),
            Self::Twice { member } => write!(f, "{member}: more than one member of the archive has this name"),
            Self::Header { member } => {
                write!(f, "{member}: the header before it is not what the table of the archive says")
            }
            Self::Attached { member } => {
                write!(f, "{member}: a comment, a field or bytes are attached to it in the archive")
            }
            Self::Stray { at } => write!(f, "from byte {at} on the archive holds what belongs to no member"),
            Self::Tail => write!(f, "a comment or something else stands at the end of the archive"),
            Self::UnknownSigner { key } => write!(f, "manifest.sig.json: the key {key} is none of those given"),
            Self::ManifestForged => write!(f, "manifest.json: it is not what was signed: it has been changed"),
            Self::Journal(broken) => write!(f, "data/journal.jsonl: {broken}"),
            Self::OtherHead => write!(f, "data/journal.jsonl: it does not end with the entry that the manifest names"),
            Self::UnreadableEntry { seq } => write!(f, "data/journal.jsonl: entry {seq} is not known to this version"),
            Self::Content { kind, id, seq } => {
                write!(f, "data/contents.jsonl: {} {id} does not match its digest in entry {seq}", kind.en())
            }
            Self::NoContent { kind, id, seq } => {
                write!(
                    f,
                    "data/contents.jsonl: {} {id} of entry {seq} is neither there nor said to be left out",
                    kind.en()
                )
            }
            Self::FileBytes { member, seq } => {
                write!(f, "{member}: its bytes are not those of the file in entry {seq}")
            }
            Self::Adrift { proceeding, how } => {
                write!(f, "data/proceedings.jsonl: proceeding {proceeding}: {how}")
            }
            Self::OtherLeaf => write!(f, "proof/leaf.json: it is not an entry of this journal"),
            Self::NotUnder(fault) => write!(f, "proof/inclusion.json: {fault}"),
            Self::SealForged(forgery) => write!(f, "proof/seal.json: {forgery}"),
        }
    }
}
