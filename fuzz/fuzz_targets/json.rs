//! Bodies in JSON as anybody may send them: an application, a draft, a letter, a question; read, held against the schema, made into a
//! value. The agency does not exist, so that nothing is kept. And queries, which are held against theirs.
#![no_main]

use actix_web::test::TestRequest;
use dafu_fuzz::with_house;
use libfuzzer_sys::fuzz_target;

const PLACES: &[&str] = &[
    "/api/v1/public/agencies/nowhere/applications",
    "/api/v1/public/agencies/nowhere/drafts",
    "/api/v1/public/agencies/nowhere/enquiries",
    "/api/v1/public/deadline",
    "/api/v1/public/mine/pass",
    "/api/v1/auth/refresh",
    "/api/v1/public/published",
];

fuzz_target!(|data: &[u8]| {
    let Some((first, body)) = data.split_first() else { return };
    let place = PLACES[usize::from(*first) % PLACES.len()];
    let request = if place.ends_with("published") {
        let uri = format!("{place}?{}", String::from_utf8_lossy(body));
        let Ok(uri) = uri.parse::<actix_web::http::Uri>() else { return };
        TestRequest::get().uri(&uri.to_string())
    } else {
        TestRequest::post().uri(place).insert_header(("Content-Type", "application/json")).set_payload(body.to_vec())
    };
    let said = with_house(|house, _| house.ask(request));
    let text = String::from_utf8_lossy(&said.body);
    assert!(said.status < 500, "{place}: {} {text}", said.status);
    assert!(serde_json::from_slice::<serde_json::Value>(&said.body).is_ok(), "{place}: {} {text}", said.status);
});
