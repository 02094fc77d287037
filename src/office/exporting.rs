//! A list of cases as a table for other programs: what the reader sees in the list, row by row, however long it is. Every
//! export is an entry of the log: who, when, by which filters.

use super::failure::Failure;
use super::log::{Kind, Note};
use super::permission::Deed;
use super::queue::{self, CaseQuery, CaseSummary, PAGE_MAX};
use super::{Office, Officer};
use crate::clock::in_chinese;

/// The columns, as the first line names them.
pub const COLUMNS: &[&str] = &[
    "登记编号",
    "回执编号",
    "机关",
    "申请内容",
    "申请人",
    "阶段",
    "承办人",
    "收到日期",
    "到期日期",
    "剩余工作日",
    "办理结果",
    "办结日期",
    "逾期答复",
    "标签",
];

/// Programs for tables take a file for UTF-8 by this.
pub(super) const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Where a table stands while it is written.
#[derive(Debug, Clone)]
pub struct Export {
    query: CaseQuery,
    begun: bool,
    ended: bool,
}

impl Office {
    /// How many rows a list would have.
    ///
    /// # Errors
    /// As [`Office::queue`].
    pub async fn count_rows(&self, officer: &Officer, query: CaseQuery) -> Result<i64, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| queue::count(conn, &shared, &officer, &query)).await
    }

    /// Begins a table of the cases that `query` lists, and writes down who asked for it.
    ///
    /// # Errors
    /// As [`Office::queue`], before a byte is sent.
    pub async fn begin_export(&self, officer: &Officer, query: CaseQuery) -> Result<Export, Failure> {
        let query = CaseQuery { cursor: None, limit: Some(PAGE_MAX), ..query };
        let (shared, officer, asked) = (self.shared(), officer.clone(), query.clone());
        self.db()
            .write(move |conn| {
                queue::try_out(conn, &shared, &officer, &asked)?;
                let note = Note::of_look(&officer, Kind::Export, Deed::Read).word("query", asked.text()?);
                note.write(conn, &shared)
            })
            .await?;
        Ok(Export { query, begun: false, ended: false })
    }

    /// The next piece of the table; none once it is whole.
    ///
    /// # Errors
    /// As [`Office::queue`].
    pub async fn go_on_exporting(&self, officer: &Officer, export: &mut Export) -> Result<Option<String>, Failure> {
        if export.ended {
            return Ok(None);
        }
        let mut piece = String::new();
        if !export.begun {
            piece.push_str(BYTE_ORDER_MARK);
            piece.push_str(&line(COLUMNS.iter().map(|name| (*name).to_owned())));
            export.begun = true;
        }
        let page = self.page_of_queue(officer, export.query.clone()).await?;
        for row in page.items {
            piece.push_str(&line(cells(row)));
        }
        export.ended = page.next.is_none();
        export.query.cursor = page.next;
        Ok(Some(piece))
    }
}

fn cells(row: CaseSummary) -> impl Iterator<Item = String> {
    let word = |term: Option<super::views::Term>| term.map(|term| term.zh.to_owned()).unwrap_or_default();
    let late = match row.late {
        Some(true) => "是",
        Some(false) => "否",
        None => "",
    };
    [
        row.number.unwrap_or_default(),
        row.receipt_no,
        row.agency.name,
        row.subject.unwrap_or_default(),
        row.applicant.unwrap_or_default(),
        word(row.stage),
        row.handler.map(|handler| handler.name).unwrap_or_default(),
        row.received_on.map(in_chinese).unwrap_or_default(),
        row.due.as_ref().map(|due| in_chinese(due.on)).unwrap_or_default(),
        row.due.as_ref().map(|due| due.days_left.to_string()).unwrap_or_default(),
        word(row.outcome),
        row.closed_on.map(in_chinese).unwrap_or_default(),
        late.to_owned(),
        row.tags.join("、"),
    ]
    .into_iter()
}

/// A line (RFC 4180).
pub(super) fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A cell in quotes. What a program for tables would take for a formula is led by an apostrophe, which shows it as text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
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
}
