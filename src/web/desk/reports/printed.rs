//! Taking in a report that was published elsewhere, or before there was this system: every cell as it was printed, laid out as on the
//! printed form, so that whoever types looks from one to the other. A whole table may be pasted into its first cell.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::{Map, Value, json};

use crate::law::annual::{Form, Row, Section, TwoItem};
use crate::law::judgment::{Cell, ReportRow};
use crate::law::receipt::ApplicantKind;
use crate::office::failure::{Failure, Problem};
use crate::office::permission::Deed;
use crate::office::reports::published::PublishedInput;
use crate::office::views::AgencyName;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

/// The column behind the named ones.
const TOTAL: &str = "total";

/// The lines of table 二 that list documents, as the input calls them, with their columns.
const DOCUMENTS: [&str; 2] = ["regulations", "normative_documents"];
const DOCUMENT_COLUMNS: [&str; 3] = ["made", "repealed", "in_force"];
/// Those that count decisions.
const DECISIONS: [&str; 3] = ["licences", "penalties", "enforcement"];

#[derive(Template)]
#[template(path = "desk/reports/printed.html")]
struct PrintedPage<'a> {
    p: &'a Frame,
    agency: AgencyName,
    year: i32,
    form: Form,
    typed: Fields,
    problems: Vec<(Option<String>, String)>,
}

impl PrintedPage<'_> {
    fn rows(&self) -> Vec<Row> {
        self.form.rows().collect()
    }

    /// The columns of table 三: code and name.
    fn kinds(&self) -> Vec<(&'static str, &str)> {
        let named = ApplicantKind::ALL.iter().map(|kind| (kind.as_str(), self.p.t(kind.zh(), kind.en())));
        named.chain([(TOTAL, self.p.t("总计", "Total"))]).collect()
    }

    /// The columns of table 四.
    fn results(&self) -> Vec<(&'static str, &str)> {
        let named = Cell::ALL.iter().map(|cell| (cell.as_str(), self.p.t(cell.zh(), cell.en())));
        named.chain([(TOTAL, self.p.t("总计", "Total"))]).collect()
    }

    /// The lines of table 二 that list documents.
    fn documents(&self) -> Vec<(&'static str, &str)> {
        let items = [TwoItem::Regulations, TwoItem::NormativeDocuments];
        DOCUMENTS.into_iter().zip(items.map(|item| self.p.t(item.zh(), item.en()))).collect()
    }

    fn document_columns(&self) -> Vec<(&'static str, &str)> {
        let names =
            [("本年制发件数", "Made this year"), ("本年废止件数", "Repealed this year"), ("现行有效件数", "In force")];
        DOCUMENT_COLUMNS.into_iter().zip(names.map(|(zh, en)| self.p.t(zh, en))).collect()
    }

    /// Those that count decisions.
    fn decisions(&self) -> Vec<(&'static str, &str)> {
        let items = [TwoItem::Licences, TwoItem::Penalties, TwoItem::Enforcement];
        DECISIONS.into_iter().zip(items.map(|item| self.p.t(item.zh(), item.en()))).collect()
    }

    fn typed(&self, table: &str, row: &str, column: &str) -> String {
        self.typed.text(&name_of(table, row, column))
    }

    fn sections(&self) -> Vec<(&'static str, &str)> {
        let in_words = Section::ALL.iter().filter(|section| is_in_words(**section));
        in_words.map(|section| (section.as_str(), self.p.t(section.zh(), section.en()))).collect()
    }
}

const fn is_in_words(section: Section) -> bool {
    matches!(section, Section::Overview | Section::Problems | Section::Other)
}

fn name_of(table: &str, row: &str, column: &str) -> String {
    format!("{table}-{row}-{column}")
}

/// The empty form.
pub(in crate::web) async fn show(by: SignedIn, path: web::Path<(i32, String)>, query: web::Query<Chosen>) -> Paged {
    let (year, slug) = path.into_inner();
    let mut typed = Fields::default();
    typed.set("form", query.form.clone().unwrap_or_default());
    page_of(&by, year, &slug, typed, &[]).await
}

/// Which of the printed forms.
#[derive(serde::Deserialize)]
pub(in crate::web) struct Chosen {
    form: Option<String>,
}

async fn page_of(by: &SignedIn, year: i32, slug: &str, typed: Fields, problems: &[Problem]) -> Paged {
    let own = by.office.reach(&by.officer, Deed::Report).await?;
    let agency = own.into_iter().find(|one| one.slug == slug).ok_or(Failure::Missing)?;
    let form = typed.text("form").parse().unwrap_or_else(|_| Form::of_year(year));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let told = problems.iter().map(|one| told(&by.frame, one)).collect();
    page::with_status(status, &by.frame, &PrintedPage { p: &by.frame, agency, year, form, typed, problems: told })
}

