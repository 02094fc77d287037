//! Every row of table 三 of the annual report (国办公开办函〔2021〕30号), each reached by a whole case over HTTP on both
//! databases: what the legality gate refuses on the way, what mends it, and where the case is counted in the end.

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft, draft_withholding};
use crate::support::served::{Served, application, on_both};

/// The closed case's row, and the way open against it.
#[track_caller]
fn ends_in(view: &Value, row: &str) {
    assert_eq!(view["closing"]["report_row"], row, "{view:#}");
    assert_eq!(view["stage"]["code"], "closed");
}

/// The gate has refused, naming exactly these checks in the detail.
#[track_caller]
fn gate_names(answer: crate::support::served::Answer, words: &[&str]) {
    let body = answer.refused_by("gate_closed");
    let detail = body["detail"].as_str().unwrap();
    for word in words {
        assert!(detail.contains(word), "{word} is not in {detail}");
    }
}

/// A case whose reply meets nothing at the gate.
#[track_caller]
fn straight(service: &Served, outcome: Outcome, row: &str) -> Value {
    let case = Handled::new(service);
    let closed = case.replied(&draft(outcome));
    ends_in(&closed, row);
    closed
}

#[test]
fn rows_3_1_and_3_2_information_goes_out() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let mut silent = draft(Outcome::Granted);
        silent["statements"] = json!([]);
        gate_names(case.approved(&silent), &["答复应当载明的内容齐备"]);
        case.does("signer", "signature", &json!({"decision": "send_back", "reason": "补充获取方式"}));
        ends_in(&case.replied(&draft(Outcome::Granted)), "3.1");
        straight(service, Outcome::AlreadyPublic, "3.1");

        let case = Handled::new(service);
        let mut bare = draft_withholding(Outcome::PartlyGranted, &[Outcome::RefusedInternalAffairs]);
        bare["parts"] = json!([]);
        gate_names(case.approved(&bare), &["不予公开部分逐项说明依据和理由"]);
        case.does("signer", "signature", &json!({"decision": "send_back", "reason": "逐项说明理由"}));
        let closed = case.replied(&draft_withholding(Outcome::PartlyGranted, &[Outcome::RefusedInternalAffairs]));
        ends_in(&closed, "3.2");
        let text = closed["draft"]["signed_text"].as_str().unwrap();
        assert!(text.contains("附件二的报价明细") && text.contains("第十六条第一款"), "{text}");
        assert!(text.contains("先向某省人民政府申请行政复议"), "a part is withheld under art. 16: {text}");
        service.check();
    });
}

#[test]
fn rows_3_3_1_to_3_3_8_refusals() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let mut hasty = draft(Outcome::RefusedStateSecret);
        hasty.as_object_mut().unwrap().remove("separability");
        case.does("handler", "draft", &hasty);
        case.does("reviewer", "review", &json!({"decision": "approve"}));
        let view = case.view();
        assert_eq!(view["draft"]["sensitive"]["code"], "ground", "a state secret is read by a lawyer too");
        let pending: Vec<_> =
            view["draft"]["pending"].as_array().unwrap().iter().map(|step| step["code"].clone()).collect();
        assert_eq!(pending, ["legal_review", "secrecy_review"], "side by side");
        let clear =
            json!({"decision": "approve", "secrecy": {"found": [], "basis": "未见密点。", "result": "disclosable"}});
        case.does("secrecy", "secrecy-review", &clear);
        case.does("lawyer", "legal-review", &json!({"decision": "approve"}));
        gate_names(case.signed(), &["已考虑区分处理", "保密审查结论与答复一致"]);
        case.does("signer", "signature", &json!({"decision": "send_back", "reason": "保密审查结论不支持"}));
        ends_in(&case.replied(&draft(Outcome::RefusedStateSecret)), "3.3.1");

        straight(service, Outcome::RefusedForbiddenByLaw, "3.3.2");
        straight(service, Outcome::RefusedSecurityStability, "3.3.3");
        refused_for_a_third_party(service);
        straight(service, Outcome::RefusedInternalAffairs, "3.3.5");
        straight(service, Outcome::RefusedProcessInformation, "3.3.6");
        let closed = straight(service, Outcome::RefusedEnforcementFiles, "3.3.7");
        assert!(closed["draft"]["remedies"].as_str().unwrap().contains("先向"), "arts 14 to 16: reconsideration first");
        let closed = straight(service, Outcome::RefusedOwnRoute, "3.3.8");
        assert!(closed["draft"]["remedies"].as_str().unwrap().contains("6个月"), "36(7) leaves the choice");
        service.check();
    });
}

