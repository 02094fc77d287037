//! A request to any route that fits its schema, about the things of one agency: what an attacker would send who has read the
//! OpenAPI document. What is in it means little; that it gets past the schema is what it is for, as rights are asked after that.

use std::sync::LazyLock;

use dafu::api::document;
use dafu::law::outcome::Outcome;
use serde_json::{Map, Value, json};

use super::handled::draft;
use super::served::Served;
use super::town::Agency;

/// A request, ready to be sent.
#[derive(Debug, Clone)]
pub struct Forged {
    pub method: &'static str,
    pub path: String,
    pub body: Option<Value>,
    /// The version it claims to have read.
    pub tag: String,
}

/// What came back: whatever it is, a paper or a picture too, as text.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl Told {
    /// A member of a problem.
    pub fn says(&self, member: &str) -> String {
        let body: Value = serde_json::from_str(&self.text).unwrap_or_default();
        body[member].as_str().unwrap_or_default().to_owned()
    }
}

/// A line for each request: a service that has refused one closes it before the body was read.
static AGENT: LazyLock<ureq::Agent> = LazyLock::new(|| {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).max_idle_connections(0).build().into()
});

impl Forged {
    /// Sends it, with a token or without.
    pub fn sent(&self, service: &Served, token: Option<&str>) -> Told {
        self.with(service, token.map(|token| ("Authorization", format!("Bearer {token}"))))
    }

    /// Sends it as an applicant or a writer does.
    pub fn with_code(&self, service: &Served, code: &str) -> Told {
        self.with(service, Some(("X-Query-Code", code.to_owned())))
    }

    fn with(&self, service: &Served, header: Option<(&str, String)>) -> Told {
        let mut request = ureq::http::Request::builder()
            .method(self.method)
            .uri(format!("{}{}", service.address, self.path))
            .header("If-Match", &self.tag)
            .header("Upload-Offset", "0");
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let body = self.body.as_ref().map(ToString::to_string);
        let answer = match body.or_else(|| (self.method != "GET").then(|| "{}".to_owned())) {
            Some(body) => AGENT.run(request.header("Content-Type", "application/json").body(body).unwrap()),
            None => AGENT.run(request.body(()).unwrap()),
        };
        told(answer.unwrap_or_else(|broken| panic!("{} {}: {broken}", self.method, self.path)))
    }

    /// Sends it as an account.
    pub fn by(&self, service: &Served, login: &str) -> Told {
        self.sent(service, Some(&service.token(login)))
    }
}

