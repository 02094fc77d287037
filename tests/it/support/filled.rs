//! An office in whose database no table is empty: everything that anybody can do to it was done once. For whoever has to show that
//! something holds of every table there is.

use dafu::law::outcome::Outcome;
use dafu::office::seals::auditing;
use dafu::storage::{Conn, StoreError};
use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use super::bundled;
use super::handled::{Handled, draft};
use super::program::eventually;
use super::rows::lines;
use super::served::{Answer, Served, application};
use super::town::turn;
use super::visitor::Visitor;

/// Fills the database of a service that stands at a day of 2025.
#[track_caller]
pub fn fill(service: &Served) {
    let old = Handled::new(service);
    old.replied(&draft(Outcome::Granted));
    made(service, "clerk", "/api/v1/retention/transfers", &json!({"agency": "yunhe", "closed_in": 2025}));
    service.day("2036-01-04");
    what_became_of_it(service);
    cases(service);
    people(service);
    house(service);
    orders(service);
    written_once(service);
    // Days on, reminders are due; a mail that is refused leaves something to be seen to.
    service.day("2036-01-24");
    turn(service);
    service.office.seal_now().unwrap();
    let audited = auditing::audit(service.office.db(), &bundled::keys(service), &mut |_| ()).unwrap();
    assert_eq!(audited.told(), []);
    service.office.keep_audit(&audited, None, "test").unwrap();
    // What waits for the next seal, and what the next turn would sweep, comes after both.
    comings_and_goings(service);
}

fn by(service: &Served, login: &str, method: &str, path: &str, body: &Value) -> Answer {
    service.by(login, method, path, &[], Some(body))
}

#[track_caller]
fn made(service: &Served, login: &str, path: &str, body: &Value) -> Value {
    let answer = by(service, login, "POST", path, body);
    assert!([200, 201].contains(&answer.status), "{path}: {} {:#}", answer.status, answer.body);
    answer.body
}

/// Ten years later it is destroyed, and the year is reported on.
fn what_became_of_it(service: &Served) {
    let agency = json!({"agency": "yunhe"});
    let list = made(service, "clerk", "/api/v1/retention/disposals", &agency);
    let approval = format!("/api/v1/retention/disposals/{}/approval", list["id"].as_str().unwrap());
    made(service, "head", &approval, &json!({}));
    assert_eq!(service.office.carry_out_disposals(&mut |_| ()).unwrap().failed, []);
    let none = json!({"made": 0, "repealed": 0, "in_force": 0});
    let entered = json!({
        "regulations": none, "normative_documents": none, "licences": 0, "penalties": 0, "enforcement": 0, "charges": "0",
        "words": {"overview": "概述。", "other": "无。"}
    });
    let path = "/api/v1/reports/annual/2025/agencies/yunhe";
    service.by("clerk", "PUT", path, &[("If-Match", "\"0\"")], Some(&entered)).expect(200);
    made(service, "clerk", "/api/v1/reports/annual/2025/editions", &agency);
}

/// What lies in cases and beside them.
fn cases(service: &Served) {
    let answered = Handled::new(service);
    answered.replied(&draft(Outcome::Granted));
    let thought = json!({"satisfaction": 4, "comment": "答复清楚"});
    answered.applicant("POST", "/feedback", Some(&thought)).expect(200);
    answered.does("handler", "publication-proposal", &json!({"reason": "多人申请", "equal_requests": 3}));
    let published = json!({"place": "https://www.yunhe.example/1", "title": "老旧小区改造施工合同", "summary": "全文"});
    answered.does("clerk", "publication", &published);
    answered.does("clerk", "holds", &json!({"reason": "当事人可能起诉"}));

    let mut asked = application();
    asked["applicant"]["email"] = json!("refused-by-its-server@example.org");
    let open = Handled::of(service, &asked);
    open.attaches("handler", "调查记录.txt", "走访记录：合同已归档".as_bytes(), "working");
    let link = json!({"other": answered.receipt["receipt_no"], "link": "same_facts", "remark": "同一项目"});
    open.does("clerk", "links", &link);
    open.does("handler", "fee-notices", &json!({"basis": "item", "units": 16, "letter": "请缴纳信息处理费。"}));
    let tags = json!({"cases": [open.id], "add": ["拆迁"], "remove": [], "preview": false});
    made(service, "clerk", "/api/v1/cases/tags", &tags);
    let watch = format!("/api/v1/cases/{}/watch", open.id);
    by(service, "supervisor", "PUT", &watch, &json!({"muted": false})).expect(200);
    let opened = json!({
        "kind": "reconsideration", "challenged": "inaction", "authority": "某机关", "procedure": "ordinary",
        "submitted_on": "2036-01-04", "accepted_on": "2036-01-04", "received_on": "2036-01-04"
    });
    made(service, "lawyer", &format!("/api/v1/cases/{}/proceedings", open.id), &opened);

    // Of a case with nothing in it yet, as pages take long to set; and until it is made, beside, its row changes.
    let bare = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
    let bundle = made(service, "clerk", &format!("/api/v1/cases/{bare}/bundles"), &json!({}));
    let path = format!("/api/v1/bundles/{}", bundle["id"].as_str().unwrap());
    let state = || service.get("clerk", &path).expect(200)["state"]["code"].clone();
    eventually("the bundle is not made", || state() == "ready");
}

