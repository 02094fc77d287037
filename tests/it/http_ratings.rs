//! What applicants think of it, once it is over: when they may say so, who reads what, and what supervisors count.

use dafu::ids::CaseId;
use dafu::law::outcome::Outcome;
use dafu::storage::case_keys::{self, DestroyedRow};
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Answer, Served, on_both};

fn rate(case: &Handled<'_>, satisfaction: u8, comment: Option<&str>) -> Answer {
    let body = json!({"satisfaction": satisfaction, "comment": comment});
    case.applicant("POST", "/feedback", Some(&body))
}

fn told(case: &Handled<'_>) -> Value {
    case.applicant("GET", "", None).expect(200)
}

fn seen_by(case: &Handled<'_>, login: &str) -> Value {
    case.service.get(login, &format!("/api/v1/cases/{}", case.id)).expect(200)
}

#[test]
fn an_application_is_rated_once_it_was_answered_and_the_rating_may_be_changed_for_thirty_days() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let early = rate(&case, 5, None).expect(409);
        assert_eq!(early["type"], "/problems/contrary");
        assert!(early["detail"].as_str().unwrap().contains("答复送达"), "{early:#}");
        assert_eq!((&told(&case)["may_rate"], &told(&case)["rating"]), (&json!(false), &Value::Null));

        let closed = case.replied(&draft(Outcome::Granted));
        assert_eq!((&told(&case)["may_rate"], &closed["rating"]), (&json!(true), &Value::Null));
        let first = rate(&case, 2, Some(" 答复太慢，附件打不开。 ")).expect(200);
        assert_eq!(first["rating"]["satisfaction"], 2);
        assert_eq!(first["rating"]["comment"], "答复太慢，附件打不开。");
        assert_eq!(first["rating"]["rated_at"], "2025-03-03T04:00:00Z");

        service.day("2025-04-02");
        let changed = rate(&case, 4, Some("  ")).expect(200);
        assert_eq!(changed["rating"]["satisfaction"], 4);
        assert_eq!(changed["rating"]["comment"], Value::Null, "what was said before is gone");
        assert_eq!(changed["rating"]["rated_at"], "2025-03-03T04:00:00Z", "the thirty days run from the first time");
        assert_eq!(changed["may_rate"], true);

        service.day("2025-04-03");
        let late = rate(&case, 1, None).expect(409);
        assert!(late["detail"].as_str().unwrap().contains("2025-04-02"), "{late:#}");
        assert_eq!((&told(&case)["may_rate"], &told(&case)["rating"]["satisfaction"]), (&json!(false), &json!(4)));
        service.check();
    });
}

#[test]
fn a_withdrawn_application_may_be_rated_and_a_lapsed_one_not() {
    on_both("2025-03-03", |service| {
        let withdrawn = Handled::new(service);
        withdrawn.applicant("POST", "/withdrawal", Some(&json!({}))).expect(200);
        assert_eq!(rate(&withdrawn, 3, None).expect(200)["rating"]["satisfaction"], 3);

        let lapsed = Handled::new(service);
        lapsed.does("handler", "correction-requests", &json!({"letter": "请补正。", "window_days": 5}));
        service.day("2025-04-01");
        lapsed.does("head", "lapse", &json!({"finding": "无正当理由逾期不补正", "letter": "视为放弃申请。"}));
        rate(&lapsed, 1, None).expect(409);
        assert_eq!(told(&lapsed)["may_rate"], false);
    });
}

#[test]
fn the_comment_is_for_those_who_work_on_the_case_and_lies_sealed_beside_it() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let closed = case.replied(&draft(Outcome::Granted));
        let known = service.get("clerk", &format!("/api/v1/cases/{}", case.id)).etag.unwrap();
        rate(&case, 5, Some("办理人员耐心细致，谢谢")).expect(200);
        let seen = seen_by(&case, "handler");
        assert_eq!(
            (&seen["rating"]["satisfaction"], &seen["rating"]["comment"]),
            (&json!(5), &json!("办理人员耐心细致，谢谢"))
        );
        assert_eq!(seen["version"], closed["version"], "it is no act");
        let watching = seen_by(&case, "supervisor");
        assert_eq!((&watching["rating"]["satisfaction"], &watching["rating"]["comment"]), (&json!(5), &Value::Null));
        assert_eq!(watching["rating"]["rated_at"], "2025-03-03T04:00:00Z");
        let path = format!("/api/v1/cases/{}", case.id);
        let again = service.by("clerk", "GET", &path, &[("If-None-Match", &known)], None);
        assert_eq!(again.status, 200, "whoever read it before has not seen the rating");
        let journal = service.get("auditor", &format!("{path}/journal")).expect(200).to_string();
        assert!(!journal.contains("耐心"), "the journal knows nothing of it");
        if !service.is_on_postgres() {
            let held = service.database_bytes();
            let words = "耐心细致".as_bytes();
            assert!(!held.windows(words.len()).any(|window| window == words), "in the clear");
        }
    });
}

