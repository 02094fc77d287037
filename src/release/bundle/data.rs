//! The lines of the data in a bundle: what a program reads who checks it, or takes it over.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::ProceedingId;
use crate::law::coded::coded;

/// A link of the journal's chain, beside the canonical text in the line of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainLine {
    /// The number of the entry.
    pub seq: u32,
    /// How it is hashed.
    pub algorithm: String,
    /// The hash before it.
    pub previous: String,
    /// Its hash.
    pub hash: String,
}

/// An entry of the file of a proceeding with its link. Texts of the file are the office's own: of them there are digests only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProceedingLine {
    /// The file.
    pub proceeding: ProceedingId,
    /// The number of the entry, how it is hashed, the hash before it, its hash.
    pub link: ChainLine,
    /// The canonical text that was hashed.
    pub body: String,
}

coded! {
    /// What the journal refers to.
    pub enum Kind {
        /// Words.
        Text = "text", "文字", "text";
        /// The particulars of somebody.
        Person = "person", "人员信息", "person";
        /// The particulars of a file: name, size, SHA-256.
        File = "file", "文件", "file";
    }
}

coded! {
    /// Why a content is not in the bundle.
    pub enum Withheld {
        /// The bundle is masked.
        Masked = "masked", "已隐去", "masked";
        /// It is the office's own.
        Internal = "internal", "内部材料，不入卷", "internal";
        /// It waits for the virus scanner, or that has found something.
        Locked = "locked", "未通过病毒扫描", "locked away by the virus scanner";
        /// It was destroyed.
        Destroyed = "destroyed", "已销毁", "destroyed";
    }
}

/// A content that an entry of the journal refers to by its id and salted digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContentLine {
    /// What.
    pub of: Kind,
    /// Its id in the journal.
    pub id: Uuid,
    /// The salt of its digest, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The content that was digested, to the last byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Of a file: the member that has its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Why it is not here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
}
