//! Things of another agency named below a path of one's own, or in a body: as many ways as there are ids.

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::cells::{Scope, lines};
use crate::support::forged::{Forged, Forger, Told};
use crate::support::handled::{Handled, draft};
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

/// A body that names something, one's own as it stands: who sends it, where to, where in it the name is, and what it is elsewhere.
struct Naming {
    login: &'static str,
    method: &'static str,
    path: String,
    body: Value,
    pointer: &'static str,
    theirs: Value,
}

/// Cases of one's own in the states that these bodies ask for, and an order that waits for its answer.
struct Desk<'a> {
    unassigned: Handled<'a>,
    work: Handled<'a>,
    again: Handled<'a>,
    granted: Handled<'a>,
    order: String,
}

impl<'a> Desk<'a> {
    fn new(service: &'a Served) -> Self {
        let receipt = service.apply("yunhe");
        let unassigned = Handled { service, id: receipt["case_id"].as_str().unwrap().to_owned(), receipt };
        unassigned.does("clerk", "registration", &json!({}));
        let (work, again, granted) = (Handled::new(service), Handled::new(service), Handled::new(service));
        let body = json!({"kind": "order", "case": work.id, "text": "请说明原因。", "asks": ["说明"], "days": 5});
        let order = service.by("supervisor", "POST", "/api/v1/supervision/orders", &[], Some(&body)).expect(201);
        let order = order["order"]["id"].as_str().unwrap().to_owned();
        Self { unassigned, work, again, granted, order }
    }
}

/// Bodies that name something. What comes earlier must leave what comes later possible with one's own.
fn namings(desk: &Desk<'_>, own: &Agency, theirs: &Agency) -> Vec<Naming> {
    let at = |case: &Handled<'_>, act: &str| format!("/api/v1/cases/{}/{act}", case.id);
    let proceeding = |act: &str| format!("/api/v1/proceedings/{}/acts/{act}", own.thing("proceeding"));
    let post = |login, path: String, body, pointer, theirs: &str| Naming {
        login,
        method: "POST",
        path,
        body,
        pointer,
        theirs: json!(theirs),
    };
    let (member, stranger) = (own.thing("member"), theirs.thing("member"));
    let (closed, their_closed) = (own.thing("closed case"), theirs.thing("closed case"));
    let (case, file) = (theirs.thing("case"), theirs.thing("file"));
    let record = desk.work.attaches("handler", "台账.txt", b"lamp 1\n", "record");
    let [one, other] = ["一.txt", "二.txt"].map(|name| desk.work.uploads("handler", name, b"lamp 2\n"));
    let released = desk.granted.attaches("handler", "台账.txt", b"lamp 3\n", "record");
    desk.granted.replied(&draft(Outcome::Granted));
    let mut repeat = draft(Outcome::NotProcessedRepeat);
    repeat["statements"] = json!([{"statement": "reason", "text": "与此前申请相同。"}]);
    repeat["repeats"] = json!(closed);
    let opening = json!({
        "kind": "reconsideration", "challenged": "inaction", "authority": "某机关", "procedure": "ordinary",
        "submitted_on": "2036-01-04", "accepted_on": "2036-01-04", "received_on": "2036-01-04", "document": record
    });
    let answer = json!({"text": "见附件", "done": [1], "files": [{"file": record}]});
    let order = json!({"kind": "order", "case": desk.again.id, "text": "请说明", "asks": ["说明"], "days": 5});
    let asked = json!({
        "agency": own.slug, "kind": "question", "writer": {"name": "某", "phone": "13900000002"},
        "subject": "问", "content": "问", "arrived_on": "2036-01-04"
    });
    let away = json!({"delegate": member, "from_on": "2036-03-01", "to_on": "2036-03-02", "note_code": "leave"});
    let link = |other: &str| json!({"other": other, "link": "same_facts"});
    let transfer = json!({"agency": own.slug, "closed_in": 2025});
    let disposal = format!("/api/v1/retention/disposals/{}/strikes", own.thing("disposal"));
    let enquiry = format!("/api/v1/enquiries/{}/acts/assign", own.thing("enquiry"));
    let letter = json!({"files": [released], "last": true, "letter": "现提供。"});
    vec![
        // First of all, before anything here makes a proceeding hold the case that was closed.
        post("clerk", "/api/v1/retention/transfers".to_owned(), transfer, "/agency", theirs.slug),
        post("clerk", disposal, json!({"case": closed, "reason": "in_use"}), "/case", their_closed),
        post("clerk", at(&desk.unassigned, "assignment"), json!({"handler": member}), "/handler", stranger),
        post("clerk", at(&desk.work, "links"), link(closed), "/other", case),
        post("clerk", at(&desk.work, "links"), link(own.thing("receipt")), "/other", theirs.thing("receipt")),
        post("handler", at(&desk.work, "files"), json!({"file": one, "purpose": "record"}), "/file", file),
        post(
            "handler",
            at(&desk.work, "files"),
            json!({"file": other, "purpose": "record"}),
            "/file",
            theirs.thing("upload"),
        ),
        post("clerk", at(&desk.granted, "releases"), letter, "/files/0", file),
        post("handler", format!("/api/v1/supervision/orders/{}/answers", desk.order), answer, "/files/0/file", file),
        post("supervisor", "/api/v1/supervision/orders".to_owned(), order, "/case", their_closed),
        post("lawyer", at(&desk.work, "proceedings"), opening, "/document", file),
        post("lawyer", proceeding("attach_file"), json!({"file": own.thing("file"), "title": "来函"}), "/file", file),
        post("lawyer", proceeding("link"), json!({"case": closed}), "/case", case),
        post("clerk", proceeding("assign"), json!({"handler": member}), "/handler", stranger),
        post("clerk", enquiry, json!({"handler": member}), "/handler", stranger),
        post("clerk", "/api/v1/enquiries".to_owned(), asked, "/agency", theirs.slug),
        post("handler", at(&desk.again, "draft"), repeat, "/repeats", their_closed),
        post("handler", "/api/v1/me/absences".to_owned(), away, "/delegate", stranger),
        Naming {
            login: "admin",
            method: "PUT",
            path: format!("/api/v1/admin/staff/{member}/roles"),
            body: json!({"agency": own.slug, "roles": ["handler"]}),
            pointer: "/agency",
            theirs: json!(theirs.slug),
        },
    ]
}

