//! The cells of a row, read one by one: everything that is wrong with any of them is told, with what stands there and what is
//! expected.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::report::ImportProblem;
use crate::case::importing::Misfit;
use crate::office::ledger::BETWEEN;
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;

/// Characters of a cell that are told.
const TOLD: usize = 60;

/// A row while it is read.
pub(super) struct Cells<'a> {
    sheet: Sheet,
    number: u32,
    said: &'a HashMap<&'static str, String>,
    problems: Vec<ImportProblem>,
}

/// The names of a code: as it is kept, in Chinese, in English.
pub(super) type Names = [&'static str; 3];

/// Every member of a closed list with its names.
macro_rules! named {
    ($of:ty) => {
        <$of>::ALL
            .iter()
            .map(|one| (*one, [one.as_str(), one.zh(), one.en()]))
            .collect::<Vec<($of, [&'static str; 3])>>()
    };
}
pub(super) use named;

impl<'a> Cells<'a> {
    pub(super) const fn of(sheet: Sheet, row: &'a Row) -> Self {
        Self { sheet, number: row.number, said: &row.cells, problems: Vec::new() }
    }

    /// Something wrong with a column.
    pub(super) fn wrong(&mut self, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        let found = self.said.get(code).map(|text| text.chars().take(TOLD).collect()).unwrap_or_default();
        self.problems.push(ImportProblem::at(self.sheet, self.number, code, found, zh.into(), en.into()));
    }

    /// What does not fit together.
    pub(super) fn misfits(&mut self, misfits: Vec<Misfit>) {
        for one in misfits {
            self.wrong(one.field, format!("{}。", one.zh), format!("{}.", one.en));
        }
    }

    /// What was read, or all that is wrong.
    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, Vec<ImportProblem>> {
        match read {
            Some(read) if self.problems.is_empty() => Ok(read),
            _ => Err(self.problems),
        }
    }

    /// Whether anything is wrong so far.
    pub(super) fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Whether a cell says anything.
    pub(super) fn has(&self, code: &str) -> bool {
        self.said.contains_key(code)
    }

    /// A text of at most `most` characters; none if the cell is empty.
    pub(super) fn text(&mut self, code: &'static str, most: usize) -> Option<String> {
        let text = self.said.get(code)?;
        if text.contains('\0') || text.chars().count() > most {
            self.wrong(code, format!("最多{most}个字符。"), format!("{most} characters at most."));
        }
        Some(text.clone())
    }

    /// A text that must be there.
    pub(super) fn required(&mut self, code: &'static str, most: usize) -> Option<String> {
        let text = self.text(code, most);
        if text.is_none() {
            self.wrong(code, "必填，不能留空。", "It must be filled in.");
        }
        text
    }

    /// A day.
    pub(super) fn day(&mut self, code: &'static str) -> Option<NaiveDate> {
        let text = self.said.get(code)?;
        let day = day_of(text);
        if day.is_none() {
            self.wrong(
                code,
                "不是日期。应为2021-03-01、2021/3/1或者2021年3月1日这样的形式。",
                "It is no day; write it like 2021-03-01, 2021/3/1 or 2021年3月1日.",
            );
        }
        day
    }

    /// A whole number.
    pub(super) fn number<T: std::str::FromStr>(&mut self, code: &'static str) -> Option<T> {
        let text = self.said.get(code)?;
        let number = text.strip_suffix(".0").unwrap_or(text).parse().ok();
        if number.is_none() {
            self.wrong(code, "应为不小于0的整数。", "It must be a whole number, 0 or more.");
        }
        number
    }

    /// A whole number that is not larger than what can be meant.
    pub(super) fn number_to(&mut self, code: &'static str, most: u64) -> Option<u64> {
        let number: u64 = self.number(code)?;
        if number > most {
            self.wrong(code, format!("不超过{most}。"), format!("{most} at most."));
            return None;
        }
        Some(number)
    }

    /// Yes or no.
    pub(super) fn truth(&mut self, code: &'static str) -> Option<bool> {
        let text = self.said.get(code)?;
        let truth = match text.to_ascii_lowercase().as_str() {
            "是" | "yes" | "true" => Some(true),
            "否" | "no" | "false" => Some(false),
            _ => None,
        };
        if truth.is_none() {
            self.wrong(code, "应为“是”或者“否”。", "It must be 是 or 否 (yes or no).");
        }
        truth
    }

    /// One of a list, by its Chinese or English name or by its code.
    pub(super) fn one_of<T: Copy>(&mut self, code: &'static str, list: &[(T, Names)]) -> Option<T> {
        let text = self.said.get(code)?;
        let found = called(list, text);
        if found.is_none() {
            self.unlisted(code, list);
        }
        found
    }

    /// One of a list that must be there.
    pub(super) fn required_of<T: Copy>(&mut self, code: &'static str, list: &[(T, Names)]) -> Option<T> {
        if !self.said.contains_key(code) {
            self.wrong(code, "必填，不能留空。", "It must be filled in.");
        }
        self.one_of(code, list)
    }

    /// Several of a list.
    pub(super) fn some_of<T: Copy>(&mut self, code: &'static str, list: &[(T, Names)]) -> Vec<T> {
        let mut all = Vec::new();
        for name in parts(self.said.get(code)) {
            match called(list, name) {
                Some(one) => all.push(one),
                None => self.unlisted(code, list),
            }
        }
        all
    }

    /// The parts of a cell that holds several.
    pub(super) fn several(&self, code: &'static str) -> Vec<String> {
        parts(self.said.get(code)).map(str::to_owned).collect()
    }

    fn unlisted<T>(&mut self, code: &'static str, list: &[(T, Names)]) {
        let zh: Vec<&str> = list.iter().map(|(_, [_, zh, _])| *zh).collect();
        let codes: Vec<&str> = list.iter().map(|(_, [code, ..])| *code).collect();
        self.wrong(code, format!("应为：{}。", zh.join("、")), format!("Expected: {}.", codes.join(", ")));
    }
}

fn parts(cell: Option<&String>) -> impl Iterator<Item = &str> {
    let between = BETWEEN.chars().next().unwrap_or(';');
    cell.map(String::as_str)
        .unwrap_or_default()
        .split([between, ';', '\n'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
}

/// The member of a list that is called so.
pub(super) fn called<T: Copy>(list: &[(T, Names)], name: &str) -> Option<T> {
    list.iter().find(|(_, names)| names.contains(&name)).map(|(one, _)| *one)
}

/// A day in one of the ways in which it is written.
pub(super) fn day_of(text: &str) -> Option<NaiveDate> {
    let date = text.split([' ', 'T']).next().unwrap_or(text);
    let parts: Vec<&str> = date.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::receipt::Channel;

    #[test]
    fn a_day_is_read_in_each_way_of_writing_it() {
        let day = NaiveDate::from_ymd_opt(2021, 3, 1);
        for text in ["2021-03-01", "2021/3/1", "2021.3.1", "2021年3月1日", "2021-03-01 00:00:00"] {
            assert_eq!(day_of(text), day, "{text}");
        }
        for text in ["3/1/21", "2021-02-30", "44256", "昨天"] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_known_by_each_of_its_names_and_the_list_is_told_for_any_other() {
        let row =
            Row { number: 7, cells: HashMap::from([("channel", "传真".to_owned()), ("route", "鸽子".to_owned())]) };
        let mut cells = Cells::of(Sheet::Cases, &row);
        assert_eq!(cells.one_of("channel", &named!(Channel)), Some(Channel::Fax));
        assert_eq!(cells.one_of("route", &named!(Channel)), None);
        let told = cells.finish(Some(())).unwrap_err();
        assert_eq!((told[0].row, told[0].column.as_str(), told[0].found.as_str()), (7, "route", "鸽子"));
        assert!(told[0].zh.contains("当面提交") && told[0].en.contains("in_person"), "{told:?}");
    }
}
