//! What an officer should know about a case and cannot see from its fields alone: things that are allowed, and that a
//! reconsideration body or a court will ask about all the same.

use super::views::WarningView;
use crate::case::state::Extension;
use crate::case::terms::{ConsultedParty, DeliveryRoute, Opinion, ServiceWay};
use crate::case::{Case, Stage, due};
use crate::clock::in_chinese;
use crate::law::calendar::Calendar;
use crate::law::outcome::{self, Outcome};

/// Working days that receipt may lie behind arrival before somebody will ask why.
const RECEIPT_AFTER_ARRIVAL: i64 = 1;

/// The warnings of a case, as `calendar` dates it.
#[must_use]
pub fn of(case: &Case, calendar: &Calendar) -> Vec<WarningView> {
    [
        receipt_differs_from_arrival(case, calendar),
        registered_late(case, calendar),
        correction_notice_late(case),
        finding_needed(case).then(|| {
            warning(
                "finding_needed",
                "补正或者缴费期限已届满，请认定申请人有无正当理由。",
                "The window for the correction or the payment has closed: find whether there is good reason.",
            )
        }),
        payment_reported(case),
        drafted_by_another(case),
        extension_not_notified(case, calendar),
        third_party_silent(case),
        third_party_objects(case),
        third_party_not_asked(case),
        served_another_way(case),
        date_provisional(case, calendar),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn warning(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> WarningView {
    WarningView { code, zh: zh.into(), en: en.into() }
}

/// Once somebody has found, or the case ended otherwise, none is needed any more.
#[must_use]
pub fn finding_needed(case: &Case) -> bool {
    match case.stage {
        Stage::Correcting => case.awaited_correction().is_some_and(|one| one.lapse_proposed),
        Stage::Paying => case.unpaid_fee().is_some_and(|one| one.lapse_proposed),
        _ => false,
    }
}

/// Any handler of the office may draft, so that nothing waits for one person; who has the case should know.
fn drafted_by_another(case: &Case) -> Option<WarningView> {
    let author = case.draft.as_ref()?.author?;
    (case.closing.is_none() && case.handler.is_some_and(|handler| handler != author)).then(|| {
        warning(
            "drafted_by_another",
            "答复由本件承办人以外的人起草，请承办人知悉。",
            "Somebody other than the handler drafted the reply: let the handler know.",
        )
    })
}

fn payment_reported(case: &Case) -> Option<WarningView> {
    let on = case.unpaid_fee()?.reported_on?;
    Some(warning(
        "payment_reported",
        format!("申请人说明已于{}缴费，请核实到账情况。", in_chinese(on)),
        format!("The applicant says that the fee was paid on {on}: look for the payment."),
    ))
}

fn receipt_differs_from_arrival(case: &Case, calendar: &Calendar) -> Option<WarningView> {
    let (arrived, received) = (case.filed.arrived_on, case.received_on?);
    (calendar.working_days_between(arrived, received) > RECEIPT_AFTER_ARRIVAL).then(|| {
        warning(
            "receipt_differs_from_arrival",
            format!(
                "申请于{}到达，收到之日记为{}，相差超过一个工作日，可能被认定为逾期。",
                in_chinese(arrived),
                in_chinese(received)
            ),
            format!(
                "It arrived on {arrived} and counts as received on {received}: more than a working day apart, which a court may not accept."
            ),
        )
    })
}

/// Registering moves no date; but a register that lags behind will be asked about (art. 45).
fn registered_late(case: &Case, calendar: &Calendar) -> Option<WarningView> {
    let (received, registered) = (case.received_on?, case.registration.as_ref()?.on);
    (calendar.working_days_between(received, registered) > RECEIPT_AFTER_ARRIVAL).then(|| {
        warning(
            "registered_late",
            format!(
                "申请于{}收到，{}才登记，相差超过一个工作日；答复期限自收到之日起计算。",
                in_chinese(received),
                in_chinese(registered)
            ),
            format!(
                "It was received on {received} and registered on {registered}, more than a working day later; the period counts from receipt."
            ),
        )
    })
}

fn correction_notice_late(case: &Case) -> Option<WarningView> {
    let sent = case.awaited_correction().filter(|one| !one.in_time)?.sent_on;
    Some(warning(
        "correction_notice_late",
        format!("补正告知书于{}发出，已超过七个工作日，答复期限仍自收到申请之日起计算。", in_chinese(sent)),
        format!("The correction notice of {sent} was late: the reply period still runs from receipt."),
    ))
}

fn extension_not_notified(case: &Case, calendar: &Calendar) -> Option<WarningView> {
    let Some(Extension::Granted { .. }) = case.extension else { return None };
    let latest = due::due_now(case, calendar)?.due.on;
    Some(warning(
        "extension_not_notified",
        format!(
            "延期已获同意但尚未告知申请人；{}之前（含当日）未发出延期告知书的，延期不发生效力。",
            in_chinese(latest)
        ),
        format!(
            "The extension is consented to and not notified: unless the notice is sent by {latest} it has no effect."
        ),
    ))
}

/// What the draft decides, with the grounds of what it withholds.
fn decided(case: &Case) -> impl Iterator<Item = Outcome> + '_ {
    case.draft.iter().flat_map(|draft| std::iter::once(draft.outcome).chain(draft.withheld.iter().copied()))
}

/// Art. 32 ¶2: an objection without reasonable ground, or a weighty public interest, lets the agency disclose; it must
/// then tell the third party what and why, in writing.
fn third_party_objects(case: &Case) -> Option<WarningView> {
    let objects = case
        .consultations
        .iter()
        .any(|one| one.party == ConsultedParty::ThirdParty && matches!(one.answer, Some((Opinion::Objects, _))));
    let discloses = decided(case).any(|outcome| outcome::rule(outcome).discloses);
    (objects && discloses).then(|| {
        warning(
            "third_party_objects",
            "第三方不同意公开。认为其理由不合理，或者不公开可能对公共利益造成重大影响而决定公开的，应当将决定公开的内容和理由书面告知第三方（条例第三十二条）。",
            "A third party objects. To disclose all the same, find its reason unreasonable or the public interest weighty, and tell it in writing what is disclosed and why (art. 32).",
        )
    })
}

/// Silence is neither consent nor objection: the agency decides by itself, and has to say what it found.
fn third_party_silent(case: &Case) -> Option<WarningView> {
    let silent = case.consultations.iter().any(|one| {
        one.party == ConsultedParty::ThirdParty
            && one.silent_since.is_some()
            && one.answer.is_none()
            && one.finding.is_none()
    });
    (silent && !case.is_closed()).then(|| {
        warning(
            "third_party_silent",
            "第三方逾期未提出意见，由本机关依照条例的规定决定是否公开，请作出认定（条例第三十二条）。",
            "A third party was silent: the agency decides by itself whether to disclose. Record what you find (art. 32).",
        )
    })
}

fn third_party_not_asked(case: &Case) -> Option<WarningView> {
    let withheld = decided(case).any(|outcome| outcome == Outcome::RefusedThirdParty);
    let asked = case.consultations.iter().any(|one| one.party == ConsultedParty::ThirdParty);
    (withheld && !asked).then(|| {
        warning(
            "third_party_not_asked",
            "以第三方合法权益为由不予公开，但没有征求过第三方意见（条例第三十二条）。",
            "Third-party rights are the ground for withholding, and no third party was asked (art. 32).",
        )
    })
}

/// Art. 40: the form and route follow the request, as far as the records allow.
fn served_another_way(case: &Case) -> Option<WarningView> {
    let served = case.served.as_ref()?;
    let follows = match case.particulars.route {
        DeliveryRoute::Post => served.way == ServiceWay::Post,
        DeliveryRoute::Email | DeliveryRoute::Online => served.way == ServiceWay::Electronic,
        DeliveryRoute::Collection => matches!(served.way, ServiceWay::InPerson | ServiceWay::Entrusted),
    };
    (!follows).then(|| {
        let (wanted, way) = (case.particulars.route, served.way);
        warning(
            "served_another_way",
            format!("申请人要求“{}”，答复以“{}”作出，请在案卷中说明原因（条例第四十条）。", wanted.zh(), way.zh()),
            format!(
                "The applicant asked for it {}, it was served {}: say why in the file (art. 40).",
                wanted.en(),
                way.en()
            ),
        )
    })
}

fn date_provisional(case: &Case, calendar: &Calendar) -> Option<WarningView> {
    due::due_now(case, calendar).filter(|now| now.due.provisional).map(|_| {
        warning(
            "date_provisional",
            "到期日所在年份的放假安排尚未公布，日期为暂定。",
            "The calendar of the year in which this is due is not published yet: the date is provisional.",
        )
    })
}
