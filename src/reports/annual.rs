//! The annual report in its official layout (国办公开办函〔2021〕30号): six sections, of which the second, third and fourth are tables. One layout
//! for the PDF, the DOCX and, for the tables, the workbook.

use chrono::NaiveDate;

use crate::clock::in_chinese;
use crate::law::annual::{FourLine, Issued, Printed, Row, Section, TableTwo, in_ten_thousand};
use crate::law::judgment::{Cell, ReportRow};
use crate::law::receipt::ApplicantKind;
use crate::letters::paper::{Align, Grid, GridCell, Paper, Piece};
use crate::reports::body::ReportBody;

/// The report. One that is not frozen says under its title on which day it was counted.
#[must_use]
pub fn laid_out(report: &ReportBody, counted_on: Option<NaiveDate>) -> Paper {
    let mut pieces = Vec::new();
    for section in Section::ALL {
        pieces.push(Piece::Heading { text: section.zh().to_owned() });
        match section {
            Section::Proactive => pieces.extend(table_two(report.tables.two).map(Piece::Grid)),
            Section::Applications => pieces.push(Piece::Grid(table_three(&report.tables))),
            Section::Reviews => pieces.push(Piece::Grid(table_four(&report.tables.four))),
            Section::Overview | Section::Problems | Section::Other => {
                if let (Section::Other, Some(fees)) = (section, report.fees) {
                    pieces.push(Piece::Paragraph { text: fees.zh() });
                }
                let words = report.words.of(*section).unwrap_or_default();
                pieces.extend(
                    words
                        .lines()
                        .filter(|line| !line.trim().is_empty())
                        .map(|line| Piece::Paragraph { text: line.trim().to_owned() }),
                );
            }
        }
    }
    Paper {
        issuer: report.agency.clone(),
        title: format!("{}\n{}", report.agency, of_year(report)),
        number: under_the_title(report, counted_on),
        pieces,
    }
}

fn under_the_title(report: &ReportBody, counted_on: Option<NaiveDate>) -> String {
    let draft = counted_on.map(|on| format!("未定稿：统计截至{}", in_chinese(on)));
    [Some(report.takes_in_zh()), draft]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("；")
}

/// What it is called.
#[must_use]
pub fn title(report: &ReportBody) -> String {
    format!("{}{}", report.agency, of_year(report))
}

fn of_year(report: &ReportBody) -> String {
    format!("{}年政府信息公开工作年度报告", report.year)
}

fn centre(text: impl Into<String>) -> GridCell {
    GridCell::one(text, Align::Centre)
}

fn wide(text: &str, columns: u16, rows: u16) -> GridCell {
    GridCell::over(text, (columns, rows), Align::Centre)
}

/// The four blocks of table 二, each under the item of art. 20 that it reports on.
pub(super) fn table_two(two: TableTwo) -> [Grid; 4] {
    let number = |number: Option<u64>| centre(number.map(|number| number.to_string()).unwrap_or_default());
    let documents = |name: &str, one: Option<Issued>| {
        vec![
            centre(name),
            number(one.map(|one| one.made)),
            number(one.map(|one| one.repealed)),
            number(one.map(|one| one.in_force)),
        ]
    };
    let block = |item: &str, heads: &[&str], lines: Vec<Vec<GridCell>>| {
        let columns = u16::try_from(heads.len()).unwrap_or(u16::MAX);
        let head = vec![vec![wide(item, columns, 1)], heads.iter().map(|head| centre(*head)).collect()];
        Grid { widths: vec![1; heads.len()], head: 2, rows: head.into_iter().chain(lines).collect() }
    };
    let decisions = ["信息内容", "本年处理决定数量"];
    [
        block(
            "第二十条第（一）项",
            &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            vec![documents("规章", two.regulations), documents("行政规范性文件", two.normative_documents)],
        ),
        block("第二十条第（五）项", &decisions, vec![vec![centre("行政许可"), number(two.licences)]]),
        block(
            "第二十条第（六）项",
            &decisions,
            vec![vec![centre("行政处罚"), number(two.penalties)], vec![centre("行政强制"), number(two.enforcement)]],
        ),
        block(
            "第二十条第（八）项",
            &["信息内容", "本年收费金额（单位：万元）"],
            vec![vec![centre("行政事业性收费"), centre(two.charges.map(in_ten_thousand).unwrap_or_default())]],
        ),
    ]
}

/// Table 三: three columns of names, then the kinds of applicants and 总计.
pub(super) fn table_three(tables: &Printed) -> Grid {
    let organisations = u16::try_from(ApplicantKind::ALL.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let mut rows = vec![
        vec![
            wide("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            wide("申请人情况", organisations.saturating_add(2), 1),
        ],
        vec![
            wide(ApplicantKind::NaturalPerson.zh(), 1, 2),
            wide("法人或其他组织", organisations, 1),
            wide("总计", 1, 2),
        ],
        ApplicantKind::ALL.iter().skip(1).map(|kind| centre(kind.zh())).collect(),
    ];
    let results: Vec<Row> = tables.form.rows().filter(|row| row.is_result() || *row == Row::Total).collect();
    let under = u16::try_from(results.len()).unwrap_or(u16::MAX);
    let mut group = None;
    for line in &tables.three {
        let mut cells = Vec::new();
        if line.row == Row::Granted {
            cells.push(wide("三、本年度办理结果", 1, under));
        }
        if let Some(name) = line.row.group_zh() {
            if group != Some(name) {
                let members = results.iter().filter(|row| row.group_zh() == Some(name)).count();
                cells.push(wide(name, 1, u16::try_from(members).unwrap_or(u16::MAX)));
            }
            group = Some(name);
            cells.push(GridCell::one(line.row.zh(), Align::Left));
        } else {
            let columns = if results.contains(&line.row) { 2 } else { 3 };
            cells.push(GridCell::over(line.row.zh(), (columns, 1), Align::Left));
        }
        cells.extend(line.cells.iter().map(|number| centre(number.to_string())));
        rows.push(cells);
    }
    Grid { widths: vec![12, 14, 40, 10, 10, 10, 10, 10, 10, 10], head: 3, rows }
}

/// Table 四: one row of fifteen numbers under three heads.
pub(super) fn table_four(four: &[FourLine]) -> Grid {
    let five = || Cell::ALL.iter().map(|cell| cell.zh()).chain(["总计"]);
    let mut second = five().map(|name| wide(name, 1, 2)).collect::<Vec<_>>();
    second.extend([wide(ReportRow::SuitDirect.zh(), 5, 1), wide(ReportRow::SuitAfterReconsideration.zh(), 5, 1)]);
    let of = |row: ReportRow| four.iter().find(|line| line.row == row);
    let numbers = ReportRow::ALL.iter().flat_map(|row| {
        let line = of(*row);
        let cells = line.map(|line| line.cells.clone()).unwrap_or_default();
        cells.into_iter().chain(line.map(|line| line.total))
    });
    Grid {
        widths: vec![1; 15],
        head: 3,
        rows: vec![
            vec![wide(ReportRow::Reconsideration.zh(), 5, 1), wide("行政诉讼", 10, 1)],
            second,
            five().chain(five()).map(centre).collect(),
            numbers.map(|number| centre(number.to_string())).collect(),
        ],
    }
}
