//! The rules by which agencies are scored: those that come with the service, or a file of one's own. Data, so that whoever assesses
//! can set the points; what can be counted is a closed list.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::ConfigFault;

/// The rules that come with the service.
const EMBEDDED: &str = include_str!("../../config/scorecard.toml");

/// What a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Replies served late within the period.
    LateReply,
    /// Open cases whose day has passed, at the end of the period.
    OverdueCase,
    /// Binding decisions on reconsideration that found the act wrong.
    CorrectedInReview,
    /// The same of courts.
    CorrectedInSuit,
    /// Supervision orders whose first answer was late, or has not come.
    MissedOrder,
    /// Cases at which a step lay too long.
    StalledStep,
    /// An annual report that was published late.
    LateAnnualReport,
    /// Once, where nothing was late.
    NothingLate,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it is called in addresses.
    pub code: String,
    /// What it counts.
    pub counts: Measure,
    /// Points for each; less than 0 to take away.
    pub points: i64,
    /// The most it adds or takes away in all.
    #[serde(default)]
    pub at_most: Option<i64>,
    /// Its name.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Where it comes from.
    pub source_zh: String,
    /// The same in English.
    pub source_en: String,
}

impl Rule {
    /// The points for so many.
    #[must_use]
    pub fn points_for(&self, count: i64) -> i64 {
        let points = self.points.saturating_mul(count);
        self.at_most.map_or(points, |most| points.clamp(-most, most))
    }
}

/// A score card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scorecard {
    /// What every agency begins with.
    pub base: i64,
    /// The rules, in the order in which they are shown.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// The score card in `file` (`supervision.scorecard`), or the one that comes with the service where that is empty.
///
/// # Errors
/// [`ConfigFault`] naming the file, with everything that is wrong with its rules.
pub fn known(file: &Path) -> Result<Scorecard, ConfigFault> {
    if file.as_os_str().is_empty() {
        return read("config/scorecard.toml", EMBEDDED);
    }
    let text =
        std::fs::read_to_string(file).map_err(|source| ConfigFault::Unreadable { path: file.to_owned(), source })?;
    read(&file.display().to_string(), &text)
}

fn read(place: &str, text: &str) -> Result<Scorecard, ConfigFault> {
    let card: Scorecard = toml::from_str(text).map_err(|fault| ConfigFault::wrong(place, fault))?;
    let mut wrong = Vec::new();
    let (mut codes, mut counted) = (BTreeSet::new(), BTreeSet::new());
    for rule in &card.rules {
        let code = &rule.code;
        let is_plain = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if !is_plain {
            wrong.push(format!("code {code:?} must be lower-case letters and _"));
        }
        if !codes.insert(code.as_str()) {
            wrong.push(format!("code {code} stands twice"));
        }
        if !counted.insert(rule.counts) {
            wrong.push(format!("{code} counts what another rule counts"));
        }
        if rule.points == 0 {
            wrong.push(format!("{code} gives no points"));
        }
        if rule.at_most.is_some_and(|most| most <= 0) {
            wrong.push(format!("at_most of {code} must be 1 or more"));
        }
        if [&rule.zh, &rule.en, &rule.source_zh, &rule.source_en].iter().any(|text| text.trim().is_empty()) {
            wrong.push(format!("{code} needs zh, en, source_zh and source_en"));
        }
    }
    if card.rules.is_empty() {
        wrong.push("there is no rule".to_owned());
    }
    if wrong.is_empty() { Ok(card) } else { Err(ConfigFault::wrong(place, wrong.join("; "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_can_be_used_and_count_everything_there_is() {
        let card = known(Path::new("")).expect("rules");
        assert_eq!((card.base, card.rules.len()), (100, 8));
    }

    #[test]
    fn everything_that_is_wrong_with_a_file_is_told_with_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("own.toml");
        let rule = |code: &str, points: i64| {
            format!(
                "[[rule]]\ncode = \"{code}\"\ncounts = \"late_reply\"\npoints = {points}\nzh = \"甲\"\nen = \"\"\nsource_zh = \"乙\"\nsource_en = \"b\"\n"
            )
        };
        std::fs::write(&file, format!("base = 1\n{}{}", rule("one", 0), rule("one", 1))).expect("written");
        let told = known(&file).expect_err("wrong").to_string();
        for what in ["own.toml", "one gives no points", "one stands twice", "counts what another", "one needs zh, en"] {
            assert!(told.contains(what), "{what} in {told}");
        }
        std::fs::write(&file, rule("one", 1).replace("late_reply", "moon")).expect("written");
        assert!(known(&file).expect_err("unknown").to_string().contains("moon"));
        assert!(known(&folder.path().join("none.toml")).is_err());
    }

    #[test]
    fn a_bound_holds_on_either_side() {
        let mut card = known(Path::new("")).expect("rules");
        let rule = card.rules.iter_mut().find(|rule| rule.code == "stalled_step").expect("there");
        assert_eq!((rule.points_for(3), rule.points_for(30)), (-3, -10));
        rule.points = 4;
        assert_eq!(rule.points_for(30), 10);
    }
}
