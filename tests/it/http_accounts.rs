//! Accounts, tokens and query codes, as somebody with bad intentions would try them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::served::{PASSWORD, Served, on_both};

fn login(service: &Served, login: &str, password: &str) -> (u16, Value) {
    let answer =
        service.public("POST", "/api/v1/auth/login", None, Some(&json!({"login": login, "password": password})));
    (answer.status, answer.body)
}

fn me(service: &Served, token: &str) -> u16 {
    service.send("GET", "/api/v1/me", &[("Authorization", &format!("Bearer {token}"))], None).status
}

fn refresh(service: &Served, token: &str) -> (u16, Value) {
    let answer = service.public("POST", "/api/v1/auth/refresh", None, Some(&json!({"refresh_token": token})));
    (answer.status, answer.body)
}

fn text(body: &Value, field: &str) -> String {
    body[field].as_str().unwrap().to_owned()
}

#[test]
fn an_access_token_runs_out_after_a_quarter_of_an_hour_and_is_renewed_once() {
    on_both("2025-03-03", |service| {
        let (status, tokens) = login(service, "CLERK", PASSWORD);
        assert_eq!((status, tokens["expires_in"].as_i64()), (200, Some(900)), "{tokens:#}");
        let (access, first) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
        assert_eq!(me(service, &access), 200);
        service.clock.set(service.clock.now() + TimeDelta::minutes(16));
        assert_eq!(me(service, &access), 401);
        let (status, renewed) = refresh(service, &first);
        assert_eq!(status, 200);
        assert_eq!(me(service, &text(&renewed, "access_token")), 200);
        assert_eq!(refresh(service, &first).0, 401, "used twice: one of the two who hold it stole it");
        assert_eq!(refresh(service, &text(&renewed, "refresh_token")).0, 401, "and so the whole sign-in is void");
        assert_eq!(me(service, &text(&renewed, "access_token")), 401);
    });
}

#[test]
fn logging_out_voids_the_sign_in_and_changing_the_password_all_of_them() {
    on_both("2025-03-03", |service| {
        let (_, tokens) = login(service, "clerk", PASSWORD);
        let access = text(&tokens, "access_token");
        let bearer = format!("Bearer {access}");
        service.send("POST", "/api/v1/auth/logout", &[("Authorization", &bearer)], None).expect(204);
        assert_eq!(me(service, &access), 401);
        let (_, tokens) = login(service, "clerk", PASSWORD);
        let access = text(&tokens, "access_token");
        let bearer = format!("Bearer {access}");
        let change = json!({"current": PASSWORD, "new": "another-good-one"}).to_string();
        service.send("POST", "/api/v1/me/password", &[("Authorization", &bearer)], Some(&change)).expect(204);
        assert_eq!(me(service, &access), 401);
        assert_eq!(login(service, "clerk", PASSWORD).0, 401);
        assert_eq!(login(service, "clerk", "another-good-one").0, 200);
    });
}

#[test]
fn guessing_passwords_closes_the_account_for_the_hour_and_tells_nothing() {
    on_both("2025-03-03", |service| {
        let (_, known) = login(service, "clerk", "wrong-password");
        let (_, unknown) = login(service, "nobody", "wrong-password");
        assert_eq!(known["detail"], unknown["detail"]);
        for _ in 0..9 {
            assert_eq!(login(service, "clerk", "wrong-password").0, 401);
        }
        let body = json!({"login": "clerk", "password": PASSWORD});
        let answer = service.public("POST", "/api/v1/auth/login", None, Some(&body));
        assert_eq!(answer.status, 429, "even the right one");
        assert_eq!(answer.retry_after.as_deref(), Some("3601"));
        service.clock.set(service.clock.now() + TimeDelta::hours(1));
        assert_eq!(login(service, "clerk", PASSWORD).0, 200);
    });
}

#[test]
fn guessing_passwords_at_once_gains_nothing() {
    on_both("2025-03-03", |service| {
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..14).map(|_| scope.spawn(|| login(service, "clerk", "wrong-password").0)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [[401; 10].as_slice(), [429; 4].as_slice()].concat());
        for _ in 0..12 {
            assert_eq!(login(service, "handler", PASSWORD).0, 200, "a right one is not counted");
        }
    });
}

#[test]
fn a_stolen_token_is_no_way_to_guess_the_password() {
    on_both("2025-03-03", |service| {
        let change = |current: &str| {
            let body = json!({"current": current, "new": "another-good-one"});
            service.by("clerk", "POST", "/api/v1/me/password", &[], Some(&body))
        };
        for _ in 0..10 {
            assert_eq!(change("wrong-password").expect(422)["errors"][0]["pointer"], "/current");
        }
        assert_eq!(change(PASSWORD).status, 429, "even the right one");
        assert_eq!(login(service, "clerk", PASSWORD).0, 200, "its holder signs in all the same");
    });
}

