//! A file as an answer: a letter, or a table that is sent as it is written.

use std::fmt::Display;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ContentEncoding};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, TryStreamExt, stream};

use crate::office::exporting::Export;
use crate::office::files::reading::HandedOut;
use crate::office::ledger::{Ledger, LedgerForm};
use crate::office::letters::reading::{Format, LetterFile};
use crate::office::public::folder::Folder;
use crate::office::reports::files::{ReportFile, ReportFormat};
use crate::office::supervision::orders::proof::HandedProof;
use crate::office::{Office, Officer};

/// A file for the reader alone: shown where the browser can, under its own name where it is kept.
pub fn handed_out(file: LetterFile) -> HttpResponse {
    let kind = if file.format == Format::Pdf { "inline" } else { "attachment" };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.format.media_type()))
        .insert_header((CONTENT_DISPOSITION, format!("{kind}; filename*=UTF-8''{}", encoded(&file.name))))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(file.bytes)
}

/// A file of a case, part by part as it is read. Only pictures and PDF are shown by the browser; all else is kept as a file, for
/// nothing that somebody sent may run at our address.
pub fn streamed(file: HandedOut) -> HttpResponse {
    let mut answer = as_sent(&file.name, file.media_type);
    answer.no_chunking(file.size);
    answer.streaming(Box::pin(file.content().map_err(|fault| broken_off(&fault))))
}

/// A file that proves the answer to an order, under the same rule.
pub fn proof(proof: HandedProof) -> HttpResponse {
    match proof {
        HandedProof::File(file) => streamed(*file),
        HandedProof::Paper(paper) => as_sent(&paper.name, paper.media_type).body(paper.content),
    }
}

fn as_sent(name: &str, media_type: &'static str) -> HttpResponseBuilder {
    let is_shown = matches!(media_type, "application/pdf" | "image/jpeg" | "image/png");
    let kind = if is_shown { "inline" } else { "attachment" };
    let media_type = if media_type == "text/plain" { "application/octet-stream" } else { media_type };
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, format!("{kind}; filename*=UTF-8''{}", encoded(name))))
        .insert_header((CACHE_CONTROL, "no-store"));
    answer
}

/// An annual report: nothing of it is personal.
pub fn report(file: ReportFile) -> HttpResponse {
    let kind = if file.format == ReportFormat::Pdf { "inline" } else { "attachment" };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.format.media_type()))
        .insert_header((CONTENT_DISPOSITION, format!("{kind}; filename*=UTF-8''{}", encoded(&file.name))))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(file.bytes)
}

/// A package that is sent while it is written. One that breaks off is not ended as a whole one is, so that nobody takes it for that.
pub fn package(name: &str, pieces: impl Stream<Item = std::io::Result<Bytes>> + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(pieces)
}

/// An archive, piece by piece as it is packed.
pub fn packed(folder: Folder) -> HttpResponse {
    let name = encoded(&folder.name);
    let pieces = stream::unfold(Some(folder), |folder| async move {
        let mut folder = folder?;
        match folder.next().await {
            Ok(piece) => piece.map(|piece| (Ok(piece), Some(folder))),
            // The papers before are on their way already: the reader is to see that the archive is not whole.
            Err(failure) => Some((Err(broken_off(&failure)), None)),
        }
    });
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(ContentEncoding::Identity)
        .streaming(Box::pin(pieces))
}

/// What ends an answer that is on its way. The log of the server beneath, which would tell it, is full of strangers' mistakes and is off
/// (`cli/serve`).
fn broken_off(why: &impl Display) -> std::io::Error {
    tracing::error!(%why, "a file broke off while it was sent");
    std::io::Error::other(why.to_string())
}

/// A name as RFC 8187 writes it: every byte but letters and digits in hexadecimal.
fn encoded(name: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-' {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A short table of figures.
pub fn figures(name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text)
}

/// The table, a page of the list at a time.
pub fn table(office: Office, officer: Officer, export: Export) -> HttpResponse {
    let name = format!("cases-{}.csv", office.today());
    let pieces = stream::unfold((office, officer, export), |(office, officer, mut export)| async move {
        match office.go_on_exporting(&officer, &mut export).await {
            Ok(piece) => piece.map(|piece| (Ok(Bytes::from(piece)), (office, officer, export))),
            // The rows before are on their way already: the reader is to see that the file is not whole.
            Err(failure) => Some((Err(broken_off(&failure)), (office, officer, export))),
        }
    });
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(Box::pin(pieces))
}

/// The ledger, a page of rows at a time.
pub fn ledger(office: Office, officer: Officer, begun: Ledger, form: LedgerForm) -> HttpResponse {
    let name = format!("{}.{}", begun.name(), form.extension());
    let pieces = stream::unfold((office, officer, begun), |(office, officer, mut begun)| async move {
        match office.go_on_with_ledger(&officer, &mut begun).await {
            Ok(piece) => piece.map(|piece| (Ok(piece), (office, officer, begun))),
            // The rows before are on their way already: the reader is to see that the file is not whole.
            Err(failure) => Some((Err(broken_off(&failure)), (office, officer, begun))),
        }
    });
    HttpResponse::Ok()
        .content_type(form.media_type())
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(Box::pin(pieces))
}

/// A workbook that is at hand.
pub fn workbook(name: &str, bytes: Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(LedgerForm::Xlsx.media_type())
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes)
}
