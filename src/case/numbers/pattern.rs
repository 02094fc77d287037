//! The pattern that an agency has chosen for the numbers of its register: no national rule exists, and agencies differ.
//!
//! A pattern is checked when it is set, so that no registration fails for its sake. What it must have keeps two cases
//! from one number: the serial, the year in which that counts, and who gives it.

use std::fmt::{self, Write};
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use crate::law::coded::coded;

/// The longest pattern, in characters.
pub const LONGEST: usize = 60;

/// The widest padding of a serial, in digits.
const WIDEST: usize = 9;

/// What may stand in braces.
const PLACEHOLDERS: &str = "{mark} {org} {year} {month} {day} {serial} {serial:4}";

coded! {
    /// Patterns that agencies use.
    pub enum NumberPreset {
        /// After GB/T 9704-2012: the year in 〔〕, the serial without leading zeros.
        Gb9704 = "gb9704", "公文式（GB/T 9704）", "as official documents are numbered (GB/T 9704)";
        /// 23 characters with an organisation code of nine: our reading of the form seen in Shanghai.
        Shanghai23 = "shanghai_23", "二十三位编号（上海）", "23 characters (Shanghai)";
        /// 第…号, as many agencies write.
        Suffix = "suffix", "第…号式", "with 第…号";
    }
}

impl NumberPreset {
    /// The pattern it stands for.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Gb9704 => "{mark}公开申〔{year}〕{serial}号",
            Self::Shanghai23 => "SQ{org}{year}{month}{day}{serial:4}",
            Self::Suffix => "{mark}〔{year}〕第{serial}号",
        }
    }
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PatternFault {
    /// It is longer than [`LONGEST`].
    #[error("A number pattern has at most {LONGEST} characters.")]
    TooLong,
    /// A brace without its other half.
    #[error("A brace is not closed or not opened; what may stand in braces: {PLACEHOLDERS}.")]
    Brace,
    /// Something in braces that is not known.
    #[error("{{{0}}} is unknown; what may stand in braces: {PLACEHOLDERS}, the figure 1 to {WIDEST}.")]
    Unknown(String),
    /// The same placeholder twice.
    #[error("{{{0}}} may stand once only.")]
    Twice(String),
    /// Without it two cases of one year have one number.
    #[error("{{serial}} is missing: without it two cases would have one number.")]
    NoSerial,
    /// Without it two cases of two years have one number, for the serial begins anew every year.
    #[error(
        "{{year}} is missing: the serial begins anew every year, so that without it two cases would have one number."
    )]
    NoYear,
    /// Without it two letters of two kinds have one number, for each kind has a series of its own.
    #[error("{{letter}} is missing: each kind of letter has a series of its own, so that two would have one number.")]
    NoLetter,
    /// Without either two agencies give one number.
    #[error("{{mark}} or {{org}} is missing: without either two agencies would give one number.")]
    NoAgency,
}

impl PatternFault {
    /// What is wrong, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::TooLong => format!("编号规则不得超过{LONGEST}个字符。"),
            Self::Brace => format!("花括号不成对；可用的占位符：{PLACEHOLDERS}。"),
            Self::Unknown(name) => {
                format!("没有 {{{name}}} 这个占位符；可用的有：{PLACEHOLDERS}（位数为1至{WIDEST}）。")
            }
            Self::Twice(name) => format!("{{{name}}} 只能使用一次。"),
            Self::NoSerial => "缺少 {serial}（流水号），否则不同案件的编号会相同。".to_owned(),
            Self::NoYear => "缺少 {year}（年份）：流水号每年重新开始，否则不同年份的编号会相同。".to_owned(),
            Self::NoLetter => "缺少 {letter}（文书代字）：各类文书分别编号，否则不同文书的编号会相同。".to_owned(),
            Self::NoAgency => "缺少 {mark}（机关代字）或者 {org}（机构代码），否则不同机关的编号会相同。".to_owned(),
        }
    }
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Mark,
    Org,
    Year,
    Month,
    Day,
    /// The character of a kind of letter; in patterns for letters only.
    Letter,
    /// Padded with zeros to so many digits; a longer serial simply grows.
    Serial(usize),
}