fn told(mut answer: ureq::http::Response<ureq::Body>) -> Told {
    let headers = answer.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let headers = headers.collect();
    let bytes = answer.body_mut().with_config().limit(64 << 20).read_to_vec();
    let bytes = bytes.unwrap_or_else(|broken| format!("broken off: {broken}").into_bytes());
    Told { status: answer.status().as_u16(), headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Makes requests from the document.
#[derive(Clone)]
pub struct Forger {
    document: Value,
    /// What every text of a body is to be, where something is planted; every field is then filled in.
    planted: Option<String>,
    /// Of the fields that may be left out, only those that take a text: dates, numbers and choices often fit no case at hand.
    only_texts: bool,
}

impl Forger {
    pub fn new() -> Self {
        Self { document: document().unwrap(), planted: None, only_texts: false }
    }

    /// One that plants this.
    pub fn planting(&self, text: &str) -> Self {
        Self { planted: Some(text.to_owned()), ..self.clone() }
    }

    /// The same, with what is required and the texts that may be left out.
    pub fn only_texts(&self) -> Self {
        Self { only_texts: true, ..self.clone() }
    }

    /// Whether somebody may write into a field what they like.
    fn takes_a_text(&self, schema: &Value, depth: usize) -> bool {
        if let Some(reference) = schema["$ref"].as_str() {
            let named = self.document.pointer(reference.trim_start_matches('#')).unwrap();
            return depth < 6 && self.takes_a_text(named, depth + 1);
        }
        let is_text =
            schema["type"] == "string" || schema["type"].as_array().is_some_and(|all| all.contains(&"string".into()));
        let within = |part: &Value| depth < 6 && self.takes_a_text(part, depth + 1);
        is_text && schema["format"].is_null() && schema["enum"].is_null() && schema["const"].is_null()
            || schema["items"].is_object() && within(&schema["items"])
            || schema["properties"].as_object().is_some_and(|all| all.values().any(within))
            || ["oneOf", "anyOf", "allOf"]
                .iter()
                .any(|one| schema[one].as_array().is_some_and(|all| all.iter().any(within)))
    }

    /// A request to a route, `path` being the one of the table, about the things of `agency`; where `at` names another id, about that.
    pub fn request(&self, method: &'static str, path: &str, agency: &Agency, id: Option<&str>) -> Forged {
        let whole = format!("/api/v1{path}");
        let operation = &self.document["paths"][&whole][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {whole} is not in the document");
        let mut query: Vec<(String, String)> = Vec::new();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        for parameter in parameters.iter().filter(|one| one["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            if name == "agency" {
                query.push((name.to_owned(), agency.slug.to_owned()));
            } else if parameter["required"] == true {
                let value = of_query(path, name)
                    .unwrap_or_else(|| text(&self.value(&parameter["schema"], name, agency)).to_owned());
                query.push((name.to_owned(), value));
            }
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let mut path = filled(path, agency, id);
        if !query.is_empty() {
            path = format!("{path}?{query}");
        }
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let body = schema.is_object().then(|| self.of_body(&whole, schema, agency));
        let body = body.map(|mut body| {
            if whole == "/api/v1/admin/agencies" {
                body["parent"] = json!(agency.slug);
            }
            body
        });
        // No thing here has ever been changed so often: whoever may is told so, and changes nothing.
        Forged { method, path: format!("/api/v1{path}"), body, tag: "\"999999\"".to_owned() }
    }

    /// A body of this component.
    pub fn of_component(&self, name: &str, agency: &Agency) -> Value {
        self.value(&self.document["components"]["schemas"][name], "", agency)
    }

    fn of_body(&self, path: &str, schema: &Value, agency: &Agency) -> Value {
        let planted = self.planted.as_ref().and_then(|_| of_planted_body(path));
        let Some(mut known) = planted.or_else(|| of_body(path, agency)) else { return self.value(schema, "", agency) };
        if let (Some(text), Some(members)) = (&self.planted, known.as_object_mut()) {
            for name in ["text", "letter", "remark", "add", "asks", "addressee"] {
                match members.get_mut(name) {
                    Some(member) if member.is_array() => *member = json!([text]),
                    Some(member) => *member = json!(text),
                    None => {}
                }
            }
        }
        known
    }

    /// A value that fits a schema: what is required, and no more.
    fn value(&self, schema: &Value, name: &str, agency: &Agency) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.value(self.document.pointer(reference.trim_start_matches('#')).unwrap(), name, agency);
        }
        if matches!(name, "agency" | "parent" | "of") && !schema["properties"].is_object() {
            return json!(agency.slug);
        }
        if !schema["const"].is_null() {
            return schema["const"].clone();
        }
        if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
            return first.clone();
        }
        if let Some(all) = schema["allOf"].as_array() {
            let mut whole = Map::new();
            for part in all {
                whole.extend(self.value(part, name, agency).as_object().cloned().unwrap_or_default());
            }
            return Value::Object(whole);
        }
        for several in ["oneOf", "anyOf"] {
            if let Some(one) = schema[several].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null")) {
                return self.value(one, name, agency);
            }
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").and_then(Value::as_str),
            kind => kind.as_str(),
        };
        match kind.unwrap_or("object") {
            "object" => {
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                let mut named: Vec<String> = required.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                if let Some(all) = schema["properties"].as_object().filter(|_| self.planted.is_some()) {
                    named = all
                        .iter()
                        .filter(|(name, field)| !self.only_texts || named.contains(name) || self.takes_a_text(field, 0))
                        .map(|(name, _)| name.clone())
                        .collect();
                }
                let value = |name: String| {
                    let value = self.value(&schema["properties"][&name], &name, agency);
                    (name, value)
                };
                named.into_iter().map(value).collect()
            }
            "array" => {
                // That somebody hears of what is overdue is the one list that must not be empty and does not say so.
                let few = schema["minItems"].as_u64().unwrap_or(u64::from(name == "escalation"));
                let few = if self.planted.is_some() { few.max(1) } else { few };
                (0..few).map(|_| self.value(&schema["items"], name, agency)).collect()
            }
            "integer" | "number" => schema["minimum"].as_i64().filter(|least| *least > 1).unwrap_or(1).into(),
            "boolean" => json!(true),
            // The day on which the town is planted.
            _ if self.planted.is_some() && schema["format"] == "date" => json!("2036-01-04"),
            _ => json!(self.word(schema, name)),
        }
    }
}