#[test]
fn who_leaves_is_out_at_once_and_may_come_back() {
    on_both("2025-03-03", |service| {
        let staff = service.get("admin", "/api/v1/admin/staff").expect(200);
        let id = |login: &str| {
            let found = staff.as_array().unwrap().iter().find(|one| one["login"] == login).unwrap();
            text(found, "id")
        };
        let switch = |by: &str, id: &str, on: bool| {
            service.by(by, "POST", &format!("/api/v1/admin/staff/{id}/status"), &[], Some(&json!({"active": on})))
        };
        let (_, tokens) = login(service, "handler", PASSWORD);
        let (access, renewal) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
        assert_eq!(me(service, &access), 200);
        assert_eq!(switch("admin", &id("handler"), false).expect(200)["active"], false);
        assert_eq!(me(service, &access), 401);
        assert_eq!(refresh(service, &renewal).0, 401);
        assert_eq!(login(service, "handler", PASSWORD).0, 401);

        assert_eq!(switch("admin", &id("handler"), true).expect(200)["active"], true);
        assert_eq!(me(service, &access), 401, "what was ended stays ended");
        let (status, tokens) = login(service, "handler", PASSWORD);
        assert_eq!((status, me(service, &text(&tokens, "access_token"))), (200, 200));

        assert_eq!(switch("admin", &id("admin"), false).expect(422)["errors"][0]["pointer"], "/active");
        switch("head", &id("handler"), false).expect(403);
        switch("admin", "00000000-0000-7000-8000-000000000000", false).expect(404);
        let mayor = json!({
            "login": "county_admin", "name": "赵六", "password": PASSWORD, "agency": "qingxi", "roles": ["administrator"]
        });
        let county = text(&service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&mayor)).expect(201), "id");
        let (_, tokens) = login(service, "county_admin", PASSWORD);
        let bearer = format!("Bearer {}", text(&tokens, "access_token"));
        let change = json!({"current": PASSWORD, "new": "a-password-of-ones-own"}).to_string();
        service.send("POST", "/api/v1/me/password", &[("Authorization", &bearer)], Some(&change)).expect(204);
        let (_, tokens) = login(service, "county_admin", "a-password-of-ones-own");
        let bearer = format!("Bearer {}", text(&tokens, "access_token"));
        let path = |id: &str| format!("/api/v1/admin/staff/{id}/status");
        let off = json!({"active": false}).to_string();
        let below = |id: &str| service.send("POST", &path(id), &[("Authorization", &bearer)], Some(&off)).status;
        assert_eq!([below(&id("county_clerk")), below(&id("clerk")), below(&county)], [200, 404, 422]);
    });
}

#[test]
fn a_query_code_opens_one_case_and_guessing_it_is_counted_in_the_database() {
    on_both("2025-03-03", |service| {
        let (one, other) = (service.apply("yunhe"), service.apply("yunhe"));
        let path = |receipt: &Value| format!("/api/v1/public/applications/{}", receipt["receipt_no"].as_str().unwrap());
        let code = text(&one, "query_code");
        service.public("GET", &path(&one), Some(&code), None).expect(200);
        service
            .public("GET", &path(&one).to_lowercase(), Some(&code.to_lowercase().replace('-', " ")), None)
            .expect(200);
        let crossed = service.public("GET", &path(&other), Some(&code), None).expect(401);
        let nothing =
            service.public("GET", "/api/v1/public/applications/YUNHE-2025-999999", Some(&code), None).expect(401);
        assert_eq!(crossed["detail"], nothing["detail"], "whether a number exists is not told");
        for _ in 0..9 {
            service.public("GET", &path(&other), Some(&code), None).expect(401);
        }
        let too_often = service.public("GET", &path(&other), Some(&code), None);
        assert_eq!((too_often.status, too_often.retry_after.as_deref()), (429, Some("3601")));
        let unknown = "/api/v1/public/applications/YUNHE-2025-999998";
        let answers: Vec<u16> = (0..11).map(|_| service.public("GET", unknown, Some(&code), None).status).collect();
        assert_eq!(answers, [[401; 10].as_slice(), &[429]].concat(), "an unknown number is counted alike");
        let right = text(&other, "query_code");
        service.public("GET", &path(&other), Some(&right), None).expect(200);
        service.public("GET", &path(&one), Some(&code), None).expect(200);
        service.clock.set(service.clock.now() + TimeDelta::hours(1));
        service.public("GET", &path(&other), Some(&code), None).expect(401);
    });
}

