//! Whose log a seal is of: a name that stands on one line of a mail or a sheet of paper.

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The longest name, in characters.
const LONGEST: usize = 100;

/// The agency or the instance, in free words on one line: 1 to 100 characters, no control characters, words parted by single
/// spaces, so that a mail program that folds spaces changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Origin(String);

impl Origin {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is no [`Origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an origin has 1 to 100 characters on one line, and single spaces between its words")]
pub struct NotAnOrigin;

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(name: &str) -> Result<Self, NotAnOrigin> {
        let folded = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = !name.chars().any(char::is_control) && folded == name;
        if plain && (1..=LONGEST).contains(&name.chars().count()) { Ok(Self(folded)) } else { Err(NotAnOrigin) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_one_line() {
        for name in ["某市政府办公室", "City: office (2)", &"甲".repeat(100)] {
            assert_eq!(name.parse::<Origin>().expect("an origin").as_str(), name);
        }
        for wrong in ["", " ", "a ", "a  b", "a\nb", "a\u{7}", "a\u{2028}b", "a\u{3000}b", &"甲".repeat(101)] {
            assert_eq!(wrong.parse::<Origin>(), Err(NotAnOrigin), "{wrong:?}");
        }
    }
}
