//! Old cases that are brought in from a ledger: the file is the body.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{self, Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;

use super::answer::{self, Answer};
use super::body::{BodyLimits, data};
use super::file::workbook;
use super::officer::Staff;
use super::problem::Fault;
use super::query::CheckedQuery;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::importing::{BYTES_ON_LINE, ImportQuery, ImportReport};

/// A file, and how it is to be brought in.
pub struct SentLedger {
    query: ImportQuery,
    bytes: Bytes,
}

impl FromRequest for SentLedger {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// As of [`CheckedQuery`]; [`Fault::TooLarge`], [`Fault::TooSlow`], [`Fault::Unreadable`].
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let query = CheckedQuery::<ImportQuery>::from_request(request, payload).into_inner();
        let body = web::Payload::from_request(request, payload).into_inner();
        let limits = data::<BodyLimits>(request);
        Box::pin(async move {
            let (query, limits) = (query?.0, limits?);
            let body = body.map_err(|fault| Failure::broken(fault.to_string()))?;
            let bytes = tokio::time::timeout(limits.time, whole(body)).await.map_err(|_elapsed| Fault::TooSlow)??;
            Ok(Self { query, bytes })
        })
    }
}

async fn whole(mut body: web::Payload) -> Result<Bytes, Fault> {
    let mut bytes = BytesMut::new();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|_broken| Fault::Unreadable {
            zh: "没有收到完整的文件。".to_owned(),
            en: "The file did not arrive completely.".to_owned(),
        })?;
        if bytes.len().saturating_add(piece.len()) > BYTES_ON_LINE {
            return Err(Fault::TooLarge { limit: BYTES_ON_LINE });
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.freeze())
}

/// Bring in old cases
///
/// The body is a ledger (XLSX, or CSV in UTF-8 or GB18030) with 5000 rows a sheet at most. Everything wrong with any row is told;
/// all of it is brought in, or nothing, or with `good_rows` the good rows alone. `brought_in` says how many rows were. Rows that are
/// here already are left alone. Nobody is sent a notice.
#[utoipa::path(post, path = "/api/v1/imports", tag = "reports", params(ImportQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "What came of it", body = ImportReport)))]
pub async fn bring_in(staff: Staff<SentLedger>) -> Answer {
    let SentLedger { query, bytes } = staff.input;
    answer::ok(staff.office.import(&staff.officer, query, bytes).await?)
}

/// Fetch the empty workbook for old cases
///
/// With its heads, the lists of codes, and what each column takes.
#[utoipa::path(get, path = "/api/v1/imports/template", tag = "reports",
    responses((status = 200, description = "The workbook",
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn template(_staff: Staff<()>) -> Answer {
    Ok(workbook("ledger.xlsx", Office::import_template()?))
}
