//! Tokens and cookies as somebody forges, steals and swaps them.

use std::sync::Barrier;

use chrono::TimeDelta;
use dafu::ids::Randomness;
use dafu::vault::token::{self, Claims};
use dafu::vault::{KeyName, Keys, key_files};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::handled::Handled;
use crate::support::served::{PASSWORD, Served, on_both};
use crate::support::visitor::Visitor;

fn signed_in(service: &Served, login: &str) -> Value {
    let body = json!({"login": login, "password": PASSWORD});
    service.public("POST", "/api/v1/auth/login", None, Some(&body)).expect(200)
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn me(service: &Served, token: &str) -> u16 {
    service.send("GET", "/api/v1/me", &[("Authorization", &format!("Bearer {token}"))], None).status
}

fn keys(service: &Served) -> Keys {
    key_files::read(&service.config.keys.directory).unwrap()
}

/// What a good token of the clerk says, to be said in a false one.
fn claims(service: &Served) -> Claims {
    let access = word(&signed_in(service, "clerk")["access_token"]);
    token::verify(&keys(service), &access, service.clock.now()).unwrap()
}

fn payload(claims: &Claims) -> Value {
    json!({
        "iss": "dafu", "aud": "dafu", "sub": claims.sub, "iat": claims.iat, "exp": claims.exp, "jti": claims.jti,
        "family": claims.family,
    })
}

/// Base 64 for addresses (RFC 4648 §5), by hand: no library would write what is wrong with these.
fn part(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for shift in [18, 12, 6, 0].into_iter().take(chunk.len() + 1) {
            text.push(SIGNS[(bits >> shift) as usize & 63] as char);
        }
    }
    text
}

#[test]
fn a_token_that_is_forged_in_any_of_the_known_ways_opens_nothing() {
    let service = &Served::on_sqlite("2025-03-03");
    let (keys, claims) = (keys(service), claims(service));
    let kid = keys.fingerprint(KeyName::Token);
    let body = part(payload(&claims).to_string().as_bytes());
    let good = token::sign(&keys, &claims).unwrap();
    assert_eq!(me(service, &good), 200, "a token of one's own is what the forged ones are held against");
    let (head, rest) = good.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    let headed =
        |header: &Value, signature: &str| format!("{}.{body}.{signature}", part(header.to_string().as_bytes()));

    let mut forged: Vec<(String, String)> = Vec::new();
    for alg in ["none", "None", "nOnE", "", "HS256", "RS256", "ES256", "EdDSA\u{0}", "eddsa", "ed25519"] {
        for signature in ["", "AAAA", signature] {
            forged.push((format!("alg {alg:?}"), headed(&json!({"typ": "JWT", "alg": alg, "kid": kid}), signature)));
        }
    }
    for secret in [keys_file(service), kid.clone().into_bytes(), b"secret".to_vec(), Vec::new()] {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid.clone());
        let token = jsonwebtoken::encode(&header, &payload(&claims), &EncodingKey::from_secret(&secret)).unwrap();
        forged.push(("HMAC with what is public, or the file itself".to_owned(), token));
    }
    let strange_kids =
        ["", "../../../../dev/null", "/etc/passwd", "'; DROP TABLE staff; --", "http://127.0.0.1:1/jwks", "\u{0}"];
    for kid in strange_kids {
        forged.push((format!("kid {kid:?}"), headed(&json!({"typ": "JWT", "alg": "EdDSA", "kid": kid}), signature)));
    }
    for member in ["jku", "x5u", "jwk", "x5c"] {
        let mut header = json!({"typ": "JWT", "alg": "EdDSA"});
        header[member] = json!("http://127.0.0.1:1/key");
        forged.push((member.to_owned(), headed(&header, signature)));
    }
    let stranger = Keys::generate(&mut Randomness::System);
    forged.push(("the key of another house".to_owned(), token::sign(&stranger, &claims).unwrap()));
    let other = format!(
        "{head}.{}.{signature}",
        part(payload(&Claims { exp: claims.exp + 900, ..claims }).to_string().as_bytes())
    );
    forged.push(("prolonged".to_owned(), other));
    let now = service.clock.now().timestamp();
    let signed = |iat: i64, exp: i64| token::sign(&keys, &Claims { iat, exp, ..claims }).unwrap();
    forged.push(("run out".to_owned(), signed(now - 901, now - 1)));
    forged.push(("runs out this second".to_owned(), signed(now - 900, now)));
    forged.push(("not yet good".to_owned(), signed(now + 3600, now + 7200)));
    let nobody =
        Claims { family: Uuid::from_u128(9), sub: dafu::ids::StaffId::from_uuid(Uuid::from_u128(9)), ..claims };
    forged.push(("of nobody".to_owned(), token::sign(&keys, &nobody).unwrap()));
    for broken in [
        good.chars().take(good.len() - 2).collect(),
        format!("{good}."),
        format!("{good}.x"),
        good.replace('.', ""),
        "....".to_owned(),
        "x".repeat(20_000),
    ] {
        forged.push(("broken".to_owned(), broken));
    }
    for (how, token) in &forged {
        let status = me(service, token);
        // A header that is longer than any may be is not even read.
        assert!(
            status == 401 || (token.len() > 9000 && status == 431),
            "{how}: {status} {}",
            token.chars().take(200).collect::<String>()
        );
    }
}

