//! Every page and every form of the pages' own table, as a stranger and another site would use them. The table is read from the
//! program, so that a page that is added is tried like the others, and one that fits nowhere here fails with its address.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use dafu::case::Role;
use serde_json::{Value, json};

use crate::support::case::source;
use crate::support::rows::{lines, rows};
use crate::support::served::Served;
use crate::support::town::{Agency, ROLES, Town};
use crate::support::visitor::{Page, Visitor};

/// What addresses begin with that are the staff's. All else is in the other list, or in none yet.
const STAFFS: &[&str] = &["admin", "audit", "desk", "me", "sign-out", "start", "supervision"];
/// What addresses begin with that are anybody's: they carry no token, and are kept from other sites by where they come from.
const ANYBODYS: &[&str] = &[
    "",
    "agencies",
    "annual-reports",
    "apply",
    "calculator",
    "enquiries",
    "mine",
    "preferences",
    "published",
    "sign-in",
    "third-party",
    "track",
];
/// Forms of the staff that carry files: their fields come in parts.
const WITH_FILES: &[&str] = &["/admin/import", "/desk/cases/{id}/files", "/supervision/orders/{id}/papers"];
/// Addresses of the staff that take bytes: the token stands in a header.
const BYTES: &[&str] = &["/desk/cases/{id}/uploads/{file}"];
/// Pages that leave something behind by being fetched, as they should: that an applicant has their letter becomes an entry of the
/// journal the first time, and a package for an archive is sealed and its hash remembered.
const NOTED: &[&str] = &[
    "/track/papers",
    "/track/letters/{id}",
    "/track/letters/{id}/{format}",
    "/track/files/{file}",
    "/desk/retention/transfers/{id}/package",
];

/// What is told whose form brings no token of its sign-in.
const NO_TOKEN: &str = "不是从本系统的页面提交的";
/// What is told whose form another site made.
const ELSEWHERE: &str = "来自别的网站";
/// As browsers mark what another site sends.
const FOREIGN: [&[(&str, &str)]; 5] = [
    &[("Sec-Fetch-Site", "cross-site")],
    &[("Sec-Fetch-Site", "same-site")],
    &[("Origin", "https://evil.example")],
    &[("Origin", "null")],
    &[("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")],
];

/// The account that holds every role: nothing is refused it for want of one.
pub const EVERYBODY: &str = "everybody";
/// The id of nothing.
const NOTHING: &str = "00000000-0000-7000-8000-000000000000";

/// The lines of the table, as they stand in the program.
static TABLE: LazyLock<String> = LazyLock::new(|| {
    let program = source("src/web.rs");
    let (_, after) = program.split_once("\npages! {\n").expect("src/web.rs has the table");
    let (table, _) = after.split_once("\n}\n").expect("the table ends");
    table.to_owned()
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    AnybodysPage,
    AnybodysForm,
    StaffsPage,
    StaffsForm,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub method: &'static str,
    pub path: &'static str,
}

impl Line {
    fn class(self) -> Option<Class> {
        let area = self.path.split('/').nth(1).unwrap_or_default();
        match (STAFFS.contains(&area), ANYBODYS.contains(&area), self.method) {
            (true, false, "get") => Some(Class::StaffsPage),
            (true, false, "post") => Some(Class::StaffsForm),
            (false, true, "get") => Some(Class::AnybodysPage),
            (false, true, "post") => Some(Class::AnybodysForm),
            _ => None,
        }
    }
}

pub fn table() -> Vec<Line> {
    let lines = TABLE.lines().filter(|line| line.contains(" => "));
    let read = |line: &'static str| Line {
        method: line.split_whitespace().next().unwrap_or_default(),
        path: line.split('"').nth(1).unwrap_or_else(|| panic!("no address in {line}")),
    };
    lines.map(read).collect()
}

fn of(class: Class) -> Vec<Line> {
    table().into_iter().filter(|line| line.class() == Some(class)).collect()
}

