//! What is shown at the doors: tokens, codes, passes, cookies, forms. None of what is made up opens one, and none makes the service fall.
#![no_main]

use actix_web::test::TestRequest;
use dafu_fuzz::{header, with_house};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let number = "LINGANG-2026-000001";
    let application = format!("/api/v1/public/applications/{number}");
    let shown = |name: &'static str, value: String| Some((name, header(&value)?));
    let (path, told) = match first % 8 {
        0 => ("/api/v1/me", shown("Authorization", format!("Bearer {text}"))),
        1 => (application.as_str(), shown("X-Query-Code", text.to_owned())),
        2 => ("/api/v1/public/drafts", shown("X-Draft-Code", text.to_owned())),
        3 => ("/api/v1/public/mine", shown("X-Mine-Pass", text.to_owned())),
        4 => ("/desk", shown("Cookie", format!("dafu_session={text}"))),
        5 => ("/track/receipt", shown("Cookie", format!("dafu_track={text}"))),
        6 => ("/apply/lingang/request", shown("Cookie", format!("dafu_draft={text}"))),
        _ => ("/mine", shown("Cookie", text.to_owned())),
    };
    let Some(told) = told else { return };
    let stays_shut = first % 8 < 4 || path == "/desk";
    let said = with_house(|house, _| house.ask(TestRequest::get().uri(path).insert_header(told)));
    assert!(said.status < 500, "{path}: {} {}", said.status, String::from_utf8_lossy(&said.body));
    assert!(said.status != 200 || !stays_shut, "{path} was opened");
});
