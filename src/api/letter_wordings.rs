//! The wordings of letters, for administrators.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use crate::law::outcome::Outcome;
use crate::office::failure::Failure;
use crate::office::letters::wordings::{LetterWordingInput, LetterWordingView, WhichLetter};

/// Agency, letter, and what it decides: `-` where that makes no difference.
fn which(request: &HttpRequest) -> Result<WhichLetter, Failure> {
    let word: String = in_path(request, "outcome")?;
    let outcome = match word.as_str() {
        "-" => None,
        word => Some(word.parse::<Outcome>().map_err(|_unknown| Failure::Missing)?),
    };
    Ok(WhichLetter { slug: in_path(request, "slug")?, kind: in_path(request, "letter")?, outcome })
}

/// Show the wording of a letter
///
/// What is in force today, with every edition. `outcome` is what a reply or a lapse decides, and `-` for the others.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name"),
        ("letter" = String, Path, description = "The letter"),
        ("outcome" = String, Path, description = "What it decides, or `-`")),
    responses((status = 200, description = "The wording", body = LetterWordingView)))]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.letter_wording(&staff.officer, which(&request)?).await?)
}

/// Lay down the wording of a letter
///
/// From a day on; letters that were issued stay as they are.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}", tag = "admin",
    request_body = LetterWordingInput,
    params(("slug" = String, Path, description = "The agency's short name"),
        ("letter" = String, Path, description = "The letter"),
        ("outcome" = String, Path, description = "What it decides, or `-`")),
    responses((status = 200, description = "The wording", body = LetterWordingView)))]
pub async fn edit(staff: Staff<Checked<LetterWordingInput>>, request: HttpRequest) -> Answer {
    let which = which(&request)?;
    answer::ok(staff.office.edit_letter_wording(&staff.officer, which, Some(staff.input.value)).await?)
}

/// Go back to the wording that comes with the system
///
/// From today on.
#[utoipa::path(delete, path = "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name"),
        ("letter" = String, Path, description = "The letter"),
        ("outcome" = String, Path, description = "What it decides, or `-`")),
    responses((status = 200, description = "The wording", body = LetterWordingView)))]
pub async fn restore(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.edit_letter_wording(&staff.officer, which(&request)?, None).await?)
}

/// Look at a wording
///
/// Filled in with the case of that number, or an invented one, as PDF; what is sent need not be laid down.
#[utoipa::path(post, path = "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}/preview", tag = "admin",
    request_body = LetterWordingInput,
    params(("slug" = String, Path, description = "The agency's short name"),
        ("letter" = String, Path, description = "The letter"),
        ("outcome" = String, Path, description = "What it decides, or `-`")),
    responses((status = 200, description = "The page", content_type = "application/pdf")))]
pub async fn preview(staff: Staff<Checked<LetterWordingInput>>, request: HttpRequest) -> Answer {
    let which = which(&request)?;
    let LetterWordingInput { source, case, .. } = staff.input.value;
    let pdf = crate::office::letters::reading::Format::Pdf;
    let file = staff.office.preview_letter_wording(&staff.officer, which, Some(source), case, pdf).await?;
    Ok(super::file::handed_out(file))
}
