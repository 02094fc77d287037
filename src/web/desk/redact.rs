//! Blacking out parts of a record: its pages as pictures, the boxes beside them as rows that can be typed, drawn with the mouse,
//! or both. Only the last button makes the redacted record; until then nothing is kept but what the form carries. Boxes that leave
//! something legible are told before, and widened at a touch.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;

use crate::api::problem::Fault;
use crate::ids::{CaseId, FileId};
use crate::law::outcome::{Outcome, OutcomeGroup};
use crate::office::failure::{Failure, Problem};
use crate::office::files::redacting::{BoxInput, RedactionInput, RemnantView};
use crate::office::views::CaseView;
use crate::web::desk::act::outcomes;
use crate::web::fields::Fields;
use crate::web::form::Choice;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

/// Pages shown at once.
const SHOWN: u32 = 10;

/// A row of the form: a box as it was typed, lengths in hundredths of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Row {
    page: String,
    left: String,
    top: String,
    width: String,
    height: String,
    ground: String,
    note: String,
}

impl Row {
    /// What is written in figures: field, text, and its names.
    fn numbers(&self) -> [(&str, &str, &str, &str); 5] {
        [
            ("page", &self.page, "页", "Page"),
            ("left", &self.left, "左", "Left"),
            ("top", &self.top, "上", "Top"),
            ("width", &self.width, "宽", "Width"),
            ("height", &self.height, "高", "Height"),
        ]
    }

    /// Makes the row cover what `whole` covers, to the hundredth of a hundredth beyond it.
    fn cover(&mut self, whole: &BoxInput) {
        const STEPS: f64 = 10_000.0;
        let from = |at: f64| (at * STEPS).floor() / STEPS;
        let to = |at: f64| ((at * STEPS).ceil() / STEPS).min(1.0);
        let (left, top) = (from(whole.left), from(whole.top));
        (self.left, self.top) = (percent(&left), percent(&top));
        self.width = percent(&(to(whole.left + whole.width) - left));
        self.height = percent(&(to(whole.top + whole.height) - top));
    }
}

#[derive(Template)]
#[template(path = "desk/redact.html")]
struct RedactPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    file: FileId,
    name: String,
    /// The version the form rests on.
    version: u32,
    rows: Vec<Row>,
    grounds: Vec<Choice>,
    count: u32,
    /// The pages shown now.
    shown: Vec<u32>,
    /// The first of them.
    from: u32,
    /// The first page of each stretch, and whether it is the one shown.
    stretches: Vec<(u32, bool)>,
    problems: Vec<Problem>,
    refused: Option<String>,
    /// The boxes that leave something legible.
    remnants: Vec<RemnantView>,
    /// Which of them this page tells: whoever sends the same again means it.
    warned: String,
    /// Whether it was asked, and no box leaves anything.
    clean: bool,
}

