//! The worked deadline cases, through the same door as `dafu law deadline`: each date as the file has it.

use dafu::cli::law::{clock, deadline, embedded_calendar};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

fn worked_cases() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/deadline_cases.json")
}

fn file(value: &Value) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(value.to_string().as_bytes()).unwrap();
    file
}

fn reckoned(value: &Value) -> anyhow::Result<Value> {
    deadline(file(value).path(), &embedded_calendar()?)
}

fn faults(value: &Value) -> String {
    reckoned(value).unwrap_err().to_string()
}

#[test]
fn every_worked_case_comes_out_as_reckoned_by_hand() {
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(worked_cases()).unwrap()).unwrap();
    let answers = deadline(&worked_cases(), &embedded_calendar().unwrap()).unwrap();
    let (cases, answers) = (cases["cases"].as_array().unwrap(), answers["cases"].as_array().unwrap());
    assert_eq!((cases.len(), answers.len()), (75, 75));
    for (case, answer) in cases.iter().zip(answers) {
        let mut expected = case["expected"].clone();
        expected["id"] = case["id"].clone();
        assert_eq!(*answer, expected, "{}: {}", case["id"], case["note"]);
    }
}

#[test]
fn no_worked_case_has_a_fact_nobody_reads() {
    let answers = deadline(&worked_cases(), &embedded_calendar().unwrap()).unwrap();
    assert_eq!(answers.get("unread"), None);
}

#[test]
fn what_is_expected_does_not_sway_the_answer() {
    let mut cases: Value = serde_json::from_str(&std::fs::read_to_string(worked_cases()).unwrap()).unwrap();
    let honest = reckoned(&cases).unwrap();
    for case in cases["cases"].as_array_mut().unwrap() {
        for (_, value) in case["expected"].as_object_mut().unwrap() {
            *value = json!("1999-01-01");
        }
    }
    assert_eq!(reckoned(&cases).unwrap(), honest);
}

#[test]
fn without_expectations_all_that_applies_is_told() {
    let case = json!({"cases": [{"id": "X", "kind": "reply", "facts": {
        "channel": "fax", "arrived": "2025-03-08", "confirmed": "2025-03-09", "reply_posted": "2025-04-08",
        "extension_days": 5, "extension_decided": "2025-04-08"
    }}]});
    assert_eq!(
        reckoned(&case).unwrap()["cases"][0],
        json!({
            "id": "X", "due": "2025-04-07", "due_roll": "2025-04-15", "extension_must_be_decided_by": "2025-04-07",
            "extension_in_time": false, "reply_in_time_strict": false, "reply_in_time_roll": true
        })
    );
}

#[test]
fn everything_wrong_with_a_file_is_said_at_once() {
    let said = faults(&json!({"cases": [
        {"id": "A", "kind": "reply", "facts": {"channel": "pigeon", "receipt": "2025-02-30"}},
        {"id": "B", "kind": "reply", "facts": {"receipt": "2025-03-03", "extension_days": 21, "consultations": [{"start": "2025-03-10", "end": "2025-03-01"}]}},
        {"id": "C", "kind": "alchemy", "facts": {}},
        {"id": "D", "kind": "workdays", "facts": {"days": 0}},
        {"kind": "fee_payment", "facts": {"fee_notice_received": 7}},
        {"id": "F", "kind": "reply", "facts": {"receipt": "2025-03-03"}, "expected": {"dew": null}},
        {"id": "G", "kind": "reply"},
        {"id": "H", "kind": "reply", "facts": {"channel": "web", "arrived": "2025-03-03"}},
    ]}));
    for fault in [
        "case A: channel: \"pigeon\" is no Channel",
        "case A: receipt: \"2025-02-30\" is no day",
        "case B: extension_days: 21 is no whole number from 1 to 20",
        "case B: extension_decided: is missing",
        "case B: consultations[0]: end: lies before start",
        "case C: kind: \"alchemy\" is unknown",
        "case D: from: is missing",
        "case D: days: 0 is no whole number",
        "cases[4]: id: is missing",
        "cases[4]: fee_notice_received: 7 is no day",
        "case F: expected.dew: no such result",
        "case G: facts: is missing",
        "case H: receipt: is missing, and channel, arrived and confirmed do not give it",
    ] {
        assert!(said.contains(fault), "{fault}\nin\n{said}");
    }
}

#[test]
fn a_misspelt_fact_is_told_rather_than_passed_over() {
    let case = json!({"cases": [{"id": "X", "kind": "reply", "facts": {"receipt": "2025-03-03", "consultation": []}}]});
    assert_eq!(reckoned(&case).unwrap()["unread"], json!(["case X: facts.consultation"]));
}

#[test]
fn an_explained_clock_reads_day_by_day() {
    let case = json!({"facts": {"channel": "web", "receipt": "2026-02-03",
        "consultations": [{"label": "征求意见函第3号", "start": "2026-02-06", "end": "2026-02-11"}]}});
    let text = clock(file(&case).path(), &embedded_calendar().unwrap()).unwrap();
    for line in [
        "依据 《中华人民共和国政府信息公开条例》第三十三条第二款",
        "2026-02-03 周二  起算之日，不计入 · day 0, not counted",
        "2026-02-09 周一  征求意见期间，不计入（征求意见函第3号） · clock stopped (征求意见函第3号)",
        "2026-02-14 周六  第6日，调休上班（国办发明电〔2025〕7号） · day 6, a worked weekend",
        "2026-02-17 周二  放假，不计入（国办发明电〔2025〕7号） · holiday",
        "最后一日 due：2026年3月12日 周四",
    ] {
        assert!(text.contains(line), "{line}\nin\n{text}");
    }
}

#[test]
fn an_explained_clock_tells_what_was_overtaken() {
    let case = json!({"facts": {"receipt": "2025-03-03", "correction_notice_sent": "2025-03-12", "correction_received": "2025-03-20"}});
    let text = clock(file(&case).path(), &embedded_calendar().unwrap()).unwrap();
    assert!(
        text.contains("此前 收到申请自2025年3月3日起算，原期限2025年3月31日 周一，因重新起算于2025年3月20日终止"),
        "{text}"
    );
    assert!(text.contains("补正告知最后一日 correction notice due：2025年3月12日 周三（按时 in time）"), "{text}");
}
