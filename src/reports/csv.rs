//! A table as lines of text (RFC 4180), safe to open in a program for tables.

/// Programs for tables take a file for UTF-8 by this.
pub const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// What a program for tables may take for a formula; some take the full-width signs too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A line.
#[must_use]
pub fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut line = cells.into_iter().map(|cell| quoted(cell.as_ref())).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A remark behind the table: a line that begins with `#`.
#[must_use]
pub fn remark(text: &str) -> String {
    format!("# {}\r\n", text.replace(['\r', '\n'], " "))
}

/// A cell in quotes. What a program for tables would take for a formula is led by an apostrophe, which shows it as text.
#[must_use]
pub fn quoted(cell: &str) -> String {
    let guard = if is_formula(cell) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

/// What stood in a cell before it was guarded.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(FORMULA) && cell.parse::<f64>().is_err()
}

/// A text as lines of cells, each with the number of its first line in the file; remarks behind the table are left out. An
/// apostrophe that guards a formula is taken off.
#[must_use]
pub fn lines(text: &str) -> Vec<(u32, Vec<String>)> {
    let mut lines = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut number, mut begun_on, mut in_quotes) = (1_u32, 1_u32, false);
    let mut letters = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).chars().peekable();
    let mut end = |cells: &mut Vec<String>, cell: &mut String, on: u32| {
        cells.push(std::mem::take(cell));
        let whole = std::mem::take(cells);
        let is_remark = whole.first().is_some_and(|first| first.starts_with("# "));
        if !is_remark && whole.iter().any(|cell| !cell.trim().is_empty()) {
            lines.push((on, whole.iter().map(|cell| unguarded(cell).to_owned()).collect()));
        }
    };
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if in_quotes => in_quotes = false,
            '"' if cell.is_empty() => in_quotes = true,
            ',' if !in_quotes => cells.push(std::mem::take(&mut cell)),
            '\r' if !in_quotes && letters.peek() == Some(&'\n') => {}
            '\n' | '\r' if !in_quotes => {
                end(&mut cells, &mut cell, begun_on);
                number = number.saturating_add(1);
                begun_on = number;
            }
            other => {
                if other == '\n' {
                    number = number.saturating_add(1);
                }
                cell.push(other);
            }
        }
    }
    if !cell.is_empty() || !cells.is_empty() {
        end(&mut cells, &mut cell, begun_on);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_never_breaks_its_row() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("@SUM(A1)"), "\"'@SUM(A1)\"");
        assert_eq!(quoted("-3"), "\"-3\"", "days left may be fewer than none");
        assert_eq!(quoted("甲\"乙\n丙,丁"), "\"甲\"\"乙\n丙,丁\"");
    }

    #[test]
    fn what_was_written_is_read_back_cell_by_cell() {
        let cells = ["=1+1", "'quoted", "甲\"乙\n丙,丁", "", "-3", "+86 570"];
        let text = format!("{BYTE_ORDER_MARK}{}{}{}", line(["a", "b"]), line(cells), remark("who\nwhen"));
        let read = lines(&text);
        assert_eq!(read[0], (1, vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(read[1], (2, cells.map(str::to_owned).to_vec()));
        assert_eq!(read.len(), 2, "a remark is no row");
    }

    #[test]
    fn a_line_is_called_by_its_number_in_the_file() {
        let read = lines("head\n\"two\nlines\"\n\nlast");
        assert_eq!(read.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 5]);
    }
}
