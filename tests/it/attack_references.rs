//! Things of another agency named below a path of one's own, or in a body: as many ways as there are ids.

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::cells::{Scope, lines};
use crate::support::forged::{Forged, Forger};
use crate::support::handled::draft;
use crate::support::rows::rows;
use crate::support::served::Served;
use crate::support::town::{Agency, Town};

/// The entity tag of one's own case as it is now.
fn tag(service: &Served, town: &Town<'_>) -> String {
    let path = format!("/api/v1/cases/{}", town.city.thing("case"));
    service.get("handler", &path).etag.unwrap()
}

const PARTS: [(&str, &str); 4] =
    [("{file}", "file"), ("{file}", "upload"), ("{consultation}", "consultation"), ("{co_work}", "co-work")];

#[test]
fn a_part_of_somebody_elses_case_is_not_found_below_ones_own() {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let forger = Forger::new();
    let before = rows(service);
    let mut tried = 0_u32;
    for line in lines().iter().filter(|line| line.scope == Scope::At && line.path.contains("{id}")) {
        for (word, thing) in PARTS.iter().filter(|(word, _)| line.path.contains(word)) {
            let mut forged = forger.request(line.method, line.path, &town.city, None);
            let own = town.city.thing(thing);
            if !forged.path.contains(own) {
                continue;
            }
            let may = if line.path.contains("/orders/") { "supervisor" } else { "handler" };
            forged.tag = tag(service, town);
            for theirs in [&town.county, &town.other] {
                let path = forged.path.replace(own, theirs.thing(thing));
                let told = Forged { path, ..forged.clone() }.by(service, may);
                tried += 1;
                assert!(
                    [404, 409, 422].contains(&told.status),
                    "{} {} ({word}): {} {}",
                    line.method,
                    line.path,
                    told.status,
                    told.text
                );
                assert!(!told.text.contains("灯杆"), "{}", line.path);
            }
        }
    }
    assert!(tried >= 30, "{tried}");
    let after = rows(service);
    let changed: Vec<&String> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Bodies that name something of another agency: who sends it, where to, and what.
fn bodies(own: &Agency, theirs: &Agency) -> Vec<(&'static str, String, Value)> {
    let (mine, case) = (own.thing("case"), theirs.thing("case"));
    let (file, staff) = (theirs.thing("file"), theirs.thing("reviewer"));
    let at = |act: &str| format!("/api/v1/cases/{mine}/{act}");
    let proceeding = format!("/api/v1/proceedings/{}/acts", own.thing("proceeding"));
    let enquiry = format!("/api/v1/enquiries/{}/acts", own.thing("enquiry"));
    let order = format!("/api/v1/supervision/orders/{}", own.thing("order"));
    let disposal = format!("/api/v1/retention/disposals/{}", own.thing("disposal"));
    let opening = json!({
        "kind": "reconsideration", "challenged": "inaction", "authority": "某机关", "procedure": "ordinary",
        "submitted_on": "2036-01-04", "received_on": "2036-01-04", "document": file
    });
    let mut asked = draft(Outcome::Granted);
    asked["files"] = json!([file]);
    vec![
        ("clerk", at("assignment"), json!({"handler": staff})),
        ("clerk", at("links"), json!({"case": case, "kind": "related"})),
        ("clerk", at("links"), json!({"case": theirs.thing("receipt"), "kind": "related"})),
        ("handler", at("files"), json!({"file": theirs.thing("upload"), "purpose": "record"})),
        ("handler", at("files"), json!({"file": file, "purpose": "record"})),
        ("handler", at("draft"), asked),
        ("clerk", at("releases"), json!({"files": [file], "last": true, "letter": "现提供。"})),
        ("lawyer", at("proceedings"), opening),
        ("lawyer", format!("{proceeding}/attach_file"), json!({"file": file})),
        ("lawyer", format!("{proceeding}/link"), json!({"case": case})),
        ("clerk", format!("{proceeding}/assign"), json!({"handler": staff})),
        ("clerk", format!("{enquiry}/assign"), json!({"handler": staff})),
        ("handler", format!("{order}/answers"), json!({"text": "见附件", "done": [1], "files": [{"file": file}]})),
        (
            "supervisor",
            "/api/v1/supervision/orders".to_owned(),
            json!({"kind": "order", "case": theirs.thing("closed case"), "text": "请说明", "asks": ["说明"], "days": 5}),
        ),
        ("clerk", format!("{disposal}/strikes"), json!({"case": theirs.thing("closed case"), "reason": "误列"})),
        ("clerk", "/api/v1/retention/transfers".to_owned(), json!({"agency": theirs.slug, "closed_in": 2025})),
        (
            "clerk",
            "/api/v1/enquiries".to_owned(),
            json!({"agency": theirs.slug, "kind": "question", "writer": {"name": "某"}, "subject": "问", "content": "问", "received_on": "2036-01-04"}),
        ),
        ("admin", format!("/api/v1/admin/staff/{staff}/roles"), json!({"agency": own.slug, "roles": ["clerk"]})),
        (
            "admin",
            format!("/api/v1/admin/staff/{}/roles", own.thing("member")),
            json!({"agency": theirs.slug, "roles": ["clerk"]}),
        ),
        (
            "handler",
            "/api/v1/me/absences".to_owned(),
            json!({"delegate": staff, "from_on": "2036-03-01", "to_on": "2036-03-02", "note_code": "leave"}),
        ),
    ]
}

#[test]
fn what_a_body_names_of_another_agency_is_not_there() {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let before = rows(service);
    for (login, path, body) in bodies(&town.city, &town.other) {
        let method = if path.ends_with("/roles") { "PUT" } else { "POST" };
        let about = path.split("/acts/").next().unwrap();
        let about = if about.starts_with("/api/v1/cases/") { "" } else { about };
        let read = if path.contains("/acts/") { service.get(login, about).etag } else { None };
        let tag = read.unwrap_or_else(|| tag(service, town));
        let told = Forged { method, path: path.clone(), body: Some(body), tag }.by(service, login);
        assert!(
            (400..500).contains(&told.status) && ![401, 412, 428].contains(&told.status),
            "{path}: {} {}",
            told.status,
            told.text
        );
        for secret in ["陈晓燕", "灯杆", "某linhe"] {
            assert!(!told.text.contains(secret), "{path} tells {secret}: {}", told.text);
        }
    }
    let after = rows(service);
    let changed: Vec<&String> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn an_applicant_with_a_good_code_reaches_nothing_of_another_application() {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let own = service.apply("yunhe");
    let (number, code) = (own["receipt_no"].as_str().unwrap(), own["query_code"].as_str().unwrap());
    let before = rows(service);
    let files = [town.city.thing("file"), town.city.thing("upload"), town.other.thing("file")];
    for (method, path) in files.iter().flat_map(|file| {
        let at = |what: &str| format!("/api/v1/public/applications/{number}/{what}/{file}");
        [
            ("GET", at("files")),
            ("GET", at("documents")),
            ("GET", at("uploads")),
            ("DELETE", at("uploads")),
            ("PATCH", at("uploads")),
        ]
    }) {
        let headers = [("X-Query-Code", code), ("Upload-Offset", "0"), ("Content-Type", "application/octet-stream")];
        let body = (method == "PATCH").then_some("x");
        let told = service.send(method, &path, &headers, body);
        assert_eq!(told.status, 404, "{method} {path}: {:#}", told.body);
    }
    // Codes fit the number they came with, whatever the thing.
    let enquiry = format!("/api/v1/public/enquiries/{}", town.city.thing("enquiry number"));
    service.public("GET", &enquiry, Some(code), None).expect(401);
    let application = format!("/api/v1/public/applications/{}", town.city.thing("receipt"));
    service.public("GET", &application, Some(code), None).expect(401);
    service
        .public("GET", &format!("{application}/third-party/remedies"), Some(town.city.thing("query code")), None)
        .expect(401);
    let after = rows(service);
    // An application that was looked at is written down as such nowhere but in what asking writes.
    let changed: Vec<&String> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn a_list_is_not_widened_by_what_its_query_names() {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let theirs = [
        town.other.thing("case"),
        town.other.thing("receipt"),
        town.other.thing("enquiry number"),
        town.other.thing("order"),
    ];
    let reviewer = town.other.thing("reviewer");
    for path in [
        "/api/v1/cases?limit=200".to_owned(),
        format!("/api/v1/cases?handler={reviewer}"),
        "/api/v1/cases?applicant=%E9%99%88%E6%99%93%E7%87%95".to_owned(),
        format!("/api/v1/cases?number={}", theirs[1]),
        "/api/v1/cases/export".to_owned(),
        "/api/v1/enquiries?limit=200".to_owned(),
        format!("/api/v1/enquiries?number={}", theirs[2]),
        format!("/api/v1/enquiries?case={}", theirs[0]),
        "/api/v1/proceedings?limit=200".to_owned(),
        "/api/v1/tasks".to_owned(),
        "/api/v1/supervision/orders".to_owned(),
        "/api/v1/retention/disposals".to_owned(),
        "/api/v1/me/colleagues".to_owned(),
    ] {
        let told = Forged { method: "GET", path: path.clone(), body: None, tag: String::new() }.by(service, "clerk");
        assert!(told.status < 500, "{path}");
        for secret in theirs.iter().chain([&reviewer]) {
            assert!(!told.text.contains(secret), "{path} shows {secret}: {}", told.text);
        }
    }
}
