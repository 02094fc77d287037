//! The tables of the annual report as a workbook: a sheet for each, laid out as the form is, with numbers as numbers. Equal reports give
//! equal bytes.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::annual::{table_four, table_three, table_two, title};
use super::body::ReportBody;
use crate::letters::paper::{Align, Grid};

/// Why no workbook came about: never seen, for it is written into memory.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written: {0}")]
pub struct WorkbookFault(#[from] XlsxError);

/// Writes it.
///
/// # Errors
/// [`WorkbookFault`], never seen.
pub fn workbook(report: &ReportBody) -> Result<Vec<u8>, WorkbookFault> {
    let mut book = Workbook::new();
    // The day the year ended: a workbook of the same report is the same file.
    let made = ExcelDateTime::from_ymd(u16::try_from(report.year).unwrap_or(2100), 12, 31)?;
    book.set_properties(&DocProperties::new().set_title(title(report)).set_author("dafu").set_creation_datetime(&made));
    let two = book.add_worksheet().set_name("表二 主动公开")?;
    let mut row = headed(two, &title(report), 4)?;
    for grid in table_two(report.tables.two) {
        row = laid(two, &grid, row)?.saturating_add(1);
    }
    let three = book.add_worksheet().set_name("表三 依申请公开")?;
    let row = headed(three, &title(report), 10)?;
    laid(three, &table_three(&report.tables), row)?;
    let four = book.add_worksheet().set_name("表四 复议诉讼")?;
    let row = headed(four, &title(report), 15)?;
    laid(four, &table_four(&report.tables.four), row)?;
    Ok(book.save_to_buffer()?)
}

/// Writes the title over the columns, and gives the row where the table begins.
fn headed(sheet: &mut Worksheet, title: &str, columns: u16) -> Result<u32, XlsxError> {
    let bold = Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, columns.saturating_sub(1), title, &bold)?;
    Ok(2)
}

/// Writes a table from a row on, and gives the row behind it.
fn laid(sheet: &mut Worksheet, grid: &Grid, from: u32) -> Result<u32, XlsxError> {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for (column, width) in (0..).zip(&grid.widths) {
        let parts = f64::from(*width) * if grid.widths.iter().all(|one| *one == 1) { 14.0 } else { 1.0 };
        sheet.set_column_width(column, parts.max(9.0))?;
    }
    for one in grid.placed() {
        let align = match one.cell.align {
            Align::Left => FormatAlign::Left,
            Align::Centre => FormatAlign::Center,
        };
        let mut format = Format::new()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(align)
            .set_align(FormatAlign::VerticalCenter);
        if one.row < grid.head {
            format = format.set_bold();
        }
        let row = from.saturating_add(number(one.row));
        let column = u16::try_from(one.column).unwrap_or(u16::MAX);
        let (last_row, last_column) =
            (row.saturating_add(u32::from(one.cell.rows)) - 1, column.saturating_add(one.cell.columns) - 1);
        if (last_row, last_column) != (row, column) {
            sheet.merge_range(row, column, last_row, last_column, &one.cell.text, &format)?;
        } else if let Ok(figure) = one.cell.text.parse::<f64>() {
            sheet.write_number_with_format(row, column, figure, &format)?;
        } else {
            sheet.write_string_with_format(row, column, &one.cell.text, &format)?;
        }
    }
    Ok(from.saturating_add(number(grid.rows.len())))
}