impl Part {
    /// The placeholder's name, without its figure; none for text.
    const fn name(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) => None,
            Self::Mark => Some("mark"),
            Self::Org => Some("org"),
            Self::Year => Some("year"),
            Self::Month => Some("month"),
            Self::Day => Some("day"),
            Self::Letter => Some("letter"),
            Self::Serial(_) => Some("serial"),
        }
    }

    fn named(name: &str) -> Result<Self, PatternFault> {
        let unknown = || PatternFault::Unknown(name.to_owned());
        match name {
            "mark" => Ok(Self::Mark),
            "org" => Ok(Self::Org),
            "year" => Ok(Self::Year),
            "month" => Ok(Self::Month),
            "day" => Ok(Self::Day),
            "letter" => Ok(Self::Letter),
            "serial" => Ok(Self::Serial(1)),
            _ => {
                let width = name.strip_prefix("serial:").and_then(|width| width.parse().ok()).ok_or_else(unknown)?;
                if (1..=WIDEST).contains(&width) { Ok(Self::Serial(width)) } else { Err(unknown()) }
            }
        }
    }
}

/// A pattern that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberPattern {
    parts: Vec<Part>,
    text: String,
}

impl NumberPattern {
    /// Whether it needs the agency's organisation code.
    #[must_use]
    pub fn asks_for_org(&self) -> bool {
        self.parts.contains(&Part::Org)
    }

    /// The number with this `serial`, given on the day `on`.
    #[must_use]
    pub fn number(&self, mark: &str, org: &str, on: NaiveDate, serial: i64) -> String {
        self.written(mark, org, "", on, serial)
    }

    fn written(&self, mark: &str, org: &str, letter: &str, on: NaiveDate, serial: i64) -> String {
        let mut number = String::new();
        for part in &self.parts {
            // Writing to a text cannot fail.
            let _ = match part {
                Part::Text(text) => write!(number, "{text}"),
                Part::Mark => write!(number, "{mark}"),
                Part::Org => write!(number, "{org}"),
                Part::Year => write!(number, "{:04}", on.year()),
                Part::Month => write!(number, "{:02}", on.month()),
                Part::Day => write!(number, "{:02}", on.day()),
                Part::Letter => write!(number, "{letter}"),
                Part::Serial(width) => write!(number, "{serial:0width$}"),
            };
        }
        number
    }
}

impl fmt::Display for NumberPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for NumberPattern {
    type Err = PatternFault;

    /// Reads a pattern, or the code of a preset.
    ///
    /// # Errors
    /// The first [`PatternFault`] found.
    fn from_str(text: &str) -> Result<Self, PatternFault> {
        let text = text.parse::<NumberPreset>().map_or(text, |preset| preset.pattern());
        let pattern = Self::read(text)?;
        if pattern.has("letter") { Err(PatternFault::Unknown("letter".to_owned())) } else { Ok(pattern) }
    }
}

impl NumberPattern {
    fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.name() == Some(name))
    }

    /// # Errors
    /// The first [`PatternFault`] found.
    fn read(text: &str) -> Result<Self, PatternFault> {
        if text.chars().count() > LONGEST {
            return Err(PatternFault::TooLong);
        }
        let parts = parts_of(text)?;
        let pattern = Self { parts, text: text.to_owned() };
        if !pattern.has("serial") {
            return Err(PatternFault::NoSerial);
        }
        if !pattern.has("year") {
            return Err(PatternFault::NoYear);
        }
        if !pattern.has("mark") && !pattern.has("org") {
            return Err(PatternFault::NoAgency);
        }
        Ok(pattern)
    }
}

/// The pattern of the numbers of an agency's letters: that of a register with the letter's own character in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterPattern(NumberPattern);

impl LetterPattern {
    /// After GB/T 9704-2012, as registers are numbered, with the letter's character in the place of 申.
    pub const USUAL: &'static str = "{mark}公开{letter}〔{year}〕{serial}号";

    /// The number of a letter whose kind has the character `letter`.
    #[must_use]
    pub fn number(&self, mark: &str, org: &str, letter: &str, on: NaiveDate, serial: i64) -> String {
        self.0.written(mark, org, letter, on, serial)
    }

    /// Whether it needs the agency's organisation code.
    #[must_use]
    pub fn asks_for_org(&self) -> bool {
        self.0.asks_for_org()
    }
}

impl FromStr for LetterPattern {
    type Err = PatternFault;

    /// Reads a pattern.
    ///
    /// # Errors
    /// The first [`PatternFault`] found.
    fn from_str(text: &str) -> Result<Self, PatternFault> {
        let pattern = NumberPattern::read(text)?;
        if pattern.has("letter") { Ok(Self(pattern)) } else { Err(PatternFault::NoLetter) }
    }
}