/// The token key as it lies on the disk.
fn keys_file(service: &Served) -> Vec<u8> {
    std::fs::read(key_files::path_of(&service.config.keys.directory, KeyName::Token)).unwrap()
}

#[test]
fn the_token_is_taken_from_its_header_alone_and_a_refresh_token_is_none() {
    let service = &Served::on_sqlite("2025-03-03");
    let tokens = signed_in(service, "clerk");
    let (access, refresh) = (word(&tokens["access_token"]), word(&tokens["refresh_token"]));
    assert_eq!(me(service, &refresh), 401, "a refresh token opens nothing but a renewal");
    let body = json!({"refresh_token": access});
    let told = service.public("POST", "/api/v1/auth/refresh", None, Some(&body));
    assert!([401, 422].contains(&told.status), "{}", told.status);
    for query in ["access_token", "token", "bearer", "authorization"] {
        service.send("GET", &format!("/api/v1/me?{query}={access}"), &[], None).expect(401);
    }
    service.send("GET", "/api/v1/me", &[("Cookie", &format!("dafu_session={access}"))], None).expect(401);
    service.send("GET", "/api/v1/me", &[("Authorization", &format!("Basic {access}"))], None).expect(401);
    let mut browser = Visitor::new(service);
    browser.send("GET", "/desk", &[("Authorization", &format!("Bearer {access}"))], None).expect(303);
    let mut signed_in = Visitor::signed_in(service, "clerk");
    let cookie = signed_in.cookie("dafu_session").unwrap().to_owned();
    assert_eq!(me(service, &cookie), 401, "the cookie of a browser is no token");
    service.send("GET", "/api/v1/me", &[("Cookie", &format!("dafu_session={cookie}"))], None).expect(401);
    signed_in.get("/desk").expect(200);
}

#[test]
fn a_refresh_token_that_two_hold_voids_the_whole_sign_in_whoever_comes_second() {
    let service = &Served::on_sqlite("2025-03-03");
    let renew = |token: &str| {
        let answer = service.public("POST", "/api/v1/auth/refresh", None, Some(&json!({"refresh_token": token})));
        (answer.status, answer.body)
    };
    let first = signed_in(service, "clerk");
    let elsewhere = signed_in(service, "clerk");
    let stolen = word(&first["refresh_token"]);
    let (status, thief) = renew(&stolen);
    assert_eq!(status, 200);
    assert_eq!(renew(&stolen).0, 401, "its owner comes second");
    let tokens = [&first["access_token"], &thief["access_token"]];
    assert!(tokens.iter().all(|token| me(service, &word(token)) == 401), "both are out");
    assert_eq!(renew(&word(&thief["refresh_token"])).0, 401);
    assert_eq!(me(service, &word(&elsewhere["access_token"])), 200, "another sign-in of the account is another");
}

#[test]
fn a_refresh_token_that_many_use_at_once_serves_exactly_one_of_them_and_then_nobody() {
    on_both("2025-03-03", |service| {
        let renew = |token: &str| {
            let answer = service.public("POST", "/api/v1/auth/refresh", None, Some(&json!({"refresh_token": token})));
            (answer.status, answer.body)
        };
        // A race that is run once may not be one.
        for _ in 0..4 {
            let tokens = signed_in(service, "handler");
            let token = word(&tokens["refresh_token"]);
            let start = Barrier::new(8);
            let answers: Vec<(u16, Value)> = std::thread::scope(|scope| {
                let one = || {
                    start.wait();
                    renew(&token)
                };
                let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
                all.into_iter().map(|one| one.join().unwrap()).collect()
            });
            // Whoever commits first has used it and is served; all others find it used or void, on PostgreSQL because their
            // conditional update waits for that commit.
            let served: Vec<&Value> =
                answers.iter().filter(|(status, _)| *status == 200).map(|(_, body)| body).collect();
            assert_eq!(served.len(), 1, "{answers:?}");
            assert_eq!(answers.iter().filter(|(status, _)| *status == 401).count(), 7, "{answers:?}");
            let void = [&tokens["access_token"], &served[0]["access_token"]];
            assert!(void.iter().all(|token| me(service, &word(token)) == 401), "used more than once: void");
            assert_eq!(renew(&word(&served[0]["refresh_token"])).0, 401);
        }
        let told = service.get("auditor", "/api/v1/audit/entries?kind=token_reused").expect(200);
        assert!(told["items"].as_array().unwrap().len() >= 4, "each is in the log: {told:#}");
    });
}