/// Row 3.3.4: asked, objecting with reason, weighed.
fn refused_for_a_third_party(service: &Served) {
    let case = Handled::new(service);
    let letter = json!({"party": "third_party", "addressee": "云河市某建设有限公司", "letter": "请提出意见。"});
    let asked = case.does("handler", "consultations", &letter);
    let id = asked["consultations"][0]["id"].as_str().unwrap().to_owned();
    let opinion = json!({"opinion": "objects", "text": "报价明细是商业秘密。"});
    case.does("clerk", &format!("consultations/{id}/opinion"), &opinion);
    gate_names(
        case.approved(&draft(Outcome::RefusedThirdParty)),
        &["第三方意见已经认定并一致", "征求意见已告知申请人"],
    );
    let finding = json!({"finding": "objection_reasonable", "text": "报价明细不为公众所知悉，理由成立。"});
    case.does("handler", &format!("consultations/{id}/finding"), &finding);
    let told = json!({"letter": "正在征求第三方意见，所需时间不计入答复期限。"});
    case.does("clerk", "consultation-notice", &told);
    case.signed().expect(200);
    ends_in(&case.served().expect(200), "3.3.4");
}

#[test]
fn rows_3_4_1_to_3_4_3_cannot_be_provided() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        gate_names(case.approved(&draft(Outcome::NotHeld)), &["有检索记录"]);
        let refused = json!({"check": "search_record", "reason": "decided", "text": "凭记忆没有"});
        case.act("signer", "check-answers", &refused).refused_by("check_not_amber");
        let search = json!({
            "searched_by": "档案科 李某", "place": "电子档案系统、纸质档案库房", "words": "老旧小区 施工合同",
            "period_from": "2023-01-01", "period_to": "2024-12-31", "found": "nothing", "result": "未检索到相符文件。"
        });
        case.does("handler", "searches", &search);
        case.signed().expect(200);
        let closed = case.served().expect(200);
        ends_in(&closed, "3.4.1");
        assert_eq!(closed["searches"][0]["words"], "老旧小区 施工合同");

        let case = Handled::new(service);
        let mut unnamed = draft(Outcome::NotThisAgency);
        unnamed["statements"] = json!([{"statement": "reason", "text": "该信息不由本机关制作或者保存。"}]);
        gate_names(case.approved(&unnamed), &["告知负责公开的机关"]);
        let cannot = json!({"check": "right_agency", "reason": "impossible", "text": "经询问三个部门仍不能确定。"});
        let answered = case.does("handler", "check-answers", &cannot);
        let check = answered["gate"].as_array().unwrap().iter().find(|one| one["check"]["code"] == "right_agency");
        assert_eq!(
            check.map(|one| (one["level"]["code"].clone(), one["bars"].clone())),
            Some((json!("amber"), json!(false)))
        );
        case.signed().expect(200);
        ends_in(&case.served().expect(200), "3.4.1");

        straight(service, Outcome::WouldHaveToBeMade, "3.4.2");

        let case = Handled::new(service);
        case.act("handler", "draft", &draft(Outcome::StillUnclear)).refused_by("never_corrected");
        case.does("handler", "correction-requests", &json!({"letter": "请说明所需信息的名称。"}));
        case.applicant("POST", "/corrections", Some(&json!({"text": "所有的合同"}))).expect(200);
        ends_in(&case.replied(&draft(Outcome::StillUnclear)), "3.4.3");
        service.check();
    });
}

#[test]
fn rows_3_5_1_to_3_5_5_not_processed() {
    on_both("2025-03-03", |service| {
        straight(service, Outcome::NotProcessedPetition, "3.5.1");

        let first = Handled::new(service);
        first.replied(&draft(Outcome::Granted));
        let again = Handled::new(service);
        let mut repeat = draft(Outcome::NotProcessedRepeat);
        repeat["statements"] = json!([{"statement": "reason", "text": "与此前申请相同。"}]);
        gate_names(again.approved(&repeat), &["重复申请对应的此前答复"]);
        again.does("signer", "signature", &json!({"decision": "send_back", "reason": "请指明此前的答复"}));
        repeat["repeats"] = json!(again.id);
        let itself = again.act("handler", "draft", &repeat).expect(422);
        assert_eq!(itself["errors"][0]["pointer"], "/repeats");
        let other = {
            let mut somebody = application();
            somebody["applicant"]["identity_number"] = json!("110101198001010039");
            somebody["applicant"]["name"] = json!("李建国");
            Handled::of(service, &somebody)
        };
        repeat["repeats"] = json!(other.id);
        again.act("handler", "draft", &repeat).expect(422);
        repeat["repeats"] = json!(first.id);
        ends_in(&again.replied(&repeat), "3.5.2");

        straight(service, Outcome::NotProcessedPublications, "3.5.3");
        excessive(service);
        straight(service, Outcome::NotProcessedReissue, "3.5.5");
        service.check();
    });
}

