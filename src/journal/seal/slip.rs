//! A seal as a few lines of text for a mail or a sheet of paper, and back, so that the copy kept elsewhere can be held
//! against the seal in the database. A seal that was exchanged together with the key is found this way only.
//!
//! Reading is lenient where mail and typing change a text (quotation marks before lines, letter case, spacing, a wide
//! colon, other lines around it) and strict in what it says: every field once, nothing missing.

use super::Seal;
use super::origin::Origin;
use crate::journal::log::Root;
use crate::vault::Digest;
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Hexadecimal digits in a group.
const GROUP: usize = 4;

/// Groups on a line: 39 columns, which no mail program breaks.
const GROUPS_A_LINE: usize = 8;

/// Hexadecimal digits of a digest.
const DIGITS: usize = 64;

/// Seconds east of Greenwich of Beijing time, in which a slip tells the time.
const BEIJING_SECONDS: i32 = 8 * 3600;

/// What a slip says of a seal. `Display` writes it, [`FromStr`] reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Whose log it is.
    pub origin: Origin,
    /// The seal's number.
    pub number: u64,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The root sealed.
    pub root: Root,
    /// The fingerprint of the key that signed.
    pub key: Digest,
}

/// The fields in the order of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Origin,
    Number,
    Time,
    Size,
    Algorithm,
    Root,
    Key,
}

impl Field {
    const ALL: [Self; 7] = [Self::Origin, Self::Number, Self::Time, Self::Size, Self::Algorithm, Self::Root, Self::Key];

    const fn en(self) -> &'static str {
        match self {
            Self::Origin => "Origin",
            Self::Number => "Number",
            Self::Time => "Time",
            Self::Size => "Size",
            Self::Algorithm => "Algorithm",
            Self::Root => "Root",
            Self::Key => "Key",
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::Origin => "机构",
            Self::Number => "编号",
            Self::Time => "时间",
            Self::Size => "条数",
            Self::Algorithm => "算法",
            Self::Root => "根值",
            Self::Key => "公钥指纹",
        }
    }

    /// The field whose label stands before the colon: in Chinese, in English or in both.
    fn labelled(label: &str) -> Option<Self> {
        let words: Vec<&str> = label.split_whitespace().collect();
        Self::ALL.into_iter().find(|field| match words.as_slice() {
            [one] => *one == field.zh() || one.eq_ignore_ascii_case(field.en()),
            [zh, en] => *zh == field.zh() && en.eq_ignore_ascii_case(field.en()),
            _ => false,
        })
    }
}

impl Slip {
    fn value(&self, field: Field) -> String {
        match field {
            Field::Origin => self.origin.to_string(),
            Field::Number => self.number.to_string(),
            Field::Time => in_beijing(self.made_at),
            Field::Size => self.root.size.to_string(),
            Field::Algorithm => self.root.algorithm.to_string(),
            Field::Root => self.root.hash.to_string(),
            Field::Key => self.key.to_string(),
        }
    }

    /// Holds this copy against the seal in the database.
    ///
    /// # Errors
    /// The first field that differs, as [`SlipDiffers`]; of a hash, the first group of four digits.
    pub fn compare(&self, seal: &Seal) -> Result<(), SlipDiffers> {
        let stored = seal.slip();
        for field in Field::ALL {
            let (copy, stored) = (self.value(field), stored.value(field));
            if copy != stored {
                return Err(match field {
                    Field::Root | Field::Key => differing_group(field, &copy, &stored),
                    _ => SlipDiffers { field, group: None, copy, stored },
                });
            }
        }
        Ok(())
    }
}

/// An instant in Beijing time, exact and with its offset: 2026-03-02T09:00:00+08:00.
pub(in crate::journal) fn in_beijing(at: DateTime<Utc>) -> String {
    FixedOffset::east_opt(BEIJING_SECONDS).map_or_else(
        || at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        |beijing| at.with_timezone(&beijing).to_rfc3339_opts(SecondsFormat::AutoSi, true),
    )
}

fn groups(digits: &str) -> Vec<String> {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(GROUP).map(|group| group.iter().collect()).collect()
}

fn differing_group(field: Field, copy: &str, stored: &str) -> SlipDiffers {
    let pairs = groups(copy).into_iter().zip(groups(stored));
    match (1_u8..).zip(pairs).find(|(_, (copy, stored))| copy != stored) {
        Some((group, (copy, stored))) => SlipDiffers { field, group: Some(group), copy, stored },
        None => SlipDiffers { field, group: None, copy: copy.to_owned(), stored: stored.to_owned() },
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "案卷日志封存 / Seal of the journals")?;
        for field in Field::ALL {
            let value = self.value(field);
            if matches!(field, Field::Root | Field::Key) {
                writeln!(f, "{} {}:", field.zh(), field.en())?;
                for line in groups(&value).chunks(GROUPS_A_LINE) {
                    writeln!(f, "{}", line.join(" "))?;
                }
            } else {
                writeln!(f, "{} {}: {value}", field.zh(), field.en())?;
            }
        }
        Ok(())
    }
}

