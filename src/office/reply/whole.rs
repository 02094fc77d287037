//! The whole text of a reply as it is signed: one plain text, made from the draft, the case and the agency in a fixed order,
//! so that the signature stands over every word the applicant gets. Sealed like any text; the journal has its digest.

use chrono::NaiveDate;

use crate::case::clocks;
use crate::case::state::Draft;
use crate::case::terms::{PersonRef, Separability, Stated, TextRef, WithheldPart};
use crate::law::article::cited_zh;
use crate::law::outcome;
use crate::office::contents::Contents;
use crate::office::desk::Desk;
use crate::office::failure::Failure;
use crate::office::sealing::TextKind;
use crate::storage::people;

/// Makes the whole text of the case's draft and seals it; none without a draft.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(super) fn sealed(desk: &mut Desk<'_>) -> Result<Option<TextRef>, Failure> {
    let Some(draft) = desk.case.draft.clone() else { return Ok(None) };
    let contents = desk.contents()?;
    let addressed = addressed(desk)?;
    let text = text(desk, &draft, &contents, &addressed, desk.today);
    desk.text(TextKind::SignedReply, &text).map(Some)
}

/// Whether the reply, made again now, is the very text that was signed: since then the applicant, the date of receipt or
/// the bodies its letters name may have been set otherwise.
///
/// # Errors
/// As [`sealed`].
pub(in crate::office) fn stands(desk: &mut Desk<'_>) -> Result<bool, Failure> {
    let Some(draft) = desk.case.draft.clone() else { return Ok(true) };
    let (Some(signed), Some(on)) = (draft.signed, draft.signed_on) else { return Ok(true) };
    let contents = desk.contents()?;
    let addressed = addressed(desk)?;
    Ok(contents.words(signed) == Some(text(desk, &draft, &contents, &addressed, on)))
}

/// Whom the letter addresses, with their full names: a letter does not go to `陈**`. All who ask, and who acts for them.
fn addressed(desk: &mut Desk<'_>) -> Result<String, Failure> {
    let opener = crate::office::sealing::Opener::of(desk.conn, &[desk.case.id], &desk.shared.keys)?;
    let mut name = |person: PersonRef| -> Result<String, Failure> {
        let row = people::load(desk.conn, person.id)?;
        Ok(opener.person(&row)?.map(|person| person.name).unwrap_or_default())
    };
    let case = &desk.case;
    let mut names = vec![name(case.particulars.applicant)?];
    for other in &case.filed.co_applicants {
        names.push(name(*other)?);
    }
    let all = names.join("、");
    match &case.filed.agent {
        Some(agent) => Ok(format!("{all}（代理人：{}）", name(agent.person)?)),
        None => Ok(all),
    }
}

/// What a draft says beside its letter: a line for each statement, each part withheld, and the question of separating.
pub(in crate::office) fn stated(
    statements: &[Stated],
    parts: &[WithheldPart],
    separability: Option<&Separability>,
    contents: &Contents,
) -> Vec<String> {
    let words = |text: TextRef| contents.words(text).unwrap_or_default();
    let mut lines: Vec<String> =
        statements.iter().map(|one| format!("{}：{}", one.statement.zh(), words(one.text))).collect();
    for (number, part) in (1..).zip(parts) {
        lines.push(format!(
            "不予公开的部分（{number}）：{}。类别：{}。依据：{}。理由：{}",
            words(part.part),
            part.kind.zh(),
            cited_zh(outcome::rule(part.ground).articles),
            words(part.reason),
        ));
    }
    lines.extend(separability.map(|one| format!("区分处理：{}。{}", one.finding.zh(), words(one.reason))));
    lines
}

fn text(desk: &Desk<'_>, draft: &Draft, contents: &Contents, addressed: &str, on: NaiveDate) -> String {
    let (case, agency) = (&desk.case, &desk.agency);
    let rule = outcome::rule(draft.outcome);
    let words = |text: TextRef| contents.words(text).unwrap_or_default();
    let mut lines = vec![
        agency.name.clone(),
        "政府信息公开申请答复书".to_owned(),
        case.registration.as_ref().map_or_else(|| case.filed.receipt_no.clone(), |entry| entry.number.clone()),
        String::new(),
        format!("{addressed}："),
        format!(
            "您以“{}”方式提出的政府信息公开申请（“{}”），本机关于{}收到。经审查，现答复如下：",
            case.filed.channel.zh(),
            words(case.particulars.subject),
            case.received_on.map(|on| on.format("%Y年%-m月%-d日").to_string()).unwrap_or_default(),
        ),
        words(draft.letter),
        format!("处理结果：{}。", draft.outcome.zh()),
        format!("依据：{}。", cited_zh(rule.articles)),
    ];
    lines.extend(stated(&draft.statements, &draft.parts, draft.separability.as_ref(), contents));
    let remedies =
        clocks::path_of(draft.outcome, &draft.withheld).paragraph_zh(&agency.reconsideration_body, &agency.court);
    if !remedies.is_empty() {
        lines.push(remedies);
        // 行政复议法 art. 22 ¶2: what may be served on line names a channel on line.
        let channel = agency.reconsideration_online.as_ref();
        lines.extend(channel.map(|channel| format!("网上申请行政复议的渠道：{channel}")));
    }
    lines.extend([
        String::new(),
        format!("{}　电话：{}", agency.office_name, agency.office_phone),
        on.format("%Y年%-m月%-d日").to_string(),
    ]);
    lines.join("\n")
}
