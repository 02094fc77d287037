//! One question once it is over: how was it.

use actix_web::{HttpRequest, web};
use serde_json::{Value, json};

use super::key;
use crate::api::contract::Contract;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::rating::Feedback;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};

/// The answers, the best first.
pub(in crate::web::portal) fn values(p: &Frame) -> [(i32, &'static str); 5] {
    let pick = |zh, en| p.language.pick(zh, en);
    [
        (5, pick("很满意", "very satisfied")),
        (4, pick("满意", "satisfied")),
        (3, pick("一般", "neither")),
        (2, pick("不满意", "dissatisfied")),
        (1, pick("很不满意", "very dissatisfied")),
    ]
}

/// An answer in words.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
pub(super) fn word(p: &Frame, value: &i32) -> &'static str {
    values(p).into_iter().find(|(of, _)| of == value).map_or("", |(_, word)| word)
}

/// Takes the answer.
pub(in crate::web) async fn rate(
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let value = fields.get("satisfaction").and_then(|text| text.parse::<i64>().ok());
    let mut body = json!({ "satisfaction": value });
    if let (Some(comment), Some(body)) = (fields.get("comment"), body.as_object_mut()) {
        body.insert("comment".to_owned(), Value::from(comment));
    }
    let input: Feedback = match contract.body(body) {
        Ok(input) => input,
        // Nothing was chosen: the question stays where it stands.
        Err(Failure::Invalid(_)) if value.is_none() => return page::see("/track?rate=choose#rating"),
        Err(other) => return Err(other.into()),
    };
    office.rate(&key.receipt_no, &key.code, input).await?;
    page::see("/track?rate=done#rating")
}
