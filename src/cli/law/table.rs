//! `dafu law outcomes`: every outcome with its article, report row and remedy, in columns that line up although
//! Chinese characters are two cells wide.

use crate::law::article::cited_zh;
use crate::law::outcome::{Outcome, rule};

/// The table of outcomes, one a line.
#[must_use]
pub fn outcomes() -> String {
    let header = ["outcome", "结果", "依据", "行", "救济"].map(ToOwned::to_owned);
    let rows = Outcome::ALL.iter().map(|outcome| {
        let rule = rule(*outcome);
        // The short title of the laws: the full one takes a third of the line.
        let basis = cited_zh(rule.articles).replace("中华人民共和国", "");
        [
            outcome.as_str().to_owned(),
            outcome.zh().to_owned(),
            basis,
            rule.report_row.unwrap_or("-").to_owned(),
            rule.remedy.zh().to_owned(),
        ]
    });
    align(std::iter::once(header).chain(rows).collect())
}

/// Pads every cell but the last to its column's width.
pub(super) fn align<const N: usize>(rows: Vec<[String; N]>) -> String {
    let mut widths = [0; N];
    for row in &rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = width(cell).max(*most);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, most) in row.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(most + 2 - width(cell)));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Cells a text takes on a terminal.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

/// The East Asian wide blocks that Chinese legal text uses: punctuation, ideographs, full-width forms.
const fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_under_wide_characters() {
        let table = outcomes();
        assert_eq!(table.lines().count(), Outcome::ALL.len() + 1);
        let starts: Vec<_> =
            table.lines().filter_map(|line| line.find('《').and_then(|at| line.get(..at)).map(width)).collect();
        assert!(starts.len() > 20 && starts.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }

    #[test]
    fn the_row_and_the_remedy_stand_beside_each_outcome() {
        let table = outcomes();
        let line = table.lines().find(|line| line.starts_with("refused_third_party")).unwrap();
        assert!(line.contains("3.3.4") && line.contains("第十五条") && line.ends_with("复议前置"), "{line}");
    }
}