/// Those who write from outside.
fn people(service: &Served) {
    let public = "/api/v1/public/agencies/yunhe";
    let letter = json!({
        "kind": "mailbox_letter", "writer": {"name": "周秀英", "phone": "13900000002", "email": "zhou@example.org"},
        "subject": "路灯不亮", "content": "人民路的路灯坏了两周。"
    });
    service.public("POST", &format!("{public}/enquiries"), None, Some(&letter)).expect(201);
    service.public("POST", &format!("{public}/drafts"), None, Some(&application())).expect(201);
    // And one that a program seems to have sent, and that is nobody's.
    let mut robot = Visitor::new(service);
    robot.post("/apply/yunhe", &[]).expect(303);
    let request = [("subject", "合同"), ("description", "施工合同"), ("form", "electronic"), ("route", "online")];
    robot.post("/apply/yunhe/request", &request).expect(303);
    let (number, phone) = ("110101199003070011", "13800000001");
    let person = [("kind", "natural_person"), ("name", "陈晓燕"), ("identity_number", number), ("phone", phone)];
    robot.post("/apply/yunhe/applicant", &person).expect(303);
    robot.post("/apply/yunhe/besides", &[]).expect(303);
    robot.post("/apply/yunhe/check", &[("homepage", "https://spam.example")]).expect(303);
    let held = service.get("clerk", "/api/v1/held-applications").expect(200)[0]["id"].as_str().unwrap().to_owned();
    let discard = format!("/api/v1/held-applications/{held}/discard");
    assert_eq!(by(service, "clerk", "POST", &discard, &json!({"reason": "广告"})).status, 204);
}

/// What an administrator lays down, and what others of the house keep for themselves.
fn house(service: &Served) {
    let lay_down = |method: &str, path: &str, body: &Value| {
        by(service, "admin", method, &format!("/api/v1/admin/agencies/yunhe{path}"), body).expect(200)
    };
    lay_down("PATCH", "", &json!({"duties": ["住房保障"], "court_address": "云河市法院路2号"}));
    let rules = service.get("admin", "/api/v1/admin/agencies/yunhe/reminders").expect(200);
    lay_down("PUT", "/reminders", &rules);
    let asked = json!({"name": "plot", "zh": "宗地位置", "en": "Where the plot lies", "kind": "line"});
    lay_down("PUT", "/form", &json!({"fields": [asked]}));
    let source = "本机关收到{{ you }}的申请（{{ case.number }}）。\n{{ words }}\n\
                  根据{{ articles }}，请在{{ window_days }}个工作日内补正。\n";
    lay_down("PUT", "/letters/correction/-", &json!({"source": source}));
    let words =
        json!({"subject": "回执", "text": "查询码 {{ facts.query_code }}", "html": "<p>{{ case.subject }}</p>"});
    lay_down("PUT", "/wordings/receipt/zh", &words);
    let renamed = json!({"kind": "renamed", "on": "2036-06-01", "new_name": "新名", "document": "编办〔2036〕1号"});
    made(service, "admin", "/api/v1/admin/agencies/yunhe/history", &renamed);
    let year = json!({"year": {
        "year": 2037, "notice": "某办〔2036〕1号", "published_on": "2036-01-04",
        "holidays": ["2037-01-01"], "workdays": ["2037-01-03"]
    }});
    made(service, "admin", "/api/v1/admin/calendar/proposals", &year);
    let staff = service.get("admin", "/api/v1/admin/staff").expect(200);
    let handler = staff.as_array().unwrap().iter().find(|one| one["login"] == "handler").unwrap()["id"].clone();
    let away = json!({"delegate": handler, "from_on": "2036-02-01", "to_on": "2036-02-03", "note_code": "leave"});
    made(service, "reviewer", "/api/v1/me/absences", &away);
    by(service, "handler", "PUT", "/api/v1/me/views/mine", &json!({"query": "stage=handling"})).expect(200);
}

/// An order about no case: its words and documents have keys of their own.
fn orders(service: &Served) {
    let order = json!({"kind": "order", "agency": "yunhe", "text": "登记不及时，请说明。", "days": 5});
    let order = made(service, "supervisor", "/api/v1/supervision/orders", &order);
    let bearer = format!("Bearer {}", service.token("clerk"));
    let to = format!("/api/v1/supervision/orders/{}/papers?name=a.txt", order["order"]["id"].as_str().unwrap());
    service.bytes("POST", &to, &[("Authorization", &bearer)], "整改完成。".as_bytes()).expect(200);
}

/// A look of the time before looks had a chain of their own: no program writes such rows any more, and every later one shows them.
fn written_once(service: &Served) {
    let look = "INSERT INTO access_log (id, at, staff_id, kind) \
                SELECT id, created_at, id, 'identity' FROM staff WHERE login = 'clerk'";
    let written = service.office.db().write_now(|conn| match conn {
        Conn::Sqlite(conn) => conn.batch_execute(look).map_err(StoreError::from),
        Conn::Pg(conn) => conn.batch_execute(look).map_err(StoreError::from),
    });
    written.unwrap();
}

/// Somebody signs in, by browser and otherwise, somebody mistypes, and an application comes under a key of its sender.
fn comings_and_goings(service: &Served) {
    Visitor::signed_in(service, "clerk");
    service.get("clerk", "/api/v1/me").expect(200);
    let wrong = json!({"login": "clerk", "password": "not-the-password"});
    service.public("POST", "/api/v1/auth/login", None, Some(&wrong)).expect(401);
    let path = "/api/v1/public/agencies/yunhe/applications";
    service.send("POST", path, &[("Idempotency-Key", "k1")], Some(&application().to_string())).expect(201);
}

/// Those of these tables in which there is nothing.
pub fn empty_of<'a>(service: &Served, tables: impl Iterator<Item = &'a str>) -> Vec<String> {
    let is_empty =
        |table: &&str| lines(service.office.db(), &format!("SELECT 'one' AS line FROM \"{table}\" LIMIT 1")).is_empty();
    tables.filter(is_empty).map(str::to_owned).collect()
}
