//! The database goes away and comes back: 503 with Retry-After meanwhile, and no restart after.

use serde_json::json;

use crate::support::postgres::Cluster;
use crate::support::served::Served;

#[test]
fn a_database_that_goes_away_gives_503_and_comes_back_without_a_restart() {
    let Some(cluster) = Cluster::new() else { return };
    let service = Served::start(&cluster.migrated_database(), "2025-03-03");
    let receipt = service.apply("yunhe");
    service.public("GET", "/readyz", None, None).expect(200);
    let token = service.token("clerk");

    cluster.stop();
    let bearer = format!("Bearer {token}");
    let answer = service.send("GET", "/api/v1/cases", &[("Authorization", &bearer)], None);
    assert_eq!(answer.status, 503, "{:#}", answer.body);
    assert!(answer.retry_after.is_some());
    let path = "/api/v1/public/agencies/yunhe/applications";
    let answer = service.public("POST", path, None, Some(&crate::support::served::application()));
    assert_eq!((answer.status, answer.retry_after.is_some()), (503, true));
    service.public("GET", "/readyz", None, None).expect(503);
    service.public("GET", "/healthz", None, None).expect(200);

    cluster.start();
    service.public("GET", "/readyz", None, None).expect(200);
    let case = receipt["case_id"].as_str().unwrap();
    service.act("clerk", case, "registration", &json!({})).expect(200);
    service.check();
}