#[test]
fn what_was_destroyed_takes_the_comment_with_it_and_leaves_the_value() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        rate(&case, 1, Some("没有答复我的问题")).expect(200);
        let id: CaseId = case.id.parse().unwrap();
        let row = DestroyedRow { case_id: id, destroyed_at: service.clock.now(), reason_code: "retention_over".into() };
        service.office.db().write_now(|conn| case_keys::destroy(conn, &row)).unwrap();
        let seen = told(&case);
        assert_eq!(
            (&seen["rating"]["satisfaction"], &seen["rating"]["comment"], &seen["may_rate"]),
            (&json!(1), &Value::Null, &json!(false))
        );
        let refused = rate(&case, 2, Some("再说一次")).expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("销毁"), "{refused:#}");
    });
}

#[test]
fn a_rating_is_a_whole_number_from_one_to_five_with_a_short_comment_and_needs_the_code() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        let put = |body: &Value| case.applicant("POST", "/feedback", Some(body));
        for wrong in [json!(0), json!(6), json!(3.5), json!("5"), Value::Null] {
            let body = put(&json!({"satisfaction": wrong})).expect(422);
            assert_eq!(body["errors"][0]["pointer"], "/satisfaction", "{body:#}");
        }
        let long = put(&json!({"satisfaction": 5, "comment": "好".repeat(501)})).expect(422);
        assert_eq!(long["errors"][0]["pointer"], "/comment");
        put(&json!({"satisfaction": 5, "comment": "好".repeat(500)})).expect(200);
        let path = format!("/api/v1/public/applications/{}/feedback", case.receipt["receipt_no"].as_str().unwrap());
        service.public("POST", &path, Some("AAAA-AAAA-AAAAA"), Some(&json!({"satisfaction": 1}))).expect(401);
        assert_eq!(told(&case)["rating"]["satisfaction"], 5);
    });
}

#[test]
fn two_who_rate_at_once_leave_one_rating() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        std::thread::scope(|scope| {
            for value in 1..=5 {
                let case = &case;
                scope.spawn(move || rate(case, value, Some("同时提交")).expect(200));
            }
        });
        let counted = service.get("supervisor", "/api/v1/supervision/satisfaction").expect(200);
        assert_eq!(counted["total"], 1, "{counted:#}");
    });
}

/// The numbers of each value, the total and the mean.
fn counted(service: &Served, login: &str, query: &str) -> (Vec<i64>, Value, Value) {
    let view = service.get(login, &format!("/api/v1/supervision/satisfaction{query}")).expect(200);
    let counts = view["counts"].as_array().unwrap().iter().map(|one| one["count"].as_i64().unwrap()).collect();
    (counts, view["total"].clone(), view["mean_hundredths"].clone())
}

#[test]
fn supervisors_count_the_ratings_of_their_subtree_by_the_day_they_were_given() {
    on_both("2025-03-03", |service| {
        assert_eq!(counted(service, "supervisor", ""), (vec![0; 5], json!(0), Value::Null));
        for (day, value) in [("2025-03-03", 5), ("2025-03-04", 4), ("2025-03-05", 4)] {
            service.day(day);
            let case = Handled::new(service);
            case.replied(&draft(Outcome::Granted));
            rate(&case, value, None).expect(200);
        }
        assert_eq!(counted(service, "supervisor", ""), (vec![0, 0, 0, 2, 1], json!(3), json!(433)));
        let middle = counted(service, "supervisor", "?agency=yunhe&from=2025-03-04&to=2025-03-04");
        assert_eq!(middle, (vec![0, 0, 0, 1, 0], json!(1), json!(400)));
        assert_eq!(counted(service, "supervisor", "?agency=qingxi").1, 0);
        assert_eq!(counted(service, "county_clerk", "").1, 0, "the county's clerk counts the county's");
        service.get("handler", "/api/v1/supervision/satisfaction").expect(403);
        service.get("county_clerk", "/api/v1/supervision/satisfaction?agency=jianshe").expect(404);
        let turned = service.get("supervisor", "/api/v1/supervision/satisfaction?from=2025-03-05&to=2025-03-04");
        assert_eq!(turned.expect(422)["errors"][0]["pointer"], "?to");
    });
}
