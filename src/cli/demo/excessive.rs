//! The hands' deeds for applications in great number or of great volume: fees, waivers, explanations; and the mark of a case
//! that everybody watches.

use super::story::Deed;
use crate::law::fee::{FeeBasis, by_page};
use crate::office::correction::Delivery;
use crate::office::explanation::{ExplanationAnswer, ExplanationDecision, ExplanationRequest};
use crate::office::fee::{FeeNoticeInput, WaiverDecision, WaiverRequest};
use crate::office::particulars::SensitivityMark;
use crate::office::views::CaseView;
use crate::office::{Failure, Office, Officer};

/// Why there are so many.
const EXPLAIN: &str = "您单位本月提出的政府信息公开申请数量明显超过合理范围。根据《中华人民共和国政府信息公开条例》第三十五条的规定，\
                       请自收到本告知书之日起五个工作日内说明理由；逾期不说明或者理由不合理的，本机关不予处理。";

/// Does one of them.
///
/// # Errors
/// Every refusal of the office; [`Failure::Broken`] for a deed that no officer does.
pub async fn done(office: &Office, case: &CaseView, by: &Officer, deed: &Deed) -> Result<CaseView, Failure> {
    let (id, version) = (case.id, case.version);
    match deed {
        Deed::ChargePages(pages) => {
            let letter = format!(
                "您申请提供的复制件共{pages}页，依照《政府信息公开信息处理费管理办法》第五条按量计收信息处理费{}元，\
                 请自收到本通知次日起二十个工作日内缴纳；逾期未缴纳的，视为放弃申请。",
                by_page(*pages)
            );
            let input = FeeNoticeInput { basis: FeeBasis::Page, units: Some(*pages), letter, sent_on: None };
            office.notify_fee(by, id, version, input).await
        }
        Deed::FeeDelivered => office.fee_delivered(by, id, version, Delivery { on: None }).await,
        Deed::AskWaiver(reason, text) => {
            let input = WaiverRequest { reason: *reason, text: (*text).to_owned() };
            office.request_waiver(by, id, version, input).await
        }
        Deed::DecideWaiver(granted) => {
            office.decide_waiver(by, id, version, WaiverDecision { granted: *granted, reason: None }).await
        }
        Deed::AskExplanation => {
            let input = ExplanationRequest { letter: EXPLAIN.to_owned(), sent_on: None, window_days: None };
            office.request_explanation(by, id, version, input).await
        }
        Deed::Explain(text) => {
            let input = ExplanationAnswer { text: (*text).to_owned(), on: None };
            office.receive_explanation(by, id, version, input).await
        }
        Deed::FindUnreasonable(finding) => {
            let input = ExplanationDecision { reasonable: false, finding: (*finding).to_owned(), delayed_until: None };
            office.decide_explanation(by, id, version, input).await
        }
        Deed::MarkSensitive(reason) => {
            let input = SensitivityMark { sensitive: true, reason: (*reason).to_owned() };
            office.mark_sensitive(by, id, version, input).await
        }
        other => Err(Failure::broken(format!("no officer does {other:?}"))),
    }
}
