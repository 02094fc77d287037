//! What is sealed: that the head of a chain was, at its event `seq`, a certain hash.
//!
//! The published form is one line of canonical JSON (RFC 8785), of two kinds:
//!
//! ```text
//! {"algorithm":"sha-256","case":"<uuid>","hash":"<64 hex digits>","seq":7}
//! {"algorithm":"sm3","chain":"readings","hash":"<64 hex digits>","seq":7}
//! ```
//!
//! `algorithm` is that of the chain's link, which need not be the algorithm of the tree. One leaf has one text:
//! reading refuses any other spelling of it.

use super::super::algorithm::Algorithm;
use super::tree;
use crate::ids::CaseId;
use crate::vault::Digest;
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The longest name of a chain, in characters.
const LONGEST_NAME: usize = 32;

/// The name of a chain that is not a case: 1 to 32 of a–z, 0–9 and the hyphen ("readings", "staff").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainName(String);

impl ChainName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is no [`ChainName`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not the name of a chain: 1 to 32 of a-z, 0-9 and the hyphen are expected")]
pub struct NotAChainName;

impl FromStr for ChainName {
    type Err = NotAChainName;

    fn from_str(name: &str) -> Result<Self, NotAChainName> {
        let allowed = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(allowed) {
            Ok(Self(name.to_owned()))
        } else {
            Err(NotAChainName)
        }
    }
}

/// Whose head is sealed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// The journal of a case.
    Case(CaseId),
    /// Another chain, one of each name.
    Named(ChainName),
}

impl Chain {
    /// How Chinese names it.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Case(case) => format!("案件 {case}"),
            Self::Named(name) => format!("链 {}", name.as_str()),
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(case) => write!(f, "case {case}"),
            Self::Named(name) => write!(f, "chain {}", name.as_str()),
        }
    }
}

/// One leaf of the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Leaf {
    /// Whose head.
    pub chain: Chain,
    /// The number of the event that was the head, from 1.
    pub seq: u32,
    /// The hash of that event.
    pub hash: Digest,
    /// How that hash was computed.
    pub algorithm: Algorithm,
}

impl Leaf {
    /// The published text.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { chain, seq, hash, algorithm } = self;
        // Already canonical: the members stand in order, and none of the values has a letter that JSON escapes.
        match chain {
            Chain::Case(case) => {
                format!(r#"{{"algorithm":"{algorithm}","case":"{case}","hash":"{hash}","seq":{seq}}}"#)
            }
            Chain::Named(name) => {
                let name = name.as_str();
                format!(r#"{{"algorithm":"{algorithm}","chain":"{name}","hash":"{hash}","seq":{seq}}}"#)
            }
        }
    }

    /// The hash by which it stands in a tree made with `tree`.
    #[must_use]
    pub fn leaf_hash(&self, tree: Algorithm) -> Digest {
        tree::leaf_hash(tree, self.text().as_bytes())
    }
}

/// A text that is not the published text of a [`Leaf`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a leaf of the seal log in its published form")]
pub struct NotALeaf;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    algorithm: Algorithm,
    case: Option<CaseId>,
    chain: Option<String>,
    hash: Digest,
    seq: u32,
}

impl FromStr for Leaf {
    type Err = NotALeaf;

    fn from_str(text: &str) -> Result<Self, NotALeaf> {
        let form: Form = serde_json::from_str(text).map_err(|_not_of_the_form| NotALeaf)?;
        let chain = match (form.case, form.chain) {
            (Some(case), None) => Chain::Case(case),
            (None, Some(name)) => Chain::Named(name.parse().map_err(|NotAChainName| NotALeaf)?),
            _ => return Err(NotALeaf),
        };
        let leaf = Self { chain, seq: form.seq, hash: form.hash, algorithm: form.algorithm };
        if leaf.text() == text { Ok(leaf) } else { Err(NotALeaf) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::canonical;
    use serde_json::Value;
    use uuid::Uuid;

    fn leaves() -> [Leaf; 2] {
        let hash = Digest::of("test", &[b"head"]);
        [
            Leaf {
                chain: Chain::Case(CaseId::from_uuid(Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0001))),
                seq: 7,
                hash,
                algorithm: Algorithm::Sha256,
            },
            Leaf {
                chain: Chain::Named("readings".parse().expect("a name")),
                seq: u32::MAX,
                hash,
                algorithm: Algorithm::Sm3,
            },
        ]
    }

    #[test]
    fn the_form_of_a_leaf_stays_as_published() {
        // Computed with another program from the description above. If this fails, no seal in the field holds.
        let [case, named] = leaves();
        assert_eq!(case.text(), VECTOR_CASE);
        assert_eq!(named.text(), VECTOR_NAMED);
        assert_eq!(
            case.leaf_hash(Algorithm::Sha256).to_string(),
            "ed3201de68c3ffa2d543c0eb5f6ca6d0024cb81e13eb423fc9026451f723eb18"
        );
        assert_eq!(
            case.leaf_hash(Algorithm::Sm3).to_string(),
            "24af4882483a388cf973b6c9bb748fc94492ccea896e9412162a83d4b25adbba"
        );
        assert_eq!(
            named.leaf_hash(Algorithm::Sha256).to_string(),
            "3858e7722949cd46c235ad4156b1832c61834c225107231f491d12d5bbfd54e7"
        );
    }

    const VECTOR_CASE: &str = r#"{"algorithm":"sha-256","case":"0198c0de-0000-7000-8000-000000000001","hash":"ba48079cc239a7b098af9a417498fd0c4c00a7ca8491a7eace3679c718fa57db","seq":7}"#;
    const VECTOR_NAMED: &str = r#"{"algorithm":"sm3","chain":"readings","hash":"ba48079cc239a7b098af9a417498fd0c4c00a7ca8491a7eace3679c718fa57db","seq":4294967295}"#;

    #[test]
    fn a_leaf_is_canonical_and_comes_back_from_its_text() {
        for leaf in leaves() {
            let text = leaf.text();
            let value: Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(canonical::bytes(&value).expect("canonical"), text);
            assert_eq!(text.parse(), Ok(leaf));
        }
    }

    #[test]
    fn another_spelling_of_a_leaf_is_refused() {
        let [case, named] = leaves().map(|leaf| leaf.text());
        for wrong in [
            case.replace("\"seq\":7", "\"seq\": 7"),
            case.replace("\"seq\":7", "\"seq\":-7"),
            case.replace("\"seq\":7", "\"seq\":7,\"seq\":7"),
            case.replace("\"seq\":7", "\"seq\":7,\"more\":1"),
            case.replace("sha-256", "md5"),
            case.replace("0198c0de", "0198C0DE"),
            case.replace("\"case\"", "\"chain\":\"staff\",\"case\""),
            case.replace("\"case\":", "\"chain\":null,\"case\":"),
            named.replace("readings", "Readings"),
            named.replace("readings", ""),
            format!("{named}\n"),
            String::new(),
        ] {
            assert_eq!(wrong.parse::<Leaf>(), Err(NotALeaf), "{wrong}");
        }
    }

    #[test]
    fn a_chains_name_is_short_and_plain() {
        assert!("a-2".parse::<ChainName>().is_ok() && "a".repeat(32).parse::<ChainName>().is_ok());
        for wrong in ["", "A", "a b", "a\"", "台账", &"a".repeat(33)] {
            assert_eq!(wrong.parse::<ChainName>(), Err(NotAChainName), "{wrong}");
        }
    }
}
