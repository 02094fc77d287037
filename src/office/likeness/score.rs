//! How alike two texts are, and by which words: so that nobody has to believe a number.
//!
//! Likeness is that of the pairs of characters the search index holds as well (Dice: twice what is shared, over what both
//! have). The words shown beside it are the longest runs of characters that stand in both.

use std::collections::BTreeSet;

use crate::office::search::{SHORTEST, grams_of, plain};

/// The score of texts that say the same.
pub const SAME: u8 = 100;

/// How alike two texts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// 0 for nothing in common; 100 for the same words, whatever the punctuation, and for nothing else.
    pub score: u8,
    /// The longest common runs, in the reading order and the spelling of the first text, each once.
    pub matched: Vec<String>,
}

/// Compares two texts. The score is the same whichever comes first.
#[must_use]
pub fn compare(one: &str, other: &str) -> Score {
    let theirs: Vec<char> = other.chars().map(plain).collect();
    let ours: Vec<char> = one.chars().map(plain).collect();
    let score = if say_the_same(&ours, &theirs) { SAME } else { dice(&grams_of(one), &grams_of(other)) };
    let spelling: Vec<char> = one.chars().collect();
    let mut matched: Vec<String> = Vec::new();
    for (from, length) in common_runs(&ours, &theirs) {
        let word: String = spelling.iter().skip(from).take(length).collect();
        if !matched.contains(&word) {
            matched.push(word);
        }
    }
    Score { score, matched }
}

/// The same letters and digits, cut at the same places or not cut at all.
fn say_the_same(one: &[char], other: &[char]) -> bool {
    let words = |text: &[char]| text.iter().copied().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let ours = words(one);
    one == other || (!ours.is_empty() && ours == words(other))
}

/// Twice the shared pairs over all pairs, in whole hundredths, rounded down; below [`SAME`], since two texts may have the
/// same pairs in another order.
fn dice(one: &BTreeSet<String>, other: &BTreeSet<String>) -> u8 {
    let both = one.intersection(other).count();
    let hundredths = (200 * both).checked_div(one.len() + other.len()).unwrap_or(0);
    u8::try_from(hundredths).unwrap_or(SAME).min(SAME - 1)
}

/// Where the common runs begin in `one` and how long they are: the longest first of all, then the longest left and right
/// of it, and so on down to the shortest piece that can be searched for.
fn common_runs(one: &[char], other: &[char]) -> Vec<(usize, usize)> {
    let reach = longest_from_each(one, other);
    let mut runs = Vec::new();
    let mut stretches = vec![(0, one.len())];
    while let Some((from, to)) = stretches.pop() {
        let mut best = (from, 0);
        for (at, length) in reach.iter().copied().enumerate().take(to).skip(from) {
            let length = length.min(to - at);
            if length > best.1 {
                best = (at, length);
            }
        }
        let (at, length) = best;
        if length >= SHORTEST {
            runs.push(best);
            stretches.push((from, at));
            stretches.push((at + length, to));
        }
    }
    runs.sort_unstable();
    runs
}

/// For each place of `one`, how long the longest run is that begins there and stands in `other`.
fn longest_from_each(one: &[char], other: &[char]) -> Vec<usize> {
    // `after`: for each place of `other`, the run that begins there and at the place of `one` looked at before.
    let mut after = vec![0; other.len() + 1];
    let mut longest: Vec<usize> = one
        .iter()
        .rev()
        .map(|letter| {
            let here = other
                .iter()
                .zip(after.iter().skip(1))
                .map(|(theirs, run)| if letter == theirs && letter.is_alphanumeric() { run + 1 } else { 0 });
            after = here.chain([0]).collect();
            after.iter().copied().max().unwrap_or(0)
        })
        .collect();
    longest.reverse();
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn alike(one: &str, other: &str) -> (u8, Vec<String>) {
        let Score { score, matched } = compare(one, other);
        (score, matched)
    }

    #[test]
    fn two_contracts_share_what_they_share() {
        assert_eq!(alike("路灯维修合同", "路灯维护合同"), (60, vec!["路灯维".to_owned(), "合同".to_owned()]));
        assert_eq!(alike("路灯维修合同", "垃圾中转站环评批复"), (0, vec![]));
        let (score, words) = alike("2025年度全区路灯维修合同及中标通知书", "2025年度全区路灯维修合同和中标通知书");
        assert!(score >= 80, "{score}");
        assert_eq!(words, ["2025年度全区路灯维修合同", "中标通知书"]);
    }

    #[test]
    fn punctuation_and_width_make_no_difference_and_order_does() {
        assert_eq!(alike("ＡＢ路段 路灯，维修合同", "ab路段路灯维修合同").0, SAME);
        assert!(alike("路灯维修合同", "维修合同路灯").0 < SAME);
        assert!(alike("路灯路", "灯路灯").0 < SAME, "the same pairs, another text");
    }

    #[test]
    fn the_longest_run_goes_before_the_first() {
        assert_eq!(alike("路灯维修", "灯维修和路灯").1, ["灯维修"]);
    }

    /// Texts of few characters, so that they have much in common, with punctuation and wide letters among them.
    fn texts() -> impl Strategy<Value = String> {
        "[路灯维修合同aAＡ1，。 ]{0,24}"
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_score_is_the_same_from_both_sides(one in texts(), other in texts()) {
            prop_assert_eq!(compare(&one, &other).score, compare(&other, &one).score);
        }

        #[test]
        fn equal_texts_score_a_hundred_however_they_are_written(text in any::<String>()) {
            prop_assert_eq!(compare(&text, &text).score, SAME);
            let plainly: String = text.chars().map(plain).collect();
            prop_assert_eq!(compare(&text, &plainly).score, SAME);
        }

        #[test]
        fn nothing_in_common_scores_nothing(one in "[路灯维修]{0,20}", other in "[合同批复]{1,20}") {
            prop_assert_eq!(compare(&one, &other), Score { score: 0, matched: Vec::new() });
        }

        #[test]
        fn every_word_shown_stands_in_both_texts(one in texts(), other in any::<String>(), more in texts()) {
            let other = format!("{other}{more}");
            for word in compare(&one, &other).matched {
                prop_assert!(one.contains(&word));
                prop_assert!(crate::office::search::holds(&other, &word), "{word}");
                prop_assert!(word.chars().count() >= SHORTEST);
            }
        }
    }
}
