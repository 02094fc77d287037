//! The stylesheet, the scripts and the icon: in the binary, under names that carry a digest of their bytes, so that a
//! browser may keep them for good and a new release is seen at once.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};

use super::turn::Turn;
use crate::office::failure::Failure;
use crate::vault::Digest;

/// How long a browser may keep one: its name changes with its bytes.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Digits of the digest in a name: enough to tell releases apart.
const MARK: usize = 12;

/// One file.
struct Asset {
    path: String,
    kind: &'static str,
    bytes: &'static str,
}

impl Asset {
    fn new(stem: &str, end: &str, kind: &'static str, bytes: &'static str) -> Self {
        let digest = Digest::of("dafu/asset/1", &[bytes.as_bytes()]).to_string();
        let mark: String = digest.rsplit(':').next().unwrap_or_default().chars().take(MARK).collect();
        Self { path: format!("/assets/{stem}-{mark}.{end}"), kind, bytes }
    }
}

static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("dafu", "css", "text/css; charset=utf-8", include_str!("assets/dafu.css")));
static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("dafu", "js", "text/javascript; charset=utf-8", include_str!("assets/dafu.js")));
static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("dafu", "svg", "image/svg+xml; charset=utf-8", include_str!("assets/dafu.svg")));

/// Address of the stylesheet.
pub(super) fn style() -> &'static str {
    &STYLE.path
}

/// Address of the scripts.
pub(super) fn script() -> &'static str {
    &SCRIPT.path
}

/// Address of the icon.
pub(super) fn icon() -> &'static str {
    &ICON.path
}

/// Serves one of them.
///
/// # Errors
/// [`Failure::Missing`] for any other name.
pub(super) async fn serve(name: web::Path<String>) -> Result<HttpResponse, Turn> {
    let wanted = format!("/assets/{name}");
    let asset = [&STYLE, &SCRIPT, &ICON].into_iter().find(|asset| asset.path == wanted).ok_or(Failure::Missing)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, asset.kind))
        .insert_header((CACHE_CONTROL, FOR_GOOD))
        .body(asset.bytes))
}