#[test]
fn those_who_watch_see_no_names_and_those_who_keep_house_see_no_case() {
    on_both("2025-03-03", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/cases/{case}");
        let seen = service.get("clerk", &path).expect(200);
        assert_eq!(seen["applicant"]["name"], "陈晓燕");
        for login in ["supervisor", "auditor"] {
            let seen = service.get(login, &path).expect(200);
            assert_eq!(
                (seen["applicant"]["name"].as_str(), seen["applicant"]["masked"].as_bool()),
                (Some("陈**"), Some(true))
            );
            assert_eq!(seen["applicant"]["identity_number"], Value::Null);
            assert_eq!(seen["allowed"], json!([]));
        }
        service.get("admin", &path).expect(403);
    });
}

#[test]
fn an_administrator_adds_agencies_and_staff_below_and_nowhere_else() {
    on_both("2025-03-03", |service| {
        let agency = json!({
            "parent": "qingxi", "slug": "qingxi-jiaoyu", "name": "清溪县教育局", "level": "department", "number_mark": "清教",
            "reconsideration_body": "清溪县人民政府", "court": "清溪县人民法院",
            "office_name": "清溪县教育局办公室", "office_address": "清溪县学府路3号", "office_phone": "0000-7654321"
        });
        service.by("admin", "POST", "/api/v1/admin/agencies", &[], Some(&agency)).expect(201);
        let taken = service.by("admin", "POST", "/api/v1/admin/agencies", &[], Some(&agency)).expect(422);
        assert_eq!(taken["errors"][0]["pointer"], "/number_mark");
        let mut marked = agency.clone();
        marked["number_mark"] = json!("清学");
        let taken = service.by("admin", "POST", "/api/v1/admin/agencies", &[], Some(&marked)).expect(422);
        assert_eq!(taken["errors"][0]["pointer"], "/slug");
        let mut own = agency;
        own["parent"] = json!("yunhe");
        service.by("clerk", "POST", "/api/v1/admin/agencies", &[], Some(&own)).expect(403);
        let staff = json!({
            "login": "li.si", "name": "李四", "password": "first-password", "agency": "qingxi-jiaoyu", "roles": ["clerk", "handler"]
        });
        service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&staff)).expect(201);
        let (status, tokens) = login(service, "li.si", "first-password");
        assert_eq!((status, tokens["must_change_password"].as_bool()), (200, Some(true)));
        let bearer = format!("Bearer {}", text(&tokens, "access_token"));
        service.send("GET", "/api/v1/cases", &[("Authorization", &bearer)], None).expect(403);
        let change = json!({"current": "first-password", "new": "a-password-of-ones-own"}).to_string();
        service.send("POST", "/api/v1/me/password", &[("Authorization", &bearer)], Some(&change)).expect(204);
        let (_, tokens) = login(service, "li.si", "a-password-of-ones-own");
        let bearer = format!("Bearer {}", text(&tokens, "access_token"));
        service.send("GET", "/api/v1/cases", &[("Authorization", &bearer)], None).expect(200);
    });
}

/// The id of an account, as the administrator's list has it.
fn id_of(service: &Served, login: &str) -> String {
    let all = service.get("admin", "/api/v1/admin/staff").expect(200);
    let one = all.as_array().unwrap().iter().find(|one| one["login"] == login).unwrap().clone();
    text(&one, "id")
}

