//! What an applicant may do with an application, in their own words: each act with its form and its office function.

use serde_json::Value;

use crate::api::contract::Contract;
use crate::case::Act;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::public::{Code, Tracking};
use crate::web::frame::Frame;

/// An act as the applicant is asked for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub act: Act,
    /// The body it sends.
    pub component: &'static str,
    /// The kind of letter that asks for it.
    pub letter: Option<&'static str>,
    /// Whether the day is the applicant's to say; otherwise it is today.
    pub asks_day: bool,
    /// Whether it is what is waited for, rather than what may also be done.
    pub awaited: bool,
    pub title: (&'static str, &'static str),
    pub lead: (&'static str, &'static str),
    pub button: (&'static str, &'static str),
    pub done: (&'static str, &'static str),
}

const ACTS: &[Asked] = &[
    Asked {
        act: Act::ReceiveCorrection,
        component: "CorrectionAnswer",
        letter: Some("correction_notice"),
        asks_day: false,
        awaited: true,
        title: ("补正申请", "Answer the correction notice"),
        lead: (
            "请按下面的补正告知书逐项说明。收到补正之日起，答复期限重新计算。",
            "Answer each point of the notice below. The reply period runs afresh from the day your answer comes.",
        ),
        button: ("提交补正", "Send the answer"),
        done: ("补正已提交，谢谢。", "Your answer has been sent. Thank you."),
    },
    Asked {
        act: Act::ReceiveExplanation,
        component: "ExplanationAnswer",
        letter: Some("explanation_request"),
        asks_day: false,
        awaited: true,
        title: ("说明理由", "Give your reasons"),
        lead: (
            "机关请您说明为什么需要提出这么多申请（条例第三十五条）。",
            "The agency asks why so many applications are needed (Regulation art. 35).",
        ),
        button: ("提交说明", "Send the reasons"),
        done: ("说明已提交。", "Your reasons have been sent."),
    },
    Asked {
        act: Act::ReportPayment,
        component: "Payment",
        letter: Some("fee_notice"),
        asks_day: true,
        awaited: true,
        title: ("告知已缴费", "Say that the fee is paid"),
        lead: (
            "填写缴费凭证；机关核对到账后，答复期限从缴费之日重新计算。",
            "Enter the proof of payment. Once the agency has found it, the reply period runs afresh from that day.",
        ),
        button: ("提交", "Send"),
        done: ("已告知机关，核对后会更新进度。", "The agency has been told."),
    },
    Asked {
        act: Act::RecordServiceProof,
        component: "ServiceProof",
        letter: None,
        asks_day: true,
        awaited: false,
        title: ("确认已收到答复", "Confirm that the reply has come"),
        lead: ("收到之日关系到复议和诉讼期限。", "The day of receipt begins the time for reconsideration and suit."),
        button: ("确认", "Confirm"),
        done: ("已确认收到。", "Confirmed."),
    },
    Asked {
        act: Act::Withdraw,
        component: "Withdrawal",
        letter: None,
        asks_day: false,
        awaited: false,
        title: ("撤回申请", "Withdraw the application"),
        lead: (
            "撤回后机关不再办理，也不能恢复；需要时可以重新申请。不必说明原因。",
            "It is then no longer handled and cannot be taken up again; you may apply anew. You need not say why.",
        ),
        button: ("确认撤回", "Withdraw it"),
        done: ("申请已撤回。", "The application is withdrawn."),
    },
];

/// The act as it is asked for; none for the office's own.
pub(super) fn asked(act: Act) -> Option<&'static Asked> {
    ACTS.iter().find(|asked| asked.act == act)
}

/// Performs an act.
///
/// # Errors
/// Those of the act.
pub(super) async fn perform(
    office: &Office,
    contract: &Contract,
    receipt_no: &str,
    code: &Code,
    asked: &Asked,
    body: Value,
) -> Result<Tracking, Failure> {
    match asked.act {
        Act::ReceiveCorrection => office.correct(receipt_no, code, contract.body(body)?).await,
        Act::ReceiveExplanation => office.explain(receipt_no, code, contract.body(body)?).await,
        Act::ReportPayment => office.report_payment(receipt_no, code, contract.body(body)?).await,
        Act::RecordServiceProof => office.confirm_service(receipt_no, code, contract.body(body)?).await,
        Act::Withdraw => office.withdraw_online(receipt_no, code, contract.body(body)?).await,
        _ => Err(Failure::Missing),
    }
}

/// A letter by its name.
pub(super) fn letter_name(p: &Frame, kind: &str) -> &'static str {
    let (zh, en) = match kind {
        "correction_notice" => ("补正告知书", "Correction notice"),
        "explanation_request" => ("要求说明理由告知书", "Request for reasons"),
        "delay_notice" => ("延迟答复告知书", "Notice of a delayed reply"),
        "fee_notice" => ("收费通知", "Fee notice"),
        "consultation_notice" => ("征求意见告知书", "Notice of consultation"),
        "extension_notice" => ("延期答复告知书", "Extension notice"),
        "lapse_notice" => ("不再处理告知书", "Notice that it is no longer handled"),
        "referral_notice" => ("转办告知书", "Notice of referral"),
        "withdrawal_confirmation" => ("撤回申请确认书", "Withdrawal confirmed"),
        "release_notice" => ("信息提供告知书", "Notice of release"),
        "reply" => ("答复书", "Reply"),
        _ => ("文书", "Letter"),
    };
    p.language.pick(zh, en)
}
