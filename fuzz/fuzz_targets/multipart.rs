//! Forms with files, as browsers send them and as nobody does: the fields, and then a file that is tried as a ledger.
#![no_main]

use actix_web::test::TestRequest;
use dafu::vault::token::form_token;
use dafu_fuzz::{COOKIE, with_house};
use libfuzzer_sys::fuzz_target;

const KIND: &str = "multipart/form-data; boundary=B";

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let said = with_house(|house, secret| {
        // From anybody, as it is; or from a member of staff, with the token of the form before it.
        let (place, body) = if first % 2 == 0 {
            ("/track/files", rest.to_vec())
        } else {
            let token = form_token(secret);
            let before = format!(
                "--B\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n--B\r\n\
                 Content-Disposition: form-data; name=\"agency\"\r\n\r\nlingang\r\n--B\r\n"
            );
            ("/admin/import", [before.as_bytes(), rest].concat())
        };
        house.ask(
            TestRequest::post()
                .uri(place)
                .insert_header(("Content-Type", KIND))
                .insert_header(("Cookie", format!("{COOKIE}={secret}")))
                .insert_header(("Sec-Fetch-Site", "same-origin"))
                .set_payload(body),
        )
    });
    assert!(said.status < 500, "{} {}", said.status, String::from_utf8_lossy(&said.body));
});