/// A part of a page in hundredths, as the form and the sheet write it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
pub(in crate::web) fn percent(part: &f64) -> String {
    let text = format!("{:.2}", part * 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The form.
pub(in crate::web) async fn show(by: SignedIn, path: web::Path<(CaseId, FileId)>) -> Paged {
    let (id, file) = path.into_inner();
    let case = by.office.case(&by.officer, id).await?;
    let version = case.version;
    page_of(&by, case, file, State { version, from: 1, rows: vec![Row::default()], ..State::default() }).await
}

/// A page of the record as a picture.
pub(in crate::web) async fn picture(by: SignedIn, path: web::Path<(CaseId, FileId, u32)>) -> Paged {
    let (case, file, page) = path.into_inner();
    let picture = by.office.page_picture(&by.officer, case, file, page).await?;
    Ok(HttpResponse::Ok().content_type("image/png").body(picture))
}

/// What the form is shown with.
#[derive(Default)]
struct State {
    version: u32,
    /// The first page shown.
    from: u32,
    rows: Vec<Row>,
    problems: Vec<Problem>,
    refused: Option<String>,
    status: Option<StatusCode>,
    remnants: Vec<RemnantView>,
    warned: String,
    clean: bool,
}

/// Makes the redacted record; or shows other pages, or one row more.
pub(in crate::web) async fn redact(sent: Sent, path: web::Path<(CaseId, FileId)>) -> Paged {
    let Sent { by, fields } = sent;
    let (id, file) = path.into_inner();
    let mut rows = rows(&fields);
    let number = |name: &str| fields.get(name).and_then(|text| text.parse().ok()).unwrap_or_default();
    let mut state = State { version: number("version"), from: number("from"), ..State::default() };
    let deed = fields.text("deed");
    if let Some(from) = deed.strip_prefix("go-").and_then(|from| from.parse().ok()) {
        state.from = from;
    } else if deed == "more" {
        rows.push(Row::default());
    } else {
        rows.retain(|row| *row != Row { ground: row.ground.clone(), ..Row::default() });
        match boxes(&rows) {
            Err(problems) => state.problems = problems,
            Ok(boxes) => {
                let asked = Asked { case: id, file, deed: &deed, warned: &fields.text("warned"), boxes };
                match asked.done(&by, &mut rows, &mut state).await {
                    Ok(true) => return page::see(&format!("/desk/cases/{id}/files?done=redacted")),
                    Ok(false) => {}
                    Err(Failure::Invalid(problems)) => state.problems = problems,
                    Err(Failure::Stale { version, .. }) => {
                        state.version = version;
                        state.status = Some(StatusCode::PRECONDITION_FAILED);
                        let said = by.frame.t(
                            "您标注期间，案件有了变化。您的标注都在下面，请再次提交。",
                            "The case changed meanwhile. Your boxes are all below: send them again.",
                        );
                        state.refused = Some(said.to_owned());
                    }
                    // The boxes are the work of an hour: whatever stands in the way, they stay.
                    Err(other) => {
                        let fault = Fault::from(other);
                        state.status = Some(fault.status_code());
                        state.refused = Some(fault.said(by.frame.language));
                    }
                }
            }
        }
    }
    state.rows = rows;
    let case = by.office.case(&by.officer, id).await?;
    page_of(&by, case, file, state).await
}

/// What is asked for with boxes that are complete.
struct Asked<'a> {
    case: CaseId,
    file: FileId,
    /// `check`, `widen`, or `burn`.
    deed: &'a str,
    /// What the page before told.
    warned: &'a str,
    boxes: Vec<BoxInput>,
}

impl Asked<'_> {
    /// Looks what the boxes leave legible; makes the redacted record where they leave nothing, or that was told before. Tells
    /// whether it was made.
    async fn done(self, by: &SignedIn, rows: &mut [Row], state: &mut State) -> Result<bool, Failure> {
        let remnants = |boxes: Vec<BoxInput>| {
            by.office.redaction_remnants(&by.officer, self.case, self.file, RedactionInput { boxes })
        };
        let mut left = remnants(self.boxes.clone()).await?;
        if self.deed == "widen" {
            for one in &left {
                if let Some(row) = place_of(&one.pointer).and_then(|at| rows.get_mut(at)) {
                    row.cover(&one.instead);
                }
            }
            left = remnants(boxes(rows).map_err(Failure::Invalid)?).await?;
        }
        let told = told(&left, rows);
        if !matches!(self.deed, "check" | "widen") && (left.is_empty() || told == self.warned) {
            let input = RedactionInput { boxes: self.boxes };
            by.office.redact(&by.officer, self.case, self.file, state.version, input).await?;
            return Ok(true);
        }
        (state.clean, state.warned, state.remnants) = (left.is_empty(), told, left);
        Ok(false)
    }
}