/// An address of the table with what its parts stand for.
pub fn filled(path: &'static str, agency: &Agency) -> String {
    let part = |part: &'static str| match part {
        "{id}" => thing_of(path, agency).to_owned(),
        "{slug}" => agency.slug.to_owned(),
        "{file}" => agency.thing(if path.contains("/uploads/") { "upload" } else { "file" }).to_owned(),
        "{bundle}" => agency.thing("bundle").to_owned(),
        "{seq}" => agency.thing("letter").to_owned(),
        "{act}" => if path.starts_with("/track/") { "withdraw" } else { "note" }.to_owned(),
        "{year}" => "2025".to_owned(),
        "{page}" | "{number}" => "1".to_owned(),
        "{format}" => "docx".to_owned(),
        "{step}" => "request".to_owned(),
        "{sheet}" | "{notice}" => "receipt".to_owned(),
        "{letter}" => "correction".to_owned(),
        "{outcome}" => "-".to_owned(),
        "{rules}" => "routing".to_owned(),
        "{list}" => "overdue".to_owned(),
        "{language}" => "zh".to_owned(),
        "{decision}" => "approval".to_owned(),
        "{deed}" => "retry".to_owned(),
        "{link}" => "made-up".to_owned(),
        new if new.starts_with('{') => panic!("{path}: what {new} stands for is to be written into `filled`"),
        word => word.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// What `{id}` stands for at that address.
fn thing_of<'a>(path: &str, agency: &'a Agency) -> &'a str {
    let mut parts = path.split('/').skip(1);
    let word = match (parts.next().unwrap_or_default(), parts.next().unwrap_or_default()) {
        ("desk", "cases") => "case",
        ("desk", "held") => "held",
        ("desk", "tasks") => "task",
        ("desk", "reports") => "edition",
        ("desk", "retention") if path.contains("/transfers/") => "transfer",
        ("desk", "retention") => "disposal",
        ("desk", "proceedings") => "proceeding",
        ("desk", "enquiries") => "enquiry",
        ("supervision", "orders") => "order",
        ("me", "absences") => "absence",
        ("admin", "staff") => "member",
        ("admin", "agencies") => "history",
        ("admin", "calendar") => "proposal",
        ("admin", "outbox") => "notice",
        ("published", _) => "closed case",
        // What an applicant has got is found by its number in their application.
        ("me", "sessions") | ("track", _) => return NOTHING,
        _ => panic!("{path}: what {{id}} stands for is to be written into `thing_of`"),
    };
    agency.thing(word)
}

/// Somebody of the city with every role there is.
pub fn employs_everybody(service: &Served) {
    service.employs(EVERYBODY, "yunhe", Role::Clerk);
    let staff = service.get("admin", "/api/v1/admin/staff").expect(200);
    let id = staff.as_array().unwrap().iter().find(|one| one["login"] == EVERYBODY).unwrap()["id"].clone();
    let roles: Vec<&str> = ROLES.iter().map(|(_, _, role)| role.as_str()).collect();
    let path = format!("/api/v1/admin/staff/{}/roles", id.as_str().unwrap());
    let held = json!({"agency": "yunhe", "roles": roles});
    service.by("admin", "PUT", &path, &[], Some(&held)).expect(200);
}

/// Who has the cookies of all that one can have: a sign-in, an application that is looked at, one that is being written.
pub fn with_all_cookies<'a>(service: &'a Served, agency: &Agency) -> Visitor<'a> {
    let mut visitor = Visitor::signed_in(service, EVERYBODY);
    let opened = [("receipt_no", agency.thing("receipt")), ("code", agency.thing("query code"))];
    visitor.post("/track", &opened).expect(303);
    visitor.post("/apply/yunhe", &[]).expect(303);
    visitor
}

/// The token of somebody's sign-in.
fn token_of(visitor: &mut Visitor<'_>) -> String {
    visitor.get("/me").expect(200).field("form_token")
}

/// Sends a form of the staff as its page would, with this token or with none.
fn sent(visitor: &mut Visitor<'_>, form: Line, at: &str, token: Option<&str>) -> Page {
    if BYTES.contains(&form.path) {
        let mut headers = vec![("Content-Type", "application/octet-stream"), ("Upload-Offset", "0")];
        headers.extend(token.map(|token| ("X-Form-Token", token)));
        return visitor.send("POST", at, &headers, Some("x"));
    }
    let mut fields = vec![("text", "x")];
    fields.extend(token.map(|token| ("form_token", token)));
    if WITH_FILES.contains(&form.path) {
        return visitor.post_with_files(at, &fields, &[("记录.txt", "灯杆一号")]);
    }
    visitor.post(at, &fields)
}

/// How many entries the log has: who only asks is told no, and has looked at nothing.
fn looks(service: &Served) -> Vec<String> {
    let all = "SELECT CAST((SELECT COUNT(*) FROM log_entries) + (SELECT COUNT(*) FROM access_log) AS TEXT) AS line";
    lines(service.office.db(), all)
}

