//! What an import tells: how many rows are what, and everything that is wrong with any of them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::reports::columns::Sheet;

/// Problems that are told one by one; of what is more, how many.
pub const TOLD_MAX: usize = 500;

/// Something wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportProblem {
    /// The sheet: `cases` or `proceedings`.
    pub sheet: String,
    /// How it is called in the file.
    pub sheet_zh: String,
    /// The row, as a program for tables counts; the heads are row 1.
    pub row: u32,
    /// The column, by its code.
    pub column: String,
    /// Its head.
    pub head_zh: String,
    /// What stands there; empty if nothing does.
    pub found: String,
    /// What is wrong and what is expected, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl ImportProblem {
    /// Something wrong with the cell of column `code`.
    #[must_use]
    pub fn at(sheet: Sheet, row: u32, code: &str, found: String, zh: String, en: String) -> Self {
        let head = sheet.columns().into_iter().find(|one| one.code == code).map_or(code, |one| one.zh).to_owned();
        Self {
            sheet: sheet.as_str().to_owned(),
            sheet_zh: sheet.zh().to_owned(),
            row,
            column: code.to_owned(),
            head_zh: head,
            found,
            zh,
            en,
        }
    }
}

/// How many rows of a sheet are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportCount {
    /// Rows in the file.
    pub rows: u32,
    /// Those that can be brought in.
    pub good: u32,
    /// Those that are here already: nothing is done about them.
    pub already_there: u32,
    /// Those with something wrong.
    pub bad: u32,
    /// Those that were brought in now.
    pub brought_in: u32,
}

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportReport {
    /// Whether it was only tried.
    pub dry_run: bool,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The sheet of cases.
    pub cases: ImportCount,
    /// The sheet of proceedings.
    pub proceedings: ImportCount,
    /// The sheet of table 二.
    pub table_two: ImportCount,
    /// What is wrong, in the order of the file; 500 at most.
    pub problems: Vec<ImportProblem>,
    /// How much is wrong in all.
    pub problems_in_all: usize,
    /// Heads that are no column's, and are not read.
    pub unknown_heads: Vec<String>,
}

impl ImportReport {
    /// Takes in what is wrong with a row.
    pub(super) fn tell(&mut self, problems: Vec<ImportProblem>) {
        self.problems_in_all = self.problems_in_all.saturating_add(problems.len());
        let room = TOLD_MAX.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }

    /// How much of it was brought in.
    #[must_use]
    pub const fn brought_in(&self) -> u32 {
        self.cases.brought_in.saturating_add(self.proceedings.brought_in).saturating_add(self.table_two.brought_in)
    }
}
