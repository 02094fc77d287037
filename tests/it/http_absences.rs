//! Who goes away lends their roles for that time: what the delegate may do, what the journal says of it, and what nobody
//! may do in anybody's place.

use dafu::case::Role;
use dafu::law::outcome::Outcome;
use dafu::office::staff::{FirstPassword, NewStaff};
use serde_json::{Value, json};

use crate::support::handled::{self, secrecy};
use crate::support::served::{Answer, PASSWORD, Served, on_both};

/// The id of an account.
pub fn id(service: &Served, login: &str) -> String {
    let staff = service.get("admin", "/api/v1/admin/staff").expect(200);
    let found = staff.as_array().unwrap().iter().find(|one| one["login"] == login).unwrap().clone();
    found["id"].as_str().unwrap().to_owned()
}

fn go(service: &Served, login: &str, delegate: &str, from: &str, to: &str) -> Answer {
    let body = json!({"delegate": id(service, delegate), "from_on": from, "to_on": to, "note_code": "leave"});
    service.by(login, "POST", "/api/v1/me/absences", &[], Some(&body))
}

/// A case in the handler's hands.
pub fn handled(service: &Served) -> String {
    let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
    service.act("clerk", &case, "registration", &json!({})).expect(200);
    service.act("handler", &case, "claim", &json!({})).expect(200);
    case
}

fn draft() -> Value {
    handled::draft(Outcome::Granted)
}

