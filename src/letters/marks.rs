//! The few marks of a wording: a line is a paragraph, `# ` begins a heading, `| a | b |` a row of a table, `=== ` an annex.
//!
//! Only the wording itself can set a mark. What comes from a case is [`guarded`] on its way in, so that an applicant who
//! begins a line with `#` or writes `|` gets just these characters on paper.

use super::letter::{Annex, Block};

/// Stands before every value, and is taken out again: a line that begins with it begins with a value, never with a mark.
const VALUE: char = '\u{E000}';
/// Stands for `|` in a value.
const BAR: char = '\u{E001}';
/// Stands for one of these two in a value.
const STRAY: char = '\u{E002}';
/// Stands for the end of a line in a value.
const LINE: char = '\u{2028}';

/// A value as it may be written into a wording.
#[must_use]
pub fn guarded(value: &str) -> String {
    let kept = value.chars().filter_map(|letter| match letter {
        '\n' => Some(LINE),
        '|' => Some(BAR),
        '\t' => Some(' '),
        // Our own two marks; what comes with one of them has no glyph and is refused like any other character of private use,
        // under the name of the next: nothing that somebody wrote is left out of a letter without a word.
        VALUE | BAR => Some(STRAY),
        letter if letter.is_control() => None,
        letter => Some(letter),
    });
    std::iter::once(VALUE).chain(kept).collect()
}

/// The words of a guarded value.
fn released(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter != VALUE)
        .map(|letter| match letter {
            BAR => '|',
            LINE => '\n',
            letter => letter,
        })
        .collect()
}

/// Reads a filled-in wording: the body, and the annexes.
#[must_use]
pub fn read(filled: &str) -> (Vec<Block>, Vec<Annex>) {
    let mut body = Vec::new();
    let mut annexes: Vec<Annex> = Vec::new();
    for line in filled.lines().map(str::trim_end).filter(|line| !released(line).trim().is_empty()) {
        if let Some(title) = line.strip_prefix("=== ") {
            annexes.push(Annex { title: released(title).trim().to_owned(), blocks: Vec::new() });
            continue;
        }
        let blocks = annexes.last_mut().map_or(&mut body, |annex| &mut annex.blocks);
        if let Some(text) = line.strip_prefix("# ") {
            blocks.push(Block::Heading { text: released(text).trim().to_owned() });
        } else if let Some(row) = line.strip_prefix('|') {
            push_row(blocks, row);
        } else {
            let lines = released(line);
            let paragraphs = lines.lines().map(str::trim).filter(|text| !text.is_empty());
            blocks.extend(paragraphs.map(|text| Block::Paragraph { text: text.to_owned() }));
        }
    }
    (body, annexes)
}

/// A row; it joins the table before it, and has as many cells as that table's first row.
fn push_row(blocks: &mut Vec<Block>, row: &str) {
    let row = row.strip_suffix('|').unwrap_or(row);
    let cell = |text: &str| released(text).trim_matches([' ', '\n']).to_owned();
    let mut cells: Vec<String> = row.split('|').map(cell).collect();
    if let Some(Block::Table { rows }) = blocks.last_mut() {
        let wide = rows.first().map_or(cells.len(), Vec::len);
        cells.resize(wide, String::new());
        rows.push(cells);
    } else {
        blocks.push(Block::Table { rows: vec![cells] });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph { text: text.to_owned() }
    }

    #[test]
    fn a_wording_has_paragraphs_headings_tables_and_annexes() {
        let (body, annexes) = read("甲\n\n# 一、乙\n| 项 | 值 |\n| 丙 | 丁 |\n=== 回执\n戊\n");
        let table = Block::Table { rows: vec![vec!["项".into(), "值".into()], vec!["丙".into(), "丁".into()]] };
        assert_eq!(body, [paragraph("甲"), Block::Heading { text: "一、乙".into() }, table]);
        assert_eq!(annexes, [Annex { title: "回执".into(), blocks: vec![paragraph("戊")] }]);
    }

    #[test]
    fn what_an_applicant_types_is_never_a_mark() {
        let typed = guarded("# 标题\n| a | b |\n=== 附件\u{7}");
        let (body, annexes) = read(&format!("{typed}\n| 项 | {} |", guarded("x|y")));
        assert!(annexes.is_empty());
        assert_eq!(body[..3], [paragraph("# 标题"), paragraph("| a | b |"), paragraph("=== 附件")]);
        assert_eq!(body[3], Block::Table { rows: vec![vec!["项".into(), "x|y".into()]] });
    }

    #[test]
    fn no_character_is_left_out_without_a_word() {
        let (body, _) = read(&guarded("陈\u{E863}、\u{E000}、\u{E001}"));
        assert_eq!(body, [paragraph("陈\u{E863}、\u{E002}、\u{E002}")], "the fonts refuse what has no glyph");
    }

    #[test]
    fn rows_are_as_wide_as_the_first() {
        let (body, _) = read("| a | b |\n| c |\n| d | e | f |");
        let Block::Table { rows } = &body[0] else { panic!("no table: {body:?}") };
        assert!(rows.iter().all(|row| row.len() == 2), "{rows:?}");
    }
}