/// What became of a request, for the list of what is wrong.
fn became(form: Line, at: &str, how: &str, page: &Page) -> String {
    let said: String = page.text().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    format!("{} {} ({at}), {how}: {} {said}", form.method, form.path, page.status)
}

#[track_caller]
fn is_unchanged(service: &Served, before: &BTreeSet<String>) {
    let after = rows(service);
    let changed: Vec<&String> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn every_page_of_the_table_is_the_staffs_or_anybodys() {
    let table = table();
    let counted = |method: &str| table.iter().filter(|line| line.method == method).count();
    let all: BTreeSet<(&str, &str)> = table.iter().map(|line| (line.method, line.path)).collect();
    assert_eq!(all.len(), table.len(), "twice");
    assert!(counted("get") >= 120 && counted("post") >= 82, "the table is not read as it should be: {table:?}");
    let strange: Vec<&Line> = table.iter().filter(|line| line.class().is_none()).collect();
    assert!(
        strange.is_empty(),
        "put what these begin with into STAFFS (a sign-in, and a token in every form) or into ANYBODYS: {strange:?}"
    );
    let classes = [Class::AnybodysPage, Class::AnybodysForm, Class::StaffsPage, Class::StaffsForm];
    let counts = classes.map(|class| of(class).len());
    assert_eq!(counts.iter().sum::<usize>(), table.len());
    assert!(counts.iter().all(|count| *count >= 20), "{counts:?}");
    let named = [WITH_FILES, BYTES].concat();
    for path in named {
        assert!(of(Class::StaffsForm).iter().any(|line| line.path == path), "{path} is no form of the staff any more");
    }
    for path in NOTED {
        assert!(table.iter().any(|line| line.method == "get" && line.path == *path), "{path} is no page any more");
    }
}

#[test]
fn no_form_of_the_staff_is_taken_without_the_token_of_the_very_sign_in_that_sends_it() {
    let service = &Served::on_sqlite("2025-03-03");
    let city = &Town::new(service).city;
    employs_everybody(service);
    let mut here = Visitor::signed_in(service, EVERYBODY);
    let mut elsewhere = Visitor::signed_in(service, EVERYBODY);
    let (own, other) = (token_of(&mut here), token_of(&mut elsewhere));
    assert_ne!(own, other);
    let forms = of(Class::StaffsForm);
    let (before, looked) = (rows(service), looks(service));
    let (mut wrong, mut refused) = (Vec::new(), 0);
    for form in &forms {
        let at = filled(form.path, city);
        for (how, token) in [("no token", None), ("another sign-in's", Some(other.as_str()))] {
            let page = sent(&mut here, *form, &at, token);
            if page.status == 403 && page.text().contains(NO_TOKEN) {
                refused += 1;
            } else {
                wrong.push(became(*form, &at, how, &page));
            }
        }
    }
    let help =
        "a form of the staff takes `Sent`; or `SentFiles` and stands in WITH_FILES; or bytes and stands in BYTES";
    assert!(wrong.is_empty(), "{help}\n{}", wrong.join("\n"));
    assert_eq!(refused, 2 * forms.len(), "each, in both ways");
    is_unchanged(service, &before);
    assert_eq!(looks(service), looked, "nothing was looked at either");

    // With the right token one of each kind is taken.
    let case = format!("/desk/cases/{}", city.thing("case"));
    let note = here.get(&format!("{case}/acts/note")).expect(200);
    let version = note.field("version");
    here.submit(&note, &format!("{case}/acts/note"), &[("version", &version), ("text", "有令牌")]).expect(303);
    let record = [("form_token", own.as_str()), ("purpose", "record")];
    here.post_with_files(&format!("{case}/files"), &record, &[("记录.txt", "灯杆一号")]).expect(303);
    let announced = [("form_token", own.as_str()), ("name", "记录.txt"), ("size", "5")];
    let begun = here.post(&format!("{case}/uploads"), &announced).expect(200);
    let begun: Value = serde_json::from_str(&begun.html).unwrap();
    let piece = [("Content-Type", "application/octet-stream"), ("Upload-Offset", "0"), ("X-Form-Token", own.as_str())];
    let at = format!("{case}/uploads/{}", begun["id"].as_str().unwrap());
    here.send("POST", &at, &piece, Some("lamps")).expect(200);
    assert_ne!(rows(service), before, "what is compared can change");

    // And all the others get past it, whatever is wrong with them then. What ends the sign-in comes last.
    let (ends, stays): (Vec<Line>, Vec<Line>) = forms.iter().copied().partition(|form| form.path == "/sign-out");
    assert_eq!(ends.len(), 1);
    for form in stays.iter().chain(&ends) {
        let at = filled(form.path, city);
        let page = sent(&mut here, *form, &at, Some(&own));
        if page.status == 401 || page.status >= 500 || page.text().contains(NO_TOKEN) {
            wrong.push(became(*form, &at, "the right token", &page));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    here.get("/desk").expect(303);
}

#[test]
fn no_form_that_another_site_sends_is_taken_whatever_cookies_and_tokens_it_brings() {
    let service = &Served::on_sqlite("2025-03-03");
    let city = &Town::new(service).city;
    employs_everybody(service);
    let mut visitor = with_all_cookies(service, city);
    let own = token_of(&mut visitor);
    let fields = [("form_token", own.as_str()), ("text", "x")];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let (before, looked) = (rows(service), looks(service));
    let mut wrong = Vec::new();
    for class in [Class::AnybodysForm, Class::StaffsForm] {
        let (forms, mut refused) = (of(class), 0);
        for form in &forms {
            let at = filled(form.path, city);
            for headers in FOREIGN {
                let page = visitor.send("POST", &at, headers, Some(&body));
                if page.status == 403 && page.text().contains(ELSEWHERE) {
                    refused += 1;
                } else {
                    wrong.push(became(*form, &at, &format!("{headers:?}"), &page));
                }
            }
        }
        assert!(wrong.is_empty(), "the edge of the pages (src/web/edge.rs) lets through:\n{}", wrong.join("\n"));
        assert_eq!(refused, FOREIGN.len() * forms.len(), "{class:?}");
    }
    is_unchanged(service, &before);
    assert_eq!(looks(service), looked);

    // From a page of ours they are not taken for another site's, and one that needs nothing else is done.
    let ours = [("Sec-Fetch-Site", "same-origin"), ("Origin", service.address.as_str())];
    for form in of(Class::AnybodysForm) {
        let at = filled(form.path, city);
        let page = visitor.send("POST", &at, &ours, Some(&body));
        if page.status >= 500 || page.text().contains(ELSEWHERE) {
            wrong.push(became(form, &at, "from a page of ours", &page));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Visitor::new(service).send("POST", "/apply/yunhe", &ours, Some("")).expect(303);
}

#[test]
fn the_staffs_pages_lead_strangers_to_the_sign_in_and_no_page_does_anything_by_being_looked_at() {
    let service = &Served::on_sqlite("2025-03-03");
    let city = &Town::new(service).city;
    employs_everybody(service);
    let mut visitor = with_all_cookies(service, city);
    let before = rows(service);
    let (mut wrong, mut led) = (Vec::new(), 0);
    let made_up = format!("dafu_session={}", "A".repeat(43));
    let made_up = [("Cookie", made_up.as_str())];
    let staffs = of(Class::StaffsPage);
    let mut stranger = Visitor::new(service);
    for line in &staffs {
        let at = filled(line.path, city);
        for headers in [&made_up[..], &[]] {
            let page = stranger.send("GET", &at, headers, None);
            if page.status == 303 && page.location.as_deref().is_some_and(|to| to.starts_with("/sign-in?next=")) {
                led += 1;
            } else {
                wrong.push(became(*line, &at, "nobody", &page));
            }
        }
    }
    assert!(wrong.is_empty(), "a page of the staff takes `SignedIn` first\n{}", wrong.join("\n"));
    assert_eq!(led, 2 * staffs.len(), "each, with a cookie that is none and without");
    is_unchanged(service, &before);

    let pages: Vec<Line> = table().into_iter().filter(|line| line.method == "get").collect();
    let silent: Vec<Line> = pages.iter().copied().filter(|line| !NOTED.contains(&line.path)).collect();
    assert_eq!(silent.len() + NOTED.len(), pages.len());
    let mut opened = 0;
    for line in &silent {
        let at = filled(line.path, city);
        let page = visitor.get(&at);
        opened += usize::from([200, 303].contains(&page.status));
        if page.status == 401 || page.status >= 500 {
            wrong.push(became(*line, &at, "every role", &page));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The others have no such thing here, or ask for more than an address.
    assert!(opened * 3 >= silent.len() * 2, "only {opened} of {} were seen at all", silent.len());
    is_unchanged(service, &before);
}