impl Forger {
    fn word(&self, schema: &Value, name: &str) -> String {
        let kept = ["slug", "login", "password", "new", "handler", "case", "file", "files", "delegate", "cases"];
        match &self.planted {
            Some(text) if schema["format"].is_null() && !kept.contains(&name) => {
                let longest = schema["maxLength"].as_u64().and_then(|most| usize::try_from(most).ok());
                text.chars().take(longest.unwrap_or(usize::MAX)).collect()
            }
            _ => word(schema, name),
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("1")
}

fn word(schema: &Value, name: &str) -> String {
    match schema["format"].as_str() {
        Some("date") => return "2036-01-03".to_owned(),
        Some("date-time") => return "2036-01-03T04:00:00Z".to_owned(),
        Some("uuid") => return "00000000-0000-7000-8000-000000000000".to_owned(),
        Some("email") => return "somebody@example.org".to_owned(),
        _ => {}
    }
    match name {
        "slug" => return "a-new-one".to_owned(),
        "login" => return "somebody.new".to_owned(),
        "password" | "new" => return "a-password-of-ones-own".to_owned(),
        _ => {}
    }
    if let Some(example) = schema["example"].as_str() {
        return example.to_owned();
    }
    let least = schema["minLength"].as_u64().unwrap_or(2).max(2);
    "某".repeat(usize::try_from(least).unwrap())
}

/// The path with what its parts stand for.
fn filled(path: &str, agency: &Agency, id: Option<&str>) -> String {
    let parts = path.split('/').map(|part| match part {
        "{id}" => id.unwrap_or_else(|| thing_of(path, agency)).to_owned(),
        "{slug}" => agency.slug.to_owned(),
        "{receipt_no}" => agency.thing("receipt").to_owned(),
        "{number}" => agency.thing("enquiry number").to_owned(),
        "{file}" => agency.thing(if path.contains("/uploads/") { "upload" } else { "file" }).to_owned(),
        "{consultation}" => agency.thing("consultation").to_owned(),
        "{co_work}" => agency.thing("co-work").to_owned(),
        "{seq}" => agency.thing("letter").to_owned(),
        "{year}" => "2025".to_owned(),
        "{page}" => "1".to_owned(),
        "{act}" => "note".to_owned(),
        "{name}" => "mine".to_owned(),
        "{letter}" => "correction".to_owned(),
        "{outcome}" => "-".to_owned(),
        "{notice}" | "{sheet}" => "receipt".to_owned(),
        "{language}" => "zh".to_owned(),
        "{format}" => if path.contains("annual") || path.contains("editions") { "json" } else { "docx" }.to_owned(),
        other => other.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What the sampler cannot know of a query.
fn of_query(path: &str, name: &str) -> Option<String> {
    let value = match (path, name) {
        (_, "row") => "1",
        (_, "column") => "natural_person",
        (_, "from") => "2025-01-01",
        (_, "to" | "by") => "2036-02-01",
        (_, "rule") => "late_reply",
        (_, "reason") => "other",
        _ => return None,
    };
    Some(value.to_owned())
}

/// What the sampler cannot know of a body.
fn of_body(path: &str, agency: &Agency) -> Option<Value> {
    match path {
        "/api/v1/proceedings/{id}/acts/{act}" | "/api/v1/enquiries/{id}/acts/{act}" => Some(json!({"text": "备注"})),
        "/api/v1/cases/reassignment" => Some(json!({"cases": [agency.thing("case")], "to": null, "preview": false})),
        "/api/v1/cases/reminders" => Some(json!({"cases": [agency.thing("case")], "text": "请办理", "preview": false})),
        "/api/v1/cases/tags" => {
            Some(json!({"cases": [agency.thing("case")], "add": ["甲"], "remove": [], "preview": false}))
        }
        "/api/v1/admin/agencies/{slug}/letters/{letter}/{outcome}" => {
            let source = "收到{{ you }}的申请（{{ case.number }}）。\n{{ words }}\n根据{{ articles }}，请在{{ window_days }}个工作日内补正。";
            Some(json!({ "source": source }))
        }
        "/api/v1/cases/{id}/releases" => {
            Some(json!({"files": [agency.thing("file")], "last": true, "letter": "现提供。"}))
        }
        "/api/v1/cases/{id}/files/{file}/redaction" | "/api/v1/cases/{id}/files/{file}/redaction/remnants" => {
            let whole = json!({"page": 1, "left": 0.1, "top": 0.1, "width": 0.1, "height": 0.1, "ground": "refused_third_party"});
            Some(json!({ "boxes": [whole] }))
        }
        "/api/v1/reports/annual/{year}/published" => Some(printed(agency)),
        "/api/v1/supervision/orders" => {
            let case = agency.thing("case");
            Some(json!({"kind": "order", "case": case, "text": "请说明", "asks": ["说明"], "days": 5}))
        }
        _ => None,
    }
}

/// The same, where what is only tried may be nonsense and what is planted must be taken.
fn of_planted_body(path: &str) -> Option<Value> {
    match path {
        "/api/v1/cases/{id}/draft" => Some(draft(Outcome::Granted)),
        "/api/v1/cases/{id}/consultations" => {
            Some(json!({"party": "third_party", "addressee": "某公司", "letter": "请提出意见。"}))
        }
        _ => None,
    }
}

/// A report as somebody printed it.
fn printed(agency: &Agency) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../data/annual_reports.json")).unwrap();
    let report = &all["reports"][0];
    let mut body = report["two"].clone();
    for name in ["form", "three", "four"] {
        body[name] = report[name].clone();
    }
    (body["agency"], body["below"], body["remark"]) = (json!(agency.slug), json!(true), json!("公报"));
    body
}

/// What `{id}` stands for on that path.
fn thing_of<'a>(path: &str, agency: &'a Agency) -> &'a str {
    let closed = ["/holds", "/holds/lifting", "/published-answer"];
    let word = match path.split('/').nth(1).unwrap() {
        "cases" if closed.iter().any(|end| path.ends_with(end)) => "closed case",
        "cases" => "case",
        "proceedings" => "proceeding",
        "enquiries" => "enquiry",
        "bundles" => "bundle",
        "held-applications" => "held",
        "tasks" => "task",
        "supervision" => "order",
        "reports" => "edition",
        "retention" if path.contains("transfers") => "transfer",
        "retention" => "disposal",
        "me" => "absence",
        "admin" if path.contains("/staff/") => "member",
        "admin" if path.contains("/history/") => "history",
        "admin" if path.contains("/outbox/") => "notice",
        "admin" if path.contains("/proposals/") => "proposal",
        _ => return "00000000-0000-7000-8000-000000000000",
    };
    agency.thing(word)
}