/// Why a text is not read as a slip. `Display` is the English sentence, [`NotASlip::zh`] its twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotASlip {
    /// A line is missing; its label is named, in Chinese and English.
    #[error("the line \"{1}\" is missing")]
    Missing(&'static str, &'static str),
    /// A line stands there twice.
    #[error("the line \"{1}\" stands there twice")]
    Doubled(&'static str, &'static str),
    /// A line does not say what it should.
    #[error("the line \"{1}\" cannot be read")]
    Unreadable(&'static str, &'static str),
}

impl NotASlip {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Self::Missing(zh, _) => format!("缺少“{zh}”一行"),
            Self::Doubled(zh, _) => format!("“{zh}”一行重复出现"),
            Self::Unreadable(zh, _) => format!("“{zh}”一行无法识别"),
        }
    }
}

/// The values found so far, by their fields.
#[derive(Default)]
struct Found(Vec<(Field, String)>);

impl Found {
    fn read(text: &str) -> Result<Self, NotASlip> {
        let mut found = Self::default();
        let mut hash_goes_on = false;
        for line in text.lines() {
            let line = line.trim_start_matches(|letter: char| letter == '>' || letter.is_whitespace()).trim_end();
            let labelled = line
                .split_once([':', '：'])
                .and_then(|(label, value)| Field::labelled(label).map(|field| (field, value.trim())));
            if let Some((field, value)) = labelled {
                if found.0.iter().any(|(other, _)| *other == field) {
                    return Err(NotASlip::Doubled(field.zh(), field.en()));
                }
                found.0.push((field, value.to_owned()));
                hash_goes_on = matches!(field, Field::Root | Field::Key);
            } else if hash_goes_on && !line.is_empty() {
                hash_goes_on = found.lengthen(line);
            }
        }
        Ok(found)
    }

    /// Adds a further line to the hash begun last; `false` if the line is not of it.
    fn lengthen(&mut self, line: &str) -> bool {
        let hexadecimal = line.chars().all(|letter| letter.is_ascii_hexdigit() || letter.is_whitespace());
        let Some((_, hash)) = self.0.last_mut() else { return false };
        let wanted = hash.chars().filter(|letter| !letter.is_whitespace()).count() < DIGITS;
        if hexadecimal && wanted {
            hash.push_str(line);
        }
        hexadecimal && wanted
    }

    fn take<T>(&self, field: Field, read: impl FnOnce(&str) -> Option<T>) -> Result<T, NotASlip> {
        let value = self.0.iter().find(|(other, _)| *other == field).map(|(_, value)| value);
        let value = value.ok_or(NotASlip::Missing(field.zh(), field.en()))?;
        read(value).ok_or(NotASlip::Unreadable(field.zh(), field.en()))
    }
}

impl FromStr for Slip {
    type Err = NotASlip;

    fn from_str(text: &str) -> Result<Self, NotASlip> {
        let digest = |value: &str| {
            let digits: String = value.split_whitespace().collect();
            digits.to_ascii_lowercase().parse::<Digest>().ok()
        };
        let found = Found::read(text)?;
        Ok(Self {
            origin: found.take(Field::Origin, |value| value.parse().ok())?,
            number: found.take(Field::Number, |value| value.parse().ok())?,
            made_at: found.take(Field::Time, |value| value.to_ascii_uppercase().parse().ok())?,
            root: Root {
                size: found.take(Field::Size, |value| value.parse().ok())?,
                algorithm: found.take(Field::Algorithm, |value| value.to_ascii_lowercase().parse().ok())?,
                hash: found.take(Field::Root, digest)?,
            },
            key: found.take(Field::Key, digest)?,
        })
    }
}

/// Where a copy and the seal in the database part. `Display` is the English sentence, [`SlipDiffers::zh`] its twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipDiffers {
    field: Field,
    /// Of a hash: which group of four digits, from 1.
    group: Option<u8>,
    copy: String,
    stored: String,
}

impl SlipDiffers {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        let Self { field, group, copy, stored } = self;
        let group = group.map_or_else(String::new, |group| format!("第 {group} 组"));
        format!("{}{group}不一致：留存件为“{copy}”，系统中为“{stored}”", field.zh())
    }
}

impl fmt::Display for SlipDiffers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, group, copy, stored } = self;
        write!(f, "{}", field.en())?;
        if let Some(group) = group {
            write!(f, ", group {group}")?;
        }
        write!(f, ": the copy says \"{copy}\", the system says \"{stored}\"")
    }
}

impl std::error::Error for SlipDiffers {}

#[cfg(test)]
mod tests;
