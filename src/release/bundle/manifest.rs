//! The manifest: every member of the archive with its size and digest, and what the bundle says of itself. It is signed as a
//! whole, under a purpose of its own, with the key that seals.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::CaseId;
use crate::vault::Digest;

/// The form of the bundle.
pub const FORM: &str = "dafu/bundle/1";

/// The purpose under its signature: a signature under a seal is none under a bundle, nor the other way round.
pub const SIGNED: &str = "dafu/bundle/1";

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its path in the archive.
    pub path: String,
    /// What it is, in Chinese.
    pub what: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, as common tools print it.
    pub sha256: String,
}

/// What a bundle says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// The case.
    pub case: CaseId,
    /// The number on the receipt.
    pub receipt_no: String,
    /// The number in the register.
    pub number: Option<String>,
    /// The agency.
    pub agency: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Whether numbers and addresses of people, and what came with the application, are left out.
    pub masked: bool,
    /// How many entries the journal had.
    pub entries: u32,
    /// The hash of the last of them.
    pub head: Digest,
}

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORM`].
    pub form: String,
    /// What the bundle says of itself.
    pub bundle: Standing,
    /// Every member but the manifest itself and its signature, in their order.
    pub members: Vec<Member>,
}

/// The signature under a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// The fingerprint of the key.
    pub key: Digest,
    /// The Ed25519 signature over [`SIGNED`], a line feed and the bytes of the manifest, in hexadecimal.
    pub signature: String,
}
