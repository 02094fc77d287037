//! Signing in by browser: what the cookie is, when it ends, who can end it; and that neither its end nor another's act
//! costs anybody what they typed.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::handled::Handled;
use crate::support::served::{PASSWORD, Served, on_both};
use crate::support::visitor::Visitor;

fn later(service: &Served, minutes: i64) {
    service.clock.set(service.clock.now() + TimeDelta::minutes(minutes));
}

#[test]
fn the_cookie_is_kept_from_scripts_and_from_other_sites_and_only_its_digest_is_stored() {
    let service = &Served::on_sqlite("2025-03-03");
    let mut clerk = Visitor::new(service);
    clerk.get("/desk").expect(303);
    let page = clerk.sign_in("clerk", PASSWORD).expect(303);
    let cookie = page.cookies.iter().find(|cookie| cookie.starts_with("dafu_session=")).unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    let secret = clerk.cookie("dafu_session").unwrap().to_owned();
    assert!(secret.len() >= 40, "{secret}");
    let bytes = service.database_bytes();
    assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "the secret is nowhere");
    clerk.get("/desk").expect(200).says("待确认收到");
    let wrong = clerk.sign_in("clerk", "not-the-password").expect(401);
    assert!(wrong.text().contains("用户名或者密码不正确"), "{}", wrong.text());
}

#[test]
fn a_sign_in_ends_after_half_an_hour_unused_and_after_half_a_day_in_any_case() {
    on_both("2025-03-03", |service| {
        let mut clerk = Visitor::signed_in(service, "clerk");
        later(service, 29);
        clerk.get("/desk").expect(200);
        later(service, 29);
        clerk.get("/desk").expect(200);
        later(service, 31);
        let out = clerk.get("/desk?open=true").expect(303);
        assert_eq!(out.location.as_deref(), Some("/sign-in?next=%2Fdesk%3Fopen%3Dtrue"));
        let mut clerk = Visitor::signed_in(service, "clerk");
        for _ in 0..28 {
            later(service, 25);
            clerk.get("/desk").expect(200);
        }
        later(service, 25);
        clerk.get("/desk").expect(303);
    });
}

#[test]
fn ones_own_sign_ins_are_listed_and_ended_and_a_new_password_ends_the_others() {
    on_both("2025-03-03", |service| {
        let mut here = Visitor::signed_in(service, "clerk");
        let mut there = Visitor::signed_in(service, "clerk");
        let sessions = service.get("clerk", "/api/v1/me/sessions").expect(200);
        assert_eq!(sessions.as_array().unwrap().len(), 2);
        assert_eq!(sessions[0]["browser"], "Testbrowser/1");
        let me = here.get("/me").expect(200).says("本次登录");
        let other = me.html.split("/me/sessions/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        here.submit(&me, &format!("/me/sessions/{other}/end"), &[]).expect(303);
        there.get("/desk").expect(303);
        here.get("/desk").expect(200);

        let mut third = Visitor::signed_in(service, "clerk");
        let me = here.get("/me").expect(200);
        let wrong = [("current", "no"), ("new", "short"), ("again", "short")];
        here.submit(&me, "/me/password", &wrong).expect(422).says("十二个字符以上");
        let change = [("current", PASSWORD), ("new", "another-good-one"), ("again", "another-good-one")];
        here.submit(&me, "/me/password", &change).expect(303);
        here.get("/desk").expect(200);
        third.get("/desk").expect(303);

        let me = here.get("/me").expect(200);
        here.submit(&me, "/sign-out", &[]).expect(303);
        here.get("/desk").expect(303);
    });
}

#[test]
fn nobody_elses_sign_in_can_be_ended() {
    on_both("2025-03-03", |service| {
        let mut clerk = Visitor::signed_in(service, "clerk");
        let mut handler = Visitor::signed_in(service, "handler");
        let id = service.get("clerk", "/api/v1/me/sessions").expect(200)[0]["id"].as_str().unwrap().to_owned();
        let me = handler.get("/me").expect(200);
        handler.submit(&me, &format!("/me/sessions/{id}/end"), &[]).expect(404);
        service.by("handler", "DELETE", &format!("/api/v1/me/sessions/{id}"), &[], None).expect(404);
        clerk.get("/desk").expect(200);
        service.by("clerk", "DELETE", &format!("/api/v1/me/sessions/{id}"), &[], None).expect(204);
        clerk.get("/desk").expect(303);
    });
}

#[test]
fn an_account_that_is_switched_off_is_out_at_once_and_a_first_password_opens_nothing_but_its_change() {
    on_both("2025-03-03", |service| {
        let new = json!({"login": "novice", "name": "新人", "password": "first-password", "agency": "yunhe", "roles": ["clerk"]});
        let id = service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&new)).expect(201)["id"].clone();
        let mut novice = Visitor::new(service);
        let page = novice.sign_in("novice", "first-password").expect(303);
        assert_eq!(page.location.as_deref(), Some("/me?first=yes"));
        assert_eq!(novice.get("/desk").expect(303).location.as_deref(), Some("/me?first=yes"));
        let me = novice.get("/me").expect(200).says("请先修改密码");
        let change = [("current", "first-password"), ("new", "my-own-password"), ("again", "my-own-password")];
        novice.submit(&me, "/me/password", &change).expect(303);
        novice.get("/desk").expect(200);
        let path = format!("/api/v1/admin/staff/{}/status", id.as_str().unwrap());
        service.by("admin", "POST", &path, &[], Some(&json!({"active": false}))).expect(200);
        novice.get("/desk").expect(303);
    });
}