/// Row 3.5.4: only after reasons were asked for and found unreasonable (art. 35).
fn excessive(service: &Served) {
    let case = Handled::new(service);
    gate_names(case.approved(&draft(Outcome::NotProcessedExcessive)), &["说明理由程序已经完成"]);
    case.does("signer", "signature", &json!({"decision": "send_back", "reason": "先要求说明理由"}));
    let letter = json!({"letter": "您本月申请数量明显超过合理范围，请说明理由。"});
    let asked = case.does("handler", "explanation-requests", &letter);
    assert_eq!(asked["stage"]["code"], "handling", "the reply clock runs on");
    let no = json!({"reasonable": false, "finding": "未说明理由。"});
    case.act("handler", "explanation-decision", &no).refused_by("explanation_window_open");
    let told = case.applicant("GET", "", None).expect(200);
    assert!(told["allowed"].as_array().unwrap().contains(&json!("receive_explanation")), "{told:#}");
    case.applicant("POST", "/explanations", Some(&json!({"text": "就是想要。"}))).expect(200);
    case.does("handler", "explanation-decision", &no);
    gate_names(case.approved(&draft(Outcome::NotProcessedExcessive)), &["说明理由程序已经完成"]);
    let why = json!({"check": "explanation", "reason": "decided", "text": "件数不多，但内容与此前各件雷同。"});
    case.does("signer", "check-answers", &why);
    case.signed().expect(200);
    ends_in(&case.served().expect(200), "3.5.4");
}

#[test]
fn rows_3_6_1_to_3_6_3_other_ends() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请补正。", "window_days": 5}));
        let withdrawn = Handled::new(service);
        withdrawn.applicant("POST", "/withdrawal", Some(&json!({}))).expect(200);
        ends_in(&withdrawn.view(), "3.6.3");
        straight(service, Outcome::NotGovernmentInformation, "3.6.3");
        straight(service, Outcome::Other, "3.6.3");
        let charged = Handled::new(service);
        let notice = json!({"basis": "page", "units": 44, "letter": "应缴信息处理费140元，请在二十个工作日内缴纳。"});
        let paying = charged.does("handler", "fee-notices", &notice);
        assert_eq!((paying["stage"]["code"].as_str(), paying["fee"]["yuan"].as_u64()), (Some("paying"), Some(140)));

        service.day("2025-03-14");
        let finding = json!({"finding": "电话联系未补正。", "letter": "逾期不补正，视为放弃申请。"});
        ends_in(&case.does("head", "lapse", &finding), "3.6.1");

        // Presumed received on 6 March; twenty working days on is 3 April.
        charged.act("head", "lapse", &finding).refused_by("fee_window_open");
        service.day("2025-04-07");
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(charged.view()["fee"]["finding_needed"], true, "the calendar proposes, an officer finds");
        ends_in(&charged.does("head", "lapse", &finding), "3.6.2");
        let back = charged.does("head", "reopening", &json!({"reason": "申请人住院，提交了证明。"}));
        assert_eq!(back["stage"]["code"], "paying", "it waits for the payment again");
        let paid = charged.does("clerk", "payments", &json!({"evidence": "财政票据 0001"}));
        assert_eq!(
            (paid["stage"]["code"].as_str(), paid["due"]["on"].as_str()),
            (Some("handling"), Some("2025-05-07"))
        );
        service.check();
    });
}

#[test]
fn corrections_of_ones_own_records_are_a_kind_of_their_own_and_counted_nowhere() {
    on_both("2025-03-03", |service| {
        let mut body = application();
        body["besides"] = json!({"matter": "records_correction"});
        let path = "/api/v1/public/agencies/yunhe/applications";
        let refused = service.public("POST", path, None, Some(&body)).expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/besides/evidence", "art. 41 asks for evidence");
        body["besides"]["evidence"] = json!("身份证与登记簿上的出生日期不一致，附户口簿。");
        let case = Handled::of(service, &body);
        assert_eq!(case.view()["besides"]["matter"]["code"], "records_correction");
        case.act("handler", "draft", &draft(Outcome::Granted)).refused_by("outcome_of_another_matter");
        let closed = case.replied(&draft(Outcome::RecordsCorrected));
        assert_eq!(
            (&closed["closing"]["outcome"]["code"], &closed["closing"]["report_row"]),
            (&json!("records_corrected"), &Value::Null)
        );
        service.check();
    });
}