#[test]
fn a_cookie_that_was_there_before_the_sign_in_is_not_the_one_after_it() {
    let service = &Served::on_sqlite("2025-03-03");
    let planted = "A".repeat(43);
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("login", "clerk"), ("password", PASSWORD), ("next", "/start")])
        .finish();
    let mut browser = Visitor::new(service);
    let page =
        browser.send("POST", "/sign-in", &[("Cookie", &format!("dafu_session={planted}"))], Some(&body)).expect(303);
    let given = page.cookies.iter().find(|cookie| cookie.starts_with("dafu_session=")).unwrap();
    assert!(!given.contains(&planted), "{given}");
    let mut attacker = Visitor::new(service);
    attacker.send("GET", "/desk", &[("Cookie", &format!("dafu_session={planted}"))], None).expect(303);

    // Signing in anew in the same browser ends the sign-in before.
    let before = browser.cookie("dafu_session").unwrap().to_owned();
    browser.sign_in("clerk", PASSWORD).expect(303);
    assert_ne!(browser.cookie("dafu_session").unwrap(), before);
    attacker.send("GET", "/desk", &[("Cookie", &format!("dafu_session={before}"))], None).expect(303);
}

#[test]
fn every_cookie_is_kept_from_scripts_from_other_sites_and_behind_https_from_the_open_line() {
    let service = &Served::on_sqlite_with("2025-03-03", |config| config.server.https = true);
    let mut given: Vec<String> = Vec::new();
    let mut clerk = Visitor::new(service);
    given.extend(clerk.sign_in("clerk", PASSWORD).expect(303).cookies);
    let mut citizen = Visitor::new(service);
    given.extend(citizen.post("/apply/yunhe", &[]).expect(303).cookies);
    given.extend(citizen.get("/preferences?lang=en&next=/").cookies);
    given.extend(citizen.get("/preferences?large=yes&next=/").cookies);
    let receipt = service.apply("yunhe");
    let (number, code) = (word(&receipt["receipt_no"]), word(&receipt["query_code"]));
    given.extend(citizen.post("/track", &[("receipt_no", &number), ("code", &code), ("query_code", &code)]).cookies);
    let names: std::collections::BTreeSet<&str> = given.iter().filter_map(|one| one.split('=').next()).collect();
    let whole = ["__Host-dafu_language", "__Host-dafu_large", "__Host-dafu_session"];
    let narrow = ["__Secure-dafu_draft", "__Secure-dafu_track"];
    assert_eq!(names.into_iter().collect::<Vec<_>>(), [&whole[..], &narrow].concat());
    for cookie in &given {
        for flag in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(flag), "{flag}: {cookie}");
        }
        assert!(!cookie.contains("Domain="), "{cookie}");
        // What its name promises: of this host alone and for all of it, or at least never over the open line.
        let whole = cookie.ends_with("Path=/") || cookie.contains("Path=/;");
        assert!(cookie.starts_with(if whole { "__Host-" } else { "__Secure-" }), "{cookie}");
    }
}

#[test]
fn behind_https_a_cookie_that_another_host_could_have_planted_is_not_read() {
    let service = &Served::on_sqlite_with("2025-03-03", |config| config.server.https = true);
    let clerk = Visitor::signed_in(service, "clerk");
    let secret = clerk.cookie("__Host-dafu_session").unwrap().to_owned();
    let mut reader = Visitor::new(service);
    let page = reader.send("GET", "/desk", &[("Cookie", &format!("dafu_session={secret}"))], None).expect(303);
    assert!(page.location.unwrap().starts_with("/sign-in"));
    reader.send("GET", "/desk", &[("Cookie", &format!("__Host-dafu_session={secret}"))], None).expect(200);
}