/// A problem, with the id of the field it is about where there is one.
fn told(p: &Frame, problem: &Problem) -> (Option<String>, String) {
    let words = p.t(&problem.zh, &problem.en).to_owned();
    let name = problem.pointer.trim_start_matches('/').replace('/', "-");
    (Some(name).filter(|name| !name.is_empty()), words)
}

/// Takes it in.
pub(in crate::web) async fn take_in(sent: Sent, path: web::Path<(i32, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (year, slug) = path.into_inner();
    if fields.has(RESTORED) {
        return page_of(&by, year, &slug, fields, &[]).await;
    }
    let taken = async {
        let body = body_of(&slug, year, &fields).map_err(Failure::Invalid)?;
        let input: PublishedInput = by.contract.body(body)?;
        by.office.take_in_report(&by.officer, year, input).await
    };
    match taken.await {
        Ok(edition) => page::see(&format!("/desk/reports/editions/{}", edition.summary.id)),
        Err(Failure::Invalid(problems)) => page_of(&by, year, &slug, fields, &problems).await,
        Err(other) => Err(other.into()),
    }
}

/// What was typed, as the API takes it; everything that is no number is told at once.
fn body_of(slug: &str, year: i32, fields: &Fields) -> Result<Value, Vec<Problem>> {
    let mut numbers = Numbers { fields, problems: Vec::new() };
    let form: Form = fields.text("form").parse().unwrap_or_else(|_| Form::of_year(year));
    let kinds: Vec<&str> = ApplicantKind::ALL.iter().map(|kind| kind.as_str()).chain([TOTAL]).collect();
    let three: Vec<Value> = form
        .rows()
        .map(|row| {
            let cells: Vec<u64> = kinds.iter().map(|kind| numbers.cell("three", row.as_str(), kind)).collect();
            json!({"row": row.as_str(), "cells": cells})
        })
        .collect();
    let four: Vec<Value> = ReportRow::ALL
        .iter()
        .map(|row| {
            let cells = Cell::ALL.iter().map(|cell| numbers.cell("four", row.as_str(), cell.as_str()));
            let cells: Vec<u64> = cells.collect();
            json!({"row": row.as_str(), "cells": cells, "total": numbers.cell("four", row.as_str(), TOTAL)})
        })
        .collect();
    let mut body = Map::new();
    body.insert("agency".to_owned(), json!(slug));
    body.insert("form".to_owned(), json!(form.as_str()));
    if fields.has("below") {
        body.insert("below".to_owned(), json!(true));
    }
    body.insert("three".to_owned(), json!(three));
    body.insert("four".to_owned(), json!(four));
    for name in DOCUMENTS {
        // A line of which nothing stands on the form is not printed; one that stands there is whole.
        if DOCUMENT_COLUMNS.iter().any(|column| fields.get(&name_of("two", name, column)).is_some()) {
            let mut line = Map::new();
            for column in DOCUMENT_COLUMNS {
                line.insert(column.to_owned(), json!(numbers.cell("two", name, column)));
            }
            body.insert(name.to_owned(), Value::Object(line));
        }
    }
    for name in DECISIONS {
        if fields.get(&name_of("two", name, TOTAL)).is_some() {
            body.insert(name.to_owned(), json!(numbers.cell("two", name, TOTAL)));
        }
    }
    for name in ["charges", "published_on", "remark"] {
        if let Some(text) = fields.get(name) {
            body.insert(name.to_owned(), json!(text));
        }
    }
    let words = Section::ALL.iter().filter(|section| is_in_words(**section)).map(|section| section.as_str());
    let words: Map<String, Value> = words.map(|name| (name.to_owned(), json!(fields.text(name)))).collect();
    body.insert("words".to_owned(), Value::Object(words));
    if numbers.problems.is_empty() { Ok(Value::Object(body)) } else { Err(numbers.problems) }
}

/// The numbers of a form, and what is wrong with them.
struct Numbers<'a> {
    fields: &'a Fields,
    problems: Vec<Problem>,
}

impl Numbers<'_> {
    /// A cell; one that is left empty was printed as 0.
    fn cell(&mut self, table: &str, row: &str, column: &str) -> u64 {
        let name = name_of(table, row, column);
        let Some(text) = self.fields.get(&name).map(str::trim).filter(|text| !text.is_empty()) else { return 0 };
        text.parse().unwrap_or_else(|_| {
            let (zh, en) = (format!("“{text}”不是整数。"), format!("“{text}” is no whole number."));
            self.problems.push(Problem::at(format!("/{name}"), zh, en));
            0
        })
    }
}
