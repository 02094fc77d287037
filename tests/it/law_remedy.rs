//! `dafu law remedy` as somebody runs it, without a database: what may be done, where, and until when.

use std::process::{Command, Output};

fn run(words: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_dafu"))
        .args(["law", "remedy"])
        .args(words)
        .current_dir(folder.path())
        .env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nowhere")
        .output()
        .unwrap()
}

#[track_caller]
fn said(words: &[&str]) -> String {
    let output = run(words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(words: &[&str]) -> String {
    let output = run(words);
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// The lines in which `word` stands.
fn lines<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.contains(word)).collect()
}

const DEPARTMENT: [&str; 4] = ["--agency-kind", "department", "--served", "2025-03-31"];

#[test]
fn a_refusal_goes_to_reconsideration_first_and_has_no_time_to_sue_yet() {
    let names = ["--body", "云河市人民政府", "--court", "云河市临江区人民法院"];
    let text = said(&[&["--outcome", "refused_internal_affairs"], &DEPARTMENT[..], &names[..]].concat());
    assert!(text.contains("60日内先向云河市人民政府申请行政复议"), "{text}");
    assert!(text.contains("15日内向云河市临江区人民法院提起行政诉讼"), "{text}");
    assert!(text.contains("you must first apply to 云河市人民政府"), "{text}");
    assert!(
        text.contains("复议前置（reconsideration first）") && text.contains("第二十三条第一款第（四）项"),
        "{text}"
    );
    assert!(text.contains("本级人民政府（the people's government of the same level）"), "{text}");
    assert!(text.contains("第二十四条第一款第（一）项"), "{text}");
    assert_eq!(lines(&text, "2025-05-30").len(), 1, "{text}");
    assert!(!text.contains("6个月") && !text.contains("2025-09-30") && !text.contains("直接起诉"), "{text}");
    assert!(!text.contains("暂定"), "{text}");
}

#[test]
fn not_held_leaves_the_choice_of_sixty_days_and_six_months() {
    let text = said(&[&["--outcome", "not_held"], &DEPARTMENT[..]].concat());
    assert!(
        text.contains("60日内向本级人民政府申请行政复议，也可以自收到本答复之日起6个月内向有管辖权的人民法院"),
        "{text}"
    );
    assert!(lines(&text, "2025-05-30")[0].contains("《行政复议法》第二十条"), "{text}");
    assert!(lines(&text, "2025-09-30")[0].contains("《行政诉讼法》第四十六条"), "{text}");
}

#[test]
fn a_part_withheld_under_article_16_goes_to_reconsideration_first_and_one_not_held_need_not() {
    let withheld = |grounds| said(&[&["--outcome", "partly_granted", "--withheld", grounds], &DEPARTMENT[..]].concat());
    let text = withheld("not_held,refused_process_information");
    let (withheld_part, rest) = text.split_once("对本答复的其他内容不服的").expect("both parts");
    assert!(withheld_part.contains("复议前置") && !withheld_part.contains("6个月"), "{text}");
    assert!(rest.contains("6个月") && rest.contains("2025-09-30"), "{text}");
    assert!(text.contains("不予公开（过程性信息）") && text.contains("无法提供（信息不存在）"), "{text}");
    let text = withheld("not_held");
    assert!(text.contains("可复议可诉讼") && text.contains("6个月"), "{text}");
}

#[test]
fn what_has_its_own_way_of_asking_leaves_the_choice() {
    let text = said(&[&["--outcome", "refused_own_route"], &DEPARTMENT[..]].concat());
    assert!(text.contains("第三十六条第（七）项") && text.contains("可复议可诉讼"), "{text}");
    assert!(text.contains("2025-05-30") && text.contains("2025-09-30"), "{text}");
}

#[test]
fn the_body_follows_the_kind_of_agency() {
    let of = |kind| said(&["--outcome", "not_held", "--agency-kind", kind, "--served", "2025-03-31"]);
    for (kind, body, article) in [
        ("local_government", "向上一级人民政府申请行政复议", "第二十四条第一款第（二）项"),
        ("vertical_department", "向上一级主管部门申请行政复议", "第二十七条"),
        ("ministry", "向本机关申请行政复议", "第二十六条"),
        ("judicial_department", "也可以向上一级司法行政部门申请", "第二十八条"),
    ] {
        let text = of(kind);
        assert!(text.contains(body) && text.contains(article), "{kind}: {text}");
    }
}

#[test]
fn a_last_day_in_a_year_without_a_notice_is_marked_as_provisional() {
    let text = said(&["--outcome", "not_held", "--agency-kind", "department", "--served", "2026-11-20"]);
    assert!(lines(&text, "2027-01-19")[0].contains("暂定 provisional"), "{text}");
}

#[test]
fn a_withdrawal_has_no_paragraph_and_no_period() {
    let text = said(&[&["--outcome", "withdrawn"], &DEPARTMENT[..]].concat());
    assert!(text.contains("不可单独申请行政复议") && !text.contains("最后一日"), "{text}");
}

#[test]
fn an_unknown_code_is_refused_with_the_known_ones() {
    let outcome = refused(&[&["--outcome", "denied"], &DEPARTMENT[..]].concat());
    assert!(outcome.contains("denied") && outcome.contains("refused_state_secret"), "{outcome}");
    let kind = refused(&["--outcome", "not_held", "--agency-kind", "empire", "--served", "2025-03-31"]);
    assert!(kind.contains("empire") && kind.contains("vertical_department"), "{kind}");
}

#[test]
fn grounds_are_asked_for_where_a_part_is_withheld_and_nowhere_else() {
    let without = refused(&[&["--outcome", "partly_granted"], &DEPARTMENT[..]].concat());
    assert!(without.contains("--withheld") && without.contains("refused_process_information"), "{without}");
    let beside = refused(&[&["--outcome", "not_held", "--withheld", "refused_own_route"], &DEPARTMENT[..]].concat());
    assert!(beside.contains("partly_granted only"), "{beside}");
    let none = refused(&[&["--outcome", "partly_granted", "--withheld", "granted"], &DEPARTMENT[..]].concat());
    assert!(none.contains("granted is no ground"), "{none}");
}

#[test]
fn its_help_teaches_with_examples() {
    let text = said(&["--help"]);
    assert!(text.contains("Examples:") && text.contains("--withheld refused_third_party,not_held"), "{text}");
    assert!(text.contains("vertical_department"), "{text}");
}