/// Names what was told, so that it is told anew once a box was changed.
fn told(remnants: &[RemnantView], rows: &[Row]) -> String {
    let one = |one: &RemnantView| {
        let row = place_of(&one.pointer).and_then(|at| rows.get(at)).cloned().unwrap_or_default();
        [row.page, row.left, row.top, row.width, row.height].join(" ")
    };
    remnants.iter().map(one).collect::<Vec<_>>().join(";")
}

async fn page_of(by: &SignedIn, case: CaseView, file: FileId, state: State) -> Paged {
    let p = &by.frame;
    let count = by.office.pages_of(&by.officer, case.id, file).await?;
    let files = by.office.files(&by.officer, case.id).await?;
    let name = files.into_iter().find(|one| one.id == file).map(|one| one.name).unwrap_or_default();
    let from = state.from.clamp(1, count);
    let shown = (from..=count.min(from.saturating_add(SHOWN - 1))).collect();
    let wrong = !state.problems.is_empty();
    let status = state.status.unwrap_or(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK });
    let rows = if state.rows.is_empty() { vec![Row::default()] } else { state.rows };
    let page = RedactPage {
        p,
        file,
        name,
        version: state.version,
        rows,
        grounds: outcomes(p, |rule| rule.group == OutcomeGroup::Refused),
        count,
        shown,
        from,
        stretches: (1..=count)
            .step_by(usize::try_from(SHOWN).unwrap_or(1))
            .map(|first| (first, first == from))
            .collect(),
        problems: state.problems,
        refused: state.refused,
        remnants: state.remnants,
        warned: state.warned,
        clean: state.clean,
        tab: "files",
        case,
    };
    page::with_status(status, p, &page)
}

/// The rows of a form, each made of the fields that stand at its place.
fn rows(fields: &Fields) -> Vec<Row> {
    let column = |name: &str| -> Vec<String> {
        fields.iter().filter(|(of, _)| *of == name).map(|(_, text)| text.trim().to_owned()).collect()
    };
    let (left, top, width, height) = (column("left"), column("top"), column("width"), column("height"));
    let (ground, note) = (column("ground"), column("note"));
    let at = |column: &[String], row: usize| column.get(row).cloned().unwrap_or_default();
    let row = |(row, page): (usize, String)| Row {
        page,
        left: at(&left, row),
        top: at(&top, row),
        width: at(&width, row),
        height: at(&height, row),
        ground: at(&ground, row),
        note: at(&note, row),
    };
    column("page").into_iter().enumerate().map(row).collect()
}

/// The boxes of the rows; every row that is none is told.
fn boxes(rows: &[Row]) -> Result<Vec<BoxInput>, Vec<Problem>> {
    let mut problems = Vec::new();
    if rows.is_empty() {
        problems.push(Problem::at("/boxes", "请至少标出一处。", "Mark one box at least."));
    }
    let mut boxes = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let part = |text: &str| text.parse::<f64>().ok().filter(|part| part.is_finite()).map(|part| part / 100.0);
        let read = (part(&row.left), part(&row.top), part(&row.width), part(&row.height));
        let page = row.page.parse::<u32>().ok();
        let ground = row.ground.parse::<Outcome>().ok();
        if let ((Some(left), Some(top), Some(width), Some(height)), Some(page), Some(ground)) = (read, page, ground) {
            let note = Some(row.note.clone()).filter(|note| !note.is_empty());
            boxes.push(BoxInput { page, left, top, width, height, ground, note });
        } else {
            problems.push(Problem::at(
                format!("/boxes/{at}"),
                "请填写页码、位置（占页面的百分比）和依据。",
                "Give the page, the place (in % of the page) and the ground.",
            ));
        }
    }
    if problems.is_empty() { Ok(boxes) } else { Err(problems) }
}

/// Which row a problem is about, from 1 on.
pub(in crate::web) fn row_of(pointer: &str) -> Option<usize> {
    place_of(pointer).map(|at| at + 1)
}

/// The same, from 0 on.
fn place_of(pointer: &str) -> Option<usize> {
    pointer.strip_prefix("/boxes/")?.split('/').next()?.parse().ok()
}
