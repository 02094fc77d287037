//! The OpenAPI 3.1 document, made from the code: the handlers' own attributes, and what they all have in common.

mod common;
mod leniency;
pub(super) mod terms;

use actix_web::web::{self, ServiceConfig};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa_swagger_ui::{Config, SwaggerUi, Url};

use super::problem::body::ProblemBody;
use super::route::below_prefix;

/// Where the document is.
pub const DOCUMENT: &str = "/api/v1/openapi.json";

/// Where its reader is: a page served from the binary, without anything from elsewhere.
pub const READER: &str = "/api/docs";

/// What is said once for the whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "dafu 答复",
        description = "Applications for government information, from submission to served reply.\n\n\
            Errors are problem+json (RFC 9457), in Chinese, or in English for `Accept-Language: en`. Writes on a case \
            carry `If-Match` with the case's entity tag; creations may carry `Idempotency-Key`.",
    ),
    components(schemas(ProblemBody)),
    security(("bearer" = [])),
    tags(
        (name = "public", description = "Without a token; an application is opened by receipt number and `X-Query-Code`, a draft by `X-Draft-Code`"),
        (name = "sign-in", description = "Tokens of staff"),
        (name = "cases", description = "The case file"),
        (name = "registration", description = "Receipt and register (arts 31, 45)"),
        (name = "assignment", description = "Who handles a case"),
        (name = "correction", description = "Corrections (art. 30)"),
        (name = "consultation", description = "Third parties, co-makers, other agencies (arts 32, 34)"),
        (name = "explanation", description = "Clearly excessive applications (art. 35)"),
        (name = "fee", description = "The processing fee (art. 42)"),
        (name = "co-work", description = "Units that contribute"),
        (name = "referral", description = "Other agencies, and publication of what several ask for (arts 36, 41, 44)"),
        (name = "extension", description = "The extension (art. 33)"),
        (name = "reply", description = "Searched, drafted, reviewed, checked, signed (arts 17, 36, 37)"),
        (name = "service", description = "Service and its proof"),
        (name = "rectification", description = "Mistakes put right by a further entry"),
        (name = "proceedings", description = "Reconsiderations, suits, complaints and inspections beside a case"),
        (name = "enquiries", description = "Letters to the mailbox, questions, hand-overs: no applications, and counted apart"),
        (name = "supervision", description = "What is due and overdue below an agency"),
        (name = "reports", description = "The annual report, counted and entered, frozen, signed and published"),
        (name = "absences", description = "Who is away, and who stands in"),
        (name = "watching", description = "Cases one follows"),
        (name = "admin", description = "Agencies and staff"),
        (name = "retention", description = "How long files are kept, what holds them, who destroys and who takes them over"),
        (name = "reports", description = "The ledger, and old cases that are brought in from one"),
        (name = "bundles", description = "Bundles of evidence: the whole file of a case, to be verified elsewhere"),
        (name = "audit", description = "Seals over the journals, and what lies under them"),
        (name = "terms", description = "Coded terms with their names"),
    )
)]
struct Frame;

/// The document over the operations in `paths`.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn document(paths: utoipa::openapi::OpenApi) -> Result<Value, serde_json::Error> {
    let mut document = Frame::openapi();
    document.merge(paths);
    let components = document.components.get_or_insert_default();
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.description = Some("The access token of POST /api/v1/auth/login".to_owned());
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let code = ApiKeyValue::with_description("X-Query-Code", "The query code on the receipt");
    components.add_security_scheme("query_code", SecurityScheme::ApiKey(ApiKey::Header(code)));

    let code = ApiKeyValue::with_description("X-Draft-Code", "The code of a draft, shown when it was begun");
    components.add_security_scheme("draft_code", SecurityScheme::ApiKey(ApiKey::Header(code)));

    let mut document = serde_json::to_value(document)?;
    terms::enumerate(&mut document);
    leniency::add(&mut document, "Apply");
    common::add_problems(&mut document);
    Ok(document)
}

/// Serves the document and its reader.
pub(super) fn serve(document: &Value, app: &mut ServiceConfig) {
    let config = Config::new([Url::new("dafu", DOCUMENT)])
        // Its default asks a validator elsewhere in the world about every document.
        .validator_url("none");
    app.service(web::redirect(below_prefix(READER), format!("{READER}/"))).service(
        SwaggerUi::new(format!("{}/{{_:.*}}", below_prefix(READER)))
            .config(config)
            .external_urls_from_iter_unchecked([(Url::new("dafu", below_prefix(DOCUMENT)), document.clone())]),
    );
}
