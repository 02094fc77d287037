//! The tables of an annual report as a page shows them: on the workbench each number leads to what was counted, on the portal it stands alone.

use askama::Template;

use super::fields::encode;
use super::frame::Frame;
use crate::law::annual::TwoItem;
use crate::office::reports::views::{IssuedView, ReportView};
use crate::office::views::Term;

/// The tables.
#[derive(Template)]
#[template(path = "shared/report_tables.html")]
pub(super) struct Tables<'a> {
    p: &'a Frame,
    report: &'a ReportView,
    /// The agency whose cells are opened, where they are.
    opened: Option<&'a str>,
}

impl<'a> Tables<'a> {
    pub(super) const fn new(p: &'a Frame, report: &'a ReportView, opened: Option<&'a str>) -> Self {
        Self { p, report, opened }
    }

    /// Where a cell leads to; nowhere if nothing was counted in it.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
    fn cell(&self, row: &str, column: &str, number: &u64) -> Option<String> {
        let agency = self.opened.filter(|_| *number > 0)?;
        let below = if self.report.below { "true" } else { "" };
        let alone = if self.report.predecessors.is_empty() { "false" } else { "" };
        let pairs = [("agency", agency), ("below", below), ("predecessors", alone), ("row", row), ("column", column)];
        let query = encode(pairs.into_iter().filter(|(_, text)| !text.is_empty()));
        Some(format!("/desk/reports/{}/cells?{query}", self.report.year))
    }

    /// The lines of table 二 that list documents.
    fn documents(&self) -> [(&'static str, Option<IssuedView>); 2] {
        let two = &self.report.tables.two;
        let name = |item: TwoItem| self.p.language.pick(item.zh(), item.en());
        [(name(TwoItem::Regulations), two.regulations), (name(TwoItem::NormativeDocuments), two.normative_documents)]
    }

    /// The lines of table 二 that count decisions.
    fn decisions(&self) -> [(&'static str, Option<u64>); 3] {
        let two = &self.report.tables.two;
        let name = |item: TwoItem| self.p.language.pick(item.zh(), item.en());
        [
            (name(TwoItem::Licences), two.licences),
            (name(TwoItem::Penalties), two.penalties),
            (name(TwoItem::Enforcement), two.enforcement),
        ]
    }
}

/// The columns of a row with their numbers; the last is the total.
pub(in crate::web) fn columns<'a>(names: &'a [Term], cells: &'a [u64]) -> Vec<(&'a str, &'a u64)> {
    names.iter().map(|one| one.code).chain(["total"]).zip(cells).collect()
}
