//! A report that was published elsewhere is typed in on the page as it was printed; what is no number is told beside its cell, and
//! nothing that was typed is lost.

use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::visitor::Visitor;

const PAGE: &str = "/desk/reports/2023/published/yunhe";
const KINDS: [&str; 7] = [
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organisation",
    "legal_service_organisation",
    "other_organisation",
    "total",
];
const RESULTS: [&str; 4] = ["upheld", "corrected", "other", "pending"];

/// 宿迁 2023, as it was published.
fn report() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/annual_reports.json");
    let data: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    data["reports"].as_array().unwrap().iter().find(|one| one["year"] == 2023).unwrap().clone()
}

fn number(value: &Value) -> String {
    value.as_u64().unwrap().to_string()
}

/// Its cells as the fields of the page; what is 0 is left empty.
fn fields(report: &Value) -> Vec<(String, String)> {
    let mut fields = vec![("form".to_owned(), report["form"].as_str().unwrap().to_owned())];
    for line in report["three"].as_array().unwrap() {
        for (kind, cell) in KINDS.iter().zip(line["cells"].as_array().unwrap()) {
            fields.push((format!("three-{}-{kind}", line["row"].as_str().unwrap()), number(cell)));
        }
    }
    for line in report["four"].as_array().unwrap() {
        let row = line["row"].as_str().unwrap();
        for (result, cell) in RESULTS.iter().zip(line["cells"].as_array().unwrap()) {
            fields.push((format!("four-{row}-{result}"), number(cell)));
        }
        fields.push((format!("four-{row}-total"), number(&line["total"])));
    }
    for name in ["regulations", "normative_documents"] {
        for column in ["made", "repealed", "in_force"] {
            fields.push((format!("two-{name}-{column}"), number(&report["two"][name][column])));
        }
    }
    for name in ["licences", "penalties", "enforcement"] {
        fields.push((format!("two-{name}-total"), number(&report["two"][name])));
    }
    fields.push(("charges".to_owned(), report["two"]["charges"].as_str().unwrap().to_owned()));
    fields.push(("published_on".to_owned(), "2024-01-20".to_owned()));
    fields.push(("overview".to_owned(), "全年依法公开。".to_owned()));
    fields.retain(|(_, text)| text != "0");
    fields
}

fn sent(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

#[test]
fn a_printed_report_is_typed_in_cell_by_cell_and_is_what_the_api_takes_in() {
    let service = &Served::on_sqlite("2025-03-03");
    let report = report();
    let mut clerk = Visitor::signed_in(service, "clerk");
    clerk.get("/desk/reports/2023?agency=yunhe").expect(200).says("录入已发布的报告");
    let page = clerk.get(PAGE).expect(200);

    let mut wrong = fields(&report);
    wrong.retain(|(name, _)| name != "three-1-natural_person");
    wrong.push(("three-1-natural_person".to_owned(), "许多".to_owned()));
    let told = clerk.submit(&page, PAGE, &sent(&wrong)).expect(422).says("“许多”不是整数");
    assert!(told.html.contains("href=\"#three-1-natural_person\""), "it leads to the cell");
    assert_eq!(told.field("three-1-natural_person"), "许多");
    assert_eq!(told.field("published_on"), "2024-01-20", "what was typed is kept");

    let done = clerk.submit(&page, PAGE, &sent(&fields(&report))).expect(303);
    clerk.follow(done).expect(200).says("已发布报告录入");
    let bench = service.get("clerk", "/api/v1/reports/annual/2023?agency=yunhe").expect(200);
    let id = bench["editions"][0]["id"].as_str().unwrap();
    let typed = service.get("clerk", &format!("/api/v1/reports/editions/{id}")).expect(200);

    let mut body = report["two"].clone();
    for name in ["form", "three", "four"] {
        body[name] = report[name].clone();
    }
    (body["agency"], body["published_on"]) = (json!("yunhe"), json!("2024-01-20"));
    body["words"] = json!({"overview": "全年依法公开。", "problems": "", "other": ""});
    let api = service.by("clerk", "POST", "/api/v1/reports/annual/2023/published", &[], Some(&body)).expect(201);
    assert_eq!(typed["report"], api["report"]);
    assert_eq!(typed["breaks"], api["breaks"]);
}

#[test]
fn whoever_makes_no_reports_of_the_agency_does_not_find_the_page() {
    let service = &Served::on_sqlite("2025-03-03");
    for login in ["county_clerk", "supervisor", "handler"] {
        let status = Visitor::signed_in(service, login).get(PAGE).status;
        assert!(matches!(status, 403 | 404), "{login}: {status}");
    }
    let mut clerk = Visitor::signed_in(service, "clerk");
    clerk.get("/desk/reports/2023/published/nowhere").expect(404);
    clerk.get(&format!("{PAGE}?form=2019")).expect(200);
}