#[test]
fn a_form_that_another_site_made_is_not_taken() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let path = format!("/desk/cases/{}/acts/note", case.id);
    let mut handler = Visitor::signed_in(service, "handler");
    let form = handler.get(&path).expect(200);
    let version = form.field("version");
    handler.post(&path, &[("version", &version), ("text", "无令牌")]).expect(403).says("不是从本系统的页面提交的");
    let forged = format!("form_token=0000&version={version}&text=x");
    handler.send("POST", &path, &[], Some(&forged)).expect(403);
    let token = form.field("form_token");
    let body = format!("form_token={token}&version={version}&text=x");
    for headers in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Origin", "null")] {
        handler.send("POST", &path, &[headers], Some(&body)).expect(403).says("来自别的网站");
    }
    let before = case.view()["version"].clone();
    assert_eq!(before.to_string(), version, "nothing was done");
    let own = service.address.clone();
    handler.send("POST", &path, &[("Origin", &own)], Some(&body)).expect(303);
}

#[test]
fn what_was_typed_survives_the_end_of_the_sign_in() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let path = format!("/desk/cases/{}/acts/note", case.id);
        let mut handler = Visitor::signed_in(service, "handler");
        let form = handler.get(&path).expect(200);
        let version = form.field("version");
        later(service, 31);
        let typed = "已与档案馆联系，\n约定周三查阅 <1998> \"卷\" & 目录。";
        let over = handler.submit(&form, &path, &[("version", &version), ("text", typed)]).expect(401);
        assert!(over.text().contains("原样带回"), "{}", over.text());
        assert_eq!(over.field("login"), "handler");
        let fields = [("login", "handler"), ("password", PASSWORD), ("next", &path), ("over", "yes")];
        let carried = over.field("carried");
        let mut all = fields.to_vec();
        all.push(("carried", &carried));
        let restored = handler.post("/sign-in", &all).expect(200);
        let text = restored.field("text");
        assert_eq!(text, typed);
        let back = [
            ("form_token", restored.field("form_token")),
            ("version", restored.field("version")),
            ("text", text),
            ("restored", restored.field("restored")),
        ];
        let back: Vec<(&str, &str)> = back.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let form = handler.post(&path, &back).expect(200).says("还没有提交").says("约定周三查阅 <1998>");
        assert_eq!(case.view()["version"].to_string(), version, "nothing was done yet");
        handler.submit(&form, &path, &[("version", &version), ("text", typed)]).expect(303);
        let journal = case.view();
        assert_ne!(journal["version"].to_string(), version);
    });
}

#[test]
fn who_comes_second_is_told_what_happened_and_keeps_what_they_typed() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let path = format!("/desk/cases/{}/acts/note", case.id);
        let mut one = Visitor::signed_in(service, "handler");
        let mut other = Visitor::signed_in(service, "clerk");
        let (first, second) = (one.get(&path).expect(200), other.get(&path).expect(200));
        let version = first.field("version");
        one.submit(&first, &path, &[("version", &version), ("text", "先写的")]).expect(303);
        let lost = other.submit(&second, &path, &[("version", &version), ("text", "后写的一段话")]).expect(412);
        let lost = lost.says("案件有了变化，本次没有办理").says("备注").says("后写的一段话");
        let now = lost.field("version");
        assert_ne!(now, version);
        other.submit(&lost, &path, &[("version", &now), ("text", "后写的一段话")]).expect(303);
    });
}

#[test]
fn what_one_account_typed_is_not_handed_to_another_at_the_same_screen() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let path = format!("/desk/cases/{}/acts/note", case.id);
    let mut screen = Visitor::signed_in(service, "handler");
    let form = screen.get(&path).expect(200);
    let version = form.field("version");
    later(service, 31);
    let over = screen.submit(&form, &path, &[("version", &version), ("text", "只有我知道")]).expect(401);
    let carried = over.field("carried");
    let other = [("login", "clerk"), ("password", PASSWORD), ("next", &path), ("over", "yes"), ("carried", &carried)];
    let page = screen.post("/sign-in", &other).expect(303);
    assert_eq!(page.location.as_deref(), Some("/start"));
}