fn mine(service: &Served, login: &str) -> Vec<String> {
    let page = service.get(login, "/api/v1/cases?handler=me").expect(200);
    page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn pointers(body: &Value) -> Vec<&str> {
    body["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect()
}

/// A further account of the city with several roles.
fn install(service: &Served, login: &str, roles: &[Role]) {
    let new = NewStaff {
        login: login.to_owned(),
        name: format!("某{login}"),
        password: PASSWORD.to_owned(),
        agency: "yunhe".to_owned(),
        roles: roles.to_vec(),
        email: None,
    };
    service.office.install_staff(new, FirstPassword::Stays).unwrap();
}

#[test]
fn a_delegate_has_the_absentees_role_for_that_time_and_the_journal_names_both() {
    on_both("2025-03-03", |service| {
        let case = handled(service);
        let absence = go(service, "handler", "reviewer", "2025-03-04", "2025-03-10").expect(201);
        assert_eq!((&absence["note"]["zh"], &absence["delegate"]["name"]), (&json!("休假"), &json!("某reviewer")));
        service.act("reviewer", &case, "draft", &draft()).expect(403);
        assert_eq!(mine(service, "reviewer"), [""; 0], "not before the first day");

        service.day("2025-03-04");
        assert_eq!(mine(service, "reviewer"), [case.as_str()]);
        let me = service.get("reviewer", "/api/v1/me").expect(200);
        let lent = me["roles"].as_array().unwrap().iter().find(|held| held["role"]["code"] == "handler").unwrap();
        assert_eq!(lent["on_behalf_of"]["name"], "某handler");
        let view = service.act("reviewer", &case, "draft", &draft()).expect(200);
        assert_eq!(view["stage"]["code"], "reviewing");
        assert!(!view["allowed"].as_array().unwrap().contains(&json!("review")), "{:#}", view["allowed"]);
        let journal = service.get("clerk", &format!("/api/v1/cases/{case}/journal")).expect(200);
        let last = journal.as_array().unwrap().last().unwrap();
        assert_eq!(
            (&last["actor"], &last["staff"]["name"], &last["on_behalf_of"]["name"]),
            (&json!("delegate"), &json!("某reviewer"), &json!("某handler"))
        );
        service.act("reviewer", &case, "review", &json!({"decision": "approve"})).refused_by("own_draft");
        service.check();

        service.day("2025-03-11");
        let other = handled(service);
        assert_eq!(mine(service, "reviewer"), [""; 0], "not after the last day");
        service.act("reviewer", &other, "draft", &draft()).expect(403);
    });
}

#[test]
fn ones_colleagues_are_those_of_ones_agency_with_who_is_away() {
    on_both("2025-03-03", |service| {
        go(service, "handler", "reviewer", "2025-03-03", "2025-03-10").expect(201);
        let listed = service.get("clerk", "/api/v1/me/colleagues").expect(200);
        let listed = listed.as_array().unwrap();
        let names: Vec<_> = listed.iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert!(names.contains(&"某signer") && !names.contains(&"某clerk"), "{names:?}");
        assert!(!names.contains(&"某county_handler"), "{names:?}");
        let handler = listed.iter().find(|one| one["name"] == "某handler").unwrap();
        assert_eq!(
            (&handler["away_until"], &handler["delegate"]["name"], &handler["roles"][0]["role"]["code"]),
            (&json!("2025-03-10"), &json!("某reviewer"), &json!("handler"))
        );
        assert_eq!(listed.iter().filter(|one| !one["away_until"].is_null()).count(), 1);
        let county = service.get("county_handler", "/api/v1/me/colleagues").expect(200);
        assert_eq!(county.as_array().unwrap().len(), 1);
    });
}

#[test]
fn by_a_role_of_ones_own_one_acts_as_oneself() {
    on_both("2025-03-03", |service| {
        install(service, "second", &[Role::Handler, Role::Reviewer]);
        go(service, "handler", "second", "2025-03-03", "2025-03-05").expect(201);
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        service.act("clerk", &case, "registration", &json!({})).expect(200);
        service.act("second", &case, "claim", &json!({})).expect(200);
        let journal = service.get("clerk", &format!("/api/v1/cases/{case}/journal")).expect(200);
        let last = journal.as_array().unwrap().last().unwrap();
        assert_eq!((&last["actor"], &last["on_behalf_of"]), (&json!("staff"), &Value::Null));
    });
}

fn cleared() -> Value {
    json!({"decision": "approve", "secrecy": secrecy("granted")})
}

#[test]
fn nobody_reviews_in_the_place_of_the_author_and_nobody_signs_ones_own_draft_as_a_delegate() {
    on_both("2025-03-03", |service| {
        install(service, "both", &[Role::Handler, Role::Reviewer]);
        let case = handled(service);
        service.act("both", &case, "draft", &draft()).expect(200);
        go(service, "both", "handler", "2025-03-03", "2025-03-05").expect(201);
        let allowed = service.get("handler", &format!("/api/v1/cases/{case}/allowed")).expect(200);
        let review = allowed.as_array().unwrap().iter().find(|one| one["act"]["code"] == "review").unwrap();
        assert_eq!((&review["open"], &review["rule"]), (&json!(false), &json!("own_draft")));
        let approve = json!({"decision": "approve"});
        service.act("handler", &case, "review", &approve).refused_by("own_draft");
        service.act("reviewer", &case, "review", &approve).expect(200);
        service.act("secrecy", &case, "secrecy-review", &cleared()).expect(200);

        let own = handled(service);
        service.act("handler", &own, "draft", &draft()).expect(200);
        service.act("reviewer", &own, "review", &approve).expect(200);
        service.act("secrecy", &own, "secrecy-review", &cleared()).expect(200);
        go(service, "signer", "handler", "2025-03-03", "2025-03-05").expect(201);
        service.act("handler", &own, "signature", &approve).refused_by("own_draft");
        let signed = service.act("handler", &case, "signature", &approve).expect(200);
        assert_eq!(signed["stage"]["code"], "serving", "another's draft may be signed in the signer's place");
        service.check();
    });
}

#[test]
fn no_case_is_given_to_somebody_who_is_away_but_to_the_delegate() {
    on_both("2025-03-03", |service| {
        let case = handled(service);
        go(service, "handler", "reviewer", "2025-03-04", "2025-03-10").expect(201);
        service.day("2025-03-05");
        let to = |login: &str| json!({"handler": id(service, login)});
        let told = service.act("clerk", &case, "assignment", &to("handler")).expect(422);
        assert_eq!(pointers(&told), ["/handler"]);
        assert!(told["errors"][0]["detail"].as_str().unwrap().contains("某reviewer"), "{told:#}");
        let given = service.act("clerk", &case, "assignment", &to("reviewer")).expect(200);
        assert_eq!(given["handler"]["name"], "某reviewer");
        service.day("2025-03-11");
        service.act("clerk", &case, "assignment", &to("reviewer")).expect(422);
        service.act("clerk", &case, "assignment", &to("handler")).expect(200);
    });
}

#[test]
fn what_is_wrong_with_an_absence_is_told_at_once() {
    on_both("2025-03-03", |service| {
        let told = go(service, "handler", "county_handler", "2025-03-02", "2025-03-01").expect(422);
        assert_eq!(pointers(&told), ["/from_on", "/to_on", "/delegate"]);
        assert_eq!(pointers(&go(service, "handler", "handler", "2025-03-03", "2025-03-04").expect(422)), ["/delegate"]);
        assert_eq!(pointers(&go(service, "handler", "admin", "2025-03-03", "2025-03-04").expect(422)), ["/delegate"]);
        assert_eq!(pointers(&go(service, "handler", "clerk", "2025-03-03", "2026-03-10").expect(422)), ["/to_on"]);
        go(service, "handler", "clerk", "2025-03-10", "2025-03-14").expect(201);
        let overlapping = go(service, "handler", "reviewer", "2025-03-14", "2025-03-20").expect(422);
        assert_eq!(pointers(&overlapping), ["/from_on"]);
        let away = go(service, "reviewer", "handler", "2025-03-01", "2025-03-10");
        assert_eq!(pointers(&away.expect(422)), ["/from_on", "/delegate"], "the delegate is away too");

        let ill = go(service, "clerk", "reviewer", "2025-03-12", "2025-03-12").expect(201);
        assert_eq!(ill["left_without_delegate"][0]["name"], "某handler", "allowed, but told");
        service.day("2025-03-12");
        let roles = service.get("reviewer", "/api/v1/me").expect(200)["roles"].clone();
        let codes: Vec<_> = roles.as_array().unwrap().iter().map(|held| held["role"]["code"].clone()).collect();
        assert_eq!(codes, ["reviewer", "clerk"], "what is lent is not lent on");
    });
}

#[test]
fn an_administrator_enters_an_absence_for_somebody_and_never_in_favour_of_themselves() {
    on_both("2025-03-03", |service| {
        let path = |login: &str| format!("/api/v1/admin/staff/{}/absences", id(service, login));
        let body =
            |delegate: &str| json!({"delegate": id(service, delegate), "to_on": "2025-03-07", "note_code": "illness"});
        install(service, "keeper", &[Role::Administrator, Role::Clerk]);
        let own = service.by("keeper", "POST", &path("signer"), &[], Some(&body("keeper"))).expect(422);
        assert_eq!(pointers(&own), ["/delegate"]);
        service.by("clerk", "POST", &path("signer"), &[], Some(&body("head"))).expect(403);
        let entered = service.by("keeper", "POST", &path("signer"), &[], Some(&body("head"))).expect(201);
        assert_eq!((&entered["created_by"]["name"], &entered["from_on"]), (&json!("某keeper"), &json!("2025-03-03")));
        let mine = service.get("head", "/api/v1/me/absences").expect(200);
        assert_eq!(mine["standing_in"][0]["staff"]["name"], "某signer");
        assert_eq!(mine["standing_in"][0]["note"], Value::Null, "why somebody is away is not told to the delegate");
        let administrators_role = service.by("admin", "POST", &path("admin"), &[], Some(&body("clerk"))).expect(422);
        assert_eq!(pointers(&administrators_role), [""], "it is never lent");
    });
}

#[test]
fn who_comes_back_has_the_role_alone_again() {
    on_both("2025-03-03", |service| {
        let begun = go(service, "handler", "reviewer", "2025-03-04", "2025-03-10").expect(201);
        let later = go(service, "handler", "reviewer", "2025-04-01", "2025-04-10").expect(201);
        service.day("2025-03-06");
        let path = |absence: &Value| format!("/api/v1/me/absences/{}", absence["id"].as_str().unwrap());
        service.by("reviewer", "DELETE", &path(&begun), &[], None).expect(404);
        service.by("handler", "DELETE", &path(&begun), &[], None).expect(204);
        service.by("handler", "DELETE", &path(&later), &[], None).expect(204);
        service.by("handler", "DELETE", &path(&begun), &[], None).expect(404);
        let own = service.get("handler", "/api/v1/me/absences").expect(200)["own"].clone();
        assert_eq!(own.as_array().unwrap().len(), 1, "one that had not begun is taken back");
        assert_eq!(own[0]["to_on"], "2025-03-05", "one that had stays on record");
        assert_eq!(service.get("reviewer", "/api/v1/me").expect(200)["roles"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn who_is_switched_off_lends_nothing_and_their_open_cases_are_counted() {
    on_both("2025-03-03", |service| {
        let case = handled(service);
        go(service, "handler", "reviewer", "2025-03-03", "2025-03-10").expect(201);
        assert_eq!(mine(service, "reviewer"), [case.as_str()]);
        let path = format!("/api/v1/admin/staff/{}/status", id(service, "handler"));
        let off = service.by("admin", "POST", &path, &[], Some(&json!({"active": false}))).expect(200);
        assert_eq!((&off["active"], &off["open_cases"]), (&json!(false), &json!(1)));
        assert_eq!(mine(service, "reviewer"), [""; 0]);
        let listed = service.get("admin", "/api/v1/admin/staff").expect(200);
        let counts: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["open_cases"].as_i64().unwrap()).collect();
        assert_eq!(counts.iter().sum::<i64>(), 1);
    });
}
