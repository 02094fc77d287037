//! Three agencies that know nothing of each other's work but what the law of the house allows: the city, a county below it, and
//! another city. Each has one account of every role and one of every thing that has an address, for whoever tries to reach it.

use std::collections::BTreeMap;

use dafu::case::Role;
use dafu::config::mail::{Security, Way};
use dafu::law::outcome::Outcome;
use dafu::notices::transport::Transport;
use serde_json::{Value, json};

use super::handled::{Handled, draft, secrecy};
use super::served::{Answer, Served, application};
use super::smtp::{Accepted, Smtp};
use super::visitor::Visitor;

/// Every role by the letter that stands for it in the tables of the tests, and by the name of its account.
pub const ROLES: [(char, &str, Role); 10] = [
    ('C', "clerk", Role::Clerk),
    ('H', "handler", Role::Handler),
    ('R', "reviewer", Role::Reviewer),
    ('L', "lawyer", Role::LegalReviewer),
    ('S', "secrecy", Role::SecrecyReviewer),
    ('O', "head", Role::OfficeHead),
    ('G', "signer", Role::Signer),
    ('V', "supervisor", Role::Supervisor),
    ('A', "auditor", Role::Auditor),
    ('D', "admin", Role::Administrator),
];

/// What one agency has.
pub struct Agency {
    pub slug: &'static str,
    prefix: &'static str,
    /// The things of it by the word for each.
    things: BTreeMap<&'static str, String>,
}

impl Agency {
    /// The id, number or code of a thing.
    #[track_caller]
    pub fn thing(&self, word: &str) -> &str {
        self.things.get(word).unwrap_or_else(|| panic!("{} has no {word}", self.slug))
    }

    /// The same, with another case for its case.
    pub fn about(&self, case: &Handled<'_>) -> Self {
        let mut things = self.things.clone();
        things.insert("case", case.id.clone());
        for (word, member) in [("receipt", "receipt_no"), ("query code", "query_code")] {
            things.insert(word, case.receipt[member].as_str().unwrap().to_owned());
        }
        let (slug, prefix) = (self.slug, self.prefix);
        Self { slug, prefix, things }
    }

    /// The account of a role.
    pub fn login(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

/// The agencies and the service that they share.
pub struct Town<'a> {
    pub service: &'a Served,
    /// The city at the top.
    pub city: Agency,
    /// The county below it.
    pub county: Agency,
    /// Another city, beside it.
    pub other: Agency,
}

/// A worker of one agency.
struct At<'a> {
    service: &'a Served,
    agency: Agency,
}

impl<'a> Town<'a> {
    /// Founds what is missing and makes one of each thing at each.
    pub fn new(service: &'a Served) -> Self {
        service.founds("linhe", "临河市人民政府", "临政");
        for (_, name, role) in ROLES {
            service.employs(&format!("linhe_{name}"), "linhe", role);
            if !["clerk", "handler"].contains(&name) {
                service.employs(&format!("county_{name}"), "qingxi", role);
            }
        }
        let mut all: Vec<At<'_>> = [("yunhe", ""), ("qingxi", "county_"), ("linhe", "linhe_")]
            .into_iter()
            .map(|(slug, prefix)| At { service, agency: Agency { slug, prefix, things: BTreeMap::new() } })
            .collect();
        for at in &mut all {
            at.closes_a_case();
        }
        service.day("2036-01-04");
        for at in &mut all {
            at.lists_what_is_due();
            at.keeps_a_case();
            at.keeps_house();
            at.holds_one_back();
        }
        turn(service);
        for at in &mut all {
            at.finds_what_the_turn_made();
        }
        let year = json!({"year": {
            "year": 2037, "notice": "某办〔2036〕1号", "published_on": "2036-01-04",
            "holidays": ["2037-01-01"], "workdays": ["2037-01-03"]
        }});
        let change = all[0].made("admin", "/api/v1/admin/calendar/proposals", &year);
        for at in &mut all {
            at.has("proposal", &change["id"]);
        }
        let mut agencies = all.into_iter().map(|at| at.agency);
        let mut next = || agencies.next().unwrap();
        Self { service, city: next(), county: next(), other: next() }
    }
}