impl Naming {
    /// Sends it with this in the place of the name, by one who has just read what it is about.
    fn sent(&self, service: &Served, named: Value) -> Told {
        let mut body = self.body.clone();
        *body.pointer_mut(self.pointer).unwrap() = named;
        let about = match self.path.split_once("/acts/") {
            Some((about, _)) => Some(about.to_owned()),
            None if self.path.starts_with("/api/v1/cases/") => Some(self.path.rsplit_once('/').unwrap().0.to_owned()),
            None => None,
        };
        let tag = about.and_then(|about| service.get(self.login, &about).etag).unwrap_or_default();
        Forged { method: self.method, path: self.path.clone(), body: Some(body), tag }.by(service, self.login)
    }
}

/// Each is sent twice, the same but for the name: with theirs, which is refused and changes nothing; and then, as nothing is another,
/// with one's own, which is taken. So it was the name that was refused.
#[test]
fn what_a_body_names_of_another_agency_is_not_there() {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let desk = Desk::new(service);
    for naming in namings(&desk, &town.city, &town.other) {
        let (path, before) = (&naming.path, rows(service));
        let told = naming.sent(service, naming.theirs.clone());
        assert!([403, 404, 409, 422].contains(&told.status), "{path}: {} {}", told.status, told.text);
        if told.status == 422 {
            let problem: Value = serde_json::from_str(&told.text).unwrap();
            let top = naming.pointer.split('/').nth(1).unwrap();
            let at_name = |error: &Value| error["pointer"].as_str().unwrap().split('/').nth(1) == Some(top);
            let errors = problem["errors"].as_array().unwrap();
            assert!(!errors.is_empty() && errors.iter().all(at_name), "{path}: {problem:#}");
        }
        for secret in ["陈晓燕", "灯杆", "某linhe"] {
            assert!(!told.text.contains(secret), "{path} tells {secret}: {}", told.text);
        }
        let after = rows(service);
        let changed: Vec<&String> = before.symmetric_difference(&after).collect();
        assert!(changed.is_empty(), "{path}: {changed:#?}");
        let own = naming.body.pointer(naming.pointer).unwrap().clone();
        let taken = naming.sent(service, own);
        assert!([200, 201].contains(&taken.status), "{path} with one's own: {} {}", taken.status, taken.text);
    }
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
