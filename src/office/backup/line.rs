//! A row as a line of JSON. One row has one spelling: the columns by name, numbers bare, bytes in lower-case hexadecimal, days as
//! `2026-03-02`, instants in UTC with six digits behind the second.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::Value;

use crate::storage::tables::{Kind, Table};
use crate::storage::whole_rows::Cell;
use crate::vault::hex;

/// Bytes of most lines.
const USUAL: usize = 1024;

const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// The first line of a table: its columns with what they hold, `["id:text","seq:number"]`.
pub(super) fn head(table: &Table) -> String {
    let columns = table.columns.iter().map(|column| format!("{}:{}", column.name, column.kind.as_str()));
    Value::from(columns.collect::<Vec<_>>()).to_string()
}

/// Writes a row, with the end of its line, in one go: what is written is packed and hashed piece by piece.
pub(super) fn write(out: &mut impl Write, row: &[Cell]) -> io::Result<()> {
    let mut line = Vec::with_capacity(USUAL);
    spell(&mut line, row)?;
    out.write_all(&line)
}

fn spell(out: &mut Vec<u8>, row: &[Cell]) -> io::Result<()> {
    for (place, cell) in row.iter().enumerate() {
        out.push(if place == 0 { b'[' } else { b',' });
        match cell {
            Cell::Nothing => out.extend_from_slice(b"null"),
            Cell::Text(text) => serde_json::to_writer(&mut *out, text)?,
            Cell::Number(number) => write!(out, "{number}")?,
            Cell::Truth(truth) => write!(out, "{truth}")?,
            Cell::Bytes(bytes) => write!(out, "\"{}\"", hex::encode(bytes))?,
            Cell::Day(day) => write!(out, "\"{}\"", day.format("%Y-%m-%d"))?,
            Cell::Instant(at) => write!(out, "\"{}\"", at.format(INSTANT))?,
        }
    }
    out.extend_from_slice(b"]\n");
    Ok(())
}

/// The row that a line spells, if it is one of `table`.
pub(super) fn read(table: &Table, line: &str) -> Option<Vec<Cell>> {
    let values: Vec<Value> = serde_json::from_str(line).ok()?;
    if values.len() != table.columns.len() {
        return None;
    }
    table.columns.iter().zip(values).map(|(column, value)| cell(column.kind, value)).collect()
}

fn cell(kind: Kind, value: Value) -> Option<Cell> {
    Some(match (kind, value) {
        (_, Value::Null) => Cell::Nothing,
        (Kind::Text, Value::String(text)) => Cell::Text(text),
        (Kind::Number, Value::Number(number)) => Cell::Number(number.as_i64()?),
        (Kind::Truth, Value::Bool(truth)) => Cell::Truth(truth),
        (Kind::Bytes, Value::String(text)) => Cell::Bytes(hex::decode_any(&text)?),
        (Kind::Day, Value::String(text)) => Cell::Day(text.parse().ok()?),
        (Kind::Instant, Value::String(text)) => Cell::Instant(instant(&text)?),
        _ => return None,
    })
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    NaiveDateTime::parse_from_str(text, INSTANT).ok().map(|at| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::tables::Column;
    use std::collections::BTreeSet;

    #[test]
    fn a_row_comes_back_from_its_line() {
        let kinds = [Kind::Text, Kind::Number, Kind::Truth, Kind::Bytes, Kind::Day, Kind::Instant];
        let columns: Vec<Column> =
            kinds.iter().map(|kind| Column { name: kind.as_str().to_owned(), kind: *kind }).collect();
        let table = Table { name: "t".to_owned(), key: columns.clone(), columns, parents: BTreeSet::new() };
        assert_eq!(
            head(&table),
            r#"["text:text","number:number","truth:truth","bytes:bytes","day:day","instant:instant"]"#
        );
        let full = vec![
            Cell::Text("某\"人\"\n\u{1}\u{2028}".to_owned()),
            Cell::Number(i64::MIN),
            Cell::Truth(false),
            Cell::Bytes(vec![0, 255]),
            Cell::Day("2026-03-02".parse().expect("a day")),
            Cell::Instant("2026-03-02T04:00:00.000001Z".parse().expect("an instant")),
        ];
        let empty = vec![Cell::Nothing; 6];
        let mut bare = empty.clone();
        bare.splice(3..4, [Cell::Bytes(Vec::new())]);
        for row in [full, empty, bare] {
            let mut line = Vec::new();
            write(&mut line, &row).expect("written");
            assert_eq!(read(&table, std::str::from_utf8(&line).expect("text").trim_end()), Some(row));
        }
        assert_eq!(read(&table, "[1,2,true,\"00\",\"2026-03-02\",\"2026-03-02T04:00:00.000001Z\"]"), None);
        assert_eq!(read(&table, "[]"), None);
    }
}