impl At<'_> {
    fn by(&self, name: &str, method: &str, path: &str, body: &Value) -> Answer {
        self.service.by(&self.agency.login(name), method, path, &[], Some(body))
    }

    #[track_caller]
    fn made(&self, name: &str, path: &str, body: &Value) -> Value {
        let answer = self.by(name, "POST", path, body);
        assert!(
            [200, 201].contains(&answer.status),
            "{} {path}: {} {:#}",
            self.agency.slug,
            answer.status,
            answer.body
        );
        answer.body
    }

    #[track_caller]
    fn get(&self, name: &str, path: &str) -> Value {
        self.service.get(&self.agency.login(name), path).expect(200)
    }

    fn has(&mut self, word: &'static str, value: &Value) {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.agency.things.insert(word, text);
    }

    /// An act on a case by one who has just read it.
    #[track_caller]
    fn does(&self, name: &str, case: &str, act: &str, body: &Value) -> Value {
        let login = self.agency.login(name);
        let etag = self.service.get(&login, &format!("/api/v1/cases/{case}")).etag.unwrap_or_default();
        let path = format!("/api/v1/cases/{case}/{act}");
        self.service.by(&login, "POST", &path, &[("If-Match", &etag)], Some(body)).expect(200)
    }

    /// A case in the handler's hands, and its receipt.
    #[track_caller]
    fn case(&self, email: &str) -> (String, Value) {
        let mut asked = application();
        asked["applicant"]["email"] = json!(email);
        let path = format!("/api/v1/public/agencies/{}/applications", self.agency.slug);
        let receipt = self.service.public("POST", &path, None, Some(&asked)).expect(201);
        let id = receipt["case_id"].as_str().unwrap().to_owned();
        self.does("clerk", &id, "registration", &json!({}));
        self.does("clerk", &id, "assignment", &json!({}));
        self.does("handler", &id, "claim", &json!({}));
        (id, receipt)
    }

    /// A file that has come in.
    #[track_caller]
    fn uploads(&self, case: &str, content: &[u8], whole: bool) -> String {
        let at = format!("/api/v1/cases/{case}/uploads");
        let begun = self.made("handler", &at, &json!({"name": "记录.txt", "size": content.len()}));
        let id = begun["id"].as_str().unwrap().to_owned();
        if whole {
            let bearer = format!("Bearer {}", self.service.token(&self.agency.login("handler")));
            let headers = [("Authorization", bearer.as_str()), ("Upload-Offset", "0")];
            self.service.bytes("PATCH", &format!("{at}/{id}"), &headers, content).expect(200);
        }
        id
    }

    #[track_caller]
    fn replied(&self, case: &str) {
        self.does("handler", case, "draft", &draft(Outcome::Granted));
        loop {
            let view = self.get("clerk", &format!("/api/v1/cases/{case}"));
            let outcome = view["draft"]["outcome"]["code"].as_str().unwrap().to_owned();
            let (name, act) = match view["draft"]["pending"][0]["code"].as_str().unwrap() {
                "review" => ("reviewer", "review"),
                "legal_review" => ("lawyer", "legal-review"),
                "secrecy_review" => ("secrecy", "secrecy-review"),
                _ => ("signer", "signature"),
            };
            let mut body = json!({"decision": "approve"});
            if act == "secrecy-review" {
                body["secrecy"] = secrecy(&outcome);
            }
            self.does(name, case, act, &body);
            if act == "signature" {
                break;
            }
        }
        self.does("clerk", case, "service", &json!({"way": "post", "proof": "EMS 1000000000001"}));
    }

    /// Long ago: a case that was answered.
    fn closes_a_case(&mut self) {
        let (id, _) = self.case("chen@example.org");
        self.replied(&id);
        self.has("closed case", &json!(id));
        let year = json!({"agency": self.agency.slug, "closed_in": 2025});
        let transfer = self.made("clerk", "/api/v1/retention/transfers", &year);
        self.has("transfer", &transfer["id"]);
    }

    fn lists_what_is_due(&mut self) {
        let body = json!({"agency": self.agency.slug});
        let list = self.made("clerk", "/api/v1/retention/disposals", &body);
        self.has("disposal", &list["id"]);
        let entered = json!({
            "regulations": {"made": 0, "repealed": 0, "in_force": 0},
            "normative_documents": {"made": 0, "repealed": 0, "in_force": 0},
            "licences": 0, "penalties": 0, "enforcement": 0, "charges": "0",
            "words": {"overview": "概述。", "other": "无。"}
        });
        let login = self.agency.login("clerk");
        let path = format!("/api/v1/reports/annual/2025/agencies/{}", self.agency.slug);
        let put = self.service.by(&login, "PUT", &path, &[("If-Match", "\"0\"")], Some(&entered));
        assert!(put.status < 500, "{:#}", put.body);
        let frozen = self.made("clerk", "/api/v1/reports/annual/2025/editions", &body);
        self.has("edition", &frozen["id"]);
    }

    /// A case at work with all that lies beside one.
    fn keeps_a_case(&mut self) {
        let (id, receipt) = self.case(&format!("refused-{}@example.org", self.agency.slug));
        self.has("case", &json!(id));
        self.has("receipt", &receipt["receipt_no"]);
        self.has("query code", &receipt["query_code"]);
        let file = self.uploads(&id, "灯杆一号\n".as_bytes(), true);
        self.does("handler", &id, "files", &json!({"file": file, "purpose": "record"}));
        self.has("file", &json!(file));
        let upload = self.uploads(&id, "未完\n".as_bytes(), false);
        self.has("upload", &json!(upload));
        let asked = json!({"party": "third_party", "addressee": "某建设有限公司", "letter": "请提出意见。"});
        let view = self.does("handler", &id, "consultations", &asked);
        self.has("consultation", &view["consultations"][0]["id"]);
        let view = self.does(
            "handler",
            &id,
            "co-work",
            &json!({"kind": "unit", "unit": "档案科", "task": "请查找。", "due_on": "2036-01-10"}),
        );
        self.has("co-work", &view["co_work"][0]["id"]);
        let letters = self.get("handler", &format!("/api/v1/cases/{id}/letters"));
        let letter = letters.as_array().unwrap().iter().find(|one| one["seq"].is_number()).expect("a letter");
        self.has("letter", &letter["seq"]);
        let opened = json!({"kind": "reconsideration", "challenged": "inaction", "authority": "某机关", "procedure": "ordinary", "submitted_on": "2036-01-04", "accepted_on": "2036-01-04", "received_on": "2036-01-04"});
        let proceeding = self.made("lawyer", &format!("/api/v1/cases/{id}/proceedings"), &opened);
        self.has("proceeding", &proceeding["id"]);
        let bundle = self.made("handler", &format!("/api/v1/cases/{id}/bundles"), &json!({}));
        self.has("bundle", &bundle["id"]);
        // It is made beside: whoever compares rows must not find it half done.
        let path = format!("/api/v1/bundles/{}", self.agency.thing("bundle"));
        while ["waiting", "working"].contains(&self.get("handler", &path)["state"]["code"].as_str().unwrap()) {
            std::thread::yield_now();
        }
        let order = json!({"kind": "order", "case": id, "text": "请说明原因。", "asks": ["说明"], "days": 5});
        let order = self.made("supervisor", "/api/v1/supervision/orders", &order);
        self.has("order", &order["order"]["id"]);
        let proof = json!({"text": "见附件。", "done": [1], "files": [{"file": file}]});
        let path = format!("/api/v1/supervision/orders/{}/answers", self.agency.thing("order"));
        self.made("handler", &path, &proof);
        let letter = json!({
            "kind": "mailbox_letter", "writer": {"name": "周秀英", "phone": "13900000002", "email": "zhou@example.org"},
            "subject": "路灯不亮", "content": "人民路的路灯坏了两周。"
        });
        let path = format!("/api/v1/public/agencies/{}/enquiries", self.agency.slug);
        let receipt = self.service.public("POST", &path, None, Some(&letter)).expect(201);
        self.has("enquiry number", &receipt["number"]);
        self.has("enquiry code", &receipt["query_code"]);
        let listed = self.get("clerk", &format!("/api/v1/enquiries?number={}", self.agency.thing("enquiry number")));
        self.has("enquiry", &listed["items"][0]["id"]);
    }

    /// Somebody new, an entry of the agency's history, somebody away.
    fn keeps_house(&mut self) {
        let login = self.agency.login("novice");
        self.service.employs(&login, self.agency.slug, Role::Handler);
        let staff = self.get("admin", "/api/v1/admin/staff");
        let id = |name: &str| {
            let login = self.agency.login(name);
            staff.as_array().unwrap().iter().find(|one| one["login"] == login.as_str()).unwrap()["id"].clone()
        };
        let (novice, reviewer) = (id("novice"), id("reviewer"));
        self.has("member", &novice);
        let away = json!({"delegate": novice, "from_on": "2036-02-01", "to_on": "2036-02-03", "note_code": "leave"});
        let absence = self.made("reviewer", "/api/v1/me/absences", &away);
        assert!(absence["id"].is_string(), "{absence:#}");
        self.has("absence", &absence["id"]);
        self.has("reviewer", &reviewer);
        let renamed = json!({"kind": "renamed", "on": "2036-06-01", "new_name": "新名", "document": "编办〔2036〕1号"});
        let history = self.made("admin", &format!("/api/v1/admin/agencies/{}/history", self.agency.slug), &renamed);
        self.has("history", &history[0]["id"]);
    }

    /// An application that a program seems to have sent.
    fn holds_one_back(&mut self) {
        let mut robot = Visitor::new(self.service);
        let at = |step: &str| format!("/apply/{}/{step}", self.agency.slug);
        robot.post(&format!("/apply/{}", self.agency.slug), &[]).expect(303);
        let request = [("subject", "合同"), ("description", "施工合同"), ("form", "electronic"), ("route", "online")];
        robot.post(&at("request"), &request).expect(303);
        let (number, phone) = ("110101199003070011", "13800000001");
        let person = [("kind", "natural_person"), ("name", "陈晓燕"), ("identity_number", number), ("phone", phone)];
        robot.post(&at("applicant"), &person).expect(303);
        robot.post(&at("besides"), &[]).expect(303);
        self.service.clock.set(self.service.clock.now() + chrono::TimeDelta::seconds(60));
        robot.post(&at("check"), &[("homepage", "https://spam.example")]).expect(303);
        let held = self.get("clerk", "/api/v1/held-applications");
        self.has("held", &held[0]["id"]);
    }

    fn finds_what_the_turn_made(&mut self) {
        let tasks = self.get("clerk", "/api/v1/tasks");
        self.has("task", &tasks["items"][0]["id"]);
        let case = self.agency.thing("case").to_owned();
        let outbox = self.get("admin", "/api/v1/admin/outbox?limit=200");
        let own = outbox["items"].as_array().unwrap().iter().find(|one| one["case"] == case.as_str()).unwrap().clone();
        self.has("notice", &own["id"]);
    }
}

/// One turn of everything, with a mail server that refuses some; what it took.
pub fn turn(service: &Served) -> Vec<Accepted> {
    let server = Smtp::start();
    let mut mail = service.config.mail.clone();
    mail.transport = Way::Smtp;
    "127.0.0.1".clone_into(&mut mail.host);
    mail.port = server.port;
    mail.security = Security::None;
    mail.timeout_seconds = 1;
    let transport = Transport::from_config(&mail).unwrap();
    for done in dafu::scheduler::turn(&service.office, Some(&transport), "test", &mut |_| ()) {
        done.report.unwrap();
    }
    server.accepted()
}