#[test]
fn roles_are_laid_down_agency_by_agency_and_hold_from_the_next_request_on() {
    on_both("2025-03-03", |service| {
        let id = id_of(service, "county_clerk");
        let put = |by: &str, id: &str, body: &Value| {
            service.by(by, "PUT", &format!("/api/v1/admin/staff/{id}/roles"), &[], Some(body))
        };
        let given = put("admin", &id, &json!({"agency": "yunhe", "roles": ["reviewer", "supervisor"]})).expect(200);
        let held: Vec<(&str, &str)> = given["roles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|held| (held["agency"]["slug"].as_str().unwrap(), held["role"]["code"].as_str().unwrap()))
            .collect();
        assert!(held.contains(&("yunhe", "supervisor")) && held.contains(&("qingxi", "clerk")), "{held:?}");
        let mine = || service.get("county_clerk", "/api/v1/me").expect(200)["roles"].to_string();
        assert!(mine().contains("supervisor"), "{}", mine());
        put("admin", &id, &json!({"agency": "yunhe", "roles": []})).expect(200);
        assert!(!mine().contains("supervisor"), "{}", mine());

        let last = put("admin", &id, &json!({"agency": "qingxi", "roles": []})).expect(409);
        assert!(last["detail"].as_str().unwrap().contains("停用账号"), "{last:#}");
        let own = id_of(service, "admin");
        put("admin", &own, &json!({"agency": "yunhe", "roles": ["clerk"]})).expect(409);
        put("clerk", &id, &json!({"agency": "qingxi", "roles": ["clerk"]})).expect(403);
        put("admin", &id, &json!({"agency": "nowhere", "roles": ["clerk"]})).expect(422);
        put("admin", &id, &json!({"agency": "qingxi", "roles": ["king"]})).expect(422);
    });
}

#[test]
fn a_password_is_reset_by_whoever_keeps_all_that_its_holder_may_do() {
    on_both("2025-03-03", |service| {
        // An administrator of the county, who keeps the county and nothing above it.
        let county = json!({"login": "county_admin", "name": "县管理员", "password": PASSWORD, "agency": "qingxi", "roles": ["administrator"]});
        service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&county)).expect(201);
        let (_, tokens) = login(service, "county_admin", PASSWORD);
        let bearer = format!("Bearer {}", text(&tokens, "access_token"));
        let change = json!({"current": PASSWORD, "new": "a-county-secret"}).to_string();
        service.send("POST", "/api/v1/me/password", &[("Authorization", &bearer)], Some(&change)).expect(204);
        let county = || {
            let (_, tokens) = login(service, "county_admin", "a-county-secret");
            format!("Bearer {}", text(&tokens, "access_token"))
        };
        let reset = |bearer: &str, id: &str, password: &str| {
            let body = json!({ "password": password }).to_string();
            let path = format!("/api/v1/admin/staff/{id}/password");
            service.send("POST", &path, &[("Authorization", bearer)], Some(&body))
        };
        let id = id_of(service, "county_clerk");
        let theirs = format!("Bearer {}", service.token("county_clerk"));
        for _ in 0..20 {
            login(service, "county_clerk", "wrong-password");
        }
        assert_eq!(login(service, "county_clerk", PASSWORD).0, 429, "locked by the wrong ones");
        reset(&county(), &id, "short").expect(422);
        reset(&county(), &id, "a-first-password").expect(204);
        assert_eq!(service.send("GET", "/api/v1/me", &[("Authorization", &theirs)], None).status, 401);
        let (status, tokens) = login(service, "county_clerk", "a-first-password");
        assert_eq!((status, &tokens["must_change_password"]), (200, &json!(true)), "{tokens:#}");

        // With a role at the city, the clerk is no longer the county's alone.
        let body = json!({"agency": "yunhe", "roles": ["supervisor"]});
        service.by("admin", "PUT", &format!("/api/v1/admin/staff/{id}/roles"), &[], Some(&body)).expect(200);
        let told = reset(&county(), &id, "another-password").expect(403);
        assert!(told["detail"].as_str().unwrap().contains("管理范围以外"), "{told:#}");
        // Nor are the ways around it: their mail, somebody who stands in for them, being switched off.
        let around = [
            ("PATCH", "", json!({"email": "elsewhere@example.org"})),
            ("POST", "/status", json!({"active": false})),
            ("POST", "/absences", json!({"to_on": "2025-03-07", "delegate": id_of(service, "county_handler")})),
        ];
        for (method, way, body) in around {
            let path = format!("/api/v1/admin/staff/{id}{way}");
            let told =
                service.send(method, &path, &[("Authorization", &county())], Some(&body.to_string())).expect(403);
            assert!(told["detail"].as_str().unwrap().contains("管理范围以外"), "{way}: {told:#}");
        }
        reset(&county(), &id_of(service, "clerk"), "another-password").expect(404);
        let own = id_of(service, "admin");
        reset(&format!("Bearer {}", service.token("admin")), &own, "another-password").expect(409);

        let renamed = json!({"name": "李新名", "email": "li@example.gov.cn"});
        let shown = service.by("admin", "PATCH", &format!("/api/v1/admin/staff/{id}"), &[], Some(&renamed)).expect(200);
        assert_eq!(shown["name"], "李新名");
    });
}

#[test]
fn a_new_password_has_twelve_characters_of_any_writing_and_a_thousand_at_most() {
    on_both("2025-03-03", |service| {
        let change = |new: &str| {
            let body = json!({"current": PASSWORD, "new": new});
            service.by("clerk", "POST", "/api/v1/me/password", &[], Some(&body))
        };
        for new in ["", "eleven-char", "十一个字不够长的密码呀"] {
            let told = change(new).expect(422);
            assert_eq!(told["errors"][0]["pointer"], "/new", "{new}: {told:#}");
        }
        assert_eq!(change(&"长".repeat(1001)).expect(422)["errors"][0]["pointer"], "/new");
        assert_eq!(login(service, "clerk", PASSWORD).0, 200, "none of them took the place of the old one");
        change("十二个汉字即可作为新密码").expect(204);
        assert_eq!(login(service, "clerk", "十二个汉字即可作为新密码").0, 200);
    });
}