fn parts_of(text: &str) -> Result<Vec<Part>, PatternFault> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, after) = rest.split_once('{').unwrap_or((rest, ""));
        if plain.contains('}') || (after.is_empty() && rest.contains('{')) {
            return Err(PatternFault::Brace);
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain.to_owned()));
        }
        if after.is_empty() {
            break;
        }
        let (name, beyond) = after.split_once('}').ok_or(PatternFault::Brace)?;
        let part = Part::named(name)?;
        if let Some(twice) = part.name().filter(|name| parts.iter().any(|one| one.name() == Some(name))) {
            return Err(PatternFault::Twice(twice.to_owned()));
        }
        parts.push(part);
        rest = beyond;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(pattern: &str, serial: i64) -> String {
        let pattern: NumberPattern = pattern.parse().unwrap();
        pattern.number("云政", "MB1234567", "2026-03-02".parse().unwrap(), serial)
    }

    #[test]
    fn letters_are_numbered_by_kind() {
        let pattern: LetterPattern = LetterPattern::USUAL.parse().unwrap();
        let on = "2026-11-28".parse().unwrap();
        assert_eq!(pattern.number("云自然资", "", "延", on, 7), "云自然资公开延〔2026〕7号");
        assert_eq!("{mark}〔{year}〕{serial}号".parse::<LetterPattern>(), Err(PatternFault::NoLetter));
        assert_eq!(
            LetterPattern::USUAL.parse::<NumberPattern>(),
            Err(PatternFault::Unknown("letter".to_owned())),
            "a register has no letters"
        );
    }

    #[test]
    fn the_default_has_its_year_in_brackets_and_no_leading_zeros() {
        assert_eq!(number("gb9704", 12), "云政公开申〔2026〕12号");
        assert_eq!(number("suffix", 12), "云政〔2026〕第12号");
    }

    #[test]
    fn the_shanghai_form_has_twenty_three_characters() {
        let number = number("shanghai_23", 17);
        assert_eq!((number.as_str(), number.chars().count()), ("SQMB1234567202603020017", 23));
    }

    #[test]
    fn a_serial_wider_than_its_padding_grows() {
        assert_eq!(number("{mark}{year}-{serial:3}", 7), "云政2026-007");
        assert_eq!(number("{mark}{year}-{serial:3}", 1_000), "云政2026-1000");
    }

    #[test]
    fn a_pattern_that_could_give_two_cases_one_number_is_refused() {
        let fault = |text: &str| text.parse::<NumberPattern>().unwrap_err();
        assert_eq!(fault("{mark}{year}"), PatternFault::NoSerial);
        assert_eq!(fault("{mark}{month}{day}{serial}"), PatternFault::NoYear);
        assert_eq!(fault("{year}{serial}"), PatternFault::NoAgency);
        assert_eq!(fault("{mark}{year}{serial}{serial:2}"), PatternFault::Twice("serial".to_owned()));
    }

    #[test]
    fn a_pattern_that_cannot_be_read_is_refused_in_both_languages() {
        for (text, word) in [
            ("{mark}{yaer}{serial}", "yaer"),
            ("{mark}{year}{serial:0}", "serial:0"),
            ("{mark}{year}{serial:10}", "serial:10"),
            ("{mark}{year}{serial", "{serial"),
            ("{mark}{year}{serial}{", "{serial"),
            ("{mark}{year}{serial}}", "{serial"),
            (&format!("{{mark}}{{year}}{{serial}}{}", "号".repeat(41)), "60"),
        ] {
            let fault = text.parse::<NumberPattern>().unwrap_err();
            assert!(fault.to_string().contains(word) && fault.zh().contains(word), "{text}: {fault} {}", fault.zh());
        }
    }

    proptest! {
        #[test]
        fn no_two_serials_of_two_years_have_one_number(
            pattern in prop::sample::select(vec!["{serial}{mark}{year}", "{mark}{year}{serial}", "{serial}{year}{mark}",
                "{mark}{year}{serial:2}{month}{day}", "{mark}1{serial}1{year}", "shanghai_23"]),
            one in (2019_i32..2040, 1_i64..30_000), other in (2019_i32..2040, 1_i64..30_000), day in 1_u32..366,
        ) {
            let pattern: NumberPattern = pattern.parse().unwrap();
            let numbered = |(year, serial): (i32, i64)| {
                pattern.number("云", "MB1234567", NaiveDate::from_yo_opt(year, day.min(365)).unwrap(), serial)
            };
            prop_assert_eq!(one == other, numbered(one) == numbered(other));
        }
    }
}