#[test]
fn a_form_needs_the_token_of_the_very_sign_in_that_sends_it() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let path = format!("/desk/cases/{}/acts/note", case.id);
    let mut clerk = Visitor::signed_in(service, "clerk");
    let mut handler = Visitor::signed_in(service, "handler");
    let (of_clerk, of_handler) = (clerk.get(&path).expect(200), handler.get(&path).expect(200));
    let version = of_handler.field("version");
    let (theirs, own) = (of_clerk.field("form_token"), of_handler.field("form_token"));
    assert_ne!(theirs, own);
    let secret = handler.cookie("dafu_session").unwrap().to_owned();
    for wrong in
        ["", " ", &theirs, &secret, own.strip_suffix(|_: char| true).unwrap(), &own.to_uppercase(), "null", "undefined"]
    {
        let fields = [("form_token", wrong), ("version", &version), ("text", "x")];
        handler.post(&path, &fields).expect(403);
    }
    // By the address, as a link would bring it along, it is no better.
    let by_query = format!("{path}?form_token={own}");
    handler.post(&by_query, &[("version", &version), ("text", "x")]).expect(403);
    // A form sent as what scripts of other sites may send without asking.
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json"] {
        let body = format!("form_token={own}&version={version}&text=x");
        let answer = handler.send("POST", &path, &[("Content-Type", kind)], Some(&body));
        assert!((400..500).contains(&answer.status), "{kind}: {}", answer.status);
    }
    // The token of a sign-in that is over, in the next one of the same account.
    handler.sign_in("handler", PASSWORD).expect(303);
    handler.post(&path, &[("form_token", &own), ("version", &version), ("text", "x")]).expect(403);
    assert_eq!(case.view()["version"].to_string(), version, "nothing was written");
}

#[test]
fn an_act_is_never_done_by_a_link() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let before = case.view()["version"].clone();
    let mut clerk = Visitor::signed_in(service, "clerk");
    for path in ["acts/note?text=x&version=1", "identity", "watch", "uploads"] {
        let page = clerk.get(&format!("/desk/cases/{}/{path}", case.id));
        assert!(page.status != 303 && page.status < 500, "{path}: {}", page.status);
    }
    clerk.get("/sign-out");
    clerk.get("/desk").expect(200);
    assert_eq!(case.view()["version"], before);
}

#[test]
fn a_first_password_opens_on_the_pages_what_it_opens_in_the_api_and_no_more() {
    let service = &Served::on_sqlite("2025-03-03");
    let new =
        json!({"login": "novice", "name": "新人", "password": "first-password", "agency": "yunhe", "roles": ["clerk"]});
    service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&new)).expect(201);
    let mut novice = Visitor::new(service);
    novice.sign_in("novice", "first-password").expect(303);
    for path in ["/desk", "/me/absences", "/me/notices", "/start"] {
        assert_eq!(novice.get(path).expect(303).location.as_deref(), Some("/me?first=yes"), "{path}");
    }
    let me = novice.get("/me").expect(200);
    // Whoever made the account knows the password, and could else take the holder's place before they ever came.
    let staff = service.get("admin", "/api/v1/admin/staff").expect(200);
    let head = staff.as_array().unwrap().iter().find(|one| one["login"] == "head").unwrap()["id"].clone();
    let away = [
        ("delegate", head.as_str().unwrap()),
        ("from_on", "2025-03-03"),
        ("to_on", "2025-03-09"),
        ("note_code", "leave"),
    ];
    let sent = novice.submit(&me, "/me/absences", &away).expect(303);
    assert_eq!(sent.location.as_deref(), Some("/me?first=yes"));
    assert!(!service.get("head", "/api/v1/me").expect(200)["roles"].to_string().contains("新人"), "nobody stands in");
}

#[test]
fn a_password_that_was_typed_into_a_form_whose_sign_in_is_over_is_in_no_page() {
    let service = &Served::on_sqlite("2025-03-03");
    let staff = service.get("admin", "/api/v1/admin/staff").expect(200);
    let id = word(&staff.as_array().unwrap().iter().find(|one| one["login"] == "clerk").unwrap()["id"]);
    let mut admin = Visitor::signed_in(service, "admin");
    let form = admin.get(&format!("/admin/staff/{id}")).expect(200);
    let list = admin.get("/admin/staff").expect(200);
    let me = admin.get("/me").expect(200);
    service.clock.set(service.clock.now() + TimeDelta::minutes(31));
    let secret = "a-secret-that-nobody-sees";
    let fields = [("password", secret), ("new", secret), ("current", secret), ("again", secret)];
    let forms = [
        (&form, format!("/admin/staff/{id}/password")),
        (&list, "/admin/staff".to_owned()),
        (&me, "/me/password".to_owned()),
    ];
    for (from, path) in forms {
        let page = admin.submit(from, &path, &fields);
        assert!(!page.html.contains(secret), "{path}");
        assert!([303, 401].contains(&page.status), "{path}: {}", page.status);
    }
}
