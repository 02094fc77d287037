//! Bodies in JSON: read, held against the schema, made into a value. As anybody may send them, to an agency that does not exist, so that
//! nothing is kept; behind a byte of its own, as somebody who is signed in, to every operation that takes one. And queries, which are
//! held against theirs.
#![no_main]

use actix_web::http::Method;
use actix_web::test::TestRequest;
use dafu_fuzz::{House, with_house};
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

/// The byte behind which somebody is signed in: the next says who, the two after it where.
const SIGNED_IN: u8 = 0xff;

/// What is open to whoever is signed in.
struct Desk {
    tokens: [String; 2],
    operations: Vec<(Method, String)>,
}

impl Desk {
    fn open(house: &House) -> Self {
        let operations = house.operations();
        assert!(operations.len() > 50, "{} operations take a body", operations.len());
        Self { tokens: [house.token("clerk"), house.token("admin")], operations }
    }

    fn request(&self, data: &[u8]) -> Option<(String, TestRequest)> {
        let [who, high, low, body @ ..] = data else { return None };
        let token = &self.tokens[usize::from(who % 2)];
        let place = (usize::from(*high) << 8 | usize::from(*low)) % self.operations.len();
        let (method, path) = &self.operations[place];
        let request = TestRequest::with_uri(path).method(method.clone()).set_payload(body.to_vec());
        let request = request.insert_header(("Content-Type", "application/json"));
        Some((path.clone(), request.insert_header(("Authorization", format!("Bearer {token}")))))
    }
}

thread_local! {
    static DESK: Desk = with_house(|house, _| Desk::open(house));
}

fn public(first: u8, body: &[u8]) -> Option<(String, TestRequest)> {
    let place = PLACES[usize::from(first) % PLACES.len()];
    let request = if place.ends_with("published") {
        let uri = format!("{place}?{}", String::from_utf8_lossy(body));
        TestRequest::get().uri(&uri.parse::<actix_web::http::Uri>().ok()?.to_string())
    } else {
        TestRequest::post().uri(place).insert_header(("Content-Type", "application/json")).set_payload(body.to_vec())
    };
    Some((place.to_owned(), request))
}

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let asked = if *first == SIGNED_IN { DESK.with(|desk| desk.request(rest)) } else { public(*first, rest) };
    let Some((place, request)) = asked else { return };
    let said = with_house(|house, _| house.ask(request));
    let text = String::from_utf8_lossy(&said.body);
    assert!(said.status < 500, "{place}: {} {text}", said.status);
    let empty = matches!(said.status, 202 | 204) && said.body.is_empty();
    assert!(
        empty || serde_json::from_slice::<serde_json::Value>(&said.body).is_ok(),
        "{place}: {} {text}",
        said.status
    );
});
